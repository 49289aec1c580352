#ifndef ND_CORPUS_READ_CHARSET_SYLLABLE_H
#define ND_CORPUS_READ_CHARSET_SYLLABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Whether letters (code points, composed, any case) spell a syllable that Vietnamese spelling allows: initial
 * consonant, rime, and a tone that the rime can bear. The evidence for guessing encodings: a text decoded
 * wrongly hardly ever spells syllables. Foreign words and abbreviations are none.
 * Source: Quy tắc chính tả tiếng Việt as taught in primary schools; rimes after Đoàn Thiện Thuật, Ngữ âm
 * tiếng Việt (1977), chapter 6, plus -oong, -ooc of loan words.
 */
bool nd_syllable_is_valid(const uint32_t *letters, size_t n);

/* Whether c is one of the 134 letters that Vietnamese adds to ASCII, or the eth (Ð) written for Đ. */
bool nd_letter_is_vietnamese(uint32_t c);

/* The letter that c becomes under a combining mark, in whatever order marks are given; 0 when there is none.
 */
uint32_t nd_letter_with_mark(uint32_t c, uint32_t combining);

#endif
