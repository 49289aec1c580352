#include "query/output.h"

#include "query/names.h"

static void put_range(struct nd_json *json, const char *name, struct nd_range range)
{
    nd_json_begin_array(json, name);
    nd_json_integer(json, NULL, range.start);
    nd_json_integer(json, NULL, range.end);
    nd_json_end_array(json);
}

void nd_output_edge_json(struct nd_json *json, const char *name, const struct nd_evidence *edge)
{
    nd_json_begin_object(json, name);
    nd_json_string(json, "source_key", edge->source_key);
    nd_json_string(json, "source_code", edge->source_code);
    nd_json_string(json, "source_title", edge->source_title);
    nd_json_string(json, "target_key", edge->target_key);
    nd_json_string(json, "target_code", edge->target_code);
    nd_json_string(json, "target_title", edge->target_title);
    nd_json_string(json, "relation", nd_relation_name(edge->relation));
    nd_json_string(json, "strength", nd_strength_name(edge->strength));
    nd_json_bool(json, "proposed", edge->proposed);
    nd_json_bool(json, "possible", edge->possible);
    nd_json_number(json, "confidence", edge->confidence);
    nd_json_string(json, "evidence", edge->evidence);
    put_range(json, "mark", edge->mark);
    nd_json_string(json, "path", edge->path);
    nd_json_string(json, "document", edge->document);
    put_range(json, "span", edge->span);
    nd_json_string(json, "rule", edge->rule);
    nd_json_string(json, "reported_by", edge->reported_by);
    nd_json_string(json, "type", edge->type);
    nd_json_string(json, "level", nd_level_name(edge->level));
    nd_json_string(json, "place", edge->place);
    nd_json_date(json, "date", edge->date);
    nd_json_end_object(json);
}

static void put_edges(struct nd_json *json, const char *name, const GPtrArray *edges)
{
    nd_json_begin_array(json, name);
    for (guint i = 0; edges && i < edges->len; i++)
        nd_output_edge_json(json, NULL, g_ptr_array_index(edges, i));
    nd_json_end_array(json);
}

static void put_counts(struct nd_json *json, const char *name, const uint32_t counts[ND_N_RELATIONS])
{
    nd_json_begin_object(json, name);
    for (int relation = 0; relation < ND_N_RELATIONS; relation++) {
        if (counts[relation] > 0)
            nd_json_integer(json, nd_relation_name((enum nd_relation)relation), counts[relation]);
    }
    nd_json_end_object(json);
}

void nd_output_card_json(struct nd_json *json, const char *name, const struct nd_work_card *card)
{
    nd_json_begin_object(json, name);
    nd_json_string(json, "key", card->key);
    nd_json_string(json, "code", card->code);
    nd_json_string(json, "type", card->type);
    nd_json_string(json, "title", card->title);
    nd_json_string(json, "issuer", card->issuer);
    nd_json_string(json, "place", card->place);
    nd_json_string(json, "term", card->term);
    nd_json_string(json, "level", nd_level_name(card->level));
    nd_json_date(json, "date", card->date);
    nd_json_string(json, "document", card->document);
    nd_json_string(json, "path", card->path);
    nd_json_begin_array(json, "aliases");
    for (size_t i = 0; i < card->n_aliases; i++) {
        nd_json_begin_object(json, NULL);
        nd_json_string(json, "text", card->aliases[i].text);
        nd_json_string(json, "document", card->aliases[i].document);
        nd_json_end_object(json);
    }
    nd_json_end_array(json);
    put_counts(json, "out", card->n_out);
    put_counts(json, "in", card->n_in);
    put_edges(json, "replaced_by", card->replaced_by);
    nd_json_end_object(json);
}

static void put_passage(struct nd_json *json, const struct nd_passage *passage)
{
    nd_json_begin_object(json, NULL);
    nd_json_string(json, "text", passage->text);
    nd_json_begin_array(json, "marks");
    for (size_t i = 0; i < passage->n_marks; i++)
        put_range(json, NULL, passage->marks[i]);
    nd_json_end_array(json);
    nd_json_string(json, "heading", passage->heading);
    nd_json_integer(json, "page", passage->page);
    put_range(json, "source", passage->source);
    nd_json_bool(json, "cut_before", passage->cut_before);
    nd_json_bool(json, "cut_after", passage->cut_after);
    nd_json_end_object(json);
}

