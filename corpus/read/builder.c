#include "corpus/read/builder.h"

#include "base/caps.h"
#include "base/utf8.h"
#include "corpus/read/charset/convert.h"
#include "corpus/read/charset/pictogram.h"
#include "corpus/read/charset/repair.h"
#include "corpus/read/charset/viqr.h"
#include "corpus/read/marker.h"

/* What a font's name says about text in it. */
struct font {
    struct nd_legacy_font legacy;
    enum nd_pictograms pictograms;
};

struct nd_builder {
    struct nd_document *doc;
    GString *text;
    GArray *runs;         /* of struct nd_font_run */
    GHashTable *fonts;    /* name -> struct font * */
    GHashTable *repeated; /* texts of running headers and footers */
    struct font font;
    struct nd_block open;
    bool is_open, has_text;
    bool pages; /* the format has pages */
    bool page_pending;
    bool full;
};

struct nd_builder *nd_builder_new(void)
{
    struct nd_builder *self = g_new0(struct nd_builder, 1);
    self->doc = nd_document_new();
    self->text = g_string_new(NULL);
    self->runs = g_array_new(FALSE, FALSE, sizeof(struct nd_font_run));
    self->fonts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    self->repeated = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return self;
}

void nd_builder_free(struct nd_builder *self)
{
    if (!self)
        return;
    nd_document_free(self->doc);
    g_string_free(self->text, TRUE);
    g_array_unref(self->runs);
    g_hash_table_unref(self->fonts);
    g_hash_table_unref(self->repeated);
    g_free(self);
}

struct nd_document *nd_builder_document(struct nd_builder *self)
{
    return self->doc;
}

bool nd_builder_has_room(const struct nd_builder *self)
{
    return !self->full;
}

static void mark_full(struct nd_builder *self, const char *code, const char *message, size_t cap)
{
    if (self->full)
        return;
    self->full = true;
    self->doc->partial = true;
    nd_document_add_diagnostic(self->doc, code, 0, "%s %zu", message, cap);
}

void nd_builder_begin(struct nd_builder *self, enum nd_block_kind kind, unsigned level)
{
    nd_builder_end(self);
    self->open =
        (struct nd_block){.kind = (uint8_t)kind, .level = (uint8_t)MIN(level, 255u), .page = self->open.page};
    self->is_open = true;
    self->has_text = false;
}

void nd_builder_begin_cell(struct nd_builder *self, unsigned row, unsigned column)
{
    nd_builder_begin(self, ND_BLOCK_CELL, 0);
    self->open.row = (uint16_t)MIN(row, (unsigned)G_MAXUINT16);
    self->open.column = (uint16_t)MIN(column, (unsigned)G_MAXUINT16);
}

void nd_builder_page_break(struct nd_builder *self)
{
    nd_builder_end(self);
    if (!self->pages) {
        self->pages = true;
        self->open.page = 1;
        for (guint i = 0; i < self->doc->blocks->len; i++)
            g_array_index(self->doc->blocks, struct nd_block, i).page = 1;
        if (self->doc->blocks->len == 0)
            return;
    }
    self->open.page++;
    self->page_pending = true;
}

void nd_builder_go_to_page(struct nd_builder *self, unsigned number)
{
    nd_builder_page_break(self);
    self->open.page = number;
}

/* What stands between the last block and the one that begins. */
static void separate(struct nd_builder *self)
{
    if (self->doc->blocks->len == 0) {
        self->page_pending = false;
        return;
    }
    const struct nd_block *last =
        &g_array_index(self->doc->blocks, struct nd_block, self->doc->blocks->len - 1);
    bool same_row = self->open.kind == ND_BLOCK_CELL && last->kind == ND_BLOCK_CELL &&
                    last->row == self->open.row && last->column < self->open.column;
    g_string_append_c(self->text, self->page_pending ? '\f' : same_row ? '\t' : '\n');
    self->page_pending = false;
}

/* Starts the block for real: its first character comes. */
static void start(struct nd_builder *self)
{
    if (!self->is_open)
        nd_builder_begin(self, ND_BLOCK_PARAGRAPH, 0);
    separate(self);
    self->open.start = (uint32_t)self->text->len;
    self->has_text = true;
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xa0 || c == 0x3000 ||
           (c >= 0x2000 && c <= 0x200b);
}

