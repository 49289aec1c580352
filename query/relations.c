#include "query/relations.h"

#include "base/caps.h"
#include "base/i18n.h"
#include "analyzers/citation/citation.h"
#include "analyzers/data/data.h"
#include "graph/identity.h"
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

static void note_document(GHashTable *weights, int64_t document, double weight)
{
    double *const known = g_hash_table_lookup(weights, &document);
    if (known)
        *known = MAX(*known, weight);
    else
        g_hash_table_insert(weights, g_memdup2(&document, sizeof document),
                            g_memdup2(&weight, sizeof weight));
}

static gint by_id(gconstpointer a, gconstpointer b)
{
    const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return left < right ? -1 : left > right;
}

static void write_out(GHashTable *weights, GArray *ids_out, GArray *weights_out)
{
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, weights);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const uint32_t id = (uint32_t) * (int64_t *)key;
        g_array_append_val(ids_out, id);
    }
    g_array_sort(ids_out, by_id);
    for (guint i = 0; i < ids_out->len; i++) {
        const int64_t id = g_array_index(ids_out, uint32_t, i);
        g_array_append_vals(weights_out, g_hash_table_lookup(weights, &id), 1);
    }
}

bool nd_relation_documents(struct nd_session *session, const struct nd_node *node, const GArray *works,
                           bool any, GArray *ids_out, GArray *weights_out, size_t *rows, GError **error)
{
    g_autoptr(GHashTable) weights = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GArray) queue = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) findings = g_array_new(FALSE, FALSE, sizeof(struct finding));
    g_autoptr(GArray) documents = g_array_new(FALSE, FALSE, sizeof(int64_t));
    const int64_t every = 0;
    if (any)
        g_array_append_val(queue, every);
    else
        g_array_append_vals(queue, works->data, works->len);
    for (guint next = 0; next < queue->len; next++) {
        g_array_set_size(findings, 0);
        if (!find(session, node, g_array_index(queue, int64_t, next), findings, error))
            return false;
        *rows += 1 + findings->len;
        /* an indirect relation weighs less than any direct one */
        const double scale = next < works->len || any ? 1.0 : 0.2;
        for (guint i = 0; i < findings->len; i++) {
            const struct finding *const finding = &g_array_index(findings, struct finding, i);
            if (finding->document) {
                note_document(weights, finding->document, finding->weight * scale);
            } else {
                g_array_set_size(documents, 0);
                if (!documents_of(session, finding->work, documents, error))
                    return false;
                for (guint d = 0; d < documents->len; d++)
                    note_document(weights, g_array_index(documents, int64_t, d), finding->weight * scale);
            }
            if (node->transitive && !any && queue->len < CLOSURE_CAP &&
                g_hash_table_add(seen, g_memdup2(&finding->work, sizeof finding->work)))
                g_array_append_val(queue, finding->work);
        }
    }
    write_out(weights, ids_out, weights_out);
    return true;
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
