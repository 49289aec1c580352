#include "query/cards.h"

#include "base/i18n.h"
#include "analyzers/data/data.h"
#include "graph/work.h"
#include "query/edges.h"
#include "query/works.h"

/* The first row that a statement gives for a work, for this reader. */
static bool look_up(struct nd_session *session, enum nd_statement_id id, int64_t work,
                    struct nd_sql_statement **row_out, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, id, error);
    bool row;
    if (!s)
        return false;
    nd_sql_bind(s, "iu", work, (unsigned)session->visible);
    if (!nd_sql_step(s, &row, error))
        return false;
    *row_out = row ? s : NULL;
    return true;
}

/* The first of its documents that the reader may see. */
static bool fill_document(struct nd_session *session, int64_t work, struct nd_work_card *card, GError **error)
{
    struct nd_sql_statement *row;
    if (!look_up(session, ND_STATEMENT_WORK_DOCUMENTS, work, &row, error))
        return false;
    if (!row)
        return true;
    struct nd_sql_statement *const document = nd_session_brief(session, nd_sql_int(row, 0), error);
    if (!document)
        return false;
    const struct nd_type *const type =
        nd_type_by_word(nd_sql_text(document, ND_BRIEF_TYPE), nd_sql_text(document, ND_BRIEF_TYPE_WORD));
    card->document = g_strdup(nd_sql_text(document, ND_BRIEF_KEY));
    if (type)
        card->type_word = type->word;
    card->path = nd_brief_path(document);
    if (!card->title)
        card->title = g_strdup(nd_sql_text(document, ND_BRIEF_TITLE));
    if (!card->date.year)
        card->date = nd_brief_date(document);
    return true;
}

/* Title and date of a work are what all documents tell. Where some of them are not for this reader, they are
 * told anew: by the authority file, then the document itself, then the others that cite it. What else there
 * is to a card follows from the work's key. */
static bool fill_told(struct nd_session *session, int64_t work, struct nd_work_card *card, GError **error)
{
    struct nd_sql_statement *row;
    struct nd_work_description authority;
    g_clear_pointer(&card->title, g_free);
    nd_work_describe(card->key, NULL, &authority);
    card->title = g_strdup(authority.work.title);
    card->date = authority.work.date;
    g_autofree char *event = g_strdup(authority.event);
    nd_work_description_clear(&authority);
    if (!fill_document(session, work, card, error))
        return false;
    if (!card->date.year) {
        if (!look_up(session, ND_STATEMENT_WORK_TOLD_DATE, work, &row, error))
            return false;
        if (row)
            nd_date_parse(nd_sql_text(row, 0), &card->date);
    }
    if (!card->title) {
        if (!look_up(session, ND_STATEMENT_WORK_TOLD_TITLE, work, &row, error))
            return false;
        card->title = row ? g_strdup(nd_sql_text(row, 0)) : g_steal_pointer(&event);
    }
    return true;
}

/* here: with its document; otherwise that is read only for a name or date that nobody tells. */
static struct nd_work_card *read_card(struct nd_session *session, int64_t work, bool here, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, ND_STATEMENT_WORK, error);
    bool row;
    if (!s)
        return NULL;
    nd_sql_bind(s, "i", work);
    if (!nd_sql_step(s, &row, error))
        return NULL;
    if (!row) {
        g_set_error_literal(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("no such document"));
        return NULL;
    }
    nd_auto(nd_work_card) card = g_new0(struct nd_work_card, 1);
    card->key = g_strdup(nd_sql_text(s, 0));
    card->code = g_strdup(nd_sql_text(s, 1));
    card->type = g_strdup(nd_sql_text(s, 2));
    if (here)
        card->type_word = nd_work_type_word(card->key) ?: nd_type_only_word(card->type);
    card->issuer = g_strdup(nd_sql_text(s, 3));
    card->place = g_strdup(nd_sql_text(s, 4));
    card->term = g_strdup(nd_sql_text(s, 5));
    card->level = (enum nd_level)nd_sql_int(s, 6);
    if (nd_sql_text(s, 7))
        nd_date_parse(nd_sql_text(s, 7), &card->date);
    card->title = g_strdup(nd_sql_text(s, 8));
    struct nd_sql_statement *secret = NULL;
    if (session->visible < ND_SECRECY_MOST_SECRET &&
        !look_up(session, ND_STATEMENT_WORK_TOLD_IN_SECRET, work, &secret, error))
        return NULL;
    const bool complete = !here && card->title && card->date.year;
    if (secret ? !fill_told(session, work, card, error)
               : !complete && !fill_document(session, work, card, error))
        return NULL;
    return g_steal_pointer(&card);
}

