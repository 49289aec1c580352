#ifndef ND_QUERY_READINGS_H
#define ND_QUERY_READINGS_H

/*
 * What each word of a query may mean in this collection: itself, the accented words it is typed for when it
 * has no accents, or what it was meant to be when it is a slip. The intended reading of each is chosen for
 * the sentence as a whole, by a bigram model over the collection's own frequencies (Viterbi's algorithm):
 * "sinh hoat chuyen de" is "sinh hoạt chuyên đề". Inside query/ only.
 */

#include "base/auto.h"
#include "base/str.h"
#include "corpus/store/xapian_c/xapian_c.h"

#include <glib.h>

struct nd_reading {
    char *term; /* folded */
    uint32_t occurrences;
    double prior; /* logarithm: 0, less for a correction */
};

struct nd_read_token {
    uint32_t start, end; /* bytes of the text */
    char *folded, *bare;
    GArray *readings; /* of struct nd_reading, the intended one first; empty for an unknown word */
    bool accented;    /* was typed with accents */
    bool slip;        /* the readings are corrections: the collection does not have the word as typed */
    bool has_lost;    /* some text that lost its accents has the bare word */
};

struct nd_readings {
    GArray *tokens; /* of struct nd_read_token */
    bool changed;   /* some intended reading is not what was typed */
};

/* Reads normalised text. Caller frees with nd_readings_free. */
struct nd_readings *nd_readings_new(const struct xc_database *database, struct nd_str text, GError **error);
void nd_readings_free(struct nd_readings *readings);
ND_DEFINE_AUTO(nd_readings, nd_readings_free)

static inline struct nd_read_token *nd_readings_token(const struct nd_readings *readings, size_t i)
{
    return &g_array_index(readings->tokens, struct nd_read_token, i);
}

/* The intended reading of a token; what was typed for an unknown word. */
const char *nd_read_token_term(const struct nd_read_token *token);

/* text with the intended readings in their places; NULL when that changes nothing. Caller frees with g_free.
 */
char *nd_readings_restore(const struct nd_readings *readings, struct nd_str text);

#endif
