#include "analyzers/text/passage.h"

#include <string.h>

enum { SENTENCE_SLACK_BYTES = 90 };

/* Where a passage leaves out a part of a sentence. */
static const char cut_before[] = "… ", cut_after[] = " …";

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool ends_sentence(char c)
{
    return c == '.' || c == ';' || c == '!' || c == '?' || c == ':';
}

struct nd_range nd_passage_range(struct nd_str text, const struct nd_block *block, uint32_t start,
                                 uint32_t end, size_t size_bytes)
{
    if (block->end - block->start <= size_bytes + SENTENCE_SLACK_BYTES)
        return (struct nd_range){block->start, block->end};
    const uint32_t spare = end - start < size_bytes ? (uint32_t)size_bytes - (end - start) : 0;
    const uint32_t lowest = start - block->start > spare ? start - spare : block->start;
    uint32_t from = lowest;
    /* the last sentence that begins soon enough before the first match, else the first word within reach */
    uint32_t word = start;
    bool sentence = lowest == block->start;
    for (uint32_t i = start; i > lowest && !(sentence && lowest != block->start); i--) {
        if (i > block->start && is_space(text.p[i - 1]) && !is_space(text.p[i])) {
            if (start - i <= spare / 2 + 40)
                word = i;
            uint32_t before = i - 1;
            while (before > block->start && is_space(text.p[before]))
                before--;
            if (ends_sentence(text.p[before]) && start - i > 0) {
                from = i;
                sentence = true;
                break;
            }
        }
    }
    if (!sentence)
        from = word;
    uint32_t to = MAX(end, MIN(block->end, from + (uint32_t)size_bytes));
    if (to < block->end) {
        uint32_t i = to;
        while (i > end && !is_space(text.p[i]))
            i--;
        if (i <= end) {
            for (i = to; i < block->end && !is_space(text.p[i]);)
                i++;
        }
        to = i;
        for (uint32_t j = to; j < block->end && j < to + SENTENCE_SLACK_BYTES; j++) {
            if (ends_sentence(text.p[j]) && j + 1 < block->end && is_space(text.p[j + 1])) {
                to = j + 1;
                break;
            }
        }
    }
    while (to > from && is_space(text.p[to - 1]))
        to--;
    while (from < to && is_space(text.p[from]))
        from++;
    return (struct nd_range){from, to};
}

void nd_passage_append_line(GString *out, struct nd_str text)
{
    for (size_t i = 0; i < text.n; i++)
        g_string_append_c(out, is_space(text.p[i]) ? ' ' : text.p[i]);
}

/* The block that has the byte; NULL when none does. */
static const struct nd_block *block_of(const struct nd_document *doc, uint32_t at)
{
    guint low = 0, high = doc->blocks->len;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        const struct nd_block *const block = &g_array_index(doc->blocks, struct nd_block, middle);
        if (at < block->start)
            high = middle;
        else if (at >= block->end)
            low = middle + 1;
        else
            return block;
    }
    return NULL;
}

/* Whether a sentence of the block that begins at first goes on at from: ';' and ':' are places to cut at, and
 * yet the sentence goes on behind them. */
static bool begins_within_sentence(struct nd_str text, uint32_t first, uint32_t from)
{
    while (from > first && is_space(text.p[from - 1]))
        from--;
    return from > first && !strchr(".!?", text.p[from - 1]);
}

static bool ends_within_sentence(struct nd_str text, uint32_t to, uint32_t last)
{
    while (last > to && is_space(text.p[last - 1]))
        last--;
    return last > to && !strchr(".!?", text.p[to - 1]);
}

char *nd_passage_around(const struct nd_document *doc, struct nd_range span, size_t size_bytes,
                        struct nd_range *mark_out)
{
    const struct nd_block *const block = block_of(doc, span.start);
    if (!block)
        return NULL;
    const struct nd_str text = nd_document_text(doc);
    const uint32_t end = MIN(span.end, block->end);
    const struct nd_range range = nd_passage_range(text, block, span.start, end, size_bytes);
    GString *const line = g_string_sized_new(range.end - range.start + 2 * sizeof cut_before);
    if (begins_within_sentence(text, block->start, range.start))
        g_string_append(line, cut_before);
    const uint32_t shift = (uint32_t)line->len;
    nd_passage_append_line(line, nd_str_slice(text, range.start, range.end));
    if (span.end > block->end || ends_within_sentence(text, range.end, block->end))
        g_string_append(line, cut_after);
    *mark_out = (struct nd_range){0, 0};
    if (range.start <= span.start && end <= range.end)
        *mark_out = (struct nd_range){span.start - range.start + shift, end - range.start + shift};
    return g_string_free(line, FALSE);
}
