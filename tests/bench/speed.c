/*
 * How fast text goes through normalisation, tokenising, term making and the reading of citations and metadata
 * (which counts its own normalisation), one thread.
 *
 * usage: speed FILE...   prints MB/s of each stage over all files, and how much of the text needed no edit
 */

#include "analyzers/citation/citation.h"
#include "analyzers/text/terms.h"
#include "analyzers/text/tokenize.h"
#include "base/utf8.h"

#include <stdio.h>
#include <time.h>

static double cpu_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    double normalize = 0, tokenize = 0, make_terms = 0, cite = 0;
    size_t n_bytes = 0, n_edits = 0, n_tokens = 0, n_mentions = 0;
    nd_auto(nd_terms) terms = nd_terms_new();
    for (int i = 1; i < argc; i++) {
        nd_auto(nd_document) doc = nd_document_new();
        struct nd_str text;
        if (!g_file_get_contents(argv[i], &doc->text, &doc->size, NULL) ||
            !nd_utf8_check((struct nd_bytes){(const uint8_t *)doc->text, doc->size}, &text, NULL))
            return fprintf(stderr, "speed: %s: cannot be read as UTF-8\n", argv[i]), 2;
        struct nd_normalized normalized;
        struct nd_tokenizer tokenizer;
        struct nd_token token;
        const double start = cpu_s();
        nd_normalize(text, &normalized);
        const double normalized_at = cpu_s();
        nd_tokenizer_init(&tokenizer, normalized.text);
        while (nd_tokenizer_next(&tokenizer, &token))
            n_tokens++;
        const double tokenized_at = cpu_s();
        nd_terms_build(terms, doc, &normalized, ND_STR(""), NULL, 0);
        const double end = cpu_s();
        nd_auto(nd_metadata) metadata = NULL;
        nd_auto(nd_mentions) mentions = NULL;
        nd_citation_read(doc, &normalized, NULL, &metadata, &mentions);
        cite += cpu_s() - end + normalized_at - start;
        n_mentions += nd_mentions_count(mentions);
        normalize += normalized_at - start;
        tokenize += tokenized_at - normalized_at;
        make_terms += end - tokenized_at;
        n_bytes += text.n;
        n_edits += normalized.n_edits;
        nd_normalized_clear(&normalized);
    }
    const double mb = (double)n_bytes / 1e6;
    printf("%.1f MB, %zu words, %zu edits: normalise %.0f MB/s, tokenise %.0f MB/s, both %.0f MB/s, terms "
           "%.0f MB/s; %zu citations, %.0f MB/s\n",
           mb, n_tokens, n_edits, mb / normalize, mb / tokenize, mb / (normalize + tokenize), mb / make_terms,
           n_mentions, mb / cite);
    return 0;
}
