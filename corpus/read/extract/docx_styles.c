#include "corpus/read/extract/docx_styles.h"

#include "corpus/read/extract/numbering.h"
#include "corpus/read/extract/xml_reader.h"

enum { MAX_BASES = 20 };

struct style {
    char *base, *font;
    unsigned heading;
    long list, level; /* list -1: none */
};

struct nd_docx_styles {
    GHashTable *styles; /* id -> struct style * */
    struct nd_numbering *numbering;
    char *default_font, *default_style;
};

static void style_free(gpointer data)
{
    struct style *style = data;
    g_free(style->base);
    g_free(style->font);
    g_free(style);
}

struct nd_docx_styles *nd_docx_styles_new(void)
{
    struct nd_docx_styles *self = g_new0(struct nd_docx_styles, 1);
    self->styles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, style_free);
    self->numbering = nd_numbering_new();
    return self;
}

void nd_docx_styles_free(struct nd_docx_styles *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->styles);
    nd_numbering_free(self->numbering);
    g_free(self->default_font);
    g_free(self->default_style);
    g_free(self);
}

static void set_from_attribute(char **target, xmlTextReaderPtr reader, const char *name)
{
    char *value = nd_xml_attribute(reader, name);
    if (value) {
        g_free(*target);
        *target = g_strdup(value);
    }
    xmlFree(value);
}

static unsigned heading_of_name(const char *name)
{
    if (g_ascii_strcasecmp(name, "title") == 0)
        return 1;
    return g_ascii_strncasecmp(name, "heading ", 8) == 0 && g_ascii_isdigit(name[8])
               ? (unsigned)(name[8] - '0')
               : 0;
}

void nd_docx_styles_read(struct nd_docx_styles *self, struct nd_bytes part)
{
    xmlTextReaderPtr reader = nd_xml_reader_new(part);
    struct style *style = NULL;
    while (reader && xmlTextReaderRead(reader) == 1) {
        bool ends = xmlTextReaderNodeType(reader) == XML_READER_TYPE_END_ELEMENT;
        if (nd_xml_is(reader, "style")) {
            style = NULL;
            if (ends || xmlTextReaderNodeType(reader) != XML_READER_TYPE_ELEMENT)
                continue;
            char *id = nd_xml_attribute(reader, "styleId");
            char *standard = nd_xml_attribute(reader, "default"), *type = nd_xml_attribute(reader, "type");
            if (id) {
                style = g_new0(struct style, 1);
                style->list = -1;
                g_hash_table_replace(self->styles, g_strdup(id), style);
                if (standard && type && strcmp(standard, "1") == 0 && strcmp(type, "paragraph") == 0) {
                    g_free(self->default_style);
                    self->default_style = g_strdup(id);
                }
            }
            xmlFree(id);
            xmlFree(standard);
            xmlFree(type);
        } else if (ends) {
            continue;
        } else if (nd_xml_is(reader, "rFonts")) {
            char **font = style ? &style->font : &self->default_font;
            set_from_attribute(font, reader, "ascii");
        } else if (style && nd_xml_is(reader, "basedOn")) {
            set_from_attribute(&style->base, reader, "val");
        } else if (style && nd_xml_is(reader, "name")) {
            g_autofree char *name = NULL;
            set_from_attribute(&name, reader, "val");
            style->heading = name ? heading_of_name(name) : 0;
        } else if (style && nd_xml_is(reader, "outlineLvl")) {
            long level = nd_xml_number(reader, "val", 9);
            if (level >= 0 && level < 9)
                style->heading = (unsigned)level + 1;
        } else if (style && nd_xml_is(reader, "numId")) {
            style->list = nd_xml_number(reader, "val", -1);
        } else if (style && nd_xml_is(reader, "ilvl")) {
            style->level = nd_xml_number(reader, "val", 0);
        }
    }
    xmlFreeTextReader(reader);
}

static enum nd_number_format number_format(const char *name)
{
    static const struct {
        const char *name;
        enum nd_number_format format;
    } table[] = {{"decimalZero", ND_NUMBER_DECIMAL_ZERO},
                 {"upperRoman", ND_NUMBER_UPPER_ROMAN},
                 {"lowerRoman", ND_NUMBER_LOWER_ROMAN},
                 {"upperLetter", ND_NUMBER_UPPER_LETTER},
                 {"lowerLetter", ND_NUMBER_LOWER_LETTER},
                 {"bullet", ND_NUMBER_BULLET},
                 {"none", ND_NUMBER_NONE}};
    for (unsigned i = 0; name && i < G_N_ELEMENTS(table); i++)
        if (strcmp(name, table[i].name) == 0)
            return table[i].format;
    return name ? ND_NUMBER_DECIMAL : ND_NUMBER_BULLET;
}

