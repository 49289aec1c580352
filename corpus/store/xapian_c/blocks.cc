/* Running a query in blocks of documents (tree.h). */
#include "corpus/store/xapian_c/tree.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace
{

using Xapian::docid;
using Xapian::termcount;
using xc::Node;

constexpr docid BLOCK = 2048;  /* documents: what is kept for each of them stays in the first cache */
constexpr docid NO_MORE = 0;   /* no document has this id */
constexpr double UNKNOWN = -1; /* of a document whose length was not asked for yet */

/* A set of documents of a block. */
struct Bits {
    uint64_t words[BLOCK / 64] = {};

    void set(docid i)
    {
        words[i / 64] |= uint64_t(1) << i % 64;
    }
    bool has(docid i) const
    {
        return words[i / 64] >> i % 64 & 1;
    }
    void add(const Bits &other)
    {
        for (size_t w = 0; w < BLOCK / 64; w++)
            words[w] |= other.words[w];
    }
    void take_away(const Bits &other)
    {
        for (size_t w = 0; w < BLOCK / 64; w++)
            words[w] &= ~other.words[w];
    }
    docid count() const
    {
        docid n = 0;
        for (uint64_t word : words)
            n += docid(__builtin_popcountll(word));
        return n;
    }
    template <typename Visit> void each(Visit visit) const
    {
        for (size_t w = 0; w < BLOCK / 64; w++)
            for (uint64_t word = words[w]; word; word &= word - 1)
                visit(docid(w * 64 + size_t(__builtin_ctzll(word))));
    }
};

/* What all parts of a run share. */
struct Run {
    const struct xc_database &database;
    const Xapian::Database &db;
    double n_documents, per_length, k1, b, k3, min_length;
    bool dense = false;      /* most documents are weighed, so that lengths are read in one go */
    docid first = 0;         /* of the block at hand */
    double *norms = nullptr; /* of its documents, see share */
    std::vector<std::unique_ptr<double[]>> sums{}; /* all zero, to be borrowed */

    Run(const struct xc_database &database_, const struct xc_weight &weight)
        : database(database_), db(database_.db), n_documents(db.get_doccount()),
          per_length(db.get_average_length() > 0 ? 1 / db.get_average_length() : 0), k1(weight.k1),
          b(weight.b), k3(weight.k3), min_length(weight.min_normlen)
    {
        const std::array<double, 3> parameters = {k1, b, min_length};
        if (database.norm_parameters != parameters)
            database.norms.clear();
        database.norm_parameters = parameters;
    }

    double norm_of(termcount length) const
    {
        return k1 * (std::max(length * per_length, min_length) * b + (1 - b));
    }

    void go_to(docid block_first)
    {
        first = block_first;
        std::vector<double> &known = database.norms[first];
        norms = known.data();
        if (!known.empty())
            return;
        known.assign(BLOCK, UNKNOWN);
        norms = known.data();
        auto at = dense ? db.postlist_begin(std::string()) : Xapian::PostingIterator();
        const Xapian::PostingIterator end;
        if (at != end)
            at.skip_to(first);
        for (; at != end && *at - first < BLOCK; ++at)
            known[*at - first] = norm_of(at.get_doclength());
    }

    /* What BM25 makes of a word that a document of the block has wdf times. */
    double share(docid i, termcount wdf)
    {
        if (norms[i] < 0)
            norms[i] = norm_of(db.get_doclength(first + i));
        return wdf / (norms[i] + wdf);
    }

    double term_weight(double frequency, double wqf) const
    {
        const double idf = (n_documents - frequency + 0.5) / (frequency + 0.5);
        return std::log(idf < 2 ? idf * 0.5 + 1 : idf) * (k3 > 0 ? (k3 + 1) * wqf / (k3 + wqf) : 1) *
               (k1 + 1);
    }

    std::unique_ptr<double[]> borrow()
    {
        if (sums.empty())
            return std::make_unique<double[]>(BLOCK);
        std::unique_ptr<double[]> sum = std::move(sums.back());
        sums.pop_back();
        return sum;
    }
    void give_back(std::unique_ptr<double[]> sum)
    {
        sums.push_back(std::move(sum));
    }
};

/* A part of a query on its way through the documents. */
class Part
{
  protected:
    Run &run;

  public:
    double estimate = 0; /* of the documents it matches */
    double bound = 0;    /* no document gets more weight */

    explicit Part(Run &run_) : run(run_)
    {
    }
    virtual ~Part() = default;

    /* The first document from `from` on that may match; NO_MORE behind the last one. from never falls. */
    virtual docid next(docid from) = 0;

    /* Adds the documents of the block at hand that match, of those in mask (null: of all), to found, and
     * their weights to sum, where that is not null. */
    virtual void visit(const Bits *mask, double *sum, Bits &found) = 0;

    /* How many postings a visit to all documents goes through, about. */
    virtual double n_postings() const
    {
        return estimate;
    }
    /* Finds the matches that may weigh more than threshold, and maybe others: of these, sums are incomplete,
     * but not above it. */
    virtual void visit_best(double threshold, double *sum, Bits &found)
    {
        (void)threshold;
        visit(nullptr, sum, found);
    }
};

/* Takes out of the set those that `open` weight more does not bring above the threshold. */
void keep_near(Bits &set, const double *sum, double open, double threshold)
{
    Bits near;
    set.each([&](docid i) {
        if (sum[i] + open > threshold)
            near.set(i);
    });
    set = near;
}

using Parts = std::vector<std::unique_ptr<Part>>;

class Term final : public Part
{
    Xapian::PostingIterator at;
    docid current; /* the document at `at`: asking for it is a call for each posting */
    double weight;

    docid read() const
    {
        return at == Xapian::PostingIterator() ? NO_MORE : *at;
    }

    bool is_sparse(const Bits &mask) const
    {
        return mask.count() * 2.0 * run.n_documents < estimate * BLOCK;
    }

  public:
    Term(Run &run_, const Xapian::PostingIterator &at_, double frequency, double weight_)
        : Part(run_), at(at_), current(read()), weight(weight_)
    {
        estimate = frequency;
        bound = weight;
    }

    docid next(docid from) override
    {
        if (current < from && current != NO_MORE) {
            at.skip_to(from);
            current = read();
        }
        return current;
    }

    /* Calls take with each document of the block that is in mask, and how often it has the word. */
    template <typename Take> void walk(const Bits *mask, Take take)
    {
        if (next(run.first) == NO_MORE)
            return;
        if (mask && is_sparse(*mask)) {
            mask->each([&](docid i) {
                if (next(run.first + i) == run.first + i)
                    take(i, at.get_wdf());
            });
            return;
        }
        for (docid i; current != NO_MORE && (i = current - run.first) < BLOCK; current = read()) {
            if (!mask || mask->has(i))
                take(i, at.get_wdf());
            ++at;
        }
    }

    void visit(const Bits *mask, double *sum, Bits &found) override
    {
        if (!sum || weight <= 0)
            return walk(mask, [&](docid i, termcount) { found.set(i); });
        walk(mask, [&](docid i, termcount wdf) {
            found.set(i);
            sum[i] += weight * run.share(i, wdf);
        });
    }
};

/* Terms that are weighed as one; the first may be weighed by itself, too. */
class Synonym final : public Part
{
    std::vector<std::unique_ptr<Term>> terms;
    std::vector<termcount> wdfs = std::vector<termcount>(BLOCK); /* all 0 */
    double weight = 0, first_weight;

    /* As Xapian estimates it: as if words came without regard to each other, two at a time, the rarest first,
     * to whole documents. */
    double frequency_of_all() const
    {
        std::vector<double> frequencies;
        for (const auto &term : terms)
            frequencies.push_back(term->estimate);
        std::sort(frequencies.begin(), frequencies.end(), std::greater<double>());
        while (frequencies.size() > 1) {
            const double a = frequencies.back();
            frequencies.pop_back();
            const double b = frequencies.back();
            frequencies.pop_back();
            const double either = std::floor(a + b - a * b / run.n_documents + 0.5);
            frequencies.insert(
                std::upper_bound(frequencies.begin(), frequencies.end(), either, std::greater<double>()),
                either);
        }
        return frequencies[0];
    }

  public:
    Synonym(Run &run_, std::vector<std::unique_ptr<Term>> terms_, double factor, double first_weight_)
        : Part(run_), terms(std::move(terms_)), first_weight(first_weight_)
    {
        estimate = frequency_of_all();
        weight = factor > 0 ? factor * run.term_weight(estimate, 1) : 0;
        bound = weight + first_weight;
    }

    docid next(docid from) override
    {
        docid first = NO_MORE;
        for (const auto &term : terms) {
            const docid id = term->next(from);
            if (id != NO_MORE && (first == NO_MORE || id < first))
                first = id;
        }
        return first;
    }

    void visit(const Bits *mask, double *sum, Bits &found) override
    {
        if (!sum || weight <= 0) {
            for (const auto &term : terms)
                term->visit(mask, nullptr, found);
            return;
        }
        Bits own;
        for (const auto &term : terms) {
            const double extra = term == terms[0] ? first_weight : 0;
            term->walk(mask, [&](docid i, termcount wdf) {
                own.set(i);
                wdfs[i] += wdf;
                if (extra > 0)
                    sum[i] += extra * run.share(i, wdf);
            });
        }
        own.each([&](docid i) {
            sum[i] += weight * run.share(i, wdfs[i]);
            wdfs[i] = 0;
        });
        found.add(own);
    }
};

class All final : public Part
{
    Xapian::PostingIterator at, end;

  public:
    explicit All(Run &run_)
        : Part(run_), at(run.db.postlist_begin(std::string())), end(run.db.postlist_end(std::string()))
    {
        estimate = run.n_documents;
    }

    docid next(docid from) override
    {
        if (at != end && *at < from)
            at.skip_to(from);
        return at == end ? NO_MORE : *at;
    }

    void visit(const Bits *mask, double *, Bits &found) override
    {
        if (next(run.first) == NO_MORE)
            return;
        for (; at != end && *at - run.first < BLOCK; ++at)
            if (!mask || mask->has(*at - run.first))
                found.set(*at - run.first);
    }
};

/* All parts: those that weigh and, behind them, those that only filter; the rarest first of all. */
class And final : public Part
{
    struct Side {
        std::unique_ptr<Part> part;
        bool excluded;
    };
    std::vector<Side> sides;

  public:
    And(Run &run_, Parts parts, Parts excluded) : Part(run_)
    {
        for (auto &part : parts) {
            bound += part->bound;
            sides.push_back({std::move(part), false});
        }
        std::stable_sort(sides.begin(), sides.end(),
                         [](const Side &a, const Side &b) { return a.part->estimate < b.part->estimate; });
        estimate = sides[0].part->estimate;
        for (auto &part : excluded)
            sides.push_back({std::move(part), true});
    }

    docid next(docid from) override
    {
        for (size_t i = 0; i < sides.size() && !sides[i].excluded;) {
            const docid id = sides[i].part->next(from);
            if (id == NO_MORE)
                return NO_MORE;
            /* one that comes later lets the others go on to it, a block at a time */
            if (id - from >= BLOCK) {
                from = id;
                i = 0;
            } else {
                i++;
            }
        }
        return from;
    }

    void visit_above(double threshold, const Bits *mask, double *sum, Bits &found)
    {
        std::unique_ptr<double[]> own = sum ? run.borrow() : nullptr;
        double open = bound; /* weight that sides not asked yet can add */
        Bits touched, left;
        sides[0].part->visit(mask, own.get(), touched);
        left = touched;
        for (size_t i = 1; i < sides.size() && left.count() > 0; i++) {
            open -= sides[i - 1].part->bound;
            if (threshold > 0)
                keep_near(left, own.get(), open, threshold);
            Bits also;
            sides[i].part->visit(&left, sides[i].excluded ? nullptr : own.get(), also);
            if (sides[i].excluded)
                left.take_away(also);
            else
                left = also;
        }
        if (sum) {
            left.each([&](docid i) { sum[i] += own[i]; });
            touched.each([&](docid i) { own[i] = 0; });
            run.give_back(std::move(own));
        }
        found.add(left);
    }

    void visit(const Bits *mask, double *sum, Bits &found) override
    {
        visit_above(0, mask, sum, found);
    }

    double n_postings() const override
    {
        double n = 0;
        for (const Side &side : sides)
            n += side.part->n_postings();
        return n;
    }

    void visit_best(double threshold, double *sum, Bits &found) override
    {
        visit_above(threshold, nullptr, sum, found);
    }
};

class Or final : public Part
{
    Parts parts;

  public:
    Or(Run &run_, Parts parts_) : Part(run_), parts(std::move(parts_))
    {
        for (const auto &part : parts) {
            estimate = std::min(estimate + part->estimate, run.n_documents);
            bound += part->bound;
        }
        /* what costs most and says least in front */
        std::stable_sort(parts.begin(), parts.end(), [](const auto &a, const auto &b) {
            return a->estimate * b->bound > b->estimate * a->bound;
        });
    }

    docid next(docid from) override
    {
        docid first = NO_MORE;
        for (const auto &part : parts) {
            const docid id = part->next(from);
            if (id != NO_MORE && (first == NO_MORE || id < first))
                first = id;
        }
        return first;
    }

    void visit(const Bits *mask, double *sum, Bits &found) override
    {
        for (const auto &part : parts)
            part->visit(mask, sum, found);
    }

    double n_postings() const override
    {
        double n = 0;
        for (const auto &part : parts)
            n += part->n_postings();
        return n;
    }

    /* Parts that cannot bring a document above the threshold all together are asked only for those that
     * others have brought near enough (Turtle and Flood's "MaxScore"). */
    void visit_best(double threshold, double *sum, Bits &found) override
    {
        double open = 0; /* weight that parts not asked yet can add */
        size_t n_late = 0;
        while (n_late < parts.size() && open + parts[n_late]->bound <= threshold)
            open += parts[n_late++]->bound;
        for (size_t i = n_late; i < parts.size(); i++)
            parts[i]->visit(nullptr, sum, found);
        for (Bits near = found; n_late > 0; open -= parts[n_late]->bound) {
            Bits ignored;
            keep_near(near, sum, open, threshold);
            if (near.count() == 0)
                return;
            parts[--n_late]->visit(&near, sum, ignored);
        }
    }
};

/* The first; the others only add to its weights. */
class Maybe final : public Part
{
    std::unique_ptr<Part> first, others;

    void add_others(const Bits &own, double *sum)
    {
        Bits ignored;
        if (sum && own.count() > 0)
            others->visit(&own, sum, ignored);
    }

  public:
    Maybe(Run &run_, std::unique_ptr<Part> first_, std::unique_ptr<Part> others_)
        : Part(run_), first(std::move(first_)), others(std::move(others_))
    {
        estimate = first->estimate;
        bound = first->bound + others->bound;
    }

    docid next(docid from) override
    {
        return first->next(from);
    }

    void visit(const Bits *mask, double *sum, Bits &found) override
    {
        Bits own;
        first->visit(mask, sum, own);
        add_others(own, sum);
        found.add(own);
    }

    double n_postings() const override
    {
        return first->n_postings() + others->n_postings();
    }

    void visit_best(double threshold, double *sum, Bits &found) override
    {
        if (threshold <= others->bound)
            return visit(nullptr, sum, found);
        first->visit_best(threshold - others->bound, sum, found);
        Bits near = found;
        keep_near(near, sum, others->bound, threshold);
        add_others(near, sum);
    }
};

class Source final : public Part
{
    std::unique_ptr<Xapian::PostingSource> source;
    double factor;
    bool judged;

    void take(docid i, double *sum, Bits &found)
    {
        found.set(i);
        if (sum && factor > 0)
            sum[i] += factor * source->get_weight();
    }

  public:
    Source(Run &run_, const Node &node, double factor_)
        : Part(run_), source(node.source->clone()), factor(factor_), judged(node.judged)
    {
        source->init(run.db);
        estimate = source->get_termfreq_est();
        bound = factor * source->get_maxweight();
        if (!judged)
            source->skip_to(1, 0);
    }

    docid next(docid from) override
    {
        if (judged)
            return from;
        if (!source->at_end() && source->get_docid() < from)
            source->skip_to(from, 0);
        return source->at_end() ? NO_MORE : source->get_docid();
    }

    void visit(const Bits *mask, double *sum, Bits &found) override
    {
        if (judged) {
            const docid last = run.db.get_lastdocid();
            for (docid i = 0; i < BLOCK && run.first + i <= last; i++)
                if ((!mask || mask->has(i)) && source->check(run.first + i, 0) && !source->at_end() &&
                    source->get_docid() == run.first + i)
                    take(i, sum, found);
            return;
        }
        for (docid id = next(run.first); id != NO_MORE && id - run.first < BLOCK; id = next(id + 1))
            if (!mask || mask->has(id - run.first))
                take(id - run.first, sum, found);
    }
};

/* Documents with a value in a range. */
class Values final : public Part
{
    const Node &node;
    Xapian::ValueIterator at, end;

  public:
    Values(Run &run_, const Node &node_)
        : Part(run_), node(node_), at(run.db.valuestream_begin(node.slot)),
          end(run.db.valuestream_end(node.slot))
    {
        estimate = run.db.get_value_freq(node.slot);
    }

    docid next(docid from) override
    {
        if (at != end && at.get_docid() < from)
            at.skip_to(from);
        return at == end ? NO_MORE : at.get_docid();
    }

    void visit(const Bits *mask, double *, Bits &found) override
    {
        for (docid id = next(run.first); id != NO_MORE && id - run.first < BLOCK; id = next(id + 1)) {
            if (mask && !mask->has(id - run.first))
                continue;
            const std::string value = *at;
            if (value >= node.lower && (!node.has_upper || value <= node.upper))
                found.set(id - run.first);
        }
    }
};

/* Null for what matches nothing. factor 0: what is made only filters. */
std::unique_ptr<Part> make(Run &run, const Node &node, double factor);

std::unique_ptr<Term> make_term(Run &run, const Node &node, double factor)
{
    const double frequency = run.db.get_termfreq(node.term);
    if (frequency <= 0)
        return nullptr;
    const double weight = factor > 0 ? factor * run.term_weight(frequency, node.factor) : 0;
    return std::make_unique<Term>(run, run.db.postlist_begin(node.term), frequency, weight);
}

/* first_factor: of the weight of the first term by itself. */
std::unique_ptr<Part> make_synonym(Run &run, const Node &node, double factor, double first_factor = 0)
{
    std::vector<std::unique_ptr<Term>> terms;
    const Node *only = nullptr;
    double first_weight = 0;
    for (const xc::Tree &part : node.parts) {
        auto term = make_term(run, *part, 0);
        if (term && part == node.parts[0] && first_factor > 0)
            first_weight = first_factor * run.term_weight(term->estimate, part->factor);
        if (!term)
            continue;
        only = part.get();
        terms.push_back(std::move(term));
    }
    if (terms.size() == 1)
        return make_term(run, *only, factor + (first_weight > 0 ? first_factor : 0));
    return terms.empty() ? nullptr : std::make_unique<Synonym>(run, std::move(terms), factor, first_weight);
}

/* A node below the factors it is scaled with. */
const Node &unscaled(const Node &node, double *factor)
{
    const Node *at = &node;
    for (; at->kind == Node::SCALE; at = at->parts[0].get())
        *factor *= at->factor;
    return *at;
}

/* A word and what else it may stand for: OR of a term and of a synonym with that term in front, whose
 * postings are gone through once for both. Null where the node is something else. */
std::unique_ptr<Part> make_word(Run &run, const Node &node, double factor)
{
    if (node.parts.size() != 2 || factor <= 0)
        return nullptr;
    double first_factor = factor, all_factor = factor;
    const Node &first = unscaled(*node.parts[0], &first_factor), &all = unscaled(*node.parts[1], &all_factor);
    if (first.kind != Node::TERM || all.kind != Node::SYNONYM || all.parts[0]->term != first.term ||
        run.db.get_termfreq(first.term) == 0)
        return nullptr;
    return make_synonym(run, all, all_factor, first_factor);
}

/* Those of the parts from `from` on that match something. */
Parts make_all(Run &run, const Node &node, size_t from, double factor)
{
    Parts parts;
    for (size_t i = from; i < node.parts.size(); i++)
        if (auto part = make(run, *node.parts[i], factor))
            parts.push_back(std::move(part));
    return parts;
}

std::unique_ptr<Part> make_or(Run &run, const Node &node, size_t from, double factor)
{
    if (from == 0)
        if (auto word = make_word(run, node, factor))
            return word;
    Parts parts = make_all(run, node, from, factor);
    if (parts.empty())
        return nullptr;
    return parts.size() == 1 ? std::move(parts[0]) : std::make_unique<Or>(run, std::move(parts));
}

/* The first n_required parts, the first n_weighed of them with weights, and none of the others. */
std::unique_ptr<Part> make_and(Run &run, const Node &node, size_t n_required, size_t n_weighed, double factor)
{
    Parts required;
    for (size_t i = 0; i < n_required; i++) {
        auto part = make(run, *node.parts[i], i < n_weighed ? factor : 0);
        if (!part)
            return nullptr;
        required.push_back(std::move(part));
    }
    Parts excluded = make_all(run, node, n_required, 0);
    if (required.size() == 1 && excluded.empty())
        return std::move(required[0]);
    return std::make_unique<And>(run, std::move(required), std::move(excluded));
}

std::unique_ptr<Part> make_maybe(Run &run, const Node &node, double factor)
{
    auto first = make(run, *node.parts[0], factor);
    auto others = first && factor > 0 ? make_or(run, node, 1, factor) : nullptr;
    return others ? std::make_unique<Maybe>(run, std::move(first), std::move(others)) : std::move(first);
}

std::unique_ptr<Part> make(Run &run, const Node &node, double factor)
{
    switch (node.kind) {
    case Node::TERM:
        return make_term(run, node, factor);
    case Node::ALL:
        return run.n_documents > 0 ? std::make_unique<All>(run) : nullptr;
    case Node::AND:
        return make_and(run, node, node.parts.size(), node.parts.size(), factor);
    case Node::FILTER:
        return make_and(run, node, node.parts.size(), 1, factor);
    case Node::AND_NOT:
        return make_and(run, node, 1, 1, factor);
    case Node::AND_MAYBE:
        return make_maybe(run, node, factor);
    case Node::OR:
        return make_or(run, node, 0, factor);
    case Node::SYNONYM:
        return make_synonym(run, node, factor);
    case Node::SCALE:
        return make(run, *node.parts[0], factor * node.factor);
    case Node::SOURCE:
        return std::make_unique<Source>(run, node, factor);
    case Node::VALUES:
        return std::make_unique<Values>(run, node);
    case Node::NOTHING:
        break;
    }
    return nullptr;
}

/* The best so far: a heap with the worst of them in front. */
class BestOf
{
    size_t cap;
    std::vector<xc::Best> heap{};

    static bool better(const xc::Best &a, const xc::Best &b)
    {
        return a.weight != b.weight ? a.weight > b.weight : a.id < b.id;
    }

  public:
    explicit BestOf(size_t cap_) : cap(cap_)
    {
    }

    /* What a document must weigh more than to be among the best. */
    double threshold() const
    {
        return heap.size() < cap || cap == 0 ? 0 : heap.front().weight;
    }

    /* Ids come ascending, so that an equal weight never displaces one. */
    void offer(docid id, double weight)
    {
        if (heap.size() < cap) {
            heap.push_back({id, weight});
            std::push_heap(heap.begin(), heap.end(), better);
        } else if (cap > 0 && weight > heap.front().weight) {
            std::pop_heap(heap.begin(), heap.end(), better);
            heap.back() = {id, weight};
            std::push_heap(heap.begin(), heap.end(), better);
        }
    }

    std::vector<xc::Best> in_order()
    {
        std::sort(heap.begin(), heap.end(), better);
        return std::move(heap);
    }
};

} // namespace

