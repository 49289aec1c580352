#include "graph/known.h"

#include "corpus/store/sql.h"

#include <string.h>

/* One fact of a group, as one row of the table. */
struct row {
    int64_t id;
    const char *work, *title; /* in the strings of nd_known */
    struct nd_date date;
    int64_t documents, documents_before;
};

struct group {
    GArray *rows;  /* of struct row */
    GArray *facts; /* of struct nd_fact, made when they are asked for; NULL when rows have changed */
    bool dirty;
};

struct nd_known {
    struct nd_catalog_writer *writer;
    struct sqlite3 *db;
    bool fresh;
    int64_t next_id;
    GStringChunk *strings;
    GHashTable *groups; /* name -> struct group */
    GHashTable *works;
    struct nd_titles *titles;
    GError *failure;
    struct nd_sql_statement *select_group, *select_taught, *forget, *teach, *insert, *update, *remove;
};

static void group_free(void *pointer)
{
    struct group *group = pointer;
    g_array_unref(group->rows);
    g_clear_pointer(&group->facts, g_array_unref);
    g_free(group);
}

struct nd_known *nd_known_new(struct nd_catalog_writer *writer, bool fresh)
{
    struct nd_known *known = g_new0(struct nd_known, 1);
    known->writer = writer;
    known->db = nd_catalog_sqlite(nd_catalog_writer_reader(writer));
    known->fresh = fresh;
    known->strings = g_string_chunk_new(1 << 16);
    known->groups = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, group_free);
    known->works = g_hash_table_new(g_str_hash, g_str_equal);
    known->titles = nd_titles_new();
    return known;
}

void nd_known_free(struct nd_known *known)
{
    if (!known)
        return;
    struct nd_sql_statement *statements[] = {known->select_group, known->select_taught, known->forget,
                                             known->teach,        known->insert,        known->update,
                                             known->remove};
    for (size_t i = 0; i < G_N_ELEMENTS(statements); i++)
        nd_sql_free(statements[i]);
    g_hash_table_unref(known->groups);
    g_hash_table_unref(known->works);
    nd_titles_free(known->titles);
    g_string_chunk_free(known->strings);
    g_clear_error(&known->failure);
    g_free(known);
}

static const char *keep(struct nd_known *known, const char *s)
{
    return s ? g_string_chunk_insert_const(known->strings, s) : NULL;
}

static struct nd_date date_of(const char *text)
{
    struct nd_date date = {0};
    if (text)
        nd_date_parse(text, &date);
    return date;
}

static bool read_group(struct nd_known *known, const char *name, struct group *group, GError **error)
{
    if (known->fresh)
        return true;
    if (!nd_sql_prepare(known->db, &known->select_group,
                        "SELECT id, work, date, title, documents FROM known WHERE name = ?", error))
        return false;
    nd_sql_bind(known->select_group, "s", name);
    bool more = false;
    while (nd_sql_step(known->select_group, &more, error)) {
        if (!more)
            return true;
        struct row row = {.id = nd_sql_int(known->select_group, 0),
                          .work = keep(known, nd_sql_text(known->select_group, 1)),
                          .date = date_of(nd_sql_text(known->select_group, 2)),
                          .title = keep(known, nd_sql_text(known->select_group, 3)),
                          .documents = nd_sql_int(known->select_group, 4)};
        row.documents_before = row.documents;
        g_array_append_val(group->rows, row);
    }
    return false;
}

static struct group *get_group(struct nd_known *known, const char *name, GError **error)
{
    struct group *group = g_hash_table_lookup(known->groups, name);
    if (group)
        return group;
    group = g_new0(struct group, 1);
    group->rows = g_array_new(FALSE, FALSE, sizeof(struct row));
    if (!read_group(known, name, group, error)) {
        group_free(group);
        return NULL;
    }
    g_hash_table_insert(known->groups, (gpointer)keep(known, name), group);
    return group;
}

static void touch(struct nd_known *known, struct group *group, const struct row *row)
{
    group->dirty = true;
    g_clear_pointer(&group->facts, g_array_unref);
    g_hash_table_add(known->works, (gpointer)row->work);
}

bool nd_known_forget(struct nd_known *known, int64_t document, GError **error)
{
    if (known->fresh)
        return true;
    if (!nd_sql_prepare(known->db, &known->select_taught,
                        "SELECT known.id, known.name FROM taught JOIN known ON known.id = taught.known "
                        "WHERE taught.document = ?",
                        error) ||
        !nd_sql_prepare(known->db, &known->forget, "DELETE FROM taught WHERE document = ?", error))
        return false;
    nd_sql_bind(known->select_taught, "i", document);
    bool more = false;
    while (nd_sql_step(known->select_taught, &more, error) && more) {
        int64_t id = nd_sql_int(known->select_taught, 0);
        struct group *group = get_group(known, nd_sql_text(known->select_taught, 1), error);
        for (guint i = 0; group && i < group->rows->len; i++) {
            struct row *row = &g_array_index(group->rows, struct row, i);
            if (row->id != id)
                continue;
            row->documents--;
            touch(known, group, row);
        }
        if (!group)
            return false;
    }
    nd_sql_bind(known->forget, "i", document);
    return !more && nd_sql_run(known->forget, error);
}

