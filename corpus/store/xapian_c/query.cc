#include "corpus/store/xapian_c/tree.h"

#include <algorithm>
#include <memory>
#include <vector>

using xc::guard;
using xc::guard_new;
using xc::Node;
using xc::Tree;

namespace
{

Xapian::Query::op xapian_operator(enum xc_operator op)
{
    static const Xapian::Query::op map[] = {
        Xapian::Query::OP_AND,  Xapian::Query::OP_OR,        Xapian::Query::OP_AND_NOT,
        Xapian::Query::OP_XOR,  Xapian::Query::OP_AND_MAYBE, Xapian::Query::OP_FILTER,
        Xapian::Query::OP_NEAR, Xapian::Query::OP_PHRASE,    Xapian::Query::OP_SYNONYM,
        Xapian::Query::OP_MAX,  Xapian::Query::OP_ELITE_SET,
    };
    static_assert(G_N_ELEMENTS(map) == XC_N_OPERATORS, "one row an operator");
    return map[op];
}

/* Calls take with each id of a packed list; false for something else. */
template <typename Take> bool each_id(const char *p, size_t n, Take take)
{
    uint32_t id = 0, difference = 0;
    unsigned shift = 0;
    for (size_t i = 0; i < n; i++) {
        const uint32_t bits = static_cast<unsigned char>(p[i]) & 0x7fU;
        if (shift > 28 || (shift == 28 && bits > 0xf))
            return false;
        difference |= bits << shift;
        shift += 7;
        if (static_cast<unsigned char>(p[i]) & 0x80)
            continue;
        if (difference == 0 || id > UINT32_MAX - difference)
            return false;
        take(id += difference);
        difference = 0;
        shift = 0;
    }
    return shift == 0;
}

std::vector<Xapian::docid> unpacked(const std::string &packed)
{
    std::vector<Xapian::docid> ids;
    if (!each_id(packed.data(), packed.size(), [&](uint32_t id) { ids.push_back(id); }))
        throw Xapian::DatabaseCorruptError("a list of documents is damaged");
    return ids;
}

/* Documents with their weights; without weights all weigh 0. */
struct Listed {
    std::vector<Xapian::docid> ids{};
    std::vector<double> weights{};
};

/* Those of a database of several shards that one of them has, by its own numbers: Xapian numbers by turns.
 * uuids are those of the shards with colons between them, as Xapian gives them. */
std::shared_ptr<const Listed> of_shard(const Listed &all, const std::string &uuids, const std::string &uuid)
{
    const auto part = std::make_shared<Listed>();
    const auto found = uuids.find(uuid);
    if (found == std::string::npos)
        return part;
    const auto place = uuids.begin() + static_cast<std::ptrdiff_t>(found);
    const auto before = static_cast<Xapian::docid>(std::count(uuids.begin(), place, ':'));
    const auto n = static_cast<Xapian::docid>(std::count(uuids.begin(), uuids.end(), ':')) + 1;
    for (size_t i = 0; i < all.ids.size(); i++) {
        if ((all.ids[i] - 1) % n != before)
            continue;
        part->ids.push_back((all.ids[i] - 1) / n + 1);
        if (!all.weights.empty())
            part->weights.push_back(all.weights[i]);
    }
    return part;
}

/* The documents of a list, as a source of postings. Copies share the list. */
class DocumentList final : public Xapian::PostingSource
{
    std::shared_ptr<const Listed> all, own; /* of the whole database, of the shard at hand */
    std::string uuids;                      /* of its shards; empty for one */
    size_t at = 0;
    bool started = false;
    std::string key; /* of the metadata that has the list; empty where it is given */

  public:
    DocumentList(std::shared_ptr<const Listed> all_, const std::string &uuids_)
        : all(std::move(all_)), own(all), uuids(uuids_)
    {
    }

    explicit DocumentList(const std::string &key_) : own(std::make_shared<const Listed>()), key(key_)
    {
    }

    PostingSource *clone() const override
    {
        return key.empty() ? new DocumentList(all, uuids) : new DocumentList(key);
    }

