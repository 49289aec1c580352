#include "corpus/read/extract/extract.h"

#include "base/utf8.h"
#include "corpus/read/charset/bytes.h"
#include "corpus/read/extract/css_fonts.h"
#include "corpus/read/extract/html.h"
#include "corpus/read/extract/html_boilerplate.h"
#include "corpus/read/extract/numbering.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>

/*
 * One pass of libxml2's HTML parser as events; no tree is built, so a page's size costs no memory. The
 * charset is settled before: the text goes to the parser as UTF-8, whatever the page's meta element says.
 */

enum {
    MAX_DEPTH = 2000, /* open elements; deeper ones keep their text but not their meaning */
    MAX_TABLES = 32,
    MAX_LISTS = 32,
    SHEET_BYTES = 1 << 20, /* of style sheets that are looked at */
    CHUNK_BYTES = 1 << 16,
    DECLARATION_BYTES = 4096
};

enum effect {
    INLINE,
    BLOCK,
    HEADING,
    LIST_ITEM,
    TABLE,
    ROW,
    CELL,
    BREAK,
    SKIP, /* with all that is in it */
    LINK,
    PREFORMATTED,
    BOILERPLATE,
    ORDERED_LIST,
    UNORDERED_LIST,
    STYLE_SHEET,
};

static const struct {
    const char *name;
    enum effect effect;
} elements[] = {
    {"a", LINK},
    {"address", BLOCK},
    {"article", BLOCK},
    {"aside", BOILERPLATE},
    {"blockquote", BLOCK},
    {"body", BLOCK},
    {"br", BREAK},
    {"button", SKIP},
    {"caption", BLOCK},
    {"center", BLOCK},
    {"dd", BLOCK},
    {"del", SKIP},
    {"div", BLOCK},
    {"dl", BLOCK},
    {"dt", BLOCK},
    {"fieldset", BLOCK},
    {"figcaption", BLOCK},
    {"footer", BOILERPLATE},
    {"form", BLOCK},
    {"h1", HEADING},
    {"h2", HEADING},
    {"h3", HEADING},
    {"h4", HEADING},
    {"h5", HEADING},
    {"h6", HEADING},
    {"hr", BLOCK},
    {"iframe", SKIP},
    {"li", LIST_ITEM},
    {"main", BLOCK},
    {"nav", BOILERPLATE},
    {"noscript", BOILERPLATE},
    {"ol", ORDERED_LIST},
    {"option", SKIP},
    {"p", BLOCK},
    {"pre", PREFORMATTED},
    {"script", SKIP},
    {"section", BLOCK},
    {"select", SKIP},
    {"style", STYLE_SHEET},
    {"svg", SKIP},
    {"table", TABLE},
    {"tbody", BLOCK},
    {"td", CELL},
    {"template", SKIP},
    {"textarea", SKIP},
    {"tfoot", BLOCK},
    {"th", CELL},
    {"thead", BLOCK},
    {"title", SKIP},
    {"tr", ROW},
    {"ul", UNORDERED_LIST},
};

/* Words of class and id attributes that mark what is around the document. */
enum { COMPOUNDS = 3 }; /* the first so many also count as part of a longer word */
static const char *const boilerplate_words[] = {
    "menu",       "breadcrumb", "sidebar",  "nav",       "navbar",      "navigation", "breadcrumbs",
    "footer",     "copyright",  "social",   "share",     "sharing",     "toolbar",    "login",
    "advert",     "ads",        "banner",   "cookie",    "cookies",     "pagination", "topbar",
    "newsletter", "related",    "comments", "skip-link", "search-form",
};

struct element {
    enum effect effect;
    uint8_t level;
    bool sets_font;
    const char *font; /* interned, in force inside */
    unsigned links, skips, boilerplate, preformatted, footnote,
        list; /* how many such elements are open, itself included */
};

struct table {
    unsigned row, column;
    bool in_cell;
};

