#include "query/language_parser.h"

#include "base/caps.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "analyzers/citation/citation.h"

enum { VALUE_WORDS_CAP = 8 };

static bool range_separator(struct nd_str value, size_t *at_out)
{
    for (size_t i = 0; i + 1 < value.n; i++) {
        if (value.p[i] == '.' && value.p[i + 1] == '.') {
            *at_out = i;
            return true;
        }
    }
    return false;
}

static struct nd_node *parse_range(struct nd_parser *self, const struct nd_field *field, size_t start,
                                   size_t end)
{
    size_t stop = nd_parser_word_end(self, self->at, end);
    const struct nd_str value = nd_str_slice(self->text, self->at, stop);
    struct nd_date from = {0}, to = {0};
    size_t dots;
    const bool year_pair = field->form == ND_FORM_YEAR && value.n == 9 && value.p[4] == '-';
    bool good;
    if (range_separator(value, &dots) || year_pair) {
        if (year_pair)
            dots = 4;
        const struct nd_str low = nd_str_slice(value, 0, dots);
        const struct nd_str high = nd_str_slice(value, dots + (year_pair ? 1 : 2), value.n);
        good = (low.n > 0 || high.n > 0) && (low.n == 0 || nd_date_read_typed(low, &from)) &&
               (high.n == 0 || nd_date_read_typed(high, &to));
    } else {
        good = nd_date_read_typed(value, &from);
        to = from;
    }
    if (!good)
        return nd_parser_fail(self, ND_ERROR_USAGE, self->at, _("expected %s after \"%.*s\""),
                              nd_field_hint(field), (int)(self->at - start), self->text.p + start);
    if (from.year && to.year && nd_date_compare(from, to) > 0 && !(to.month == 0 && to.year == from.year))
        return nd_parser_fail(self, ND_ERROR_USAGE, self->at, _("the range ends before it begins"));
    self->at = stop;
    struct nd_node *const node = nd_parser_node(self, ND_NODE_RANGE, start, stop);
    node->field = field;
    node->from = from;
    node->to = to;
    return node;
}

/* Adds the value at self->at to node; a name of several words ("tỉnh:Lai Châu") is taken as far as it is one.
 */
static bool parse_value(struct nd_parser *self, struct nd_node *node, size_t end)
{
    const size_t start = self->at;
    if (nd_parser_opens(self, start) && self->text.p[start] != '(') {
        const struct nd_str quoted = nd_parser_take_quoted(self);
        char *const value = nd_field_value(node->field, quoted);
        if (value) {
            g_ptr_array_add(node->values, value);
            return true;
        }
    } else if (node->field->id == ND_FIELD_PATH || node->field->form == ND_FORM_WORDS) {
        self->at = nd_parser_word_end(self, start, end);
        if (self->at > start) {
            g_ptr_array_add(node->values, nd_str_dup(nd_str_slice(self->text, start, self->at)));
            return true;
        }
    } else {
        g_autofree char *best = NULL;
        size_t stop = start, best_stop = start;
        const unsigned words = node->field->form == ND_FORM_NUMBER ? 1 : VALUE_WORDS_CAP;
        for (unsigned i = 0; i < words && stop < end; i++) {
            const size_t word = stop;
            stop = nd_parser_word_end(self, word, end);
            if (stop == word)
                break; /* a quote or bracket */
            size_t trimmed = stop;
            while (trimmed > start && strchr(",;.", self->text.p[trimmed - 1]))
                trimmed--;
            char *const value = nd_field_value(node->field, nd_str_slice(self->text, start, trimmed));
            if (value) {
                g_free(best);
                best = value;
                best_stop = stop;
            }
            if (trimmed < stop)
                break;
            while (stop < end && nd_parser_is_space(self->text.p[stop]))
                stop++;
        }
        if (best) {
            self->at = best_stop;
            g_ptr_array_add(node->values, g_steal_pointer(&best));
            return true;
        }
    }
    nd_parser_fail(self, ND_ERROR_USAGE, start, _("expected %s"), nd_field_hint(node->field));
    return false;
}

