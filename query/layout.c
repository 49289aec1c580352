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

/* Appends text without its control characters: terminals would obey them. */
static void put_safe(GString *out, const char *text, size_t n)
{
    size_t done = 0; /* bytes that are appended */
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)text[i];
        /* U+0080 to U+009F are control characters too: C2 80 to C2 9F */
        const bool c1 = c == 0xc2 && i + 1 < n && (unsigned char)text[i + 1] < 0xa0;
        if (c >= 0x20 && c != 0x7f && !c1)
            continue;
        g_string_append_len(out, text + done, (gssize)(i - done));
        g_string_append_c(out, c == '\t' || c == '\n' ? ' ' : '?');
        i += c1;
        done = i + 1;
    }
    g_string_append_len(out, text + done, (gssize)(n - done));
}

/* What is put together in memory goes out at once: a call of the C library for each word is what costs. */
static void write_out(const struct nd_layout *layout, GString *text)
{
    fwrite(text->str, 1, text->len, layout->out);
    g_string_free(text, TRUE);
}

void nd_layout_text(const struct nd_layout *layout, enum nd_style style, const char *text)
{
    g_autofree char *valid = g_utf8_validate(text, -1, NULL) ? NULL : g_utf8_make_valid(text, -1);
    const char *const safe = valid ? valid : text;
    const bool styled = layout->terminal.colour && style != ND_STYLE_PLAIN;
    GString *const out = g_string_new(styled ? style_codes[style] : NULL);
    put_safe(out, safe, strlen(safe));
    if (styled)
        g_string_append(out, "\033[0m");
    write_out(layout, out);
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

enum { PARAGRAPH_BYTES = 512 }; /* of most */

static void indent_by(GString *out, unsigned columns)
{
    for (unsigned i = 0; i < columns; i++)
        g_string_append_c(out, ' ');
}

/* A paragraph on its way out. */
struct writer {
    GString *out;
    bool colour;
    unsigned indent, width, column;
    const char *style_on, *style_off; /* of the text outside marks */
    const char *mark_on, *mark_off;
    bool marked;
};

/* Styles end with the line: a pager shows any part of it right. */
static void break_line(struct writer *self)
{
    g_string_append_printf(
        self->out, "%s\n%*s%s", self->colour ? self->marked ? self->mark_off : self->style_off : "",
        (int)self->indent, "", self->colour ? self->marked ? self->mark_on : self->style_on : "");
    self->column = self->indent;
}

static void switch_mark(struct writer *self, bool on)
{
    g_string_append(self->out, on ? self->style_off : self->mark_off);
    g_string_append(self->out, on ? self->mark_on : self->style_on);
    self->marked = on;
}

/* Appends the words from `word` on that end before limit and are all letters, with one space between; returns
 * what follows them. */
static const char *put_plain(GString *out, const char *word, const char *limit)
{
    for (const char *run = word, *p = word;;) {
        const char *begin = p;
        while (*begin == ' ')
            begin++;
        const char *end = begin;
        while ((unsigned char)*end > 0x20 && *end != 0x7f && (unsigned char)*end != 0xc2)
            end++;
        const bool is_plain = begin < end && end <= limit && (*end == ' ' || !*end);
        if (is_plain && begin <= p + 1) {
            p = end; /* goes on with the run */
            continue;
        }
        g_string_append_len(out, run, p - run);
        if (!is_plain)
            return p;
        g_string_append_c(out, ' ');
        run = begin;
        p = end;
    }
}

static void put_words(struct writer *self, const char *text, const struct nd_range *marks, size_t n_marks)
{
    const bool wraps = self->width < UINT32_MAX;
    const size_t n = strlen(text);
    size_t mark = 0;
    for (const char *word = text; *word;) {
        if (!wraps && !self->marked) /* up to the next mark there is nothing to decide */
            word = put_plain(self->out, word, mark < n_marks ? text + MIN(marks[mark].start, n) : text + n);
        const char *begin = word;
        while (*begin == ' ')
            begin++;
        const char *end = begin;
        while (*end && *end != ' ')
            end++;
        const bool space = begin > word;
        unsigned columns = 0;
        if (begin == end)
            break;
        for (const char *p = begin; wraps && p < end; p = g_utf8_next_char(p))
            columns += columns_of(g_utf8_get_char(p));
        while (mark < n_marks && !self->marked && marks[mark].end <= (size_t)(begin - text))
            mark++;
        if (wraps && self->column + space + columns > self->width && self->column > self->indent) {
            break_line(self);
        } else if (space) {
            g_string_append_c(self->out, ' ');
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
            put_safe(self->out, p, (size_t)(next - p));
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

static struct writer writer_of(const struct nd_layout *layout, GString *out, unsigned indent,
                               enum nd_style style)
{
    const bool colour = layout->terminal.colour, styled = colour && style != ND_STYLE_PLAIN;
    return (struct writer){
        .out = out,
        .colour = colour,
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
    GString *const out = g_string_sized_new(PARAGRAPH_BYTES);
    struct writer writer = writer_of(layout, out, indent, ND_STYLE_PLAIN);
    indent_by(out, indent);
    if (prefix) {
        g_string_append(out, prefix);
        writer.column += nd_layout_columns(prefix);
    }
    put_words(&writer, text, marks, n_marks);
    if (suffix)
        g_string_append(out, suffix);
    g_string_append_c(out, '\n');
    write_out(layout, out);
}

void nd_layout_hanging(const struct nd_layout *layout, const char *head, enum nd_style style,
                       const char *text, const char *tail)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *const out = g_string_sized_new(PARAGRAPH_BYTES);
    struct writer writer = writer_of(layout, out, nd_layout_columns(head), style);
    g_string_append(out, head);
    g_string_append(out, writer.style_on);
    put_words(&writer, valid, NULL, 0);
    g_string_append(out, writer.style_off);
    if (tail) {
        struct writer rest = writer_of(layout, out, writer.indent, ND_STYLE_DIM);
        rest.column = writer.column;
        g_autofree char *spaced = g_strconcat(" ", tail, NULL);
        g_string_append(out, rest.style_on);
        put_words(&rest, spaced, NULL, 0);
        g_string_append(out, rest.style_off);
    }
    g_string_append_c(out, '\n');
    write_out(layout, out);
}
