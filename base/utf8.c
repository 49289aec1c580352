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

/*
 * The same as a machine of nine states, for going over text without a branch a byte. A state is the shift
 * that finds the next state in the number a byte stands for: six bits a state, all of them zero for what may
 * not follow. Source: Per Vognsen, "Shift-based DFAs",
 * https://gist.github.com/pervognsen/218ea17743e1442e59bb60d29b1aa725
 */
enum state {
    BAD = 0,
    BETWEEN = 6,
    LAST_1 = 12,
    LAST_2 = 18,
    AFTER_E0 = 24,
    AFTER_ED = 30,
    AFTER_F0 = 36,
    LAST_3 = 42,
    AFTER_F4 = 48
};

#define GO(from, to) ((uint64_t)(to) << (from))
/* a byte of a character that may follow anything in its place; those that must not follow E0, ED, F0, F4
 * differ */
#define GO_ON (GO(LAST_1, BETWEEN) | GO(LAST_2, LAST_1) | GO(LAST_3, LAST_2))

static const uint64_t steps[256] = {
    [0x00 ... 0x7f] = GO(BETWEEN, BETWEEN),
    [0x80 ... 0x8f] = GO_ON | GO(AFTER_ED, LAST_1) | GO(AFTER_F4, LAST_2),
    [0x90 ... 0x9f] = GO_ON | GO(AFTER_ED, LAST_1) | GO(AFTER_F0, LAST_2),
    [0xa0 ... 0xbf] = GO_ON | GO(AFTER_E0, LAST_1) | GO(AFTER_F0, LAST_2),
    [0xc2 ... 0xdf] = GO(BETWEEN, LAST_1),
    [0xe0] = GO(BETWEEN, AFTER_E0),
    [0xe1 ... 0xec] = GO(BETWEEN, LAST_2),
    [0xed] = GO(BETWEEN, AFTER_ED),
    [0xee ... 0xef] = GO(BETWEEN, LAST_2),
    [0xf0] = GO(BETWEEN, AFTER_F0),
    [0xf1 ... 0xf3] = GO(BETWEEN, LAST_3),
    [0xf4] = GO(BETWEEN, AFTER_F4),
};

enum { STRETCH = 1024 }; /* bytes between two looks at the state */

size_t nd_utf8_valid_prefix(struct nd_bytes bytes)
{
    const uint8_t *p = bytes.p, *const end = bytes.p + bytes.n;
    const uint8_t *good = p; /* characters end here */
    while (end - p >= STRETCH) {
        uint64_t state = BETWEEN;
        for (unsigned i = 0; i < STRETCH; i++)
            state = steps[p[i]] >> (state & 63);
        if ((state & 63) == BAD)
            break;
        /* the next stretch begins with the character that this one may have cut */
        p += STRETCH;
        while ((state & 63) != BETWEEN && (p[-1] & 0xc0) == 0x80)
            p--;
        p -= (state & 63) != BETWEEN;
        good = p;
    }
    for (size_t n; good < end && (n = sequence_length(good, end)) > 0;)
        good += n;
    return (size_t)(good - bytes.p);
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
