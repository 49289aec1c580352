#include "analyzers/text/normalize.h"
#include "base/utf8.h"

#include <utf8proc.h>

static void test_one_text_has_one_spelling(void)
{
    static const struct {
        const char *source, *normal, *what;
    } cases[] = {
        {"", "", "nothing"},
        {"Nghị quyết số 21-NQ/TW", "Nghị quyết số 21-NQ/TW", "composed text stays"},
        {"\u0110a\u0309ng", "\u0110\u1ea3ng", "decomposed hook"},
        {"vie\u0323\u0302t", "vi\u1ec7t", "decomposed, canonical order"},
        {"vie\u0302\u0323t", "vi\u1ec7t", "decomposed, the other order"},
        {"vi\u00ea\u0323t", "vi\u1ec7t", "half decomposed: circumflex in the letter"},
        {"vi\u1eb9\u0302t", "vi\u1ec7t", "half decomposed: tone in the letter"},
        {"quy\u00e9\u0302t", "quy\u1ebft", "tone before circumflex, one class"},
        {"\u01b0\u01a1\u0301ng", "\u01b0\u1edbng", "windows-1258 order"},
        {"u\u031bo\u031b\u0301ng", "\u01b0\u1edbng", "combining horns"},
        {"a\u0341", "\u00e1", "deprecated tone mark"},
        {"\u00d0\u1ea3ng \u00f0o\u00e0n", "\u0110\u1ea3ng \u0111o\u00e0n", "eth for đ"},
        {"\u0189\u1ea3ng", "\u0110\u1ea3ng", "African d for đ"},
        {"d\u0335ang D\u0336\u1ea3ng", "\u0111ang \u0110\u1ea3ng", "combining stroke"},
        {"\u0421h\u0456 b\u1ed9", "Chi b\u1ed9", "Cyrillic in a Latin word"},
        {"Ngh\u1ecb quy\u0435\u0302\u0301t", "Ngh\u1ecb quy\u1ebft", "Cyrillic base, combining marks"},
        {"t\u1ed5 ch\u1ee9\u03f2", "t\u1ed5 ch\u1ee9c", "Greek in a Latin word"},
        {"\u041c\u043e\u0441\u043a\u0432\u0430", "\u041c\u043e\u0441\u043a\u0432\u0430",
         "a Russian word stays"},
        {"\u03b1\u03bb\u03c6\u03b1", "\u03b1\u03bb\u03c6\u03b1", "a Greek word stays"},
        {"x\u0436\u0430", "x\u0436\u0430", "a letter without Latin double keeps its word"},
        {"21-NQ/\u0422W", "21-NQ/TW", "Cyrillic in a code"},
        {"ho\u00e0 b\u00ecnh", "h\u00f2a b\u00ecnh", "oà"},
        {"KHO\u00c1 XIII", "KH\u00d3A XIII", "OÁ"},
        {"Thu\u00fd, th\u00f9y", "Th\u00fay, th\u00f9y", "uý is úy, and not ùy"},
        {"U\u1ef7 ban", "\u1ee6y ban", "uỷ"},
        {"u\u1ef3 lu\u1ef9 nhu\u1ef5", "\u00f9y l\u0169y nh\u1ee5y", "shorter and longer letters"},
        {"t\u1edd kho\u1ebb, xo\u00e8", "t\u1edd kh\u1ecfe, x\u00f2e", "oe"},
        {"kho\u1ebd", "kh\u00f5e", "three bytes become two"},
        {"qu\u00fd, Qu\u1ef9, QU\u00dd", "qu\u00fd, Qu\u1ef9, QU\u00dd", "u belongs to q"},
        {"ho\u00e0n to\u00e0n ho\u1ea1t", "ho\u00e0n to\u00e0n ho\u1ea1t", "a final consonant"},
        {"gi\u00e1 qu\u00e0 lo\u00e0i", "gi\u00e1 qu\u00e0 lo\u00e0i", "other rimes"},
        {"hoa\u0300 khoa\u0301", "h\u00f2a kh\u00f3a", "decomposed and old placement"},
        {"thuy\u0301", "th\u00fay", "decomposed uý"},
        {"quy\u0301", "qu\u00fd", "decomposed quý"},
        {"ho\u00e0\u00ad n", "h\u00f2a n", "invisible character after the tone"},
        {"ho\u00ad\u00e0", "h\u00f2a", "invisible character before the tone"},
        {"ho\u00e0\u00adn", "ho\u00e0n", "the word goes on after an invisible character"},
        {"ho\u00e0\u2019", "h\u00f2a\u2019", "quotation mark after the tone"},
        {"sinh\u00a0ho\u1ea1t\u2009chuy\u00ean\u3000\u0111\u1ec1", "sinh ho\u1ea1t chuy\u00ean \u0111\u1ec1",
         "spaces"},
        {"si\u00adnh ho\u200b\u1ea1t\ufeff", "sinh ho\u1ea1t",
         "soft hyphen, zero-width space, byte order mark"},
        {"a\u200b\u0301n", "\u00e1n", "a zero-width space between letter and mark"},
        {"\ufeffQuy ch\u1ebf", "Quy ch\u1ebf", "byte order mark at the start"},
        {"a\u2028b\xc2\x85"
         "c",
         "a\nb\nc", "line breaks in disguise"},
        {"\ufb01n \uff21\uff22 \u216b", "fin AB XII", "ligature, full width, Roman numeral"},
        {"m\u00b2 \u00bd", "m\u00b2 \u00bd", "superscripts and fractions stay"},
        {"a\r\n\tb  c \u2013 d", "a\r\n\tb  c \u2013 d", "white space and dashes stay"},
        {"=\u0338", "\u2260", "a mark on a symbol"},
        {"\u1112\u1161\u11ab", "\ud55c", "Hangul letters"},
        {"\u304b\u3099", "\u304c", "kana with a mark"},
        {"\u2126\u212b", "\u03a9\u00c5", "canonical singletons"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct nd_normalized normalized;
        nd_normalize(nd_str_from_c(cases[i].source), &normalized);
        g_autofree char *got = nd_str_dup(normalized.text);
        if (g_strcmp0(got, cases[i].normal) != 0)
            g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].normal);
        nd_normalized_clear(&normalized);
    }
}

