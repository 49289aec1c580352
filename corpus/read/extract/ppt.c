#include "corpus/read/extract/extract.h"

#include "corpus/read/charset/bytes.h"
#include "corpus/read/extract/ole.h"

/*
 * PowerPoint 97 to 2003: texts in the records of the stream "PowerPoint Document", walked in their order: the
 * outline of all slides, then what lies on the slides outside of it. Source: [MS-PPT] PowerPoint Binary File
 * Format, revision 6.0: 2.3.1 (record header), 2.4.14 (slide list), 2.9 (text).
 */

enum {
    HEADER_BYTES = 8,
    MAX_DEPTH = 32,
    CONTAINER = 0xf, /* version of records that hold records */
    RECORD_NOTES = 0x03f0,
    RECORD_SLIDE_PERSIST = 0x03f3,
    RECORD_MASTER = 0x03f8,
    RECORD_TEXT_HEADER = 0x0f9f,
    RECORD_TEXT_CHARS = 0x0fa0,
    RECORD_TEXT_BYTES = 0x0fa8,
    RECORD_SLIDE_LIST = 0x0ff0,
    TEXT_TITLE = 0,
    TEXT_CENTERED_TITLE = 6,
    LIST_OF_SLIDES = 0, /* instance; 1 is of masters, 2 of notes */
    PARAGRAPH_END = 0x0d,
    LINE_BREAK = 0x0b,
};

struct presentation {
    struct nd_builder *builder;
    unsigned text_type; /* of the next text */
    bool notes;
};

static void begin_paragraph(struct presentation *self)
{
    bool title = self->text_type == TEXT_TITLE || self->text_type == TEXT_CENTERED_TITLE;
    if (self->notes)
        nd_builder_begin(self->builder, ND_BLOCK_FOOTNOTE, 0);
    else if (title)
        nd_builder_begin(self->builder, ND_BLOCK_HEADING, 1);
    else
        nd_builder_begin(self->builder, ND_BLOCK_PARAGRAPH, 0);
}

static void put_text(struct presentation *self, struct nd_bytes text, unsigned width)
{
    begin_paragraph(self);
    for (size_t i = 0; i + width <= text.n; i += width) {
        uint32_t c = width == 2 ? nd_u16(text, i) : nd_text_code_page_char(1252, nd_u8(text, i));
        if (c == PARAGRAPH_END)
            begin_paragraph(self);
        else if (c == LINE_BREAK)
            nd_builder_line_break(self->builder);
        else
            nd_builder_char(self->builder, c);
    }
    nd_builder_end(self->builder);
}

static void walk(struct presentation *self, struct nd_bytes records, unsigned depth)
{
    size_t at = 0;
    while (at + HEADER_BYTES <= records.n && nd_builder_has_room(self->builder)) {
        unsigned version = nd_u16(records, at) & 0xf, instance = nd_u16(records, at) >> 4;
        unsigned kind = nd_u16(records, at + 2);
        struct nd_bytes body = nd_part(records, at + HEADER_BYTES, nd_u32(records, at + 4));
        bool skip = kind == RECORD_MASTER || (kind == RECORD_SLIDE_LIST && instance != LIST_OF_SLIDES);
        if (version == CONTAINER && !skip && depth < MAX_DEPTH) {
            bool outer = self->notes;
            self->notes = outer || kind == RECORD_NOTES;
            walk(self, body, depth + 1);
            self->notes = outer;
        } else if (kind == RECORD_SLIDE_PERSIST) {
            nd_builder_page_break(self->builder);
        } else if (kind == RECORD_TEXT_HEADER) {
            self->text_type = nd_u32(body, 0);
        } else if (kind == RECORD_TEXT_CHARS) {
            put_text(self, body, 2);
        } else if (kind == RECORD_TEXT_BYTES) {
            put_text(self, body, 1);
        }
        at += HEADER_BYTES + body.n;
    }
}

void nd_extract_ppt(struct nd_bytes file, struct nd_builder *builder)
{
    g_autoptr(GError) error = NULL;
    nd_auto(nd_ole) ole = nd_ole_open(file, &error);
    size_t size;
    g_autofree uint8_t *stream = ole ? nd_ole_read(ole, "PowerPoint Document", &size) : NULL;
    if (!stream) {
        nd_builder_complain(builder, "damaged", "%s", error ? error->message : "the stream is broken");
        return;
    }
    struct presentation self = {.builder = builder, .text_type = 1};
    walk(&self, (struct nd_bytes){stream, size}, 0);
}
