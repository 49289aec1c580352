#include "corpus/read/charset/bytes.h"

#include "base/utf8.h"

#include <iconv.h>
#include <stdio.h>

enum {
    CODE_PAGES = 12,
    GUESS_BYTES = 1 << 16,
    GUESS_CHARACTERS = 12 /* fewer are no evidence */
};

static const unsigned code_pages[CODE_PAGES] = {1252, 1258, 1250, 1251, 1253, 1254,
                                                1255, 1256, 1257, 874,  437,  850};
static uint16_t code_page_chars[CODE_PAGES][128];

/* What pages declare and guesses need. */
static const char *const wanted[] = {
    "WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1255",
    "WINDOWS-1256", "WINDOWS-1257", "WINDOWS-1258", "WINDOWS-874",  "ISO-8859-1",   "ISO-8859-2",
    "ISO-8859-5",   "ISO-8859-9",   "ISO-8859-15",  "KOI8-R",       "KOI8-U",       "IBM866",
    "MACINTOSH",    "VISCII",       "TCVN",         "GB18030",      "GBK",          "GB2312",
    "BIG5",         "EUC-KR",       "SHIFT_JIS",    "EUC-JP",       "ISO-2022-JP",  "TIS-620",
    "UTF-16",       "UTF-32",       "UTF-7"};
static iconv_t held[G_N_ELEMENTS(wanted)];

void nd_text_preload_converters(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(wanted); i++)
        held[i] = iconv_open("UTF-8", wanted[i]); /* kept open: the module then stays loaded */
    for (unsigned i = 0; i < CODE_PAGES; i++)
        (void)nd_text_code_page_char(code_pages[i], 0x80);
}

static void load_code_page(unsigned i)
{
    char name[16];
    g_snprintf(name, sizeof name, "CP%u", code_pages[i]);
    for (unsigned b = 0; b < 128; b++) {
        char in = (char)(0x80 + b);
        gsize size;
        g_autofree char *out = g_convert(&in, 1, "UTF-8", name, NULL, &size, NULL);
        code_page_chars[i][b] = out && size > 0 ? (uint16_t)g_utf8_get_char(out) : (uint16_t)(0x80 + b);
    }
}

uint32_t nd_text_code_page_char(unsigned page, uint8_t byte)
{
    static bool loaded[CODE_PAGES];
    if (byte < 0x80)
        return byte;
    unsigned i = 0;
    while (i < CODE_PAGES && code_pages[i] != page)
        i++;
    if (i == CODE_PAGES)
        i = 0;
    if (!loaded[i]) {
        load_code_page(i);
        loaded[i] = true;
    }
    return code_page_chars[i][byte - 0x80];
}

static char *convert_with(struct nd_bytes bytes, const char *encoding, size_t *size_out)
{
    gsize size;
    char *text = g_convert((const char *)bytes.p, (gssize)bytes.n, "UTF-8", encoding, NULL, &size, NULL);
    if (text)
        *size_out = size;
    return text;
}

/* Pages whose characters take one or two bytes. */
static const struct {
    unsigned page;
    const char *encoding;
} double_pages[] = {{932, "SHIFT_JIS"}, {936, "GB18030"}, {949, "EUC-KR"}, {950, "BIG5"}};

static const char *double_encoding(unsigned page)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(double_pages); i++)
        if (double_pages[i].page == page)
            return double_pages[i].encoding;
    return NULL;
}

bool nd_text_is_lead_byte(unsigned page, uint8_t byte)
{
    bool katakana = page == 932 && byte >= 0xa0 && byte < 0xe0; /* of one byte */
    return byte > 0x80 && byte < 0xff && !katakana && double_encoding(page) != NULL;
}

uint32_t nd_text_double_char(unsigned page, uint8_t lead, uint8_t trail)
{
    const uint8_t both[2] = {lead, trail};
    size_t size = 0;
    g_autofree char *text = convert_with((struct nd_bytes){both, 2}, double_encoding(page), &size);
    return text && g_utf8_strlen(text, (gssize)size) == 1 ? g_utf8_get_char(text) : 0xfffd;
}