static bool next_id(struct nd_known *known, int64_t *id_out, GError **error)
{
    if (known->next_id == 0) {
        nd_auto(nd_sql_statement) max = NULL;
        bool row = false;
        if (!nd_sql_prepare(known->db, &max, "SELECT coalesce(max(id), 0) + 1 FROM known", error))
            return false;
        nd_sql_bind(max, "");
        if (!nd_sql_step(max, &row, error))
            return false;
        known->next_id = nd_sql_int(max, 0);
    }
    *id_out = known->next_id++;
    return true;
}

/* The row of a fact in its group, made when it is new; NULL sets *error. */
static struct row *get_row(struct nd_known *known, struct group *group, const struct nd_fact *fact,
                           GError **error)
{
    for (guint i = 0; i < group->rows->len; i++) {
        struct row *row = &g_array_index(group->rows, struct row, i);
        if (strcmp(row->work, fact->work) == 0 && nd_date_compare(row->date, fact->date) == 0 &&
            g_strcmp0(row->title, fact->title) == 0)
            return row;
    }
    struct row row = {.work = keep(known, fact->work), .title = keep(known, fact->title), .date = fact->date};
    if (!next_id(known, &row.id, error))
        return NULL;
    g_array_append_val(group->rows, row);
    return &g_array_index(group->rows, struct row, group->rows->len - 1);
}

bool nd_known_teach(struct nd_known *known, int64_t document, const GArray *facts, GError **error)
{
    if (!nd_sql_prepare(known->db, &known->teach, "INSERT INTO taught (document, known) VALUES (?, ?)",
                        error))
        return false;
    for (guint i = 0; i < facts->len; i++) {
        const struct nd_fact *fact = &g_array_index(facts, struct nd_fact, i);
        struct group *group = get_group(known, fact->group, error);
        struct row *row = group ? get_row(known, group, fact, error) : NULL;
        if (!row)
            return false;
        row->documents++;
        touch(known, group, row);
        nd_sql_bind(known->teach, "ii", document, row->id);
        if (!nd_sql_run(known->teach, error))
            return false;
    }
    return true;
}

static bool write_row(struct nd_known *known, const char *name, const struct row *row, GError **error)
{
    char date[11];
    if (row->documents == 0) {
        nd_sql_bind(known->remove, "i", row->id);
        return nd_sql_run(known->remove, error);
    }
    if (row->documents_before != 0) {
        nd_sql_bind(known->update, "ii", row->documents, row->id);
        return nd_sql_run(known->update, error);
    }
    nd_sql_bind(known->insert, "issssi", row->id, name, row->work,
                row->date.year ? nd_date_format(row->date, date) : NULL, row->title, row->documents);
    return nd_sql_run(known->insert, error);
}

/* *changed_out: whether a fact came or went. */
static bool flush_group(struct nd_known *known, const char *name, struct group *group, bool *changed_out,
                        GError **error)
{
    *changed_out = false;
    for (guint i = group->rows->len; i-- > 0;) {
        struct row *row = &g_array_index(group->rows, struct row, i);
        if (row->documents != row->documents_before && !write_row(known, name, row, error))
            return false;
        *changed_out |= (row->documents == 0) != (row->documents_before == 0);
        row->documents_before = row->documents;
        if (row->documents == 0)
            g_array_remove_index(group->rows, i);
    }
    group->dirty = false;
    g_clear_pointer(&group->facts, g_array_unref);
    return true;
}

bool nd_known_flush(struct nd_known *known, void (*changed)(const char *group, void *user_data),
                    void *user_data, GError **error)
{
    if (!nd_sql_prepare(
            known->db, &known->insert,
            "INSERT INTO known (id, name, work, date, title, documents) VALUES (?, ?, ?, ?, ?, ?)", error) ||
        !nd_sql_prepare(known->db, &known->update, "UPDATE known SET documents = ? WHERE id = ?", error) ||
        !nd_sql_prepare(known->db, &known->remove, "DELETE FROM known WHERE id = ?", error))
        return false;
    GHashTableIter iter;
    gpointer name, group;
    g_hash_table_iter_init(&iter, known->groups);
    while (g_hash_table_iter_next(&iter, &name, &group)) {
        bool is_changed = false;
        if (!((struct group *)group)->dirty)
            continue;
        if (!flush_group(known, name, group, &is_changed, error))
            return false;
        if (is_changed)
            changed(name, user_data);
    }
    return true;
}

GHashTable *nd_known_works(struct nd_known *known)
{
    return known->works;
}

static const struct nd_fact *get_facts(void *user_data, const char *name, size_t *n_out)
{
    struct nd_known *known = user_data;
    *n_out = 0;
    struct group *group = get_group(known, name, known->failure ? NULL : &known->failure);
    if (!group)
        return NULL;
    if (!group->facts) {
        group->facts = g_array_new(FALSE, FALSE, sizeof(struct nd_fact));
        for (guint i = 0; i < group->rows->len; i++) {
            const struct row *row = &g_array_index(group->rows, struct row, i);
            struct nd_fact fact = {.group = name, .work = row->work, .title = row->title, .date = row->date};
            if (row->documents > 0)
                g_array_append_val(group->facts, fact);
        }
    }
    *n_out = group->facts->len;
    return *n_out ? &g_array_index(group->facts, struct nd_fact, 0) : NULL;
}

struct nd_fact_source nd_known_source(struct nd_known *known)
{
    return (struct nd_fact_source){.get = get_facts, .user_data = known, .titles = known->titles};
}

bool nd_known_check(struct nd_known *known, GError **error)
{
    if (!known->failure)
        return true;
    g_propagate_error(error, g_steal_pointer(&known->failure));
    return false;
}
