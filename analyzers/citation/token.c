#include "analyzers/citation/token.h"
#include "analyzers/citation/lexicon.h"
#include "analyzers/data/data.h"

/* What a byte begins; the bytes of one multi-byte punctuation mark are looked at in multibyte_kind(). */
enum byte_class {
    BYTE_OTHER,
    BYTE_SPACE,
    BYTE_NEWLINE,
    BYTE_MARKUP, /* Markdown and table rules: no part of the sentence */
    BYTE_DIGIT,
    BYTE_LETTER,
    BYTE_MULTI, /* first byte of a character beyond ASCII */
    BYTE_PUNCT, /* kind in punct_kinds */
};

static const uint8_t byte_classes[256] = {
    [' '] = BYTE_SPACE,          ['\t'] = BYTE_SPACE,         ['\r'] = BYTE_SPACE,
    ['\n'] = BYTE_NEWLINE,       ['\f'] = BYTE_NEWLINE,       ['\v'] = BYTE_NEWLINE,
    ['*'] = BYTE_MARKUP,         ['_'] = BYTE_MARKUP,         ['|'] = BYTE_MARKUP,
    ['\\'] = BYTE_MARKUP,        ['#'] = BYTE_MARKUP,         ['0' ... '9'] = BYTE_DIGIT,
    ['A' ... 'Z'] = BYTE_LETTER, ['a' ... 'z'] = BYTE_LETTER, [0x80 ... 0xff] = BYTE_MULTI,
    ['-'] = BYTE_PUNCT,          ['/'] = BYTE_PUNCT,          [','] = BYTE_PUNCT,
    ['.'] = BYTE_PUNCT,          [':'] = BYTE_PUNCT,          [';'] = BYTE_PUNCT,
    ['('] = BYTE_PUNCT,          ['['] = BYTE_PUNCT,          [')'] = BYTE_PUNCT,
    [']'] = BYTE_PUNCT,          ['"'] = BYTE_PUNCT,          ['\''] = BYTE_PUNCT,
};

static const uint8_t punct_kinds[128] = {
    ['-'] = ND_TOK_DASH,  ['/'] = ND_TOK_SLASH,     [','] = ND_TOK_COMMA, ['.'] = ND_TOK_DOT,
    [':'] = ND_TOK_COLON, [';'] = ND_TOK_SEMICOLON, ['('] = ND_TOK_OPEN,  ['['] = ND_TOK_OPEN,
    [')'] = ND_TOK_CLOSE, [']'] = ND_TOK_CLOSE,     ['"'] = ND_TOK_QUOTE, ['\''] = ND_TOK_QUOTE,
};

/* Kind of the character beyond ASCII at p: a letter unless it lies in a block of punctuation or symbols
 * (U+0080-00BF, U+00D7, U+00F7, U+2000-2BFF, U+3000-303F, U+FF00-FF0F, and everything above U+FFFF). */
static uint8_t multibyte_kind(const uint8_t *p, size_t *length_out)
{
    if (p[0] < 0xe0) {
        *length_out = 2;
        if (p[0] == 0xc2)
            return p[1] == 0xab || p[1] == 0xbb ? ND_TOK_QUOTE : ND_TOK_OTHER;
        return p[0] == 0xc3 && (p[1] == 0x97 || p[1] == 0xb7) ? ND_TOK_OTHER : ND_TOK_WORD;
    }
    if (p[0] >= 0xf0) {
        *length_out = 4;
        return ND_TOK_OTHER;
    }
    *length_out = 3;
    if (p[0] == 0xe2) {
        if (p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0x95)
            return ND_TOK_DASH;
        if (p[1] == 0x88 && p[2] == 0x92)
            return ND_TOK_DASH;
        if (p[1] == 0x80 && p[2] >= 0x98 && p[2] <= 0x9f)
            return ND_TOK_QUOTE;
        return p[1] <= 0xaf ? ND_TOK_OTHER : ND_TOK_WORD;
    }
    if ((p[0] == 0xe3 && p[1] == 0x80) || (p[0] == 0xef && p[1] == 0xbc && p[2] <= 0x8f))
        return ND_TOK_OTHER;
    return ND_TOK_WORD;
}

