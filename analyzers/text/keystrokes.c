#include "analyzers/text/keystrokes.h"

#include "analyzers/text/fold.h"
#include "analyzers/text/letters.h"
#include "base/utf8.h"

enum { MAX_KEYS = 16, MAX_LETTERS = 7 };

enum method { TELEX, VNI };

/* HORNS: "uo" becomes ươ at once. */
enum action { TONE, MARK, HORNS, STROKE };

static const struct key {
    enum method method;
    char key;
    enum action action;
    int from, to;
} keys[] = {
#define ND_KEY(method, key, action, from, to) {method, key, action, from, to},
#include "analyzers/text/keystrokes.def"
#undef ND_KEY
};

struct word {
    uint32_t letters[MAX_LETTERS]; /* without tone */
    unsigned n;
    enum nd_tone tone;
    bool changed;
};

static bool is_vowel(uint32_t c, enum nd_vowel *out)
{
    struct nd_vowel_letter letter;
    if (!nd_vowel_letter_parse(c, &letter))
        return false;
    *out = letter.vowel;
    return true;
}

static uint32_t vowel(enum nd_vowel vowel)
{
    return nd_vowel_letter_compose((struct nd_vowel_letter){.vowel = vowel});
}

static bool set_tone(struct word *word, enum nd_tone tone)
{
    enum nd_vowel ignored;
    bool has_vowel = false;
    for (unsigned i = 0; i < word->n; i++)
        has_vowel = has_vowel || is_vowel(word->letters[i], &ignored);
    if (has_vowel)
        word->tone = tone;
    return has_vowel;
}

static bool set_mark(struct word *word, int from, int to)
{
    for (unsigned i = word->n; i-- > 0;) {
        enum nd_vowel found;
        if (!is_vowel(word->letters[i], &found) || (int)found != from)
            continue;
        word->letters[i] = vowel((enum nd_vowel)to);
        return true;
    }
    return false;
}

static bool set_horns(struct word *word)
{
    for (unsigned i = 0; i + 1 < word->n; i++) {
        enum nd_vowel first, second;
        if (!is_vowel(word->letters[i], &first) || !is_vowel(word->letters[i + 1], &second) ||
            (first != ND_VOWEL_U && first != ND_VOWEL_U_HORN) || second != ND_VOWEL_O)
            continue;
        word->letters[i] = vowel(ND_VOWEL_U_HORN);
        word->letters[i + 1] = vowel(ND_VOWEL_O_HORN);
        return true;
    }
    return false;
}

static bool set_stroke(struct word *word)
{
    if (word->n == 0 || word->letters[0] != 'd')
        return false;
    word->letters[0] = 0x111;
    return true;
}

static bool strike(struct word *word, enum method method, char c)
{
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        const struct key *const key = &keys[i];
        if (key->method != method || key->key != c)
            continue;
        const bool done = key->action == TONE    ? set_tone(word, (enum nd_tone)key->to)
                          : key->action == MARK  ? set_mark(word, key->from, key->to)
                          : key->action == HORNS ? set_horns(word)
                                                 : set_stroke(word);
        if (done)
            return true;
    }
    return false;
}

/* The word with its tone where it belongs; 0 when that is no syllable. */
static size_t spell(const struct word *word, char out[ND_CAP_TERM_BYTES])
{
    char raw[MAX_LETTERS * 4];
    size_t n = 0;
    bool placed = false;
    for (unsigned i = 0; i < word->n; i++) {
        struct nd_vowel_letter letter;
        uint32_t c = word->letters[i];
        if (!placed && nd_vowel_letter_parse(c, &letter)) {
            letter.tone = word->tone;
            c = nd_vowel_letter_compose(letter);
            placed = true;
        }
        n += nd_utf8_encode(c, raw + n);
    }
    const size_t repaired = nd_repair_tone((struct nd_str){raw, n}, out);
    if (repaired > 0)
        return repaired;
    char folded[ND_CAP_TERM_BYTES];
    const struct nd_str whole = {folded, nd_fold((struct nd_str){raw, n}, folded)};
    if (!nd_is_proper_syllable(whole))
        return 0;
    memcpy(out, whole.p, whole.n);
    return whole.n;
}

static size_t read_as(enum method method, struct nd_str folded, char out[ND_CAP_TERM_BYTES])
{
    struct word word = {.tone = ND_TONE_LEVEL};
    for (size_t i = 0; i < folded.n; i++) {
        const char c = folded.p[i];
        if (!g_ascii_isalnum(c))
            return 0;
        if (strike(&word, method, c))
            word.changed = true;
        else if (word.n == MAX_LETTERS || g_ascii_isdigit(c))
            return 0;
        else
            word.letters[word.n++] = (uint8_t)c;
    }
    return word.changed ? spell(&word, out) : 0;
}

size_t nd_read_keystrokes(struct nd_str folded, char out[ND_CAP_TERM_BYTES])
{
    if (folded.n > MAX_KEYS)
        return 0;
    const size_t n = read_as(TELEX, folded, out);
    return n > 0 ? n : read_as(VNI, folded, out);
}
