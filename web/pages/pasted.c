#include "web/pages/parts.h"
#include "base/caps.h"

/* Text somebody pasted: what each of its citations means in this collection. */
bool nd_page_pasted(struct nd_visit *visit, bool *answered_out, GError **error)
{
    static const enum nd_message states[] = {
        [ND_LINK_HERE] = ND_MESSAGE_STATE_HERE,
        [ND_LINK_ABSENT] = ND_MESSAGE_STATE_ABSENT,
        [ND_LINK_AMBIGUOUS] = ND_MESSAGE_STATE_AMBIGUOUS,
        [ND_LINK_UNKNOWN] = ND_MESSAGE_STATE_UNKNOWN,
    };
    const struct nd_request *request = visit->request;
    const char *text = request->values[ND_PARAMETER_QUERY];
    g_autoptr(GPtrArray) citations = nd_resolve_text(visit->session, nd_str_from_c(text), error);
    if (!citations)
        return false;
    *answered_out = citations->len >= 2;
    if (!*answered_out)
        return true;
    const char *heading = nd_message(ND_MESSAGE_PASTED, request->language);
    struct nd_html html = nd_frame_begin(request, visit->response, &(struct nd_frame){.title = heading});
    nd_put(&html, HTML("<h1>"), TEXT(heading), HTML("</h1><p class=\"soft\" role=\"status\">"),
           NUMBER(citations->len), HTML(" "), MSG(CITATIONS_FOUND), HTML("</p><ol class=\"list\">"));
    for (guint i = 0; i < citations->len; i++) {
        const struct nd_text_citation *citation = citations->pdata[i];
        nd_put(&html, HTML("<li><b lang=\"vi\">"), TEXT(citation->text), HTML("</b>"));
        if (citation->state != ND_LINK_ABSENT) /* then the work's line says so */
            nd_put(&html, HTML(" <span class=\"tag\">"), MESSAGE(states[citation->state]), HTML("</span>"));
        for (guint k = 0; citation->works && k < citation->works->len; k++) {
            nd_put(&html, HTML("<br>"));
            nd_put_work_line(&html, citation->works->pdata[k]);
        }
        nd_put(&html, HTML("</li>"));
    }
    nd_put(&html, HTML("</ol><p><a href=\""));
    g_autofree char *words = g_strndup(text, MIN(strlen(text), ND_CAP_QUERY_BYTES));
    g_strdelimit(words, "\n", ' ');
    nd_put_address(&html, request, "/", {ND_PARAMETER_QUERY, words}, {ND_PARAMETER_EXACT, "1"});
    nd_put(&html, HTML("\">"), MSG(SEARCH_AS_WORDS), HTML("</a></p>"));
    nd_frame_end(&html, request);
    return true;
}
