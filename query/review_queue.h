#ifndef ND_QUERY_REVIEW_QUEUE_H
#define ND_QUERY_REVIEW_QUEUE_H

/*
 * Review one citation at a time, as a page does: the least certain one with its context and every work it may
 * mean, and a decision about it. Decisions go through review.h, into the same log as those of ndgraph review.
 *
 * A citation has a reference, "KEY-ORDINAL": the key of its document and its place among the citations there.
 * It holds as long as the document's text does.
 */

#include "query/review.h"

/* What speaks for a candidate, or against it. */
enum nd_review_feature_kind {
    ND_FEATURE_DATE,    /* the date told is its date, or is not */
    ND_FEATURE_TERM,    /* the term of office told is its issuer's, or is not */
    ND_FEATURE_TITLE,   /* `amount`: how much of the subject told its title has, in percent */
    ND_FEATURE_AGE,     /* `amount`: years between it and the citing document */
    ND_FEATURE_FUTURE,  /* it is younger than the citing document */
    ND_FEATURE_PLACE,   /* it is of the citing document's province, or of another */
    ND_FEATURE_ONLY,    /* no other work fits */
    ND_FEATURE_READING, /* it is what the rules concluded */
    ND_FEATURE_CITED,   /* `amount`: documents that cite it for certain */
    ND_N_FEATURES
};

enum nd_review_weight {
    ND_WEIGHT_RULES_OUT, /* can hardly be */
    ND_WEIGHT_AGAINST,
    ND_WEIGHT_WEAK,
    ND_WEIGHT_MEDIUM,
    ND_WEIGHT_STRONG,
    ND_N_WEIGHTS
};

struct nd_review_feature {
    enum nd_review_feature_kind kind;
    enum nd_review_weight weight;
    unsigned amount; /* see the kind */
};

struct nd_review_candidate {
    struct nd_work_card *card; /* brief */
    struct nd_review_feature features[ND_N_FEATURES];
    size_t n_features;
};

struct nd_review_item {
    char *reference;
    char *id;                        /* names it by content, with quote: the column id of review.h */
    char *cursor;                    /* where it stands in the queue, for nd_review_queue_next */
    struct nd_hit document;          /* the citing document; without passages */
    struct nd_range span;            /* of the citation in the document's text */
    char *quote;                     /* its words, on one line */
    char *context;                   /* the paragraph around, cut to a few hundred bytes each side */
    struct nd_range mark;            /* the citation in context */
    bool cut_before, cut_after;      /* the paragraph goes on */
    enum nd_relation relation;       /* what the sentence says */
    double confidence;               /* 0 to 1 */
    char *reason;                    /* how the rules came to it, in the user's language; NULL without */
    struct nd_work_card *work;       /* what they found; NULL: nothing for certain */
    struct nd_review_candidate *all; /* every work it may mean, what the rules found first */
    size_t n_all;
    unsigned n_alike; /* citations worded alike, this one too, that may be decided together; 0: none may */
    bool decided;     /* a person's decision stands */
};
void nd_review_item_free(struct nd_review_item *item);
ND_DEFINE_AUTO(nd_review_item, nd_review_item_free)

/* The first citation behind `cursor` (NULL: the first of all) that nobody decided and whose confidence is at
 * most ND_REVIEW_QUEUE_CONFIDENCE: those with a work to choose first, then least certain first. *n_left_out
 * counts it and all behind it. Documents above the session's visibility are left out. NULL without error at
 * the end; ND_ERROR_USAGE for a cursor that is none. */
#define ND_REVIEW_QUEUE_CONFIDENCE 0.9 /* as the index resolution_question of schema.sql has it */
struct nd_review_item *nd_review_queue_next(struct nd_session *session, const char *cursor,
                                            uint64_t *n_left_out, GError **error);

/* The same as a list from the beginning: array of struct nd_review_item *, caller unrefs. */
GPtrArray *nd_review_queue_list(struct nd_session *session, const struct nd_review_filter *filter,
                                GError **error);

/* The citation of a reference, decided or not. ND_ERROR_NOT_FOUND when it is no longer there. */
struct nd_review_item *nd_review_item_read(struct nd_session *session, const char *reference, GError **error);

/* What a decision came to. */
struct nd_review_outcome {
    bool taken;         /* recorded, or in force already */
    size_t n_citations; /* it decides */
    char *message;      /* why not taken, in the user's language; else NULL */
};

/* Records a decision as the table of review.h has it ("ok", "no", "work KEY", "undo"), and brings the graph
 * in step. all: 0 for this citation alone; else item->n_alike as the reviewer saw it: for all of them, unless
 * they have become others. The session says which documents may be decided about. Fails with ND_ERROR_LOCKED
 * while another program writes, ND_ERROR_IO where the index may not be written, ND_ERROR_NOT_FOUND. Caller
 * frees outcome->message. */
bool nd_review_decide(struct nd_session *session, const char *index_dir, const char *reference,
                      const char *decision, size_t all, const char *author, struct nd_review_outcome *outcome,
                      GError **error);

/* A citation that a decision for all alike would reach. */
struct nd_review_alike {
    char *reference, *sentence;
    struct nd_range mark;          /* the citation in sentence */
    char *document, *title, *path; /* the document's key; title NULL without */
};

/* The citations item->n_alike counts, to be shown before they are decided about together; array of struct
 * nd_review_alike *, caller unrefs. ND_ERROR_NOT_FOUND as nd_review_item_read. */
GPtrArray *nd_review_alike(struct nd_session *session, const char *reference, GError **error);

/* Opens an index for decisions alone; caller closes with nd_index_writer_close (corpus/store/index.h). An
 * index that a killed run left unfinished is ND_ERROR_LOCKED: ndindex has to finish it first. */
struct nd_index_writer *nd_review_writer_open(const char *index_dir, GError **error);

#endif
