#ifndef ND_GRAPH_TITLES_H
#define ND_GRAPH_TITLES_H

/*
 * Comparing names and titles by their syllables, without accents, case, order and the small words that people
 * leave out: "Luật chống lãng phí, thực hành tiết kiệm" is the "Luật Thực hành tiết kiệm, chống lãng phí".
 */

#include <glib.h>

/* What a citation by name is looked up by: "name:L:CHONG-LANG-..." from the type's class and the sorted
 * syllables. type is a code of types.tsv or NULL. Caller frees; NULL when the name says nothing. */
char *nd_title_group(const char *type, const char *name);

/* How much of the shorter title the longer one has, 0 to 1; negative when one of them says too little. */
double nd_title_similarity(const char *a, const char *b);

/* The same for a run that compares the same titles again and again: remembers what syllables they have. */
struct nd_titles;
struct nd_titles *nd_titles_new(void);
void nd_titles_free(struct nd_titles *titles);
double nd_titles_similarity(struct nd_titles *titles, const char *a, const char *b);

/* A stub key for a work known by name only: "LUAT-QUAN-LY-NGOAI-THUONG". Caller frees. */
char *nd_title_key(const char *type, const char *name);

#endif
