#include "corpus/store/catalog_writer_private.h"

#include "corpus/store/packed_text.h"
#include "generated/schema_sql.h"

/* A commit is on disk when it returns; the log is folded in by the same connection. Temporary views shadow
 * those of the schema: the writer sees documents before their generation is complete. */
static const char *const session_sql =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; "
    "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;"
    "CREATE TEMP VIEW current_document AS SELECT * FROM main.document WHERE retired IS NULL;";

static bool make_tables(sqlite3 *db, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    bool row;
    if (!nd_sql_prepare(db, &s, "SELECT 1 FROM sqlite_schema WHERE name = 'setting'", error) ||
        !nd_sql_step(s, &row, error))
        return false;
    if (row)
        return true;
    return nd_sql_execute(db, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE", error) &&
           nd_sql_execute(db, nd_schema_sql, error) &&
           nd_sql_execute(db, "INSERT INTO setting VALUES ('generation', 0); COMMIT", error);
}

struct nd_catalog_writer *nd_catalog_writer_open(const char *index_dir, GError **error)
{
    struct sqlite3 *db = nd_catalog_open_sqlite(index_dir, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
    if (!db)
        return NULL;
    if (!make_tables(db, error) || !nd_sql_execute(db, session_sql, error) ||
        !nd_sql_execute(db, "BEGIN IMMEDIATE", error)) {
        sqlite3_close_v2(db);
        return NULL;
    }
    struct nd_catalog_writer *writer = g_new0(struct nd_catalog_writer, 1);
    writer->db = db;
    writer->reader = nd_catalog_borrow(db);
    writer->packing = nd_packing_new();
    writer->wordings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (nd_catalog_load_dictionaries(writer, error))
        return writer;
    nd_catalog_writer_close(writer);
    return NULL;
}

void nd_catalog_writer_close(struct nd_catalog_writer *writer)
{
    if (!writer)
        return;
    for (unsigned i = 0; i < ND_N_CATALOG_STATEMENTS; i++)
        nd_sql_free(writer->statements[i]);
    nd_catalog_close(writer->reader);
    sqlite3_exec(writer->db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close_v2(writer->db);
    nd_packing_free(writer->packing);
    g_hash_table_unref(writer->wordings);
    g_free(writer);
}

bool nd_catalog_writer_commit(struct nd_catalog_writer *writer, GError **error)
{
    return nd_sql_execute(writer->db, "COMMIT", error) &&
           nd_sql_execute(writer->db, "BEGIN IMMEDIATE", error);
}

struct nd_catalog *nd_catalog_writer_reader(struct nd_catalog_writer *writer)
{
    return writer->reader;
}

const struct nd_packing *nd_catalog_writer_packing(const struct nd_catalog_writer *writer)
{
    return writer->packing;
}

bool nd_catalog_wording_id(struct nd_catalog_writer *writer, const char *text, int64_t *out, GError **error)
{
    *out = text ? GPOINTER_TO_INT(g_hash_table_lookup(writer->wordings, text)) : 0;
    if (!text || *out)
        return true;
    struct nd_sql_statement *find =
        nd_catalog_statement(writer, ND_SQL_FIND_WORDING, "SELECT id FROM wording WHERE text = ?", error);
    struct nd_sql_statement *add =
        nd_catalog_statement(writer, ND_SQL_INSERT_WORDING, "INSERT INTO wording (text) VALUES (?)", error);
    bool row;
    if (!find || !add)
        return false;
    nd_sql_bind(find, "s", text);
    if (!nd_sql_step(find, &row, error))
        return false;
    *out = row ? nd_sql_int(find, 0) : 0;
    nd_sql_bind(find, "");
    nd_sql_bind(add, "s", text);
    if (!row && !nd_sql_run(add, error))
        return false;
    *out = row ? *out : sqlite3_last_insert_rowid(writer->db);
    g_hash_table_insert(writer->wordings, g_strdup(text), GINT_TO_POINTER((gint)*out));
    return true;
}

/* ---- files ---- */

bool nd_catalog_writer_put_file(struct nd_catalog_writer *writer, const struct nd_catalog_file *file,
                                int64_t *id_out, GError **error)
{
    struct nd_sql_statement *s = nd_catalog_statement(
        writer, file->id ? ND_SQL_UPDATE_FILE : ND_SQL_INSERT_FILE,
        file->id
            ? "UPDATE file SET path = ?, device = ?, inode = ?, size = ?, mtime_ns = ?, hash = ?, "
              "reader_version = ?, place = ?, skipped = ? WHERE id = ?"
            : "INSERT INTO file (path, device, inode, size, mtime_ns, hash, reader_version, place, skipped) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        error);
    struct nd_sql_statement *forget = nd_catalog_statement(writer, ND_SQL_DELETE_DIAGNOSTICS,
                                                           "DELETE FROM diagnostic WHERE file = ?", error);
    if (!s || !forget)
        return false;
    const struct nd_bytes hash = file->hash.n > 0 ? file->hash : (struct nd_bytes){NULL, 0};
    if (file->id)
        nd_sql_bind(s, "piiiibussi", file->path, (int64_t)file->device, (int64_t)file->inode, file->size,
                    file->mtime_ns, hash, file->reader_version, file->place, file->skipped, file->id);
    else
        nd_sql_bind(s, "piiiibuss", file->path, (int64_t)file->device, (int64_t)file->inode, file->size,
                    file->mtime_ns, hash, file->reader_version, file->place, file->skipped);
    if (!nd_sql_run(s, error))
        return false;
    *id_out = file->id ? file->id : sqlite3_last_insert_rowid(writer->db);
    if (!file->id)
        return true;
    nd_sql_bind(forget, "i", file->id);
    return nd_sql_run(forget, error);
}

bool nd_catalog_writer_remove_file(struct nd_catalog_writer *writer, int64_t file, GError **error)
{
    struct nd_sql_statement *forget = nd_catalog_statement(writer, ND_SQL_DELETE_DIAGNOSTICS,
                                                           "DELETE FROM diagnostic WHERE file = ?", error);
    struct nd_sql_statement *s =
        nd_catalog_statement(writer, ND_SQL_DELETE_FILE, "DELETE FROM file WHERE id = ?", error);
    if (!forget || !s)
        return false;
    nd_sql_bind(forget, "i", file);
    nd_sql_bind(s, "i", file);
    return nd_sql_run(forget, error) && nd_sql_run(s, error);
}

bool nd_catalog_writer_add_diagnostic(struct nd_catalog_writer *writer, int64_t file, const char *member,
                                      const struct nd_diagnostic *diagnostic, GError **error)
{
    struct nd_sql_statement *s = nd_catalog_statement(
        writer, ND_SQL_INSERT_DIAGNOSTIC,
        "INSERT INTO diagnostic (file, member, code, message, offset) VALUES (?, ?, ?, ?, ?)", error);
    if (!s)
        return false;
    nd_sql_bind(s, "ipssi", file, member, diagnostic->code, diagnostic->message, (int64_t)diagnostic->offset);
    return nd_sql_run(s, error);
}

/* ---- documents ---- */

static bool find_duplicate(struct nd_catalog_writer *writer, const char *key, int64_t *out, GError **error)
{
    struct nd_sql_statement *s =
        nd_catalog_statement(writer, ND_SQL_FIND_DUPLICATE,
                             "SELECT id FROM document WHERE key = ? AND retired IS NULL "
                             "AND duplicate_of IS NULL ORDER BY id LIMIT 1",
                             error);
    bool row;
    if (!s)
        return false;
    nd_sql_bind(s, "s", key);
    if (!nd_sql_step(s, &row, error))
        return false;
    *out = row ? nd_sql_int(s, 0) : 0;
    nd_sql_bind(s, "");
    return true;
}

static bool insert_row(struct nd_catalog_writer *writer, int64_t id, const struct nd_new_document *document,
                       int64_t generation, int64_t duplicate_of, GError **error)
{
    struct nd_sql_statement *s = nd_catalog_statement(
        writer, ND_SQL_INSERT_DOCUMENT,
        "INSERT INTO document (id, file, member, key, generation, duplicate_of, size, partial, mime_type, "
        "encoding, "
        "type, number, year, issuer, code, place, place_line, level, date, title, signer, secrecy, inferred, "
        "evidence, body_start, body_end, type_word) VALUES (nullif(?, 0), ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, "
        "?, ?, ?, "
        "?, ?, ?, "
        "?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, ?)",
        error);
    if (!s)
        return false;
    const struct nd_metadata *m = document->metadata;
    char date[11];
    nd_sql_bind(s, "iipsiiiussssissssusssuusuus", id, document->file, document->member, document->text->key,
                generation, duplicate_of, (int64_t)document->text->size, (unsigned)document->partial,
                document->mime_type, document->encoding, m->type, m->number, (int64_t)m->year, m->issuer,
                m->code, m->place, m->place_line, (unsigned)m->level, nd_date_format(m->date, date), m->title,
                m->signer, (unsigned)m->secrecy, m->inferred, m->evidence, m->body_start, m->body_end,
                m->type_word);
    return nd_sql_run(s, error);
}

static bool insert_text(struct nd_catalog_writer *writer, int64_t id, const struct nd_packed_text *text,
                        GError **error)
{
    struct nd_sql_statement *s =
        nd_catalog_statement(writer, ND_SQL_INSERT_TEXT,
                             "INSERT INTO text (document, words, zstd, blocks) VALUES (?, ?, ?, ?)", error);
    if (!s)
        return false;
    nd_sql_bind(s, "ibbb", id, text->words, text->zstd, text->blocks);
    return nd_sql_run(s, error);
}

static bool insert_passages(struct nd_catalog_writer *writer, int64_t id, const struct nd_packed_text *text,
                            GError **error)
{
    struct nd_sql_statement *s = nd_catalog_statement(
        writer, ND_SQL_INSERT_PASSAGE, "INSERT INTO passage (document, zstd) VALUES (?, ?)", error);
    if (!s)
        return false;
    nd_sql_bind(s, "ib", id, text->passages);
    return text->passages.n == 0 || nd_sql_run(s, error);
}

static bool insert_mentions(struct nd_catalog_writer *writer, int64_t id, const struct nd_mentions *mentions,
                            GError **error)
{
    struct nd_sql_statement *s =
        nd_catalog_statement(writer, ND_SQL_INSERT_MENTION,
                             "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, "
                             "nullif(?, ''), ?, ?, ?, ?, ?, ?, "
                             "?, ?, ?, ?, nullif(?, 0), nullif(?, -1), ?, ?, ?, nullif(?, 0), nullif(?, 0))",
                             error);
    if (!s)
        return false;
    const size_t n = mentions ? nd_mentions_count(mentions) : 0;
    for (size_t i = 0; i < n; i++) {
        const struct nd_mention *m = nd_mentions_get(mentions, i);
        char date[11];
        int64_t rule, type_word;
        if (!nd_catalog_wording_id(writer, m->rule, &rule, error) ||
            !nd_catalog_wording_id(writer, m->type_word, &type_word, error))
            return false;
        nd_sql_bind(s, "iuuuussisssssssssssuusuuiuudii", id, (unsigned)i, m->start, m->end, (unsigned)m->kind,
                    m->type, m->number, (int64_t)m->year, m->issuer, m->code, m->body, m->place,
                    nd_date_format(m->date, date), m->term, m->ordinal, m->subject, m->name, m->pinpoint,
                    m->definition, (unsigned)m->relation, (unsigned)m->strength, m->trigger, m->trigger_start,
                    (unsigned)m->proposed, (int64_t)m->reported_by, (unsigned)m->reported_relation,
                    (unsigned)m->reported_inverse, m->confidence, rule, type_word);
        if (!nd_sql_run(s, error))
            return false;
    }
    return true;
}

static bool mark_pending(struct nd_catalog_writer *writer, int64_t id, int64_t generation, GError **error)
{
    struct nd_sql_statement *s =
        nd_catalog_statement(writer, ND_SQL_INSERT_PENDING,
                             "INSERT OR REPLACE INTO pending (document, generation) VALUES (?, ?)", error);
    if (!s)
        return false;
    nd_sql_bind(s, "ii", id, generation);
    return nd_sql_run(s, error);
}

bool nd_catalog_writer_add_document(struct nd_catalog_writer *writer, int64_t id,
                                    const struct nd_new_document *document, int64_t generation,
                                    int64_t *id_out, int64_t *duplicate_of_out, GError **error)
{
    int64_t duplicate_of;
    if (!find_duplicate(writer, document->text->key, &duplicate_of, error) ||
        !insert_row(writer, id, document, generation, duplicate_of, error))
        return false;
    const int64_t stored = id ? id : sqlite3_last_insert_rowid(writer->db);
    if (!insert_text(writer, stored, document->text, error) ||
        !insert_passages(writer, stored, document->text, error) ||
        !insert_mentions(writer, stored, document->mentions, error) ||
        !mark_pending(writer, stored, generation, error))
        return false;
    *id_out = stored;
    *duplicate_of_out = duplicate_of;
    writer->unlearned_bytes += document->text->size;
    writer->unlearned_documents++;
    return nd_catalog_learn(writer, error);
}

/* Makes the first duplicate of a document that goes the one that stands for the others. */
static bool find_heir(struct nd_catalog_writer *writer, int64_t id, int64_t *heir_out, GError **error)
{
    struct nd_sql_statement *find = nd_catalog_statement(
        writer, ND_SQL_FIND_HEIR,
        "SELECT min(id) FROM document WHERE retired IS NULL AND duplicate_of = ?1 AND key = "
        "(SELECT key FROM document WHERE id = ?1)",
        error);
    struct nd_sql_statement *hand_over =
        nd_catalog_statement(writer, ND_SQL_HAND_OVER,
                             "UPDATE document SET duplicate_of = nullif(?1, id) WHERE duplicate_of = ?2 AND "
                             "retired IS NULL AND key = "
                             "(SELECT key FROM document WHERE id = ?2)",
                             error);
    bool row;
    if (!find || !hand_over)
        return false;
    nd_sql_bind(find, "i", id);
    if (!nd_sql_step(find, &row, error))
        return false;
    *heir_out = nd_sql_int(find, 0);
    nd_sql_bind(find, "");
    if (*heir_out == 0)
        return true;
    nd_sql_bind(hand_over, "ii", *heir_out, id);
    return nd_sql_run(hand_over, error);
}

bool nd_catalog_writer_retire(struct nd_catalog_writer *writer, int64_t id, int64_t generation,
                              int64_t *heir_out, GError **error)
{
    struct nd_sql_statement *s = nd_catalog_statement(
        writer, ND_SQL_RETIRE, "UPDATE document SET retired = ? WHERE id = ? AND retired IS NULL", error);
    if (!s)
        return false;
    nd_sql_bind(s, "ii", generation, id);
    return nd_sql_run(s, error) && mark_pending(writer, id, generation, error) &&
           find_heir(writer, id, heir_out, error) &&
           (*heir_out == 0 || mark_pending(writer, *heir_out, generation, error));
}

bool nd_catalog_writer_finish_generation(struct nd_catalog_writer *writer, int64_t generation, GError **error)
{
    /* Rows that went with this generation stay for one more: a reader may still be at the one before. */
    static const char *const statements[] = {
        "DELETE FROM text WHERE document IN (SELECT id FROM document WHERE retired < ?)",
        "DELETE FROM passage WHERE document IN (SELECT id FROM document WHERE retired < ?)",
        "DELETE FROM mention WHERE document IN (SELECT id FROM document WHERE retired < ?)",
        "DELETE FROM document WHERE retired < ?",
        "DELETE FROM pending WHERE generation <= ?",
        "UPDATE setting SET value = ? WHERE key = 'generation'",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(statements); i++) {
        nd_auto(nd_sql_statement) s = NULL;
        if (!nd_sql_prepare(writer->db, &s, statements[i], error))
            return false;
        nd_sql_bind(s, "i", generation);
        if (!nd_sql_run(s, error))
            return false;
    }
    return nd_catalog_writer_commit(writer, error);
}

bool nd_catalog_writer_add_decision(struct nd_catalog_writer *writer, const struct nd_decision *decision,
                                    GError **error)
{
    struct nd_sql_statement *s = nd_catalog_statement(
        writer, ND_SQL_INSERT_DECISION,
        "INSERT INTO decision (time, author, document_key, quote, occurrence, context, verdict, value, note) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        error);
    if (!s)
        return false;
    nd_sql_bind(s, "ssssussss", decision->time, decision->author, decision->document_key, decision->quote,
                decision->occurrence, decision->context, decision->verdict, decision->value, decision->note);
    return nd_sql_run(s, error);
}

bool nd_catalog_writer_put_run(struct nd_catalog_writer *writer, const struct nd_catalog_run *run,
                               GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    if (!nd_sql_prepare(writer->db, &s,
                        "INSERT OR REPLACE INTO setting VALUES ('run.finished', ?), ('run.files', ?), "
                        "('run.bytes', ?), ('run.milliseconds', ?)",
                        error))
        return false;
    nd_sql_bind(s, "iiii", run->finished_s, run->files, run->bytes, run->milliseconds);
    return nd_sql_run(s, error);
}
