#ifndef XAPIAN_C_BLOCK_PARTS_H
#define XAPIAN_C_BLOCK_PARTS_H

/* Inside the binding (C++): the parts of a query, one class for each kind of node of tree.h. */

#include "corpus/store/xapian_c/block_run.h"

namespace xc::blocks
{

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

} // namespace xc::blocks

#endif
