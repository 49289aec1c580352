#include "corpus/read/extract/extract.h"

#include "corpus/read/charset/bytes.h"
#include "corpus/read/charset/legacy.h"

#include <stdlib.h>

/*
 * Rich Text Format, read in one pass: groups, control words, the font table. Footnotes stand in the middle of
 * sentences; they are left out there and read behind the text. 8-bit characters keep their byte when the font
 * is one of before Unicode; otherwise the font's charset or the document's code page says what they are.
 * Source: Microsoft Rich Text Format (RTF) Specification, version 1.9.1.
 */

enum { MAX_GROUPS = 200, MAX_FONTS = 4000, MAX_NOTES = 20000, WORD_BYTES = 32 };

enum destination {
    TEXT,
    FONT_TABLE,
    STYLE_SHEET,
    SKIPPED,
    FOOTNOTE,
    PAGE_HEADER,
    PAGE_FOOTER,
    LIST_TEXT, /* the number Word put before a paragraph: text for readers that know no lists */
};

struct group {
    enum destination destination;
    int font;         /* -1: not said */
    int unicode_skip; /* characters that stand in for a \u, for readers that do not know it */
    bool hidden;
};

/* Where the rest of a footnote's group begins, and what was in force there. */
struct note {
    size_t at;
    struct group group;
};

struct font {
    char *name;
    unsigned code_page; /* 0: the document's */
};

struct rtf {
    struct nd_builder *builder;
    struct nd_bytes in;
    size_t at;
    struct group groups[MAX_GROUPS];
    unsigned n_groups, too_deep;
    GHashTable *fonts; /* number -> struct font * */
    int default_font, font_being_defined;
    GString *font_name;
    unsigned code_page;
    int skip; /* characters left to skip behind a \u */
    uint32_t high_surrogate;
    uint8_t lead;                            /* first byte of a character of two, or 0 */
    bool block_open, in_table, was_in_table; /* was: the block before */
    unsigned row, column;
    unsigned heading;     /* of the paragraph, 0 for none */
    int style;            /* last one named */
    GHashTable *headings; /* style -> heading level */
    bool listed;          /* the paragraph has a number of its own */
    enum destination block_destination;
    GArray *notes; /* of struct note, not yet read */
};

static struct group *top(struct rtf *self)
{
    return &self->groups[self->n_groups - 1];
}

static void font_free(gpointer data)
{
    g_free(((struct font *)data)->name);
    g_free(data);
}

static struct font *get_font(struct rtf *self, int number)
{
    return g_hash_table_lookup(self->fonts, GINT_TO_POINTER(number));
}

static void end_block(struct rtf *self)
{
    nd_builder_end(self->builder);
    self->block_open = false;
}

static void begin_block(struct rtf *self)
{
    static const enum nd_block_kind kinds[] = {
        [TEXT] = ND_BLOCK_PARAGRAPH,          [FONT_TABLE] = ND_BLOCK_PARAGRAPH,
        [STYLE_SHEET] = ND_BLOCK_PARAGRAPH,   [SKIPPED] = ND_BLOCK_PARAGRAPH,
        [FOOTNOTE] = ND_BLOCK_FOOTNOTE,       [PAGE_HEADER] = ND_BLOCK_PAGE_HEADER,
        [PAGE_FOOTER] = ND_BLOCK_PAGE_FOOTER, [LIST_TEXT] = ND_BLOCK_PARAGRAPH};
    enum destination destination = top(self)->destination;
    bool body = destination == TEXT || destination == LIST_TEXT;
    self->listed |= destination == LIST_TEXT;
    if (self->in_table && body) {
        if (!self->was_in_table)
            self->row = self->column = 0;
        nd_builder_begin_cell(self->builder, self->row, self->column);
    } else if (body && self->heading) {
        nd_builder_begin(self->builder, ND_BLOCK_HEADING, self->heading);
    } else if (body && self->listed) {
        nd_builder_begin(self->builder, ND_BLOCK_LIST_ITEM, 1);
    } else {
        nd_builder_begin(self->builder, kinds[destination], 0);
    }
    if (body)
        self->was_in_table = self->in_table;
    self->block_open = true;
    self->block_destination = destination;
}