    void init(const Xapian::Database &db) override
    {
        at = 0;
        started = false;
        if (!key.empty())
            own = std::make_shared<const Listed>(Listed{unpacked(db.get_metadata(key)), {}});
        else if (!uuids.empty())
            own = of_shard(*all, uuids, db.get_uuid());
        if (!own->weights.empty())
            set_maxweight(*std::max_element(own->weights.begin(), own->weights.end()));
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return get_termfreq_max();
    }
    Xapian::doccount get_termfreq_est() const override
    {
        return get_termfreq_max();
    }
    Xapian::doccount get_termfreq_max() const override
    {
        return static_cast<Xapian::doccount>(own->ids.size());
    }

    double get_weight() const override
    {
        return own->weights.empty() ? 0.0 : own->weights[at];
    }
    Xapian::docid get_docid() const override
    {
        return own->ids[at];
    }
    bool at_end() const override
    {
        return at >= own->ids.size();
    }

    void next(double) override
    {
        if (started)
            at++;
        started = true;
    }
    void skip_to(Xapian::docid id, double) override
    {
        started = true;
        const auto from = own->ids.begin() + static_cast<std::ptrdiff_t>(at);
        at = static_cast<size_t>(std::lower_bound(from, own->ids.end(), id) - own->ids.begin());
    }

    std::string get_description() const override
    {
        return "documents(" + std::to_string(own->ids.size()) + ")";
    }
};

/* The documents of a shard that a function of the caller accepts, judged one by one as the matcher asks. */
class JudgedDocuments final : public Xapian::PostingSource
{
    xc_judge *judge;
    std::shared_ptr<void> user_data;
    double weight_cap;
    Xapian::doccount n_documents = 0;
    std::string uuid;
    Xapian::docid at = 0, last = 0;
    bool accepted = false; /* the document at `at` */
    double weight = 0;

    bool accept(Xapian::docid id)
    {
        weight = std::min(judge(uuid.c_str(), id, user_data.get()), weight_cap);
        return weight >= 0;
    }

    void find_from(Xapian::docid id)
    {
        accepted = false;
        for (at = id; at <= last && !(accepted = accept(at)); at++)
            continue;
    }

  public:
    JudgedDocuments(xc_judge *judge_, std::shared_ptr<void> user_data_, double weight_cap_)
        : judge(judge_), user_data(std::move(user_data_)), weight_cap(weight_cap_)
    {
    }

    PostingSource *clone() const override
    {
        return new JudgedDocuments(judge, user_data, weight_cap);
    }

    void init(const Xapian::Database &db) override
    {
        n_documents = db.get_doccount();
        uuid = db.get_uuid();
        at = 0;
        accepted = false;
        last = db.get_lastdocid();
        set_maxweight(weight_cap);
    }

    /* As many as can be, so that an AND comes to it last. */
    Xapian::doccount get_termfreq_min() const override
    {
        return 0;
    }
    Xapian::doccount get_termfreq_est() const override
    {
        return get_termfreq_max();
    }
    Xapian::doccount get_termfreq_max() const override
    {
        return n_documents;
    }

    double get_weight() const override
    {
        return weight;
    }
    Xapian::docid get_docid() const override
    {
        return at;
    }
    bool at_end() const override
    {
        return at > last;
    }

    void next(double) override
    {
        find_from(at + 1);
    }
    void skip_to(Xapian::docid id, double) override
    {
        if (id > at || !accepted)
            find_from(id);
    }
    bool check(Xapian::docid id, double) override
    {
        if (id > at || !accepted) {
            at = id;
            accepted = accept(id);
        }
        return accepted;
    }

