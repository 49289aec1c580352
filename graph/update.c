#include "graph/update.h"

#include "corpus/store/sql.h"
#include "graph/citing.h"
#include "graph/decisions.h"
#include "graph/derive.h"
#include "graph/namesakes.h"

#include <string.h>

struct update {
    struct nd_catalog_writer *writer;
    struct nd_catalog *reader;
    struct sqlite3 *db;
    struct nd_citing_reader *citing;
    struct nd_known *known;
    struct nd_deriving deriving;
    struct nd_authorities_in_force *authorities; /* NULL: those of the data files */
    GHashTable *aliases;                         /* wording -> work key that people decided on */
    bool fresh;                                  /* everything is made anew */
    struct nd_graph_stats stats;
    GHashTable *changed;   /* documents the caller named; int64_t * */
    GHashTable *documents; /* to be resolved again: those, and those their facts touch */
    GHashTable *works;     /* keys whose row may have to change; owned */
    GHashTable *own_works; /* document id -> the key of the work it is; owned */
    GHashTable *arrived;   /* keys of works that gained or lost a document; owned */
    GHashTable *continued; /* names in decisions that took over those of another; owned */
    GPtrArray *groups;     /* changed groups; owned names */
    struct nd_sql_statement *dependents, *forget_lookups, *add_lookup, *document_works, *document_work;
};

static void add_id(GHashTable *set, int64_t id)
{
    g_hash_table_add(set, g_memdup2(&id, sizeof id));
}

static void add_changed(struct update *u, int64_t id)
{
    add_id(u->changed, id);
    add_id(u->documents, id);
}

/* ---- first pass: what the changed documents taught and teach ---- */

/* The works the document's rows name now: they may lose their last user. */
static bool note_works_of(struct update *u, int64_t id, GError **error)
{
    if (!nd_sql_prepare(u->db, &u->document_works,
                        "SELECT key FROM work WHERE id IN (SELECT work FROM resolution WHERE document = ?1 "
                        "UNION SELECT source FROM edge WHERE document = ?1 "
                        "UNION SELECT target FROM edge WHERE document = ?1 "
                        "UNION SELECT work FROM alias WHERE document = ?1 "
                        "UNION SELECT work FROM document_work WHERE document = ?1)",
                        error))
        return false;
    nd_sql_bind(u->document_works, "i", id);
    bool row = false;
    while (nd_sql_step(u->document_works, &row, error)) {
        if (!row)
            return true;
        nd_deriving_add_work(&u->deriving, nd_sql_text(u->document_works, 0));
    }
    return false;
}

static bool write_lookups(struct update *u, const struct nd_citing *document, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < document->claims->claims->len; i++) {
        const struct nd_claim *claim = &g_array_index(document->claims->claims, struct nd_claim, i);
        const char *const groups[] = {claim->group, claim->headed};
        for (size_t k = 0; k < G_N_ELEMENTS(groups); k++) {
            if (!groups[k] || !g_hash_table_add(seen, (gpointer)groups[k]))
                continue;
            nd_sql_bind(u->add_lookup, "is", document->id, groups[k]);
            if (!nd_sql_run(u->add_lookup, error))
                return false;
        }
    }
    return true;
}

static bool forget_document(struct update *u, int64_t id, GError **error)
{
    if (!nd_sql_prepare(u->db, &u->forget_lookups, "DELETE FROM lookup WHERE document = ?", error) ||
        !nd_known_forget(u->known, id, error))
        return false;
    nd_sql_bind(u->forget_lookups, "i", id);
    return nd_sql_run(u->forget_lookups, error);
}

/* A document whose name in decisions is another than that of the content before takes its decisions over, and
 * so do all that bear the new name. */
static bool continue_decisions(struct update *u, const struct nd_citing *document, GError **error)
{
    g_autofree char *before = NULL;
    bool decided = false, continued = false;
    if (u->fresh)
        return true;
    if (!nd_citing_name_before(u->citing, document->id, &before, error))
        return false;
    if (!before || strcmp(before, document->name) == 0)
        return true;
    if (!nd_decisions_exist(u->reader, before, &decided, error) ||
        !nd_decisions_exist(u->reader, document->name, &continued, error))
        return false;
    if (!decided || continued)
        return true;
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *time = g_date_time_format(now, ND_DECISION_TIME);
    const struct nd_decision entry = {.time = time,
                                      .author = "ndindex",
                                      .document_key = document->name,
                                      .quote = "",
                                      .occurrence = 1,
                                      .verdict = "continues",
                                      .value = before};
    g_hash_table_add(u->continued, g_strdup(document->name));
    return nd_catalog_writer_add_decision(u->writer, &entry, error);
}

