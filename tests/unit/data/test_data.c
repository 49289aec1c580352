#include "analyzers/data/data.h"

#include <glib.h>

static void codes_compare_without_case_and_stroke(void)
{
    g_assert_cmpstr(nd_type_by_code("qd")->code, ==, "QĐ");
    g_assert_cmpstr(nd_type_by_code("ctr")->code, ==, "CTr");
    g_assert_null(nd_type_by_code("XYZ"));
    g_assert_cmpstr(nd_type_by_word("QĐ", "QUY ĐỊNH")->word, ==, "Quy định");
    g_assert_null(nd_type_by_word("KH", "Quy định"));
    g_assert_null(nd_type_by_word("QĐ", NULL));
    g_assert_cmpstr(nd_type_only_word("KH"), ==, "Kế hoạch");
    g_assert_null(nd_type_only_word("QĐ"));
    g_assert_null(nd_type_only_word("XYZ"));
    g_assert_null(nd_type_by_code(""));
    g_assert_cmpstr(nd_issuer_by_code("duk")->code, ==, "ĐUK");
    g_assert_cmpstr(nd_issuer_by_code("Ttg")->code, ==, "TTg");
}

static void a_variant_code_leads_to_the_canonical_issuer(void)
{
    g_assert_cmpstr(nd_issuer_by_code("TCTW")->code, ==, "BTCTW");
    g_assert_cmpstr(nd_issuer_by_code("BNN&PTNT")->code, ==, "BNNPTNT");
}

static void no_code_names_two_issuers(void)
{
    size_t n;
    const struct nd_issuer *issuers = nd_issuers(&n);
    g_assert_cmpuint(n, >, 100);
    for (size_t i = 0; i < n; i++) {
        g_assert_true(nd_issuer_by_code(issuers[i].code) == &issuers[i]);
        g_auto(GStrv) variants = g_strsplit(issuers[i].variants, " ", -1);
        for (size_t v = 0; variants[v]; v++)
            if (*variants[v])
                g_assert_true(nd_issuer_by_code(variants[v]) == &issuers[i]);
    }
}

static void issuers_have_a_known_level_and_counter(void)
{
    static const char *const levels[] = {"central", "provincial", "bloc", "district", "commune", NULL};
    static const char *const counters[] = {"party-term", "assembly-term", "local-term", "year", NULL};
    size_t n;
    const struct nd_issuer *issuers = nd_issuers(&n);
    for (size_t i = 0; i < n; i++) {
        g_assert_true(g_strv_contains(levels, issuers[i].level));
        g_assert_true(g_strv_contains(counters, issuers[i].counter));
    }
}

static void a_place_is_found_however_it_is_spelled(void)
{
    static const struct {
        const char *name, *key;
    } cases[] = {
        {"Lai Châu", "LAI-CHAU"},
        {"LAI-CHAU", "LAI-CHAU"},
        {"tỉnh Lai Châu", "LAI-CHAU"},
        {"Hoà Bình", "HOA-BINH"},
        {"thanh hoa", "THANH-HOA"},
        {"TP. Hồ Chí Minh", "HO-CHI-MINH"},
        {"thành phố Hồ Chí Minh", "HO-CHI-MINH"},
        {"Đắc Lắc", "DAK-LAK"},
        {"Ðồng Nai", "DONG-NAI"},
        {"Bà Rịa – Vũng Tàu", "BA-RIA-VUNG-TAU"},
        {"Thừa Thiên - Huế", "THUA-THIEN-HUE"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct nd_place *place = nd_place_by_name(cases[i].name);
        g_assert_nonnull(place);
        g_assert_cmpstr(place->key, ==, cases[i].key);
    }
    g_assert_null(nd_place_by_name("Atlantis"));
}

static void exactly_34_provinces_stand_from_july_2025_and_63_before(void)
{
    static const struct {
        struct nd_date date;
        size_t n;
    } cases[] = {{{2026, 10, 1}, 34}, {{2025, 7, 1}, 34},   {{2025, 6, 30}, 63}, {{2009, 1, 1}, 63},
                 {{2008, 7, 31}, 64}, {{2003, 12, 31}, 61}, {{1997, 1, 1}, 61},  {{1996, 12, 31}, 53},
                 {{1990, 1, 1}, 44},  {{1980, 1, 1}, 40},   {{1979, 1, 1}, 39},  {{1977, 1, 1}, 38}};
    size_t n;
    const struct nd_place *places = nd_places(&n);
    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        size_t standing = 0;
        for (size_t i = 0; i < n; i++)
            standing += nd_validity_contains(places[i].validity, cases[c].date);
        g_assert_cmpuint(standing, ==, cases[c].n);
    }
}

