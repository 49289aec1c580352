#include "web/pages/json.h"
#include "web/pages/parts.h"
#include "web/token.h"
#include "analyzers/data/data.h"
#include "base/error.h"
#include "query/review_queue.h"

#include <stdlib.h>

#define DONE_MAX 8 /* decisions that can be taken back one after the other */

/* ---- words ---- */

static enum nd_message weight_message(enum nd_review_weight weight)
{
    static const enum nd_message names[ND_N_WEIGHTS] = {
        [ND_WEIGHT_RULES_OUT] = ND_MESSAGE_WEIGHT_RULES_OUT, [ND_WEIGHT_AGAINST] = ND_MESSAGE_WEIGHT_AGAINST,
        [ND_WEIGHT_WEAK] = ND_MESSAGE_WEIGHT_WEAK,           [ND_WEIGHT_MEDIUM] = ND_MESSAGE_WEIGHT_MEDIUM,
        [ND_WEIGHT_STRONG] = ND_MESSAGE_WEIGHT_STRONG,
    };
    return names[weight];
}

static void put_feature(struct nd_html *html, const struct nd_review_feature *feature)
{
    static const struct {
        enum nd_message says, denies; /* for a weight against the candidate */
    } words[ND_N_FEATURES] = {
        [ND_FEATURE_DATE] = {ND_MESSAGE_FEATURE_DATE, ND_MESSAGE_FEATURE_NOT_DATE},
        [ND_FEATURE_TERM] = {ND_MESSAGE_FEATURE_TERM, ND_MESSAGE_FEATURE_NOT_TERM},
        [ND_FEATURE_TITLE] = {ND_MESSAGE_FEATURE_TITLE, ND_MESSAGE_FEATURE_TITLE},
        [ND_FEATURE_AGE] = {ND_MESSAGE_FEATURE_AGE, ND_MESSAGE_FEATURE_AGE},
        [ND_FEATURE_FUTURE] = {ND_MESSAGE_FEATURE_FUTURE, ND_MESSAGE_FEATURE_FUTURE},
        [ND_FEATURE_PLACE] = {ND_MESSAGE_FEATURE_PLACE, ND_MESSAGE_FEATURE_NOT_PLACE},
        [ND_FEATURE_ONLY] = {ND_MESSAGE_FEATURE_ONLY, ND_MESSAGE_FEATURE_ONLY},
        [ND_FEATURE_READING] = {ND_MESSAGE_FEATURE_READING, ND_MESSAGE_FEATURE_READING},
        [ND_FEATURE_CITED] = {ND_MESSAGE_FEATURE_CITED, ND_MESSAGE_FEATURE_CITED},
    };
    const bool against = feature->weight <= ND_WEIGHT_AGAINST;
    enum nd_message message = against ? words[feature->kind].denies : words[feature->kind].says;
    nd_put(html, against ? HTML("<li class=\"against\">") : HTML("<li>"));
    if (feature->kind == ND_FEATURE_TITLE)
        nd_put(html, INTEGER(feature->amount), HTML(" % "));
    else if (feature->kind == ND_FEATURE_AGE && feature->amount == 0)
        message = ND_MESSAGE_FEATURE_SAME_YEAR;
    else if (feature->kind == ND_FEATURE_AGE || feature->kind == ND_FEATURE_CITED)
        nd_put(html, NUMBER(feature->amount), HTML(" "));
    nd_put(html, MESSAGE(message), HTML(" – <b>"), MESSAGE(weight_message(feature->weight)),
           HTML("</b></li>"));
}

/* ---- addresses and what forms carry along ---- */

/* Writes "/review?..." with the parameters that are not NULL, escaped for an address. */
static void append_address(GString *out, const struct nd_request *request, const char *item,
                           const char *after, const char *done)
{
    const struct {
        const char *name, *value;
    } parameters[] = {
        {"item", item},
        {"after", after},
        {"done", done && *done ? done : NULL},
        {"lang", request->values[ND_PARAMETER_LANGUAGE]},
    };
    char separator = '?';
    g_string_append_printf(out, "%s/review", request->base);
    for (size_t i = 0; i < G_N_ELEMENTS(parameters); i++) {
        if (!parameters[i].value)
            continue;
        g_string_append_printf(out, "%c%s=", separator, parameters[i].name);
        nd_html_escape_url(out, nd_str_from_c(parameters[i].value));
        separator = '&';
    }
}

