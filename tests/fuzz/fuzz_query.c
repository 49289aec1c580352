/* The query language: whatever is typed gives a tree or an error at a place within the query, and the caret
 * line is UTF-8. */

#include "query/language.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    size_t position = 0;
    const char *const query = (const char *)data;
    nd_auto(nd_syntax) syntax = nd_syntax_parse(query, size, &position, &error);
    if (syntax) {
        g_assert_no_error(error);
        g_autofree char *tree = nd_syntax_dump(syntax);
        g_assert_true(g_utf8_validate(tree, -1, NULL));
        for (guint i = 0; i < syntax->nodes->len; i++) {
            const struct nd_node *const node = g_ptr_array_index(syntax->nodes, i);
            g_assert_cmpuint(node->end, <=, size);
        }
        return 0;
    }
    g_assert_nonnull(error);
    g_assert_cmpuint(position, <=, size);
    g_autofree char *caret = nd_syntax_caret(query, size, position);
    g_assert_true(g_utf8_validate(caret, -1, NULL));
    return 0;
}
