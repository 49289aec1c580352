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

void nd_diagnostic_put_json(struct nd_json *json, const struct nd_diagnostic *diagnostic)
{
    static const char *const severities[] = {
        [ND_SEVERITY_NOTE] = "note", [ND_SEVERITY_PARTIAL] = "partial", [ND_SEVERITY_SKIPPED] = "skipped"};
    nd_json_string(json, "code", diagnostic->code);
    nd_json_string(json, "severity", severities[nd_diagnostic_severity(diagnostic->code)]);
    nd_json_string(json, "message", diagnostic->message);
    nd_json_integer(json, "offset", (int64_t)diagnostic->offset);
}
