#include "graph/verdicts.h"

#include <string.h>

/* ---- finding the citation of an entry ---- */

static guint equal_words(char **a, char **b, guint n_a, guint n_b, bool from_the_end)
{
    guint equal = 0;
    for (guint i = 0; i < MIN(n_a, n_b); i++)
        equal += strcmp(from_the_end ? a[n_a - 1 - i] : a[i], from_the_end ? b[n_b - 1 - i] : b[i]) == 0;
    return equal;
}

/* Words are compared outward from the citation. */
double nd_context_likeness(const char *a, const char *b)
{
    g_auto(GStrv) x = g_strsplit(a, "|", 2), y = g_strsplit(b, "|", 2);
    guint equal = 0, most = 0;
    for (int side = 0; side < 2; side++) {
        if (!x[0] || !x[side] || !y[0] || !y[side])
            break;
        g_auto(GStrv) words_x = g_strsplit(g_strstrip(x[side]), " ", -1);
        g_auto(GStrv) words_y = g_strsplit(g_strstrip(y[side]), " ", -1);
        const guint n_x = g_strv_length(words_x), n_y = g_strv_length(words_y);
        equal += equal_words(words_x, words_y, n_x, n_y, side == 0);
        most += MAX(n_x, n_y);
    }
    return most ? (double)equal / most : 1;
}

/* One mention as entries name it. */
struct place {
    char *quote;   /* owned */
    char *context; /* owned; made when it is needed */
    uint32_t occurrence;
};

static void place_clear(void *pointer)
{
    struct place *place = pointer;
    g_free(place->quote);
    g_free(place->context);
}

struct search {
    struct nd_str text;
    const struct nd_mentions *mentions;
    GArray *places;     /* of struct place, one a mention */
    GHashTable *quotes; /* quote -> GArray of guint32, the mentions with it */
};

static void search_init(struct search *s, struct nd_str text, const struct nd_mentions *mentions)
{
    *s = (struct search){text, mentions, g_array_new(FALSE, TRUE, sizeof(struct place)), NULL};
    s->quotes = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
    g_array_set_clear_func(s->places, place_clear);
    for (guint32 i = 0; i < nd_mentions_count(mentions); i++) {
        struct place place = {.quote = nd_decision_quote(text, nd_mentions_get(mentions, i))};
        GArray *same = g_hash_table_lookup(s->quotes, place.quote);
        if (!same) {
            same = g_array_new(FALSE, FALSE, sizeof(guint32));
            g_hash_table_insert(s->quotes, place.quote, same);
        }
        g_array_append_val(same, i);
        place.occurrence = same->len;
        g_array_append_val(s->places, place);
    }
}

static void search_clear(struct search *s)
{
    g_hash_table_unref(s->quotes);
    g_array_unref(s->places);
}

static const char *context_at(struct search *s, guint32 i)
{
    struct place *place = &g_array_index(s->places, struct place, i);
    if (!place->context)
        place->context = nd_decision_context(s->text, nd_mentions_get(s->mentions, i));
    return place->context;
}

/* The mention an entry is about; -1 when it is no longer there. */
static int64_t find_mention(struct search *s, const struct nd_decision *d)
{
    const GArray *same = g_hash_table_lookup(s->quotes, d->quote);
    double best = 0;
    int64_t found = -1;
    for (guint k = 0; same && k < same->len; k++) {
        const guint32 i = g_array_index(same, guint32, k);
        const uint32_t occurrence = g_array_index(s->places, struct place, i).occurrence;
        /* of equally like places the one that is counted alike */
        const double likeness = (d->context ? nd_context_likeness(d->context, context_at(s, i)) : 0) +
                                (occurrence == d->occurrence ? 0.01 : 0);
        if (likeness > best && (likeness >= 0.1 || !d->context)) {
            best = likeness;
            found = i;
        }
    }
    return found;
}

/* ---- what the entries come to ---- */

static void apply_work(struct nd_verdict *verdict, const char *value)
{
    g_free(verdict->work);
    verdict->work = g_strdup(value);
    verdict->rejected = false;
}

