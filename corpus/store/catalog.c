#include "corpus/store/catalog.h"

#include "analyzers/data/data.h"
#include "corpus/store/catalog_private.h"
#include "corpus/store/dictionaries.h"
#include "corpus/store/packed_text.h"

/* How long a reader waits where SQLite has to lock: only while another connection recovers a log. */
#define BUSY_TIMEOUT_MS 2000

enum statement {
    BY_ID,
    BY_KEY,
    TEXT,
    WORDS,
    MENTIONS,
    RESOLVED,
    CITED,
    WORK_KEY,
    SETTING,
    PASSAGES,
    WORDING,
    N_STATEMENTS
};

struct nd_catalog {
    sqlite3 *db;
    bool owned;
    struct nd_dictionaries *dictionaries;
    GByteArray *words;    /* of nd_catalog_words; NULL before the first call */
    GByteArray *passages; /* of the document that nd_catalog_passage was asked of last; NULL before */
    int64_t passages_of;
    GPtrArray *wordings; /* by id; static, NULL where not yet asked for */
    bool expects_few, is_mapped;
    unsigned n_uses; /* statements asked for, as far as their number matters */
    struct nd_sql_statement *statements[N_STATEMENTS];
};

/* How many uses nd_catalog_expect_few means, at most; a snapshot counts as many. */
enum { MANY_USES = 8192, USES_OF_A_SNAPSHOT = MANY_USES / 8 };
/* The cache holds the inner pages; new ones displace old ones early, since memory that is new costs, too.
 * SQLite sees to it that nobody changes or cuts off a mapped page that a reader's state still needs; what
 * lies behind the mapped part is read. */
static const char *const read_pages = "PRAGMA cache_size = 32; SELECT 1 FROM sqlite_schema LIMIT 1";
static const char *const map_pages = "PRAGMA mmap_size = 1073741824; PRAGMA cache_size = -2000";

/* The columns read_document reads, in its order. Joins would take a third longer to prepare. */
#define DOCUMENT_COLUMNS                                                                                     \
    "id, file, key, (SELECT path FROM file WHERE id = d.file), member, size, mime_type, encoding, partial, " \
    "duplicate_of, (SELECT key FROM work WHERE id = (SELECT work FROM document_work WHERE document = "       \
    "d.id)), "                                                                                               \
    "type, number, year, issuer, code, place, place_line, level, date, title, signer, secrecy, inferred, "   \
    "evidence, body_start, body_end, type_word "

static const char *const sql[N_STATEMENTS] = {
    [BY_ID] = "SELECT " DOCUMENT_COLUMNS "FROM document d WHERE d.id = ?",
    [BY_KEY] = "SELECT " DOCUMENT_COLUMNS "FROM document d WHERE d.key = ? "
               "ORDER BY d.retired IS NOT NULL, d.duplicate_of IS NOT NULL, d.id LIMIT 1",
    [TEXT] = "SELECT zstd, blocks FROM text WHERE document = ?",
    [WORDS] = "SELECT words FROM text WHERE document = ?",
    [MENTIONS] = "SELECT start, end, kind, type, number, year, issuer, code, body, place, date, term, "
                 "ordinal_name, subject, name, pinpoint, definition, relation, strength, \"trigger\", "
                 "trigger_start, proposed, reported_by, reported_relation, reported_inverse, confidence, "
                 "rule, type_word "
                 "FROM mention WHERE document = ? ORDER BY ordinal",
    [RESOLVED] =
        "SELECT r.ordinal, w.key FROM resolution r JOIN work w ON w.id = r.work WHERE r.document = ?",
    [CITED] = ("SELECT work FROM document_work WHERE document = ?1 "
               "UNION SELECT work FROM resolution WHERE document = ?1 AND work IS NOT NULL LIMIT ?2"),
    [WORK_KEY] = "SELECT key FROM work WHERE id = ?",
    [PASSAGES] = "SELECT zstd FROM passage WHERE document = ?",
    [WORDING] = "SELECT text FROM wording WHERE id = ?",
    [SETTING] = "SELECT value FROM setting WHERE key = ?",
};

