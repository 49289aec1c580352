#include "analyzers/data/data.h"
#include "graph/event.h"
#include "graph/identity.h"
#include "graph/resolver.h"
#include "graph/titles.h"
#include "graph/work.h"

#include <string.h>

/* ---- identity ---- */

static void a_work_key_says_issuer_type_number_period_and_place(void)
{
    static const struct {
        struct nd_identity identity;
        const char *group, *key, *code;
    } cases[] = {
        {{.type = "NQ", .number = "21", .issuer = "TW", .date = {2022, 6, 16}},
         "21-NQ/TW",
         "21-NQ/TW~XIII",
         "21-NQ/TW"},
        {{.type = "NQ", .number = "21", .issuer = "TW", .date = {2017, 10, 25}},
         "21-NQ/TW",
         "21-NQ/TW~XII",
         "21-NQ/TW"},
        {{.type = "KH", .number = "7", .issuer = "TW", .term = "XIII"},
         "07-KH/TW",
         "07-KH/TW~XIII",
         "07-KH/TW"},
        {{.type = "QĐ", .number = "13", .issuer = "TU", .place = "LAI-CHAU", .date = {2018, 10, 8}},
         "13-QĐ/TU@LAI-CHAU",
         "13-QĐ/TU~2018@LAI-CHAU",
         "13-QĐ/TU"},
        {{.type = "QĐi", .number = "08", .issuer = "TW", .date = {2018, 10, 25}},
         "08-QĐ/TW",
         "08-QĐi/TW~XII",
         "08-QĐ/TW"},
        {{.type = "QĐ", .type_word = "Quy định", .number = "08", .issuer = "TW", .date = {2018, 10, 25}},
         "08-QĐ/TW",
         "08-QĐi/TW~XII",
         "08-QĐ/TW"},
        {{.type = "QĐ", .type_word = "Quyết định", .number = "08", .issuer = "TW", .date = {2018, 10, 25}},
         "08-QĐ/TW",
         "08-QĐ/TW~XII",
         "08-QĐ/TW"},
        /* the state has a code of its own for a Quy định */
        {{.type = "QĐ", .type_word = "Quy định", .number = "8", .issuer = "BNV", .date = {2018, 10, 25}},
         "08/QĐ-BNV",
         "08/QĐ-BNV~2018",
         "08/QĐ-BNV"},
        {{.type = "KH", .type_word = "Kế hoạch hành động", .number = "8", .issuer = "TW", .term = "XII"},
         "08-KH/TW",
         "08-KH/TW~XII",
         "08-KH/TW"},
        {{.type = "KH",
          .number = "12",
          .issuer = "HU",
          .place = "TRA-VINH",
          .unit = "CANG-LONG",
          .date = {2011, 10, 6}},
         "12-KH/HU@TRA-VINH/CANG-LONG",
         "12-KH/HU~2011@TRA-VINH/CANG-LONG",
         "12-KH/HU"},
        {{.type = "NĐ", .number = "30", .year = 2020, .issuer = "CP"},
         "30/NĐ-CP",
         "30/2020/NĐ-CP",
         "30/2020/NĐ-CP"},
        {{.type = "NĐ", .number = "132", .issuer = "CP", .date = {2007, 8, 8}},
         "132/NĐ-CP",
         "132/2007/NĐ-CP",
         "132/NĐ-CP"},
        {{.type = "QĐ", .number = "1847", .issuer = "TTg", .date = {2018, 12, 27}},
         "1847/QĐ-TTg",
         "1847/QĐ-TTg~2018",
         "1847/QĐ-TTg"},
        {{.type = "QĐ", .number = "37", .year = 2020, .issuer = "UBND", .place = "LAI-CHAU"},
         "37/QĐ-UBND@LAI-CHAU",
         "37/2020/QĐ-UBND@LAI-CHAU",
         "37/2020/QĐ-UBND"},
        {{.type = "LUAT", .number = "52", .year = 2019, .issuer = "QH", .term = "QH14"},
         "52/QH14",
         "52/2019/QH14",
         "52/2019/QH14"},
        {{.type = "NQ", .number = "100", .year = 2015, .issuer = "QH", .term = "QH13"},
         "100/NQ-QH13",
         "100/2015/NQ-QH13",
         "100/2015/QH13"},
        {{.type = "PL", .number = "34", .year = 2007, .issuer = "UBTVQH", .term = "QH11"},
         "34/PL-UBTVQH11",
         "34/2007/PL-UBTVQH11",
         "34/2007/PL-UBTVQH11"},
        {{.type = "TTLT", .number = "02", .year = 2008, .issuer = "BYT-BNV"},
         "02/TTLT-BYT-BNV",
         "02/2008/TTLT-BYT-BNV",
         "02/2008/TTLT-BYT-BNV"},
        /* the year before the day on which Quảng Trị was made anew by a merger, and after */
        {{.type = "QĐ", .number = "01", .issuer = "TU", .place = "QUANG-TRI", .date = {2025, 2, 3}},
         "01-QĐ/TU@QUANG-TRI",
         "01-QĐ/TU~2025@QUANG-TRI",
         "01-QĐ/TU"},
        {{.type = "QĐ", .number = "01", .issuer = "TU", .place = "QUANG-TRI", .date = {2025, 7, 3}},
         "01-QĐ/TU@QUANG-TRI",
         "01-QĐ/TU~2025-07@QUANG-TRI",
         "01-QĐ/TU"},
        /* a province that only became a city goes on counting */
        {{.type = "QĐ", .number = "88", .issuer = "TU", .place = "DONG-NAI", .date = {2026, 8, 12}},
         "88-QĐ/TU@DONG-NAI",
         "88-QĐ/TU~2026@DONG-NAI",
         "88-QĐ/TU"},
        /* too little is told */
        {{.type = "NQ", .number = "21", .issuer = "TW"}, "21-NQ/TW", NULL, "21-NQ/TW"},
        {{.type = "NQ", .number = "21", .issuer = "TW", .date = {2016, 0, 0}}, "21-NQ/TW", NULL, "21-NQ/TW"},
        {{.type = "QĐ", .number = "13", .issuer = "TU", .date = {2018, 10, 8}}, NULL, NULL, "13-QĐ/TU"},
        {{.type = "NQ", .issuer = "TW"}, NULL, NULL, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("case %zu", i);
        g_autofree char *group = nd_identity_group(&cases[i].identity);
        g_autofree char *key = nd_identity_key(&cases[i].identity);
        g_autofree char *code = nd_identity_code(&cases[i].identity);
        g_assert_cmpstr(group, ==, cases[i].group);
        g_assert_cmpstr(key, ==, cases[i].key);
        g_assert_cmpstr(code, ==, cases[i].code);
    }
}

static void the_authority_file_uses_the_keys_that_identity_makes(void)
{
    size_t n;
    const struct nd_authority *rows = nd_authorities(&n);
    for (size_t i = 0; i < n; i++) {
        if (!*rows[i].number)
            continue;
        const struct nd_identity identity = {.type = rows[i].type,
                                             .type_word = nd_work_type_word(rows[i].key),
                                             .number = rows[i].number,
                                             .year = rows[i].year,
                                             .issuer = rows[i].issuer,
                                             .term = *rows[i].term ? rows[i].term : NULL,
                                             .date = rows[i].date};
        g_autofree char *key = nd_identity_key(&identity);
        g_assert_cmpstr(key, ==, rows[i].key);
    }
}

static void titles_compare_by_their_syllables(void)
{
    g_autofree char *a = nd_title_group("LUAT", "Thực hành tiết kiệm, chống lãng phí");
    g_autofree char *b = nd_title_group("LUAT", "chống lãng phí, thực hành tiết kiệm");
    g_autofree char *ordinance = nd_title_group("PL", "Thực hành tiết kiệm, chống lãng phí");
    g_assert_cmpstr(a, ==, b);
    g_assert_cmpstr(a, !=, ordinance);
    g_assert_null(nd_title_group("LUAT", " - "));
    g_assert_cmpfloat(nd_title_similarity("về công tác dân số trong tình hình mới", "CÔNG TÁC DÂN SỐ"), ==,
                      1);
    g_assert_cmpfloat(nd_title_similarity("công tác dân số mới", "phát triển du lịch bền vững"), ==, 0);
    g_assert_cmpfloat(nd_title_similarity("Đất đai", "Đất đai năm 2013"), <, 0);
}

/* ---- the resolver, on documents made by hand ---- */

/* A document of one test: its header, then its mentions in text order. */
struct sheet {
    struct nd_metadata metadata;
    struct nd_mention mentions[6];
    const char *works[6]; /* expected; "" for one that stays open */
};

#define LAI_CHAU_PLAN                                                                                        \
    .metadata = {.type = (char *)"KH",                                                                       \
                 .number = (char *)"15",                                                                     \
                 .issuer = (char *)"TU",                                                                     \
                 .place = (char *)"Lai Châu",                                                                \
                 .level = ND_LEVEL_PROVINCIAL,                                                               \
                 .date = {2022, 9, 1}}
#define TRA_VINH_PLAN                                                                                        \
    .metadata = {.type = (char *)"KH",                                                                       \
                 .number = (char *)"15",                                                                     \
                 .issuer = (char *)"TU",                                                                     \
                 .place = (char *)"Trà Vinh",                                                                \
                 .level = ND_LEVEL_PROVINCIAL,                                                               \
                 .date = {2012, 4, 4}}
#define NUMBER(t, n, i, ...)                                                                                 \
    {                                                                                                        \
        .kind = ND_MENTION_NUMBER, .type = t, .number = n, .issuer = i, .reported_by = -1, .confidence = 1,  \
        .rule = "test", __VA_ARGS__                                                                          \
    }
#define OTHER(k, t, i, ...)                                                                                  \
    {                                                                                                        \
        .kind = ND_MENTION_##k, .type = t, .issuer = i, .reported_by = -1, .confidence = 1, .rule = "test",  \
        __VA_ARGS__                                                                                          \
    }

static struct nd_mentions *mentions_of(const struct sheet *sheet)
{
    struct nd_mentions *mentions = nd_mentions_new();
    for (size_t i = 0; i < G_N_ELEMENTS(sheet->mentions) && sheet->works[i]; i++)
        nd_mentions_add(mentions, &sheet->mentions[i]);
    return mentions;
}

/* Adds the sheets in the given order and checks every expected work. */
static void check_in_order(const struct sheet *sheets, size_t n, bool backwards)
{
    nd_auto(nd_resolver) resolver = nd_resolver_new();
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)nd_mentions_free);
    for (size_t k = 0; k < n; k++) {
        size_t i = backwards ? n - 1 - k : k;
        struct nd_mentions *mentions = mentions_of(&sheets[i]);
        g_ptr_array_add(all, mentions);
        nd_resolver_add(resolver, (int64_t)i, &sheets[i].metadata, mentions);
    }
    g_assert_true(nd_resolver_run(resolver, NULL));
    for (size_t i = 0; i < n; i++)
        for (size_t m = 0; m < G_N_ELEMENTS(sheets[i].works) && sheets[i].works[m]; m++) {
            const struct nd_resolution *got = nd_resolver_mention(resolver, (int64_t)i, m);
            g_test_message("document %zu, mention %zu: %s", i, m, got->reason);
            g_assert_cmpstr(got->work ? got->work : "", ==, sheets[i].works[m]);
            g_assert_nonnull(got->reason);
            g_assert_cmpint(got->work != NULL, ==,
                            got->outcome == ND_OUTCOME_RESOLVED || got->outcome == ND_OUTCOME_ABSENT);
        }
}

