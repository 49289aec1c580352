#include "query/words.h"

#include "analyzers/text/abbreviations.h"
#include "analyzers/text/stem.h"
#include "analyzers/text/terms.h"
#include "query/novelty.h"
#include "query/query_list.h"
#include "query/readings.h"
#include "query/stream.h"

/* Weights, tuned on questions about a collection of laws (tests/bench); ranking.c has the rest. */
static const double bigram_weight = 1.0, title_weight = 0.35, stem_weight = 0.5;
static const double other_readings_share = 0.2; /* of a word's weight, for readings that were not intended */
static const double expansion_weight = 0.1;     /* several words against the one abbreviation typed */
static const double abbreviation_weight = 0.8;

enum {
    LONG_QUERY = 8, /* words above which common ones are left out, and unlikely readings */
    CONTENT_WORDS_MIN = 3,
    PAIR_READINGS = 6, /* of each word of a pair that phrases look for */
    EXPANSIONS_CAP = 3,
    EXPANSION_WORDS = 10,
};
static const double common_share = 0.15; /* of the documents: a word that many have tells little */
static const double common_pair_share = 0.3;

struct builder {
    struct nd_index *index;
    const struct xc_database *database;
    const struct nd_readings *readings;
    const char *prefix; /* of the field */
    uint32_t n_documents;
    /* Of each word, and of it and the next: documents, and what is new about them beside their neighbours. */
    const uint32_t *frequencies;
    uint32_t *pair_frequencies;
    double *novelty, *pair_novelty;
    GArray *shorts; /* of struct nd_query_short: found on the way */
    GError **error;
};

struct xc_weight nd_words_weighting(void)
{
    return (struct xc_weight){
        .scheme = XC_WEIGHT_BM25, .has_parameters = true, .k1 = 0.6, .k3 = 1, .b = 0.9, .min_normlen = 0.5};
}

static bool is_long(const struct builder *self)
{
    return self->readings->tokens->len > LONG_QUERY;
}

static struct nd_read_token *token_at(const struct builder *self, size_t i)
{
    return nd_readings_token(self->readings, i);
}

/* Adds the term's query, scaled, to list when the collection has the term. */
static bool add_known(struct builder *self, GPtrArray *list, struct xc_bytes term, double factor)
{
    uint32_t n;
    if (!xc_database_term_frequency(self->database, term, &n, self->error))
        return false;
    if (n == 0)
        return true;
    return nd_query_list_add_scaled(list, xc_query_new_term(term, 1, 0, self->error), factor, self->error);
}

/* ---- one word ---- */

static unsigned n_readings_used(const struct builder *self, const struct nd_read_token *token)
{
    return is_long(self) ? MIN(token->readings->len, 2u) : token->readings->len;
}

/* A word: above all the intended reading; the others, and texts that lost their accents, come after it. */
static struct xc_query *word_query(struct builder *self, const struct nd_read_token *token)
{
    g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(terms, g_strconcat(self->prefix, nd_read_token_term(token), NULL));
    for (unsigned i = 1; i < n_readings_used(self, token); i++)
        g_ptr_array_add(terms, g_strconcat(self->prefix,
                                           g_array_index(token->readings, struct nd_reading, i).term, NULL));
    if (*self->prefix && !g_str_equal(token->bare, nd_read_token_term(token)))
        g_ptr_array_add(terms, g_strconcat(self->prefix, token->bare, NULL));
    else if (!*self->prefix && token->has_lost)
        g_ptr_array_add(terms, g_strconcat("A", token->bare, NULL));
    xc_auto(xc_query) intended =
        xc_query_new_term(xc_bytes_from_c(g_ptr_array_index(terms, 0)), 1, 0, self->error);
    if (!intended || terms->len == 1)
        return g_steal_pointer(&intended);
    g_autofree struct xc_bytes *bytes = g_new(struct xc_bytes, terms->len);
    for (unsigned i = 0; i < terms->len; i++)
        bytes[i] = xc_bytes_from_c(g_ptr_array_index(terms, i));
    g_autoptr(GPtrArray) parts = nd_query_list_new();
    xc_auto(xc_query) any = xc_query_new_operator_terms(XC_SYNONYM, bytes, terms->len, 0, self->error);
    if (!any ||
        !nd_query_list_add_scaled(parts, g_steal_pointer(&intended), 1 - other_readings_share, self->error) ||
        !nd_query_list_add_scaled(parts, g_steal_pointer(&any), other_readings_share, self->error))
        return NULL;
    return nd_query_list_combine(parts, XC_OR, self->error);
}

/* ---- abbreviations ---- */

