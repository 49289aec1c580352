#include "graph/update.h"

#include "corpus/store/sql.h"
#include "base/i18n.h"
#include "graph/claims.h"
#include "graph/decisions.h"
#include "graph/edges.h"
#include "graph/known.h"
#include "graph/resolver.h"
#include "graph/settle.h"
#include "graph/titles.h"
#include "graph/work.h"
#include "graph/work_rows.h"

enum { DOCUMENT_KEY_DIGITS = 16 }; /* of the content key, in the work key of a document without identity */

struct update {
    struct nd_catalog_writer *writer;
    struct nd_catalog *reader;
    struct sqlite3 *db;
    struct nd_known *known;
    struct nd_work_rows *rows;
    struct nd_graph_stats stats;
    GHashTable *changed;   /* documents the caller named; int64_t * */
    GHashTable *documents; /* to be resolved again: those, and those their facts touch */
    GHashTable *works;     /* keys whose row may have to change; owned */
    GHashTable *own_works; /* document id -> the key of the work it is; owned */
    GHashTable *arrived;   /* keys of works that gained or lost a document; owned */
    GHashTable *present;   /* key -> whether its text is here, once all documents are identified; owned */
    GHashTable *aliases;   /* group -> work key that people decided on */
    GPtrArray *groups;     /* changed groups; owned names */
    struct nd_sql_statement *dependents, *forget_lookups, *add_lookup, *document_works, *document,
        *document_work;
};

/* One current document with what the resolver needs of it. */
struct document {
    int64_t id;
    char *key;
    struct nd_metadata metadata; /* strings owned by strings */
    GStringChunk *strings;
    struct nd_mentions *mentions;
    struct nd_claims *claims;
    char *work; /* its own, or one made of its content key */
};

static void document_free(struct document *document)
{
    if (!document)
        return;
    nd_claims_free(document->claims);
    nd_mentions_free(document->mentions);
    g_string_chunk_free(document->strings);
    g_free(document->work);
    g_free(document->key);
    g_free(document);
}
ND_DEFINE_AUTO(document, document_free)

static void add_id(GHashTable *set, int64_t id)
{
    g_hash_table_add(set, g_memdup2(&id, sizeof id));
}

static void add_changed(struct update *u, int64_t id)
{
    add_id(u->changed, id);
    add_id(u->documents, id);
}

static void add_work(struct update *u, const char *key)
{
    if (key && !g_hash_table_contains(u->works, key))
        g_hash_table_add(u->works, g_strdup(key));
}

/* ---- reading documents ---- */

static char *column(struct document *document, struct nd_sql_statement *row, int i)
{
    const char *text = nd_sql_text(row, i);
    return text ? g_string_chunk_insert(document->strings, text) : NULL;
}

static struct document *document_of_row(struct nd_sql_statement *row, int64_t id)
{
    struct document *document = g_new0(struct document, 1);
    document->id = id;
    document->strings = g_string_chunk_new(256);
    document->key = g_strdup(nd_sql_text(row, 0));
    struct nd_metadata *m = &document->metadata;
    m->type = column(document, row, 1);
    m->number = column(document, row, 2);
    m->year = (int)nd_sql_int(row, 3);
    m->issuer = column(document, row, 4);
    m->place = column(document, row, 5);
    m->place_line = column(document, row, 6);
    m->level = (enum nd_level)nd_sql_int(row, 7);
    if (nd_sql_text(row, 8))
        nd_date_parse(nd_sql_text(row, 8), &m->date);
    m->title = column(document, row, 9);
    m->inferred = (unsigned)nd_sql_int(row, 10);
    m->code = column(document, row, 11);
    return document;
}

/* *out is NULL for a document that is no longer in use. */
static bool read_document(struct update *u, int64_t id, struct document **out, GError **error)
{
    *out = NULL;
    if (!nd_sql_prepare(
            u->db, &u->document,
            "SELECT key, type, number, year, issuer, place, place_line, level, date, title, inferred, code "
            "FROM document WHERE id = ? AND retired IS NULL",
            error))
        return false;
    nd_sql_bind(u->document, "i", id);
    bool row = false;
    if (!nd_sql_step(u->document, &row, error))
        return false;
    if (!row)
        return true;
    nd_auto(document) document = document_of_row(u->document, id);
    document->mentions = nd_catalog_mentions(u->reader, id, NULL, error);
    if (!document->mentions)
        return false;
    document->claims = nd_claims_read(&document->metadata, document->mentions);
    document->work = document->claims->work
                         ? g_strdup(document->claims->work)
                         : g_strdup_printf("%s%.*s", ND_WORK_DOCUMENT, DOCUMENT_KEY_DIGITS, document->key);
    *out = g_steal_pointer(&document);
    return true;
}

