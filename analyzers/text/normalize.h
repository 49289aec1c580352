#ifndef ND_ANALYZERS_TEXT_NORMALIZE_H
#define ND_ANALYZERS_TEXT_NORMALIZE_H

/*
 * One spelling for what is one text. nd_normalize turns original text into normalised text, the text that
 * tokens, citations and metadata rules are read from, and keeps the way back to original byte offsets.
 *
 * Equal afterwards (docs/vietnamese.md has each rule with its source): Unicode composed, decomposed or half
 * composed, marks in any order; đ/Đ and their disguises ð Ð Ɖ; Cyrillic and Greek look-alikes inside a word
 * with Latin letters; tone marks of both placement schools (hoà = hòa); ligatures, full-width forms and
 * one-character Roman numerals and their letters; no-break, thin and ideographic spaces and a plain space;
 * soft hyphens, zero-width characters and byte order marks, which vanish.
 *
 * Kept: case, line breaks, punctuation, dashes, double spaces, i/y and d/đ differences, which nd_fold
 * (analyzers/text/fold.h) and the citation grammar treat in their own ways.
 *
 * Linear time, pure, re-entrant. Text that needs no change is not copied.
 */

#include "base/auto.h"
#include "base/str.h"

/* One place where the texts differ: these source bytes became these normalised bytes, as a whole. Between two
 * edits both texts are the same, byte for byte. A deletion has normal_length 0. */
struct nd_edit {
    uint32_t normal, source; /* where it starts */
    uint16_t normal_length, source_length;
};

struct nd_normalized {
    struct nd_str text;    /* borrowed from the source when nothing changed, else from `buffer` */
    size_t source_size;    /* bytes of the source text */
    char *buffer;          /* owned; NULL when nothing changed */
    struct nd_edit *edits; /* owned; in text order, not overlapping; none when nothing changed */
    size_t n_edits;
};

/* Never fails. The source must outlive *out and be no larger than ND_CAP_TEXT_BYTES; caller clears *out. */
void nd_normalize(struct nd_str source, struct nd_normalized *out);
void nd_normalized_clear(struct nd_normalized *normalized);

/* The source byte a normalised range begins or ends at. Both are character boundaries of the source; a range
 * that starts or ends inside an edit widens to cover it all. Characters deleted at either end of the range
 * stay outside; so for an empty range the end may lie before the start. */
size_t nd_normalized_source_start(const struct nd_normalized *normalized, size_t start);
size_t nd_normalized_source_end(const struct nd_normalized *normalized, size_t end);

/* The other direction, for a reader's offsets (blocks): the normalised byte at which what stood at this
 * source byte begins; inside an edit, the edit's start. */
size_t nd_normalized_from_source(const struct nd_normalized *normalized, size_t source_offset);

#endif
