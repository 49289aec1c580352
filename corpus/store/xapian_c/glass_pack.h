#ifndef XAPIAN_C_GLASS_PACK_H
#define XAPIAN_C_GLASS_PACK_H

/*
 * How numbers lie in a glass database. Inside the binding only.
 * Source: Xapian 1.4, common/pack.h.
 */

#include "corpus/store/xapian_c/xc_types.h"

/* Bytes that one number may take. */
enum { XC_CAP_PACKED_BYTES = 10 };

/* Seven bits a byte, lowest first. Returns the end of what it wrote. */
static inline uint8_t *xc_pack_uint(uint8_t *p, uint64_t number)
{
    while (number >= 0x80) {
        *p++ = (uint8_t)(number | 0x80);
        number >>= 7;
    }
    *p++ = (uint8_t)number;
    return p;
}

/* Returns the end of the number at p, which xc_pack_uint wrote. */
static inline const uint8_t *xc_unpack_uint(const uint8_t *p, uint64_t *number_out)
{
    uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
        number |= (uint64_t)(*p & 0x7f) << shift;
        if (*p++ < 0x80)
            break;
    }
    *number_out = number;
    return p;
}

/* Numbers in keys: their bytes sort as the numbers do. Two bytes up to 0x7fff; above, the leading ones of the
 * first byte count the bytes beyond two. */
static inline uint8_t *xc_pack_sorted(uint8_t *p, uint32_t number)
{
    if (number < 0x8000) {
        *p++ = (uint8_t)(number >> 8);
        *p++ = (uint8_t)number;
        return p;
    }
    unsigned n = 3;
    for (uint32_t rest = number >> 22; rest; rest >>= 7)
        n++;
    *p++ = (uint8_t)(0xffu << (10 - n) | (n < 5 ? number >> 8 * (n - 1) : 0));
    for (unsigned i = n - 1; i-- > 0;)
        *p++ = (uint8_t)(number >> 8 * i);
    return p;
}

static inline void xc_append_uint(GString *out, uint64_t number)
{
    uint8_t bytes[XC_CAP_PACKED_BYTES];
    g_string_append_len(out, (const char *)bytes, xc_pack_uint(bytes, number) - bytes);
}

static inline void xc_append_sorted(GString *out, uint32_t number)
{
    uint8_t bytes[XC_CAP_PACKED_BYTES];
    g_string_append_len(out, (const char *)bytes, xc_pack_sorted(bytes, number) - bytes);
}

#endif