/* All words of an expansion, and its bigrams. */
static struct xc_query *expansion_query(struct builder *self, const char *expansion)
{
    g_auto(GStrv) words = g_strsplit(expansion, " ", EXPANSION_WORDS);
    g_autoptr(GPtrArray) parts = nd_query_list_new();
    for (char **word = words; *word; word++) {
        if (!nd_query_list_add(parts, xc_query_new_term(xc_bytes_from_c(*word), 1, 0, self->error)))
            return NULL;
        char term[ND_BIGRAM_BYTES];
        if (!word[1] || !nd_bigram_is_kept(nd_str_from_c(word[0]), nd_str_from_c(word[1])))
            continue;
        nd_bigram_term(nd_str_from_c(word[0]), nd_str_from_c(word[1]), term);
        if (!nd_query_list_add(parts,
                               xc_query_new_term((struct xc_bytes){term, sizeof term}, 1, 0, self->error)))
            return NULL;
    }
    return nd_query_list_combine(parts, XC_AND, self->error);
}

static bool take_text(struct xc_bytes synonym, void *user_data)
{
    GPtrArray *const texts = user_data;
    g_ptr_array_add(texts, g_strndup(synonym.p, synonym.n));
    return texts->len < EXPANSIONS_CAP;
}

/* What the collection's documents ('=' or '~' and key) and the common list have for a key. */
static GPtrArray *look_up(struct builder *self, char kind, const char *key)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *synonym_key = g_strdup_printf("%c%s", kind, key);
    if (!xc_database_each_synonym(self->database, xc_bytes_from_c(synonym_key), take_text, found,
                                  self->error))
        return NULL;
    const char *const common = kind == '=' ? nd_abbreviation_expand(nd_str_from_c(key))
                                           : nd_abbreviation_shorten(nd_str_from_c(key));
    if (common && !g_ptr_array_find_with_equal_func(found, common, g_str_equal, NULL))
        g_ptr_array_add(found, g_strdup(common));
    return g_steal_pointer(&found);
}

/* What words [from, to) are short for, or are shortened to, as queries appended to parts. */
static bool add_abbreviations(struct builder *self, size_t from, size_t to, GPtrArray *parts)
{
    if (*self->prefix)
        return true;
    if (to - from == 1) {
        g_autoptr(GPtrArray) expansions = look_up(self, '=', nd_read_token_term(token_at(self, from)));
        for (size_t i = 0; expansions && i < expansions->len; i++)
            if (!nd_query_list_add_scaled(parts, expansion_query(self, g_ptr_array_index(expansions, i)),
                                          expansion_weight, self->error))
                return false;
        return expansions != NULL;
    }
    g_autoptr(GString) key = g_string_new(NULL);
    for (size_t i = from; i < to; i++)
        g_string_append_printf(key, "%s%s", i > from ? " " : "", nd_read_token_term(token_at(self, i)));
    g_autoptr(GPtrArray) shorts = look_up(self, '~', key->str);
    for (size_t i = 0; shorts && i < shorts->len; i++) {
        const struct nd_query_short found = {from, to - 1, g_strdup(g_ptr_array_index(shorts, i))};
        g_array_append_val(self->shorts, found);
        if (!add_known(self, parts, xc_bytes_from_c(g_ptr_array_index(shorts, i)), abbreviation_weight))
            return false;
    }
    return shorts != NULL;
}

/* ---- pairs ---- */

static const char *reading_at(const struct nd_read_token *token, unsigned i)
{
    return i < token->readings->len ? g_array_index(token->readings, struct nd_reading, i).term
                                    : token->folded;
}

static unsigned n_pair_readings(const struct nd_read_token *token)
{
    return CLAMP(token->readings->len, 1u, (unsigned)PAIR_READINGS);
}

/* Adds to parts a query for the bigrams of all readings of words i and i + 1, those of texts without accents
 * among them: no document has the two in a row without one of these. Adds nothing where the index does not
 * keep the bigrams of some reading, since then nothing can be told. */
