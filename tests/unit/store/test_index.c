#include "corpus/store/index.h"

#include "base/error.h"
#include "corpus/store/sql.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* A scratch index directory, and what analyses its documents: words of the text, nothing else. */
struct fixture {
    char *dir;
    struct nd_terms *terms;
};

static void make_terms(const struct nd_document *doc, const struct nd_metadata *metadata,
                       const struct nd_mentions *mentions, struct nd_terms *out, void *user_data)
{
    (void)mentions;
    (void)user_data;
    struct nd_normalized normalized;
    nd_normalize(nd_document_text(doc), &normalized);
    nd_terms_build(out, doc, &normalized, nd_str_from_c(metadata->title), NULL, 0);
    nd_normalized_clear(&normalized);
}

static const struct nd_index_analysis analysis = {make_terms, NULL};

static void set_up(struct fixture *f, gconstpointer data)
{
    (void)data;
    f->dir = g_dir_make_tmp("ndsearch-test-XXXXXX", NULL);
    f->terms = nd_terms_new();
}

static void tear_down(struct fixture *f, gconstpointer data)
{
    (void)data;
    char *argv[] = {(char *)"rm", (char *)"-rf", f->dir, NULL};
    g_assert_true(g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
    g_free(f->dir);
    nd_terms_free(f->terms);
}

static struct nd_index_writer *open_writer(struct fixture *f)
{
    GError *error = NULL;
    struct nd_index_writer *writer = nd_index_writer_open(f->dir, &analysis, &error);
    g_assert_no_error(error);
    return writer;
}

static int64_t add_file(struct nd_index_writer *writer, const char *path)
{
    GError *error = NULL;
    int64_t id = 0;
    const struct nd_catalog_file file = {.path = path, .size = 1};
    nd_catalog_writer_put_file(nd_index_writer_catalog(writer), &file, &id, &error);
    g_assert_no_error(error);
    return id;
}

static int64_t add_document(struct fixture *f, struct nd_index_writer *writer, const char *path,
                            const char *text)
{
    GError *error = NULL;
    int64_t id = 0;
    nd_auto(nd_document) doc = nd_document_new();
    doc->text = g_strdup(text);
    doc->size = strlen(text);
    const struct nd_block block = {
        .end = (uint32_t)doc->size, .page = 3, .row = 1, .column = 2, .kind = ND_BLOCK_CELL};
    g_array_append_val(doc->blocks, block);
    const struct nd_metadata metadata = {.type = (char *)"KH",
                                         .number = (char *)"08",
                                         .issuer = (char *)"TU",
                                         .code = (char *)"08-KH/TU",
                                         .place = (char *)"Lai Châu",
                                         .level = ND_LEVEL_PROVINCIAL,
                                         .date = {2022, 6, 16},
                                         .title = (char *)"thực hiện nghị quyết"};
    nd_auto(nd_mentions) mentions = nd_mentions_new();
    const struct nd_mention mention = {.start = 1,
                                       .end = 5,
                                       .kind = ND_MENTION_NUMBER,
                                       .type = "NQ",
                                       .number = "21",
                                       .issuer = "TW",
                                       .code = "21-NQ/TW",
                                       .date = {2022, 6, 0},
                                       .relation = ND_RELATION_IMPLEMENTS,
                                       .strength = ND_STRENGTH_TITLE,
                                       .trigger = "thực hiện",
                                       .trigger_start = 1,
                                       .proposed = true,
                                       .reported_by = -1,
                                       .confidence = 0.75,
                                       .rule = "party-code"};
    nd_mentions_add(mentions, &mention);
    nd_auto(nd_packed_text) packed =
        nd_packed_text_new(nd_catalog_writer_packing(nd_index_writer_catalog(writer)), doc);
    make_terms(doc, &metadata, mentions, f->terms, NULL);
    nd_packed_text_set_words(packed, f->terms);
    const struct nd_new_document document = {.file = add_file(writer, path),
                                             .text = packed,
                                             .mime_type = "text/plain",
                                             .encoding = "utf-8",
                                             .metadata = &metadata,
                                             .mentions = mentions};
    nd_index_writer_add(writer, &document, f->terms, &id, &error);
    g_assert_no_error(error);
    return id;
}

static void commit(struct nd_index_writer *writer)
{
    GError *error = NULL;
    nd_index_writer_commit(writer, &error);
    g_assert_no_error(error);
}

static uint32_t n_with_term(struct fixture *f, const char *term)
{
    GError *error = NULL;
    nd_auto(nd_index) index = nd_index_open(f->dir, &error);
    g_assert_no_error(error);
    xc_auto(xc_query) query = xc_query_new_term(xc_bytes_from_c(term), 1, 0, NULL);
    xc_auto(xc_results) results = nd_fulltext_search(
        nd_index_fulltext(index), &(struct xc_request){.query = query, .limit = 10}, &error);
    g_assert_no_error(error);
    return (uint32_t)results->n_hits;
}

static void fail_on_line(const char *line, void *user_data)
{
    (void)user_data;
    g_test_message("%s", line);
    g_test_fail();
}

static void assert_sound(struct fixture *f)
{
    GError *error = NULL;
    size_t n_wrong = 0;
    g_assert_true(nd_index_check(f->dir, fail_on_line, NULL, &n_wrong, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(n_wrong, ==, 0);
}

static void test_what_was_stored_is_read_back(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    struct nd_index_writer *writer = open_writer(f);
    const int64_t id = add_document(f, writer, "/a/ke hoach.txt", "sinh hoạt chuyên đề");
    commit(writer);
    nd_index_writer_close(writer);

    nd_auto(nd_index) index = nd_index_open(f->dir, &error);
    g_assert_no_error(error);
    struct nd_catalog *catalog = nd_index_catalog(index, NULL);
    nd_auto(nd_catalog_document) row = nd_catalog_document_by_id(catalog, id, &error);
    g_assert_cmpstr(row->path, ==, "/a/ke hoach.txt");
    g_assert_cmpstr(row->metadata.code, ==, "08-KH/TU");
    g_assert_cmpint(row->metadata.level, ==, ND_LEVEL_PROVINCIAL);
    g_assert_cmpint(row->metadata.date.day, ==, 16);
    nd_auto(nd_catalog_document) same = nd_catalog_document_by_key(catalog, row->key, &error);
    g_assert_cmpint(same->id, ==, id);
    nd_auto(nd_document) doc = nd_catalog_text(catalog, id, &error);
    g_assert_cmpstr(doc->text, ==, "sinh hoạt chuyên đề");
    g_assert_cmpuint(doc->blocks->len, ==, 1);
    const struct nd_block *block = &g_array_index(doc->blocks, struct nd_block, 0);
    g_assert_cmpuint(block->end, ==, doc->size);
    g_assert_cmpuint(block->page, ==, 3);
    g_assert_cmpuint(block->column, ==, 2);
    nd_auto(nd_mentions) mentions = nd_catalog_mentions(catalog, id, NULL, &error);
    g_assert_cmpuint(nd_mentions_count(mentions), ==, 1);
    const struct nd_mention *mention = nd_mentions_get(mentions, 0);
    g_assert_cmpstr(mention->code, ==, "21-NQ/TW");
    g_assert_cmpint(mention->date.month, ==, 6);
    g_assert_cmpint(mention->strength, ==, ND_STRENGTH_TITLE);
    g_assert_true(mention->proposed);
    g_assert_cmpint(mention->reported_by, ==, -1);
    g_assert_cmpfloat(mention->confidence, ==, 0.75);
    g_assert_cmpstr(mention->rule, ==, "party-code");
    g_assert_cmpuint(n_with_term(f, "đề"), ==, 1);
    g_assert_cmpuint(n_with_term(f, "XPLAI-CHAU"), ==, 1);
    g_assert_cmpuint(n_with_term(f, "XC8-kh/tu"), ==, 1);
    assert_sound(f);
}

static void test_a_batch_that_was_not_committed_is_gone(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct nd_index_writer *writer = open_writer(f);
    add_document(f, writer, "/a", "một");
    commit(writer);
    add_document(f, writer, "/b", "bốn");
    nd_index_writer_close(writer);
    g_assert_cmpuint(n_with_term(f, "một"), ==, 1);
    g_assert_cmpuint(n_with_term(f, "bốn"), ==, 0);
    assert_sound(f);
}

static void test_a_second_writer_is_told_of_the_first(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    nd_auto(nd_index_writer) first = open_writer(f);
    g_assert_null(nd_index_writer_open(f->dir, &analysis, &error));
    g_assert_error(error, ND_ERROR, ND_ERROR_LOCKED);
}

static void test_a_copy_takes_the_place_of_what_it_copies(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    struct nd_index_writer *writer = open_writer(f);
    const int64_t original = add_document(f, writer, "/a", "một văn bản");
    const int64_t copy = add_document(f, writer, "/b", "một văn bản");
    commit(writer);
    g_assert_cmpuint(n_with_term(f, "văn"), ==, 1);
    nd_index_writer_retire(writer, original, &error);
    g_assert_no_error(error);
    commit(writer);
    nd_index_writer_close(writer);
    g_assert_cmpuint(n_with_term(f, "văn"), ==, 1);
    nd_auto(nd_index) index = nd_index_open(f->dir, &error);
    nd_auto(nd_catalog_document) row = nd_catalog_document_by_id(nd_index_catalog(index, NULL), copy, &error);
    g_assert_cmpint(row->duplicate_of, ==, 0);
    assert_sound(f);
}

/* A text of words that follow each other by chance, the same for the same number. */
static char *text_of_chance(unsigned number, size_t size)
{
    static const char *const words[] = {"văn bản",   "nghị quyết", "chi bộ",    "của", "và",
                                        "đảng viên", "sinh hoạt",  "tỉnh",      "ban", "thường vụ",
                                        "số",        "12",         "chuyên đề", "năm"};
    g_autoptr(GRand) chance = g_rand_new_with_seed(number);
    GString *text = g_string_new(NULL);
    while (text->len < size)
        g_string_append_printf(text, "%s ", words[g_rand_int_range(chance, 0, G_N_ELEMENTS(words))]);
    return g_string_free(text, FALSE);
}

static void test_dictionaries_are_learned_and_texts_come_back(struct fixture *f, gconstpointer data)
{
    (void)data;
    enum { N = 1500, SIZE = 2000, FIRST_AFTER = 1200 }; /* 3 MB; after 2 MB it is learned */
    g_autoptr(GError) error = NULL;
    struct nd_index_writer *writer = open_writer(f);
    int64_t ids[N];
    for (unsigned run = 0; run < 2; run++) {
        for (unsigned i = run ? FIRST_AFTER : 0; i < (run ? N : FIRST_AFTER); i++) {
            g_autofree char *path = g_strdup_printf("/%u", i), *text = text_of_chance(i, SIZE);
            ids[i] = add_document(f, writer, path, text);
        }
        commit(writer);
        nd_index_writer_close(writer);
        writer = open_writer(f);
    }
    nd_index_writer_close(writer);
    nd_auto(nd_index) index = nd_index_open(f->dir, &error);
    struct nd_catalog *catalog = nd_index_catalog(index, NULL);
    static const unsigned looked_at[] = {0, FIRST_AFTER - 1, N - 1};
    for (size_t i = 0; i < G_N_ELEMENTS(looked_at); i++) {
        g_autofree char *expected = text_of_chance(looked_at[i], SIZE);
        nd_auto(nd_document) doc = nd_catalog_text(catalog, ids[looked_at[i]], &error);
        g_assert_no_error(error);
        g_assert_cmpstr(doc->text, ==, expected);
        struct nd_document_words words;
        g_assert_true(nd_catalog_words(catalog, ids[looked_at[i]], &words, &error));
        g_assert_cmpuint(words.text.n, >, SIZE / 6);
    }
    nd_auto(nd_sql_statement) s = NULL;
    bool row;
    nd_sql_prepare(
        nd_catalog_sqlite(catalog), &s,
        "SELECT (SELECT count(*) FROM dictionary), (SELECT avg(length(zstd)) FROM text WHERE document < 500) "
        "> 1.1 * (SELECT avg(length(zstd)) FROM text WHERE document > 1200)",
        &error);
    g_assert_no_error(error);
    g_assert_true(nd_sql_step(s, &row, &error) && row);
    g_assert_cmpint(nd_sql_int(s, 0), ==, 2);
    g_assert_cmpint(nd_sql_int(s, 1), ==, 1);
    assert_sound(f);
}

/* What is gone stays in Xapian, out of sight, until it is a large part of it. */
static void test_many_documents_that_are_gone_make_the_full_text_again(struct fixture *f, gconstpointer data)
{
    (void)data;
    enum { N = 700, LEFT = 3 };
    g_autoptr(GError) error = NULL;
    struct nd_index_writer *writer = open_writer(f);
    int64_t ids[N];
    for (unsigned i = 0; i < N; i++) {
        g_autofree char *text = g_strdup_printf("văn bản %u", i);
        ids[i] = add_document(f, writer, text, text);
    }
    commit(writer);
    static const unsigned steps[] = {200, N - LEFT}; /* below and above what makes it again */
    for (unsigned i = 0, step = 0; step < G_N_ELEMENTS(steps); step++) {
        for (; i < steps[step]; i++)
            g_assert_true(nd_index_writer_retire(writer, ids[i], &error));
        commit(writer);
        nd_auto(nd_index) index = nd_index_open(f->dir, &error);
        g_assert_no_error(error);
        struct xc_statistics statistics;
        xc_database_statistics(nd_fulltext_database(nd_index_fulltext(index)), &statistics, NULL);
        g_assert_cmpuint(statistics.n_documents, ==, step == 0 ? N : LEFT);
    }
    g_assert_cmpuint(n_with_term(f, "bản"), ==, LEFT);
    add_document(f, writer, "/sau", "văn bản sau");
    commit(writer);
    g_assert_cmpuint(n_with_term(f, "bản"), ==, LEFT + 1);
    nd_index_writer_close(writer);
    assert_sound(f);
}

/* The state a kill leaves between the two stores: rows committed as pending, Xapian a generation behind. */
static void test_what_xapian_missed_is_done_again(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct nd_index_writer *writer = open_writer(f);
    const int64_t gone = add_document(f, writer, "/a", "một");
    commit(writer);
    nd_index_writer_close(writer);
    const pid_t pid = fork();
    g_assert_cmpint(pid, >=, 0);
    if (pid == 0) {
        GError *error = NULL;
        writer = nd_index_writer_open(f->dir, &analysis, &error);
        add_document(f, writer, "/b", "bốn");
        nd_index_writer_retire(writer, gone, &error);
        nd_sql_execute(nd_catalog_sqlite(nd_catalog_writer_reader(nd_index_writer_catalog(writer))), "COMMIT",
                       &error);
        _exit(error ? 1 : 0);
    }
    int status;
    g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
    g_assert_cmpint(status, ==, 0);
    g_assert_cmpuint(n_with_term(f, "một"), ==, 1); /* a reader still sees the state before */
    nd_index_writer_close(open_writer(f));
    g_assert_cmpuint(n_with_term(f, "một"), ==, 0);
    g_assert_cmpuint(n_with_term(f, "bốn"), ==, 1);
    assert_sound(f);
}

static void test_a_fresh_index_is_built_from_shards(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    struct nd_index_writer *writer = open_writer(f);
    g_assert_true(nd_index_writer_is_fresh(writer));
    for (unsigned i = 0; i < 6; i++) {
        g_autofree char *path = g_strdup_printf("/%u", i);
        g_autofree char *text = g_strdup_printf("mẫu số %u", i == 5 ? 0 : i); /* the last one is a copy */
        nd_auto(nd_document) doc = nd_document_new();
        doc->text = g_strdup(text);
        doc->size = strlen(text);
        nd_auto(nd_packed_text) packed =
            nd_packed_text_new(nd_catalog_writer_packing(nd_index_writer_catalog(writer)), doc);
        const struct nd_metadata metadata = {.title = (char *)"mẫu"};
        make_terms(doc, &metadata, NULL, f->terms, NULL);
        nd_packed_text_set_words(packed, f->terms);
        const struct nd_new_document document = {
            .file = add_file(writer, path), .text = packed, .metadata = &metadata};
        struct nd_index_shard *shard = nd_index_writer_shard(writer, i % 3, 2, &error);
        int64_t id;
        g_assert_true(nd_index_shard_add(shard, &document, path, f->terms, &id, &error));
        g_assert_true(nd_index_writer_add_catalog(writer, id, &document, &error));
    }
    commit(writer);
    g_assert_cmpuint(n_with_term(f, "mẫu"), ==, 5);
    add_document(f, writer, "/sau", "mẫu nữa");
    commit(writer);
    nd_index_writer_close(writer);
    g_assert_cmpuint(n_with_term(f, "mẫu"), ==, 6);
    assert_sound(f);
}

static void test_a_lost_full_text_is_made_again(struct fixture *f, gconstpointer data)
{
    (void)data;
    struct nd_index_writer *writer = open_writer(f);
    add_document(f, writer, "/a", "một");
    commit(writer);
    nd_index_writer_close(writer);
    g_autofree char *version = g_build_filename(f->dir, "xapian", "iamglass", NULL);
    g_assert_cmpint(g_unlink(version), ==, 0);
    nd_index_writer_close(open_writer(f));
    g_assert_cmpuint(n_with_term(f, "một"), ==, 1);
    assert_sound(f);
}

static void test_what_is_not_an_index_is_refused(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    g_autofree char *file = g_build_filename(f->dir, "letter.txt", NULL);
    g_assert_null(nd_index_open(f->dir, &error));
    g_assert_error(error, ND_ERROR, ND_ERROR_INDEX);
    g_clear_error(&error);
    g_assert_true(g_file_set_contents(file, "x", 1, NULL));
    g_assert_null(nd_index_writer_open(f->dir, &analysis, &error));
    g_assert_error(error, ND_ERROR, ND_ERROR_INDEX);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(struct fixture *f, gconstpointer data);
    } tests[] = {
        {"what-was-stored-is-read-back", test_what_was_stored_is_read_back},
        {"a-batch-that-was-not-committed-is-gone", test_a_batch_that_was_not_committed_is_gone},
        {"a-second-writer-is-told-of-the-first", test_a_second_writer_is_told_of_the_first},
        {"a-copy-takes-the-place-of-what-it-copies", test_a_copy_takes_the_place_of_what_it_copies},
        {"dictionaries-are-learned-and-texts-come-back", test_dictionaries_are_learned_and_texts_come_back},
        {"many-documents-that-are-gone-make-the-full-text-again",
         test_many_documents_that_are_gone_make_the_full_text_again},
        {"what-xapian-missed-is-done-again", test_what_xapian_missed_is_done_again},
        {"a-fresh-index-is-built-from-shards", test_a_fresh_index_is_built_from_shards},
        {"a-lost-full-text-is-made-again", test_a_lost_full_text_is_made_again},
        {"what-is-not-an-index-is-refused", test_what_is_not_an_index_is_refused},
    };
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strconcat("/store/", tests[i].name, NULL);
        g_test_add(path, struct fixture, NULL, set_up, tests[i].run, tear_down);
    }
    return g_test_run();
}