static struct nd_work_card *brief_of_part(struct nd_session *session, int64_t work, GError **error)
{
    return read_card(session, work, true, error);
}

struct nd_work_card *nd_work_card_named(struct nd_session *part, int64_t work, GError **error)
{
    return read_card(part, work, false, error);
}

void nd_work_card_free(struct nd_work_card *card)
{
    if (!card)
        return;
    g_free(card->key);
    g_free(card->code);
    g_free(card->type);
    g_free(card->title);
    g_free(card->issuer);
    g_free(card->place);
    g_free(card->term);
    g_free(card->document);
    g_free(card->path);
    for (size_t i = 0; i < card->n_aliases; i++) {
        g_free(card->aliases[i].text);
        g_free(card->aliases[i].document);
    }
    g_free(card->aliases);
    g_clear_pointer(&card->replaced_by, g_ptr_array_unref);
    g_free(card);
}

static void card_free(gpointer card)
{
    nd_work_card_free(card);
}

static bool fill_aliases(struct nd_session *session, int64_t work, struct nd_work_card *card, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, ND_STATEMENT_WORK_ALIASES, error);
    if (!s)
        return false;
    g_autoptr(GArray) aliases = g_array_new(FALSE, FALSE, sizeof(struct nd_work_alias));
    bool good;
    bool row = false;
    nd_sql_bind(s, "iu", work, (unsigned)session->visible);
    while ((good = nd_sql_step(s, &row, error)) && row) {
        const struct nd_work_alias *const last =
            aliases->len > 0 ? &g_array_index(aliases, struct nd_work_alias, aliases->len - 1) : NULL;
        if (last && g_strcmp0(last->text, nd_sql_text(s, 0)) == 0)
            continue; /* taught by several documents */
        struct nd_work_alias alias = {.text = g_strdup(nd_sql_text(s, 0))};
        nd_auto(nd_catalog_document) document =
            nd_sql_int(s, 1) ? nd_session_document(session, nd_sql_int(s, 1), NULL) : NULL;
        alias.document = document ? g_strdup(document->key) : NULL;
        g_array_append_val(aliases, alias);
    }
    card->n_aliases = aliases->len;
    card->aliases = (struct nd_work_alias *)(void *)g_array_free(g_steal_pointer(&aliases), FALSE);
    return good;
}

static bool fill_counts(struct nd_session *session, enum nd_statement_id statement, int64_t work,
                        uint32_t counts[ND_N_RELATIONS], GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, statement, error);
    if (!s)
        return false;
    nd_sql_bind(s, "iu", work, (unsigned)session->visible);
    for (;;) {
        bool row;
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            return true;
        counts[nd_sql_int(s, 0) % ND_N_RELATIONS] = (uint32_t)nd_sql_int(s, 1);
    }
}

static struct nd_work_card *full_of_part(struct nd_session *session, int64_t work, GError **error)
{
    nd_auto(nd_work_card) card = brief_of_part(session, work, error);
    if (!card || !fill_aliases(session, work, card, error) ||
        !fill_counts(session, ND_STATEMENT_COUNTS_OUT, work, card->n_out, error) ||
        !fill_counts(session, ND_STATEMENT_COUNTS_IN, work, card->n_in, error))
        return NULL;
    for (int relation = 0; relation < ND_N_RELATIONS; relation++)
        card->n_documents_citing += card->n_in[relation];
    const struct nd_edge_request request = {
        .statement = ND_STATEMENT_EDGES_IN,
        .id = work,
        .relations = 1U << ND_RELATION_REPLACES | 1U << ND_RELATION_REPEALS,
        .n_evidence = SIZE_MAX,
    };
    card->replaced_by = nd_edges_find(session, &request, error);
    return card->replaced_by ? g_steal_pointer(&card) : NULL;
}

/* ---- cards of several indexes ---- */

static void take_text(char **into, char **from)
{
    if (!*into)
        *into = g_steal_pointer(from);
}

static bool has_alias(const struct nd_work_card *card, const char *text)
{
    for (size_t i = 0; i < card->n_aliases; i++) {
        if (strcmp(card->aliases[i].text, text) == 0)
            return true;
    }
    return false;
}

