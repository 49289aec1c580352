/* Queries run in blocks give what Xapian's matcher gives. */
#include "tests/unit/xapian_c/test_xapian_c.h"

#include <math.h>
#include <string.h>

enum { N_DOCUMENTS = 6000, GAP_AFTER = 2500, GAP = 1 << 24, N_BEST = 150, N_WORDS = 12 };

static struct xc_database *collection;

/* Word number i is in about one of 2^(i / 2) documents: "w0" in most, "w11" in few. */
static void add_document(struct xc_writer *writer, GRand *random, uint32_t id)
{
    g_autoptr(GError) error = NULL;
    xc_auto(xc_document) document = xc_document_new(&error);
    for (int i = 0; i < N_WORDS; i++) {
        if (g_rand_int_range(random, 0, 10 << (i / 2)) >= 9)
            continue;
        g_autofree char *word = g_strdup_printf("w%d", i);
        xc_document_add_term(document, xc_bytes_from_c(word), (uint32_t)g_rand_int_range(random, 1, 6),
                             &error);
        g_assert_no_error(error);
    }
    g_autofree char *length = g_strdup_printf("l%d", g_rand_int_range(random, 0, 5));
    xc_document_add_term(document, xc_bytes_from_c(length), (uint32_t)g_rand_int_range(random, 1, 300),
                         &error);
    g_autofree char *year = g_strdup_printf("%d", g_rand_int_range(random, 2000, 2020));
    /* the second part has more values in a block than go into a byte, and is often empty */
    const int place = g_rand_int_range(random, -300, 600);
    g_autofree char *name = place < 0 ? g_strdup("") : g_strdup_printf("place %d", place);
    g_autofree char *facets = g_strdup_printf("K%d\t%s\t%s", g_rand_int_range(random, 0, 3), name, year);
    if (g_rand_int_range(random, 0, 4) > 0) {
        xc_document_set_value(document, 0, xc_bytes_from_c(facets), &error);
        xc_document_set_value(document, 1, xc_bytes_from_c(year), &error);
    }
    g_assert_no_error(error);
    g_assert_true(xc_writer_replace(writer, id, document, &error));
}

/* Packs what was stored from id first on, and commits. */
static void pack(struct xc_writer *writer, uint32_t first)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(xc_writer_pack_lengths(writer, first, &error) &&
                  xc_writer_pack_values(writer, 0, 3, first, &error) && xc_writer_commit(writer, &error));
}

static void test_the_collection_is_made(void)
{
    g_autofree char *path = scratch_path("blocks");
    g_autoptr(GError) error = NULL;
    xc_auto(xc_writer) writer = xc_writer_open(path, XC_WRITER_CREATE, XC_WRITER_NO_SYNC, 0, &error);
    g_assert_no_error(error);
    GRand *const random = g_rand_new_with_seed(1);
    /* lengths and values of the last ones are not packed, and some have a commit of their own */
    for (uint32_t i = 1; i <= N_DOCUMENTS; i++) {
        add_document(writer, random, i + (i > GAP_AFTER ? GAP : 0));
        if (i == 1900)
            pack(writer, 1);
        if (i == 5500)
            pack(writer, 1901);
    }
    g_rand_free(random);
    const uint32_t listed[] = {3, 100, GAP + 3000};
    g_autoptr(GString) list = g_string_new(NULL);
    xc_ids_pack(listed, G_N_ELEMENTS(listed), list);
    g_assert_true(xc_writer_set_metadata(writer, B("gone"), (struct xc_bytes){list->str, list->len}, &error));
    g_assert_true(xc_writer_commit(writer, &error));
    collection = xc_database_open(path, &error);
    g_assert_no_error(error);
}

static double odd_ones(const char *uuid, uint32_t id, void *user_data)
{
    (void)uuid, (void)user_data;
    return id % 2 ? (double)(id % 5) : -1;
}