/* The name of the font in force; NULL when unknown. */
static const char *current_font(struct rtf *self)
{
    const struct group *group = top(self);
    const struct font *font = get_font(self, group->font >= 0 ? group->font : self->default_font);
    return font ? font->name : NULL;
}

static void emit(struct rtf *self, uint32_t c)
{
    const struct group *group = top(self);
    if (group->destination == FONT_TABLE) {
        if (c == ';')
            return;
        if (self->font_name->len < 200)
            g_string_append_unichar(self->font_name, c);
        return;
    }
    if (group->destination == SKIPPED || group->destination == STYLE_SHEET || group->hidden)
        return;
    if (!self->block_open)
        begin_block(self);
    nd_builder_font(self->builder, current_font(self));
    nd_builder_char(self->builder, c);
}

static void emit_byte(struct rtf *self, uint8_t byte)
{
    if (self->skip > 0) {
        self->skip--;
        return;
    }
    const struct group *group = top(self);
    const struct font *font = get_font(self, group->font >= 0 ? group->font : self->default_font);
    unsigned page = font && font->code_page ? font->code_page : self->code_page;
    uint8_t lead = self->lead;
    self->lead = 0;
    if (font && nd_legacy_font_of(font->name).encoding != ND_LEGACY_NONE)
        emit(self, byte);
    else if (nd_text_is_lead_byte(page, lead))
        emit(self, nd_text_double_char(page, lead, byte));
    else if (nd_text_is_lead_byte(page, byte))
        self->lead = byte;
    else
        emit(self, nd_text_code_page_char(page, byte));
}

static void emit_unicode(struct rtf *self, int number)
{
    uint32_t c = (uint32_t)(number < 0 ? number + 65536 : number);
    self->skip = top(self)->unicode_skip;
    if (c >= 0xd800 && c < 0xdc00) {
        self->high_surrogate = c;
        return;
    }
    if (c >= 0xdc00 && c < 0xe000)
        c = self->high_surrogate ? 0x10000 + ((self->high_surrogate - 0xd800) << 10) + (c - 0xdc00) : 0xfffd;
    self->high_surrogate = 0;
    if (c > 0 && c <= 0x10ffff)
        emit(self, c);
}

static unsigned code_page_of_charset(int charset)
{
    static const struct {
        int charset;
        unsigned page;
    } table[] = {{0, 1252},   {77, 1252},  {128, 932},  {129, 949},  {134, 936},
                 {136, 950},  {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255},
                 {178, 1256}, {186, 1257}, {204, 1251}, {222, 874},  {238, 1250}};
    for (unsigned i = 0; i < G_N_ELEMENTS(table); i++)
        if (table[i].charset == charset)
            return table[i].page;
    return 0;
}

static void name_font(struct rtf *self)
{
    struct font *font = get_font(self, self->font_being_defined);
    if (font && self->font_name->len > 0 && !font->name)
        font->name = g_strdup(self->font_name->str);
    g_string_truncate(self->font_name, 0);
}

static void define_font(struct rtf *self, int number)
{
    name_font(self);
    self->font_being_defined = number;
    if (!get_font(self, number) && g_hash_table_size(self->fonts) < MAX_FONTS)
        g_hash_table_insert(self->fonts, GINT_TO_POINTER(number), g_new0(struct font, 1));
}

static void end_row(struct rtf *self)
{
    end_block(self);
    self->row++;
    self->column = 0;
}

enum action {
    SET_DESTINATION,
    PARAGRAPH,
    PAGE,
    LINE,
    TAB,
    CELL,
    ROW,
    IN_TABLE,
    PLAIN_PARAGRAPH,
    OUTLINE_LEVEL,
    STYLE,
    FONT,
    DEFAULT_FONT,
    CHARSET,
    CODE_PAGE,
    UNICODE_SKIP,
    UNICODE,
    CHARACTER,
    HIDDEN,
    PLAIN,
    BINARY,
};

