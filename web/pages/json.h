#ifndef ND_WEB_PAGES_JSON_H
#define ND_WEB_PAGES_JSON_H

/*
 * The pages' other form: ?format=json. A search has the schema of `ndsearch --format json` (docs/json.md),
 * the rest is described in docs/web.md. Paths of files are cut to their names: where they lie is the server's
 * business.
 */

#include "query/collection.h"
#include "query/review_queue.h"
#include "web/pages/page.h"

void nd_answer_search_json(struct nd_visit *visit, const struct nd_search_request *request,
                           struct nd_results *results);
void nd_answer_document_json(struct nd_visit *visit, struct nd_document_view *view);
/* in and out: arrays of struct nd_evidence *; complete unless some were left out. */
void nd_answer_work_json(struct nd_visit *visit, struct nd_work_card *work, GPtrArray *in, GPtrArray *out,
                         bool complete);
void nd_answer_graph_json(struct nd_visit *visit, const struct nd_graph *graph);
/* item may be NULL: the end of the queue. */
void nd_answer_review_json(struct nd_visit *visit, const struct nd_review_item *item, uint64_t n_left);
void nd_answer_status_json(struct nd_visit *visit, const struct nd_collection *collection);

#endif
