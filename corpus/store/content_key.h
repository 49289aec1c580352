#ifndef ND_CORPUS_STORE_CONTENT_KEY_H
#define ND_CORPUS_STORE_CONTENT_KEY_H

#include "base/str.h"

/* Hexadecimal digits of a document's key. */
enum { ND_DOCUMENT_KEY_DIGITS = 32 };

/* The key of a text: the first half of its SHA-256, lower case, with a NUL behind it. A cryptographic hash,
 * because a document whose key is known counts as a copy and is shown through the other. Source: FIPS 180-4.
 */
void nd_content_key(struct nd_str text, char key_out[ND_DOCUMENT_KEY_DIGITS + 1]);

#endif
