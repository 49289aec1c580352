#include "query/stream.h"

#include "analyzers/text/terms.h"

/* A table over all hashes costs half a megabyte a query; a page of bits says first whether to look further.
 */
struct nd_stream_pattern {
    uint8_t maybe[65536 / 8];
    GArray *entries; /* of struct entry, few */
};

struct entry {
    uint16_t hash;
    uint64_t words;
};

struct nd_stream_pattern *nd_stream_pattern_new(void)
{
    struct nd_stream_pattern *pattern = g_new0(struct nd_stream_pattern, 1);
    pattern->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    return pattern;
}

void nd_stream_pattern_free(struct nd_stream_pattern *pattern)
{
    if (!pattern)
        return;
    g_array_unref(pattern->entries);
    g_free(pattern);
}

static struct entry *find(const struct nd_stream_pattern *pattern, uint16_t hash)
{
    for (size_t i = 0; i < pattern->entries->len; i++)
        if (g_array_index(pattern->entries, struct entry, i).hash == hash)
            return &g_array_index(pattern->entries, struct entry, i);
    return NULL;
}

void nd_stream_pattern_add(struct nd_stream_pattern *pattern, unsigned i, struct nd_str term)
{
    g_assert(i < ND_STREAM_WORDS);
    const uint16_t hash = nd_stream_hash(term);
    struct entry *entry = find(pattern, hash);
    if (!entry) {
        const struct entry added = {hash, 0};
        g_array_append_val(pattern->entries, added);
        entry = &g_array_index(pattern->entries, struct entry, pattern->entries->len - 1);
    }
    entry->words |= (uint64_t)1 << i;
    pattern->maybe[hash / 8] = (uint8_t)(pattern->maybe[hash / 8] | 1u << hash % 8);
}

uint64_t nd_stream_pattern_at(const struct nd_stream_pattern *pattern, struct nd_bytes stream, size_t i)
{
    const uint16_t hash = (uint16_t)(stream.p[2 * i] | stream.p[2 * i + 1] << 8);
    if (!(pattern->maybe[hash / 8] & 1u << hash % 8))
        return 0;
    return find(pattern, hash)->words;
}

bool nd_stream_has_phrase(const struct nd_stream_pattern *pattern, unsigned n, struct nd_bytes stream)
{
    /* Bit i of state: the last words are words 0 to i of the phrase (the shift-and algorithm). */
    uint64_t state = 0;
    const uint64_t complete = (uint64_t)1 << (n - 1);
    for (size_t i = 0; i < stream.n / 2; i++) {
        state = (state << 1 | 1) & nd_stream_pattern_at(pattern, stream, i);
        if (state & complete)
            return true;
    }
    return false;
}

bool nd_stream_has_near(const struct nd_stream_pattern *pattern, unsigned n, unsigned window,
                        struct nd_bytes stream)
{
    size_t last[ND_STREAM_WORDS] = {0}; /* one past where each word was last seen; 0 for never */
    for (size_t i = 0; i < stream.n / 2; i++) {
        const uint64_t words = nd_stream_pattern_at(pattern, stream, i);
        if (!words)
            continue;
        size_t earliest = i + 1;
        for (unsigned k = 0; k < n; k++) {
            if (words >> k & 1)
                last[k] = i + 1;
            earliest = MIN(earliest, last[k]);
        }
        if (earliest > 0 && i + 1 - earliest < window)
            return true;
    }
    return false;
}

void nd_stream_check_clear(struct nd_stream_check *check)
{
    nd_stream_pattern_free(check->pattern);
    nd_stream_pattern_free(check->instead);
}

bool nd_stream_passes(const struct nd_stream_check *check, struct nd_bytes stream)
{
    if (check->instead && nd_stream_has_phrase(check->instead, 1, stream))
        return true;
    return check->window > 0 ? nd_stream_has_near(check->pattern, check->n, check->window, stream)
                             : nd_stream_has_phrase(check->pattern, check->n, stream);
}

struct judge {
    struct nd_stream_check check;
    struct nd_index *index;
};

/* A document whose words cannot be read passes: what is wrong shows when it is shown. */
static double judge(const char *uuid, uint32_t id, void *user_data)
{
    const struct judge *const self = user_data;
    struct nd_document_words words;
    const bool passes = !nd_index_shard_words(self->index, uuid, id, &words, NULL) || words.text.n == 0 ||
                        nd_stream_passes(&self->check, words.text);
    return passes ? 0 : -1;
}

static void judge_free(void *user_data)
{
    struct judge *const self = user_data;
    nd_stream_check_clear(&self->check);
    g_free(self);
}

struct xc_query *nd_stream_query(struct nd_stream_check check, struct nd_index *index, GError **error)
{
    const struct judge self = {check, index};
    return xc_query_new_judged(judge, 0, g_memdup2(&self, sizeof self), judge_free, error);
}
