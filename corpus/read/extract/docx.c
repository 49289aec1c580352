#include "corpus/read/extract/extract.h"

#include "base/error.h"
#include "corpus/read/charset/legacy.h"
#include "corpus/read/charset/pictogram.h"
#include "corpus/read/extract/container.h"
#include "corpus/read/extract/docx_styles.h"
#include "corpus/read/extract/xml_reader.h"

enum { MAX_TABLES = 32 };

struct table {
    unsigned row, column;
    bool in_row;
};

/* The state of one part: the body, a header, the notes. */
struct part {
    struct nd_builder *builder;
    struct nd_docx_styles *styles;
    xmlTextReaderPtr reader;
    enum nd_block_kind kind; /* of paragraphs outside tables */
    struct table tables[MAX_TABLES];
    unsigned n_tables, tables_too_deep;
    char *paragraph_style, *run_font, *run_style;
    long list, level;                                 /* list 0 or less: none */
    bool begun;                                       /* the paragraph's block is begun in the builder */
    bool in_run, in_text, hidden, page_break_pending; /* hidden: the run is */
};

/* What is left out with all that is in it: deleted text, field codes, the second version of a drawing. */
static const char *const skipped[] = {"del",      "moveFrom", "instrText", "delText",
                                      "Fallback", "sectPr",   "rubyBase"};

static bool is_skipped(xmlTextReaderPtr reader)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(skipped); i++)
        if (nd_xml_is(reader, skipped[i]))
            return true;
    return false;
}

static void begin_paragraph(struct part *part)
{
    if (part->begun)
        return;
    part->begun = true;
    if (part->page_break_pending) {
        nd_builder_page_break(part->builder);
        part->page_break_pending = false;
    }
    long list = part->list, level = part->level;
    if (list < 0)
        nd_docx_styles_list(part->styles, part->paragraph_style, &list, &level);
    unsigned heading = nd_docx_styles_heading(part->styles, part->paragraph_style);
    const struct table *table = part->n_tables ? &part->tables[part->n_tables - 1] : NULL;
    if (table && table->in_row)
        nd_builder_begin_cell(part->builder, table->row, table->column);
    else if (part->kind != ND_BLOCK_PARAGRAPH)
        nd_builder_begin(part->builder, part->kind, 0);
    else if (heading)
        nd_builder_begin(part->builder, ND_BLOCK_HEADING, heading);
    else if (list > 0)
        nd_builder_begin(part->builder, ND_BLOCK_LIST_ITEM, (unsigned)level + 1);
    else
        nd_builder_begin(part->builder, ND_BLOCK_PARAGRAPH, 0);
    if (list > 0) {
        g_autofree char *number = nd_docx_styles_next_number(part->styles, list, level);
        nd_builder_font(part->builder, NULL);
        nd_builder_text(part->builder, nd_str_from_c(number));
    }
}

static void set_font(struct part *part)
{
    const char *font = part->run_font;
    if (!font && part->run_style)
        font = nd_docx_styles_font(part->styles, part->run_style);
    if (!font)
        font = nd_docx_styles_font(part->styles, part->paragraph_style);
    nd_builder_font(part->builder, font);
}

static void replace(char **target, char *xml_value)
{
    g_free(*target);
    *target = g_strdup(xml_value);
    xmlFree(xml_value);
}

static void symbol(struct part *part)
{
    char *code = nd_xml_attribute(part->reader, "char"), *font = nd_xml_attribute(part->reader, "font");
    long c = code ? strtol(code, NULL, 16) : 0;
    if (c > 0 && c <= 0xffff) {
        begin_paragraph(part);
        bool known = nd_legacy_font_of(font).encoding != ND_LEGACY_NONE ||
                     nd_pictograms_of(font) != ND_PICTOGRAMS_NONE;
        nd_builder_font(part->builder, font);
        nd_builder_char(part->builder, known ? (uint32_t)c : ND_PICTOGRAM_ANY);
    }
    xmlFree(code);
    xmlFree(font);
}

