#include "web/pages/page.h"
#include "base/json.h"

#include <stdlib.h>

#define SUGGESTIONS 8

/* Source: OpenSearch suggestions extension 1.1: [typed, [completions]]. */
bool nd_page_suggest(struct nd_visit *visit, GError **error)
{
    const char *typed = visit->request->values[ND_PARAMETER_QUERY];
    g_auto(GStrv) found = nd_suggest(visit->session, typed ? typed : "", SUGGESTIONS, error);
    if (!found)
        return false;
    char *text;
    size_t size;
    struct nd_json json = {.out = open_memstream(&text, &size)};
    nd_json_begin_array(&json, NULL);
    nd_json_string(&json, NULL, typed ? typed : "");
    nd_json_begin_array(&json, NULL);
    for (char **suggestion = found; *suggestion; suggestion++)
        nd_json_string(&json, NULL, *suggestion);
    nd_json_end_array(&json);
    nd_json_end_array(&json);
    fclose(json.out);
    visit->response->type = "application/x-suggestions+json";
    g_string_append_len(visit->response->body, text, (gssize)size);
    free(text);
    return true;
}
