#include "query/matcher.h"

#include "analyzers/text/fold.h"
#include "analyzers/text/normalize.h"
#include "analyzers/text/tokenize.h"
#include "query/stream.h"

/* How a term stands for a word of the query. */
enum kind {
    MEANT, /* as it was understood */
    LOST,  /* without accents, in text that lost them */
    OTHER, /* a reading that was not intended */
};

/* A term as part of a pattern; one term may be part of several. */
struct part {
    uint32_t element;
    enum kind kind;
    int32_t next; /* part of the same term, or -1 */
};

/* Word number `index` of a pattern. */
struct element {
    uint32_t pattern, index;
};

struct slot {
    char *term; /* NULL when free */
    uint32_t size, hash;
    int32_t part;
};

struct pattern {
    uint32_t length;
    double weight;
    char *prefix; /* of the words it marks; NULL for a pattern of terms */
    bool bare;    /* words are compared with the prefix without their accents */
};

struct nd_matcher {
    GArray *patterns;   /* of struct pattern */
    GArray *elements;   /* of struct element */
    GArray *parts;      /* of struct part */
    struct slot *slots; /* open addressing, a power of two */
    uint32_t n_slots, n_terms;
    bool first_bytes[256]; /* that some folded term begins with */
    bool has_prefix;       /* among the patterns */
    bool is_open;          /* a prefix stands for words not known */
    /* The first ND_STREAM_WORDS elements by the words they stand for: texts that lost their accents have the
     * reading that was meant, and are told by `lost`. */
    struct nd_stream_pattern *by_word, *lost;
    /* The document at hand. */
    GArray *places;               /* of struct nd_stream_place, where its words are known */
    bool knows_words;             /* and told all */
    uint64_t has_meant, has_lost; /* elements that it has so */
};

struct nd_matcher *nd_matcher_new(void)
{
    struct nd_matcher *const self = g_new0(struct nd_matcher, 1);
    self->patterns = g_array_new(FALSE, FALSE, sizeof(struct pattern));
    self->elements = g_array_new(FALSE, FALSE, sizeof(struct element));
    self->parts = g_array_new(FALSE, FALSE, sizeof(struct part));
    self->n_slots = 64;
    self->slots = g_new0(struct slot, self->n_slots);
    self->by_word = nd_stream_pattern_new();
    self->lost = nd_stream_pattern_new();
    self->places = g_array_new(FALSE, FALSE, sizeof(struct nd_stream_place));
    return self;
}

void nd_matcher_free(struct nd_matcher *matcher)
{
    if (!matcher)
        return;
    for (guint i = 0; i < matcher->patterns->len; i++)
        g_free(g_array_index(matcher->patterns, struct pattern, i).prefix);
    for (uint32_t i = 0; i < matcher->n_slots; i++)
        g_free(matcher->slots[i].term);
    g_array_unref(matcher->patterns);
    g_array_unref(matcher->elements);
    g_array_unref(matcher->parts);
    g_array_unref(matcher->places);
    g_free(matcher->slots);
    nd_stream_pattern_free(matcher->by_word);
    nd_stream_pattern_free(matcher->lost);
    g_free(matcher);
}

/* FNV-1a. */
static uint32_t hash_of(struct nd_str term)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < term.n; i++)
        hash = (hash ^ (uint8_t)term.p[i]) * 16777619U;
    return hash;
}

static struct slot *find_slot(const struct nd_matcher *self, struct nd_str term, uint32_t hash)
{
    for (uint32_t i = hash;; i++) {
        struct slot *const slot = &self->slots[i & (self->n_slots - 1)];
        if (!slot->term ||
            (slot->hash == hash && slot->size == term.n && memcmp(slot->term, term.p, term.n) == 0))
            return slot;
    }
}

static void grow(struct nd_matcher *self)
{
    struct slot *const old = self->slots;
    const uint32_t n_old = self->n_slots;
    self->n_slots *= 2;
    self->slots = g_new0(struct slot, self->n_slots);
    for (uint32_t i = 0; i < n_old; i++) {
        if (old[i].term)
            *find_slot(self, (struct nd_str){old[i].term, old[i].size}, old[i].hash) = old[i];
    }
    g_free(old);
}

static struct element *element_at(const struct nd_matcher *self, uint32_t i)
{
    return &g_array_index(self->elements, struct element, i);
}

