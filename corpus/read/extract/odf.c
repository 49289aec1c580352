#include "corpus/read/extract/extract.h"

#include "base/error.h"
#include "corpus/read/extract/container.h"
#include "corpus/read/extract/numbering.h"
#include "corpus/read/extract/xml_reader.h"

/* OpenDocument text, spreadsheets and presentations: one XML vocabulary in content.xml.
 * Source: OASIS OpenDocument 1.3, part 3. */

enum { MAX_TABLES = 32, MAX_BASES = 20, MAX_NOTES = 20000 };

struct style {
    char *base, *font;
};

struct table {
    unsigned row, column;
};

struct odf {
    struct nd_builder *builder;
    xmlTextReaderPtr reader;
    GHashTable *styles, *faces; /* name -> struct style *; font face name -> family */
    struct table tables[MAX_TABLES];
    unsigned n_tables, tables_too_deep;
    unsigned lists;          /* open */
    GHashTable *list_styles; /* name -> number of its definition */
    struct nd_numbering *numbering;
    long list;                                 /* the outermost open one */
    bool item_pending;                         /* the next paragraph begins with the number of its item */
    enum nd_block_kind kind;                   /* of paragraphs outside tables and lists */
    GPtrArray *paragraph_styles, *span_styles; /* names of the open elements, "" for none */
    GPtrArray *notes;
    GString *note; /* text of the note being read, or NULL */
};

static void style_free(gpointer data)
{
    struct style *style = data;
    g_free(style->base);
    g_free(style->font);
    g_free(style);
}

static char *attribute(xmlTextReaderPtr reader, const char *name)
{
    char *value = nd_xml_attribute(reader, name);
    char *copy = g_strdup(value);
    xmlFree(value);
    return copy;
}

/* What the numbers of one level of a list look like. */
static void define_level(struct odf *self, xmlTextReaderPtr reader, long definition)
{
    static const struct {
        char sign;
        enum nd_number_format format;
    } formats[] = {{'1', ND_NUMBER_DECIMAL},
                   {'I', ND_NUMBER_UPPER_ROMAN},
                   {'i', ND_NUMBER_LOWER_ROMAN},
                   {'A', ND_NUMBER_UPPER_LETTER},
                   {'a', ND_NUMBER_LOWER_LETTER}};
    long level = nd_xml_number(reader, "level", 0), shown = nd_xml_number(reader, "display-levels", 1);
    g_autofree char *format = attribute(reader, "num-format"), *prefix = attribute(reader, "num-prefix"),
                    *suffix = attribute(reader, "num-suffix");
    enum nd_number_format found =
        nd_xml_is(reader, "list-level-style-bullet") ? ND_NUMBER_BULLET : ND_NUMBER_NONE;
    for (unsigned i = 0; format && i < G_N_ELEMENTS(formats); i++)
        found = *format == formats[i].sign ? formats[i].format : found;
    g_autoptr(GString) label = g_string_new(prefix);
    for (long i = MAX(level - CLAMP(shown, 1, 9) + 1, 1); i <= MIN(level, 9) && found != ND_NUMBER_NONE; i++)
        g_string_append_printf(label, "%s%%%ld", i > level - shown + 1 && i > 1 ? "." : "", i);
    g_string_append(label, suffix ? suffix : "");
    nd_numbering_define(self->numbering, definition, level - 1, found, label->str,
                        nd_xml_number(reader, "start-value", 1));
}

/* Styles and font faces of one part. */
static void read_styles(struct odf *self, struct nd_bytes part)
{
    xmlTextReaderPtr reader = nd_xml_reader_new(part);
    struct style *style = NULL;
    long definition = 0;
    while (reader && xmlTextReaderRead(reader) == 1) {
        if (xmlTextReaderNodeType(reader) != XML_READER_TYPE_ELEMENT)
            continue;
        if (nd_xml_is(reader, "body"))
            break;
        if (nd_xml_is(reader, "font-face")) {
            char *name = attribute(reader, "name"), *family = attribute(reader, "font-family");
            if (name && family)
                g_hash_table_replace(self->faces, g_steal_pointer(&name),
                                     g_strdup(g_strdelimit(family, "'\"", ' ')));
            g_free(name);
            g_free(family);
        } else if (nd_xml_is(reader, "style")) {
            char *name = attribute(reader, "name");
            style = name ? g_new0(struct style, 1) : NULL;
            if (style) {
                style->base = attribute(reader, "parent-style-name");
                g_hash_table_replace(self->styles, name, style);
            }
        } else if (style && nd_xml_is(reader, "text-properties") && !style->font) {
            style->font = attribute(reader, "font-name");
        } else if (nd_xml_is(reader, "list-style")) {
            char *name = attribute(reader, "name");
            definition = (long)g_hash_table_size(self->list_styles) + 1;
            if (name)
                g_hash_table_replace(self->list_styles, name, GSIZE_TO_POINTER(definition));
        } else if (definition > 0 && (nd_xml_is(reader, "list-level-style-number") ||
                                      nd_xml_is(reader, "list-level-style-bullet"))) {
            define_level(self, reader, definition);
        }
    }
    xmlFreeTextReader(reader);
}

