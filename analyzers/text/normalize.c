#include "analyzers/text/normalize.h"

#include "analyzers/text/edits.h"
#include "analyzers/text/letters.h"
#include "base/caps.h"
#include "base/utf8.h"

/*
 * Nearly all text is composed already and needs nothing but, now and then, a tone mark moved. So the scan
 * below only asks of each lead byte whether a character that starts with it could need work; a word in which
 * one does is handed to normalize_word.c as a whole.
 */

enum verdict {
    CLEAN,
    SPACE,    /* a space or line break in disguise */
    WORD,     /* look at the whole word */
    NEW_TONE, /* a vowel whose tone the other school writes on the letter before it */
};

/* What a lead byte can begin, the commonest first. */
enum lead {
    PLAIN,
    LATIN_C2,
    LATIN_C3,
    LATIN_C6,
    LATIN_C9,
    LATIN_E1,
    PUNCTUATION,
    KANA,
    COMPATIBILITY,
    SUSPECT
};

static const uint8_t leads[256] = {
    [0xc2] = LATIN_C2,         [0xc3] = LATIN_C3,    [0xc6] = LATIN_C6, [0xc9] = LATIN_C9,
    [0xe1] = LATIN_E1,         [0xe2] = PUNCTUATION, [0xe3] = KANA,     [0xef] = COMPATIBILITY,
    [0xcc ... 0xdf] = SUSPECT, [0xe0] = SUSPECT,     [0xea] = SUSPECT,  [0xf0 ... 0xf4] = SUSPECT,
};

static bool is_attached(uint32_t c)
{
    return nd_char_is_mark(c) || nd_char_is_ignorable(c);
}

static enum verdict check(struct nd_str s, size_t i, size_t done);

/* Whether the vowel at byte i, toned and not the first letter, ends its syllable as the second of oa, oe, uy
 * (but not quy): where "hoà" writes the tone and "hòa" does not. docs/vietnamese.md, "Tone placement". */
static enum verdict check_tone(struct nd_str s, size_t i, size_t done)
{
    if (i == done)
        return CLEAN;
    const char before = s.p[i - 1] | 0x20;
    if (before != 'o' && before != 'u')
        return CLEAN;
    size_t length;
    struct nd_vowel_letter letter;
    if (!nd_vowel_letter_parse(nd_utf8_decode(s, i, &length), &letter) || letter.tone == ND_TONE_LEVEL)
        return CLEAN;
    if (before == 'o' ? letter.vowel != ND_VOWEL_A && letter.vowel != ND_VOWEL_E : letter.vowel != ND_VOWEL_Y)
        return CLEAN;
    if (before == 'u' && i >= 2 && (s.p[i - 2] | 0x20) == 'q')
        return CLEAN;
    if (i + length == s.n)
        return NEW_TONE;
    size_t next_length;
    const uint32_t next = nd_utf8_decode(s, i + length, &next_length);
    if (next >= 0x80 && check(s, i + length, done) == WORD)
        return WORD; /* what comes next may vanish or turn into letters */
    return nd_char_is_letter(next) ? CLEAN : NEW_TONE;
}

static enum verdict check_suspect(struct nd_str s, size_t i)
{
    size_t length;
    return nd_char_space(nd_utf8_decode(s, i, &length)) ? SPACE : WORD;
}

static enum verdict check(struct nd_str s, size_t i, size_t done)
{
    const uint8_t *p = (const uint8_t *)s.p + i;
    switch ((enum lead)leads[p[0]]) {
    case PLAIN:
        return CLEAN;
    case LATIN_C2:
        return p[1] == 0xa0 || p[1] == 0xad || p[1] == 0x85 ? check_suspect(s, i) : CLEAN;
    case LATIN_C3:
        return p[1] == 0x90 || p[1] == 0xb0 ? WORD : check_tone(s, i, done); /* Ð ð */
    case LATIN_C6:
        return p[1] == 0x89 ? WORD : CLEAN; /* Ɖ */
    case LATIN_C9:
        return p[1] == 0x96 ? WORD : CLEAN; /* ɖ */
    case LATIN_E1:
        if (p[1] == 0xba || p[1] == 0xbb)
            return check_tone(s, i, done);
        return p[1] == 0xb8 || p[1] == 0xb9 ? CLEAN : check_suspect(s, i);
    case PUNCTUATION:
        if (p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0xa7)
            return CLEAN; /* dashes, quotation marks, bullets */
        return p[1] <= 0x81 || p[1] == 0x84 || p[1] == 0x85 || p[1] == 0x8c || p[1] == 0xab
                   ? check_suspect(s, i)
                   : CLEAN;
    case KANA:
        return p[1] <= 0x83 ? check_suspect(s, i) : CLEAN;
    case COMPATIBILITY:
        return p[1] >= 0xa4 ? WORD : CLEAN;
    case SUSPECT:
        break;
    }
    return check_suspect(s, i);
}

static bool is_word_character(uint32_t c)
{
    return nd_char_is_letter(c) || nd_char_is_digit(c) || nd_char_is_ignorable(c);
}

