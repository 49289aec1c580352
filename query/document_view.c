#include "base/i18n.h"
#include "graph/resolver.h"
#include "query/cards.h"
#include "query/hits.h"
#include "query/works.h"

enum { MARKS_CAP = 2000 };

static enum nd_link_state state_of(int64_t outcome)
{
    switch (outcome) {
    case ND_OUTCOME_RESOLVED:
        return ND_LINK_HERE;
    case ND_OUTCOME_ABSENT:
        return ND_LINK_ABSENT;
    case ND_OUTCOME_AMBIGUOUS:
        return ND_LINK_AMBIGUOUS;
    default:
        return ND_LINK_UNKNOWN;
    }
}

/* A link as the catalogue has it, its work still a row id. */
struct link_row {
    struct nd_link link;
    int64_t work;
};

static bool read_links(struct nd_session *session, int64_t id, GArray *rows, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, ND_STATEMENT_LINKS, error);
    if (!s)
        return false;
    nd_sql_bind(s, "i", id);
    uint32_t end = 0;
    for (;;) {
        bool row;
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            return true;
        struct link_row found = {
            .link = {.span = {(uint32_t)nd_sql_int(s, 0), (uint32_t)nd_sql_int(s, 1)},
                     .relation = (enum nd_relation)nd_sql_int(s, 2),
                     .state = state_of(nd_sql_int(s, 3)),
                     .confidence = nd_sql_double(s, 6)},
            .work = nd_sql_is_null(s, 4) ? 0 : nd_sql_int(s, 4),
        };
        if (found.link.span.start < end)
            continue;
        end = found.link.span.end;
        found.link.candidates = nd_sql_text(s, 5) ? g_strsplit(nd_sql_text(s, 5), "\n", -1) : NULL;
        g_array_append_val(rows, found);
    }
}

/* Drops the candidates that only documents above the reader's stamp know. */
static bool keep_visible(struct nd_session *session, char **candidates, GError **error)
{
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    size_t kept = 0;
    for (size_t i = 0; candidates && candidates[i]; i++) {
        char *const candidate = candidates[i];
        g_array_set_size(works, 0);
        if (!nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, candidate, works, error))
            return false;
        candidates[i] = NULL;
        if (works->len > 0)
            candidates[kept++] = candidate;
        else
            g_free(candidate);
    }
    return true;
}

/* The brief card of a work; a document cites few works often. Borrowed from cards. */
static struct nd_work_card *card_of(struct nd_session *session, GHashTable *cards, const int64_t *work,
                                    GError **error)
{
    struct nd_work_card *card = g_hash_table_lookup(cards, work);
    if (!card && (card = nd_work_card_brief(session, *work, error)))
        g_hash_table_insert(cards, (gpointer)(uintptr_t)work, card);
    return card;
}

static void free_card(gpointer card)
{
    nd_work_card_free(card);
}

static bool fill_links(struct nd_session *session, struct nd_document_view *view, GError **error)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct link_row));
    bool good = read_links(session, view->header.id, rows, error);
    view->links = g_new0(struct nd_link, rows->len);
    g_autoptr(GHashTable) cards = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, free_card);
    for (guint i = 0; i < rows->len; i++) {
        struct link_row *const row = &g_array_index(rows, struct link_row, i);
        view->links[view->n_links] = row->link;
        struct nd_link *const link = &view->links[view->n_links++];
        const struct nd_work_card *const card =
            good && row->work ? card_of(session, cards, &row->work, error) : NULL;
        good = good && (!row->work || card) && keep_visible(session, link->candidates, error);
        if (!card)
            continue;
        link->work = g_strdup(card->key);
        link->title = g_strdup(card->title);
        link->document = g_strdup(card->document);
        if (link->state == ND_LINK_HERE && !link->document)
            link->state = ND_LINK_ABSENT; /* here, but not for this reader */
    }
    return good;
}

static const struct nd_range *last_mark(const GArray *marks)
{
    return &g_array_index(marks, struct nd_range, marks->len - 1);
}

