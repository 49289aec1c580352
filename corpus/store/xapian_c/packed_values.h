#ifndef XAPIAN_C_PACKED_VALUES_H
#define XAPIAN_C_PACKED_VALUES_H

/*
 * Inside the binding (C++): the values of a slot, each of several parts with tabs between them, as
 * xc_writer_pack_values packs them for counting: one piece of user metadata for a block of ids.
 *
 *     how many parts, one byte
 *     for each part    how many different values it has in the block, two bytes, the lower one first;
 *                      each of them: its length, one byte, and its bytes
 *     for each part    of each id of the block, up to the last one packed, the number of its value from 1, or
 *                      0 for none: one byte, or two, the lower one first, where it has more than 255 values
 *
 * A block with a value of which a part is longer than 255 bytes is not packed.
 */

#include "corpus/store/xapian_c/lengths.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>
#include <xapian.h>

namespace xc
{

/* Calls take with each part of a value that is not empty, and its number. */
template <typename Take> void each_part(const std::string &value, size_t n_parts, Take take)
{
    const char *p = value.data(), *const end = p + value.size();
    for (size_t i = 0; i < n_parts && p < end; i++) {
        const char *const found = static_cast<const char *>(memchr(p, '\t', static_cast<size_t>(end - p)));
        const char *const tab = found ? found : end;
        if (tab > p)
            take(i, p, static_cast<size_t>(tab - p));
        p = tab + 1;
    }
}

inline std::string key_of_values(Xapian::valueno slot, Xapian::docid block)
{
    return "values" + std::to_string(slot) + "/" + std::to_string(block / BLOCK);
}

constexpr size_t NARROW = 255; /* values of a part whose numbers take one byte */

/* Packs the values of a block. */
class ValuePacker
{
    static constexpr size_t LONGEST = 255;
    struct Part {
        std::unordered_map<std::string, uint16_t> numbers{};
        std::string values{};
        std::vector<uint16_t> rows{};
    };
    std::vector<Part> parts_;
    bool fits_ = true;

    static void append(std::string &out, size_t number, bool wide)
    {
        out += static_cast<char>(number);
        if (wide)
            out += static_cast<char>(number >> 8);
    }

  public:
    explicit ValuePacker(size_t n_parts) : parts_(n_parts)
    {
    }

    /* place: of the document in its block; places ascend. */
    void add(size_t place, const std::string &value)
    {
        for (Part &part : parts_)
            part.rows.resize(place + 1);
        each_part(value, parts_.size(), [&](size_t i, const char *p, size_t n) {
            Part &part = parts_[i];
            const auto [known, is_new] = part.numbers.try_emplace(std::string(p, n), 0);
            if (is_new) {
                fits_ = fits_ && n <= LONGEST;
                known->second = static_cast<uint16_t>(part.numbers.size());
                append(part.values, n, false);
                part.values.append(p, n);
            }
            part.rows.back() = known->second;
        });
    }

    /* Empty where the values cannot be packed. */
    std::string packed() const
    {
        std::string out;
        if (!fits_)
            return out;
        append(out, parts_.size(), false);
        for (const Part &part : parts_) {
            append(out, part.numbers.size(), true);
            out += part.values;
        }
        for (const Part &part : parts_)
            for (uint16_t number : part.rows)
                append(out, number, part.numbers.size() > NARROW);
        return out;
    }
};

/* A packed block, to count in. */
class PackedValues
{
    struct Part {
        std::vector<std::string> values{};
        const uint8_t *rows = nullptr;
        bool wide = false;
        std::vector<uint32_t> counts{}; /* by number */

        size_t number(size_t row) const
        {
            return wide ? rows[2 * row] | size_t(rows[2 * row + 1]) << 8 : rows[row];
        }
        size_t greatest(size_t n_rows) const
        {
            uint8_t narrow = 0; /* a loop that compilers turn into one over dozens of bytes */
            for (size_t i = 0; i < n_rows && !wide; i++)
                narrow = std::max(narrow, rows[i]);
            size_t most = narrow;
            for (size_t i = 0; i < n_rows && wide; i++)
                most = std::max(most, number(i));
            return most;
        }
    };
    std::string packed_;
    std::vector<Part> parts_;
    size_t n_rows_ = 0;

    /* False where the bytes end too early, or say what cannot be. */
    bool read()
    {
        const auto *p = reinterpret_cast<const uint8_t *>(packed_.data()), *const end = p + packed_.size();
        size_t row_bytes = 0;
        if (p == end || *p++ != parts_.size())
            return false;
        for (Part &part : parts_) {
            if (end - p < 2)
                return false;
            const size_t n_values = p[0] | size_t(p[1]) << 8;
            p += 2;
            for (size_t i = 0; i < n_values; i++) {
                if (p == end || *p >= end - p)
                    return false;
                part.values.emplace_back(reinterpret_cast<const char *>(p + 1), *p);
                p += 1 + *p;
            }
            part.counts.resize(n_values + 1);
            part.wide = n_values > NARROW;
            row_bytes += part.wide ? 2 : 1;
        }
        n_rows_ = static_cast<size_t>(end - p) / row_bytes;
        for (Part &part : parts_) {
            part.rows = p;
            p += part.wide ? 2 * n_rows_ : n_rows_;
            if (part.greatest(n_rows_) > part.values.size())
                return false;
        }
        return true;
    }

  public:
    /* Of anything else than a packed block of so many parts no document is here. */
    PackedValues(std::string packed, size_t n_parts) : packed_(std::move(packed)), parts_(n_parts)
    {
        if (!read())
            n_rows_ = 0;
    }
    PackedValues(const PackedValues &) = delete;
    PackedValues &operator=(const PackedValues &) = delete;

    /* Counts the document at a place; false when its values are not here. */
    bool count(size_t place)
    {
        if (place >= n_rows_)
            return false;
        for (Part &part : parts_)
            part.counts[part.number(place)]++;
        return true;
    }

    /* Calls take with a part's number, a value and how often it was counted, and begins again at nothing. */
    template <typename Take> void each_count(Take take)
    {
        for (size_t i = 0; i < parts_.size(); i++) {
            Part &part = parts_[i];
            for (size_t k = 0; k < part.values.size(); k++)
                if (part.counts[k + 1] > 0)
                    take(i, part.values[k].data(), part.values[k].size(), part.counts[k + 1]);
            std::fill(part.counts.begin(), part.counts.end(), 0);
        }
    }
};

/* What was read of a slot, by block. */
struct PackedColumn {
    size_t n_parts = 0;
    std::unordered_map<Xapian::docid, std::unique_ptr<PackedValues>> blocks{};
};

} // namespace xc

#endif
