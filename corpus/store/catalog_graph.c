#include "corpus/store/catalog_writer_private.h"

#include <math.h>

/* The derived tables: works, what documents are, what mentions mean, edges, aliases. */

/* The row id of the work, made without any member when there is none yet. */
static bool work_id(struct nd_catalog_writer *writer, const char *key, int64_t *out, GError **error)
{
    struct nd_sql_statement *find =
        nd_catalog_statement(writer, ND_SQL_FIND_WORK, "SELECT id FROM work WHERE key = ?", error);
    struct nd_sql_statement *make =
        nd_catalog_statement(writer, ND_SQL_BARE_WORK, "INSERT INTO work (key) VALUES (?)", error);
    bool row;
    if (!find || !make)
        return false;
    nd_sql_bind(find, "s", key);
    if (!nd_sql_step(find, &row, error))
        return false;
    if (row) {
        *out = nd_sql_int(find, 0);
        nd_sql_bind(find, "");
        return true;
    }
    nd_sql_bind(make, "s", key);
    if (!nd_sql_run(make, error))
        return false;
    *out = sqlite3_last_insert_rowid(writer->db);
    return true;
}

bool nd_catalog_writer_clear_graph(struct nd_catalog_writer *writer, GError **error)
{
    return nd_sql_execute(
        writer->db,
        "DELETE FROM edge; DELETE FROM alias; DELETE FROM resolution; DELETE FROM document_work; "
        "DELETE FROM work; DELETE FROM known; DELETE FROM taught; DELETE FROM lookup",
        error);
}