static const char *style_font(const struct odf *self, const char *name)
{
    const struct style *style = g_hash_table_lookup(self->styles, name);
    for (unsigned i = 0; style && i < MAX_BASES; i++) {
        if (style->font) {
            const char *family = g_hash_table_lookup(self->faces, style->font);
            return family ? family : style->font;
        }
        style = style->base ? g_hash_table_lookup(self->styles, style->base) : NULL;
    }
    return NULL;
}

static void set_font(const struct odf *self)
{
    const char *font = NULL;
    for (guint i = self->span_styles->len; i > 0 && !font; i--)
        font = style_font(self, g_ptr_array_index(self->span_styles, i - 1));
    if (!font && self->paragraph_styles->len > 0)
        font = style_font(self, g_ptr_array_index(self->paragraph_styles, self->paragraph_styles->len - 1));
    nd_builder_font(self->builder, font);
}

static void start_paragraph(struct odf *self, bool heading)
{
    char *style = attribute(self->reader, "style-name");
    g_ptr_array_add(self->paragraph_styles, style ? style : g_strdup(""));
    if (self->note) {
        g_string_append_c(self->note, ' ');
        return;
    }
    const struct table *table = self->n_tables ? &self->tables[self->n_tables - 1] : NULL;
    if (table)
        nd_builder_begin_cell(self->builder, table->row, table->column);
    else if (heading)
        nd_builder_begin(self->builder, ND_BLOCK_HEADING,
                         (unsigned)CLAMP(nd_xml_number(self->reader, "outline-level", 1), 1, 100));
    else if (self->lists > 0)
        nd_builder_begin(self->builder, ND_BLOCK_LIST_ITEM, self->lists);
    else
        nd_builder_begin(self->builder, self->kind, 0);
    if (self->item_pending) {
        g_autofree char *number = nd_numbering_next(self->numbering, self->list, (long)self->lists - 1);
        nd_builder_font(self->builder, NULL);
        nd_builder_text(self->builder, nd_str_from_c(number));
        self->item_pending = false;
    }
}

/* Outermost lists count for themselves, unless they say that they go on. */
static void start_list(struct odf *self)
{
    if (self->lists++ > 0)
        return;
    g_autofree char *style = attribute(self->reader, "style-name"),
                    *goes_on = attribute(self->reader, "continue-numbering"),
                    *list = attribute(self->reader, "continue-list");
    gpointer definition = style ? g_hash_table_lookup(self->list_styles, style) : NULL;
    nd_numbering_list(self->numbering, ++self->list, (long)GPOINTER_TO_SIZE(definition));
    if (!list && !(goes_on && strcmp(goes_on, "true") == 0))
        nd_numbering_begin(self->numbering, self->list);
}

static void put_text(struct odf *self, const char *text)
{
    if (self->note) {
        g_string_append(self->note, text);
        return;
    }
    set_font(self);
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        uint32_t c = g_utf8_get_char(p);
        if (c == '\n' || c == '\t' || c == ' ')
            nd_builder_space(self->builder); /* white space collapses, as in HTML */
        else
            nd_builder_char(self->builder, c);
    }
}

static void start_element(struct odf *self)
{
    xmlTextReaderPtr reader = self->reader;
    if (nd_xml_is(reader, "p") || nd_xml_is(reader, "h")) {
        start_paragraph(self, nd_xml_is(reader, "h"));
    } else if (nd_xml_is(reader, "span")) {
        char *style = attribute(reader, "style-name");
        g_ptr_array_add(self->span_styles, style ? style : g_strdup(""));
    } else if (nd_xml_is(reader, "s")) {
        nd_builder_char(self->builder, ' ');
    } else if (nd_xml_is(reader, "tab")) {
        nd_builder_char(self->builder, '\t');
    } else if (nd_xml_is(reader, "line-break")) {
        nd_builder_line_break(self->builder);
    } else if (nd_xml_is(reader, "list")) {
        start_list(self);
    } else if (nd_xml_is(reader, "list-item")) {
        self->item_pending = true;
    } else if (nd_xml_is(reader, "note-body") && self->notes->len < MAX_NOTES && !self->note) {
        self->note = g_string_new(NULL);
    } else if (nd_xml_is(reader, "page")) {
        nd_builder_page_break(self->builder);
    } else if (nd_xml_is(reader, "table")) {
        if (self->n_tables == MAX_TABLES)
            self->tables_too_deep++;
        else
            self->tables[self->n_tables++] = (struct table){0};
    }
}

