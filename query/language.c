#include "query/language.h"

#include "base/caps.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "analyzers/citation/citation.h"
#include "analyzers/text/fold.h"
#include "query/language_parser.h"

static bool operator_follows(struct nd_parser *self, size_t end, enum nd_operator wanted)
{
    size_t after;
    unsigned distance;
    nd_parser_skip_space(self, end);
    return self->at < end && nd_parser_operator_at(self, self->at, end, &after, &distance) == wanted;
}

/* Whether something other than a plain word begins at i. */
static bool run_ends_at(struct nd_parser *self, size_t i, size_t end)
{
    size_t after;
    unsigned distance;
    if (nd_parser_opens(self, i) || nd_parser_minus_at(self, i, end) ||
        nd_parser_operator_at(self, i, end, &after, &distance) != ND_OPERATOR_NONE)
        return true;
    const size_t stop = nd_parser_word_end(self, i, end);
    if (stop > i + 1 && self->text.p[stop - 1] == '*')
        return true;
    struct nd_str name;
    bool plus;
    if (!memchr(self->text.p + i, ':', stop - i) || !nd_parser_name_at(self, i, end, &name, &plus, &after))
        return false;
    return nd_relation_by_name(name) || nd_field_by_name(name) || nd_name_suggest(name);
}

static bool covers(struct nd_str text, uint32_t start, uint32_t end)
{
    return !nd_parser_has_word(nd_str_slice(text, 0, start)) &&
           !nd_parser_has_word(nd_str_slice(text, end, text.n));
}

/* Words before a citation without the "số" that belongs to its code. */
static struct nd_str without_number_sign(struct nd_str words)
{
    size_t start = words.n;
    while (start > 0 && !nd_parser_is_space(words.p[start - 1]))
        start--;
    char bare[ND_CAP_TERM_BYTES];
    const struct nd_str last = {bare, nd_fold_bare(nd_str_slice(words, start, words.n), bare)};
    return nd_str_equal(last, ND_STR("so")) ? nd_str_slice(words, 0, start) : words;
}

/* A run of plain words as nodes added to `together`: the words, and apart from them each citation that has a
 * number. */
static bool add_run(struct nd_parser *self, struct nd_node *together, size_t start, size_t end)
{
    const struct nd_str run = nd_str_slice(self->text, start, end);
    struct nd_mentions *const mentions = nd_citation_parse(run);
    g_ptr_array_add(self->syntax->mentions, mentions);
    size_t done = 0; /* bytes of the run that are in a node */
    for (size_t i = 0; i <= nd_mentions_count(mentions); i++) {
        const struct nd_mention *const mention =
            i < nd_mentions_count(mentions) ? nd_mentions_get(mentions, i) : NULL;
        g_autofree char *key =
            mention && mention->kind == ND_MENTION_NUMBER ? nd_citation_key(mention) : NULL;
        if (mention && (!key || mention->start < done))
            continue;
        while (done < run.n && nd_parser_is_space(run.p[done]))
            done++;
        size_t stop = mention ? mention->start : run.n;
        while (stop > done && nd_parser_is_space(run.p[stop - 1]))
            stop--;
        const struct nd_str before = nd_str_slice(run, done, MAX(stop, done));
        const struct nd_str words = mention ? without_number_sign(before) : before;
        if (nd_parser_has_word(words)) {
            struct nd_node *const node =
                nd_parser_text_node(self, ND_NODE_WORDS, words, start + done, start + done + words.n);
            if (!node)
                return false;
            nd_node_add_child(together, node);
        }
        if (!mention)
            break;
        const struct nd_str typed = nd_str_slice(run, mention->start, mention->end);
        struct nd_node *const node =
            nd_parser_text_node(self, ND_NODE_CITATION, typed, start + mention->start, start + mention->end);
        if (!node)
            return false;
        node->citation = mention;
        node->key = g_steal_pointer(&key);
        nd_node_add_child(together, node);
        done = mention->end;
    }
    if (nd_mentions_count(mentions) == 1) {
        const struct nd_mention *const mention = nd_mentions_get(mentions, 0);
        if (mention->kind != ND_MENTION_NOT_UNDERSTOOD && covers(run, mention->start, mention->end) &&
            covers(self->text, (uint32_t)start, (uint32_t)end))
            self->syntax->only_citation = mention;
    }
    return true;
}

