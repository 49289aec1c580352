#include "graph/resolver.h"

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
    g_free(resolver);
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
        GArray *list = g_hash_table_lookup(resolver->facts, fact->group);
        if (!list) {
            list = g_array_new(FALSE, FALSE, sizeof *fact);
            g_hash_table_insert(resolver->facts, (gpointer)fact->group, list);
        }
        g_array_append_val(list, *fact);
    }
}

static const struct nd_fact *get_facts(void *user_data, const char *group, size_t *n_out)
{
    const struct nd_resolver *resolver = user_data;
    const GArray *list = g_hash_table_lookup(resolver->facts, group);
    *n_out = list ? list->len : 0;
    return list ? &g_array_index(list, struct nd_fact, 0) : NULL;
}

static enum nd_outcome outcome_of(const struct nd_resolver *resolver, const struct nd_settled *settled)
{
    if (settled->work)
        return g_hash_table_contains(resolver->present, settled->work) ? ND_OUTCOME_RESOLVED
                                                                       : ND_OUTCOME_ABSENT;
    return settled->candidates ? ND_OUTCOME_AMBIGUOUS : ND_OUTCOME_UNKNOWN;
}

static void resolve(struct nd_resolver *resolver, struct document *document)
{
    const struct nd_fact_source source = {
        .get = get_facts, .user_data = (void *)resolver, .titles = resolver->titles};
    settled_free(document);
    document->settled = g_new0(struct nd_settled, document->n);
    document->resolutions = g_new0(struct nd_resolution, document->n);
    for (size_t i = 0; i < document->n; i++) {
        struct nd_settled *settled = &document->settled[i];
        nd_settle(document->claims, i, &source, settled);
        const struct nd_claim *claim = &g_array_index(document->claims->claims, struct nd_claim, i);
        while (claim->kind == ND_CLAIM_FOLLOW)
            claim = &g_array_index(document->claims->claims, struct nd_claim, claim->leader);
        document->resolutions[i] =
            (struct nd_resolution){.outcome = outcome_of(resolver, settled),
                                   .work = settled->work,
                                   .told = settled->work ? NULL : claim->told,
                                   .candidates = (const char *const *)settled->candidates,
                                   .reason = settled->reason,
                                   .confidence = settled->confidence};
    }
}

void nd_resolver_run(struct nd_resolver *resolver)
{
    GHashTableIter iter;
    gpointer document;
    g_hash_table_iter_init(&iter, resolver->documents);
    while (g_hash_table_iter_next(&iter, NULL, &document))
        resolve(resolver, document);
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
