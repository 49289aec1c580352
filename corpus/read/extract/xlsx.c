#include "corpus/read/extract/extract.h"

#include "base/error.h"
#include "corpus/read/extract/container.h"
#include "corpus/read/extract/ooxml.h"
#include "corpus/read/extract/sheet_number.h"
#include "corpus/read/extract/xml_reader.h"

#include <math.h>
#include <stdlib.h>

/* Sheets of .xlsx in their order (by file numbers when it is lost), each a page; cells with their fonts,
 * shared strings with the fonts of their runs. Source: ECMA-376, part 1, clause 18. */

enum { MAX_SHEETS = 10000, MAX_STRINGS = 4 << 20, MAX_NUMBER_FORMATS = 65536 };

struct run {
    char *text, *font; /* font may be NULL: the cell's */
};

/* The format of cells. */
struct cell_format {
    long font;
    unsigned number; /* enum nd_sheet_format */
};

struct workbook {
    struct nd_builder *builder;
    GPtrArray *strings;         /* of GArray of struct run */
    GPtrArray *fonts;           /* names */
    GArray *formats;            /* of struct cell_format */
    GHashTable *number_formats; /* those the file spells out: id -> enum nd_sheet_format */
    bool from_1904;
};

static void run_clear(gpointer data)
{
    struct run *run = data;
    g_free(run->text);
    g_free(run->font);
}

static GArray *new_runs(void)
{
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(struct run));
    g_array_set_clear_func(runs, run_clear);
    return runs;
}

static char *attribute(xmlTextReaderPtr reader, const char *name)
{
    char *value = nd_xml_attribute(reader, name);
    char *copy = g_strdup(value);
    xmlFree(value);
    return copy;
}

static bool is_start(xmlTextReaderPtr reader, const char *name)
{
    return xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT && nd_xml_is(reader, name);
}

static bool is_text(xmlTextReaderPtr reader)
{
    int type = xmlTextReaderNodeType(reader);
    return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
           type == XML_READER_TYPE_WHITESPACE || type == XML_READER_TYPE_CDATA;
}

/* The string item (si, is) that the reader stands on: its runs, without phonetic hints. */
static GArray *read_runs(xmlTextReaderPtr reader)
{
    GArray *runs = new_runs();
    int depth = xmlTextReaderDepth(reader);
    bool in_text = false;
    g_autofree char *font = NULL;
    if (xmlTextReaderIsEmptyElement(reader) == 1)
        return runs;
    int go_on = xmlTextReaderRead(reader);
    while (go_on == 1 && xmlTextReaderDepth(reader) > depth) {
        if (is_start(reader, "rPh")) {
            go_on = xmlTextReaderNext(reader);
            continue;
        }
        if (is_start(reader, "r")) {
            g_clear_pointer(&font, g_free);
        } else if (is_start(reader, "rFont")) {
            g_free(font);
            font = attribute(reader, "val");
        } else if (nd_xml_is(reader, "t")) {
            in_text = xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT;
        } else if (in_text && is_text(reader)) {
            struct run run = {g_strdup((const char *)xmlTextReaderConstValue(reader)), g_strdup(font)};
            g_array_append_val(runs, run);
        }
        go_on = xmlTextReaderRead(reader);
    }
    return runs;
}

static void read_strings(struct workbook *self, xmlTextReaderPtr reader)
{
    while (xmlTextReaderRead(reader) == 1 && self->strings->len < MAX_STRINGS)
        if (is_start(reader, "si"))
            g_ptr_array_add(self->strings, read_runs(reader));
}

/* A number format that the file spells out. */
static void read_number_format(struct workbook *self, xmlTextReaderPtr reader)
{
    g_autofree char *code = attribute(reader, "formatCode");
    const long id = nd_xml_number(reader, "numFmtId", -1);
    if (code && id >= 0 && id <= G_MAXUINT16 && g_hash_table_size(self->number_formats) < MAX_NUMBER_FORMATS)
        g_hash_table_insert(self->number_formats, GUINT_TO_POINTER((unsigned)id),
                            GUINT_TO_POINTER(nd_sheet_format_of_code(code)));
}