static void check(const struct sheet *sheets, size_t n)
{
    check_in_order(sheets, n, false);
    check_in_order(sheets, n, true);
}
#define CHECK(...)                                                                                           \
    do {                                                                                                     \
        static const struct sheet sheets[] = {__VA_ARGS__};                                                  \
        check(sheets, G_N_ELEMENTS(sheets));                                                                 \
    } while (0)

static void one_code_in_two_terms_is_two_works(void)
{
    CHECK({LAI_CHAU_PLAN,
           .mentions = {NUMBER("NQ", "21", "TW", .date = {2017, 10, 25}),
                        NUMBER("NQ", "21", "TW", .date = {2022, 6, 16}),
                        NUMBER("NQ", "21", "TW", .term = "XII")},
           .works = {"21-NQ/TW~XII", "21-NQ/TW~XIII", "21-NQ/TW~XII"}});
}

static void a_local_code_means_the_citing_documents_province(void)
{
    CHECK({LAI_CHAU_PLAN, .mentions = {NUMBER("QĐ", "13", "TU", .date = {2018, 10, 8})},
           .works = {"13-QĐ/TU~2018@LAI-CHAU"}},
          {TRA_VINH_PLAN, .mentions = {NUMBER("QĐ", "13", "TU", .date = {2011, 10, 8})},
           .works = {"13-QĐ/TU~2011@TRA-VINH"}});
}

