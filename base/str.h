#ifndef ND_BASE_STR_H
#define ND_BASE_STR_H

/*
 * Borrowed slices. Both are passed by value and own nothing: whoever hands one out says until when it holds.
 *
 * struct nd_str is valid UTF-8, maybe without a terminating NUL; only base/utf8.h and corpus/read make one
 * from bytes that came from outside. struct nd_bytes is untrusted input of any content.
 */

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct nd_str {
    const char *p;
    size_t n;
};

struct nd_bytes {
    const uint8_t *p;
    size_t n;
};

/* A part of a text in bytes, end exclusive. */
struct nd_range {
    uint32_t start, end;
};

/* A string literal as a slice, without counting it at run time. */
#define ND_STR(literal) ((struct nd_str){"" literal, sizeof(literal) - 1})

/* The slice of a NUL-terminated string that is known to be UTF-8; NULL gives the empty slice. */
static inline struct nd_str nd_str_from_c(const char *s)
{
    return (struct nd_str){s ? s : "", s ? strlen(s) : 0};
}

/* The part of s from byte start to byte end, end exclusive; both must lie on character boundaries within s.
 */
static inline struct nd_str nd_str_slice(struct nd_str s, size_t start, size_t end)
{
    g_assert(start <= end && end <= s.n);
    return (struct nd_str){s.p + start, end - start};
}

static inline bool nd_str_equal(struct nd_str a, struct nd_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool nd_str_has_prefix(struct nd_str s, struct nd_str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool nd_str_has_suffix(struct nd_str s, struct nd_str suffix)
{
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

/* A NUL-terminated copy; caller frees with g_free. */
static inline char *nd_str_dup(struct nd_str s)
{
    return g_strndup(s.p ? s.p : "", s.n);
}

#endif