static void redirect(struct nd_visit *visit, const char *item, const char *after, const char *done)
{
    g_autoptr(GString) address = g_string_new(NULL);
    append_address(address, visit->request, item, after, done);
    nd_response_redirect(visit->response, 303, address->str);
}

static void put_hidden(struct nd_html *html, const char *name, const char *value)
{
    if (value)
        nd_put(html, HTML("<input type=\"hidden\" name=\""), ATTR(name), HTML("\" value=\""), ATTR(value),
               HTML("\">"));
}

static void put_form_start(struct nd_html *html, const struct nd_visit *visit, const char *token,
                           const char *item, const char *after)
{
    nd_put(html, HTML("<form method=\"post\" action=\""), BASE, HTML("/review\">"));
    put_hidden(html, "token", token);
    put_hidden(html, "item", item);
    put_hidden(html, "after", after);
    put_hidden(html, "done", visit->request->values[ND_PARAMETER_DONE]);
    put_hidden(html, "lang", visit->request->values[ND_PARAMETER_LANGUAGE]);
}

/* References in the order they were decided about, newest first; "*17" behind one that was decided for 17
 * documents. */
static char *done_with(const char *done, const char *item, int all)
{
    g_auto(GStrv) old = g_strsplit(done ? done : "", ",", -1);
    GString *out = g_string_new(item);
    if (all)
        g_string_append_printf(out, "*%d", all);
    for (guint i = 0; old[i] && *old[i] && i + 1 < DONE_MAX; i++)
        g_string_append_printf(out, ",%s", old[i]);
    return g_string_free(out, FALSE);
}

/* The newest reference without its number; NULL without. Caller frees. */
static char *last_done(const char *done, int *all_out)
{
    if (!done)
        return NULL;
    const size_t n = strcspn(done, ",*");
    *all_out = done[n] == '*' ? (int)strtoul(done + n + 1, NULL, 10) : 0;
    return g_strndup(done, n);
}

static const char *done_before(const char *done)
{
    const char *comma = done ? strchr(done, ',') : NULL;
    return comma ? comma + 1 : NULL;
}

/* ---- the page ---- */

static void put_key(struct nd_html *html, const char *key)
{
    nd_put(html, HTML(" <kbd>"), ATTR(key), HTML("</kbd>"));
}

/* What was decided last, and the way back. */
static bool put_done(struct nd_html *html, struct nd_visit *visit, const char *token, GError **error)
{
    int all = 0;
    g_autofree char *reference = last_done(visit->request->values[ND_PARAMETER_DONE], &all);
    if (!reference)
        return true;
    g_autoptr(GError) gone = NULL;
    nd_auto(nd_review_item) item = nd_review_item_read(visit->session, reference, &gone);
    if (!item && !g_error_matches(gone, ND_ERROR, ND_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&gone));
        return false;
    }
    if (!item || !item->decided)
        return true;
    nd_put(html, HTML("<div class=\"note decided\" role=\"status\"><p>"), MSG(REVIEW_DONE),
           HTML(" <q lang=\"vi\">"), TEXT(item->quote), HTML("</q> "));
    if (item->work) {
        nd_put(html, MSG(REVIEW_DONE_WORK), HTML(" "));
        nd_put_work_link(html, item->work->key, item->work->key, NULL, NULL);
    } else {
        nd_put(html, MSG(REVIEW_DONE_NONE));
    }
    nd_put(html, HTML("</p>"));
    put_form_start(html, visit, token, reference, NULL);
    if (all)
        nd_put(html, HTML("<input type=\"hidden\" name=\"scope\" value=\""), INTEGER(all), HTML("\">"));
    nd_put(html, HTML("<button class=\"quiet\" name=\"decision\" value=\"undo\" data-key=\"u\">"),
           MSG(REVIEW_UNDO));
    put_key(html, "U");
    nd_put(html, HTML("</button></form></div>"));
    return true;
}

