#include "analyzers/text/stem.h"

#include "analyzers/text/fold.h"

#include <libstemmer.h>

struct nd_stemmer {
    struct sb_stemmer *english;
};

struct nd_stemmer *nd_stemmer_new(void)
{
    struct nd_stemmer *stemmer = g_new0(struct nd_stemmer, 1);
    stemmer->english = sb_stemmer_new("english", "UTF_8");
    g_assert(stemmer->english != NULL);
    return stemmer;
}

void nd_stemmer_free(struct nd_stemmer *stemmer)
{
    if (!stemmer)
        return;
    sb_stemmer_delete(stemmer->english);
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
    const sb_symbol *stem = sb_stemmer_stem(stemmer->english, (const sb_symbol *)folded.p, (int)folded.n);
    g_assert(stem != NULL); /* out of memory */
    return (struct nd_str){(const char *)stem, (size_t)sb_stemmer_length(stemmer->english)};
}
