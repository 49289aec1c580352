#include "corpus/store/content_key.h"

#include <nettle/sha2.h>

void nd_content_key(struct nd_str text, char key_out[ND_DOCUMENT_KEY_DIGITS + 1])
{
    static const char digits[] = "0123456789abcdef";
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, text.n, (const uint8_t *)text.p);
    sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; i < ND_DOCUMENT_KEY_DIGITS / 2; i++) {
        key_out[2 * i] = digits[digest[i] >> 4];
        key_out[2 * i + 1] = digits[digest[i] & 0xf];
    }
    key_out[ND_DOCUMENT_KEY_DIGITS] = '\0';
}