/* "Ban Chấp hành Trung ương" for "TW". */
static void put_candidate(struct nd_html *html, const struct nd_review_candidate *candidate, size_t number,
                          bool chosen)
{
    const struct nd_work_card *card = candidate->card;
    nd_put(html, HTML("<li><label><input type=\"radio\" name=\"target\" value=\""), ATTR(card->key),
           HTML("\" data-key=\""), INTEGER(number), chosen ? HTML("\" checked>") : HTML("\">"),
           HTML("<span><b>"), TEXT(card->code ? card->code : card->key), HTML("</b> "));
    if (card->title)
        nd_put_title(html, card->code ? NULL : card->type_word, card->title);
    nd_put(html, HTML("</span>"));
    if (number < 10) {
        char key[2] = {(char)('0' + number), '\0'};
        put_key(html, key);
    }
    nd_put(html, HTML("</label><p class=\"meta\"><span>"), MSG(REVIEW_KEY), HTML(" <a href=\""), BASE,
           HTML("/work/"), PATH(card->key), WITH_LANGUAGE, HTML("\"><code>"), TEXT(card->key),
           HTML("</code></a></span>"));
    if (card->place || card->issuer)
        nd_put(html, HTML("<span>"), TEXT(card->place ? card->place : nd_issuer_name(card->issuer)),
               HTML("</span>"));
    if (card->date.year)
        nd_put(html, HTML("<span>"), DATE(card->date), HTML("</span>"));
    nd_put(html, HTML("<span>"), card->document ? MSG(STATE_HERE) : MSG(STATE_ABSENT),
           HTML("</span></p><ul class=\"features\">"));
    for (size_t i = 0; i < candidate->n_features; i++)
        put_feature(html, &candidate->features[i]);
    nd_put(html, HTML("</ul></li>"));
}

static void put_context(struct nd_html *html, const struct nd_review_item *item)
{
    nd_put(html, HTML("<p>"), MSG(REVIEW_IN), HTML(" <b>"));
    if (item->document.code)
        nd_put(html, TEXT(item->document.code), HTML("</b> "));
    else
        nd_put(html, HTML("</b>"));
    nd_put_title(html, item->document.type_word, item->document.title);
    if (item->document.place)
        nd_put(html, HTML(", "), TEXT(item->document.place));
    if (item->document.date.year)
        nd_put(html, HTML(", "), DATE(item->document.date));
    nd_put(html, HTML(" (<a href=\""));
    nd_put_document_address(html, item->document.key, NULL, item->span.start);
    nd_put(html, HTML("\">"), MSG(REVIEW_OPEN),
           HTML("</a>)</p><blockquote class=\"sheet context\" lang=\"vi\">"));
    if (item->cut_before)
        nd_put(html, HTML("… "));
    nd_put_marked(html, nd_str_from_c(item->context), &item->mark, 1);
    if (item->cut_after)
        nd_put(html, HTML(" …"));
    nd_put(html, HTML("</blockquote><p>"));
    if (item->work) {
        nd_put(html, MSG(REVIEW_READING), HTML(" "));
        nd_put_work_link(html, item->work->key, item->work->code, item->work->type, item->work->title);
        nd_put(html, HTML(" <span class=\"tag\">"), MESSAGE(nd_relation_message(item->relation, false)),
               HTML("</span> <span class=\"tag\">"), MSG(REVIEW_SURE), HTML(" "),
               INTEGER(item->confidence * 100 + 0.5), HTML(" %</span>"));
    } else {
        nd_put(html, MSG(REVIEW_NO_READING));
    }
    if (item->reason)
        nd_put(html, HTML(": "), TEXT(item->reason));
    nd_put(html, HTML("</p>"));
}

/* The citations of equal wording, to be looked at before they are decided about together. */
static bool put_alike(struct nd_html *html, const struct nd_visit *visit, const struct nd_review_item *item,
                      GError **error)
{
    if (item->n_alike < 2)
        return true;
    g_autoptr(GPtrArray) alike = nd_review_alike(visit->session, item->reference, error);
    if (!alike)
        return false;
    nd_put(html, HTML("<p class=\"scope\"><label><input type=\"checkbox\" name=\"scope\" value=\""),
           INTEGER(item->n_alike), HTML("\"> "), MSG(REVIEW_SCOPE), HTML(" "), NUMBER(item->n_alike),
           HTML(" "), MSG(CITATIONS_FOUND), HTML("</label></p><details><summary>"), MSG(REVIEW_ALIKE),
           HTML("</summary><ul class=\"list\">"));
    for (guint i = 0; i < alike->len; i++) {
        const struct nd_review_alike *one = alike->pdata[i];
        nd_put(html, HTML("<li><a class=\"quote\" lang=\"vi\" href=\""));
        nd_put_document_address(html, one->document, NULL, -1);
        nd_put(html, HTML("\">"));
        nd_put_marked(html, nd_str_from_c(one->sentence), &one->mark, one->mark.end > one->mark.start);
        nd_put(html, HTML("</a>"));
        if (one->title)
            nd_put(html, HTML(" <span class=\"soft small\">"), TEXT(one->title), HTML("</span>"));
        nd_put(html, HTML("</li>"));
    }
    nd_put(html, HTML("</ul></details>"));
    return true;
}

