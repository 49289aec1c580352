#include "corpus/read/extract/extract.h"

#include "corpus/read/charset/bytes.h"
#include "corpus/read/charset/legacy.h"
#include "corpus/read/extract/ole.h"
#include "corpus/read/extract/sheet_number.h"

#include <math.h>

/*
 * Excel 5 to 2003: the records of the Workbook stream. freexl reads these files too, but not the fonts of
 * cells and of parts of cells, without which TCVN3 cannot be told, nor its capitals. Source: [MS-XLS] Excel
 * Binary File Format, revision 11.0: 2.4 (records), 2.5.293 (XLUnicodeRichExtendedString), 2.5.240
 * (RkNumber).
 */

enum {
    RECORD_FORMULA = 0x0006,
    RECORD_DATE_MODE = 0x0022,
    RECORD_FILEPASS = 0x002f,
    RECORD_FONT = 0x0031,
    RECORD_CONTINUE = 0x003c,
    RECORD_CODEPAGE = 0x0042,
    RECORD_MULRK = 0x00bd,
    RECORD_RSTRING = 0x00d6,
    RECORD_XF = 0x00e0,
    RECORD_SST = 0x00fc,
    RECORD_LABELSST = 0x00fd,
    RECORD_NUMBER = 0x0203,
    RECORD_LABEL = 0x0204,
    RECORD_STRING = 0x0207,
    RECORD_FONT_4 = 0x0231,
    RECORD_RK = 0x027e,
    RECORD_FORMAT = 0x041e,
    RECORD_BOF = 0x0809,
    BIFF_8 = 0x0600,
    MAX_STRINGS = 1 << 20,
    MAX_FONTS = 4096,
    MAX_XFS = 65536,
    MAX_FORMAT_CHARACTERS = 255,
};

struct font_change {
    uint16_t at, font; /* from this character on */
};

struct text {
    uint16_t *chars;
    struct font_change *changes;
    uint16_t n, n_changes;
};

/* The format of cells. */
struct xf {
    uint16_t font, number; /* of the tables of fonts, of number formats */
};

struct cell {
    uint16_t row, column, xf;
};

struct workbook {
    struct nd_builder *builder;
    struct nd_bytes stream;
    bool biff8;
    unsigned code_page;
    GPtrArray *fonts;           /* names */
    GArray *xfs;                /* of struct xf */
    GHashTable *number_formats; /* those the file spells out: number -> enum nd_sheet_format */
    bool from_1904;
    GArray *strings; /* of struct text */
    unsigned sheet;
    struct cell formula; /* the cell a STRING record is the result of */
    bool formula_pending;
};

struct record {
    unsigned kind;
    struct nd_bytes body;
    size_t next; /* where the next record begins */
};

static bool get_record(struct nd_bytes stream, size_t at, struct record *out)
{
    if (at + 4 > stream.n)
        return false;
    out->kind = nd_u16(stream, at);
    size_t size = nd_u16(stream, at + 2);
    out->body = nd_part(stream, at + 4, size);
    out->next = at + 4 + size;
    return out->body.n == size;
}

static void text_clear(gpointer data)
{
    struct text *text = data;
    g_free(text->chars);
    g_free(text->changes);
}

/* Font 4 does not exist: numbers from 5 on count one less. */
static const char *font_name(const struct workbook *self, unsigned number)
{
    unsigned i = number > 4 ? number - 1 : number;
    return number != 4 && i < self->fonts->len ? g_ptr_array_index(self->fonts, i) : NULL;
}

static struct xf xf_at(const struct workbook *self, unsigned xf)
{
    return xf < self->xfs->len ? g_array_index(self->xfs, struct xf, xf) : (struct xf){0};
}

static unsigned number_format(const struct workbook *self, unsigned xf)
{
    const unsigned number = xf_at(self, xf).number;
    gpointer format;
    if (g_hash_table_lookup_extended(self->number_formats, GUINT_TO_POINTER(number), NULL, &format))
        return GPOINTER_TO_UINT(format);
    return nd_sheet_format_by_id(number);
}

