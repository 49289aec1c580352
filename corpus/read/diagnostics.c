#include "corpus/read/diagnostics.h"

#include <glib.h>
#include <string.h>

#define N_(message) message /* marks for the translators what the front end translates */

static const struct {
    const char *code;
    enum nd_severity severity;
    const char *remedy;
} rows[] = {
#define ND_DIAGNOSTIC(code_, severity_, remedy_) {code_, ND_SEVERITY_##severity_, remedy_},
#include "corpus/read/diagnostics.def"
#undef ND_DIAGNOSTIC
};

static int find(const char *code)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++)
        if (strcmp(rows[i].code, code) == 0)
            return (int)i;
    return -1;
}

enum nd_severity nd_diagnostic_severity(const char *code)
{
    int i = find(code);
    return i >= 0 ? rows[i].severity : ND_SEVERITY_PARTIAL;
}

const char *nd_diagnostic_remedy(const char *code)
{
    int i = find(code);
    return i >= 0 ? rows[i].remedy : NULL;
}

const char *nd_diagnostic_code(unsigned i)
{
    return i < G_N_ELEMENTS(rows) ? rows[i].code : NULL;
}