static void rows_of_one_place_follow_each_other_in_time(void)
{
    size_t n;
    const struct nd_place *places = nd_places(&n);
    for (size_t i = 0; i < n; i++) {
        if (places[i].validity.until.year)
            g_assert_cmpint(nd_date_compare(places[i].validity.from, places[i].validity.until), <, 0);
        if (i > 0 && g_str_equal(places[i].key, places[i - 1].key))
            g_assert_cmpint(nd_date_compare(places[i - 1].validity.until, places[i].validity.from), <=, 0);
        g_auto(GStrv) successors = g_strsplit(places[i].successors, " ", -1);
        for (size_t s = 0; successors[s]; s++)
            if (*successors[s])
                g_assert_nonnull(nd_place_on(successors[s], (struct nd_date){0}));
        g_assert_cmpint(*places[i].successors != 0, ==, places[i].validity.until.year != 0);
    }
}

static void a_merger_begins_a_new_row_of_the_same_province(void)
{
    const struct nd_place *before = nd_place_on("QUANG-TRI", (struct nd_date){2025, 6, 30});
    const struct nd_place *after = nd_place_on("QUANG-TRI", (struct nd_date){2025, 7, 1});
    g_assert_true(before != after);
    g_assert_cmpstr(nd_place_on("QUANG-BINH", (struct nd_date){2025, 8, 1})->successors, ==, "QUANG-TRI");
    g_assert_cmpstr(nd_place_on("LAI-CHAU", (struct nd_date){2003, 1, 1})->successors, ==,
                    "DIEN-BIEN LAI-CHAU");
}

static void a_province_that_becomes_a_city_keeps_its_numbers(void)
{
    static const struct {
        const char *key;
        struct nd_date date;
        const char *kind;
        bool afresh;
    } cases[] = {
        {"DONG-NAI", {2026, 4, 29}, "province", true}, /* of the merger of July 2025 */
        {"DONG-NAI", {2026, 4, 30}, "city", false},    {"BAC-NINH", {2026, 9, 20}, "city", false},
        {"QUANG-NINH", {2026, 9, 1}, "city", false},   {"HUE", {2025, 1, 1}, "city", false},
        {"LAI-CHAU", {2004, 1, 1}, "province", true},  {"HAI-PHONG", {2025, 7, 1}, "city", true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct nd_place *place = nd_place_on(cases[i].key, cases[i].date);
        g_assert_cmpstr(place->kind, ==, cases[i].kind);
        g_assert_cmpint(nd_place_counts_afresh(place), ==, cases[i].afresh);
    }
}

static void the_term_of_office_follows_from_the_date(void)
{
    static const struct {
        const char *body, *term;
        struct nd_date date;
    } cases[] = {
        {"party", "XIII", {2022, 6, 16}},     {"party", "XII", {2017, 10, 25}},
        {"party", "XI", {2012, 1, 16}},       {"party", "X", {2007, 3, 30}},
        {"party", "VIII", {1996, 12, 28}},    {"assembly", "QH12", {2008, 11, 13}},
        {"assembly", "QH14", {2019, 11, 20}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpstr(nd_term_on(cases[i].body, cases[i].date)->term, ==, cases[i].term);
    g_assert_null(nd_term_on("party", (struct nd_date){1920, 1, 1}));
    g_assert_null(nd_term_on("party", (struct nd_date){0}));
}

static bool overlap(struct nd_validity a, struct nd_validity b)
{
    return (!a.until.year || nd_date_compare(b.from, a.until) < 0) &&
           (!b.until.year || nd_date_compare(a.from, b.until) < 0);
}

static void terms_follow_each_other_without_gaps(void)
{
    size_t n;
    const struct nd_term_of_office *terms = nd_terms_of_office(&n);
    for (size_t i = 0; i < n; i++) {
        g_test_message("terms.tsv: %s %s", terms[i].body, terms[i].term);
        const bool last = i + 1 == n || !g_str_equal(terms[i].body, terms[i + 1].body);
        g_assert_cmpint(terms[i].validity.until.year == 0, ==, last);
        if (!last)
            g_assert_cmpint(nd_date_compare(terms[i].validity.until, terms[i + 1].validity.from), ==, 0);
        for (size_t j = 0; j < i; j++)
            if (g_str_equal(terms[i].body, terms[j].body)) {
                g_assert_cmpstr(terms[i].term, !=, terms[j].term);
                g_assert_false(overlap(terms[i].validity, terms[j].validity));
            }
    }
}

static void no_province_stands_twice_on_one_day(void)
{
    size_t n;
    const struct nd_place *places = nd_places(&n);
    for (size_t i = 0; i < n; i++) {
        g_test_message("places.tsv: %s", places[i].key);
        g_autofree char *key = nd_data_key(places[i].name);
        g_assert_cmpstr(places[i].key, ==, key);
        g_assert_cmpint(places[i].validity.from.day, !=, 0);
        for (size_t j = 0; j < i; j++)
            g_assert_false(g_str_equal(places[i].key, places[j].key) &&
                           overlap(places[i].validity, places[j].validity));
    }
}

static void no_code_has_one_word_twice(void)
{
    size_t n;
    const struct nd_type *types = nd_types(&n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            g_assert_false(g_str_equal(types[i].code, types[j].code) &&
                           g_str_equal(types[i].word, types[j].word));
}

/* The work keys of the authority file are what the resolver makes of the same type, number, issuer and date.
 */
static void authority_rows_agree_with_the_other_tables(void)
{
    size_t n;
    const struct nd_authority *rows = nd_authorities(&n);
    g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < n; i++) {
        g_test_message("authority.tsv: %s", rows[i].key);
        g_assert_true(g_hash_table_add(keys, (gpointer)rows[i].key));
        g_assert_nonnull(nd_type_by_code(rows[i].type));
        const struct nd_issuer *issuer = nd_issuer_by_code(rows[i].issuer);
        g_assert_nonnull(issuer);
        g_assert_cmpstr(rows[i].name, !=, "");
        g_assert_cmpstr(rows[i].source, !=, "");
        const char *term = strrchr(rows[i].key, '~');
        if (term && rows[i].date.day && g_str_equal(issuer->counter, "party-term"))
            g_assert_cmpstr(nd_term_on("party", rows[i].date)->term, ==, term + 1);
        if (*rows[i].term && rows[i].date.day)
            g_assert_cmpstr(nd_term_on("assembly", rows[i].date)->term, ==, rows[i].term);
        if (rows[i].year && rows[i].date.year)
            g_assert_cmpint(rows[i].date.year, ==, rows[i].year);
        if (*rows[i].number)
            g_assert_true(g_str_has_prefix(rows[i].key, rows[i].number));
        if (rows[i].date.year && rows[i].validity.until.year)
            g_assert_cmpint(nd_date_compare(rows[i].date, rows[i].validity.until), <, 0);
    }
}

/* "4/XI" is a plenum of term XI, whose documents are of that term; one at most is meant by its name alone. */
static void an_event_has_one_chief_document_of_its_term(void)
{
    size_t n;
    const struct nd_authority *rows = nd_authorities(&n);
    g_autoptr(GHashTable) chiefs = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < n; i++) {
        const char *const slash = strchr(rows[i].event, '/'), *const term = strrchr(rows[i].key, '~');
        g_test_message("authority.tsv: %s", rows[i].key);
        g_assert_true(!*rows[i].event || slash);
        if (slash && term)
            g_assert_cmpstr(slash + 1, ==, term + 1);
        if (rows[i].chief)
            g_assert_true(*rows[i].event && g_hash_table_add(chiefs, (gpointer)rows[i].event));
    }
}

/* Works that follow each other under one name are told apart by the day; two that are in force on one day
 * would leave every citation by name undecided. A law amended by several has one name for all of them. */
static void editions_of_one_name_do_not_overlap(void)
{
    size_t n;
    const struct nd_authority *rows = nd_authorities(&n);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            if (!rows[i].validity.from.year || !rows[j].validity.from.year ||
                !g_str_equal(rows[i].name, rows[j].name) || !g_str_equal(rows[i].type, rows[j].type) ||
                !g_str_equal(rows[i].issuer, rows[j].issuer) || g_str_has_prefix(rows[i].name, "Sửa đổi"))
                continue;
            g_test_message("authority.tsv: %s and %s", rows[j].key, rows[i].key);
            g_assert_false(overlap(rows[i].validity, rows[j].validity));
        }
    }
}

