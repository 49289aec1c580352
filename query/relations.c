#include "query/relations.h"

#include "base/caps.h"
#include "base/i18n.h"
#include "analyzers/citation/citation.h"
#include "analyzers/data/data.h"
#include "graph/identity.h"
#include "query/cards.h"
#include "query/works.h"

enum { CLOSURE_CAP = 10000 };

/* What an edge tells us about the document it finds. */
struct finding {
    int64_t work, document; /* at the other end; document is 0 where only the work is known */
    double weight;
};

static double weight_of(int64_t strength, double confidence, bool proposed)
{
    return 1.0 + 2.0 * (double)strength + confidence - (proposed ? 1.5 : 0.0);
}

unsigned nd_relation_set(enum nd_relation relation)
{
    return relation == ND_RELATION_CITES ? ~0U : 1U << relation;
}

/* Edges of one part from or to one work (or any, work 0) as findings. */
static bool find_in_part(struct nd_session *session, const struct nd_node *node, int64_t work, GArray *out,
                         GError **error)
{
    static const enum nd_statement_id ids[2][2] = {{ND_STATEMENT_SOURCES_OF, ND_STATEMENT_TARGETS_OF},
                                                   {ND_STATEMENT_ANY_SOURCES, ND_STATEMENT_ANY_TARGETS}};
    struct nd_sql_statement *const s = nd_session_statement(session, ids[work == 0][node->inverse], error);
    if (!s)
        return false;
    if (work)
        nd_sql_bind(s, "iuu", work, nd_relation_set(node->relation), (unsigned)session->visible);
    else
        nd_sql_bind(s, "uu", nd_relation_set(node->relation), (unsigned)session->visible);
    for (;;) {
        bool row;
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            return true;
        const bool own = nd_sql_is_null(s, 2);
        const struct finding finding = {
            .work = nd_session_joined(session, nd_sql_int(s, 0)),
            .document = own && !node->inverse ? nd_session_joined(session, nd_sql_int(s, 1)) : 0,
            .weight = weight_of(nd_sql_int(s, 3), nd_sql_double(s, 4), nd_sql_int(s, 5) != 0),
        };
        g_array_append_val(out, finding);
    }
}

/* The same of all parts that know the work. */
static bool find(struct nd_session *session, const struct nd_node *node, int64_t work, GArray *out,
                 GError **error)
{
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (unsigned i = 0; !work && i < session->n_parts; i++) {
        if (!find_in_part(session->parts[i], node, 0, out, error))
            return false;
    }
    if (work && !nd_work_everywhere(session, work, works, error))
        return false;
    for (guint i = 0; i < works->len; i++) {
        int64_t local;
        struct nd_session *const part = nd_session_part(session, g_array_index(works, int64_t, i), &local);
        if (!find_in_part(part, node, local, out, error))
            return false;
    }
    return true;
}

/* The documents that are a work, appended to out. */
static bool documents_of(struct nd_session *session, int64_t work, GArray *out, GError **error)
{
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!nd_work_everywhere(session, work, works, error))
        return false;
    for (guint i = 0; i < works->len; i++) {
        int64_t local;
        const guint first = out->len;
        struct nd_session *const part = nd_session_part(session, g_array_index(works, int64_t, i), &local);
        struct nd_sql_statement *const s = nd_session_statement(part, ND_STATEMENT_WORK_DOCUMENTS, error);
        if (!s)
            return false;
        nd_sql_bind(s, "iu", local, (unsigned)session->visible);
        if (!nd_sql_collect(s, out, error))
            return false;
        nd_session_join_ids(part, out, first);
    }
    return true;
}

/* Ids with the highest weight that was noted for each. */
struct weighed {
    int64_t id;
    double weight;
};
struct weights {
    GHashTable *places; /* of ids in the list, and one */
    GArray *list;       /* of struct weighed */
};

static void weights_init(struct weights *self)
{
    self->places = g_hash_table_new(NULL, NULL);
    self->list = g_array_new(FALSE, FALSE, sizeof(struct weighed));
}

static void weights_clear(struct weights *self)
{
    g_hash_table_unref(self->places);
    g_array_unref(self->list);
}

/* Whether the id is new. */
static bool note(struct weights *self, int64_t id, double weight)
{
    const gsize place = GPOINTER_TO_SIZE(g_hash_table_lookup(self->places, GSIZE_TO_POINTER((gsize)id)));
    if (place == 0) {
        const struct weighed one = {id, weight};
        g_array_append_val(self->list, one);
        g_hash_table_insert(self->places, GSIZE_TO_POINTER((gsize)id), GUINT_TO_POINTER(self->list->len));
        return true;
    }
    struct weighed *const known = &g_array_index(self->list, struct weighed, place - 1);
    known->weight = MAX(known->weight, weight);
    return false;
}

static gint by_id(gconstpointer a, gconstpointer b)
{
    const int64_t left = ((const struct weighed *)a)->id, right = ((const struct weighed *)b)->id;
    return left < right ? -1 : left > right;
}

static void write_out(struct weights *documents, GArray *ids_out, GArray *weights_out)
{
    g_array_sort(documents->list, by_id);
    for (guint i = 0; i < documents->list->len; i++) {
        const struct weighed *const one = &g_array_index(documents->list, struct weighed, i);
        const uint32_t id = (uint32_t)one->id;
        g_array_append_val(ids_out, id);
        g_array_append_val(weights_out, one->weight);
    }
}