static void a_named_place_goes_before_the_citing_documents(void)
{
    CHECK({LAI_CHAU_PLAN, .mentions = {NUMBER("QĐ", "13", "TU", .date = {2018, 10, 8}, .place = "Sơn La")},
           .works = {"13-QĐ/TU~2018@SON-LA"}});
}

static void no_province_is_guessed(void)
{
    CHECK({.metadata = {.level = ND_LEVEL_UNKNOWN},
           .mentions = {NUMBER("QĐ", "13", "TU", .date = {2018, 10, 8})},
           .works = {""}},
          {.metadata = {.level = ND_LEVEL_CENTRAL, .place = (char *)"Hà Nội"},
           .mentions = {NUMBER("QĐ", "13", "TU", .date = {2018, 10, 8})},
           .works = {""}},
          {LAI_CHAU_PLAN, .mentions = {NUMBER("QĐ", "13", "TU", .date = {2018, 10, 8})},
           .works = {"13-QĐ/TU~2018@LAI-CHAU"}});
}

static void after_a_merger_older_numbers_of_its_parts_stay_apart(void)
{
    CHECK({.metadata = {.place = (char *)"Quảng Trị", .level = ND_LEVEL_PROVINCIAL, .date = {2025, 9, 1}},
           .mentions = {NUMBER("QĐ", "13", "TU", .date = {2018, 10, 8}),
                        NUMBER("QĐ", "14", "TU", .date = {2025, 8, 1}),
                        NUMBER("QĐ", "13", "TU", .date = {2018, 10, 8}, .place = "Quảng Bình")},
           .works = {"", "14-QĐ/TU~2025-07@QUANG-TRI", "13-QĐ/TU~2018@QUANG-BINH"}});
}

static void a_repeat_follows_its_first_full_mention(void)
{
    CHECK(
        {TRA_VINH_PLAN,
         .mentions = {NUMBER("KH", "08", "TW", .date = {2012, 3, 12}), OTHER(BARE, "KH", NULL, .number = "8"),
                      OTHER(PLENUM, "NQ", "TW", .ordinal = "4", .term = "XI"),
                      OTHER(PLENUM, "NQ", "TW", .ordinal = "4"), NUMBER("KH", "08", "TW")},
         .works = {"08-KH/TW~XI", "08-KH/TW~XI", "12-NQ/TW~XI", "12-NQ/TW~XI", "08-KH/TW~XI"}});
}

static void a_plenum_without_a_term_follows_the_one_with_it(void)
{
    CHECK({LAI_CHAU_PLAN,
           .mentions = {OTHER(PLENUM, "NQ", "TW", .ordinal = "4", .term = "XI"),
                        OTHER(PLENUM, "NQ", "TW", .ordinal = "4", .subject = "về một việc khác")},
           .works = {"12-NQ/TW~XI", "12-NQ/TW~XI"}});
}

static void a_repeat_follows_the_nearest_of_two_full_mentions(void)
{
    CHECK({LAI_CHAU_PLAN,
           .mentions = {NUMBER("NQ", "21", "TW", .date = {2017, 10, 25}), NUMBER("NQ", "21", "TW"),
                        NUMBER("NQ", "21", "TW", .date = {2022, 6, 16}), NUMBER("NQ", "21", "TW")},
           .works = {"21-NQ/TW~XII", "21-NQ/TW~XII", "21-NQ/TW~XIII", "21-NQ/TW~XIII"}});
}

static void a_code_without_period_is_learned_from_the_collection(void)
{
    CHECK({TRA_VINH_PLAN, .mentions = {NUMBER("HD", "902", "BTCTW")}, .works = {"902-HD/BTCTW~X"}},
          {LAI_CHAU_PLAN, .mentions = {NUMBER("HD", "902", "BTCTW", .date = {2007, 5, 25})},
           .works = {"902-HD/BTCTW~X"}});
}

static void a_code_of_two_terms_stays_open_without_a_period(void)
{
    CHECK({LAI_CHAU_PLAN, .mentions = {NUMBER("HD", "902", "BTCTW")}, .works = {""}},
          {.metadata = {.place = (char *)"Sơn La", .level = ND_LEVEL_PROVINCIAL},
           .mentions = {NUMBER("HD", "902", "BTCTW", .date = {2017, 5, 25}),
                        NUMBER("HD", "902", "BTCTW", .date = {2021, 5, 25})},
           .works = {"902-HD/BTCTW~XII", "902-HD/BTCTW~XIII"}});
}

