#include "query/plan.h"

#include "base/caps.h"
#include "base/i18n.h"
#include "analyzers/text/fold.h"
#include "analyzers/text/tokenize.h"
#include "query/words.h"

/* Whether the document is among what a query finds. */
static bool finds(struct nd_session *session, const struct xc_query *query, uint32_t id, bool *out,
                  GError **error)
{
    GError *xc_error = NULL;
    xc_auto(xc_query) only = xc_query_new_documents(session->database, &id, NULL, 1, &xc_error);
    const struct xc_query *const parts[] = {query, only};
    xc_auto(xc_query) both = only ? xc_query_new_operator(XC_AND, parts, 2, 0, &xc_error) : NULL;
    if (!both) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    const struct xc_request request = {.query = both, .limit = 1, .weight = nd_words_weighting()};
    xc_auto(xc_results) found = nd_fulltext_search(session->fulltext, &request, error);
    if (found)
        *out = found->n_hits > 0;
    return found != NULL;
}

static bool node_finds(struct nd_session *session, struct nd_node *node, uint32_t id, bool *out,
                       GError **error)
{
    const struct nd_syntax syntax = {.root = node};
    nd_auto(nd_plan) plan = nd_plan_make(session, &syntax, true, NULL, error);
    return plan && finds(session, plan->query, id, out, error);
}

static bool word_finds(struct nd_session *session, struct nd_str word, uint32_t id, bool *out, GError **error)
{
    struct nd_node node = {.kind = ND_NODE_WORDS};
    g_autofree char *text = nd_str_dup(word);
    node.text = text;
    return node_finds(session, &node, id, out, error);
}

/* For words that do not match: which of them is missing, and whether it is there with other accents. */
static bool advise_on_words(struct nd_session *session, const struct nd_node *node, uint32_t id,
                            char **advice_out, GError **error)
{
    const struct nd_str text = nd_str_from_c(node->text);
    g_autoptr(GString) advice = g_string_new(NULL);
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    nd_tokenizer_init(&tokenizer, text);
    while (nd_tokenizer_next(&tokenizer, &token)) {
        const struct nd_str word = nd_str_slice(text, token.start, token.end);
        bool there, bare_there;
        if (!word_finds(session, word, id, &there, error))
            return false;
        if (there)
            continue;
        char buffer[ND_CAP_TERM_BYTES];
        const struct nd_str bare = {buffer, nd_fold_bare(word, buffer)};
        if (!word_finds(session, bare, id, &bare_there, error))
            return false;
        g_string_append(advice, advice->len > 0 ? "; " : "");
        g_string_append_printf(
            advice, bare_there ? _("it has \"%.*s\" with other accents only") : _("it has no \"%.*s\""),
            (int)word.n, word.p);
    }
    if (advice->len == 0 && node->kind == ND_NODE_PHRASE)
        g_string_append(advice, _("it has all the words, but not in a row"));
    *advice_out = advice->len > 0 ? g_string_free(g_steal_pointer(&advice), FALSE) : NULL;
    return true;
}

static bool explain_part(struct nd_session *session, struct nd_node *node, const char *query, uint32_t id,
                         struct nd_why_part *part, GError **error)
{
    part->text = g_strndup(query + node->start, node->end - node->start);
    part->excluded = node->kind == ND_NODE_NOT;
    struct nd_node *const inner = part->excluded ? g_ptr_array_index(node->children, 0) : node;
    if (!node_finds(session, inner, id, &part->matches, error))
        return false;
    if (part->matches || part->excluded || (inner->kind != ND_NODE_WORDS && inner->kind != ND_NODE_PHRASE))
        return true;
    return advise_on_words(session, inner, id, &part->advice, error);
}

/* The document's place among all results. */
static bool find_rank(struct nd_session *session, const struct xc_query *query, uint32_t id, uint32_t *out,
                      GError **error)
{
    const struct xc_request request = {
        .query = query, .limit = ND_CAP_RESULT_WINDOW, .weight = nd_words_weighting()};
    xc_auto(xc_results) found = nd_fulltext_search(session->fulltext, &request, error);
    for (size_t i = 0; found && i < found->n_hits && *out == 0; i++) {
        if (found->hits[i].id == id)
            *out = (uint32_t)i + 1;
    }
    return found != NULL;
}

static bool find_document(struct nd_session *session, const char *path, struct nd_why *why, uint32_t *id_out,
                          GError **error)
{
    bool row = false;
    int64_t original = 0;
    *id_out = 0;
    for (unsigned i = 0; !row && i < session->n_parts; i++) {
        struct nd_session *const part = session->parts[i];
        struct nd_sql_statement *const s = nd_session_statement(part, ND_STATEMENT_DOCUMENT_OF_FILE, error);
        if (!s)
            return false;
        nd_sql_bind(s, "p", path);
        if (!nd_sql_step(s, &row, error))
            return false;
        original = row && !nd_sql_is_null(s, 1) ? nd_sql_int(s, 1) : 0;
        if (row)
            *id_out = (uint32_t)nd_session_joined(part, original ? original : nd_sql_int(s, 0));
    }
    g_autoptr(GError) hidden = NULL;
    nd_auto(nd_catalog_document) document = row ? nd_session_document(session, *id_out, &hidden) : NULL;
    if (!row || g_error_matches(hidden, ND_ERROR, ND_ERROR_NOT_FOUND)) {
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND,
                    _("%s is not in this index; 'ndindex --why' says why"), path);
        return false;
    }
    if (hidden)
        g_propagate_error(error, g_steal_pointer(&hidden));
    if (document && original)
        why->shown_as = g_strdup(document->path);
    return document != NULL;
}

static bool explain_document(struct nd_session *session, const struct nd_syntax *syntax, const char *path,
                             const char *query, struct nd_why *why, size_t *position_out, GError **error)
{
    uint32_t id;
    nd_auto(nd_plan) plan = nd_plan_make(session, syntax, true, position_out, error);
    if (!plan || !find_document(session, path, why, &id, error) ||
        !finds(session, plan->query, id, &why->matches, error))
        return false;
    struct nd_node *const root = syntax->root;
    const bool several = root->kind == ND_NODE_TOGETHER || root->kind == ND_NODE_AND;
    const guint n = several ? root->children->len : 1;
    why->parts = g_new0(struct nd_why_part, n);
    for (guint i = 0; i < n; i++) {
        struct nd_node *const node = several ? g_ptr_array_index(root->children, i) : root;
        why->n_parts = i + 1;
        if (!explain_part(session, node, query, id, &why->parts[i], error))
            return false;
    }
    return !why->matches || find_rank(session, plan->query, id, &why->rank, error);
}

struct nd_why *nd_why_find(struct nd_session *session, const char *path, const char *query,
                           size_t *position_out, GError **error)
{
    nd_auto(nd_syntax) syntax = nd_syntax_parse(query, strlen(query), position_out, error);
    if (!syntax || !nd_session_enter(session, error))
        return NULL;
    nd_auto(nd_why) why = g_new0(struct nd_why, 1);
    const bool good = explain_document(session, syntax, path, query, why, position_out, error);
    nd_session_leave(session);
    return good ? g_steal_pointer(&why) : NULL;
}

void nd_why_free(struct nd_why *why)
{
    if (!why)
        return;
    g_free(why->shown_as);
    for (size_t i = 0; i < why->n_parts; i++) {
        g_free(why->parts[i].text);
        g_free(why->parts[i].advice);
    }
    g_free(why->parts);
    g_free(why);
}