/* Adds what another index has of the same work. */
static void merge(struct nd_work_card *card, struct nd_work_card *other)
{
    char **const into[] = {&card->code,  &card->type, &card->title,    &card->issuer,
                           &card->place, &card->term, &card->document, &card->path};
    char **const from[] = {&other->code,  &other->type, &other->title,    &other->issuer,
                           &other->place, &other->term, &other->document, &other->path};
    for (size_t i = 0; i < G_N_ELEMENTS(into); i++)
        take_text(into[i], from[i]);
    if (card->level == ND_LEVEL_UNKNOWN)
        card->level = other->level;
    if (!card->date.year)
        card->date = other->date;
    for (size_t i = 0; i < other->n_aliases; i++) {
        if (has_alias(card, other->aliases[i].text))
            continue;
        card->aliases = g_renew(struct nd_work_alias, card->aliases, card->n_aliases + 1);
        card->aliases[card->n_aliases++] = other->aliases[i];
        other->aliases[i] = (struct nd_work_alias){0};
    }
    for (int relation = 0; relation < ND_N_RELATIONS; relation++) {
        card->n_out[relation] += other->n_out[relation];
        card->n_in[relation] += other->n_in[relation];
    }
    card->n_documents_citing += other->n_documents_citing;
    while (other->replaced_by && other->replaced_by->len > 0)
        g_ptr_array_add(card->replaced_by, g_ptr_array_steal_index(other->replaced_by, 0));
}

/* The one whose text is here first: what a document says of itself goes before what others say. */
static struct nd_work_card *
join_cards(struct nd_session *session, int64_t work,
           struct nd_work_card *(*of_part)(struct nd_session *, int64_t, GError **), GError **error)
{
    if (session->n_parts == 1)
        return of_part(session, work, error);
    g_autoptr(GPtrArray) cards = g_ptr_array_new_with_free_func(card_free);
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!nd_work_everywhere(session, work, works, error))
        return NULL;
    for (guint i = 0; i < works->len; i++) {
        int64_t local;
        struct nd_session *const part = nd_session_part(session, g_array_index(works, int64_t, i), &local);
        struct nd_work_card *const card = of_part(part, local, error);
        if (!card)
            return NULL;
        g_ptr_array_insert(cards, card->document ? 0 : -1, card);
    }
    if (cards->len == 0) {
        g_set_error_literal(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("no such document"));
        return NULL;
    }
    nd_auto(nd_work_card) first = g_ptr_array_steal_index(cards, 0);
    for (guint i = 0; i < cards->len; i++)
        merge(first, g_ptr_array_index(cards, i));
    return g_steal_pointer(&first);
}

struct nd_work_card *nd_work_card_brief(struct nd_session *session, int64_t work, GError **error)
{
    return join_cards(session, work, brief_of_part, error);
}

struct nd_work_card *nd_work_card_full(struct nd_session *session, int64_t work, GError **error)
{
    return join_cards(session, work, full_of_part, error);
}

static gint here_first(gconstpointer a, gconstpointer b)
{
    const struct nd_work_card *const left = *(struct nd_work_card *const *)a;
    const struct nd_work_card *const right = *(struct nd_work_card *const *)b;
    if (!left->document != !right->document)
        return left->document ? -1 : 1;
    return strcmp(left->key, right->key);
}

static gint newest_first(gconstpointer a, gconstpointer b)
{
    const struct nd_work_card *const left = *(struct nd_work_card *const *)a;
    const struct nd_work_card *const right = *(struct nd_work_card *const *)b;
    const int dates = nd_date_compare(right->date, left->date);
    return dates ? dates : strcmp(left->key, right->key);
}

static GPtrArray *each_card(struct nd_session *session, const GArray *works,
                            struct nd_work_card *(*make)(struct nd_session *, int64_t, GError **),
                            GError **error)
{
    g_autoptr(GPtrArray) cards = g_ptr_array_new_with_free_func(card_free);
    for (guint i = 0; i < works->len; i++) {
        struct nd_work_card *const card = make(session, g_array_index(works, int64_t, i), error);
        if (!card)
            return NULL;
        g_ptr_array_add(cards, card);
    }
    return g_steal_pointer(&cards);
}

GPtrArray *nd_work_cards_of(struct nd_session *session, const GArray *works, GError **error)
{
    return each_card(session, works, nd_work_card_brief, error);
}

GPtrArray *nd_work_cards_full(struct nd_session *session, const GArray *works, GError **error)
{
    return each_card(session, works, nd_work_card_full, error);
}

GPtrArray *nd_work_cards_brief(struct nd_session *session, const GArray *works, bool editions, GError **error)
{
    GPtrArray *const cards = nd_work_cards_of(session, works, error);
    if (cards)
        g_ptr_array_sort(cards, editions ? newest_first : here_first);
    return cards;
}

struct nd_work_card *nd_work_view(struct nd_session *session, const char *work, GError **error)
{
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!nd_session_enter(session, error))
        return NULL;
    struct nd_work_card *card = NULL;
    if (nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, work, works, error)) {
        if (works->len > 0)
            card = nd_work_card_full(session, g_array_index(works, int64_t, 0), error);
        else
            g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("nothing in this index is or cites \"%s\""),
                        work);
    }
    nd_session_leave(session);
    return card;
}
