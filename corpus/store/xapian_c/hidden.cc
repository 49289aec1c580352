/* What a handle does not see (xc_database_hide). */
#include "corpus/store/xapian_c/tree.h"

#include <algorithm>
#include <sstream>

using xc::guard;

namespace
{

const std::vector<Xapian::docid> &hidden_ids(const struct xc_database &database)
{
    if (database.hidden_ids_known)
        return database.hidden_ids;
    std::vector<Xapian::docid> &ids = database.hidden_ids;
    ids.clear();
    for (const std::string &term : database.hidden)
        ids.insert(ids.end(), database.db.postlist_begin(term), database.db.postlist_end(term));
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    database.hidden_ids_known = true;
    return ids;
}

} // namespace

namespace xc
{

Xapian::Query visible_only(const struct xc_database &database, const Xapian::Query &query)
{
    if (database.hidden.empty())
        return query;
    return Xapian::Query(Xapian::Query::OP_AND_NOT, query,
                         Xapian::Query(Xapian::Query::OP_OR, database.hidden.begin(), database.hidden.end()));
}

Tree visible_only(const struct xc_database &database, const Tree &tree)
{
    if (!tree || database.hidden.empty())
        return tree;
    std::vector<Tree> parts = {tree};
    for (const std::string &term : database.hidden)
        parts.push_back(std::make_shared<Node>(Node{Node::TERM, {}, term}));
    return combined(XC_AND_NOT, std::move(parts));
}

Xapian::doccount visible_frequency(const struct xc_database &database, const std::string &term)
{
    const Xapian::doccount all = database.db.get_termfreq(term);
    if (all == 0 || database.hidden.empty())
        return all;
    const std::vector<Xapian::docid> &hidden = hidden_ids(database);
    if (all > hidden.size()) /* some document is not hidden; how many matters only for weights */
        return all;
    Xapian::doccount visible = 0;
    for (auto i = database.db.postlist_begin(term); i != database.db.postlist_end(term); ++i)
        visible += !std::binary_search(hidden.begin(), hidden.end(), *i);
    return visible;
}

bool is_visible(const struct xc_database &database, const std::string &term)
{
    if (database.hidden.empty() || visible_frequency(database, term) > 0)
        return true;
    std::vector<std::string> words;
    std::istringstream stream(term);
    for (std::string word; stream >> word;)
        words.push_back(word);
    if (words.size() < 2)
        return false;
    Xapian::Enquire enquire(database.db);
    enquire.set_query(
        visible_only(database, Xapian::Query(Xapian::Query::OP_AND, words.begin(), words.end())));
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    return !enquire.get_mset(0, 1).empty();
}

} // namespace xc

extern "C" {

bool xc_database_hide(struct xc_database *self, const struct xc_bytes *terms, size_t n,
                      GError **error) noexcept
{
    return guard(error, [&] {
        std::vector<std::string> hidden;
        for (size_t i = 0; i < n; i++)
            hidden.push_back(xc::string(terms[i]));
        self->hidden = std::move(hidden);
        self->hidden_ids_known = false;
    });
}

} // extern "C"
