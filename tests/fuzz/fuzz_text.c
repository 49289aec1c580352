/* Any UTF-8: the byte map of normalisation is monotone, within bounds and on character boundaries; tokens lie
 * inside the text; keys fold to themselves. */

#include "analyzers/text/fold.h"
#include "analyzers/text/normalize.h"
#include "analyzers/text/tokenize.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_token(const struct nd_normalized *normalized, struct nd_str source,
                        const struct nd_token *token)
{
    const size_t start = nd_normalized_source_start(normalized, token->start);
    const size_t end = nd_normalized_source_end(normalized, token->end);
    g_assert(token->start < token->end && token->end <= normalized->text.n);
    g_assert(start < end && end <= source.n);
    g_assert(nd_utf8_floor(source, start) == start && nd_utf8_floor(source, end) == end);
    char key[ND_CAP_TERM_BYTES], again[ND_CAP_TERM_BYTES];
    const struct nd_str folded = {key,
                                  nd_fold(nd_str_slice(normalized->text, token->start, token->end), key)};
    g_assert(folded.n > 0 &&
             nd_utf8_valid_prefix((struct nd_bytes){(const uint8_t *)key, folded.n}) == folded.n);
    nd_fold_bare(folded, again);
    nd_repair_tone(folded, again);
    if (nd_is_proper_syllable(folded))
        g_assert(nd_is_syllable(folded));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct nd_bytes bytes = {data, size};
    const struct nd_str source = {(const char *)data, nd_utf8_valid_prefix(bytes)};
    struct nd_normalized normalized, twice;
    nd_normalize(source, &normalized);
    nd_normalize(source, &twice);
    g_assert(nd_str_equal(normalized.text, twice.text) && normalized.n_edits == twice.n_edits);
    size_t last = 0;
    for (size_t i = 0; i <= normalized.text.n; i++) {
        const size_t at = nd_normalized_source_start(&normalized, i);
        g_assert(at >= last && at <= source.n);
        last = at;
    }
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    nd_tokenizer_init(&tokenizer, normalized.text);
    while (nd_tokenizer_next(&tokenizer, &token))
        check_token(&normalized, source, &token);
    nd_normalized_clear(&twice);
    nd_normalized_clear(&normalized);
    return 0;
}
