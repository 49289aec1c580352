#include "graph/resolver.h"

#include "corpus/store/sql.h"
#include "graph/decisions.h"
#include "graph/settle.h"

struct document {
    struct nd_claims *claims;
    struct nd_settled *settled;
    struct nd_resolution *resolutions;
    size_t n;
};

struct nd_resolver {
    GHashTable *documents; /* id -> struct document */
    GHashTable *facts;     /* group -> GArray of struct nd_fact, borrowed from the claims */
    GHashTable *present;   /* works whose text was added */
    struct nd_titles *titles;
    GStringChunk *strings;      /* of what was learned from a catalogue */
    struct nd_catalog *catalog; /* NULL without */
    struct nd_authorities_in_force *authorities;
};

static void settled_free(struct document *document)
{
    for (size_t i = 0; i < document->n && document->settled; i++)
        nd_settled_clear(&document->settled[i]);
    g_clear_pointer(&document->settled, g_free);
    g_clear_pointer(&document->resolutions, g_free);
}

static void document_free(void *pointer)
{
    struct document *document = pointer;
    settled_free(document);
    nd_claims_free(document->claims);
    g_free(document);
}

struct nd_resolver *nd_resolver_new(void)
{
    struct nd_resolver *resolver = g_new0(struct nd_resolver, 1);
    resolver->documents = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, document_free);
    resolver->facts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
    resolver->present = g_hash_table_new(g_str_hash, g_str_equal);
    resolver->titles = nd_titles_new();
    resolver->strings = g_string_chunk_new(4096);
    return resolver;
}

void nd_resolver_free(struct nd_resolver *resolver)
{
    if (!resolver)
        return;
    g_hash_table_unref(resolver->facts);
    g_hash_table_unref(resolver->present);
    g_hash_table_unref(resolver->documents);
    nd_titles_free(resolver->titles);
    g_string_chunk_free(resolver->strings);
    nd_authorities_in_force_free(resolver->authorities);
    g_free(resolver);
}

static GArray *facts_of(struct nd_resolver *resolver, const char *group)
{
    GArray *list = g_hash_table_lookup(resolver->facts, group);
    if (!list) {
        list = g_array_new(FALSE, FALSE, sizeof(struct nd_fact));
        g_hash_table_insert(resolver->facts, (gpointer)group, list);
    }
    return list;
}

void nd_resolver_add(struct nd_resolver *resolver, int64_t id, const struct nd_metadata *metadata,
                     const struct nd_mentions *mentions)
{
    struct document *document = g_new0(struct document, 1);
    document->claims = nd_claims_read(metadata, mentions);
    document->n = nd_mentions_count(mentions);
    g_hash_table_insert(resolver->documents, g_memdup2(&id, sizeof id), document);
    if (document->claims->work)
        g_hash_table_add(resolver->present, (gpointer)document->claims->work);
    for (guint i = 0; i < document->claims->facts->len; i++) {
        const struct nd_fact *fact = &g_array_index(document->claims->facts, struct nd_fact, i);
        g_array_append_val(facts_of(resolver, fact->group), *fact);
    }
}

/* ---- from a catalogue ---- */

static const char *keep(struct nd_resolver *resolver, const char *text)
{
    return text ? g_string_chunk_insert_const(resolver->strings, text) : NULL;
}

static bool learn_group(struct nd_resolver *resolver, struct nd_sql_statement *known, const char *group,
                        GError **error)
{
    GArray *const facts = facts_of(resolver, group);
    nd_sql_bind(known, "s", group);
    for (bool row = true; row;) {
        if (!nd_sql_step(known, &row, error))
            return false;
        if (!row)
            return true;
        struct nd_fact fact = {.group = group,
                               .work = keep(resolver, nd_sql_text(known, 0)),
                               .title = keep(resolver, nd_sql_text(known, 2))};
        if (nd_sql_text(known, 1))
            nd_date_parse(nd_sql_text(known, 1), &fact.date);
        g_array_append_val(facts, fact);
    }
    return true;
}

static bool learn_claims(struct nd_resolver *resolver, const GArray *claims, struct nd_sql_statement *known,
                         GHashTable *learned, GError **error)
{
    for (guint i = 0; i < claims->len; i++) {
        const struct nd_claim *claim = &g_array_index(claims, struct nd_claim, i);
        const char *const groups[] = {claim->group, claim->headed};
        for (size_t k = 0; k < G_N_ELEMENTS(groups); k++)
            if (groups[k] && g_hash_table_add(learned, (gpointer)groups[k]) &&
                !learn_group(resolver, known, groups[k], error))
                return false;
    }
    return true;
}

