#include "query/plan_private.h"

#include "base/caps.h"
#include "base/i18n.h"
#include "analyzers/citation/citation.h"
#include "analyzers/text/fold.h"
#include "analyzers/text/tokenize.h"
#include "query/dates.h"
#include "query/query_list.h"
#include "query/words.h"

#include <stdio.h>
#include <string.h>

/* Terms of citations, analyzers/text/terms.h. */
#define CITATION_PREFIX "K"

void *nd_plan_propagate(GError **error, GError *xc_error)
{
    nd_fulltext_propagate(error, xc_error);
    return NULL;
}

static struct xc_query *combine(enum xc_operator op, const GPtrArray *parts, GError **error)
{
    GError *xc_error = NULL;
    struct xc_query *const query = nd_query_list_combine(parts, op, &xc_error);
    return query ? query : nd_plan_propagate(error, xc_error);
}

struct xc_query *nd_plan_combine_two(enum xc_operator op, const struct xc_query *a, const struct xc_query *b,
                                     GError **error)
{
    const struct xc_query *const parts[] = {a, b};
    GError *xc_error = NULL;
    struct xc_query *const query = xc_query_new_operator(op, parts, 2, 0, &xc_error);
    return query ? query : nd_plan_propagate(error, xc_error);
}

struct xc_query *nd_plan_every_document(GError **error)
{
    GError *xc_error = NULL;
    struct xc_query *const query = xc_query_new_all(&xc_error);
    return query ? query : nd_plan_propagate(error, xc_error);
}

struct xc_query *nd_plan_no_document(GError **error)
{
    GError *xc_error = NULL;
    struct xc_query *const query = xc_query_new_nothing(&xc_error);
    return query ? query : nd_plan_propagate(error, xc_error);
}

