#include "base/document.h"

static void diagnostic_free(gpointer data)
{
    struct nd_diagnostic *diagnostic = data;
    g_free(diagnostic->code);
    g_free(diagnostic->message);
    g_free(diagnostic);
}

struct nd_document *nd_document_new(void)
{
    struct nd_document *doc = g_new0(struct nd_document, 1);
    doc->blocks = g_array_new(FALSE, FALSE, sizeof(struct nd_block));
    doc->diagnostics = g_ptr_array_new_with_free_func(diagnostic_free);
    return doc;
}

void nd_document_free(struct nd_document *doc)
{
    if (!doc)
        return;
    g_free(doc->text);
    g_array_unref(doc->blocks);
    g_ptr_array_unref(doc->diagnostics);
    g_free(doc->mime_type);
    g_free(doc->encoding);
    g_free(doc);
}

void nd_document_add_diagnostic(struct nd_document *doc, const char *code, uint64_t offset,
                                const char *format, ...)
{
    struct nd_diagnostic *diagnostic = g_new0(struct nd_diagnostic, 1);
    va_list args;
    va_start(args, format);
    diagnostic->message = g_strdup_vprintf(format, args);
    va_end(args);
    diagnostic->code = g_strdup(code);
    diagnostic->offset = offset;
    g_ptr_array_add(doc->diagnostics, diagnostic);
}

const char *nd_block_kind_name(enum nd_block_kind kind)
{
    static const char *const names[ND_N_BLOCK_KINDS] = {
        [ND_BLOCK_PARAGRAPH] = "paragraph",     [ND_BLOCK_HEADING] = "heading",
        [ND_BLOCK_LIST_ITEM] = "list-item",     [ND_BLOCK_CELL] = "cell",
        [ND_BLOCK_PAGE_HEADER] = "page-header", [ND_BLOCK_PAGE_FOOTER] = "page-footer",
        [ND_BLOCK_FOOTNOTE] = "footnote",       [ND_BLOCK_BOILERPLATE] = "boilerplate",
    };
    g_assert(kind < ND_N_BLOCK_KINDS);
    return names[kind];
}
