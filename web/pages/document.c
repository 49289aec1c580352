#include "web/pages/document_text.h"
#include "web/pages/json.h"
#include "web/pages/parts.h"
#include "base/caps.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define RELATIONS_SHOWN 12  /* of each list; the work's page has all */
#define EDGES_READ      200 /* for them: a document may say the same several times */
#define HITS_LINKED     40  /* numbered links to hits for readers without JavaScript */

/* The wording that a document of this kind is cited by: "Kế hoạch số 63-KH/TU, ngày 21/10/2022". */
static char *citation_wording(const struct nd_hit *header)
{
    g_autoptr(GString) out = g_string_new(header->type_word);
    if (header->code)
        g_string_append_printf(out, "%ssố %s", out->len ? " " : "", header->code);
    if (header->date.year && header->date.month && header->date.day)
        g_string_append_printf(out, ", ngày %02d/%02d/%d", header->date.day, header->date.month,
                               header->date.year);
    if (header->title)
        g_string_append_printf(out, "%s%s", out->len ? " " : "", header->title);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Braces and backslashes would be commands there. */
static char *bibtex_value(const char *value)
{
    return g_strdelimit(g_strdup(value ? value : ""), "{}\\%", ' ');
}

static char *bibtex(const struct nd_visit *visit, const struct nd_hit *header)
{
    g_autofree char *origin = nd_visit_origin(visit);
    g_autofree char *wording = citation_wording(header);
    g_autofree char *title = bibtex_value(wording);
    g_autofree char *place = bibtex_value(header->place);
    g_autofree char *issuer = bibtex_value(nd_issuer_name(header->issuer));
    return g_strdup_printf("@misc{nd%.12s,\n  title = {%s},\n  author = {{%s %s}},\n  year = {%d},\n"
                           "  url = {%s/document/%s}\n}\n",
                           header->key, title, issuer, place, header->date.year, origin, header->key);
}

static void put_row(struct nd_html *html, enum nd_message name, const char *value)
{
    if (value)
        nd_put(html, HTML("<dt>"), MESSAGE(name), HTML("</dt><dd class=\"isolate\">"), TEXT(value),
               HTML("</dd>"));
}

static void put_card(struct nd_html *html, const struct nd_document_view *view)
{
    const struct nd_hit *header = &view->header;
    nd_put(html, HTML("<dl class=\"card\">"));
    put_row(html, ND_MESSAGE_CARD_NUMBER, header->code);
    put_row(html, ND_MESSAGE_FACET_TYPE, nd_type_word(header->type, header->type_word, html->language));
    put_row(html, ND_MESSAGE_FACET_ISSUER, nd_issuer_name(header->issuer));
    put_row(html, ND_MESSAGE_FACET_PLACE, header->place);
    if (header->level != ND_LEVEL_UNKNOWN) {
        nd_put(html, HTML("<dt>"), MSG(FACET_LEVEL), HTML("</dt><dd>"));
        nd_put_level(html, nd_level_name(header->level));
        nd_put(html, HTML("</dd>"));
    }
    if (header->date.year)
        nd_put(html, HTML("<dt>"), MSG(CARD_DATE), HTML("</dt><dd>"), DATE(header->date), HTML("</dd>"));
    put_row(html, ND_MESSAGE_CARD_SIGNER, header->signer);
    g_autofree char *file = g_path_get_basename(header->path ? header->path : "");
    g_autofree char *name = g_utf8_make_valid(file, -1);
    put_row(html, ND_MESSAGE_CARD_FILE, name);
    if (header->n_copies > 0)
        nd_put(html, HTML("<dt>"), MSG(CARD_COPIES), HTML("</dt><dd>"), NUMBER(header->n_copies),
               HTML("</dd>"));
    nd_put(html, HTML("</dl>"));
}

/* A text to be taken along: to select by hand, or with a button where there is JavaScript. */
static void put_copy(struct nd_html *html, struct nd_piece label, const char *text)
{
    nd_put(html, HTML("<dt>"), label, HTML("</dt><dd><pre lang=\"vi\">"), TEXT(text),
           HTML("</pre><button type=\"button\" class=\"quiet\" hidden data-done=\""), MSG(COPIED),
           HTML("\" data-copy=\""), ATTR(text), HTML("\">"), MSG(COPY), HTML("<span class=\"hidden\"> "),
           label, HTML("</span></button></dd>"));
}

static void put_cite(struct nd_html *html, const struct nd_visit *visit, const struct nd_hit *header)
{
    g_autofree char *origin = nd_visit_origin(visit);
    g_autofree char *wording = citation_wording(header);
    g_autofree char *address = g_strconcat(origin, "/document/", header->key, NULL);
    g_autofree char *reference = bibtex(visit, header);
    nd_put(html, HTML("<details class=\"cite\"><summary>"), MSG(CITE), HTML("</summary><dl>"));
    put_copy(html, MSG(CITE_WORDING), wording);
    put_copy(html, MSG(CITE_ADDRESS), address);
    put_copy(html, HTML("BibTeX"), g_strchomp(reference));
    nd_put(html, HTML("</dl></details>"));
}

static void put_actions(struct nd_html *html, const struct nd_visit *visit, const struct nd_hit *header)
{
    nd_put(html, HTML("<div class=\"actions\">"));
    if (header->work) {
        nd_put(html, HTML("<a class=\"button quiet\" href=\""), BASE, HTML("/work/"), PATH(header->work),
               WITH_LANGUAGE, HTML("\">"), MSG(WORK_PAGE), HTML("</a><a class=\"button quiet\" href=\""),
               BASE, HTML("/graph/"), PATH(header->work), WITH_LANGUAGE, HTML("\">"), MSG(GRAPH),
               HTML("</a>"));
    }
    if (visit->may_download)
        nd_put(html, HTML("<a class=\"button quiet\" href=\""), BASE, HTML("/document/"), URL(header->key),
               HTML("/original\">"), MSG(ORIGINAL), HTML("</a>"));
    nd_put(html, HTML("</div>"));
    put_cite(html, visit, header);
}

/* Edges of one direction, each other document once. */
static void put_relations(struct nd_html *html, const GPtrArray *edges, bool inverse, enum nd_message heading,
                          const char *work)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    guint shown = 0;
    for (guint i = 0; i < edges->len; i++) {
        const struct nd_evidence *edge = edges->pdata[i];
        const char *key = inverse ? edge->source_key : edge->target_key;
        const char *code = inverse ? edge->source_code : edge->target_code;
        const char *title = inverse ? edge->source_title : edge->target_title;
        const char *identity = key ? key : edge->document;
        if (!identity || !g_hash_table_add(seen, (gpointer)identity))
            continue;
        if (shown == RELATIONS_SHOWN) {
            nd_put(html, HTML("<li><a href=\""), BASE, HTML("/work/"), PATH(work), WITH_LANGUAGE, HTML("\">"),
                   MSG(ALL), HTML("</a></li>"));
            break;
        }
        if (shown++ == 0)
            nd_put(html, HTML("<h2>"), MESSAGE(heading), HTML("</h2><ul class=\"list small\">"));
        nd_put(html, HTML("<li><span class=\"tag\">"), MESSAGE(nd_relation_message(edge->relation, inverse)),
               HTML("</span> "));
        if (key)
            nd_put_work_link(html, key, code, inverse ? edge->type : edge->target_type, title);
        else {
            nd_put(html, HTML("<a href=\""));
            nd_put_document_address(html, edge->document, NULL, edge->span.start);
            nd_put(html, HTML("\">"), title ? TEXT(title) : MSG(UNTITLED), HTML("</a>"));
        }
        if (inverse && edge->place)
            nd_put(html, HTML(" <span class=\"soft\">"), TEXT(edge->place), HTML("</span>"));
        nd_put(html, HTML("</li>"));
    }
    if (shown > 0)
        nd_put(html, HTML("</ul>"));
}

