#include "corpus/store/xapian_c/lengths.h"
#include "corpus/store/xapian_c/numbers.h"
#include "corpus/store/xapian_c/tree.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

using xc::guard;
using xc::guard_new;

namespace
{

void set_weighting(Xapian::Enquire &enquire, const struct xc_weight &w)
{
    switch (w.scheme) {
    case XC_WEIGHT_BM25:
        if (w.has_parameters)
            enquire.set_weighting_scheme(Xapian::BM25Weight(w.k1, w.k2, w.k3, w.b, w.min_normlen));
        else
            enquire.set_weighting_scheme(Xapian::BM25Weight());
        return;
    case XC_WEIGHT_BM25_PLUS:
        if (w.has_parameters)
            enquire.set_weighting_scheme(
                Xapian::BM25PlusWeight(w.k1, w.k2, w.k3, w.b, w.min_normlen, w.delta));
        else
            enquire.set_weighting_scheme(Xapian::BM25PlusWeight());
        return;
    case XC_WEIGHT_TFIDF:
        enquire.set_weighting_scheme(Xapian::TfIdfWeight());
        return;
    case XC_WEIGHT_PL2:
        enquire.set_weighting_scheme(w.has_parameters ? Xapian::PL2Weight(w.k1) : Xapian::PL2Weight());
        return;
    case XC_WEIGHT_COORD:
        enquire.set_weighting_scheme(Xapian::CoordWeight());
        return;
    case XC_WEIGHT_BOOL:
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        return;
    case XC_N_WEIGHTINGS:
        break;
    }
    throw Xapian::InvalidArgumentError("no such weighting scheme");
}

void set_sort(Xapian::Enquire &enquire, const struct xc_request &request)
{
    if (request.sort == XC_SORT_RELEVANCE)
        return;
    if (request.n_sort_keys == 0)
        throw Xapian::InvalidArgumentError("sorting by values needs a slot");
    if (request.n_sort_keys == 1) {
        const struct xc_sort_key &key = request.sort_keys[0];
        if (request.sort == XC_SORT_VALUES)
            enquire.set_sort_by_value(key.slot, key.descending);
        else if (request.sort == XC_SORT_VALUES_THEN_RELEVANCE)
            enquire.set_sort_by_value_then_relevance(key.slot, key.descending);
        else
            enquire.set_sort_by_relevance_then_value(key.slot, key.descending);
        return;
    }
    auto *maker = new Xapian::MultiValueKeyMaker();
    Xapian::KeyMaker *keys = maker->release();
    /* Enquire owns it from here on; only add_value may throw, which would leak a few bytes. */
    for (size_t i = 0; i < request.n_sort_keys; i++)
        maker->add_value(request.sort_keys[i].slot, request.sort_keys[i].descending);
    if (request.sort == XC_SORT_VALUES)
        enquire.set_sort_by_key(keys, false);
    else if (request.sort == XC_SORT_VALUES_THEN_RELEVANCE)
        enquire.set_sort_by_key_then_relevance(keys, false);
    else
        enquire.set_sort_by_relevance_then_key(keys, false);
}

Xapian::Enquire::docid_order id_order(enum xc_id_order order)
{
    return order == XC_IDS_DESCENDING ? Xapian::Enquire::DESCENDING
           : order == XC_IDS_ANY      ? Xapian::Enquire::DONT_CARE
                                      : Xapian::Enquire::ASCENDING;
}

void fill_hits(struct xc_results *results, const Xapian::MSet &mset)
{
    results->hits = g_new0(struct xc_hit, mset.size());
    for (auto i = mset.begin(); i != mset.end(); ++i) {
        struct xc_hit *hit = &results->hits[results->n_hits++];
        hit->id = *i;
        hit->weight = i.get_weight();
        hit->n_collapsed = i.get_collapse_count();
    }
    results->lower = mset.get_matches_lower_bound();
    results->estimated = mset.get_matches_estimated();
    results->upper = mset.get_matches_upper_bound();
    results->uncollapsed_lower = mset.get_uncollapsed_matches_lower_bound();
    results->uncollapsed_estimated = mset.get_uncollapsed_matches_estimated();
    results->uncollapsed_upper = mset.get_uncollapsed_matches_upper_bound();
}

using count = std::pair<Xapian::doccount, std::string>;

/* The most frequent first, at most cap of them. */
void fill_facet(struct xc_facet *facet, uint32_t slot, size_t n_seen, std::vector<count> counts, uint32_t cap)
{
    std::sort(counts.begin(), counts.end(), [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    if (cap && counts.size() > cap)
        counts.resize(cap);
    facet->slot = slot;
    facet->n_seen = static_cast<uint32_t>(n_seen);
    facet->values = g_new0(struct xc_facet_value, counts.size());
    for (const auto &one : counts) {
        struct xc_facet_value *value = &facet->values[facet->n_values++];
        value->frequency = one.first;
        value->value.n = one.second.size();
        value->value.p = g_strndup(one.second.data(), one.second.size());
    }
}

/* How often each value comes. */
class Counter
{
    xc::Numbers numbers_{};
    std::vector<Xapian::doccount> counts_{};

  public:
    void add(const char *p, size_t n, Xapian::doccount times)
    {
        const uint32_t number = numbers_.of(p, n);
        if (number >= counts_.size())
            counts_.resize(number + 1);
        counts_[number] += times;
    }

    std::vector<count> counts() const
    {
        std::vector<count> counts;
        for (size_t i = 0; i < counts_.size(); i++)
            counts.emplace_back(counts_[i], numbers_.value(i));
        return counts;
    }
};

/* Counts the parts of the values of a slot. What remote shards report comes as counts of whole values, in
 * what is inherited. */
class PartSpy : public Xapian::ValueCountMatchSpy
{
    Xapian::valueno slot_;
    size_t n_seen_ = 0;
    std::vector<Counter> parts_;

    void add(const std::string &value, Xapian::doccount times)
    {
        xc::each_part(value, parts_.size(),
                      [&](size_t i, const char *p, size_t n) { parts_[i].add(p, n, times); });
    }

  public:
    PartSpy(Xapian::valueno slot, size_t n_parts) : ValueCountMatchSpy(slot), slot_(slot), parts_(n_parts)
    {
    }

    void operator()(const Xapian::Document &document, double) override
    {
        n_seen_++;
        add(document.get_value(slot_), 1);
    }

    void fill(struct xc_results *results, uint32_t cap)
    {
        for (auto i = values_begin(); i != values_end(); ++i)
            add(*i, i.get_termfreq());
        for (const Counter &part : parts_)
            fill_facet(&results->facets[results->n_facets++], slot_, n_seen_ + get_total(), part.counts(),
                       cap);
    }
};

/* Counts the parts of the values of documents in order of their ids. Packed blocks stay with the database. */
class PackedCounts
{
    const Xapian::Database &db_;
    Xapian::valueno slot_;
    xc::PackedColumn &column_;
    std::vector<Counter> parts_;
    Xapian::docid first_ = ~Xapian::docid(0); /* of the block at hand */
    xc::PackedValues *block_ = nullptr;
    Xapian::ValueIterator at_{}; /* for what is not packed */
    bool at_begun_ = false;
    size_t n_seen_ = 0;

    void finish_block()
    {
        if (block_)
            block_->each_count([&](size_t i, const char *p, size_t n, Xapian::doccount times) {
                parts_[i].add(p, n, times);
            });
    }

    void go_to(Xapian::docid first)
    {
        finish_block();
        std::unique_ptr<xc::PackedValues> &kept = column_.blocks[first];
        if (!kept)
            kept = std::make_unique<xc::PackedValues>(db_.get_metadata(xc::key_of_values(slot_, first)),
                                                      parts_.size());
        block_ = kept.get();
        first_ = first;
    }

    void add_value(Xapian::docid id)
    {
        if (!at_begun_)
            at_ = db_.valuestream_begin(slot_);
        at_begun_ = true;
        const Xapian::ValueIterator end = db_.valuestream_end(slot_);
        if (at_ != end && at_.get_docid() < id)
            at_.skip_to(id);
        if (at_ != end && at_.get_docid() == id)
            xc::each_part(*at_, parts_.size(),
                          [&](size_t i, const char *p, size_t n) { parts_[i].add(p, n, 1); });
    }

  public:
    PackedCounts(const struct xc_database &database, Xapian::valueno slot, size_t n_parts)
        : db_(database.db), slot_(slot), column_(database.columns[slot]), parts_(n_parts)
    {
        if (column_.n_parts != n_parts)
            column_.blocks.clear();
        column_.n_parts = n_parts;
    }

    void add(Xapian::docid id)
    {
        if (xc::block_of(id) != first_)
            go_to(xc::block_of(id));
        if (!block_->count(id - first_))
            add_value(id);
        n_seen_++;
    }

    void fill(struct xc_results *results, uint32_t cap)
    {
        finish_block();
        block_ = nullptr;
        for (const Counter &part : parts_)
            fill_facet(&results->facets[results->n_facets++], slot_, n_seen_, part.counts(), cap);
    }
};

/* Counts whole values. */
class ValueSpy : public Xapian::ValueCountMatchSpy
{
    Xapian::valueno slot_;

  public:
    explicit ValueSpy(Xapian::valueno slot) : ValueCountMatchSpy(slot), slot_(slot)
    {
    }

    void fill(struct xc_results *results, uint32_t cap)
    {
        std::vector<count> counts;
        for (auto i = values_begin(); i != values_end(); ++i)
            counts.emplace_back(i.get_termfreq(), *i);
        fill_facet(&results->facets[results->n_facets++], slot_, get_total(), std::move(counts), cap);
    }
};

/* Requests that say nothing blocks do not know; weights are BM25 without k2. */
bool may_run_in_blocks(const struct xc_database &database, const struct xc_request &request)
{
    return database.in_blocks && request.query->tree && request.sort == XC_SORT_RELEVANCE &&
           request.id_order != XC_IDS_DESCENDING && !request.collapse_cap && !request.cutoff_percent &&
           request.cutoff_weight <= 0 && request.time_limit_s <= 0 &&
           request.weight.scheme == XC_WEIGHT_BM25 && request.weight.has_parameters &&
           request.weight.k2 <= 0 && (request.n_facets == 0 || request.facet_parts > 0);
}

void search_in_blocks(const struct xc_database &database, const struct xc_request &request,
                      struct xc_results *results)
{
    std::unique_ptr<PackedCounts> counts;
    if (request.n_facets > 0)
        counts = std::make_unique<PackedCounts>(database, request.facet_slots[0], request.facet_parts);
    const auto add = [&](Xapian::docid id) { counts->add(id); };
    const xc::Tree tree = xc::visible_only(database, request.query->tree);
    const xc::Answer answer =
        xc::run_in_blocks(database, *tree, request.weight, size_t(request.offset) + request.limit,
                          request.check_at_least, counts ? std::function<void(Xapian::docid)>(add) : nullptr);
    results->hits = g_new0(struct xc_hit, answer.best.size());
    for (size_t i = request.offset; i < answer.best.size(); i++)
        results->hits[results->n_hits++] = {answer.best[i].id, answer.best[i].weight, 0};
    results->lower = results->uncollapsed_lower = answer.lower;
    results->estimated = results->uncollapsed_estimated = answer.estimated;
    results->upper = results->uncollapsed_upper = answer.upper;
    if (!counts)
        return;
    results->facets = g_new0(struct xc_facet, request.facet_parts);
    counts->fill(results, request.facet_cap);
}

void search_by_matcher(const struct xc_database &database, const struct xc_request &request,
                       struct xc_results *results)
{
    Xapian::Enquire enquire(database.db);
    enquire.set_query(xc::visible_only(database, request.query->query));
    set_weighting(enquire, request.weight);
    set_sort(enquire, request);
    enquire.set_docid_order(id_order(request.id_order));
    if (request.collapse_cap)
        enquire.set_collapse_key(request.collapse_slot, request.collapse_cap);
    if (request.cutoff_percent || request.cutoff_weight > 0)
        enquire.set_cutoff(request.cutoff_percent, request.cutoff_weight);
    if (request.time_limit_s > 0)
        enquire.set_time_limit(request.time_limit_s);

    std::vector<std::unique_ptr<ValueSpy>> spies;
    std::unique_ptr<PartSpy> part_spy;
    if (request.n_facets > 0 && request.facet_parts > 0) {
        part_spy = std::make_unique<PartSpy>(request.facet_slots[0], request.facet_parts);
        enquire.add_matchspy(part_spy.get());
    }
    for (size_t i = 0; i < request.n_facets && !part_spy; i++) {
        spies.push_back(std::make_unique<ValueSpy>(request.facet_slots[i]));
        enquire.add_matchspy(spies.back().get());
    }

    fill_hits(results, enquire.get_mset(request.offset, request.limit, request.check_at_least));
    results->facets = g_new0(struct xc_facet, MAX(spies.size(), request.facet_parts));
    if (part_spy)
        part_spy->fill(results, request.facet_cap);
    for (const auto &spy : spies)
        spy->fill(results, request.facet_cap);
}

} // namespace

extern "C" {

void xc_results_free(struct xc_results *self) noexcept
{
    if (!self)
        return;
    for (size_t i = 0; i < self->n_facets; i++) {
        for (size_t k = 0; k < self->facets[i].n_values; k++)
            g_free(const_cast<char *>(self->facets[i].values[k].value.p));
        g_free(self->facets[i].values);
    }
    g_free(self->facets);
    g_free(self->hits);
    g_free(self);
}

struct xc_results *xc_search(struct xc_database *database, const struct xc_request *request,
                             GError **error) noexcept
{
    return guard_new(error, [&] {
        std::unique_ptr<struct xc_results, decltype(&xc_results_free)> results(g_new0(struct xc_results, 1),
                                                                               xc_results_free);
        if (may_run_in_blocks(*database, *request))
            search_in_blocks(*database, *request, results.get());
        else
            search_by_matcher(*database, *request, results.get());
        return results.release();
    });
}

} // extern "C"