void nd_catalog_expect_few(struct nd_catalog *catalog)
{
    catalog->expects_few = true;
}

static void count_uses(struct nd_catalog *catalog, unsigned n)
{
    if (!catalog->owned || catalog->is_mapped)
        return;
    catalog->n_uses += n;
    catalog->is_mapped = !catalog->expects_few || catalog->n_uses >= MANY_USES;
    if (catalog->is_mapped)
        sqlite3_exec(catalog->db, map_pages, NULL, NULL, NULL); /* where that cannot be, pages are read */
}

static struct nd_sql_statement *prepared(struct nd_catalog *catalog, enum statement which, GError **error)
{
    count_uses(catalog, 1);
    return nd_sql_prepare(catalog->db, &catalog->statements[which], sql[which], error)
               ? catalog->statements[which]
               : NULL;
}

static sqlite3 *open_file(const char *name, int flags, GError **error)
{
    /* LIMIT, for the rows do not matter */
    const char *const first =
        flags & SQLITE_OPEN_READONLY ? read_pages : "SELECT 1 FROM sqlite_schema LIMIT 1";
    sqlite3 *db;
    if (sqlite3_open_v2(name, &db, flags, NULL) == SQLITE_OK &&
        sqlite3_exec(db, first, NULL, NULL, NULL) == SQLITE_OK) {
        sqlite3_busy_timeout(db, BUSY_TIMEOUT_MS);
        return db;
    }
    nd_sql_set_error(db, error);
    sqlite3_close(db);
    return NULL;
}

/* Before SQLite's first call: no count of its memory, which takes a lock at every piece, and no pages of
 * cache made before they are needed: a question needs few, and none of a mapped file. */
static gpointer configure(gpointer unused)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
    return unused;
}

struct sqlite3 *nd_catalog_open_sqlite(const char *index_dir, int flags, GError **error)
{
    static GOnce once = G_ONCE_INIT;
    g_once(&once, configure, NULL);
    g_autofree char *name = g_build_filename(index_dir, "catalog.sqlite", NULL);
    g_autoptr(GError) first_error = NULL;
    sqlite3 *db = open_file(name, flags | SQLITE_OPEN_NOMUTEX, &first_error);
    if (!db && (flags & SQLITE_OPEN_READONLY) && g_file_test(name, G_FILE_TEST_IS_REGULAR)) {
        /* A reader that may not write in the folder cannot make the log's shared memory. Without a log there
         * is nobody to share it with. */
        g_autofree char *log = g_strconcat(name, "-wal", NULL);
        g_autofree char *escaped = g_uri_escape_string(name, "/", FALSE);
        g_autofree char *uri = g_strdup_printf("file:%s?immutable=1", escaped);
        if (!g_file_test(log, G_FILE_TEST_EXISTS))
            db = open_file(uri, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);
    }
    if (!db)
        g_propagate_error(error, g_steal_pointer(&first_error));
    return db;
}

struct nd_catalog *nd_catalog_borrow(struct sqlite3 *db)
{
    struct nd_catalog *catalog = g_new0(struct nd_catalog, 1);
    catalog->db = db;
    catalog->dictionaries = nd_dictionaries_new(db);
    catalog->wordings = g_ptr_array_new();
    return catalog;
}

struct nd_catalog *nd_catalog_open(const char *index_dir, GError **error)
{
    sqlite3 *db = nd_catalog_open_sqlite(index_dir, SQLITE_OPEN_READONLY, error);
    if (!db)
        return NULL;
    struct nd_catalog *catalog = nd_catalog_borrow(db);
    catalog->owned = true;
    return catalog;
}

void nd_catalog_close(struct nd_catalog *catalog)
{
    if (!catalog)
        return;
    for (unsigned i = 0; i < N_STATEMENTS; i++)
        nd_sql_free(catalog->statements[i]);
    nd_dictionaries_free(catalog->dictionaries);
    g_clear_pointer(&catalog->words, g_byte_array_unref);
    g_clear_pointer(&catalog->passages, g_byte_array_unref);
    g_ptr_array_unref(catalog->wordings);
    if (catalog->owned)
        sqlite3_close_v2(catalog->db);
    g_free(catalog);
}

