#include "tests/unit/store/store_sample.h"
#include "base/error.h"
#include "corpus/store/sql.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>

static char *scratch;

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static void remove_tree(const char *path)
{
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static struct nd_index_writer *open_writer(const char *dir)
{
    g_autoptr(GError) error = NULL;
    struct nd_index_writer *writer = nd_index_writer_open(dir, &store_sample_analysis, &error);
    g_assert_no_error(error);
    return writer;
}

static void commit(struct nd_index_writer *writer)
{
    g_autoptr(GError) error = NULL;
    nd_index_writer_commit(writer, &error);
    g_assert_no_error(error);
}

static int64_t add(struct nd_index_writer *writer, const char *path, const char *title, const char *text)
{
    g_autoptr(GError) error = NULL;
    struct store_sample sample;
    int64_t id = 0;
    store_sample_init(&sample, title, text);
    store_sample_add(writer, &sample, path, &id, &error);
    g_assert_no_error(error);
    store_sample_clear(&sample);
    return id;
}

/* An index of its own for a test, with one document "sông lúa" in "/a.txt". */
static char *make_index(const char *name)
{
    char *dir = g_build_filename(scratch, name, NULL);
    nd_auto(nd_index_writer) writer = open_writer(dir);
    add(writer, "/a.txt", "Tiêu đề", "sông lúa");
    commit(writer);
    return dir;
}

static struct nd_index *open_index(const char *path)
{
    g_autoptr(GError) error = NULL;
    struct nd_index *index = nd_index_open(path, &error);
    g_assert_no_error(error);
    return index;
}

/* "1 3": the documents of the full text with a term, by id. */
static char *ids_with(struct nd_index *index, const char *term)
{
    g_autoptr(GError) error = NULL;
    xc_auto(xc_query) query = xc_query_new_term(xc_bytes_from_c(term), 1, 0, &error);
    const struct xc_request request = {.query = query, .limit = 100, .weight = {.scheme = XC_WEIGHT_BOOL}};
    xc_auto(xc_results) results = nd_fulltext_search(nd_index_fulltext(index), &request, &error);
    g_assert_no_error(error);
    GString *ids = g_string_new(NULL);
    for (size_t i = 0; i < results->n_hits; i++)
        g_string_append_printf(ids, i ? " %u" : "%u", results->hits[i].id);
    return g_string_free(ids, false);
}

static void assert_ids(const char *dir, const char *term, const char *expected)
{
    nd_auto(nd_index) index = open_index(dir);
    g_autofree char *ids = ids_with(index, term);
    g_assert_cmpstr(ids, ==, expected);
}

static void note(const char *line, void *user_data)
{
    g_string_append_printf(user_data, "%s\n", line);
}

static size_t check(const char *dir, GString *lines)
{
    g_autoptr(GError) error = NULL;
    size_t n_wrong = 0;
    nd_index_check(dir, note, lines, &n_wrong, &error);
    g_assert_no_error(error);
    return n_wrong;
}

static void assert_sound(const char *dir)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    check(dir, lines);
    g_assert_cmpstr(lines->str, ==, "");
}

/* ---- the tests ---- */