static struct pattern *pattern_at(const struct nd_matcher *self, uint32_t i)
{
    return &g_array_index(self->patterns, struct pattern, i);
}

static uint32_t add_element(struct nd_matcher *self, uint32_t pattern, uint32_t index)
{
    const struct element element = {pattern, index};
    g_array_append_val(self->elements, element);
    return self->elements->len - 1;
}

/* The term is one of an element's; that it is already in another way counts first. */
static void add_term(struct nd_matcher *self, struct nd_str term, uint32_t element, enum kind kind)
{
    const uint32_t hash = hash_of(term);
    if (term.n == 0)
        return;
    if (self->n_terms * 2 >= self->n_slots)
        grow(self);
    struct slot *const slot = find_slot(self, term, hash);
    if (!slot->term) {
        *slot = (struct slot){nd_str_dup(term), (uint32_t)term.n, hash, -1};
        self->n_terms++;
        self->first_bytes[(uint8_t)term.p[0]] = true;
    }
    if (slot->part >= 0 && g_array_index(self->parts, struct part, slot->part).element == element)
        return;
    const struct part part = {element, kind, slot->part};
    slot->part = (int32_t)self->parts->len;
    g_array_append_val(self->parts, part);
    if (element < ND_STREAM_WORDS && kind != LOST)
        nd_stream_pattern_add(self->by_word, element, term, kind == MEANT);
}

/* A word as it stands in text that lost its accents. */
static void add_lost(struct nd_matcher *self, const char *term, uint32_t element)
{
    char lost[ND_CAP_TERM_BYTES + 1] = "A";
    if (strlen(term) > ND_CAP_TERM_BYTES)
        return;
    const struct nd_str bare = {lost + 1, nd_fold_bare(nd_str_from_c(term), lost + 1)};
    add_term(self, bare, element, LOST);
    if (element >= ND_STREAM_WORDS)
        return;
    nd_stream_pattern_add(self->by_word, element, (struct nd_str){lost, bare.n + 1}, true);
    nd_stream_pattern_add(self->lost, element, (struct nd_str){lost, bare.n + 1}, true);
}

static uint32_t add_pattern(struct nd_matcher *self, struct pattern pattern)
{
    g_array_append_val(self->patterns, pattern);
    return self->patterns->len - 1;
}

static void add_word(struct nd_matcher *self, const struct nd_query_word *word, uint32_t pattern,
                     uint32_t index)
{
    const uint32_t element = add_element(self, pattern, index);
    for (char **term = word->terms; *term; term++)
        add_term(self, nd_str_from_c(*term), element, term == word->terms || word->all_meant ? MEANT : OTHER);
    if (word->terms[0] && !word->all_meant)
        add_lost(self, word->terms[0], element);
}

void nd_matcher_add_words(struct nd_matcher *matcher, const struct nd_query_word *words, size_t n,
                          const double *weights)
{
    for (size_t i = 0; i < n; i++)
        add_word(matcher, &words[i],
                 add_pattern(matcher, (struct pattern){.length = 1, .weight = weights ? weights[i] : 1}), 0);
}

void nd_matcher_add_phrase(struct nd_matcher *matcher, const struct nd_query_word *words, size_t n,
                           double weight)
{
    if (n == 0)
        return;
    const uint32_t pattern = add_pattern(matcher, (struct pattern){.length = (uint32_t)n, .weight = weight});
    for (size_t i = 0; i < n; i++)
        add_word(matcher, &words[i], pattern, (uint32_t)i);
}

static uint32_t add_prefix(struct nd_matcher *self, struct nd_str folded)
{
    self->first_bytes[(uint8_t)folded.p[0]] = true;
    return add_pattern(
        self,
        (struct pattern){.length = 1, .weight = 1, .prefix = nd_str_dup(folded), .bare = nd_is_bare(folded)});
}

void nd_matcher_add_prefix(struct nd_matcher *matcher, struct nd_str prefix, const struct xc_bytes *terms,
                           size_t n)
{
    char whole[ND_CAP_TERM_BYTES], beginning[ND_CAP_TERM_BYTES];
    const struct nd_str word = {whole, nd_fold(prefix, whole)};
    const struct nd_str longer = {beginning, nd_fold_beginning(prefix, beginning)};
    if (word.n == 0)
        return;
    const uint32_t element = add_element(matcher, add_prefix(matcher, word), 0);
    if (!nd_str_equal(word, longer))
        add_prefix(matcher, longer);
    for (size_t i = 0; i < n && element < ND_STREAM_WORDS; i++)
        nd_stream_pattern_add(matcher->by_word, element, (struct nd_str){terms[i].p, terms[i].n}, true);
    matcher->has_prefix = true;
    matcher->is_open = matcher->is_open || n == 0;
}

