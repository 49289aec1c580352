#include "query/language.h"

#include "query/names.h"

static void dump_date_range(GString *out, const struct nd_node *node)
{
    char from[11], to[11];
    g_string_append_printf(out, " %s..%s", nd_date_format(node->from, from), nd_date_format(node->to, to));
}

static void dump_node(GString *out, const struct nd_node *node, int indent)
{
    static const char *const names[] = {
        [ND_NODE_ALL] = "all",           [ND_NODE_NOTHING] = "nothing", [ND_NODE_WORDS] = "words",
        [ND_NODE_PHRASE] = "phrase",     [ND_NODE_PREFIX] = "prefix",   [ND_NODE_CITATION] = "citation",
        [ND_NODE_FIELD] = "field",       [ND_NODE_RANGE] = "range",     [ND_NODE_RELATION] = "relation",
        [ND_NODE_TOGETHER] = "together", [ND_NODE_AND] = "and",         [ND_NODE_OR] = "or",
        [ND_NODE_NOT] = "not",           [ND_NODE_NEAR] = "near",
    };
    g_string_append_printf(out, "%*s%s", indent * 2, "", names[node->kind]);
    if (node->kind == ND_NODE_RELATION)
        g_string_append_printf(out, " %s%s", nd_relation_name_of(node->relation, node->inverse)->english,
                               node->transitive ? "+" : "");
    if (node->kind == ND_NODE_NEAR)
        g_string_append_printf(out, "/%u", node->distance);
    if (node->field)
        g_string_append_printf(out, " %s", node->field->id == ND_FIELD_CODE ? "code" : node->field->english);
    if (node->kind == ND_NODE_RANGE)
        dump_date_range(out, node);
    for (guint i = 0; node->values && i < node->values->len; i++)
        g_string_append_printf(out, " \"%s\"", (const char *)g_ptr_array_index(node->values, i));
    if (node->key)
        g_string_append_printf(out, " %s", node->key);
    else if (node->text)
        g_string_append_printf(out, " \"%s\"", node->text);
    g_string_append_c(out, '\n');
    for (guint i = 0; node->children && i < node->children->len; i++)
        dump_node(out, g_ptr_array_index(node->children, i), indent + 1);
}

char *nd_syntax_dump(const struct nd_syntax *syntax)
{
    GString *const out = g_string_new(NULL);
    dump_node(out, syntax->root, 0);
    return g_string_free(out, FALSE);
}

/* ---- the caret ---- */

static unsigned columns_of(gunichar c)
{
    if (g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

char *nd_syntax_caret(const char *query, size_t size, size_t position)
{
    enum { COLUMNS_BEFORE = 60, COLUMNS_SHOWN = 76 };
    /* bytes that are not UTF-8 and control characters show as one column each */
    g_autofree char *valid = g_utf8_make_valid(query, (gssize)size);
    g_autoptr(GArray) characters = g_array_new(FALSE, FALSE, sizeof(gunichar));
    guint caret = 0;
    const char *const reached = valid + MIN(position, strlen(valid));
    for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_iscntrl(c))
            c = ' ';
        g_array_append_val(characters, c);
        if (p < reached)
            caret = characters->len;
    }
    guint first = caret;
    for (unsigned columns = 0; first > 0 && columns < COLUMNS_BEFORE; first--)
        columns += columns_of(g_array_index(characters, gunichar, first - 1));
    GString *const line = g_string_new(first > 0 ? "…" : "");
    unsigned columns = first > 0, caret_column = columns;
    guint i = first;
    for (; i < characters->len && columns < COLUMNS_SHOWN; i++) {
        const gunichar c = g_array_index(characters, gunichar, i);
        g_string_append_unichar(line, c);
        columns += columns_of(c);
        if (i < caret)
            caret_column = columns;
    }
    g_string_append(line, i < characters->len ? "…\n" : "\n");
    g_string_append_printf(line, "%*s^", (int)caret_column, "");
    return g_string_free(line, FALSE);
}