static bool add_pair_filter(struct builder *self, size_t i, GPtrArray *parts)
{
    const struct nd_read_token *const first = token_at(self, i), *const second = token_at(self, i + 1);
    if (first->readings->len > PAIR_READINGS || second->readings->len > PAIR_READINGS)
        return true;
    char texts[PAIR_READINGS * PAIR_READINGS + 1][ND_BIGRAM_BYTES];
    struct xc_bytes terms[G_N_ELEMENTS(texts)];
    size_t n = 0;
    for (unsigned a = 0; a < n_pair_readings(first); a++) {
        for (unsigned b = 0; b < n_pair_readings(second); b++) {
            const struct nd_str x = nd_str_from_c(reading_at(first, a)),
                                y = nd_str_from_c(reading_at(second, b));
            if (!nd_bigram_is_kept(x, y))
                return true;
            nd_bigram_term(x, y, texts[n++]);
        }
    }
    if (!nd_bigram_is_kept(nd_str_from_c(first->bare), nd_str_from_c(second->bare)))
        return true;
    nd_bigram_term(nd_str_from_c(first->bare), nd_str_from_c(second->bare), texts[n++]);
    for (size_t k = 0; k < n; k++)
        terms[k] = (struct xc_bytes){texts[k], ND_BIGRAM_BYTES};
    return nd_query_list_add(parts, xc_query_new_operator_terms(XC_SYNONYM, terms, n, 0, self->error));
}

/* Writes the bigram of the intended readings of words i and i + 1; false where the index has none. */
static bool bigram_at(const struct builder *self, size_t i, char term_out[ND_BIGRAM_BYTES])
{
    const struct nd_str first = nd_str_from_c(nd_read_token_term(token_at(self, i)));
    const struct nd_str second = nd_str_from_c(nd_read_token_term(token_at(self, i + 1)));
    if (*self->prefix || !nd_bigram_is_kept(first, second))
        return false;
    nd_bigram_term(first, second, term_out);
    return true;
}

/* Counts the pairs where a mode ranks by them, and tells what of a long question is new. */
static bool count_pairs(struct builder *self, enum nd_words_mode mode)
{
    const size_t n = self->readings->tokens->len;
    if (mode == ND_WORDS_PHRASE || mode == ND_WORDS_LIKELY_PHRASE)
        return true;
    for (size_t i = 0; i + 1 < n; i++) {
        char term[ND_BIGRAM_BYTES];
        if (bigram_at(self, i, term) &&
            !xc_database_term_frequency(self->database, (struct xc_bytes){term, sizeof term},
                                        &self->pair_frequencies[i], self->error))
            return false;
    }
    if (mode == ND_WORDS_ANY && is_long(self))
        nd_novelty(self->frequencies, self->pair_frequencies, n, self->novelty, self->pair_novelty);
    return true;
}

/* Adds the bigram of words i and i + 1, for ranking; in a long question not one that very many documents
 * have, since to walk them costs more than it tells. */
static bool add_bigram(struct builder *self, size_t i, GPtrArray *parts)
{
    char term[ND_BIGRAM_BYTES];
    const uint32_t n = self->pair_frequencies[i];
    if (n == 0 || (is_long(self) && n > common_pair_share * self->n_documents) ||
        self->pair_novelty[i] <= 0 || !bigram_at(self, i, term))
        return true;
    return nd_query_list_add_scaled(
        parts, xc_query_new_term((struct xc_bytes){term, sizeof term}, 1, 0, self->error),
        bigram_weight * self->pair_novelty[i], self->error);
}

/* ---- modes ---- */

/* Which words of a long question are worth asking for: not those that join the others, nor those that most
 * documents have, unless hardly any would be left. */
static void choose_words(const struct builder *self, bool *wanted)
{
    const size_t n = self->readings->tokens->len;
    size_t n_wanted = 0;
    for (size_t i = 0; i < n; i++) {
        const char *const term = nd_read_token_term(token_at(self, i));
        wanted[i] = self->frequencies[i] <= common_share * self->n_documents &&
                    !nd_word_is_function(nd_str_from_c(term));
        n_wanted += wanted[i];
    }
    for (size_t i = 0; i < n && (!is_long(self) || n_wanted < CONTENT_WORDS_MIN); i++)
        wanted[i] = true;
}

static bool add_titles(struct builder *self, const bool *wanted, GPtrArray *parts)
{
    for (size_t i = 0; i < self->readings->tokens->len && !*self->prefix; i++) {
        g_autofree char *title = g_strconcat("S", nd_read_token_term(token_at(self, i)), NULL);
        if (wanted[i] && !add_known(self, parts, xc_bytes_from_c(title), title_weight))
            return false;
    }
    return true;
}

/* What adds to the weight of a document beside the words: titles and pairs. */
static bool add_evidence(struct builder *self, const bool *wanted, GPtrArray *parts)
{
    for (size_t i = 0; i + 1 < self->readings->tokens->len; i++)
        if (!add_bigram(self, i, parts))
            return false;
    return add_titles(self, wanted, parts);
}

