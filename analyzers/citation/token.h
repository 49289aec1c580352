#ifndef ND_ANALYZERS_CITATION_TOKEN_H
#define ND_ANALYZERS_CITATION_TOKEN_H

/*
 * The tokens the citation grammar reads: words, numbers and punctuation of normalised text, white space and
 * mark-up turned into flags of the token after it. One pass, once a document; every rule after it works on
 * token indices. Unlike the tokens of analyzers/text/tokenize.h these keep punctuation, and carry the number
 * of the word in the grammar's own small vocabulary (lexicon.h).
 */

#include "base/str.h"

enum nd_cite_token_kind {
    ND_TOK_END, /* after the last token, and for any index past it */
    ND_TOK_WORD,
    ND_TOK_NUMBER, /* digits, maybe one letter: 21, 2022, 30a */
    ND_TOK_DASH,   /* any hyphen, dash or minus */
    ND_TOK_SLASH,
    ND_TOK_COMMA,
    ND_TOK_DOT,
    ND_TOK_COLON,
    ND_TOK_SEMICOLON,
    ND_TOK_OPEN,  /* ( [ */
    ND_TOK_CLOSE, /* ) ] */
    ND_TOK_QUOTE, /* any quotation mark, either side */
    ND_TOK_OTHER,
};

enum {
    ND_TOK_SPACE = 1 << 0,     /* white space before it */
    ND_TOK_LINE = 1 << 1,      /* a line break before it */
    ND_TOK_PARAGRAPH = 1 << 2, /* an empty line, a page break or the start of the text before it */
    ND_TOK_CAPITAL = 1 << 3,   /* first letter is upper case */
    ND_TOK_UPPER = 1 << 4,     /* every letter is upper case */
};

/* Eight bytes, because a text may have ten million. */
enum { ND_TOK_LENGTH_BITS = 12, ND_TOK_WORD_BITS = 11, ND_TOK_LENGTH_MAX = (1 << ND_TOK_LENGTH_BITS) - 1 };
struct nd_cite_token {
    uint32_t start;                       /* byte of the normalised text */
    uint32_t length : ND_TOK_LENGTH_BITS; /* bytes; of a longer one, whole letters from its beginning */
    uint32_t word : ND_TOK_WORD_BITS;     /* number in the lexicon's vocabulary; 0 for anything else */
    uint32_t kind : 4;                    /* enum nd_cite_token_kind */
    uint32_t flags : 5;                   /* ND_TOK_* */
};

struct nd_cite_tokens {
    struct nd_str text; /* borrowed */
    struct nd_cite_token *list;
    uint32_t n;
};

struct nd_lexicon;

/* Linear, never fails; text must outlive *out; caller clears *out. */
void nd_cite_tokens_init(struct nd_cite_tokens *out, struct nd_str text, const struct nd_lexicon *lexicon);
void nd_cite_tokens_clear(struct nd_cite_tokens *tokens);

/* Token i, or the end token when there are fewer. */
static inline const struct nd_cite_token *nd_cite_token(const struct nd_cite_tokens *tokens, uint32_t i)
{
    return &tokens->list[i < tokens->n ? i : tokens->n];
}

/* The byte behind a token. */
static inline uint32_t nd_cite_token_end(const struct nd_cite_token *token)
{
    return token->start + token->length;
}

/* The bytes of token i. */
static inline struct nd_str nd_cite_token_text(const struct nd_cite_tokens *tokens, uint32_t i)
{
    const struct nd_cite_token *t = nd_cite_token(tokens, i);
    return (struct nd_str){tokens->text.p + t->start, t->length};
}

/* The value of the digits that text begins with, at most ND_NUMBER_MAX; 0 without any. The text is a slice of
 * the document and ends where it ends: the C library's functions would read on. */
enum { ND_NUMBER_MAX = 99999999 };
static inline int nd_leading_number(struct nd_str text)
{
    int value = 0;
    for (size_t i = 0; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++)
        value = value > ND_NUMBER_MAX / 10 ? ND_NUMBER_MAX : value * 10 + (text.p[i] - '0');
    return value;
}

/* The value of a digit, also of the letters that a scan makes of 0 and 1; -1 for any other character. */
static inline int nd_cite_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c == 'l' || c == 'I' ? 1 : c == 'O' ? 0 : -1;
}

/* The longest word that can stand in the vocabulary; longer ones get number 0. */
enum { ND_LEXICON_WORD_BYTES = 16 };

/* Writes the spelling that words are compared in: lower case, the i/y of "quy"/"qui", "kỹ"/"kĩ" made one.
 * Returns its length, 0 when it does not fit. *upper_out: how many letters were upper case, *letters_out: how
 * many letters there are. Either may be NULL. */
size_t nd_cite_word_key(struct nd_str word, char key[ND_LEXICON_WORD_BYTES], unsigned *upper_out,
                        unsigned *letters_out);

#endif
