#include "analyzers/citation/lexicon.h"
#include "analyzers/citation/grammar.h"
#include "analyzers/citation/mention.h"
#include "analyzers/citation/metadata.h"
#include "analyzers/data/data.h"
#include "analyzers/text/normalize.h"

/* Open addressing, filled to at most half: a look-up is one or two probes. */
enum { WORD_SLOTS = 1 << 13, STEP_SLOTS = 1 << 14, MAX_WORDS = WORD_SLOTS / 2, MAX_NODES = STEP_SLOTS / 2 };

struct word_slot {
    char key[ND_LEXICON_WORD_BYTES]; /* zero-padded */
    uint16_t word;                   /* 0: empty */
};

struct step_slot {
    uint32_t node;
    uint16_t word;
    uint32_t next; /* 0: empty; node 0 is never a target */
};

struct nd_lexicon {
    struct word_slot words[WORD_SLOTS];
    struct step_slot steps[STEP_SLOTS];
    uint64_t starts[MAX_WORDS][2]; /* by word: bits of the classes that have a phrase beginning with it */
    struct nd_phrase phrases[MAX_NODES]; /* by node; meaningful where is_end */
    bool is_end[MAX_NODES];
    uint16_t n_words;
    uint32_t n_nodes; /* nodes 0 to ND_N_PHRASE_CLASSES - 1 are the roots */
};

G_STATIC_ASSERT(ND_N_PHRASE_CLASSES <= 128);

static uint32_t hash_word(const char key[ND_LEXICON_WORD_BYTES])
{
    uint64_t a, b;
    memcpy(&a, key, 8);
    memcpy(&b, key + 8, 8);
    const uint64_t h = (a ^ (b * 0x9e3779b97f4a7c15u)) * 0xff51afd7ed558ccdu;
    return (uint32_t)(h >> 40) & (WORD_SLOTS - 1);
}

static uint32_t hash_step(uint32_t node, uint16_t word)
{
    return ((node * 0x9e3779b1u) ^ (word * 0x85ebca6bu)) >> 13 & (STEP_SLOTS - 1);
}

/* The slot of key, or the empty slot where it would go. */
static uint32_t word_slot(const struct nd_lexicon *lexicon, const char key[ND_LEXICON_WORD_BYTES])
{
    uint32_t slot = hash_word(key);
    while (lexicon->words[slot].word && memcmp(lexicon->words[slot].key, key, ND_LEXICON_WORD_BYTES) != 0)
        slot = (slot + 1) & (WORD_SLOTS - 1);
    return slot;
}

uint16_t nd_lexicon_find_word(const struct nd_lexicon *lexicon, const char *key, size_t n)
{
    char padded[ND_LEXICON_WORD_BYTES] = {0};
    memcpy(padded, key, n);
    return lexicon->words[word_slot(lexicon, padded)].word;
}

bool nd_lexicon_starts(const struct nd_lexicon *lexicon, uint16_t word, enum nd_phrase_class class)
{
    return (lexicon->starts[word][class >> 6] >> (class & 63) & 1) != 0;
}

static uint32_t step_slot(const struct nd_lexicon *lexicon, uint32_t node, uint16_t word)
{
    uint32_t slot = hash_step(node, word);
    while (lexicon->steps[slot].next &&
           (lexicon->steps[slot].node != node || lexicon->steps[slot].word != word))
        slot = (slot + 1) & (STEP_SLOTS - 1);
    return slot;
}

uint32_t nd_lexicon_match_before(const struct nd_lexicon *lexicon, const struct nd_cite_tokens *tokens,
                                 uint32_t i, uint32_t limit, enum nd_phrase_class class,
                                 const struct nd_phrase **out)
{
    uint32_t node = class, best = 0;
    if (!nd_lexicon_starts(lexicon, nd_cite_token(tokens, i)->word, class))
        return 0;
    const bool skip_commas = class == ND_PHRASE_NAME || class == ND_PHRASE_LAW_NAME ||
                             class == ND_PHRASE_TRIGGER || class == ND_PHRASE_PASSIVE ||
                             class == ND_PHRASE_ISSUER;
    const bool skip_dashes = class == ND_PHRASE_ISSUER;
    for (uint32_t k = i; k < limit; k++) {
        const struct nd_cite_token *t = nd_cite_token(tokens, k);
        if ((skip_commas && t->kind == ND_TOK_COMMA) || (skip_dashes && t->kind == ND_TOK_DASH))
            continue;
        if (!t->word)
            break;
        node = lexicon->steps[step_slot(lexicon, node, t->word)].next;
        if (!node)
            break;
        if (lexicon->is_end[node]) {
            best = k - i + 1;
            if (out)
                *out = &lexicon->phrases[node];
        }
    }
    return best;
}

