#include "corpus/read/extract/doc_format.h"

#include "corpus/read/extract/numbering.h"
#include "corpus/read/extract/ole.h"

enum {
    PAGE_BYTES = 512, /* of formatted disk pages */
    MAX_BASES = 12,
    FONT_NAME_AT = 40, /* in an FFN, its length byte included */

    /* offsets of (fc, lcb) pairs in the FIB */
    FIB_STSHF = 0xa2,
    FIB_PLCF_BTE_CHPX = 0xfa,
    FIB_PLCF_BTE_PAPX = 0x102,
    FIB_STTBF_FFN = 0x112,
    FIB_PLF_LST = 0x2e2,
    FIB_PLF_LFO = 0x2ea,

    LSTF_BYTES = 28,
    LVLF_BYTES = 28,
    LFO_BYTES = 16,
    LFOLVL_BYTES = 8,
    MAX_LISTS = 10000,

    SPRM_C_DELETED = 0x0800,
    SPRM_C_SPECIAL = 0x0855,
    SPRM_C_STYLE = 0x4a30,
    SPRM_C_FONT_ASCII = 0x4a4f,
    SPRM_C_FONT_OTHER = 0x4a51,
    SPRM_C_SYMBOL = 0x6a09,
    SPRM_C_HIDDEN = 0x083c,
    SPRM_P_IN_TABLE = 0x2416,
    SPRM_P_ROW_END = 0x2417,
    SPRM_P_LIST_LEVEL = 0x260a,
    SPRM_P_OUTLINE_LEVEL = 0x2640,
    SPRM_P_LIST = 0x460b,
    SPRM_P_CHANGE_TABS = 0xc615,
    SPRM_T_DEFINE_TABLE = 0xd608,

    NO_FONT = 0xffff,
};

struct style {
    uint16_t base; /* 0xfff: none */
    uint8_t heading;
    uint16_t list; /* 0: none */
    uint8_t list_level;
    uint16_t font_ascii, font_other; /* NO_FONT: not said */
};

struct nd_doc_format {
    struct nd_bytes document;
    GPtrArray *fonts; /* names */
    GArray *styles;   /* of struct style */
    uint16_t font_ascii, font_other;
    struct nd_bytes chpx_pages, papx_pages; /* PlcBteChpx, PlcBtePapx */
    struct nd_numbering *numbering;
};

struct sprm {
    uint16_t code;
    struct nd_bytes operand;
};

/* The sprm at *at, which moves behind it; false at the end or on nonsense. */
static bool next_sprm(struct nd_bytes list, size_t *at, struct sprm *out)
{
    static const uint8_t sizes[8] = {1, 1, 2, 4, 2, 2, 0, 3};
    if (list.n < 2 || *at > list.n - 2)
        return false;
    out->code = nd_u16(list, *at);
    size_t start = *at + 2, size = sizes[out->code >> 13];
    if (out->code == SPRM_T_DEFINE_TABLE) {
        size = nd_u16(list, start) + 1u;
    } else if (size == 0) {
        size = nd_u8(list, start) + 1u;
        if (out->code == SPRM_P_CHANGE_TABS &&
            size == 256) /* its length byte does not count: end the list there */
            return false;
    }
    out->operand = nd_part(list, start, size);
    *at = start + size;
    return out->operand.n == size;
}

static struct nd_bytes fib_part(struct nd_bytes document, struct nd_bytes table, size_t at)
{
    return nd_part(table, nd_u32(document, at), nd_u32(document, at + 4));
}

static void read_fonts(struct nd_doc_format *self, struct nd_bytes table)
{
    struct nd_bytes list = fib_part(self->document, table, FIB_STTBF_FFN);
    unsigned count = nd_u16(list, 0);
    size_t at = 4;
    for (unsigned i = 0; i < count && at < list.n; i++) {
        size_t size = nd_u8(list, at) + 1u;
        struct nd_bytes font = nd_part(list, at, size);
        GString *name = g_string_new(NULL);
        for (size_t k = FONT_NAME_AT; k + 1 < font.n && nd_u16(font, k) != 0; k += 2)
            g_string_append_unichar(name, nd_u16(font, k) < 0xd800 ? nd_u16(font, k) : '?');
        g_ptr_array_add(self->fonts, g_string_free(name, FALSE));
        at += size;
    }
}

static void read_style_characters(struct style *style, struct nd_bytes list)
{
    struct sprm sprm;
    for (size_t at = 0; next_sprm(list, &at, &sprm);) {
        if (sprm.code == SPRM_C_FONT_ASCII)
            style->font_ascii = nd_u16(sprm.operand, 0);
        else if (sprm.code == SPRM_C_FONT_OTHER)
            style->font_other = nd_u16(sprm.operand, 0);
    }
}

