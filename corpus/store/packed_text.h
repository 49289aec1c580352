#ifndef ND_CORPUS_STORE_PACKED_TEXT_H
#define ND_CORPUS_STORE_PACKED_TEXT_H

/*
 * How a document's text, blocks, words and passages lie in the catalogue (man/ndsearch-index.5): text, words
 * and passages each as one zstd frame (dictionaries.h), the blocks as unsigned LEB128 numbers.
 */

#include "corpus/store/catalog_writer.h"
#include "corpus/store/content_key.h"
#include "corpus/store/dictionaries.h"

struct nd_packed_text {
    const struct nd_packing *packing; /* borrowed */
    uint64_t size;                    /* bytes of the text */
    struct nd_bytes zstd;             /* owned, like blocks */
    struct nd_bytes blocks, words;
    struct nd_bytes passages; /* NULL without any */
    size_t n_block_bytes;     /* of blocks, without how many words each has */
    char key[ND_DOCUMENT_KEY_DIGITS + 1];
};

/* Fills text, size and blocks of doc. Fails with ND_ERROR_INDEX on damage: the checksum of the frame vouches
 * for the text being the UTF-8 it was. */
bool nd_packed_text_unpack(struct nd_dictionaries *dictionaries, struct nd_bytes zstd, struct nd_bytes blocks,
                           struct nd_document *doc, GError **error);
/* Takes the passage of that mention out of the unpacked passages of its document; false when it has none.
 * out->text is borrowed from them. */
bool nd_packed_passage_find(struct nd_bytes passages, uint32_t ordinal, struct nd_stored_passage *out);
/* Replaces out by the bytes of a frame. Fails with ND_ERROR_INDEX on damage. */
bool nd_packed_bytes_unpack(struct nd_dictionaries *dictionaries, struct nd_bytes zstd, GByteArray *out,
                            GError **error);

#endif