static char *from_utf16(struct nd_bytes bytes, bool big_endian, struct nd_document *doc, size_t *size_out)
{
    GString *out = g_string_sized_new(bytes.n);
    bool damaged = bytes.n % 2 != 0;
    for (size_t i = 0; i + 1 < bytes.n; i += 2) {
        uint32_t c = big_endian ? (uint32_t)bytes.p[i] << 8 | bytes.p[i + 1]
                                : (uint32_t)bytes.p[i + 1] << 8 | bytes.p[i];
        if (c >= 0xd800 && c < 0xdc00 && i + 3 < bytes.n) {
            uint32_t low = big_endian ? (uint32_t)bytes.p[i + 2] << 8 | bytes.p[i + 3]
                                      : (uint32_t)bytes.p[i + 3] << 8 | bytes.p[i + 2];
            if (low >= 0xdc00 && low < 0xe000) {
                c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                i += 2;
            }
        }
        if (c >= 0xd800 && c < 0xe000) {
            damaged = true;
            c = 0xfffd;
        }
        if (c == 0xfeff && i == 0)
            continue;
        g_string_append_unichar(out, c == 0 ? ' ' : c);
    }
    if (damaged) {
        nd_document_add_diagnostic(doc, "invalid-text", 0, "broken UTF-16");
        doc->partial = true;
    }
    doc->encoding = g_strdup(big_endian ? "utf-16be" : "utf-16le");
    *size_out = out->len;
    return g_string_free(out, FALSE);
}

/* Whether b is the high byte of a UTF-16 unit in text of European scripts: Latin to Cyrillic, Vietnamese,
 * punctuation and symbols. */
static bool is_utf16_high(uint8_t b)
{
    return b <= 0x05 || b == 0x1e || b == 0x20 || b == 0x21 || b == 0x22 || b == 0x25 || b == 0xf0;
}

enum nd_utf16 nd_text_utf16(struct nd_bytes bytes)
{
    if (bytes.n >= 2 && bytes.p[0] == 0xff && bytes.p[1] == 0xfe)
        return ND_UTF16_LITTLE;
    if (bytes.n >= 2 && bytes.p[0] == 0xfe && bytes.p[1] == 0xff)
        return ND_UTF16_BIG;
    /* without a mark: nearly all bytes of one half are high bytes, most of them such as no 8-bit text has */
    size_t high[2] = {0, 0}, rare[2] = {0, 0}, zeros[2] = {0, 0}, n = MIN(bytes.n, (size_t)4096) & ~(size_t)1;
    for (size_t i = 0; i < n; i++) {
        uint8_t b = bytes.p[i];
        high[i % 2] += is_utf16_high(b);
        rare[i % 2] += b <= 0x05 || b == 0x1e;
        zeros[i % 2] += b == 0;
    }
    for (unsigned half = 0; half < 2 && n >= 4; half++)
        if (high[half] * 33 >= n / 2 * 32 && rare[half] * 5 >= n / 2 * 3 && zeros[half] * 33 >= n / 2 &&
            zeros[!half] * 20 < n / 2)
            return half ? ND_UTF16_LITTLE : ND_UTF16_BIG;
    return ND_UTF16_NO;
}

/* Words of Cyrillic text in an 8-bit code page consist of bytes beyond ASCII alone; those of legacy
 * Vietnamese mix. */
static bool looks_cyrillic(struct nd_bytes bytes)
{
    size_t pure = 0, mixed = 0;
    for (size_t i = 0; i < bytes.n && pure + mixed < 5000;) {
        size_t letters = 0, high = 0;
        for (; i < bytes.n && (bytes.p[i] >= 0x80 || g_ascii_isalpha((char)bytes.p[i])); i++) {
            letters++;
            high += bytes.p[i] >= 0x80;
        }
        pure += high >= 3 && high == letters;
        mixed += high > 0 && high < letters;
        i += letters == 0;
    }
    return pure >= 5 && pure > 4 * mixed;
}

/* Encodings without a mark of their own, told by the letters that are the most frequent in what they write:
 * Russian has 60 % of these ten, Chinese a fifth of its characters in these few, Japanese more kana than
 * that.
 */
