#include "web/pages/page.h"

#include <jansson.h>
#include <stdlib.h>

#define SUGGESTIONS 8

/* Source: OpenSearch suggestions extension 1.1: [typed, [completions]]. */
bool nd_page_suggest(struct nd_visit *visit, GError **error)
{
    const char *typed = visit->request->values[ND_PARAMETER_QUERY];
    g_auto(GStrv) found = nd_suggest(visit->session, typed ? typed : "", SUGGESTIONS, error);
    if (!found)
        return false;
    json_t *completions = json_array();
    for (char **suggestion = found; *suggestion; suggestion++)
        json_array_append_new(completions, json_string(*suggestion));
    json_t *answer = json_pack("[s, o]", typed ? typed : "", completions);
    char *text = json_dumps(answer, JSON_COMPACT);
    visit->response->type = "application/x-suggestions+json";
    g_string_append(visit->response->body, text);
    free(text);
    json_decref(answer);
    return true;
}
