#include "query/stream.h"

#include "analyzers/text/terms.h"

/* A table over all hashes costs half a megabyte a query; a page of bits says first whether to look further.
 */
struct nd_stream_pattern {
    bool low[256]; /* by a hash's low byte: in the first cache, and no for most elements of most queries */
    uint64_t maybe[65536 / 64];
    GArray *entries;  /* of struct entry */
    uint16_t *slots;  /* one more than the number of an entry, 0: free; twice as many as entries, or more */
    unsigned n_slots; /* a power of two */
};

struct entry {
    uint16_t hash;
    uint64_t words, meant;
};

enum { FIRST_SLOTS = 64 };

struct nd_stream_pattern *nd_stream_pattern_new(void)
{
    struct nd_stream_pattern *pattern = g_new0(struct nd_stream_pattern, 1);
    pattern->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    pattern->n_slots = FIRST_SLOTS;
    pattern->slots = g_new0(uint16_t, FIRST_SLOTS);
    return pattern;
}

void nd_stream_pattern_free(struct nd_stream_pattern *pattern)
{
    if (!pattern)
        return;
    g_array_unref(pattern->entries);
    g_free(pattern->slots);
    g_free(pattern);
}

static struct entry *entry_at(const struct nd_stream_pattern *pattern, unsigned i)
{
    return &g_array_index(pattern->entries, struct entry, i);
}

/* The slot of a hash, free or not. */
static uint16_t *slot_of(const struct nd_stream_pattern *pattern, uint16_t hash)
{
    for (unsigned i = hash;; i++) {
        uint16_t *const slot = &pattern->slots[i & (pattern->n_slots - 1)];
        if (*slot == 0 || entry_at(pattern, *slot - 1u)->hash == hash)
            return slot;
    }
}

static void grow(struct nd_stream_pattern *pattern)
{
    pattern->n_slots *= 2;
    g_free(pattern->slots);
    pattern->slots = g_new0(uint16_t, pattern->n_slots);
    for (unsigned i = 0; i < pattern->entries->len; i++)
        *slot_of(pattern, entry_at(pattern, i)->hash) = (uint16_t)(i + 1);
}

void nd_stream_pattern_add(struct nd_stream_pattern *pattern, unsigned i, struct nd_str term, bool meant)
{
    g_assert(i < ND_STREAM_WORDS);
    const uint16_t hash = nd_stream_hash(term);
    if (*slot_of(pattern, hash) == 0) {
        if (pattern->entries->len * 2 >= pattern->n_slots)
            grow(pattern);
        const struct entry added = {.hash = hash};
        g_array_append_val(pattern->entries, added);
        *slot_of(pattern, hash) = (uint16_t)pattern->entries->len;
    }
    struct entry *const entry = entry_at(pattern, *slot_of(pattern, hash) - 1u);
    entry->words |= (uint64_t)1 << i;
    entry->meant |= (uint64_t)meant << i;
    pattern->low[hash & 0xff] = true;
    pattern->maybe[hash / 64] |= (uint64_t)1 << hash % 64;
}

/* The entry of element i of a stream; NULL for most. */
static inline const struct entry *find(const struct nd_stream_pattern *pattern, struct nd_bytes stream,
                                       size_t i)
{
    if (G_LIKELY(!pattern->low[stream.p[2 * i]]))
        return NULL;
    const uint16_t hash = (uint16_t)(stream.p[2 * i] | stream.p[2 * i + 1] << 8);
    return !(pattern->maybe[hash / 64] >> hash % 64 & 1) ? NULL
                                                         : entry_at(pattern, *slot_of(pattern, hash) - 1u);
}

uint64_t nd_stream_pattern_at(const struct nd_stream_pattern *pattern, struct nd_bytes stream, size_t i,
                              bool meant)
{
    const struct entry *const entry = find(pattern, stream, i);
    return !entry ? 0 : meant ? entry->meant : entry->words;
}

