#include "analyzers/text/vocabulary.h"

#include "analyzers/text/fold.h"
#include "analyzers/text/stem.h"
#include "analyzers/text/terms.h"

enum {
    CAP_SPELLINGS = 1 << 18, /* of a collection of 160 MB there are 30,000 */
    FIRST_SLOTS = 1 << 12,
};

struct spelling {
    const char *bytes; /* NULL in a free slot */
    uint32_t size, hash, word;
};

struct nd_vocabulary {
    GStringChunk *chunk;        /* bytes of spellings, terms and stems */
    struct spelling *spellings; /* open addressing; n_slots is a power of two, at most half of them used */
    size_t n_spellings, n_slots;
    GHashTable *by_key; /* folded key to number + 1 */
    GArray *words;      /* of struct nd_word */
    struct nd_stemmer *stemmer;
};

static uint32_t hash_bytes(const char *p, size_t n)
{
    uint64_t hash = 0x9e3779b97f4a7c15u ^ n, word;
    for (; n >= 8; p += 8, n -= 8) {
        memcpy(&word, p, 8);
        hash = (hash ^ word) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    if (n > 0) {
        word = 0;
        memcpy(&word, p, n);
        hash = (hash ^ word) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    return (uint32_t)(hash ^ hash >> 29);
}

/* Both hashes are part of the index format, so they are spelled out and do not depend on the byte order. */
uint16_t nd_stream_hash(struct nd_str term)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < term.n; i++)
        hash = (hash ^ (uint8_t)term.p[i]) * 16777619u;
    return (uint16_t)(hash ^ hash >> 16);
}

uint32_t nd_bigram_hash(uint16_t first, uint16_t second)
{
    const uint32_t mixed = ((uint32_t)first * 40503u + second) * 2654435761u;
    return (1 + first % 255u) << 16 | (1 + (mixed >> 16) % 255u) << 8 |
           (1 + (mixed >> 8 & 0xffffu) / 255u % 255u);
}

bool nd_word_is_function(struct nd_str folded)
{
    static const char *const function_words[] = {
#define ND_FUNCTION_WORD(word) word,
#include "analyzers/text/function_words.def"
#undef ND_FUNCTION_WORD
    };
    for (size_t i = 0; i < G_N_ELEMENTS(function_words); i++)
        if (nd_str_equal(folded, nd_str_from_c(function_words[i])))
            return true;
    return false;
}

struct nd_vocabulary *nd_vocabulary_new(void)
{
    struct nd_vocabulary *self = g_new0(struct nd_vocabulary, 1);
    self->chunk = g_string_chunk_new(1 << 16);
    self->n_slots = FIRST_SLOTS;
    self->spellings = g_new0(struct spelling, self->n_slots);
    self->by_key = g_hash_table_new(g_str_hash, g_str_equal);
    self->words = g_array_new(FALSE, TRUE, sizeof(struct nd_word));
    self->stemmer = nd_stemmer_new();
    return self;
}

void nd_vocabulary_free(struct nd_vocabulary *self)
{
    if (!self)
        return;
    g_string_chunk_free(self->chunk);
    g_free(self->spellings);
    g_hash_table_unref(self->by_key);
    g_array_unref(self->words);
    nd_stemmer_free(self->stemmer);
    g_free(self);
}

bool nd_vocabulary_trim(struct nd_vocabulary *self)
{
    if (self->n_spellings <= CAP_SPELLINGS)
        return false;
    g_hash_table_remove_all(self->by_key);
    g_string_chunk_clear(self->chunk);
    memset(self->spellings, 0, self->n_slots * sizeof *self->spellings);
    self->n_spellings = 0;
    g_array_set_size(self->words, 0);
    return true;
}

static uint64_t order_of(struct nd_str key)
{
    uint64_t order = 0;
    for (size_t i = 0; i < 8; i++)
        order = order << 8 | (i < key.n ? (uint8_t)key.p[i] : 0);
    return order;
}

