/* Commands of ndgraph that list: implementers, gaps, missing, stats. */

#include "query/ndgraph.h"

#include "base/i18n.h"
#include "analyzers/citation/metadata.h"
#include "query/lookups.h"
#include "query/names.h"
#include "query/output.h"

#include <string.h>

/* Below this an edge is listed as uncertain. */
static const double CERTAIN = 0.7;

enum section { SECTION_CERTAIN, SECTION_UNCERTAIN, SECTION_REPORTED, N_SECTIONS };

static const char *const section_names[N_SECTIONS] = {"certain", "uncertain", "reported"};
static const char *const section_titles[N_SECTIONS] = {
    N_("Implementing it:"),
    N_("Uncertain: asked for, or proposed, or not read with certainty:"),
    N_("Known from other documents only, their text is not here:"),
};

static enum section section_of(const struct nd_evidence *edge)
{
    if (edge->reported_by)
        return SECTION_REPORTED;
    return edge->proposed || edge->confidence < CERTAIN ? SECTION_UNCERTAIN : SECTION_CERTAIN;
}

static int level_rank(enum nd_level level)
{
    return level == ND_LEVEL_UNKNOWN ? ND_N_LEVELS : (int)level;
}

/* By section, level, place, strength, date. */
static gint by_group(gconstpointer a, gconstpointer b)
{
    const struct nd_evidence *const left = *(struct nd_evidence *const *)a;
    const struct nd_evidence *const right = *(struct nd_evidence *const *)b;
    const int sections = (int)section_of(left) - (int)section_of(right);
    const int levels = level_rank(left->level) - level_rank(right->level);
    const int places = g_strcmp0(left->place, right->place);
    if (sections || levels || places)
        return sections ? sections : levels ? levels : places;
    if (left->possible != right->possible)
        return left->possible ? 1 : -1;
    if (left->strength != right->strength)
        return left->strength > right->strength ? -1 : 1;
    return nd_date_compare(left->date, right->date);
}

/* One entry a source, its strongest evidence, with how often it says so. A document that says so itself is
 * not listed again as known from others. edges are in order of sections. */
static GPtrArray *one_a_source(GPtrArray *edges, GHashTable *times)
{
    GPtrArray *const out = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < edges->len; i++) {
        struct nd_evidence *const edge = g_ptr_array_index(edges, i);
        struct nd_evidence *const first = g_hash_table_lookup(seen, edge->source_key);
        if (first && edge->possible)
            continue;
        if (first) {
            const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(times, first));
            g_hash_table_insert(times, first, GUINT_TO_POINTER(n + 1));
            continue;
        }
        g_hash_table_insert(seen, edge->source_key, edge);
        g_hash_table_insert(times, edge, GUINT_TO_POINTER(1));
        g_ptr_array_add(out, edge);
    }
    return out;
}

static void print_implementer(const struct nd_layout *layout, const struct nd_evidence *edge, guint times)
{
    char date[11];
    g_autofree char *head =
        g_strdup_printf("    %-12s", edge->date.year ? nd_date_format(edge->date, date) : "–");
    nd_output_edge_text(layout, head, ND_END_SOURCE, edge);
    nd_output_evidence_text(layout, 6, edge);
    if (times > 1) {
        g_autofree char *line = g_strdup_printf(
            nd_translate_n("and %u more place says so", "and %u more places say so", times - 1), times - 1);
        nd_layout_hanging(layout, "      ", ND_STYLE_DIM, line, NULL);
    }
}

static void print_implementers(const struct nd_layout *layout, const GPtrArray *edges, GHashTable *times)
{
    const struct nd_evidence *before = NULL;
    for (guint i = 0; i < edges->len; i++) {
        const struct nd_evidence *const edge = g_ptr_array_index(edges, i);
        const bool new_section = !before || section_of(before) != section_of(edge);
        if (new_section)
            fprintf(layout->out, "%s%s\n", before ? "\n" : "", _(section_titles[section_of(edge)]));
        if (new_section || before->level != edge->level || g_strcmp0(before->place, edge->place) != 0) {
            const char *const level = nd_level_label(edge->level);
            g_autofree char *group =
                g_strdup_printf("%s%s%s", level ? level : _("level unknown"), edge->place ? " · " : "",
                                edge->place ? edge->place : "");
            fputs("  ", layout->out);
            nd_layout_text(layout, ND_STYLE_GOOD, group);
            fputc('\n', layout->out);
        }
        print_implementer(layout, edge, GPOINTER_TO_UINT(g_hash_table_lookup(times, edge)));
        before = edge;
    }
}

