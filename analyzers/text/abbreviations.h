#ifndef ND_ANALYZERS_TEXT_ABBREVIATIONS_H
#define ND_ANALYZERS_TEXT_ABBREVIATIONS_H

/*
 * Abbreviations and what they are short for: those everybody in the field knows (abbreviations.def), and
 * those a document defines in brackets at the first use, "tổ chức cơ sở đảng (TCCSĐ)" or "TCCSĐ (tổ chức cơ
 * sở đảng)": the letters must be the initials of the words beside them. Both forms are folded keys, words
 * joined by one space.
 */

#include "base/auto.h"
#include "base/str.h"

struct nd_abbreviation {
    const char *abbreviation, *expansion;
};

/* The common ones, by the folded abbreviation or expansion; NULL when there is none. Static. */
const char *nd_abbreviation_expand(struct nd_str abbreviation);
const char *nd_abbreviation_shorten(struct nd_str expansion);

/* Definitions met in documents; each is reported once. */
struct nd_abbreviations;

struct nd_abbreviations *nd_abbreviations_new(void);
void nd_abbreviations_free(struct nd_abbreviations *self);
ND_DEFINE_AUTO(nd_abbreviations, nd_abbreviations_free)

/* Finds the definitions in normalised text and appends those that are new to out (of struct nd_abbreviation,
 * borrowed from self until it is freed). Stops learning at a cap far above what any collection needs. */
void nd_abbreviations_learn(struct nd_abbreviations *self, struct nd_str text, GArray *out);

#endif
