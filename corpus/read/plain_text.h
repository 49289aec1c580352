#ifndef ND_CORPUS_READ_PLAIN_TEXT_H
#define ND_CORPUS_READ_PLAIN_TEXT_H

#include "base/document.h"

/*
 * Blocks over a text that has no structure of its own: paragraphs parted by blank lines and markers
 * (marker.h), lines that an editor wrapped joined to paragraphs again, rows of a Markdown table as cells,
 * '\f' as page breaks. Appends to doc->blocks and adds "too-many-blocks" when ND_CAP_BLOCKS stops it.
 */
void nd_plain_text_blocks(struct nd_document *doc);

/*
 * Reads a whole text file in any encoding (charset/bytes.h, legacy Vietnamese and VIQR) into the empty doc:
 * text, encoding, blocks and diagnostics. A file that is UTF-8 gives its own bytes, NUL bytes as spaces.
 */
void nd_plain_text_read(struct nd_bytes file, struct nd_document *doc);

/* The same for bytes that are known to be UTF-8 without NUL; text, NUL-terminated, is consumed. Takes a
 * second thread for a long text. */
void nd_plain_text_take(char *text, size_t size, struct nd_document *doc);

#endif
