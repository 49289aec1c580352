#include "analyzers/text/passage.h"

enum { SENTENCE_SLACK_BYTES = 90 };

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

char *nd_passage_around(const struct nd_document *doc, struct nd_range span, size_t size_bytes,
                        struct nd_range *mark_out)
{
    const struct nd_block *const block = block_of(doc, span.start);
    if (!block)
        return NULL;
    const struct nd_str text = nd_document_text(doc);
    const uint32_t end = MIN(span.end, block->end);
    const struct nd_range range = nd_passage_range(text, block, span.start, end, size_bytes);
    GString *const line = g_string_sized_new(range.end - range.start + 1);
    nd_passage_append_line(line, nd_str_slice(text, range.start, range.end));
    *mark_out = (struct nd_range){0, 0};
    if (range.start <= span.start && end <= range.end)
        *mark_out = (struct nd_range){span.start - range.start, end - range.start};
    return g_string_free(line, FALSE);
}