bool nd_catalog_begin(struct nd_catalog *catalog, GError **error)
{
    catalog->passages_of = 0; /* an id may have become another document's */
    count_uses(catalog, USES_OF_A_SNAPSHOT);
    return nd_sql_execute(catalog->db, "BEGIN", error);
}

void nd_catalog_end(struct nd_catalog *catalog)
{
    /* A statement that was not read to its end would hold this state for ever: the connection would never see
     * a newer one, and the log of the writer could not be taken back into the database. */
    for (sqlite3_stmt *s = sqlite3_next_stmt(catalog->db, NULL); s; s = sqlite3_next_stmt(catalog->db, s)) {
        if (sqlite3_stmt_busy(s))
            sqlite3_reset(s);
    }
    sqlite3_exec(catalog->db, "COMMIT", NULL, NULL, NULL);
}

unsigned nd_catalog_version(struct nd_catalog *catalog)
{
    unsigned version = 0;
    sqlite3_file_control(catalog->db, "main", SQLITE_FCNTL_DATA_VERSION, &version);
    return version;
}

struct sqlite3 *nd_catalog_sqlite(struct nd_catalog *catalog)
{
    count_uses(catalog, 1);
    return catalog->db;
}

bool nd_catalog_setting(struct nd_catalog *catalog, const char *key, int64_t *out, GError **error)
{
    struct nd_sql_statement *s = prepared(catalog, SETTING, error);
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

/* ---- documents ---- */

static char *column_text(struct nd_sql_statement *s, int column)
{
    return g_strdup(nd_sql_text(s, column));
}

static struct nd_date column_date(struct nd_sql_statement *s, int column)
{
    struct nd_date date = {0, 0, 0};
    const char *text = nd_sql_text(s, column);
    if (text)
        nd_date_parse(text, &date);
    return date;
}

static char *bytes_path(struct nd_bytes path, struct nd_bytes member)
{
    GString *joined = g_string_new_len((const char *)path.p, (gssize)path.n);
    if (member.p) {
        g_string_append_c(joined, '!');
        g_string_append_len(joined, (const char *)member.p, (gssize)member.n);
    }
    return g_string_free(joined, FALSE);
}

static struct nd_catalog_document *read_document(struct nd_sql_statement *s)
{
    struct nd_catalog_document *document = g_new0(struct nd_catalog_document, 1);
    const struct nd_bytes path = nd_sql_bytes(s, 3);
    const struct nd_type *const type = nd_type_by_word(nd_sql_text(s, 11), nd_sql_text(s, 27));
    *document = (struct nd_catalog_document){
        .id = nd_sql_int(s, 0),
        .file = nd_sql_int(s, 1),
        .key = column_text(s, 2),
        .path = bytes_path(path, nd_sql_bytes(s, 4)),
        .size = nd_sql_int(s, 5),
        .mime_type = column_text(s, 6),
        .encoding = column_text(s, 7),
        .partial = nd_sql_int(s, 8) != 0,
        .duplicate_of = nd_sql_int(s, 9),
        .work = column_text(s, 10),
        .metadata =
            {
                .type = column_text(s, 11),
                .type_word = type ? type->word : NULL,
                .number = column_text(s, 12),
                .year = (int)nd_sql_int(s, 13),
                .issuer = column_text(s, 14),
                .code = column_text(s, 15),
                .place = column_text(s, 16),
                .place_line = column_text(s, 17),
                .level = (enum nd_level)nd_sql_int(s, 18),
                .date = column_date(s, 19),
                .title = column_text(s, 20),
                .signer = column_text(s, 21),
                .secrecy = (enum nd_secrecy)nd_sql_int(s, 22),
                .inferred = (unsigned)nd_sql_int(s, 23),
                .evidence = column_text(s, 24),
                .body_start = (uint32_t)nd_sql_int(s, 25),
                .body_end = (uint32_t)nd_sql_int(s, 26),
            },
    };
    return document;
}

/* Steps a bound statement to its one row; ND_ERROR_NOT_FOUND without one. */
static bool find_row(struct nd_sql_statement *s, GError **error)
{
    bool row;
    if (!nd_sql_step(s, &row, error))
        return false;
    if (!row)
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, "no such document");
    return row;
}