bool nd_matcher_is_empty(const struct nd_matcher *matcher)
{
    return matcher->patterns->len == 0;
}

/* How far a pattern of several words has come. */
struct progress {
    uint32_t matched, last; /* words matched, ordinal of the last of them */
    uint32_t start, first;
};

/* Whether a token can fold to something that begins like a term: decides by its first byte, so that most
 * tokens are not folded at all. A letter outside ASCII always may. */
static bool may_match(const struct nd_matcher *self, uint8_t first)
{
    return first >= 0x80 || self->first_bytes[(uint8_t)g_ascii_tolower((char)first)];
}

/* Element number e stands at word `ordinal`, which is [start, end). */
static void match_element(const struct nd_matcher *self, uint32_t e, const struct nd_match *token,
                          struct progress *progress, GArray *out)
{
    const struct element *const element = element_at(self, e);
    const struct pattern *const pattern = pattern_at(self, element->pattern);
    struct progress *const state = &progress[element->pattern];
    if (element->index == 0)
        *state = (struct progress){1, token->last, token->start, token->last};
    else if (state->matched == element->index && state->last + 1 == token->last)
        *state = (struct progress){state->matched + 1, token->last, state->start, state->first};
    else
        return;
    if (state->matched < pattern->length)
        return;
    const struct nd_match match = {state->start, token->end,       state->first,
                                   token->last,  element->pattern, pattern->weight};
    g_array_append_val(out, match);
}

/* Whether a term counts in the document at hand. */
static bool counts(const struct nd_matcher *self, const struct part *part)
{
    if (part->kind == MEANT || part->element >= ND_STREAM_WORDS)
        return part->kind != LOST;
    const uint64_t bit = (uint64_t)1 << part->element;
    return part->kind == LOST ? (self->has_lost & bit) != 0 : (self->has_meant & bit) == 0;
}

static void match_token(const struct nd_matcher *self, struct nd_str folded, const struct nd_match *token,
                        struct progress *progress, GArray *out)
{
    const struct slot *const slot = find_slot(self, folded, hash_of(folded));
    for (int32_t p = slot->term ? slot->part : -1; p >= 0;) {
        const struct part *const part = &g_array_index(self->parts, struct part, p);
        p = part->next;
        if (counts(self, part))
            match_element(self, part->element, token, progress, out);
    }
}

/* ---- one document ---- */

/* Which words a text has as they were understood, where only the text can tell. */
static void read_text(struct nd_matcher *self, struct nd_str text)
{
    struct nd_normalized normalized;
    nd_normalize(text, &normalized);
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    nd_tokenizer_init(&tokenizer, normalized.text);
    while (nd_tokenizer_next(&tokenizer, &token)) {
        if (!may_match(self, (uint8_t)normalized.text.p[token.start]))
            continue;
        char buffer[ND_CAP_TERM_BYTES];
        const struct nd_str word = nd_str_slice(normalized.text, token.start, token.end);
        const struct nd_str folded = {buffer, nd_fold(word, buffer)};
        const struct slot *const slot = find_slot(self, folded, hash_of(folded));
        for (int32_t p = slot->term ? slot->part : -1; p >= 0;) {
            const struct part *const part = &g_array_index(self->parts, struct part, p);
            if (part->kind == MEANT && part->element < ND_STREAM_WORDS)
                self->has_meant |= (uint64_t)1 << part->element;
            p = part->next;
        }
    }
    nd_normalized_clear(&normalized);
}

static bool words_fit(const struct nd_document *doc, struct nd_bytes words)
{
    size_t n_words = 0;
    for (guint i = 0; i < doc->blocks->len; i++)
        n_words += g_array_index(doc->blocks, struct nd_block, i).n_words;
    return n_words > 0 && n_words == words.n / 2;
}

/* Whether a reading that was not intended is among the terms. */
static bool has_others(const struct nd_matcher *self)
{
    for (guint i = 0; i < self->parts->len; i++) {
        if (g_array_index(self->parts, struct part, i).kind == OTHER)
            return true;
    }
    return false;
}

