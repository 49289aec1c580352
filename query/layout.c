#include "query/layout.h"

#include <string.h>

static const char *const style_codes[] = {
    [ND_STYLE_PLAIN] = "",          [ND_STYLE_TITLE] = "\033[1m", [ND_STYLE_DIM] = "\033[2m",
    [ND_STYLE_MARK] = "\033[1;31m", [ND_STYLE_GOOD] = "\033[32m", [ND_STYLE_WARN] = "\033[33m",
};

static unsigned columns_of(gunichar c)
{
    if (g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

unsigned nd_layout_columns(const char *text)
{
    unsigned columns = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        columns += columns_of(g_utf8_get_char(p));
    return columns;
}

static void put_safe(FILE *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)text[i];
        /* U+0080 to U+009F are control characters too: C2 80 to C2 9F */
        const bool c1 = c == 0xc2 && i + 1 < n && (unsigned char)text[i + 1] < 0xa0;
        if (c == '\t' || c == '\n')
            fputc(' ', out);
        else if (c < 0x20 || c == 0x7f || c1)
            fputc('?', out);
        else
            fputc(c, out);
        i += c1;
    }
}

void nd_layout_text(const struct nd_layout *layout, enum nd_style style, const char *text)
{
    g_autofree char *valid = g_utf8_validate(text, -1, NULL) ? NULL : g_utf8_make_valid(text, -1);
    const char *const safe = valid ? valid : text;
    const bool styled = layout->terminal.colour && style != ND_STYLE_PLAIN;
    if (styled)
        fputs(style_codes[style], layout->out);
    put_safe(layout->out, safe, strlen(safe));
    if (styled)
        fputs("\033[0m", layout->out);
}

void nd_layout_link(const struct nd_layout *layout, enum nd_style style, const char *text, const char *path)
{
    g_autofree char *uri = layout->terminal.colour && layout->terminal.is_terminal && g_path_is_absolute(path)
                               ? g_filename_to_uri(path, NULL, NULL)
                               : NULL;
    if (uri)
        fprintf(layout->out, "\033]8;;%s\033\\", uri);
    nd_layout_text(layout, style, text);
    if (uri)
        fputs("\033]8;;\033\\", layout->out);
}

void nd_layout_cell(const struct nd_layout *layout, enum nd_style style, const char *text, unsigned columns)
{
    nd_layout_text(layout, style, text);
    for (unsigned used = nd_layout_columns(text); used < columns; used++)
        fputc(' ', layout->out);
}

static void break_line(const struct nd_layout *layout, unsigned indent)
{
    fprintf(layout->out, "\n%*s", (int)indent, "");
}

void nd_layout_paragraph(const struct nd_layout *layout, unsigned indent, const char *prefix,
                         const char *text, const char *suffix, const struct nd_range *marks, size_t n_marks)
{
    const unsigned width =
        layout->terminal.is_terminal ? MAX(layout->terminal.columns, indent + 20) : UINT32_MAX;
    const char *const mark_on = layout->terminal.colour ? style_codes[ND_STYLE_MARK] : "**";
    const char *const mark_off = layout->terminal.colour ? "\033[0m" : "**";
    unsigned column = indent;
    size_t mark = 0;
    fprintf(layout->out, "%*s", (int)indent, "");
    if (prefix) {
        fputs(prefix, layout->out);
        column += nd_layout_columns(prefix);
    }
    bool marked = false;
    for (const char *word = text; *word;) {
        const char *const end = word + strcspn(word, " ");
        unsigned columns = 0;
        for (const char *p = word; p < end; p = g_utf8_next_char(p))
            columns += columns_of(g_utf8_get_char(p));
        if (column + columns > width && column > indent) {
            break_line(layout, indent);
            column = indent;
        }
        for (const char *p = word; p < end;) {
            const size_t at = (size_t)(p - text);
            while (mark < n_marks && !marked && marks[mark].end <= at)
                mark++;
            if (!marked && mark < n_marks && at >= marks[mark].start) {
                fputs(mark_on, layout->out);
                marked = true;
            }
            const char *const next = g_utf8_next_char(p);
            put_safe(layout->out, p, (size_t)(next - p));
            p = next;
            if (marked && (size_t)(p - text) >= marks[mark].end) {
                fputs(mark_off, layout->out);
                marked = false;
                mark++;
            }
        }
        column += columns;
        word = end;
        if (*word == ' ') {
            while (*word == ' ')
                word++;
            if (*word && column + 1 < width) {
                fputc(' ', layout->out);
                column++;
            }
        }
    }
    if (marked)
        fputs(mark_off, layout->out);
    if (suffix)
        fputs(suffix, layout->out);
    fputc('\n', layout->out);
}