static void what_nobody_knows_is_a_stub_of_the_citing_documents_time(void)
{
    CHECK({LAI_CHAU_PLAN, .mentions = {NUMBER("NQ", "907", "TU"), NUMBER("NQ", "907", "TU")},
           .works = {"907-NQ/TU~XIII?@LAI-CHAU", "907-NQ/TU~XIII?@LAI-CHAU"}});
}

static void nobody_cites_the_future(void)
{
    CHECK({TRA_VINH_PLAN, .mentions = {NUMBER("NQ", "21", "TW", .date = {2022, 6, 16})}, .works = {""}},
          /* the only known work of the code is younger than the document that cites it */
          {TRA_VINH_PLAN, .mentions = {NUMBER("HD", "902", "BTCTW")}, .works = {"902-HD/BTCTW~XI?"}},
          {LAI_CHAU_PLAN, .mentions = {NUMBER("HD", "902", "BTCTW", .date = {2021, 5, 25})},
           .works = {"902-HD/BTCTW~XIII"}});
}

static void date_and_term_that_contradict_each_other_are_left_open(void)
{
    CHECK({LAI_CHAU_PLAN, .mentions = {NUMBER("NQ", "21", "TW", .date = {2017, 10, 25}, .term = "X")},
           .works = {""}});
}

static void a_code_of_two_terms_is_the_one_that_is_not_old(void)
{
    CHECK({LAI_CHAU_PLAN, .mentions = {NUMBER("KH", "941", "TW")}, .works = {"941-KH/TW~XIII"}},
          {LAI_CHAU_PLAN,
           .mentions = {NUMBER("KH", "941", "TW", .date = {1997, 5, 8}),
                        NUMBER("KH", "941", "TW", .date = {2021, 7, 8})},
           .works = {"941-KH/TW~VIII", "941-KH/TW~XIII"}});
}

static void an_open_citation_is_what_the_document_is_about(void)
{
    CHECK(
        {.metadata = {.place = (char *)"Lai Châu",
                      .date = {2010, 1, 1},
                      .title =
                          (char *)"nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức cơ sở đảng và chất "
                                  "lượng đội ngũ cán bộ, đảng viên đến năm 2015",
                      .level = ND_LEVEL_PROVINCIAL},
         .mentions = {OTHER(PLENUM, "NQ", "TW", .ordinal = "6", .term = "X"),
                      OTHER(PLENUM, "NQ", "TW", .ordinal = "7", .term = "X")},
         .works = {"22-NQ/TW~X", ""}});
}

static void a_local_term_follows_the_citation_that_gives_the_day(void)
{
    CHECK({LAI_CHAU_PLAN,
           .mentions = {NUMBER("NQ", "909", "TU", .term = "XIV"),
                        NUMBER("NQ", "909", "TU", .term = "XIV", .date = {2018, 8, 2}),
                        NUMBER("NQ", "910", "TU", .term = "XIV")},
           .works = {"909-NQ/TU~2018@LAI-CHAU", "909-NQ/TU~2018@LAI-CHAU", "910-NQ/TU~XIV@LAI-CHAU"}});
}

static void a_renamed_province_keeps_the_works_of_its_old_name(void)
{
    CHECK({.metadata = {.place = (char *)"Huế", .date = {2026, 1, 1}, .level = ND_LEVEL_PROVINCIAL},
           .mentions = {NUMBER("QĐ", "13", "TU", .date = {2018, 10, 8})},
           .works = {"13-QĐ/TU~2018@THUA-THIEN-HUE"}});
}

/* A document of Lai Châu that is itself the decision or regulation of that number. */
#define LAI_CHAU(word, n, ...)                                                                               \
    .metadata = {.type = (char *)"QĐ",                                                                       \
                 .type_word = word,                                                                          \
                 .number = (char *)(n),                                                                      \
                 .issuer = (char *)"TU",                                                                     \
                 .place = (char *)"Lai Châu",                                                                \
                 .level = ND_LEVEL_PROVINCIAL,                                                               \
                 .date = __VA_ARGS__}

static void a_decision_and_a_regulation_of_one_number_are_two_works(void)
{
    CHECK({LAI_CHAU_PLAN,
           .mentions = {NUMBER("QĐ", "08", "TW", .type_word = "Quyết định", .date = {2016, 3, 5}),
                        NUMBER("QĐ", "08", "TW", .type_word = "Quy định", .date = {2018, 10, 25}),
                        NUMBER("QĐ", "08", "TW", .type_word = "Quy định"),
                        NUMBER("QĐ", "08", "TW", .type_word = "Quyết định"),
                        NUMBER("QĐi", "08", "TW", .date = {2018, 10, 25})},
           .works = {"08-QĐ/TW~XII", "08-QĐi/TW~XII", "08-QĐi/TW~XII", "08-QĐ/TW~XII", "08-QĐi/TW~XII"}},
          {LAI_CHAU_PLAN,
           .mentions = {NUMBER("QĐ", "13", "TU", .type_word = "Quy định", .date = {2018, 0, 0}),
                        NUMBER("QĐ", "13", "TU", .type_word = "Quyết định", .date = {2018, 0, 0})},
           .works = {"13-QĐi/TU~2018@LAI-CHAU", "13-QĐ/TU~2018@LAI-CHAU"}},
          {LAI_CHAU("Quy định", "13", {2018, 10, 8})}, {LAI_CHAU("Quyết định", "13", {2018, 2, 1})});
}

