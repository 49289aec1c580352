#include "corpus/read/extract/extract.h"

#include "corpus/read/charset/bytes.h"
#include "corpus/read/charset/legacy.h"
#include "corpus/read/extract/ole.h"

/*
 * PowerPoint 97 to 2003: texts in the records of the stream "PowerPoint Document", walked in their order: the
 * outline of all slides, then what lies on the slides outside of it. Behind a text stand the properties of
 * its runs, the font among them. Source: [MS-PPT] PowerPoint Binary File Format, revision 6.0: 2.3.1 (record
 * header), 2.4.14 (slide list), 2.9 (text), 2.9.8 to 2.9.10 (fonts), 2.9.17 to 2.9.20 (text properties).
 */

static const uint32_t token_encrypted = 0xf3d1c4df; /* in CurrentUserAtom, 2.3.2 */
enum {
    HEADER_BYTES = 8,
    MAX_DEPTH = 32,
    CONTAINER = 0xf, /* version of records that hold records */
    RECORD_NOTES = 0x03f0,
    RECORD_SLIDE_PERSIST = 0x03f3,
    RECORD_MASTER = 0x03f8,
    RECORD_HANDOUT = 0x0fc9,
    RECORD_FONT = 0x0fb7,
    RECORD_TEXT_STYLE = 0x0fa1,
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

/* A text that waits for the properties behind it. */
struct text {
    struct nd_bytes bytes;
    unsigned width; /* of a character, 1 or 2 bytes; 0: none waits */
};

struct presentation {
    struct nd_builder *builder;
    GHashTable *fonts;  /* number -> name */
    unsigned text_type; /* of the next text */
    struct text text;
    bool notes;
};

/* Where the properties of one kind of run say that something stands: bits of its mask, and the bytes that any
 * of them adds. In the order of the file. */
struct property {
    uint32_t bits;
    uint8_t bytes;
};

static const struct property paragraph_properties[] = {
    {0x0000000f, 2}, {0x00000080, 2}, {0x00000010, 2}, {0x00000040, 2}, {0x00000020, 4}, {0x00000800, 2},
    {0x00001000, 2}, {0x00002000, 2}, {0x00004000, 2}, {0x00000100, 2}, {0x00000400, 2}, {0x00008000, 2},
};
static const struct property paragraph_properties_behind_tabs[] = {
    {0x00010000, 2}, {0x000e0000, 2}, {0x00200000, 2}};
enum { PARAGRAPH_TABS = 0x00100000, FONT_STYLE = 0x0000ffff, FONT_NAME = 0x00010000 };
static const struct property font_properties_behind_name[] = {
    {0x00200000, 2}, {0x00400000, 2}, {0x00800000, 2}, {0x00020000, 2}, {0x00040000, 4}, {0x00080000, 2}};

static size_t skip_properties(const struct property *properties, unsigned n, uint32_t mask)
{
    size_t size = 0;
    for (unsigned i = 0; i < n; i++)
        size += mask & properties[i].bits ? (size_t)properties[i].bytes : 0;
    return size;
}

/* Behind the runs of paragraphs, which cover the text and one character more. */
static size_t skip_paragraphs(struct nd_bytes style, uint32_t characters)
{
    size_t at = 0;
    for (uint32_t covered = 0; covered < characters && at + 10 <= style.n;) {
        uint32_t count = nd_u32(style, at), mask = nd_u32(style, at + 6);
        if (count == 0)
            return style.n;
        covered = count > characters - covered ? characters : covered + count;
        at += 10 + skip_properties(paragraph_properties, G_N_ELEMENTS(paragraph_properties), mask);
        if (mask & PARAGRAPH_TABS)
            at += 2 + 4 * (size_t)nd_u16(style, at);
        at += skip_properties(paragraph_properties_behind_tabs,
                              G_N_ELEMENTS(paragraph_properties_behind_tabs), mask);
    }
    return at;
}

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

/* Characters from..to of the waiting text, in one font. */
static void put_run(struct presentation *self, uint32_t from, uint32_t to, const char *font)
{
    nd_builder_font(self->builder, font);
    bool legacy = nd_legacy_font_of(font).encoding != ND_LEGACY_NONE;
    for (uint32_t i = from; i < to; i++) {
        uint32_t c =
            self->text.width == 2 ? nd_u16(self->text.bytes, 2 * (size_t)i) : nd_u8(self->text.bytes, i);
        if (c == PARAGRAPH_END)
            begin_paragraph(self);
        else if (c == LINE_BREAK)
            nd_builder_line_break(self->builder);
        else
            nd_builder_char(self->builder,
                            self->text.width == 2 || legacy ? c : nd_text_code_page_char(1252, (uint8_t)c));
    }
}

/* Writes the waiting text; style is empty when none came. */
static void put_text(struct presentation *self, struct nd_bytes style)
{
    if (self->text.width == 0)
        return;
    uint32_t n = (uint32_t)(self->text.bytes.n / self->text.width), covered = 0;
    bool placeholder = n == 1 && nd_u8(self->text.bytes, 0) == '*'; /* the number of a page, the date */
    begin_paragraph(self);
    for (size_t at = skip_paragraphs(style, n + 1); !placeholder && covered < n && at + 8 <= style.n;) {
        uint32_t count = nd_u32(style, at), mask = nd_u32(style, at + 4);
        at += mask & FONT_STYLE ? 10 : 8;
        const char *font = NULL;
        if (mask & FONT_NAME) {
            font = g_hash_table_lookup(self->fonts, GUINT_TO_POINTER(nd_u16(style, at)));
            at += 2;
        }
        at += skip_properties(font_properties_behind_name, G_N_ELEMENTS(font_properties_behind_name), mask);
        if (count == 0)
            break;
        uint32_t end = count > n - covered ? n : covered + count;
        put_run(self, covered, end, font);
        covered = end;
    }
    if (!placeholder)
        put_run(self, covered, n, NULL);
    nd_builder_end(self->builder);
    self->text.width = 0;
}

static void add_font(struct presentation *self, unsigned number, struct nd_bytes body)
{
    enum { NAME_UNITS = 32 };
    GString *name = g_string_new(NULL);
    for (unsigned i = 0; i < NAME_UNITS && nd_u16(body, 2 * i) != 0; i++)
        g_string_append_unichar(name, nd_u16(body, 2 * i) < 0xd800 ? nd_u16(body, 2 * i) : '?');
    g_hash_table_replace(self->fonts, GUINT_TO_POINTER(number), g_string_free(name, FALSE));
}

static void walk(struct presentation *self, struct nd_bytes records, unsigned depth)
{
    size_t at = 0;
    while (at + HEADER_BYTES <= records.n && nd_builder_has_room(self->builder)) {
        unsigned version = nd_u16(records, at) & 0xf, instance = nd_u16(records, at) >> 4;
        unsigned kind = nd_u16(records, at + 2);
        struct nd_bytes body = nd_part(records, at + HEADER_BYTES, nd_u32(records, at + 4));
        const struct nd_bytes no_style = {body.p, 0};
        bool skip = kind == RECORD_MASTER || kind == RECORD_HANDOUT ||
                    (kind == RECORD_SLIDE_LIST && instance != LIST_OF_SLIDES);
        if (version == CONTAINER && !skip && depth < MAX_DEPTH) {
            bool outer = self->notes;
            self->notes = outer || kind == RECORD_NOTES;
            walk(self, body, depth + 1);
            put_text(self, no_style);
            self->notes = outer;
        } else if (kind == RECORD_SLIDE_PERSIST) {
            put_text(self, no_style);
            nd_builder_page_break(self->builder);
        } else if (kind == RECORD_TEXT_HEADER) {
            put_text(self, no_style);
            self->text_type = nd_u32(body, 0);
        } else if (kind == RECORD_TEXT_CHARS || kind == RECORD_TEXT_BYTES) {
            put_text(self, no_style);
            self->text = (struct text){body, kind == RECORD_TEXT_CHARS ? 2 : 1};
        } else if (kind == RECORD_TEXT_STYLE) {
            put_text(self, body);
        } else if (kind == RECORD_FONT) {
            add_font(self, instance, body);
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
    size_t user_size;
    g_autofree uint8_t *user = nd_ole_read(ole, "Current User", &user_size);
    if (user && nd_u32((struct nd_bytes){user, user_size}, HEADER_BYTES + 4) == token_encrypted) {
        nd_builder_complain(builder, "encrypted", "the presentation has a password");
        return;
    }
    struct presentation self = {
        .builder = builder, .fonts = g_hash_table_new_full(NULL, NULL, NULL, g_free), .text_type = 1};
    walk(&self, (struct nd_bytes){stream, size}, 0);
    put_text(&self, (struct nd_bytes){stream, 0});
    g_hash_table_unref(self.fonts);
}