static void a_key_is_ascii_and_keeps_no_accents(void)
{
    g_autofree char *key = nd_data_key("Luật Cán bộ, công chức (sửa đổi)");
    g_assert_cmpstr(key, ==, "LUAT-CAN-BO-CONG-CHUC-SUA-DOI");
    g_autofree char *empty = nd_data_key(" - ");
    g_assert_cmpstr(empty, ==, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define CASE(name) g_test_add_func("/data/" #name, name)
    CASE(codes_compare_without_case_and_stroke);
    CASE(a_variant_code_leads_to_the_canonical_issuer);
    CASE(no_code_names_two_issuers);
    CASE(issuers_have_a_known_level_and_counter);
    CASE(a_place_is_found_however_it_is_spelled);
    CASE(exactly_34_provinces_stand_from_july_2025_and_63_before);
    CASE(rows_of_one_place_follow_each_other_in_time);
    CASE(a_merger_begins_a_new_row_of_the_same_province);
    CASE(a_province_that_becomes_a_city_keeps_its_numbers);
    CASE(the_term_of_office_follows_from_the_date);
    CASE(terms_follow_each_other_without_gaps);
    CASE(no_province_stands_twice_on_one_day);
    CASE(no_code_has_one_word_twice);
    CASE(authority_rows_agree_with_the_other_tables);
    CASE(an_event_has_one_chief_document_of_its_term);
    CASE(editions_of_one_name_do_not_overlap);
    CASE(a_key_is_ascii_and_keeps_no_accents);
    return g_test_run();
}
