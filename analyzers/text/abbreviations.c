#include "analyzers/text/abbreviations.h"

#include "analyzers/text/fold.h"
#include "analyzers/text/letters.h"
#include "analyzers/text/tokenize.h"
#include "base/utf8.h"

enum {
    MAX_LETTERS = 10,
    CAP_LEARNED = 20000,
    NEAR_BYTES = 160, /* of text on either side of the brackets; ten words are shorter */
};

static const struct nd_abbreviation common[] = {
#define ND_ABBREVIATION(abbreviation, expansion) {abbreviation, expansion},
#include "analyzers/text/abbreviations.def"
#undef ND_ABBREVIATION
};

const char *nd_abbreviation_expand(struct nd_str abbreviation)
{
    for (size_t i = 0; i < G_N_ELEMENTS(common); i++)
        if (nd_str_equal(abbreviation, nd_str_from_c(common[i].abbreviation)))
            return common[i].expansion;
    return NULL;
}

const char *nd_abbreviation_shorten(struct nd_str expansion)
{
    for (size_t i = 0; i < G_N_ELEMENTS(common); i++)
        if (nd_str_equal(expansion, nd_str_from_c(common[i].expansion)))
            return common[i].abbreviation;
    return NULL;
}

struct nd_abbreviations {
    GStringChunk *chunk;
    GHashTable *met; /* "tccsđ=tổ chức cơ sở đảng" */
};

struct nd_abbreviations *nd_abbreviations_new(void)
{
    struct nd_abbreviations *self = g_new0(struct nd_abbreviations, 1);
    self->chunk = g_string_chunk_new(1 << 12);
    self->met = g_hash_table_new(g_str_hash, g_str_equal);
    return self;
}

void nd_abbreviations_free(struct nd_abbreviations *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->met);
    g_string_chunk_free(self->chunk);
    g_free(self);
}

/* Two to ten letters, all upper case: the one token between two brackets, or before one. */
static unsigned count_capitals(struct nd_str token)
{
    unsigned n = 0;
    for (size_t i = 0, length; i < token.n; i += length, n++) {
        const uint32_t c = nd_utf8_decode(token, i, &length);
        if (!nd_char_is_letter(c) || nd_letter_lower(c) == c)
            return 0;
    }
    return n >= 2 && n <= MAX_LETTERS ? n : 0;
}

/* Letter number i of a word of capitals, lower case without tone or mark other than the stroke of đ. */
static uint32_t letter_at(struct nd_str token, unsigned i)
{
    size_t at = 0, length;
    uint32_t c = nd_utf8_decode(token, 0, &length);
    while (i-- > 0) {
        at += length;
        c = nd_utf8_decode(token, at, &length);
    }
    c = nd_letter_lower(c);
    return c == 0x111 ? c : nd_letter_bare(c);
}

struct words {
    struct nd_token tokens[MAX_LETTERS];
    unsigned n;
};

/* The last (or, forward, the first) n words of text; false when there are fewer, or a sentence ends between.
 */
static bool read_words(struct nd_str text, unsigned n, bool last, struct words *out)
{
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    out->n = 0;
    nd_tokenizer_init(&tokenizer, text);
    while (nd_tokenizer_next(&tokenizer, &token)) {
        if (out->n > 0 &&
            memchr(text.p + out->tokens[out->n - 1].end, '.', token.start - out->tokens[out->n - 1].end))
            out->n = 0;
        if (out->n == n) {
            if (!last)
                break;
            memmove(out->tokens, out->tokens + 1, (n - 1) * sizeof token);
            out->n--;
        }
        out->tokens[out->n++] = token;
    }
    return out->n == n;
}

static void learn(struct nd_abbreviations *self, struct nd_str text, const struct words *words,
                  struct nd_str token, GArray *out)
{
    g_autoptr(GString) pair = g_string_new(NULL);
    char key[ND_CAP_TERM_BYTES];
    g_string_append_len(pair, key, (gssize)nd_fold(token, key));
    g_string_append_c(pair, '=');
    const size_t expansion = pair->len;
    for (unsigned i = 0; i < words->n; i++) {
        const struct nd_str word = nd_str_slice(text, words->tokens[i].start, words->tokens[i].end);
        size_t length;
        const uint32_t first = nd_letter_lower(nd_utf8_decode(word, 0, &length));
        if ((first == 0x111 ? first : nd_letter_bare(first)) != letter_at(token, i))
            return;
        if (i > 0)
            g_string_append_c(pair, ' ');
        g_string_append_len(pair, key, (gssize)nd_fold(word, key));
    }
    if (pair->len > ND_CAP_TERM_BYTES || g_hash_table_contains(self->met, pair->str) ||
        g_hash_table_size(self->met) >= CAP_LEARNED)
        return;
    char *const kept = g_string_chunk_insert(self->chunk, pair->str);
    g_hash_table_add(self->met, kept);
    pair->str[expansion - 1] = '\0';
    char *const abbreviation = g_string_chunk_insert(self->chunk, pair->str);
    const struct nd_abbreviation learned = {abbreviation, kept + expansion};
    g_array_append_val(out, learned);
}

/* The abbreviation in a bracket: the bracket's only word, or its last behind "gọi tắt là". */
static struct nd_str announced(struct nd_str inside)
{
    static const char *const announcements[] = {"gọi tắt là", "viết tắt là", "gọi tắt", "viết tắt", "gọi là"};
    size_t start = inside.n;
    while (start > 0 && inside.p[start - 1] != ' ')
        start--;
    const struct nd_str last = nd_str_slice(inside, start, inside.n);
    while (start > 0 && (inside.p[start - 1] == ' ' || inside.p[start - 1] == ':'))
        start--;
    const struct nd_str before = nd_str_slice(inside, 0, start);
    for (size_t i = 0; i < G_N_ELEMENTS(announcements); i++)
        if (nd_str_has_suffix(before, nd_str_from_c(announcements[i])))
            return last;
    return inside;
}

void nd_abbreviations_learn(struct nd_abbreviations *self, struct nd_str text, GArray *out)
{
    for (size_t open = 0; open < text.n; open++) {
        const char *const found = memchr(text.p + open, '(', text.n - open);
        if (!found)
            break;
        open = (size_t)(found - text.p);
        const char *const closed = memchr(found, ')', MIN(text.n - open, (size_t)NEAR_BYTES));
        if (!closed)
            continue;
        const struct nd_str inside = nd_str_slice(text, open + 1, (size_t)(closed - text.p));
        const size_t from = nd_utf8_floor(text, open > NEAR_BYTES ? open - NEAR_BYTES : 0);
        const struct nd_str before = nd_str_slice(text, from, open);
        struct words words, single;
        const struct nd_str abbreviation = announced(inside);
        unsigned n = count_capitals(abbreviation);
        if (n > 0 && read_words(before, n, true, &words)) {
            learn(self, before, &words, abbreviation, out);
        } else if (read_words(before, 1, true, &single)) {
            const struct nd_str token = nd_str_slice(before, single.tokens[0].start, single.tokens[0].end);
            n = count_capitals(token);
            if (n > 0 && read_words(inside, n, false, &words))
                learn(self, inside, &words, token, out);
        }
    }
}
