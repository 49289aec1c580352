#ifndef ND_BASE_SETTINGS_H
#define ND_BASE_SETTINGS_H

/*
 * Where the index is, and what else the configuration file says. The file is ndsearch/config in the user's
 * XDG configuration folder, else in a system one (/etc/xdg): a GLib key file with the group [ndsearch] and
 * the keys of settings.def. A key that is not one of them makes the whole file an error.
 *
 * Source: XDG Base Directory Specification 0.8, https://specifications.freedesktop.org/basedir-spec/
 */

#include <glib.h>

/* The folder of the index: option when it is not NULL (what -d gave), else $ND_INDEX, else `index` of the
 * configuration file, else ndsearch in the XDG data folder. The folder need not exist. A path in the file may
 * begin with "~/"; a relative one counts from the file's folder. Caller frees with g_free. Fails with
 * ND_ERROR_USAGE for an empty name or a configuration file that cannot be understood. */
char *nd_settings_index_dir(const char *option, GError **error);

/* The value of key in the configuration file, NULL when no file has it (error untouched) or on failure, as
 * above. Caller frees with g_free. */
char *nd_settings_get(const char *key, GError **error);

#endif
