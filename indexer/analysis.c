#include "indexer/analysis.h"

#include "base/beside.h"

/* Reading the words of a long text beside its citations pays for a thread. */
enum { LONG_TEXT_BYTES = 4 << 20 };

struct words_job {
    struct nd_terms *terms; /* NULL when nobody wants them */
    const struct nd_document *doc;
    const struct nd_normalized *text;
};

static gpointer read_words(gpointer user_data)
{
    const struct words_job *job = user_data;
    if (job->terms)
        nd_terms_read(job->terms, job->doc, job->text);
    return NULL;
}

static void finish_terms(const struct nd_normalized *text, const struct nd_metadata *metadata,
                         const struct nd_mentions *mentions, struct nd_terms *terms)
{
    const size_t n = nd_mentions_count(mentions);
    g_autoptr(GArray) citations = g_array_new(FALSE, FALSE, sizeof(struct nd_term_citation));
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < n; i++) {
        const struct nd_mention *mention = nd_mentions_get(mentions, i);
        char *key = nd_citation_key(mention);
        if (!key)
            continue;
        g_ptr_array_add(keys, key);
        const struct nd_term_citation citation = {
            .key = nd_str_from_c(key), .start = (uint32_t)nd_normalized_from_source(text, mention->start)};
        g_array_append_val(citations, citation);
    }
    nd_terms_finish(terms, text, nd_str_from_c(metadata->title),
                    (const struct nd_term_citation *)(void *)citations->data, citations->len);
}

void nd_analysis_init(struct nd_analysis *out, const struct nd_document *doc,
                      const struct nd_metadata_hints *hints, struct nd_terms *terms)
{
    nd_normalize(nd_document_text(doc), &out->text);
    struct words_job job = {terms, doc, &out->text};
    struct nd_beside words = nd_beside_start("words", doc->size >= LONG_TEXT_BYTES, read_words, &job);
    nd_citation_read(doc, &out->text, hints, &out->metadata, &out->mentions);
    nd_beside_wait(&words);
    if (terms)
        finish_terms(&out->text, out->metadata, out->mentions, terms);
}

void nd_analysis_clear(struct nd_analysis *analysis)
{
    nd_mentions_free(g_steal_pointer(&analysis->mentions));
    nd_metadata_free(g_steal_pointer(&analysis->metadata));
    nd_normalized_clear(&analysis->text);
}

void nd_analysis_terms(const struct nd_document *doc, const struct nd_normalized *text,
                       const struct nd_metadata *metadata, const struct nd_mentions *mentions,
                       struct nd_terms *terms)
{
    nd_terms_read(terms, doc, text);
    finish_terms(text, metadata, mentions, terms);
}
