#include "query/search.h"

#include "base/i18n.h"
#include "analyzers/text/fold.h"
#include "analyzers/text/normalize.h"
#include "analyzers/text/tokenize.h"
#include "query/words.h"

enum { PARTS_TRIED_CAP = 8, WORDS_NAMED_CAP = 5, COUNT_TO = 100000 };

static void remark(GPtrArray *remarks, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void remark(GPtrArray *remarks, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(remarks, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

/* How many documents another tree finds; 0 for one that cannot be planned. */
static uint32_t count(struct nd_session *session, struct nd_node *root)
{
    const struct nd_syntax syntax = {.root = root};
    g_autoptr(GError) ignored = NULL;
    nd_auto(nd_plan) plan = nd_plan_make(session, &syntax, true, NULL, &ignored);
    if (!plan)
        return 0;
    const struct xc_request request = {
        .query = plan->query, .check_at_least = COUNT_TO, .weight = nd_words_weighting()};
    xc_auto(xc_results) found = nd_fulltext_search(session->fulltext, &request, &ignored);
    return found ? found->estimated : 0;
}

/* What each required part keeps out: the query without it. */
static void try_without_parts(struct nd_session *session, const struct nd_node *root, struct nd_str query,
                              GPtrArray *remarks)
{
    if ((root->kind != ND_NODE_TOGETHER && root->kind != ND_NODE_AND) || root->children->len < 2 ||
        root->children->len > PARTS_TRIED_CAP)
        return;
    for (guint skipped = 0; skipped < root->children->len; skipped++) {
        const struct nd_node *const part = g_ptr_array_index(root->children, skipped);
        struct nd_node rest = *root;
        rest.children = g_ptr_array_new();
        for (guint i = 0; i < root->children->len; i++) {
            if (i != skipped)
                g_ptr_array_add(rest.children, g_ptr_array_index(root->children, i));
        }
        const uint32_t n = count(session, &rest);
        g_ptr_array_unref(rest.children);
        if (n > 0 && part->end <= query.n)
            remark(remarks, nd_translate_n("%u match without %.*s", "%u matches without %.*s", n), n,
                   (int)(part->end - part->start), query.p + part->start);
    }
}

/* The text of a tree of words only with its accents taken off; NULL when it has none. */
static char *without_accents(const struct nd_node *node)
{
    if (node->kind != ND_NODE_WORDS && node->kind != ND_NODE_PHRASE)
        return NULL;
    const struct nd_str text = nd_str_from_c(node->text);
    g_autoptr(GString) out = g_string_new(NULL);
    bool changed = false;
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    nd_tokenizer_init(&tokenizer, text);
    while (nd_tokenizer_next(&tokenizer, &token)) {
        char folded[ND_CAP_TERM_BYTES], bare[ND_CAP_TERM_BYTES];
        const struct nd_str word = nd_str_slice(text, token.start, token.end);
        const size_t n = nd_fold(word, folded), n_bare = nd_fold_bare(word, bare);
        changed |= n != n_bare || memcmp(folded, bare, n) != 0;
        g_string_append_printf(out, "%s%.*s", out->len > 0 ? " " : "", (int)n_bare, bare);
    }
    return changed ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

static void try_without_accents(struct nd_session *session, const struct nd_node *root, GPtrArray *remarks)
{
    g_autofree char *bare = without_accents(root);
    if (!bare)
        return;
    struct nd_node node = *root;
    node.text = bare;
    const uint32_t n = count(session, &node);
    if (n > 0)
        remark(remarks, nd_translate_n("%u match without accents: %s", "%u matches without accents: %s", n),
               n, bare);
}

void nd_remarks_fill(struct nd_session *session, const struct nd_syntax *syntax, const struct nd_plan *plan,
                     const struct nd_search_request *request, struct nd_results *results)
{
    g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < plan->remarks->len; i++)
        g_ptr_array_add(remarks, g_strdup(g_ptr_array_index(plan->remarks, i)));
    if (results->n_other_candidates > 0)
        remark(remarks,
               nd_translate_n("%u more document has this number", "%u more documents have this number",
                              results->n_other_candidates),
               results->n_other_candidates);
    if (syntax->root->kind == ND_NODE_WORDS || syntax->root->kind == ND_NODE_PHRASE)
        results->corrected = g_strdup(plan->restored);
    if (results->n_matches == 0) {
        struct nd_node all = {.kind = ND_NODE_ALL};
        const uint32_t n = count(session, &all);
        remark(remarks, nd_translate_n("searched %u document", "searched %u documents", n), n);
    }
    for (guint i = 0; i < MIN(plan->missing->len, WORDS_NAMED_CAP); i++)
        remark(remarks, _("no document has the word \"%s\""), (char *)g_ptr_array_index(plan->missing, i));
    if (results->n_matches == 0) {
        try_without_parts(session, syntax->root, (struct nd_str){request->query, request->query_size},
                          remarks);
        try_without_accents(session, syntax->root, remarks);
    }
    g_ptr_array_add(remarks, NULL);
    results->remarks = (char **)g_ptr_array_steal(remarks, NULL);
}