static unsigned number_format(const struct workbook *self, long id)
{
    gpointer format;
    if (id < 0 || id > G_MAXUINT16)
        return 0;
    if (g_hash_table_lookup_extended(self->number_formats, GUINT_TO_POINTER((unsigned)id), NULL, &format))
        return GPOINTER_TO_UINT(format);
    return nd_sheet_format_by_id((unsigned)id);
}

static void read_workbook(struct workbook *self, xmlTextReaderPtr reader)
{
    while (xmlTextReaderRead(reader) == 1) {
        if (!is_start(reader, "workbookPr"))
            continue;
        g_autofree char *value = attribute(reader, "date1904");
        self->from_1904 = value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
        return;
    }
}

static void read_styles(struct workbook *self, xmlTextReaderPtr reader)
{
    bool in_fonts = false, in_formats = false, named = true;
    while (xmlTextReaderRead(reader) == 1) {
        bool start = xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT;
        if (nd_xml_is(reader, "fonts")) {
            in_fonts = start;
        } else if (nd_xml_is(reader, "cellXfs")) {
            in_formats = start;
        } else if (start && nd_xml_is(reader, "numFmt")) {
            read_number_format(self, reader);
        } else if (start && in_fonts && nd_xml_is(reader, "font")) {
            g_ptr_array_add(self->fonts, NULL);
            named = false;
        } else if (start && in_fonts && !named && nd_xml_is(reader, "name")) {
            g_ptr_array_index(self->fonts, self->fonts->len - 1) = attribute(reader, "val");
            named = true;
        } else if (start && in_formats && nd_xml_is(reader, "xf")) {
            const struct cell_format format = {nd_xml_number(reader, "fontId", 0),
                                               number_format(self, nd_xml_number(reader, "numFmtId", 0))};
            g_array_append_val(self->formats, format);
        }
    }
}

static struct cell_format format_at(const struct workbook *self, long i)
{
    return i >= 0 && i < (long)self->formats->len ? g_array_index(self->formats, struct cell_format, i)
                                                  : (struct cell_format){.font = -1};
}

static const char *font_name(const struct workbook *self, long font)
{
    return font >= 0 && font < (long)self->fonts->len ? g_ptr_array_index(self->fonts, font) : NULL;
}

static void put_runs(struct workbook *self, const GArray *runs, const char *cell_font)
{
    for (guint i = 0; i < runs->len; i++) {
        const struct run *run = &g_array_index(runs, struct run, i);
        nd_builder_font(self->builder, run->font ? run->font : cell_font);
        nd_builder_text(self->builder, nd_str_from_c(run->text));
    }
}

/* "AB12" as column and row from 0. */
static void parse_reference(const char *reference, unsigned *row, unsigned *column)
{
    unsigned letters = 0;
    for (; g_ascii_isupper(*reference) && letters < 100000; reference++)
        letters = letters * 26 + (unsigned)(*reference - 'A' + 1);
    unsigned long number = strtoul(reference, NULL, 10);
    *column = letters > 0 ? letters - 1 : *column;
    *row = number > 0 ? (unsigned)MIN(number - 1, 10000000ul) : *row;
}

static void put_value(struct workbook *self, const char *value, const char *type, struct cell_format format)
{
    const char *font = font_name(self, format.font);
    if (type && strcmp(type, "s") == 0) {
        unsigned long i = strtoul(value, NULL, 10);
        if (i < self->strings->len)
            put_runs(self, g_ptr_array_index(self->strings, i), font);
        return;
    }
    char shown[ND_SHEET_NUMBER_BYTES];
    const bool is_number = !type || strcmp(type, "n") == 0;
    const double number = is_number && format.number ? g_ascii_strtod(value, NULL) : NAN;
    if (isfinite(number))
        nd_sheet_number_format(number, format.number, self->from_1904, shown);
    nd_builder_font(self->builder, font);
    nd_builder_text(self->builder, nd_str_from_c(isfinite(number) ? shown : value));
}