/* The row that a statement has for an id; NULL with error set. */
static struct nd_sql_statement *row_of(struct nd_catalog *catalog, enum statement which, int64_t id,
                                       GError **error)
{
    struct nd_sql_statement *s = prepared(catalog, which, error);
    if (!s)
        return NULL;
    nd_sql_bind(s, "i", id);
    return find_row(s, error) ? s : NULL;
}

static struct nd_catalog_document *take_document(struct nd_sql_statement *s)
{
    struct nd_catalog_document *document = read_document(s);
    nd_sql_bind(s, "");
    return document;
}

struct nd_catalog_document *nd_catalog_document_by_id(struct nd_catalog *catalog, int64_t id, GError **error)
{
    struct nd_sql_statement *s = row_of(catalog, BY_ID, id, error);
    return s ? take_document(s) : NULL;
}

struct nd_catalog_document *nd_catalog_document_by_key(struct nd_catalog *catalog, const char *key,
                                                       GError **error)
{
    struct nd_sql_statement *s = prepared(catalog, BY_KEY, error);
    if (!s)
        return NULL;
    nd_sql_bind(s, "s", key);
    return find_row(s, error) ? take_document(s) : NULL;
}

void nd_catalog_document_free(struct nd_catalog_document *document)
{
    if (!document)
        return;
    g_free(document->key);
    g_free(document->path);
    g_free(document->mime_type);
    g_free(document->encoding);
    g_free(document->work);
    const struct nd_metadata *metadata = &document->metadata;
    char *const owned[] = {metadata->type,  metadata->number, metadata->issuer,
                           metadata->code,  metadata->place,  metadata->place_line,
                           metadata->title, metadata->signer, metadata->evidence};
    for (size_t i = 0; i < G_N_ELEMENTS(owned); i++)
        g_free(owned[i]);
    g_free(document);
}

bool nd_catalog_each_document(struct nd_catalog *catalog,
                              bool (*visit)(const struct nd_catalog_document *document, void *user_data),
                              void *user_data, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    bool row = true;
    if (!nd_sql_prepare(catalog->db, &s, "SELECT " DOCUMENT_COLUMNS "FROM current_document d ORDER BY d.id",
                        error))
        return false;
    for (;;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            return true;
        nd_auto(nd_catalog_document) document = read_document(s);
        if (!visit(document, user_data))
            return true;
    }
}

struct nd_document *nd_catalog_text(struct nd_catalog *catalog, int64_t id, GError **error)
{
    struct nd_sql_statement *s = row_of(catalog, TEXT, id, error);
    if (!s)
        return NULL;
    nd_auto(nd_document) doc = nd_document_new();
    const struct nd_bytes zstd = nd_sql_bytes(s, 0);
    const bool ok = nd_packed_text_unpack(catalog->dictionaries, zstd, nd_sql_bytes(s, 1), doc, error);
    nd_sql_bind(s, "");
    return ok ? g_steal_pointer(&doc) : NULL;
}

bool nd_catalog_words(struct nd_catalog *catalog, int64_t id, struct nd_document_words *out, GError **error)
{
    struct nd_sql_statement *s = row_of(catalog, WORDS, id, error);
    if (!s)
        return false;
    if (!catalog->words)
        catalog->words = g_byte_array_new();
    GByteArray *const words = catalog->words;
    const bool ok = nd_packed_bytes_unpack(catalog->dictionaries, nd_sql_bytes(s, 0), words, error);
    nd_sql_bind(s, "");
    if (!ok)
        return false;
    const size_t n = words->len >= 2 ? (words->len - 2) / 2 : 0;
    const size_t n_title = n > 0 ? MIN((size_t)(words->data[0] | words->data[1] << 8), n) : 0;
    const uint8_t *const first = words->data + (n > 0 ? 2 : 0);
    *out = (struct nd_document_words){.title = {first, 2 * n_title},
                                      .text = {first + 2 * n_title, 2 * (n - n_title)}};
    return true;
}

