#include "query/output.h"

#include <string.h>

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* A field of a line: tabs and line breaks would end it. */
static void put_field(FILE *out, const char *text)
{
    for (const char *p = or_empty(text); *p; p++)
        fputc(*p == '\t' || *p == '\n' || *p == '\r' ? ' ' : *p, out);
}

static void print_tsv(struct nd_output *output, const char *query_id, const struct nd_search_request *request,
                      const struct nd_results *results)
{
    FILE *const out = output->layout.out;
    (void)request;
    for (size_t i = 0; i < results->n_hits; i++) {
        const struct nd_hit *const hit = &results->hits[i];
        char date[11];
        nd_date_format(hit->date, date);
        const char *const fields[] = {hit->key,
                                      hit->path,
                                      hit->type,
                                      hit->code,
                                      hit->issuer,
                                      hit->place,
                                      nd_level_name(hit->level),
                                      date,
                                      hit->title,
                                      hit->n_passages > 0 ? hit->passages[0].text : NULL};
        if (query_id)
            fprintf(out, "%s\t", query_id);
        fprintf(out, "%zu\t%.4f", results->offset + i + 1, hit->score);
        for (size_t f = 0; f < G_N_ELEMENTS(fields); f++) {
            fputc('\t', out);
            put_field(out, fields[f]);
        }
        fputc('\n', out);
    }
}

/* A run line: fields are separated by spaces, so those of a path are written as %20. */
static void print_trec(struct nd_output *output, const char *query_id,
                       const struct nd_search_request *request, const struct nd_results *results)
{
    FILE *const out = output->layout.out;
    (void)request;
    for (size_t i = 0; i < results->n_hits; i++) {
        fprintf(out, "%s Q0 ", query_id ? query_id : "1");
        for (const char *p = or_empty(results->hits[i].path); *p; p++) {
            if (g_ascii_isspace(*p))
                fprintf(out, "%%%02X", (unsigned char)*p);
            else
                fputc(*p, out);
        }
        fprintf(out, " %zu %.4f ndsearch\n", results->offset + i + 1, results->hits[i].score);
    }
}

static void print_paths(struct nd_output *output, const char *query_id,
                        const struct nd_search_request *request, const struct nd_results *results)
{
    (void)query_id;
    (void)request;
    for (size_t i = 0; i < results->n_hits; i++) {
        fputs(or_empty(results->hits[i].path), output->layout.out);
        fputc(output->nul ? '\0' : '\n', output->layout.out);
    }
}

const struct nd_output_format nd_output_formats[] = {
    {"text", nd_output_text, false, true}, {"json", nd_output_json, false, true},
    {"tsv", print_tsv, false, false},      {"trec", print_trec, true, false},
    {"paths", print_paths, true, false},   {0},
};

const struct nd_output_format *nd_output_format_by_name(const char *name)
{
    for (const struct nd_output_format *format = nd_output_formats; format->name; format++) {
        if (strcmp(format->name, name) == 0)
            return format;
    }
    return NULL;
}