static const struct {
    const char *encoding, *frequent;
    unsigned percent; /* of the characters beyond ASCII */
    bool cyrillic;
} guesses[] = {
    {"WINDOWS-1251", "оеаинтсрвл", 45, true},
    {"KOI8-R", "оеаинтсрвл", 45, true},
    {"IBM866", "оеаинтсрвл", 45, true},
    {"ISO-8859-5", "оеаинтсрвл", 45, true},
    {"GB18030", "的一是在不了有和人这中大为上国以年月日，。、", 12, false},
    {"BIG5", "的一是在不了有和人這中大為上國以年月日，。、", 12, false},
    {"SHIFT_JIS", "のにるたをはしとがでてなられっいあこ、。", 25, false},
    {"EUC-JP", "のにるたをはしとがでてなられっいあこ、。", 25, false},
};

/* The share in percent that `frequent` has of the characters beyond ASCII. */
static unsigned frequent_share(const char *text, size_t size, const char *frequent)
{
    size_t all = 0, hits = 0;
    for (const char *p = text; p < text + size; p = g_utf8_next_char(p)) {
        if ((uint8_t)*p < 0x80)
            continue;
        all++;
        hits += g_utf8_strchr(frequent, -1, g_utf8_get_char(p)) != NULL;
    }
    return all >= GUESS_CHARACTERS ? (unsigned)(hits * 100 / all) : 0;
}

/* The encoding whose language the text is written in, or NULL. */
static const char *guess_by_letters(struct nd_bytes bytes)
{
    const char *best = NULL;
    unsigned best_share = 0;
    bool cyrillic = looks_cyrillic(bytes);
    struct nd_bytes sample = {bytes.p, bytes.n};
    if (sample.n > GUESS_BYTES) { /* up to a line's end: never the half of a character */
        const uint8_t *end = memrchr(sample.p, '\n', GUESS_BYTES);
        sample.n = end ? (size_t)(end - sample.p) : sample.n;
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(guesses); i++) {
        size_t size;
        if (guesses[i].cyrillic && !cyrillic)
            continue;
        g_autofree char *text = convert_with(sample, guesses[i].encoding, &size);
        unsigned share = text ? frequent_share(text, size, guesses[i].frequent) : 0;
        if (share >= guesses[i].percent && share > best_share) {
            best = guesses[i].encoding;
            best_share = share;
        }
    }
    return best;
}

/* Whether bytes that are no UTF-8 are UTF-8 with some damage rather than another encoding. */
static bool is_damaged_utf8(struct nd_bytes line)
{
    size_t good = 0, bad = 0;
    for (size_t i = 0; i < line.n;) {
        size_t valid = nd_utf8_valid_prefix((struct nd_bytes){line.p + i, line.n - i});
        for (size_t k = i; k < i + valid; k++)
            good += line.p[k] >= 0xc0;
        i += valid;
        if (i == line.n)
            break;
        bad++;
        for (i++; i < line.n && (line.p[i] & 0xc0) == 0x80;)
            i++;
    }
    return good >= bad;
}

/* Line by line: UTF-8, damaged UTF-8 repaired, anything else as windows-1252. */
static char *from_mixed(struct nd_bytes bytes, struct nd_document *doc, size_t *size_out)
{
    GString *out = g_string_sized_new(bytes.n + bytes.n / 2);
    size_t repaired_at = SIZE_MAX;
    /* two odd bytes of another encoding may look like a letter: a line alone does not decide */
    bool other = false, damaged = is_damaged_utf8(bytes);
    for (size_t i = 0; i < bytes.n;) {
        const uint8_t *newline = memchr(bytes.p + i, '\n', bytes.n - i);
        size_t end = newline ? (size_t)(newline - bytes.p) + 1 : bytes.n;
        struct nd_bytes line = {bytes.p + i, end - i};
        size_t valid = nd_utf8_valid_prefix(line);
        if (valid == line.n) {
            g_string_append_len(out, (const char *)line.p, (gssize)line.n);
        } else if (damaged && is_damaged_utf8(line)) {
            g_autofree char *repaired = g_utf8_make_valid((const char *)line.p, (gssize)line.n);
            g_string_append(out, repaired);
            repaired_at = MIN(repaired_at, i + valid);
        } else {
            other = true;
            for (size_t k = 0; k < line.n; k++)
                g_string_append_unichar(out, nd_text_code_page_char(1252, line.p[k]));
        }
        i = end;
    }
    if (repaired_at != SIZE_MAX) {
        nd_document_add_diagnostic(doc, "invalid-utf8", repaired_at, "byte 0x%02x is no UTF-8 here",
                                   (unsigned)bytes.p[repaired_at]);
        doc->partial = true;
    }
    doc->encoding = g_strdup(other ? "windows-1252" : "utf-8");
    *size_out = out->len;
    return g_string_free(out, FALSE);
}