/* Sorted by no rule; looked up once a control word, which costs less than the text around it. */
static const struct word {
    const char *name;
    enum action action;
    uint32_t value; /* destination or character */
} words[] = {
    {"par", PARAGRAPH, 0},
    {"pard", PLAIN_PARAGRAPH, 0},
    {"f", FONT, 0},
    {"plain", PLAIN, 0},
    {"u", UNICODE, 0},
    {"uc", UNICODE_SKIP, 0},
    {"tab", TAB, 0},
    {"line", LINE, 0},
    {"cell", CELL, 0},
    {"nestcell", CELL, 0},
    {"row", ROW, 0},
    {"nestrow", ROW, 0},
    {"intbl", IN_TABLE, 0},
    {"outlinelevel", OUTLINE_LEVEL, 0},
    {"page", PAGE, 0},
    {"sect", PARAGRAPH, 0},
    {"v", HIDDEN, 0},
    {"deleted", HIDDEN, 0},
    {"bin", BINARY, 0},
    {"deff", DEFAULT_FONT, 0},
    {"fcharset", CHARSET, 0},
    {"ansicpg", CODE_PAGE, 0},
    {"lquote", CHARACTER, 0x2018},
    {"rquote", CHARACTER, 0x2019},
    {"ldblquote", CHARACTER, 0x201c},
    {"rdblquote", CHARACTER, 0x201d},
    {"endash", CHARACTER, 0x2013},
    {"emdash", CHARACTER, 0x2014},
    {"bullet", CHARACTER, 0x2022},
    {"fonttbl", SET_DESTINATION, FONT_TABLE},
    {"footnote", SET_DESTINATION, FOOTNOTE},
    {"header", SET_DESTINATION, PAGE_HEADER},
    {"headerl", SET_DESTINATION, PAGE_HEADER},
    {"headerr", SET_DESTINATION, PAGE_HEADER},
    {"headerf", SET_DESTINATION, PAGE_HEADER},
    {"footer", SET_DESTINATION, PAGE_FOOTER},
    {"footerl", SET_DESTINATION, PAGE_FOOTER},
    {"footerr", SET_DESTINATION, PAGE_FOOTER},
    {"footerf", SET_DESTINATION, PAGE_FOOTER},
    {"listtext", SET_DESTINATION, LIST_TEXT},
    {"pntext", SET_DESTINATION, LIST_TEXT},
    {"shptxt", SET_DESTINATION, TEXT},
    {"stylesheet", SET_DESTINATION, STYLE_SHEET},
    {"s", STYLE, 0},
    {"colortbl", SET_DESTINATION, SKIPPED},
    {"info", SET_DESTINATION, SKIPPED},
    {"pict", SET_DESTINATION, SKIPPED},
    {"object", SET_DESTINATION, SKIPPED},
    {"fldinst", SET_DESTINATION, SKIPPED},
    {"listtable", SET_DESTINATION, SKIPPED},
    {"falt", SET_DESTINATION, SKIPPED},
    {"panose", SET_DESTINATION, SKIPPED},
    {"annotation", SET_DESTINATION, SKIPPED},
    {"atnid", SET_DESTINATION, SKIPPED},
    {"atnauthor", SET_DESTINATION, SKIPPED},
    {"xe", SET_DESTINATION, SKIPPED},
    {"tc", SET_DESTINATION, SKIPPED},
    {"bkmkstart", SET_DESTINATION, SKIPPED},
    {"bkmkend", SET_DESTINATION, SKIPPED},
    {"shpinst", SET_DESTINATION, SKIPPED},
    {"nonesttables", SET_DESTINATION, SKIPPED},
};

static const struct word *find_word(const char *name)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i].name, name) == 0)
            return &words[i];
    return NULL;
}

static void put_off_note(struct rtf *self)
{
    struct group *group = top(self);
    struct note note = {.at = self->at, .group = *group};
    note.group.destination = FOOTNOTE;
    if (self->notes->len < MAX_NOTES)
        g_array_append_val(self->notes, note);
    group->destination = SKIPPED;
}

static void set_destination(struct rtf *self, enum destination destination)
{
    struct group *group = top(self);
    if (group->destination == SKIPPED && destination != TEXT)
        return; /* what is inside of something skipped is skipped too, but for the text of shapes */
    if (destination == FOOTNOTE) {
        put_off_note(self);
        return;
    }
    if (destination != LIST_TEXT && destination != SKIPPED && destination != FONT_TABLE &&
        destination != STYLE_SHEET)
        end_block(self);
    group->destination = destination;
}