static bool teach_document(const struct nd_citing *document, void *user_data, GError **error)
{
    struct update *u = user_data;
    if (!nd_sql_prepare(u->db, &u->add_lookup, "INSERT INTO lookup (document, name) VALUES (?, ?)", error))
        return false;
    if (document->claims->work)
        g_hash_table_insert(u->own_works, g_memdup2(&document->id, sizeof document->id),
                            g_strdup(document->work));
    return nd_known_teach(u->known, document->id, document->claims->facts, error) &&
           write_lookups(u, document, error) && continue_decisions(u, document, error);
}

static void note_group(const char *group, void *user_data)
{
    struct update *u = user_data;
    g_ptr_array_add(u->groups, g_strdup(group));
}

/* The documents that look up a changed group are resolved again. */
static bool add_dependents(struct update *u, GError **error)
{
    if (!nd_sql_prepare(u->db, &u->dependents, "SELECT document FROM lookup WHERE name = ?", error))
        return false;
    for (guint i = 0; i < u->groups->len; i++) {
        nd_sql_bind(u->dependents, "s", u->groups->pdata[i]);
        for (bool row = true; row;) {
            if (!nd_sql_step(u->dependents, &row, error))
                return false;
            if (row)
                add_id(u->documents, nd_sql_int(u->dependents, 0));
        }
    }
    return true;
}

/* ---- second pass: which works the documents are ---- */

static bool work_of(struct update *u, int64_t id, char **work_out, GError **error)
{
    if (!nd_sql_prepare(u->db, &u->document_work,
                        "SELECT work.key FROM document_work JOIN work ON work.id = document_work.work "
                        "WHERE document_work.document = ?",
                        error))
        return false;
    bool row = false;
    nd_sql_bind(u->document_work, "i", id);
    if (!nd_sql_step(u->document_work, &row, error))
        return false;
    *work_out = row ? g_strdup(nd_sql_text(u->document_work, 0)) : NULL;
    return true;
}

/* Clears what was derived of the document and writes which work it is. A document that is only touched by
 * others' changes stays what it was. */
static bool identify_document(struct update *u, int64_t id, GError **error)
{
    g_autofree char *before = NULL;
    if (!note_works_of(u, id, error) || !work_of(u, id, &before, error) ||
        !nd_catalog_writer_clear_document_graph(u->writer, id, error))
        return false;
    bool changed = g_hash_table_contains(u->changed, &id);
    const char *now = changed ? g_hash_table_lookup(u->own_works, &id) : before;
    if (g_strcmp0(before, now) != 0) {
        if (before)
            g_hash_table_add(u->arrived, g_strdup(before));
        if (now)
            g_hash_table_add(u->arrived, g_strdup(now));
    }
    nd_deriving_add_work(&u->deriving, now);
    return !now || nd_catalog_writer_set_document_work(u->writer, id, now, error);
}

/* ---- third pass: what follows from each document ---- */

static bool derive_document(const struct nd_citing *citing, void *user_data, GError **error)
{
    struct update *u = user_data;
    u->stats.documents++;
    u->stats.mentions += nd_mentions_count(citing->mentions);
    return nd_derive(&u->deriving, citing, error);
}

/* ---- the whole ---- */

static int by_id(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Ascending, which is how the catalogue has its rows. */
static GArray *list_of(GHashTable *ids)
{
    GArray *list = g_array_sized_new(FALSE, FALSE, sizeof(int64_t), g_hash_table_size(ids));
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, ids);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        g_array_append_vals(list, id, 1);
    g_array_sort(list, by_id);
    return list;
}

static bool each_document(struct update *u, GHashTable *ids,
                          bool (*visit)(struct update *, int64_t, GError **), GError **error)
{
    g_autoptr(GArray) list = list_of(ids);
    for (guint i = 0; i < list->len; i++)
        if (!visit(u, g_array_index(list, int64_t, i), error))
            return false;
    return true;
}

static bool each_citing(struct update *u, GHashTable *ids, bool again,
                        bool (*visit)(const struct nd_citing *, void *, GError **), GError **error)
{
    g_autoptr(GArray) list = list_of(ids);
    return nd_citing_each(u->citing, (const int64_t *)(const void *)list->data, list->len, again, visit, u,
                          error);
}

