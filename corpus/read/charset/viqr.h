#ifndef ND_CORPUS_READ_CHARSET_VIQR_H
#define ND_CORPUS_READ_CHARSET_VIQR_H

#include "base/document.h"

/*
 * Vietnamese typed in ASCII: "Dda?ng co^.ng sa?n Vie^.t Nam". A text is taken for it when it is ASCII and
 * such words fill it: at least ten different ones with two marks or "dd" and a fifth of all words marked, or
 * three of them and two thirds. Source: RFC 1456, section 3 (VIQR).
 */

/* Converts doc->text in place and moves the blocks' offsets. Returns whether it did. */
bool nd_convert_viqr(struct nd_document *doc);

/* The text in Unicode, caller frees with g_free; NULL when it is no VIQR. */
char *nd_viqr_decode(struct nd_str text);

#endif
