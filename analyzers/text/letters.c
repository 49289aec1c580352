#include "analyzers/text/letters.h"

#include <utf8proc.h>

static const uint16_t lower_letters[ND_N_VOWELS][ND_N_TONES] = {
#define ND_VOWEL(name, plain, l0, l1, l2, l3, l4, l5, ...) {l0, l1, l2, l3, l4, l5},
#include "analyzers/text/vowels.def"
#undef ND_VOWEL
};

static const uint16_t upper_letters[ND_N_VOWELS][ND_N_TONES] = {
#define ND_VOWEL(name, plain, l0, l1, l2, l3, l4, l5, ...) {__VA_ARGS__},
#include "analyzers/text/vowels.def"
#undef ND_VOWEL
};

static const char plain_letters[ND_N_VOWELS] = {
#define ND_VOWEL(name, plain, ...) plain,
#include "analyzers/text/vowels.def"
#undef ND_VOWEL
};

/* The way back, by code point: 1 + tone + 6 * vowel, upper case 72 more; 0 for what is no vowel. */
enum { UPPER = ND_N_VOWELS * ND_N_TONES, TABLE_END = 0x1efa };
#define CELL(name, tone, case) (uint8_t)(1 + (tone) + ND_N_TONES * ND_VOWEL_##name + (case))

static const uint8_t cells[TABLE_END] = {
#define ND_VOWEL(name, plain, l0, l1, l2, l3, l4, l5, u0, u1, u2, u3, u4, u5)                                \
    [l0] = CELL(name, 0, 0), [l1] = CELL(name, 1, 0), [l2] = CELL(name, 2, 0), [l3] = CELL(name, 3, 0),      \
    [l4] = CELL(name, 4, 0), [l5] = CELL(name, 5, 0), [u0] = CELL(name, 0, UPPER),                           \
    [u1] = CELL(name, 1, UPPER), [u2] = CELL(name, 2, UPPER), [u3] = CELL(name, 3, UPPER),                   \
    [u4] = CELL(name, 4, UPPER), [u5] = CELL(name, 5, UPPER),
#include "analyzers/text/vowels.def"
#undef ND_VOWEL
};

bool nd_vowel_letter_parse(uint32_t c, struct nd_vowel_letter *out)
{
    if (c >= TABLE_END || cells[c] == 0)
        return false;
    const unsigned cell = cells[c] - 1u;
    out->upper = cell >= UPPER;
    out->vowel = cell % UPPER / ND_N_TONES;
    out->tone = cell % ND_N_TONES;
    return true;
}

uint32_t nd_vowel_letter_compose(struct nd_vowel_letter letter)
{
    return (letter.upper ? upper_letters : lower_letters)[letter.vowel][letter.tone];
}

char nd_vowel_plain(enum nd_vowel vowel)
{
    return plain_letters[vowel];
}

uint32_t nd_letter_lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

uint32_t nd_letter_bare(uint32_t c)
{
    c = nd_letter_lower(c);
    if (c < 0x80)
        return c;
    struct nd_vowel_letter letter;
    if (nd_vowel_letter_parse(c, &letter))
        return (uint32_t)(unsigned char)plain_letters[letter.vowel];
    if (c == 0x111) /* đ has no decomposition */
        return 'd';
    utf8proc_int32_t parts[4];
    int last_class = 0;
    const utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)c, parts, 4, UTF8PROC_DECOMPOSE, &last_class);
    return n > 1 && n <= 4 ? (uint32_t)parts[0] : c;
}

bool nd_char_is_ignorable(uint32_t c)
{
    return c == 0xad || c == 0x34f || c == 0x61c || c == 0x180e || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || (c >= 0xfe00 && c <= 0xfe0f) ||
           c == 0xfeff || (c >= 0xe0000 && c <= 0xe0fff);
}

char nd_char_space(uint32_t c)
{
    if (c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f || c == 0x3000)
        return ' ';
    return c == 0x85 || c == 0x2028 || c == 0x2029 ? '\n' : 0;
}

bool nd_char_is_mark(uint32_t c)
{
    if (c < 0x300)
        return false;
    const utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

bool nd_char_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    const utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

bool nd_char_is_digit(uint32_t c)
{
    if (c < 0x80)
        return c >= '0' && c <= '9';
    const utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
}
