#include "query/plan.h"

#include "analyzers/text/fold.h"
#include "analyzers/text/normalize.h"
#include "analyzers/text/terms.h"
#include "query/prefix.h"

enum { WORDS_WEIGHED = 100 }; /* of the most frequent ones */

/* A word that may complete what was typed, and how often it follows the word before. */
struct completion {
    const char *text;
    uint32_t n_pairs, frequency;
};

static bool add_texts(struct nd_session *session, enum nd_statement_id id, const char *pattern,
                      GPtrArray *out, size_t cap, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, id, error);
    if (!s)
        return false;
    nd_sql_bind(s, "su", pattern, (unsigned)session->visible);
    while (out->len < cap) {
        bool row;
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            break;
        if (nd_sql_text(s, 0))
            g_ptr_array_add(out, g_strdup(nd_sql_text(s, 0)));
    }
    return true;
}

static gint likeliest_first(gconstpointer a, gconstpointer b)
{
    const struct completion *const x = a, *const y = b;
    if (x->n_pairs != y->n_pairs)
        return x->n_pairs > y->n_pairs ? -1 : 1;
    return x->frequency > y->frequency ? -1 : x->frequency < y->frequency;
}

/* Where the last word of text begins. */
static size_t last_word(struct nd_str text)
{
    size_t start = text.n;
    while (start > 0 && text.p[start - 1] != ' ')
        start--;
    return start;
}

/* Words that begin as the last one of prefix does, likeliest first; array of struct completion, whose texts
 * are borrowed from terms. */
static GArray *completions(struct nd_session *session, struct nd_str prefix, const GArray *terms,
                           GError **error)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct completion));
    size_t end = last_word(prefix);
    while (end > 0 && prefix.p[end - 1] == ' ')
        end--;
    const struct nd_str before = nd_str_slice(prefix, 0, end);
    char folded[ND_CAP_TERM_BYTES], pair[ND_BIGRAM_BYTES];
    const struct nd_str word = {folded, nd_fold(nd_str_slice(before, last_word(before), before.n), folded)};
    for (guint i = 0; i < MIN(terms->len, (guint)WORDS_WEIGHED); i++) {
        const struct nd_prefix_term *const term = &g_array_index(terms, struct nd_prefix_term, i);
        const struct nd_str next = nd_str_from_c(term->text);
        struct completion completion = {term->text, 0, term->frequency};
        if (term->text[0] == 'A') /* lost its accents: no word to offer */
            continue;
        if (word.n > 0 && nd_bigram_is_kept(word, next)) {
            nd_bigram_term(word, next, pair);
            if (!xc_database_collection_frequency(session->database, (struct xc_bytes){pair, sizeof pair},
                                                  &completion.n_pairs, error))
                return NULL;
        }
        g_array_append_val(found, completion);
    }
    g_array_sort(found, likeliest_first);
    return g_steal_pointer(&found);
}

/* The last word of prefix, completed. */
static bool add_words(struct nd_session *session, struct nd_str prefix, GPtrArray *out, size_t cap,
                      GError **error)
{
    const size_t start = last_word(prefix);
    if (start == prefix.n)
        return true;
    GError *xc_error = NULL;
    g_autoptr(GArray) terms =
        nd_prefix_terms(session->database, nd_str_slice(prefix, start, prefix.n), &xc_error);
    g_autoptr(GArray) found = terms ? completions(session, prefix, terms, &xc_error) : NULL;
    if (!found) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    for (guint i = 0; i < found->len && out->len < cap; i++)
        g_ptr_array_add(out, g_strdup_printf("%.*s%s", (int)start, prefix.p,
                                             g_array_index(found, struct completion, i).text));
    return true;
}

/* prefix% with LIKE's own signs escaped. */
static char *like_pattern(struct nd_str prefix)
{
    GString *const out = g_string_new(NULL);
    for (size_t i = 0; i < prefix.n; i++) {
        if (strchr("%_\\", prefix.p[i]))
            g_string_append_c(out, '\\');
        g_string_append_c(out, prefix.p[i]);
    }
    g_string_append_c(out, '%');
    return g_string_free(out, FALSE);
}

char **nd_suggest(struct nd_session *session, const char *prefix, size_t cap, GError **error)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *valid = g_utf8_make_valid(prefix, -1);
    struct nd_normalized normalized;
    if (!nd_session_enter(session, error))
        return NULL;
    nd_normalize(nd_str_from_c(valid), &normalized);
    bool good = true;
    if (normalized.text.n > 0) {
        g_autofree char *plain = nd_str_dup(normalized.text);
        g_autofree char *lower = g_utf8_strdown(plain, -1);
        g_autofree char *pattern = like_pattern(normalized.text);
        if (g_ascii_isdigit(*lower))
            good = add_texts(session, ND_STATEMENT_CODES, lower, out, cap, error);
        good = good && add_words(session, normalized.text, out, MAX(cap / 2, 1), error) &&
               (normalized.text.n < 4 || add_texts(session, ND_STATEMENT_TITLES, pattern, out, cap, error));
    }
    nd_normalized_clear(&normalized);
    nd_session_leave(session);
    g_ptr_array_add(out, NULL);
    return good ? (char **)g_ptr_array_steal(out, NULL) : NULL;
}
