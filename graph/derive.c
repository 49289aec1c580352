#include "graph/derive.h"

#include "base/i18n.h"
#include "graph/edges.h"
#include "graph/resolver.h"
#include "graph/settle.h"
#include "graph/verdicts.h"
#include "graph/wording.h"

#include <string.h>

/* What the citations of one document come to, while rows are written. */
struct outcome {
    const struct nd_citing *citing;
    struct nd_settled *settled;
    struct nd_edge_mention *resolved;
    bool *decided;                /* a person said what it means, or that it means nothing */
    struct nd_verdicts *verdicts; /* NULL when nobody ever decided anything of the document */
};

void nd_deriving_init(struct nd_deriving *deriving, struct nd_catalog_writer *writer)
{
    *deriving = (struct nd_deriving){.writer = writer};
    deriving->present = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void nd_deriving_clear(struct nd_deriving *deriving)
{
    g_hash_table_unref(deriving->present);
}

void nd_deriving_add_work(struct nd_deriving *deriving, const char *key)
{
    if (key && !g_hash_table_contains(deriving->works, key))
        g_hash_table_add(deriving->works, g_strdup(key));
}

/* ---- resolutions ---- */

static bool is_present(struct nd_deriving *d, const char *work, bool *present_out, GError **error)
{
    gpointer found = NULL;
    if (g_hash_table_lookup_extended(d->present, work, NULL, &found)) {
        *present_out = GPOINTER_TO_INT(found);
        return true;
    }
    if (!nd_work_rows_is_present(d->rows, work, present_out, error))
        return false;
    g_hash_table_insert(d->present, g_strdup(work), GINT_TO_POINTER(*present_out));
    return true;
}

static enum nd_question question_of(const struct outcome *outcome, size_t i)
{
    const struct nd_settled *settled = &outcome->settled[i];
    if (outcome->decided[i])
        return ND_QUESTION_DECIDED;
    if (g_array_index(outcome->citing->claims->claims, struct nd_claim, i).kind == ND_CLAIM_FOLLOW)
        return ND_QUESTION_NONE;
    return settled->work || settled->candidates ? ND_QUESTION_CHOICE : ND_QUESTION_OPEN;
}

static bool write_resolution(struct nd_deriving *d, const struct outcome *outcome, size_t i, GError **error)
{
    const struct nd_settled *settled = &outcome->settled[i];
    const struct nd_mention *mention = nd_mentions_get(outcome->citing->mentions, i);
    bool present = false;
    if (settled->work && !is_present(d, settled->work, &present, error))
        return false;
    const enum nd_outcome kind = settled->work         ? (present ? ND_OUTCOME_RESOLVED : ND_OUTCOME_ABSENT)
                                 : settled->candidates ? ND_OUTCOME_AMBIGUOUS
                                                       : ND_OUTCOME_UNKNOWN;
    const struct nd_mention_resolution resolution = {.outcome = (int)kind,
                                                     .work = settled->work,
                                                     .confidence = settled->confidence,
                                                     .reason = settled->reason,
                                                     .candidates = (const char *const *)settled->candidates,
                                                     .question = question_of(outcome, i),
                                                     .certainty = settled->confidence * mention->confidence};
    nd_deriving_add_work(d, settled->work);
    return nd_catalog_writer_put_resolution(d->writer, outcome->citing->id, (uint32_t)i, &resolution, error);
}

/* ---- decisions ---- */

static bool read_verdicts(struct nd_deriving *d, const struct nd_citing *citing, struct nd_verdicts **out,
                          GError **error)
{
    struct nd_catalog *catalog = nd_catalog_writer_reader(d->writer);
    bool exist = false;
    *out = NULL;
    if (nd_mentions_count(citing->mentions) == 0)
        return true;
    if (!nd_decisions_exist(catalog, citing->name, &exist, error))
        return false;
    if (!exist)
        return true;
    nd_auto(nd_document) text = nd_catalog_text(catalog, citing->id, error);
    if (!text)
        return false;
    *out = nd_verdicts_read(catalog, citing->name, nd_document_text(text), citing->mentions, error);
    return *out != NULL;
}

static void decide(struct nd_settled *settled, const char *work, const char *reason)
{
    g_free(settled->work);
    settled->work = g_strdup(work);
    settled->confidence = work ? 1 : 0;
    settled->reason = reason;
}

static void obey_verdict(const struct nd_verdict *verdict, const char *decided, const char *rejected,
                         struct nd_settled *settled)
{
    if (verdict->work)
        decide(settled, verdict->work, decided);
    if (verdict->rejected)
        decide(settled, NULL, rejected);
}

/* A person's word stands above every rule, that on the citation itself above that on the one it repeats, and
 * that above one on its wording; the machine's candidates are kept beside it. */
static void obey(struct nd_deriving *d, const struct outcome *outcome, size_t i)
{
    const struct nd_claims *claims = outcome->citing->claims;
    const struct nd_claim *claim = &g_array_index(claims->claims, struct nd_claim, i);
    struct nd_settled *settled = &outcome->settled[i];
    g_autofree char *wording = g_hash_table_size(d->aliases) ? nd_claim_wording(claims, i) : NULL;
    const char *alias = wording ? g_hash_table_lookup(d->aliases, wording) : NULL;
    outcome->decided[i] = alias != NULL;
    if (alias)
        decide(settled, alias, N_("a reviewer decided what this wording means"));
    if (!outcome->verdicts)
        return;
    if (claim->kind == ND_CLAIM_FOLLOW)
        obey_verdict(nd_verdict_at(outcome->verdicts, claim->leader),
                     N_("repeats a citation decided by a reviewer"),
                     N_("repeats a citation rejected by a reviewer"), settled);
    const struct nd_verdict *own = nd_verdict_at(outcome->verdicts, i);
    obey_verdict(own, N_("decided by a reviewer"), N_("rejected by a reviewer"), settled);
    outcome->decided[i] |= own->work || own->rejected;
}

static void settle_all(struct nd_deriving *d, const struct outcome *outcome)
{
    struct nd_fact_source source = nd_known_source(d->known);
    source.authorities = d->authorities;
    for (size_t i = 0; i < nd_mentions_count(outcome->citing->mentions); i++) {
        const struct nd_claims *claims = outcome->citing->claims;
        const struct nd_claim *claim = &g_array_index(claims->claims, struct nd_claim, i);
        nd_settle(claims, i, &source, &outcome->settled[i]);
        if (claim->kind == ND_CLAIM_FOLLOW)
            outcome->settled[i].reason = claim->reason;
        obey(d, outcome, i);
        outcome->resolved[i] = (struct nd_edge_mention){
            .work = outcome->settled[i].work,
            .confidence = outcome->settled[i].confidence,
            .relation = outcome->verdicts ? nd_verdict_at(outcome->verdicts, i)->relation : -1};
    }
}

/* ---- edges ---- */

static bool add_edge(struct nd_deriving *d, const struct nd_edge *row, GError **error)
{
    nd_deriving_add_work(d, row->source);
    nd_deriving_add_work(d, row->target);
    return nd_catalog_writer_add_edge(d->writer, row, error);
}

static bool write_edges(struct nd_deriving *d, const struct outcome *outcome, GError **error)
{
    const struct nd_citing *citing = outcome->citing;
    g_autoptr(GArray) edges = nd_document_edges(citing->work, citing->mentions, outcome->resolved);
    for (guint i = 0; i < edges->len; i++) {
        const struct nd_document_edge *edge = &g_array_index(edges, struct nd_document_edge, i);
        const struct nd_edge row = {.source = edge->source,
                                    .target = edge->target,
                                    .relation = edge->relation,
                                    .strength = edge->strength,
                                    .proposed = edge->proposed,
                                    .confidence = edge->confidence,
                                    .document = citing->id,
                                    .ordinal = edge->ordinal,
                                    .rule = nd_mentions_get(citing->mentions, edge->ordinal)->rule,
                                    .reported_by = edge->reported ? citing->work : NULL};
        if (!add_edge(d, &row, error))
            return false;
    }
    return true;
}

/* Edges that people added to a mention. */
static bool write_added_edges(struct nd_deriving *d, const struct outcome *outcome, uint32_t i,
                              GError **error)
{
    const struct nd_citing *citing = outcome->citing;
    const GPtrArray *edges = outcome->verdicts ? nd_verdict_at(outcome->verdicts, i)->edges : NULL;
    for (guint k = 0; edges && k < edges->len; k++) {
        struct nd_edge row = {.source = citing->work,
                              .strength = nd_mentions_get(citing->mentions, i)->strength,
                              .confidence = 1,
                              .document = citing->id,
                              .ordinal = i,
                              .rule = "reviewer"};
        if (nd_decision_parse_edge(edges->pdata[k], &row.relation, &row.target) &&
            strcmp(row.source, row.target) != 0 && !add_edge(d, &row, error))
            return false;
    }
    return true;
}

static bool write_citations(struct nd_deriving *d, const struct outcome *outcome, GError **error)
{
    for (uint32_t i = 0; i < nd_mentions_count(outcome->citing->mentions); i++)
        if (!write_resolution(d, outcome, i, error) || !write_added_edges(d, outcome, i, error))
            return false;
    return write_edges(d, outcome, error);
}

/* ---- aliases ---- */

/* Names and events a document taught, for people who look one up. */
static bool write_aliases(struct nd_deriving *d, const struct nd_citing *citing, GError **error)
{
    for (guint i = 0; i < citing->claims->facts->len; i++) {
        const struct nd_fact *fact = &g_array_index(citing->claims->facts, struct nd_fact, i);
        const char *colon = strchr(fact->group, ':');
        if (!colon || g_str_has_prefix(fact->group, ND_HEADED_GROUP))
            continue;
        const bool by_name = g_str_has_prefix(fact->group, "name:");
        g_autofree char *name =
            by_name && fact->title ? g_utf8_strdown(fact->title, -1) : g_strdup(colon + 1);
        const struct nd_alias alias = {.name = name, .work = fact->work, .document = citing->id};
        nd_deriving_add_work(d, fact->work);
        if (!nd_catalog_writer_add_alias(d->writer, &alias, error))
            return false;
    }
    return true;
}

/* ---- the whole ---- */

bool nd_derive(struct nd_deriving *d, const struct nd_citing *citing, GError **error)
{
    const size_t n = nd_mentions_count(citing->mentions);
    struct nd_verdicts *read = NULL;
    if (!read_verdicts(d, citing, &read, error))
        return false;
    nd_auto(nd_verdicts) verdicts = read;
    g_autofree struct nd_settled *settled = g_new0(struct nd_settled, n + 1);
    g_autofree struct nd_edge_mention *resolved = g_new0(struct nd_edge_mention, n + 1);
    g_autofree bool *decided = g_new0(bool, n + 1);
    const struct outcome outcome = {citing, settled, resolved, decided, verdicts};
    settle_all(d, &outcome);
    const bool done = nd_known_check(d->known, error) && write_citations(d, &outcome, error) &&
                      write_aliases(d, citing, error);
    for (size_t i = 0; i < n; i++)
        nd_settled_clear(&settled[i]);
    return done;
}
