#include "corpus/store/packed_text.h"

#include "base/caps.h"
#include "base/error.h"
#include "corpus/store/packed_number.h"

enum { NUMBERS_OF_A_BLOCK = 7, NUMBERS_OF_A_PASSAGE = 6 };

static bool unpack_blocks(struct nd_bytes packed, size_t text_size, GArray *blocks)
{
    const uint8_t *p = packed.p, *end = packed.p + packed.n;
    uint32_t before = 0, n_blocks;
    if (!nd_packed_number_take(&p, end, &n_blocks))
        return false;
    while (blocks->len < n_blocks) {
        uint32_t number[NUMBERS_OF_A_BLOCK];
        for (unsigned i = 0; i < NUMBERS_OF_A_BLOCK; i++) {
            if (!nd_packed_number_take(&p, end, &number[i]))
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
        if (!nd_packed_number_take(&p, end, &g_array_index(blocks, struct nd_block, i).n_words))
            return false;
    }
    return p == end;
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

bool nd_packed_passage_find(struct nd_bytes passages, uint32_t ordinal, struct nd_stored_passage *out)
{
    const uint8_t *p = passages.p, *const end = passages.p + passages.n;
    uint32_t at = 0;
    while (p < end) {
        uint32_t number[NUMBERS_OF_A_PASSAGE];
        for (unsigned i = 0; i < NUMBERS_OF_A_PASSAGE; i++) {
            if (!nd_packed_number_take(&p, end, &number[i]))
                return false;
        }
        const uint32_t size = number[5];
        if (size > (size_t)(end - p) || number[3] > size || number[4] > size - number[3])
            return false;
        at += number[0];
        if (at == ordinal) {
            *out = (struct nd_stored_passage){.span = {number[1], number[1] + number[2]},
                                              .mark = {number[3], number[3] + number[4]},
                                              .text = {(const char *)p, size}};
            return true;
        }
        p += size;
    }
    return false;
}

bool nd_packed_bytes_unpack(struct nd_dictionaries *dictionaries, struct nd_bytes zstd, GByteArray *out,
                            GError **error)
{
    const uint64_t size = nd_unpacked_size(zstd);
    /* a word of text and the space behind it are as long as what stands for them */
    if (size <= ND_CAP_TEXT_BYTES * 2) {
        g_byte_array_set_size(out, (guint)size);
        if (nd_unpack(dictionaries, zstd, out->data, (size_t)size))
            return true;
    }
    g_set_error(error, ND_ERROR, ND_ERROR_INDEX, "catalogue: words or passages of a text are damaged");
    return false;
}