static void read_style_paragraphs(struct style *style, struct nd_bytes list)
{
    struct sprm sprm;
    for (size_t at = 0; next_sprm(list, &at, &sprm);) {
        if (sprm.code == SPRM_P_OUTLINE_LEVEL && nd_u8(sprm.operand, 0) < 9)
            style->heading = (uint8_t)(nd_u8(sprm.operand, 0) + 1);
        else if (sprm.code == SPRM_P_LIST)
            style->list = nd_u16(sprm.operand, 0);
        else if (sprm.code == SPRM_P_LIST_LEVEL)
            style->list_level = nd_u8(sprm.operand, 0);
    }
}

static struct style read_style(struct nd_bytes std, size_t base_size)
{
    struct style style = {.base = 0xfff, .font_ascii = NO_FONT, .font_other = NO_FONT};
    if (std.n < 10)
        return style;
    unsigned kind = nd_u16(std, 2) & 0xf, built_in = nd_u16(std, 0) & 0xfff;
    style.base = (uint16_t)(nd_u16(std, 2) >> 4);
    style.heading = (uint8_t)(built_in >= 1 && built_in <= 9 ? built_in : 0);
    size_t at = base_size + 2 + (size_t)nd_u16(std, base_size) * 2 + 2; /* behind the name */
    if (kind == 1) {
        size_t size = nd_u16(std, at);
        struct nd_bytes papx = nd_part(std, at + 2, size);
        read_style_paragraphs(&style, nd_part(papx, 2, papx.n));
        at += 2 + size + size % 2;
    }
    if (kind == 1 || kind == 2)
        read_style_characters(&style, nd_part(std, at + 2, nd_u16(std, at)));
    return style;
}

static void read_styles(struct nd_doc_format *self, struct nd_bytes table)
{
    struct nd_bytes sheet = fib_part(self->document, table, FIB_STSHF);
    size_t info_size = nd_u16(sheet, 0);
    unsigned count = nd_u16(sheet, 2);
    size_t base_size = nd_u16(sheet, 4);
    self->font_ascii = info_size >= 14 ? nd_u16(sheet, 2 + 12) : NO_FONT;
    self->font_other = info_size >= 18 ? nd_u16(sheet, 2 + 16) : NO_FONT;
    size_t at = 2 + info_size;
    for (unsigned i = 0; i < count && at < sheet.n; i++) {
        size_t size = nd_u16(sheet, at);
        struct style style = read_style(nd_part(sheet, at + 2, size), base_size);
        g_array_append_val(self->styles, style);
        at += 2 + size + size % 2;
    }
}

static enum nd_number_format number_format(unsigned nfc)
{
    static const struct {
        unsigned nfc;
        enum nd_number_format format;
    } table[] = {{1, ND_NUMBER_UPPER_ROMAN},  {2, ND_NUMBER_LOWER_ROMAN},   {3, ND_NUMBER_UPPER_LETTER},
                 {4, ND_NUMBER_LOWER_LETTER}, {22, ND_NUMBER_DECIMAL_ZERO}, {23, ND_NUMBER_BULLET},
                 {255, ND_NUMBER_NONE}};
    for (unsigned i = 0; i < G_N_ELEMENTS(table); i++)
        if (table[i].nfc == nfc)
            return table[i].format;
    return ND_NUMBER_DECIMAL;
}

/* One LVL at byte `at` of the table stream, defined as a level of `definition`; returns where it ends. */
static size_t read_level(struct nd_doc_format *self, struct nd_bytes table, size_t at, uint32_t definition,
                         unsigned level)
{
    struct nd_bytes head = nd_part(table, at, LVLF_BYTES);
    size_t label_at = at + LVLF_BYTES + nd_u8(head, 24) + nd_u8(head, 25);
    unsigned n = MIN((unsigned)nd_u16(table, label_at), 255u);
    g_autoptr(GString) label = g_string_new(NULL);
    for (unsigned i = 0; i < n; i++) {
        uint16_t c = nd_u16(table, label_at + 2 + 2 * i);
        if (c < ND_NUMBERING_LEVELS)
            g_string_append_printf(label, "%%%u", c + 1u);
        else if (c < 0xd800)
            g_string_append_unichar(label, c);
    }
    if (head.n == LVLF_BYTES)
        nd_numbering_define(self->numbering, (long)definition, (long)level, number_format(nd_u8(head, 4)),
                            label->str, (long)nd_u32(head, 0));
    return label_at + 2 + 2 * (size_t)nd_u16(table, label_at);
}