static bool add_stems(struct builder *self, GPtrArray *parts)
{
    nd_auto(nd_stemmer) stemmer = nd_stemmer_new();
    for (size_t i = 0; i < self->readings->tokens->len && !*self->prefix; i++) {
        const struct nd_str stem = nd_stemmer_foreign(stemmer, nd_str_from_c(token_at(self, i)->folded));
        g_autofree char *term = g_strdup_printf("Z%.*s", (int)stem.n, stem.p);
        if (stem.n > 0 && !add_known(self, parts, xc_bytes_from_c(term), stem_weight))
            return false;
    }
    return true;
}

static struct xc_query *any_query(struct builder *self)
{
    const size_t n = self->readings->tokens->len;
    g_autofree bool *wanted = g_new0(bool, n + 1);
    g_autoptr(GPtrArray) parts = nd_query_list_new();
    choose_words(self, wanted);
    for (size_t i = 0; i < n; i++) {
        if (wanted[i] && !nd_query_list_add_scaled(parts, word_query(self, token_at(self, i)),
                                                   self->novelty[i], self->error))
            return NULL;
        for (size_t to = i + 1; !is_long(self) && to <= n; to++)
            if (!add_abbreviations(self, i, to, parts))
                return NULL;
    }
    if (!add_evidence(self, wanted, parts) || !add_stems(self, parts))
        return NULL;
    return nd_query_list_combine(parts, XC_OR, self->error);
}

/* What words 0 to n - 1 look for in a word stream. */
static struct nd_stream_pattern *stream_pattern(const struct builder *self, size_t n)
{
    struct nd_stream_pattern *const pattern = nd_stream_pattern_new();
    for (unsigned i = 0; i < n; i++) {
        const struct nd_read_token *const token = token_at(self, i);
        g_autofree char *lost = g_strconcat("A", token->bare, NULL);
        nd_stream_pattern_add(pattern, i, nd_str_from_c(reading_at(token, 0)), false);
        for (unsigned k = 1; k < token->readings->len; k++)
            nd_stream_pattern_add(pattern, i, nd_str_from_c(reading_at(token, k)), false);
        nd_stream_pattern_add(pattern, i, nd_str_from_c(lost), false);
    }
    return pattern;
}

/* Abbreviations of all the words, any of which stands for them; NULL when there is none. */
static struct nd_stream_pattern *short_pattern(const struct builder *self)
{
    struct nd_stream_pattern *pattern = NULL;
    for (guint i = 0; i < self->shorts->len; i++) {
        const struct nd_query_short *const found = &g_array_index(self->shorts, struct nd_query_short, i);
        if (found->first > 0 || found->last + 1 < self->readings->tokens->len)
            continue;
        if (!pattern)
            pattern = nd_stream_pattern_new();
        nd_stream_pattern_add(pattern, 0, nd_str_from_c(found->term), false);
    }
    return pattern;
}

/* The pairs and words that a document with the phrase must have. A word whose pair is asked for is not asked
 * for again: weighing its many documents is what would cost most. */
static bool add_phrase_parts(struct builder *self, GPtrArray *required)
{
    const size_t n = self->readings->tokens->len;
    bool before = false; /* the pair of this word and the one before is asked for */
    for (size_t i = 0; i < n; i++) {
        const guint n_parts = required->len;
        if (i + 1 < n && !add_pair_filter(self, i, required))
            return false;
        const bool after = required->len > n_parts;
        if (!before && !after && !nd_query_list_add(required, word_query(self, token_at(self, i))))
            return false;
        before = after;
    }
    return true;
}

