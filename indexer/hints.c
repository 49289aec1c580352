#include "indexer/hints.h"

#include "analyzers/data/data.h"
#include "base/error.h"
#include "base/i18n.h"

#include <string.h>

struct nd_hints {
    const char *place;   /* of --place, static; NULL without */
    GHashTable *by_path; /* absolute path -> place name, static */
};

struct nd_hints *nd_hints_new(void)
{
    struct nd_hints *hints = g_new0(struct nd_hints, 1);
    hints->by_path = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return hints;
}

void nd_hints_free(struct nd_hints *hints)
{
    if (!hints)
        return;
    g_hash_table_unref(hints->by_path);
    g_free(hints);
}

static const char *place_name(const char *text, GError **error)
{
    const struct nd_place *place = nd_place_by_name(text);
    if (!place)
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, _("'%s' is no province that is known"), text);
    return place ? place->name : NULL;
}

bool nd_hints_set_place(struct nd_hints *hints, const char *name, GError **error)
{
    const char *place = place_name(name, error);
    if (place)
        hints->place = place;
    return place != NULL;
}

/* One line of the manifest in folder: "path<TAB>province". */
static bool load_line(struct nd_hints *hints, char *line, const char *folder, GError **error)
{
    char *tab = strchr(line, '\t');
    if (!tab) {
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, _("expected a path, a tab and a province"));
        return false;
    }
    *tab = '\0';
    const char *place = place_name(g_strstrip(tab + 1), error);
    if (!place)
        return false;
    g_hash_table_insert(hints->by_path, g_canonicalize_filename(line, folder), (gpointer)place);
    return true;
}

bool nd_hints_load_manifest(struct nd_hints *hints, const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *content = NULL;
    if (!g_file_get_contents(path, &content, NULL, &cause)) {
        g_set_error(error, ND_ERROR, ND_ERROR_IO, "%s", cause->message);
        return false;
    }
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    g_autofree char *folder = g_path_get_dirname(absolute);
    g_auto(GStrv) lines = g_strsplit(content, "\n", -1);
    for (unsigned i = 0; lines[i]; i++) {
        g_strchomp(lines[i]);
        if (lines[i][0] == '\0' || lines[i][0] == '#')
            continue;
        if (!load_line(hints, lines[i], folder, error)) {
            g_prefix_error(error, _("manifest '%s', line %u: "), path, i + 1);
            return false;
        }
    }
    return true;
}

const char *nd_hints_place(const struct nd_hints *hints, const char *path)
{
    if (g_hash_table_size(hints->by_path) == 0)
        return hints->place;
    g_autofree char *prefix = g_strdup(path);
    for (;;) {
        const char *place = g_hash_table_lookup(hints->by_path, prefix);
        if (place)
            return place;
        char *slash = strrchr(prefix, '/');
        if (!slash)
            return hints->place;
        *slash = '\0';
    }
}