/* Whether they overlap, or have nothing but white space between them: the words of a phrase are one hit. */
static bool meet(struct nd_str text, const struct nd_range *before, const struct nd_range *after)
{
    uint32_t at = before->end;
    while (at < after->start && g_ascii_isspace(text.p[at]))
        at++;
    return at >= after->start;
}

static bool fill_marks(struct nd_session *session, const char *query, struct nd_document_view *view,
                       GError **error)
{
    nd_auto(nd_syntax) syntax = nd_syntax_parse(query, strlen(query), NULL, error);
    nd_auto(nd_plan) plan = syntax ? nd_plan_make(session, syntax, false, NULL, error) : NULL;
    if (!plan)
        return false;
    g_autoptr(GArray) matches = g_array_new(FALSE, FALSE, sizeof(struct nd_match));
    g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(struct nd_range));
    struct nd_document_words words;
    if (!nd_index_words(session->index, (uint32_t)view->header.id, &words, error))
        return false;
    nd_matcher_turn_to(plan->matcher, view->text, words.text);
    nd_matcher_find(plan->matcher, nd_document_text(view->text), MARKS_CAP, matches);
    for (guint i = 0; i < matches->len; i++) {
        const struct nd_match *const match = &g_array_index(matches, struct nd_match, i);
        struct nd_range mark = {match->start, match->end};
        while (marks->len > 0 && meet(nd_document_text(view->text), last_mark(marks), &mark)) {
            mark.start = MIN(mark.start, last_mark(marks)->start);
            mark.end = MAX(mark.end, last_mark(marks)->end);
            g_array_set_size(marks, marks->len - 1);
        }
        g_array_append_val(marks, mark);
    }
    view->n_marks = marks->len;
    view->marks = (struct nd_range *)(void *)g_array_free(g_steal_pointer(&marks), FALSE);
    return true;
}

static bool fill_copies(struct nd_session *session, struct nd_document_view *view, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    struct nd_sql_statement *const s = nd_session_statement(session, ND_STATEMENT_COPY_PATHS, error);
    bool good = s != NULL;
    bool row = false;
    if (good)
        nd_sql_bind(s, "siu", view->header.key, view->header.id, (unsigned)session->visible);
    while (good && (good = nd_sql_step(s, &row, error)) && row) {
        const struct nd_bytes path = nd_sql_bytes(s, 0);
        g_ptr_array_add(paths, g_strndup((const char *)path.p, path.n));
    }
    g_ptr_array_add(paths, NULL);
    view->copies = (char **)g_ptr_array_steal(paths, NULL);
    return good;
}

struct nd_document_view *nd_document_view(struct nd_session *session, const char *document, const char *query,
                                          GError **error)
{
    if (!nd_session_enter(session, error))
        return NULL;
    nd_auto(nd_document_view) view = g_new0(struct nd_document_view, 1);
    int64_t id;
    uint32_t body_start;
    bool good = nd_session_find_document(session, document, &id, error) &&
                nd_hit_fill(session, id, &view->header, &body_start, error);
    if (good)
        view->text = nd_catalog_text(session->catalog, id, error);
    good = good && view->text && fill_links(session, view, error) && fill_copies(session, view, error);
    g_autoptr(GError) unreadable = NULL; /* a query that means nothing marks nothing */
    if (good && query && *query && !fill_marks(session, query, view, &unreadable))
        g_clear_error(&unreadable);
    nd_session_leave(session);
    return good ? g_steal_pointer(&view) : NULL;
}

void nd_document_view_free(struct nd_document_view *view)
{
    if (!view)
        return;
    nd_hit_clear(&view->header);
    nd_document_free(view->text);
    for (size_t i = 0; i < view->n_links; i++) {
        g_free(view->links[i].work);
        g_free(view->links[i].document);
        g_free(view->links[i].title);
        g_strfreev(view->links[i].candidates);
    }
    g_free(view->links);
    g_free(view->marks);
    g_strfreev(view->copies);
    g_free(view);
}