/* The button that comes first is what Enter does. */
static bool put_form(struct nd_html *html, const struct nd_visit *visit, const struct nd_review_item *item,
                     const char *token, GError **error)
{
    const struct nd_request *request = visit->request;
    put_form_start(html, visit, token, item->reference, item->cursor);
    nd_put(html, HTML("<fieldset class=\"candidates\"><legend>"), MSG(REVIEW_WHICH), HTML("</legend><ol>"));
    for (size_t i = 0; i < item->n_all; i++)
        put_candidate(html, &item->all[i], i + 1, i == 0 && item->work);
    nd_put(html, HTML("</ol><p class=\"other\"><label for=\"other\">"), MSG(REVIEW_OTHER),
           HTML("</label> <input type=\"text\" id=\"other\" name=\"other\" maxlength=\"200\" "
                "autocomplete=\"off\" "
                "spellcheck=\"false\" placeholder=\""),
           MSG(REVIEW_OTHER_HINT), HTML("\" value=\""),
           ATTR(request->method == ND_METHOD_POST ? request->values[ND_PARAMETER_OTHER] : NULL),
           HTML("\"></p></fieldset>"));
    if (!put_alike(html, visit, item, error))
        return false;
    nd_put(html, HTML("<div class=\"actions\"><button name=\"decision\" value=\"retarget\" data-enter>"),
           MSG(REVIEW_CHOOSE));
    put_key(html, "Enter");
    nd_put(html, HTML("</button>"));
    if (item->work) {
        nd_put(html, HTML("<button class=\"quiet\" name=\"decision\" value=\"accept\" data-key=\"a\">"),
               MSG(REVIEW_ACCEPT));
        put_key(html, "A");
        nd_put(html, HTML("</button>"));
    }
    nd_put(html, HTML("<button class=\"quiet\" name=\"decision\" value=\"reject\" data-key=\"r\">"),
           MSG(REVIEW_REJECT));
    put_key(html, "R");
    nd_put(html, HTML("</button><a class=\"button quiet\" data-key=\"s\" href=\""));
    g_autoptr(GString) onward = g_string_new(NULL);
    append_address(onward, request, NULL, item->cursor, request->values[ND_PARAMETER_DONE]);
    nd_put(html, ATTR(onward->str), HTML("\">"), MSG(REVIEW_SKIP));
    put_key(html, "S");
    nd_put(html, HTML("</a></div></form><p class=\"small soft keys\">"), MSG(REVIEW_KEYS), HTML("</p>"));
    return true;
}

static void put_end(struct nd_html *html, const struct nd_request *request)
{
    const bool from_middle = request->values[ND_PARAMETER_AFTER];
    nd_put(html, HTML("<p><b>"), MSG(REVIEW_END), HTML(".</b> "),
           from_middle ? MSG(REVIEW_END_SKIPPED) : MSG(REVIEW_END_HELP), HTML("</p><p><a href=\""), BASE,
           from_middle ? HTML("/review") : HTML("/"), WITH_LANGUAGE, HTML("\">"),
           from_middle ? MSG(REVIEW_AGAIN) : MSG(BACK_TO_SEARCH), HTML("</a></p>"));
}

static void refuse(struct nd_html *html, const char *problem)
{
    nd_put(html, HTML("<div class=\"note\" role=\"alert\"><p>"), MSG(REVIEW_REFUSED), HTML(" "),
           TEXT(problem), HTML("</p></div>"));
}

