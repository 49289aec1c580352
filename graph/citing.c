#include "graph/citing.h"

#include "corpus/store/sql.h"
#include "graph/decisions.h"
#include "graph/work.h"

enum { DOCUMENT_KEY_DIGITS = 16 }; /* of the content key, in the work key of a document without identity */

/* Documents kept for the next time they are visited have this many mentions together: some 20 MB. */
enum { KEPT_MENTIONS = 50000 };

struct nd_citing_reader {
    struct nd_catalog *catalog;
    struct nd_sql_statement *current, *before;
    GHashTable *kept; /* id -> struct nd_citing; owned */
    size_t n_kept_mentions;
};

struct nd_citing_reader *nd_citing_reader_new(struct nd_catalog *catalog)
{
    struct nd_citing_reader *reader = g_new0(struct nd_citing_reader, 1);
    reader->catalog = catalog;
    reader->kept = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)nd_citing_free);
    return reader;
}

void nd_citing_reader_free(struct nd_citing_reader *reader)
{
    if (!reader)
        return;
    nd_sql_free(reader->current);
    nd_sql_free(reader->before);
    g_hash_table_unref(reader->kept);
    g_free(reader);
}

void nd_citing_free(struct nd_citing *citing)
{
    if (!citing)
        return;
    nd_claims_free(citing->claims);
    nd_mentions_free(citing->mentions);
    g_string_chunk_free(citing->strings);
    g_free(citing->work);
    g_free(citing->name);
    g_free(citing->key);
    g_free(citing);
}

#define COLUMNS                                                                                              \
    "SELECT id, key, type, number, year, issuer, place, place_line, level, date, title, inferred, code, "    \
    "type_word "                                                                                             \
    "FROM document "

static char *column(struct nd_citing *citing, struct nd_sql_statement *row, int i)
{
    const char *text = nd_sql_text(row, i);
    return text ? g_string_chunk_insert(citing->strings, text) : NULL;
}

static struct nd_citing *citing_of_row(struct nd_sql_statement *row)
{
    struct nd_citing *citing = g_new0(struct nd_citing, 1);
    citing->id = nd_sql_int(row, 0);
    citing->key = g_strdup(nd_sql_text(row, 1));
    citing->strings = g_string_chunk_new(256);
    struct nd_metadata *m = &citing->metadata;
    m->type = column(citing, row, 2);
    m->number = column(citing, row, 3);
    m->year = (int)nd_sql_int(row, 4);
    m->issuer = column(citing, row, 5);
    m->place = column(citing, row, 6);
    m->place_line = column(citing, row, 7);
    m->level = (enum nd_level)nd_sql_int(row, 8);
    if (nd_sql_text(row, 9))
        nd_date_parse(nd_sql_text(row, 9), &m->date);
    m->title = column(citing, row, 10);
    m->inferred = (unsigned)nd_sql_int(row, 11);
    m->code = column(citing, row, 12);
    m->type_word = column(citing, row, 13);
    return citing;
}

static void conclude(struct nd_citing *citing)
{
    citing->claims = nd_claims_read(&citing->metadata, citing->mentions);
    const char *work = citing->claims->work;
    citing->work =
        work ? g_strdup(work) : g_strdup_printf("%s%.*s", ND_WORK_DOCUMENT, DOCUMENT_KEY_DIGITS, citing->key);
    citing->name = nd_decision_document(&citing->metadata, work, citing->key);
}

/* What the catalogue has of the document; NULL when it is no longer in use. */
static bool read_rows(struct nd_citing_reader *reader, int64_t id, struct nd_citing **out, GError **error)
{
    bool row = false;
    *out = NULL;
    if (!nd_sql_prepare(nd_catalog_sqlite(reader->catalog), &reader->current,
                        COLUMNS "WHERE id = ? AND retired IS NULL", error))
        return false;
    nd_sql_bind(reader->current, "i", id);
    if (!nd_sql_step(reader->current, &row, error))
        return false;
    if (!row)
        return true;
    nd_auto(nd_citing) citing = citing_of_row(reader->current);
    citing->mentions = nd_catalog_mentions(reader->catalog, id, NULL, error);
    if (!citing->mentions)
        return false;
    *out = g_steal_pointer(&citing);
    return true;
}

bool nd_citing_read(struct nd_citing_reader *reader, int64_t id, struct nd_citing **out, GError **error)
{
    if (!read_rows(reader, id, out, error))
        return false;
    if (*out)
        conclude(*out);
    return true;
}

enum { AHEAD = 32 }; /* documents read ahead of the one that is visited */

/* Two queues and a thread between them; the order stays. */
struct concluder {
    GAsyncQueue *read, *concluded; /* of struct nd_citing */
    GThread *thread; /* NULL where the system grants none: they are concluded as they are given */
};