static void apply_reject(struct nd_verdict *verdict, const char *value)
{
    (void)value;
    g_clear_pointer(&verdict->work, g_free);
    verdict->rejected = true;
}

static void apply_relation(struct nd_verdict *verdict, const char *value)
{
    enum nd_relation relation;
    if (value && nd_relation_parse(value, &relation))
        verdict->relation = (int)relation;
}

static void apply_edge(struct nd_verdict *verdict, const char *value)
{
    if (!verdict->edges)
        verdict->edges = g_ptr_array_new_with_free_func(g_free);
    if (value && !g_ptr_array_find_with_equal_func(verdict->edges, value, g_str_equal, NULL))
        g_ptr_array_add(verdict->edges, g_strdup(value));
}

static const struct {
    const char *name;
    void (*apply)(struct nd_verdict *, const char *value);
} verbs[] = {{"accept", apply_work},
             {"work", apply_work},
             {"reject", apply_reject},
             {"relation", apply_relation},
             {"edge", apply_edge}};

static void apply(struct nd_verdict *verdict, struct nd_decided *entry)
{
    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++) {
        if (strcmp(entry->what.verdict, verbs[i].name) != 0)
            continue;
        verbs[i].apply(verdict, entry->what.value);
        if (!verdict->entries)
            verdict->entries = g_ptr_array_new();
        g_ptr_array_add(verdict->entries, entry);
    }
}

static void verdict_clear(void *pointer)
{
    struct nd_verdict *verdict = pointer;
    g_free(verdict->work);
    g_clear_pointer(&verdict->edges, g_ptr_array_unref);
    g_clear_pointer(&verdict->entries, g_ptr_array_unref);
}

/* The entries of the document under all its names, in the order of the log. */
static GPtrArray *read_log(struct nd_catalog *catalog, const char *name, GError **error)
{
    g_auto(GStrv) names = nd_decision_names(catalog, name, error);
    if (!names)
        return NULL;
    if (!names[1])
        return nd_decisions_read(catalog, name, error);
    g_autoptr(GPtrArray) all = nd_decisions_read(catalog, NULL, error);
    for (guint i = all ? all->len : 0; i-- > 0;) {
        const struct nd_decided *entry = all->pdata[i];
        if (!g_strv_contains((const char *const *)names, entry->what.document_key))
            g_ptr_array_remove_index(all, i);
    }
    return g_steal_pointer(&all);
}

struct nd_verdicts *nd_verdicts_read(struct nd_catalog *catalog, const char *name, struct nd_str text,
                                     const struct nd_mentions *mentions, GError **error)
{
    g_autoptr(GPtrArray) entries = read_log(catalog, name, error);
    if (!entries)
        return NULL;
    struct nd_verdicts *verdicts = g_new0(struct nd_verdicts, 1);
    verdicts->list = g_array_new(FALSE, TRUE, sizeof(struct nd_verdict));
    g_array_set_clear_func(verdicts->list, verdict_clear);
    g_array_set_size(verdicts->list, (guint)nd_mentions_count(mentions));
    for (guint i = 0; i < verdicts->list->len; i++)
        g_array_index(verdicts->list, struct nd_verdict, i).relation = -1;
    struct search search;
    search_init(&search, text, mentions);
    for (guint i = 0; i < entries->len; i++) {
        struct nd_decided *entry = entries->pdata[i];
        const int64_t mention = entry->stands ? find_mention(&search, &entry->what) : -1;
        if (mention >= 0)
            apply(&g_array_index(verdicts->list, struct nd_verdict, mention), entry);
    }
    search_clear(&search);
    verdicts->log = g_steal_pointer(&entries);
    return verdicts;
}

void nd_verdicts_free(struct nd_verdicts *verdicts)
{
    if (!verdicts)
        return;
    g_array_unref(verdicts->list);
    g_ptr_array_unref(verdicts->log);
    g_free(verdicts);
}