static void add_run(struct nd_builder *self)
{
    struct nd_font_run run = {.start = (uint32_t)self->text->len, .font = self->font.legacy};
    if (self->runs->len == 0 && self->font.legacy.encoding == ND_LEGACY_NONE)
        return;
    if (self->runs->len > 0) {
        struct nd_font_run *last = &g_array_index(self->runs, struct nd_font_run, self->runs->len - 1);
        if (last->font.encoding == run.font.encoding && last->font.capitals == run.font.capitals)
            return;
    }
    g_array_append_val(self->runs, run);
}

void nd_builder_font(struct nd_builder *self, const char *name)
{
    if (!name) {
        self->font = (struct font){0};
        return;
    }
    struct font *known = g_hash_table_lookup(self->fonts, name);
    if (!known) {
        const struct font found = {nd_legacy_font_of(name), nd_pictograms_of(name)};
        if (g_hash_table_size(self->fonts) >= 10000) { /* a hostile file may name any number of fonts */
            self->font = found;
            return;
        }
        known = g_memdup2(&found, sizeof found);
        g_hash_table_insert(self->fonts, g_strdup(name), known);
    }
    self->font = *known;
}

void nd_builder_char(struct nd_builder *self, uint32_t c)
{
    if (self->full)
        return;
    if (self->font.pictograms != ND_PICTOGRAMS_NONE)
        c = nd_pictogram(self->font.pictograms, c);
    bool legacy_control =
        c > 0 && c < 0x20 && c != '\t' && c != '\n' && c != '\r' &&
        (self->font.legacy.encoding == ND_LEGACY_VISCII || self->font.legacy.encoding == ND_LEGACY_VPS);
    if ((c < 0x20 && c != '\n' && c != '\t' && !legacy_control) || c == 0x7f)
        c = ' ';
    if (c >= 0xd800 && c < 0xe000)
        c = 0xfffd;
    if (!self->has_text || !self->is_open) {
        if (is_space(c) || c == 0xfeff)
            return;
        start(self);
    }
    if ((c == ' ' || c == '\t' || c == 0xa0) && self->text->str[self->text->len - 1] == '\n' &&
        self->text->len > self->open.start)
        return;
    if (self->text->len + 4 > ND_CAP_TEXT_BYTES) {
        mark_full(self, "text-too-large", "the text is longer than", ND_CAP_TEXT_BYTES);
        return;
    }
    add_run(self);
    g_string_append_unichar(self->text, c);
}

void nd_builder_text(struct nd_builder *self, struct nd_str text)
{
    for (size_t i = 0, n; i < text.n; i += n)
        nd_builder_char(self, nd_utf8_decode(text, i, &n));
}

void nd_builder_soft_hyphen(struct nd_builder *self)
{
    const uint32_t hyphen = 0xad;
    uint32_t letter = hyphen;
    if (self->font.legacy.encoding != ND_LEGACY_NONE)
        nd_legacy_decode(self->font.legacy.encoding, &hyphen, 1, &letter);
    if (letter != hyphen)
        nd_builder_char(self, hyphen);
}

void nd_builder_line_break(struct nd_builder *self)
{
    if (!self->is_open || !self->has_text)
        return;
    while (self->text->len > self->open.start && self->text->str[self->text->len - 1] == ' ')
        g_string_truncate(self->text, self->text->len - 1);
    nd_builder_char(self, '\n');
}

void nd_builder_space(struct nd_builder *self)
{
    if (self->is_open && self->has_text && !strchr(" \n", self->text->str[self->text->len - 1]))
        nd_builder_char(self, ' ');
}

static size_t trimmed_end(const GString *text, size_t first)
{
    size_t end = text->len;
    while (end > first) {
        size_t at = nd_utf8_floor((struct nd_str){text->str, text->len}, end - 1), n;
        if (!is_space(nd_utf8_decode((struct nd_str){text->str, text->len}, at, &n)))
            break;
        end = at;
    }
    return end;
}

void nd_builder_end(struct nd_builder *self)
{
    if (!self->is_open)
        return;
    self->is_open = false;
    if (!self->has_text)
        return;
    self->has_text = false;
    size_t first = self->open.start;
    g_string_truncate(self->text, trimmed_end(self->text, first));
    self->open.end = (uint32_t)self->text->len;
    bool running = self->open.kind == ND_BLOCK_PAGE_HEADER || self->open.kind == ND_BLOCK_PAGE_FOOTER;
    if (running && !g_hash_table_add(self->repeated, g_strdup(self->text->str + first))) {
        if (self->doc->blocks->len > 0) { /* its separator goes too */
            self->page_pending = self->text->str[first - 1] == '\f';
            first--;
        }
        g_string_truncate(self->text, first);
        return;
    }
    if (self->doc->blocks->len >= ND_CAP_BLOCKS) {
        mark_full(self, "too-many-blocks", "the document has more blocks than", ND_CAP_BLOCKS);
        return;
    }
    g_array_append_val(self->doc->blocks, self->open);
}

