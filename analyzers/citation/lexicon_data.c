#include "analyzers/citation/lexicon_table.h"
#include "analyzers/data/data.h"

#include "analyzers/citation/lexicon.inc" /* table, phrase_places, phrase_text: printed by nd-lexicon */

static gpointer load(gpointer unused)
{
    (void)unused;
    static struct nd_phrase phrases[G_N_ELEMENTS(phrase_places)];
    static const struct nd_lexicon lexicon = {&table, table.starts, phrases};
    for (size_t i = 0; i < G_N_ELEMENTS(phrases); i++) {
        const struct nd_phrase_places *const places = &phrase_places[i];
        phrases[i] = (struct nd_phrase){.code = places->code ? phrase_text + places->code : NULL,
                                        .issuer = places->issuer ? phrase_text + places->issuer : NULL,
                                        .value = places->value};
    }
    return (gpointer)&lexicon;
}

const struct nd_lexicon *nd_lexicon_get(void)
{
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, load, NULL);
}

/* ---- misspelt issuers ---- */

/* A name without accents and doubled letters, "TINH-UY"; caller frees with g_free. */
static char *skeleton(const char *name)
{
    char *key = nd_data_key(name), *out = key;
    for (const char *c = key; *c; c++)
        if (out == key || *c != out[-1])
            *out++ = *c;
    *out = '\0';
    return key;
}

static void add_skeletons(GHashTable *skeletons, const char *names, const char *code)
{
    g_auto(GStrv) list = g_strsplit(names, ";", -1);
    for (size_t i = 0; list[i]; i++) {
        char *key = skeleton(list[i]);
        if (strchr(key, '-'))
            g_hash_table_insert(skeletons, key, (gpointer)(uintptr_t)code);
        else
            g_free(key); /* one word is too little to go by */
    }
}

/* Of issuers' names: skeleton -> code. */
static gpointer build_skeletons(gpointer unused)
{
    (void)unused;
    GHashTable *skeletons = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t n;
    const struct nd_issuer *issuers = nd_issuers(&n);
    for (size_t i = 0; i < n; i++) {
        add_skeletons(skeletons, issuers[i].other_names, issuers[i].code);
        add_skeletons(skeletons, issuers[i].name, issuers[i].code);
    }
    return skeletons;
}

const char *nd_similar_issuer(struct nd_str name)
{
    static GOnce once =
        G_ONCE_INIT; /* at the first misspelt issuer, not with the rest: few queries have one */
    g_autofree char *text = nd_str_dup(name), *key = skeleton(text);
    return g_hash_table_lookup(g_once(&once, build_skeletons, NULL), key);
}