void nd_stream_find(const struct nd_stream_pattern *pattern, struct nd_bytes stream, GArray *places)
{
    g_array_set_size(places, 0);
    for (size_t i = 0; i < stream.n / 2; i++) {
        const struct entry *const entry = find(pattern, stream, i);
        if (!entry)
            continue;
        const struct nd_stream_place place = {(uint32_t)i, entry->words, entry->meant};
        g_array_append_val(places, place);
    }
}

/* The same as finding places and looking for a phrase in them, up to its first end. */
static bool has_phrase(const struct nd_stream_pattern *pattern, unsigned n, struct nd_bytes stream)
{
    uint64_t state = 0;
    const uint64_t complete = (uint64_t)1 << (n - 1);
    for (size_t i = 0; i < stream.n / 2; i++) {
        const struct entry *const entry = find(pattern, stream, i);
        state = entry ? (state << 1 | 1) & entry->words : 0;
        if (state & complete)
            return true;
    }
    return false;
}

static const struct nd_stream_place *place_at(const GArray *places, guint i)
{
    return &g_array_index(places, struct nd_stream_place, i);
}

bool nd_places_have_phrase(const GArray *places, unsigned n, bool meant)
{
    /* Bit i of state: the last words are words 0 to i of the phrase (the shift-and algorithm). */
    uint64_t state = 0;
    const uint64_t complete = (uint64_t)1 << (n - 1);
    for (guint i = 0; i < places->len; i++) {
        const struct nd_stream_place *const place = place_at(places, i);
        if (i > 0 && place_at(places, i - 1)->at + 1 != place->at)
            state = 0;
        state = (state << 1 | 1) & (meant ? place->meant : place->words);
        if (state & complete)
            return true;
    }
    return false;
}

bool nd_places_have_near(const GArray *places, unsigned n, unsigned window, bool meant)
{
    uint32_t last[ND_STREAM_WORDS] = {0}; /* one past where each word was last seen; 0 for never */
    uint64_t missing = n < 64 ? ((uint64_t)1 << n) - 1 : ~(uint64_t)0;
    for (guint i = 0; i < places->len; i++) {
        const struct nd_stream_place *const place = place_at(places, i);
        const uint64_t words = meant ? place->meant : place->words;
        for (uint64_t left = words; left; left &= left - 1)
            last[__builtin_ctzll(left)] = place->at + 1;
        missing &= ~words;
        if (missing || !words)
            continue;
        uint32_t earliest = place->at + 1;
        for (unsigned k = 0; k < n; k++)
            earliest = MIN(earliest, last[k]);
        if (place->at + 1 - earliest < window)
            return true;
    }
    return false;
}

void nd_stream_check_clear(struct nd_stream_check *check)
{
    nd_stream_pattern_free(check->pattern);
    nd_stream_pattern_free(check->instead);
}

bool nd_stream_passes(const struct nd_stream_check *check, struct nd_bytes stream, GArray *places)
{
    if (check->instead && has_phrase(check->instead, 1, stream))
        return true;
    if (check->window == 0)
        return has_phrase(check->pattern, check->n, stream);
    nd_stream_find(check->pattern, stream, places);
    return nd_places_have_near(places, check->n, check->window, false);
}

struct judge {
    struct nd_stream_check check;
    struct nd_index *index;
    GArray *places;
};

/* A document whose words cannot be read passes: what is wrong shows when it is shown. */
static double judge(const char *uuid, uint32_t id, void *user_data)
{
    const struct judge *const self = user_data;
    struct nd_document_words words;
    const bool passes = !nd_index_shard_words(self->index, uuid, id, &words, NULL) || words.text.n == 0 ||
                        nd_stream_passes(&self->check, words.text, self->places);
    return passes ? 0 : -1;
}

static void judge_free(void *user_data)
{
    struct judge *const self = user_data;
    nd_stream_check_clear(&self->check);
    g_array_unref(self->places);
    g_free(self);
}

struct xc_query *nd_stream_query(struct nd_stream_check check, struct nd_index *index, GError **error)
{
    const struct judge self = {check, index, g_array_new(FALSE, FALSE, sizeof(struct nd_stream_place))};
    return xc_query_new_judged(judge, 0, g_memdup2(&self, sizeof self), judge_free, error);
}
