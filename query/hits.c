#include "query/hits.h"

#include "analyzers/data/data.h"
#include "query/edges.h"
#include "query/relations.h"
#include "query/snippets.h"
#include "query/works.h"

enum { PASSAGE_BYTES = 280, EDGES_PER_HIT = 3 };

bool nd_hit_fill(struct nd_session *session, int64_t id, struct nd_hit *hit, uint32_t *body_start_out,
                 GError **error)
{
    nd_auto(nd_catalog_document) document = nd_session_document(session, id, error);
    if (!document)
        return false;
    struct nd_metadata *const metadata = &document->metadata;
    *body_start_out = metadata->body_start;
    hit->id = id;
    hit->key = g_steal_pointer(&document->key);
    hit->path = g_steal_pointer(&document->path);
    hit->work = g_steal_pointer(&document->work);
    hit->title = g_steal_pointer(&metadata->title);
    hit->type = g_steal_pointer(&metadata->type);
    hit->type_word = metadata->type_word ? metadata->type_word : nd_type_only_word(hit->type);
    hit->number = g_steal_pointer(&metadata->number);
    hit->code = g_steal_pointer(&metadata->code);
    hit->issuer = g_steal_pointer(&metadata->issuer);
    hit->place = g_steal_pointer(&metadata->place);
    hit->signer = g_steal_pointer(&metadata->signer);
    hit->level = metadata->level;
    hit->date = metadata->date;
    hit->secrecy = metadata->secrecy;
    int64_t local;
    struct nd_session *const part = nd_session_part(session, id, &local);
    struct nd_sql_statement *const s = nd_session_statement(part, ND_STATEMENT_COPIES, error);
    const int64_t generation = s ? nd_session_generation(part, error) : -1;
    bool row;
    if (generation < 0)
        return false;
    nd_sql_bind(s, "siui", hit->key, local, (unsigned)session->visible, generation);
    if (!nd_sql_step(s, &row, error))
        return false;
    hit->n_copies = row ? (uint32_t)nd_sql_int(s, 0) : 0;
    return true;
}

void nd_hit_clear(struct nd_hit *hit)
{
    g_free(hit->key);
    g_free(hit->path);
    g_free(hit->work);
    g_free(hit->title);
    g_free(hit->type);
    g_free(hit->number);
    g_free(hit->code);
    g_free(hit->issuer);
    g_free(hit->place);
    g_free(hit->signer);
    for (size_t i = 0; i < hit->n_other_files; i++) {
        g_free(hit->other_files[i].document);
        g_free(hit->other_files[i].path);
    }
    g_free(hit->other_files);
    for (size_t i = 0; i < hit->n_passages; i++)
        nd_passage_clear(&hit->passages[i]);
    g_free(hit->passages);
    g_clear_pointer(&hit->edges, g_ptr_array_unref);
}

/* Why the document matches the query's relation operators. */
static bool fill_edges(struct nd_session *session, const struct nd_plan *plan, struct nd_hit *hit,
                       GError **error)
{
    for (guint i = 0; i < plan->relations->len; i++) {
        const struct nd_planned_relation *const relation = g_ptr_array_index(plan->relations, i);
        struct nd_edge_request request = {
            .statement = ND_STATEMENT_EDGES_OF_DOCUMENT,
            .id = hit->id,
            .relations = nd_relation_set(relation->node->relation),
            .works = relation->any || relation->node->transitive ? NULL : relation->works,
            .cap = EDGES_PER_HIT,
            .n_evidence = SIZE_MAX,
        };
        if (relation->node->inverse) { /* what is said of the hit's work, in other documents */
            g_autoptr(GArray) own = g_array_new(FALSE, FALSE, sizeof(int64_t));
            if (!hit->work || !nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, hit->work, own, error)) {
                if (hit->work)
                    return false;
                continue;
            }
            request.statement = ND_STATEMENT_EDGES_IN;
            request.id = own->len > 0 ? g_array_index(own, int64_t, 0) : 0;
        }
        g_autoptr(GPtrArray) edges = nd_edges_find(session, &request, error);
        if (!edges)
            return false;
        if (!hit->edges)
            hit->edges = g_steal_pointer(&edges);
        else
            while (edges->len > 0)
                g_ptr_array_add(hit->edges, g_ptr_array_steal_index(edges, 0));
    }
    return true;
}

bool nd_hit_show(struct nd_session *session, const struct nd_plan *plan,
                 const struct nd_search_request *request, const struct xc_hit *found, struct nd_hit *hit,
                 GError **error)
{
    hit->score = found->weight;
    uint32_t body_start;
    if (!nd_hit_fill(session, found->id, hit, &body_start, error))
        return false;
    if (request->bare)
        return true;
    if (!fill_edges(session, plan, hit, error))
        return false;
    if (request->n_passages == 0)
        return true;
    int64_t id;
    struct nd_catalog *const catalog = nd_session_part(session, found->id, &id)->catalog;
    nd_auto(nd_document) text = nd_catalog_text(catalog, id, error);
    if (!text)
        return false;
    struct nd_document_words words;
    if (!nd_ranking_words(plan->ranking, session->index, found->id, &words, error))
        return false;
    hit->passages = g_new0(struct nd_passage, request->n_passages);
    hit->n_passages = nd_snippets_make(text, words.text, plan->matcher, body_start, request->n_passages,
                                       PASSAGE_BYTES, hit->passages);
    return true;
}

/* Whether two hits are the same work in two files: their identity is sure, to the day; or the same text in
 * two indexes. */
static bool is_same_work(const struct nd_hit *a, const struct nd_hit *b)
{
    if (strcmp(a->key, b->key) == 0)
        return true;
    return a->work && b->work && a->code && a->date.day && strcmp(a->work, b->work) == 0 &&
           nd_date_compare(a->date, b->date) == 0;
}

void nd_hits_fold(struct nd_results *results)
{
    size_t kept = 0;
    for (size_t i = 0; i < results->n_hits; i++) {
        struct nd_hit *const hit = &results->hits[i];
        struct nd_hit *first = NULL;
        for (size_t k = 0; k < kept && !first; k++) {
            if (is_same_work(&results->hits[k], hit))
                first = &results->hits[k];
        }
        if (!first) {
            results->hits[kept++] = *hit;
            continue;
        }
        first->other_files = g_renew(struct nd_other_file, first->other_files, first->n_other_files + 1);
        first->other_files[first->n_other_files++] = (struct nd_other_file){
            .document = g_steal_pointer(&hit->key), .path = g_steal_pointer(&hit->path)};
        nd_hit_clear(hit);
    }
    results->n_hits = kept;
}
