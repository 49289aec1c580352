#include "query/collection.h"

#include "base/i18n.h"
#include "query/session.h"

#include <string.h>

enum severity { SEVERITY_NOTE, SEVERITY_PARTIAL, SEVERITY_SKIPPED };

static const struct {
    const char *code;
    enum severity severity;
    const char *remedy;
} rows[] = {
#define ND_DIAGNOSTIC(code, severity, remedy) {code, SEVERITY_##severity, remedy},
#include "corpus/read/diagnostics.def"
#undef ND_DIAGNOSTIC
};

static void trouble_free(void *pointer)
{
    struct nd_trouble *trouble = pointer;
    g_ptr_array_unref(trouble->names);
    g_free(trouble);
}

void nd_collection_free(struct nd_collection *collection)
{
    if (!collection)
        return;
    g_ptr_array_unref(collection->troubles);
    g_free(collection);
}

/* NULL for a mere note, or a code of another version. */
static struct nd_trouble *trouble_of(struct nd_collection *collection, const char *code)
{
    for (guint i = 0; i < collection->troubles->len; i++) {
        struct nd_trouble *known = collection->troubles->pdata[i];
        if (strcmp(known->code, code) == 0)
            return known;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (strcmp(rows[i].code, code) != 0 || rows[i].severity == SEVERITY_NOTE)
            continue;
        struct nd_trouble *trouble = g_new0(struct nd_trouble, 1);
        trouble->code = rows[i].code;
        trouble->remedy = _(rows[i].remedy);
        trouble->skipped = rows[i].severity == SEVERITY_SKIPPED;
        trouble->names = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(collection->troubles, trouble);
        return trouble;
    }
    return NULL;
}

/* Of a file, and of a member of it where there is one. */
static char *bare_name(struct nd_bytes path, struct nd_bytes member)
{
    g_autofree char *file = g_strndup((const char *)path.p, path.n);
    g_autofree char *name = g_path_get_basename(file);
    g_autofree char *inside = member.p ? g_strndup((const char *)member.p, member.n) : NULL;
    g_autofree char *whole = g_strconcat(name, inside ? "!" : NULL, inside, NULL);
    return g_utf8_make_valid(whole, -1);
}

static int by_gravity(const void *a, const void *b)
{
    const struct nd_trouble *x = *(struct nd_trouble *const *)a, *y = *(struct nd_trouble *const *)b;
    if (x->skipped != y->skipped)
        return x->skipped ? -1 : 1;
    return x->n_files != y->n_files ? (x->n_files > y->n_files ? -1 : 1) : strcmp(x->code, y->code);
}

static bool read_troubles(struct nd_session *session, struct nd_collection *collection, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, ND_STATEMENT_TROUBLES, error);
    if (!s)
        return false;
    nd_sql_bind(s, "u", (unsigned)session->visible);
    for (bool row = true;;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            break;
        struct nd_trouble *trouble = trouble_of(collection, nd_sql_text(s, 0));
        if (!trouble)
            continue;
        trouble->n_files++;
        if (trouble->names->len < ND_TROUBLE_NAMES)
            g_ptr_array_add(trouble->names, bare_name(nd_sql_bytes(s, 1), nd_sql_bytes(s, 2)));
    }
    g_ptr_array_sort(collection->troubles, by_gravity);
    return true;
}

static bool read_counts(struct nd_session *session, struct nd_collection *collection, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, ND_STATEMENT_COLLECTION, error);
    bool row = false;
    if (!s)
        return false;
    nd_sql_bind(s, "u", (unsigned)session->visible);
    if (!nd_sql_step(s, &row, error))
        return false;
    uint64_t *const members[] = {&collection->n_documents, &collection->n_copies, &collection->n_bytes,
                                 &collection->n_citations, &collection->n_works};
    for (unsigned i = 0; row && i < G_N_ELEMENTS(members); i++)
        *members[i] = (uint64_t)nd_sql_int(s, (int)i);
    return true;
}

struct nd_collection *nd_collection_view(struct nd_session *session, GError **error)
{
    nd_auto(nd_collection) collection = g_new0(struct nd_collection, 1);
    collection->troubles = g_ptr_array_new_with_free_func(trouble_free);
    struct nd_catalog_run run = {0};
    if (!nd_session_enter(session, error))
        return NULL;
    const bool good = read_counts(session, collection, error) && read_troubles(session, collection, error) &&
                      nd_catalog_run(session->catalog, &run, error);
    nd_session_leave(session);
    collection->finished_s = run.finished_s;
    collection->n_files = (uint64_t)run.files;
    collection->bytes = (uint64_t)run.bytes;
    collection->milliseconds = (uint64_t)run.milliseconds;
    return good ? g_steal_pointer(&collection) : NULL;
}