bool nd_catalog_passage(struct nd_catalog *catalog, int64_t id, uint32_t ordinal,
                        struct nd_stored_passage *out, bool *found_out, GError **error)
{
    *found_out = false;
    if (!catalog->passages || catalog->passages_of != id) {
        struct nd_sql_statement *s = prepared(catalog, PASSAGES, error);
        bool row;
        if (!s)
            return false;
        if (!catalog->passages)
            catalog->passages = g_byte_array_new();
        catalog->passages_of = 0;
        nd_sql_bind(s, "i", id);
        if (!nd_sql_step(s, &row, error))
            return false;
        g_byte_array_set_size(catalog->passages, 0);
        const bool ok = !row || nd_packed_bytes_unpack(catalog->dictionaries, nd_sql_bytes(s, 0),
                                                       catalog->passages, error);
        nd_sql_bind(s, "");
        if (!ok)
            return false;
        catalog->passages_of = id;
    }
    const struct nd_bytes passages = {catalog->passages->data, catalog->passages->len};
    *found_out = nd_packed_passage_find(passages, ordinal, out);
    return true;
}

const char *nd_catalog_wording(struct nd_catalog *catalog, int64_t id)
{
    bool row;
    if (id <= 0 || id > G_MAXINT32)
        return NULL;
    if ((guint)id < catalog->wordings->len && catalog->wordings->pdata[id])
        return catalog->wordings->pdata[id];
    struct nd_sql_statement *s = prepared(catalog, WORDING, NULL);
    if (!s)
        return NULL;
    nd_sql_bind(s, "i", id);
    const char *const text = nd_sql_step(s, &row, NULL) && row ? g_intern_string(nd_sql_text(s, 0)) : NULL;
    nd_sql_bind(s, "");
    if (text && (guint)id >= catalog->wordings->len)
        g_ptr_array_set_size(catalog->wordings, (gint)id + 1);
    if (text)
        catalog->wordings->pdata[id] = (gpointer)text;
    return text;
}

bool nd_catalog_cited(struct nd_catalog *catalog, int64_t id, size_t cap, GArray *works, GError **error)
{
    struct nd_sql_statement *s = prepared(catalog, CITED, error);
    if (!s)
        return false;
    nd_sql_bind(s, "ii", id, (int64_t)cap);
    return nd_sql_collect(s, works, error);
}

char *nd_catalog_work_key(struct nd_catalog *catalog, int64_t work, GError **error)
{
    struct nd_sql_statement *s = row_of(catalog, WORK_KEY, work, error);
    if (!s)
        return NULL;
    char *const key = column_text(s, 0);
    nd_sql_bind(s, "");
    return key;
}

/* ---- mentions ---- */

static struct nd_mention read_mention(struct nd_catalog *catalog, struct nd_sql_statement *s)
{
    return (struct nd_mention){
        .start = (uint32_t)nd_sql_int(s, 0),
        .end = (uint32_t)nd_sql_int(s, 1),
        .kind = (enum nd_mention_kind)nd_sql_int(s, 2),
        .type = nd_sql_text(s, 3),
        .number = nd_sql_text(s, 4),
        .year = (int)nd_sql_int(s, 5),
        .issuer = nd_sql_text(s, 6),
        .code = nd_sql_text(s, 7),
        .body = nd_sql_text(s, 8),
        .place = nd_sql_text(s, 9),
        .date = column_date(s, 10),
        .term = nd_sql_text(s, 11),
        .ordinal = nd_sql_text(s, 12),
        .subject = nd_sql_text(s, 13),
        .name = nd_sql_text(s, 14),
        .pinpoint = nd_sql_text(s, 15),
        .definition = nd_sql_text(s, 16),
        .relation = (enum nd_relation)nd_sql_int(s, 17),
        .strength = (enum nd_strength)nd_sql_int(s, 18),
        .trigger = nd_sql_text(s, 19),
        .trigger_start = (uint32_t)nd_sql_int(s, 20),
        .proposed = nd_sql_int(s, 21) != 0,
        .reported_by = nd_sql_is_null(s, 22) ? -1 : (int32_t)nd_sql_int(s, 22),
        .reported_relation = (enum nd_relation)nd_sql_int(s, 23),
        .reported_inverse = nd_sql_int(s, 24) != 0,
        .confidence = nd_sql_double(s, 25),
        .rule = nd_catalog_wording(catalog, nd_sql_int(s, 26)),
        .type_word = nd_catalog_wording(catalog, nd_sql_int(s, 27)),
    };
}

