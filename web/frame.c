#include "web/frame.h"
#include "web/address.h"
#include "web/assets.h"

struct nd_html nd_frame_bare(const struct nd_request *request, struct nd_response *response)
{
    return (struct nd_html){
        .out = response->body,
        .language = request->language,
        .base = request->base,
        .language_chosen = request->values[ND_PARAMETER_LANGUAGE] != NULL,
    };
}

void nd_frame_put_find(struct nd_html *html, const struct nd_request *request)
{
    static const enum nd_parameter asked_anew[] = {ND_PARAMETER_QUERY, ND_PARAMETER_EXACT};
    const char *query = request->values[ND_PARAMETER_QUERY];
    nd_put(html, HTML("<form class=\"find\" role=\"search\" action=\""), BASE,
           HTML("/\"><input type=\"search\" name=\"q\" value=\""), ATTR(query), HTML("\" placeholder=\""),
           MSG(FIND_HINT), HTML("\" aria-label=\""), MSG(FIND_LABEL),
           HTML("\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" maxlength=\"4096\">"));
    nd_address_put_hidden(html, request, asked_anew, G_N_ELEMENTS(asked_anew));
    nd_put(html, HTML("<button>"), MSG(FIND), HTML("</button></form>"));
}

struct nd_html nd_frame_begin(const struct nd_request *request, struct nd_response *response,
                              const struct nd_frame *frame)
{
    struct nd_html out = nd_frame_bare(request, response);
    struct nd_html *html = &out;
    response->status = frame->status ? frame->status : 200;
    nd_put(html, HTML("<!DOCTYPE html>\n<html lang=\""), ATTR(nd_language_code(html->language)),
           HTML("\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, "
                "initial-scale=1\"><title>"));
    if (frame->title)
        nd_put(html, TEXT(frame->title), HTML(" – "));
    nd_put(html, HTML("ndsearch</title><link rel=\"stylesheet\" href=\""), BASE,
           HTML("/style.css?" ND_ASSET_STYLE_CSS_HASH "\"><link rel=\"search\" "
                "type=\"application/opensearchdescription+xml\" title=\"ndsearch\" href=\""),
           BASE, HTML("/opensearch.xml\"><link rel=\"icon\" type=\"image/svg+xml\" href=\""), BASE,
           HTML("/icon.svg?" ND_ASSET_ICON_SVG_HASH "\"><script src=\""), BASE,
           HTML("/ndsearch.js?" ND_ASSET_NDSEARCH_JS_HASH "\" defer></script>"));
    if (frame->feed) {
        nd_put(html, HTML("<link rel=\"alternate\" type=\"application/atom+xml\" href=\""));
        nd_put_address(html, request, request->path, {ND_PARAMETER_FORMAT, "atom"});
        nd_put(html, HTML("\">"));
    }
    nd_put(html, HTML("</head><body><a class=\"skip\" href=\"#main\">"), MSG(SKIP),
           HTML("</a><header class=\"top\"><div><a class=\"name\" href=\""), BASE, HTML("/"), WITH_LANGUAGE,
           HTML("\">ndsearch</a>"));
    if (!frame->front)
        nd_frame_put_find(html, request);
    nd_put(html, HTML("<nav aria-label=\""), MSG(NAVIGATION), HTML("\"><a href=\""), BASE, HTML("/status"),
           WITH_LANGUAGE, HTML("\">"), MSG(STATUS), HTML("</a>"));
    if (request->may_review)
        nd_put(html, HTML("<a href=\""), BASE, HTML("/review"), WITH_LANGUAGE, HTML("\">"), MSG(REVIEW),
               HTML("</a>"));
    nd_put(html, HTML("</nav></div></header><main id=\"main\">"));
    return out;
}

void nd_frame_end(struct nd_html *html, const struct nd_request *request)
{
    nd_put(html, HTML("</main><footer class=\"foot\"><div><span>ndsearch " ND_VERSION "</span>"));
    if (html->language == ND_LANGUAGE_VI) {
        nd_put(html, HTML("<a lang=\"en\" hreflang=\"en\" href=\""));
        nd_put_address(html, request, request->path, {ND_PARAMETER_LANGUAGE, "en"});
        nd_put(html, HTML("\">English</a>"));
    } else {
        nd_put(html, HTML("<a lang=\"vi\" hreflang=\"vi\" href=\""));
        nd_put_address(html, request, request->path, {ND_PARAMETER_LANGUAGE, "vi"});
        nd_put(html, HTML("\">Tiếng Việt</a>"));
    }
    nd_put(html, HTML("</div></footer></body></html>\n"));
}
