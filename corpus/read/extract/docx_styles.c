#include "corpus/read/extract/docx_styles.h"

#include "corpus/read/extract/xml_reader.h"

enum { MAX_BASES = 20, LEVELS = 9, LABEL_BYTES = 200 };

struct style {
    char *base, *font;
    unsigned heading;
    long list, level; /* list -1: none */
};

struct list_level {
    char *format, *label; /* "decimal", "%1." */
    long start;
};

struct abstract_list {
    struct list_level levels[LEVELS];
};

struct list {
    long abstract;
    long next[LEVELS];
    bool started[LEVELS];
};

struct nd_docx_styles {
    GHashTable *styles;    /* id -> struct style * */
    GHashTable *abstracts; /* number -> struct abstract_list * */
    GHashTable *lists;     /* number -> struct list * */
    char *default_font, *default_style;
};

static void style_free(gpointer data)
{
    struct style *style = data;
    g_free(style->base);
    g_free(style->font);
    g_free(style);
}

static void abstract_free(gpointer data)
{
    struct abstract_list *abstract = data;
    for (unsigned i = 0; i < LEVELS; i++) {
        g_free(abstract->levels[i].format);
        g_free(abstract->levels[i].label);
    }
    g_free(abstract);
}

struct nd_docx_styles *nd_docx_styles_new(void)
{
    struct nd_docx_styles *self = g_new0(struct nd_docx_styles, 1);
    self->styles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, style_free);
    self->abstracts = g_hash_table_new_full(NULL, NULL, NULL, abstract_free);
    self->lists = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    return self;
}

void nd_docx_styles_free(struct nd_docx_styles *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->styles);
    g_hash_table_unref(self->abstracts);
    g_hash_table_unref(self->lists);
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

void nd_docx_styles_read_numbering(struct nd_docx_styles *self, struct nd_bytes part)
{
    xmlTextReaderPtr reader = nd_xml_reader_new(part);
    struct abstract_list *abstract = NULL;
    struct list *list = NULL;
    struct list_level *level = NULL;
    while (reader && xmlTextReaderRead(reader) == 1) {
        if (xmlTextReaderNodeType(reader) != XML_READER_TYPE_ELEMENT)
            continue;
        if (nd_xml_is(reader, "abstractNum")) {
            abstract = g_new0(struct abstract_list, 1);
            list = NULL;
            level = NULL;
            g_hash_table_replace(self->abstracts,
                                 GSIZE_TO_POINTER(nd_xml_number(reader, "abstractNumId", -1)), abstract);
        } else if (nd_xml_is(reader, "num")) {
            list = g_new0(struct list, 1);
            abstract = NULL;
            level = NULL;
            g_hash_table_replace(self->lists, GSIZE_TO_POINTER(nd_xml_number(reader, "numId", -1)), list);
        } else if (list && nd_xml_is(reader, "abstractNumId")) {
            list->abstract = nd_xml_number(reader, "val", -1);
        } else if (abstract && nd_xml_is(reader, "lvl")) {
            long i = nd_xml_number(reader, "ilvl", -1);
            level = i >= 0 && i < LEVELS ? &abstract->levels[i] : NULL;
            if (level)
                level->start = 1;
        } else if (level && nd_xml_is(reader, "start")) {
            level->start = nd_xml_number(reader, "val", 1);
        } else if (level && nd_xml_is(reader, "numFmt")) {
            set_from_attribute(&level->format, reader, "val");
        } else if (level && nd_xml_is(reader, "lvlText")) {
            set_from_attribute(&level->label, reader, "val");
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

static void append_roman(GString *out, long n)
{
    static const struct {
        long value;
        const char *digits;
    } table[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
                 {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"}};
    for (unsigned i = 0; n > 0 && n < 4000 && i < G_N_ELEMENTS(table); i++)
        for (; n >= table[i].value; n -= table[i].value)
            g_string_append(out, table[i].digits);
}

static void append_number(GString *out, const char *format, long n)
{
    gsize from = out->len;
    bool lower = g_str_has_prefix(format, "lower");
    if (g_str_has_suffix(format, "Roman"))
        append_roman(out, n);
    else if (g_str_has_suffix(format, "Letter"))
        g_string_append_c(out, (char)('A' + (n - 1) % 26));
    else if (strcmp(format, "decimalZero") == 0)
        g_string_append_printf(out, "%02ld", n);
    else if (strcmp(format, "none") != 0)
        g_string_append_printf(out, "%ld", n);
    for (gsize i = from; lower && i < out->len; i++)
        out->str[i] = g_ascii_tolower(out->str[i]);
}

char *nd_docx_styles_next_number(struct nd_docx_styles *self, long number, long level)
{
    struct list *list = g_hash_table_lookup(self->lists, GSIZE_TO_POINTER(number));
    struct abstract_list *abstract =
        list ? g_hash_table_lookup(self->abstracts, GSIZE_TO_POINTER(list->abstract)) : NULL;
    if (!abstract || level < 0 || level >= LEVELS || !abstract->levels[level].label)
        return g_strdup("");
    const struct list_level *own = &abstract->levels[level];
    if (!list->started[level]) {
        list->next[level] = CLAMP(own->start, 0, 1000000);
        list->started[level] = true;
    } else {
        list->next[level]++;
    }
    for (long deeper = level + 1; deeper < LEVELS; deeper++)
        list->started[deeper] = false;
    if (!own->format || strcmp(own->format, "bullet") == 0)
        return g_strdup("- ");
    GString *out = g_string_new(NULL);
    for (const char *p = own->label; *p && out->len < LABEL_BYTES; p++) {
        if (p[0] == '%' && p[1] >= '1' && p[1] <= '9') {
            long of = p[1] - '1';
            if (!list->started[of] && of < level) {
                list->next[of] = CLAMP(abstract->levels[of].start, 0, 1000000);
                list->started[of] = true;
            }
            append_number(out, abstract->levels[of].format ? abstract->levels[of].format : "decimal",
                          list->next[of]);
            p++;
        } else {
            g_string_append_c(out, *p);
        }
    }
    if (out->len > 0)
        g_string_append_c(out, ' ');
    return g_string_free(out, FALSE);
}
