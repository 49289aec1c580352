#ifndef ND_QUERY_REVIEW_ANSWER_H
#define ND_QUERY_REVIEW_ANSWER_H

/* What a person answered about one citation, from the words of a table's row to an entry of the log. */

#include "query/review_rows.h"

/* As written; borrowed. */
struct nd_review_answer {
    size_t line;
    const char *id, *citation;
    const char *decision, *scope, *note;
    const char *work, *candidates; /* as the person saw them; NULL when the table has no such column */
};

/* The verdict of graph/decisions.h that an answer comes to. */
struct nd_review_choice {
    const char *verdict; /* static; NULL before it is read */
    char *value;         /* owned */
    bool wording;        /* about all citations worded so, once: an alias */
};

/* Reads answer->decision about mention `ordinal`. NULL, or a sentence (translated) that says why it cannot be
 * done; then *out may be filled in part. */
const char *nd_review_answer_read(const struct nd_review_answer *answer,
                                  const struct nd_review_document *document, size_t ordinal,
                                  const struct nd_review_state *state, struct nd_review_choice *out);
void nd_review_choice_clear(struct nd_review_choice *choice);

/* "" is *all_out false; "all" and "all 17" are true, with how many were confirmed, 0 without. False for
 * anything else. */
bool nd_review_scope_read(const char *scope, bool *all_out, size_t *confirmed_out);

#endif
