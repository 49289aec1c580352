#include "graph/work_rows.h"

#include "analyzers/data/data.h"
#include "corpus/store/sql.h"
#include "graph/resolver.h"
#include "graph/work.h"

#include <string.h>

/* Prepared when they are first needed. */
struct nd_work_rows {
    struct nd_catalog_writer *writer;
    const struct nd_authorities_in_force *authorities;
    struct sqlite3 *db;
    struct nd_sql_statement *work_date, *work_title, *work_name, *work_number, *own_document, *by_key,
        *is_used, *remove_work, *set_present;
};

struct nd_work_rows *nd_work_rows_new(struct nd_catalog_writer *writer,
                                      const struct nd_authorities_in_force *authorities)
{
    struct nd_work_rows *r = g_new0(struct nd_work_rows, 1);
    r->writer = writer;
    r->authorities = authorities;
    r->db = nd_catalog_sqlite(nd_catalog_writer_reader(writer));
    return r;
}

void nd_work_rows_free(struct nd_work_rows *r)
{
    if (!r)
        return;
    struct nd_sql_statement *statements[] = {r->work_date,   r->work_title,   r->work_name,
                                             r->work_number, r->own_document, r->by_key,
                                             r->is_used,     r->remove_work,  r->set_present};
    for (size_t i = 0; i < G_N_ELEMENTS(statements); i++)
        nd_sql_free(statements[i]);
    g_free(r);
}

bool nd_work_rows_is_present(struct nd_work_rows *r, const char *work, bool *present_out, GError **error)
{
    if (!nd_sql_prepare(r->db, &r->own_document,
                        "SELECT document.date, document.title, document.number FROM document_work "
                        "JOIN document ON document.id = document_work.document "
                        "WHERE document_work.work = (SELECT id FROM work WHERE key = ?) "
                        "AND document.retired IS NULL ORDER BY document.key LIMIT 1",
                        error))
        return false;
    nd_sql_bind(r->own_document, "s", work);
    return nd_sql_step(r->own_document, present_out, error);
}

/* The date most documents give the work, the earliest of equals. */
static bool told_date(struct nd_work_rows *r, const char *key, struct nd_date *date, GError **error)
{
    if (!nd_sql_prepare(r->db, &r->work_date,
                        "SELECT date FROM known WHERE work = ? AND date IS NOT NULL "
                        "GROUP BY date ORDER BY length(date) DESC, sum(documents) DESC, date LIMIT 1",
                        error))
        return false;
    bool row = false;
    nd_sql_bind(r->work_date, "s", key);
    if (!nd_sql_step(r->work_date, &row, error))
        return false;
    if (row)
        nd_date_parse(nd_sql_text(r->work_date, 0), date);
    return true;
}

static bool told_title(struct nd_work_rows *r, const char *key, char **title_out, GError **error)
{
    if (!nd_sql_prepare(r->db, &r->work_title,
                        "SELECT title FROM known WHERE work = ? AND title IS NOT NULL "
                        "GROUP BY title ORDER BY sum(documents) DESC, title LIMIT 1",
                        error))
        return false;
    bool row = false;
    nd_sql_bind(r->work_title, "s", key);
    if (!nd_sql_step(r->work_title, &row, error))
        return false;
    *title_out = row ? g_strdup(nd_sql_text(r->work_title, 0)) : NULL;
    return true;
}

/* The name that most of those who cite a work without a number have for it, open documents first: the name in
 * one that is not for everybody shows only to those who may read that one. work->type becomes what it is said
 * to be. */
static bool told_name(struct nd_work_rows *r, struct nd_work *work, char **name_out, GError **error)
{
    if (!nd_sql_prepare(
            r->db, &r->work_name,
            "SELECT m.name, m.type FROM resolution r "
            "JOIN mention m ON m.document = r.document AND m.ordinal = r.ordinal "
            "JOIN document d ON d.id = r.document "
            "WHERE r.work = (SELECT id FROM work WHERE key = ?) AND m.name IS NOT NULL "
            "GROUP BY m.name, m.type ORDER BY min(d.secrecy), count(*) DESC, m.name, m.type LIMIT 1",
            error))
        return false;
    bool row = false;
    nd_sql_bind(r->work_name, "s", work->key);
    if (!nd_sql_step(r->work_name, &row, error))
        return false;
    const struct nd_type *const type = row ? nd_type_by_code(nd_sql_text(r->work_name, 1)) : NULL;
    *name_out = row ? g_strdup(nd_sql_text(r->work_name, 0)) : NULL;
    if (type && !work->type)
        work->type = type->code;
    return true;
}

/* Keys write every number with two digits; people see "8/2020/TT-BYT" where the document itself, or most of
 * those that cite it, write it so. Reads own_document's row. */
static bool write_number_as_told(struct nd_work_rows *r, struct nd_work *work, bool present, GError **error)
{
    if (!work->number || !work->code || work->number[0] != '0' || !g_str_has_prefix(work->code, work->number))
        return true;
    const char *told = present ? nd_sql_text(r->own_document, 2) : NULL;
    bool row = told != NULL;
    if (!row) {
        if (!nd_sql_prepare(r->db, &r->work_number,
                            "SELECT number FROM resolution JOIN mention USING (document, ordinal) "
                            "WHERE work = (SELECT id FROM work WHERE key = ?) AND number IS NOT NULL "
                            "GROUP BY number ORDER BY count(*) DESC, number LIMIT 1",
                            error))
            return false;
        nd_sql_bind(r->work_number, "s", work->key);
        if (!nd_sql_step(r->work_number, &row, error))
            return false;
        told = row ? nd_sql_text(r->work_number, 0) : NULL;
    }
    if (told && strcmp(told, work->number + 1) == 0) {
        work->number++;
        work->code++;
    }
    return true;
}

