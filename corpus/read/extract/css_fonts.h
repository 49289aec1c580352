#ifndef ND_CORPUS_READ_EXTRACT_CSS_FONTS_H
#define ND_CORPUS_READ_EXTRACT_CSS_FONTS_H

/*
 * The fonts that a style sheet gives to elements: only what decides the encoding of old Vietnamese pages,
 * which name ".VnTime" in a class and nowhere else. Rules with one simple selector each ("p", ".b", "p.b",
 * "#c"; of "div p.b" the last part); the later rule wins over the earlier, an id over a class, a class over
 * an element.
 */

#include "base/auto.h"
#include "base/str.h"

struct nd_css_fonts;

struct nd_css_fonts *nd_css_fonts_new(void);
void nd_css_fonts_free(struct nd_css_fonts *self);
ND_DEFINE_AUTO(nd_css_fonts, nd_css_fonts_free)

/* Adds the rules of a style sheet; at most so many that hostile pages cost little. */
void nd_css_fonts_read(struct nd_css_fonts *self, const char *sheet);

/* The font of an element; classes (white space between) and id may be NULL. Borrowed from self; NULL when no
 * rule says. */
const char *nd_css_fonts_of(const struct nd_css_fonts *self, const char *element, const char *classes,
                            const char *id);

/* The first family that a list of declarations ("color: red; font-family: '.VnTime', serif") names, also in
 * the short form "font: 12pt .VnTime". Caller frees with g_free; NULL when none. */
char *nd_css_family(const char *declarations);

#endif