struct page {
    struct nd_builder *builder;
    GArray *stack; /* of struct element */
    unsigned too_deep;
    struct table tables[MAX_TABLES];
    unsigned n_tables, tables_too_deep;
    GStringChunk *fonts;
    GArray *link_bytes; /* of size_t, one a block: its bytes inside links */
    size_t links_in_block;
    struct nd_css_fonts *css;
    GString *sheet; /* the style element being read */
    struct {
        char type;   /* '1', 'a', 'A', 'i', 'I'; 0 for one without numbers */
        long number; /* of the next item */
    } lists[MAX_LISTS];
    unsigned n_lists, lists_too_deep;
    bool item_pending; /* the next block begins with the number of its item */
    bool block_open;
    guint first_block; /* of this page: the builder may hold chapters before it */
};

static const struct element *top(const struct page *page)
{
    static const struct element root = {0};
    return page->stack->len ? &g_array_index(page->stack, struct element, page->stack->len - 1) : &root;
}

static void end_block(struct page *page)
{
    if (!page->block_open)
        return;
    page->block_open = false;
    const GArray *blocks = nd_builder_document(page->builder)->blocks;
    guint before = blocks->len;
    nd_builder_end(page->builder);
    if (blocks->len > before)
        g_array_append_val(page->link_bytes, page->links_in_block);
    page->links_in_block = 0;
}

static enum nd_number_format format_of_type(char type)
{
    switch (type) {
    case 'a':
        return ND_NUMBER_LOWER_LETTER;
    case 'A':
        return ND_NUMBER_UPPER_LETTER;
    case 'i':
        return ND_NUMBER_LOWER_ROMAN;
    case 'I':
        return ND_NUMBER_UPPER_ROMAN;
    default:
        return ND_NUMBER_DECIMAL;
    }
}

/* What the browser writes before an item of a numbered list. */
static void put_item_number(struct page *page)
{
    page->item_pending = false;
    if (page->n_lists == 0 || page->lists[page->n_lists - 1].type == 0)
        return;
    long number = page->lists[page->n_lists - 1].number++;
    g_autofree char *label = nd_number_label(format_of_type(page->lists[page->n_lists - 1].type), number);
    nd_builder_text(page->builder, nd_str_from_c(label));
    nd_builder_text(page->builder, ND_STR(". "));
}

static const char *attribute_of(const xmlChar **attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2)
        if (strcmp((const char *)attributes[0], name) == 0)
            return (const char *)attributes[1];
    return NULL;
}

static void enter_list(struct page *page, bool ordered, const xmlChar **attributes)
{
    if (page->n_lists == MAX_LISTS) {
        page->lists_too_deep++;
        return;
    }
    const char *type = attribute_of(attributes, "type"), *start = attribute_of(attributes, "start");
    bool known = type && strlen(type) == 1 && strchr("1aAiI", type[0]);
    page->lists[page->n_lists].type = !ordered ? '\0' : known ? type[0] : '1';
    page->lists[page->n_lists].number = start ? CLAMP(strtol(start, NULL, 10), 0, 1000000) : 1;
    page->n_lists++;
}

static void leave_list(struct page *page)
{
    if (page->lists_too_deep > 0)
        page->lists_too_deep--;
    else
        page->n_lists -= page->n_lists > 0;
}

/* Opens a block of the kind that the open elements ask for. */
static void begin_block(struct page *page)
{
    const struct element *e = top(page);
    const struct table *table = page->n_tables ? &page->tables[page->n_tables - 1] : NULL;
    if (e->boilerplate)
        nd_builder_begin(page->builder, ND_BLOCK_BOILERPLATE, 0);
    else if (e->footnote)
        nd_builder_begin(page->builder, ND_BLOCK_FOOTNOTE, 0);
    else if (table && table->in_cell)
        nd_builder_begin_cell(page->builder, table->row, table->column);
    else if (e->level)
        nd_builder_begin(page->builder, ND_BLOCK_HEADING, e->level);
    else if (e->list)
        nd_builder_begin(page->builder, ND_BLOCK_LIST_ITEM, e->list);
    else
        nd_builder_begin(page->builder, ND_BLOCK_PARAGRAPH, 0);
    page->block_open = true;
    if (page->item_pending)
        put_item_number(page);
}

static enum effect effect_of(const char *name)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(elements); i++)
        if (strcmp(elements[i].name, name) == 0)
            return elements[i].effect;
    return INLINE;
}

