/*
 * Build-time helper: makes the sorted table of familiar pairs of words from the names in analyzers/data and
 * prints it as C initialisers.
 *
 *   nd-familiar FAMILIAR.inc
 */

#include "analyzers/data/data.h"
#include "analyzers/text/fold.h"
#include "analyzers/text/normalize.h"
#include "analyzers/text/terms.h"
#include "analyzers/text/tokenize.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HASH_BYTES = ND_BIGRAM_BYTES - 1 };

/* Of uint8_t[HASH_BYTES]: of folded words and of bare ones. */
static GArray *folded_rows, *bare_rows;

static void add_pair(GArray *rows, struct nd_str first, struct nd_str second)
{
    char term[ND_BIGRAM_BYTES];
    nd_bigram_term(first, second, term);
    g_array_append_vals(rows, term + 1, 1);
}

/* The pairs of one name. */
static void add_name(struct nd_str name)
{
    struct nd_normalized normalized;
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    struct word {
        char folded[ND_CAP_TERM_BYTES], bare[ND_CAP_TERM_BYTES];
        struct nd_str as_folded, as_bare;
    } words[2];
    size_t n = 0;
    nd_normalize(name, &normalized);
    nd_tokenizer_init(&tokenizer, normalized.text);
    while (nd_tokenizer_next(&tokenizer, &token)) {
        const struct nd_str typed = nd_str_slice(normalized.text, token.start, token.end);
        struct word *const word = &words[n % 2], *const before = &words[(n + 1) % 2];
        word->as_folded = (struct nd_str){word->folded, nd_fold(typed, word->folded)};
        word->as_bare = (struct nd_str){word->bare, nd_fold_bare(typed, word->bare)};
        n = token.kind == ND_TOKEN_WORD ? n + 1 : 0;
        if (n > 1 && nd_bigram_is_kept(before->as_folded, word->as_folded)) {
            add_pair(folded_rows, before->as_folded, word->as_folded);
            add_pair(bare_rows, before->as_bare, word->as_bare);
        }
    }
    nd_normalized_clear(&normalized);
}

/* Names with "; " between them. */
static void add_names(const char *names)
{
    g_auto(GStrv) list = g_strsplit(names, "; ", -1);
    for (char **name = list; *name; name++)
        add_name(nd_str_from_c(*name));
}

static void add_tables(void)
{
    size_t n;
    const struct nd_type *const types = nd_types(&n);
    for (size_t i = 0; i < n; i++)
        add_names(types[i].word);
    const struct nd_issuer *const issuers = nd_issuers(&n);
    for (size_t i = 0; i < n; i++) {
        add_names(issuers[i].name);
        add_names(issuers[i].other_names);
    }
    const struct nd_place *const places = nd_places(&n);
    for (size_t i = 0; i < n; i++)
        add_names(places[i].name);
    const struct nd_authority *const works = nd_authorities(&n);
    for (size_t i = 0; i < n; i++)
        add_names(works[i].name);
}

static gint by_bytes(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, HASH_BYTES);
}

static void print_rows(FILE *out, const char *name, GArray *rows)
{
    g_array_sort(rows, by_bytes);
    fprintf(out, "static const uint8_t %s[][%d] = {\n", name, HASH_BYTES);
    for (guint i = 0; i < rows->len; i++) {
        const uint8_t *const row = (const uint8_t *)rows->data + (size_t)i * HASH_BYTES;
        if (i == 0 || memcmp(row - HASH_BYTES, row, HASH_BYTES) != 0)
            fprintf(out, "{%u, %u, %u},\n", row[0], row[1], row[2]);
    }
    fputs("};\n", out);
}

int main(int argc, char **argv)
{
    FILE *const out = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (!out) {
        fprintf(stderr, "nd-familiar: %s\n",
                argc == 2 ? g_strerror(errno) : "usage: nd-familiar FAMILIAR.inc");
        return EXIT_FAILURE;
    }
    folded_rows = g_array_new(FALSE, FALSE, HASH_BYTES);
    bare_rows = g_array_new(FALSE, FALSE, HASH_BYTES);
    add_tables();
    print_rows(out, "folded_rows", folded_rows);
    print_rows(out, "bare_rows", bare_rows);
    g_array_unref(folded_rows);
    g_array_unref(bare_rows);
    return fclose(out) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
