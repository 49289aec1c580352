#include "query/graph_figures.h"

#include "base/error.h"

#include <dlfcn.h>
#include <igraph/igraph.h>

static const double damping = 0.85;

/* igraph is loaded when figures are asked for: with the dozen libraries below it, it takes the dynamic linker
 * longer than most commands of ndgraph take, and one of them needs it. */
#define FUNCTIONS(X)                                                                                         \
    X(connected_components)                                                                                  \
    X(create)                                                                                                \
    X(destroy)                                                                                               \
    X(error_handler_ignore)                                                                                  \
    X(pagerank)                                                                                              \
    X(set_error_handler)                                                                                     \
    X(strerror)                                                                                              \
    X(vector_destroy)                                                                                        \
    X(vector_init)                                                                                           \
    X(vector_int_destroy)                                                                                    \
    X(vector_int_init)                                                                                       \
    X(vector_int_size)                                                                                       \
    X(vss_all)

static struct {
#define MEMBER(name) __typeof__(igraph_##name) *name;
    FUNCTIONS(MEMBER)
} library;

static bool load(GError **error)
{
    static void *handle;
    if (handle)
        return true;
    void *const opened = dlopen(ND_IGRAPH_SONAME, RTLD_NOW | RTLD_LOCAL);
    bool ok = opened != NULL;
#define FIND(name) ok = ok && (*(void **)&library.name = dlsym(opened, "igraph_" #name)) != NULL;
    FUNCTIONS(FIND)
    if (ok)
        handle = opened;
    else
        g_set_error(error, ND_ERROR, ND_ERROR_INTERNAL, "igraph: %s", dlerror());
    return ok;
}

static bool fail(GError **error, igraph_error_t code)
{
    g_set_error(error, ND_ERROR, ND_ERROR_INTERNAL, "igraph: %s", library.strerror(code));
    return false;
}

static igraph_error_t make_graph(const struct nd_graph_view *view, igraph_t *graph)
{
    igraph_vector_int_t ends;
    igraph_error_t code = library.vector_int_init(&ends, 2 * (igraph_integer_t)view->edges->len);
    if (code != IGRAPH_SUCCESS)
        return code;
    for (guint i = 0; i < view->edges->len; i++) {
        VECTOR(ends)[2 * i] = nd_graph_view_edge(view, i)->source;
        VECTOR(ends)[2 * i + 1] = nd_graph_view_edge(view, i)->target;
    }
    code = library.create(graph, &ends, (igraph_integer_t)view->nodes->len, IGRAPH_DIRECTED);
    library.vector_int_destroy(&ends);
    return code;
}

static struct nd_export_node *node_at(struct nd_graph_view *view, guint i)
{
    return &g_array_index(view->nodes, struct nd_export_node, i);
}

static igraph_error_t rank(struct nd_graph_view *view, const igraph_t *graph)
{
    igraph_vector_t ranks;
    igraph_error_t code = library.vector_init(&ranks, 0);
    if (code != IGRAPH_SUCCESS)
        return code;
    code = library.pagerank(graph, IGRAPH_PAGERANK_ALGO_PRPACK, &ranks, NULL, library.vss_all(),
                            IGRAPH_DIRECTED, damping, NULL, NULL);
    for (guint i = 0; code == IGRAPH_SUCCESS && i < view->nodes->len; i++)
        node_at(view, i)->pagerank = VECTOR(ranks)[i];
    library.vector_destroy(&ranks);
    return code;
}

static int by_size(const void *a, const void *b, void *sizes)
{
    guint x = *(const guint *)a, y = *(const guint *)b;
    const igraph_vector_int_t *n = sizes;
    if (VECTOR(*n)[x] != VECTOR(*n)[y])
        return VECTOR(*n)[x] > VECTOR(*n)[y] ? -1 : 1;
    return x < y ? -1 : x > y; /* igraph numbers components by their first node */
}

/* Numbers components by their size, so that the numbers do not depend on the library's walk. */
static void number_components(struct nd_graph_view *view, const igraph_vector_int_t *membership,
                              igraph_vector_int_t *sizes)
{
    guint n = (guint)library.vector_int_size(sizes);
    g_autofree guint *order = g_new(guint, n + 1);
    g_autofree guint *number = g_new(guint, n + 1);
    for (guint i = 0; i < n; i++)
        order[i] = i;
    g_qsort_with_data(order, (gint)n, sizeof *order, by_size, sizes);
    for (guint i = 0; i < n; i++)
        number[order[i]] = i + 1;
    for (guint i = 0; i < view->nodes->len; i++)
        node_at(view, i)->component = number[VECTOR(*membership)[i]];
}

static igraph_error_t find_components(struct nd_graph_view *view, const igraph_t *graph)
{
    igraph_vector_int_t membership, sizes;
    igraph_integer_t n;
    igraph_error_t code = library.vector_int_init(&membership, 0);
    if (code != IGRAPH_SUCCESS)
        return code;
    code = library.vector_int_init(&sizes, 0);
    if (code == IGRAPH_SUCCESS) {
        code = library.connected_components(graph, &membership, &sizes, &n, IGRAPH_WEAK);
        if (code == IGRAPH_SUCCESS)
            number_components(view, &membership, &sizes);
        library.vector_int_destroy(&sizes);
    }
    library.vector_int_destroy(&membership);
    return code;
}

bool nd_graph_figures_compute(struct nd_graph_view *view, GError **error)
{
    igraph_t graph;
    if (!load(error))
        return false;
    library.set_error_handler(library.error_handler_ignore); /* its default ends the process */
    igraph_error_t code = make_graph(view, &graph);
    if (code != IGRAPH_SUCCESS)
        return fail(error, code);
    code = rank(view, &graph);
    if (code == IGRAPH_SUCCESS)
        code = find_components(view, &graph);
    library.destroy(&graph);
    view->has_figures = code == IGRAPH_SUCCESS;
    return view->has_figures || fail(error, code);
}