/* All words; in a row, or within a window, where the mode says so. */
static struct xc_query *every_query(struct builder *self, enum nd_words_mode mode, unsigned window,
                                    struct nd_words *words)
{
    const size_t n = self->readings->tokens->len;
    g_autoptr(GPtrArray) required = nd_query_list_new();
    g_autoptr(GPtrArray) whole = nd_query_list_new();
    const bool in_text = *self->prefix == '\0' && n > 1;
    const bool likely = mode == ND_WORDS_LIKELY_PHRASE || mode == ND_WORDS_LIKELY_NEAR;
    const bool phrase = in_text && (mode == ND_WORDS_PHRASE || mode == ND_WORDS_LIKELY_PHRASE);
    if (phrase && !add_phrase_parts(self, required))
        return NULL;
    for (size_t i = 0; i < n && !phrase; i++)
        if (!nd_query_list_add(required, word_query(self, token_at(self, i))))
            return NULL;
    if (!add_abbreviations(self, 0, n, whole) || (n == 1 && !add_stems(self, whole)))
        return NULL;
    if (mode != ND_WORDS_ALL && in_text) {
        const unsigned n_checked = (unsigned)MIN(n, (size_t)ND_STREAM_WORDS);
        const struct nd_stream_check check = {stream_pattern(self, n_checked),
                                              likely ? short_pattern(self) : NULL, n_checked,
                                              phrase ? 0 : MAX(window, n_checked)};
        if (likely)
            words->check = check;
        else if (!nd_query_list_add(required, nd_stream_query(check, self->index, self->error)))
            return NULL;
    }
    if (!nd_query_list_add(whole, nd_query_list_combine(required, XC_AND, self->error)))
        return NULL;
    xc_auto(xc_query) matches = nd_query_list_combine(whole, XC_OR, self->error);
    g_autofree bool *wanted = g_new(bool, n);
    memset(wanted, true, n);
    g_autoptr(GPtrArray) evidence = nd_query_list_new();
    if (!matches || !(phrase ? add_titles(self, wanted, evidence) : add_evidence(self, wanted, evidence)))
        return NULL;
    xc_auto(xc_query) extra = nd_query_list_combine(evidence, XC_OR, self->error);
    const struct xc_query *const both[] = {matches, extra};
    return extra ? xc_query_new_operator(XC_AND_MAYBE, both, 2, 0, self->error) : NULL;
}

/* ---- the whole ---- */

static char **terms_of(const struct nd_read_token *token)
{
    g_autoptr(GPtrArray) terms = g_ptr_array_new();
    for (unsigned i = 0; i < token->readings->len; i++)
        g_ptr_array_add(terms, g_strdup(reading_at(token, i)));
    if (token->readings->len == 0 && token->has_lost)
        g_ptr_array_add(terms, g_strdup(token->bare));
    g_ptr_array_add(terms, NULL);
    return (char **)g_ptr_array_steal(terms, NULL);
}

static void short_clear(gpointer data)
{
    g_free(((struct nd_query_short *)data)->term);
}

struct nd_words *nd_words_read(struct nd_index *index, struct nd_str text, enum nd_words_mode mode,
                               unsigned window, const char *prefix, GError **error)
{
    struct xc_database *const database = nd_fulltext_database(nd_index_fulltext(index));
    struct xc_statistics statistics;
    nd_auto(nd_words) self = g_new0(struct nd_words, 1);
    nd_auto(nd_readings) readings = nd_readings_new(database, text, error);
    if (!readings || !xc_database_statistics(database, &statistics, error))
        return NULL;
    const size_t n = readings->tokens->len;
    self->shorts = g_array_new(FALSE, FALSE, sizeof(struct nd_query_short));
    g_array_set_clear_func(self->shorts, short_clear);
    g_autofree uint32_t *frequencies = g_new0(uint32_t, n + 1), *pair_frequencies = g_new0(uint32_t, n + 1);
    g_autofree double *novelty = g_new(double, n + 1), *pair_novelty = g_new(double, n + 1);
    struct builder builder = {index,       database,         readings, prefix,       statistics.n_documents,
                              frequencies, pair_frequencies, novelty,  pair_novelty, self->shorts,
                              error};
    self->n_documents = statistics.n_documents;
    self->words = g_new0(struct nd_query_word, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct nd_read_token *const token = nd_readings_token(readings, i);
        struct nd_query_word *const word = &self->words[self->n_words++];
        word->typed = nd_str_dup(nd_str_slice(text, token->start, token->end));
        word->terms = terms_of(token);
        word->has_lost = token->has_lost;
        if (!xc_database_term_frequency(database, xc_bytes_from_c(nd_read_token_term(token)),
                                        &word->frequency, error))
            return NULL;
        frequencies[i] = word->frequency;
        novelty[i] = pair_novelty[i] = 1;
    }
    if (!count_pairs(&builder, mode))
        return NULL;
    for (size_t i = 0; i < n; i++)
        self->words[i].novelty = novelty[i];
    if (n == 0)
        self->query = xc_query_new_nothing(error);
    else if (mode == ND_WORDS_ANY)
        self->query = any_query(&builder);
    else
        self->query = every_query(&builder, mode, window, self);
    if (!self->query)
        return NULL;
    self->restored = nd_readings_restore(readings, text);
    return g_steal_pointer(&self);
}

void nd_words_free(struct nd_words *words)
{
    if (!words)
        return;
    for (size_t i = 0; i < words->n_words; i++) {
        g_free(words->words[i].typed);
        g_strfreev(words->words[i].terms);
    }
    g_free(words->words);
    g_clear_pointer(&words->shorts, g_array_unref);
    xc_query_free(words->query);
    nd_stream_check_clear(&words->check);
    g_free(words->restored);
    g_free(words);
}
