#ifndef ND_QUERY_PREFIX_H
#define ND_QUERY_PREFIX_H

/* The words of a collection that begin with some letters. */

#include "base/str.h"
#include "corpus/store/xapian_c/xapian_c.h"

struct nd_prefix_term {
    char *text;         /* a term; begins with 'A' for a word of texts that lost their accents */
    uint32_t frequency; /* documents with it */
};

/* Most frequent first; a prefix without accents also stands for letters with them. Array of struct
 * nd_prefix_term, caller frees with g_array_unref. Errors are those of the binding. */
GArray *nd_prefix_terms(const struct xc_database *database, struct nd_str prefix, GError **error);

#endif