static void a_code_alone_means_the_one_kind_that_is_known(void)
{
    CHECK({LAI_CHAU("Quy định", "13", {2018, 10, 8})}, {LAI_CHAU("Quyết định", "14", {2018, 10, 8})},
          {LAI_CHAU_PLAN,
           .mentions = {NUMBER("QĐ", "13", "TU", .date = {2018, 10, 8}),
                        NUMBER("QĐ", "14", "TU", .date = {2018, 10, 8}), NUMBER("QĐ", "13", "TU"),
                        NUMBER("QĐ", "15", "TU", .date = {2018, 10, 8})},
           .works = {"13-QĐi/TU~2018@LAI-CHAU", "14-QĐ/TU~2018@LAI-CHAU", "13-QĐi/TU~2018@LAI-CHAU",
                     "15-QĐ/TU~2018@LAI-CHAU"}});
}

static void a_code_of_two_kinds_stays_open_where_no_word_tells(void)
{
    CHECK({LAI_CHAU("Quy định", "13", {2018, 10, 8})}, {LAI_CHAU("Quyết định", "13", {2018, 2, 1})},
          {LAI_CHAU_PLAN,
           .mentions = {NUMBER("QĐ", "13", "TU", .date = {2018, 0, 0}), NUMBER("QĐ", "13", "TU")},
           .works = {"", ""}},
          /* the day tells */
          {LAI_CHAU_PLAN, .mentions = {NUMBER("QĐ", "13", "TU", .date = {2018, 10, 8})},
           .works = {"13-QĐi/TU~2018@LAI-CHAU"}});
}

static void one_kind_is_never_taken_for_the_other(void)
{
    CHECK({LAI_CHAU("Quyết định", "13", {2018, 2, 1})},
          {LAI_CHAU_PLAN,
           .mentions = {NUMBER("QĐ", "13", "TU", .type_word = "Quy định"),
                        NUMBER("QĐ", "13", "TU", .type_word = "Quy định", .date = {2019, 2, 1})},
           .works = {"13-QĐi/TU~2019@LAI-CHAU", "13-QĐi/TU~2019@LAI-CHAU"}},
          {.metadata = {.place = (char *)"Lai Châu", .level = ND_LEVEL_PROVINCIAL, .date = {2018, 9, 1}},
           .mentions = {NUMBER("QĐ", "13", "TU", .type_word = "Quy định")},
           .works = {""}});
}

static void a_slip_of_the_word_does_not_hide_the_document_of_that_day(void)
{
    CHECK({LAI_CHAU("Quy định", "13", {2018, 10, 8})},
          {LAI_CHAU(NULL, "17", {2018, 10, 9})}, /* its header does not say which kind it is */
          {LAI_CHAU_PLAN,
           .mentions = {NUMBER("QĐ", "13", "TU", .type_word = "Quyết định", .date = {2018, 10, 8}),
                        NUMBER("QĐ", "13", "TU", .type_word = "Quyết định", .date = {2018, 10, 9}),
                        NUMBER("QĐ", "17", "TU", .type_word = "Quy định", .date = {2018, 10, 9}),
                        NUMBER("QĐ", "47", "TW", .type_word = "Quyết định", .date = {2011, 11, 1}),
                        NUMBER("QĐ", "37", "TW", .type_word = "Quyết định", .term = "XIII",
                               .subject = "những điều đảng viên không được làm")},
           .works = {"13-QĐi/TU~2018@LAI-CHAU", "13-QĐ/TU~2018@LAI-CHAU", "17-QĐ/TU~2018@LAI-CHAU",
                     "47-QĐi/TW~XI", "37-QĐi/TW~XIII"}});
}

static void what_is_told_of_an_open_citation_is_kept(void)
{
    static const struct sheet sheet = {.metadata = {.level = ND_LEVEL_PROVINCIAL, .date = {2022, 12, 1}},
                                       .mentions = {OTHER(PLENUM, "NQ", "TW", .ordinal = "6", .term = "X"),
                                                    NUMBER("QĐ", "13", "TU", .date = {2018, 10, 8})},
                                       .works = {"", ""}};
    nd_auto(nd_resolver) resolver = nd_resolver_new();
    nd_auto(nd_mentions) mentions = mentions_of(&sheet);
    nd_resolver_add(resolver, 1, &sheet.metadata, mentions);
    g_assert_true(nd_resolver_run(resolver, NULL));
    g_assert_cmpstr(nd_resolver_mention(resolver, 1, 0)->told, ==, "NQ-TW6~X");
    g_assert_cmpstr(nd_resolver_mention(resolver, 1, 1)->told, ==, "13-QĐ/TU~2018@?");
}

static void the_subject_singles_out_a_resolution_of_a_plenum(void)
{
    CHECK({LAI_CHAU_PLAN,
           .mentions = {OTHER(PLENUM, "NQ", "TW", .ordinal = "5", .term = "IX",
                              .subject = "đổi mới và nâng cao chất lượng hệ thống chính trị ở cơ sở"),
                        OTHER(PLENUM, "NQ", "TW", .ordinal = "6", .term = "X")},
           .works = {"17-NQ/TW~IX", ""}});
}

static void a_plenum_is_learned_from_a_document_that_says_both(void)
{
    CHECK({LAI_CHAU_PLAN, .mentions = {OTHER(PLENUM, "BC", "TW", .ordinal = "3", .term = "XIII")},
           .works = {"931-BC/TW~XIII"}},
          {TRA_VINH_PLAN,
           .mentions = {NUMBER("BC", "931", "TW", .ordinal = "3", .term = "XIII", .date = {2021, 7, 8})},
           .works = {""}}, /* for this one it lies in the future */
          {.metadata = {.place = (char *)"Sơn La", .date = {2023, 1, 1}, .level = ND_LEVEL_PROVINCIAL},
           .mentions = {NUMBER("BC", "931", "TW", .ordinal = "3", .term = "XIII", .date = {2021, 7, 8})},
           .works = {"931-BC/TW~XIII"}});
}

