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

/* ---- similarity ---- */

/* Titles remembered at most: as many as a batch of documents names, whatever the size of the collection. */
enum { CAP_REMEMBERED = 20000 };

/* A title's syllables as numbers, ascending. */
struct syllables {
    guint n;
    guint32 numbers[];
};

struct nd_titles {
    GHashTable *numbers; /* syllable -> its number + 1 */
    GHashTable *titles;  /* title -> struct syllables */
};

struct nd_titles *nd_titles_new(void)
{
    struct nd_titles *titles = g_new0(struct nd_titles, 1);
    titles->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    titles->titles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return titles;
}

void nd_titles_free(struct nd_titles *titles)
{
    if (!titles)
        return;
    g_hash_table_unref(titles->numbers);
    g_hash_table_unref(titles->titles);
    g_free(titles);
}

static guint32 number_of(struct nd_titles *titles, const char *syllable)
{
    const gpointer found = g_hash_table_lookup(titles->numbers, syllable);
    if (found)
        return GPOINTER_TO_UINT(found);
    const guint32 number = g_hash_table_size(titles->numbers) + 1;
    g_hash_table_insert(titles->numbers, g_strdup(syllable), GUINT_TO_POINTER(number));
    return number;
}

static int by_number(const void *a, const void *b)
{
    const guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
    return (x > y) - (x < y);
}

static const struct syllables *remember(struct nd_titles *titles, const char *title)
{
    struct syllables *syllables = g_hash_table_lookup(titles->titles, title);
    if (syllables)
        return syllables;
    g_auto(GStrv) list = syllables_of(title);
    const guint n = g_strv_length(list);
    syllables = g_malloc(sizeof *syllables + n * sizeof syllables->numbers[0]);
    syllables->n = n;
    for (guint i = 0; i < n; i++)
        syllables->numbers[i] = number_of(titles, list[i]);
    qsort(syllables->numbers, n, sizeof syllables->numbers[0], by_number);
    g_hash_table_insert(titles->titles, g_strdup(title), syllables);
    return syllables;
}

double nd_titles_similarity(struct nd_titles *titles, const char *a, const char *b)
{
    if (g_hash_table_size(titles->titles) >= CAP_REMEMBERED) {
        g_hash_table_remove_all(titles->titles);
        g_hash_table_remove_all(titles->numbers);
    }
    const struct syllables *const x = remember(titles, a), *const y = remember(titles, b);
    const guint shorter = MIN(x->n, y->n);
    guint shared = 0;
    if (shorter < MIN_SYLLABLES)
        return -1;
    for (guint i = 0, k = 0; i < x->n && k < y->n;) {
        const guint32 first = x->numbers[i], second = y->numbers[k];
        shared += first == second;
        i += first <= second;
        k += second <= first;
    }
    return (double)shared / (double)shorter;
}

double nd_title_similarity(const char *a, const char *b)
{
    struct nd_titles *titles = nd_titles_new();
    const double similarity = nd_titles_similarity(titles, a, b);
    nd_titles_free(titles);
    return similarity;
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