static GPtrArray *read_works(struct nd_catalog *catalog, int64_t id, size_t n, GError **error)
{
    struct nd_sql_statement *s = prepared(catalog, RESOLVED, error);
    if (!s)
        return NULL;
    g_autoptr(GPtrArray) works = g_ptr_array_new_full((guint)n, g_free);
    g_ptr_array_set_size(works, (gint)n);
    nd_sql_bind(s, "i", id);
    for (bool row;;) {
        if (!nd_sql_step(s, &row, error))
            return NULL;
        if (!row)
            return g_steal_pointer(&works);
        const int64_t ordinal = nd_sql_int(s, 0);
        if (ordinal >= 0 && ordinal < (int64_t)n && !works->pdata[ordinal])
            works->pdata[ordinal] = column_text(s, 1);
    }
}

struct nd_mentions *nd_catalog_mentions(struct nd_catalog *catalog, int64_t id, GPtrArray **works_out,
                                        GError **error)
{
    struct nd_sql_statement *s = prepared(catalog, MENTIONS, error);
    if (!s)
        return NULL;
    nd_auto(nd_mentions) mentions = nd_mentions_new();
    nd_sql_bind(s, "i", id);
    for (bool row = true; row;) {
        if (!nd_sql_step(s, &row, error))
            return NULL;
        if (row) {
            const struct nd_mention mention = read_mention(catalog, s);
            nd_mentions_add(mentions, &mention);
        }
    }
    if (works_out) {
        GPtrArray *works = read_works(catalog, id, nd_mentions_count(mentions), error);
        if (!works)
            return NULL;
        *works_out = works;
    }
    return g_steal_pointer(&mentions);
}

/* ---- lists ---- */

bool nd_catalog_each_file(struct nd_catalog *catalog,
                          bool (*visit)(const struct nd_catalog_file *file, void *user_data), void *user_data,
                          GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    if (!nd_sql_prepare(
            catalog->db, &s,
            "SELECT id, path, device, inode, size, mtime_ns, hash, reader_version, place, skipped "
            "FROM file ORDER BY path",
            error))
        return false;
    for (bool row;;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            return true;
        const struct nd_bytes path = nd_sql_bytes(s, 1);
        g_autofree char *name = bytes_path(path, (struct nd_bytes){NULL, 0});
        const struct nd_catalog_file file = {
            .id = nd_sql_int(s, 0),
            .path = name,
            .device = (uint64_t)nd_sql_int(s, 2),
            .inode = (uint64_t)nd_sql_int(s, 3),
            .size = nd_sql_int(s, 4),
            .mtime_ns = nd_sql_int(s, 5),
            .hash = nd_sql_bytes(s, 6),
            .reader_version = (unsigned)nd_sql_int(s, 7),
            .place = nd_sql_text(s, 8),
            .skipped = nd_sql_text(s, 9),
        };
        if (!visit(&file, user_data))
            return true;
    }
}

