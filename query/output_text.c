#include "query/output.h"

#include "base/i18n.h"
#include "analyzers/data/data.h"
#include "query/names.h"

enum { INDENT = 4 };

/* "Tỉnh ủy Lai Châu" for an issuer that every province has, "Ban Tổ chức Trung ương · Lai Châu" for others.
 */
static char *issuer_and_place(const char *issuer, const char *place)
{
    const struct nd_issuer *const known = issuer ? nd_issuer_by_code(issuer) : NULL;
    const char *const name = known ? known->name : issuer;
    if (!name || !place)
        return g_strdup(name ? name : place);
    return g_strdup_printf("%s%s%s", name, known && known->local ? " " : " · ", place);
}

char *nd_output_identity(const char *code, const char *type, const char *issuer, const char *place,
                         enum nd_level level, struct nd_date date)
{
    char day[11];
    nd_date_format(date, day);
    const struct nd_type *const known = type ? nd_type_by_code(type) : NULL;
    /* the code says type and issuer */
    g_autofree char *from = code ? NULL : issuer_and_place(issuer, place);
    const char *const parts[] = {code    ? code
                                 : known ? known->word
                                         : type,
                                 code ? place : from, nd_level_label(level), day};
    GString *const out = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i] && *parts[i])
            g_string_append_printf(out, "%s%s", out->len > 0 ? " · " : "", parts[i]);
    }
    return g_string_free(out, FALSE);
}

/* How an edge is known: "(in its title, proposed, rule code, 0.97)". Caller frees with g_free. */
static char *how_known(const struct nd_evidence *edge)
{
    GString *const out = g_string_new("(");
    g_string_append(out, nd_strength_label(edge->strength));
    if (edge->proposed)
        g_string_append_printf(out, ", %s", _("proposed"));
    if (edge->rule) {
        g_string_append(out, ", ");
        g_string_append_printf(out, _("rule %s"), edge->rule);
    }
    if (edge->possible)
        g_string_append_printf(out, ", %s)", _("or another work of this code is meant"));
    else
        g_string_append_printf(out, ", %.2f)", edge->confidence);
    return g_string_free(out, FALSE);
}

void nd_output_evidence_text(const struct nd_layout *layout, unsigned indent, const struct nd_evidence *edge)
{
    if (edge->evidence)
        nd_layout_paragraph(layout, indent, "“", edge->evidence, "”", &edge->mark, 1);
    if (edge->path)
        nd_layout_path(layout, indent, edge->path);
}

void nd_output_edge_text(const struct nd_layout *layout, const char *head, enum nd_end shown,
                         const struct nd_evidence *edge)
{
    g_autofree char *source =
        nd_work_label(edge->source_code, edge->type, edge->source_title, edge->source_key);
    g_autofree char *target =
        nd_work_label(edge->target_code, edge->target_type, edge->target_title, edge->target_key);
    const char *const relation = nd_relation_label(edge->relation, false);
    g_autofree char *line = shown == ND_END_SOURCE   ? g_strdup(source)
                            : shown == ND_END_TARGET ? g_strdup_printf("%s %s", relation, target)
                                                     : g_strdup_printf("%s %s %s", source, relation, target);
    g_autofree char *how = how_known(edge);
    g_autofree char *tail =
        edge->reported_by ? g_strdup_printf("%s, %s", how, _("reported by another document")) : g_strdup(how);
    nd_layout_hanging(layout, head, shown == ND_END_TARGET ? ND_STYLE_GOOD : ND_STYLE_TITLE, line, tail);
}

static void print_passage(const struct nd_layout *layout, const struct nd_passage *passage)
{
    if (passage->heading || passage->page) {
        g_autofree char *page = passage->page ? g_strdup_printf(_("p. %u"), passage->page) : NULL;
        g_autofree char *where = passage->heading && page
                                     ? g_strjoin(" · ", passage->heading, page, NULL)
                                     : g_strdup(passage->heading ? passage->heading : page);
        nd_layout_hanging(layout, "    ", ND_STYLE_DIM, where, NULL);
    }
    nd_layout_paragraph(layout, INDENT, passage->cut_before ? "… " : NULL, passage->text,
                        passage->cut_after ? " …" : NULL, passage->marks, passage->n_marks);
}

static void print_hit(const struct nd_layout *layout, const struct nd_hit *hit)
{
    FILE *const out = layout->out;
    g_autofree char *head = g_strdup_printf("%2u. ", hit->rank);
    g_autofree char *name =
        hit->title ? nd_title_with_type(hit->type_word, hit->title) : g_filename_display_basename(hit->path);
    nd_layout_hanging(layout, head, ND_STYLE_TITLE, name, NULL);
    g_autofree char *identity = nd_output_identity(hit->code, hit->title ? NULL : hit->type, hit->issuer,
                                                   hit->place, hit->level, hit->date);
    g_autofree char *copies =
        hit->n_copies > 0 ? g_strdup_printf(nd_translate_n("(and %u copy)", "(and %u copies)", hit->n_copies),
                                            hit->n_copies)
                          : NULL;
    if (*identity || copies)
        nd_layout_hanging(layout, "    ", ND_STYLE_PLAIN, identity, copies);
    nd_layout_path(layout, INDENT, hit->path);
    for (size_t i = 0; i < hit->n_other_files; i++) {
        fprintf(out, "    %s ", _("also:"));
        nd_layout_path(layout, 0, hit->other_files[i].path);
    }
    for (guint i = 0; hit->edges && i < hit->edges->len; i++) {
        const struct nd_evidence *const edge = g_ptr_array_index(hit->edges, i);
        nd_output_edge_text(layout, "    ", ND_END_TARGET, edge);
        if (edge->evidence)
            nd_layout_paragraph(layout, INDENT + 2, "“", edge->evidence, "”", &edge->mark, 1);
    }
    for (size_t i = 0; i < hit->n_passages && !hit->edges; i++)
        print_passage(layout, &hit->passages[i]);
    fputc('\n', out);
}

