#ifndef ND_ANALYZERS_TEXT_PASSAGE_H
#define ND_ANALYZERS_TEXT_PASSAGE_H

/*
 * Passages: a few lines of a document around a place in it, to be read on their own. Whole sentences where
 * they fit, whole words in any case; never over the end of the block the place is in.
 */

#include "base/document.h"
#include "base/str.h"

enum { ND_PASSAGE_BYTES = 320 }; /* of the passage around a citation: two or three lines */

/* Where a passage of about size_bytes around [start, end) of the block begins and ends. */
struct nd_range nd_passage_range(struct nd_str text, const struct nd_block *block, uint32_t start,
                                 uint32_t end, size_t size_bytes);
/* Appends text, line breaks and tabs turned into spaces: as many bytes. */
void nd_passage_append_line(GString *out, struct nd_str text);

/* The passage of about size_bytes around span (bytes of the text), on one line, with "…" at an end where it
 * leaves out a part of a sentence; *mark_out is where span lies in it. NULL when span lies in no block.
 * Caller frees with g_free. */
char *nd_passage_around(const struct nd_document *doc, struct nd_range span, size_t size_bytes,
                        struct nd_range *mark_out);

#endif
