#include "graph/titles.h"

#include "analyzers/data/data.h"
#include "analyzers/text/fold.h"
#include "analyzers/text/normalize.h"
#include "analyzers/text/tokenize.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_KEY_BYTES = 96, /* a longer title is cut and told apart by its hash */
    MIN_SYLLABLES = 3   /* of a title that may decide between works */
};

/* Words that come and go between two wordings of one name. */
static bool is_small_word(const char *syllable)
{
    static const char *const words[] = {"VE",  "VA", "CUA", "O",   "CAC", "NHUNG", "DUOC", "TRONG",
                                        "TAI", "SO", "MOT", "VOI", "CHO", "VIEC",  "DOI"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(syllable, words[i]) == 0)
            return true;
    return false;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The distinct syllables that count, sorted. */
static char **syllables_of(const char *title)
{
    g_autofree char *key = nd_data_key(title ? title : "");
    char **list = g_strsplit(key, "-", -1);
    size_t n = 0;
    for (size_t i = 0; list[i]; i++) {
        if (*list[i] && !is_small_word(list[i]))
            list[n++] = list[i];
        else
            g_free(list[i]);
    }
    list[n] = NULL;
    qsort(list, n, sizeof *list, by_bytes);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && strcmp(list[kept - 1], list[i]) == 0)
            g_free(list[i]);
        else
            list[kept++] = list[i];
    }
    list[kept] = NULL;
    return list;
}

/* Laws and codes are one class, ordinances and constitutions their own; other documents change their type
 * between two citations ("quy chế", "quy định"), so it does not tell them apart. */
static const char *class_of(const char *type)
{
    static const struct {
        const char *type, *class;
    } classes[] = {{"LUAT", "L"}, {"BLUAT", "L"}, {"PL", "PL"}, {"HP", "HP"}};
    for (size_t i = 0; type && i < G_N_ELEMENTS(classes); i++)
        if (strcmp(type, classes[i].type) == 0)
            return classes[i].class;
    return "N";
}

char *nd_title_group(const char *type, const char *name)
{
    const char *class = class_of(type);
    if (strcmp(class, "HP") == 0)
        return g_strdup("name:HP"); /* there is one constitution at a time */
    g_auto(GStrv) syllables = syllables_of(name);
    if (!syllables[0])
        return NULL;
    g_autofree char *joined = g_strjoinv("-", syllables);
    return g_strdup_printf("name:%s:%s", class, joined);
}

double nd_title_similarity(const char *a, const char *b)
{
    g_auto(GStrv) x = syllables_of(a);
    g_auto(GStrv) y = syllables_of(b);
    size_t n_x = g_strv_length(x), n_y = g_strv_length(y), shared = 0;
    if (MIN(n_x, n_y) < MIN_SYLLABLES)
        return -1;
    for (size_t i = 0, k = 0; i < n_x && k < n_y;) {
        int order = strcmp(x[i], y[k]);
        shared += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    return (double)shared / (double)MIN(n_x, n_y);
}

char *nd_title_key(const char *type, const char *name)
{
    g_autofree char *name_key = nd_data_key(name ? name : "");
    g_autofree char *type_key = nd_data_key(type ? type : "");
    g_autofree char *key = g_strjoin(*type_key && *name_key ? "-" : "", type_key, name_key, NULL);
    if (strlen(key) <= MAX_KEY_BYTES)
        return g_steal_pointer(&key);
    guint hash = g_str_hash(key);
    key[MAX_KEY_BYTES] = 0;
    return g_strdup_printf("%s-%08x", key, hash);
}

char *nd_title_folded(const char *name)
{
    GString *out = g_string_new(NULL);
    struct nd_normalized normalized;
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    nd_normalize(nd_str_from_c(name), &normalized);
    nd_tokenizer_init(&tokenizer, normalized.text);
    while (nd_tokenizer_next(&tokenizer, &token)) {
        char folded[ND_CAP_TERM_BYTES];
        size_t n = nd_fold(nd_str_slice(normalized.text, token.start, token.end), folded);
        if (out->len > 0)
            g_string_append_c(out, ' ');
        g_string_append_len(out, folded, (gssize)n);
    }
    nd_normalized_clear(&normalized);
    return g_string_free(out, FALSE);
}
