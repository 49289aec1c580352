/* Running a query in blocks of documents (tree.h): its parts are made from the tree, then block after block
 * is visited. */
#include "corpus/store/xapian_c/block_parts.h"

namespace
{

using namespace xc::blocks;

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
    /* a block of lengths takes as long to read as those of a few dozen documents one by one */
    run.weighs = n_best > 0;
    run.dense = root->estimate * 24 > run.n_documents;
    /* below that, the number of matches is worth more than what can be saved */
    const bool may_skip = check_at_least < run.n_documents && root->n_postings() > run.n_documents;
    const std::unique_ptr<double[]> sum = run.borrow();
    Xapian::doccount n_counted = 0; /* matches of the blocks that were looked at in full */
    docid n_blocks = 0, n_full = 0;
    for (docid id = 1; (id = root->next(id)) != NO_MORE;) {
        run.go_to(block_of(id));
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
