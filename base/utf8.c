#include "base/utf8.h"

/* Bytes the well-formed sequence at p takes, 0 when it is ill-formed or cut short by end. */
static size_t sequence_length(const uint8_t *p, const uint8_t *end)
{
    const uint8_t lead = p[0];
    const size_t left = (size_t)(end - p);
    if (lead < 0x80)
        return 1;
    if (lead < 0xc2 || lead > 0xf4)
        return 0;
    if (lead < 0xe0)
        return left >= 2 && (p[1] & 0xc0) == 0x80 ? 2 : 0;
    if (lead < 0xf0) {
        if (left < 3 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80)
            return 0;
        /* no overlong forms, no surrogates */
        return (lead == 0xe0 && p[1] < 0xa0) || (lead == 0xed && p[1] > 0x9f) ? 0 : 3;
    }
    if (left < 4 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80 || (p[3] & 0xc0) != 0x80)
        return 0;
    return (lead == 0xf0 && p[1] < 0x90) || (lead == 0xf4 && p[1] > 0x8f) ? 0 : 4;
}

size_t nd_utf8_valid_prefix(struct nd_bytes bytes)
{
    const uint8_t *p = bytes.p, *end = bytes.p + bytes.n;
    while (p < end) {
        uint64_t word;
        while (end - p >= 8 && (memcpy(&word, p, 8), (word & 0x8080808080808080u) == 0))
            p += 8;
        if (p == end)
            break;
        const size_t n = sequence_length(p, end);
        if (n == 0)
            break;
        p += n;
    }
    return (size_t)(p - bytes.p);
}

bool nd_utf8_check(struct nd_bytes bytes, struct nd_str *out, size_t *bad_offset_out)
{
    const size_t n = nd_utf8_valid_prefix(bytes);
    if (n != bytes.n) {
        if (bad_offset_out)
            *bad_offset_out = n;
        return false;
    }
    *out = (struct nd_str){(const char *)bytes.p, n};
    return true;
}

uint32_t nd_utf8_decode(struct nd_str s, size_t i, size_t *length_out)
{
    const uint8_t *p = (const uint8_t *)s.p + i;
    if (p[0] < 0x80) {
        *length_out = 1;
        return p[0];
    }
    if (p[0] < 0xe0) {
        *length_out = 2;
        return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
    }
    if (p[0] < 0xf0) {
        *length_out = 3;
        return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
    }
    *length_out = 4;
    return (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
}

size_t nd_utf8_encode(uint32_t c, char buffer[4])
{
    if (c < 0x80) {
        buffer[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        buffer[0] = (char)(0xc0 | c >> 6);
        buffer[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        buffer[0] = (char)(0xe0 | c >> 12);
        buffer[1] = (char)(0x80 | (c >> 6 & 0x3f));
        buffer[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    buffer[0] = (char)(0xf0 | c >> 18);
    buffer[1] = (char)(0x80 | (c >> 12 & 0x3f));
    buffer[2] = (char)(0x80 | (c >> 6 & 0x3f));
    buffer[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

size_t nd_utf8_floor(struct nd_str s, size_t i)
{
    while (i > 0 && i < s.n && ((uint8_t)s.p[i] & 0xc0) == 0x80)
        i--;
    return i;
}
