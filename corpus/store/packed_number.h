#ifndef ND_CORPUS_STORE_PACKED_NUMBER_H
#define ND_CORPUS_STORE_PACKED_NUMBER_H

/* Numbers in the packed columns of the catalogue: seven bits a byte, lowest first, the last byte below 0x80
 * (LEB128). */

#include <stdbool.h>
#include <stdint.h>

enum { ND_PACKED_NUMBER_BYTES = 5 }; /* at most */

/* Returns where the next one goes. */
static inline uint8_t *nd_packed_number_put(uint8_t *p, uint32_t number)
{
    for (; number >= 0x80; number >>= 7)
        *p++ = (uint8_t)(number | 0x80);
    *p++ = (uint8_t)number;
    return p;
}

/* Moves *p behind the number. False when there is none before end. */
static inline bool nd_packed_number_take(const uint8_t **p, const uint8_t *end, uint32_t *out)
{
    uint32_t number = 0;
    for (unsigned shift = 0; shift < 32 && *p < end; shift += 7) {
        const uint8_t byte = *(*p)++;
        number |= (uint32_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *out = number;
            return true;
        }
    }
    return false;
}

#endif
