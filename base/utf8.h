#ifndef ND_BASE_UTF8_H
#define ND_BASE_UTF8_H

/*
 * The border between untrusted bytes and struct nd_str, and the small decoder the analyzers share.
 * Source: The Unicode Standard 15.0, section 3.9, table 3-7 (well-formed byte sequences).
 */

#include "base/str.h"

/* The length of the longest well-formed prefix of bytes. Equal to bytes.n when all of it is UTF-8. */
size_t nd_utf8_valid_prefix(struct nd_bytes bytes);

/* bytes as a slice over the same memory when all of it is well-formed; otherwise returns false and leaves
 * *out untouched. *bad_offset_out, where not NULL, is the first ill-formed byte. */
bool nd_utf8_check(struct nd_bytes bytes, struct nd_str *out, size_t *bad_offset_out);

/* Decodes the character at byte i of well-formed s (i < s.n), sets *length_out to its 1 to 4 bytes. */
uint32_t nd_utf8_decode(struct nd_str s, size_t i, size_t *length_out);

/* Encodes c (a Unicode scalar value) into buffer, returns its 1 to 4 bytes. */
size_t nd_utf8_encode(uint32_t c, char buffer[4]);

/* The start of the character that byte i of well-formed s lies in. */
size_t nd_utf8_floor(struct nd_str s, size_t i);

#endif
