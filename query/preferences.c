#include "query/preferences.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/settings.h"
#include "query/names.h"

/* The key's value into *out, NULL without one. */
static bool get(const char *key, char **out, GError **error)
{
    GError *failure = NULL;
    *out = nd_settings_get(key, &failure);
    if (!failure)
        return true;
    g_propagate_error(error, failure);
    return false;
}

static bool bad_value(const char *key, const char *value, const char *expected, GError **error)
{
    g_set_error(error, ND_ERROR, ND_ERROR_USAGE, _("configuration file: %s=%s, expected %s"), key, value,
                expected);
    return false;
}

bool nd_preference_visible(const char *option, enum nd_secrecy *out, GError **error)
{
    g_autofree char *configured = NULL;
    *out = ND_SECRECY_MOST_SECRET;
    if (option && !nd_stamp_parse(option, out)) {
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, _("unknown secrecy stamp \"%s\""), option);
        return false;
    }
    if (option)
        return true;
    if (!get("visible", &configured, error))
        return false;
    return !configured || nd_stamp_parse(configured, out) ||
           bad_value("visible", configured, _("none, secret, top-secret or most-secret"), error);
}

bool nd_preference_format(char **format, GError **error)
{
    return *format || get("format", format, error);
}

bool nd_preference_count(int *count, GError **error)
{
    g_autofree char *configured = NULL;
    guint64 value;
    if (*count >= 0)
        return true;
    if (!get("count", &configured, error))
        return false;
    if (configured && !g_ascii_string_to_unsigned(configured, 10, 1, G_MAXINT, &value, NULL))
        return bad_value("count", configured, _("a number above 0"), error);
    if (configured)
        *count = (int)value;
    return true;
}

bool nd_preference_terminal(int fd, struct nd_terminal *out, GError **error)
{
    g_autofree char *configured = NULL;
    *out = nd_terminal_detect(fd);
    if (!get("colour", &configured, error))
        return false;
    if (!configured || strcmp(configured, "auto") == 0)
        return true;
    const bool always = strcmp(configured, "always") == 0;
    if (!always && strcmp(configured, "never") != 0)
        return bad_value("colour", configured, _("auto, always or never"), error);
    const char *const off = g_getenv("NO_COLOR"), *const force = g_getenv("CLICOLOR_FORCE");
    if (!(off && *off) && !(force && *force))
        out->colour = always;
    return true;
}