static void start_table_part(struct part *part)
{
    if (nd_xml_is(part->reader, "tbl")) {
        if (part->n_tables == MAX_TABLES)
            part->tables_too_deep++;
        else
            part->tables[part->n_tables++] = (struct table){0};
        return;
    }
    if (part->n_tables > 0 && nd_xml_is(part->reader, "tr")) {
        part->tables[part->n_tables - 1].in_row = true;
        part->tables[part->n_tables - 1].column = 0;
    }
}

static void end_table_part(struct part *part)
{
    if (nd_xml_is(part->reader, "tbl")) {
        if (part->tables_too_deep > 0)
            part->tables_too_deep--;
        else if (part->n_tables > 0)
            part->n_tables--;
        return;
    }
    if (part->n_tables == 0)
        return;
    struct table *table = &part->tables[part->n_tables - 1];
    if (nd_xml_is(part->reader, "tr")) {
        table->in_row = false;
        table->row++;
    } else if (nd_xml_is(part->reader, "tc")) {
        table->column++;
    }
}

static void start_paragraph(struct part *part)
{
    nd_builder_end(part->builder);
    part->begun = false;
    part->list = -1;
    part->level = 0;
    g_clear_pointer(&part->paragraph_style, g_free);
    g_clear_pointer(&part->run_font, g_free);
    g_clear_pointer(&part->run_style, g_free);
}

static void start_run(struct part *part)
{
    part->in_run = true;
    part->hidden = false;
    g_clear_pointer(&part->run_font, g_free);
    g_clear_pointer(&part->run_style, g_free);
}

/* Whether an element that switches something on does so. */
static bool is_on(xmlTextReaderPtr reader)
{
    char *value = nd_xml_attribute(reader, "val");
    const bool on =
        !value || (strcmp(value, "0") != 0 && strcmp(value, "false") != 0 && strcmp(value, "off") != 0);
    xmlFree(value);
    return on;
}

static void start_element(struct part *part)
{
    xmlTextReaderPtr reader = part->reader;
    if (nd_xml_is(reader, "p"))
        start_paragraph(part);
    else if (nd_xml_is(reader, "r"))
        start_run(part);
    else if (nd_xml_is(reader, "t"))
        part->in_text = true;
    else if (nd_xml_is(reader, "pStyle"))
        replace(&part->paragraph_style, nd_xml_attribute(reader, "val"));
    else if (nd_xml_is(reader, "rStyle"))
        replace(&part->run_style, nd_xml_attribute(reader, "val"));
    else if (nd_xml_is(reader, "rFonts") && part->in_run)
        replace(&part->run_font, nd_xml_attribute(reader, "ascii"));
    else if (nd_xml_is(reader, "vanish") && part->in_run)
        part->hidden = is_on(reader);
    else if (nd_xml_is(reader, "numId"))
        part->list = nd_xml_number(reader, "val", -1);
    else if (nd_xml_is(reader, "ilvl"))
        part->level = nd_xml_number(reader, "val", 0);
    else if (nd_xml_is(reader, "tab") && part->in_run)
        nd_builder_char(part->builder, '\t');
    else if (nd_xml_is(reader, "ptab"))
        nd_builder_char(part->builder, '\t');
    else if (nd_xml_is(reader, "noBreakHyphen"))
        nd_builder_char(part->builder, '-');
    else if (nd_xml_is(reader, "softHyphen")) {
        set_font(part);
        nd_builder_soft_hyphen(part->builder);
    } else if (nd_xml_is(reader, "cr"))
        nd_builder_line_break(part->builder);
    else if (nd_xml_is(reader, "sym"))
        symbol(part);
    else if (nd_xml_is(reader, "lastRenderedPageBreak"))
        part->page_break_pending = part->kind == ND_BLOCK_PARAGRAPH;
    else if (nd_xml_is(reader, "br")) {
        char *type = nd_xml_attribute(reader, "type");
        if (type && strcmp(type, "page") == 0)
            part->page_break_pending = true;
        else
            nd_builder_line_break(part->builder);
        xmlFree(type);
    } else {
        start_table_part(part);
    }
}

static void end_element(struct part *part)
{
    if (nd_xml_is(part->reader, "p")) {
        nd_builder_end(part->builder);
        part->begun = false;
    } else if (nd_xml_is(part->reader, "r")) {
        part->in_run = false;
    } else if (nd_xml_is(part->reader, "t")) {
        part->in_text = false;
    } else {
        end_table_part(part);
    }
}

