#include "analyzers/text/stem.h"

#include "analyzers/text/fold.h"

#include <dlfcn.h>
#include <libstemmer.h>

struct nd_stemmer {
    struct sb_stemmer *english; /* NULL until the first foreign word */
};

/* The library is loaded when the first foreign word comes: its tables for thirty languages take the dynamic
 * linker longer than everything else that a program of this project starts with, and few queries need them.
 */
static struct {
    __typeof__(sb_stemmer_new) *new;
    __typeof__(sb_stemmer_delete) *delete;
    __typeof__(sb_stemmer_stem) *stem;
    __typeof__(sb_stemmer_length) *length;
} library;

static void *symbol(void *handle, const char *name)
{
    void *const found = dlsym(handle, name);
    if (!found)
        g_error("libstemmer: %s", dlerror());
    return found;
}

static gpointer load(gpointer unused)
{
    (void)unused;
    void *const handle = dlopen(ND_STEMMER_SONAME, RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        g_error("libstemmer: %s", dlerror());
    *(void **)&library.new = symbol(handle, "sb_stemmer_new");
    *(void **)&library.delete = symbol(handle, "sb_stemmer_delete");
    *(void **)&library.stem = symbol(handle, "sb_stemmer_stem");
    *(void **)&library.length = symbol(handle, "sb_stemmer_length");
    return handle;
}

static struct sb_stemmer *english_of(struct nd_stemmer *stemmer)
{
    static GOnce once = G_ONCE_INIT;
    if (!stemmer->english) {
        g_once(&once, load, NULL);
        stemmer->english = library.new("english", "UTF_8");
        g_assert(stemmer->english != NULL);
    }
    return stemmer->english;
}

struct nd_stemmer *nd_stemmer_new(void)
{
    return g_new0(struct nd_stemmer, 1);
}

void nd_stemmer_free(struct nd_stemmer *stemmer)
{
    if (!stemmer)
        return;
    if (stemmer->english)
        library.delete(stemmer->english);
    g_free(stemmer);
}

/* Abbreviations (UBND, BTCTW) are no words to stem: they are short, or have no vowel inside. */
static bool looks_like_a_word(struct nd_str folded)
{
    bool vowel = false;
    if (folded.n < 4)
        return false;
    for (size_t i = 0; i < folded.n; i++) {
        if (folded.p[i] < 'a' || folded.p[i] > 'z')
            return false;
        vowel = vowel || (i > 0 && strchr("aeiouy", folded.p[i]));
    }
    return vowel;
}

struct nd_str nd_stemmer_foreign(struct nd_stemmer *stemmer, struct nd_str folded)
{
    if (!looks_like_a_word(folded) || nd_is_syllable(folded))
        return (struct nd_str){"", 0};
    struct sb_stemmer *const english = english_of(stemmer);
    const sb_symbol *stem = library.stem(english, (const sb_symbol *)folded.p, (int)folded.n);
    g_assert(stem != NULL); /* out of memory */
    return (struct nd_str){(const char *)stem, (size_t)library.length(english)};
}