/* "3 / 17", and where each hit is. */
static void put_jump(struct nd_html *html, const struct nd_document_view *view)
{
    if (view->n_marks == 0)
        return;
    nd_put(html, HTML("<nav class=\"jump\" aria-label=\""), MSG(HITS), HTML("\"><span>"), MSG(HITS),
           HTML(" <b data-hit-counter>1</b> / "), NUMBER(view->n_marks),
           HTML("</span><span class=\"numbers\">"));
    for (size_t i = 0; i < view->n_marks && i < HITS_LINKED; i++)
        nd_put(html, HTML("<a href=\"#hit-"), INTEGER(i + 1), HTML("\">"), INTEGER(i + 1), HTML("</a> "));
    nd_put(html, HTML("</span><span class=\"soft keys\">"), MSG(HIT_KEYS), HTML("</span></nav>"));
}

static bool put_page(struct nd_visit *visit, const struct nd_document_view *view, GError **error)
{
    const struct nd_request *request = visit->request;
    const struct nd_hit *header = &view->header;
    g_autoptr(GPtrArray) in = NULL, out = NULL;
    if (header->work) {
        in = nd_work_edges_first(visit->session, header->work, ND_IN, 0, EDGES_READ, 0, error);
        out = in ? nd_work_edges_first(visit->session, header->work, ND_OUT, 0, EDGES_READ, 0, error) : NULL;
        if (!out)
            return false;
    }
    g_autofree char *wording = citation_wording(header);
    struct nd_html html = nd_frame_begin(request, visit->response, &(struct nd_frame){.title = wording});
    nd_put(&html, HTML("<div class=\"columns\"><article><h1>"));
    nd_put_title(&html, header->type_word, header->title);
    nd_put(&html, HTML("</h1>"));
    put_card(&html, view);
    put_actions(&html, visit, header);
    nd_put(&html, HTML("<div class=\"sheet\" lang=\"vi\">"));
    nd_put_document_text(&html, view, nd_request_number(request, ND_PARAMETER_AT, -1));
    nd_put(&html, HTML("</div>"));
    put_jump(&html, view);
    nd_put(&html, HTML("</article><aside class=\"side\">"));
    nd_put_document_outline(&html, view);
    if (out) {
        put_relations(&html, out, false, ND_MESSAGE_RESTS_ON, header->work);
        put_relations(&html, in, true, ND_MESSAGE_LIST_CITED_BY, header->work);
    }
    nd_put(&html, HTML("</aside></div>"));
    nd_frame_end(&html, request);
    return true;
}