/* The code of a document: số:21-NQ/TW. NULL without an error when there is none here. */
static struct nd_node *parse_own_code(struct nd_parser *self, size_t start, size_t end)
{
    const size_t stop = MIN(end, self->at + ND_CAP_CITATION_BYTES);
    const struct nd_str rest = nd_str_slice(self->text, self->at, nd_utf8_floor(self->text, stop));
    struct nd_mentions *const mentions = nd_citation_parse(rest);
    g_ptr_array_add(self->syntax->mentions, mentions);
    if (nd_mentions_count(mentions) == 0)
        return NULL;
    const struct nd_mention *const mention = nd_mentions_get(mentions, 0);
    char *const key = nd_citation_key(mention);
    if (mention->start > 0 || !key || mention->kind != ND_MENTION_NUMBER) {
        g_free(key);
        return NULL;
    }
    self->at += mention->end;
    struct nd_node *const node = nd_parser_node(self, ND_NODE_FIELD, start, self->at);
    node->field = &nd_fields[ND_FIELD_CODE];
    node->values = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(node->values, key);
    return node;
}

static struct nd_node *parse_field(struct nd_parser *self, const struct nd_field *field, size_t start,
                                   size_t end)
{
    if (field->form == ND_FORM_YEAR || field->form == ND_FORM_DATE)
        return parse_range(self, field, start, end);
    if (field->form == ND_FORM_NUMBER) {
        struct nd_node *const code = parse_own_code(self, start, end);
        if (code)
            return code;
    }
    struct nd_node *const node = nd_parser_node(self, ND_NODE_FIELD, start, end);
    node->field = field;
    node->values = g_ptr_array_new_with_free_func(g_free);
    if (self->at < end && self->text.p[self->at] == '(' && nd_parser_opens(self, self->at)) {
        const size_t close = (size_t)self->partner[self->at];
        self->at++;
        for (nd_parser_skip_space(self, close); self->at < close; nd_parser_skip_space(self, close)) {
            size_t after;
            unsigned distance;
            if (self->text.p[self->at] == ',')
                self->at++;
            else if (nd_parser_operator_at(self, self->at, close, &after, &distance) == ND_OPERATOR_OR)
                self->at = after;
            else if (!parse_value(self, node, close))
                return NULL;
        }
        if (node->values->len == 0)
            return nd_parser_fail(self, ND_ERROR_USAGE, close, _("expected %s"), nd_field_hint(field));
        self->at = close + 1;
    } else if (!parse_value(self, node, end)) {
        return NULL;
    }
    node->end = (uint32_t)nd_normalized_source_end(&self->normalized, self->at);
    return node;
}

/* Turns an alternative of citations within a relation's brackets into an alternative of relations: there a
 * citation names the work and not the documents that hold it. NULL when nested is anything else. */
static struct nd_node *relation_of_citations(struct nd_node *relation, struct nd_node *nested)
{
    if (nested->kind == ND_NODE_CITATION) {
        relation->citation = nested->citation;
        relation->key = g_strdup(nested->key);
        relation->text = g_strdup(nested->text);
        return relation;
    }
    if (nested->kind != ND_NODE_OR)
        return NULL;
    for (guint i = 0; i < nested->children->len; i++) {
        if (((struct nd_node *)g_ptr_array_index(nested->children, i))->kind != ND_NODE_CITATION)
            return NULL;
    }
    for (guint i = 0; i < nested->children->len; i++) {
        struct nd_node *const child = g_ptr_array_index(nested->children, i);
        child->kind = ND_NODE_RELATION;
        child->relation = relation->relation;
        child->inverse = relation->inverse;
        child->transitive = relation->transitive;
    }
    return nested;
}

/* Whether word is written like a work key: "21-NQ/TW~XIII", "13-QĐ/TU~2018@LAI-CHAU", "DIEU-LE-DANG". */
static bool is_work_key(struct nd_str word)
{
    bool dash = false, capitals = true;
    for (size_t i = 0, length; i < word.n; i += length) {
        const uint32_t c = nd_utf8_decode(word, i, &length);
        if ((c == '~' || c == '@') && i > 0 && i + 1 < word.n)
            return true;
        dash |= c == '-';
        capitals &= g_unichar_isupper(c) || c == '-';
    }
    return dash && capitals && word.n > 3;
}

