#ifndef ND_CORPUS_READ_MARKER_H
#define ND_CORPUS_READ_MARKER_H

/*
 * What the first characters of a line say about its place in an official document: "Chương II", "Điều 5.",
 * "I. …", "1.2. …", "a) …", "- …".
 * Source: Decree 30/2020/NĐ-CP, appendix I, section II.5 (parts, chapters, sections, articles, clauses,
 * points); the same habits hold in Party documents, which number with A, I, 1, 1.1, a.
 */

#include "base/document.h"

struct nd_marker {
    enum nd_block_kind kind; /* ND_BLOCK_PARAGRAPH when the line carries no marker */
    unsigned level;          /* of a heading: 1 part to 5 article, 6 A, 7 I, 8 1; of a list item: its depth */
    size_t size;             /* bytes of white space and marker */
};

/* line is one line or paragraph without its line break. A numbered line counts as a heading when it is short
 * and does not end as a sentence does, otherwise as a list item. */
struct nd_marker nd_marker_of(struct nd_str line);

#endif
