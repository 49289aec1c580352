#include "query/search.h"

#include "analyzers/data/data.h"
#include "query/names.h"
#include "query/relations.h"

#include <stdlib.h>

/* The fields that are counted, as they stand in the value of ND_FIELD_FACETS. */
static const enum nd_field_id facet_fields[] = {ND_FIELD_TYPE, ND_FIELD_ISSUER, ND_FIELD_LEVEL,
                                                ND_FIELD_PLACE, ND_FIELD_YEAR};

G_STATIC_ASSERT(G_N_ELEMENTS(facet_fields) == ND_FACET_PARTS);

static char *label_of(enum nd_field_id field, const char *value)
{
    switch (field) {
    case ND_FIELD_TYPE: {
        return nd_type_words(value);
    }
    case ND_FIELD_ISSUER: {
        const struct nd_issuer *const issuer = nd_issuer_by_code(value);
        return g_strdup(issuer ? issuer->name : value);
    }
    case ND_FIELD_PLACE: {
        const struct nd_place *const place = nd_place_by_name(value);
        return g_strdup(place ? place->name : value);
    }
    case ND_FIELD_LEVEL: {
        enum nd_level level;
        const char *const label = nd_level_parse(value, &level) ? nd_level_label(level) : NULL;
        return g_strdup(label ? label : value);
    }
    default:
        return g_strdup(value);
    }
}

/* Whether the query, outside NOT and OR, already asks for the value. */
static bool is_chosen(const struct nd_node *node, enum nd_field_id field, const char *value)
{
    if (node->kind == ND_NODE_FIELD && node->field->id == field) {
        for (guint i = 0; i < node->values->len; i++) {
            if (strcmp(g_ptr_array_index(node->values, i), value) == 0)
                return true;
        }
    }
    if (node->kind == ND_NODE_RANGE && field == ND_FIELD_YEAR)
        return node->from.year == node->to.year && node->from.year == atoi(value);
    if (node->kind != ND_NODE_TOGETHER && node->kind != ND_NODE_AND)
        return false;
    for (guint i = 0; i < node->children->len; i++) {
        if (is_chosen(g_ptr_array_index(node->children, i), field, value))
            return true;
    }
    return false;
}

static gint newest_first(gconstpointer a, gconstpointer b)
{
    const struct nd_facet_value *const left = a, *const right = b;
    return strcmp(right->value, left->value);
}

/* Documents that were counted and are likely matches, but not all, give estimates. */
static void field_facet(const struct xc_facet *counted, const struct xc_results *found,
                        enum nd_field_id field, const struct nd_syntax *syntax, struct nd_facet *out)
{
    const double share =
        counted->n_seen > found->estimated ? (double)found->estimated / (double)counted->n_seen : 1;
    out->name = g_strdup(nd_fields[field].english);
    out->exact = found->lower == found->upper && counted->n_seen == found->lower;
    out->values = g_new0(struct nd_facet_value, counted->n_values);
    for (size_t i = 0; i < counted->n_values; i++) {
        if (counted->values[i].value.n == 0)
            continue;
        struct nd_facet_value *const value = &out->values[out->n_values++];
        value->value = g_strndup(counted->values[i].value.p, counted->values[i].value.n);
        value->label = label_of(field, value->value);
        value->n = MAX((uint32_t)(share * counted->values[i].frequency + 0.5), 1);
        value->chosen = is_chosen(syntax->root, field, value->value);
    }
    if (field == ND_FIELD_YEAR && out->n_values > 0)
        qsort(out->values, out->n_values, sizeof *out->values, newest_first);
}

static gint most_frequent_first(gconstpointer a, gconstpointer b)
{
    const struct nd_facet_value *const left = a, *const right = b;
    return left->n > right->n ? -1 : left->n < right->n;
}

/* What was read of documents, while the catalogue is the same: a set of relations by id, with KNOWN. */
#define KNOWN (1U << 31)
G_STATIC_ASSERT(ND_N_RELATIONS < 31);