bool nd_catalog_writer_clear_document_graph(struct nd_catalog_writer *writer, int64_t document,
                                            GError **error)
{
    static const struct {
        enum nd_catalog_statement which;
        const char *sql;
    } tables[] = {
        {ND_SQL_CLEAR_DOCUMENT_WORK, "DELETE FROM document_work WHERE document = ?"},
        {ND_SQL_CLEAR_RESOLUTION, "DELETE FROM resolution WHERE document = ?"},
        {ND_SQL_CLEAR_EDGE, "DELETE FROM edge WHERE document = ?"},
        {ND_SQL_CLEAR_ALIAS, "DELETE FROM alias WHERE document = ?"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        struct nd_sql_statement *s = nd_catalog_statement(writer, tables[i].which, tables[i].sql, error);
        if (!s)
            return false;
        nd_sql_bind(s, "i", document);
        if (!nd_sql_run(s, error))
            return false;
    }
    return true;
}

bool nd_catalog_writer_put_work(struct nd_catalog_writer *writer, const struct nd_work *work, GError **error)
{
    struct nd_sql_statement *s = nd_catalog_statement(
        writer, ND_SQL_PUT_WORK,
        "INSERT INTO work (key, citation_key, code, type, number, issuer, place, period, level, date, title) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, nullif(?10, ''), ?11) ON CONFLICT (key) DO UPDATE SET "
        "citation_key = ?2, code = ?3, type = ?4, number = ?5, issuer = ?6, place = ?7, period = ?8, level = "
        "?9, "
        "date = nullif(?10, ''), title = ?11",
        error);
    if (!s)
        return false;
    char date[11];
    nd_sql_bind(s, "ssssssssuss", work->key, work->citation_key, work->code, work->type, work->number,
                work->issuer, work->place, work->period, (unsigned)work->level,
                nd_date_format(work->date, date), work->title);
    return nd_sql_run(s, error);
}

bool nd_catalog_writer_set_document_work(struct nd_catalog_writer *writer, int64_t document, const char *work,
                                         GError **error)
{
    int64_t id = 0;
    if (work && !work_id(writer, work, &id, error))
        return false;
    struct nd_sql_statement *s =
        work ? nd_catalog_statement(writer, ND_SQL_SET_DOCUMENT_WORK,
                                    "INSERT OR REPLACE INTO document_work (document, work) VALUES (?, ?)",
                                    error)
             : nd_catalog_statement(writer, ND_SQL_UNSET_DOCUMENT_WORK,
                                    "DELETE FROM document_work WHERE document = ?", error);
    if (!s)
        return false;
    if (work)
        nd_sql_bind(s, "ii", document, id);
    else
        nd_sql_bind(s, "i", document);
    return nd_sql_run(s, error);
}

bool nd_catalog_writer_put_resolution(struct nd_catalog_writer *writer, int64_t document, uint32_t ordinal,
                                      const struct nd_mention_resolution *resolution, GError **error)
{
    struct nd_sql_statement *s = nd_catalog_statement(
        writer, ND_SQL_PUT_RESOLUTION,
        "INSERT OR REPLACE INTO resolution (document, ordinal, outcome, work, confidence, reason, "
        "candidates, question, certainty) "
        "VALUES (?, ?, ?, nullif(?, 0), ?, nullif(?, 0), ?, nullif(?, -1), nullif(?, -1))",
        error);
    int64_t work = 0, reason;
    if (!s || (resolution->work && !work_id(writer, resolution->work, &work, error)) ||
        !nd_catalog_wording_id(writer, resolution->reason, &reason, error))
        return false;
    const bool asked = resolution->question != ND_QUESTION_NONE;
    g_autofree char *candidates =
        resolution->candidates ? g_strjoinv("\n", (char **)(gpointer)resolution->candidates) : NULL;
    nd_sql_bind(s, "iuiidisii", document, ordinal, (int64_t)resolution->outcome, work, resolution->confidence,
                reason, candidates, asked ? (int64_t)resolution->question : -1,
                asked ? (int64_t)lround(resolution->certainty * ND_CERTAINTY_ONE) : -1);
    return nd_sql_run(s, error);
}

bool nd_catalog_writer_add_edge(struct nd_catalog_writer *writer, const struct nd_edge *edge, GError **error)
{
    struct nd_sql_statement *s =
        nd_catalog_statement(writer, ND_SQL_INSERT_EDGE,
                             "INSERT INTO edge (source, target, relation, strength, proposed, confidence, "
                             "document, ordinal, rule, "
                             "reported_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), nullif(?, 0))",
                             error);
    int64_t source, target, rule, reported_by = 0;
    if (!s || !nd_catalog_wording_id(writer, edge->rule, &rule, error) ||
        !work_id(writer, edge->source, &source, error) || !work_id(writer, edge->target, &target, error) ||
        (edge->reported_by && !work_id(writer, edge->reported_by, &reported_by, error)))
        return false;
    nd_sql_bind(s, "iiuuudiuii", source, target, (unsigned)edge->relation, (unsigned)edge->strength,
                (unsigned)edge->proposed, edge->confidence, edge->document, edge->ordinal, rule, reported_by);
    return nd_sql_run(s, error);
}

bool nd_catalog_writer_add_alias(struct nd_catalog_writer *writer, const struct nd_alias *alias,
                                 GError **error)
{
    struct nd_sql_statement *s = nd_catalog_statement(
        writer, ND_SQL_INSERT_ALIAS,
        "INSERT OR REPLACE INTO alias (name, work, document, ordinal) VALUES (?, ?, ?, ?)", error);
    int64_t work;
    if (!s || !work_id(writer, alias->work, &work, error))
        return false;
    nd_sql_bind(s, "siiu", alias->name, work, alias->document, alias->ordinal);
    return nd_sql_run(s, error);
}

bool nd_catalog_writer_sweep_works(struct nd_catalog_writer *writer, GError **error)
{
    return nd_sql_execute(writer->db,
                          "DELETE FROM work WHERE id NOT IN (SELECT work FROM document_work "
                          "UNION SELECT work FROM resolution WHERE work IS NOT NULL "
                          "UNION SELECT source FROM edge UNION SELECT target FROM edge "
                          "UNION SELECT reported_by FROM edge WHERE reported_by IS NOT NULL "
                          "UNION SELECT work FROM alias)",
                          error);
}
