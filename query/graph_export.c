#include "query/graph_export.h"

#include "base/error.h"
#include "query/graph_figures.h"
#include "query/graph_write.h"

#include <errno.h>

struct nd_graph_format {
    const char *name, *media_type;
    bool with_evidence, merged;
    nd_graph_writer *write;
};

static const struct nd_graph_format formats[] = {
#define ND_GRAPH_FORMAT(name, media_type, evidence, merged, function)                                        \
    {name, media_type, evidence, merged, function},
#include "query/formats.def"
};

const struct nd_graph_format *nd_graph_format_at(size_t i)
{
    return i < G_N_ELEMENTS(formats) ? &formats[i] : NULL;
}

const struct nd_graph_format *nd_graph_format_by_name(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        if (g_str_equal(formats[i].name, name))
            return &formats[i];
    return NULL;
}

const char *nd_graph_format_name(const struct nd_graph_format *format)
{
    return format->name;
}

const char *nd_graph_format_media_type(const struct nd_graph_format *format)
{
    return format->media_type;
}

bool nd_graph_export(struct nd_catalog *catalog, const struct nd_graph_format *format,
                     const struct nd_graph_filter *filter, FILE *out, GError **error)
{
    nd_auto(nd_graph_view) view = nd_graph_view_new(catalog, filter, format->with_evidence, error);
    if (!view)
        return false;
    g_autoptr(GArray) weights = NULL;
    if (format->merged)
        nd_graph_view_merge(view, &weights);
    if (format->merged && !nd_graph_figures_compute(view, error))
        return false;
    if (!format->write(view, weights, out, error))
        return false;
    if (fflush(out) != 0 || ferror(out)) {
        nd_error_set_errno(error, errno, "cannot write the graph");
        return false;
    }
    return true;
}