/* Makes the two-byte letter lower case in place; whether it was upper case. Latin-1 letters differ by 0x20,
 * the others of the Vietnamese alphabet by the last bit, save Ư. */
static bool lower_two_bytes(uint8_t *p)
{
    if (p[0] == 0xc3 && p[1] >= 0x80 && p[1] <= 0x9e) {
        p[1] = (uint8_t)(p[1] + 0x20);
        return true;
    }
    if (p[0] == 0xc6 && p[1] == 0xaf) {
        p[1] = 0xb0;
        return true;
    }
    const bool paired = p[0] == 0xc4 || (p[0] == 0xc5 && p[1] >= 0xa0) || (p[0] == 0xc6 && p[1] == 0xa0);
    if (!paired || (p[1] & 1) != 0)
        return false;
    p[1] = (uint8_t)(p[1] | 1);
    return true;
}

static bool lower_three_bytes(uint8_t *p)
{
    if (p[0] != 0xe1 || (p[1] != 0xba && p[1] != 0xbb) || (p[2] & 1) != 0)
        return false;
    p[2] = (uint8_t)(p[2] | 1);
    return true;
}

/* y, ý, ỳ, ỵ, ỷ, ỹ at the end of a lower-case key become i, í, ì, ị, ỉ, ĩ where both spellings are in use:
 * after a consonant (kỹ, lý, tỷ) and after "qu" (quy). */
static size_t fold_final_y(uint8_t *key, size_t n)
{
    static const struct {
        char y[4], i[4];
        uint8_t y_n, i_n;
    } pairs[] = {{"y", "i", 1, 1}, {"ý", "í", 2, 2}, {"ỳ", "ì", 3, 2},
                 {"ỵ", "ị", 3, 3}, {"ỷ", "ỉ", 3, 3}, {"ỹ", "ĩ", 3, 2}};
    static const bool may_end[256] = {
        ['y'] = true, [0xbd] = true, [0xb3] = true, [0xb5] = true, [0xb7] = true, [0xb9] = true};
    if (n < 2 || !may_end[key[n - 1]])
        return n;
    for (size_t k = 0; k < G_N_ELEMENTS(pairs); k++) {
        const size_t y = pairs[k].y_n;
        if (n <= y || memcmp(key + n - y, pairs[k].y, y) != 0)
            continue;
        const uint8_t before = key[n - y - 1];
        const bool after_qu = before == 'u' && n > y + 1 && key[n - y - 2] == 'q';
        if (!after_qu && (before >= 0x80 || strchr("aeiou", before)))
            return n;
        memcpy(key + n - y, pairs[k].i, pairs[k].i_n);
        return n - y + pairs[k].i_n;
    }
    return n;
}

size_t nd_cite_word_key(struct nd_str word, char key[ND_LEXICON_WORD_BYTES], unsigned *upper_out,
                        unsigned *letters_out)
{
    unsigned upper = 0, letters = 0;
    uint8_t *out = (uint8_t *)key;
    const bool fits = word.n <= ND_LEXICON_WORD_BYTES;
    for (size_t i = 0; i < word.n;) {
        const uint8_t lead = (uint8_t)word.p[i];
        if (lead < 0x80) {
            const bool is_upper = lead >= 'A' && lead <= 'Z';
            upper += is_upper;
            letters += lead >= 'A';
            if (fits)
                out[i] = (uint8_t)(lead | (is_upper ? 0x20 : 0));
            i++;
            continue;
        }
        uint8_t c[4] = {lead, 0, 0, 0};
        const size_t n = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        for (size_t k = 1; k < n; k++)
            c[k] = (uint8_t)word.p[i + k];
        upper += n == 2 ? lower_two_bytes(c) : n == 3 && lower_three_bytes(c);
        letters++;
        for (size_t k = 0; fits && k < n; k++)
            out[i + k] = c[k];
        i += n;
    }
    if (upper_out)
        *upper_out = upper;
    if (letters_out)
        *letters_out = letters;
    return fits ? fold_final_y(out, word.n) : 0;
}