/* Whether a quoted text is the code of a document and nothing else. */
static bool is_code(struct nd_str text)
{
    if (text.n > ND_CAP_CITATION_BYTES)
        return false;
    nd_auto(nd_mentions) mentions = nd_citation_parse(text);
    if (nd_mentions_count(mentions) != 1)
        return false;
    const struct nd_mention *const mention = nd_mentions_get(mentions, 0);
    return mention->kind == ND_MENTION_NUMBER && covers(text, mention->start, mention->end);
}

/* One primary, added to `together`, which a run of words may give several. False with self->error set, or
 * without when nothing was there (*found_out). `single` takes one word only of a run. */
static bool parse_primary(struct nd_parser *self, struct nd_node *together, size_t end, bool single,
                          bool *found_out)
{
    *found_out = false;
    nd_parser_skip_space(self, end);
    if (self->at >= end)
        return true;
    const size_t start = self->at;
    size_t after;
    unsigned distance;
    if (nd_parser_operator_at(self, start, end, &after, &distance) != ND_OPERATOR_NONE)
        return true;
    *found_out = true;
    if (!nd_parser_count_part(self, start))
        return false;
    struct nd_node *node;
    if (self->text.p[start] == '(' && nd_parser_opens(self, start)) {
        if (self->depth == ND_CAP_QUERY_DEPTH) {
            nd_parser_fail(self, ND_ERROR_LIMIT, start, _("brackets may be nested at most %d deep"),
                           ND_CAP_QUERY_DEPTH);
            return false;
        }
        self->depth++;
        self->at = start + 1;
        node = nd_parse_or(self, (size_t)self->partner[start]);
        self->depth--;
        self->at = (size_t)self->partner[start] + 1;
        if (node && (node->kind == ND_NODE_ALL || node->kind == ND_NODE_NOTHING))
            return true;
    } else if (nd_parser_opens(self, start)) {
        const struct nd_str quoted = nd_parser_take_quoted(self);
        if (!nd_parser_has_word(quoted))
            return true;
        if (is_code(quoted)) /* however it is spelled where it stands */
            return add_run(self, together, (size_t)(quoted.p - self->text.p),
                           (size_t)(quoted.p - self->text.p) + quoted.n);
        node = nd_parser_text_node(self, ND_NODE_PHRASE, quoted, start, self->at);
    } else {
        bool named;
        node = nd_parse_named(self, end, &named);
        if (!named) {
            size_t stop = nd_parser_word_end(self, start, end);
            if (stop == start)
                stop++; /* a closing mark seen from inside a shorter range */
            if (stop > start + 1 && self->text.p[stop - 1] == '*' &&
                nd_parser_has_word(nd_str_slice(self->text, start, stop - 1))) {
                self->at = stop;
                node = nd_parser_text_node(self, ND_NODE_PREFIX, nd_str_slice(self->text, start, stop - 1),
                                           start, stop);
            } else {
                self->at = stop;
                for (nd_parser_skip_space(self, end);
                     !single && self->at < end && !run_ends_at(self, self->at, end);
                     nd_parser_skip_space(self, end)) {
                    stop = nd_parser_word_end(self, self->at, end);
                    self->at = MAX(stop, self->at + 1);
                }
                return add_run(self, together, start, MAX(stop, start));
            }
        }
    }
    if (!node)
        return false;
    nd_node_add_child(together, node);
    return true;
}

/* Makes one node of what was gathered side by side. */
static struct nd_node *simplify(struct nd_node *together)
{
    if (together->children->len == 1) {
        struct nd_node *const only = g_ptr_array_index(together->children, 0);
        if (only->kind != ND_NODE_NOT)
            return only;
    }
    return together;
}