static void test_a_document_comes_back_whole(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = make_index("whole");
    struct store_sample sample;
    store_sample_init(&sample, "Tiêu đề", "sông lúa");
    nd_auto(nd_index) index = open_index(dir);
    struct nd_catalog *catalog = nd_index_catalog(index, NULL);
    nd_auto(nd_catalog_document) got =
        nd_catalog_document_by_key(catalog, nd_packed_text_key(sample.packed), &error);
    g_assert_no_error(error);
    g_assert_cmpint(got->id, ==, 1);
    g_assert_cmpint(got->size, ==, (gint64)sample.doc->size);
    g_assert_cmpstr(got->path, ==, "/a.txt");
    g_assert_cmpstr(got->mime_type, ==, "text/plain");
    g_assert_cmpstr(got->encoding, ==, "utf-8");
    g_assert_true(got->partial);
    g_assert_null(got->work);
    const struct nd_metadata *a = &got->metadata, *b = &sample.metadata;
    const struct {
        const char *got, *expected;
    } strings[] = {
        {a->type, b->type},
        {a->number, b->number},
        {a->issuer, b->issuer},
        {a->type_word, b->type_word},
        {a->code, b->code},
        {a->place, b->place},
        {a->place_line, b->place_line},
        {a->title, b->title},
        {a->signer, b->signer},
        {a->evidence, b->evidence},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_assert_cmpstr(strings[i].got, ==, strings[i].expected);
    g_assert_cmpint(a->year, ==, b->year);
    g_assert_cmpint(nd_date_compare(a->date, b->date), ==, 0);
    g_assert_cmpint(a->level, ==, b->level);
    g_assert_cmpint(a->secrecy, ==, b->secrecy);
    g_assert_cmpuint(a->inferred, ==, b->inferred);
    g_assert_cmpuint(a->body_start, ==, b->body_start);
    g_assert_cmpuint(a->body_end, ==, b->body_end);

    nd_auto(nd_document) doc = nd_catalog_text(catalog, got->id, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(doc->text, ==, "sông lúa");
    g_assert_cmpuint(doc->blocks->len, ==, 1);
    const struct nd_block *block = &g_array_index(doc->blocks, struct nd_block, 0);
    const struct nd_block *stored = &g_array_index(sample.doc->blocks, struct nd_block, 0);
    const struct {
        uint32_t got, expected;
    } members[] = {
        {block->start, stored->start}, {block->end, stored->end},       {block->page, stored->page},
        {block->row, stored->row},     {block->column, stored->column}, {block->kind, stored->kind},
        {block->level, stored->level},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
        g_assert_cmpuint(members[i].got, ==, members[i].expected);
    store_sample_clear(&sample);
}

static void test_a_mention_comes_back_with_every_member(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = make_index("mention");
    nd_auto(nd_index) index = open_index(dir);
    g_autoptr(GPtrArray) works = NULL;
    nd_auto(nd_mentions) mentions = nd_catalog_mentions(nd_index_catalog(index, NULL), 1, &works, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(nd_mentions_count(mentions), ==, 1);
    g_assert_cmpuint(works->len, ==, 1);
    g_assert_null(works->pdata[0]);
    const struct nd_mention *a = nd_mentions_get(mentions, 0), *b = &store_sample_mention;
    const struct {
        const char *got, *expected;
    } strings[] = {
        {a->type, b->type},       {a->number, b->number},     {a->issuer, b->issuer},
        {a->code, b->code},       {a->body, b->body},         {a->place, b->place},
        {a->term, b->term},       {a->ordinal, b->ordinal},   {a->subject, b->subject},
        {a->name, b->name},       {a->pinpoint, b->pinpoint}, {a->definition, b->definition},
        {a->trigger, b->trigger}, {a->rule, b->rule},         {a->type_word, b->type_word},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_assert_cmpstr(strings[i].got, ==, strings[i].expected);
    const struct {
        int64_t got, expected;
    } numbers[] = {
        {a->start, b->start},
        {a->end, b->end},
        {a->kind, b->kind},
        {a->year, b->year},
        {a->relation, b->relation},
        {a->strength, b->strength},
        {a->trigger_start, b->trigger_start},
        {a->proposed, b->proposed},
        {a->reported_by, b->reported_by},
        {a->reported_relation, b->reported_relation},
        {a->reported_inverse, b->reported_inverse},
        {nd_date_compare(a->date, b->date), 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        g_assert_cmpint(numbers[i].got, ==, numbers[i].expected);
    g_assert_cmpfloat(a->confidence, ==, b->confidence);
}

static void test_fields_become_terms_and_values(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = make_index("fields");
    static const char *const terms[] = {"sông",   "Stiêu",      "XTKH", "XN12",     "XITU",
                                        "XY2021", "XPLAI-CHAU", "XM1",  "XGnguyễn", "XLprovincial"};
    for (size_t i = 0; i < G_N_ELEMENTS(terms); i++)
        assert_ids(dir, terms[i], "1");
    nd_auto(nd_index) index = open_index(dir);
    struct xc_database *database = nd_fulltext_database(nd_index_fulltext(index));
    g_autoptr(GString) value = g_string_new(NULL);
    g_assert_true(xc_database_document_value(database, 1, 2, value, &error));
    g_assert_cmpstr(value->str, ==, "20210300");
    g_assert_true(xc_database_document_data(database, 1, value, &error));
    g_assert_cmpstr(strchr(value->str, '\t'), ==, "\t/a.txt\tTiêu đề");
}

/* The passage kept of a mention with the citation in brackets, "-" without one. */
static char *kept_passage(const char *dir, uint32_t ordinal)
{
    g_autoptr(GError) error = NULL;
    nd_auto(nd_index) index = open_index(dir);
    struct nd_stored_passage passage;
    bool found;
    nd_catalog_passage(nd_index_catalog(index, NULL), 2, ordinal, &passage, &found, &error);
    g_assert_no_error(error);
    if (!found)
        return g_strdup("-");
    const struct nd_range mark = passage.mark;
    return g_strdup_printf("%.*s[%.*s]%.*s", (int)mark.start, passage.text.p, (int)(mark.end - mark.start),
                           passage.text.p + mark.start, (int)(passage.text.n - mark.end),
                           passage.text.p + mark.end);
}

static void test_passages_are_kept_of_what_a_document_implements(void)
{
    static const struct {
        const char *words;
        enum nd_relation relation;
        enum nd_strength strength;
        const char *kept;
    } rows[] = {
        {"NQ 21", ND_RELATION_IMPLEMENTS, ND_STRENGTH_BODY, "-"}, /* said more clearly in the title */
        {"NQ 18", ND_RELATION_BASED_ON, ND_STRENGTH_TITLE, "-"},
        {"NQ 21", ND_RELATION_IMPLEMENTS, ND_STRENGTH_TITLE, "Một: NQ 21; NQ 18; hai: [NQ 21]; NQ 19."},
        {"NQ 19", ND_RELATION_IMPLEMENTS, ND_STRENGTH_BODY, "Một: NQ 21; NQ 18; hai: NQ 21; [NQ 19]."},
    };
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = make_index("passages");
    struct store_sample sample;
    store_sample_init(&sample, "T", "Một: NQ 21;\nNQ 18; hai: NQ 21; NQ 19.");
    nd_mentions_free(sample.mentions);
    sample.mentions = nd_mentions_new();
    const char *at = sample.doc->text;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        at = strstr(at, rows[i].words);
        const uint32_t start = (uint32_t)(at - sample.doc->text);
        const struct nd_mention mention = {.start = start,
                                           .end = start + 5,
                                           .type = "NQ",
                                           .number = rows[i].words + 3,
                                           .reported_by = -1,
                                           .relation = rows[i].relation,
                                           .strength = rows[i].strength};
        nd_mentions_add(sample.mentions, &mention);
        at++;
    }
    nd_packed_text_set_passages(sample.packed, sample.doc, sample.mentions);
    nd_auto(nd_index_writer) writer = open_writer(dir);
    int64_t id;
    store_sample_add(writer, &sample, "/b.txt", &id, &error);
    g_assert_no_error(error);
    commit(writer);
    g_clear_pointer(&writer, nd_index_writer_close);
    for (uint32_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *got = kept_passage(dir, i);
        g_assert_cmpstr(got, ==, rows[i].kept);
    }
    store_sample_clear(&sample);
    assert_sound(dir);
}

static void test_a_document_keeps_its_words_in_order(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = make_index("words");
    nd_auto(nd_index) index = open_index(dir);
    static const char *const expected[] = {"tiêu", "đề"};
    struct nd_document_words words;
    nd_index_words(index, 1, &words, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(words.title.n, ==, 4);
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        const uint16_t hash = nd_stream_hash(nd_str_from_c(expected[i]));
        g_assert_cmpuint(words.title.p[2 * i] | words.title.p[2 * i + 1] << 8, ==, hash);
    }
    g_assert_cmpuint(words.text.n, >=, 2);
    g_assert_cmpuint(words.text.p[0] | words.text.p[1] << 8, ==, nd_stream_hash(nd_str_from_c("sông")));
    g_assert_false(nd_index_words(index, 77, &words, &error));
    g_assert_error(error, ND_ERROR, ND_ERROR_NOT_FOUND);
}

static void test_of_documents_with_one_text_one_is_searched(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = make_index("duplicates");
    {
        nd_auto(nd_index_writer) writer = open_writer(dir);
        g_assert_cmpint(add(writer, "/copy-1.txt", "Tiêu đề", "sông lúa"), ==, 2);
        g_assert_cmpint(add(writer, "/copy-2.txt", "Tiêu đề", "sông lúa"), ==, 3);
        commit(writer);
    }
    assert_ids(dir, "lúa", "1");
    assert_sound(dir);
    {
        nd_auto(nd_index_writer) writer = open_writer(dir);
        g_assert_true(nd_index_writer_retire(writer, 1, &error));
        commit(writer);
    }
    assert_ids(dir, "lúa", "2");
    assert_sound(dir);
    nd_auto(nd_index) index = open_index(dir);
    nd_auto(nd_catalog_document) copy = nd_catalog_document_by_id(nd_index_catalog(index, NULL), 3, &error);
    g_assert_cmpint(copy->duplicate_of, ==, 2);
    struct nd_catalog_counts counts;
    g_assert_true(nd_catalog_counts(nd_index_catalog(index, NULL), &counts, &error));
    g_assert_cmpint(counts.documents, ==, 2);
    g_assert_cmpint(counts.duplicates, ==, 1);
    g_assert_cmpint(counts.pending, ==, 0);
    g_assert_cmpint(counts.generation, ==, 3);
}

static void test_what_is_not_committed_is_gone(void)
{
    g_autofree char *dir = make_index("uncommitted");
    {
        nd_auto(nd_index_writer) writer = open_writer(dir);
        add(writer, "/b.txt", "Khác", "sông dài");
    }
    assert_ids(dir, "sông", "1");
    assert_sound(dir);
}

static void test_a_reader_keeps_its_documents_until_it_moves_on(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = make_index("reader");
    nd_auto(nd_index) index = open_index(dir);
    nd_auto(nd_index_writer) writer = open_writer(dir);
    g_assert_true(nd_index_writer_retire(writer, 1, &error));
    add(writer, "/b.txt", "Khác", "sông dài");
    commit(writer);
    g_autofree char *before = ids_with(index, "sông");
    g_assert_cmpstr(before, ==, "1");
    nd_auto(nd_catalog_document) old = nd_catalog_document_by_id(nd_index_catalog(index, NULL), 1, &error);
    g_assert_no_error(error);
    g_assert_true(nd_fulltext_refresh(nd_index_fulltext(index), &error));
    g_autofree char *after = ids_with(index, "sông");
    g_assert_cmpstr(after, ==, "2");
}

static void test_a_statement_left_half_read_holds_no_old_state(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = make_index("half-read");
    nd_auto(nd_index) index = open_index(dir);
    struct nd_catalog *catalog = nd_index_catalog(index, NULL);
    nd_auto(nd_sql_statement) s = NULL;
    bool row = false;
    g_assert_true(nd_sql_prepare(nd_catalog_sqlite(catalog), &s, "SELECT id FROM document", &error));
    g_assert_true(nd_catalog_begin(catalog, &error));
    g_assert_true(nd_sql_step(s, &row, &error));
    g_assert_true(row);
    nd_catalog_end(catalog);
    nd_auto(nd_index_writer) writer = open_writer(dir);
    const int64_t added = add(writer, "/b.txt", "Khác", "sông dài");
    commit(writer);
    g_assert_true(nd_catalog_begin(catalog, &error));
    nd_auto(nd_catalog_document) seen = nd_catalog_document_by_id(catalog, added, &error);
    g_assert_no_error(error);
    nd_catalog_end(catalog);
}

/* Thread-less: what matters is that shards and catalogue come together. */
static void test_shards_become_one_index_that_can_be_updated(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = g_build_filename(scratch, "shards", NULL);
    static const char *const texts[] = {"sông lúa", "sông dài", "lúa gạo", "sông lúa"};
    {
        nd_auto(nd_index_writer) writer = open_writer(dir);
        g_assert_true(nd_index_writer_is_fresh(writer));
        for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) {
            struct store_sample sample;
            g_autofree char *path = g_strdup_printf("/%u.txt", i);
            const struct nd_catalog_file row = {.path = path, .size = 1, .reader_version = 1};
            int64_t file, id;
            store_sample_init(&sample, "Tiêu đề", texts[i]);
            struct nd_index_shard *shard = nd_index_writer_shard(writer, i % 2, 1, &error);
            g_assert_true(nd_catalog_writer_put_file(nd_index_writer_catalog(writer), &row, &file, &error));
            const struct nd_new_document document = store_sample_document(&sample, file);
            g_assert_true(nd_index_shard_add(shard, &document, path, sample.terms, &id, &error));
            g_assert_true(nd_index_writer_add_catalog(writer, id, &document, &error));
            store_sample_clear(&sample);
        }
        commit(writer);
        g_assert_false(nd_index_writer_is_fresh(writer));
        add(writer, "/later.txt", "Sau", "sông mới");
        commit(writer);
    }
    assert_sound(dir);
    nd_auto(nd_index) index = open_index(dir);
    struct nd_catalog_counts counts;
    g_assert_true(nd_catalog_counts(nd_index_catalog(index, NULL), &counts, &error));
    g_assert_cmpint(counts.documents, ==, 5);
    g_assert_cmpint(counts.duplicates, ==, 1);
    g_autofree char *ids = ids_with(index, "sông");
    g_auto(GStrv) list = g_strsplit(ids, " ", 0);
    g_assert_cmpuint(g_strv_length(list), ==, 3);
}

static void test_a_lost_full_text_is_made_again(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = make_index("lost");
    g_autofree char *xapian = g_build_filename(dir, "xapian", NULL);
    remove_tree(xapian);
    g_assert_null(nd_index_open(dir, &error));
    g_assert_error(error, ND_ERROR, ND_ERROR_INDEX);
    nd_index_writer_close(open_writer(dir));
    assert_ids(dir, "sông", "1");
    assert_sound(dir);

    nd_auto(nd_index_writer) writer = open_writer(dir);
    g_clear_error(&error);
    g_assert_true(nd_index_writer_rebuild_fulltext(writer, &error));
    g_assert_no_error(error);
    assert_ids(dir, "sông", "1");
}

static void test_checking_tells_what_is_wrong(void)
{
    g_autoptr(GError) error = NULL;
    static const struct {
        const char *name, *sql, *expected;
    } rows[] = {
        {"text", "DELETE FROM text", "catalogue: no text of document 1\n"},
        {"file", "DELETE FROM file", "catalogue: no file of document 1\n"},
        {"document", "UPDATE document SET retired = 1", "full text has 1 documents, the catalogue 0\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *dir = make_index(rows[i].name);
        g_autofree char *name = g_build_filename(dir, "catalog.sqlite", NULL);
        sqlite3 *db = NULL;
        g_assert_cmpint(sqlite3_open(name, &db), ==, SQLITE_OK);
        g_assert_true(nd_sql_execute(db, rows[i].sql, &error));
        sqlite3_close(db);
        g_autoptr(GString) lines = g_string_new(NULL);
        g_assert_cmpuint(check(dir, lines), ==, 1);
        g_assert_cmpstr(lines->str, ==, rows[i].expected);
    }
}

static void test_what_is_no_index_is_refused(void)
{
    static const struct {
        const char *file, *content, *message;
    } rows[] = {
        {NULL, NULL, "no index at"},
        {"FORMAT", "something else\n", "is not an index"},
        {"FORMAT", "ndsearch index, format 0, analysis 0\n", "another version"},
        {"letter.txt", "a text\n", "is not an index"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *name = g_strdup_printf("refused-%zu", i);
        g_autofree char *dir = g_build_filename(scratch, name, NULL);
        if (rows[i].file) {
            g_autofree char *file = g_build_filename(dir, rows[i].file, NULL);
            g_assert_cmpint(g_mkdir(dir, 0755), ==, 0);
            g_assert_true(g_file_set_contents(file, rows[i].content, -1, NULL));
        }
        g_assert_null(nd_index_open(dir, &error));
        g_assert_error(error, ND_ERROR, ND_ERROR_INDEX);
        g_assert_nonnull(strstr(error->message, rows[i].message));
        g_clear_error(&error);
        if (rows[i].file) {
            g_assert_null(nd_index_writer_open(dir, &store_sample_analysis, &error));
            g_assert_error(error, ND_ERROR, ND_ERROR_INDEX);
        }
    }
}

static void test_a_damaged_catalogue_is_an_error_not_a_crash(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = make_index("damaged");
    g_autofree char *name = g_build_filename(dir, "catalog.sqlite", NULL);
    g_assert_true(
        g_file_set_contents(name, "not a database, but long enough to be looked at as one\n", -1, NULL));
    g_assert_null(nd_index_open(dir, &error));
    g_assert_error(error, ND_ERROR, ND_ERROR_INDEX);
    g_clear_error(&error);
    g_assert_null(nd_index_writer_open(dir, &store_sample_analysis, &error));
    g_assert_error(error, ND_ERROR, ND_ERROR_INDEX);
}

static void test_a_stub_is_several_indexes_as_one(void)
{
    g_autoptr(GError) error = NULL;
    g_free(make_index("north"));
    g_autofree char *south = g_build_filename(scratch, "south", NULL);
    {
        nd_auto(nd_index_writer) writer = open_writer(south);
        add(writer, "/s1.txt", "Nam", "sông nam");
        add(writer, "/s2.txt", "Nam", "sông nam bộ");
        commit(writer);
    }
    g_autofree char *stub = g_build_filename(scratch, "stub", NULL);
    g_assert_true(g_file_set_contents(stub, "auto north/xapian\nauto south/xapian\n", -1, NULL));
    nd_auto(nd_index) index = open_index(stub);
    g_autofree char *ids = ids_with(index, "sông");
    g_assert_cmpstr(ids, ==, "1 2 4");
    static const struct {
        uint32_t hit;
        const char *path;
    } rows[] = {{1, "/a.txt"}, {2, "/s1.txt"}, {4, "/s2.txt"}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        int64_t id;
        struct nd_catalog *catalog = nd_index_locate(index, rows[i].hit, &id);
        nd_auto(nd_catalog_document) document = nd_catalog_document_by_id(catalog, id, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(document->path, ==, rows[i].path);
    }
}

static bool count_decision(const struct nd_decision *decision, void *user_data)
{
    g_string_append_printf(user_data, "%s/%u/%s/%s ", decision->quote, decision->occurrence,
                           decision->verdict, decision->value);
    return true;
}

static void test_decisions_are_kept_in_order_and_never_changed(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = make_index("decisions");
    nd_auto(nd_index_writer) writer = open_writer(dir);
    struct nd_catalog_writer *catalog = nd_index_writer_catalog(writer);
    struct nd_decision decision = {"2025-03-01T08:00:00Z", "thu", "key", "21-NQ/TW", 2, NULL, "work",
                                   "21-NQ/TW~XII",         NULL};
    g_assert_true(nd_catalog_writer_add_decision(catalog, &decision, &error));
    decision.value = "21-NQ/TW~XIII";
    g_assert_true(nd_catalog_writer_add_decision(catalog, &decision, &error));
    commit(writer);
    nd_auto(nd_index) index = open_index(dir);
    g_autoptr(GString) list = g_string_new(NULL);
    g_assert_true(
        nd_catalog_each_decision(nd_index_catalog(index, NULL), NULL, count_decision, list, &error));
    g_assert_cmpstr(list->str, ==, "21-NQ/TW/2/work/21-NQ/TW~XII 21-NQ/TW/2/work/21-NQ/TW~XIII ");
    struct sqlite3 *db = nd_catalog_sqlite(nd_catalog_writer_reader(catalog));
    g_assert_false(nd_sql_execute(db, "DELETE FROM decision", NULL));
    g_assert_false(nd_sql_execute(db, "UPDATE decision SET value = ''", NULL));
}

static void test_the_graph_is_written_and_swept(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = make_index("graph");
    nd_auto(nd_index_writer) writer = open_writer(dir);
    struct nd_catalog_writer *catalog = nd_index_writer_catalog(writer);
    const struct nd_work work = {.key = "12-KH/TU~2021@LAI-CHAU", .code = "12-KH/TU", .date = {2021, 3, 0}};
    const struct nd_edge edge = {.source = "12-KH/TU~2021@LAI-CHAU",
                                 .target = "07-NQ/TW~XIII",
                                 .relation = ND_RELATION_REVIEWS,
                                 .document = 1,
                                 .rule = "plenum"};
    const struct nd_mention_resolution resolution = {.outcome = 1,
                                                     .work = "07-NQ/TW~XIII",
                                                     .confidence = 0.5,
                                                     .candidates = (const char *[]){"a", "b", NULL}};
    g_assert_true(nd_catalog_writer_put_work(catalog, &work, &error));
    g_assert_true(nd_catalog_writer_set_document_work(catalog, 1, work.key, &error));
    g_assert_true(nd_catalog_writer_add_edge(catalog, &edge, &error));
    g_assert_true(nd_catalog_writer_put_resolution(catalog, 1, 0, &resolution, &error));
    g_assert_no_error(error);
    commit(writer);
    nd_auto(nd_index) index = open_index(dir);
    nd_auto(nd_catalog_document) document =
        nd_catalog_document_by_id(nd_index_catalog(index, NULL), 1, &error);
    g_assert_cmpstr(document->work, ==, work.key);
    g_autoptr(GPtrArray) works = NULL;
    nd_auto(nd_mentions) mentions = nd_catalog_mentions(nd_index_catalog(index, NULL), 1, &works, &error);
    g_assert_cmpstr(works->pdata[0], ==, "07-NQ/TW~XIII");
    struct nd_catalog_counts counts;
    g_assert_true(nd_catalog_counts(nd_index_catalog(index, NULL), &counts, &error));
    g_assert_cmpint(counts.works, ==, 2);
    g_assert_cmpint(counts.edges, ==, 1);

    g_assert_true(nd_catalog_writer_clear_document_graph(catalog, 1, &error));
    g_assert_true(nd_catalog_writer_sweep_works(catalog, &error));
    commit(writer);
    g_assert_true(nd_catalog_counts(nd_index_catalog(index, NULL), &counts, &error));
    g_assert_cmpint(counts.works, ==, 0);
    g_assert_cmpint(counts.edges, ==, 0);
}

#define ADD(function, sentence) g_test_add_func("/store/" sentence, function)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    scratch = g_dir_make_tmp("ndsearch-store-XXXXXX", NULL);
    g_assert_nonnull(scratch);
    ADD(test_a_document_comes_back_whole, "a document comes back whole");
    ADD(test_a_mention_comes_back_with_every_member, "a mention comes back with every member");
    ADD(test_fields_become_terms_and_values, "fields become terms and values");
    ADD(test_a_document_keeps_its_words_in_order, "a document keeps its words in order");
    ADD(test_passages_are_kept_of_what_a_document_implements,
        "passages are kept of what a document implements");
    ADD(test_of_documents_with_one_text_one_is_searched, "of documents with one text one is searched");
    ADD(test_what_is_not_committed_is_gone, "what is not committed is gone");
    ADD(test_a_reader_keeps_its_documents_until_it_moves_on,
        "a reader keeps its documents until it moves on");
    ADD(test_a_statement_left_half_read_holds_no_old_state, "a statement left half read holds no old state");
    ADD(test_shards_become_one_index_that_can_be_updated, "shards become one index that can be updated");
    ADD(test_a_lost_full_text_is_made_again, "a lost full text is made again");
    ADD(test_checking_tells_what_is_wrong, "checking tells what is wrong");
    ADD(test_what_is_no_index_is_refused, "what is no index is refused");
    ADD(test_a_damaged_catalogue_is_an_error_not_a_crash, "a damaged catalogue is an error, not a crash");
    ADD(test_a_stub_is_several_indexes_as_one, "a stub is several indexes as one");
    ADD(test_decisions_are_kept_in_order_and_never_changed, "decisions are kept in order and never changed");
    ADD(test_the_graph_is_written_and_swept, "the graph is written and swept");
    const int failed = g_test_run();
    remove_tree(scratch);
    g_free(scratch);
    return failed;
}