/* problem: why the last decision was not recorded; NULL without. */
static bool put_page(struct nd_visit *visit, const char *problem, GError **error)
{
    const struct nd_request *request = visit->request;
    const char *wanted = request->values[ND_PARAMETER_ITEM];
    g_autoptr(GError) failure = NULL;
    uint64_t n_left = 0;
    nd_auto(nd_review_item) item =
        wanted ? nd_review_item_read(visit->session, wanted, &failure)
               : nd_review_queue_next(visit->session, request->values[ND_PARAMETER_AFTER], &n_left, &failure);
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    if (nd_request_is(request, ND_PARAMETER_FORMAT, "json")) {
        nd_answer_review_json(visit, item, n_left);
        return true;
    }
    g_autofree char *token = nd_token_new(visit->index_dir, request->user, error);
    if (!token)
        return false;
    const char *heading = nd_message(ND_MESSAGE_REVIEW_TITLE, request->language);
    struct nd_html html = nd_frame_begin(request, visit->response,
                                         &(struct nd_frame){.title = heading, .status = problem ? 422 : 200});
    nd_put(&html, HTML("<div class=\"review\"><h1>"), TEXT(heading), HTML("</h1>"));
    if (problem)
        refuse(&html, problem);
    else if (!put_done(&html, visit, token, error))
        return false;
    if (n_left > 0)
        nd_put(&html, HTML("<p class=\"soft\">"), NUMBER(n_left), HTML(" "),
               n_left == 1 ? MSG(REVIEW_LEFT_ONE) : MSG(REVIEW_LEFT), HTML("</p>"));
    if (item) {
        put_context(&html, item);
        if (!put_form(&html, visit, item, token, error))
            return false;
    } else {
        put_end(&html, request);
    }
    nd_put(&html, HTML("</div>"));
    nd_frame_end(&html, request);
    return true;
}

/* ---- deciding ---- */

static char *several_message(const struct nd_request *request, const GPtrArray *works)
{
    GString *out = g_string_new(nd_message(ND_MESSAGE_REVIEW_SEVERAL, request->language));
    for (guint i = 0; i < works->len; i++)
        g_string_append_printf(out, "%s %s", i > 0 ? "," : "",
                               ((const struct nd_work_card *)works->pdata[i])->key);
    return g_string_free(out, FALSE);
}

/* The decision as the review table has it. What was typed may be any spelling of a number; a key is taken as
 * it is, for nothing in the index need be that work yet. *problem_out says why there is none; NULL with it is
 * a failure. */
static char *decision_of(struct nd_visit *visit, char **problem_out, GError **error)
{
    static const struct {
        const char *parameter, *decision;
    } plain[] = {{"accept", "ok"}, {"reject", "no"}, {"undo", "undo"}};
    const struct nd_request *request = visit->request;
    for (size_t i = 0; i < G_N_ELEMENTS(plain); i++) {
        if (nd_request_is(request, ND_PARAMETER_DECISION, plain[i].parameter))
            return g_strdup(plain[i].decision);
    }
    const char *typed = request->values[ND_PARAMETER_OTHER];
    const char *const key = !typed                 ? request->values[ND_PARAMETER_TARGET]
                            : strpbrk(typed, "~@") ? typed
                                                   : NULL;
    if (key)
        return g_strdup_printf("work %s", key);
    if (!typed) {
        *problem_out = g_strdup(nd_message(ND_MESSAGE_REVIEW_CHOOSE_FIRST, request->language));
        return NULL;
    }
    g_autoptr(GPtrArray) works = nd_work_find(visit->session, typed, error);
    if (!works)
        return NULL;
    if (works->len > 1) {
        *problem_out = several_message(request, works);
        return NULL;
    }
    return g_strdup_printf("work %s",
                           works->len == 1 ? ((const struct nd_work_card *)works->pdata[0])->key : typed);
}

static bool decide(struct nd_visit *visit, GError **error)
{
    const struct nd_request *request = visit->request;
    const char *item = request->values[ND_PARAMETER_ITEM], *done = request->values[ND_PARAMETER_DONE];
    if (!item || !request->values[ND_PARAMETER_DECISION]) {
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "a decision needs a citation");
        return false;
    }
    g_autofree char *problem = NULL;
    g_autofree char *decision = decision_of(visit, &problem, error);
    if (!decision)
        return problem && put_page(visit, problem, error);
    const int all = nd_request_number(request, ND_PARAMETER_SCOPE, 0);
    struct nd_review_outcome outcome;
    if (!nd_review_decide(visit->session, visit->index_dir, item, decision, (size_t)all, request->user,
                          &outcome, error))
        return false;
    problem = outcome.message;
    if (problem)
        return put_page(visit, problem, error);
    if (nd_request_is(request, ND_PARAMETER_DECISION, "undo")) {
        redirect(visit, item, NULL, done_before(done));
        return true;
    }
    g_autofree char *now_done = done_with(done, item, all);
    redirect(visit, NULL, request->values[ND_PARAMETER_AFTER], now_done);
    return true;
}

bool nd_page_review(struct nd_visit *visit, GError **error)
{
    return visit->request->method == ND_METHOD_POST ? decide(visit, error) : put_page(visit, NULL, error);
}