static GHashTable *known_relations(struct nd_session *part)
{
    const unsigned version = nd_catalog_version(part->catalog);
    if (!part->relation_sets)
        part->relation_sets = g_hash_table_new(NULL, NULL);
    else if (part->relation_version != version)
        g_hash_table_remove_all(part->relation_sets);
    part->relation_version = version;
    return part->relation_sets;
}

/* The relations that a document has to others, as bits. */
static bool relations_of(struct nd_session *part, int64_t id, unsigned *set_out, GError **error)
{
    GHashTable *const known = known_relations(part);
    const gpointer key = GSIZE_TO_POINTER((gsize)id);
    unsigned set = GPOINTER_TO_UINT(g_hash_table_lookup(known, key));
    if (set == 0) {
        struct nd_sql_statement *const s =
            nd_session_statement(part, ND_STATEMENT_RELATIONS_OF_DOCUMENT, error);
        if (!s)
            return false;
        nd_sql_bind(s, "i", id);
        for (bool row = true; row;) {
            if (!nd_sql_step(s, &row, error))
                return false;
            if (row)
                set |= 1U << nd_sql_int(s, 0);
        }
        set |= KNOWN;
        g_hash_table_insert(known, key, GUINT_TO_POINTER(set));
    }
    *set_out = set & ~KNOWN;
    return true;
}

/* How many of the matches do what to other documents: counted over the hits at hand, and where there are more
 * matches, what that makes of all. */
static bool relation_facet(struct nd_session *session, const struct xc_results *found, struct nd_facet *out,
                           GError **error)
{
    uint32_t counts[ND_N_RELATIONS] = {0};
    for (size_t i = 0; i < found->n_hits; i++) {
        int64_t id;
        unsigned set;
        struct nd_session *const part = nd_session_part(session, found->hits[i].id, &id);
        if (!relations_of(part, id, &set, error))
            return false;
        for (int relation = 0; relation < ND_N_RELATIONS; relation++)
            counts[relation] += (set & nd_relation_set((enum nd_relation)relation)) != 0;
    }
    const double scale = found->n_hits > 0 ? MAX(1, (double)found->estimated / (double)found->n_hits) : 1;
    out->name = g_strdup("relation");
    out->exact = found->lower == found->upper && found->upper == found->n_hits;
    out->values = g_new0(struct nd_facet_value, ND_N_RELATIONS);
    for (int relation = 0; relation < ND_N_RELATIONS; relation++) {
        if (counts[relation] == 0)
            continue;
        struct nd_facet_value *const value = &out->values[out->n_values++];
        value->value = g_strdup(nd_relation_name((enum nd_relation)relation));
        value->label = g_strdup(value->value);
        value->n = (uint32_t)(scale * counts[relation] + 0.5);
    }
    if (out->n_values > 0)
        qsort(out->values, out->n_values, sizeof *out->values, most_frequent_first);
    return true;
}

bool nd_facets_fill(struct nd_session *session, const struct xc_results *found,
                    const struct nd_syntax *syntax, enum nd_facets which, struct nd_results *results,
                    GError **error)
{
    results->n_facets = G_N_ELEMENTS(facet_fields) + (which == ND_FACETS_ALL);
    results->facets = g_new0(struct nd_facet, results->n_facets);
    for (size_t i = 0; i < G_N_ELEMENTS(facet_fields); i++)
        field_facet(&found->facets[i], found, facet_fields[i], syntax, &results->facets[i]);
    return which != ND_FACETS_ALL ||
           relation_facet(session, found, &results->facets[G_N_ELEMENTS(facet_fields)], error);
}

void nd_facet_clear(struct nd_facet *facet)
{
    for (size_t i = 0; i < facet->n_values; i++) {
        g_free(facet->values[i].value);
        g_free(facet->values[i].label);
    }
    g_free(facet->values);
    g_free(facet->name);
}
