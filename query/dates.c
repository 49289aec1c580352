#include "query/dates.h"

#include "analyzers/text/fold.h"
#include "analyzers/text/tokenize.h"

enum { CAP_TOKENS = 256 };

struct token {
    struct nd_token at;
    char folded[ND_CAP_TERM_BYTES];
    struct nd_str key;
    unsigned number; /* 0 for a word, or a number of more than four digits */
};

static unsigned number_of(struct nd_str key)
{
    unsigned number = 0;
    for (size_t i = 0; i < key.n; i++) {
        if (key.n > 4 || !g_ascii_isdigit(key.p[i]))
            return 0;
        number = number * 10 + (unsigned)(key.p[i] - '0');
    }
    return number;
}

static bool is_day(unsigned day, unsigned month, unsigned year)
{
    return day >= 1 && day <= 31 && month >= 1 && month <= 12 && year >= 1900 && year <= 2100;
}

static bool is_word(const struct token *token, const char *accented, const char *bare)
{
    return nd_str_equal(token->key, nd_str_from_c(accented)) || nd_str_equal(token->key, nd_str_from_c(bare));
}

/* How many tokens from the first one on are a day: 3 in figures, 5 with words, 0 for none. */
static unsigned day_at(const struct token *tokens, size_t n)
{
    if (n >= 5 && is_word(&tokens[1], "tháng", "thang") && is_word(&tokens[3], "năm", "nam") &&
        is_day(tokens[0].number, tokens[2].number, tokens[4].number))
        return 5;
    return n >= 3 && is_day(tokens[0].number, tokens[1].number, tokens[2].number) ? 3 : 0;
}

char *nd_dates_respell(struct nd_str text)
{
    g_autofree struct token *tokens = g_new(struct token, CAP_TOKENS);
    struct nd_tokenizer tokenizer;
    size_t n = 0;
    nd_tokenizer_init(&tokenizer, text);
    while (n < CAP_TOKENS && nd_tokenizer_next(&tokenizer, &tokens[n].at)) {
        struct token *const token = &tokens[n++];
        token->key.p = token->folded;
        token->key.n = nd_fold(nd_str_slice(text, token->at.start, token->at.end), token->folded);
        token->number = number_of(token->key);
    }
    g_autoptr(GString) out = g_string_new(NULL);
    size_t done = 0;
    for (size_t i = 0; i < n;) {
        const unsigned length = day_at(tokens + i, n - i);
        if (length == 0) {
            i++;
            continue;
        }
        const unsigned step = length / 2; /* from a number to the next */
        g_string_append_len(out, text.p + done, (gssize)(tokens[i].at.start - done));
        g_string_append_printf(out, length == 3 ? "%u tháng %u năm %u" : "%u/%u/%u", tokens[i].number,
                               tokens[i + step].number, tokens[i + 2 * (size_t)step].number);
        done = tokens[i + length - 1].at.end;
        i += length;
    }
    if (done == 0)
        return NULL;
    g_string_append_len(out, text.p + done, (gssize)(text.n - done));
    return g_string_free(g_steal_pointer(&out), FALSE);
}
