#include "web/pages/json.h"
#include "query/output.h"

#include <stdlib.h>

/* The library writes to streams; an answer is a string. */
struct memory {
    char *text;
    size_t size;
    struct nd_json json;
};

static void open_memory(struct memory *memory)
{
    memory->json.out = open_memstream(&memory->text, &memory->size);
}

static void answer(struct nd_visit *visit, struct memory *memory)
{
    fclose(memory->json.out);
    visit->response->type = "application/json";
    g_string_append_len(visit->response->body, memory->text, (gssize)memory->size);
    free(memory->text);
}

/* Begins and ends the object that an answer is. */
static struct nd_json *begin(struct memory *memory, const char *schema)
{
    open_memory(memory);
    nd_json_begin_object(&memory->json, NULL);
    nd_json_string(&memory->json, "schema", schema);
    return &memory->json;
}

static void finish(struct nd_visit *visit, struct memory *memory)
{
    nd_json_end_object(&memory->json);
    nd_json_end_line(&memory->json);
    answer(visit, memory);
}

static void hide_folder(char **path)
{
    if (!*path)
        return;
    char *name = g_path_get_basename(*path);
    g_free(*path);
    *path = name;
}

static void hide_folders(GPtrArray *edges)
{
    for (guint i = 0; edges && i < edges->len; i++)
        hide_folder(&((struct nd_evidence *)edges->pdata[i])->path);
}

static void hide_folders_of_card(struct nd_work_card *card)
{
    hide_folder(&card->path);
    hide_folders(card->replaced_by);
}

void nd_answer_search_json(struct nd_visit *visit, const struct nd_search_request *request,
                           struct nd_results *results)
{
    for (size_t i = 0; i < results->n_hits; i++) {
        hide_folder(&results->hits[i].path);
        hide_folders(results->hits[i].edges);
        for (size_t k = 0; k < results->hits[i].n_other_files; k++)
            hide_folder(&results->hits[i].other_files[k].path);
    }
    if (results->card)
        hide_folders_of_card(results->card);
    for (guint i = 0; results->candidates && i < results->candidates->len; i++)
        hide_folders_of_card(results->candidates->pdata[i]);
    struct memory memory = {0};
    open_memory(&memory);
    struct nd_output output = {.layout.out = memory.json.out};
    nd_output_json(&output, NULL, request, results);
    answer(visit, &memory);
}

static const char *state_name(enum nd_link_state state)
{
    static const char *const names[] = {
        [ND_LINK_HERE] = "here",
        [ND_LINK_ABSENT] = "absent",
        [ND_LINK_AMBIGUOUS] = "ambiguous",
        [ND_LINK_UNKNOWN] = "unknown",
    };
    return names[state];
}

static void put_citation(struct nd_json *json, const struct nd_link *link)
{
    nd_json_begin_object(json, NULL);
    nd_json_integer(json, "start", link->span.start);
    nd_json_integer(json, "end", link->span.end);
    nd_json_string(json, "state", state_name(link->state));
    nd_json_string(json, "relation", nd_relation_name(link->relation));
    nd_json_number(json, "confidence", link->confidence);
    nd_json_string(json, "work", link->work);
    nd_json_string(json, "document", link->document);
    nd_json_string(json, "title", link->title);
    nd_json_end_object(json);
}

void nd_answer_document_json(struct nd_visit *visit, struct nd_document_view *view)
{
    struct nd_hit *header = &view->header;
    struct memory memory = {0};
    hide_folder(&header->path);
    struct nd_json *json = begin(&memory, "ndsearch-document/1");
    nd_json_string(json, "document", header->key);
    nd_json_string(json, "work", header->work);
    nd_json_string(json, "code", header->code);
    nd_json_string(json, "type", header->type);
    nd_json_string(json, "title", header->title);
    nd_json_string(json, "issuer", header->issuer);
    nd_json_string(json, "place", header->place);
    nd_json_string(json, "level", nd_level_name(header->level));
    nd_json_date(json, "date", header->date);
    nd_json_string(json, "signer", header->signer);
    nd_json_string(json, "path", header->path);
    nd_json_string(json, "text", view->text->text);
    nd_json_begin_array(json, "citations");
    for (size_t i = 0; i < view->n_links; i++)
        put_citation(json, &view->links[i]);
    nd_json_end_array(json);
    finish(visit, &memory);
}

static void put_edges(struct nd_json *json, const char *name, GPtrArray *edges)
{
    hide_folders(edges);
    nd_json_begin_array(json, name);
    for (guint i = 0; i < edges->len; i++)
        nd_output_edge_json(json, NULL, edges->pdata[i]);
    nd_json_end_array(json);
}

void nd_answer_work_json(struct nd_visit *visit, struct nd_work_card *work, GPtrArray *in, GPtrArray *out,
                         bool complete)
{
    struct memory memory = {0};
    hide_folders_of_card(work);
    struct nd_json *json = begin(&memory, "ndsearch-work/1");
    nd_output_card_json(json, "work", work);
    nd_json_bool(json, "complete", complete);
    put_edges(json, "in", in);
    put_edges(json, "out", out);
    finish(visit, &memory);
}

