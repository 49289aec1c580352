#ifndef ND_ANALYZERS_TEXT_TOKENIZE_H
#define ND_ANALYZERS_TEXT_TOKENIZE_H

/*
 * Tokens of normalised text, in order: syllables, foreign words, numbers. Offsets are bytes of the normalised
 * text. Punctuation and space separate; they make no token. A caller that wants original offsets maps them
 * with nd_normalized_source_start and _end.
 */

#include "base/str.h"

enum nd_token_kind {
    ND_TOKEN_WORD,   /* begins with a letter: a syllable, a foreign word, QH14 */
    ND_TOKEN_NUMBER, /* begins with a digit: 21, 2022, 3a */
};

struct nd_token {
    uint32_t start, end;
    uint32_t position; /* counts tokens from 1; line breaks, list dashes and page breaks leave no gap */
    uint8_t kind;      /* enum nd_token_kind */
};

struct nd_tokenizer {
    struct nd_str text;
    size_t offset;
    uint32_t position; /* of the last token */
};

/* text must outlive the tokenizer. */
void nd_tokenizer_init(struct nd_tokenizer *tokenizer, struct nd_str text);

/* The next token, or false at the end of the text. Letters and digits in a row are one token, however long;
 * an ideograph is a token of its own. */
bool nd_tokenizer_next(struct nd_tokenizer *tokenizer, struct nd_token *out);

#endif