static bool has_boilerplate_word(const char *value)
{
    g_autofree char *folded = g_ascii_strdown(value, -1);
    for (unsigned i = 0; i < G_N_ELEMENTS(boilerplate_words); i++) {
        size_t n = strlen(boilerplate_words[i]);
        for (const char *p = folded; (p = strstr(p, boilerplate_words[i])); p += n) {
            bool starts = p == folded || !g_ascii_isalpha(p[-1]), ends = !g_ascii_isalpha(p[n]);
            bool menu = i < COMPOUNDS && (starts || ends); /* "leftmenu", "menubar" */
            if (menu || (starts && ends))
                return true;
        }
    }
    return false;
}

static bool is_hidden(const char *style)
{
    const char *p = strstr(style, "display");
    if (!p)
        return false;
    p += strlen("display");
    p += strspn(p, " :");
    return g_str_has_prefix(p, "none");
}

/* The mark of a footnote, in the text and before the note, as Word and LibreOffice save it: the note's block
 * says enough, and a digit behind a number would change it. */
static bool is_note_mark(const xmlChar **attributes)
{
    const char *style = attribute_of(attributes, "style"), *class = attribute_of(attributes, "class");
    return (style && (strstr(style, "mso-footnote-id") || strstr(style, "mso-endnote-id"))) ||
           (class && (g_str_has_prefix(class, "sdfootnote") || g_str_has_prefix(class, "sdendnote")));
}

static bool is_note(const xmlChar **attributes)
{
    const char *style = attribute_of(attributes, "style"), *id = attribute_of(attributes, "id");
    return (style && ((strstr(style, "mso-element:footnote") && !strstr(style, "footnote-list")) ||
                      (strstr(style, "mso-element:endnote") && !strstr(style, "endnote-list")))) ||
           (id && (g_str_has_prefix(id, "sdfootnote") || g_str_has_prefix(id, "sdendnote")));
}

static void read_attributes(struct page *page, struct element *e, const xmlChar **attributes,
                            const char *element)
{
    const char *sheet_font = nd_css_fonts_of(page->css, element, attribute_of(attributes, "class"),
                                             attribute_of(attributes, "id"));
    bool is_font = strcmp(element, "font") == 0;
    e->footnote += is_note(attributes);
    e->skips += e->effect == LINK && is_note_mark(attributes);
    e->font = sheet_font ? g_string_chunk_insert_const(page->fonts, sheet_font) : e->font;
    for (; attributes && attributes[0]; attributes += 2) {
        const char *name = (const char *)attributes[0], *value = (const char *)attributes[1];
        if (!value)
            continue;
        if ((strcmp(name, "class") == 0 || strcmp(name, "id") == 0) && has_boilerplate_word(value))
            e->boilerplate++;
        if (strcmp(name, "hidden") == 0)
            e->boilerplate++;
        g_autofree char *font = NULL;
        if (strcmp(name, "style") == 0) {
            e->boilerplate += is_hidden(value);
            font = nd_css_family(value);
        } else if (is_font && strcmp(name, "face") == 0) {
            font = g_strndup(value, strcspn(value, ","));
        }
        if (font && strlen(font) < 100)
            e->font = g_string_chunk_insert_const(page->fonts, font);
    }
}

static void enter_table_part(struct page *page, enum effect effect)
{
    if (effect == TABLE) {
        if (page->n_tables == MAX_TABLES) {
            page->tables_too_deep++;
            return;
        }
        page->tables[page->n_tables++] = (struct table){0};
        return;
    }
    if (page->n_tables == 0)
        return;
    struct table *table = &page->tables[page->n_tables - 1];
    if (effect == CELL) {
        table->in_cell = true;
    } else if (table->column > 0) {
        table->row++;
        table->column = 0;
    }
}

static void leave_table_part(struct page *page, enum effect effect)
{
    if (effect == TABLE && page->tables_too_deep > 0)
        page->tables_too_deep--;
    else if (effect == TABLE && page->n_tables > 0)
        page->n_tables--;
    else if (effect == CELL && page->n_tables > 0) {
        page->tables[page->n_tables - 1].in_cell = false;
        page->tables[page->n_tables - 1].column++;
    }
}

static bool ends_block(enum effect effect)
{
    return effect != INLINE && effect != LINK && effect != SKIP && effect != STYLE_SHEET;
}

