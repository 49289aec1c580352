#include "query/readings.h"

#include "analyzers/text/fold.h"
#include "analyzers/text/terms.h"
#include "analyzers/text/tokenize.h"
#include "query/familiar.h"
#include "query/slips.h"

#include <math.h>

enum {
    CAP_READINGS = 40, /* of one bare word; the most have about twenty */
    CAP_WEIGHED = 6,   /* the most frequent of them that the model weighs against each other */
};

/* How much the model trusts what it has seen of two words together against the second word alone. */
static const double pair_share = 0.85;

/* How much likelier two words are that follow each other in a name, and how likely at least. */
static const double familiar_weight = 10, familiar_least = 0.01;

struct reader {
    const struct xc_database *database;
    double n_words; /* of the collection, about */
    GError **error;
};

static struct xc_bytes bytes_of(struct nd_str s)
{
    return (struct xc_bytes){s.p, s.n};
}

static bool occurrences(struct reader *self, struct nd_str term, uint32_t *out)
{
    return xc_database_collection_frequency(self->database, bytes_of(term), out, self->error);
}

bool nd_readings_add(const struct xc_database *database, GArray *readings, struct nd_str term, double prior,
                     GError **error)
{
    uint32_t n;
    if (readings->len >= CAP_READINGS)
        return true;
    for (size_t i = 0; i < readings->len; i++)
        if (nd_str_equal(nd_str_from_c(g_array_index(readings, struct nd_reading, i).term), term))
            return true;
    if (!xc_database_collection_frequency(database, bytes_of(term), &n, error))
        return false;
    if (n > 0) {
        const struct nd_reading reading = {nd_str_dup(term), n, prior};
        g_array_append_val(readings, reading);
    }
    return true;
}

static bool take_synonym(struct xc_bytes synonym, void *user_data)
{
    GPtrArray *const terms = user_data;
    g_ptr_array_add(terms, g_strndup(synonym.p, synonym.n));
    return terms->len < CAP_READINGS;
}

bool nd_readings_add_bare(const struct xc_database *database, GArray *readings, struct nd_str bare,
                          double prior, GError **error)
{
    g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
    if (!xc_database_each_synonym(database, bytes_of(bare), take_synonym, terms, error))
        return false;
    for (size_t i = 0; i < terms->len; i++)
        if (!nd_readings_add(database, readings, nd_str_from_c(g_ptr_array_index(terms, i)), prior, error))
            return false;
    return nd_readings_add(database, readings, bare, prior, error);
}

static gint most_frequent_first(gconstpointer a, gconstpointer b)
{
    const struct nd_reading *const x = a, *const y = b;
    const double left = log(x->occurrences) + x->prior, right = log(y->occurrences) + y->prior;
    if (left != right)
        return left > right ? -1 : 1;
    return strcmp(x->term, y->term);
}

static void reading_clear(gpointer data)
{
    g_free(((struct nd_reading *)data)->term);
}

static void token_clear(gpointer data)
{
    struct nd_read_token *const token = data;
    g_free(token->folded);
    g_free(token->bare);
    g_array_unref(token->readings);
}

static bool read_token(struct reader *self, struct nd_str text, const struct nd_token *at,
                       struct nd_readings *out)
{
    const struct nd_str typed = nd_str_slice(text, at->start, at->end);
    char buffer[ND_CAP_TERM_BYTES + 1];
    struct nd_read_token token = {.start = at->start, .end = at->end};
    token.readings = g_array_new(FALSE, FALSE, sizeof(struct nd_reading));
    g_array_set_clear_func(token.readings, reading_clear);
    token.folded = g_strndup(buffer, nd_fold(typed, buffer));
    buffer[0] = 'A';
    token.bare = g_strndup(buffer + 1, nd_fold_bare(typed, buffer + 1));
    token.accented = !g_str_equal(token.folded, token.bare);
    g_array_append_val(out->tokens, token);

    const struct nd_str folded = nd_str_from_c(token.folded), bare = nd_str_from_c(token.bare);
    uint32_t n_lost;
    if (!occurrences(self, (struct nd_str){buffer, bare.n + 1}, &n_lost))
        return false;
    nd_readings_token(out, out->tokens->len - 1)->has_lost = n_lost > 0;
    if (at->kind == ND_TOKEN_NUMBER || token.accented)
        return nd_readings_add(self->database, token.readings, folded, 0, self->error);
    return nd_readings_add_bare(self->database, token.readings, bare, 0, self->error);
}

