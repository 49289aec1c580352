#ifndef ND_CORPUS_READ_CHARSET_BYTES_H
#define ND_CORPUS_READ_CHARSET_BYTES_H

/*
 * From bytes in an encoding that may be declared, guessed or wrong to UTF-8. Bytes that no Unicode encoding
 * explains come out as windows-1252, one character a byte, which is the form nd_convert_legacy() takes legacy
 * Vietnamese in: call it on the finished text.
 */

#include "base/document.h"

/* The UTF-8 text, caller frees with g_free; its length goes to *size_out. A byte order mark decides (and is
 * kept when the text is UTF-8 anyway, dropped otherwise), then UTF-8 where the bytes are UTF-8, then UTF-16
 * by its high bytes, then `declared` (an encoding's name, or NULL), then a guess: Russian, Chinese and
 * Japanese by their frequent letters, damaged UTF-8, windows-1252. Lines are judged one by one, so a file may
 * change its encoding. Sets doc->encoding, adds "invalid-utf8", "invalid-text", "nul-bytes". */
char *nd_text_from_bytes(struct nd_bytes bytes, const char *declared, struct nd_document *doc,
                         size_t *size_out);

enum nd_utf16 { ND_UTF16_NO, ND_UTF16_LITTLE, ND_UTF16_BIG };

/* Whether the bytes are UTF-16 text, by their mark or by what half of them are. */
enum nd_utf16 nd_text_utf16(struct nd_bytes bytes);

/* Opens the converters that text may need, so that they work later without access to files. */
void nd_text_preload_converters(void);

/* One byte of code page `page` (1250 to 1258, 874, ...) as a code point; 0 when it has none. */
uint32_t nd_text_code_page_char(unsigned page, uint8_t byte);

/* Whether byte begins a character of two bytes in code page `page` (932, 936, 949, 950: East Asia). */
bool nd_text_is_lead_byte(unsigned page, uint8_t byte);
/* Such a character as a code point; U+FFFD when the two make none. */
uint32_t nd_text_double_char(unsigned page, uint8_t lead, uint8_t trail);

#endif