/* One w:lvl element. */
static void read_level(struct nd_docx_styles *self, xmlTextReaderPtr reader, long abstract)
{
    long level = nd_xml_number(reader, "ilvl", -1), start = 1;
    int depth = xmlTextReaderDepth(reader);
    g_autofree char *format = NULL, *label = NULL;
    if (xmlTextReaderIsEmptyElement(reader) == 1)
        return;
    while (xmlTextReaderRead(reader) == 1 && xmlTextReaderDepth(reader) > depth) {
        if (xmlTextReaderNodeType(reader) != XML_READER_TYPE_ELEMENT)
            continue;
        if (nd_xml_is(reader, "start"))
            start = nd_xml_number(reader, "val", 1);
        else if (nd_xml_is(reader, "numFmt"))
            set_from_attribute(&format, reader, "val");
        else if (nd_xml_is(reader, "lvlText"))
            set_from_attribute(&label, reader, "val");
    }
    nd_numbering_define(self->numbering, abstract, level, number_format(format), label, start);
}

void nd_docx_styles_read_numbering(struct nd_docx_styles *self, struct nd_bytes part)
{
    xmlTextReaderPtr reader = nd_xml_reader_new(part);
    long abstract = -1, list = -1, restarted = -1;
    while (reader && xmlTextReaderRead(reader) == 1) {
        if (xmlTextReaderNodeType(reader) != XML_READER_TYPE_ELEMENT)
            continue;
        if (nd_xml_is(reader, "abstractNum")) {
            abstract = nd_xml_number(reader, "abstractNumId", -1);
            list = -1;
        } else if (nd_xml_is(reader, "num")) {
            list = nd_xml_number(reader, "numId", -1);
            abstract = -1;
        } else if (list >= 0 && nd_xml_is(reader, "abstractNumId")) {
            nd_numbering_list(self->numbering, list, nd_xml_number(reader, "val", -1));
        } else if (list >= 0 && nd_xml_is(reader, "lvlOverride")) {
            restarted = nd_xml_number(reader, "ilvl", -1);
        } else if (list >= 0 && nd_xml_is(reader, "startOverride")) {
            nd_numbering_restart(self->numbering, list, restarted, nd_xml_number(reader, "val", 1));
        } else if (abstract >= 0 && nd_xml_is(reader, "lvl")) {
            read_level(self, reader, abstract);
        }
    }
    xmlFreeTextReader(reader);
}

static const struct style *find_style(const struct nd_docx_styles *self, const char *id)
{
    id = id ? id : self->default_style;
    return id ? g_hash_table_lookup(self->styles, id) : NULL;
}

const char *nd_docx_styles_font(const struct nd_docx_styles *self, const char *id)
{
    const struct style *style = find_style(self, id);
    for (unsigned i = 0; style && i < MAX_BASES; i++) {
        if (style->font)
            return style->font;
        style = style->base ? g_hash_table_lookup(self->styles, style->base) : NULL;
    }
    return self->default_font;
}

unsigned nd_docx_styles_heading(const struct nd_docx_styles *self, const char *id)
{
    const struct style *style = id ? find_style(self, id) : NULL;
    for (unsigned i = 0; style && i < MAX_BASES; i++) {
        if (style->heading)
            return style->heading;
        style = style->base ? g_hash_table_lookup(self->styles, style->base) : NULL;
    }
    return 0;
}

bool nd_docx_styles_list(const struct nd_docx_styles *self, const char *id, long *list_out, long *level_out)
{
    const struct style *style = id ? find_style(self, id) : NULL;
    for (unsigned i = 0; style && i < MAX_BASES; i++) {
        if (style->list >= 0) {
            *list_out = style->list;
            *level_out = style->level;
            return true;
        }
        style = style->base ? g_hash_table_lookup(self->styles, style->base) : NULL;
    }
    return false;
}

char *nd_docx_styles_next_number(struct nd_docx_styles *self, long list, long level)
{
    return nd_numbering_next(self->numbering, list, level);
}