/* The file the document was read from. Its path is the catalogue's, never the request's. */
static bool put_original(struct nd_visit *visit, const struct nd_hit *header, GError **error)
{
    if (!visit->may_download || !header->path) {
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, "originals are not offered");
        return false;
    }
    const int fd = open(header->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat stat;
    if (fd < 0 || fstat(fd, &stat) < 0 || !S_ISREG(stat.st_mode) ||
        (size_t)stat.st_size > ND_CAP_FILE_BYTES) {
        if (fd >= 0)
            close(fd);
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, "the original is no longer there");
        return false;
    }
    GString *body = visit->response->body;
    g_string_set_size(body, (gsize)stat.st_size);
    gsize n = 0;
    ssize_t got;
    while (n < body->len && (got = read(fd, body->str + n, body->len - n)) > 0)
        n += (gsize)got;
    close(fd);
    g_string_truncate(body, n);
    g_autoptr(GString) disposition = g_string_new("attachment; filename*=UTF-8''");
    g_autofree char *name = g_path_get_basename(header->path);
    nd_html_escape_url(disposition, nd_str_from_c(name));
    nd_response_header(visit->response, "Content-Disposition", disposition->str);
    visit->response->type = "application/octet-stream";
    return true;
}

bool nd_page_document(struct nd_visit *visit, GError **error)
{
    const char *slash = strchr(visit->rest, '/');
    g_autofree char *key =
        slash ? g_strndup(visit->rest, (gsize)(slash - visit->rest)) : g_strdup(visit->rest);
    if (slash && strcmp(slash, "/original") != 0) {
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, "no such part of a document");
        return false;
    }
    nd_auto(nd_document_view) view =
        nd_document_view(visit->session, key, visit->request->values[ND_PARAMETER_QUERY], error);
    if (!view)
        return false;
    if (slash)
        return put_original(visit, &view->header, error);
    if (nd_request_is(visit->request, ND_PARAMETER_FORMAT, "bibtex")) {
        g_autofree char *text = bibtex(visit, &view->header);
        visit->response->type = "text/plain; charset=utf-8";
        g_string_append(visit->response->body, text);
        return true;
    }
    if (nd_request_is(visit->request, ND_PARAMETER_FORMAT, "json")) {
        nd_answer_document_json(visit, view);
        return true;
    }
    return put_page(visit, view, error);
}