/* Whether the character that ends before p[end] is a small letter. */
static bool ends_small(const uint8_t *p, size_t end)
{
    const uint8_t last = p[end - 1];
    if (last < 0x80)
        return last >= 'a' && last <= 'z';
    uint8_t c[4] = {p[end - 2], last, 0, 0};
    if (p[end - 2] >= 0xc0)
        return !lower_two_bytes(c);
    return end >= 3 && !lower_three_bytes((uint8_t[4]){p[end - 3], p[end - 2], last, 0});
}

/* Where the digits p[digits .. end) that are run onto the letters p[i .. digits) leave the word. Those of a
 * term of the National Assembly ("QH12"), and whatever the tables know with its digits, stay; behind any
 * other body's code they number a plenum ("TW4") or a footnote ("21-NQ/TW1", "58/2010/QH121"). */
static size_t digits_end(const uint8_t *p, size_t i, size_t digits, size_t end, size_t n_text)
{
    enum { CODE_BYTES = 24, LAST_TERM = 20 };
    const size_t n = end - i, letters = digits - i;
    if (n >= CODE_BYTES || letters < 2)
        return end;
    char code[CODE_BYTES] = {0};
    memcpy(code, p + i, n);
    if (nd_issuer_by_code(code))
        return end;
    code[letters] = '\0';
    const struct nd_issuer *issuer = nd_issuer_by_code(code);
    if (memcmp(code + letters - 2, "QH", 2) == 0 ||
        (issuer && strcmp(issuer->counter, "assembly-term") == 0)) {
        size_t last = MIN(end, digits + 2);
        if (nd_leading_number((struct nd_str){(const char *)p + digits, last - digits}) > LAST_TERM)
            last--;
        return last;
    }
    /* "HD12-HD/BTCTW": the type run onto the number of a code */
    if (end < n_text && (p[end] == '-' || p[end] == '/') && nd_type_by_code(code))
        return digits;
    const bool plenum = memcmp(code + letters - 2, "TW", 2) == 0; /* "NQTW4" */
    const bool council = strcmp(code, "HĐND") == 0;               /* has terms, too */
    return end - digits <= 2 && (plenum || (issuer && !council)) ? digits : end;
}

/* The end of "T.Ư" and "T.W" at i, which newspapers write for TW; i when it is none. */
static size_t dotted_end(const uint8_t *p, size_t i, size_t n)
{
    if (i + 2 >= n || p[i] != 'T' || p[i + 1] != '.')
        return i;
    const size_t end = p[i + 2] == 'W' ? i + 3 : i + 3 < n && memcmp(p + i + 2, "Ư", 2) == 0 ? i + 4 : i;
    const bool alone =
        end == n || (byte_classes[p[end]] != BYTE_LETTER && byte_classes[p[end]] != BYTE_MULTI);
    return alone ? end : i;
}

/* The bytes that begin a letter, where the byte alone tells (ASCII, and the blocks that hold nearly all of
 * Vietnamese), and those that go on with one. Byte by byte, none waits for the length of the letter before.
 */
static const bool in_letter[256] = {['A' ... 'Z'] = true,
                                    ['a' ... 'z'] = true,
                                    [0x80 ... 0xbf] = true,
                                    [0xc4 ... 0xdf] = true,
                                    [0xe1] = true};

/* Whether the capitals from start to end are a word that numbers are run into: "NGÀY30-3", "SỐ13". */
static bool precedes_number(const uint8_t *p, size_t start, size_t end)
{
    static const struct nd_str words[] = {{"NGÀY", 5}, {"SỐ", 4}, {"NĂM", 4}, {"KHÓA", 5}, {"THÁNG", 6}};
    for (size_t k = 0; k < G_N_ELEMENTS(words); k++)
        if (end - start == words[k].n && memcmp(p + start, words[k].p, words[k].n) == 0)
            return true;
    return false;
}

/* The end of the word that starts at i: letters, then maybe digits (QH13). A Vietnamese word in small letters
 * ends before the digits that were run into it (số13). */