/* The definitions stand in a row, and behind the row their levels, one or nine each. */
static void read_definitions(struct nd_doc_format *self, struct nd_bytes table)
{
    struct nd_bytes list = fib_part(self->document, table, FIB_PLF_LST);
    unsigned count = nd_u16(list, 0);
    size_t at = (size_t)nd_u32(self->document, FIB_PLF_LST) + 2 + (size_t)count * LSTF_BYTES;
    for (unsigned i = 0; list.n > 0 && i < count && at < table.n; i++) {
        struct nd_bytes lstf = nd_part(list, 2 + (size_t)i * LSTF_BYTES, LSTF_BYTES);
        unsigned levels = nd_u8(lstf, 26) & 1 ? 1 : ND_NUMBERING_LEVELS;
        for (unsigned level = 0; level < levels; level++)
            at = read_level(self, table, at, nd_u32(lstf, 0), level);
    }
}

/* The lists that paragraphs name, each of some definition; behind them what differs from it. */
static void read_lists(struct nd_doc_format *self, struct nd_bytes table)
{
    struct nd_bytes list = fib_part(self->document, table, FIB_PLF_LFO);
    uint32_t count = MIN(nd_u32(list, 0), (uint32_t)MAX_LISTS);
    size_t at = (size_t)nd_u32(self->document, FIB_PLF_LFO) + 4 + (size_t)count * LFO_BYTES;
    for (uint32_t i = 0; i < count; i++) {
        struct nd_bytes lfo = nd_part(list, 4 + (size_t)i * LFO_BYTES, LFO_BYTES);
        nd_numbering_list(self->numbering, (long)i + 1, (long)nd_u32(lfo, 0));
        at += 4;
        for (unsigned k = 0; k < nd_u8(lfo, 12) && at + LFOLVL_BYTES <= table.n; k++) {
            uint32_t flags = nd_u32(table, at + 4), start = nd_u32(table, at);
            bool restarts = flags >> 4 & 1, formatted = flags >> 5 & 1;
            at += LFOLVL_BYTES;
            if (restarts && !formatted)
                nd_numbering_restart(self->numbering, (long)i + 1, flags & 0xf, (long)start);
            if (formatted) {
                if (restarts)
                    nd_numbering_restart(self->numbering, (long)i + 1, flags & 0xf, (long)nd_u32(table, at));
                at = read_level(self, table, at, nd_u32(lfo, 0), flags & 0xf);
            }
        }
    }
}

char *nd_doc_format_next_number(struct nd_doc_format *self, uint16_t list, uint8_t level)
{
    return nd_numbering_next(self->numbering, list, level);
}

struct nd_doc_format *nd_doc_format_new(struct nd_bytes document, struct nd_bytes table)
{
    struct nd_doc_format *self = g_new0(struct nd_doc_format, 1);
    self->document = document;
    self->fonts = g_ptr_array_new_with_free_func(g_free);
    self->styles = g_array_new(FALSE, FALSE, sizeof(struct style));
    self->chpx_pages = fib_part(document, table, FIB_PLCF_BTE_CHPX);
    self->papx_pages = fib_part(document, table, FIB_PLCF_BTE_PAPX);
    read_fonts(self, table);
    read_styles(self, table);
    self->numbering = nd_numbering_new();
    read_definitions(self, table);
    read_lists(self, table);
    return self;
}

void nd_doc_format_free(struct nd_doc_format *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->fonts);
    g_array_unref(self->styles);
    nd_numbering_free(self->numbering);
    g_free(self);
}

/* The formatted disk page for fc in a PlcBte, empty when none covers it; *end_out is where its reach ends. */
static struct nd_bytes find_page(const struct nd_doc_format *self, struct nd_bytes plc, uint32_t fc,
                                 uint32_t *end_out)
{
    *end_out = UINT32_MAX;
    if (plc.n < 12)
        return (struct nd_bytes){plc.p, 0};
    size_t n = (plc.n - 4) / 8, low = 0, high = n;
    while (low < high) { /* the last page that starts at or before fc */
        size_t middle = low + (high - low) / 2;
        if (nd_u32(plc, middle * 4) <= fc)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) {
        *end_out = nd_u32(plc, 0);
        return (struct nd_bytes){plc.p, 0};
    }
    *end_out = nd_u32(plc, low * 4);
    uint32_t page = nd_u32(plc, (n + 1) * 4 + (low - 1) * 4) & 0x3fffff;
    return nd_part(self->document, (size_t)page * PAGE_BYTES, PAGE_BYTES);
}

/* The run for fc in a page: its index, or -1. */
static int find_run(struct nd_bytes page, uint32_t fc, unsigned n, uint32_t *end_out)
{
    for (unsigned i = 0; i < n; i++) {
        uint32_t next = nd_u32(page, (i + 1) * 4u);
        if (nd_u32(page, i * 4u) <= fc && fc < next) {
            *end_out = next;
            return (int)i;
        }
    }
    return -1;
}

static const struct style *get_style(const struct nd_doc_format *self, unsigned index)
{
    return index < self->styles->len ? &g_array_index(self->styles, struct style, index) : NULL;
}