/* A query written from behind: "w1 w2 & w3 |" is (w1 AND w2) OR w3. */
static struct xc_query *read_query(const char *text)
{
    static const struct {
        char sign;
        enum xc_operator op;
    } operators[] = {{'&', XC_AND},       {'|', XC_OR},     {'-', XC_AND_NOT},
                     {'?', XC_AND_MAYBE}, {'/', XC_FILTER}, {'~', XC_SYNONYM}};
    static const uint32_t ids[] = {2, 700, 2100, 2499, 2600, GAP + 2700, GAP + 5000};
    static const double weights[] = {1, 9, 2, 3, 4, 5, 8};
    g_autoptr(GPtrArray) stack = g_ptr_array_new();
    g_auto(GStrv) parts = g_strsplit(text, " ", -1);
    for (char **part = parts; *part; part++) {
        struct xc_query *query = NULL;
        for (size_t i = 0; i < G_N_ELEMENTS(operators) && !query; i++) {
            if (**part != operators[i].sign)
                continue;
            struct xc_query *const second = g_ptr_array_steal_index(stack, stack->len - 1),
                                   *const first = g_ptr_array_steal_index(stack, stack->len - 1);
            const struct xc_query *const both[] = {first, second};
            query = xc_query_new_operator(operators[i].op, both, 2, 0, NULL);
            xc_query_free(first);
            xc_query_free(second);
        }
        if (!query && **part == '*') {
            struct xc_query *const whole = g_ptr_array_steal_index(stack, stack->len - 1);
            query = xc_query_new_scaled(whole, g_ascii_strtod(*part + 1, NULL), NULL);
            xc_query_free(whole);
        }
        if (!query)
            query = g_str_equal(*part, "all")     ? xc_query_new_all(NULL)
                    : g_str_equal(*part, "none")  ? xc_query_new_nothing(NULL)
                    : g_str_equal(*part, "years") ? xc_query_new_value_range(1, B("2003"), B("2005"), NULL)
                    : g_str_equal(*part, "later") ? xc_query_new_value_ge(1, B("2017"), NULL)
                    : g_str_equal(*part, "some")
                        ? xc_query_new_documents(NULL, ids, weights, G_N_ELEMENTS(ids), NULL)
                    : g_str_equal(*part, "gone")   ? xc_query_new_listed(B("gone"), NULL)
                    : g_str_equal(*part, "judged") ? xc_query_new_judged(odd_ones, 3, NULL, NULL, NULL)
                                                   : xc_query_new_term(xc_bytes_from_c(*part), 1, 0, NULL);
        g_assert_nonnull(query);
        g_ptr_array_add(stack, query);
    }
    g_assert_cmpuint(stack->len, ==, 1);
    return g_ptr_array_index(stack, 0);
}

static struct xc_results *find(const char *text, bool in_blocks, struct xc_request request)
{
    g_autoptr(GError) error = NULL;
    xc_auto(xc_query) query = read_query(text);
    request.query = query;
    request.weight = (struct xc_weight){
        .scheme = XC_WEIGHT_BM25, .has_parameters = true, .k1 = .6, .k3 = 1, .b = .9, .min_normlen = .5};
    request.time_limit_s = in_blocks ? 0 : 1000; /* which only Xapian's matcher keeps */
    struct xc_results *const results = xc_search(collection, &request, &error);
    g_assert_no_error(error);
    return results;
}

static void assert_same_facets(const struct xc_results *a, const struct xc_results *b)
{
    g_assert_cmpuint(a->n_facets, ==, b->n_facets);
    for (size_t i = 0; i < a->n_facets; i++) {
        g_assert_cmpuint(a->facets[i].n_seen, ==, b->facets[i].n_seen);
        g_assert_cmpuint(a->facets[i].n_values, ==, b->facets[i].n_values);
        for (size_t k = 0; k < a->facets[i].n_values; k++) {
            const struct xc_facet_value *const x = &a->facets[i].values[k], *const y =
                                                                                &b->facets[i].values[k];
            g_assert_cmpuint(x->frequency, ==, y->frequency);
            assert_bytes(x->value.p, x->value.n, y->value.p, y->value.n);
        }
    }
}

static const char *const queries[] = {
    "w0",
    "w11",
    "nothing",
    "none",
    "w0 w1 |",
    "w0 w1 &",
    "w0 w8 & w9 &",
    "w3 w4 & w10 w2 & |",
    "w2 w5 & *.3 w2 |",
    "w1 w0 -",
    "w1 w0 w3 | -",
    "w6 w1 ?",
    "w6 w1 w2 & ?",
    "w6 w1 w2 | *.5 ?",
    "w1 w7 /",
    "w1 w7 w8 | /",
    "w1 *0 w9 |",
    "w0 w5 ~",
    "w0 *.8 w0 w5 ~ *.2 |",
    "w0 *.8 w0 w5 ~ *.2 | w3 |",
    "nothing *.8 nothing w5 ~ *.2 |",
    "all",
    "all w3 -",
    "all gone -",
    "w0 gone - w1 -",
    "w0 w1 | w2 | w3 | w4 | w5 | gone -",
    "w4 years &",
    "w4 years later | /",
    "years",
    "some",
    "some w0 |",
    "w2 some ?",
    "w2 judged &",
    "w2 judged *2 &",
    "judged",
    "w5 none &",
    "w5 none |",
    "w5 none -",
    "l0 w0 & l1 w1 & |",
};

