#include "web/message.h"

#include <glib.h>
#include <string.h>

static const char *const messages[ND_N_MESSAGES][ND_N_LANGUAGES] = {
#define ND_MESSAGE(id, vietnamese, english) [ND_MESSAGE_##id] = {vietnamese, english},
#include "web/messages.def"
#undef ND_MESSAGE
};

static const char *const codes[ND_N_LANGUAGES] = {"vi", "en"};

const char *nd_message(enum nd_message message, enum nd_language language)
{
    return messages[message][language];
}

const char *nd_language_code(enum nd_language language)
{
    return codes[language];
}

enum nd_language nd_language_negotiate(const char *header)
{
    enum nd_language best = ND_LANGUAGE_VI;
    double best_weight = 0;
    const char *p = header ? header : "";
    while (*p) {
        p += strspn(p, " \t,");
        const size_t range = strcspn(p, ",");
        const size_t tag = strcspn(p, "-;, \t");
        const char *q = g_strstr_len(p, (gssize)range, "q=");
        const double weight = q ? g_ascii_strtod(q + 2, NULL) : 1;
        for (int language = 0; language < ND_N_LANGUAGES; language++) {
            if (tag == 2 && g_ascii_strncasecmp(p, codes[language], 2) == 0 && weight > best_weight) {
                best = (enum nd_language)language;
                best_weight = weight;
            }
        }
        p += range;
    }
    return best;
}