static void read_part(struct part *part, struct nd_bytes data, const char *name)
{
    part->reader = nd_xml_reader_new(data);
    int go_on = part->reader ? xmlTextReaderRead(part->reader) : -1;
    while (go_on == 1 && nd_builder_has_room(part->builder)) {
        int type = xmlTextReaderNodeType(part->reader);
        if (type == XML_READER_TYPE_ELEMENT && is_skipped(part->reader)) {
            go_on = xmlTextReaderNext(part->reader);
            continue;
        }
        if (type == XML_READER_TYPE_ELEMENT) {
            bool empty = xmlTextReaderIsEmptyElement(part->reader) == 1;
            start_element(part);
            if (empty)
                end_element(part);
        } else if (type == XML_READER_TYPE_END_ELEMENT) {
            end_element(part);
        } else if (part->in_text && !part->hidden &&
                   (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
                    type == XML_READER_TYPE_WHITESPACE || type == XML_READER_TYPE_CDATA)) {
            begin_paragraph(part);
            set_font(part);
            nd_builder_text(part->builder,
                            nd_str_from_c((const char *)xmlTextReaderConstValue(part->reader)));
        }
        go_on = xmlTextReaderRead(part->reader);
    }
    nd_builder_end(part->builder);
    if (go_on < 0)
        nd_builder_complain(part->builder, "damaged", "%s is no well-formed XML", name);
    xmlFreeTextReader(part->reader);
    g_free(part->paragraph_style);
    g_free(part->run_font);
    g_free(part->run_style);
}

/* Reads one named part when the package has it. */
static void read_named(struct nd_zip *zip, struct nd_builder *builder, struct nd_docx_styles *styles,
                       const char *name, enum nd_block_kind kind)
{
    size_t size;
    bool partial = false;
    g_autoptr(GError) error = NULL;
    g_autofree uint8_t *data = nd_zip_read_named(zip, name, &size, &partial, &error);
    if (!data) {
        bool required = kind == ND_BLOCK_PARAGRAPH;
        if (required || !g_error_matches(error, ND_ERROR, ND_ERROR_NOT_FOUND))
            nd_builder_complain(builder, "damaged", "%s: %s", name, error->message);
        return;
    }
    if (partial)
        nd_builder_complain(builder, "damaged", "%s ends early", name);
    struct part part = {.builder = builder, .styles = styles, .kind = kind};
    read_part(&part, (struct nd_bytes){data, size}, name);
}

static void read_table_of(struct nd_zip *zip, struct nd_docx_styles *styles, const char *name,
                          void (*read)(struct nd_docx_styles *, struct nd_bytes))
{
    size_t size;
    bool partial = false;
    g_autofree uint8_t *data = nd_zip_read_named(zip, name, &size, &partial, NULL);
    if (data)
        read(styles, (struct nd_bytes){data, size});
}

void nd_extract_docx(struct nd_bytes file, struct nd_builder *builder)
{
    nd_auto(nd_zip) zip = nd_builder_open_zip(builder, file);
    if (!zip)
        return;
    nd_auto(nd_docx_styles) styles = nd_docx_styles_new();
    read_table_of(zip, styles, "word/styles.xml", nd_docx_styles_read);
    read_table_of(zip, styles, "word/numbering.xml", nd_docx_styles_read_numbering);
    read_named(zip, builder, styles, "word/document.xml", ND_BLOCK_PARAGRAPH);
    read_named(zip, builder, styles, "word/footnotes.xml", ND_BLOCK_FOOTNOTE);
    read_named(zip, builder, styles, "word/endnotes.xml", ND_BLOCK_FOOTNOTE);
    for (unsigned i = 0; i < nd_zip_count(zip); i++) {
        const char *name = nd_zip_name(zip, i);
        if (name && g_str_has_prefix(name, "word/header") && g_str_has_suffix(name, ".xml"))
            read_named(zip, builder, styles, name, ND_BLOCK_PAGE_HEADER);
        else if (name && g_str_has_prefix(name, "word/footer") && g_str_has_suffix(name, ".xml"))
            read_named(zip, builder, styles, name, ND_BLOCK_PAGE_FOOTER);
    }
}
