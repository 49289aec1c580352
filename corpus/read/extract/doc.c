#include "corpus/read/extract/extract.h"

#include "corpus/read/charset/bytes.h"
#include "corpus/read/charset/legacy.h"
#include "corpus/read/charset/pictogram.h"
#include "corpus/read/extract/doc_format.h"
#include "corpus/read/extract/ole.h"

/*
 * Word 97 and later: the text lies in pieces over the WordDocument stream, 8 or 16 bits a character; every
 * byte is kept, for in the fonts of before Unicode 0xAD is the letter ư and 0x80 to 0x9f are letters too.
 * Word 6 and 95: one run of 8-bit text, without fonts. Source: [MS-DOC] 2.4.1 (retrieving text), 2.5.1
 * (FIB), 2.8.35 (PlcPcd), 2.9.38 (Clx).
 */

enum {
    FIB_NFIB = 0x02,
    FIB_FLAGS = 0x0a,
    FIB_FC_MIN = 0x18,
    FIB_CCP_TEXT = 0x4c,
    FIB_CCP_FOOTNOTES = 0x50,
    FIB_CCP_HEADERS = 0x54,
    FIB_CCP_MACROS = 0x58,
    FIB_CCP_ANNOTATIONS = 0x5c,
    FIB_CCP_ENDNOTES = 0x60,
    FIB_CCP_TEXT_BOXES = 0x64,
    FIB_CCP_HEADER_BOXES = 0x68,
    FIB_PLCF_HDD = 0xf2,
    FIB_CLX = 0x1a2,
    FLAG_ENCRYPTED = 0x0100,
    FLAG_TABLE_1 = 0x0200,
    NFIB_WORD_97 = 0xc0,
    OLD_FC_MAC = 0x1c,
    OLD_CCP_TEXT = 0x34,

    PARAGRAPH_END = 0x0d,
    CELL_END = 0x07,
    PAGE_BREAK = 0x0c,
    LINE_BREAK = 0x0b,
    COLUMN_BREAK = 0x0e,
    FIELD_BEGIN = 0x13,
    FIELD_SEPARATOR = 0x14,
    FIELD_END = 0x15,
    HARD_HYPHEN = 0x1e,
    SOFT_HYPHEN = 0x1f,
    MAX_FIELDS = 64,
};

struct reader {
    struct nd_builder *builder;
    struct nd_doc_format *format; /* counts the lists on */
    struct nd_bytes document;
    enum nd_block_kind kind; /* of the part of the text being read */
    struct nd_doc_paragraph paragraph;
    struct nd_doc_character character;
    uint32_t paragraph_end, character_end; /* file positions up to which the two hold */
    uint32_t character_start, paragraph_start;
    bool at_start; /* of a paragraph: its block is not begun */
    unsigned row, column;
    bool was_in_table;
    bool in_code[MAX_FIELDS]; /* open fields: whether their code is being read */
    unsigned n_fields, fields_too_deep;
};

static void begin_block(struct reader *self)
{
    self->at_start = false;
    const struct nd_doc_paragraph *p = &self->paragraph;
    if (self->kind != ND_BLOCK_PARAGRAPH) {
        nd_builder_begin(self->builder, self->kind, 0);
    } else if (p->in_table) {
        if (!self->was_in_table)
            self->row = self->column = 0;
        nd_builder_begin_cell(self->builder, self->row, self->column);
    } else if (p->heading) {
        nd_builder_begin(self->builder, ND_BLOCK_HEADING, p->heading);
    } else if (p->list) {
        nd_builder_begin(self->builder, ND_BLOCK_LIST_ITEM, p->list_level + 1u);
    } else {
        nd_builder_begin(self->builder, ND_BLOCK_PARAGRAPH, 0);
    }
    self->was_in_table = p->in_table;
    if (p->list) {
        g_autofree char *number = nd_doc_format_next_number(self->format, p->list, p->list_level);
        nd_builder_font(self->builder, NULL);
        nd_builder_text(self->builder, nd_str_from_c(number));
    }
}

static void end_block(struct reader *self)
{
    nd_builder_end(self->builder);
    self->at_start = true;
}

static void look_up(struct reader *self, uint32_t fc)
{
    if (fc >= self->paragraph_end || fc < self->paragraph_start) {
        self->paragraph = nd_doc_format_paragraph(self->format, fc, &self->paragraph_end);
        self->paragraph_start = fc;
        self->character_end = 0;
    }
    if (fc >= self->character_end || fc < self->character_start) {
        self->character =
            nd_doc_format_character(self->format, fc, self->paragraph.style, &self->character_end);
        self->character_start = fc;
    }
}

static void field_character(struct reader *self, uint32_t c)
{
    if (c == FIELD_BEGIN) {
        if (self->n_fields < MAX_FIELDS)
            self->in_code[self->n_fields++] = true;
        else
            self->fields_too_deep++;
    } else if (c == FIELD_SEPARATOR) {
        if (self->n_fields > 0)
            self->in_code[self->n_fields - 1] = false;
    } else if (self->fields_too_deep > 0) {
        self->fields_too_deep--;
    } else if (self->n_fields > 0) {
        self->n_fields--;
    }
}