static size_t letters_end(const uint8_t *p, size_t i, size_t n)
{
    bool accented = false;
    const size_t start = i;
    for (;;) {
        for (; i < n && in_letter[p[i]]; i++)
            accented |= p[i] >= 0x80;
        size_t length;
        if (i == n)
            return i;
        if (byte_classes[p[i]] == BYTE_DIGIT) {
            if (accented && (ends_small(p, i) || precedes_number(p, start, i)))
                return i;
            const size_t digits = i;
            while (i < n && byte_classes[p[i]] == BYTE_DIGIT)
                i++;
            const size_t cut = digits_end(p, start, digits, i, n);
            if (cut < i)
                return cut;
        } else if (byte_classes[p[i]] == BYTE_MULTI && multibyte_kind(p + i, &length) == ND_TOK_WORD) {
            accented = true;
            i += length;
        } else {
            return i;
        }
    }
}

/* The same without a word that was run onto a code: "BTCngày", "CPcủa". */
static size_t word_end(const uint8_t *p, size_t i, size_t n)
{
    enum { SHORTEST_RUN_ON = 6 }; /* "về" behind two letters */
    static const struct nd_str run_on[] = {{"ngày", 5}, {"của", 5}, {"về", 4}};
    const size_t end = letters_end(p, i, n);
    if (end - i < SHORTEST_RUN_ON)
        return end;
    for (size_t k = 0; k < G_N_ELEMENTS(run_on); k++) {
        const size_t cut = end - MIN(end - i, run_on[k].n);
        if (cut > i + 1 && memcmp(p + cut, run_on[k].p, run_on[k].n) == 0 && !ends_small(p, cut))
            return cut;
    }
    return end;
}

/* The end of the number that starts at i: digits, and one letter when it stands alone behind them (30a). */
static size_t number_end(const uint8_t *p, size_t i, size_t n)
{
    while (i < n && byte_classes[p[i]] == BYTE_DIGIT)
        i++;
    if (i == n || byte_classes[p[i]] != BYTE_LETTER)
        return i;
    const bool alone =
        i + 1 == n || (byte_classes[p[i + 1]] != BYTE_LETTER && byte_classes[p[i + 1]] != BYTE_MULTI &&
                       byte_classes[p[i + 1]] != BYTE_DIGIT);
    return alone ? i + 1 : i;
}

/* The end of a number that a scan spoilt: "l8", "O8", "1O"; i when it is none. nd_cite_digit reads it. */
static size_t spoilt_number_end(const uint8_t *p, size_t i, size_t n)
{
    enum { MAX_DIGITS = 5 };
    size_t k = i, digits = 0;
    while (k < n && k - i <= MAX_DIGITS && p[k] < 0x80 && nd_cite_digit((char)p[k]) >= 0)
        digits += byte_classes[p[k++]] == BYTE_DIGIT;
    const bool alone = k == n || (byte_classes[p[k]] != BYTE_LETTER && byte_classes[p[k]] != BYTE_MULTI);
    return digits > 0 && k - i > 1 && k - i <= MAX_DIGITS && alone ? k : i;
}

/* The end of the tag that starts at i ("<br/>", "</td>" left over from a saved page); i when it is none. */
static size_t tag_end(const uint8_t *p, size_t i, size_t n)
{
    enum { MAX_TAG_BYTES = 64 };
    if (i + 2 >= n || p[i] != '<' || (byte_classes[p[i + 1]] != BYTE_LETTER && !memchr("/!?", p[i + 1], 3)))
        return i;
    for (size_t k = i + 2; k < n && k - i < MAX_TAG_BYTES && p[k] != '<' && p[k] != '\n'; k++)
        if (p[k] == '>')
            return k + 1;
    return i;
}

/* How much of a token's text goes into its length. */
static uint32_t length_of(struct nd_str text)
{
    size_t n = MIN(text.n, ND_TOK_LENGTH_MAX);
    while (n < text.n && ((uint8_t)text.p[n] & 0xc0) == 0x80)
        n--;
    return (uint32_t)n;
}

/* What a word tells by itself. */
struct reading {
    uint16_t word;
    uint8_t flags;
    bool mixed; /* a capital stands inside it, behind small letters or before them */
};

/* Readings by the word as it is written: a text of some length repeats its words. */
struct memory {
    char written[ND_LEXICON_WORD_BYTES]; /* zero-padded; no word begins with a zero */
    struct reading reading;
};

