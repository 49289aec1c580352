#include "analyzers/citation/accentless.h"

#include "analyzers/citation/lexicon_table.h"
#include "analyzers/text/fold.h"

enum { MAX_PHRASE_TOKENS = 24 };

bool nd_is_accentless(struct nd_str text)
{
    enum { SAMPLE_BYTES = 4096, SHORTEST_BYTES = 60, BYTES_PER_ACCENT = 50 };
    const size_t n = MIN(text.n, SAMPLE_BYTES);
    size_t accents = 0;
    for (size_t i = 0; i < n; i++)
        accents += (uint8_t)text.p[i] >= 0x80;
    return n >= SHORTEST_BYTES && accents * BYTES_PER_ACCENT < n;
}

/* Bare spelling -> GArray of the vocabulary's words (uint16_t) that are spelled so without accents. Made at
 * the first accentless text and kept. */
static GHashTable *words_by_bare(const struct nd_lexicon *lexicon)
{
    static GHashTable *made;
    static gsize once;
    if (g_once_init_enter(&once)) {
        made = g_hash_table_new(g_str_hash, g_str_equal);
        for (size_t i = 0; i < ND_WORD_SLOTS; i++) {
            const struct nd_word_slot *slot = &lexicon->table->words[i];
            char bare[ND_CAP_TERM_BYTES + 1];
            if (!slot->word)
                continue;
            bare[nd_fold_bare((struct nd_str){slot->key, strnlen(slot->key, sizeof slot->key)}, bare)] = '\0';
            GArray *words = g_hash_table_lookup(made, bare);
            if (!words) {
                words = g_array_new(FALSE, FALSE, sizeof(uint16_t));
                g_hash_table_insert(made, g_strdup(bare), words);
            }
            g_array_append_val(words, slot->word);
        }
        g_once_init_leave(&once, 1);
    }
    return made;
}

/* The search for the longest phrase from one token on. */
struct search {
    const struct nd_lexicon *lexicon;
    const struct nd_cite_tokens *tokens;
    GHashTable *bare;
    uint32_t start;
    uint16_t path[MAX_PHRASE_TOKENS], best[MAX_PHRASE_TOKENS]; /* words by token; 0 for a comma */
    uint32_t best_n;
};

static const GArray *words_of(const struct search *s, uint32_t i)
{
    char bare[ND_CAP_TERM_BYTES + 1];
    if (nd_cite_token(s->tokens, i)->kind != ND_TOK_WORD)
        return NULL;
    bare[nd_fold_bare(nd_cite_token_text(s->tokens, i), bare)] = '\0';
    return g_hash_table_lookup(s->bare, bare);
}

static void walk(struct search *s, uint16_t node, uint32_t n)
{
    if (n == MAX_PHRASE_TOKENS)
        return;
    if (n > 0 && nd_cite_token(s->tokens, s->start + n)->kind == ND_TOK_COMMA) {
        s->path[n] = 0;
        walk(s, node, n + 1);
        return;
    }
    const GArray *words = words_of(s, s->start + n);
    for (guint i = 0; words && i < words->len; i++) {
        const struct nd_lexicon_table *table = s->lexicon->table;
        const uint16_t word = g_array_index(words, uint16_t, i);
        const uint16_t next = table->steps[nd_lexicon_step_slot(table, node, word)].next;
        if (!next)
            continue;
        s->path[n] = word;
        if (table->phrases[next] && n + 1 > s->best_n) {
            s->best_n = n + 1;
            memcpy(s->best, s->path, sizeof s->best);
        }
        walk(s, next, n + 1);
    }
}

/* A single word counts as one of the class only beside what makes it one. */
enum beside { ANYWHERE, BEFORE_NUMBER, BEFORE_LABEL, BEHIND_NUMBERING };