static void put_hit(struct nd_json *json, const struct nd_hit *hit)
{
    nd_json_begin_object(json, NULL);
    nd_json_integer(json, "rank", hit->rank);
    nd_json_number(json, "score", hit->score);
    nd_json_string(json, "document", hit->key);
    nd_json_string(json, "work", hit->work);
    nd_json_string(json, "path", hit->path);
    nd_json_string(json, "title", hit->title);
    nd_json_string(json, "type", hit->type);
    nd_json_string(json, "number", hit->number);
    nd_json_string(json, "code", hit->code);
    nd_json_string(json, "issuer", hit->issuer);
    nd_json_string(json, "place", hit->place);
    nd_json_string(json, "level", nd_level_name(hit->level));
    nd_json_date(json, "date", hit->date);
    nd_json_string(json, "signer", hit->signer);
    nd_json_string(json, "secrecy", nd_stamp_name(hit->secrecy));
    nd_json_integer(json, "copies", hit->n_copies);
    nd_json_begin_array(json, "other_files");
    for (size_t i = 0; i < hit->n_other_files; i++)
        nd_json_string(json, NULL, hit->other_files[i].path);
    nd_json_end_array(json);
    nd_json_begin_array(json, "passages");
    for (size_t i = 0; i < hit->n_passages; i++)
        put_passage(json, &hit->passages[i]);
    nd_json_end_array(json);
    put_edges(json, "edges", hit->edges);
    nd_json_end_object(json);
}

static void put_facets(struct nd_json *json, const struct nd_results *results)
{
    nd_json_begin_array(json, "facets");
    for (size_t i = 0; i < results->n_facets; i++) {
        const struct nd_facet *const facet = &results->facets[i];
        nd_json_begin_object(json, NULL);
        nd_json_string(json, "name", facet->name);
        nd_json_bool(json, "exact", facet->exact);
        nd_json_begin_array(json, "values");
        for (size_t v = 0; v < facet->n_values; v++) {
            nd_json_begin_object(json, NULL);
            nd_json_string(json, "value", facet->values[v].value);
            nd_json_string(json, "label", facet->values[v].label);
            nd_json_integer(json, "count", facet->values[v].n);
            nd_json_bool(json, "chosen", facet->values[v].chosen);
            nd_json_end_object(json);
        }
        nd_json_end_array(json);
        nd_json_end_object(json);
    }
    nd_json_end_array(json);
}

void nd_output_json(struct nd_output *output, const char *query_id, const struct nd_search_request *request,
                    const struct nd_results *results)
{
    struct nd_json writer = {.out = output->layout.out}, *const json = &writer;
    g_autofree char *query = g_strndup(request->query, request->query_size);
    nd_json_begin_object(json, NULL);
    nd_json_string(json, "schema", "ndsearch-results/1");
    nd_json_string(json, "query_id", query_id);
    nd_json_string(json, "query", query);
    nd_json_begin_object(json, "matches");
    nd_json_integer(json, "count", (int64_t)results->n_matches);
    nd_json_bool(json, "exact", results->n_matches_exact);
    nd_json_end_object(json);
    nd_json_integer(json, "offset", results->offset);
    nd_json_integer(json, "until", results->until);
    nd_json_number(json, "seconds", results->seconds);
    nd_json_string(json, "corrected", results->corrected);
    nd_json_begin_array(json, "remarks");
    for (char **remark = results->remarks; remark && *remark; remark++)
        nd_json_string(json, NULL, *remark);
    nd_json_end_array(json);
    if (results->card)
        nd_output_card_json(json, "card", results->card);
    else
        nd_json_string(json, "card", NULL);
    nd_json_begin_array(json, "candidates");
    for (guint i = 0; results->candidates && i < results->candidates->len; i++)
        nd_output_card_json(json, NULL, g_ptr_array_index(results->candidates, i));
    nd_json_end_array(json);
    nd_json_begin_array(json, "hits");
    for (size_t i = 0; i < results->n_hits; i++)
        put_hit(json, &results->hits[i]);
    nd_json_end_array(json);
    put_facets(json, results);
    nd_json_string(json, "explanation", results->explanation);
    nd_json_end_object(json);
    nd_json_end_line(json);
}