enum { MEMORY_SLOTS = 1 << 10, MEMORY_PAYS_BYTES = 16 << 10 };

static struct reading read_word(struct nd_str word, const struct nd_lexicon *lexicon)
{
    char key[ND_LEXICON_WORD_BYTES];
    unsigned upper, letters;
    struct reading reading = {0};
    const size_t n = nd_cite_word_key(word, key, &upper, &letters);
    if (upper > 0) {
        char first[ND_LEXICON_WORD_BYTES];
        unsigned first_upper;
        const uint8_t lead = (uint8_t)word.p[0];
        const size_t lead_n = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : 3;
        nd_cite_word_key((struct nd_str){word.p, MIN(lead_n, word.n)}, first, &first_upper, NULL);
        reading.flags = (first_upper ? ND_TOK_CAPITAL : 0) | (upper == letters ? ND_TOK_UPPER : 0);
        reading.mixed = upper > first_upper && upper < letters;
    }
    reading.word = n ? nd_lexicon_find_word(lexicon, key, n) : 0;
    return reading;
}

/* Whether a capital letter begins at p[i]. */
static bool begins_capital(const uint8_t *p, size_t i)
{
    if (p[i] < 0x80)
        return p[i] >= 'A' && p[i] <= 'Z';
    uint8_t c[4] = {p[i], p[i + 1], p[i] >= 0xe0 ? p[i + 2] : 0, 0};
    return p[i] < 0xe0 ? lower_two_bytes(c) : p[i] < 0xf0 && lower_three_bytes(c);
}

/* Whether the bytes from start to end are those of a Roman number. */
static bool is_roman(const uint8_t *p, size_t start, size_t end)
{
    while (start < end && memchr("IVX", p[start], 3))
        start++;
    return start == end;
}

/* Where the word of the lexicon ends that the next, with its capital, was run onto: "củaĐiều", "khóaXII", not
 * "CTrHĐ". The end of the whole for any other word. */
static size_t run_together_end(const uint8_t *p, size_t start, size_t end, const struct nd_lexicon *lexicon)
{
    for (size_t k = start + 2; k + 1 < end; k++) {
        if ((p[k] & 0xc0) == 0x80 || !begins_capital(p, k) || !ends_small(p, k))
            continue;
        const size_t second = k + (p[k] < 0x80 ? 1 : p[k] < 0xe0 ? 2 : 3);
        if (second >= end || (begins_capital(p, second) && !is_roman(p, k, end)))
            return end;
        return read_word((struct nd_str){(const char *)p + start, k - start}, lexicon).word ? k : end;
    }
    return end;
}

/* The same for the word from text's byte start to end; memory is NULL where it would not pay. */
static struct reading recall_word(struct memory *memory, struct nd_str text, size_t start, size_t end,
                                  const struct nd_lexicon *lexicon)
{
    const size_t n = end - start;
    const struct nd_str word = {text.p + start, n};
    if (!memory || n > ND_LEXICON_WORD_BYTES)
        return read_word(word, lexicon);
    uint64_t written[2] = {0, 0};
    G_STATIC_ASSERT(sizeof written == ND_LEXICON_WORD_BYTES);
    if (G_BYTE_ORDER == G_LITTLE_ENDIAN &&
        start + sizeof written <= text.n) { /* a load and a mask in place of a loop */
        static const uint64_t masks[9] = {0,          0xff,         0xffff,         0xffffff,
                                          0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff,
                                          UINT64_MAX};
        memcpy(written, word.p, sizeof written);
        written[0] &= masks[MIN(n, 8)];
        written[1] &= masks[n > 8 ? n - 8 : 0];
    } else {
        memcpy(written, word.p, n);
    }
    const uint64_t hash = (written[0] ^ written[1] * 0x9e3779b97f4a7c15u) * 0xff51afd7ed558ccdu;
    struct memory *const known = &memory[hash >> 40 & (MEMORY_SLOTS - 1)];
    if (memcmp(known->written, written, sizeof written) != 0) {
        memcpy(known->written, written, sizeof written);
        known->reading = read_word(word, lexicon);
    }
    return known->reading;
}

