#include "query/layout.h"

#include <string.h>

static const char *const style_codes[] = {
    [ND_STYLE_PLAIN] = "",          [ND_STYLE_TITLE] = "\033[1m", [ND_STYLE_DIM] = "\033[2m",
    [ND_STYLE_MARK] = "\033[1;31m", [ND_STYLE_GOOD] = "\033[32m", [ND_STYLE_WARN] = "\033[33m",
};

static unsigned columns_of(gunichar c)
{
    /* Vietnamese is all of these, and GLib searches a table for each */
    if ((c >= 0x20 && c < 0x7f) || (c > 0xad && c < 0x300) || (c >= 0x1e00 && c < 0x2000))
        return 1;
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
    size_t done = 0; /* bytes that are written */
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)text[i];
        /* U+0080 to U+009F are control characters too: C2 80 to C2 9F */
        const bool c1 = c == 0xc2 && i + 1 < n && (unsigned char)text[i + 1] < 0xa0;
        if (c >= 0x20 && c != 0x7f && !c1)
            continue;
        fwrite(text + done, 1, i - done, out);
        fputc(c == '\t' || c == '\n' ? ' ' : '?', out);
        i += c1;
        done = i + 1;
    }
    fwrite(text + done, 1, n - done, out);
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

/* The path as people write it: from here, or from home, where that is shorter. Caller frees with g_free. */
static char *short_path(const char *path)
{
    g_autofree char *here = g_get_current_dir();
    const char *const home = g_get_home_dir();
    const size_t n_here = strlen(here), n_home = strlen(home);
    if (n_here > 1 && strncmp(path, here, n_here) == 0 && path[n_here] == '/')
        return g_strdup(path + n_here + 1);
    if (n_home > 1 && strncmp(path, home, n_home) == 0 && path[n_home] == '/')
        return g_strconcat("~", path + n_home, NULL);
    return g_strdup(path);
}

void nd_layout_path(const struct nd_layout *layout, unsigned indent, const char *path)
{
    g_autofree char *shown = layout->terminal.is_terminal ? short_path(path) : g_strdup(path);
    fprintf(layout->out, "%*s", (int)indent, "");
    nd_layout_link(layout, ND_STYLE_DIM, shown, path);
    fputc('\n', layout->out);
}

/* A paragraph on its way out. */
struct writer {
    const struct nd_layout *layout;
    unsigned indent, width, column;
    const char *style_on, *style_off; /* of the text outside marks */
    const char *mark_on, *mark_off;
    bool marked;
};

/* Styles end with the line: a pager shows any part of it right. */
static void break_line(struct writer *self)
{
    FILE *const out = self->layout->out;
    const bool colour = self->layout->terminal.colour;
    fprintf(out, "%s\n%*s%s", colour ? self->marked ? self->mark_off : self->style_off : "",
            (int)self->indent, "", colour ? self->marked ? self->mark_on : self->style_on : "");
    self->column = self->indent;
}

static void switch_mark(struct writer *self, bool on)
{
    FILE *const out = self->layout->out;
    fputs(on ? self->style_off : self->mark_off, out);
    fputs(on ? self->mark_on : self->style_on, out);
    self->marked = on;
}

static void put_words(struct writer *self, const char *text, const struct nd_range *marks, size_t n_marks)
{
    FILE *const out = self->layout->out;
    size_t mark = 0;
    for (const char *word = text; *word;) {
        const char *const begin = word + strspn(word, " ");
        const char *const end = begin + strcspn(begin, " ");
        const bool space = begin > word;
        unsigned columns = 0;
        if (begin == end)
            break;
        for (const char *p = begin; p < end; p = g_utf8_next_char(p))
            columns += columns_of(g_utf8_get_char(p));
        while (mark < n_marks && !self->marked && marks[mark].end <= (size_t)(begin - text))
            mark++;
        if (self->column + space + columns > self->width && self->column > self->indent) {
            break_line(self);
        } else if (space) {
            fputc(' ', out);
            self->column++;
        }
        for (const char *p = begin; p < end;) {
            const size_t at = (size_t)(p - text);
            if (!self->marked && mark < n_marks && at >= marks[mark].start)
                switch_mark(self, true);
            /* up to where marks change, or to the end */
            const char *next = end;
            if (mark < n_marks) {
                const size_t border = self->marked ? marks[mark].end : marks[mark].start;
                next = MIN(end, text + MAX(border, at + 1));
                while (next < end && ((unsigned char)*next & 0xc0) == 0x80)
                    next++;
            }
            put_safe(out, p, (size_t)(next - p));
            p = next;
            if (self->marked && (size_t)(p - text) >= marks[mark].end) {
                switch_mark(self, false);
                mark++;
            }
        }
        self->column += columns;
        word = end;
    }
    if (self->marked)
        switch_mark(self, false);
}

static struct writer writer_of(const struct nd_layout *layout, unsigned indent, enum nd_style style)
{
    const bool colour = layout->terminal.colour, styled = colour && style != ND_STYLE_PLAIN;
    return (struct writer){
        .layout = layout,
        .indent = indent,
        .width = layout->terminal.is_terminal ? MAX(layout->terminal.columns, indent + 20) : UINT32_MAX,
        .column = indent,
        .style_on = styled ? style_codes[style] : "",
        .style_off = styled ? "\033[0m" : "",
        .mark_on = colour ? style_codes[ND_STYLE_MARK] : "**",
        .mark_off = colour ? "\033[0m" : "**",
    };
}

void nd_layout_paragraph(const struct nd_layout *layout, unsigned indent, const char *prefix,
                         const char *text, const char *suffix, const struct nd_range *marks, size_t n_marks)
{
    struct writer writer = writer_of(layout, indent, ND_STYLE_PLAIN);
    fprintf(layout->out, "%*s", (int)indent, "");
    if (prefix) {
        fputs(prefix, layout->out);
        writer.column += nd_layout_columns(prefix);
    }
    put_words(&writer, text, marks, n_marks);
    if (suffix)
        fputs(suffix, layout->out);
    fputc('\n', layout->out);
}

void nd_layout_hanging(const struct nd_layout *layout, const char *head, enum nd_style style,
                       const char *text, const char *tail)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    struct writer writer = writer_of(layout, nd_layout_columns(head), style);
    fprintf(layout->out, "%s%s", head, writer.style_on);
    put_words(&writer, valid, NULL, 0);
    fputs(writer.style_off, layout->out);
    if (tail) {
        struct writer rest = writer_of(layout, writer.indent, ND_STYLE_DIM);
        rest.column = writer.column;
        g_autofree char *spaced = g_strconcat(" ", tail, NULL);
        fputs(rest.style_on, layout->out);
        put_words(&rest, spaced, NULL, 0);
        fputs(rest.style_off, layout->out);
    }
    fputc('\n', layout->out);
}