namespace xc
{

Tree combined(enum xc_operator op, std::vector<Tree> parts)
{
    static const struct {
        enum xc_operator op;
        Node::Kind kind;
    } kinds[] = {
        {XC_AND, Node::AND},       {XC_OR, Node::OR},           {XC_AND_NOT, Node::AND_NOT},
        {XC_FILTER, Node::FILTER}, {XC_SYNONYM, Node::SYNONYM}, {XC_AND_MAYBE, Node::AND_MAYBE},
    };
    if (parts.empty())
        return std::make_shared<Node>(Node{Node::NOTHING});
    for (const Tree &part : parts)
        if (!part || (op == XC_SYNONYM && part->kind != Node::TERM))
            return nullptr;
    for (const auto &row : kinds)
        if (row.op == op)
            return std::make_shared<Node>(Node{row.kind, std::move(parts)});
    return nullptr;
}

Answer run_in_blocks(const struct xc_database &database, const Node &tree, const struct xc_weight &weight,
                     size_t n_best, Xapian::doccount check_at_least, const std::function<void(docid)> &each)
{
    Run run(database, weight);
    Parts excluded; /* dead and hidden documents: they must not keep the alternatives from being seen */
    const Node *wanted = &tree;
    for (; wanted->kind == Node::AND_NOT; wanted = wanted->parts[0].get())
        for (auto &part : make_all(run, *wanted, 1, 0))
            excluded.push_back(std::move(part));
    const std::unique_ptr<Part> root = make(run, *wanted, 1);
    BestOf best(n_best);
    Answer answer{};
    if (!root)
        return answer;
    run.dense = root->estimate * 4 > run.n_documents;
    /* below that, the number of matches is worth more than what can be saved */
    const bool may_skip = check_at_least < run.n_documents && root->n_postings() > run.n_documents;
    const std::unique_ptr<double[]> sum = run.borrow();
    Xapian::doccount n_counted = 0; /* matches of the blocks that were looked at in full */
    docid n_blocks = 0, n_full = 0;
    for (docid id = 1; (id = root->next(id)) != NO_MORE;) {
        run.go_to(id - id % BLOCK);
        Bits found;
        const double threshold = best.threshold();
        const bool skip = may_skip && threshold > 0 && answer.lower >= check_at_least;
        if (skip)
            root->visit_best(threshold, sum.get(), found);
        else
            root->visit(nullptr, n_best > 0 ? sum.get() : nullptr, found);
        Bits out;
        for (const auto &part : excluded)
            part->visit(&found, nullptr, out);
        out.each([&](docid i) { sum[i] = 0; });
        found.take_away(out);
        const Xapian::doccount n = found.count();
        answer.lower += n;
        n_counted += skip ? 0 : n;
        n_full += !skip;
        n_blocks++;
        found.each([&](docid i) {
            best.offer(run.first + i, sum[i]);
            sum[i] = 0;
            if (each)
                each(run.first + i);
        });
        if (run.first > ~docid(0) - BLOCK)
            break;
        id = run.first + BLOCK;
    }
    answer.best = best.in_order();
    answer.estimated = answer.upper = answer.lower;
    if (n_full < n_blocks) {
        answer.upper = Xapian::doccount(std::max(root->estimate, double(answer.lower) + 1));
        answer.estimated = Xapian::doccount(double(n_counted) / n_full * n_blocks);
        answer.estimated = std::min(std::max(answer.estimated, answer.lower), answer.upper);
    }
    return answer;
}

} // namespace xc
