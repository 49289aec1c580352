#include "graph/namesakes.h"

#include "corpus/store/sql.h"
#include "graph/decisions.h"

#include <string.h>

struct search {
    struct nd_catalog *catalog;
    GHashTable *names, *ids;
};

static void add_id(GHashTable *ids, int64_t id)
{
    g_hash_table_add(ids, g_memdup2(&id, sizeof id));
}

/* A name that continues one continues those before it as well; taken back or not, since entries that no
 * longer stand held before. */
static bool add_continuing(struct nd_catalog *catalog, GHashTable *names, GError **error)
{
    g_autoptr(GPtrArray) log = nd_decisions_read(catalog, NULL, error);
    for (bool more = log != NULL; more;) {
        more = false;
        for (guint i = 0; i < log->len; i++) {
            const struct nd_decision *entry = &((const struct nd_decided *)log->pdata[i])->what;
            if (strcmp(entry->verdict, "continues") == 0 && entry->value &&
                g_hash_table_contains(names, entry->value))
                more |= g_hash_table_add(names, g_strdup(entry->document_key));
        }
    }
    return log != NULL;
}

static bool add_found(const struct search *search, const char *sql, const char *value, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    if (!nd_sql_prepare(nd_catalog_sqlite(search->catalog), &s, sql, error))
        return false;
    nd_sql_bind(s, "s", value);
    for (bool row = true; row;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        if (row)
            add_id(search->ids, nd_sql_int(s, 0));
    }
    return true;
}

static bool add_if_named(const struct nd_catalog_document *document, void *user_data)
{
    const struct search *search = user_data;
    g_autofree char *name = nd_decision_document(&document->metadata, document->work, document->key);
    if (g_hash_table_contains(search->names, name))
        add_id(search->ids, document->id);
    return true;
}

/* How the documents of a name are found; without SQL all are looked through, since a title is not stored as
 * the name has it. */
static const struct {
    const char *prefix, *sql;
} kinds[] = {
    {"work:", "SELECT document FROM document_work WHERE work = (SELECT id FROM work WHERE key = ?)"},
    {"text:", "SELECT id FROM current_document WHERE key = ?"},
    {"title:", NULL},
};

bool nd_namesakes_add(struct nd_catalog *catalog, GHashTable *names, GHashTable *ids, GError **error)
{
    struct search search = {catalog, names, ids};
    GHashTableIter iter;
    gpointer name;
    bool look_through = false;
    if (g_hash_table_size(names) == 0)
        return true;
    if (!add_continuing(catalog, names, error))
        return false;
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
            if (!g_str_has_prefix(name, kinds[i].prefix))
                continue;
            look_through |= !kinds[i].sql;
            if (kinds[i].sql &&
                !add_found(&search, kinds[i].sql, (const char *)name + strlen(kinds[i].prefix), error))
                return false;
        }
    return !look_through || nd_catalog_each_document(catalog, add_if_named, &search, error);
}
