#ifndef ND_CORPUS_READ_CHARSET_VIQR_H
#define ND_CORPUS_READ_CHARSET_VIQR_H

#include "base/document.h"

/*
 * Vietnamese typed in ASCII: "Dda?ng co^.ng sa?n Vie^.t Nam". Converts doc->text when it is ASCII and such
 * words fill it: at least ten different ones with two marks or "dd", and a fifth of all words marked. The
 * blocks of doc must not have been made yet. Returns whether it converted. Source: RFC 1456, section 3
 * (VIQR).
 */
bool nd_convert_viqr(struct nd_document *doc);

#endif