bool nd_catalog_each_diagnostic(struct nd_catalog *catalog,
                                bool (*visit)(const char *path, const char *member,
                                              const struct nd_diagnostic *diagnostic, void *user_data),
                                void *user_data, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    if (!nd_sql_prepare(catalog->db, &s,
                        "SELECT f.path, g.member, g.code, g.message, g.offset FROM diagnostic g "
                        "JOIN file f ON f.id = g.file ORDER BY f.path, g.rowid",
                        error))
        return false;
    for (bool row;;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            return true;
        const struct nd_bytes path = nd_sql_bytes(s, 0), member = nd_sql_bytes(s, 1);
        g_autofree char *file_name = bytes_path(path, (struct nd_bytes){NULL, 0});
        g_autofree char *member_name = member.p ? bytes_path(member, (struct nd_bytes){NULL, 0}) : NULL;
        g_autofree char *code = column_text(s, 2), *message = column_text(s, 3);
        const struct nd_diagnostic diagnostic = {code, message, (uint64_t)nd_sql_int(s, 4)};
        if (!visit(file_name, member_name, &diagnostic, user_data))
            return true;
    }
}

bool nd_catalog_each_decision(struct nd_catalog *catalog, const char *document_key,
                              bool (*visit)(const struct nd_decision *decision, void *user_data),
                              void *user_data, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    if (!nd_sql_prepare(catalog->db, &s,
                        "SELECT time, author, document_key, quote, occurrence, context, verdict, value, note "
                        "FROM decision "
                        "WHERE ?1 IS NULL OR document_key = ?1 ORDER BY time, id",
                        error))
        return false;
    nd_sql_bind(s, "s", document_key);
    for (bool row;;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            return true;
        const struct nd_decision decision = {
            .time = nd_sql_text(s, 0),
            .author = nd_sql_text(s, 1),
            .document_key = nd_sql_text(s, 2),
            .quote = nd_sql_text(s, 3),
            .occurrence = (uint32_t)nd_sql_int(s, 4),
            .context = nd_sql_text(s, 5),
            .verdict = nd_sql_text(s, 6),
            .value = nd_sql_text(s, 7),
            .note = nd_sql_text(s, 8),
        };
        if (!visit(&decision, user_data))
            return true;
    }
}

bool nd_catalog_counts(struct nd_catalog *catalog, struct nd_catalog_counts *out, GError **error)
{
    /* Every run ends with this. While no document is out of use, mentions need not be asked for theirs. */
    static const char *const queries =
        "WITH d AS MATERIALIZED (SELECT count(*) AS n, count(duplicate_of) AS duplicates, "
        "coalesce(sum(size), 0) AS bytes FROM current_document), "
        "f AS MATERIALIZED (SELECT count(*) AS n, count(skipped) AS skipped FROM file) "
        "SELECT (SELECT coalesce(max(value), 0) FROM setting WHERE key = 'generation'), "
        "f.n, f.skipped, d.n, d.duplicates, d.bytes, "
        "CASE WHEN d.n = (SELECT count(*) FROM document) THEN (SELECT count(*) FROM mention) "
        "ELSE (SELECT count(*) FROM mention m JOIN current_document c ON c.id = m.document) END, "
        "(SELECT count(*) FROM work), (SELECT count(*) FROM edge), (SELECT count(*) FROM alias), "
        "(SELECT count(*) FROM decision), (SELECT count(*) FROM diagnostic), (SELECT count(*) FROM pending) "
        "FROM d, f";
    nd_auto(nd_sql_statement) s = NULL;
    bool row;
    if (!nd_sql_prepare(catalog->db, &s, queries, error) || !nd_sql_step(s, &row, error))
        return false;
    int64_t *const members[] = {&out->generation, &out->files,      &out->skipped,   &out->documents,
                                &out->duplicates, &out->text_bytes, &out->mentions,  &out->works,
                                &out->edges,      &out->aliases,    &out->decisions, &out->diagnostics,
                                &out->pending};
    for (unsigned i = 0; i < G_N_ELEMENTS(members); i++)
        *members[i] = nd_sql_int(s, (int)i);
    return true;
}

bool nd_catalog_run(struct nd_catalog *catalog, struct nd_catalog_run *out, GError **error)
{
    return nd_catalog_setting(catalog, "run.finished", &out->finished_s, error) &&
           nd_catalog_setting(catalog, "run.files", &out->files, error) &&
           nd_catalog_setting(catalog, "run.bytes", &out->bytes, error) &&
           nd_catalog_setting(catalog, "run.milliseconds", &out->milliseconds, error);
}
