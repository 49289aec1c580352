#include "corpus/store/xapian_c/guard.h"

#include <algorithm>
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
        hit->percent = i.get_percent();
        hit->n_collapsed = i.get_collapse_count();
    }
    results->lower = mset.get_matches_lower_bound();
    results->estimated = mset.get_matches_estimated();
    results->upper = mset.get_matches_upper_bound();
    results->uncollapsed_lower = mset.get_uncollapsed_matches_lower_bound();
    results->uncollapsed_estimated = mset.get_uncollapsed_matches_estimated();
    results->uncollapsed_upper = mset.get_uncollapsed_matches_upper_bound();
    results->max_possible = mset.get_max_possible();
    results->max_attained = mset.get_max_attained();
}

void fill_facet(struct xc_facet *facet, const Xapian::ValueCountMatchSpy &spy, uint32_t cap)
{
    std::vector<std::pair<Xapian::doccount, std::string>> counts;
    for (auto i = spy.values_begin(); i != spy.values_end(); ++i)
        counts.emplace_back(i.get_termfreq(), *i);
    std::sort(counts.begin(), counts.end(), [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    if (cap && counts.size() > cap)
        counts.resize(cap);
    facet->n_seen = static_cast<uint32_t>(spy.get_total());
    facet->values = g_new0(struct xc_facet_value, counts.size());
    for (const auto &count : counts) {
        struct xc_facet_value *value = &facet->values[facet->n_values++];
        value->frequency = count.first;
        value->value.n = count.second.size();
        value->value.p = g_strndup(count.second.data(), count.second.size());
    }
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
        Xapian::Enquire enquire(database->db);
        enquire.set_query(xc::visible_only(*database, request->query->query));
        set_weighting(enquire, request->weight);
        set_sort(enquire, *request);
        enquire.set_docid_order(id_order(request->id_order));
        if (request->collapse_cap)
            enquire.set_collapse_key(request->collapse_slot, request->collapse_cap);
        if (request->cutoff_percent || request->cutoff_weight > 0)
            enquire.set_cutoff(request->cutoff_percent, request->cutoff_weight);
        if (request->time_limit_s > 0)
            enquire.set_time_limit(request->time_limit_s);

        std::vector<std::unique_ptr<Xapian::ValueCountMatchSpy>> spies;
        for (size_t i = 0; i < request->n_facets; i++) {
            spies.push_back(std::make_unique<Xapian::ValueCountMatchSpy>(request->facet_slots[i]));
            enquire.add_matchspy(spies.back().get());
        }

        const Xapian::MSet mset = enquire.get_mset(request->offset, request->limit, request->check_at_least);

        std::unique_ptr<struct xc_results, decltype(&xc_results_free)> results(g_new0(struct xc_results, 1),
                                                                               xc_results_free);
        fill_hits(results.get(), mset);
        results->facets = g_new0(struct xc_facet, spies.size());
        for (const auto &spy : spies) {
            struct xc_facet *facet = &results->facets[results->n_facets];
            facet->slot = request->facet_slots[results->n_facets++];
            fill_facet(facet, *spy, request->facet_cap);
        }
        return results.release();
    });
}

} // extern "C"
