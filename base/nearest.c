#include "base/nearest.h"

#include <glib.h>
#include <string.h>

#define MAX_BYTES 64 /* of a name; a longer one has no neighbours */

/* Optimal string alignment distance. */
static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t rows[3][MAX_BYTES + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= m; j++)
        last[j] = j;
    for (size_t i = 1; i <= n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);
            best = MIN(best, MIN(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = MIN(best, before[j - 2] + 1);
            row[j] = best;
        }
        size_t *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[m];
}

const char *nd_nearest(const char *word, const char *const *candidates)
{
    const size_t n = strlen(word);
    const char *nearest = NULL;
    size_t smallest = n / 3 + (n > 1 && n < 3) + 1; /* one slip is forgiven in a short word too */
    if (n == 0 || n > MAX_BYTES)
        return NULL;
    for (; *candidates; candidates++) {
        const size_t m = strlen(*candidates);
        if (m > MAX_BYTES)
            continue;
        const size_t d = n > 2 && strncmp(*candidates, word, n) == 0 ? 0 : distance(word, n, *candidates, m);
        if (d < smallest) {
            smallest = d;
            nearest = *candidates;
        }
    }
    return nearest;
}
