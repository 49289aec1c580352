#ifndef ND_ANALYZERS_TEXT_EDITS_H
#define ND_ANALYZERS_TEXT_EDITS_H

/*
 * Normalised text in the making: the source is copied through, except where an edit replaces some of it.
 * Inside analyzers/text only.
 */

#include "analyzers/text/normalize.h"

struct nd_edit_list {
    struct nd_str source;
    size_t done; /* source bytes already copied or replaced */
    char *buffer;
    size_t size, capacity;
    struct nd_edit *edits;
    size_t n_edits, edits_capacity;
};

/* Replaces source bytes start..end (start >= done, at most 65535 of them) by the n bytes of text. */
void nd_edit_list_replace(struct nd_edit_list *list, size_t start, size_t end, const char *text, size_t n);

/* Copies the rest of the source and hands everything over; the list is empty afterwards. */
void nd_edit_list_finish(struct nd_edit_list *list, struct nd_normalized *out);

/* Rewrites the part start..end of a word, done <= start. Whether the word goes on after it decides
 * about its tone mark. Appends edits only for what changes. */
void nd_normalize_word(struct nd_edit_list *list, size_t start, size_t end);

/* Longest part of a word rewritten at once, in characters; marks may exceed it by ND_WORD_PART_MARKS (the
 * limit of the Stream-Safe Text Format, UAX #15, is 30). */
enum { ND_WORD_PART_CHARACTERS = 64, ND_WORD_PART_MARKS = 32 };

#endif
