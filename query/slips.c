#include "query/slips.h"

#include "analyzers/text/fold.h"
#include "analyzers/text/keystrokes.h"
#include "analyzers/text/terms.h"

enum {
    LETTERS_MIN = 3,   /* shorter words are a letter away from everything */
    LETTERS_MAX = 8,   /* longer than any syllable with one letter too many */
    CORRECTED_CAP = 3, /* words of one query */
};

/* Logarithms of how likely each slip is against the others. */
static const double swapped = -1, changed = -3;

struct correction {
    const struct xc_database *database;
    GArray *readings;
    GError **error;
};

static bool try_key(struct correction *self, const char *key, size_t n, double prior)
{
    const struct nd_str bare = {key, n};
    return !nd_is_syllable(bare) ||
           nd_readings_add_bare(self->database, self->readings, bare, prior, self->error);
}

static bool try_swapped(struct correction *self, const char *bare, size_t n)
{
    char key[LETTERS_MAX + 2];
    for (size_t i = 0; i + 1 < n; i++) {
        memcpy(key, bare, n);
        key[i] = bare[i + 1];
        key[i + 1] = bare[i];
        if (!try_key(self, key, n, swapped))
            return false;
    }
    return true;
}

static bool try_changed(struct correction *self, const char *bare, size_t n)
{
    char key[LETTERS_MAX + 2];
    for (size_t i = 0; i <= n; i++) {
        memcpy(key, bare, i);
        if (i < n) {
            memcpy(key + i, bare + i + 1, n - i - 1);
            if (!try_key(self, key, n - 1, changed))
                return false;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            key[i] = c;
            memcpy(key + i + 1, bare + i, n - i);
            if (!try_key(self, key, n + 1, changed))
                return false;
            if (i == n)
                continue;
            memcpy(key + i + 1, bare + i + 1, n - i - 1);
            if (!try_key(self, key, n, changed))
                return false;
        }
    }
    return true;
}

static bool bigram_exists(const struct xc_database *database, const char *first, const char *second,
                          bool *out, GError **error)
{
    char term[ND_BIGRAM_BYTES];
    uint32_t n = 0;
    const struct nd_str a = nd_str_from_c(first), b = nd_str_from_c(second);
    nd_bigram_term(a, b, term);
    if (nd_bigram_is_kept(a, b) &&
        !xc_database_term_frequency(database, (struct xc_bytes){term, sizeof term}, &n, error))
        return false;
    *out = *out || n > 0;
    return true;
}

/* Keeps the readings that stand beside some reading of a neighbour somewhere in the collection. */
static bool keep_fitting(const struct xc_database *database, const struct nd_readings *readings, size_t at,
                         GError **error)
{
    GArray *const list = nd_readings_token(readings, at)->readings;
    for (unsigned i = 0; i < list->len;) {
        const char *const term = g_array_index(list, struct nd_reading, i).term;
        bool fits = false;
        const GArray *const before = at > 0 ? nd_readings_token(readings, at - 1)->readings : NULL;
        for (unsigned k = 0; before && k < before->len && !fits; k++)
            if (!bigram_exists(database, g_array_index(before, struct nd_reading, k).term, term, &fits,
                               error))
                return false;
        const GArray *const after =
            at + 1 < readings->tokens->len ? nd_readings_token(readings, at + 1)->readings : NULL;
        for (unsigned k = 0; after && k < after->len && !fits; k++)
            if (!bigram_exists(database, term, g_array_index(after, struct nd_reading, k).term, &fits, error))
                return false;
        if (fits)
            i++;
        else
            g_array_remove_index(list, i);
    }
    return true;
}

static bool is_plain(const char *word, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (word[i] < 'a' || word[i] > 'z')
            return false;
    return n >= LETTERS_MIN && n <= LETTERS_MAX;
}

static bool correct(const struct xc_database *database, const struct nd_readings *readings, size_t at,
                    GError **error)
{
    struct nd_read_token *const token = nd_readings_token(readings, at);
    struct correction self = {database, token->readings, error};
    char repaired[ND_CAP_TERM_BYTES];
    const size_t n_repaired = nd_repair_tone(nd_str_from_c(token->folded), repaired);
    if (n_repaired > 0 &&
        !nd_readings_add(database, token->readings, (struct nd_str){repaired, n_repaired}, 0, error))
        return false;
    if (token->readings->len > 0)
        return true;
    if (token->accented && !nd_is_proper_syllable(nd_str_from_c(token->folded)) &&
        !nd_readings_add_bare(database, token->readings, nd_str_from_c(token->bare), 0, error))
        return false;
    const size_t n = strlen(token->bare);
    if (token->readings->len > 0 || !is_plain(token->bare, n))
        return true;
    const bool alone = readings->tokens->len == 1;
    if (!try_swapped(&self, token->bare, n) || (!alone && !try_changed(&self, token->bare, n)))
        return false;
    return alone || keep_fitting(database, readings, at, error);
}

/* Keys of an input method that was off: sure enough not to count among the guesses. */
static bool read_keystrokes(const struct xc_database *database, struct nd_read_token *token, GError **error)
{
    char meant[ND_CAP_TERM_BYTES];
    const size_t n = nd_read_keystrokes(nd_str_from_c(token->folded), meant);
    if (n > 0 && !nd_readings_add(database, token->readings, (struct nd_str){meant, n}, 0, error))
        return false;
    token->slip = token->readings->len > 0;
    return true;
}

bool nd_slips_correct(const struct xc_database *database, struct nd_readings *readings, GError **error)
{
    unsigned n = 0;
    for (size_t i = 0; i < readings->tokens->len; i++) {
        struct nd_read_token *const token = nd_readings_token(readings, i);
        const bool misspelt = token->accented && !nd_is_proper_syllable(nd_str_from_c(token->folded));
        const bool found = token->readings->len > 0 || (token->has_lost && !token->accented);
        if ((found && !misspelt) || g_ascii_isdigit(token->folded[0]))
            continue;
        if (!found && !read_keystrokes(database, token, error))
            return false;
        if (token->slip || n == CORRECTED_CAP)
            continue;
        const bool known = token->readings->len > 0; /* others have made the same slip */
        if (!correct(database, readings, i, error))
            return false;
        token->slip = token->readings->len > known;
        n += token->slip;
    }
    return true;
}
