#include "analyzers/text/tokenize.h"

#include "analyzers/text/letters.h"
#include "base/utf8.h"

enum byte_class {
    SEPARATOR,
    LETTER,
    DIGIT,
    LATIN_C3, /* À to ÿ, but × and ÷ are no letters */
    LATIN2,   /* two bytes, always a Latin letter */
    LATIN_E1, /* the Vietnamese letters of Latin Extended Additional, and others to be looked up */
    LOOK_UP,
};

static const uint8_t classes[256] = {
    ['0' ... '9'] = DIGIT,     ['A' ... 'Z'] = LETTER, ['a' ... 'z'] = LETTER,
    [0xc2] = LOOK_UP,          [0xc3] = LATIN_C3,      [0xc4 ... 0xc9] = LATIN2,
    [0xca ... 0xe0] = LOOK_UP, [0xe1] = LATIN_E1,      [0xe2 ... 0xf4] = LOOK_UP,
};

static bool is_ideograph(uint32_t c)
{
    return (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

enum { NO_TOKEN_CHARACTER, WORD_CHARACTER, DIGIT_CHARACTER, IDEOGRAPH };

/* What stands at byte i, and how long it is. */
static unsigned look(struct nd_str s, size_t i, size_t *length)
{
    const uint8_t *p = (const uint8_t *)s.p + i;
    switch ((enum byte_class)classes[p[0]]) {
    case SEPARATOR:
        *length = 1;
        return NO_TOKEN_CHARACTER;
    case LETTER:
        *length = 1;
        return WORD_CHARACTER;
    case DIGIT:
        *length = 1;
        return DIGIT_CHARACTER;
    case LATIN_C3:
        *length = 2;
        return p[1] == 0x97 || p[1] == 0xb7 ? NO_TOKEN_CHARACTER : WORD_CHARACTER;
    case LATIN2:
        *length = 2;
        return WORD_CHARACTER;
    case LATIN_E1:
        if (p[1] >= 0xb8 && p[1] <= 0xbb) {
            *length = 3;
            return WORD_CHARACTER;
        }
        break;
    case LOOK_UP:
        break;
    }
    const uint32_t c = nd_utf8_decode(s, i, length);
    if (is_ideograph(c))
        return IDEOGRAPH;
    return nd_char_is_letter(c) ? WORD_CHARACTER : nd_char_is_digit(c) ? DIGIT_CHARACTER : NO_TOKEN_CHARACTER;
}

/* Goes over letters and digits that can be told by a byte or two: nearly all there are. */
static inline size_t skip_plain(const uint8_t *p, size_t i, size_t n)
{
    while (i < n) {
        switch ((enum byte_class)classes[p[i]]) {
        case LETTER:
        case DIGIT:
            i++;
            continue;
        case LATIN2:
            i += 2;
            continue;
        case LATIN_C3:
            if (p[i + 1] == 0x97 || p[i + 1] == 0xb7)
                return i;
            i += 2;
            continue;
        case LATIN_E1:
            if (p[i + 1] < 0xb8 || p[i + 1] > 0xbb)
                return i;
            i += 3;
            continue;
        default:
            return i;
        }
    }
    return i;
}

void nd_tokenizer_init(struct nd_tokenizer *tokenizer, struct nd_str text)
{
    *tokenizer = (struct nd_tokenizer){.text = text};
}

bool nd_tokenizer_next(struct nd_tokenizer *tokenizer, struct nd_token *out)
{
    const struct nd_str s = tokenizer->text;
    size_t i = tokenizer->offset, length = 0;
    unsigned kind = NO_TOKEN_CHARACTER;
    while (i < s.n && (kind = look(s, i, &length)) == NO_TOKEN_CHARACTER)
        i += length;
    if (i >= s.n) {
        tokenizer->offset = s.n;
        return false;
    }
    const size_t start = i;
    i += length;
    while (kind != IDEOGRAPH && (i = skip_plain((const uint8_t *)s.p, i, s.n)) < s.n) {
        const unsigned next = look(s, i, &length);
        if (next == NO_TOKEN_CHARACTER || next == IDEOGRAPH)
            break;
        i += length;
    }
    tokenizer->offset = i;
    *out = (struct nd_token){.start = (uint32_t)start,
                             .end = (uint32_t)i,
                             .position = ++tokenizer->position,
                             .kind = kind == DIGIT_CHARACTER ? ND_TOKEN_NUMBER : ND_TOKEN_WORD};
    return true;
}
