#ifndef ND_ANALYZERS_CITATION_LEXICON_TABLE_H
#define ND_ANALYZERS_CITATION_LEXICON_TABLE_H

/*
 * How the lexicon and the compiled rules lie in memory. nd-lexicon (lexicon_build.c) makes them from the
 * tables when the project is built and prints them as the initialisers lexicon.inc and grammar.inc: a program
 * that reads one citation must not make them again. They hold no pointers, so that starting a program costs
 * nothing for them.
 */

#include "analyzers/citation/lexicon.h"

/* Open addressing, filled to at most five eighths: a look-up is one or two probes. */
enum {
    ND_WORD_SLOTS = 1 << 12,
    ND_STEP_SLOTS = 1 << 14,
    ND_MAX_WORDS = ND_WORD_SLOTS / 2,
    ND_MAX_NODES = ND_STEP_SLOTS / 8 * 5,
    ND_MAX_PHRASES = 1 << 10,
};

struct nd_word_slot {
    char key[ND_LEXICON_WORD_BYTES]; /* zero-padded */
    uint16_t word;                   /* 0: empty */
};

/* From a node of the tree of phrases by a word to the next node. */
struct nd_step_slot {
    uint16_t node;
    uint16_t word;
    uint16_t next; /* 0: empty; node 0 is never a target */
};

/* What phrases stand for; each is there once. Places in the text, 0 for none. */
struct nd_phrase_places {
    uint16_t code, issuer;
    int32_t value;
};

struct nd_lexicon_table {
    struct nd_word_slot words[ND_WORD_SLOTS];
    struct nd_step_slot steps[ND_STEP_SLOTS];
    uint64_t starts[ND_MAX_WORDS][2]; /* by word: bits of the classes that have a phrase beginning with it */
    uint16_t phrases[ND_MAX_NODES];   /* by node: 0, or 1 + the number of the phrase that ends there */
};

G_STATIC_ASSERT(ND_N_PHRASE_CLASSES <= 128);
G_STATIC_ASSERT(ND_MAX_NODES <= UINT16_MAX);
G_STATIC_ASSERT(ND_MAX_WORDS <= 1 << ND_TOK_WORD_BITS);

/* The slot of a zero-padded key, or the empty slot where it would go. */
uint32_t nd_lexicon_word_slot(const struct nd_lexicon_table *table, const char key[ND_LEXICON_WORD_BYTES]);
/* The slot of the step, or the empty slot where it would go. */
uint32_t nd_lexicon_step_slot(const struct nd_lexicon_table *table, uint16_t node, uint16_t word);

/* A pattern of grammar.def is a chain of nodes; `next` is the index of the node behind, 0 the end of the
 * chain; node 0 is no node. */
enum nd_pattern_kind {
    ND_PATTERN_WORD,
    ND_PATTERN_MARK,
    ND_PATTERN_READER,
    ND_PATTERN_OPTION,
    ND_PATTERN_CHOICE
};

struct nd_pattern_node {
    uint8_t kind;
    uint8_t mark;  /* of a mark: the token's kind; of a reader: its row of readers.def */
    uint16_t word; /* of a word */
    uint16_t next;
    uint16_t child;     /* of an option or a choice: the first node inside */
    uint16_t otherwise; /* of the first node of a choice's alternative: the alternative after it */
};

#endif
