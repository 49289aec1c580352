#ifndef ND_CORPUS_READ_EXTRACT_DOCX_STYLES_H
#define ND_CORPUS_READ_EXTRACT_DOCX_STYLES_H

/* What word/styles.xml and word/numbering.xml of a .docx add to its paragraphs: fonts, heading levels, and
 * the numbers that Word writes in front ("Điều 5.", "a)") and the text does not hold. */

#include "base/auto.h"
#include "base/str.h"

struct nd_docx_styles;

struct nd_docx_styles *nd_docx_styles_new(void);
void nd_docx_styles_free(struct nd_docx_styles *self);
ND_DEFINE_AUTO(nd_docx_styles, nd_docx_styles_free)

void nd_docx_styles_read(struct nd_docx_styles *self, struct nd_bytes part);
void nd_docx_styles_read_numbering(struct nd_docx_styles *self, struct nd_bytes part);

/* Of a style (NULL: the default), through its bases; borrowed from self, NULL when nothing is said. */
const char *nd_docx_styles_font(const struct nd_docx_styles *self, const char *style);
/* From 1; 0 when the style is no heading. */
unsigned nd_docx_styles_heading(const struct nd_docx_styles *self, const char *style);
/* The list a style puts its paragraphs in; false when none. */
bool nd_docx_styles_list(const struct nd_docx_styles *self, const char *style, long *list_out,
                         long *level_out);

/* Counts one more paragraph of the list and returns what stands before it ("5. ", "- "), "" for unknown
 * lists; caller frees. */
char *nd_docx_styles_next_number(struct nd_docx_styles *self, long list, long level);

#endif