/* primary { NEAR primary }, added to `together`. NEAR takes the nearest item on its left. */
static bool parse_near(struct nd_parser *self, struct nd_node *together, size_t end, bool single,
                       bool *found_out)
{
    if (!parse_primary(self, together, end, single, found_out))
        return false;
    while (*found_out && together->children->len > 0) {
        size_t after;
        unsigned distance;
        nd_parser_skip_space(self, end);
        const size_t start = self->at;
        if (start >= end || nd_parser_operator_at(self, start, end, &after, &distance) != ND_OPERATOR_NEAR)
            break;
        struct nd_node *const left = g_ptr_array_index(together->children, together->children->len - 1);
        self->at = after;
        struct nd_node *const rest = nd_parser_node(self, ND_NODE_TOGETHER, after, after);
        rest->children = g_ptr_array_new();
        bool right_found;
        if (!parse_primary(self, rest, end, single, &right_found))
            return false;
        struct nd_node *const right = rest->children->len == 1 ? g_ptr_array_index(rest->children, 0) : NULL;
        const unsigned positional = 1U << ND_NODE_WORDS | 1U << ND_NODE_PHRASE | 1U << ND_NODE_PREFIX;
        if (!right || !(1U << right->kind & positional) ||
            !(1U << left->kind & (positional | 1U << ND_NODE_NEAR))) {
            nd_parser_fail(self, ND_ERROR_USAGE, start,
                           _("expected words or a \"phrase\" on both sides of NEAR"));
            return false;
        }
        struct nd_node *const near = nd_parser_node_over(self, ND_NODE_NEAR, left);
        nd_node_add_child(near, right);
        near->distance = distance;
        g_ptr_array_index(together->children, together->children->len - 1) = near;
    }
    return true;
}

/* Words on both sides of a bracket of words are one run of words: "Nghị quyết Trung ương 4 (khóa XI)". */
static void join_words(struct nd_node *together)
{
    for (guint i = 1; i < together->children->len;) {
        struct nd_node *const left = g_ptr_array_index(together->children, i - 1);
        struct nd_node *const right = g_ptr_array_index(together->children, i);
        if (left->kind != ND_NODE_WORDS || right->kind != ND_NODE_WORDS) {
            i++;
            continue;
        }
        char *const text = g_strconcat(left->text, " ", right->text, NULL);
        g_free(left->text);
        left->text = text;
        left->end = right->end;
        g_ptr_array_remove_index(together->children, i);
    }
}

static struct nd_node *parse_together(struct nd_parser *self, size_t end)
{
    nd_parser_skip_space(self, end);
    struct nd_node *const together = nd_parser_node(self, ND_NODE_TOGETHER, self->at, self->at);
    together->children = g_ptr_array_new();
    bool any = false;
    for (;;) {
        nd_parser_skip_space(self, end);
        if (self->at >= end)
            break;
        size_t after;
        unsigned distance;
        const size_t start = self->at;
        const bool minus = nd_parser_minus_at(self, start, end);
        const bool not =
            !minus && nd_parser_operator_at(self, start, end, &after, &distance) == ND_OPERATOR_NOT;
        if (!minus && !not ) {
            bool found;
            if (!parse_near(self, together, end, false, &found))
                return NULL;
            any |= found;
            if (!found)
                break;
            continue;
        }
        self->at = minus ? start + 1 : after;
        struct nd_node *const excluded = nd_parser_node(self, ND_NODE_TOGETHER, self->at, self->at);
        excluded->children = g_ptr_array_new();
        bool found;
        if (!parse_near(self, excluded, end, minus, &found))
            return NULL;
        if (excluded->children->len == 0) {
            if (minus)
                continue;
            return nd_parser_fail(self, ND_ERROR_USAGE, self->at,
                                  _("expected something to exclude after NOT"));
        }
        any = true;
        struct nd_node *const node = nd_parser_node_over(self, ND_NODE_NOT, simplify(excluded));
        node->start = (uint32_t)nd_normalized_source_start(&self->normalized, start);
        nd_node_add_child(together, node);
    }
    join_words(together);
    if (together->children->len == 0)
        together->kind = any ? ND_NODE_NOTHING : ND_NODE_ALL;
    return simplify(together);
}

