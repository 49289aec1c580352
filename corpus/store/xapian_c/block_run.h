#ifndef XAPIAN_C_BLOCK_RUN_H
#define XAPIAN_C_BLOCK_RUN_H

/* Inside the binding (C++): what a run over blocks of documents (tree.h) keeps, and what each part of a query
 * does in it. */

#include "corpus/store/xapian_c/lengths.h"
#include "corpus/store/xapian_c/tree.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace xc::blocks
{

using Xapian::docid;
using Xapian::termcount;
using xc::Node;

constexpr docid NO_MORE = 0;                 /* no document has this id */
constexpr termcount UNKNOWN = ~termcount(0); /* of a document whose length was not asked for yet */

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
    /* By hand: the processor's own instruction is not in the baseline, and libgcc's function is a call a
     * word. */
    docid count() const
    {
        docid n = 0;
        for (uint64_t word : words) {
            word -= word >> 1 & 0x5555555555555555U;
            word = (word & 0x3333333333333333U) + (word >> 2 & 0x3333333333333333U);
            word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fU;
            n += docid(word * 0x0101010101010101U >> 56);
        }
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
    bool weighs = true;           /* false: matches are only counted */
    bool dense = false;           /* many documents are weighed, so that lengths are read in one go */
    docid first = 0;              /* of the block at hand */
    termcount *lengths = nullptr; /* of its documents, as far as they are known */
    std::vector<std::unique_ptr<double[]>> sums{}; /* all zero, to be borrowed */

    Run(const struct xc_database &database_, const struct xc_weight &weight)
        : database(database_), db(database_.db), n_documents(db.get_doccount()),
          per_length(db.get_average_length() > 0 ? 1 / db.get_average_length() : 0), k1(weight.k1),
          b(weight.b), k3(weight.k3), min_length(weight.min_normlen)
    {
    }

    double norm_of(termcount length) const
    {
        return k1 * (std::max(length * per_length, min_length) * b + (1 - b));
    }

    void go_to(docid block_first)
    {
        first = block_first;
        if (!weighs)
            return;
        std::vector<termcount> &known = database.lengths[first];
        if (known.empty()) {
            known.assign(BLOCK, UNKNOWN);
            if (dense)
                each_length(db.get_metadata(key_of_lengths(first)),
                            [&](docid i, termcount length) { known[i] = length; });
        }
        lengths = known.data();
    }

    /* What BM25 makes of a word that a document of the block has wdf times. */
    double share(docid i, termcount wdf)
    {
        if (lengths[i] == UNKNOWN)
            lengths[i] = db.get_doclength(first + i);
        return wdf / (norm_of(lengths[i]) + wdf);
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
inline void keep_near(Bits &set, const double *sum, double open, double threshold)
{
    Bits near;
    set.each([&](docid i) {
        if (sum[i] + open > threshold)
            near.set(i);
    });
    set = near;
}

using Parts = std::vector<std::unique_ptr<Part>>;

} // namespace xc::blocks

#endif
