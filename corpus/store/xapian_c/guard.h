#ifndef XAPIAN_C_GUARD_H
#define XAPIAN_C_GUARD_H

/*
 * Inside the binding (C++): the one guard every function body runs in, and what the opaque structs are.
 */

#include "corpus/store/xapian_c/packed_values.h"
#include "corpus/store/xapian_c/xapian_c.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>
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
    std::vector<std::string> hidden{}; /* documents with one of these terms do not exist */
    /* Those documents, ascending, as far as they were needed: of the revision that is open. */
    mutable std::vector<Xapian::docid> hidden_ids{};
    mutable bool hidden_ids_known = false;
    bool in_blocks = false; /* one local directory: queries may be run in blocks (tree.h) */
    /* What was read of that revision on the way, by the first document of a block and by slot. */
    mutable std::unordered_map<Xapian::docid, std::vector<Xapian::termcount>> lengths{};
    mutable std::unordered_map<Xapian::valueno, xc::PackedColumn> columns{};

    /* Another revision is open. */
    void forget() const
    {
        hidden_ids_known = false;
        lengths.clear();
        columns.clear();
    }
};

namespace xc
{

struct Node;                              /* tree.h */
using Tree = std::shared_ptr<const Node>; /* null for a query that only Xapian's matcher runs */

/* The query without the documents that are hidden. */
Xapian::Query visible_only(const struct xc_database &database, const Xapian::Query &query);
Tree visible_only(const struct xc_database &database, const Tree &tree);

/* How many documents that are not hidden have the term: 0 when and only when none has. A count that is larger
 * than the number of hidden documents is that of all documents. */
Xapian::doccount visible_frequency(const struct xc_database &database, const std::string &term);

/* Whether a document that is not hidden has the term, or all the words of several with spaces between. */
bool is_visible(const struct xc_database &database, const std::string &term);

} // namespace xc

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
    xc::Tree tree{};
};

#endif