static struct nd_citing last; /* behind the last document */

static gpointer conclude_all(gpointer user_data)
{
    struct concluder *concluder = user_data;
    for (struct nd_citing *citing; (citing = g_async_queue_pop(concluder->read)) != &last;) {
        conclude(citing);
        g_async_queue_push(concluder->concluded, citing);
    }
    return NULL;
}

static void concluder_init(struct concluder *concluder)
{
    concluder->read = g_async_queue_new();
    concluder->concluded = g_async_queue_new();
    concluder->thread = g_thread_try_new("claims", conclude_all, concluder, NULL);
}

static void concluder_give(struct concluder *concluder, struct nd_citing *citing)
{
    if (concluder->thread) {
        g_async_queue_push(concluder->read, citing);
        return;
    }
    conclude(citing);
    g_async_queue_push(concluder->concluded, citing);
}

static void concluder_clear(struct concluder *concluder)
{
    if (concluder->thread) {
        g_async_queue_push(concluder->read, &last);
        g_thread_join(concluder->thread);
    }
    for (struct nd_citing *citing; (citing = g_async_queue_try_pop(concluder->concluded));)
        nd_citing_free(citing);
    g_async_queue_unref(concluder->read);
    g_async_queue_unref(concluder->concluded);
}

/* Keeps a document that was visited while there is room: what it claims is made out but once. */
static void keep(struct nd_citing_reader *reader, struct nd_citing *citing)
{
    const size_t n = nd_mentions_count(citing->mentions) + 1;
    if (n > KEPT_MENTIONS - reader->n_kept_mentions) {
        nd_citing_free(citing);
        return;
    }
    reader->n_kept_mentions += n;
    g_hash_table_insert(reader->kept, &citing->id, citing);
}

static struct nd_citing *take_kept(struct nd_citing_reader *reader, int64_t id)
{
    gpointer citing = NULL;
    if (g_hash_table_steal_extended(reader->kept, &id, NULL, &citing))
        reader->n_kept_mentions -= nd_mentions_count(((struct nd_citing *)citing)->mentions) + 1;
    return citing;
}

/* The documents between being read and being visited, in order. */
struct line {
    struct nd_citing *kept[AHEAD]; /* NULL for one that the concluder has */
    size_t first, n;
};

static void line_clear(struct line *line)
{
    for (; line->n > 0; line->n--, line->first++)
        nd_citing_free(line->kept[line->first % AHEAD]);
}

bool nd_citing_each(struct nd_citing_reader *reader, const int64_t *ids, size_t n, bool again,
                    bool (*visit)(const struct nd_citing *citing, void *user_data, GError **error),
                    void *user_data, GError **error)
{
    __attribute__((cleanup(concluder_clear))) struct concluder concluder;
    __attribute__((cleanup(line_clear))) struct line line = {0};
    concluder_init(&concluder);
    for (size_t next = 0;;) {
        for (; next < n && line.n < AHEAD; next++) {
            struct nd_citing *kept = take_kept(reader, ids[next]), *citing = NULL;
            if (!kept && !read_rows(reader, ids[next], &citing, error))
                return false;
            if (citing)
                concluder_give(&concluder, citing);
            if (kept || citing)
                line.kept[(line.first + line.n++) % AHEAD] = kept;
        }
        if (line.n == 0)
            return true;
        struct nd_citing *kept = line.kept[line.first++ % AHEAD];
        nd_auto(nd_citing) citing = kept ? kept : g_async_queue_pop(concluder.concluded);
        line.n--;
        if (!visit(citing, user_data, error))
            return false;
        if (again)
            keep(reader, g_steal_pointer(&citing));
    }
}

bool nd_citing_name_before(struct nd_citing_reader *reader, int64_t id, char **name_out, GError **error)
{
    bool row = false;
    *name_out = NULL;
    if (!nd_sql_prepare(nd_catalog_sqlite(reader->catalog), &reader->before,
                        COLUMNS "WHERE retired IS NOT NULL AND (file, coalesce(member, '')) = "
                                "(SELECT file, coalesce(member, '') FROM document WHERE id = ?) "
                                "ORDER BY retired DESC, id DESC LIMIT 1",
                        error))
        return false;
    nd_sql_bind(reader->before, "i", id);
    if (!nd_sql_step(reader->before, &row, error))
        return false;
    if (!row)
        return true;
    nd_auto(nd_citing) before = citing_of_row(reader->before);
    before->mentions = nd_mentions_new(); /* a document's identity does not depend on what it cites */
    conclude(before);
    *name_out = g_strdup(before->name);
    return true;
}
