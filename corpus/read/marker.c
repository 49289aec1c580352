#include "corpus/read/marker.h"

#include "base/utf8.h"

/* A numbered line longer than this is a clause, not the heading of one. */
enum { HEADING_BYTES = 240, KEYWORD_BYTES = 32 };

static const struct {
    struct nd_str word; /* lower case, NFC */
    unsigned level;
    bool needs_number; /* "Điều" opens an article only before a number; "Phần" also before "thứ nhất" */
} keywords[] = {
    {ND_STR("phụ lục"), 1, false}, {ND_STR("phần"), 1, true},     {ND_STR("chương"), 2, true},
    {ND_STR("mục"), 3, true},      {ND_STR("tiểu mục"), 4, true}, {ND_STR("điều"), 5, true},
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static size_t skip_spaces(struct nd_str s, size_t i)
{
    for (;;) {
        if (i < s.n && is_space(s.p[i]))
            i++;
        else if (i + 1 < s.n && memcmp(s.p + i, "\xc2\xa0", 2) == 0) /* no-break space */
            i += 2;
        else if (i + 2 < s.n && memcmp(s.p + i, "\xef\xbb\xbf", 3) == 0) /* byte order mark */
            i += 3;
        else
            return i;
    }
}

static size_t count_digits(struct nd_str s, size_t i)
{
    size_t n = 0;
    while (i + n < s.n && g_ascii_isdigit(s.p[i + n]))
        n++;
    return n;
}

static size_t count_roman(struct nd_str s, size_t i)
{
    size_t n = 0;
    while (i + n < s.n && strchr("IVXLC", s.p[i + n]) && s.p[i + n] != '\0')
        n++;
    return n <= 6 ? n : 0;
}

/* Bytes of ".", ")", "/" or "-" that end a number; 0 when none does. A hyphen must be followed by a space, so
 * that "21-NQ/TW" is no clause 21. */
static size_t number_end(struct nd_str s, size_t i)
{
    if (i >= s.n)
        return 0;
    if (s.p[i] == '-')
        return i + 1 == s.n || is_space(s.p[i + 1]) ? 1 : 0;
    if (s.p[i] == '.' && i + 1 < s.n && s.p[i + 1] == '-')
        return 2;
    if (s.p[i] == '/') /* "1/ …", but not "1/5" nor "21/2017/…" */
        return i + 1 < s.n && is_space(s.p[i + 1]) ? 1 : 0;
    return s.p[i] == '.' || s.p[i] == ')' ? 1 : 0;
}

/* "12.", "1.2.", "1.2.3 " at i: the bytes it takes and how many numbers it has. */
static size_t decimal_number(struct nd_str s, size_t i, unsigned *parts_out)
{
    size_t at = i;
    unsigned parts = 0;
    for (;;) {
        size_t digits = count_digits(s, at);
        if (digits == 0 || digits > 3)
            break;
        parts++;
        at += digits;
        if (at + 1 < s.n && s.p[at] == '.' && g_ascii_isdigit(s.p[at + 1]))
            at++;
        else
            break;
    }
    size_t end = parts > 0 ? number_end(s, at) : 0;
    if (parts >= 2 && end == 0 && at < s.n && is_space(s.p[at])) /* "1.2 …" needs no final point */
        end = 1;
    *parts_out = parts;
    return end > 0 ? at + end - i : 0;
}

static bool ends_as_sentence(struct nd_str s)
{
    while (s.n > 0 && is_space(s.p[s.n - 1]))
        s.n--;
    return s.n > 0 && strchr(".;", s.p[s.n - 1]) != NULL;
}

static struct nd_marker numbered(struct nd_str line, size_t size, unsigned heading_level, unsigned depth)
{
    struct nd_str rest = nd_str_slice(line, size, line.n);
    bool heading = line.n <= HEADING_BYTES && !ends_as_sentence(rest) && skip_spaces(rest, 0) < rest.n &&
                   !memchr(rest.p, ':', rest.n);
    return (struct nd_marker){.kind = heading ? ND_BLOCK_HEADING : ND_BLOCK_LIST_ITEM,
                              .level = heading ? heading_level : depth,
                              .size = size};
}

static bool is_lower_roman(struct nd_str s, size_t i)
{
    size_t n = 0;
    while (i + n < s.n && strchr("ivxlc", s.p[i + n]) && s.p[i + n] != '\0')
        n++;
    return n > 0 && (i + n == s.n || strchr(".:- \t", s.p[i + n]));
}

/* Whether a keyword may stand at i: by its first letter and the byte behind it, so that hardly any other line
 * is folded. "\xc4" begins đ and Đ; the u of "mục" may carry its dot with it. */
static bool may_be_keyword(struct nd_str line, size_t i)
{
    if (i + 1 >= line.n)
        return false;
    const char next = line.p[i + 1];
    switch (line.p[i]) {
    case 'P':
    case 'p':
    case 'C':
    case 'c':
        return next == 'h' || next == 'H';
    case 'T':
    case 't':
        return next == 'i' || next == 'I';
    case 'M':
    case 'm':
        return next == 'u' || next == 'U' || (uint8_t)next >= 0x80;
    case '\xc4':
        return next == '\x90' || next == '\x91';
    default:
        return false;
    }
}

/* "Chương II", "PHỤ LỤC", "Điều 5." at i. */
static bool keyword_marker(struct nd_str line, size_t i, struct nd_marker *out)
{
    if (!may_be_keyword(line, i))
        return false;
    size_t end = MIN(line.n, i + KEYWORD_BYTES);
    end = end < line.n ? nd_utf8_floor(line, end) : end;
    g_autofree char *composed = g_utf8_normalize(line.p + i, (gssize)(end - i), G_NORMALIZE_DEFAULT_COMPOSE);
    g_autofree char *folded = composed ? g_utf8_strdown(composed, -1) : NULL;
    if (!folded)
        return false;
    struct nd_str text = nd_str_from_c(folded);
    for (unsigned k = 0; k < G_N_ELEMENTS(keywords); k++) {
        if (!nd_str_has_prefix(text, keywords[k].word))
            continue;
        size_t at = keywords[k].word.n;
        if (at < text.n && !is_space(text.p[at]))
            continue;
        size_t number = skip_spaces(text, at);
        size_t digits = count_digits(text, number);
        bool counted = digits > 0 || is_lower_roman(text, number) ||
                       nd_str_has_prefix(nd_str_slice(text, number, text.n), ND_STR("thứ "));
        if ((keywords[k].needs_number && !counted) || line.n > HEADING_BYTES * 2)
            continue;
        /* "Điều 5 của Luật này quy định …" is a sentence about an article. */
        size_t after = number + digits;
        if (digits > 0 && after < text.n && !strchr(".:- \t", text.p[after]))
            continue;
        if (keywords[k].level == 5 && (after >= text.n || !strchr(".:", text.p[after])) &&
            skip_spaces(text, after) < text.n)
            continue;
        *out = (struct nd_marker){.kind = ND_BLOCK_HEADING, .level = keywords[k].level, .size = i};
        return true;
    }
    return false;
}

struct nd_marker nd_marker_of(struct nd_str line)
{
    const struct nd_marker none = {.kind = ND_BLOCK_PARAGRAPH};
    size_t i = skip_spaces(line, 0);
    if (i >= line.n)
        return none;

    static const struct nd_str dashes[] = {ND_STR("-"), ND_STR("+"), ND_STR("*"), ND_STR("•"), ND_STR("–"),
                                           ND_STR("—"), ND_STR("▪"), ND_STR("●"), ND_STR("○"), ND_STR("◦")};
    for (unsigned k = 0; k < G_N_ELEMENTS(dashes); k++) {
        if (nd_str_has_prefix(nd_str_slice(line, i, line.n), dashes[k])) {
            size_t after = skip_spaces(line, i + dashes[k].n);
            bool spaced = after > i + dashes[k].n;
            if (after < line.n && line.p[after] != line.p[i] && (spaced || line.p[i] == '-' || k >= 3))
                return (struct nd_marker){ND_BLOCK_LIST_ITEM, line.p[i] == '+' ? 2 : 1, after};
        }
    }

    size_t hashes = 0; /* Markdown */
    while (i + hashes < line.n && line.p[i + hashes] == '#')
        hashes++;
    if (hashes > 0 && hashes <= 6 && i + hashes < line.n && is_space(line.p[i + hashes]))
        return (struct nd_marker){ND_BLOCK_HEADING, (unsigned)hashes, skip_spaces(line, i + hashes)};

    struct nd_marker found;
    if (keyword_marker(line, i, &found))
        return found;

    unsigned parts;
    size_t n = decimal_number(line, i, &parts);
    if (n > 0)
        return numbered(line, i + n, 7 + parts, parts);
    n = count_roman(line, i);
    if (n > 0 && number_end(line, i + n) > 0)
        return numbered(line, i + n + number_end(line, i + n), 7, 1);
    if (g_ascii_isupper(line.p[i]) && number_end(line, i + 1) > 0 && i + 2 < line.n &&
        is_space(line.p[i + 2]))
        return numbered(line, i + 1 + number_end(line, i + 1), 6, 1);
    if (nd_str_has_prefix(nd_str_slice(line, i, line.n), ND_STR("đ)")))
        return (struct nd_marker){ND_BLOCK_LIST_ITEM, 2, i + 3};
    if (g_ascii_islower(line.p[i]) && i + 1 < line.n && strchr(").", line.p[i + 1]) && i + 2 < line.n &&
        is_space(line.p[i + 2]))
        return (struct nd_marker){ND_BLOCK_LIST_ITEM, 2, i + 2};
    return none;
}