bool nd_resolver_learn(struct nd_resolver *resolver, struct nd_catalog *catalog, GError **error)
{
    g_autoptr(GHashTable) learned = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) log = nd_decisions_read(catalog, "", error);
    nd_auto(nd_sql_statement) known = NULL;
    if (!log || !nd_sql_prepare(nd_catalog_sqlite(catalog), &known,
                                "SELECT work, date, title FROM known WHERE name = ? ORDER BY id", error))
        return false;
    resolver->catalog = catalog;
    resolver->authorities = nd_authorities_with(log);
    GHashTableIter iter;
    gpointer document;
    g_hash_table_iter_init(&iter, resolver->documents);
    while (g_hash_table_iter_next(&iter, NULL, &document))
        if (!learn_claims(resolver, ((const struct document *)document)->claims->claims, known, learned,
                          error))
            return false;
    return true;
}

static bool is_present(const struct nd_resolver *resolver, const char *work, bool *out, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    *out = g_hash_table_contains(resolver->present, work);
    if (*out || !resolver->catalog)
        return true;
    if (!nd_sql_prepare(nd_catalog_sqlite(resolver->catalog), &s,
                        "SELECT 1 FROM document_work WHERE work = (SELECT id FROM work WHERE key = ?)",
                        error))
        return false;
    nd_sql_bind(s, "s", work);
    return nd_sql_step(s, out, error);
}

/* ---- resolving ---- */

static const struct nd_fact *get_facts(void *user_data, const char *group, size_t *n_out)
{
    const struct nd_resolver *resolver = user_data;
    const GArray *list = g_hash_table_lookup(resolver->facts, group);
    *n_out = list ? list->len : 0;
    return list ? &g_array_index(list, struct nd_fact, 0) : NULL;
}

static enum nd_outcome outcome_of(const struct nd_settled *settled, bool present)
{
    if (settled->work)
        return present ? ND_OUTCOME_RESOLVED : ND_OUTCOME_ABSENT;
    return settled->candidates ? ND_OUTCOME_AMBIGUOUS : ND_OUTCOME_UNKNOWN;
}

static bool resolve(struct nd_resolver *resolver, struct document *document, GError **error)
{
    const struct nd_fact_source source = {.get = get_facts,
                                          .user_data = (void *)resolver,
                                          .authorities = resolver->authorities,
                                          .titles = resolver->titles};
    settled_free(document);
    document->settled = g_new0(struct nd_settled, document->n);
    document->resolutions = g_new0(struct nd_resolution, document->n);
    for (size_t i = 0; i < document->n; i++) {
        struct nd_settled *settled = &document->settled[i];
        nd_settle(document->claims, i, &source, settled);
        const struct nd_claim *claim = &g_array_index(document->claims->claims, struct nd_claim, i);
        while (claim->kind == ND_CLAIM_FOLLOW)
            claim = &g_array_index(document->claims->claims, struct nd_claim, claim->leader);
        bool present = false;
        if (settled->work && !is_present(resolver, settled->work, &present, error))
            return false;
        document->resolutions[i] =
            (struct nd_resolution){.outcome = outcome_of(settled, present),
                                   .work = settled->work,
                                   .told = settled->work ? NULL : claim->told,
                                   .candidates = (const char *const *)settled->candidates,
                                   .reason = settled->reason,
                                   .confidence = settled->confidence};
    }
    return true;
}

bool nd_resolver_run(struct nd_resolver *resolver, GError **error)
{
    GHashTableIter iter;
    gpointer document;
    g_hash_table_iter_init(&iter, resolver->documents);
    while (g_hash_table_iter_next(&iter, NULL, &document))
        if (!resolve(resolver, document, error))
            return false;
    return true;
}

const char *nd_resolver_document_work(const struct nd_resolver *resolver, int64_t id)
{
    const struct document *document = g_hash_table_lookup(resolver->documents, &id);
    return document ? document->claims->work : NULL;
}

const struct nd_resolution *nd_resolver_mention(const struct nd_resolver *resolver, int64_t id, size_t i)
{
    const struct document *document = g_hash_table_lookup(resolver->documents, &id);
    return document && document->resolutions && i < document->n ? &document->resolutions[i] : NULL;
}
