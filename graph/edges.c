#include "graph/edges.h"

#include <string.h>

static int by_pair(const struct nd_document_edge *a, const struct nd_document_edge *b)
{
    int order = strcmp(a->source, b->source);
    return order ? order : strcmp(a->target, b->target);
}

/* By pair and relation, the best evidence of each first: done before proposed, title before body, sure before
 * unsure, early before late. */
static int by_pair_and_evidence(const void *x, const void *y)
{
    const struct nd_document_edge *a = x, *b = y;
    int order = by_pair(a, b);
    if (order)
        return order;
    if (a->relation != b->relation)
        return a->relation < b->relation ? -1 : 1;
    if (a->proposed != b->proposed)
        return a->proposed ? 1 : -1;
    if (a->strength != b->strength)
        return a->strength > b->strength ? -1 : 1;
    if (a->confidence != b->confidence)
        return a->confidence > b->confidence ? -1 : 1;
    return a->ordinal < b->ordinal ? -1 : a->ordinal > b->ordinal;
}

static void add(GArray *edges, const char *own, const char *source, const char *target,
                enum nd_relation relation, const struct nd_mention *mention, uint32_t ordinal,
                double confidence)
{
    if (!source || !target || strcmp(source, target) == 0)
        return;
    struct nd_document_edge edge = {.source = source,
                                    .target = target,
                                    .relation = relation,
                                    .strength = mention->strength,
                                    .proposed = mention->proposed,
                                    .reported = strcmp(source, own) != 0,
                                    .confidence = confidence,
                                    .ordinal = ordinal};
    g_array_append_val(edges, edge);
}

/* Keeps the first of each pair and relation, and mere citing only where nothing else is said of the pair.
 * CITES is the lowest relation, so that it stands first within its pair. */
static void keep_best(GArray *edges)
{
    G_STATIC_ASSERT(ND_RELATION_CITES == 0);
    guint kept = 0;
    struct nd_document_edge *all = &g_array_index(edges, struct nd_document_edge, 0);
    for (guint i = 0; i < edges->len; i++) {
        struct nd_document_edge *last = kept ? &all[kept - 1] : NULL;
        bool same_pair = last && by_pair(last, &all[i]) == 0;
        if (same_pair && last->relation == all[i].relation)
            continue;
        if (same_pair && last->relation == ND_RELATION_CITES && !all[i].proposed)
            kept--;
        all[kept++] = all[i];
    }
    g_array_set_size(edges, kept);
}

static bool changes_its_target(enum nd_relation relation)
{
    return relation == ND_RELATION_AMENDS || relation == ND_RELATION_CORRECTS ||
           relation == ND_RELATION_REPLACES || relation == ND_RELATION_REPEALS;
}

/* What the document itself does to the work a mention names. When the words that say "amends" belong to
 * another work ("theo Nghị định A sửa đổi Nghị định B"), the document itself only cites B. */
static enum nd_relation own_relation(const struct nd_mention *mention, int decided)
{
    if (decided >= 0)
        return (enum nd_relation)decided;
    bool of_another = mention->reported_by >= 0 && mention->relation == mention->reported_relation &&
                      changes_its_target(mention->relation);
    return of_another ? ND_RELATION_CITES : mention->relation;
}

GArray *nd_document_edges(const char *own, const struct nd_mentions *mentions,
                          const struct nd_edge_mention *resolved)
{
    GArray *edges = g_array_new(FALSE, FALSE, sizeof(struct nd_document_edge));
    for (size_t i = 0; i < nd_mentions_count(mentions); i++) {
        const struct nd_mention *mention = nd_mentions_get(mentions, i);
        const char *work = resolved[i].work;
        double confidence = mention->confidence * resolved[i].confidence;
        add(edges, own, own, work, own_relation(mention, resolved[i].relation), mention, (uint32_t)i,
            confidence);
        if (mention->reported_by < 0)
            continue;
        const struct nd_edge_mention *other = &resolved[mention->reported_by];
        confidence *= other->confidence;
        add(edges, own, mention->reported_inverse ? work : other->work,
            mention->reported_inverse ? other->work : work, mention->reported_relation, mention, (uint32_t)i,
            confidence);
    }
    g_array_sort(edges, by_pair_and_evidence);
    if (edges->len)
        keep_best(edges);
    return edges;
}
