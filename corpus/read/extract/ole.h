#ifndef ND_CORPUS_READ_EXTRACT_OLE_H
#define ND_CORPUS_READ_EXTRACT_OLE_H

/* Streams of OLE2 compound files (.doc, .xls, .ppt), through libgsf; and little-endian numbers out of them.
 */

#include "base/auto.h"
#include "base/str.h"
#include "corpus/read/extract/sniff.h"

struct nd_ole;

/* Fails with ND_ERROR_INPUT. file must outlive it. */
struct nd_ole *nd_ole_open(struct nd_bytes file, GError **error);
void nd_ole_close(struct nd_ole *ole);
ND_DEFINE_AUTO(nd_ole, nd_ole_close)

/* A whole stream of the top folder, names compared without case; NULL when there is none or it is broken or
 * larger than ND_CAP_FILE_BYTES. Caller frees with g_free. */
uint8_t *nd_ole_read(struct nd_ole *ole, const char *name, size_t *size_out);

/* Which of the formats in OLE2 files this is. */
enum nd_format nd_ole_format(struct nd_bytes file);

/* Numbers at byte i; 0 when they do not lie within b. */
static inline uint8_t nd_u8(struct nd_bytes b, size_t i)
{
    return i < b.n ? b.p[i] : 0;
}

static inline uint16_t nd_u16(struct nd_bytes b, size_t i)
{
    if (i >= b.n || b.n - i < 2)
        return 0;
    return (uint16_t)(b.p[i] | b.p[i + 1] << 8);
}

static inline uint32_t nd_u32(struct nd_bytes b, size_t i)
{
    return i < b.n && b.n - i >= 4 ? (uint32_t)nd_u16(b, i) | (uint32_t)nd_u16(b, i + 2) << 16 : 0;
}

/* The part of b from byte i on, at most n bytes; empty when i lies outside. */
static inline struct nd_bytes nd_part(struct nd_bytes b, size_t i, size_t n)
{
    if (i >= b.n)
        return (struct nd_bytes){b.p, 0};
    return (struct nd_bytes){b.p + i, MIN(n, b.n - i)};
}

#endif
