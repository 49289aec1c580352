#include "query/complete.h"

#include "analyzers/text/fold.h"
#include "corpus/store/fields.h"
#include "query/names.h"
#include "query/session.h"

#include <string.h>

struct completer {
    struct nd_session *session;
    const char *head; /* "type:", put before each value */
    const char *typed;
    size_t n_prefix; /* bytes of a term before its value: "XT" */
    size_t cap;
    GPtrArray *out;
};

/* Whether name begins as what was typed does, accents and case aside. */
static bool begins(const char *name, const char *typed)
{
    g_autofree char *a = g_utf8_casefold(name, -1), *b = g_utf8_casefold(typed, -1);
    char bare_a[ND_CAP_TERM_BYTES], bare_b[ND_CAP_TERM_BYTES];
    const struct nd_str x = {bare_a, nd_fold_bare(nd_str_from_c(a), bare_a)};
    const struct nd_str y = {bare_b, nd_fold_bare(nd_str_from_c(b), bare_b)};
    return g_str_has_prefix(a, b) || (y.n > 0 && nd_str_has_prefix(x, y));
}

static void add(struct completer *self, const char *value)
{
    g_autofree char *whole = g_strconcat(self->head, value, NULL);
    if (self->out->len < self->cap && !g_ptr_array_find_with_equal_func(self->out, whole, g_str_equal, NULL))
        g_ptr_array_add(self->out, g_steal_pointer(&whole));
}

static bool take_value(struct xc_bytes term, uint32_t frequency, void *user_data)
{
    struct completer *const self = user_data;
    (void)frequency;
    g_autofree char *value = g_strndup(term.p, term.n);
    /* words of a type beside its code: a shell would part them */
    if (!strchr(value, ' ') && begins(value + self->n_prefix, self->typed))
        add(self, value + self->n_prefix);
    return self->out->len < self->cap;
}

/* The values that some document has: the field's terms. */
static bool add_values(struct completer *self, const struct nd_field *field, GError **error)
{
    GError *xc_error = NULL;
    self->n_prefix = strlen(field->prefix);
    if (field->form == ND_FORM_WORDS || field->prefix[0] != 'X' ||
        xc_database_each_term(self->session->database, xc_bytes_from_c(field->prefix), take_value, self,
                              &xc_error))
        return true;
    nd_fulltext_propagate(error, xc_error);
    return false;
}

static bool add_codes(struct completer *self, GError **error)
{
    g_autofree char *lower = g_utf8_strdown(self->typed, -1);
    for (unsigned i = 0; i < self->session->n_parts; i++) {
        struct nd_sql_statement *const s =
            nd_session_statement(self->session->parts[i], ND_STATEMENT_CODES, error);
        if (!s)
            return false;
        nd_sql_bind(s, "su", lower, (unsigned)self->session->visible);
        for (bool row = true; row;) {
            if (!nd_sql_step(s, &row, error))
                return false;
            if (row)
                add(self, nd_sql_text(s, 0));
        }
    }
    return true;
}

static void add_name(struct completer *self, const char *name)
{
    g_autofree char *whole = g_strconcat(name, ":", NULL);
    if (*name && begins(name, self->typed))
        add(self, whole);
}

static void add_names(struct completer *self)
{
    size_t n;
    const struct nd_relation_name *const relations = nd_relation_names(&n);
    for (size_t i = 0; i < ND_N_FIELDS; i++) {
        add_name(self, nd_fields[i].english);
        add_name(self, nd_fields[i].vietnamese);
    }
    for (size_t i = 0; i < n; i++) {
        add_name(self, relations[i].english);
        add_name(self, relations[i].vietnamese);
    }
}

static bool complete(struct completer *self, const char *word, GError **error)
{
    const char *const colon = strchr(word, ':');
    if (!colon) {
        self->head = "";
        self->typed = word;
        if (g_ascii_isdigit(*word))
            return add_codes(self, error);
        add_names(self);
        return true;
    }
    struct nd_str name = {word, (size_t)(colon - word)};
    g_autofree char *head = g_strndup(word, name.n + 1);
    self->head = head;
    self->typed = colon + 1;
    if (name.n > 0 && name.p[name.n - 1] == '+')
        name.n--;
    const struct nd_field *const field = nd_field_by_name(name);
    if (field)
        return add_values(self, field, error);
    return !nd_relation_by_name(name) || add_codes(self, error);
}

char **nd_complete(struct nd_session *session, const char *word, size_t cap, GError **error)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *valid = g_utf8_make_valid(word, -1);
    struct completer self = {.session = session, .cap = cap, .out = out};
    if (!nd_session_enter(session, error))
        return NULL;
    const bool good = complete(&self, valid, error);
    nd_session_leave(session);
    g_ptr_array_add(out, NULL);
    return good ? (char **)g_ptr_array_steal(out, NULL) : NULL;
}
