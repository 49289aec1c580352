#include "corpus/read/plain_text.h"

#include "base/beside.h"
#include "base/caps.h"
#include "base/utf8.h"
#include "corpus/read/charset/bytes.h"
#include "corpus/read/charset/convert.h"
#include "corpus/read/charset/viqr.h"
#include "corpus/read/marker.h"

/*
 * Lines of at most this many characters were wrapped by an editor or a converter when most full lines end
 * near the longest one; longer lines are paragraphs of their own.
 */
enum { WRAP_CODEPOINTS = 120, WRAP_SAMPLE_LINES = 2000, UPPER_CASE_LINE_BYTES = 300 };

struct line {
    size_t start, end; /* without white space at either side */
    size_t indent;     /* bytes of white space before it */
    bool page_break;   /* a '\f' stands before the line */
};

struct scan {
    struct nd_document *doc;
    struct nd_str text;
    size_t wrap; /* characters of a full line, 0 when the text is not wrapped */
    uint32_t page;
    struct nd_block open; /* the paragraph that the next line may continue; end == 0 when there is none */
    size_t last_width;
    bool last_upper; /* the last line was in capitals */
    uint16_t row;    /* of a Markdown table */
    bool full;
};

static size_t count_codepoints(const char *p, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += ((unsigned char)p[i] & 0xc0) != 0x80;
    return count;
}

