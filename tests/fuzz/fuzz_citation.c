/* Citations and metadata of any text: spans in order and in bounds, on character boundaries, everything the
 * same the second time. The first byte decides whether the rest is read with a boilerplate block over its
 * middle. */

#include "analyzers/citation/citation.h"
#include "analyzers/citation/mention_json.h"
#include "base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

static bool is_boundary(struct nd_str text, size_t i)
{
    return i <= text.n && nd_utf8_floor(text, i) == i;
}

static void check_mention(struct nd_str text, const struct nd_mentions *mentions, size_t i, uint32_t last_end)
{
    const struct nd_mention *m = nd_mentions_get(mentions, i);
    require(m->start < m->end && m->end <= text.n);
    require(m->start >= last_end);
    require(is_boundary(text, m->start) && is_boundary(text, m->end));
    require(m->type || m->kind == ND_MENTION_NUMBER);
    require(m->rule && m->confidence > 0 && m->confidence <= 1);
    require(m->reported_by < (int32_t)i);
    require(!m->trigger || m->trigger_start < text.n);
    require(!m->date.year || nd_date_is_valid(m->date));
    g_autofree char *key = nd_citation_key(m), *code = nd_citation_code(m);
    require(!key || key[0]);
    require(!code || g_utf8_validate(code, -1, NULL));
}

/* Every field of every mention and of the metadata, as text. */
static char *describe(struct nd_document *doc)
{
    struct nd_normalized normal;
    nd_normalize(nd_document_text(doc), &normal);
    const struct nd_metadata_hints hints = {.path = "ke-hoach.txt", .place = "Lai Châu"};
    struct nd_metadata *metadata;
    struct nd_mentions *mentions;
    nd_citation_read(doc, &normal, &hints, &metadata, &mentions);
    require(metadata->title_start <= metadata->body_start || metadata->title_start <= doc->size);
    require(metadata->body_start <= doc->size && metadata->body_end <= doc->size);
    char *all;
    size_t all_size;
    FILE *const out = open_memstream(&all, &all_size);
    nd_metadata_write_json(out, metadata, "doc");
    uint32_t last_end = 0;
    for (size_t i = 0; i < nd_mentions_count(mentions); i++) {
        check_mention(nd_document_text(doc), mentions, i, last_end);
        last_end = nd_mentions_get(mentions, i)->end;
        nd_mention_write_json(out, nd_mentions_get(mentions, i), "doc", nd_document_text(doc), NULL);
    }
    nd_mentions_free(mentions);
    nd_metadata_free(metadata);
    nd_normalized_clear(&normal);
    fclose(out);
    return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nd_str text;
    if (size == 0 || memchr(data, 0, size) ||
        !nd_utf8_check((struct nd_bytes){data + 1, size - 1}, &text, NULL))
        return 0;
    nd_auto(nd_document) doc = nd_document_new();
    doc->text = g_strndup(text.p, text.n);
    doc->size = text.n;
    if (data[0] & 1) {
        const struct nd_block menu = {.start = (uint32_t)nd_utf8_floor(text, text.n / 3),
                                      .end = (uint32_t)nd_utf8_floor(text, text.n / 2),
                                      .kind = ND_BLOCK_BOILERPLATE};
        g_array_append_val(doc->blocks, menu);
    }
    g_autofree char *first = describe(doc), *second = describe(doc);
    require(strcmp(first, second) == 0);
    return 0;
}
