/* Commands of ndgraph that carry the graph out. */

#include "query/ndgraph.h"

#include "query/graph_export.h"
#include "query/graph_figures.h"
#include "query/session.h"

int nd_graph_export_command(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    struct nd_graph_filter filter = {.figures = nd_graph_figures_compute};
    g_autoptr(GArray) ids = NULL;
    if (argc > 1 && !(ids = nd_search_ids(run->session, argv[1], error)))
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