static void put_char(struct workbook *self, uint32_t c, bool byte, unsigned font)
{
    const char *name = font_name(self, font);
    if (byte && c >= 0x80 && nd_legacy_font_of(name).encoding == ND_LEGACY_NONE)
        c = nd_text_code_page_char(self->biff8 ? 1252 : self->code_page, (uint8_t)c);
    nd_builder_font(self->builder, name);
    if (c == '\n' || c == '\r')
        nd_builder_line_break(self->builder);
    else
        nd_builder_char(self->builder, c);
}

static void put_text(struct workbook *self, struct cell cell, const struct text *text, bool bytes)
{
    uint16_t font = xf_at(self, cell.xf).font;
    nd_builder_begin_cell(self->builder, cell.row, cell.column);
    for (unsigned i = 0, change = 0; i < text->n; i++) {
        for (; change < text->n_changes && text->changes[change].at <= i; change++)
            font = text->changes[change].font;
        put_char(self, text->chars[i], bytes, font);
    }
    nd_builder_end(self->builder);
}

static void put_number(struct workbook *self, struct cell cell, double value)
{
    char buffer[ND_SHEET_NUMBER_BYTES];
    if (!isfinite(value))
        return;
    nd_sheet_number_format(value, number_format(self, cell.xf), self->from_1904, buffer);
    nd_builder_begin_cell(self->builder, cell.row, cell.column);
    nd_builder_font(self->builder, NULL);
    nd_builder_text(self->builder, nd_str_from_c(buffer));
    nd_builder_end(self->builder);
}

static double rk_value(uint32_t rk)
{
    double value;
    if (rk & 2) {
        value = (int32_t)rk >> 2;
    } else {
        uint64_t bits = (uint64_t)(rk & ~3u) << 32;
        memcpy(&value, &bits, sizeof value);
    }
    return rk & 1 ? value / 100 : value;
}

static double double_at(struct nd_bytes b, size_t i)
{
    uint64_t bits = nd_u32(b, i) | (uint64_t)nd_u32(b, i + 4) << 32;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static struct cell cell_at(struct nd_bytes body)
{
    return (struct cell){nd_u16(body, 0), nd_u16(body, 2), nd_u16(body, 4)};
}

static void read_font(struct workbook *self, struct nd_bytes body)
{
    size_t n = nd_u8(body, 14);
    GString *name = g_string_new(NULL);
    bool wide = self->biff8 && (nd_u8(body, 15) & 1);
    size_t start = self->biff8 ? 16 : 15;
    for (size_t i = 0; i < n; i++) {
        uint32_t c = wide ? nd_u16(body, start + 2 * i) : nd_u8(body, start + i);
        g_string_append_unichar(name, c > 0 && c < 0xd800 ? c : '?');
    }
    if (self->fonts->len < MAX_FONTS)
        g_ptr_array_add(self->fonts, g_string_free(name, FALSE));
    else
        g_string_free(name, TRUE);
}

/* A number format that the file spells out. */
static void read_format(struct workbook *self, struct nd_bytes body)
{
    char code[MAX_FORMAT_CHARACTERS + 1];
    size_t n = self->biff8 ? nd_u16(body, 2) : nd_u8(body, 2);
    const bool wide = self->biff8 && (nd_u8(body, 4) & 1);
    const size_t start = self->biff8 ? 5 : 3;
    n = MIN(n, (size_t)MAX_FORMAT_CHARACTERS);
    for (size_t i = 0; i < n; i++) {
        const unsigned c = wide ? nd_u16(body, start + 2 * i) : nd_u8(body, start + i);
        code[i] = c > 0 && c < 0x80 ? (char)c : '?';
    }
    code[n] = '\0';
    if (g_hash_table_size(self->number_formats) < MAX_XFS)
        g_hash_table_insert(self->number_formats, GUINT_TO_POINTER(nd_u16(body, 0)),
                            GUINT_TO_POINTER(nd_sheet_format_of_code(code)));
}

/* The shared strings lie in one record and its continuations; a string may be cut anywhere, and then says
 * anew at the continuation's first byte whether its characters have one byte or two. */
struct pieces {
    struct nd_bytes stream, body;
    size_t at, next; /* in the body; of the record behind it */
};

static bool next_piece(struct pieces *p)
{
    struct record record;
    if (!get_record(p->stream, p->next, &record) || record.kind != RECORD_CONTINUE)
        return false;
    p->body = record.body;
    p->next = record.next;
    p->at = 0;
    return true;
}

static bool read_bytes(struct pieces *p, uint8_t *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        while (p->at >= p->body.n)
            if (!next_piece(p))
                return false;
        uint8_t byte = p->body.p[p->at++];
        if (out)
            out[i] = byte;
    }
    return true;
}