static bool is_latin1_label(const char *label)
{
    static const char *const labels[] = {"iso-8859-1", "iso8859-1",      "latin1", "windows-1252",
                                         "cp1252",     "us-ascii",       "ascii",  "utf-8",
                                         "utf8",       "x-user-defined", "unicode"};
    for (unsigned i = 0; i < G_N_ELEMENTS(labels); i++)
        if (g_ascii_strcasecmp(label, labels[i]) == 0)
            return true;
    return false;
}

/* A copy without NUL bytes, which become spaces and a note. */
static struct nd_bytes without_nul(struct nd_bytes bytes, struct nd_document *doc, uint8_t **copy_out)
{
    const uint8_t *first = bytes.n ? memchr(bytes.p, 0, bytes.n) : NULL;
    if (!first)
        return bytes;
    size_t count = 0;
    *copy_out = g_memdup2(bytes.p, bytes.n);
    for (size_t i = 0; i < bytes.n; i++) {
        count += (*copy_out)[i] == 0;
        (*copy_out)[i] = (*copy_out)[i] ? (*copy_out)[i] : ' ';
    }
    nd_document_add_diagnostic(doc, "nul-bytes", (uint64_t)(first - bytes.p), "%zu NUL bytes in the text",
                               count);
    return (struct nd_bytes){*copy_out, bytes.n};
}

char *nd_text_from_bytes(struct nd_bytes bytes, const char *declared, struct nd_document *doc,
                         size_t *size_out)
{
    g_free(doc->encoding);
    doc->encoding = NULL;
    static const uint8_t utf32[2][4] = {{0xff, 0xfe, 0, 0}, {0, 0, 0xfe, 0xff}};
    for (unsigned i = 0; i < 2 && bytes.n >= 4; i++) {
        if (memcmp(bytes.p, utf32[i], 4) != 0)
            continue;
        char *text = convert_with((struct nd_bytes){bytes.p, bytes.n & ~(size_t)3}, "UTF-32", size_out);
        if (text && memchr(text, 0, *size_out) == NULL) {
            doc->encoding = g_strdup(i == 0 ? "utf-32le" : "utf-32be");
            return text;
        }
        g_free(text);
    }
    enum nd_utf16 utf16 = nd_text_utf16(bytes);
    if (utf16 != ND_UTF16_NO)
        return from_utf16(bytes, utf16 == ND_UTF16_BIG, doc, size_out);
    g_autofree uint8_t *copy = NULL;
    bytes = without_nul(bytes, doc, &copy);
    if (nd_utf8_valid_prefix(bytes) == bytes.n) {
        doc->encoding = g_strdup("utf-8");
        *size_out = bytes.n;
        return g_strndup((const char *)bytes.p, bytes.n);
    }
    if (declared && !is_latin1_label(declared)) {
        char *text = convert_with(bytes, declared, size_out);
        if (text) {
            doc->encoding = g_ascii_strdown(declared, -1);
            return text;
        }
    }
    const char *guess = guess_by_letters(bytes);
    char *guessed = guess ? convert_with(bytes, guess, size_out) : NULL;
    if (guessed) {
        doc->encoding = g_ascii_strdown(guess, -1);
        return guessed;
    }
    return from_mixed(bytes, doc, size_out);
}