void nd_answer_graph_json(struct nd_visit *visit, const struct nd_graph *graph)
{
    struct memory memory = {0};
    struct nd_json *json = begin(&memory, "ndsearch-graph/1");
    nd_json_bool(json, "complete", graph->complete);
    nd_json_begin_array(json, "nodes");
    for (size_t i = 0; i < graph->n_nodes; i++) {
        const struct nd_graph_node *node = &graph->nodes[i];
        nd_json_begin_object(json, NULL);
        nd_json_string(json, "key", node->key);
        nd_json_string(json, "code", node->code);
        nd_json_string(json, "title", node->title);
        nd_json_string(json, "type", node->type);
        nd_json_string(json, "place", node->place);
        nd_json_string(json, "level", nd_level_name(node->level));
        nd_json_date(json, "date", node->date);
        nd_json_string(json, "document", node->document);
        nd_json_integer(json, "distance", node->distance);
        nd_json_end_object(json);
    }
    nd_json_end_array(json);
    put_edges(json, "edges", graph->edges);
    finish(visit, &memory);
}

static void put_features(struct nd_json *json, const struct nd_review_candidate *candidate)
{
    static const char *const kinds[ND_N_FEATURES] = {
        [ND_FEATURE_DATE] = "date", [ND_FEATURE_TERM] = "term",       [ND_FEATURE_TITLE] = "title",
        [ND_FEATURE_AGE] = "age",   [ND_FEATURE_FUTURE] = "future",   [ND_FEATURE_PLACE] = "place",
        [ND_FEATURE_ONLY] = "only", [ND_FEATURE_READING] = "reading", [ND_FEATURE_CITED] = "cited",
    };
    static const char *const weights[ND_N_WEIGHTS] = {
        [ND_WEIGHT_RULES_OUT] = "rules-out", [ND_WEIGHT_AGAINST] = "against", [ND_WEIGHT_WEAK] = "weak",
        [ND_WEIGHT_MEDIUM] = "medium",       [ND_WEIGHT_STRONG] = "strong",
    };
    nd_json_begin_array(json, "features");
    for (size_t i = 0; i < candidate->n_features; i++) {
        nd_json_begin_object(json, NULL);
        nd_json_string(json, "feature", kinds[candidate->features[i].kind]);
        nd_json_string(json, "weight", weights[candidate->features[i].weight]);
        nd_json_integer(json, "amount", candidate->features[i].amount);
        nd_json_end_object(json);
    }
    nd_json_end_array(json);
}

void nd_answer_review_json(struct nd_visit *visit, const struct nd_review_item *item, uint64_t n_left)
{
    struct memory memory = {0};
    struct nd_json *json = begin(&memory, "ndsearch-review/1");
    nd_json_integer(json, "left", (int64_t)n_left);
    nd_json_string(json, "item", item ? item->reference : NULL);
    if (item) {
        nd_json_string(json, "after", item->cursor);
        nd_json_string(json, "document", item->document.key);
        nd_json_integer(json, "start", item->span.start);
        nd_json_integer(json, "end", item->span.end);
        nd_json_string(json, "citation", item->quote);
        nd_json_string(json, "context", item->context);
        nd_json_string(json, "relation", nd_relation_name(item->relation));
        nd_json_string(json, "work", item->work ? item->work->key : NULL);
        nd_json_number(json, "confidence", item->confidence);
        nd_json_string(json, "why", item->reason);
        nd_json_begin_array(json, "candidates");
        for (size_t i = 0; i < item->n_all; i++) {
            nd_json_begin_object(json, NULL);
            nd_json_string(json, "work", item->all[i].card->key);
            nd_json_string(json, "title", item->all[i].card->title);
            put_features(json, &item->all[i]);
            nd_json_end_object(json);
        }
        nd_json_end_array(json);
    }
    finish(visit, &memory);
}

void nd_answer_status_json(struct nd_visit *visit, const struct nd_collection *all)
{
    struct memory memory = {0};
    struct nd_json *json = begin(&memory, "ndsearch-status/1");
    nd_json_integer(json, "documents", (int64_t)all->n_documents);
    nd_json_integer(json, "copies", (int64_t)all->n_copies);
    nd_json_integer(json, "bytes", (int64_t)all->n_bytes);
    nd_json_integer(json, "citations", (int64_t)all->n_citations);
    nd_json_integer(json, "works", (int64_t)all->n_works);
    nd_json_begin_object(json, "last_run");
    nd_json_integer(json, "finished", all->finished_s);
    nd_json_integer(json, "files", (int64_t)all->n_files);
    nd_json_integer(json, "bytes", (int64_t)all->bytes);
    nd_json_integer(json, "milliseconds", (int64_t)all->milliseconds);
    nd_json_end_object(json);
    nd_json_begin_array(json, "troubles");
    for (guint i = 0; i < all->troubles->len; i++) {
        const struct nd_trouble *trouble = all->troubles->pdata[i];
        nd_json_begin_object(json, NULL);
        nd_json_string(json, "code", trouble->code);
        nd_json_bool(json, "skipped", trouble->skipped);
        nd_json_integer(json, "files", (int64_t)trouble->n_files);
        nd_json_string(json, "remedy", trouble->remedy);
        if (visit->is_trusted) {
            nd_json_begin_array(json, "names");
            for (guint k = 0; k < trouble->names->len; k++)
                nd_json_string(json, NULL, trouble->names->pdata[k]);
            nd_json_end_array(json);
        }
        nd_json_end_object(json);
    }
    nd_json_end_array(json);
    finish(visit, &memory);
}
