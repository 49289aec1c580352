#ifndef ND_CORPUS_READ_CHARSET_PICTOGRAM_H
#define ND_CORPUS_READ_CHARSET_PICTOGRAM_H

/*
 * Fonts that show pictures and signs where other fonts have letters: the check boxes of forms in Wingdings,
 * "not more than" in Symbol.
 */

#include <stdint.h>

enum nd_pictograms {
    ND_PICTOGRAMS_NONE,
    ND_PICTOGRAMS_WINGDINGS,
    ND_PICTOGRAMS_WINGDINGS_2,
    ND_PICTOGRAMS_WEBDINGS,
    ND_PICTOGRAMS_SYMBOL,
};

/* What shows instead of a picture that is no sign of its own. */
enum { ND_PICTOGRAM_ANY = 0x2022 };

/* Which signs a font of this name has; NULL and other names say none. */
enum nd_pictograms nd_pictograms_of(const char *font);

/* The character that code point c shows in such a font: c is its byte, or U+F000 plus the byte. What the font
 * has no sign for, or is in Unicode already, stays. */
uint32_t nd_pictogram(enum nd_pictograms font, uint32_t c);

#endif
