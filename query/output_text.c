#include "query/output.h"

#include "base/i18n.h"
#include "query/names.h"

enum { INDENT = 4 };

char *nd_output_identity(const char *code, const char *type, const char *issuer, const char *place,
                         enum nd_level level, struct nd_date date)
{
    char day[11];
    nd_date_format(date, day);
    /* the code says type and issuer */
    const char *const parts[] = {code ? code : type, code ? NULL : issuer, place, nd_level_label(level), day};
    GString *const out = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i] && *parts[i])
            g_string_append_printf(out, "%s%s", out->len > 0 ? " · " : "", parts[i]);
    }
    return g_string_free(out, FALSE);
}

static void print_edge(const struct nd_layout *layout, const struct nd_evidence *edge)
{
    g_autoptr(GString) head = g_string_new(NULL);
    g_string_append_printf(head, "%s %s", nd_relation_name(edge->relation),
                           edge->target_code ? edge->target_code : edge->target_key);
    g_string_append_printf(head, " (%s%s%s)", nd_strength_name(edge->strength), edge->proposed ? ", " : "",
                           edge->proposed ? _("proposed") : "");
    if (edge->reported_by)
        g_string_append_printf(head, ", %s %s", _("reported by"), edge->reported_by);
    fprintf(layout->out, "%*s", INDENT, "");
    nd_layout_text(layout, ND_STYLE_GOOD, head->str);
    fputc('\n', layout->out);
    if (edge->evidence)
        nd_layout_paragraph(layout, INDENT + 2, "“", edge->evidence, "”", &edge->mark, 1);
}

static void print_passage(const struct nd_layout *layout, const struct nd_passage *passage)
{
    if (passage->heading || passage->page) {
        fprintf(layout->out, "%*s", INDENT, "");
        g_autofree char *page = passage->page ? g_strdup_printf(_("p. %u"), passage->page) : NULL;
        g_autofree char *where = passage->heading && page
                                     ? g_strjoin(" · ", passage->heading, page, NULL)
                                     : g_strdup(passage->heading ? passage->heading : page);
        nd_layout_text(layout, ND_STYLE_DIM, where);
        fputc('\n', layout->out);
    }
    nd_layout_paragraph(layout, INDENT, passage->cut_before ? "… " : NULL, passage->text,
                        passage->cut_after ? " …" : NULL, passage->marks, passage->n_marks);
}

static void print_hit(const struct nd_layout *layout, const struct nd_hit *hit, uint32_t rank)
{
    FILE *const out = layout->out;
    fprintf(out, "%2u. ", rank);
    g_autofree char *name = hit->title ? NULL : g_filename_display_basename(hit->path);
    nd_layout_link(layout, ND_STYLE_TITLE, hit->title ? hit->title : name, hit->path);
    fputc('\n', out);
    g_autofree char *identity =
        nd_output_identity(hit->code, hit->type, hit->issuer, hit->place, hit->level, hit->date);
    fprintf(out, "%*s", INDENT, "");
    if (*identity) {
        nd_layout_text(layout, ND_STYLE_PLAIN, identity);
        fputs("  ", out);
    }
    nd_layout_text(layout, ND_STYLE_DIM, hit->path);
    if (hit->n_copies > 0) {
        g_autofree char *copies =
            g_strdup_printf(ngettext(" (and %u copy)", " (and %u copies)", hit->n_copies), hit->n_copies);
        nd_layout_text(layout, ND_STYLE_DIM, copies);
    }
    fputc('\n', out);
    for (guint i = 0; hit->edges && i < hit->edges->len; i++)
        print_edge(layout, g_ptr_array_index(hit->edges, i));
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
                                   nd_relation_name_of((enum nd_relation)relation, inverse)->english,
                                   counts[relation]);
    }
    if (line->len > 0)
        nd_layout_paragraph(layout, INDENT, NULL, line->str, NULL, NULL, 0);
}

void nd_output_card_text(const struct nd_layout *layout, const struct nd_work_card *card)
{
    FILE *const out = layout->out;
    g_autofree char *identity =
        nd_output_identity(card->code, card->type, card->issuer, card->place, card->level, card->date);
    nd_layout_text(layout, ND_STYLE_TITLE, *identity ? identity : card->key);
    fputs("  ", out);
    nd_layout_text(layout, ND_STYLE_DIM, card->key);
    fputc('\n', out);
    if (card->title)
        nd_layout_paragraph(layout, INDENT, NULL, card->title, NULL, NULL, 0);
    fprintf(out, "%*s", INDENT, "");
    if (card->path)
        nd_layout_link(layout, ND_STYLE_GOOD, card->path, card->path);
    else
        nd_layout_text(layout, ND_STYLE_WARN, _("its text is not in this index"));
    fputc('\n', out);
    for (size_t i = 0; i < card->n_aliases; i++)
        nd_layout_paragraph(layout, INDENT, "= ", card->aliases[i].text, NULL, NULL, 0);
    print_counts(layout, false, card->n_out);
    print_counts(layout, true, card->n_in);
    for (guint i = 0; card->replaced_by && i < card->replaced_by->len; i++) {
        const struct nd_evidence *const edge = g_ptr_array_index(card->replaced_by, i);
        fprintf(out, "%*s", INDENT, "");
        g_autofree char *line = g_strdup_printf("%s %s", nd_relation_name_of(edge->relation, true)->english,
                                                edge->source_code ? edge->source_code : edge->source_key);
        nd_layout_text(layout, ND_STYLE_WARN, line);
        fputc('\n', out);
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
        g_autofree char *prefix = g_strdup_printf("%s%s: ", facet->name, facet->exact ? "" : " ~");
        nd_layout_paragraph(layout, 0, prefix, line->str, NULL, NULL, 0);
    }
    if (results->n_facets > 0)
        fputc('\n', layout->out);
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
    for (guint i = 0; results->candidates && i < results->candidates->len; i++)
        nd_output_card_text(layout, g_ptr_array_index(results->candidates, i));
    if (results->n_hits > 0) {
        const unsigned n = (unsigned)results->n_matches;
        g_autofree char *count = g_strdup_printf(
            results->n_matches_exact ? ngettext("%u document", "%u documents", n) : _("about %u documents"),
            n);
        fprintf(out, "%s, %u–%u\n\n", count, results->offset + 1,
                results->offset + (uint32_t)results->n_hits);
    }
    for (size_t i = 0; i < results->n_hits; i++)
        print_hit(layout, &results->hits[i], results->offset + (uint32_t)i + 1);
    print_facets(layout, results);
}