/* ---- first pass: what the changed documents taught and teach ---- */

/* The works the document's rows name now: they may lose their last user. */
static bool note_works_of(struct update *u, int64_t id, GError **error)
{
    if (!nd_sql_prepare(u->db, &u->document_works,
                        "SELECT key FROM work WHERE id IN (SELECT work FROM resolution WHERE document = ?1 "
                        "UNION SELECT source FROM edge WHERE document = ?1 "
                        "UNION SELECT work FROM document_work WHERE document = ?1)",
                        error))
        return false;
    nd_sql_bind(u->document_works, "i", id);
    bool row = false;
    while (nd_sql_step(u->document_works, &row, error)) {
        if (!row)
            return true;
        add_work(u, nd_sql_text(u->document_works, 0));
    }
    return false;
}

static bool write_lookups(struct update *u, const struct document *document, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < document->claims->claims->len; i++) {
        const char *group = g_array_index(document->claims->claims, struct nd_claim, i).group;
        if (!group || !g_hash_table_add(seen, (gpointer)group))
            continue;
        nd_sql_bind(u->add_lookup, "is", document->id, group);
        if (!nd_sql_run(u->add_lookup, error))
            return false;
    }
    return true;
}

static bool forget_document(struct update *u, int64_t id, GError **error)
{
    if (!nd_sql_prepare(u->db, &u->forget_lookups, "DELETE FROM lookup WHERE document = ?", error) ||
        !nd_known_forget(u->known, id, error))
        return false;
    nd_sql_bind(u->forget_lookups, "i", id);
    return nd_sql_run(u->forget_lookups, error);
}

static bool teach_document(struct update *u, int64_t id, GError **error)
{
    struct document *read = NULL;
    if (!nd_sql_prepare(u->db, &u->add_lookup, "INSERT INTO lookup (document, name) VALUES (?, ?)", error) ||
        !read_document(u, id, &read, error))
        return false;
    nd_auto(document) document = read;
    if (!document)
        return true;
    if (document->claims->work)
        g_hash_table_insert(u->own_works, g_memdup2(&id, sizeof id), g_strdup(document->work));
    return nd_known_teach(u->known, id, document->claims->facts, error) && write_lookups(u, document, error);
}

static void note_group(const char *group, void *user_data)
{
    struct update *u = user_data;
    g_ptr_array_add(u->groups, g_strdup(group));
}

/* The documents that look up a changed group are resolved again. */
static bool add_dependents(struct update *u, GError **error)
{
    if (!nd_sql_prepare(u->db, &u->dependents, "SELECT document FROM lookup WHERE name = ?", error))
        return false;
    for (guint i = 0; i < u->groups->len; i++) {
        bool row = false;
        nd_sql_bind(u->dependents, "s", u->groups->pdata[i]);
        while (nd_sql_step(u->dependents, &row, error) && row)
            add_id(u->documents, nd_sql_int(u->dependents, 0));
        if (row)
            return false;
    }
    return true;
}

/* ---- second pass: which works the documents are ---- */

static bool work_of(struct update *u, int64_t id, char **work_out, GError **error)
{
    if (!nd_sql_prepare(u->db, &u->document_work,
                        "SELECT work.key FROM document_work JOIN work ON work.id = document_work.work "
                        "WHERE document_work.document = ?",
                        error))
        return false;
    bool row = false;
    nd_sql_bind(u->document_work, "i", id);
    if (!nd_sql_step(u->document_work, &row, error))
        return false;
    *work_out = row ? g_strdup(nd_sql_text(u->document_work, 0)) : NULL;
    return true;
}

/* Clears what was derived of the document and writes which work it is. A document that is only touched by
 * others' changes stays what it was. */
