#include "base/settings.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/nearest.h"

#include <errno.h>
#include <stdbool.h>
#include <unistd.h>

#define GROUP "ndsearch"

/* A mistyped key would be no key: one that hides documents must not go unnoticed. */
static bool check_keys(GKeyFile *file, const char *path, GError **error)
{
    static const char *const known[] = {
#define ND_SETTING(key) key,
#include "base/settings.def"
#undef ND_SETTING
        NULL,
    };
    g_auto(GStrv) keys = g_key_file_get_keys(file, GROUP, NULL, NULL);
    for (char **key = keys; key && *key; key++) {
        if (g_strv_contains(known, *key))
            continue;
        const char *const meant = nd_nearest(*key, known);
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE,
                    meant ? _("configuration file %s: unknown key \"%s\"; did you mean \"%s\"?")
                          : _("configuration file %s: unknown key \"%s\""),
                    path, *key, meant);
        return false;
    }
    return true;
}

/* The first configuration file that is there: its content and its path. *file_out stays NULL when there is
 * none. */
static gboolean load(GKeyFile **file_out, char **path_out, GError **error)
{
    const char *const *system = g_get_system_config_dirs();
    const char *folder = g_get_user_config_dir();
    for (; folder; folder = *system++) {
        g_autofree char *path = g_build_filename(folder, "ndsearch", "config", NULL);
        if (access(path, F_OK) != 0 && errno == ENOENT)
            continue; /* before any error is worded: the C library loads its messages for the first one */
        g_autoptr(GKeyFile) file = g_key_file_new();
        g_autoptr(GError) cause = NULL;
        if (g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &cause)) {
            if (!check_keys(file, path, error))
                return FALSE;
            *file_out = g_steal_pointer(&file);
            *path_out = g_steal_pointer(&path);
            return TRUE;
        }
        if (!g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
            g_set_error(error, ND_ERROR, ND_ERROR_USAGE, _("configuration file %s: %s"), path,
                        cause->message);
            return FALSE;
        }
    }
    return TRUE;
}

char *nd_settings_get(const char *key, GError **error)
{
    g_autoptr(GKeyFile) file = NULL;
    g_autofree char *path = NULL;
    if (!load(&file, &path, error) || !file)
        return NULL;
    return g_key_file_get_string(file, GROUP, key, NULL);
}

static char *index_dir_of_file(GError **error)
{
    g_autoptr(GKeyFile) file = NULL;
    g_autofree char *path = NULL;
    if (!load(&file, &path, error) || !file)
        return NULL;
    g_autofree char *dir = g_key_file_get_string(file, GROUP, "index", NULL);
    if (!dir || !*dir)
        return NULL;
    if (g_str_has_prefix(dir, "~/"))
        return g_build_filename(g_get_home_dir(), dir + 2, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    return g_canonicalize_filename(dir, folder);
}

char *nd_settings_index_dir(const char *option, GError **error)
{
    const char *variable = g_getenv("ND_INDEX");
    if (option && !*option) {
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, _("the folder of the index has an empty name"));
        return NULL;
    }
    if (option)
        return g_strdup(option);
    if (variable && *variable)
        return g_strdup(variable);
    GError *cause = NULL;
    char *dir = index_dir_of_file(&cause);
    if (cause) {
        g_propagate_error(error, cause);
        return NULL;
    }
    return dir ? dir : g_build_filename(g_get_user_data_dir(), "ndsearch", NULL);
}