static void print_counts(const struct nd_layout *layout, bool inverse, const uint32_t counts[ND_N_RELATIONS])
{
    g_autoptr(GString) line = g_string_new(NULL);
    for (int relation = 0; relation < ND_N_RELATIONS; relation++) {
        if (counts[relation] > 0)
            g_string_append_printf(line, "%s%s %u", line->len > 0 ? ", " : "",
                                   nd_relation_label((enum nd_relation)relation, inverse), counts[relation]);
    }
    if (line->len > 0)
        nd_layout_paragraph(layout, INDENT, NULL, line->str, NULL, NULL, 0);
}

void nd_output_card_text(const struct nd_layout *layout, const struct nd_work_card *card)
{
    FILE *const out = layout->out;
    g_autofree char *identity =
        nd_output_identity(card->code, card->type, card->issuer, card->place, card->level, card->date);
    nd_layout_hanging(layout, "", ND_STYLE_TITLE, *identity ? identity : card->key, card->key);
    g_autofree char *title = nd_title_with_type(card->type_word, card->title);
    if (card->title)
        nd_layout_paragraph(layout, INDENT, NULL, title, NULL, NULL, 0);
    if (card->path)
        nd_layout_path(layout, INDENT, card->path);
    else
        nd_layout_hanging(layout, "    ", ND_STYLE_WARN, _("its text is not in this index"), NULL);
    for (size_t i = 0; i < card->n_aliases; i++) {
        g_autofree char *folded = g_utf8_casefold(card->title ? card->title : "", -1);
        if (g_str_equal(folded, card->aliases[i].text))
            continue;
        g_autofree char *alias = g_strdup_printf(_("also called: %s"), card->aliases[i].text);
        nd_layout_paragraph(layout, INDENT, NULL, alias, NULL, NULL, 0);
    }
    print_counts(layout, false, card->n_out);
    print_counts(layout, true, card->n_in);
    for (guint i = 0; card->replaced_by && i < card->replaced_by->len; i++) {
        const struct nd_evidence *const edge = g_ptr_array_index(card->replaced_by, i);
        g_autofree char *source =
            nd_work_label(edge->source_code, edge->type, edge->source_title, edge->source_key);
        g_autofree char *line = g_strdup_printf("%s %s", nd_relation_label(edge->relation, true), source);
        nd_layout_hanging(layout, "    ", ND_STYLE_WARN, line, NULL);
        if (edge->evidence)
            nd_layout_paragraph(layout, INDENT + 2, "“", edge->evidence, "”", &edge->mark, 1);
    }
    fputc('\n', out);
}

static void print_facets(const struct nd_layout *layout, const struct nd_results *results)
{
    enum { VALUES_SHOWN = 8 };
    for (size_t i = 0; i < results->n_facets; i++) {
        const struct nd_facet *const facet = &results->facets[i];
        if (facet->n_values == 0)
            continue;
        g_autoptr(GString) line = g_string_new(NULL);
        for (size_t v = 0; v < MIN(facet->n_values, VALUES_SHOWN); v++)
            g_string_append_printf(line, "%s%s %u", v > 0 ? ", " : "", facet->values[v].value,
                                   facet->values[v].n);
        if (facet->n_values > VALUES_SHOWN)
            g_string_append(line, ", …");
        g_autofree char *name = g_strdup_printf("%s%s:", facet->name, facet->exact ? "" : " ~");
        g_autofree char *head = g_strdup_printf("%-11s ", name);
        nd_layout_hanging(layout, head, ND_STYLE_PLAIN, line->str, NULL);
    }
    if (results->n_facets > 0)
        fputc('\n', layout->out);
}

/* The hits of a page and what was folded into them. */
static uint32_t n_files(const struct nd_results *results)
{
    uint32_t n = 0;
    for (size_t i = 0; i < results->n_hits; i++)
        n += 1 + (uint32_t)results->hits[i].n_other_files;
    return n;
}

void nd_output_text(struct nd_output *output, const char *query_id, const struct nd_search_request *request,
                    const struct nd_results *results)
{
    const struct nd_layout *const layout = &output->layout;
    FILE *const out = layout->out;
    (void)request;
    if (query_id)
        fprintf(out, "== %s\n", query_id);
    if (results->explanation)
        fprintf(out, "%s\n", results->explanation);
    if (results->card)
        nd_output_card_text(layout, results->card);
    if (results->card && results->candidates)
        fprintf(out, "%s\n", _("Former ones of this name:"));
    for (guint i = 0; results->candidates && i < results->candidates->len; i++)
        nd_output_card_text(layout, g_ptr_array_index(results->candidates, i));
    if (results->n_hits > 0) {
        const unsigned n = (unsigned)results->n_matches;
        g_autofree char *count =
            g_strdup_printf(results->n_matches_exact ? nd_translate_n("%u document", "%u documents", n)
                                                     : _("about %u documents"),
                            n);
        fprintf(out, "%s, %u–%u\n\n", count, results->offset + 1, results->offset + n_files(results));
    }
    for (size_t i = 0; i < results->n_hits; i++)
        print_hit(layout, &results->hits[i]);
    print_facets(layout, results);
}