static bool read_chars(struct pieces *p, uint16_t *out, size_t n, bool wide)
{
    for (size_t i = 0; i < n; i++) {
        if (p->at >= p->body.n) {
            uint8_t flags;
            if (!next_piece(p) || !read_bytes(p, &flags, 1))
                return false;
            wide = flags & 1;
        }
        uint8_t bytes[2] = {0, 0};
        if (!read_bytes(p, bytes, wide ? 2 : 1))
            return false;
        out[i] = (uint16_t)(bytes[0] | bytes[1] << 8);
    }
    return true;
}

/* A string of BIFF8: its length (two bytes) at p, then flags, counts, characters, font changes, phonetic
 * data. */
static bool read_string(struct pieces *p, struct text *out)
{
    uint8_t head[3], count[4];
    *out = (struct text){0};
    if (!read_bytes(p, head, 3))
        return false;
    uint16_t n = (uint16_t)(head[0] | head[1] << 8), changes = 0;
    uint32_t extra = 0;
    if (head[2] & 8) {
        if (!read_bytes(p, count, 2))
            return false;
        changes = (uint16_t)(count[0] | count[1] << 8);
    }
    if (head[2] & 4) {
        if (!read_bytes(p, count, 4))
            return false;
        extra = (uint32_t)count[0] | (uint32_t)count[1] << 8 | (uint32_t)count[2] << 16 |
                (uint32_t)count[3] << 24;
    }
    out->chars = g_new0(uint16_t, n + 1u);
    out->n = n;
    if (!read_chars(p, out->chars, n, head[2] & 1))
        return false;
    out->changes = changes ? g_new0(struct font_change, changes) : NULL;
    for (unsigned i = 0; i < changes; i++) {
        if (!read_bytes(p, count, 4))
            return false;
        out->changes[i] =
            (struct font_change){(uint16_t)(count[0] | count[1] << 8), (uint16_t)(count[2] | count[3] << 8)};
        out->n_changes = (uint16_t)(i + 1);
    }
    return read_bytes(p, NULL, extra);
}

static void read_shared_strings(struct workbook *self, const struct record *record)
{
    struct pieces pieces = {.stream = self->stream, .body = record->body, .at = 8, .next = record->next};
    uint32_t count = MIN(nd_u32(record->body, 4), (uint32_t)MAX_STRINGS);
    for (uint32_t i = 0; i < count; i++) {
        struct text text;
        bool whole = read_string(&pieces, &text);
        g_array_append_val(self->strings, text);
        if (!whole) {
            nd_builder_complain(self->builder, "damaged", "the table of strings ends early");
            return;
        }
    }
}

/* LABEL, RSTRING and STRING: a string of its own in the record. */
static void put_own_string(struct workbook *self, struct cell cell, struct nd_bytes body, size_t at,
                           bool rich, size_t next)
{
    struct text text = {0};
    if (self->biff8) {
        struct pieces pieces = {.stream = self->stream, .body = body, .at = at, .next = next};
        read_string(&pieces, &text);
        put_text(self, cell, &text, false);
    } else {
        size_t n = MIN((size_t)nd_u16(body, at), body.n);
        text.chars = g_new0(uint16_t, n + 1);
        text.n = (uint16_t)n;
        for (size_t i = 0; i < n; i++)
            text.chars[i] = nd_u8(body, at + 2 + i);
        size_t changes = rich ? nd_u8(body, at + 2 + n) : 0;
        text.changes = g_new0(struct font_change, changes + 1);
        for (size_t i = 0; i < changes; i++)
            text.changes[i] =
                (struct font_change){nd_u8(body, at + 3 + n + 2 * i), nd_u8(body, at + 4 + n + 2 * i)};
        text.n_changes = (uint16_t)changes;
        put_text(self, cell, &text, true);
    }
    text_clear(&text);
}

static void begin_sheet(struct workbook *self)
{
    nd_builder_end(self->builder);
    if (self->sheet > 0)
        nd_builder_page_break(self->builder);
    self->sheet++;
}