/* The logarithm of how likely `second` is to follow `first`. */
static bool follow(struct reader *self, const struct nd_reading *first, const struct nd_reading *second,
                   double *out)
{
    const struct nd_str a = nd_str_from_c(first->term), b = nd_str_from_c(second->term);
    double p = (1 - pair_share) * second->occurrences / self->n_words;
    if (nd_bigram_is_kept(a, b)) {
        char term[ND_BIGRAM_BYTES];
        uint32_t n;
        nd_bigram_term(a, b, term);
        if (!occurrences(self, (struct nd_str){term, sizeof term}, &n))
            return false;
        p += pair_share * MIN(1.0, (double)n / first->occurrences);
        if (nd_is_familiar(term))
            p = familiar_weight * MAX(p, familiar_least);
    } else {
        p += pair_share * second->occurrences / self->n_words;
    }
    *out = log(p);
    return true;
}

struct cell {
    double score;
    unsigned from;
};

static unsigned n_weighed(const struct nd_read_token *token)
{
    return MIN(token->readings->len, (unsigned)CAP_WEIGHED);
}

/* Whether two words in a row are some name's, accents aside. */
static bool is_bare_name(const struct nd_read_token *first, const struct nd_read_token *second)
{
    char term[ND_BIGRAM_BYTES];
    nd_bigram_term(nd_str_from_c(first->bare), nd_str_from_c(second->bare), term);
    return nd_is_familiar_bare(term);
}

/* Moves reading k of a token, a rare one, among those that are weighed. */
static void move_up(struct nd_read_token *token, guint k)
{
    struct nd_reading *const readings = (struct nd_reading *)(void *)token->readings->data;
    const struct nd_reading moved = readings[k];
    memmove(&readings[CAP_WEIGHED], &readings[CAP_WEIGHED - 1], (k - CAP_WEIGHED + 1) * sizeof moved);
    readings[CAP_WEIGHED - 1] = moved;
}

/* Has the readings weighed that make a name of two words, however rare they are. */
static void weigh_names(struct nd_read_token *first, struct nd_read_token *second)
{
    char term[ND_BIGRAM_BYTES];
    if (!is_bare_name(first, second))
        return;
    for (guint i = 0; i < first->readings->len; i++) {
        for (guint k = 0; k < second->readings->len; k++) {
            nd_bigram_term(nd_str_from_c(g_array_index(first->readings, struct nd_reading, i).term),
                           nd_str_from_c(g_array_index(second->readings, struct nd_reading, k).term), term);
            if (!nd_is_familiar(term))
                continue;
            if (i >= CAP_WEIGHED)
                move_up(first, i);
            if (k >= CAP_WEIGHED)
                move_up(second, k);
        }
    }
}

/* Words [from, to), all of them with readings: moves the intended reading of each to the front. */
static bool choose(struct reader *self, struct nd_readings *readings, size_t from, size_t to)
{
    g_autofree struct cell *cells = g_new0(struct cell, (to - from) * CAP_WEIGHED);
    for (size_t i = from; i + 1 < to; i++)
        weigh_names(nd_readings_token(readings, i), nd_readings_token(readings, i + 1));
    for (size_t i = from; i < to; i++) {
        const struct nd_read_token *const token = nd_readings_token(readings, i);
        for (unsigned k = 0; k < n_weighed(token); k++) {
            const struct nd_reading *const reading = &g_array_index(token->readings, struct nd_reading, k);
            struct cell *const cell = &cells[(i - from) * CAP_WEIGHED + k];
            cell->score = log(reading->occurrences / self->n_words) + reading->prior;
            if (i == from)
                continue;
            const struct nd_read_token *const before = nd_readings_token(readings, i - 1);
            cell->score = -G_MAXDOUBLE;
            for (unsigned j = 0; j < n_weighed(before); j++) {
                double step;
                if (!follow(self, &g_array_index(before->readings, struct nd_reading, j), reading, &step))
                    return false;
                const double score = cells[(i - 1 - from) * CAP_WEIGHED + j].score + step + reading->prior;
                if (score > cell->score)
                    *cell = (struct cell){score, j};
            }
        }
    }
    unsigned best = 0;
    const struct cell *const last = &cells[(to - 1 - from) * CAP_WEIGHED];
    for (unsigned k = 1; k < n_weighed(nd_readings_token(readings, to - 1)); k++)
        if (last[k].score > last[best].score)
            best = k;
    for (size_t i = to; i-- > from;) {
        GArray *const list = nd_readings_token(readings, i)->readings;
        const unsigned before = cells[(i - from) * CAP_WEIGHED + best].from;
        const struct nd_reading chosen = g_array_index(list, struct nd_reading, best);
        memmove(&g_array_index(list, struct nd_reading, 1), &g_array_index(list, struct nd_reading, 0),
                best * sizeof chosen);
        g_array_index(list, struct nd_reading, 0) = chosen;
        best = before;
    }
    return true;
}

