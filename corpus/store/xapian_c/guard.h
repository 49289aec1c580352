#ifndef XAPIAN_C_GUARD_H
#define XAPIAN_C_GUARD_H

/*
 * Inside the binding (C++): the one guard every function body runs in, and what the opaque structs are.
 */

#include "corpus/store/xapian_c/xapian_c.h"

#include <string>
#include <xapian.h>

namespace xc
{

/* Turns the exception being handled into *error, by the table of errors.def. */
void set_error(GError **error) noexcept;

/* Runs body; an exception becomes *error and false. */
template <typename Body> bool guard(GError **error, Body body) noexcept
{
    try {
        body();
        return true;
    } catch (...) {
        set_error(error);
        return false;
    }
}

/* Runs make, which returns a new object; an exception becomes *error and a null pointer. */
template <typename Make> auto guard_new(GError **error, Make make) noexcept -> decltype(make())
{
    decltype(make()) made = nullptr;
    guard(error, [&] { made = make(); });
    return made;
}

inline std::string string(struct xc_bytes bytes)
{
    return bytes.n ? std::string(bytes.p, bytes.n) : std::string();
}

inline struct xc_bytes bytes(const std::string &s)
{
    return {s.data(), s.size()};
}

inline void assign(GString *out, const std::string &s)
{
    g_string_truncate(out, 0);
    g_string_append_len(out, s.data(), static_cast<gssize>(s.size()));
}

} // namespace xc

struct xc_database {
    Xapian::Database db;
};

struct xc_writer {
    Xapian::WritableDatabase db;
    struct xc_database reader; /* shares the handle */
};

struct xc_document {
    Xapian::Document document;
    std::string term; /* reused from call to call */
};

struct xc_query {
    Xapian::Query query;
};

#endif
