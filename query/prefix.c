#include "query/prefix.h"

#include "analyzers/text/fold.h"
#include "base/caps.h"
#include "query/matcher.h"

struct expansion {
    const struct xc_database *database;
    GHashTable *seen; /* of terms' texts */
    GArray *terms;    /* of struct nd_prefix_term */
};

static void add(struct expansion *self, struct xc_bytes term, uint32_t frequency)
{
    char *const text = g_strndup(term.p, term.n);
    const struct nd_prefix_term added = {text, frequency};
    if (frequency == 0 || !g_hash_table_add(self->seen, text)) {
        g_free(text);
        return;
    }
    g_array_append_val(self->terms, added);
}

static bool take_term(struct xc_bytes term, uint32_t frequency, void *user_data)
{
    add(user_data, term, frequency);
    return true;
}

static bool take_text(struct xc_bytes text, void *user_data)
{
    g_ptr_array_add(user_data, g_strndup(text.p, text.n));
    return true;
}

/* Terms that begin with the prefix as it is, and, where it has no accents, those whose bare keys do. */
static bool expand(struct expansion *self, struct nd_str prefix, GError **error)
{
    const struct xc_bytes bytes = {prefix.p, prefix.n};
    if (!xc_database_each_term(self->database, bytes, take_term, self, error))
        return false;
    if (!nd_is_bare(prefix))
        return true;
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func(g_free);
    if (!xc_database_each_synonym_key(self->database, bytes, take_text, keys, error))
        return false;
    for (size_t i = 0; i < keys->len; i++)
        if (!xc_database_each_synonym(self->database, xc_bytes_from_c(g_ptr_array_index(keys, i)), take_text,
                                      readings, error))
            return false;
    for (size_t i = 0; i < readings->len; i++) {
        uint32_t n;
        const struct xc_bytes reading = xc_bytes_from_c(g_ptr_array_index(readings, i));
        if (!xc_database_term_frequency(self->database, reading, &n, error))
            return false;
        add(self, reading, n);
    }
    g_autofree char *lost = g_strdup_printf("A%.*s", (int)prefix.n, prefix.p);
    return xc_database_each_term(self->database, xc_bytes_from_c(lost), take_term, self, error);
}

static void term_clear(gpointer data)
{
    g_free(((struct nd_prefix_term *)data)->text);
}

static gint most_frequent_first(gconstpointer a, gconstpointer b)
{
    const struct nd_prefix_term *const x = a, *const y = b;
    if (x->frequency != y->frequency)
        return x->frequency > y->frequency ? -1 : 1;
    return strcmp(x->text, y->text);
}

GArray *nd_prefix_terms(const struct xc_database *database, struct nd_str prefix, GError **error)
{
    char folded[ND_CAP_TERM_BYTES], longer[ND_CAP_TERM_BYTES];
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GArray) terms = g_array_new(FALSE, FALSE, sizeof(struct nd_prefix_term));
    g_array_set_clear_func(terms, term_clear);
    struct expansion self = {database, seen, terms};
    const struct nd_str whole = {folded, nd_fold(prefix, folded)};
    if (whole.n == 0)
        return g_steal_pointer(&terms);
    if (!expand(&self, whole, error))
        return NULL;
    const struct nd_str beginning = {longer, nd_fold_beginning(prefix, longer)};
    if (!nd_str_equal(beginning, whole) && !expand(&self, beginning, error))
        return NULL;
    g_array_sort(terms, most_frequent_first);
    return g_steal_pointer(&terms);
}

struct xc_query *nd_words_prefix(const struct xc_database *database, struct nd_str prefix,
                                 struct nd_matcher *matcher, bool *cut_out, GError **error)
{
    g_autoptr(GArray) terms = nd_prefix_terms(database, prefix, error);
    if (!terms)
        return NULL;
    *cut_out = terms->len > ND_CAP_WILDCARD_TERMS;
    g_autoptr(GArray) bytes = g_array_new(FALSE, FALSE, sizeof(struct xc_bytes));
    for (size_t i = 0; i < MIN(terms->len, (size_t)ND_CAP_WILDCARD_TERMS); i++) {
        const struct xc_bytes term = xc_bytes_from_c(g_array_index(terms, struct nd_prefix_term, i).text);
        g_array_append_val(bytes, term);
    }
    const struct xc_bytes *const list = (const struct xc_bytes *)(const void *)bytes->data;
    if (matcher)
        nd_matcher_add_prefix(matcher, prefix, list, *cut_out ? 0 : bytes->len);
    return xc_query_new_operator_terms(XC_SYNONYM, list, bytes->len, 0, error);
}
