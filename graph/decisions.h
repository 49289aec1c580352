#ifndef ND_GRAPH_DECISIONS_H
#define ND_GRAPH_DECISIONS_H

/*
 * People's decisions as the resolver obeys them. A decision names a citation by content: the document (its
 * work, else its title, else its text), the quoted words, and which time they stand there as a citation. So
 * it survives re-indexing, renames, and edits elsewhere in the text. The log only grows; an "undo" takes back
 * the last decision on the same citation that still stands.
 *
 *   verdict     value
 *   accept      work key      what the machine found is right, and stays so
 *   work        work key      this work is meant
 *   reject                    this is no citation, or one that nobody can resolve
 *   relation    relation      what the sentence says of the work
 *   edge        relation key  the sentence also says this of that work
 *   alias       work key      document_key "", quote a group: all citations that look it up mean that work
 *   undo
 */

#include "analyzers/citation/mention.h"
#include "base/auto.h"
#include "base/document.h"
#include "analyzers/citation/metadata.h"

struct sqlite3;

/* What stands decided of one mention. */
struct nd_verdict {
    bool rejected;
    char *work;       /* NULL: what the machine finds */
    int relation;     /* enum nd_relation, or -1 */
    GPtrArray *edges; /* of char *, "relation key"; NULL without */
    guint standing;   /* how many decisions stand */
};

/* What stands decided of the mentions of one document: one entry a mention. */
struct nd_verdicts {
    GArray *list; /* of struct nd_verdict */
};

/* The document's name in decisions; caller frees. work is the work it is or NULL, content_key is
 * nd_catalog_document.key. */
char *nd_decision_document(const struct nd_metadata *metadata, const char *work, const char *content_key);
/* The words of a mention on one line; caller frees. */
char *nd_decision_quote(struct nd_str text, const struct nd_mention *mention);
/* Which time, from 1, the words of mention i stand among the mentions so far. */
uint32_t nd_decision_occurrence(struct nd_str text, const struct nd_mentions *mentions, size_t i);

/* Whether anything was ever decided of the document. */
bool nd_decisions_exist(struct sqlite3 *db, const char *document, bool *exist_out, GError **error);
struct nd_verdicts *nd_verdicts_read(struct sqlite3 *db, const char *document, struct nd_str text,
                                     const struct nd_mentions *mentions, GError **error);
void nd_verdicts_free(struct nd_verdicts *verdicts);
ND_DEFINE_AUTO(nd_verdicts, nd_verdicts_free)

/* Group -> work key (both owned) of the aliases that stand. Caller unrefs. */
GHashTable *nd_decided_aliases(struct sqlite3 *db, GError **error);

/* Splits "implements 21-NQ/TW~XIII"; false when it is no such thing. *key_out points into value. */
bool nd_decision_parse_edge(const char *value, enum nd_relation *relation_out, const char **key_out);

#endif