static bool write_works(struct update *u, GError **error)
{
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, nd_known_works(u->known));
    while (g_hash_table_iter_next(&iter, &key, NULL))
        nd_deriving_add_work(&u->deriving, key);
    g_hash_table_iter_init(&iter, u->works);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        if (!nd_work_rows_write(u->deriving.rows, key, g_hash_table_contains(u->arrived, key), error))
            return false;
    return true;
}

/* What people decided for all documents. */
static bool read_decisions(struct update *u, GError **error)
{
    g_autoptr(GPtrArray) log = nd_decisions_read(u->reader, "", error);
    if (!log)
        return false;
    u->authorities = nd_authorities_with(log);
    u->aliases = nd_decided_aliases(log);
    u->deriving.rows = nd_work_rows_new(u->writer, u->authorities);
    u->deriving.authorities = u->authorities;
    u->deriving.aliases = u->aliases;
    return true;
}

static bool run(struct update *u, GError **error)
{
    if (!read_decisions(u, error) || !each_document(u, u->changed, forget_document, error) ||
        !each_citing(u, u->changed, true, teach_document, error) ||
        !nd_known_flush(u->known, note_group, u, error) || !add_dependents(u, error) ||
        !nd_namesakes_add(u->reader, u->continued, u->documents, error))
        return false;
    u->stats.groups = u->groups->len;
    return each_document(u, u->documents, identify_document, error) &&
           each_citing(u, u->documents, false, derive_document, error) && write_works(u, error);
}

static void init(struct update *u, struct nd_catalog_writer *writer, bool fresh)
{
    *u = (struct update){.writer = writer, .reader = nd_catalog_writer_reader(writer), .fresh = fresh};
    u->db = nd_catalog_sqlite(u->reader);
    u->citing = nd_citing_reader_new(u->reader);
    u->known = nd_known_new(writer, fresh);
    u->changed = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    u->documents = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    u->works = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    u->own_works = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    u->arrived = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    u->continued = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    u->groups = g_ptr_array_new_with_free_func(g_free);
    nd_deriving_init(&u->deriving, writer);
    u->deriving.known = u->known;
    u->deriving.works = u->works;
}

static void clear(struct update *u)
{
    struct nd_sql_statement *statements[] = {u->dependents, u->forget_lookups, u->add_lookup,
                                             u->document_works, u->document_work};
    GHashTable *tables[] = {u->changed, u->documents, u->works,  u->own_works,
                            u->arrived, u->continued, u->aliases};
    for (size_t i = 0; i < G_N_ELEMENTS(statements); i++)
        nd_sql_free(statements[i]);
    nd_work_rows_free(u->deriving.rows);
    nd_deriving_clear(&u->deriving);
    nd_authorities_in_force_free(u->authorities);
    nd_known_free(u->known);
    nd_citing_reader_free(u->citing);
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
        g_clear_pointer(&tables[i], g_hash_table_unref);
    g_ptr_array_unref(u->groups);
}

bool nd_graph_update(struct nd_catalog_writer *writer, const int64_t *changed, size_t n_changed,
                     struct nd_graph_stats *stats_out, GError **error)
{
    struct update u;
    init(&u, writer, false);
    for (size_t i = 0; i < n_changed; i++)
        add_changed(&u, changed[i]);
    bool done = run(&u, error);
    if (done && stats_out)
        *stats_out = u.stats;
    clear(&u);
    return done;
}

static bool add_all_documents(struct update *u, GError **error)
{
    nd_auto(nd_sql_statement) all = NULL;
    if (!nd_sql_prepare(u->db, &all, "SELECT id FROM document WHERE retired IS NULL", error))
        return false;
    nd_sql_bind(all, "");
    for (bool row = true; row;) {
        if (!nd_sql_step(all, &row, error))
            return false;
        if (row)
            add_changed(u, nd_sql_int(all, 0));
    }
    return true;
}

bool nd_graph_rebuild(struct nd_catalog_writer *writer, struct nd_graph_stats *stats_out, GError **error)
{
    if (!nd_catalog_writer_clear_graph(writer, error))
        return false;
    struct update u;
    init(&u, writer, true);
    bool done = add_all_documents(&u, error) && run(&u, error);
    if (done && stats_out)
        *stats_out = u.stats;
    clear(&u);
    return done;
}
