#ifndef ND_BASE_NEAREST_H
#define ND_BASE_NEAREST_H

/* The candidate a word was probably meant to be: fewest insertions, deletions, replacements and swaps of
 * neighbouring bytes, at most one for every three bytes; a candidate that begins with the word counts as
 * near. NULL when none is near enough. candidates ends with NULL; the result is one of them. For short names
 * typed by people (options, field names), not for document text. */
const char *nd_nearest(const char *word, const char *const *candidates);

#endif
