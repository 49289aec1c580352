#include "query/language_parser.h"

#include "base/caps.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utf8.h"

enum { NEAR_DEFAULT = 10, NEAR_CAP = 1000 };

void nd_parser_node_free(gpointer data)
{
    struct nd_node *const node = data;
    g_clear_pointer(&node->children, g_ptr_array_unref);
    g_clear_pointer(&node->values, g_ptr_array_unref);
    g_free(node->text);
    g_free(node->key);
    g_free(node);
}

void nd_parser_mentions_free(gpointer data)
{
    nd_mentions_free(data);
}

/* start and end are bytes of the normalised query. */
struct nd_node *nd_parser_node(struct nd_parser *self, enum nd_node_kind kind, size_t start, size_t end)
{
    struct nd_node *const node = g_new0(struct nd_node, 1);
    node->kind = kind;
    node->start = (uint32_t)nd_normalized_source_start(&self->normalized, start);
    node->end = (uint32_t)nd_normalized_source_end(&self->normalized, end);
    g_ptr_array_add(self->syntax->nodes, node);
    return node;
}

bool nd_parser_count_part(struct nd_parser *self, size_t at)
{
    if (++self->n_parts <= ND_CAP_QUERY_PARTS)
        return true;
    nd_parser_fail(self, ND_ERROR_LIMIT, at, _("a query may have at most %d parts"), ND_CAP_QUERY_PARTS);
    return false;
}

struct nd_node *nd_parser_node_over(struct nd_parser *self, enum nd_node_kind kind, struct nd_node *child)
{
    struct nd_node *const node = nd_parser_node(self, kind, 0, 0);
    node->start = child->start;
    node->end = child->end;
    node->children = g_ptr_array_new();
    g_ptr_array_add(node->children, child);
    return node;
}

void nd_node_add_child(struct nd_node *node, struct nd_node *child)
{
    g_ptr_array_add(node->children, child);
    node->end = MAX(node->end, child->end);
}

