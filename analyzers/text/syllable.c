#include "analyzers/text/fold.h"
#include "analyzers/text/letters.h"
#include "base/utf8.h"

/*
 * A syllable is an onset, a rime and a tone. The tables say which onsets and rimes there are; three rules say
 * how they go together: the spelling of c, g and ng depends on the vowel, a rime that ends in c, ch, p or t
 * takes only sắc and nặng, and the tone mark has one place. docs/vietnamese.md, "Syllables".
 */

enum { MAX_LETTERS = 7 }; /* nghiêng */

/* Longest first, so that the first that fits is tried first. */
static const char *const onsets[] = {
    "ngh", "ng", "nh", "th", "tr", "ch", "kh", "ph", "gh", "gi", "qu", "b", "c", "d",
    "đ",   "g",  "h",  "k",  "l",  "m",  "n",  "p",  "r",  "s",  "t",  "v", "x", "",
};

static const char *const rimes[] = {
#define ND_RIME(spelling) spelling,
#include "analyzers/text/rimes.def"
#undef ND_RIME
};

/* A word taken apart. Spellings are without tone and NUL-terminated. */
struct syllable {
    char spelling[MAX_LETTERS * 3 + 1];
    enum nd_tone tone;
    int tone_at; /* letter that bears it, -1 for the level tone */
    unsigned n_letters;
};

static bool read_letters(struct nd_str folded, struct syllable *out)
{
    *out = (struct syllable){.tone_at = -1};
    size_t n = 0;
    for (size_t i = 0, length; i < folded.n; i += length) {
        if (out->n_letters == MAX_LETTERS)
            return false;
        uint32_t c = nd_utf8_decode(folded, i, &length);
        struct nd_vowel_letter letter;
        if (nd_vowel_letter_parse(c, &letter) && letter.tone != ND_TONE_LEVEL) {
            if (out->tone_at >= 0)
                return false;
            out->tone = letter.tone;
            out->tone_at = (int)out->n_letters;
            letter.tone = ND_TONE_LEVEL;
            c = nd_vowel_letter_compose(letter);
        }
        if (length > 3)
            return false;
        n += nd_utf8_encode(c, out->spelling + n);
        out->n_letters++;
    }
    out->spelling[n] = '\0';
    return out->n_letters > 0;
}

static bool is_rime(const char *spelling)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rimes); i++)
        if (g_str_equal(spelling, rimes[i]))
            return true;
    return false;
}

static bool is_front(const char *rime)
{
    return rime[0] == 'e' || rime[0] == 'i' || rime[0] == 'y' || g_str_has_prefix(rime, "ê");
}

/* Whether the onset is spelled so before this rime. */
static bool go_together(const char *onset, const char *rime)
{
    if (g_str_equal(onset, "c") || g_str_equal(onset, "ng"))
        return !is_front(rime);
    if (g_str_equal(onset, "k"))
        return is_front(rime) || rime[0] == 'a' || g_str_has_prefix(rime, "ă"); /* Bắc Kạn, Đắk */
    if (g_str_equal(onset, "gh") || g_str_equal(onset, "ngh"))
        return is_front(rime);
    if (g_str_equal(onset, "g")) /* gia is gi and a, but gì and giết are written with one i */
        return !is_front(rime) || g_str_equal(rime, "i") || g_str_equal(rime, "in") ||
               g_str_has_prefix(rime, "iê");
    if (g_str_equal(onset, "gi") || g_str_equal(onset, "qu"))
        return rime[0] != 'i' && (onset[0] == 'q' || rime[0] != 'y');
    return true;
}

static bool is_stopped(const char *rime)
{
    const size_t n = strlen(rime);
    return rime[n - 1] == 'c' || rime[n - 1] == 'p' || rime[n - 1] == 't' || g_str_has_suffix(rime, "ch");
}

/* Which letter of the rime bears the tone: the last vowel with a mark of its own; else, before a final
 * consonant, the last vowel; else the first of two and the middle one of three. */
static unsigned tone_letter(const char *rime)
{
    unsigned n_vowels = 0, marked = G_MAXUINT, n_letters = 0;
    const struct nd_str s = nd_str_from_c(rime);
    for (size_t i = 0, length; i < s.n; i += length, n_letters++) {
        const uint32_t c = nd_utf8_decode(s, i, &length);
        struct nd_vowel_letter letter;
        if (!nd_vowel_letter_parse(c, &letter))
            continue;
        n_vowels++;
        if (c >= 0x80)
            marked = n_letters;
    }
    if (marked != G_MAXUINT)
        return marked;
    if (n_letters > n_vowels)
        return n_vowels - 1;
    return n_vowels == 3 ? 1 : 0;
}

/* Finds an onset and a rime that make up the spelling; *tone_at_out is where a tone mark belongs. */
static bool parse(const struct syllable *word, unsigned *tone_at_out)
{
    for (size_t i = 0; i < G_N_ELEMENTS(onsets); i++) {
        if (!g_str_has_prefix(word->spelling, onsets[i]))
            continue;
        const char *rime = word->spelling + strlen(onsets[i]);
        if (!is_rime(rime) || !go_together(onsets[i], rime))
            continue;
        *tone_at_out = (unsigned)g_utf8_strlen(onsets[i], -1) + tone_letter(rime);
        return true;
    }
    return false;
}

static bool tone_allowed(const struct syllable *word)
{
    return !is_stopped(word->spelling) || word->tone == ND_TONE_SAC || word->tone == ND_TONE_NANG;
}

bool nd_is_proper_syllable(struct nd_str folded)
{
    struct syllable word;
    unsigned tone_at;
    return read_letters(folded, &word) && parse(&word, &tone_at) && tone_allowed(&word) &&
           (word.tone_at < 0 || word.tone_at == (int)tone_at);
}

static bool equals_bare(struct nd_str word, const char *pattern)
{
    char bare[ND_CAP_TERM_BYTES];
    const size_t n = nd_fold_bare(nd_str_from_c(pattern), bare);
    return nd_str_equal(word, (struct nd_str){bare, n});
}

bool nd_is_syllable(struct nd_str folded)
{
    char bare[ND_CAP_TERM_BYTES];
    const struct nd_str word = {bare, nd_fold_bare(folded, bare)};
    if (word.n == 0 || word.n > MAX_LETTERS)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(onsets); i++) {
        const struct nd_str onset = nd_str_from_c(onsets[i]);
        if (!nd_str_has_prefix(word, onset))
            continue;
        const struct nd_str rime = nd_str_slice(word, onset.n, word.n);
        for (size_t k = 0; k < G_N_ELEMENTS(rimes); k++)
            if (equals_bare(rime, rimes[k]) && go_together(onsets[i], rimes[k]))
                return true;
    }
    return false;
}

size_t nd_repair_tone(struct nd_str folded, char out[ND_CAP_TERM_BYTES])
{
    struct syllable word;
    unsigned tone_at;
    if (!read_letters(folded, &word) || word.tone_at < 0 || !parse(&word, &tone_at) || !tone_allowed(&word) ||
        word.tone_at == (int)tone_at)
        return 0;
    size_t n = 0;
    unsigned at = 0;
    const struct nd_str spelling = nd_str_from_c(word.spelling);
    for (size_t i = 0, length; i < spelling.n; i += length, at++) {
        uint32_t c = nd_utf8_decode(spelling, i, &length);
        struct nd_vowel_letter letter;
        if (at == tone_at && nd_vowel_letter_parse(c, &letter)) {
            letter.tone = word.tone;
            c = nd_vowel_letter_compose(letter);
        }
        n += nd_utf8_encode(c, out + n);
    }
    return n;
}
