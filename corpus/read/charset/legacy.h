#ifndef ND_CORPUS_READ_CHARSET_LEGACY_H
#define ND_CORPUS_READ_CHARSET_LEGACY_H

/*
 * Decoding of the encodings of legacy.def. Their input is what such text looks like to software that does not
 * know them: one code point a byte, as Latin-1, windows-1252 or (symbol fonts, control characters in HTML)
 * U+F000 plus the byte.
 */

#include "base/str.h"

enum nd_legacy {
    ND_LEGACY_NONE,
#define ND_LEGACY(id, name, table) ND_LEGACY_##id,
#include "corpus/read/charset/legacy.def"
#undef ND_LEGACY
    ND_N_LEGACY
};

struct nd_legacy_font {
    enum nd_legacy encoding;
    bool capitals; /* small letters look like capitals in this font */
};

/* "utf-8" for ND_LEGACY_NONE. */
const char *nd_legacy_name(enum nd_legacy encoding);

/* What a font's name says about text in it; NULL and unknown names say ND_LEGACY_NONE. */
struct nd_legacy_font nd_legacy_font_of(const char *name);

/* The byte that code point c stands for, or -1. */
int nd_legacy_byte(uint32_t c);

/* Decodes in[0..n) into out, which has room for n code points and may be in itself; code points that mean
 * nothing in encoding are copied. Returns the code points written. */
size_t nd_legacy_decode(enum nd_legacy encoding, const uint32_t *in, size_t n, uint32_t *out);

#endif
