#include "corpus/read/extract/extract.h"

#include "base/error.h"
#include "corpus/read/extract/container.h"
#include "corpus/read/extract/ooxml.h"
#include "corpus/read/extract/xml_reader.h"

/* Slides of .pptx in their order (by file numbers when it is lost), each a page, the speaker's notes behind
 * them as footnotes. Source: ECMA-376, part 1, clauses 19 and 21 (DrawingML text and tables). */

enum { MAX_SLIDES = 10000 };

struct slide {
    struct nd_builder *builder;
    xmlTextReaderPtr reader;
    enum nd_block_kind kind;
    bool title, in_text, in_table;
    unsigned row, column;
    char *font;
};

static void begin_paragraph(struct slide *self)
{
    g_clear_pointer(&self->font, g_free);
    if (self->kind != ND_BLOCK_PARAGRAPH)
        nd_builder_begin(self->builder, self->kind, 0);
    else if (self->in_table)
        nd_builder_begin_cell(self->builder, self->row, self->column);
    else if (self->title)
        nd_builder_begin(self->builder, ND_BLOCK_HEADING, 1);
    else
        nd_builder_begin(self->builder, ND_BLOCK_PARAGRAPH, 0);
}

static void start_element(struct slide *self)
{
    xmlTextReaderPtr reader = self->reader;
    if (nd_xml_is(reader, "sp")) {
        self->title = false;
    } else if (nd_xml_is(reader, "ph")) {
        char *type = nd_xml_attribute(reader, "type");
        self->title = type && (strcmp(type, "title") == 0 || strcmp(type, "ctrTitle") == 0);
        xmlFree(type);
    } else if (nd_xml_is(reader, "tbl")) {
        self->in_table = true;
        self->row = 0;
    } else if (nd_xml_is(reader, "tr")) {
        self->column = 0;
    } else if (nd_xml_is(reader, "p")) {
        begin_paragraph(self);
    } else if (nd_xml_is(reader, "r")) {
        g_clear_pointer(&self->font, g_free);
    } else if (nd_xml_is(reader, "latin")) {
        char *font = nd_xml_attribute(reader, "typeface");
        g_free(self->font);
        self->font = g_strdup(font);
        xmlFree(font);
    } else if (nd_xml_is(reader, "br")) {
        nd_builder_line_break(self->builder);
    } else if (nd_xml_is(reader, "t")) {
        self->in_text = true;
    }
}

static void end_element(struct slide *self)
{
    xmlTextReaderPtr reader = self->reader;
    if (nd_xml_is(reader, "t"))
        self->in_text = false;
    else if (nd_xml_is(reader, "p"))
        nd_builder_end(self->builder);
    else if (nd_xml_is(reader, "tc"))
        self->column++;
    else if (nd_xml_is(reader, "tr"))
        self->row++;
    else if (nd_xml_is(reader, "tbl"))
        self->in_table = false;
}

/* The field that shows on which slide it stands. */
static bool is_slide_number(xmlTextReaderPtr reader)
{
    if (!nd_xml_is(reader, "fld"))
        return false;
    char *type = nd_xml_attribute(reader, "type");
    const bool found = type && strcmp(type, "slidenum") == 0;
    xmlFree(type);
    return found;
}

static void read_slide(struct slide *self, struct nd_bytes data)
{
    self->reader = nd_xml_reader_new(data);
    int go_on = self->reader ? xmlTextReaderRead(self->reader) : -1;
    while (go_on == 1 && nd_builder_has_room(self->builder)) {
        int type = xmlTextReaderNodeType(self->reader);
        if (type == XML_READER_TYPE_ELEMENT &&
            (nd_xml_is(self->reader, "Fallback") || is_slide_number(self->reader))) {
            go_on = xmlTextReaderNext(self->reader);
            continue;
        }
        if (type == XML_READER_TYPE_ELEMENT) {
            bool empty = xmlTextReaderIsEmptyElement(self->reader) == 1;
            start_element(self);
            if (empty)
                end_element(self);
        } else if (type == XML_READER_TYPE_END_ELEMENT) {
            end_element(self);
        } else if (self->in_text &&
                   (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE)) {
            nd_builder_font(self->builder, self->font);
            nd_builder_text(self->builder,
                            nd_str_from_c((const char *)xmlTextReaderConstValue(self->reader)));
        }
        go_on = xmlTextReaderRead(self->reader);
    }
    nd_builder_end(self->builder);
    if (go_on < 0)
        nd_builder_complain(self->builder, "damaged", "a slide is no well-formed XML");
    xmlFreeTextReader(self->reader);
    g_free(self->font);
}

static bool read_named(struct nd_zip *zip, struct nd_builder *builder, const char *name,
                       enum nd_block_kind kind)
{
    size_t size;
    bool partial = false;
    g_autoptr(GError) error = NULL;
    g_autofree uint8_t *data = nd_zip_read_named(zip, name, &size, &partial, &error);
    if (!data) {
        if (!g_error_matches(error, ND_ERROR, ND_ERROR_NOT_FOUND))
            nd_builder_complain(builder, "damaged", "%s: %s", name, error->message);
        return false;
    }
    if (partial)
        nd_builder_complain(builder, "damaged", "%s ends early", name);
    struct slide slide = {.builder = builder, .kind = kind};
    read_slide(&slide, (struct nd_bytes){data, size});
    return true;
}

/* One slide, a page of its own; false when there is no such part. */
static bool read_slide_and_notes(struct nd_zip *zip, struct nd_builder *builder, const char *slide,
                                 const char *notes)
{
    nd_builder_page_break(builder);
    bool found = read_named(zip, builder, slide, ND_BLOCK_PARAGRAPH);
    if (notes)
        read_named(zip, builder, notes, ND_BLOCK_FOOTNOTE);
    return found;
}

void nd_extract_pptx(struct nd_bytes file, struct nd_builder *builder)
{
    nd_auto(nd_zip) zip = nd_builder_open_zip(builder, file);
    if (!zip)
        return;
    g_autoptr(GPtrArray) slides = nd_ooxml_list(zip, "ppt/presentation.xml", "sldId");
    for (guint i = 0; slides && i < slides->len && nd_builder_has_room(builder); i++) {
        const char *slide = g_ptr_array_index(slides, i);
        g_autofree char *notes = nd_ooxml_related(zip, slide, "/notesSlide");
        read_slide_and_notes(zip, builder, slide, notes);
    }
    unsigned missing = 0;
    for (unsigned i = 1; !slides && i <= MAX_SLIDES && missing < 20; i++) { /* deleted slides leave gaps */
        g_autofree char *slide = g_strdup_printf("ppt/slides/slide%u.xml", i);
        g_autofree char *notes = g_strdup_printf("ppt/notesSlides/notesSlide%u.xml", i);
        missing = read_slide_and_notes(zip, builder, slide, notes) ? 0 : missing + 1;
    }
}