uint32_t nd_lexicon_match(const struct nd_lexicon *lexicon, const struct nd_cite_tokens *tokens, uint32_t i,
                          enum nd_phrase_class class, const struct nd_phrase **out)
{
    return nd_lexicon_match_before(lexicon, tokens, i, UINT32_MAX, class, out);
}

uint16_t nd_lexicon_add_word(struct nd_lexicon *lexicon, struct nd_str word)
{
    char key[ND_LEXICON_WORD_BYTES] = {0}, raw[ND_LEXICON_WORD_BYTES];
    const size_t n = nd_cite_word_key(word, raw, NULL, NULL);
    g_assert(n > 0); /* no word of the tables is longer than a key */
    memcpy(key, raw, n);
    struct word_slot *slot = &lexicon->words[word_slot(lexicon, key)];
    if (!slot->word) {
        g_assert(lexicon->n_words + 1 < MAX_WORDS);
        memcpy(slot->key, key, sizeof key);
        slot->word = ++lexicon->n_words;
    }
    return slot->word;
}

/* Adds a phrase; punctuation in it is left out. The first of two equal phrases of a class stays. */
static void add_phrase(struct nd_lexicon *lexicon, enum nd_phrase_class class, const char *text,
                       struct nd_phrase phrase)
{
    struct nd_normalized normal;
    struct nd_cite_tokens tokens;
    nd_normalize(nd_str_from_c(text), &normal);
    nd_cite_tokens_init(&tokens, normal.text, lexicon);
    uint32_t node = class;
    bool first = true;
    for (uint32_t i = 0; i < tokens.n; i++) {
        if (tokens.list[i].kind != ND_TOK_WORD)
            continue;
        const uint16_t known = tokens.list[i].word;
        const uint16_t word = known ? known : nd_lexicon_add_word(lexicon, nd_cite_token_text(&tokens, i));
        if (first)
            lexicon->starts[word][class >> 6] |= UINT64_C(1) << (class & 63);
        first = false;
        struct step_slot *slot = &lexicon->steps[step_slot(lexicon, node, word)];
        if (!slot->next) {
            g_assert(lexicon->n_nodes < MAX_NODES);
            *slot = (struct step_slot){.node = node, .word = word, .next = lexicon->n_nodes++};
        }
        node = slot->next;
    }
    if (!first && !lexicon->is_end[node]) {
        lexicon->is_end[node] = true;
        lexicon->phrases[node] = phrase;
    }
    nd_cite_tokens_clear(&tokens);
    nd_normalized_clear(&normal);
}

static const struct {
    enum nd_phrase_class class;
    const char *text, *code;
    int value;
} closed_phrases[] = {
#define ND_PHRASE(class, text)              {ND_PHRASE_##class, text, NULL, 0},
#define ND_PHRASE_VALUE(class, text, value) {ND_PHRASE_##class, text, NULL, value},
#define ND_PHRASE_CODE(class, text, code)   {ND_PHRASE_##class, text, code, 0},
#include "analyzers/citation/phrases.def"
#define ND_TRIGGER(relation, text) {ND_PHRASE_TRIGGER, text, NULL, ND_RELATION_##relation},
#define ND_PASSIVE(relation, text) {ND_PHRASE_PASSIVE, text, NULL, ND_RELATION_##relation},
#define ND_BY(text)                {ND_PHRASE_BY, text, NULL, 0},
#define ND_OBJECT(text)            {ND_PHRASE_OBJECT, text, NULL, 0},
#define ND_NO_TRIGGER(text)        {ND_PHRASE_NO_TRIGGER, text, NULL, 0},
#define ND_TASK(text)              {ND_PHRASE_TASK, text, NULL, 0},
#include "analyzers/citation/relations.def"
};

static const char *const law_names[] = {
#define ND_LAW_NAME(name) name,
#include "analyzers/citation/names.def"
};

/* A name without accents and doubled letters, "TINH-UY"; caller frees with g_free. */
static char *skeleton(const char *name)
{
    char *key = nd_data_key(name), *out = key;
    for (const char *c = key; *c; c++)
        if (out == key || *c != out[-1])
            *out++ = *c;
    *out = '\0';
    return key;
}