static void a_name_means_the_work_in_force_on_the_day(void)
{
    CHECK({TRA_VINH_PLAN,
           .mentions = {OTHER(LAW, "LUAT", "QH", .name = "Đất đai"),
                        OTHER(LAW, "LUAT", "QH", .name = "Viên chức"),
                        OTHER(NAMED, "QĐ", "TW", .name = "những điều đảng viên không được làm")},
           .works = {"13/2003/QH11", "58/2010/QH12", "47-QĐi/TW~XI"}},
          {LAI_CHAU_PLAN,
           .mentions = {OTHER(LAW, "LUAT", "QH", .name = "đất đai"),
                        OTHER(LAW, "LUAT", "QH", .name = "Đất đai", .date = {2003, 0, 0}),
                        OTHER(NAMED, "QĐ", "TW", .name = "về những điều Đảng viên không được làm")},
           .works = {"45/2013/QH13", "13/2003/QH11", "37-QĐi/TW~XIII"}});
}

/* Its number tells the year of a document that has lost its date: no law of a later year is meant. */
static void an_undated_document_cites_the_laws_of_its_year(void)
{
    CHECK({.metadata = {.type = (char *)"TT",
                        .number = (char *)"10",
                        .issuer = (char *)"BTC",
                        .level = ND_LEVEL_CENTRAL,
                        .year = 2012},
           .mentions = {OTHER(LAW, "LUAT", "QH", .name = "Đất đai"),
                        OTHER(LAW, "LUAT", "QH", .name = "Đầu tư")},
           .works = {"13/2003/QH11", "59/2005/QH11"}},
          {.metadata = {.type = (char *)"TT",
                        .number = (char *)"11",
                        .issuer = (char *)"BTC",
                        .level = ND_LEVEL_CENTRAL,
                        .year = 2022},
           .mentions = {OTHER(LAW, "LUAT", "QH", .name = "Đất đai"),
                        OTHER(LAW, "LUAT", "QH", .name = "Đầu tư")},
           .works = {"45/2013/QH13", "61/2020/QH14"}});
}

static void the_rules_that_a_decision_puts_in_force_go_by_their_name(void)
{
    CHECK({TRA_VINH_PLAN,
           .mentions = {OTHER(NAMED, "QC", "TW", .name = "bầu cử trong Đảng"),
                        OTHER(NAMED, "QĐ", "TW", .name = "Quy chế bầu cử trong Đảng")},
           .works = {"220-QĐ/TW~X", "220-QĐ/TW~X"}},
          {LAI_CHAU_PLAN, .mentions = {OTHER(NAMED, "QC", "TW", .name = "bầu cử trong Đảng")},
           .works = {"244-QĐ/TW~XI"}});
}

static void the_title_in_capitals_names_what_the_text_dates(void)
{
    CHECK({LAI_CHAU_PLAN,
           .mentions = {OTHER(LAW, "LUAT", "QH", .name = "ĐẤT ĐAI"),
                        OTHER(LAW, "LUAT", "QH", .name = "Đất đai", .date = {2003, 0, 0})},
           .works = {"13/2003/QH11", "13/2003/QH11"}});
}

static void working_rules_are_those_of_one_term(void)
{
    CHECK({LAI_CHAU_PLAN,
           .mentions = {OTHER(NAMED, "QC", "TW", .name = "làm việc của Bộ Chính trị", .term = "XII"),
                        OTHER(NAMED, "QC", "TW", .name = "làm việc của Bộ Chính trị", .term = "XIII")},
           .works = {"QC-LAM-VIEC-CUA-BO-CHINH-TRI~XII", "QC-LAM-VIEC-CUA-BO-CHINH-TRI~XIII"}});
}

static void a_name_is_learned_from_a_document_that_gives_the_number(void)
{
    CHECK({LAI_CHAU_PLAN, .mentions = {OTHER(LAW, "LUAT", "QH", .name = "Thử nghiệm sản phẩm mới")},
           .works = {"901/2019/QH14"}},
          {.metadata = {.level = ND_LEVEL_CENTRAL, .date = {2020, 1, 1}},
           .mentions = {OTHER(LAW, "LUAT", "QH", .number = "901", .year = 2019, .term = "QH14",
                              .name = "thử nghiệm sản phẩm mới")},
           .works = {"901/2019/QH14"}});
}

static void congresses_are_told_by_number_and_committee(void)
{
    CHECK({LAI_CHAU_PLAN,
           .mentions = {OTHER(CONGRESS, "NQ", "DH", .ordinal = "XI"),
                        OTHER(CONGRESS, "NQ", "TINH", .ordinal = "XV"),
                        OTHER(CONGRESS, "NQ", "ĐUK", .ordinal = "I"), OTHER(CONGRESS, "NQ", "DH")},
           .works = {"NQ-DH-XI", "NQ-DH-XV@LAI-CHAU", "NQ-DH-I-ĐUK@LAI-CHAU", ""}});
}

