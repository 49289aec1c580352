#include "analyzers/text/fold.h"
#include "analyzers/text/keystrokes.h"
#include "analyzers/text/tokenize.h"

typedef size_t fold_function(struct nd_str token, char out[ND_CAP_TERM_BYTES]);

static void assert_fold(fold_function *fold, const char *token, const char *key)
{
    char out[ND_CAP_TERM_BYTES];
    g_autofree char *got = g_strndup(out, fold(nd_str_from_c(token), out));
    g_assert_cmpstr(got, ==, key);
}

static void test_spellings_of_one_word_fold_to_one_key(void)
{
    static const char *const cases[][2] = {
        {"ĐẢNG", "đảng"}, {"kĩ", "kỹ"},     {"Kỹ", "kỹ"},       {"LÍ", "lý"},   {"mĩ", "mỹ"},
        {"sĩ", "sỹ"},     {"tỉ", "tỷ"},     {"hi", "hy"},       {"qui", "quy"}, {"quí", "quý"},
        {"quĩ", "quỹ"},   {"quít", "quýt"}, {"í", "ý"},         {"ỉ", "ỷ"},     {"tai", "tai"},
        {"tay", "tay"},   {"thui", "thui"}, {"thuy", "thuy"},   {"i", "i"},     {"thi", "thi"},
        {"vi", "vi"},     {"tin", "tin"},   {"QH14", "qh14"},   {"CB", "cb"},   {"lai", "lai"},
        {"bí", "bí"},     {"nghỉ", "nghỉ"}, {"quiét", "quyét"}, {"01", "1"},    {"007", "7"},
        {"0", "0"},       {"00", "0"},      {"10", "10"},       {"01a", "01a"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_fold(nd_fold, cases[i][0], cases[i][1]);
}

static void test_bare_keys_are_what_is_typed_without_accents(void)
{
    static const char *const cases[][2] = {
        {"Đảng", "dang"}, {"nghiêng", "nghieng"}, {"kĩ", "ky"},     {"qui", "quy"}, {"ƯỚC", "uoc"},
        {"Đ", "d"},       {"façade", "facade"},   {"QH14", "qh14"}, {"lí", "ly"},   {"tài", "tai"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_fold(nd_fold_bare, cases[i][0], cases[i][1]);
    g_assert_true(nd_is_bare(ND_STR("hoat")));
    g_assert_false(nd_is_bare(ND_STR("đang")));
}

static void test_a_beginning_may_be_of_a_longer_word(void)
{
    static const char *const cases[][2] = {
        {"ki", "ki"}, {"KI", "ki"}, {"qui", "quy"}, {"đả", "đả"}, {"Lí", "lí"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_fold(nd_fold_beginning, cases[i][0], cases[i][1]);
}

/* What the keys make; "" for words that are none. */
static void test_keys_of_an_input_method_are_read(void)
{
    static const char *const cases[][2] = {
        {"ddangr", "đảng"},
        {"dangrd", "đảng"},
        {"ddaangr", "đẩng"},
        {"vieen", "viên"},
        {"vieetj", "việt"},
        {"vietje", "việt"},
        {"tieengs", "tiếng"},
        {"nguwowif", "người"},
        {"nguoiwf", "người"},
        {"dduwowngf", "đường"},
        {"dduongwf", "đường"},
        {"hoatj", "hoạt"},
        {"quyeets", "quyết"},
        {"hoaf", "hòa"},
        {"thuyr", "thủy"},
        {"quys", "quý"},
        {"bieeru", "biểu"},
        {"giaays", "giấy"},
        {"tw", ""},
        {"d9a3ng", "đảng"},
        {"d9ang3", "đảng"},
        {"vie6n", "viên"},
        {"vie65t", "việt"},
        {"d9u7o7ng2", "đường"},
        {"d9uong72", "đường"},
        {"can1", "cán"},
        {"bo65", "bộ"},
        {"a8n", "ăn"},
        {"dang", ""},
        {"data", ""},
        {"week", ""},
        {"class", ""},
        {"qh14", ""},
        {"covid19", ""},
        {"zzz", ""},
        {"f", ""},
        {"đảng", ""},
        {"hoat", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_fold(nd_read_keystrokes, cases[i][0], cases[i][1]);
}

static void test_a_long_token_is_cut_at_a_character(void)
{
    g_autoptr(GString) token = g_string_new("x");
    for (unsigned i = 0; i < 300; i++)
        g_string_append(token, "ệ");
    char out[ND_CAP_TERM_BYTES];
    g_assert_cmpuint(nd_fold((struct nd_str){token->str, token->len}, out), ==, 199);
    g_assert_cmpuint(nd_fold_bare((struct nd_str){token->str, token->len}, out), ==, ND_CAP_TERM_BYTES);
}

static void test_vietnamese_syllables_are_told_from_foreign_words(void)
{
    static const struct {
        const char *word;
        bool syllable, proper;
    } cases[] = {
        {"đảng", true, true},
        {"nghiêng", true, true},
        {"hoạt", true, true},
        {"hoat", true, false},
        {"họat", true, false},
        {"hoàt", true, false},
        {"quý", true, true},
        {"khuỷu", true, true},
        {"gì", true, true},
        {"giếng", true, true},
        {"giá", true, true},
        {"gía", true, false},
        {"quốc", true, true},
        {"quyển", true, true},
        {"thuở", true, true},
        {"úy", true, true},
        {"ỷ", true, true},
        {"đ", false, false},
        {"kỹ", true, true},
        {"ngoằn", true, true},
        {"khuya", true, true},
        {"của", true, true},
        {"cuả", true, false},
        {"người", true, true},
        {"viêt", true, false},
        {"duoc", true, false},
        {"nghành", false, false},
        {"computer", false, false},
        {"resolution", false, false},
        {"school", false, false},
        {"plan", false, false},
        {"party", false, false},
        {"21", false, false},
        {"zalo", false, false},
        {"fax", false, false},
        {"web", false, false},
        {"can", true, true},
        {"the", true, true},
        {"", false, false},
        {"ngh", false, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct nd_str word = nd_str_from_c(cases[i].word);
        if (nd_is_syllable(word) != cases[i].syllable || nd_is_proper_syllable(word) != cases[i].proper)
            g_error("%s is judged wrong", cases[i].word);
    }
}

static void test_a_misplaced_tone_is_put_right(void)
{
    static const char *const cases[][2] = {
        {"họat", "hoạt"}, {"cuả", "của"},       {"gía", "giá"}, {"tòan", "toàn"},
        {"qúy", "quý"},   {"nghịêp", "nghiệp"}, {"hoạt", ""},   {"của", ""},
        {"computer", ""}, {"hoat", ""},         {"hòat", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_fold(nd_repair_tone, cases[i][0], cases[i][1]);
}

static void test_text_is_cut_into_words_and_numbers(void)
{
    static const struct {
        const char *text;
        const char *tokens; /* joined by '|'; numbers marked with # */
    } cases[] = {
        {"", ""},
        {" \n-–", ""},
        {"Nghị quyết số 21-NQ/TW", "Nghị|quyết|số|#21|NQ|TW"},
        {"sinh hoạt\n- chuyên đề", "sinh|hoạt|chuyên|đề"},
        {"30/2020/NĐ-CP, QH14; khoản 3a", "#30|#2020|NĐ|CP|QH14|khoản|#3a"},
        {"“Đảng”×2÷ƠƯ", "Đảng|#2|ƠƯ"},
        {"中文 ок", "中|文|ок"},
        {"a_b\u00b7c\ue000d", "a|b|c|d"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct nd_tokenizer tokenizer;
        struct nd_token token;
        g_autoptr(GString) got = g_string_new(NULL);
        uint32_t position = 0;
        nd_tokenizer_init(&tokenizer, nd_str_from_c(cases[i].text));
        while (nd_tokenizer_next(&tokenizer, &token)) {
            g_assert_cmpuint(token.position, ==, ++position);
            g_string_append_printf(got, "%s%s%.*s", got->len ? "|" : "",
                                   token.kind == ND_TOKEN_NUMBER ? "#" : "", (int)(token.end - token.start),
                                   cases[i].text + token.start);
        }
        g_assert_cmpstr(got->str, ==, cases[i].tokens);
        g_assert_false(nd_tokenizer_next(&tokenizer, &token));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fold/spellings-of-one-word-fold-to-one-key",
                    test_spellings_of_one_word_fold_to_one_key);
    g_test_add_func("/fold/bare-keys-are-what-is-typed-without-accents",
                    test_bare_keys_are_what_is_typed_without_accents);
    g_test_add_func("/fold/a-beginning-may-be-of-a-longer-word", test_a_beginning_may_be_of_a_longer_word);
    g_test_add_func("/fold/keys-of-an-input-method-are-read", test_keys_of_an_input_method_are_read);
    g_test_add_func("/fold/a-long-token-is-cut-at-a-character", test_a_long_token_is_cut_at_a_character);
    g_test_add_func("/fold/vietnamese-syllables-are-told-from-foreign-words",
                    test_vietnamese_syllables_are_told_from_foreign_words);
    g_test_add_func("/fold/a-misplaced-tone-is-put-right", test_a_misplaced_tone_is_put_right);
    g_test_add_func("/tokenize/text-is-cut-into-words-and-numbers", test_text_is_cut_into_words_and_numbers);
    return g_test_run();
}
