#include "analyzers/citation/lexicon_table.h"

static uint32_t hash_word(const char key[ND_LEXICON_WORD_BYTES])
{
    uint64_t a, b;
    memcpy(&a, key, 8);
    memcpy(&b, key + 8, 8);
    const uint64_t h = (a ^ (b * 0x9e3779b97f4a7c15u)) * 0xff51afd7ed558ccdu;
    return (uint32_t)(h >> 40) & (ND_WORD_SLOTS - 1);
}

static uint32_t hash_step(uint32_t node, uint16_t word)
{
    return ((node * 0x9e3779b1u) ^ (word * 0x85ebca6bu)) >> 13 & (ND_STEP_SLOTS - 1);
}

uint32_t nd_lexicon_word_slot(const struct nd_lexicon_table *table, const char key[ND_LEXICON_WORD_BYTES])
{
    uint32_t slot = hash_word(key);
    while (table->words[slot].word && memcmp(table->words[slot].key, key, ND_LEXICON_WORD_BYTES) != 0)
        slot = (slot + 1) & (ND_WORD_SLOTS - 1);
    return slot;
}

uint16_t nd_lexicon_find_word(const struct nd_lexicon *lexicon, const char *key, size_t n)
{
    char padded[ND_LEXICON_WORD_BYTES] = {0};
    memcpy(padded, key, n);
    return lexicon->table->words[nd_lexicon_word_slot(lexicon->table, padded)].word;
}

uint32_t nd_lexicon_step_slot(const struct nd_lexicon_table *table, uint16_t node, uint16_t word)
{
    uint32_t slot = hash_step(node, word);
    while (table->steps[slot].next && (table->steps[slot].node != node || table->steps[slot].word != word))
        slot = (slot + 1) & (ND_STEP_SLOTS - 1);
    return slot;
}

uint32_t nd_lexicon_match_before(const struct nd_lexicon *lexicon, const struct nd_cite_tokens *tokens,
                                 uint32_t i, uint32_t limit, enum nd_phrase_class class,
                                 const struct nd_phrase **out)
{
    const struct nd_lexicon_table *const table = lexicon->table;
    uint16_t node = (uint16_t) class;
    uint32_t best = 0;
    if (!nd_lexicon_starts(lexicon, nd_cite_token(tokens, i)->word, class))
        return 0;
    const bool skip_commas = class == ND_PHRASE_NAME || class == ND_PHRASE_LAW_NAME ||
                             class == ND_PHRASE_TRIGGER || class == ND_PHRASE_PASSIVE ||
                             class == ND_PHRASE_ISSUER;
    const bool skip_dashes = class == ND_PHRASE_ISSUER || class == ND_PHRASE_LAW_NAME;
    for (uint32_t k = i; k < limit; k++) {
        const struct nd_cite_token *t = nd_cite_token(tokens, k);
        if ((skip_commas && t->kind == ND_TOK_COMMA) || (skip_dashes && t->kind == ND_TOK_DASH))
            continue;
        if (!t->word)
            break;
        node = table->steps[nd_lexicon_step_slot(table, node, t->word)].next;
        if (!node)
            break;
        if (table->phrases[node]) {
            best = k - i + 1;
            if (out)
                *out = &lexicon->phrases[table->phrases[node] - 1];
        }
    }
    return best;
}

bool nd_is_law_type(const char *type)
{
    return strcmp(type, "LUAT") == 0 || strcmp(type, "BLUAT") == 0 || strcmp(type, "PL") == 0;
}