static void events_are_told_in_words(void)
{
    static const struct {
        struct nd_event event;
        const char *key, *title;
    } cases[] = {
        {{.type = "NQ", .ordinal = "XIII"}, "NQ-DH-XIII", "Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"},
        {{.type = "NQ", .ordinal = "XV", .place = "LAI-CHAU"},
         "NQ-DH-XV@LAI-CHAU",
         "Đại hội đại biểu Đảng bộ lần thứ XV, Lai Châu"},
        {{.type = "NQ", .ordinal = "I", .issuer = "ĐUK", .place = "LAI-CHAU"},
         "NQ-DH-I-ĐUK@LAI-CHAU",
         "Đại hội lần thứ I Đảng ủy Khối, Lai Châu"},
        {{.type = "NQ", .ordinal = "XX", .issuer = "HU", .place = "TRA-VINH", .unit = "CANG-LONG"},
         "NQ-DH-XX-HU@TRA-VINH/CANG-LONG",
         "Đại hội lần thứ XX Huyện ủy, Trà Vinh"},
        {{.type = "BC", .ordinal = "XII", .issuer = "TLĐ"},
         "BC-DH-XII-TLĐ",
         "Đại hội lần thứ XII Tổng Liên đoàn Lao động Việt Nam"},
        {{.type = "NQ", .ordinal = "4", .term = "XII"},
         "NQ-TW4~XII",
         "Hội nghị lần thứ 4 Ban Chấp hành Trung ương khóa XII"},
        {{.type = "NQ", .ordinal = "9", .issuer = "TU", .term = "XV", .place = "LAI-CHAU"},
         "NQ-HN9-TU~XV@LAI-CHAU",
         "Hội nghị lần thứ 9 Tỉnh ủy khóa XV, Lai Châu"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct nd_event event;
        g_autofree char *key = nd_event_key(&cases[i].event);
        g_assert_cmpstr(key, ==, cases[i].key);
        g_assert_true(nd_event_parse(key, &event));
        g_autofree char *again = nd_event_key(&event);
        g_assert_cmpstr(again, ==, cases[i].key);
        g_autofree char *title = nd_event_title(&event);
        g_assert_cmpstr(title, ==, cases[i].title);
    }
    static const char *const others[] = {
        "21-NQ/TW~XIII", "LUAT-DU-HOC", "13-TWI/TU~2018@LAI-CHAU", "document:0123456789ab", "NQ-DH-",
        "NQ-TW~XII",     "QC-TW4"};
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autofree char *copy = g_strdup(others[i]);
        struct nd_event event;
        g_assert_false(nd_event_parse(copy, &event));
        g_assert_cmpstr(copy, ==, others[i]);
    }
}

static void committees_below_the_province_need_their_name(void)
{
    CHECK({LAI_CHAU_PLAN,
           .mentions = {NUMBER("KH", "05", "HU", .date = {2021, 3, 1},
                               .body = "Ban Thường vụ Huyện ủy Tam Đường"),
                        NUMBER("KH", "06", "HU", .date = {2021, 3, 1}),
                        NUMBER("TTr", "03", "ĐU", .date = {2021, 3, 1}, .body = "Đảng ủy Chính phủ")},
           .works = {"05-KH/HU~2021@LAI-CHAU/TAM-DUONG", "", "03-TTr/ĐU~2021@CHINH-PHU"}});
}

static void a_council_of_the_centre_belongs_to_no_province(void)
{
    CHECK({LAI_CHAU_PLAN,
           .mentions = {NUMBER("KH", "16", "HĐTĐKT", .date = {2021, 8, 31},
                               .body = "Hội đồng Thi đua - Khen thưởng Trung ương"),
                        NUMBER("KH", "17", "HĐTĐKT", .date = {2021, 8, 31},
                               .body = "Hội đồng Thi đua - Khen thưởng tỉnh")},
           .works = {"16/KH-HĐTĐKT~2021@TRUNG-UONG", "17/KH-HĐTĐKT~2021@LAI-CHAU"}});
}

/* A district's plan carries out what its province decided: their people's committees share a code. */
static void a_body_of_the_province_is_not_the_districts(void)
{
#define TAN_YEN(...)                                                                                         \
    .metadata = {.type = (char *)"KH",                                                                       \
                 .number = (char *)"45",                                                                     \
                 .place = (char *)"Bắc Giang",                                                               \
                 .place_line = (char *)"Tân Yên",                                                            \
                 .level = ND_LEVEL_DISTRICT,                                                                 \
                 .date = {2019, 3, 12},                                                                      \
                 __VA_ARGS__}
#define ON .date = {2019, 2, 1}
    CHECK({TAN_YEN(.issuer = (char *)"UBND"),
           .mentions = {NUMBER("KH", "66", "UBND", ON, .body = "Ủy ban nhân dân tỉnh"),
                        NUMBER("QĐ", "88", "UBND", ON, .body = "Chủ tịch UBND tỉnh"),
                        NUMBER("KH", "12", "UBND", ON, .body = "UBND tỉnh Bắc Giang", .place = "Bắc Giang"),
                        NUMBER("KH", "13", "UBND", ON, .body = "UBND huyện"), NUMBER("KH", "14", "UBND", ON),
                        NUMBER("KH", "55", "TU", ON, .body = "Ban Thường vụ Tỉnh ủy")},
           .works = {"66/KH-UBND~2019@BAC-GIANG", "88/QĐ-UBND~2019@BAC-GIANG", "12/KH-UBND~2019@BAC-GIANG",
                     "13/KH-UBND~2019@BAC-GIANG/TAN-YEN", "14/KH-UBND~2019@BAC-GIANG/TAN-YEN",
                     "55-KH/TU~2019@BAC-GIANG"}},
          {TAN_YEN(.issuer = (char *)"BCĐ"),
           .mentions = {NUMBER("KH", "20", "BCĐ", ON, .body = "Ban Chỉ đạo tỉnh"),
                        NUMBER("KH", "21", "BCĐ", ON)},
           .works = {"20-KH/BCĐ~2019@BAC-GIANG", "21-KH/BCĐ~2019@BAC-GIANG/TAN-YEN"}},
          {TAN_YEN(.issuer = (char *)"BTCTU"), .mentions = {NUMBER("KH", "56", "TU", ON)},
           .works = {"56-KH/TU~2019@BAC-GIANG"}},
          {.metadata = {.issuer = (char *)"UBND",
                        .place = (char *)"Hà Nội",
                        .place_line = (char *)"Ba Vì",
                        .level = ND_LEVEL_DISTRICT,
                        .date = {2019, 3, 12}},
           .mentions = {NUMBER("KH", "30", "UBND", ON, .body = "UBND thành phố")},
           .works = {"30/KH-UBND~2019@HA-NOI"}},
          {.metadata = {.issuer = (char *)"UBND",
                        .place = (char *)"Lai Châu",
                        .place_line = (char *)"Lai Châu",
                        .level = ND_LEVEL_DISTRICT,
                        .date = {2019, 3, 12}},
           .mentions = {NUMBER("KH", "31", "UBND", ON, .body = "UBND thành phố")},
           .works = {"31/KH-UBND~2019@LAI-CHAU/LAI-CHAU"}});
#undef ON
#undef TAN_YEN
}