static bool identify_document(struct update *u, int64_t id, GError **error)
{
    g_autofree char *before = NULL;
    if (!note_works_of(u, id, error) || !work_of(u, id, &before, error) ||
        !nd_catalog_writer_clear_document_graph(u->writer, id, error))
        return false;
    bool changed = g_hash_table_contains(u->changed, &id);
    const char *now = changed ? g_hash_table_lookup(u->own_works, &id) : before;
    if (g_strcmp0(before, now) != 0) {
        if (before)
            g_hash_table_add(u->arrived, g_strdup(before));
        if (now)
            g_hash_table_add(u->arrived, g_strdup(now));
    }
    add_work(u, now);
    return !now || nd_catalog_writer_set_document_work(u->writer, id, now, NULL, error);
}

/* ---- third pass: resolutions and edges ---- */

static bool is_present_cached(struct update *u, const char *work, bool *present_out, GError **error)
{
    gpointer found = NULL;
    if (g_hash_table_lookup_extended(u->present, work, NULL, &found)) {
        *present_out = GPOINTER_TO_INT(found);
        return true;
    }
    if (!nd_work_rows_is_present(u->rows, work, present_out, error))
        return false;
    g_hash_table_insert(u->present, g_strdup(work), GINT_TO_POINTER(*present_out));
    return true;
}

static bool write_resolution(struct update *u, const struct document *document, size_t i,
                             const struct nd_settled *settled, GError **error)
{
    bool present = false;
    if (settled->work && !is_present_cached(u, settled->work, &present, error))
        return false;
    enum nd_outcome outcome = settled->work         ? (present ? ND_OUTCOME_RESOLVED : ND_OUTCOME_ABSENT)
                              : settled->candidates ? ND_OUTCOME_AMBIGUOUS
                                                    : ND_OUTCOME_UNKNOWN;
    const struct nd_mention_resolution resolution = {.outcome = (int)outcome,
                                                     .work = settled->work,
                                                     .confidence = settled->confidence,
                                                     .reason = settled->reason,
                                                     .candidates = (const char *const *)settled->candidates};
    add_work(u, settled->work);
    return nd_catalog_writer_put_resolution(u->writer, document->id, (uint32_t)i, &resolution, error);
}

static bool write_edges(struct update *u, const struct document *document,
                        const struct nd_edge_mention *resolved, GError **error)
{
    g_autoptr(GArray) edges = nd_document_edges(document->work, document->mentions, resolved);
    for (guint i = 0; i < edges->len; i++) {
        const struct nd_document_edge *edge = &g_array_index(edges, struct nd_document_edge, i);
        const struct nd_edge row = {.source = edge->source,
                                    .target = edge->target,
                                    .relation = edge->relation,
                                    .strength = edge->strength,
                                    .proposed = edge->proposed,
                                    .confidence = edge->confidence,
                                    .document = document->id,
                                    .ordinal = edge->ordinal,
                                    .rule = nd_mentions_get(document->mentions, edge->ordinal)->rule,
                                    .reported_by = edge->reported ? document->work : NULL};
        if (!nd_catalog_writer_add_edge(u->writer, &row, error))
            return false;
    }
    if (edges->len)
        add_work(u, document->work);
    return true;
}

/* Names and events a document taught, for people who look one up. */
static bool write_aliases(struct update *u, const struct document *document, GError **error)
{
    for (guint i = 0; i < document->claims->facts->len; i++) {
        const struct nd_fact *fact = &g_array_index(document->claims->facts, struct nd_fact, i);
        const char *colon = strchr(fact->group, ':');
        if (!colon)
            continue;
        bool by_name = g_str_has_prefix(fact->group, "name:");
        g_autofree char *name =
            by_name && fact->title ? g_utf8_strdown(fact->title, -1) : g_strdup(colon + 1);
        const struct nd_alias alias = {.name = name, .work = fact->work, .document = document->id};
        add_work(u, fact->work);
        if (!nd_catalog_writer_add_alias(u->writer, &alias, error))
            return false;
    }
    return true;
}

/* ---- decisions ---- */

