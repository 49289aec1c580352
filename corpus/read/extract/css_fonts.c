#include "corpus/read/extract/css_fonts.h"

#include <glib.h>

enum { MAX_RULES = 5000, MAX_CLASSES = 20, NAME_BYTES = 100 };

struct nd_css_fonts {
    GHashTable *rules; /* "p", ".b", "p.b", "#c" in lower case -> family */
};

struct nd_css_fonts *nd_css_fonts_new(void)
{
    struct nd_css_fonts *self = g_new0(struct nd_css_fonts, 1);
    self->rules = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return self;
}

void nd_css_fonts_free(struct nd_css_fonts *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->rules);
    g_free(self);
}

/* The first of the families at p. */
static char *first_family(const char *p)
{
    p += strspn(p, " \t\r\n\"'");
    size_t n = strcspn(p, "\"',;}!");
    while (n > 0 && g_ascii_isspace(p[n - 1]))
        n--;
    return n > 0 && n < NAME_BYTES ? g_strndup(p, n) : NULL;
}

/* Where the value of `property` begins; the last one wins. */
static const char *find_property(const char *declarations, const char *property)
{
    const char *found = NULL;
    size_t n = strlen(property);
    for (const char *p = declarations; (p = strstr(p, property)); p += n) {
        bool whole = p == declarations || (!g_ascii_isalpha(p[-1]) && p[-1] != '-');
        const char *colon = p + n + strspn(p + n, " \t\r\n");
        if (whole && *colon == ':')
            found = colon + 1;
    }
    return found;
}

char *nd_css_family(const char *declarations)
{
    g_autofree char *folded = g_ascii_strdown(declarations, -1);
    const char *value = find_property(folded, "font-family");
    if (value)
        return first_family(declarations + (value - folded));
    value = find_property(folded, "font");
    if (!value)
        return NULL;
    /* the family stands behind the size, the first word with a digit or a per cent sign */
    const char *end = value + strcspn(value, ";}"), *size = value;
    while (size < end && !g_ascii_isdigit(*size))
        size++;
    while (size < end && !g_ascii_isspace(*size))
        size++;
    return size < end ? first_family(declarations + (size - folded)) : NULL;
}

/* One rule: selectors[0..n) and its declarations. */
static void add_rule(struct nd_css_fonts *self, const char *selectors, size_t n, const char *declarations)
{
    g_autofree char *family = nd_css_family(declarations);
    if (!family)
        return;
    g_autofree char *list = g_strndup(selectors, n);
    g_auto(GStrv) each = g_strsplit(list, ",", MAX_RULES);
    for (char **s = each; *s && g_hash_table_size(self->rules) < MAX_RULES; s++) {
        const char *last = g_strstrip(*s);
        for (const char *p = last; *p; p++)
            if (strchr(" \t\r\n>+~", *p))
                last = p + 1;
        size_t size = strcspn(last, ":[");
        if (size > 0 && size < NAME_BYTES)
            g_hash_table_replace(self->rules, g_ascii_strdown(last, (gssize)size), g_strdup(family));
    }
}

void nd_css_fonts_read(struct nd_css_fonts *self, const char *sheet)
{
    GString *plain = g_string_new(NULL); /* without comments and the marks that hide it from old browsers */
    for (const char *p = sheet; *p;) {
        const char *comment_end = g_str_has_prefix(p, "/*") ? strstr(p + 2, "*/") : NULL;
        if (comment_end)
            p = comment_end + 2;
        else if (g_str_has_prefix(p, "<!--"))
            p += 4;
        else if (g_str_has_prefix(p, "-->"))
            p += 3;
        else
            g_string_append_c(plain, *p++);
    }
    for (const char *p = plain->str; *p;) {
        size_t selectors = strcspn(p, "{");
        const char *body = p + selectors;
        if (*body == '\0')
            break;
        body++;
        size_t size = strcspn(body, "{}");
        if (body[size] == '{') { /* @media and its like: the rules inside count */
            p = body;
            continue;
        }
        const char *start = p + strspn(p, " \t\r\n;}");
        if (*start != '@' && start < p + selectors) {
            g_autofree char *declarations = g_strndup(body, size);
            add_rule(self, start, (size_t)(p + selectors - start), declarations);
        }
        p = body + size;
        p += *p == '}';
    }
    g_string_free(plain, TRUE);
}

static const char *look_up(const struct nd_css_fonts *self, const char *before, const char *mark,
                           const char *name)
{
    g_autofree char *key = g_strconcat(before, mark, name, NULL);
    g_autofree char *folded = g_ascii_strdown(key, -1);
    return g_hash_table_lookup(self->rules, folded);
}

const char *nd_css_fonts_of(const struct nd_css_fonts *self, const char *element, const char *classes,
                            const char *id)
{
    if (g_hash_table_size(self->rules) == 0)
        return NULL;
    const char *font = id && strlen(id) < NAME_BYTES ? look_up(self, "", "#", id) : NULL;
    g_auto(GStrv) each = g_strsplit_set(classes && !font ? classes : "", " \t\r\n", MAX_CLASSES);
    for (char **c = each; *c && !font; c++) {
        if (**c == '\0' || strlen(*c) >= NAME_BYTES)
            continue;
        font = look_up(self, element, ".", *c);
        font = font ? font : look_up(self, "", ".", *c);
    }
    return font ? font : g_hash_table_lookup(self->rules, element);
}
