#include "indexer/diagnostics.h"

#include "base/i18n.h"
#include "corpus/read/diagnostics.h"

char *nd_diagnostic_line(const char *path, const char *member, const struct nd_diagnostic *diagnostic)
{
    const char *remedy = nd_diagnostic_remedy(diagnostic->code);
    return g_strdup_printf("%s%s%s: %s: %s%s%s", path, member ? "!" : "", member ? member : "",
                           diagnostic->code, diagnostic->message, remedy ? "; " : "",
                           remedy ? _(remedy) : "");
}

json_t *nd_name_to_json(const char *bytes)
{
    g_autofree char *text = g_utf8_make_valid(bytes, -1);
    return json_string(text);
}

json_t *nd_diagnostic_to_json(const struct nd_diagnostic *diagnostic)
{
    static const char *const severities[] = {
        [ND_SEVERITY_NOTE] = "note", [ND_SEVERITY_PARTIAL] = "partial", [ND_SEVERITY_SKIPPED] = "skipped"};
    return json_pack("{s:s, s:s, s:o, s:I}", "code", diagnostic->code, "severity",
                     severities[nd_diagnostic_severity(diagnostic->code)], "message",
                     nd_name_to_json(diagnostic->message), "offset", (json_int_t)diagnostic->offset);
}
