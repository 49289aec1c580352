#ifndef ND_CORPUS_STORE_CATALOG_WRITER_H
#define ND_CORPUS_STORE_CATALOG_WRITER_H

/*
 * The writing side of the catalogue. It is reached through nd_index_writer_catalog (index.h), which holds the
 * lock and keeps catalogue and full text in step; everything written becomes visible with
 * nd_index_writer_commit. One thread at a time.
 *
 * Every failure is the end of the writer: close it, end the process, start again.
 * Errors: ND_ERROR_IO (disk full, a failed write), ND_ERROR_INDEX (damaged).
 */

#include "corpus/store/catalog.h"

struct nd_catalog_writer;

/* The same state as a reader would see it, what is not yet committed included. Borrowed from writer. */
struct nd_catalog *nd_catalog_writer_reader(struct nd_catalog_writer *writer);

/* ---- files and documents: the pipeline ---- */

/* Writes the file's row: a new one when file->id is 0, else in place of that one (also under a new path).
 * Its diagnostics of earlier runs are forgotten. *id_out is its id. */
bool nd_catalog_writer_put_file(struct nd_catalog_writer *writer, const struct nd_catalog_file *file,
                                int64_t *id_out, GError **error);
/* Forgets the file and its diagnostics. Retire its documents first (nd_index_writer_retire_file). */
bool nd_catalog_writer_remove_file(struct nd_catalog_writer *writer, int64_t file, GError **error);
/* What the user must know of a file, or of a member of it (NULL for the file itself). */
bool nd_catalog_writer_add_diagnostic(struct nd_catalog_writer *writer, int64_t file, const char *member,
                                      const struct nd_diagnostic *diagnostic, GError **error);

/* A text made ready for the catalogue: compressed, hashed. Needs no writer, so that threads can do it. */
struct nd_packed_text;
struct nd_packing;
/* packing is the catalogue's, which must outlive the text, or NULL. */
struct nd_packed_text *nd_packed_text_new(const struct nd_packing *packing, const struct nd_document *doc);
/* Adds the words of the document that terms was built of last. */
struct nd_terms;
void nd_packed_text_set_words(struct nd_packed_text *packed, const struct nd_terms *terms);
/* Adds the passages around those citations that say what the document implements: the clearest of each
 * document they name, up to a cap. Other passages are read from the text when they are asked for. */
void nd_packed_text_set_passages(struct nd_packed_text *packed, const struct nd_document *doc,
                                 const struct nd_mentions *mentions);
void nd_packed_text_free(struct nd_packed_text *packed);
ND_DEFINE_AUTO(nd_packed_text, nd_packed_text_free)
/* The document's key: 32 hexadecimal digits of the SHA-256 of its text. Borrowed from packed. */
const char *nd_packed_text_key(const struct nd_packed_text *packed);

/* How texts are packed for this catalogue (dictionaries.h); borrowed from writer. */
const struct nd_packing *nd_catalog_writer_packing(const struct nd_catalog_writer *writer);

/* A document to be stored; everything is borrowed for the call. */
struct nd_new_document {
    int64_t file;
    const char *member;                /* NULL for the file itself */
    const struct nd_packed_text *text; /* with its words and passages */
    const char *mime_type, *encoding;
    bool partial;
    const struct nd_metadata *metadata;
    const struct nd_mentions *mentions;
};

/* Notes what a run did; see nd_catalog_run. */
bool nd_catalog_writer_put_run(struct nd_catalog_writer *writer, const struct nd_catalog_run *run,
                               GError **error);

/* ---- the graph: derived, by the resolver ---- */

/* An identity: the abstract document that citations name. NULL where not known. */
struct nd_work {
    const char *key;          /* "21-NQ/TW~XIII" */
    const char *citation_key; /* nd_citation_key */
    const char *code, *type, *number, *issuer, *place, *period;
    enum nd_level level;
    struct nd_date date;
    const char *title;
};

struct nd_edge {
    const char *source,
        *target; /* work keys; made as bare works when put_work has not been called for them */
    enum nd_relation relation;
    enum nd_strength strength;
    bool proposed;
    double confidence;
    int64_t document; /* the evidence: this mention of this document */
    uint32_t ordinal;
    const char *rule;
    const char *reported_by; /* work key of the document that reports it of others, or NULL */
};

struct nd_alias {
    const char *name; /* folded */
    const char *work;
    int64_t document; /* that taught it; 0 for the authority file */
    uint32_t ordinal;
};

/* What people are asked about a citation (query/review_queue.h). */
enum nd_question {
    ND_QUESTION_CHOICE,  /* which of the works it may mean */
    ND_QUESTION_OPEN,    /* what it means: there is nothing to choose from */
    ND_QUESTION_DECIDED, /* nothing any more: somebody said it */
    ND_QUESTION_NONE     /* nothing: it repeats another citation of its document, and follows that one */
};
/* How certainty is stored: as a whole number of so many. */
enum { ND_CERTAINTY_ONE = 1000 };

/* What one mention means. outcome is enum nd_outcome of the resolver; candidates NULL-terminated or NULL. */
struct nd_mention_resolution {
    int outcome;
    const char *work;
    double confidence;
    const char *reason;
    const char *const *candidates;
    enum nd_question question;
    double certainty; /* 0 to 1: that it is a citation, and means this */
};

/* Empties all derived tables: before a rebuild. */
bool nd_catalog_writer_clear_graph(struct nd_catalog_writer *writer, GError **error);
/* Forgets what document taught: its identity, resolutions, edges and aliases. Works stay; see below. */
bool nd_catalog_writer_clear_document_graph(struct nd_catalog_writer *writer, int64_t document,
                                            GError **error);
/* Writes the work in place of one with the same key. */
bool nd_catalog_writer_put_work(struct nd_catalog_writer *writer, const struct nd_work *work, GError **error);
/* The work document is; work NULL takes it back. */
bool nd_catalog_writer_set_document_work(struct nd_catalog_writer *writer, int64_t document, const char *work,
                                         GError **error);
bool nd_catalog_writer_put_resolution(struct nd_catalog_writer *writer, int64_t document, uint32_t ordinal,
                                      const struct nd_mention_resolution *resolution, GError **error);
bool nd_catalog_writer_add_edge(struct nd_catalog_writer *writer, const struct nd_edge *edge, GError **error);
bool nd_catalog_writer_add_alias(struct nd_catalog_writer *writer, const struct nd_alias *alias,
                                 GError **error);
/* Forgets the works that no document is, no mention names, no edge and no alias needs. */
bool nd_catalog_writer_sweep_works(struct nd_catalog_writer *writer, GError **error);

/* ---- decisions ---- */

struct nd_decision {
    const char *time; /* "2025-03-01T08:00:00Z" */
    const char *author;
    const char *document_key, *quote;
    uint32_t occurrence; /* of quote in the document, from 1 */
    const char *context; /* the words around it; NULL where there are none */
    const char *verdict, *value, *note;
};
/* Appends; a decision is never changed, a later one on the same mention wins. */
bool nd_catalog_writer_add_decision(struct nd_catalog_writer *writer, const struct nd_decision *decision,
                                    GError **error);
/* Every decision, or those of one document key, in the order they were made; borrowed for the call. (Reading
 * side; here beside its struct.) */
bool nd_catalog_each_decision(struct nd_catalog *catalog, const char *document_key,
                              bool (*visit)(const struct nd_decision *decision, void *user_data),
                              void *user_data, GError **error);

#endif
