#include "corpus/store/packed_text.h"

#include "analyzers/text/terms.h"
#include "corpus/store/packed_number.h"

/* Apart from packed_text.c, so that programs that only read an index do not load what makes keys. */

enum { NUMBERS_OF_A_BLOCK = 7 };

static struct nd_bytes pack_blocks(const GArray *blocks)
{
    uint8_t *packed = g_malloc(((gsize)blocks->len * NUMBERS_OF_A_BLOCK + 1) * ND_PACKED_NUMBER_BYTES);
    uint8_t *p = nd_packed_number_put(packed, blocks->len);
    uint32_t before = 0;
    for (guint i = 0; i < blocks->len; i++) {
        const struct nd_block *block = &g_array_index(blocks, struct nd_block, i);
        p = nd_packed_number_put(p, block->start - before);
        p = nd_packed_number_put(p, block->end - block->start);
        p = nd_packed_number_put(p, block->kind);
        p = nd_packed_number_put(p, block->level);
        p = nd_packed_number_put(p, block->page);
        p = nd_packed_number_put(p, block->row);
        p = nd_packed_number_put(p, block->column);
        before = block->end;
    }
    return (struct nd_bytes){packed, (size_t)(p - packed)};
}

/* Behind the blocks: how many words each of them has. */
static struct nd_bytes append_words(struct nd_bytes packed, const uint32_t *n_words, size_t n)
{
    uint8_t *const p = g_realloc((gpointer)packed.p, packed.n + n * ND_PACKED_NUMBER_BYTES + 1);
    uint8_t *end = p + packed.n;
    for (size_t i = 0; i < n; i++)
        end = nd_packed_number_put(end, n_words[i]);
    return (struct nd_bytes){p, (size_t)(end - p)};
}

struct nd_packed_text *nd_packed_text_new(const struct nd_packing *packing, const struct nd_document *doc)
{
    const struct nd_str text = nd_document_text(doc);
    struct nd_packed_text *packed = g_new0(struct nd_packed_text, 1);
    packed->size = text.n;
    packed->packing = packing;
    packed->zstd = nd_pack(packing, ND_PACKING_TEXT, (struct nd_bytes){(const uint8_t *)text.p, text.n});
    packed->blocks = pack_blocks(doc->blocks);
    packed->n_block_bytes = packed->blocks.n;
    nd_content_key(text, packed->key);
    return packed;
}

void nd_packed_text_free(struct nd_packed_text *packed)
{
    if (!packed)
        return;
    g_free((gpointer)packed->zstd.p);
    g_free((gpointer)packed->blocks.p);
    g_free((gpointer)packed->words.p);
    g_free((gpointer)packed->passages.p);
    g_free(packed);
}

void nd_packed_text_set_words(struct nd_packed_text *packed, const struct nd_terms *terms)
{
    g_free((gpointer)packed->words.p);
    packed->words = nd_pack(packed->packing, ND_PACKING_WORDS, nd_terms_stream(terms));
    size_t n_blocks;
    const uint32_t *const n_words = nd_terms_block_words(terms, &n_blocks);
    packed->blocks.n = packed->n_block_bytes;
    packed->blocks = append_words(packed->blocks, n_words, n_blocks);
}

const char *nd_packed_text_key(const struct nd_packed_text *packed)
{
    return packed->key;
}
