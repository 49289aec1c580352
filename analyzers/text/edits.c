#include "analyzers/text/edits.h"

static void append(struct nd_edit_list *list, const char *text, size_t n)
{
    if (list->size + n > list->capacity) {
        list->capacity = MAX(list->size + n, list->capacity + list->capacity / 2);
        list->capacity = MAX(list->capacity, list->source.n + 64);
        list->buffer = g_realloc(list->buffer, list->capacity);
    }
    if (n > 0)
        memcpy(list->buffer + list->size, text, n);
    list->size += n;
}

static void copy_until(struct nd_edit_list *list, size_t end)
{
    append(list, list->source.p + list->done, end - list->done);
    list->done = end;
}

void nd_edit_list_replace(struct nd_edit_list *list, size_t start, size_t end, const char *text, size_t n)
{
    g_assert(list->done <= start && start < end && end - start <= UINT16_MAX && n <= UINT16_MAX);
    struct nd_edit *last = list->n_edits > 0 ? &list->edits[list->n_edits - 1] : NULL;
    const bool adjacent = last && list->done == start;
    copy_until(list, start);
    /* Files with thousands of zero-width characters in a row exist; one edit is enough for them. */
    if (adjacent && n == 0 && last->normal_length == 0 && last->source_length + (end - start) <= UINT16_MAX) {
        last->source_length = (uint16_t)(last->source_length + (end - start));
    } else {
        if (list->n_edits == list->edits_capacity) {
            list->edits_capacity = MAX(64, list->edits_capacity * 2);
            list->edits = g_renew(struct nd_edit, list->edits, list->edits_capacity);
        }
        list->edits[list->n_edits++] = (struct nd_edit){.normal = (uint32_t)list->size,
                                                        .source = (uint32_t)start,
                                                        .normal_length = (uint16_t)n,
                                                        .source_length = (uint16_t)(end - start)};
    }
    append(list, text, n);
    list->done = end;
}

void nd_edit_list_finish(struct nd_edit_list *list, struct nd_normalized *out)
{
    *out = (struct nd_normalized){.text = list->source, .source_size = list->source.n};
    if (list->n_edits > 0) {
        copy_until(list, list->source.n);
        out->text = (struct nd_str){list->buffer, list->size};
        out->buffer = list->buffer;
        out->edits = list->edits;
        out->n_edits = list->n_edits;
    }
    *list = (struct nd_edit_list){0};
}

void nd_normalized_clear(struct nd_normalized *normalized)
{
    g_free(normalized->buffer);
    g_free(normalized->edits);
    *normalized = (struct nd_normalized){0};
}

/* How many edits start at or before normalised byte offset. */
static size_t edits_up_to(const struct nd_normalized *normalized, size_t offset)
{
    size_t low = 0, high = normalized->n_edits;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (normalized->edits[middle].normal <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t nd_normalized_source_start(const struct nd_normalized *normalized, size_t start)
{
    g_assert(start <= normalized->text.n);
    const size_t n = edits_up_to(normalized, start);
    if (n == 0)
        return start;
    const struct nd_edit *edit = &normalized->edits[n - 1];
    if (start < (size_t)edit->normal + edit->normal_length)
        return edit->source;
    return start - edit->normal - edit->normal_length + edit->source + edit->source_length;
}

size_t nd_normalized_source_end(const struct nd_normalized *normalized, size_t end)
{
    g_assert(end <= normalized->text.n);
    if (end == 0)
        return 0;
    /* Edits that start at `end` itself come after the range, so the last one inside starts before it. */
    const size_t n = edits_up_to(normalized, end - 1);
    if (n == 0)
        return end;
    const struct nd_edit *edit = &normalized->edits[n - 1];
    const size_t edit_end = (size_t)edit->normal + edit->normal_length;
    if (end <= edit_end)
        return (size_t)edit->source + edit->source_length;
    return end - edit_end + edit->source + edit->source_length;
}

size_t nd_normalized_from_source(const struct nd_normalized *normalized, size_t source_offset)
{
    g_assert(source_offset <= normalized->source_size);
    size_t low = 0, high = normalized->n_edits;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (normalized->edits[middle].source <= source_offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return source_offset;
    const struct nd_edit *edit = &normalized->edits[low - 1];
    const size_t edit_end = (size_t)edit->source + edit->source_length;
    if (source_offset < edit_end)
        return edit->normal;
    return source_offset - edit_end + edit->normal + edit->normal_length;
}