static void add_skeletons(GHashTable *skeletons, const char *names, const char *code)
{
    g_auto(GStrv) list = g_strsplit(names, ";", -1);
    for (size_t i = 0; list[i]; i++) {
        char *key = skeleton(list[i]);
        if (strchr(key, '-'))
            g_hash_table_insert(skeletons, key, (gpointer)(uintptr_t)code);
        else
            g_free(key); /* one word is too little to go by */
    }
}

/* Of issuers' names: skeleton -> code. */
static gpointer build_skeletons(gpointer unused)
{
    (void)unused;
    GHashTable *skeletons = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t n;
    const struct nd_issuer *issuers = nd_issuers(&n);
    for (size_t i = 0; i < n; i++) {
        add_skeletons(skeletons, issuers[i].other_names, issuers[i].code);
        add_skeletons(skeletons, issuers[i].name, issuers[i].code);
    }
    return skeletons;
}

const char *nd_similar_issuer(struct nd_str name)
{
    static GOnce once =
        G_ONCE_INIT; /* at the first misspelt issuer, not with the rest: few queries have one */
    g_autofree char *text = nd_str_dup(name), *key = skeleton(text);
    return g_hash_table_lookup(g_once(&once, build_skeletons, NULL), key);
}

/* Adds each of the names, which are separated by "; ". */
static void add_phrases(struct nd_lexicon *lexicon, enum nd_phrase_class class, const char *names,
                        struct nd_phrase phrase)
{
    g_auto(GStrv) list = g_strsplit(names, ";", -1);
    for (size_t i = 0; list[i]; i++)
        add_phrase(lexicon, class, list[i], phrase);
}

bool nd_is_law_type(const char *type)
{
    return strcmp(type, "LUAT") == 0 || strcmp(type, "BLUAT") == 0 || strcmp(type, "PL") == 0;
}

static void add_facts(struct nd_lexicon *lexicon)
{
    size_t n;
    const struct nd_type *types = nd_types(&n);
    for (size_t i = 0; i < n; i++)
        add_phrase(lexicon, ND_PHRASE_TYPE, types[i].word, (struct nd_phrase){.code = types[i].code});
    const struct nd_place *places = nd_places(&n);
    for (size_t i = 0; i < n; i++) {
        const struct nd_phrase phrase = {.code = places[i].name};
        add_phrase(lexicon, ND_PHRASE_PLACE, places[i].name, phrase);
        add_phrases(lexicon, ND_PHRASE_PLACE, places[i].other_names, phrase);
        add_phrases(lexicon, ND_PHRASE_SEAT, places[i].seat, phrase);
    }
    const struct nd_issuer *issuers = nd_issuers(&n);
    for (size_t i = 0; i < n; i++) {
        const struct nd_phrase phrase = {.code = issuers[i].code};
        add_phrase(lexicon, ND_PHRASE_ISSUER, issuers[i].name, phrase);
        add_phrases(lexicon, ND_PHRASE_ISSUER, issuers[i].other_names, phrase);
    }
    const struct nd_authority *works = nd_authorities(&n);
    for (size_t i = 0; i < n; i++) {
        const enum nd_phrase_class class =
            nd_is_law_type(works[i].type) ? ND_PHRASE_LAW_NAME : ND_PHRASE_NAME;
        const struct nd_phrase phrase = {.code = works[i].type, .issuer = works[i].issuer};
        add_phrase(lexicon, class, works[i].name, phrase);
        add_phrases(lexicon, class, works[i].other_names, phrase);
    }
}

static struct nd_lexicon *build(void)
{
    struct nd_lexicon *lexicon = g_new0(struct nd_lexicon, 1);
    lexicon->n_nodes = ND_N_PHRASE_CLASSES;
    for (size_t i = 0; i < G_N_ELEMENTS(closed_phrases); i++)
        add_phrase(lexicon, closed_phrases[i].class, closed_phrases[i].text,
                   (struct nd_phrase){.code = closed_phrases[i].code, .value = closed_phrases[i].value});
    add_facts(lexicon);
    for (size_t i = 0; i < G_N_ELEMENTS(law_names); i++)
        add_phrase(lexicon, ND_PHRASE_LAW_NAME, law_names[i], (struct nd_phrase){0});
    nd_grammar_add_words(lexicon);
    return lexicon;
}

const struct nd_lexicon *nd_lexicon_get(void)
{
    static struct nd_lexicon *lexicon;
    if (g_once_init_enter(&lexicon))
        g_once_init_leave(&lexicon, build());
    return lexicon;
}