static void act(struct rtf *self, const struct word *word, int number, bool has_number)
{
    struct group *group = top(self);
    bool visible = group->destination != SKIPPED && group->destination != FONT_TABLE &&
                   group->destination != STYLE_SHEET;
    switch (word->action) {
    case SET_DESTINATION:
        set_destination(self, (enum destination)word->value);
        break;
    case PARAGRAPH:
        if (visible)
            end_block(self);
        break;
    case PAGE:
        if (visible && group->destination == TEXT) {
            end_block(self);
            nd_builder_page_break(self->builder);
        }
        break;
    case LINE:
        if (visible)
            nd_builder_line_break(self->builder);
        break;
    case TAB:
        if (visible && self->block_open)
            nd_builder_char(self->builder, '\t');
        break;
    case CELL:
        if (!self->block_open && !self->was_in_table) /* an empty first cell */
            self->row = self->column = 0;
        self->was_in_table = true;
        end_block(self);
        self->column++;
        break;
    case ROW:
        end_row(self);
        break;
    case IN_TABLE:
        self->in_table = true;
        break;
    case PLAIN_PARAGRAPH:
        self->in_table = self->in_table && self->column > 0;
        self->heading = 0;
        self->listed = false;
        break;
    case OUTLINE_LEVEL: {
        unsigned level = number >= 0 && number < 9 ? (unsigned)number + 1 : 0;
        if (visible)
            self->heading = level;
        else if (group->destination == STYLE_SHEET && g_hash_table_size(self->headings) < MAX_FONTS)
            g_hash_table_insert(self->headings, GINT_TO_POINTER(self->style), GUINT_TO_POINTER(level));
        break;
    }
    case STYLE:
        self->style = number;
        if (visible)
            self->heading = GPOINTER_TO_UINT(g_hash_table_lookup(self->headings, GINT_TO_POINTER(number)));
        break;
    case FONT:
        if (group->destination == FONT_TABLE)
            define_font(self, number);
        else
            group->font = number;
        break;
    case DEFAULT_FONT:
        self->default_font = number;
        break;
    case CHARSET: {
        struct font *font = get_font(self, self->font_being_defined);
        if (font)
            font->code_page = code_page_of_charset(number);
        break;
    }
    case CODE_PAGE:
        self->code_page = number > 0 ? (unsigned)number : 1252;
        break;
    case UNICODE_SKIP:
        group->unicode_skip = CLAMP(number, 0, 100);
        break;
    case UNICODE:
        emit_unicode(self, number);
        break;
    case CHARACTER:
        emit(self, word->value);
        break;
    case HIDDEN:
        group->hidden = !has_number || number != 0;
        break;
    case PLAIN:
        group->font = -1;
        group->hidden = false;
        break;
    case BINARY:
        self->at += MIN((size_t)MAX(number, 0), self->in.n - self->at);
        break;
    }
}

static void control_symbol(struct rtf *self, uint8_t c)
{
    switch (c) {
    case '\'': {
        if (self->at + 2 > self->in.n) {
            self->at = self->in.n;
            break;
        }
        int high = g_ascii_xdigit_value((char)self->in.p[self->at]),
            low = g_ascii_xdigit_value((char)self->in.p[self->at + 1]);
        self->at += 2;
        if (high >= 0 && low >= 0)
            emit_byte(self, (uint8_t)(high * 16 + low));
        break;
    }
    case '~':
        emit(self, 0xa0);
        break;
    case '_':
        emit(self, '-');
        break;
    case '*': /* a destination that only those who know it should read */
        if (top(self)->destination != SKIPPED) {
            size_t at = self->at;
            bool known = false;
            static const char *const readable[] = {"\\shptxt", "\\nesttableprops", "\\footnote"};
            for (unsigned i = 0; i < G_N_ELEMENTS(readable); i++) {
                size_t n = strlen(readable[i]);
                known |= self->in.n - at >= n && memcmp(self->in.p + at, readable[i], n) == 0;
            }
            if (!known)
                top(self)->destination = SKIPPED;
        }
        break;
    case '\\':
    case '{':
    case '}':
        emit(self, c);
        break;
    case '\n':
    case '\r':
        if (top(self)->destination == TEXT)
            end_block(self);
        break;
    case '-':
        if (top(self)->destination == TEXT && self->block_open) {
            nd_builder_font(self->builder, current_font(self));
            nd_builder_soft_hyphen(self->builder);
        }
        break;
    default: /* other hints to the typesetter */
        break;
    }
}