static const struct {
    enum nd_phrase_class class;
    enum beside beside;
} singles[] = {
    {ND_PHRASE_NUMBERED, BEFORE_NUMBER},
    {ND_PHRASE_YEAR, BEFORE_NUMBER},
    {ND_PHRASE_MONTH, BEFORE_NUMBER},
    {ND_PHRASE_DAY, BEFORE_NUMBER},
    {ND_PHRASE_TERM, BEFORE_LABEL},
    {ND_PHRASE_PINPOINT, BEFORE_LABEL},
    {ND_PHRASE_ORDINAL, BEHIND_NUMBERING},
    {ND_PHRASE_AND, ANYWHERE},
    {ND_PHRASE_OF, ANYWHERE},
    {ND_PHRASE_ABOUT, ANYWHERE},
    {ND_PHRASE_PLURAL, ANYWHERE},
    {ND_PHRASE_TRIGGER, ANYWHERE},
    {ND_PHRASE_TYPE, ANYWHERE},
    {ND_PHRASE_NUMBERING, ANYWHERE},
    {ND_PHRASE_LOCAL, ANYWHERE},
    {ND_PHRASE_STOP, ANYWHERE},
    {ND_PHRASE_UNIT, ANYWHERE},
    {ND_PHRASE_THIS, ANYWHERE},
};

static bool is_beside(const struct nd_lexicon *lexicon, const struct nd_cite_tokens *tokens, uint32_t i,
                      enum beside beside)
{
    enum { LABEL_BYTES = 5 };
    const struct nd_cite_token *next = nd_cite_token(tokens, i + 1);
    if (next->kind == ND_TOK_COLON)
        next = nd_cite_token(tokens, i + 2);
    switch (beside) {
    case BEFORE_NUMBER:
        return next->kind == ND_TOK_NUMBER;
    case BEFORE_LABEL:
        return next->kind == ND_TOK_NUMBER || (next->kind == ND_TOK_WORD && next->length <= LABEL_BYTES &&
                                               (next->length == 1 || next->flags & ND_TOK_UPPER));
    case BEHIND_NUMBERING:
        return i > 0 && nd_lexicon_match(lexicon, tokens, i - 1, ND_PHRASE_NUMBERING, NULL) > 0;
    default:
        return true;
    }
}

/* The word that token i is by itself; 0 when nothing tells. */
static uint16_t single_word(struct search *s, uint32_t i)
{
    const GArray *words = words_of(s, i);
    const struct nd_lexicon_table *table = s->lexicon->table;
    for (size_t k = 0; words && k < G_N_ELEMENTS(singles); k++) {
        for (guint w = 0; w < words->len; w++) {
            const uint16_t word = g_array_index(words, uint16_t, w);
            const uint16_t node =
                table->steps[nd_lexicon_step_slot(table, (uint16_t)singles[k].class, word)].next;
            if (node && table->phrases[node] && is_beside(s->lexicon, s->tokens, i, singles[k].beside))
                return word;
        }
    }
    return words && words->len == 1 ? g_array_index(words, uint16_t, 0) : 0;
}

/* Finds the longest phrase from token s->start on, of which words are the first. */
static void search_phrase(struct search *s, const GArray *words)
{
    s->best_n = 0;
    for (uint16_t class = 0; class < ND_N_PHRASE_CLASSES; class ++) {
        bool starts = false;
        for (guint i = 0; i < words->len; i++)
            starts |= nd_lexicon_starts(s->lexicon, g_array_index(words, uint16_t, i),
                                        (enum nd_phrase_class) class);
        if (starts)
            walk(s, class, 0);
    }
}

static void set_word(struct nd_cite_tokens *tokens, uint32_t i, uint16_t word)
{
    if (word)
        tokens->list[i].word = word & ((1U << ND_TOK_WORD_BITS) - 1);
}

void nd_accentless_find_words(struct nd_cite_tokens *tokens, const struct nd_lexicon *lexicon)
{
    struct search s = {.lexicon = lexicon, .tokens = tokens, .bare = words_by_bare(lexicon)};
    for (uint32_t i = 0; i < tokens->n;) {
        const GArray *words = words_of(&s, i);
        if (!words) {
            i++;
            continue;
        }
        s.start = i;
        search_phrase(&s, words);
        if (s.best_n > 1) {
            for (uint32_t k = 0; k < s.best_n; k++)
                set_word(tokens, i + k, s.best[k]);
            i += s.best_n;
        } else {
            set_word(tokens, i, single_word(&s, i));
            i++;
        }
    }
}