/* NULL without error when nobody ever decided anything of the document. */
static bool read_verdicts(struct update *u, const struct document *document, struct nd_verdicts **out,
                          GError **error)
{
    g_autofree char *name = nd_decision_document(&document->metadata, document->claims->work, document->key);
    bool exist = false;
    *out = NULL;
    if (!nd_decisions_exist(u->db, name, &exist, error))
        return false;
    if (!exist)
        return true;
    nd_auto(nd_document) text = nd_catalog_text(u->reader, document->id, error);
    if (!text)
        return false;
    *out = nd_verdicts_read(u->db, name, nd_document_text(text), document->mentions, error);
    return *out != NULL;
}

static void decide(struct nd_settled *settled, const char *work, const char *reason)
{
    g_free(settled->work);
    settled->work = g_strdup(work);
    settled->confidence = work ? 1 : 0;
    settled->reason = reason;
}

/* A person's word stands above every rule; the machine's candidates are kept beside it. */
static void obey(struct update *u, const struct nd_claim *claim, const struct nd_verdict *verdict,
                 struct nd_settled *settled)
{
    const char *alias = claim->group ? g_hash_table_lookup(u->aliases, claim->group) : NULL;
    if (alias)
        decide(settled, alias, N_("a reviewer decided what this wording means"));
    if (verdict && verdict->work)
        decide(settled, verdict->work, N_("decided by a reviewer"));
    if (verdict && verdict->rejected)
        decide(settled, NULL, N_("rejected by a reviewer"));
}

/* Edges that people added to a mention. */
static bool write_added_edges(struct update *u, const struct document *document,
                              const struct nd_verdict *verdict, uint32_t ordinal, GError **error)
{
    for (guint i = 0; verdict->edges && i < verdict->edges->len; i++) {
        struct nd_edge row = {.source = document->work,
                              .strength = nd_mentions_get(document->mentions, ordinal)->strength,
                              .confidence = 1,
                              .document = document->id,
                              .ordinal = ordinal,
                              .rule = "reviewer"};
        if (!nd_decision_parse_edge(verdict->edges->pdata[i], &row.relation, &row.target) ||
            strcmp(row.source, row.target) == 0)
            continue;
        add_work(u, row.target);
        add_work(u, row.source);
        if (!nd_catalog_writer_add_edge(u->writer, &row, error))
            return false;
    }
    return true;
}

/* What the mentions of one document are resolved to, while they are written. */
struct outcome {
    struct nd_settled *settled;
    struct nd_edge_mention *resolved;
    const struct nd_verdicts *verdicts; /* NULL without */
};

static const struct nd_verdict *verdict_at(const struct nd_verdicts *verdicts, size_t i)
{
    return verdicts ? &g_array_index(verdicts->list, struct nd_verdict, i) : NULL;
}

static bool write_outcome(struct update *u, const struct document *document, struct outcome *outcome,
                          GError **error)
{
    const struct nd_fact_source source = nd_known_source(u->known);
    for (size_t i = 0; i < nd_mentions_count(document->mentions); i++) {
        const struct nd_verdict *verdict = verdict_at(outcome->verdicts, i);
        struct nd_settled *settled = &outcome->settled[i];
        nd_settle(document->claims, i, &source, settled);
        obey(u, &g_array_index(document->claims->claims, struct nd_claim, i), verdict, settled);
        outcome->resolved[i] =
            (struct nd_edge_mention){settled->work, settled->confidence, verdict ? verdict->relation : -1};
        if (!write_resolution(u, document, i, settled, error) ||
            (verdict && !write_added_edges(u, document, verdict, (uint32_t)i, error)))
            return false;
    }
    return nd_known_check(u->known, error) && write_edges(u, document, outcome->resolved, error);
}

static bool resolve_mentions(struct update *u, const struct document *document, GError **error)
{
    size_t n = nd_mentions_count(document->mentions);
    struct nd_verdicts *read = NULL;
    if (!read_verdicts(u, document, &read, error))
        return false;
    nd_auto(nd_verdicts) verdicts = read;
    g_autofree struct nd_settled *settled = g_new0(struct nd_settled, n + 1);
    g_autofree struct nd_edge_mention *resolved = g_new0(struct nd_edge_mention, n + 1);
    struct outcome outcome = {settled, resolved, verdicts};
    bool done = write_outcome(u, document, &outcome, error);
    for (size_t i = 0; i < n; i++)
        nd_settled_clear(&settled[i]);
    u->stats.mentions += n;
    return done;
}

