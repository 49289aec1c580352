/* Commands of ndgraph that carry the graph out. */

#include "query/ndgraph.h"

#include "base/caps.h"
#include "base/i18n.h"
#include "query/graph_export.h"
#include "query/graph_figures.h"
#include "query/session.h"

#include <string.h>

/* The ids of the documents a query finds. */
static GArray *documents_of(struct nd_session *session, const char *query, GError **error)
{
    const struct nd_search_request request = {.query = query,
                                              .query_size = strlen(query),
                                              .limit = ND_CAP_RESULT_WINDOW,
                                              .bare = true,
                                              .exact = true};
    nd_auto(nd_results) results = nd_search(session, &request, NULL, error);
    if (!results)
        return NULL;
    if (results->n_matches > ND_CAP_RESULT_WINDOW) {
        g_set_error(error, ND_ERROR, ND_ERROR_LIMIT,
                    _("the query finds more than %d documents; narrow it, or export without one"),
                    ND_CAP_RESULT_WINDOW);
        return NULL;
    }
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (size_t i = 0; i < results->n_hits; i++)
        g_array_append_val(ids, results->hits[i].id);
    return ids;
}

int nd_graph_export_command(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    struct nd_graph_filter filter = {.figures = nd_graph_figures_compute};
    g_autoptr(GArray) ids = NULL;
    if (argc > 1 && !(ids = documents_of(run->session, argv[1], error)))
        return 0;
    if (ids) {
        filter.documents = (const int64_t *)(void *)ids->data;
        filter.n_documents = ids->len;
        filter.by_documents = true;
    }
    g_autofree char *around = NULL;
    if (run->options->around && !(around = nd_graph_argument(run, run->options->around, error)))
        return 0;
    filter.around = around;
    filter.steps = (unsigned)MAX(run->options->steps, 1);
    filter.max_nodes = around ? (size_t)MAX(run->options->count, 0) : 0;
    nd_graph_export(run->session, nd_graph_format_by_name(run->options->format), &filter, stdout, error);
    return ND_EXIT_SUCCESS;
}
