#ifndef ND_QUERY_OUTPUT_H
#define ND_QUERY_OUTPUT_H

/* Results of ndsearch in its output formats. What the formats hold is described in docs/json.md and
 * ndsearch(1). */

#include "base/json.h"
#include "query/layout.h"
#include "query/query.h"

struct nd_output {
    struct nd_layout layout; /* its stream is everybody's */
    bool nul;                /* paths end in NUL instead of a line break */
};

struct nd_output_format {
    const char *name;
    /* query_id is that of a batch, NULL outside one. */
    void (*print)(struct nd_output *output, const char *query_id, const struct nd_search_request *request,
                  const struct nd_results *results);
    bool bare;  /* needs only id, path and score of each hit */
    bool folds; /* shows files of one work as one hit */
};

/* NULL for an unknown name. */
const struct nd_output_format *nd_output_format_by_name(const char *name);
/* Closed by {0}. */
extern const struct nd_output_format nd_output_formats[];

void nd_output_text(struct nd_output *output, const char *query_id, const struct nd_search_request *request,
                    const struct nd_results *results);
void nd_output_json(struct nd_output *output, const char *query_id, const struct nd_search_request *request,
                    const struct nd_results *results);

/* Parts that ndgraph prints too. */
void nd_output_card_text(const struct nd_layout *layout, const struct nd_work_card *card);
/* A relation as a line, how it is known after it: both ends, or what a reader who sees the other end needs.
 */
enum nd_end { ND_END_BOTH, ND_END_SOURCE, ND_END_TARGET };
void nd_output_edge_text(const struct nd_layout *layout, const char *head, enum nd_end shown,
                         const struct nd_evidence *edge);
/* The sentence that says so and the file it stands in. */
void nd_output_evidence_text(const struct nd_layout *layout, unsigned indent, const struct nd_evidence *edge);
void nd_output_card_json(struct nd_json *json, const char *name, const struct nd_work_card *card);
void nd_output_edge_json(struct nd_json *json, const char *name, const struct nd_evidence *edge);
/* "62-CTr/TU, Quảng Trị, 2022-10-08": what is known of these, in one line; caller frees with g_free. */
char *nd_output_identity(const char *code, const char *type, const char *issuer, const char *place,
                         enum nd_level level, struct nd_date date);

#endif