static bool resolve_document(struct update *u, int64_t id, GError **error)
{
    struct document *read = NULL;
    if (!read_document(u, id, &read, error))
        return false;
    nd_auto(document) document = read;
    if (!document)
        return true;
    u->stats.documents++;
    return resolve_mentions(u, document, error) && write_aliases(u, document, error);
}

/* ---- the whole ---- */

static bool each_document(struct update *u, GHashTable *ids,
                          bool (*visit)(struct update *, int64_t, GError **), GError **error)
{
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, ids);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        if (!visit(u, *(int64_t *)id, error))
            return false;
    return true;
}

static bool write_works(struct update *u, GError **error)
{
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, nd_known_works(u->known));
    while (g_hash_table_iter_next(&iter, &key, NULL))
        add_work(u, key);
    g_hash_table_iter_init(&iter, u->works);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        if (!nd_work_rows_write(u->rows, key, g_hash_table_contains(u->arrived, key), error))
            return false;
    return true;
}

static bool run(struct update *u, GError **error)
{
    if (!each_document(u, u->changed, forget_document, error) ||
        !each_document(u, u->changed, teach_document, error) ||
        !nd_known_flush(u->known, note_group, u, error) || !add_dependents(u, error))
        return false;
    u->stats.groups = u->groups->len;
    u->aliases = nd_decided_aliases(u->db, error);
    if (!u->aliases)
        return false;
    return each_document(u, u->documents, identify_document, error) &&
           each_document(u, u->documents, resolve_document, error) && write_works(u, error);
}

static void init(struct update *u, struct nd_catalog_writer *writer, bool fresh)
{
    *u = (struct update){.writer = writer, .reader = nd_catalog_writer_reader(writer)};
    u->db = nd_catalog_sqlite(u->reader);
    u->known = nd_known_new(writer, fresh);
    u->rows = nd_work_rows_new(writer);
    u->changed = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    u->documents = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    u->works = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    u->own_works = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    u->arrived = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    u->present = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    u->groups = g_ptr_array_new_with_free_func(g_free);
}

static void clear(struct update *u)
{
    struct nd_sql_statement *statements[] = {u->dependents,     u->forget_lookups, u->add_lookup,
                                             u->document_works, u->document,       u->document_work};
    for (size_t i = 0; i < G_N_ELEMENTS(statements); i++)
        nd_sql_free(statements[i]);
    nd_known_free(u->known);
    nd_work_rows_free(u->rows);
    g_clear_pointer(&u->aliases, g_hash_table_unref);
    GHashTable *tables[] = {u->changed, u->documents, u->works, u->own_works, u->arrived, u->present};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
        g_hash_table_unref(tables[i]);
    g_ptr_array_unref(u->groups);
}

bool nd_graph_update(struct nd_catalog_writer *writer, const int64_t *changed, size_t n_changed,
                     struct nd_graph_stats *stats_out, GError **error)
{
    struct update u;
    init(&u, writer, false);
    for (size_t i = 0; i < n_changed; i++)
        add_changed(&u, changed[i]);
    bool done = run(&u, error);
    if (done && stats_out)
        *stats_out = u.stats;
    clear(&u);
    return done;
}

static bool add_all_documents(struct update *u, GError **error)
{
    nd_auto(nd_sql_statement) all = NULL;
    bool row = false;
    if (!nd_sql_prepare(u->db, &all, "SELECT id FROM document WHERE retired IS NULL", error))
        return false;
    nd_sql_bind(all, "");
    while (nd_sql_step(all, &row, error) && row)
        add_changed(u, nd_sql_int(all, 0));
    return !row;
}

bool nd_graph_rebuild(struct nd_catalog_writer *writer, struct nd_graph_stats *stats_out, GError **error)
{
    if (!nd_catalog_writer_clear_graph(writer, error))
        return false;
    struct update u;
    init(&u, writer, true);
    bool done = add_all_documents(&u, error) && run(&u, error);
    if (done && stats_out)
        *stats_out = u.stats;
    clear(&u);
    return done;
}
