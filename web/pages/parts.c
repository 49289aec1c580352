#include "web/pages/parts.h"
#include "analyzers/data/data.h"
#include "query/names.h"

const char *nd_type_word(const char *code, const char *word, enum nd_language language)
{
    const struct nd_type *type = nd_type_by_word(code, word);
    if (!type)
        return code;
    return language == ND_LANGUAGE_EN ? type->word_en : type->word;
}

const char *nd_issuer_name(const char *code)
{
    const struct nd_issuer *issuer = code ? nd_issuer_by_code(code) : NULL;
    return issuer ? issuer->name : code;
}

void nd_put_level(struct nd_html *html, const char *level)
{
    static const enum nd_message names[ND_N_LEVELS] = {
        [ND_LEVEL_UNKNOWN] = ND_MESSAGE_LEVEL_UNKNOWN,       [ND_LEVEL_CENTRAL] = ND_MESSAGE_LEVEL_CENTRAL,
        [ND_LEVEL_PROVINCIAL] = ND_MESSAGE_LEVEL_PROVINCIAL, [ND_LEVEL_BLOC] = ND_MESSAGE_LEVEL_BLOC,
        [ND_LEVEL_DISTRICT] = ND_MESSAGE_LEVEL_DISTRICT,     [ND_LEVEL_COMMUNE] = ND_MESSAGE_LEVEL_COMMUNE,
    };
    enum nd_level parsed = ND_LEVEL_UNKNOWN;
    if (level)
        nd_level_parse(level, &parsed);
    nd_put(html, MESSAGE(names[parsed]));
}

enum nd_message nd_relation_message(enum nd_relation relation, bool inverse)
{
    static const enum nd_message names[ND_N_RELATIONS][2] = {
        [ND_RELATION_CITES] = {ND_MESSAGE_CITES, ND_MESSAGE_CITED_BY},
        [ND_RELATION_IMPLEMENTS] = {ND_MESSAGE_IMPLEMENTS, ND_MESSAGE_IMPLEMENTED_BY},
        [ND_RELATION_BASED_ON] = {ND_MESSAGE_BASED_ON, ND_MESSAGE_BASIS_OF},
        [ND_RELATION_GUIDES] = {ND_MESSAGE_GUIDES, ND_MESSAGE_GUIDED_BY},
        [ND_RELATION_AMENDS] = {ND_MESSAGE_AMENDS, ND_MESSAGE_AMENDED_BY},
        [ND_RELATION_CORRECTS] = {ND_MESSAGE_CORRECTS, ND_MESSAGE_CORRECTED_BY},
        [ND_RELATION_REPLACES] = {ND_MESSAGE_REPLACES, ND_MESSAGE_REPLACED_BY},
        [ND_RELATION_REPEALS] = {ND_MESSAGE_REPEALS, ND_MESSAGE_REPEALED_BY},
        [ND_RELATION_REVIEWS] = {ND_MESSAGE_REVIEWS, ND_MESSAGE_REVIEWED_BY},
    };
    return names[relation][inverse];
}

void nd_put_marked(struct nd_html *html, struct nd_str text, const struct nd_range *marks, size_t n_marks)
{
    size_t at = 0;
    for (size_t i = 0; i < n_marks; i++) {
        nd_put(html, SLICE(nd_str_slice(text, at, marks[i].start)), HTML("<mark>"),
               SLICE(nd_str_slice(text, marks[i].start, marks[i].end)), HTML("</mark>"));
        at = marks[i].end;
    }
    nd_put(html, SLICE(nd_str_slice(text, at, text.n)));
}

void nd_put_title(struct nd_html *html, const char *type, const char *title)
{
    g_autofree char *whole = nd_title_with_type(type, title);
    nd_put(html, HTML("<span class=\"isolate\" lang=\"vi\">"), whole ? TEXT(whole) : MSG(UNTITLED),
           HTML("</span>"));
}

void nd_put_document_address(struct nd_html *html, const char *key, const char *query, int64_t at)
{
    nd_put(html, BASE, HTML("/document/"), URL(key));
    const char *separator = "?";
    if (query) {
        nd_put(html, HTML("?q="), QUERY(query));
        separator = "&";
    }
    if (at >= 0) {
        nd_put(html, TEXT(separator), HTML("at="), INTEGER(at));
        separator = "&";
    }
    nd_put(html, *separator == '?' ? WITH_LANGUAGE : AND_LANGUAGE);
    if (at >= 0)
        nd_put(html, HTML("#at"));
    else if (query)
        nd_put(html, HTML("#hit-1"));
}

void nd_put_work_link(struct nd_html *html, const char *key, const char *code, const char *type,
                      const char *title)
{
    g_autofree char *label = nd_work_label(code, type, title, key);
    nd_put(html, HTML("<a href=\""), BASE, HTML("/work/"), PATH(key), WITH_LANGUAGE, HTML("\">"), TEXT(label),
           HTML("</a>"));
}