static void test_the_best_hits_and_the_counts_are_the_same(void)
{
    static const uint32_t slot = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(queries); i++) {
        g_test_message("%s", queries[i]);
        const struct xc_request request = {.limit = N_BEST,
                                           .check_at_least = UINT32_MAX,
                                           .facet_slots = &slot,
                                           .n_facets = 1,
                                           .facet_parts = 3};
        xc_auto(xc_results) ours = find(queries[i], true, request);
        xc_auto(xc_results) theirs = find(queries[i], false, request);
        g_assert_cmpuint(ours->lower, ==, theirs->lower);
        g_assert_cmpuint(ours->upper, ==, theirs->lower);
        g_assert_cmpuint(ours->n_hits, ==, theirs->n_hits);
        for (size_t k = 0; k < ours->n_hits; k++)
            g_assert_true(fabs(ours->hits[k].weight - theirs->hits[k].weight) < 1e-3);
        assert_same_facets(ours, theirs);
    }
}

/* Long lists of alternatives may leave documents out, but none of the best. */
static void test_leaving_out_loses_none_of_the_best(void)
{
    static const char *const lists[] = {
        "w0 w1 | w2 | w3 |",
        "w0 w1 | w2 | w3 | w4 | w5 | w6 | w7 | w8 | w9 | w10 | w11 |",
        "w0 w1 w7 & | w2 | w3 w4 ~ | w11 | w0 w2 ? |",
        "w0 w1 | w2 | w3 | some |",
        "w0 w1 | w2 | w3 | w8 w9 & | gone -",
        "w0 w1 & w2 & w3 &",
        "w0 w1 ~ w2 w3 ~ & w4 w0 ~ &",
        "w0 w1 & w2 w3 | w9 | ?",
        "w0 w1 | w2 | w3 | w8 w9 | w10 | *.1 ?",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        for (uint32_t n = 1; n <= N_BEST; n = 3 * n + 1) {
            g_test_message("%s, the best %u", lists[i], n);
            const struct xc_request request = {.limit = n};
            xc_auto(xc_results) ours = find(lists[i], true, request);
            xc_auto(xc_results) theirs = find(lists[i], false, request);
            xc_auto(xc_results) all = find(lists[i], true, (struct xc_request){.check_at_least = UINT32_MAX});
            g_assert_cmpuint(ours->n_hits, ==, theirs->n_hits);
            for (size_t k = 0; k < ours->n_hits; k++)
                g_assert_true(fabs(ours->hits[k].weight - theirs->hits[k].weight) < 1e-3);
            g_assert_cmpuint(ours->lower, <=, all->lower);
            g_assert_cmpuint(ours->upper, >=, all->lower);
            g_assert_true(ours->lower <= ours->estimated && ours->estimated <= ours->upper);
        }
    }
}

static void test_pages_follow_each_other(void)
{
    xc_auto(xc_results) whole = find("w1 w2 |", true, (struct xc_request){.limit = 20});
    xc_auto(xc_results) second = find("w1 w2 |", true, (struct xc_request){.offset = 15, .limit = 5});
    g_assert_cmpuint(second->n_hits, ==, 5);
    for (size_t i = 0; i < second->n_hits; i++)
        g_assert_cmpuint(second->hits[i].id, ==, whole->hits[15 + i].id);
    xc_auto(xc_results) behind = find("w11 some &", true, (struct xc_request){.offset = 50, .limit = 5});
    g_assert_cmpuint(behind->n_hits, ==, 0);
}

static void test_hidden_documents_are_not_found(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(xc_database_hide(collection, (struct xc_bytes[]){B("w3"), B("w7")}, 2, &error));
    xc_auto(xc_results) hidden = find("w0", true, (struct xc_request){.limit = N_BEST});
    g_assert_true(xc_database_hide(collection, NULL, 0, &error));
    xc_auto(xc_results) same = find("w0 w3 - w7 -", true, (struct xc_request){.limit = N_BEST});
    g_assert_cmpuint(hidden->lower, ==, same->lower);
    for (size_t i = 0; i < hidden->n_hits; i++)
        g_assert_cmpuint(hidden->hits[i].id, ==, same->hits[i].id);
}