/* Room for one token more and the end. */
static void make_room(struct nd_cite_tokens *tokens, uint32_t *room)
{
    if (tokens->n + 1 < *room)
        return;
    *room = *room * 2;
    tokens->list = g_renew(struct nd_cite_token, tokens->list, *room);
}

void nd_cite_tokens_init(struct nd_cite_tokens *out, struct nd_str text, const struct nd_lexicon *lexicon)
{
    const uint8_t *p = (const uint8_t *)text.p;
    const size_t n = text.n;
    uint32_t room = (uint32_t)(n / 5) + 16;
    uint8_t flags = ND_TOK_PARAGRAPH | ND_TOK_LINE;
    unsigned newlines = 0;
    g_autofree struct memory *memory = n >= MEMORY_PAYS_BYTES ? g_new0(struct memory, MEMORY_SLOTS) : NULL;
    *out = (struct nd_cite_tokens){text, g_new(struct nd_cite_token, room), 0};
    for (size_t i = 0; i < n;) {
        const size_t start = i;
        enum nd_cite_token_kind kind = ND_TOK_OTHER;
        size_t length = 1;
        switch ((enum byte_class)byte_classes[p[i]]) {
        case BYTE_NEWLINE:
            newlines += p[i] == '\f' ? 2 : 1;
            flags = (uint8_t)(flags | ND_TOK_SPACE | ND_TOK_LINE | (newlines > 1 ? ND_TOK_PARAGRAPH : 0));
            i++;
            continue;
        case BYTE_SPACE:
        case BYTE_MARKUP:
            flags |= ND_TOK_SPACE;
            i++;
            continue;
        case BYTE_DIGIT:
            kind = ND_TOK_NUMBER;
            i = number_end(p, i, n);
            break;
        case BYTE_LETTER:
            if (nd_cite_digit((char)p[i]) >= 0 && spoilt_number_end(p, i, n) > i) {
                kind = ND_TOK_NUMBER;
                i = spoilt_number_end(p, i, n);
                break;
            }
            kind = ND_TOK_WORD;
            i = dotted_end(p, i, n) > i ? dotted_end(p, i, n) : word_end(p, i, n);
            break;
        case BYTE_MULTI:
            kind = multibyte_kind(p + i, &length);
            i = kind == ND_TOK_WORD ? word_end(p, i, n) : i + length;
            break;
        case BYTE_PUNCT:
            kind = (enum nd_cite_token_kind)punct_kinds[p[i]];
            i++;
            break;
        case BYTE_OTHER:
            length = tag_end(p, i, n) - i;
            if (length) {
                flags |= ND_TOK_SPACE;
                i += length;
                continue;
            }
            kind = ND_TOK_OTHER;
            i++;
            break;
        }
        /* a run of one mark (dots of a form, a ruled line) is one token and no part of any citation */
        if (kind > ND_TOK_NUMBER && i < n && i - start == 1 && p[i] == p[i - 1]) {
            while (i < n && p[i] == p[start])
                i++;
            kind = ND_TOK_OTHER;
        }
        struct reading reading =
            kind == ND_TOK_WORD ? recall_word(memory, text, start, i, lexicon) : (struct reading){0};
        if (reading.mixed && !reading.word) {
            const size_t cut = run_together_end(p, start, i, lexicon);
            if (cut < i)
                reading = read_word(nd_str_slice(text, start, i = cut), lexicon);
        }
        make_room(out, &room);
        out->list[out->n++] = (struct nd_cite_token){
            .start = (uint32_t)start,
            .length = length_of(nd_str_slice(text, start, i)) & ND_TOK_LENGTH_MAX,
            .word = reading.word & ((1U << ND_TOK_WORD_BITS) - 1),
            .kind = kind & 0xf,
            .flags = (unsigned)(flags | reading.flags) & 0x1f,
        };
        flags = 0;
        newlines = 0;
    }
    out->list[out->n] = (struct nd_cite_token){
        .start = (uint32_t)n, .kind = ND_TOK_END, .flags = ND_TOK_PARAGRAPH | ND_TOK_LINE};
}

void nd_cite_tokens_clear(struct nd_cite_tokens *tokens)
{
    g_free(tokens->list);
    *tokens = (struct nd_cite_tokens){0};
}
