#ifndef ND_ANALYZERS_TEXT_VOCABULARY_H
#define ND_ANALYZERS_TEXT_VOCABULARY_H

/*
 * What is known of each word without looking at a document. A collection has few spellings and very many
 * tokens, so everything about a spelling is worked out at its first occurrence. Inside analyzers/text only.
 */

#include "base/auto.h"
#include "base/str.h"

/* Bits of nd_word.traits. */
enum {
    ND_WORD_ACCENTED = 1 << 0,    /* differs from its bare key */
    ND_WORD_BARE = 1 << 1,        /* could be an accented syllable without its accents */
    ND_WORD_UNSPEAKABLE = 1 << 2, /* and is no syllable as it stands: hoat, quyet */
    ND_WORD_FUNCTION = 1 << 3,
    ND_WORD_NUMBER = 1 << 4,
};

struct nd_word {
    const char *term; /* 'A' and the folded key; so the plain term begins at byte 1 */
    const char *stem; /* 'Z' and the stem of a foreign word; NULL for any other */
    uint64_t order;   /* the key's first eight bytes, most significant first */
    uint16_t size;    /* bytes of the key */
    uint16_t stem_size;
    uint16_t hash, hash_lost; /* nd_stream_hash of the plain and of the A term */
    uint8_t traits;
};

struct nd_vocabulary;

struct nd_vocabulary *nd_vocabulary_new(void);
void nd_vocabulary_free(struct nd_vocabulary *self);
ND_DEFINE_AUTO(nd_vocabulary, nd_vocabulary_free)

/* The number of the word that token, cut from normalised text, is a spelling of. Numbers count from 0 and
 * hold until nd_vocabulary_trim. */
uint32_t nd_vocabulary_number(struct nd_vocabulary *self, struct nd_str token);
/* Borrowed until the next call of nd_vocabulary_number. */
const struct nd_word *nd_vocabulary_word(struct nd_vocabulary *self, uint32_t number);
uint32_t nd_vocabulary_count(const struct nd_vocabulary *self);

/* Forgets everything when there is too much of it: text of noise must not fill the memory. Returns whether it
 * did. */
bool nd_vocabulary_trim(struct nd_vocabulary *self);

/* The three bytes of a bigram's term, from the hashes of its words; no byte is 0. */
uint32_t nd_bigram_hash(uint16_t first, uint16_t second);

#endif
