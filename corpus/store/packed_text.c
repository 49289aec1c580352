#include "corpus/store/packed_text.h"

#include "analyzers/text/terms.h"
#include "base/caps.h"
#include "base/error.h"

enum { NUMBERS_OF_A_BLOCK = 7, BYTES_OF_A_NUMBER = 5 };

static uint8_t *put_number(uint8_t *p, uint32_t number)
{
    while (number >= 0x80) {
        *p++ = (uint8_t)(number | 0x80);
        number >>= 7;
    }
    *p++ = (uint8_t)number;
    return p;
}

static bool take_number(const uint8_t **p, const uint8_t *end, uint32_t *out)
{
    uint32_t number = 0;
    for (unsigned shift = 0; shift < 32; shift += 7) {
        if (*p == end)
            return false;
        const uint8_t byte = *(*p)++;
        number |= (uint32_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *out = number;
            return true;
        }
    }
    return false;
}

static struct nd_bytes pack_blocks(const GArray *blocks)
{
    uint8_t *packed = g_malloc(((gsize)blocks->len * NUMBERS_OF_A_BLOCK + 1) * BYTES_OF_A_NUMBER);
    uint8_t *p = put_number(packed, blocks->len);
    uint32_t before = 0;
    for (guint i = 0; i < blocks->len; i++) {
        const struct nd_block *block = &g_array_index(blocks, struct nd_block, i);
        p = put_number(p, block->start - before);
        p = put_number(p, block->end - block->start);
        p = put_number(p, block->kind);
        p = put_number(p, block->level);
        p = put_number(p, block->page);
        p = put_number(p, block->row);
        p = put_number(p, block->column);
        before = block->end;
    }
    return (struct nd_bytes){packed, (size_t)(p - packed)};
}

/* Behind the blocks: how many words each of them has. */
static struct nd_bytes append_words(struct nd_bytes packed, const uint32_t *n_words, size_t n)
{
    uint8_t *const p = g_realloc((gpointer)packed.p, packed.n + n * BYTES_OF_A_NUMBER + 1);
    uint8_t *end = p + packed.n;
    for (size_t i = 0; i < n; i++)
        end = put_number(end, n_words[i]);
    return (struct nd_bytes){p, (size_t)(end - p)};
}

static bool unpack_blocks(struct nd_bytes packed, size_t text_size, GArray *blocks)
{
    const uint8_t *p = packed.p, *end = packed.p + packed.n;
    uint32_t before = 0, n_blocks;
    if (!take_number(&p, end, &n_blocks))
        return false;
    while (blocks->len < n_blocks) {
        uint32_t number[NUMBERS_OF_A_BLOCK];
        for (unsigned i = 0; i < NUMBERS_OF_A_BLOCK; i++) {
            if (!take_number(&p, end, &number[i]))
                return false;
        }
        if (number[0] > text_size - before || number[1] > text_size - before - number[0] ||
            number[2] >= ND_N_BLOCK_KINDS)
            return false;
        const struct nd_block block = {
            .start = before + number[0],
            .end = before + number[0] + number[1],
            .kind = (uint8_t)number[2],
            .level = (uint8_t)number[3],
            .page = number[4],
            .row = (uint16_t)number[5],
            .column = (uint16_t)number[6],
        };
        g_array_append_val(blocks, block);
        before = block.end;
    }
    for (guint i = 0; i < n_blocks && p < end; i++) {
        if (!take_number(&p, end, &g_array_index(blocks, struct nd_block, i).n_words))
            return false;
    }
    return p == end;
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
    g_autofree char *digest = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text.p, text.n);
    memcpy(packed->key, digest, ND_DOCUMENT_KEY_DIGITS);
    return packed;
}

void nd_packed_text_free(struct nd_packed_text *packed)
{
    if (!packed)
        return;
    g_free((gpointer)packed->zstd.p);
    g_free((gpointer)packed->blocks.p);
    g_free((gpointer)packed->words.p);
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

bool nd_packed_text_unpack(struct nd_dictionaries *dictionaries, struct nd_bytes zstd, struct nd_bytes blocks,
                           struct nd_document *doc, GError **error)
{
    const uint64_t size = nd_unpacked_size(zstd);
    bool ok = size <= ND_CAP_TEXT_BYTES;
    if (ok) {
        doc->text = g_malloc((gsize)size + 1);
        doc->size = (size_t)size;
        ok = nd_unpack(dictionaries, zstd, doc->text, doc->size);
        doc->text[size] = '\0';
    }
    if (!ok || !unpack_blocks(blocks, doc->size, doc->blocks)) {
        g_set_error(error, ND_ERROR, ND_ERROR_INDEX, "catalogue: a stored text is damaged");
        return false;
    }
    return true;
}

bool nd_packed_words_unpack(struct nd_dictionaries *dictionaries, struct nd_bytes zstd, GByteArray *out,
                            GError **error)
{
    const uint64_t size = nd_unpacked_size(zstd);
    /* a word of text and the space behind it are as long as what stands for them */
    if (size <= ND_CAP_TEXT_BYTES * 2) {
        g_byte_array_set_size(out, (guint)size);
        if (nd_unpack(dictionaries, zstd, out->data, (size_t)size))
            return true;
    }
    g_set_error(error, ND_ERROR, ND_ERROR_INDEX, "catalogue: the words of a text are damaged");
    return false;
}