int nd_graph_implementers(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    (void)argc;
    g_autofree char *key = nd_graph_argument(run, argv[1], error);
    g_autoptr(GPtrArray) edges =
        key ? nd_work_edges(run->session, key, ND_IN, 1U << ND_RELATION_IMPLEMENTS, error) : NULL;
    g_autoptr(GPtrArray) possible =
        edges ? nd_work_possible_edges(run->session, key, 1U << ND_RELATION_IMPLEMENTS, error) : NULL;
    if (!possible)
        return ND_EXIT_INTERNAL;
    while (possible->len > 0)
        g_ptr_array_add(edges, g_ptr_array_steal_index(possible, 0));
    g_autoptr(GHashTable) times = g_hash_table_new(NULL, NULL);
    g_ptr_array_sort(edges, by_group);
    g_autoptr(GPtrArray) sources = one_a_source(edges, times);
    if (nd_graph_format_is(run, "json")) {
        struct nd_json json = {.out = run->layout.out};
        nd_json_begin_object(&json, NULL);
        nd_json_string(&json, "schema", "ndgraph-implementers/1");
        nd_json_string(&json, "work", key);
        for (int section = 0; section < N_SECTIONS; section++) {
            nd_json_begin_array(&json, section_names[section]);
            for (guint i = 0; i < sources->len; i++) {
                const struct nd_evidence *const edge = g_ptr_array_index(sources, i);
                if ((int)section_of(edge) == section)
                    nd_output_edge_json(&json, NULL, edge);
            }
            nd_json_end_array(&json);
        }
        nd_json_end_object(&json);
        nd_json_end_line(&json);
    } else {
        print_implementers(&run->layout, sources, times);
    }
    if (sources->len > 0)
        return ND_EXIT_SUCCESS;
    g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("no document in this index implements %s"), key);
    return ND_EXIT_NO_MATCH;
}

int nd_graph_gaps(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    (void)argc;
    struct nd_date date = {0};
    if (run->options->date && !nd_date_parse(run->options->date, &date)) {
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, _("\"%s\" is no date such as 2025-07-01"),
                    run->options->date);
        return ND_EXIT_USAGE;
    }
    g_autofree char *key = nd_graph_argument(run, argv[1], error);
    g_autoptr(GPtrArray) gaps =
        key ? nd_lookup_gaps(run->session, key, run->options->all_places, date, error) : NULL;
    if (!gaps)
        return ND_EXIT_INTERNAL;
    if (nd_graph_format_is(run, "json")) {
        struct nd_json json = {.out = run->layout.out};
        nd_json_begin_object(&json, NULL);
        nd_json_string(&json, "schema", "ndgraph-gaps/1");
        nd_json_string(&json, "work", key);
        nd_json_begin_array(&json, "places");
        for (guint i = 0; i < gaps->len; i++) {
            const struct nd_place_count *const gap = g_ptr_array_index(gaps, i);
            nd_json_begin_object(&json, NULL);
            nd_json_string(&json, "place", gap->place);
            nd_json_integer(&json, "documents", gap->n_documents);
            nd_json_end_object(&json);
        }
        nd_json_end_array(&json);
        nd_json_end_object(&json);
        nd_json_end_line(&json);
        return gaps->len > 0 ? ND_EXIT_SUCCESS : ND_EXIT_NO_MATCH;
    }
    for (guint i = 0; i < gaps->len; i++) {
        const struct nd_place_count *const gap = g_ptr_array_index(gaps, i);
        g_autofree char *count =
            gap->n_documents > 0
                ? g_strdup_printf(nd_translate_n("%u document here, none implements it",
                                                 "%u documents here, none implements it", gap->n_documents),
                                  gap->n_documents)
                : g_strdup(_("no document here"));
        nd_layout_cell(&run->layout, ND_STYLE_TITLE, gap->place, 24);
        nd_layout_text(&run->layout, ND_STYLE_DIM, count);
        fputc('\n', run->layout.out);
    }
    return gaps->len > 0 ? ND_EXIT_SUCCESS : ND_EXIT_NO_MATCH;
}