static void start_element(void *data, const xmlChar *tag, const xmlChar **attributes)
{
    struct page *page = data;
    const char *name = (const char *)tag;
    if (page->stack->len >= MAX_DEPTH) {
        page->too_deep++;
        return;
    }
    struct element e = *top(page);
    e.effect = effect_of(name);
    e.skips += e.effect == SKIP;
    e.links += e.effect == LINK;
    e.boilerplate += e.effect == BOILERPLATE;
    e.preformatted += e.effect == PREFORMATTED;
    e.list += e.effect == LIST_ITEM;
    e.skips += e.effect == STYLE_SHEET;
    if (e.effect == HEADING)
        e.level = (uint8_t)(name[1] - '0');
    read_attributes(page, &e, attributes, name);
    if (e.effect == BREAK && e.skips == 0)
        nd_builder_line_break(page->builder);
    else if (ends_block(e.effect))
        end_block(page);
    if (e.effect == ORDERED_LIST || e.effect == UNORDERED_LIST)
        enter_list(page, e.effect == ORDERED_LIST, attributes);
    if (e.effect == LIST_ITEM) {
        const char *value = attribute_of(attributes, "value");
        if (value && page->n_lists > 0)
            page->lists[page->n_lists - 1].number = CLAMP(strtol(value, NULL, 10), 0, 1000000);
        page->item_pending = true;
    }
    g_array_append_val(page->stack, e);
    if (e.effect == TABLE || e.effect == ROW || e.effect == CELL)
        enter_table_part(page, e.effect);
}

static void end_element(void *data, const xmlChar *tag)
{
    (void)tag; /* the parser balances the tags */
    struct page *page = data;
    if (page->too_deep > 0) {
        page->too_deep--;
        return;
    }
    if (page->stack->len == 0)
        return;
    struct element e = *top(page);
    if (ends_block(e.effect) && e.effect != BREAK)
        end_block(page);
    if (e.effect == ORDERED_LIST || e.effect == UNORDERED_LIST)
        leave_list(page);
    if (e.effect == STYLE_SHEET) {
        nd_css_fonts_read(page->css, page->sheet->str);
        g_string_truncate(page->sheet, 0);
    }
    g_array_set_size(page->stack, page->stack->len - 1);
    if (e.effect == TABLE || e.effect == ROW || e.effect == CELL)
        leave_table_part(page, e.effect);
}

static void characters(void *data, const xmlChar *chars, int n)
{
    struct page *page = data;
    const struct element *e = top(page);
    if (e->effect == STYLE_SHEET && n > 0 && page->sheet->len < SHEET_BYTES)
        g_string_append_len(page->sheet, (const char *)chars, n);
    if (e->skips > 0 || n <= 0)
        return;
    struct nd_str text;
    if (!nd_utf8_check((struct nd_bytes){chars, (size_t)n}, &text, NULL))
        return; /* libxml2 checks its input: not seen */
    nd_builder_font(page->builder, e->font);
    for (size_t i = 0, length; i < text.n; i += length) {
        uint32_t c = nd_utf8_decode(text, i, &length);
        if (c >= 0x80 && c < 0xa0) /* &#150; and its like mean windows-1252 */
            c = nd_text_code_page_char(1252, (uint8_t)c);
        bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
        if (space && e->preformatted && c == '\n') {
            nd_builder_line_break(page->builder);
            continue;
        }
        if (space) {
            nd_builder_space(page->builder);
            continue;
        }
        if (!page->block_open)
            begin_block(page);
        nd_builder_char(page->builder, c);
        page->links_in_block += e->links > 0 ? length : 0;
    }
}

/* The encoding that the page's own meta element or XML declaration names; caller frees. */
static char *declared_encoding(struct nd_bytes file)
{
    g_autofree char *head = g_strndup((const char *)file.p, MIN(file.n, (size_t)DECLARATION_BYTES));
    g_autofree char *folded = g_ascii_strdown(head, -1);
    const char *p = strstr(folded, "charset");
    size_t skip = strlen("charset");
    if (!p && g_str_has_prefix(folded, "<?xml")) {
        p = strstr(folded, "encoding");
        skip = strlen("encoding");
    }
    if (!p)
        return NULL;
    p += skip;
    p += strspn(p, " \t\r\n=\"'");
    size_t n = strspn(p, "abcdefghijklmnopqrstuvwxyz0123456789-_:.");
    return n > 0 && n < 40 ? g_strndup(p, n) : NULL;
}

