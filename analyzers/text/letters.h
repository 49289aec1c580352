#ifndef ND_ANALYZERS_TEXT_LETTERS_H
#define ND_ANALYZERS_TEXT_LETTERS_H

/*
 * The Vietnamese letters as vowel, tone and case: what normalisation, folding and the syllable tables share.
 * Inside analyzers/text only.
 */

#include <stdbool.h>
#include <stdint.h>

enum nd_tone {
    ND_TONE_LEVEL,
    ND_TONE_HUYEN,
    ND_TONE_HOI,
    ND_TONE_NGA,
    ND_TONE_SAC,
    ND_TONE_NANG,
    ND_N_TONES
};

enum nd_vowel {
#define ND_VOWEL(name, ...) ND_VOWEL_##name,
#include "analyzers/text/vowels.def"
#undef ND_VOWEL
    ND_N_VOWELS
};

struct nd_vowel_letter {
    enum nd_vowel vowel;
    enum nd_tone tone;
    bool upper;
};

/* Whether c is a composed Vietnamese vowel letter, and which. *out is untouched when it is not. */
bool nd_vowel_letter_parse(uint32_t c, struct nd_vowel_letter *out);
uint32_t nd_vowel_letter_compose(struct nd_vowel_letter letter);
/* The vowel without any mark: 'a' of ă and â. */
char nd_vowel_plain(enum nd_vowel vowel);

/* Simple lower case of any character. */
uint32_t nd_letter_lower(uint32_t c);
/* Lower-case c without accents; đ gives d. Characters without a plain form stay as they are. */
uint32_t nd_letter_bare(uint32_t c);

/* Characters that do not show and are no part of a text's spelling: soft hyphen, zero-width characters, byte
 * order mark, direction marks, variation selectors. Source: Unicode property Default_Ignorable_Code_Point. */
bool nd_char_is_ignorable(uint32_t c);
/* ' ' for a space in disguise (no-break, thin, ideographic ...), '\n' for a line break in disguise, else 0.
 */
char nd_char_space(uint32_t c);
bool nd_char_is_mark(uint32_t c);
/* Letters with their marks. */
bool nd_char_is_letter(uint32_t c);
bool nd_char_is_digit(uint32_t c);

#endif