/* What an operator has found so far. */
struct findings {
    struct weights documents, works; /* works: what is known of them is in other documents */
    GArray *queue;                   /* of int64_t: works whose edges are asked for */
    GArray *found;                   /* of struct finding: scratch */
};

static void findings_clear(struct findings *self)
{
    weights_clear(&self->documents);
    weights_clear(&self->works);
    g_array_unref(self->queue);
    g_array_unref(self->found);
}

static bool has_rows_left(size_t rows, GError **error)
{
    if (rows <= ND_CAP_QUERY_RELATIONS)
        return true;
    g_set_error_literal(
        error, ND_ERROR, ND_ERROR_LIMIT,
        _("the relations asked for lead to too many documents; ask for fewer of them at once"));
    return false;
}

/* Goes along the edges, one work of the queue after the other. */
static bool follow(struct nd_session *session, const struct nd_node *node, guint n_direct, bool any,
                   struct findings *self, size_t *rows, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (guint next = 0; next < self->queue->len; next++) {
        g_array_set_size(self->found, 0);
        if ((next > 0 && !has_rows_left(*rows, error)) ||
            !find(session, node, g_array_index(self->queue, int64_t, next), self->found, error))
            return false;
        *rows += 1 + self->found->len;
        /* an indirect relation weighs less than any direct one */
        const double scale = next < n_direct || any ? 1.0 : 0.2;
        for (guint i = 0; i < self->found->len; i++) {
            const struct finding *const finding = &g_array_index(self->found, struct finding, i);
            if (finding->document)
                note(&self->documents, finding->document, finding->weight * scale);
            else
                *rows += note(&self->works, finding->work, finding->weight * scale);
            if (node->transitive && !any && self->queue->len < CLOSURE_CAP &&
                g_hash_table_add(seen, GSIZE_TO_POINTER((gsize)finding->work)))
                g_array_append_val(self->queue, finding->work);
        }
    }
    return true;
}

bool nd_relation_documents(struct nd_session *session, const struct nd_node *node, const GArray *works,
                           bool any, GArray *ids_out, GArray *weights_out, size_t *rows, GError **error)
{
    if (!has_rows_left(*rows, error))
        return false;
    const int64_t every = 0;
    g_autoptr(GArray) documents = g_array_new(FALSE, FALSE, sizeof(int64_t));
    struct findings findings = {.queue = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                                .found = g_array_new(FALSE, FALSE, sizeof(struct finding))};
    weights_init(&findings.documents);
    weights_init(&findings.works);
    if (any)
        g_array_append_val(findings.queue, every);
    else
        g_array_append_vals(findings.queue, works->data, works->len);
    bool ok = follow(session, node, works->len, any, &findings, rows, error);
    for (guint i = 0; ok && i < findings.works.list->len; i++) {
        const struct weighed *const work = &g_array_index(findings.works.list, struct weighed, i);
        g_array_set_size(documents, 0);
        ok = documents_of(session, work->id, documents, error);
        for (guint d = 0; d < documents->len; d++)
            note(&findings.documents, g_array_index(documents, int64_t, d), work->weight);
    }
    if (ok)
        write_out(&findings.documents, ids_out, weights_out);
    findings_clear(&findings);
    return ok;
}

static bool same_place(const char *a, const char *b)
{
    const struct nd_place *const x = nd_place_by_name(a), *const y = nd_place_by_name(b);
    return !x || !y || x == y || strcmp(x->key, y->key) == 0;
}

static bool same_part(int a, int b)
{
    return a == 0 || b == 0 || a == b;
}

/* Whether what the citation says besides its code goes together with the work; word: the word for its type,
 * which people mistake for another that shares its code, counts too. */
static bool agrees(const struct nd_mention *citation, const struct nd_work_card *work, bool word)
{
    const struct nd_date a = citation->date, b = work->date;
    if (citation->type && work->type && strcmp(nd_identity_plain_type(citation->type), work->type) != 0)
        return false;
    if (word && citation->type_word && work->type_word && strcmp(citation->type_word, work->type_word) != 0)
        return false;
    if (citation->term && work->term && strcmp(citation->term, work->term) != 0)
        return false;
    if (citation->place && work->place && !same_place(citation->place, work->place))
        return false;
    return same_part(a.year, b.year) && same_part(a.month, b.month) && same_part(a.day, b.day);
}

bool nd_citation_works(struct nd_session *session, const struct nd_mention *citation, GArray *works,
                       GError **error)
{
    g_autofree char *key = nd_citation_key(citation);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!(key ? nd_works_by(session, ND_STATEMENT_WORKS_BY_CITATION_KEY, key, found, error)
              : nd_works_by_mention_name(session, citation, found, error)))
        return false;
    g_autoptr(GPtrArray) cards = nd_work_cards_of(session, found, error);
    const guint before = works->len;
    for (int word = 1; cards && word >= 0 && works->len == before; word--) {
        for (guint i = 0; i < cards->len; i++)
            if (agrees(citation, g_ptr_array_index(cards, i), word))
                g_array_append_val(works, g_array_index(found, int64_t, i));
    }
    return cards != NULL;
}

bool nd_relation_operand(struct nd_session *session, const struct nd_node *node, GArray *works, bool *any_out,
                         GError **error)
{
    *any_out = node->text && strcmp(node->text, "*") == 0;
    if (*any_out)
        return true;
    if (node->citation)
        return nd_citation_works(session, node->citation, works, error);
    return nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, node->text, works, error);
}
