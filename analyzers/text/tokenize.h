#ifndef ND_ANALYZERS_TEXT_TOKENIZE_H
#define ND_ANALYZERS_TEXT_TOKENIZE_H

/*
 * Tokens of normalised text, in order: syllables, foreign words, numbers. Offsets are bytes of the normalised
 * text. Punctuation and space separate; they make no token. A caller that wants original offsets maps them
 * with nd_normalized_source_start and _end.
 */

#include "base/str.h"

enum nd_token_kind {
    ND_TOKEN_WORD,   /* letters: a Vietnamese syllable or a foreign word */
    ND_TOKEN_NUMBER, /* digits, maybe with letters: 21, 2022, 3a */
};

struct nd_token {
    uint32_t start, end;
    uint32_t position; /* counts tokens from 1; a heading or page break adds a gap, a line break none */
    uint8_t kind;      /* enum nd_token_kind */
};

struct nd_tokenizer {
    struct nd_str text;
    size_t offset;
    uint32_t position;
};

/* text must outlive the tokenizer. */
void nd_tokenizer_init(struct nd_tokenizer *tokenizer, struct nd_str text);

/* The next token, or false at the end of the text. */
bool nd_tokenizer_next(struct nd_tokenizer *tokenizer, struct nd_token *out);

#endif