static bool in_field_code(const struct reader *self)
{
    for (unsigned i = 0; i < self->n_fields; i++)
        if (self->in_code[i])
            return true;
    return self->fields_too_deep > 0;
}

static void text_character(struct reader *self, uint32_t c)
{
    const struct nd_doc_character *run = &self->character;
    if (run->deleted || run->hidden || in_field_code(self))
        return;
    const char *font = c < 0x80 ? run->font_ascii : run->font_other;
    if (run->special && run->symbol) {
        bool known = nd_legacy_font_of(run->symbol_font).encoding != ND_LEGACY_NONE ||
                     nd_pictograms_of(run->symbol_font) != ND_PICTOGRAMS_NONE;
        font = run->symbol_font;
        c = known ? run->symbol : ND_PICTOGRAM_ANY;
    } else if (c == HARD_HYPHEN) {
        c = '-';
    } else if (c == SOFT_HYPHEN) {
        if (!self->at_start) {
            nd_builder_font(self->builder, run->font_other);
            nd_builder_soft_hyphen(self->builder);
        }
        return;
    } else if (c < 0x20 && c != '\t' && run->special) {
        return; /* pictures, note references and their like */
    }
    if (self->at_start)
        begin_block(self);
    nd_builder_font(self->builder, font);
    nd_builder_char(self->builder, c);
}

static void take(struct reader *self, uint32_t c, uint32_t fc)
{
    look_up(self, fc);
    switch (c) {
    case PARAGRAPH_END:
        if (self->at_start)
            self->was_in_table = self->paragraph.in_table;
        end_block(self);
        break;
    case CELL_END:
        if (self->at_start && !self->was_in_table) /* an empty first cell */
            self->row = self->column = 0;
        self->was_in_table = true;
        end_block(self);
        self->column++;
        if (self->paragraph.row_end) {
            self->row++;
            self->column = 0;
        }
        break;
    case PAGE_BREAK:
        end_block(self);
        if (self->kind == ND_BLOCK_PARAGRAPH)
            nd_builder_page_break(self->builder);
        break;
    case LINE_BREAK:
    case COLUMN_BREAK:
        nd_builder_line_break(self->builder);
        break;
    case FIELD_BEGIN:
    case FIELD_SEPARATOR:
    case FIELD_END:
        field_character(self, c);
        break;
    default:
        text_character(self, c);
    }
}

/* Reads the characters from..to of the whole text, all pieces of it. */
static void read_range(struct reader *self, struct nd_bytes pieces, uint32_t from, uint32_t to,
                       enum nd_block_kind kind)
{
    size_t n = (pieces.n - 4) / 12;
    self->kind = kind;
    self->at_start = true;
    self->n_fields = self->fields_too_deep = 0;
    self->was_in_table = false;
    for (size_t i = 0; i < n && nd_builder_has_room(self->builder); i++) {
        uint32_t start = nd_u32(pieces, i * 4), end = nd_u32(pieces, (i + 1) * 4);
        if (end <= from || start >= to || end <= start)
            continue;
        uint32_t fc = nd_u32(pieces, (n + 1) * 4 + i * 8 + 2);
        bool bytes = fc & 0x40000000;
        fc = bytes ? (fc & 0x3fffffff) / 2 : fc & 0x3fffffff;
        unsigned width = bytes ? 1 : 2;
        uint32_t first = MAX(start, from), last = MIN(end, to);
        uint64_t position = fc + (uint64_t)(first - start) * width;
        for (uint32_t cp = first; cp < last && position + width <= self->document.n;
             cp++, position += width) {
            uint32_t c = bytes ? self->document.p[position] : nd_u16(self->document, (size_t)position);
            if (bytes && c >= 0x80 && c < 0xa0)
                c = nd_text_code_page_char(1252, (uint8_t)c);
            take(self, c, (uint32_t)position);
        }
    }
    nd_builder_end(self->builder);
}

/* The piece table, without the property modifiers before it. */
static struct nd_bytes find_pieces(struct nd_bytes clx)
{
    size_t at = 0;
    while (nd_u8(clx, at) == 1)
        at += 3 + (size_t)nd_u16(clx, at + 1);
    if (nd_u8(clx, at) != 2)
        return (struct nd_bytes){clx.p, 0};
    return nd_part(clx, at + 5, nd_u32(clx, at + 1));
}

/* Headers and footers: six separators of footnotes, then six stories a section. Source: [MS-DOC] 2.8.11
 * (Plcfhdd). */
