#include "query/words.h"

#include "analyzers/text/fold.h"
#include "analyzers/text/tokenize.h"

static bool take_reading(struct xc_bytes synonym, void *user_data)
{
    GPtrArray *const terms = user_data;
    g_ptr_array_add(terms, g_strndup(synonym.p, synonym.n));
    return terms->len < ND_CAP_WILDCARD_TERMS;
}

/* The index terms a token may stand for: the accented readings of a bare one, else the token itself. */
static char **terms_of(const struct xc_database *database, struct nd_str token, GError **error)
{
    char folded[ND_CAP_TERM_BYTES], bare[ND_CAP_TERM_BYTES];
    const size_t n = nd_fold(token, folded);
    const size_t n_bare = nd_fold_bare(token, bare);
    g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
    if (n == n_bare && memcmp(folded, bare, n) == 0 &&
        !xc_database_each_synonym(database, (struct xc_bytes){bare, n_bare}, take_reading, terms, error))
        return NULL;
    if (terms->len == 0)
        g_ptr_array_add(terms, g_strndup(folded, n));
    g_ptr_array_add(terms, NULL);
    return (char **)g_ptr_array_steal(terms, NULL);
}

static struct xc_query *word_query(const struct nd_query_word *word, const char *prefix, GError **error)
{
    g_autoptr(GPtrArray) prefixed = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) terms = g_array_new(FALSE, FALSE, sizeof(struct xc_bytes));
    for (char **term = word->terms; *term; term++) {
        char *const text = g_strconcat(prefix, *term, NULL);
        g_ptr_array_add(prefixed, text);
        const struct xc_bytes bytes = xc_bytes_from_c(text);
        g_array_append_val(terms, bytes);
    }
    if (terms->len == 1)
        return xc_query_new_term(g_array_index(terms, struct xc_bytes, 0), 1, 0, error);
    return xc_query_new_operator_terms(XC_SYNONYM, (const struct xc_bytes *)(const void *)terms->data,
                                       terms->len, 0, error);
}

static void query_free(gpointer query)
{
    xc_query_free(query);
}

struct nd_words *nd_words_read(const struct xc_database *database, struct nd_str text,
                               enum nd_words_mode mode, unsigned window, const char *prefix, GError **error)
{
    static const enum xc_operator operators[] = {[ND_WORDS_ANY] = XC_OR,
                                                 [ND_WORDS_ALL] = XC_AND,
                                                 [ND_WORDS_PHRASE] = XC_PHRASE,
                                                 [ND_WORDS_NEAR] = XC_NEAR};
    nd_auto(nd_words) self = g_new0(struct nd_words, 1);
    g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(struct nd_query_word));
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(query_free);
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    bool good = true;
    nd_tokenizer_init(&tokenizer, text);
    while (good && nd_tokenizer_next(&tokenizer, &token)) {
        const struct nd_str typed = nd_str_slice(text, token.start, token.end);
        struct nd_query_word word = {.terms = terms_of(database, typed, error)};
        good = word.terms != NULL;
        if (!good)
            break;
        word.typed = nd_str_dup(typed);
        g_array_append_val(words, word);
        struct xc_query *const part = word_query(&word, prefix, error);
        good = part != NULL;
        if (good)
            g_ptr_array_add(parts, part);
    }
    self->n_words = words->len;
    self->words = (struct nd_query_word *)(void *)g_array_free(g_steal_pointer(&words), FALSE);
    if (!good)
        return NULL;
    const bool positions = *prefix == '\0';
    const enum xc_operator op = positions || mode == ND_WORDS_ANY ? operators[mode] : XC_AND;
    self->query =
        xc_query_new_operator(op, (const struct xc_query *const *)parts->pdata, parts->len,
                              mode == ND_WORDS_NEAR && positions ? MAX(window, parts->len) : 0, error);
    return self->query ? g_steal_pointer(&self) : NULL;
}

struct xc_weight nd_words_weighting(void)
{
    return (struct xc_weight){
        .scheme = XC_WEIGHT_BM25, .has_parameters = true, .k1 = 0.6, .k3 = 1, .b = 0.9, .min_normlen = 0.5};
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
    xc_query_free(words->query);
    g_free(words->restored);
    g_free(words);
}