static void read_formula(struct workbook *self, struct nd_bytes body)
{
    struct cell cell = cell_at(body);
    if (nd_u16(body, 12) != 0xffff) {
        put_number(self, cell, double_at(body, 6));
    } else if (nd_u8(body, 6) == 0) { /* a string, which follows */
        self->formula = cell;
        self->formula_pending = true;
    }
}

/* False when the stream cannot be read any further. */
static bool take(struct workbook *self, const struct record *record)
{
    struct nd_bytes body = record->body;
    switch (record->kind) {
    case RECORD_BOF:
        self->biff8 = nd_u16(body, 0) == BIFF_8;
        if (nd_u16(body, 2) == 0x0010) /* a sheet */
            begin_sheet(self);
        break;
    case RECORD_FILEPASS:
        nd_builder_complain(self->builder, "encrypted", "the workbook has a password");
        return false;
    case RECORD_CODEPAGE:
        self->code_page = nd_u16(body, 0);
        break;
    case RECORD_FONT:
    case RECORD_FONT_4:
        read_font(self, body);
        break;
    case RECORD_XF: {
        const struct xf xf = {nd_u16(body, 0), nd_u16(body, 2)};
        if (self->xfs->len < MAX_XFS)
            g_array_append_val(self->xfs, xf);
        break;
    }
    case RECORD_FORMAT:
        read_format(self, body);
        break;
    case RECORD_DATE_MODE:
        self->from_1904 = nd_u16(body, 0) == 1;
        break;
    case RECORD_SST:
        read_shared_strings(self, record);
        break;
    case RECORD_LABELSST: {
        uint32_t i = nd_u32(body, 6);
        if (i < self->strings->len)
            put_text(self, cell_at(body), &g_array_index(self->strings, struct text, i), false);
        break;
    }
    case RECORD_LABEL:
    case RECORD_RSTRING:
        put_own_string(self, cell_at(body), body, 6, record->kind == RECORD_RSTRING, record->next);
        break;
    case RECORD_STRING:
        if (self->formula_pending)
            put_own_string(self, self->formula, body, 0, false, record->next);
        self->formula_pending = false;
        break;
    case RECORD_FORMULA:
        read_formula(self, body);
        break;
    case RECORD_NUMBER:
        put_number(self, cell_at(body), double_at(body, 6));
        break;
    case RECORD_RK:
        put_number(self, cell_at(body), rk_value(nd_u32(body, 6)));
        break;
    case RECORD_MULRK:
        for (size_t at = 4; at + 6 + 2 <= body.n; at += 6) {
            struct cell cell = {nd_u16(body, 0), (uint16_t)(nd_u16(body, 2) + (at - 4) / 6),
                                nd_u16(body, at)};
            put_number(self, cell, rk_value(nd_u32(body, at + 2)));
        }
        break;
    default:
        break;
    }
    return true;
}

void nd_extract_xls(struct nd_bytes file, struct nd_builder *builder)
{
    g_autoptr(GError) error = NULL;
    nd_auto(nd_ole) ole = nd_ole_open(file, &error);
    size_t size;
    g_autofree uint8_t *owned = ole ? nd_ole_read(ole, "Workbook", &size) : NULL;
    if (ole && !owned)
        owned = nd_ole_read(ole, "Book", &size);
    if (!owned) {
        nd_builder_complain(builder, "damaged", "%s",
                            error ? error->message : "the stream Workbook is broken");
        return;
    }
    struct nd_bytes stream = {owned, size};
    struct workbook self = {.builder = builder,
                            .stream = stream,
                            .code_page = 1252,
                            .fonts = g_ptr_array_new_with_free_func(g_free),
                            .xfs = g_array_new(FALSE, FALSE, sizeof(struct xf)),
                            .number_formats = g_hash_table_new(NULL, NULL),
                            .strings = g_array_new(FALSE, FALSE, sizeof(struct text))};
    g_array_set_clear_func(self.strings, text_clear);
    struct record record;
    size_t at = 0;
    while (nd_builder_has_room(builder) && get_record(stream, at, &record) && take(&self, &record))
        at = record.next;
    nd_builder_end(builder);
    g_ptr_array_unref(self.fonts);
    g_array_unref(self.xfs);
    g_hash_table_unref(self.number_formats);
    g_array_unref(self.strings);
}
