#ifndef ND_ANALYZERS_TEXT_NORMALIZE_H
#define ND_ANALYZERS_TEXT_NORMALIZE_H

/*
 * One spelling for what is one text. nd_normalize turns original text into normalised text, the text that
 * tokens, citations and metadata rules are read from, and keeps the way back to original byte offsets.
 *
 * Equal afterwards (docs/vietnamese.md has each rule with its source): Unicode composed, decomposed or half
 * composed; đ/Đ and their disguises ð Ð; Cyrillic and Greek look-alikes inside a word with Latin letters;
 * tone marks of both placement schools (hoà = hòa); no-break, thin and ideographic spaces and a plain space;
 * soft hyphens, zero-width characters and byte order marks, which vanish.
 *
 * Kept: case, line breaks, punctuation, dashes, double spaces, i/y and d/đ differences, which nd_fold
 * (analyzers/text/fold.h) and the citation grammar treat in their own ways.
 *
 * Linear time, pure, re-entrant. Text that needs no change is not copied.
 */

#include "base/auto.h"
#include "base/str.h"

/* A step of the map: from normalised byte `normal` on (until the next step) the source byte is
 * source + (offset - normal), never past the next step's source. */
struct nd_map_step {
    uint32_t normal, source;
};

struct nd_normalized {
    struct nd_str text;        /* borrowed from the source when nothing changed, else from `buffer` */
    size_t source_size;        /* bytes of the source text */
    char *buffer;              /* owned; NULL when nothing changed */
    struct nd_map_step *steps; /* owned; ascending in both members; none when nothing changed */
    size_t n_steps;
};

/* Never fails. The source must outlive *out and be smaller than ND_CAP_TEXT_BYTES; caller clears *out. */
void nd_normalize(struct nd_str source, struct nd_normalized *out);
void nd_normalized_clear(struct nd_normalized *normalized);

/* The source byte a normalised range begins or ends at. Both are character boundaries of the source; a range
 * that starts or ends inside a character made from several source characters widens to cover them all. */
size_t nd_normalized_source_start(const struct nd_normalized *normalized, size_t start);
size_t nd_normalized_source_end(const struct nd_normalized *normalized, size_t end);

#endif