/* A word typed without accents among words with them, where the word as typed is what was meant, means just
 * that: "chi bộ" is not "chỉ bộ". */
static void keep_to_the_letter(struct nd_readings *readings)
{
    bool accented = false;
    for (size_t i = 0; i < readings->tokens->len; i++)
        accented = accented || nd_readings_token(readings, i)->accented;
    for (size_t i = 0; accented && i < readings->tokens->len; i++) {
        const struct nd_read_token *const token = nd_readings_token(readings, i);
        if (!token->slip && token->readings->len > 1 && g_str_equal(nd_read_token_term(token), token->folded))
            g_array_set_size(token->readings, 1);
    }
}

struct nd_readings *nd_readings_new(const struct xc_database *database, struct nd_str text, GError **error)
{
    nd_auto(nd_readings) self = g_new0(struct nd_readings, 1);
    self->tokens = g_array_new(FALSE, FALSE, sizeof(struct nd_read_token));
    g_array_set_clear_func(self->tokens, token_clear);
    struct xc_statistics statistics;
    if (!xc_database_statistics(database, &statistics, error))
        return NULL;
    /* Bigrams and title words count in Xapian's lengths, too. */
    struct reader reader = {database, MAX(1.0, (double)statistics.total_length / 2), error};
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    nd_tokenizer_init(&tokenizer, text);
    while (self->tokens->len < ND_CAP_QUERY_TERMS && nd_tokenizer_next(&tokenizer, &token))
        if (!read_token(&reader, text, &token, self))
            return NULL;
    if (!nd_slips_correct(database, self, error))
        return NULL;
    for (size_t i = 0; i < self->tokens->len; i++)
        g_array_sort(nd_readings_token(self, i)->readings, most_frequent_first);
    for (size_t i = 0, next; i < self->tokens->len; i = next + 1) {
        for (next = i; next < self->tokens->len && nd_readings_token(self, next)->readings->len > 0; next++)
            continue;
        if (next > i && !choose(&reader, self, i, next))
            return NULL;
    }
    keep_to_the_letter(self);
    for (size_t i = 0; i < self->tokens->len; i++) {
        const struct nd_read_token *const read = nd_readings_token(self, i);
        self->changed = self->changed || !g_str_equal(nd_read_token_term(read), read->folded);
    }
    return g_steal_pointer(&self);
}

void nd_readings_free(struct nd_readings *readings)
{
    if (!readings)
        return;
    g_array_unref(readings->tokens);
    g_free(readings);
}

const char *nd_read_token_term(const struct nd_read_token *token)
{
    return token->readings->len > 0 ? g_array_index(token->readings, struct nd_reading, 0).term
                                    : token->folded;
}

/* Appends term as the typed word would have it: HOAT gives HOẠT, Hoat gives Hoạt. */
static void append_in_case(GString *out, struct nd_str typed, const char *term)
{
    g_autofree char *word = nd_str_dup(typed);
    g_autofree char *upper = g_utf8_strup(word, -1), *term_upper = g_utf8_strup(term, -1);
    const char *const after_first = g_utf8_next_char(term);
    if (g_utf8_strlen(word, -1) > 1 && g_str_equal(word, upper))
        g_string_append(out, term_upper);
    else if (g_utf8_get_char(word) == g_utf8_get_char(upper))
        g_string_append_printf(out, "%.*s%s", (int)(g_utf8_next_char(term_upper) - term_upper), term_upper,
                               after_first);
    else
        g_string_append(out, term);
}

char *nd_readings_restore(const struct nd_readings *readings, struct nd_str text)
{
    if (!readings->changed)
        return NULL;
    GString *const out = g_string_new(NULL);
    size_t done = 0;
    for (size_t i = 0; i < readings->tokens->len; i++) {
        const struct nd_read_token *const token = nd_readings_token(readings, i);
        const char *const term = nd_read_token_term(token);
        if (g_str_equal(term, token->folded))
            continue; /* as typed, case and all */
        g_string_append_len(out, text.p + done, (gssize)(token->start - done));
        append_in_case(out, nd_str_slice(text, token->start, token->end), term);
        done = token->end;
    }
    g_string_append_len(out, text.p + done, (gssize)(text.n - done));
    return g_string_free(out, FALSE);
}