/* The end of the comment at text[i] or, with "<![", of a declaration such as Word's "<![if !supportLists]>";
 * i when none begins there. */
static size_t skip_markup(struct nd_str text, size_t i, const char *begin, const char *end)
{
    struct nd_str rest = nd_str_slice(text, i, text.n);
    if (!nd_str_has_prefix(rest, nd_str_from_c(begin)))
        return i;
    const char *found = memmem(rest.p, rest.n, end, strlen(end));
    return found ? i + (size_t)(found - rest.p) + strlen(end) : text.n;
}

/*
 * The page as the parser can read it: browsers take declarations in the text for comments, libxml2 for text;
 * and VISCII and VPS have letters among the control characters, which the parser drops: they pass it as
 * U+F000 and above, which charset/legacy.h knows.
 */
static GString *prepare(struct nd_str text)
{
    GString *out = g_string_sized_new(text.n + 1);
    size_t i = 0;
    while (i < text.n) {
        uint8_t c = (uint8_t)text.p[i];
        size_t comment = c == '<' ? skip_markup(text, i, "<!--", "-->") : i;
        size_t declaration = c == '<' ? skip_markup(text, i, "<![", ">") : i;
        if (comment > i) { /* declarations end comments, too: "<!--[if vml]> ... <![endif]-->" */
            g_string_append_len(out, text.p + i, (gssize)(comment - i));
            i = comment;
        } else if (declaration > i) {
            i = declaration;
        } else {
            if (c < 0x20 && !g_ascii_isspace((char)c))
                g_string_append_unichar(out, 0xf000u + c);
            else
                g_string_append_c(out, (char)c);
            i++;
        }
    }
    return out;
}

void nd_html_read(struct nd_bytes file, const char *charset, const char *sheet, struct nd_builder *builder)
{
    struct nd_document *doc = nd_builder_document(builder);
    g_autofree char *declared = declared_encoding(file);
    size_t size;
    g_autofree char *decoded = nd_text_from_bytes(file, declared ? declared : charset, doc, &size);
    g_autoptr(GString) text = prepare((struct nd_str){decoded, size});
    g_free(g_steal_pointer(&decoded));
    struct page page = {.builder = builder,
                        .first_block = doc->blocks->len,
                        .stack = g_array_new(FALSE, FALSE, sizeof(struct element)),
                        .fonts = g_string_chunk_new(256),
                        .css = nd_css_fonts_new(),
                        .sheet = g_string_new(NULL),
                        .link_bytes = g_array_new(FALSE, FALSE, sizeof(size_t))};
    if (sheet)
        nd_css_fonts_read(page.css, sheet);
    htmlSAXHandler handler = {.startElement = start_element,
                              .endElement = end_element,
                              .characters = characters,
                              .cdataBlock = characters, /* also what style elements hold */
                              .ignorableWhitespace = characters};
    htmlParserCtxtPtr parser =
        htmlCreatePushParserCtxt(&handler, &page, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (parser) {
        htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
        size_t skip = g_str_has_prefix(text->str, "\xef\xbb\xbf") ? 3 : 0;
        for (size_t i = skip; i < text->len; i += CHUNK_BYTES)
            htmlParseChunk(parser, text->str + i, (int)MIN(text->len - i, (size_t)CHUNK_BYTES), 0);
        htmlParseChunk(parser, NULL, 0, 1);
        if (parser->myDoc)
            xmlFreeDoc(parser->myDoc);
        htmlFreeParserCtxt(parser);
    }
    end_block(&page);
    nd_html_mark_boilerplate(builder, page.first_block, page.link_bytes);
    g_array_unref(page.stack);
    g_array_unref(page.link_bytes);
    g_string_chunk_free(page.fonts);
    nd_css_fonts_free(page.css);
    g_string_free(page.sheet, TRUE);
}

void nd_extract_html(struct nd_bytes file, struct nd_builder *builder)
{
    nd_html_read(file, NULL, NULL, builder);
}