static void read_sheet(struct workbook *self, xmlTextReaderPtr reader)
{
    unsigned row = 0, column = 0;
    bool in_value = false;
    g_autofree char *type = NULL;
    struct cell_format format = {.font = -1};
    int go_on = xmlTextReaderRead(reader);
    for (; go_on == 1 && nd_builder_has_room(self->builder); go_on = xmlTextReaderRead(reader)) {
        if (is_start(reader, "c")) {
            g_autofree char *reference = attribute(reader, "r");
            column++;
            if (reference)
                parse_reference(reference, &row, &column);
            g_free(type);
            type = attribute(reader, "t");
            format = format_at(self, nd_xml_number(reader, "s", 0));
            nd_builder_begin_cell(self->builder, row, column);
        } else if (nd_xml_is(reader, "v")) {
            in_value = xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT;
        } else if (is_start(reader, "is")) {
            g_autoptr(GArray) runs = read_runs(reader);
            put_runs(self, runs, font_name(self, format.font));
        } else if (in_value && is_text(reader)) {
            put_value(self, (const char *)xmlTextReaderConstValue(reader), type, format);
        }
    }
    nd_builder_end(self->builder);
    if (go_on < 0)
        nd_builder_complain(self->builder, "damaged", "a sheet is no well-formed XML");
}

/* Runs `read` over the named part; false when the package has none. */
static bool with_part(struct workbook *self, struct nd_zip *zip, const char *name,
                      void (*read)(struct workbook *, xmlTextReaderPtr))
{
    size_t size;
    bool partial = false;
    g_autoptr(GError) error = NULL;
    g_autofree uint8_t *data = nd_zip_read_named(zip, name, &size, &partial, &error);
    if (!data) {
        if (!g_error_matches(error, ND_ERROR, ND_ERROR_NOT_FOUND))
            nd_builder_complain(self->builder, "damaged", "%s: %s", name, error->message);
        return false;
    }
    if (partial)
        nd_builder_complain(self->builder, "damaged", "%s ends early", name);
    xmlTextReaderPtr reader = nd_xml_reader_new((struct nd_bytes){data, size});
    if (reader)
        read(self, reader);
    xmlFreeTextReader(reader);
    return true;
}

void nd_extract_xlsx(struct nd_bytes file, struct nd_builder *builder)
{
    nd_auto(nd_zip) zip = nd_builder_open_zip(builder, file);
    if (!zip)
        return;
    struct workbook self = {.builder = builder,
                            .strings = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref),
                            .fonts = g_ptr_array_new_with_free_func(g_free),
                            .formats = g_array_new(FALSE, FALSE, sizeof(struct cell_format)),
                            .number_formats = g_hash_table_new(NULL, NULL)};
    with_part(&self, zip, "xl/workbook.xml", read_workbook);
    with_part(&self, zip, "xl/sharedStrings.xml", read_strings);
    with_part(&self, zip, "xl/styles.xml", read_styles);
    g_autoptr(GPtrArray) sheets = nd_ooxml_list(zip, "xl/workbook.xml", "sheet");
    for (guint i = 0; sheets && i < sheets->len && nd_builder_has_room(builder); i++) {
        nd_builder_page_break(builder);
        with_part(&self, zip, g_ptr_array_index(sheets, i), read_sheet);
    }
    unsigned missing = 0;
    for (unsigned i = 1; !sheets && i <= MAX_SHEETS && missing < 20; i++) {
        g_autofree char *name = g_strdup_printf("xl/worksheets/sheet%u.xml", i);
        nd_builder_page_break(builder);
        missing = with_part(&self, zip, name, read_sheet) ? 0 : missing + 1;
    }
    g_ptr_array_unref(self.strings);
    g_ptr_array_unref(self.fonts);
    g_array_unref(self.formats);
    g_hash_table_unref(self.number_formats);
}