/* The start of the word that byte i lies in: back over what is still untouched. A mark finds its base,
 * whatever that is; any other character that makes no words starts a new one. */
static size_t word_start(struct nd_str s, size_t i, size_t done)
{
    size_t start = i, length;
    uint32_t after = nd_utf8_decode(s, i, &length);
    for (unsigned n = 0; start > done && n < ND_WORD_PART_CHARACTERS / 2; n++) {
        const size_t before = nd_utf8_floor(s, start - 1);
        const uint32_t c = nd_utf8_decode(s, before, &length);
        if (!is_attached(after) && !(is_word_character(after) && is_word_character(c)))
            break;
        start = before;
        after = c;
    }
    return start;
}

/* The end of the word around byte i, i included in any case. */
static size_t word_end(struct nd_str s, size_t start, size_t i)
{
    size_t end = start;
    for (unsigned n = 0; end < s.n && n < ND_WORD_PART_CHARACTERS + ND_WORD_PART_MARKS; n++) {
        size_t length;
        const uint32_t c = nd_utf8_decode(s, end, &length);
        if (end > i) {
            if (!is_attached(c) && (n >= ND_WORD_PART_CHARACTERS || !is_word_character(c)))
                break;
        }
        end += length;
    }
    return end;
}

/* ---- the fast scan ---- */

/* Sixteen bytes at a time, in GCC's and clang's vectors: every processor has something for them. */
typedef uint8_t bytes16 __attribute__((vector_size(16)));
enum { VECTOR = sizeof(bytes16) };

static inline bytes16 load(const uint8_t *p)
{
    bytes16 bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

static inline bytes16 equal(bytes16 bytes, uint8_t byte)
{
    return (bytes16)(bytes == byte);
}

/* 0xff where a character begins that `check` has to see, among the sixteen bytes at p, which have a neighbour
 * on either side. Composed Vietnamese letters that no o or u stands before are none. */
static inline bytes16 suspects(const uint8_t *p)
{
    const bytes16 lead = load(p), next = load(p + 1), before = load(p - 1) | 0x20;
    const bytes16 c3 = equal(lead, 0xc3), e1 = equal(lead, 0xe1);
    const bytes16 known = c3 | e1 | equal(lead, 0xc4) | equal(lead, 0xc6);
    const bytes16 tone_may_move = (c3 | e1) & (equal(before, 'o') | equal(before, 'u'));
    const bytes16 other = (c3 & (equal(next, 0x90) | equal(next, 0xb0))) |
                          (equal(lead, 0xc6) & equal(next, 0x89)) |
                          (e1 & ~(equal(next, 0xba) | equal(next, 0xbb)));
    return ((bytes16)(lead >= 0xc0) & ~known) | tone_may_move | other;
}

/* Byte i or a later one: nothing in between needs a look. */
static inline size_t skip_clean(const uint8_t *p, size_t i, size_t n)
{
    for (; i > 0 && i + VECTOR < n; i += VECTOR) {
        const bytes16 found = suspects(p + i);
        uint64_t halves[2];
        memcpy(halves, &found, sizeof halves);
        if ((halves[0] | halves[1]) == 0)
            continue;
        return halves[0] ? i + (size_t)__builtin_ctzll(GUINT64_FROM_LE(halves[0])) / 8
                         : i + 8 + (size_t)__builtin_ctzll(GUINT64_FROM_LE(halves[1])) / 8;
    }
    while (i < n && leads[p[i]] == PLAIN)
        i++;
    return i;
}

static void move_tone(struct nd_edit_list *list, size_t i)
{
    size_t length;
    struct nd_vowel_letter first, second;
    nd_vowel_letter_parse((uint8_t)list->source.p[i - 1], &first);
    nd_vowel_letter_parse(nd_utf8_decode(list->source, i, &length), &second);
    first.tone = second.tone;
    second.tone = ND_TONE_LEVEL;
    char text[8];
    size_t n = nd_utf8_encode(nd_vowel_letter_compose(first), text);
    n += nd_utf8_encode(nd_vowel_letter_compose(second), text + n);
    nd_edit_list_replace(list, i - 1, i + length, text, n);
}

void nd_normalize(struct nd_str source, struct nd_normalized *out)
{
    g_assert(source.n <= ND_CAP_TEXT_BYTES);
    struct nd_edit_list list = {.source = source};
    const uint8_t *p = (const uint8_t *)source.p;
    size_t i = 0;
    while ((i = skip_clean(p, i, source.n)) < source.n) {
        size_t length;
        const uint32_t c = nd_utf8_decode(source, i, &length);
        switch (check(source, i, list.done)) {
        case CLEAN:
            i += length;
            break;
        case SPACE: {
            const char space = nd_char_space(c);
            nd_edit_list_replace(&list, i, i + length, &space, 1);
            i += length;
            break;
        }
        case NEW_TONE:
            move_tone(&list, i);
            i += length;
            break;
        case WORD: {
            const size_t start = word_start(source, i, list.done);
            i = word_end(source, start, i);
            nd_normalize_word(&list, start, i);
            break;
        }
        }
    }
    nd_edit_list_finish(&list, out);
}
