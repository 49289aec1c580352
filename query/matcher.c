#include "query/matcher.h"

#include "analyzers/text/fold.h"
#include "analyzers/text/normalize.h"
#include "analyzers/text/tokenize.h"
#include "query/stream.h"

/* A term as part of a pattern; one term may be part of several. */
struct part {
    uint32_t pattern, index;
    int32_t next; /* part of the same term, or -1 */
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
    GArray *parts;      /* of struct part */
    struct slot *slots; /* open addressing, a power of two */
    uint32_t n_slots, n_terms;
    bool first_bytes[256];             /* that some folded term begins with */
    bool has_prefix;                   /* among the patterns */
    struct nd_stream_pattern *by_word; /* the first ND_STREAM_WORDS parts, by the words they stand for */
};

struct nd_matcher *nd_matcher_new(void)
{
    struct nd_matcher *const self = g_new0(struct nd_matcher, 1);
    self->patterns = g_array_new(FALSE, FALSE, sizeof(struct pattern));
    self->parts = g_array_new(FALSE, FALSE, sizeof(struct part));
    self->n_slots = 64;
    self->slots = g_new0(struct slot, self->n_slots);
    self->by_word = nd_stream_pattern_new();
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
    g_array_unref(matcher->parts);
    g_free(matcher->slots);
    nd_stream_pattern_free(matcher->by_word);
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

/* Words without text tell a term by its hash, or by that of the term in text that lost its accents. */
static void add_word_part(struct nd_matcher *self, unsigned part, struct nd_str term)
{
    char lost[ND_CAP_TERM_BYTES + 1] = "A";
    if (part >= ND_STREAM_WORDS || term.n > ND_CAP_TERM_BYTES)
        return;
    memcpy(lost + 1, term.p, term.n);
    nd_stream_pattern_add(self->by_word, part, term, false);
    nd_stream_pattern_add(self->by_word, part, (struct nd_str){lost, term.n + 1}, false);
}

static void add_term(struct nd_matcher *self, const char *text, uint32_t pattern, uint32_t index)
{
    const struct nd_str term = nd_str_from_c(text);
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
    const struct part part = {pattern, index, slot->part};
    slot->part = (int32_t)self->parts->len;
    add_word_part(self, self->parts->len, term);
    g_array_append_val(self->parts, part);
}

static uint32_t add_pattern(struct nd_matcher *self, struct pattern pattern)
{
    g_array_append_val(self->patterns, pattern);
    return self->patterns->len - 1;
}

static void add_word(struct nd_matcher *self, const struct nd_query_word *word, uint32_t pattern,
                     uint32_t index)
{
    for (char **term = word->terms; *term; term++)
        add_term(self, *term, pattern, index);
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

static void add_prefix(struct nd_matcher *self, struct nd_str folded)
{
    if (folded.n == 0)
        return;
    add_pattern(
        self,
        (struct pattern){.length = 1, .weight = 1, .prefix = nd_str_dup(folded), .bare = nd_is_bare(folded)});
    self->first_bytes[(uint8_t)folded.p[0]] = true;
    self->has_prefix = true;
}

void nd_matcher_add_prefix(struct nd_matcher *matcher, struct nd_str prefix)
{
    char whole[ND_CAP_TERM_BYTES], beginning[ND_CAP_TERM_BYTES];
    const struct nd_str word = {whole, nd_fold(prefix, whole)};
    const struct nd_str longer = {beginning, nd_fold_beginning(prefix, beginning)};
    add_prefix(matcher, word);
    if (!nd_str_equal(word, longer))
        add_prefix(matcher, longer);
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

static void match_token(const struct nd_matcher *self, struct nd_str folded, const struct nd_match *token,
                        struct progress *progress, GArray *out)
{
    const struct slot *const slot = find_slot(self, folded, hash_of(folded));
    for (int32_t p = slot->term ? slot->part : -1; p >= 0;) {
        const struct part *const part = &g_array_index(self->parts, struct part, p);
        const struct pattern *const pattern = &g_array_index(self->patterns, struct pattern, part->pattern);
        struct progress *const state = &progress[part->pattern];
        p = part->next;
        if (part->index == 0)
            *state = (struct progress){1, token->last, token->start, token->last};
        else if (state->matched == part->index && state->last + 1 == token->last)
            *state = (struct progress){state->matched + 1, token->last, state->start, state->first};
        else
            continue;
        if (state->matched == pattern->length) {
            const struct nd_match match = {state->start, token->end,    state->first,
                                           token->last,  part->pattern, pattern->weight};
            g_array_append_val(out, match);
        }
    }
}

/* ---- words without text ---- */

/* What a pattern has in one block. */
struct tally {
    uint32_t n, n_adjacent; /* matches; of them, those behind a match of the pattern before */
    uint32_t last;          /* ordinal of the word the last match ended with */
};

/* Word number `ordinal`, which may be any of the parts in the set. */
static void tally_word(const struct nd_matcher *self, uint64_t parts, uint32_t ordinal,
                       struct progress *progress, struct tally *tallies)
{
    while (parts) { /* from the last part down, as match_token goes through them */
        const int highest = 63 - __builtin_clzll(parts);
        parts ^= (uint64_t)1 << highest;
        const struct part *const part = &g_array_index(self->parts, struct part, highest);
        struct progress *const state = &progress[part->pattern];
        if (part->index == 0)
            *state = (struct progress){.matched = 1, .last = ordinal, .first = ordinal};
        else if (state->matched == part->index && state->last + 1 == ordinal)
            *state = (struct progress){.matched = state->matched + 1, .last = ordinal, .first = state->first};
        else
            continue;
        if (state->matched < g_array_index(self->patterns, struct pattern, part->pattern).length)
            continue;
        struct tally *const tally = &tallies[part->pattern];
        tally->n++;
        tally->last = ordinal;
        if (part->pattern > 0 && tallies[part->pattern - 1].n > 0 &&
            tallies[part->pattern - 1].last + 1 == state->first)
            tally->n_adjacent++;
    }
}

/* The weight of each pattern in full, that of its repeats as snippets.c counts them. */
static double sum_of(const struct nd_matcher *self, const struct tally *tallies)
{
    double sum = 0;
    for (guint i = 0; i < self->patterns->len; i++) {
        const double weight = g_array_index(self->patterns, struct pattern, i).weight;
        const struct tally *const tally = &tallies[i];
        if (tally->n > 0)
            sum += weight * (1 + ND_MATCH_REPEATED * (tally->n - 1));
        if (tally->n_adjacent > 0)
            sum += weight * (1 + ND_MATCH_ADJACENT_REPEATED * (tally->n_adjacent - 1));
    }
    return sum;
}

bool nd_matcher_bounds(const struct nd_matcher *matcher, const struct nd_document *doc, struct nd_bytes words,
                       double *bounds)
{
    size_t n_words = 0;
    for (guint i = 0; i < doc->blocks->len; i++)
        n_words += g_array_index(doc->blocks, struct nd_block, i).n_words;
    if (n_words == 0 || n_words != words.n / 2 || matcher->has_prefix ||
        matcher->parts->len > ND_STREAM_WORDS)
        return false;
    const size_t n = matcher->patterns->len;
    g_autofree struct progress *progress = g_new(struct progress, n);
    g_autofree struct tally *tallies = g_new(struct tally, n);
    size_t at = 0;
    for (guint i = 0; i < doc->blocks->len; i++) {
        const size_t end = at + g_array_index(doc->blocks, struct nd_block, i).n_words;
        bool any = false;
        for (; at < end; at++) {
            const uint64_t parts = nd_stream_pattern_at(matcher->by_word, words, at, false);
            if (!parts)
                continue;
            if (!any) {
                memset(progress, 0, n * sizeof *progress);
                memset(tallies, 0, n * sizeof *tallies);
                any = true;
            }
            tally_word(matcher, parts, (uint32_t)at + 1, progress, tallies);
        }
        bounds[i] = any ? sum_of(matcher, tallies) : 0;
    }
    return true;
}

/* ---- words of a text ---- */

static void match_prefixes(const struct nd_matcher *self, struct nd_str folded, const struct nd_match *token,
                           GArray *out)
{
    char buffer[ND_CAP_TERM_BYTES];
    const struct nd_str bare = {buffer, nd_fold_bare(folded, buffer)};
    for (guint i = 0; i < self->patterns->len; i++) {
        const struct pattern *const pattern = &g_array_index(self->patterns, struct pattern, i);
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
