#include "query/graph_export.h"

#include "base/error.h"
#include "query/graph_write.h"
#include "query/session.h"

#include <errno.h>

struct nd_graph_format {
    const char *name, *suffix, *media_type;
    bool with_evidence, merged;
    nd_graph_writer *write;
};

static const struct nd_graph_format formats[] = {
#define ND_GRAPH_FORMAT(name, suffix, media_type, evidence, merged, function)                                \
    {name, suffix, media_type, evidence, merged, function},
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

const char *nd_graph_format_suffix(const struct nd_graph_format *format)
{
    return format->suffix;
}

bool nd_graph_export(struct nd_session *session, const struct nd_graph_format *format,
                     const struct nd_graph_filter *filter, FILE *out, GError **error)
{
    if (!nd_session_enter(session, error))
        return false;
    nd_auto(nd_graph_view) view = nd_graph_view_new(session, filter, format->with_evidence, error);
    nd_session_leave(session);
    if (!view)
        return false;
    g_autoptr(GArray) weights = NULL;
    if (format->merged)
        nd_graph_view_merge(view, &weights);
    if (format->merged && filter->figures && !filter->figures(view, error))
        return false;
    if (!format->write(view, weights, out, error))
        return false;
    if (fflush(out) != 0 || ferror(out)) {
        nd_error_set_errno(error, errno, "cannot write the graph");
        return false;
    }
    return true;
}