static void control_word(struct rtf *self)
{
    char name[WORD_BYTES];
    size_t n = 0;
    while (self->at < self->in.n && g_ascii_isalpha((char)self->in.p[self->at])) {
        if (n + 1 < sizeof name)
            name[n++] = (char)self->in.p[self->at];
        self->at++;
    }
    name[n] = '\0';
    bool negative = false, has_number = false;
    long number = 0;
    if (self->at < self->in.n && self->in.p[self->at] == '-') {
        negative = true;
        self->at++;
    }
    for (; self->at < self->in.n && g_ascii_isdigit((char)self->in.p[self->at]); self->at++) {
        has_number = true;
        number = number < 100000000 ? number * 10 + (self->in.p[self->at] - '0') : number;
    }
    if (self->at < self->in.n && self->in.p[self->at] == ' ')
        self->at++;
    const struct word *word = find_word(name);
    if (word)
        act(self, word, (int)(negative ? -number : number), has_number);
}

static void open_group(struct rtf *self)
{
    if (self->n_groups == MAX_GROUPS) {
        self->too_deep++;
        return;
    }
    self->groups[self->n_groups] = *top(self);
    self->n_groups++;
}

static void close_group(struct rtf *self)
{
    self->skip = 0;
    self->lead = 0;
    if (self->too_deep > 0) {
        self->too_deep--;
        return;
    }
    enum destination destination = top(self)->destination;
    if (destination == FONT_TABLE)
        name_font(self);
    if (self->n_groups > 1)
        self->n_groups--;
    if (self->block_open && self->block_destination != top(self)->destination &&
        self->block_destination != LIST_TEXT && self->block_destination != TEXT)
        end_block(self);
}

/* Reads on until the group that is open closes. False when the file ends before. */
static bool read_group(struct rtf *self)
{
    struct nd_bytes in = self->in;
    unsigned depth = 1;
    while (self->at < in.n && nd_builder_has_room(self->builder)) {
        uint8_t c = in.p[self->at++];
        if (c == '{') {
            depth++;
            open_group(self);
        } else if (c == '}') {
            close_group(self);
            if (--depth == 0)
                return true;
        } else if (c == '\\' && self->at < in.n) {
            if (g_ascii_isalpha((char)in.p[self->at])) {
                control_word(self);
            } else {
                c = in.p[self->at++];
                if (c != '\'' && self->skip > 0)
                    self->skip--;
                else
                    control_symbol(self, c);
            }
        } else if (c != '\r' && c != '\n' && c != 0) {
            emit_byte(self, c);
        }
    }
    return !nd_builder_has_room(self->builder);
}

/* Notes within notes, which the format does not know, are left out. */
static void read_notes(struct rtf *self)
{
    for (guint i = 0, n = self->notes->len; i < n; i++) {
        struct note note = g_array_index(self->notes, struct note, i);
        self->at = note.at;
        self->groups[0] = note.group;
        self->n_groups = 1;
        self->skip = 0;
        self->in_table = false;
        read_group(self);
        end_block(self);
    }
}

void nd_extract_rtf(struct nd_bytes file, struct nd_builder *builder)
{
    struct rtf self = {.builder = builder,
                       .in = file,
                       .n_groups = 1,
                       .fonts = g_hash_table_new_full(NULL, NULL, NULL, font_free),
                       .headings = g_hash_table_new(NULL, NULL),
                       .font_being_defined = -1,
                       .font_name = g_string_new(NULL),
                       .code_page = 1252,
                       .notes = g_array_new(FALSE, FALSE, sizeof(struct note))};
    self.groups[0] = (struct group){.destination = TEXT, .font = -1, .unicode_skip = 1};
    const uint8_t *begin = memchr(file.p, '{', file.n);
    self.at = begin ? (size_t)(begin - file.p) + 1 : file.n;
    bool whole = read_group(&self); /* the document's own group: what follows is no RTF */
    end_block(&self);
    read_notes(&self);
    if (!whole)
        nd_builder_complain(builder, "damaged", "the file ends inside a group");
    g_array_unref(self.notes);
    g_hash_table_unref(self.fonts);
    g_hash_table_unref(self.headings);
    g_string_free(self.font_name, TRUE);
}
