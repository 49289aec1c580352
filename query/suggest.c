#include "query/plan.h"

#include "analyzers/text/fold.h"
#include "analyzers/text/normalize.h"

/* The words an index holds, read only so far that typing stays fluent. */
enum { TERMS_SEEN_CAP = 5000 };

struct word {
    char *text;
    uint32_t frequency;
};

struct words {
    GArray *words; /* of struct word */
    unsigned seen;
};

static bool take(struct xc_bytes term, uint32_t frequency, void *user_data)
{
    struct words *const words = user_data;
    const struct word word = {g_strndup(term.p, term.n), frequency};
    g_array_append_val(words->words, word);
    return ++words->seen < TERMS_SEEN_CAP;
}

static void word_clear(gpointer data)
{
    g_free(((struct word *)data)->text);
}

static gint most_frequent_first(gconstpointer a, gconstpointer b)
{
    const struct word *const left = a, *const right = b;
    return left->frequency > right->frequency ? -1 : left->frequency < right->frequency;
}

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

/* Whether a document that the session may see holds the word. */
static bool is_visible(struct nd_session *session, const char *word, bool *out, GError **error)
{
    GError *xc_error = NULL;
    struct xc_query *const term = xc_query_new_term(xc_bytes_from_c(word), 1, 0, &xc_error);
    if (!term) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    xc_auto(xc_query) query = nd_visible_only(session, term, error);
    if (!query)
        return false;
    xc_auto(xc_results) results =
        xc_search(session->database, &(struct xc_request){.query = query, .limit = 1}, &xc_error);
    if (!results) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    *out = results->n_hits > 0;
    return true;
}

/* The last word of prefix, completed. */
static bool add_words(struct nd_session *session, struct nd_str prefix, GPtrArray *out, size_t cap,
                      GError **error)
{
    size_t start = prefix.n;
    while (start > 0 && prefix.p[start - 1] != ' ')
        start--;
    char folded[ND_CAP_TERM_BYTES];
    const size_t n = nd_fold(nd_str_slice(prefix, start, prefix.n), folded);
    if (n == 0)
        return true;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct word));
    g_array_set_clear_func(found, word_clear);
    struct words words = {found, 0};
    GError *xc_error = NULL;
    if (!xc_database_each_term(session->database, (struct xc_bytes){folded, n}, take, &words, &xc_error)) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    g_array_sort(found, most_frequent_first);
    for (guint i = 0; i < found->len && out->len < cap; i++) {
        const char *const word = g_array_index(found, struct word, i).text;
        bool visible;
        if (!is_visible(session, word, &visible, error))
            return false;
        if (visible)
            g_ptr_array_add(out, g_strdup_printf("%.*s%s", (int)start, prefix.p, word));
    }
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