/* The authority's word stands; then the document itself, then those that cite it, then what the key tells. */
static bool complete_work(struct nd_work_rows *r, struct nd_work_description *description, char **title_out,
                          GError **error)
{
    struct nd_work *const work = &description->work;
    bool present = false;
    struct nd_date date = {0};
    if (!nd_work_rows_is_present(r, work->key, &present, error))
        return false;
    if (present && nd_sql_text(r->own_document, 0))
        nd_date_parse(nd_sql_text(r->own_document, 0), &date);
    if (present)
        *title_out = g_strdup(nd_sql_text(r->own_document, 1));
    if (!write_number_as_told(r, work, present, error))
        return false;
    if ((!date.year && !told_date(r, work->key, &date, error)) ||
        (!*title_out && !told_title(r, work->key, title_out, error)) ||
        (!*title_out && !work->title && !work->code && !told_name(r, work, title_out, error)))
        return false;
    if (!work->date.year)
        work->date = date;
    if (!work->title)
        work->title = *title_out ? *title_out : description->event;
    return true;
}

/* A document without identity is its own work, described by its header. strings owns what work points to. */
static bool describe_document(struct nd_work_rows *r, struct nd_work *work, GStringChunk *strings,
                              GError **error)
{
    if (!nd_sql_prepare(r->db, &r->by_key,
                        "SELECT type, number, issuer, place, level, date, title FROM document "
                        "WHERE key >= ?1 AND key < ?1 || 'g' AND retired IS NULL ORDER BY key LIMIT 1",
                        error))
        return false;
    bool row = false;
    nd_sql_bind(r->by_key, "s", work->key + strlen(ND_WORK_DOCUMENT));
    if (!nd_sql_step(r->by_key, &row, error))
        return false;
    if (!row)
        return true;
    const char **const texts[] = {&work->type, &work->number, &work->issuer, &work->place};
    for (int i = 0; i < (int)G_N_ELEMENTS(texts); i++)
        if (nd_sql_text(r->by_key, i))
            *texts[i] = g_string_chunk_insert(strings, nd_sql_text(r->by_key, i));
    work->level = (enum nd_level)nd_sql_int(r->by_key, 4);
    if (nd_sql_text(r->by_key, 5))
        nd_date_parse(nd_sql_text(r->by_key, 5), &work->date);
    if (nd_sql_text(r->by_key, 6))
        work->title = g_string_chunk_insert(strings, nd_sql_text(r->by_key, 6));
    return true;
}

static bool is_used(struct nd_work_rows *r, const char *key, bool *used_out, GError **error)
{
    if (!nd_sql_prepare(r->db, &r->is_used,
                        "SELECT 1 FROM work WHERE key = ? AND ("
                        "EXISTS (SELECT 1 FROM resolution WHERE work = work.id) OR "
                        "EXISTS (SELECT 1 FROM document_work WHERE work = work.id) OR "
                        "EXISTS (SELECT 1 FROM edge WHERE source = work.id) OR "
                        "EXISTS (SELECT 1 FROM edge WHERE target = work.id) OR "
                        "EXISTS (SELECT 1 FROM alias WHERE work = work.id))",
                        error))
        return false;
    nd_sql_bind(r->is_used, "s", key);
    return nd_sql_step(r->is_used, used_out, error);
}

/* Mentions resolved to the work say whether its text is here. */
static bool write_presence(struct nd_work_rows *r, const char *key, GError **error)
{
    bool present = false;
    if (!nd_work_rows_is_present(r, key, &present, error) ||
        !nd_sql_prepare(
            r->db, &r->set_present,
            "UPDATE resolution SET outcome = ?1 WHERE work = (SELECT id FROM work WHERE key = ?2) "
            "AND outcome <> ?1",
            error))
        return false;
    nd_sql_bind(r->set_present, "is", (int64_t)(present ? ND_OUTCOME_RESOLVED : ND_OUTCOME_ABSENT), key);
    return nd_sql_run(r->set_present, error);
}

bool nd_work_rows_write(struct nd_work_rows *r, const char *key, bool arrived, GError **error)
{
    bool used = false;
    if (!is_used(r, key, &used, error))
        return false;
    if (!used) {
        if (!nd_sql_prepare(r->db, &r->remove_work, "DELETE FROM work WHERE key = ?", error))
            return false;
        nd_sql_bind(r->remove_work, "s", key);
        return nd_sql_run(r->remove_work, error);
    }
    struct nd_work_description description;
    g_autofree char *title = NULL;
    nd_work_describe(key, r->authorities, &description);
    bool own = g_str_has_prefix(key, ND_WORK_DOCUMENT);
    bool done = (own ? describe_document(r, &description.work, description.strings, error)
                     : complete_work(r, &description, &title, error)) &&
                nd_catalog_writer_put_work(r->writer, &description.work, error) &&
                (!arrived || write_presence(r, key, error));
    nd_work_description_clear(&description);
    return done;
}
