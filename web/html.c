#include "web/html.h"

/* What each byte becomes between tags and in attributes; NULL: stays. Bytes above 0x7f are parts of
 * characters. */
static const char *const replacements[128] = {
    [0x00] = "\xef\xbf\xbd", [0x01] = "\xef\xbf\xbd", [0x02] = "\xef\xbf\xbd", [0x03] = "\xef\xbf\xbd",
    [0x04] = "\xef\xbf\xbd", [0x05] = "\xef\xbf\xbd", [0x06] = "\xef\xbf\xbd", [0x07] = "\xef\xbf\xbd",
    [0x08] = "\xef\xbf\xbd", [0x0b] = "\xef\xbf\xbd", [0x0c] = "\n",           [0x0e] = "\xef\xbf\xbd",
    [0x0f] = "\xef\xbf\xbd", [0x10] = "\xef\xbf\xbd", [0x11] = "\xef\xbf\xbd", [0x12] = "\xef\xbf\xbd",
    [0x13] = "\xef\xbf\xbd", [0x14] = "\xef\xbf\xbd", [0x15] = "\xef\xbf\xbd", [0x16] = "\xef\xbf\xbd",
    [0x17] = "\xef\xbf\xbd", [0x18] = "\xef\xbf\xbd", [0x19] = "\xef\xbf\xbd", [0x1a] = "\xef\xbf\xbd",
    [0x1b] = "\xef\xbf\xbd", [0x1c] = "\xef\xbf\xbd", [0x1d] = "\xef\xbf\xbd", [0x1e] = "\xef\xbf\xbd",
    [0x1f] = "\xef\xbf\xbd", ['&'] = "&amp;",         ['<'] = "&lt;",          ['>'] = "&gt;",
    ['"'] = "&quot;",        ['\''] = "&#39;",        [0x7f] = "\xef\xbf\xbd",
};

/* U+FFFE and U+FFFF are well-formed UTF-8, but no XML processor takes them. */
static bool is_noncharacter(const char *p, size_t left)
{
    return left >= 3 && memcmp(p, "\xef\xbf", 2) == 0 && (p[2] == '\xbe' || p[2] == '\xbf');
}

void nd_html_escape(GString *out, struct nd_str text)
{
    size_t clean = 0; /* start of the run that needs no escape */
    for (size_t i = 0; i < text.n;) {
        const uint8_t c = (uint8_t)text.p[i];
        const char *with = c < 128 ? replacements[c] : NULL;
        size_t length = 1;
        if (c == 0xef && is_noncharacter(text.p + i, text.n - i)) {
            with = "\xef\xbf\xbd";
            length = 3;
        }
        if (with) {
            g_string_append_len(out, text.p + clean, (gssize)(i - clean));
            g_string_append(out, with);
            clean = i + length;
        }
        i += length;
    }
    if (clean < text.n)
        g_string_append_len(out, text.p + clean, (gssize)(text.n - clean));
}

static void escape_byte(GString *out, uint8_t c)
{
    static const char hex[] = "0123456789ABCDEF";
    g_string_append_c(out, '%');
    g_string_append_c(out, hex[c >> 4]);
    g_string_append_c(out, hex[c & 15]);
}

static void escape_url(GString *out, struct nd_str text, const char *kept)
{
    for (size_t i = 0; i < text.n; i++) {
        const uint8_t c = (uint8_t)text.p[i];
        if (g_ascii_isalnum((char)c) || (c && strchr(kept, c)))
            g_string_append_c(out, (char)c);
        else
            escape_byte(out, c);
    }
}

void nd_html_escape_url(GString *out, struct nd_str component)
{
    escape_url(out, component, "-._~");
}

void nd_html_escape_path(GString *out, struct nd_str path)
{
    escape_url(out, path, "-._~/");
}

/* Letters of Latin script with accents: nothing that turns the direction of writing, or looks like a sign. */
static bool is_accented_letter(gunichar c)
{
    return (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7) || (c >= 0x1ea0 && c <= 0x1ef9);
}

void nd_html_escape_query(GString *out, struct nd_str value)
{
    for (const char *p = value.p, *const end = value.p + value.n; p < end;) {
        const size_t length = MIN((size_t)g_utf8_skip[(uint8_t)*p], (size_t)(end - p));
        if (*p == ' ')
            g_string_append_c(out, '+');
        else if (g_ascii_isalnum(*p) || (*p && strchr("-._~:/", *p)) ||
                 (length > 1 && is_accented_letter(g_utf8_get_char(p))))
            g_string_append_len(out, p, (gssize)length);
        else
            for (size_t i = 0; i < length; i++)
                escape_byte(out, (uint8_t)p[i]);
        p += length;
    }
}

static void put_number(struct nd_html *html, int64_t number)
{
    char digits[24];
    const size_t n = (size_t)g_snprintf(digits, sizeof digits, "%" G_GINT64_FORMAT, number);
    const char separator = html->language == ND_LANGUAGE_VI ? '.' : ',';
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0 && digits[i - 1] != '-')
            g_string_append_c(html->out, separator);
        g_string_append_c(html->out, digits[i]);
    }
}

/* 16/6/2022 as these documents write dates; in English with the month's name, which cannot be misread. */
static void put_date(struct nd_html *html, struct nd_date date)
{
    static const char *const months[] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char machine[11];
    if (date.year == 0)
        return;
    g_string_append_printf(html->out, "<time datetime=\"%s\">", nd_date_format(date, machine));
    if (html->language == ND_LANGUAGE_VI) {
        if (date.day)
            g_string_append_printf(html->out, "%d/", date.day);
        if (date.month)
            g_string_append_printf(html->out, "%d/", date.month);
    } else {
        if (date.day)
            g_string_append_printf(html->out, "%d ", date.day);
        if (date.month)
            g_string_append_printf(html->out, "%s ", months[date.month]);
    }
    g_string_append_printf(html->out, "%d</time>", date.year);
}

void nd_html_put(struct nd_html *html, const struct nd_piece *pieces)
{
    for (const struct nd_piece *piece = pieces; piece->kind != ND_PIECE_END; piece++) {
        switch (piece->kind) {
        case ND_PIECE_END:
            break;
        case ND_PIECE_LITERAL:
            g_string_append_len(html->out, piece->str.p, (gssize)piece->str.n);
            break;
        case ND_PIECE_TEXT:
            nd_html_escape(html->out, piece->str);
            break;
        case ND_PIECE_URL:
            nd_html_escape_url(html->out, piece->str);
            break;
        case ND_PIECE_QUERY:
            nd_html_escape_query(html->out, piece->str);
            break;
        case ND_PIECE_PATH:
            nd_html_escape_path(html->out, piece->str);
            break;
        case ND_PIECE_INTEGER:
            g_string_append_printf(html->out, "%" G_GINT64_FORMAT, piece->integer);
            break;
        case ND_PIECE_NUMBER:
            put_number(html, piece->integer);
            break;
        case ND_PIECE_DATE:
            put_date(html, piece->date);
            break;
        case ND_PIECE_MESSAGE:
            g_string_append(html->out, nd_message(piece->message, html->language));
            break;
        case ND_PIECE_BASE:
            nd_html_escape(html->out, nd_str_from_c(html->base));
            break;
        case ND_PIECE_LANGUAGE:
            if (html->language_chosen)
                g_string_append_printf(html->out, "%slang=%s", piece->str.p,
                                       nd_language_code(html->language));
            break;
        }
    }
}
