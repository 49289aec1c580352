#include "query/familiar.h"

#include "analyzers/text/terms.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "query/familiar.inc" /* folded_rows, bare_rows: printed by nd-familiar */

/* The three bytes of the hash, as nd-familiar prints them. */
static int by_hash(const void *key, const void *row)
{
    return memcmp(key, row, ND_BIGRAM_BYTES - 1);
}

bool nd_is_familiar(const char *term)
{
    return bsearch(term + 1, folded_rows, G_N_ELEMENTS(folded_rows), sizeof folded_rows[0], by_hash) != NULL;
}

bool nd_is_familiar_bare(const char *term)
{
    return bsearch(term + 1, bare_rows, G_N_ELEMENTS(bare_rows), sizeof bare_rows[0], by_hash) != NULL;
}