static void test_clean_text_is_not_copied(void)
{
    const struct nd_str source = ND_STR("Đảng bộ tỉnh – “khóa XI”, quý I; Hòa Bình\n");
    struct nd_normalized normalized;
    nd_normalize(source, &normalized);
    g_assert_true(normalized.text.p == source.p && normalized.text.n == source.n);
    g_assert_null(normalized.buffer);
    g_assert_cmpuint(normalized.n_edits, ==, 0);
    nd_normalized_clear(&normalized);
}

static void test_ranges_map_back_to_the_source_characters_they_came_from(void)
{
    static const struct {
        const char *source, *find, *original;
    } cases[] = {
        {"số vie\u0323\u0302t nam", "việt", "vie\u0323\u0302t"},
        {"\ufeffQuy chế", "Quy", "Quy"},
        {"a\u00a0b", "b", "b"},
        {"tờ kho\u1ebd thật", "thật", "thật"},
        {"tờ kho\u1ebd thật", "kh\u00f5", "kho\u1ebd"}, /* the tone moved: both vowels are one edit */
        {"x si\u00adnh\u200b y", "sinh", "si\u00adnh"},
        {"x si\u00adnh\u200b y", "y", "y"},
        {"ba ho\u00e0.", "h\u00f2a", "ho\u00e0"},
        {"\u216b b", "XI", "\u216b"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct nd_normalized normalized;
        nd_normalize(nd_str_from_c(cases[i].source), &normalized);
        g_autofree char *text = nd_str_dup(normalized.text);
        const char *found = strstr(text, cases[i].find);
        g_assert_nonnull(found);
        const size_t start = (size_t)(found - text), end = start + strlen(cases[i].find);
        const size_t source_start = nd_normalized_source_start(&normalized, start);
        const size_t source_end = nd_normalized_source_end(&normalized, end);
        g_autofree char *original =
            nd_str_dup(nd_str_slice(nd_str_from_c(cases[i].source), source_start, source_end));
        g_assert_cmpstr(original, ==, cases[i].original);
        g_assert_cmpuint(nd_normalized_from_source(&normalized, source_start), <=, start);
        nd_normalized_clear(&normalized);
    }
}

static const uint32_t alphabet[] = {
    'a',    'o',    'u',   'y',     'q',     'h',   'n',    ' ',    '\n',   '-',    '1',    0xe0,   0xfd,
    0x1ebd, 0x1ef7, 0xf0,  0xd0,    0x300,   0x301, 0x302,  0x309,  0x31b,  0x323,  0x335,  'd',    0xa0,
    0xad,   0x200b, 0x430, 0x0442,  0x3b1,   0x436, 0x1112, 0x1161, 0x11a8, 0xfb03, 0x216b, 0x2028, 0xfeff,
    0x958,  0x338,  '=',   0x1d400, 0x1f600, 0x111, 0x110,  0x3042, 0x3099, 0x4e2d, 0x2019,
};

static struct nd_str random_text(GRand *random, char *buffer, unsigned n_characters)
{
    size_t n = 0;
    for (unsigned i = 0; i < n_characters; i++)
        n += nd_utf8_encode(alphabet[g_rand_int_range(random, 0, G_N_ELEMENTS(alphabet))], buffer + n);
    return (struct nd_str){buffer, n};
}

static void check_map(struct nd_str source, const struct nd_normalized *normalized)
{
    const struct nd_str text = normalized->text;
    size_t last_start = 0, last_end = 0;
    for (size_t i = 0; i <= text.n; i++) {
        const size_t start = nd_normalized_source_start(normalized, i);
        const size_t end = nd_normalized_source_end(normalized, i);
        g_assert_cmpuint(start, <=, source.n);
        g_assert_cmpuint(end, <=, source.n);
        g_assert_cmpuint(start, >=, last_start);
        g_assert_cmpuint(end, >=, last_end);
        last_start = start;
        last_end = end;
        if (i < text.n && nd_utf8_floor(text, i) == i) {
            size_t length;
            nd_utf8_decode(text, i, &length);
            g_assert_cmpuint(nd_utf8_floor(source, start), ==, start);
            const size_t character_end = nd_normalized_source_end(normalized, i + length);
            g_assert_cmpuint(nd_utf8_floor(source, character_end), ==, character_end);
            g_assert_cmpuint(start, <, character_end);
        }
    }
    for (size_t i = 0; i <= source.n; i++)
        g_assert_cmpuint(nd_normalized_from_source(normalized, i), <=, text.n);
}

static void test_the_map_is_monotone_and_keeps_to_characters(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(21);
    char buffer[4 * 300];
    for (unsigned turn = 0; turn < 3000; turn++) {
        const struct nd_str source = random_text(random, buffer, (unsigned)g_rand_int_range(random, 0, 300));
        struct nd_normalized normalized;
        nd_normalize(source, &normalized);
        struct nd_str valid;
        g_assert_true(nd_utf8_check((struct nd_bytes){(const uint8_t *)normalized.text.p, normalized.text.n},
                                    &valid, NULL));
        check_map(source, &normalized);
        nd_normalized_clear(&normalized);
    }
}

static void assert_same(struct nd_str a, struct nd_str b, const char *source)
{
    if (nd_str_equal(a, b))
        return;
    g_autofree char *shown_source = g_strescape(source, NULL);
    g_autofree char *text_a = nd_str_dup(a), *text_b = nd_str_dup(b);
    g_autofree char *shown_a = g_strescape(text_a, NULL), *shown_b = g_strescape(text_b, NULL);
    g_error("%s: %s but %s", shown_source, shown_a, shown_b);
}

static void test_decomposed_and_composed_text_come_out_the_same(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(22);
    char buffer[4 * 20 + 1];
    for (unsigned turn = 0; turn < 20000; turn++) {
        const struct nd_str source = random_text(random, buffer, (unsigned)g_rand_int_range(random, 1, 20));
        buffer[source.n] = '\0';
        g_autofree char *composed = (char *)utf8proc_NFC((const utf8proc_uint8_t *)buffer);
        g_autofree char *decomposed = (char *)utf8proc_NFD((const utf8proc_uint8_t *)buffer);
        struct nd_normalized a, b, again;
        nd_normalize(nd_str_from_c(composed), &a);
        nd_normalize(nd_str_from_c(decomposed), &b);
        assert_same(a.text, b.text, composed);
        nd_normalize(a.text, &again);
        assert_same(a.text, again.text, composed);
        nd_normalized_clear(&again);
        nd_normalized_clear(&a);
        nd_normalized_clear(&b);
    }
}

static void test_long_runs_of_anything_take_linear_time(void)
{
    static const char *const units[] = {"\u0301", "a\u0323\u0302", "\u00ad",
                                        "\u0430", "o\u00e0",       "\u0301\u0323"};
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autoptr(GString) text = g_string_new("a");
        while (text->len < 1 << 20)
            g_string_append(text, units[i]);
        struct nd_normalized normalized;
        nd_normalize((struct nd_str){text->str, text->len}, &normalized);
        g_assert_cmpuint(normalized.text.n, <=, text->len);
        nd_normalized_clear(&normalized);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/normalize/one-text-has-one-spelling", test_one_text_has_one_spelling);
    g_test_add_func("/normalize/clean-text-is-not-copied", test_clean_text_is_not_copied);
    g_test_add_func("/normalize/ranges-map-back-to-the-source-characters-they-came-from",
                    test_ranges_map_back_to_the_source_characters_they_came_from);
    g_test_add_func("/normalize/the-map-is-monotone-and-keeps-to-characters",
                    test_the_map_is_monotone_and_keeps_to_characters);
    g_test_add_func("/normalize/decomposed-and-composed-text-come-out-the-same",
                    test_decomposed_and_composed_text_come_out_the_same);
    g_test_add_func("/normalize/long-runs-of-anything-take-linear-time",
                    test_long_runs_of_anything_take_linear_time);
    return g_test_run();
}