/* Whatever stands where packed values are looked for: where it is no packed block, values are asked for. */
static void test_damaged_blocks_are_not_believed(void)
{
    static const struct xc_bytes damaged[] = {
        {"", 0},
        {"\2", 1},
        {"\1\1\0\3ol", 6},      /* a value cut off */
        {"\1\1\0\3old\2\2", 9}, /* a number of no value */
        {"\1\0\0", 3},          /* no values, no documents */
    };
    g_autofree char *path = scratch_path("blocks-damaged");
    g_autoptr(GError) error = NULL;
    static const uint32_t slot = 0;
    const struct xc_request request = {
        .limit = 5, .check_at_least = 10, .facet_slots = &slot, .n_facets = 1, .facet_parts = 1};
    xc_auto(xc_writer) writer = xc_writer_open(path, XC_WRITER_CREATE, XC_WRITER_NO_SYNC, 0, &error);
    xc_auto(xc_document) document = xc_document_new(&error);
    xc_document_add_term(document, B("w"), 1, &error);
    xc_document_set_value(document, 0, B("old"), &error);
    g_assert_true(xc_writer_replace(writer, 1, document, &error));
    struct xc_database *const before = collection;
    for (size_t i = 0; i < G_N_ELEMENTS(damaged); i++) {
        g_assert_true(xc_writer_set_metadata(writer, B("values0/0"), damaged[i], &error) &&
                      xc_writer_commit(writer, &error));
        collection = xc_database_open(path, &error);
        g_assert_no_error(error);
        xc_auto(xc_results) found = find("w", true, request);
        g_assert_cmpuint(found->facets[0].n_values, ==, 1);
        g_assert_cmpuint(found->facets[0].values[0].frequency, ==, 1);
        g_assert_cmpuint(found->facets[0].values[0].value.n, ==, 3);
        g_assert_true(memcmp(found->facets[0].values[0].value.p, "old", 3) == 0);
        xc_database_close(collection);
    }
    collection = before;
}

/* What was read of one revision says nothing of the next one. */
static void test_a_new_revision_is_seen(void)
{
    g_autofree char *path = scratch_path("blocks-grow");
    g_autoptr(GError) error = NULL;
    static const uint32_t slot = 0;
    const struct xc_request request = {
        .limit = 5, .check_at_least = 10, .facet_slots = &slot, .n_facets = 1, .facet_parts = 1};
    xc_auto(xc_writer) writer = xc_writer_open(path, XC_WRITER_CREATE, XC_WRITER_NO_SYNC, 0, &error);
    xc_auto(xc_document) document = xc_document_new(&error);
    xc_document_add_term(document, B("w"), 1, &error);
    xc_document_set_value(document, 0, B("old"), &error);
    g_assert_true(xc_writer_replace(writer, 7, document, &error) && xc_writer_commit(writer, &error));
    struct xc_database *const before = collection;
    collection = xc_database_open(path, &error);
    xc_results_free(find("w", true, request));
    xc_document_set_value(document, 0, B("new"), &error);
    xc_document_add_term(document, B("long"), 9, &error);
    g_assert_true(xc_writer_replace(writer, 7, document, &error) &&
                  xc_writer_replace(writer, 8, document, &error) && xc_writer_commit(writer, &error));
    g_assert_true(xc_database_reopen(collection, NULL, &error));
    xc_auto(xc_results) ours = find("w", true, request);
    xc_auto(xc_results) theirs = find("w", false, request);
    g_assert_cmpuint(ours->lower, ==, 2);
    g_assert_cmpfloat_with_epsilon(ours->hits[0].weight, theirs->hits[0].weight, 1e-9);
    assert_same_facets(ours, theirs);
    xc_database_close(collection);
    collection = before;
}

static void test_the_collection_is_closed(void)
{
    xc_database_close(collection);
    collection = NULL;
}

void add_block_tests(void)
{
    g_test_add_func("/blocks/0 the collection is made", test_the_collection_is_made);
    g_test_add_func("/blocks/the best hits and the counts are the same",
                    test_the_best_hits_and_the_counts_are_the_same);
    g_test_add_func("/blocks/leaving out loses none of the best", test_leaving_out_loses_none_of_the_best);
    g_test_add_func("/blocks/pages follow each other", test_pages_follow_each_other);
    g_test_add_func("/blocks/hidden documents are not found", test_hidden_documents_are_not_found);
    g_test_add_func("/blocks/damaged blocks are not believed", test_damaged_blocks_are_not_believed);
    g_test_add_func("/blocks/a new revision is seen", test_a_new_revision_is_seen);
    g_test_add_func("/blocks/9 the collection is closed", test_the_collection_is_closed);
}
