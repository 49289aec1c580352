#ifndef ND_GRAPH_DECISIONS_H
#define ND_GRAPH_DECISIONS_H

/*
 * The log of people's decisions. It only grows; what stands is found by reading it from the beginning. A
 * decision names a citation by content: the document (its work, else its title, else its text), the quoted
 * words, which time they stand there as a citation, and the words around them. So it survives re-indexing,
 * renames, and edits of the text (graph/verdicts.h finds the citation again).
 *
 *   verdict     document   quote      value
 *   accept      name       citation   work key      what the machine found is right, and stays so
 *   work        name       citation   work key      this work is meant
 *   reject      name       citation                 this is no citation, or one that nobody can resolve
 *   relation    name       citation   relation      what the sentence says of the work
 *   edge        name       citation   relation key  the sentence also says this of that work
 *   undo        name       citation   entry id      takes that entry back; without value the last that stands
 *   alias       ""         wording    work key      all citations worded so mean that work (nd_claim_wording)
 *   authority   ""         work key   row           what is known of a work (graph/authority.h)
 *   continues   name       ""         name          this document is that one, changed
 */

#include "analyzers/citation/mention.h"
#include "analyzers/citation/metadata.h"
#include "base/auto.h"
#include "base/document.h"
#include "corpus/store/catalog_writer.h"

/* How the time of an entry is written, for g_date_time_format (UTC). */
#define ND_DECISION_TIME "%Y-%m-%dT%H:%M:%SZ"

/* One entry of the log. All strings are owned by it. */
struct nd_decided {
    struct nd_decision what;
    char *id;    /* ten hexadecimal digits, made of all the rest */
    bool stands; /* nothing took it back; an undo itself never stands */
};

/* The entries of one document name ("" for aliases and authorities), or of all for NULL; oldest first.
 * Array of struct nd_decided *; caller unrefs. */
GPtrArray *nd_decisions_read(struct nd_catalog *catalog, const char *document, GError **error);
/* Whether the log has any entry of that document name. */
bool nd_decisions_exist(struct nd_catalog *catalog, const char *document, bool *exist_out, GError **error);
/* The id an entry with that content has; caller frees. */
char *nd_decision_id(const struct nd_decision *decision);

/* ---- names ---- */

/* The document's name in decisions; caller frees. work is the work it is or NULL, content_key is
 * nd_catalog_document.key. */
char *nd_decision_document(const struct nd_metadata *metadata, const char *work, const char *content_key);
/* name, and the names that documents it continues had; NULL-terminated, caller frees with g_strfreev. */
char **nd_decision_names(struct nd_catalog *catalog, const char *name, GError **error);

/* The words of a mention on one line; caller frees. */
char *nd_decision_quote(struct nd_str text, const struct nd_mention *mention);
/* A few words before it and behind it, "tiếp tục học tập | trong toàn Đảng"; caller frees. */
char *nd_decision_context(struct nd_str text, const struct nd_mention *mention);
/* Which time, from 1, the words of mention i stand among the mentions so far. */
uint32_t nd_decision_occurrence(struct nd_str text, const struct nd_mentions *mentions, size_t i);

/* Splits "implements 21-NQ/TW~XIII"; false when it is no such thing. *key_out points into value. */
bool nd_decision_parse_edge(const char *value, enum nd_relation *relation_out, const char **key_out);

/* Wording -> work key (both owned) of the aliases that stand in the log of the name "". Caller unrefs. */
GHashTable *nd_decided_aliases(const GPtrArray *log);

#endif