    std::string get_description() const override
    {
        return "judged";
    }
};

Tree leaf(Node node)
{
    return std::make_shared<Node>(std::move(node));
}

/* An empty lower bound is for Xapian to read. */
Tree values(uint32_t slot, struct xc_bytes lower, const struct xc_bytes *upper)
{
    Node node{Node::VALUES};
    node.slot = slot;
    node.lower = xc::string(lower);
    node.has_upper = upper != nullptr;
    if (upper)
        node.upper = xc::string(*upper);
    return node.lower.empty() ? nullptr : leaf(std::move(node));
}

/* A source as query and tree. A source is believed: where it may name a document that is not there, `checked`
 * takes only those that are. */
template <typename Source>
struct xc_query *new_source(std::unique_ptr<Source> source, bool judged, bool checked)
{
    Node node{Node::SOURCE};
    node.judged = judged;
    node.source = std::shared_ptr<const Xapian::PostingSource>(source->clone());
    const Xapian::Query query(source.release()->release());
    const Tree tree = leaf(std::move(node));
    if (!checked)
        return new xc_query{query, tree};
    return new xc_query{Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query::MatchAll),
                        xc::combined(XC_FILTER, {tree, leaf({Node::ALL})})};
}

} // namespace

extern "C" {

struct xc_query *xc_query_new_all(GError **error) noexcept
{
    return guard_new(error, [] { return new xc_query{Xapian::Query::MatchAll, leaf({Node::ALL})}; });
}

struct xc_query *xc_query_new_nothing(GError **error) noexcept
{
    return guard_new(error, [] { return new xc_query{Xapian::Query(), leaf({Node::NOTHING})}; });
}

struct xc_query *xc_query_new_term(struct xc_bytes term, uint32_t wqf, uint32_t position,
                                   GError **error) noexcept
{
    return guard_new(error, [&] {
        return new xc_query{Xapian::Query(xc::string(term), wqf, position),
                            leaf({Node::TERM, {}, xc::string(term), double(wqf)})};
    });
}

struct xc_query *xc_query_new_operator(enum xc_operator op, const struct xc_query *const *parts, size_t n,
                                       uint32_t parameter, GError **error) noexcept
{
    return guard_new(error, [&] {
        std::vector<Xapian::Query> queries;
        std::vector<Tree> trees;
        queries.reserve(n);
        for (size_t i = 0; i < n; i++) {
            queries.push_back(parts[i]->query);
            trees.push_back(parts[i]->tree);
        }
        return new xc_query{Xapian::Query(xapian_operator(op), queries.begin(), queries.end(), parameter),
                            xc::combined(op, std::move(trees))};
    });
}

struct xc_query *xc_query_new_operator_terms(enum xc_operator op, const struct xc_bytes *terms, size_t n,
                                             uint32_t parameter, GError **error) noexcept
{
    return guard_new(error, [&] {
        std::vector<std::string> strings;
        std::vector<Tree> trees;
        strings.reserve(n);
        for (size_t i = 0; i < n; i++) {
            strings.push_back(xc::string(terms[i]));
            trees.push_back(leaf({Node::TERM, {}, strings[i]}));
        }
        return new xc_query{Xapian::Query(xapian_operator(op), strings.begin(), strings.end(), parameter),
                            xc::combined(op, std::move(trees))};
    });
}

struct xc_query *xc_query_new_scaled(const struct xc_query *query, double factor, GError **error) noexcept
{
    return guard_new(error, [&] {
        return new xc_query{Xapian::Query(factor, query->query),
                            query->tree ? leaf({Node::SCALE, {query->tree}, {}, factor}) : nullptr};
    });
}

struct xc_query *xc_query_new_value_range(uint32_t slot, struct xc_bytes lower, struct xc_bytes upper,
                                          GError **error) noexcept
{
    return guard_new(error, [&] {
        return new xc_query{
            Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, xc::string(lower), xc::string(upper)),
            values(slot, lower, &upper)};
    });
}

struct xc_query *xc_query_new_value_ge(uint32_t slot, struct xc_bytes lower, GError **error) noexcept
{
    return guard_new(error, [&] {
        return new xc_query{Xapian::Query(Xapian::Query::OP_VALUE_GE, slot, xc::string(lower)),
                            values(slot, lower, nullptr)};
    });
}

