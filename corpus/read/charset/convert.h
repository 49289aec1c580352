#ifndef ND_CORPUS_READ_CHARSET_CONVERT_H
#define ND_CORPUS_READ_CHARSET_CONVERT_H

/*
 * Turns legacy Vietnamese inside a UTF-8 text (legacy.h says what it looks like there) into Unicode, word by
 * word, so that texts mixed of several encodings come out right. Fonts decide where the format has them,
 * unless the words contradict; elsewhere the words decide: an encoding is accepted only when it turns at
 * least three different words that are no Vietnamese into Vietnamese syllables, and three of four such words
 * altogether. Text that is Vietnamese, English, French or Russian in Unicode is left as it is.
 */

#include "base/document.h"
#include "corpus/read/charset/legacy.h"

/* From byte `start` on, until the next run, text is in a font with these properties. */
struct nd_font_run {
    uint32_t start;
    struct nd_legacy_font font;
};

/* How many characters there are that make legacy text likely: those that are odd inside of words (a lone § or
 * 20 °C is nothing), and marked letters of Latin-1 in a row, which no Vietnamese word has and windows-1258 is
 * full of. Counts to ND_LEGACY_SUSPECTS_TO_START; fewer are not worth a closer look. */
enum { ND_LEGACY_SUSPECTS_TO_START = 3 };
unsigned nd_legacy_suspects(struct nd_str text);

/* Converts doc->text in place of the old one and moves the blocks' offsets; runs (of struct nd_font_run,
 * sorted) may be NULL. Sets doc->encoding when something was converted. Returns whether it was. */
bool nd_convert_legacy(struct nd_document *doc, const GArray *runs);

/* A file's name of unknown encoding, as archives hold it: UTF-8, else the encoding that makes all its words
 * Vietnamese, else what DOS wrote (code page 437). Caller frees with g_free. */
char *nd_convert_name(struct nd_bytes name);

#endif