static void end_table_part(struct odf *self)
{
    if (nd_xml_is(self->reader, "table")) {
        if (self->tables_too_deep > 0)
            self->tables_too_deep--;
        else if (self->n_tables > 0)
            self->n_tables--;
        return;
    }
    if (self->n_tables == 0)
        return;
    struct table *table = &self->tables[self->n_tables - 1];
    if (nd_xml_is(self->reader, "table-row")) {
        table->row++;
        table->column = 0;
    } else if (nd_xml_is(self->reader, "table-cell") || nd_xml_is(self->reader, "covered-table-cell")) {
        table->column++;
    }
}

static void pop(GPtrArray *names)
{
    if (names->len > 0)
        g_ptr_array_remove_index(names, names->len - 1);
}

static void end_element(struct odf *self)
{
    xmlTextReaderPtr reader = self->reader;
    if (nd_xml_is(reader, "p") || nd_xml_is(reader, "h")) {
        pop(self->paragraph_styles);
        if (!self->note && self->paragraph_styles->len == 0)
            nd_builder_end(self->builder);
    } else if (nd_xml_is(reader, "span")) {
        pop(self->span_styles);
    } else if (nd_xml_is(reader, "list")) {
        self->lists -= self->lists > 0;
    } else if (nd_xml_is(reader, "note-body") && self->note) {
        g_ptr_array_add(self->notes, g_string_free(g_steal_pointer(&self->note), FALSE));
    } else {
        end_table_part(self);
    }
}

static bool is_skipped(xmlTextReaderPtr reader)
{
    static const char *const elements[] = {"tracked-changes", "annotation", "note-citation", "page-number"};
    for (unsigned i = 0; i < G_N_ELEMENTS(elements); i++)
        if (nd_xml_is(reader, elements[i]))
            return true;
    return false;
}

static void read_content(struct odf *self, struct nd_bytes part)
{
    self->reader = nd_xml_reader_new(part);
    int go_on = self->reader ? xmlTextReaderRead(self->reader) : -1;
    bool in_body = false;
    while (go_on == 1 && nd_builder_has_room(self->builder)) {
        int type = xmlTextReaderNodeType(self->reader);
        if (type == XML_READER_TYPE_ELEMENT && is_skipped(self->reader)) {
            go_on = xmlTextReaderNext(self->reader);
            continue;
        }
        if (type == XML_READER_TYPE_ELEMENT) {
            in_body |= nd_xml_is(self->reader, "body");
            bool empty = xmlTextReaderIsEmptyElement(self->reader) == 1;
            if (in_body)
                start_element(self);
            if (in_body && empty)
                end_element(self);
        } else if (type == XML_READER_TYPE_END_ELEMENT && in_body) {
            end_element(self);
        } else if (self->paragraph_styles->len > 0 &&
                   (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE)) {
            put_text(self, (const char *)xmlTextReaderConstValue(self->reader));
        }
        go_on = xmlTextReaderRead(self->reader);
    }
    nd_builder_end(self->builder);
    if (go_on < 0)
        nd_builder_complain(self->builder, "damaged", "content.xml is no well-formed XML");
    xmlFreeTextReader(self->reader);
}

/* Whether a running line counts pages or names the sheet: what stands in it for the fields is no text. */
static bool has_field(const xmlNode *node)
{
    static const char *const fields[] = {"page-number", "page-count", "sheet-name", "file-name"};
    for (const xmlNode *child = node ? node->children : NULL; child; child = child->next) {
        for (unsigned i = 0; i < G_N_ELEMENTS(fields); i++)
            if (child->type == XML_ELEMENT_NODE && strcmp((const char *)child->name, fields[i]) == 0)
                return true;
        if (has_field(child))
            return true;
    }
    return false;
}