struct nd_str nd_builder_block_text(const struct nd_builder *self, unsigned i)
{
    const struct nd_block *b = &g_array_index(self->doc->blocks, struct nd_block, i);
    return (struct nd_str){self->text->str + b->start, b->end - b->start};
}

/* The end of the line that begins at `at`. */
static uint32_t line_end(const char *text, uint32_t at, uint32_t end)
{
    const char *newline = memchr(text + at, '\n', end - at);
    return newline ? (uint32_t)(newline - text) : end;
}

/* One paragraph as the blocks that the markers of its lines make of it. */
static void split_paragraph(const struct nd_document *doc, struct nd_block paragraph, GArray *blocks)
{
    struct nd_str text = nd_document_text(doc);
    struct nd_block block = paragraph;
    uint32_t end = line_end(text.p, paragraph.start, paragraph.end);
    struct nd_marker marker = nd_marker_of(nd_str_slice(text, paragraph.start, end));
    for (uint32_t next; end < paragraph.end; end = next) {
        uint32_t start = end + 1;
        next = line_end(text.p, start, paragraph.end);
        struct nd_marker found = nd_marker_of(nd_str_slice(text, start, next));
        bool apart = next > start && (found.kind != ND_BLOCK_PARAGRAPH || marker.kind == ND_BLOCK_HEADING ||
                                      text.p[end - 1] == '\n');
        if (!apart || blocks->len + 1 >= ND_CAP_BLOCKS)
            continue;
        block.end = end;
        while (text.p[block.end - 1] == '\n')
            block.end--;
        block.kind = (uint8_t)marker.kind;
        block.level = (uint8_t)marker.level;
        g_array_append_val(blocks, block);
        block.start = start;
        marker = found;
    }
    block.end = paragraph.end;
    block.kind = (uint8_t)marker.kind;
    block.level = (uint8_t)marker.level;
    g_array_append_val(blocks, block);
}

static void apply_markers(struct nd_document *doc)
{
    GArray *blocks = g_array_sized_new(FALSE, FALSE, sizeof(struct nd_block), doc->blocks->len);
    for (guint i = 0; i < doc->blocks->len; i++) {
        struct nd_block b = g_array_index(doc->blocks, struct nd_block, i);
        if (b.kind == ND_BLOCK_PARAGRAPH)
            split_paragraph(doc, b, blocks);
        else
            g_array_append_val(blocks, b);
    }
    g_array_unref(doc->blocks);
    doc->blocks = blocks;
}

/* What is left of symbol fonts (U+F020 to U+F0FF) and belongs to no word is a pictogram: some bullet; what is
 * left of control characters (below that) is nothing. Both take as many bytes as what they become. */
static void name_pictograms(struct nd_document *doc)
{
    static const char bullet[] = "\xe2\x80\xa2", zero_width_space[] = "\xe2\x80\x8b";
    for (char *p = doc->text; (p = strchr(p, '\xef')); p += 3) {
        if ((uint8_t)p[1] < 0x80 || (uint8_t)p[1] > 0x83)
            continue;
        bool letter_before = p > doc->text && (g_ascii_isalpha(p[-1]) || (uint8_t)p[-1] >= 0x80),
             letter_behind = g_ascii_isalpha(p[3]) || (uint8_t)p[3] >= 0x80;
        if ((uint8_t)p[1] == 0x80 && (uint8_t)p[2] < 0xa0)
            memcpy(p, zero_width_space, 3);
        else if (!letter_before && !letter_behind)
            memcpy(p, bullet, 3);
    }
}

struct nd_document *nd_builder_finish(struct nd_builder *self)
{
    nd_builder_end(self);
    struct nd_document *doc = self->doc;
    if (doc->text) { /* made without the builder's help */
        self->doc = nd_document_new();
        return doc;
    }
    doc->size = self->text->len;
    doc->text = g_string_free(self->text, FALSE);
    if (!doc->encoding)
        doc->encoding = g_strdup("utf-8");
    if (!nd_convert_legacy(doc, self->runs))
        nd_convert_viqr(doc);
    name_pictograms(doc);
    nd_repair_text(doc);
    apply_markers(doc);
    if (doc->size == 0 && doc->diagnostics->len == 0)
        nd_document_add_diagnostic(doc, "empty", 0, "no text in the file");
    self->doc = nd_document_new();
    self->text = g_string_new(NULL);
    g_array_set_size(self->runs, 0);
    return doc;
}
