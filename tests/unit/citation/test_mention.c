#include "analyzers/citation/mention_json.h"

#include <jansson.h>

static void test_a_list_keeps_its_own_copies(void)
{
    nd_auto(nd_mentions) mentions = nd_mentions_new();
    char number[] = "45", type[] = "NQ";
    for (uint32_t i = 0; i < 100; i++) {
        const struct nd_mention mention = {
            .start = i, .end = i + 1, .type = type, .number = number, .reported_by = -1};
        nd_mentions_add(mentions, &mention);
    }
    memset(number, 'x', 2);
    memset(type, 'x', 2);
    g_assert_cmpuint(nd_mentions_count(mentions), ==, 100);
    const struct nd_mention *last = nd_mentions_get(mentions, 99);
    g_assert_cmpuint(last->start, ==, 99);
    g_assert_cmpstr(last->number, ==, "45");
    g_assert_cmpstr(last->type, ==, "NQ");
    g_assert_null(last->issuer);
}

static void test_names_of_kinds_relations_and_strengths_are_read_back(void)
{
    for (int i = 0; i < ND_N_MENTION_KINDS; i++) {
        enum nd_mention_kind kind;
        g_assert_true(nd_mention_kind_parse(nd_mention_kind_name((enum nd_mention_kind)i), &kind));
        g_assert_cmpint(kind, ==, i);
    }
    for (int i = 0; i < ND_N_RELATIONS; i++) {
        enum nd_relation relation;
        g_assert_true(nd_relation_parse(nd_relation_name((enum nd_relation)i), &relation));
        g_assert_cmpint(relation, ==, i);
    }
    for (int i = 0; i <= ND_STRENGTH_TITLE; i++) {
        enum nd_strength strength;
        g_assert_true(nd_strength_parse(nd_strength_name((enum nd_strength)i), &strength));
        g_assert_cmpint(strength, ==, i);
    }
    enum nd_relation untouched = ND_RELATION_GUIDES;
    g_assert_false(nd_relation_parse("implement", &untouched));
    g_assert_cmpint(untouched, ==, ND_RELATION_GUIDES);
}

static void test_json_lines_hold_every_member_and_null_where_nothing_was_read(void)
{
    static const char *const members[] = {"doc",      "start", "end",      "text",     "kind",       "type",
                                          "number",   "year",  "issuer",   "body",     "place",      "date",
                                          "pinpoint", "work",  "relation", "strength", "confidence", "rule"};
    const struct nd_mention mention = {.start = 5,
                                       .end = 12,
                                       .kind = ND_MENTION_NUMBER,
                                       .type = "NQ",
                                       .number = "45",
                                       .date = {2022, 6, 16},
                                       .reported_by = -1,
                                       .confidence = 0.5,
                                       .rule = "code"};
    char *line;
    size_t size;
    FILE *const out = open_memstream(&line, &size);
    nd_mention_write_json(out, &mention, "a \"b\".txt", ND_STR("theo «45-NQ»\n"), "45-NQ/TW~XIII");
    fclose(out);
    g_assert_true(strchr(line, '\n') == line + size - 1);
    json_t *object = json_loads(line, 0, NULL);
    g_assert_nonnull(object);
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
        g_assert_nonnull(json_object_get(object, members[i]));
    g_assert_cmpstr(json_string_value(json_object_get(object, "doc")), ==, "a \"b\".txt");
    g_assert_cmpstr(json_string_value(json_object_get(object, "date")), ==, "2022-06-16");
    g_assert_cmpstr(json_string_value(json_object_get(object, "work")), ==, "45-NQ/TW~XIII");
    g_assert_true(json_is_null(json_object_get(object, "issuer")));
    g_assert_true(json_is_null(json_object_get(object, "year")));
    g_assert_true(json_is_null(json_object_get(object, "reported_by")));
    json_decref(object);
    free(line);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mention/list", test_a_list_keeps_its_own_copies);
    g_test_add_func("/mention/names", test_names_of_kinds_relations_and_strengths_are_read_back);
    g_test_add_func("/mention/json", test_json_lines_hold_every_member_and_null_where_nothing_was_read);
    return g_test_run();
}