void *nd_parser_fail(struct nd_parser *self, int code, size_t at, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
void *nd_parser_fail(struct nd_parser *self, int code, size_t at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    self->error_at = nd_normalized_source_start(&self->normalized, MIN(at, self->text.n));
    g_set_error_literal(self->error, ND_ERROR, code, message);
    return NULL;
}

bool nd_parser_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

void nd_parser_skip_space(struct nd_parser *self, size_t end)
{
    while (self->at < end && nd_parser_is_space(self->text.p[self->at]))
        self->at++;
}

/* Whether the character at i is a letter, digit or mark; *length_out is its length. */
bool nd_parser_is_word_character(struct nd_str text, size_t i, size_t *length_out)
{
    const uint32_t c = nd_utf8_decode(text, i, length_out);
    return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* The length of the quotation mark at i, 0 when there is none. */
static size_t quote_at(struct nd_str text, size_t i, bool *closes_out)
{
    static const struct {
        struct nd_str mark;
        bool closes;
    } marks[] = {
        {{"\"", 1}, true},      {{"\u201c", 3}, false}, {{"\u201d", 3}, true},
        {{"\u201e", 3}, false}, {{"\u00ab", 2}, false}, {{"\u00bb", 2}, true},
    };
    for (size_t m = 0; m < G_N_ELEMENTS(marks); m++) {
        if (nd_str_has_prefix(nd_str_slice(text, i, text.n), marks[m].mark)) {
            *closes_out = marks[m].closes;
            return marks[m].mark.n;
        }
    }
    return 0;
}

/* Finds the partner of each quote and bracket. Those without one are text, so that a pasted half sentence is
 * a query like any other. Brackets within quotes are text. */
void nd_parser_find_partners(struct nd_parser *self)
{
    const struct nd_str text = self->text;
    self->partner = g_new(int32_t, text.n + 1);
    for (size_t i = 0; i <= text.n; i++)
        self->partner[i] = ND_NO_PARTNER;
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (size_t i = 0; i < text.n; i++) {
        bool closes;
        const size_t mark = quote_at(text, i, &closes);
        if (mark > 0) {
            size_t j = i + mark;
            size_t length = 0;
            while (j < text.n && !((length = quote_at(text, j, &closes)) > 0 && closes))
                j++;
            if (j < text.n) {
                self->partner[i] = (int32_t)j;
                self->partner[j] = (int32_t)i;
                i = j + length - 1;
            }
        } else if (text.p[i] == '(') {
            g_array_append_val(open, i);
        } else if (text.p[i] == ')' && open->len > 0) {
            const size_t j = g_array_index(open, size_t, open->len - 1);
            g_array_set_size(open, open->len - 1);
            self->partner[i] = (int32_t)j;
            self->partner[j] = (int32_t)i;
        }
    }
}

bool nd_parser_opens(const struct nd_parser *self, size_t i)
{
    return self->partner[i] > (int32_t)i;
}

/* A quoted text at self->at: its content, between the marks. */
struct nd_str nd_parser_take_quoted(struct nd_parser *self)
{
    bool closes;
    const size_t start = self->at + quote_at(self->text, self->at, &closes);
    const size_t end = (size_t)self->partner[self->at];
    self->at = end + quote_at(self->text, end, &closes);
    return nd_str_slice(self->text, start, end);
}

/* The end of the word at i: up to a space, or a quote or bracket that has a partner. */
size_t nd_parser_word_end(const struct nd_parser *self, size_t i, size_t end)
{
    while (i < end && !nd_parser_is_space(self->text.p[i]) && self->partner[i] == ND_NO_PARTNER)
        i++;
    return i;
}

bool nd_parser_has_word(struct nd_str text)
{
    for (size_t i = 0, length; i < text.n; i += length) {
        if (nd_parser_is_word_character(text, i, &length))
            return true;
    }
    return false;
}

static bool count_words(struct nd_parser *self, struct nd_str text, size_t at)
{
    bool inside = false;
    for (size_t i = 0, length; i < text.n; i += length) {
        const bool word = nd_parser_is_word_character(text, i, &length);
        self->n_words += word && !inside;
        inside = word;
    }
    if (self->n_words > ND_CAP_QUERY_TERMS) {
        nd_parser_fail(self, ND_ERROR_LIMIT, at, _("a query may have at most %d words"), ND_CAP_QUERY_TERMS);
        return false;
    }
    return true;
}

struct nd_node *nd_parser_text_node(struct nd_parser *self, enum nd_node_kind kind, struct nd_str text,
                                    size_t start, size_t end)
{
    if (!count_words(self, text, start))
        return NULL;
    struct nd_node *const node = nd_parser_node(self, kind, start, end);
    node->text = nd_str_dup(text);
    return node;
}

/* The operator written at i, *after_out the byte behind it, *distance_out the n of NEAR/n. */
enum nd_operator nd_parser_operator_at(const struct nd_parser *self, size_t i, size_t end, size_t *after_out,
                                       unsigned *distance_out)
{
    const size_t stop = nd_parser_word_end(self, i, end);
    const struct nd_str word = nd_str_slice(self->text, i, stop);
    *after_out = stop;
    if (nd_str_equal(word, ND_STR("AND")))
        return ND_OPERATOR_AND;
    if (nd_str_equal(word, ND_STR("OR")))
        return ND_OPERATOR_OR;
    if (nd_str_equal(word, ND_STR("NOT")))
        return ND_OPERATOR_NOT;
    if (!nd_str_has_prefix(word, ND_STR("NEAR")))
        return ND_OPERATOR_NONE;
    *distance_out = NEAR_DEFAULT;
    if (word.n == 4)
        return ND_OPERATOR_NEAR;
    if (word.p[4] != '/' || word.n < 6 || word.n > 8)
        return ND_OPERATOR_NONE;
    unsigned distance = 0;
    for (size_t d = 5; d < word.n; d++) {
        if (!g_ascii_isdigit(word.p[d]))
            return ND_OPERATOR_NONE;
        distance = distance * 10 + (unsigned)(word.p[d] - '0');
    }
    *distance_out = CLAMP(distance, 1, NEAR_CAP);
    return ND_OPERATOR_NEAR;
}

/* A name with its colon at i ("loại:", "implements+:"). The name is without '+'; *after_out is behind the
 * colon. */
bool nd_parser_name_at(const struct nd_parser *self, size_t i, size_t end, struct nd_str *name_out,
                       bool *plus_out, size_t *after_out)
{
    size_t j = i, length;
    while (j < end && (self->text.p[j] == '_' || self->text.p[j] == '-' ||
                       nd_parser_is_word_character(self->text, j, &length)))
        j += self->text.p[j] == '_' || self->text.p[j] == '-' ? 1 : length;
    *name_out = nd_str_slice(self->text, i, j);
    *plus_out = j < end && self->text.p[j] == '+';
    if (*plus_out)
        j++;
    *after_out = j + 1;
    return name_out->n > 0 && j < end && self->text.p[j] == ':';
}

/* Whether a dash at i excludes what follows it: it stands after a space and right before a word that is no
 * number, and what precedes is no number either ("21 -NQ/TW" is a code). */
bool nd_parser_minus_at(const struct nd_parser *self, size_t i, size_t end)
{
    if (self->text.p[i] != '-' || i + 1 >= end ||
        (i > 0 && !nd_parser_is_space(self->text.p[i - 1]) && self->text.p[i - 1] != '('))
        return false;
    size_t before = i;
    while (before > 0 && nd_parser_is_space(self->text.p[before - 1]))
        before--;
    if (before > 0 && g_ascii_isdigit(self->text.p[before - 1]))
        return false;
    size_t length;
    return nd_parser_opens(self, i + 1) ||
           (nd_parser_is_word_character(self->text, i + 1, &length) && !g_ascii_isdigit(self->text.p[i + 1]));
}