static void a_document_knows_its_own_work_and_an_absent_one_arrives(void)
{
    static const struct sheet citing = {LAI_CHAU_PLAN,
                                        .mentions = {NUMBER("QĐ", "13", "TU", .date = {2018, 10, 8})},
                                        .works = {"13-QĐ/TU~2018@LAI-CHAU"}};
    static const struct nd_metadata arriving = {.type = (char *)"QĐ",
                                                .number = (char *)"13",
                                                .issuer = (char *)"TU",
                                                .place = (char *)"Lai Châu",
                                                .level = ND_LEVEL_PROVINCIAL,
                                                .date = {2018, 10, 8}};
    nd_auto(nd_resolver) resolver = nd_resolver_new();
    nd_auto(nd_mentions) mentions = mentions_of(&citing);
    nd_auto(nd_mentions) none = nd_mentions_new();
    nd_resolver_add(resolver, 1, &citing.metadata, mentions);
    g_assert_true(nd_resolver_run(resolver, NULL));
    g_assert_cmpint(nd_resolver_mention(resolver, 1, 0)->outcome, ==, ND_OUTCOME_ABSENT);
    g_assert_cmpstr(nd_resolver_document_work(resolver, 1), ==, "15-KH/TU~2022@LAI-CHAU");
    nd_resolver_add(resolver, 2, &arriving, none);
    g_assert_true(nd_resolver_run(resolver, NULL));
    g_assert_cmpint(nd_resolver_mention(resolver, 1, 0)->outcome, ==, ND_OUTCOME_RESOLVED);
    g_assert_cmpstr(nd_resolver_document_work(resolver, 2), ==, "13-QĐ/TU~2018@LAI-CHAU");
}

static void open_mentions_keep_their_candidates(void)
{
    static const struct sheet sheet = {
        LAI_CHAU_PLAN, .mentions = {OTHER(PLENUM, "NQ", "TW", .ordinal = "6", .term = "X")}, .works = {""}};
    nd_auto(nd_resolver) resolver = nd_resolver_new();
    nd_auto(nd_mentions) mentions = mentions_of(&sheet);
    nd_resolver_add(resolver, 1, &sheet.metadata, mentions);
    g_assert_true(nd_resolver_run(resolver, NULL));
    const struct nd_resolution *got = nd_resolver_mention(resolver, 1, 0);
    g_assert_cmpint(got->outcome, ==, ND_OUTCOME_AMBIGUOUS);
    g_assert_true(g_strv_contains(got->candidates, "20-NQ/TW~X"));
    g_assert_true(g_strv_contains(got->candidates, "22-NQ/TW~X"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define CASE(name) g_test_add_func("/resolver/" #name, name)
    CASE(a_work_key_says_issuer_type_number_period_and_place);
    CASE(the_authority_file_uses_the_keys_that_identity_makes);
    CASE(titles_compare_by_their_syllables);
    CASE(one_code_in_two_terms_is_two_works);
    CASE(a_local_code_means_the_citing_documents_province);
    CASE(a_named_place_goes_before_the_citing_documents);
    CASE(no_province_is_guessed);
    CASE(after_a_merger_older_numbers_of_its_parts_stay_apart);
    CASE(a_repeat_follows_its_first_full_mention);
    CASE(a_plenum_without_a_term_follows_the_one_with_it);
    CASE(a_repeat_follows_the_nearest_of_two_full_mentions);
    CASE(a_code_without_period_is_learned_from_the_collection);
    CASE(a_code_of_two_terms_stays_open_without_a_period);
    CASE(what_nobody_knows_is_a_stub_of_the_citing_documents_time);
    CASE(nobody_cites_the_future);
    CASE(date_and_term_that_contradict_each_other_are_left_open);
    CASE(a_code_of_two_terms_is_the_one_that_is_not_old);
    CASE(an_open_citation_is_what_the_document_is_about);
    CASE(a_local_term_follows_the_citation_that_gives_the_day);
    CASE(a_renamed_province_keeps_the_works_of_its_old_name);
    CASE(a_decision_and_a_regulation_of_one_number_are_two_works);
    CASE(a_code_alone_means_the_one_kind_that_is_known);
    CASE(a_code_of_two_kinds_stays_open_where_no_word_tells);
    CASE(one_kind_is_never_taken_for_the_other);
    CASE(a_slip_of_the_word_does_not_hide_the_document_of_that_day);
    CASE(what_is_told_of_an_open_citation_is_kept);
    CASE(the_subject_singles_out_a_resolution_of_a_plenum);
    CASE(a_plenum_is_learned_from_a_document_that_says_both);
    CASE(a_name_means_the_work_in_force_on_the_day);
    CASE(an_undated_document_cites_the_laws_of_its_year);
    CASE(the_rules_that_a_decision_puts_in_force_go_by_their_name);
    CASE(the_title_in_capitals_names_what_the_text_dates);
    CASE(working_rules_are_those_of_one_term);
    CASE(a_name_is_learned_from_a_document_that_gives_the_number);
    CASE(congresses_are_told_by_number_and_committee);
    CASE(events_are_told_in_words);
    CASE(committees_below_the_province_need_their_name);
    CASE(a_council_of_the_centre_belongs_to_no_province);
    CASE(a_body_of_the_province_is_not_the_districts);
    CASE(a_document_knows_its_own_work_and_an_absent_one_arrives);
    CASE(open_mentions_keep_their_candidates);
    return g_test_run();
}