void nd_put_work_line(struct nd_html *html, const struct nd_work_card *work)
{
    nd_put_work_link(html, work->key, work->code, work->type, work->title);
    if (work->issuer || work->place)
        nd_put(html, HTML(" <span class=\"soft\">"),
               TEXT(work->place ? work->place : nd_issuer_name(work->issuer)), HTML("</span>"));
    if (work->date.year)
        nd_put(html, HTML(" <span class=\"soft\">"), DATE(work->date), HTML("</span>"));
    if (work->code && work->title) {
        nd_put(html, HTML("<br>"));
        nd_put_title(html, work->type_word, work->title);
    }
    if (!work->document)
        nd_put(html, HTML(" <span class=\"tag\">"), MSG(TEXT_ABSENT), HTML("</span>"));
}

static void put_passage(struct nd_html *html, const struct nd_hit *hit, const struct nd_passage *passage,
                        const char *query)
{
    nd_put(html, HTML("<p class=\"snippet\" lang=\"vi\"><a href=\""));
    nd_put_document_address(html, hit->key, query, passage->source.start);
    nd_put(html, HTML("\">"));
    if (passage->cut_before)
        nd_put(html, HTML("… "));
    nd_put_marked(html, nd_str_from_c(passage->text), passage->marks, passage->n_marks);
    if (passage->cut_after)
        nd_put(html, HTML(" …"));
    nd_put(html, HTML("</a></p>"));
    if (!passage->heading && !passage->page)
        return;
    nd_put(html, HTML("<p class=\"where\">"), TEXT(passage->heading));
    if (passage->page)
        nd_put(html, HTML(" "), MSG(PAGE_N), HTML(" "), INTEGER(passage->page));
    nd_put(html, HTML("</p>"));
}

/* Why the hit answers a relation: the sentence of the document itself. */
static void put_reason(struct nd_html *html, const struct nd_evidence *edge)
{
    g_autofree char *target =
        nd_work_label(edge->target_code, edge->target_type, edge->target_title, edge->target_key);
    nd_put(html, HTML("<p class=\"snippet\" lang=\"vi\"><a href=\""));
    nd_put_document_address(html, edge->document, NULL, edge->span.start);
    nd_put(html, HTML("\">"));
    nd_put_marked(html, nd_str_from_c(edge->evidence), &edge->mark, edge->mark.end > edge->mark.start);
    nd_put(html, HTML("</a></p><p class=\"where\">"), MESSAGE(nd_relation_message(edge->relation, false)),
           HTML(" "), TEXT(target));
    if (edge->proposed)
        nd_put(html, HTML(" · "), MSG(PROPOSED));
    if (edge->strength == ND_STRENGTH_BODY)
        nd_put(html, HTML(" · "), MSG(ONLY_IN_BODY));
    nd_put(html, HTML("</p>"));
}

static void put_other_files(struct nd_html *html, const struct nd_hit *hit, const char *query)
{
    if (hit->n_other_files == 0)
        return;
    nd_put(html, HTML("<p class=\"where\">"), MSG(OTHER_FILES));
    for (size_t i = 0; i < hit->n_other_files; i++) {
        g_autofree char *file = g_path_get_basename(hit->other_files[i].path);
        g_autofree char *name = g_utf8_make_valid(file, -1);
        nd_put(html, i > 0 ? HTML(", <a href=\"") : HTML(" <a href=\""));
        nd_put_document_address(html, hit->other_files[i].document, query, -1);
        nd_put(html, HTML("\">"), TEXT(name), HTML("</a>"));
    }
    nd_put(html, HTML("</p>"));
}

void nd_put_hit(struct nd_html *html, const struct nd_hit *hit, const char *query)
{
    nd_put(html, HTML("<h2><a href=\""));
    nd_put_document_address(html, hit->key, query, -1);
    nd_put(html, HTML("\">"));
    nd_put_title(html, hit->type_word, hit->title);
    nd_put(html, HTML("</a></h2><p class=\"meta\">"));
    if (hit->code)
        nd_put(html, HTML("<b>"), TEXT(hit->code), HTML("</b>"));
    if (hit->place)
        nd_put(html, HTML("<span>"), TEXT(hit->place), HTML("</span>"));
    if (hit->date.year)
        nd_put(html, HTML("<span>"), DATE(hit->date), HTML("</span>"));
    if (hit->level != ND_LEVEL_UNKNOWN) {
        nd_put(html, HTML("<span>"));
        nd_put_level(html, nd_level_name(hit->level));
        nd_put(html, HTML("</span>"));
    }
    if (hit->secrecy != ND_SECRECY_NONE)
        nd_put(html, HTML("<span class=\"tag\">"), MSG(SECRET), HTML("</span>"));
    nd_put(html, HTML("</p>"));
    for (guint i = 0; hit->edges && i < hit->edges->len && i < 2; i++)
        put_reason(html, hit->edges->pdata[i]);
    for (size_t i = 0; i < hit->n_passages; i++)
        put_passage(html, hit, &hit->passages[i], query);
    put_other_files(html, hit, query);
}
