#ifndef XAPIAN_C_TREE_H
#define XAPIAN_C_TREE_H

/*
 * Inside the binding (C++): a query as a tree that can be read again, which Xapian's own cannot, and running
 * it in blocks of documents.
 *
 * Xapian's matcher goes from document to document and asks every part of a query at each; a part knows by
 * itself how to leave out what cannot come among the best. That is best where the words are rare. Where most
 * documents have them it leaves out little, and the asking costs several times what the postings do. In
 * blocks, each part goes through its postings of a few thousand documents in one loop and adds its weights to
 * an array. The matches are the same, and so are the weights, Xapian's BM25.
 */

#include "corpus/store/xapian_c/guard.h"

#include <functional>

namespace xc
{

struct Node {
    enum Kind { TERM, ALL, NOTHING, AND, OR, AND_NOT, AND_MAYBE, FILTER, SYNONYM, SCALE, SOURCE, VALUES };
    Kind kind;
    std::vector<Tree> parts{};
    std::string term{};           /* TERM */
    double factor = 1;            /* SCALE; TERM: the frequency in the query */
    bool judged = false;          /* SOURCE: has to be asked for each document */
    std::string lower{}, upper{}; /* VALUES: both inclusive; no upper: as far as they go */
    bool has_upper = false;
    Xapian::valueno slot = 0;
    std::shared_ptr<const Xapian::PostingSource> source{}; /* SOURCE; cloned for each run */
};

/* The tree of an operator over parts; null where one of them is, or for an operator that has no kind. */
Tree combined(enum xc_operator op, std::vector<Tree> parts);

struct Best {
    Xapian::docid id;
    double weight;
};

struct Answer {
    std::vector<Best> best; /* in order: the highest weights, of equal ones the lowest ids */
    Xapian::doccount lower, estimated, upper; /* of the number of matches; the same where it is known */
};

/* Runs a tree over one local database. Calls each, where it holds something, for the matches it looks at, in
 * order of ids: when that are check_at_least, it may leave out some that are not among the best. weight is
 * BM25 with parameters and no k2. */
Answer run_in_blocks(const struct xc_database &database, const Node &tree, const struct xc_weight &weight,
                     size_t n_best, Xapian::doccount check_at_least,
                     const std::function<void(Xapian::docid)> &each);

} // namespace xc

#endif