/* Headers and footers, which stand in the master pages of styles.xml. */
static void read_headers(struct odf *self, struct nd_bytes part)
{
    static const struct {
        const char *element;
        enum nd_block_kind kind;
    } kinds[] = {{"header", ND_BLOCK_PAGE_HEADER},       {"header-left", ND_BLOCK_PAGE_HEADER},
                 {"header-first", ND_BLOCK_PAGE_HEADER}, {"footer", ND_BLOCK_PAGE_FOOTER},
                 {"footer-left", ND_BLOCK_PAGE_FOOTER},  {"footer-first", ND_BLOCK_PAGE_FOOTER}};
    self->reader = nd_xml_reader_new(part);
    self->kind = ND_BLOCK_PARAGRAPH;
    bool in_masters = false;
    bool skip = false;
    while (self->reader && (skip ? xmlTextReaderNext(self->reader) : xmlTextReaderRead(self->reader)) == 1 &&
           nd_builder_has_room(self->builder)) {
        int type = xmlTextReaderNodeType(self->reader);
        bool start = type == XML_READER_TYPE_ELEMENT, end = type == XML_READER_TYPE_END_ELEMENT;
        if (nd_xml_is(self->reader, "master-styles"))
            in_masters = start;
        for (unsigned i = 0; in_masters && i < G_N_ELEMENTS(kinds); i++)
            if (nd_xml_is(self->reader, kinds[i].element))
                self->kind = start && xmlTextReaderIsEmptyElement(self->reader) != 1 ? kinds[i].kind
                                                                                     : ND_BLOCK_PARAGRAPH;
        bool inside = self->kind != ND_BLOCK_PARAGRAPH;
        skip =
            inside && start && nd_xml_is(self->reader, "p") && has_field(xmlTextReaderExpand(self->reader));
        if (skip)
            continue;
        if (inside && start && nd_xml_is(self->reader, "p")) {
            start_paragraph(self, false);
            if (xmlTextReaderIsEmptyElement(self->reader) == 1)
                end_element(self);
        } else if (inside && end && nd_xml_is(self->reader, "p")) {
            end_element(self);
        } else if (inside && self->paragraph_styles->len > 0 &&
                   (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE)) {
            put_text(self, (const char *)xmlTextReaderConstValue(self->reader));
        }
    }
    nd_builder_end(self->builder);
    xmlFreeTextReader(self->reader);
}

static void write_notes(struct odf *self)
{
    for (guint i = 0; i < self->notes->len; i++) {
        nd_builder_begin(self->builder, ND_BLOCK_FOOTNOTE, 0);
        nd_builder_font(self->builder, NULL);
        nd_builder_text(self->builder, nd_str_from_c(g_ptr_array_index(self->notes, i)));
    }
    nd_builder_end(self->builder);
}

void nd_extract_odf(struct nd_bytes file, struct nd_builder *builder)
{
    g_autoptr(GError) error = NULL;
    nd_auto(nd_zip) zip = nd_builder_open_zip(builder, file);
    size_t size;
    bool partial = false;
    if (!zip)
        return;
    g_autofree uint8_t *manifest = nd_zip_read_named(zip, "META-INF/manifest.xml", &size, &partial, NULL);
    if (manifest && strstr((const char *)manifest, "encryption-data")) {
        nd_builder_complain(builder, "encrypted", "the document has a password");
        return;
    }
    g_autofree uint8_t *content = nd_zip_read_named(zip, "content.xml", &size, &partial, &error);
    if (!content) {
        nd_builder_complain(builder, "damaged", "%s", error->message);
        return;
    }
    if (partial)
        nd_builder_complain(builder, "damaged", "content.xml ends early");
    struct odf self = {.builder = builder,
                       .styles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, style_free),
                       .list_styles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                       .numbering = nd_numbering_new(),
                       .kind = ND_BLOCK_PARAGRAPH,
                       .faces = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                       .paragraph_styles = g_ptr_array_new_with_free_func(g_free),
                       .span_styles = g_ptr_array_new_with_free_func(g_free),
                       .notes = g_ptr_array_new_with_free_func(g_free)};
    size_t styles_size;
    g_autofree uint8_t *styles = nd_zip_read_named(zip, "styles.xml", &styles_size, &partial, NULL);
    if (styles)
        read_styles(&self, (struct nd_bytes){styles, styles_size});
    read_styles(&self, (struct nd_bytes){content, size});
    read_content(&self, (struct nd_bytes){content, size});
    write_notes(&self);
    if (self.note)
        g_string_free(g_steal_pointer(&self.note), TRUE);
    g_ptr_array_set_size(self.paragraph_styles, 0);
    self.n_tables = self.lists = 0;
    if (styles)
        read_headers(&self, (struct nd_bytes){styles, styles_size});
    g_hash_table_unref(self.list_styles);
    nd_numbering_free(self.numbering);
    g_hash_table_unref(self.styles);
    g_hash_table_unref(self.faces);
    g_ptr_array_unref(self.paragraph_styles);
    g_ptr_array_unref(self.span_styles);
    g_ptr_array_unref(self.notes);
}