void nd_matcher_turn_to(struct nd_matcher *matcher, const struct nd_document *doc, struct nd_bytes words)
{
    matcher->has_meant = matcher->has_lost = 0;
    matcher->knows_words =
        !matcher->is_open && matcher->elements->len <= ND_STREAM_WORDS && words_fit(doc, words);
    if (!matcher->knows_words) {
        if (has_others(matcher))
            read_text(matcher, nd_document_text(doc));
        return;
    }
    nd_stream_find(matcher->by_word, words, matcher->places);
    for (guint i = 0; i < matcher->places->len; i++) {
        const struct nd_stream_place *const place =
            &g_array_index(matcher->places, struct nd_stream_place, i);
        matcher->has_meant |= place->meant;
        matcher->has_lost |= nd_stream_pattern_at(matcher->lost, words, place->at, true);
    }
}

bool nd_matcher_knows_words(const struct nd_matcher *matcher)
{
    return matcher->knows_words;
}

/* The first place from word `from` on. */
static guint find_place(const GArray *places, uint32_t from)
{
    guint low = 0;
    for (guint high = places->len; low < high;) {
        const guint middle = low + (high - low) / 2;
        if (g_array_index(places, struct nd_stream_place, middle).at < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void nd_matcher_find_words(const struct nd_matcher *matcher, uint32_t from, uint32_t to, GArray *out)
{
    g_assert(matcher->knows_words);
    guint i = find_place(matcher->places, from);
    if (i == matcher->places->len || g_array_index(matcher->places, struct nd_stream_place, i).at >= to)
        return;
    g_autofree struct progress *progress = g_new0(struct progress, matcher->patterns->len);
    for (; i < matcher->places->len; i++) {
        const struct nd_stream_place *const place =
            &g_array_index(matcher->places, struct nd_stream_place, i);
        if (place->at >= to)
            return;
        const uint32_t at = place->at - from;
        const struct nd_match token = {.start = at, .end = at + 1, .last = at + 1};
        /* from the last one down, as match_token goes through them */
        for (uint64_t left = place->meant | (place->words & ~matcher->has_meant); left;) {
            const unsigned e = 63 - (unsigned)__builtin_clzll(left);
            left ^= (uint64_t)1 << e;
            match_element(matcher, e, &token, progress, out);
        }
    }
}

/* ---- words of a text ---- */

static void match_prefixes(const struct nd_matcher *self, struct nd_str folded, const struct nd_match *token,
                           GArray *out)
{
    char buffer[ND_CAP_TERM_BYTES];
    const struct nd_str bare = {buffer, nd_fold_bare(folded, buffer)};
    for (guint i = 0; i < self->patterns->len; i++) {
        const struct pattern *const pattern = pattern_at(self, i);
        if (!pattern->prefix ||
            !nd_str_has_prefix(pattern->bare ? bare : folded, nd_str_from_c(pattern->prefix)))
            continue;
        const struct nd_match match = {token->start, token->end, token->last,
                                       token->last,  i,          pattern->weight};
        g_array_append_val(out, match);
    }
}

void nd_matcher_find(const struct nd_matcher *matcher, struct nd_str text, size_t cap, GArray *out)
{
    if (nd_matcher_is_empty(matcher))
        return;
    struct nd_normalized normalized;
    nd_normalize(text, &normalized);
    g_autofree struct progress *progress = g_new0(struct progress, matcher->patterns->len);
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    const guint before = out->len;
    nd_tokenizer_init(&tokenizer, normalized.text);
    for (uint32_t ordinal = 1; out->len - before < cap && nd_tokenizer_next(&tokenizer, &token); ordinal++) {
        if (!may_match(matcher, (uint8_t)normalized.text.p[token.start]))
            continue;
        char buffer[ND_CAP_TERM_BYTES];
        const struct nd_str folded = {buffer,
                                      nd_fold(nd_str_slice(normalized.text, token.start, token.end), buffer)};
        const struct nd_match match = {.start = token.start, .end = token.end, .last = ordinal};
        match_token(matcher, folded, &match, progress, out);
        if (matcher->has_prefix)
            match_prefixes(matcher, folded, &match, out);
    }
    for (guint i = before; i < out->len; i++) {
        struct nd_match *const match = &g_array_index(out, struct nd_match, i);
        match->start = (uint32_t)nd_normalized_source_start(&normalized, match->start);
        match->end = (uint32_t)nd_normalized_source_end(&normalized, match->end);
    }
    nd_normalized_clear(&normalized);
}