struct xc_query *xc_query_new_value_le(uint32_t slot, struct xc_bytes upper, GError **error) noexcept
{
    return guard_new(error, [&] {
        return new xc_query{Xapian::Query(Xapian::Query::OP_VALUE_LE, slot, xc::string(upper))};
    });
}

struct xc_query *xc_query_new_wildcard(struct xc_bytes prefix, uint32_t cap_terms,
                                       enum xc_wildcard_limit limit, enum xc_operator combiner,
                                       GError **error) noexcept
{
    return guard_new(error, [&] {
        static const int limits[] = {Xapian::Query::WILDCARD_LIMIT_ERROR, Xapian::Query::WILDCARD_LIMIT_FIRST,
                                     Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT};
        return new xc_query{Xapian::Query(Xapian::Query::OP_WILDCARD, xc::string(prefix), cap_terms,
                                          limits[limit], xapian_operator(combiner))};
    });
}

struct xc_query *xc_query_new_documents(const struct xc_database *database, const uint32_t *ids,
                                        const double *weights, size_t n, GError **error) noexcept
{
    return guard_new(error, [&] {
        for (size_t i = 0; i < n; i++)
            if (ids[i] <= (i ? ids[i - 1] : 0))
                throw Xapian::InvalidArgumentError("document ids must ascend from 1");
        const auto list = std::make_shared<Listed>();
        list->ids.assign(ids, ids + n);
        if (weights)
            list->weights.assign(weights, weights + n);
        const bool several = database && database->db.size() > 1;
        return new_source(
            std::make_unique<DocumentList>(list, several ? database->db.get_uuid() : std::string()), false,
            true);
    });
}

struct xc_query *xc_query_new_listed(struct xc_bytes key, GError **error) noexcept
{
    return guard_new(
        error, [&] { return new_source(std::make_unique<DocumentList>(xc::string(key)), false, false); });
}

void xc_ids_pack(const uint32_t *ids, size_t n, GString *out) noexcept
{
    g_string_truncate(out, 0);
    for (size_t i = 0; i < n; i++) {
        uint32_t difference = ids[i] - (i > 0 ? ids[i - 1] : 0);
        for (; difference >= 0x80; difference >>= 7)
            g_string_append_c(out, static_cast<char>(difference | 0x80));
        g_string_append_c(out, static_cast<char>(difference));
    }
}

bool xc_ids_unpack(struct xc_bytes packed, GArray *out) noexcept
{
    return each_id(packed.p, packed.n, [&](uint32_t id) { g_array_append_val(out, id); });
}

struct xc_query *xc_query_new_judged(xc_judge *judge, double weight_cap, void *user_data,
                                     void (*destroy)(void *user_data), GError **error) noexcept
{
    return guard_new(error, [&] {
        const std::shared_ptr<void> owned(user_data, [destroy](void *data) {
            if (destroy)
                destroy(data);
        });
        return new_source(std::make_unique<JudgedDocuments>(judge, owned, weight_cap), true, true);
    });
}

struct xc_query *xc_query_copy(const struct xc_query *self, GError **error) noexcept
{
    return guard_new(error, [&] { return new xc_query{*self}; });
}

void xc_query_free(struct xc_query *self) noexcept
{
    guard(nullptr, [&] { delete self; });
}

bool xc_query_is_empty(const struct xc_query *self) noexcept
{
    return self->query.empty();
}

uint32_t xc_query_length(const struct xc_query *self) noexcept
{
    return self->query.get_length();
}

bool xc_query_describe(const struct xc_query *self, GString *out, GError **error) noexcept
{
    return guard(error, [&] { xc::assign(out, self->query.get_description()); });
}

bool xc_query_each_term(const struct xc_query *self, bool (*visit)(struct xc_bytes term, void *user_data),
                        void *user_data, GError **error) noexcept
{
    return guard(error, [&] {
        for (auto i = self->query.get_unique_terms_begin(); i != self->query.get_unique_terms_end(); ++i) {
            const std::string term = *i;
            if (!visit(xc::bytes(term), user_data))
                break;
        }
    });
}

} // extern "C"