static uint16_t style_font(const struct nd_doc_format *self, unsigned index, bool ascii)
{
    const struct style *style = get_style(self, index);
    for (unsigned i = 0; style && i < MAX_BASES; i++) {
        uint16_t font = ascii ? style->font_ascii : style->font_other;
        if (font != NO_FONT)
            return font;
        style = get_style(self, style->base);
    }
    return ascii ? self->font_ascii : self->font_other;
}

static const char *font_name(const struct nd_doc_format *self, uint16_t index)
{
    return index < self->fonts->len ? g_ptr_array_index(self->fonts, index) : NULL;
}

struct nd_doc_character nd_doc_format_character(const struct nd_doc_format *self, uint32_t fc,
                                                uint16_t paragraph_style, uint32_t *end_out)
{
    struct nd_doc_character out = {0};
    uint16_t ascii = style_font(self, paragraph_style, true),
             other = style_font(self, paragraph_style, false);
    struct nd_bytes page = find_page(self, self->chpx_pages, fc, end_out);
    unsigned n = MIN((unsigned)nd_u8(page, PAGE_BYTES - 1), 0x65u);
    int run = page.n == PAGE_BYTES ? find_run(page, fc, n, end_out) : -1;
    size_t at = run >= 0 ? nd_u8(page, (n + 1) * 4u + (unsigned)run) * 2u : 0;
    struct nd_bytes list = at > 0 ? nd_part(page, at + 1, nd_u8(page, at)) : (struct nd_bytes){page.p, 0};
    struct sprm sprm;
    for (size_t i = 0; next_sprm(list, &i, &sprm);) {
        switch (sprm.code) {
        case SPRM_C_STYLE:
            ascii = style_font(self, nd_u16(sprm.operand, 0), true);
            other = style_font(self, nd_u16(sprm.operand, 0), false);
            break;
        case SPRM_C_FONT_ASCII:
            ascii = nd_u16(sprm.operand, 0);
            break;
        case SPRM_C_FONT_OTHER:
            other = nd_u16(sprm.operand, 0);
            break;
        case SPRM_C_DELETED:
            out.deleted = nd_u8(sprm.operand, 0) == 1;
            break;
        case SPRM_C_HIDDEN:
            out.hidden = nd_u8(sprm.operand, 0) == 1;
            break;
        case SPRM_C_SPECIAL:
            out.special = nd_u8(sprm.operand, 0) == 1;
            break;
        case SPRM_C_SYMBOL:
            out.symbol_font = font_name(self, nd_u16(sprm.operand, 0));
            out.symbol = nd_u16(sprm.operand, 2);
            out.special = true; /* older versions of Word do not say so beside it */
            break;
        default:
            break;
        }
    }
    out.font_ascii = font_name(self, ascii);
    out.font_other = font_name(self, other);
    return out;
}

struct nd_doc_paragraph nd_doc_format_paragraph(const struct nd_doc_format *self, uint32_t fc,
                                                uint32_t *end_out)
{
    struct nd_doc_paragraph out = {0};
    struct nd_bytes page = find_page(self, self->papx_pages, fc, end_out);
    unsigned n = MIN((unsigned)nd_u8(page, PAGE_BYTES - 1), 0x1du);
    int run = page.n == PAGE_BYTES ? find_run(page, fc, n, end_out) : -1;
    size_t at = run >= 0 ? nd_u8(page, (n + 1) * 4u + (unsigned)run * 13u) * 2u : 0;
    if (at == 0)
        return out;
    size_t size = nd_u8(page, at) ? nd_u8(page, at) * 2u - 1 : nd_u8(page, at + 1) * 2u;
    struct nd_bytes list = nd_part(page, nd_u8(page, at) ? at + 1 : at + 2, size);
    out.style = nd_u16(list, 0);
    const struct style *style = get_style(self, out.style);
    for (unsigned i = 0; style && i < MAX_BASES; i++) {
        out.heading = out.heading ? out.heading : style->heading;
        if (out.list == 0 && style->list != 0) {
            out.list = style->list;
            out.list_level = style->list_level;
        }
        style = get_style(self, style->base);
    }
    struct sprm sprm;
    for (size_t i = 2; next_sprm(list, &i, &sprm);) {
        uint8_t value = nd_u8(sprm.operand, 0);
        if (sprm.code == SPRM_P_IN_TABLE)
            out.in_table = value != 0;
        else if (sprm.code == SPRM_P_ROW_END)
            out.row_end = value != 0;
        else if (sprm.code == SPRM_P_LIST)
            out.list = nd_u16(sprm.operand, 0);
        else if (sprm.code == SPRM_P_LIST_LEVEL)
            out.list_level = value;
        else if (sprm.code == SPRM_P_OUTLINE_LEVEL)
            out.heading = value < 9 ? value + 1u : 0;
    }
    return out;
}