void nd_plan_remark(struct nd_planner *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(self->plan->remarks, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

/* ---- words ---- */

/* Puts the accents back into what the user sees as one text, run by run. */
static void note_restored(struct nd_planner *self, const struct nd_words *words)
{
    if (self->excluded || !words->restored)
        return;
    char *const before = self->plan->restored;
    self->plan->restored =
        before ? g_strconcat(before, " ", words->restored, NULL) : g_strdup(words->restored);
    g_free(before);
}

static void note_missing(struct nd_planner *self, const struct nd_words *words)
{
    for (size_t i = 0; i < words->n_words && !self->excluded; i++) {
        if (!words->words[i].terms[0])
            g_ptr_array_add(self->plan->missing, g_strdup(words->words[i].typed));
    }
}

static struct xc_query *plan_words(struct nd_planner *self, const char *text, enum nd_words_mode mode,
                                   unsigned window, const char *prefix, GError **error)
{
    GError *xc_error = NULL;
    const bool phrase = mode == ND_WORDS_PHRASE;
    /* What every hit must have is checked in the hits; of what one may have or not, only the query can tell.
     */
    if (!self->sure && !self->excluded && self->required && *prefix == '\0') {
        if (phrase)
            mode = ND_WORDS_LIKELY_PHRASE;
        else if (mode == ND_WORDS_NEAR)
            mode = ND_WORDS_LIKELY_NEAR;
    }
    nd_auto(nd_words) words =
        nd_words_read(self->session->index, nd_str_from_c(text), mode, window, prefix, &xc_error);
    if (!words)
        return nd_plan_propagate(error, xc_error);
    if (*prefix == '\0' && !self->again) {
        if (!self->excluded)
            nd_ranking_add(self->plan->ranking, words);
        if (words->check.pattern) {
            nd_ranking_require(self->plan->ranking, words->check);
            words->check = (struct nd_stream_check){0};
        }
        note_restored(self, words);
        note_missing(self, words);
    }
    if (!self->excluded && phrase)
        nd_matcher_add_phrase(self->plan->matcher, words->words, words->n_words,
                              2.0 * (double)words->n_words);
    else if (!self->excluded)
        nd_matcher_add_words(self->plan->matcher, words->words, words->n_words, NULL);
    self->plan->weighted = true;
    return g_steal_pointer(&words->query);
}

static struct xc_query *plan_prefix(struct nd_planner *self, const struct nd_node *node, GError **error)
{
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    const struct nd_str text = nd_str_from_c(node->text);
    nd_tokenizer_init(&tokenizer, text);
    if (!nd_tokenizer_next(&tokenizer, &token))
        return nd_plan_no_document(error);
    const struct nd_str prefix = nd_str_slice(text, token.start, token.end);
    GError *xc_error = NULL;
    bool cut;
    struct xc_query *const query = nd_words_prefix(
        self->session->database, prefix, self->excluded ? NULL : self->plan->matcher, &cut, &xc_error);
    if (!query)
        return nd_plan_propagate(error, xc_error);
    if (cut)
        nd_plan_remark(self, _("\"%s*\" stands for more than %d words; the most frequent %d were looked for"),
                       node->text, ND_CAP_WILDCARD_TERMS, ND_CAP_WILDCARD_TERMS);
    self->plan->weighted = true;
    return query;
}

/* NEAR over the words of all children, and each child of several words in itself in a row. */
static void gather_near(const struct nd_node *node, GString *all, GPtrArray *leaves)
{
    if (node->kind != ND_NODE_NEAR) {
        g_string_append_printf(all, "%s%s", all->len > 0 ? " " : "", node->text);
        g_ptr_array_add(leaves, (gpointer)node);
        return;
    }
    for (guint i = 0; i < node->children->len; i++)
        gather_near(g_ptr_array_index(node->children, i), all, leaves);
}

static unsigned words_in(const char *text)
{
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    unsigned n = 0;
    nd_tokenizer_init(&tokenizer, nd_str_from_c(text));
    while (nd_tokenizer_next(&tokenizer, &token))
        n++;
    return n;
}

static struct xc_query *plan_near(struct nd_planner *self, const struct nd_node *node, GError **error)
{
    g_autoptr(GString) all = g_string_new(NULL);
    g_autoptr(GPtrArray) leaves = g_ptr_array_new();
    g_autoptr(GPtrArray) parts = nd_query_list_new();
    gather_near(node, all, leaves);
    struct xc_query *const near =
        plan_words(self, all->str, ND_WORDS_NEAR, node->distance + words_in(all->str) - 1, "", error);
    if (!near)
        return NULL;
    g_ptr_array_add(parts, near);
    for (guint i = 0; i < leaves->len; i++) {
        const struct nd_node *const leaf = g_ptr_array_index(leaves, i);
        if (words_in(leaf->text) < 2)
            continue;
        struct xc_query *const phrase = plan_words(self, leaf->text, ND_WORDS_PHRASE, 0, "", error);
        if (!phrase)
            return NULL;
        g_ptr_array_add(parts, phrase);
    }
    return combine(XC_AND, parts, error);
}

/* A quoted text; a day in it may be spelled in two ways. */
static struct xc_query *plan_phrase(struct nd_planner *self, const char *text, GError **error)
{
    g_autofree char *respelled = nd_dates_respell(nd_str_from_c(text));
    if (!respelled)
        return plan_words(self, text, ND_WORDS_PHRASE, 0, "", error);
    const bool required = self->required;
    self->required = false;
    xc_auto(xc_query) as_typed = plan_words(self, text, ND_WORDS_PHRASE, 0, "", error);
    self->again = true;
    xc_auto(xc_query) other = as_typed ? plan_words(self, respelled, ND_WORDS_PHRASE, 0, "", error) : NULL;
    self->again = false;
    self->required = required;
    return other ? nd_plan_combine_two(XC_OR, as_typed, other, error) : NULL;
}

/* ---- citations ---- */

/* Marks a code wherever its parts stand in a row, however they are joined. */
static void mark_citation(struct nd_planner *self, const struct nd_node *node)
{
    g_autofree char *code = nd_citation_code(node->citation);
    const struct nd_str text = nd_str_from_c(code ? code : node->text);
    g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(struct nd_query_word));
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    nd_tokenizer_init(&tokenizer, text);
    while (nd_tokenizer_next(&tokenizer, &token)) {
        char buffer[ND_CAP_TERM_BYTES];
        const size_t n = nd_fold(nd_str_slice(text, token.start, token.end), buffer);
        g_autoptr(GStrvBuilder) spellings = g_strv_builder_new();
        g_autofree char *plain = g_strndup(buffer, n);
        g_strv_builder_add(spellings, plain);
        if (n == 1 && g_ascii_isdigit(plain[0])) {
            g_autofree char *padded = g_strconcat("0", plain, NULL);
            g_strv_builder_add(spellings, padded);
        } else if (n == 2 && plain[0] == '0') {
            g_strv_builder_add(spellings, plain + 1);
        }
        const struct nd_query_word word = {.terms = g_strv_builder_end(spellings), .all_meant = true};
        g_array_append_val(words, word);
    }
    nd_matcher_add_phrase(self->plan->matcher, (const struct nd_query_word *)(const void *)words->data,
                          words->len, 2.0 * (double)words->len);
    for (guint i = 0; i < words->len; i++)
        g_strfreev(g_array_index(words, struct nd_query_word, i).terms);
}

/* ---- fields ---- */

/* An intersection, since the catalogue also keeps what is on its way in or out. */
struct xc_query *nd_plan_ids(struct nd_planner *self, const GArray *ids, const GArray *weights,
                             GError **error)
{
    if (ids->len == 0)
        return nd_plan_no_document(error);
    GError *xc_error = NULL;
    xc_auto(xc_query) list = xc_query_new_documents(
        self->session->database, (const uint32_t *)(const void *)ids->data,
        weights ? (const double *)(const void *)weights->data : NULL, ids->len, &xc_error);
    if (!list)
        return nd_plan_propagate(error, xc_error);
    xc_auto(xc_query) all = nd_plan_every_document(error);
    return all ? nd_plan_combine_two(XC_AND, list, all, error) : NULL;
}

/* The documents that cite it, and the one whose own number it is. */
static struct xc_query *plan_citation(struct nd_planner *self, const struct nd_node *node, GError **error)
{
    g_autofree char *cited = g_strconcat(CITATION_PREFIX, node->key, NULL);
    g_autofree char *own = g_strconcat(nd_fields[ND_FIELD_CODE].prefix, node->key, NULL);
    const struct xc_bytes terms[] = {xc_bytes_from_c(cited), xc_bytes_from_c(own)};
    GError *xc_error = NULL;
    uint32_t frequencies[2];
    if (!xc_database_term_frequencies(self->session->database, terms, 2, frequencies, &xc_error))
        return nd_plan_propagate(error, xc_error);
    self->plan->weighted = true;
    if (frequencies[0] + frequencies[1] ==
        0) { /* nobody writes the number; its letters may stand somewhere */
        GError *failure = NULL;
        struct xc_query *const by_name = nd_plan_cited_by_name(self, node, &failure);
        if (by_name || failure)
            return by_name ? by_name : (g_propagate_error(error, failure), NULL);
        return plan_words(self, node->text, ND_WORDS_PHRASE, 0, "", error);
    }
    if (!self->excluded)
        mark_citation(self, node);
    struct xc_query *const query = xc_query_new_operator_terms(XC_OR, terms, 2, 0, &xc_error);
    return query ? query : nd_plan_propagate(error, xc_error);
}

/* Appends the ids (int64_t) of a part's documents whose path has value in it. */
static bool add_by_path(struct nd_session *part, const char *value, GArray *ids, GError **error)
{
    const bool glob = strpbrk(value, "*?[") != NULL;
    const guint first = ids->len;
    struct nd_sql_statement *const s = nd_session_statement(
        part, glob ? ND_STATEMENT_DOCUMENTS_BY_GLOB : ND_STATEMENT_DOCUMENTS_BY_PATH, error);
    if (!s)
        return false;
    g_autofree char *pattern = glob ? g_strconcat("*", value, "*", NULL) : g_strdup(value);
    nd_sql_bind(s, "s", pattern);
    if (!nd_sql_collect(s, ids, error))
        return false;
    nd_session_join_ids(part, ids, first);
    return true;
}

static struct xc_query *plan_path(struct nd_planner *self, const struct nd_node *node, GError **error)
{
    struct nd_session *const session = self->session;
    self->n_paths += node->values->len;
    if (self->n_paths > ND_CAP_QUERY_PATHS) {
        self->error_at = node->start;
        g_set_error(error, ND_ERROR, ND_ERROR_LIMIT, _("a query may have at most %d paths"),
                    ND_CAP_QUERY_PATHS);
        return NULL;
    }
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (guint i = 0; i < node->values->len * session->n_parts; i++) {
        if (!add_by_path(session->parts[i % session->n_parts],
                         g_ptr_array_index(node->values, i / session->n_parts), found, error))
            return NULL;
    }
    nd_plan_keep_each_once(found);
    for (guint i = 0; i < found->len; i++) {
        const uint32_t id = (uint32_t)g_array_index(found, int64_t, i);
        g_array_append_val(ids, id);
    }
    return nd_plan_ids(self, ids, NULL, error);
}

static struct xc_query *plan_field(struct nd_planner *self, const struct nd_node *node, GError **error)
{
    if (node->field->form == ND_FORM_PATH)
        return plan_path(self, node, error);
    g_autoptr(GPtrArray) parts = nd_query_list_new();
    for (guint i = 0; i < node->values->len; i++) {
        const char *const value = g_ptr_array_index(node->values, i);
        struct xc_query *part;
        if (node->field->form == ND_FORM_WORDS) {
            part = plan_words(self, value, ND_WORDS_ALL, 0, node->field->prefix, error);
        } else {
            g_autofree char *term = g_strconcat(node->field->prefix, value, NULL);
            GError *xc_error = NULL;
            part = xc_query_new_term(xc_bytes_from_c(term), 1, 0, &xc_error);
            if (!part)
                nd_fulltext_propagate(error, xc_error);
        }
        if (!part)
            return NULL;
        g_ptr_array_add(parts, part);
    }
    return combine(XC_OR, parts, error);
}

static struct xc_query *plan_range(const struct nd_node *node, GError **error)
{
    char low[16] = "", high[16] = "";
    const bool years = node->field->form == ND_FORM_YEAR && node->from.month == 0 && node->to.month == 0;
    if (years) {
        snprintf(low, sizeof low, "%04d", node->from.year);
        snprintf(high, sizeof high, "%04d", node->to.year);
    } else {
        snprintf(low, sizeof low, "%04d%02d%02d", node->from.year, node->from.month, node->from.day);
        snprintf(high, sizeof high, "%04d%02d%02d", node->to.year, node->to.month ? node->to.month : 99,
                 node->to.day ? node->to.day : 99);
    }
    const uint32_t slot = (uint32_t)nd_fields[years ? ND_FIELD_YEAR : ND_FIELD_DATE].slot;
    GError *xc_error = NULL;
    struct xc_query *query;
    if (node->from.year && node->to.year)
        query = xc_query_new_value_range(slot, xc_bytes_from_c(low), xc_bytes_from_c(high), &xc_error);
    else if (node->from.year)
        query = xc_query_new_value_ge(slot, xc_bytes_from_c(low), &xc_error);
    else /* a document without the value has the empty one, which is below all */
        query = xc_query_new_value_range(slot, xc_bytes_from_c("0"), xc_bytes_from_c(high), &xc_error);
    return query ? query : nd_plan_propagate(error, xc_error);
}

/* ---- the tree ---- */

/* Whether a node filters: gives documents no rank of their own beside words. */
static bool is_filter(const struct nd_node *node)
{
    return node->kind == ND_NODE_FIELD || node->kind == ND_NODE_RANGE || node->kind == ND_NODE_RELATION;
}

/* Required parts, filters, and what is excluded, as one query. */
static struct xc_query *plan_together(struct nd_planner *self, const struct nd_node *node,
                                      enum nd_words_mode mode, GError **error)
{
    g_autoptr(GPtrArray) ranking = nd_query_list_new(), filters = nd_query_list_new(),
                         excluded = nd_query_list_new();
    for (guint i = 0; i < node->children->len; i++) {
        const struct nd_node *const child = g_ptr_array_index(node->children, i);
        const bool negative = child->kind == ND_NODE_NOT;
        self->excluded += negative;
        struct xc_query *const query =
            negative ? nd_plan_node(self, g_ptr_array_index(child->children, 0), ND_WORDS_PHRASE, error)
                     : nd_plan_node(self, child, mode, error);
        self->excluded -= negative;
        if (!query)
            return NULL;
        g_ptr_array_add(negative ? excluded : is_filter(child) ? filters : ranking, query);
    }
    xc_auto(xc_query) query = NULL;
    if (ranking->len > 0) {
        query = combine(XC_AND, ranking, error);
    } else if (filters->len > 0) { /* relations rank by their evidence where nothing else does */
        query = combine(XC_AND, filters, error);
        g_ptr_array_set_size(filters, 0);
    } else {
        query = nd_plan_every_document(error);
    }
    if (query && filters->len > 0) {
        xc_auto(xc_query) filter = combine(XC_AND, filters, error);
        struct xc_query *const both = filter ? nd_plan_combine_two(XC_FILTER, query, filter, error) : NULL;
        xc_query_free(query);
        query = both;
    }
    if (query && excluded->len > 0) {
        xc_auto(xc_query) none = combine(XC_OR, excluded, error);
        struct xc_query *const rest = none ? nd_plan_combine_two(XC_AND_NOT, query, none, error) : NULL;
        xc_query_free(query);
        query = rest;
    }
    return g_steal_pointer(&query);
}

static struct xc_query *plan_or(struct nd_planner *self, const struct nd_node *node, enum nd_words_mode mode,
                                GError **error)
{
    g_autoptr(GPtrArray) parts = nd_query_list_new();
    const bool required = self->required;
    self->required = false;
    for (guint i = 0; i < node->children->len; i++) {
        struct xc_query *const part = nd_plan_node(self, g_ptr_array_index(node->children, i), mode, error);
        if (!part)
            return NULL;
        g_ptr_array_add(parts, part);
    }
    self->required = required;
    return combine(XC_OR, parts, error);
}

struct xc_query *nd_plan_node(struct nd_planner *self, const struct nd_node *node, enum nd_words_mode mode,
                              GError **error)
{
    switch (node->kind) {
    case ND_NODE_WORDS:
        return plan_words(self, node->text, mode, 0, "", error);
    case ND_NODE_PHRASE:
        return plan_phrase(self, node->text, error);
    case ND_NODE_PREFIX:
        return plan_prefix(self, node, error);
    case ND_NODE_CITATION:
        return plan_citation(self, node, error);
    case ND_NODE_FIELD:
        return plan_field(self, node, error);
    case ND_NODE_RANGE:
        return plan_range(node, error);
    case ND_NODE_RELATION:
        return nd_plan_relation(self, node, error);
    case ND_NODE_TOGETHER:
        return plan_together(self, node, mode, error);
    case ND_NODE_AND:
        return plan_together(self, node, ND_WORDS_ALL, error);
    case ND_NODE_OR:
        return plan_or(self, node, mode, error);
    case ND_NODE_NEAR:
        return plan_near(self, node, error);
    case ND_NODE_NOTHING:
        return nd_plan_no_document(error);
    case ND_NODE_ALL:
    case ND_NODE_NOT: /* stands below TOGETHER and AND only, where it is taken apart */
        break;
    }
    return nd_plan_every_document(error);
}

struct nd_plan *nd_plan_make(struct nd_session *session, const struct nd_syntax *syntax, bool sure,
                             size_t *position_out, GError **error)
{
    nd_auto(nd_plan) plan = g_new0(struct nd_plan, 1);
    plan->matcher = nd_matcher_new();
    plan->ranking = nd_ranking_new();
    plan->relations = nd_planned_relations_new();
    plan->remarks = g_ptr_array_new_with_free_func(g_free);
    plan->missing = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) answered = nd_plan_answered_new();
    struct nd_planner planner = {
        .session = session, .plan = plan, .sure = sure, .required = true, .answered = answered};
    plan->query = nd_plan_node(&planner, syntax->root, ND_WORDS_ANY, error);
    if (position_out)
        *position_out = planner.error_at;
    return plan->query ? g_steal_pointer(&plan) : NULL;
}

void nd_plan_free(struct nd_plan *plan)
{
    if (!plan)
        return;
    xc_query_free(plan->query);
    nd_matcher_free(plan->matcher);
    nd_ranking_free(plan->ranking);
    g_ptr_array_unref(plan->relations);
    g_ptr_array_unref(plan->remarks);
    g_ptr_array_unref(plan->missing);
    g_free(plan->restored);
    g_free(plan);
}