/* left { OPERATOR right }: one node of `kind` over all of them. */
static struct nd_node *parse_chain(struct nd_parser *self, size_t end, enum nd_operator op,
                                   enum nd_node_kind kind,
                                   struct nd_node *(*parse_part)(struct nd_parser *, size_t),
                                   const char *name)
{
    struct nd_node *chain = NULL;
    size_t op_at = 0;
    for (;;) {
        struct nd_node *const part = parse_part(self, end);
        if (!part)
            return NULL;
        const bool follows = operator_follows(self, end, op);
        const bool empty = part->kind == ND_NODE_ALL || part->kind == ND_NODE_NOTHING;
        if (empty && (follows || chain))
            return nd_parser_fail(self, ND_ERROR_USAGE, follows ? self->at : op_at,
                                  follows ? _("expected something to search for before %s")
                                          : _("expected something to search for after %s"),
                                  name);
        if (!chain && !follows)
            return part;
        if (!chain)
            chain = nd_parser_node_over(self, kind, part);
        else
            nd_node_add_child(chain, part);
        if (!follows)
            return chain;
        op_at = self->at;
        size_t after;
        unsigned distance;
        nd_parser_operator_at(self, self->at, end, &after, &distance);
        self->at = after;
    }
}

static struct nd_node *parse_and(struct nd_parser *self, size_t end)
{
    return parse_chain(self, end, ND_OPERATOR_AND, ND_NODE_AND, parse_together, "AND");
}

struct nd_node *nd_parse_or(struct nd_parser *self, size_t end)
{
    struct nd_node *const node = parse_chain(self, end, ND_OPERATOR_OR, ND_NODE_OR, parse_and, "OR");
    if (!node)
        return NULL;
    nd_parser_skip_space(self, end);
    if (self->at < end)
        return nd_parser_fail(self, ND_ERROR_USAGE, self->at, _("expected words before this operator"));
    return node;
}

struct nd_syntax *nd_syntax_parse(const char *query, size_t size, size_t *position_out, GError **error)
{
    size_t ignored;
    size_t *const position = position_out ? position_out : &ignored;
    struct nd_str text;
    *position = 0;
    if (size > ND_CAP_QUERY_BYTES) {
        *position = ND_CAP_QUERY_BYTES;
        g_set_error(error, ND_ERROR, ND_ERROR_LIMIT, _("a query may have at most %d bytes"),
                    (int)ND_CAP_QUERY_BYTES);
        return NULL;
    }
    if (!nd_utf8_check((struct nd_bytes){(const uint8_t *)query, size}, &text, position)) {
        g_set_error_literal(error, ND_ERROR, ND_ERROR_USAGE, _("the query is not valid UTF-8"));
        return NULL;
    }
    nd_auto(nd_syntax) syntax = g_new0(struct nd_syntax, 1);
    syntax->nodes = g_ptr_array_new_with_free_func(nd_parser_node_free);
    syntax->mentions = g_ptr_array_new_with_free_func(nd_parser_mentions_free);
    struct nd_parser parser = {.syntax = syntax, .error = error};
    nd_normalize(text, &parser.normalized);
    parser.text = parser.normalized.text;
    nd_parser_find_partners(&parser);
    syntax->root = nd_parse_or(&parser, parser.text.n);
    *position = parser.error_at;
    g_free(parser.partner);
    nd_normalized_clear(&parser.normalized);
    return syntax->root ? g_steal_pointer(&syntax) : NULL;
}

void nd_syntax_free(struct nd_syntax *syntax)
{
    if (!syntax)
        return;
    g_ptr_array_unref(syntax->nodes);
    g_ptr_array_unref(syntax->mentions);
    g_free(syntax);
}