static struct nd_node *parse_relation(struct nd_parser *self, const struct nd_relation_name *name,
                                      bool transitive, size_t start, size_t end)
{
    const size_t operand = self->at;
    struct nd_node *const node = nd_parser_node(self, ND_NODE_RELATION, start, end);
    node->relation = name->relation;
    node->inverse = name->inverse;
    node->transitive = transitive;
    if (operand < end && self->text.p[operand] == '(' && nd_parser_opens(self, operand)) {
        const size_t close = (size_t)self->partner[operand];
        self->at = operand + 1;
        struct nd_node *const nested = nd_parse_or(self, close);
        if (!nested)
            return NULL;
        if (nested->kind == ND_NODE_ALL || nested->kind == ND_NODE_NOTHING)
            return nd_parser_fail(self, ND_ERROR_USAGE, close, _("expected a query inside the brackets"));
        self->at = close + 1;
        node->end = (uint32_t)nd_normalized_source_end(&self->normalized, self->at);
        struct nd_node *const citations = relation_of_citations(node, nested);
        if (citations)
            return citations;
        node->children = g_ptr_array_new();
        g_ptr_array_add(node->children, nested);
        return node;
    }
    struct nd_str typed;
    if (operand < end && nd_parser_opens(self, operand)) {
        typed = nd_parser_take_quoted(self);
    } else {
        const size_t stop = nd_parser_word_end(self, operand, end);
        typed = nd_str_slice(self->text, operand, stop);
        if (nd_str_equal(typed, ND_STR("*")) || is_work_key(typed)) {
            self->at = stop;
            node->text = nd_str_dup(typed);
            node->end = (uint32_t)nd_normalized_source_end(&self->normalized, stop);
            return node;
        }
        const size_t cap = MIN(end, operand + ND_CAP_CITATION_BYTES);
        typed = nd_str_slice(self->text, operand, nd_utf8_floor(self->text, cap));
    }
    struct nd_mentions *const mentions = nd_citation_parse(typed);
    g_ptr_array_add(self->syntax->mentions, mentions);
    const struct nd_mention *const mention =
        nd_mentions_count(mentions) ? nd_mentions_get(mentions, 0) : NULL;
    if (!mention || mention->kind == ND_MENTION_NOT_UNDERSTOOD || mention->start > 0)
        return nd_parser_fail(
            self, ND_ERROR_USAGE, operand,
            _("expected a citation such as 21-NQ/TW, a \"name\" or a (query) after \"%.*s\""),
            (int)(operand - start), self->text.p + start);
    if (self->at == operand)
        self->at = operand + mention->end;
    node->citation = mention;
    node->key = nd_citation_key(mention);
    node->text = nd_str_dup(nd_str_slice(typed, 0, mention->end));
    node->end = (uint32_t)nd_normalized_source_end(&self->normalized, self->at);
    return node;
}

/* A field or relation at self->at. Sets *found_out to false, and nothing else, where there is none. After
 * "name: " with a space, what follows is only taken as a value when it is one: "Ngày: chưa rõ" is text. */
struct nd_node *nd_parse_named(struct nd_parser *self, size_t end, bool *found_out)
{
    struct nd_str name;
    bool plus;
    size_t after;
    const size_t start = self->at;
    *found_out = false;
    if (!nd_parser_name_at(self, start, end, &name, &plus, &after))
        return NULL;
    const bool spaced = after < end && nd_parser_is_space(self->text.p[after]);
    const struct nd_relation_name *const relation = nd_relation_by_name(name);
    const struct nd_field *const field = plus ? NULL : nd_field_by_name(name);
    self->at = after;
    nd_parser_skip_space(self, end);
    if (relation) {
        *found_out = true;
        return parse_relation(self, relation, plus, start, end);
    }
    if (field && !spaced) {
        *found_out = true;
        return parse_field(self, field, start, end);
    }
    if (field) {
        GError **const error = self->error;
        g_autoptr(GError) ignored = NULL;
        self->error = &ignored;
        struct nd_node *const node = parse_field(self, field, start, end);
        self->error = error;
        *found_out = node != NULL;
        if (node)
            return node;
    } else if (!spaced && after < end) {
        const char *const meant = nd_name_suggest(name);
        if (meant) {
            *found_out = true;
            return nd_parser_fail(self, ND_ERROR_USAGE, start,
                                  _("there is no field \"%.*s\"; did you mean \"%s:\"?"), (int)name.n, name.p,
                                  meant);
        }
    }
    self->at = start;
    return NULL;
}