static void read_headers(struct reader *self, struct nd_bytes pieces, struct nd_bytes stories, uint32_t from,
                         uint32_t to)
{
    enum { SEPARATORS = 6, STORIES = 6 };
    static const enum nd_block_kind kinds[STORIES] = {ND_BLOCK_PAGE_HEADER, ND_BLOCK_PAGE_HEADER,
                                                      ND_BLOCK_PAGE_FOOTER, ND_BLOCK_PAGE_FOOTER,
                                                      ND_BLOCK_PAGE_HEADER, ND_BLOCK_PAGE_FOOTER};
    size_t n = stories.n / 4;
    if (n <= SEPARATORS + 1) { /* not told apart */
        read_range(self, pieces, from, to, ND_BLOCK_PAGE_HEADER);
        return;
    }
    for (size_t i = SEPARATORS; i + 1 < n; i++) {
        uint32_t start = nd_u32(stories, i * 4), end = MIN(nd_u32(stories, (i + 1) * 4), to - from);
        if (start < end)
            read_range(self, pieces, from + start, from + end, kinds[(i - SEPARATORS) % STORIES]);
    }
}

static void read_word_97(struct nd_ole *ole, struct nd_bytes document, struct nd_builder *builder)
{
    size_t size;
    const char *name = nd_u16(document, FIB_FLAGS) & FLAG_TABLE_1 ? "1Table" : "0Table";
    g_autofree uint8_t *owned = nd_ole_read(ole, name, &size);
    if (!owned) {
        nd_builder_complain(builder, "damaged", "the stream %s is missing", name);
        return;
    }
    struct nd_bytes table = {owned, size};
    struct nd_bytes pieces =
        find_pieces(nd_part(table, nd_u32(document, FIB_CLX), nd_u32(document, FIB_CLX + 4)));
    if (pieces.n < 16) {
        nd_builder_complain(builder, "damaged", "no piece table");
        return;
    }
    nd_auto(nd_doc_format) format = nd_doc_format_new(document, table);
    struct reader reader = {.builder = builder, .format = format, .document = document};
    static const struct {
        uint16_t length_at;
        int kind; /* of its paragraphs, or -1 to leave it out */
    } parts[] = {
        {FIB_CCP_TEXT, ND_BLOCK_PARAGRAPH},
        {FIB_CCP_FOOTNOTES, ND_BLOCK_FOOTNOTE},
        {FIB_CCP_HEADERS, ND_BLOCK_PAGE_HEADER},
        {FIB_CCP_MACROS, -1},
        {FIB_CCP_ANNOTATIONS, -1},
        {FIB_CCP_ENDNOTES, ND_BLOCK_FOOTNOTE},
        {FIB_CCP_TEXT_BOXES, ND_BLOCK_PARAGRAPH},
        {FIB_CCP_HEADER_BOXES, ND_BLOCK_PAGE_HEADER},
    };
    uint32_t from = 0;
    for (unsigned i = 0; i < G_N_ELEMENTS(parts); i++) {
        uint32_t length = nd_u32(document, parts[i].length_at);
        uint32_t to = length > UINT32_MAX - from ? UINT32_MAX : from + length;
        if (parts[i].length_at == FIB_CCP_HEADERS && to > from)
            read_headers(&reader, pieces,
                         nd_part(table, nd_u32(document, FIB_PLCF_HDD), nd_u32(document, FIB_PLCF_HDD + 4)),
                         from, to);
        else if (parts[i].kind >= 0 && to > from)
            read_range(&reader, pieces, from, to, (enum nd_block_kind)parts[i].kind);
        from = to;
    }
}

static void read_word_95(struct nd_bytes document, struct nd_builder *builder)
{
    uint32_t start = nd_u32(document, FIB_FC_MIN);
    uint32_t size = MIN(nd_u32(document, OLD_FC_MAC) - start, nd_u32(document, OLD_CCP_TEXT));
    struct nd_bytes text = nd_part(document, start, size);
    bool field_code = false;
    nd_builder_begin(builder, ND_BLOCK_PARAGRAPH, 0);
    for (size_t i = 0; i < text.n; i++) {
        uint8_t c = text.p[i];
        if (c == FIELD_BEGIN || c == FIELD_SEPARATOR || c == FIELD_END)
            field_code = c == FIELD_BEGIN;
        else if (c == PARAGRAPH_END || c == CELL_END)
            nd_builder_begin(builder, ND_BLOCK_PARAGRAPH, 0);
        else if (c == PAGE_BREAK)
            nd_builder_page_break(builder);
        else if (c == LINE_BREAK)
            nd_builder_line_break(builder);
        else if (!field_code && (c >= 0x20 || c == '\t'))
            nd_builder_char(builder, nd_text_code_page_char(1252, c));
    }
}

void nd_extract_doc(struct nd_bytes file, struct nd_builder *builder)
{
    g_autoptr(GError) error = NULL;
    nd_auto(nd_ole) ole = nd_ole_open(file, &error);
    size_t size;
    g_autofree uint8_t *owned = ole ? nd_ole_read(ole, "WordDocument", &size) : NULL;
    if (!owned) {
        nd_builder_complain(builder, "damaged", "%s",
                            error ? error->message : "the stream WordDocument is broken");
        return;
    }
    struct nd_bytes document = {owned, size};
    if (nd_u16(document, FIB_FLAGS) & FLAG_ENCRYPTED)
        nd_builder_complain(builder, "encrypted", "the document has a password");
    else if (nd_u16(document, FIB_NFIB) >= NFIB_WORD_97)
        read_word_97(ole, document, builder);
    else
        read_word_95(document, builder);
}