static uint8_t traits_of(struct nd_str key)
{
    unsigned traits = 0;
    if (!nd_is_bare(key))
        traits |= ND_WORD_ACCENTED;
    else if (nd_is_syllable(key))
        traits |= nd_is_proper_syllable(key) ? ND_WORD_BARE : ND_WORD_BARE | ND_WORD_UNSPEAKABLE;
    if (nd_word_is_function(key))
        traits |= ND_WORD_FUNCTION;
    if (g_ascii_isdigit(key.p[0]))
        traits |= ND_WORD_NUMBER;
    return (uint8_t)traits;
}

static uint32_t add_word(struct nd_vocabulary *self, struct nd_str key)
{
    char term[ND_CAP_TERM_BYTES + 2] = "A";
    memcpy(term + 1, key.p, key.n);
    term[1 + key.n] = '\0';
    const gpointer known = g_hash_table_lookup(self->by_key, term + 1);
    if (known)
        return GPOINTER_TO_UINT(known) - 1;
    const char *const kept = g_string_chunk_insert_len(self->chunk, term, (gssize)key.n + 1);
    struct nd_word word = {.term = kept,
                           .order = order_of(key),
                           .size = (uint16_t)key.n,
                           .hash = nd_stream_hash(key),
                           .hash_lost = nd_stream_hash((struct nd_str){term, key.n + 1}),
                           .traits = traits_of(key)};
    const struct nd_str stem = nd_stemmer_foreign(self->stemmer, key);
    if (stem.n > 0) {
        term[0] = 'Z';
        memcpy(term + 1, stem.p, stem.n);
        word.stem = g_string_chunk_insert_len(self->chunk, term, (gssize)stem.n + 1);
        word.stem_size = (uint16_t)(stem.n + 1);
    }
    g_array_append_val(self->words, word);
    g_hash_table_insert(self->by_key, (gpointer)(kept + 1), GUINT_TO_POINTER(self->words->len));
    return self->words->len - 1;
}

static void grow(struct nd_vocabulary *self)
{
    struct spelling *const old = self->spellings;
    const size_t n_old = self->n_slots;
    self->n_slots *= 2;
    self->spellings = g_new0(struct spelling, self->n_slots);
    for (size_t i = 0; i < n_old; i++) {
        if (!old[i].bytes)
            continue;
        size_t at = old[i].hash & (self->n_slots - 1);
        while (self->spellings[at].bytes)
            at = (at + 1) & (self->n_slots - 1);
        self->spellings[at] = old[i];
    }
    g_free(old);
}

uint32_t nd_vocabulary_number(struct nd_vocabulary *self, struct nd_str token)
{
    const uint32_t hash = hash_bytes(token.p, token.n);
    size_t at = hash & (self->n_slots - 1);
    for (const struct spelling *slot; (slot = &self->spellings[at])->bytes;
         at = (at + 1) & (self->n_slots - 1))
        if (slot->hash == hash && slot->size == token.n && memcmp(slot->bytes, token.p, token.n) == 0)
            return slot->word;
    char key[ND_CAP_TERM_BYTES];
    const uint32_t word = add_word(self, (struct nd_str){key, nd_fold(token, key)});
    if (2 * (self->n_spellings + 1) > self->n_slots) {
        grow(self);
        at = hash & (self->n_slots - 1);
        while (self->spellings[at].bytes)
            at = (at + 1) & (self->n_slots - 1);
    }
    self->spellings[at] =
        (struct spelling){.bytes = g_string_chunk_insert_len(self->chunk, token.p, (gssize)token.n),
                          .size = (uint32_t)token.n,
                          .hash = hash,
                          .word = word};
    self->n_spellings++;
    return word;
}

const struct nd_word *nd_vocabulary_word(struct nd_vocabulary *self, uint32_t number)
{
    return &g_array_index(self->words, struct nd_word, number);
}

uint32_t nd_vocabulary_count(const struct nd_vocabulary *self)
{
    return self->words->len;
}