int nd_graph_missing(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    (void)argc;
    (void)argv;
    const unsigned cap = run->options->count > 0 ? (unsigned)run->options->count : 50;
    g_autoptr(GPtrArray) works = nd_lookup_missing(run->session, cap, error);
    if (!works)
        return ND_EXIT_INTERNAL;
    struct nd_json writer = {.out = run->layout.out};
    struct nd_json *const json = nd_graph_format_is(run, "json") ? &writer : NULL;
    if (json) {
        nd_json_begin_object(json, NULL);
        nd_json_string(json, "schema", "ndgraph-missing/1");
        nd_json_begin_array(json, "works");
    }
    for (guint i = 0; i < works->len; i++) {
        const struct nd_absent_work *const work = g_ptr_array_index(works, i);
        if (json) {
            nd_json_begin_object(json, NULL);
            nd_json_integer(json, "documents", work->n_documents);
            nd_json_integer(json, "citations", work->n_citations);
            nd_output_card_json(json, "work", work->card);
            nd_json_end_object(json);
            continue;
        }
        const struct nd_work_card *const card = work->card;
        g_autofree char *head = g_strdup_printf("%6u  ", work->n_documents);
        g_autofree char *label = nd_work_label(card->code, card->type, card->title, card->key);
        g_autofree char *name =
            card->code && card->place ? g_strdup_printf("%s · %s", label, card->place) : g_strdup(label);
        g_autofree char *title = card->title ? nd_title_with_type(card->type_word, card->title) : NULL;
        const char *const key = strcmp(card->key, name) == 0 ? NULL : card->key;
        const char *const words = card->code ? title : NULL; /* else they are the name already */
        g_autofree char *tail =
            g_strdup_printf("%s%s%s", key ? key : "", key && words ? " · " : "", words ? words : "");
        nd_layout_hanging(&run->layout, head, ND_STYLE_TITLE, name, *tail ? tail : NULL);
    }
    if (json) {
        nd_json_end_array(json);
        nd_json_end_object(json);
        nd_json_end_line(json);
    }
    return works->len > 0 ? ND_EXIT_SUCCESS : ND_EXIT_NO_MATCH;
}

int nd_graph_stats(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    (void)argc;
    (void)argv;
    g_autoptr(GPtrArray) groups = nd_lookup_stats(run->session, error);
    if (!groups)
        return ND_EXIT_INTERNAL;
    struct nd_json writer = {.out = run->layout.out};
    struct nd_json *const json = nd_graph_format_is(run, "json") ? &writer : NULL;
    if (json) {
        nd_json_begin_object(json, NULL);
        nd_json_string(json, "schema", "ndgraph-stats/1");
    }
    for (guint i = 0; i < groups->len; i++) {
        const struct nd_count_group *const group = g_ptr_array_index(groups, i);
        if (json)
            nd_json_begin_object(json, group->name);
        else
            fprintf(run->layout.out, "%s\n", group->heading);
        for (size_t c = 0; c < group->n_counts; c++) {
            if (json) {
                nd_json_integer(json, group->counts[c].name, (int64_t)group->counts[c].n);
            } else {
                fputs("    ", run->layout.out);
                const struct nd_count *const count = &group->counts[c];
                nd_layout_cell(&run->layout, ND_STYLE_PLAIN, count->label ? count->label : count->name, 32);
                fprintf(run->layout.out, "%8" G_GUINT64_FORMAT "\n", count->n);
            }
        }
        if (json)
            nd_json_end_object(json);
    }
    if (json) {
        nd_json_end_object(json);
        nd_json_end_line(json);
    }
    return ND_EXIT_SUCCESS;
}
