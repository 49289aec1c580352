#include "base/i18n.h"
#include "query/cards.h"
#include "query/edges.h"
#include "query/works.h"

/* Works in the order they were reached, each with its distance. */
struct front {
    GArray *works;      /* of int64_t */
    GArray *distances;  /* of unsigned */
    GHashTable *places; /* work -> its place in works, from 1 */
};

static bool reach(struct front *front, int64_t work, unsigned distance)
{
    if (g_hash_table_contains(front->places, &work))
        return false;
    g_array_append_val(front->works, work);
    g_array_append_val(front->distances, distance);
    g_hash_table_insert(front->places, g_memdup2(&work, sizeof work), GUINT_TO_POINTER(front->works->len));
    return true;
}

static bool spread(struct nd_session *session, struct front *front, unsigned depth, size_t cap,
                   bool *complete_out, GError **error)
{
    g_autoptr(GArray) neighbours = g_array_new(FALSE, FALSE, sizeof(int64_t));
    *complete_out = true;
    for (guint next = 0; next < front->works->len; next++) {
        const int64_t work = g_array_index(front->works, int64_t, next);
        const unsigned distance = g_array_index(front->distances, unsigned, next) + 1;
        if (distance > depth)
            return true;
        if (!nd_work_neighbours(session, work, neighbours, error))
            return false;
        for (guint i = 0; i < neighbours->len; i++) {
            const int64_t other = g_array_index(neighbours, int64_t, i);
            if (front->works->len >= cap && !g_hash_table_contains(front->places, &other))
                *complete_out = false;
            else
                reach(front, other, distance);
        }
    }
    return true;
}

static bool fill_node(struct nd_session *session, int64_t work, unsigned distance, struct nd_graph_node *node,
                      GError **error)
{
    nd_auto(nd_work_card) card = nd_work_card_brief(session, work, error);
    if (!card)
        return false;
    *node = (struct nd_graph_node){
        .key = g_steal_pointer(&card->key),
        .code = g_steal_pointer(&card->code),
        .title = g_steal_pointer(&card->title),
        .type = g_steal_pointer(&card->type),
        .place = g_steal_pointer(&card->place),
        .level = card->level,
        .date = card->date,
        .document = g_steal_pointer(&card->document),
        .distance = distance,
    };
    return true;
}

static bool fill(struct nd_session *session, const struct front *front, struct nd_graph *graph,
                 GError **error)
{
    graph->nodes = g_new0(struct nd_graph_node, front->works->len);
    graph->edges = g_ptr_array_new_with_free_func((GDestroyNotify)(void (*)(void))nd_evidence_free);
    for (guint i = 0; i < front->works->len; i++) {
        const int64_t work = g_array_index(front->works, int64_t, i);
        if (!fill_node(session, work, g_array_index(front->distances, unsigned, i), &graph->nodes[i], error))
            return false;
        graph->n_nodes = i + 1;
        const struct nd_edge_request request = {
            .statement = ND_STATEMENT_EDGES_OUT, .id = work, .relations = ~0U, .works = front->works};
        g_autoptr(GPtrArray) edges = nd_edges_find(session, &request, error);
        if (!edges)
            return false;
        while (edges->len > 0)
            g_ptr_array_add(graph->edges, g_ptr_array_steal_index(edges, 0));
    }
    return true;
}

struct nd_graph *nd_graph_around(struct nd_session *session, const char *work, unsigned depth,
                                 size_t cap_nodes, GError **error)
{
    g_autoptr(GArray) centre = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) distances = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_autoptr(GHashTable) places = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    struct front front = {works, distances, places};
    if (!nd_session_enter(session, error))
        return NULL;
    nd_auto(nd_graph) graph = g_new0(struct nd_graph, 1);
    bool good = nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, work, centre, error);
    if (good && centre->len == 0) {
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("nothing in this index is or cites \"%s\""), work);
        good = false;
    }
    if (good)
        reach(&front, g_array_index(centre, int64_t, 0), 0);
    good = good && spread(session, &front, depth, cap_nodes, &graph->complete, error) &&
           fill(session, &front, graph, error);
    nd_session_leave(session);
    return good ? g_steal_pointer(&graph) : NULL;
}

void nd_graph_free(struct nd_graph *graph)
{
    if (!graph)
        return;
    for (size_t i = 0; i < graph->n_nodes; i++) {
        struct nd_graph_node *const node = &graph->nodes[i];
        g_free(node->key);
        g_free(node->code);
        g_free(node->title);
        g_free(node->type);
        g_free(node->place);
        g_free(node->document);
    }
    g_free(graph->nodes);
    g_clear_pointer(&graph->edges, g_ptr_array_unref);
    g_free(graph);
}
