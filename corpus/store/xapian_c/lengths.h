#ifndef XAPIAN_C_LENGTHS_H
#define XAPIAN_C_LENGTHS_H

/*
 * Inside the binding (C++): the lengths of documents as xc_writer_pack_lengths packs them, one piece of user
 * metadata for a block of ids. For each id of the block, up to the last one that has a document: its length
 * and one, seven bits a byte, lowest first, the highest bit set in all but the last byte of a number; 0 for
 * no document.
 */

#include <cstdint>
#include <string>
#include <xapian.h>

namespace xc
{

using Xapian::docid;

constexpr docid BLOCK = 2048; /* documents: what is kept for each of them stays in the first cache */

/* The first id of the block that an id is in. */
inline docid block_of(docid id)
{
    return id - id % BLOCK;
}

inline std::string key_of_lengths(docid block)
{
    return "lengths" + std::to_string(block / BLOCK);
}

inline void append_length(std::string &packed, Xapian::termcount length)
{
    uint64_t number = uint64_t(length) + 1;
    for (; number >= 0x80; number >>= 7)
        packed += static_cast<char>(number | 0x80);
    packed += static_cast<char>(number);
}

/* Calls take with the place in the block, and the length, of each document that is listed. */
template <typename Take> void each_length(const std::string &packed, Take take)
{
    const auto *p = reinterpret_cast<const unsigned char *>(packed.data()), *const end = p + packed.size();
    for (docid i = 0; p < end && i < BLOCK; i++) {
        uint64_t number = *p & 0x7fU;
        if (*p >= 0x80 && end - p >= 2 && p[1] < 0x80) { /* most are of two bytes */
            number |= uint64_t(p[1]) << 7;
            p += 2;
        } else {
            for (unsigned shift = 7; *p >= 0x80 && end - p >= 2 && shift < 64; shift += 7)
                number |= uint64_t(*++p & 0x7fU) << shift;
            p++;
        }
        if (number > 0)
            take(i, static_cast<Xapian::termcount>(number - 1));
    }
}

} // namespace xc

#endif