static size_t trim_start(struct nd_str s, size_t i, size_t end)
{
    for (;;) {
        if (i < end && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\r' || s.p[i] == '\v'))
            i++;
        else if (i + 1 < end && memcmp(s.p + i, "\xc2\xa0", 2) == 0)
            i += 2;
        else if (i + 2 < end && memcmp(s.p + i, "\xef\xbb\xbf", 3) == 0)
            i += 3;
        else
            return i;
    }
}

static size_t trim_end(struct nd_str s, size_t start, size_t end)
{
    for (;;) {
        if (end > start && strchr(" \t\r\v", s.p[end - 1]))
            end--;
        else if (end > start + 1 && memcmp(s.p + end - 2, "\xc2\xa0", 2) == 0)
            end -= 2;
        else
            return end;
    }
}

/* The line at *i, which moves behind its end; false at the end of the text. */
static bool next_line(struct nd_str text, size_t *i, struct line *out)
{
    size_t start = *i;
    bool page_break = false;
    while (start < text.n && text.p[start] == '\f') {
        page_break = true;
        start++;
    }
    if (start >= text.n)
        return false;
    const char *newline = memchr(text.p + start, '\n', text.n - start);
    size_t end = newline ? (size_t)(newline - text.p) : text.n;
    const char *form_feed = memchr(text.p + start, '\f', end - start);
    if (form_feed)
        end = (size_t)(form_feed - text.p);
    *i = form_feed || !newline ? end : end + 1;
    *out = (struct line){.page_break = page_break};
    out->start = trim_start(text, start, end);
    out->end = trim_end(text, out->start, end);
    out->indent = out->start - start;
    return true;
}

static size_t width_of(struct nd_str text, const struct line *line)
{
    return line->indent + count_codepoints(text.p + line->start, line->end - line->start);
}

/* The width lines were wrapped at, 0 when they were not: the longest line is short, and at least a third of
 * the lines with text come near it. */
static size_t wrap_width(struct nd_str text)
{
    size_t widths[WRAP_CODEPOINTS + 1] = {0}, lines = 0, beyond = 0;
    struct line line;
    for (size_t i = 0; lines < WRAP_SAMPLE_LINES && next_line(text, &i, &line);) {
        if (line.end == line.start)
            continue;
        lines++;
        size_t width = width_of(text, &line);
        if (width > WRAP_CODEPOINTS)
            beyond++;
        else
            widths[width]++;
    }
    if (lines < 5 || beyond * 50 > lines)
        return 0;
    size_t width = WRAP_CODEPOINTS, seen = 0; /* the 95th percentile, so that one long line decides nothing */
    while (width > 0 && (seen += widths[width]) * 20 <= lines)
        width--;
    size_t near = 0;
    for (size_t w = width * 4 / 5; w <= WRAP_CODEPOINTS; w++)
        near += widths[w];
    return width >= 40 && near * 3 >= lines ? width : 0;
}

static bool is_upper_case(struct nd_str line)
{
    size_t upper = 0;
    if (line.n > UPPER_CASE_LINE_BYTES)
        return false;
    for (size_t i = 0, n; i < line.n; i += n) {
        gunichar c = nd_utf8_decode(line, i, &n);
        if (g_unichar_islower(c))
            return false;
        upper += g_unichar_isupper(c) != 0;
    }
    return upper >= 2;
}

static void add_block(struct scan *scan, struct nd_block block)
{
    if (scan->doc->blocks->len < ND_CAP_BLOCKS) {
        g_array_append_val(scan->doc->blocks, block);
    } else if (!scan->full) {
        nd_document_add_diagnostic(scan->doc, "too-many-blocks", block.start, "more than %zu blocks",
                                   ND_CAP_BLOCKS);
        scan->doc->partial = true;
        scan->full = true;
    }
}

static void close_block(struct scan *scan)
{
    if (scan->open.end != 0)
        add_block(scan, scan->open);
    scan->open.end = 0;
}

/* "| a | b |" as cells. False when the line is no table row. The row of dashes under a head is dropped. */
static bool table_row(struct scan *scan, const struct line *line)
{
    const char *p = scan->text.p;
    if (line->end - line->start < 3 || p[line->start] != '|' || p[line->end - 1] != '|')
        return false;
    close_block(scan);
    uint16_t column = 0;
    bool any = false;
    for (size_t i = line->start + 1; i < line->end;) {
        const char *bar = memchr(p + i, '|', line->end - i);
        size_t end = (size_t)(bar - p), start = trim_start(scan->text, i, end);
        size_t stop = trim_end(scan->text, start, end);
        bool dashes = true;
        for (size_t k = start; k < stop; k++)
            dashes = dashes && strchr("-: ", p[k]);
        if (!dashes) {
            add_block(scan, (struct nd_block){.start = (uint32_t)start,
                                              .end = (uint32_t)stop,
                                              .page = scan->page,
                                              .row = scan->row,
                                              .column = column,
                                              .kind = ND_BLOCK_CELL});
            any = true;
        }
        column = (uint16_t)MIN(column + 1, G_MAXUINT16);
        i = end + 1;
    }
    if (any && scan->row < G_MAXUINT16)
        scan->row++;
    return true;
}

/* Whether a line without a marker goes on with the paragraph before it. */
static bool continues(const struct scan *scan, const struct line *line, bool upper)
{
    const char *p = scan->text.p;
    if (scan->open.end == 0)
        return false;
    char last = p[scan->open.end - 1];
    if (upper != scan->last_upper && scan->open.kind == ND_BLOCK_HEADING)
        return false;
    size_t n;
    gunichar first = nd_utf8_decode(scan->text, line->start, &n);
    bool sentence_end = strchr(".:;!?/", last) != NULL;
    if (scan->wrap > 0) {
        /* the first word of this line would have fitted into the last: somebody pressed return there */
        size_t word = 0;
        while (line->start + word < line->end && p[line->start + word] != ' ')
            word++;
        size_t word_width = count_codepoints(p + line->start, word);
        if (scan->last_width + 1 + word_width >= scan->wrap)
            return true;
        if (scan->last_width * 4 < scan->wrap * 3)
            return g_unichar_islower(first) && !sentence_end;
        return !sentence_end;
    }
    return !sentence_end && (g_unichar_islower(first) || (last == ',' && upper == scan->last_upper));
}

static void take_line(struct scan *scan, const struct line *line)
{
    if (line->page_break) {
        close_block(scan);
        scan->page++;
    }
    if (line->start == line->end) {
        close_block(scan);
        scan->row = 0;
        return;
    }
    if (table_row(scan, line))
        return;
    scan->row = 0;
    struct nd_str s = nd_str_slice(scan->text, line->start, line->end);
    struct nd_marker marker = nd_marker_of(s);
    bool upper = is_upper_case(s);
    if (marker.kind == ND_BLOCK_PARAGRAPH && continues(scan, line, upper)) {
        scan->open.end = (uint32_t)line->end;
    } else {
        close_block(scan);
        scan->open = (struct nd_block){.start = (uint32_t)line->start,
                                       .end = (uint32_t)line->end,
                                       .page = scan->page,
                                       .kind = (uint8_t)marker.kind,
                                       .level = (uint8_t)MIN(marker.level, 255u)};
    }
    scan->last_width = scan->wrap > 0 ? width_of(scan->text, line) : 0;
    scan->last_upper = upper;
}

void nd_plain_text_blocks(struct nd_document *doc)
{
    struct scan scan = {.doc = doc, .text = nd_document_text(doc)};
    scan.wrap = wrap_width(scan.text);
    scan.page = memchr(scan.text.p, '\f', scan.text.n) ? 1 : 0;
    struct line line;
    for (size_t i = 0; next_line(scan.text, &i, &line) && !scan.full;)
        take_line(&scan, &line);
    close_block(&scan);
}

static gpointer count_suspects(gpointer text)
{
    return GUINT_TO_POINTER(nd_legacy_suspects(*(const struct nd_str *)text));
}

/* Looking through a long text pays for a second thread. */
enum { LONG_TEXT_BYTES = 4 << 20 };

/* threads: there may be more than one; an extractor's cage has none. */
static bool may_be_legacy(struct nd_str text, bool threads)
{
    const size_t middle = text.n / 2;
    const char *const line =
        threads && text.n >= LONG_TEXT_BYTES ? memchr(text.p + middle, '\n', text.n - middle) : NULL;
    if (!line)
        return true; /* nd_convert_legacy looks */
    const size_t cut = (size_t)(line - text.p);
    struct nd_str rest = nd_str_slice(text, cut, text.n);
    struct nd_beside second = nd_beside_start("look", true, count_suspects, &rest);
    const unsigned suspects = nd_legacy_suspects(nd_str_slice(text, 0, cut));
    return suspects + GPOINTER_TO_UINT(nd_beside_wait(&second)) >= ND_LEGACY_SUSPECTS_TO_START;
}

/* From doc's text, which is UTF-8, to the rest of doc. */
static void finish(struct nd_document *doc, bool threads)
{
    doc->mime_type = g_strdup("text/plain");
    if (doc->size > ND_CAP_TEXT_BYTES) {
        doc->size = nd_utf8_floor(nd_document_text(doc), ND_CAP_TEXT_BYTES);
        doc->text[doc->size] = '\0';
        doc->partial = true;
        nd_document_add_diagnostic(doc, "text-too-large", doc->size, "more than %zu bytes of text",
                                   ND_CAP_TEXT_BYTES);
    }
    if (!may_be_legacy(nd_document_text(doc), threads) || !nd_convert_legacy(doc, NULL))
        nd_convert_viqr(doc);
    nd_plain_text_blocks(doc);
    if (doc->blocks->len == 0)
        nd_document_add_diagnostic(doc, "empty", 0, "no text in the file");
}

void nd_plain_text_read(struct nd_bytes file, struct nd_document *doc)
{
    doc->text = nd_text_from_bytes(file, NULL, doc, &doc->size);
    finish(doc, false);
}

void nd_plain_text_take(char *text, size_t size, struct nd_document *doc)
{
    doc->text = text;
    doc->size = size;
    doc->encoding = g_strdup("utf-8");
    finish(doc, true);
}
