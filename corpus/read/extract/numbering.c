#include "corpus/read/extract/numbering.h"

enum { LABEL_BYTES = 200, MAX_NUMBER = 1000000, MAX_LETTERS = 20 };

struct level {
    enum nd_number_format format;
    char *label; /* NULL: the level is not defined */
    long start, next;
    bool started;
};

struct definition {
    struct level levels[ND_NUMBERING_LEVELS];
};

struct list {
    long definition;
    long restart[ND_NUMBERING_LEVELS]; /* -1: goes on */
};

struct nd_numbering {
    GHashTable *definitions, *lists; /* number -> struct definition *, struct list * */
};

static void definition_free(gpointer data)
{
    struct definition *definition = data;
    for (unsigned i = 0; i < ND_NUMBERING_LEVELS; i++)
        g_free(definition->levels[i].label);
    g_free(definition);
}

struct nd_numbering *nd_numbering_new(void)
{
    struct nd_numbering *self = g_new0(struct nd_numbering, 1);
    self->definitions = g_hash_table_new_full(NULL, NULL, NULL, definition_free);
    self->lists = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    return self;
}

void nd_numbering_free(struct nd_numbering *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->definitions);
    g_hash_table_unref(self->lists);
    g_free(self);
}

void nd_numbering_define(struct nd_numbering *self, long definition, long level, enum nd_number_format format,
                         const char *label, long start)
{
    if (level < 0 || level >= ND_NUMBERING_LEVELS)
        return;
    struct definition *found = g_hash_table_lookup(self->definitions, GSIZE_TO_POINTER(definition));
    if (!found) {
        found = g_new0(struct definition, 1);
        g_hash_table_insert(self->definitions, GSIZE_TO_POINTER(definition), found);
    }
    g_free(found->levels[level].label);
    found->levels[level] =
        (struct level){.format = format, .label = g_strdup(label), .start = CLAMP(start, 0, MAX_NUMBER)};
}

void nd_numbering_list(struct nd_numbering *self, long list, long definition)
{
    struct list *found = g_new0(struct list, 1);
    found->definition = definition;
    for (unsigned i = 0; i < ND_NUMBERING_LEVELS; i++)
        found->restart[i] = -1;
    g_hash_table_replace(self->lists, GSIZE_TO_POINTER(list), found);
}

void nd_numbering_restart(struct nd_numbering *self, long list, long level, long start)
{
    struct list *found = g_hash_table_lookup(self->lists, GSIZE_TO_POINTER(list));
    if (found && level >= 0 && level < ND_NUMBERING_LEVELS)
        found->restart[level] = CLAMP(start, 0, MAX_NUMBER);
}

void nd_numbering_begin(struct nd_numbering *self, long list)
{
    struct list *found = g_hash_table_lookup(self->lists, GSIZE_TO_POINTER(list));
    struct definition *definition =
        found ? g_hash_table_lookup(self->definitions, GSIZE_TO_POINTER(found->definition)) : NULL;
    for (unsigned i = 0; definition && i < ND_NUMBERING_LEVELS; i++)
        definition->levels[i].started = false;
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

/* a to z, then aa, bb, ... */
static void append_letters(GString *out, long n)
{
    for (long times = n > 0 ? MIN((n - 1) / 26 + 1, MAX_LETTERS) : 0; times > 0; times--)
        g_string_append_c(out, (char)('A' + (n - 1) % 26));
}

static void append_number(GString *out, enum nd_number_format format, long n)
{
    gsize from = out->len;
    switch (format) {
    case ND_NUMBER_UPPER_ROMAN:
    case ND_NUMBER_LOWER_ROMAN:
        append_roman(out, n);
        break;
    case ND_NUMBER_UPPER_LETTER:
    case ND_NUMBER_LOWER_LETTER:
        append_letters(out, n);
        break;
    case ND_NUMBER_DECIMAL_ZERO:
        g_string_append_printf(out, "%02ld", n);
        break;
    case ND_NUMBER_DECIMAL:
        g_string_append_printf(out, "%ld", n);
        break;
    case ND_NUMBER_BULLET:
    case ND_NUMBER_NONE:
        break;
    }
    bool lower = format == ND_NUMBER_LOWER_ROMAN || format == ND_NUMBER_LOWER_LETTER;
    for (gsize i = from; lower && i < out->len; i++)
        out->str[i] = g_ascii_tolower(out->str[i]);
}

char *nd_number_label(enum nd_number_format format, long n)
{
    GString *out = g_string_new(NULL);
    append_number(out, format, n);
    return g_string_free(out, FALSE);
}

/* Counts the level on, and lets those below it begin anew. */
static void advance(struct list *list, struct definition *definition, long level)
{
    struct level *own = &definition->levels[level];
    if (list->restart[level] >= 0)
        own->next = list->restart[level];
    else
        own->next = own->started ? own->next + 1 : own->start;
    list->restart[level] = -1;
    own->started = true;
    for (long deeper = level + 1; deeper < ND_NUMBERING_LEVELS; deeper++)
        definition->levels[deeper].started = false;
    for (long above = 0; above < level; above++) {
        struct level *of = &definition->levels[above];
        of->next = of->started ? of->next : of->start;
        of->started = true;
    }
}

char *nd_numbering_next(struct nd_numbering *self, long number, long level)
{
    struct list *list = g_hash_table_lookup(self->lists, GSIZE_TO_POINTER(number));
    struct definition *definition =
        list ? g_hash_table_lookup(self->definitions, GSIZE_TO_POINTER(list->definition)) : NULL;
    if (!definition || level < 0 || level >= ND_NUMBERING_LEVELS || !definition->levels[level].label)
        return g_strdup("");
    advance(list, definition, level);
    if (definition->levels[level].format == ND_NUMBER_BULLET)
        return g_strdup("- ");
    GString *out = g_string_new(NULL);
    for (const char *p = definition->levels[level].label; *p && out->len < LABEL_BYTES; p++) {
        if (p[0] == '%' && p[1] >= '1' && p[1] <= '9') {
            const struct level *of = &definition->levels[p[1] - '1'];
            append_number(out, of->format, of->next);
            p++;
        } else {
            g_string_append_c(out, *p);
        }
    }
    if (out->len > 0)
        g_string_append_c(out, ' ');
    return g_string_free(out, FALSE);
}
