#ifndef ND_CORPUS_READ_BUILDER_H
#define ND_CORPUS_READ_BUILDER_H

/*
 * What an extractor writes a document with. It keeps the promises of base/document.h: '\n' between blocks,
 * '\t' between the cells of a row, '\f' between pages, no white space at the ends of a block, no empty
 * blocks, running headers and footers once. Text is given in runs of one font; legacy Vietnamese is converted
 * at the end, when the whole document can testify; in fonts of signs (charset/pictogram.h) it is the signs.
 */

#include "base/document.h"

struct nd_builder;

struct nd_builder *nd_builder_new(void);
void nd_builder_free(struct nd_builder *self);
ND_DEFINE_AUTO(nd_builder, nd_builder_free)

/* Ends the block before, if any; the new one starts with its first character that is no white space. */
void nd_builder_begin(struct nd_builder *self, enum nd_block_kind kind, unsigned level);
/* A cell, or one more paragraph of the same cell. */
void nd_builder_begin_cell(struct nd_builder *self, unsigned row, unsigned column);
void nd_builder_end(struct nd_builder *self);
/* The next block is on the next page (from 1). */
void nd_builder_page_break(struct nd_builder *self);

/* The next block is on page `number` (from 1), wherever that page would stand. */
void nd_builder_go_to_page(struct nd_builder *self, unsigned number);

/* The font of the text that follows; NULL when unknown. */
void nd_builder_font(struct nd_builder *self, const char *name);
/* Valid UTF-8. Begins a paragraph when no block is open. Control characters become spaces. */
void nd_builder_text(struct nd_builder *self, struct nd_str text);
void nd_builder_char(struct nd_builder *self, uint32_t c);
/* The optional hyphen of word processors: nothing, but in a font of before Unicode the letter of byte 0xAD (ư
 * in TCVN3), which programs that did not know the font took for one. */
void nd_builder_soft_hyphen(struct nd_builder *self);
/* A line break inside the block. Spaces around it go. */
void nd_builder_line_break(struct nd_builder *self);
/* One space, unless white space is there already or the block has not begun. */
void nd_builder_space(struct nd_builder *self);
/* False when the text has reached its cap: go on only with what is cheap. */
bool nd_builder_has_room(const struct nd_builder *self);

/* For diagnostics and `partial`; borrowed. Its text is empty until the end. */
struct nd_document *nd_builder_document(struct nd_builder *self);

/* The text of block i so far; borrowed until the next call that writes. */
struct nd_str nd_builder_block_text(const struct nd_builder *self, unsigned i);

/* The document; self is empty afterwards. Legacy Vietnamese is converted and what a conversion lost put back
 * (charset/convert.h, viqr.h, repair.h). Paragraphs that begin with a marker (marker.h) become headings and
 * list items; a line inside a paragraph that begins with one begins a block of its own, as does what follows
 * a heading or an empty line. */
struct nd_document *nd_builder_finish(struct nd_builder *self);

#endif
