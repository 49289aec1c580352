#ifndef ND_ANALYZERS_TEXT_KEYSTROKES_H
#define ND_ANALYZERS_TEXT_KEYSTROKES_H

/*
 * What somebody meant whose input method was off: the keys of Telex or VNI left as they were struck
 * ("ddangr vieen", "d9a3ng vie6n" for đảng viên). Marks and tone may stand behind their vowel or at the end
 * of the word. docs/vietnamese.md, "What a query may mean".
 */

#include "base/caps.h"
#include "base/str.h"

/* Writes the syllable that the keys of folded (nd_fold) make into out and returns its bytes; 0 when they make
 * none, or the word holds no such key. */
size_t nd_read_keystrokes(struct nd_str folded, char out[ND_CAP_TERM_BYTES]);

#endif
