#include "analyzers/text/edits.h"
#include "analyzers/text/letters.h"
#include "base/utf8.h"

#include <utf8proc.h>

/*
 * The thorough way, for the few words that need it: take the word apart into clusters (a base character and
 * its marks), undo disguises, compose each cluster, place the tone, and write an edit for each cluster that
 * came out different.
 */

enum {
    MAX_CHARACTERS = ND_WORD_PART_CHARACTERS + ND_WORD_PART_MARKS,
    MAX_PARTS = 4, /* no canonical decomposition is longer, nor any of the compatibility ones used here */
};

struct cluster {
    size_t start, end; /* source bytes */
    unsigned first, n; /* characters of the word; none when all were deleted */
    bool merged;       /* is written together with the cluster before it */
};

struct word {
    utf8proc_int32_t characters[MAX_CHARACTERS * MAX_PARTS];
    struct cluster clusters[MAX_CHARACTERS];
    unsigned n_characters, n_clusters;
};

/* Characters whose compatibility form is what the writer meant: ligatures, full-width letters, one-character
 * Roman numerals, letters of the mathematical alphabets. Not superscripts or fractions: m² is not m2. */
static bool has_plain_form(uint32_t c)
{
    return (c >= 0xfb00 && c <= 0xfb06) || (c >= 0xff01 && c <= 0xff5e) || (c >= 0x2160 && c <= 0x217f) ||
           (c >= 0x1d400 && c <= 0x1d7ff);
}

static uint32_t undisguise_stroke(uint32_t c)
{
    switch (c) {
    case 0xd0:  /* Ð, Icelandic eth */
    case 0x189: /* Ɖ, African d */
        return 0x110;
    case 0xf0:  /* ð */
    case 0x256: /* ɖ */
        return 0x111;
    default:
        return c;
    }
}

static unsigned decompose(uint32_t c, utf8proc_int32_t out[MAX_PARTS])
{
    int last_class = 0;
    const utf8proc_option_t options =
        has_plain_form(c) ? UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT : UTF8PROC_DECOMPOSE;
    const utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)undisguise_stroke(c), out, MAX_PARTS, options, &last_class);
    if (n >= 1 && n <= MAX_PARTS)
        return (unsigned)n;
    out[0] = (utf8proc_int32_t)c;
    return 1;
}

/* Hangul vowels and finals join the syllable before them, as marks do. */
static bool joins(uint32_t c)
{
    return nd_char_is_mark(c) || (c >= 0x1160 && c <= 0x11ff);
}

static void take_apart(struct word *word, struct nd_str s, size_t start, size_t end)
{
    word->n_characters = word->n_clusters = 0;
    int base = -1; /* the last cluster that is not empty */
    for (size_t i = start, length; i < end; i += length) {
        const uint32_t c = nd_utf8_decode(s, i, &length);
        utf8proc_int32_t parts[MAX_PARTS];
        const unsigned n = nd_char_is_ignorable(c) ? 0 : decompose(c, parts);
        if (n > 0 && base >= 0 && joins((uint32_t)parts[0])) {
            word->n_clusters = (unsigned)base + 1; /* deleted characters in between go with it */
            word->clusters[base].end = i + length;
            word->clusters[base].n += n;
        } else {
            word->clusters[word->n_clusters] = (struct cluster){i, i + length, word->n_characters, n, false};
            if (n > 0)
                base = (int)word->n_clusters;
            word->n_clusters++;
        }
        memcpy(word->characters + word->n_characters, parts, n * sizeof parts[0]);
        word->n_characters += n;
    }
}

static uint32_t lookalike(uint32_t c)
{
    switch (c) {
#define ND_LOOKALIKE(character, latin)                                                                       \
    case character:                                                                                          \
        return latin;
#include "analyzers/text/lookalikes.def"
#undef ND_LOOKALIKE
    default:
        return 0;
    }
}

/* docs/vietnamese.md, "Look-alikes": only where the word has a Latin letter, and nothing that could be no
 * one's slip. */
static void replace_lookalikes(struct word *word)
{
    bool has_latin = false, has_lookalike = false;
    for (unsigned i = 0; i < word->n_characters; i++) {
        const uint32_t c = (uint32_t)word->characters[i];
        if (lookalike(c))
            has_lookalike = true;
        else if (c >= 0x370 && !joins(c) && nd_char_is_letter(c))
            return;
        else if (!joins(c) && nd_char_is_letter(c))
            has_latin = true;
    }
    if (!has_latin || !has_lookalike)
        return;
    for (unsigned i = 0; i < word->n_characters; i++) {
        const uint32_t latin = lookalike((uint32_t)word->characters[i]);
        if (latin)
            word->characters[i] = (utf8proc_int32_t)latin;
    }
}

static bool is_marked_vowel(utf8proc_int32_t c)
{
    return c == 'a' || c == 'A' || c == 'e' || c == 'E' || c == 'o' || c == 'O';
}

/* Canonical order of marks; on a vowel the circumflex or breve goes before the tone, although Unicode gives
 * both the same class and would keep a tone typed first apart. */
static int mark_rank(utf8proc_int32_t mark, bool on_vowel)
{
    const int tone_last = on_vowel && mark != 0x302 && mark != 0x306;
    return utf8proc_get_property(mark)->combining_class * 2 + tone_last;
}

static void order_marks(utf8proc_int32_t *characters, unsigned n)
{
    const bool on_vowel = is_marked_vowel(characters[0]);
    for (unsigned i = 1; i < n; i++) {
        const utf8proc_int32_t mark = characters[i];
        const int rank = mark_rank(mark, on_vowel);
        unsigned k = i;
        /* A starter among the marks (class 0) is a wall no mark crosses. */
        while (k > 0 && rank > 1 && mark_rank(characters[k - 1], on_vowel) > rank)
            k--;
        memmove(characters + k + 1, characters + k, (i - k) * sizeof characters[0]);
        characters[k] = mark;
    }
}

static void compose(struct word *word)
{
    for (unsigned i = 0; i < word->n_clusters; i++) {
        struct cluster *cluster = &word->clusters[i];
        utf8proc_int32_t *characters = word->characters + cluster->first;
        if (cluster->n < 2)
            continue;
        order_marks(characters, cluster->n);
        /* d with a combining stroke is no letter to Unicode, but it is to the eye. */
        if ((characters[0] | 0x20) == 'd' && (characters[1] == 0x335 || characters[1] == 0x336)) {
            characters[0] = characters[0] == 'd' ? 0x111 : 0x110;
            memmove(characters + 1, characters + 2, (cluster->n - 2) * sizeof characters[0]);
            cluster->n--;
        }
        const utf8proc_ssize_t n = utf8proc_normalize_utf32(characters, (utf8proc_ssize_t)cluster->n,
                                                            UTF8PROC_COMPOSE | UTF8PROC_STABLE);
        g_assert(n > 0 && n <= (utf8proc_ssize_t)cluster->n);
        cluster->n = (unsigned)n;
    }
}

/* The cluster's only character, 0 when it has none or several. */
static uint32_t single(const struct word *word, const struct cluster *cluster)
{
    return cluster->n == 1 ? (uint32_t)word->characters[cluster->first] : 0;
}

/* docs/vietnamese.md, "Tone placement". The fast scan has the same rule for composed text. */
static bool has_new_tone(uint32_t before, uint32_t first, uint32_t second)
{
    struct nd_vowel_letter a, b;
    if (!nd_vowel_letter_parse(first, &a) || !nd_vowel_letter_parse(second, &b) || a.tone != ND_TONE_LEVEL ||
        b.tone == ND_TONE_LEVEL)
        return false;
    if (a.vowel == ND_VOWEL_O)
        return b.vowel == ND_VOWEL_A || b.vowel == ND_VOWEL_E;
    return a.vowel == ND_VOWEL_U && b.vowel == ND_VOWEL_Y && before != 'q' && before != 'Q';
}

static void move_tone(utf8proc_int32_t *from, utf8proc_int32_t *to)
{
    struct nd_vowel_letter first, second;
    nd_vowel_letter_parse((uint32_t)*to, &first);
    nd_vowel_letter_parse((uint32_t)*from, &second);
    first.tone = second.tone;
    second.tone = ND_TONE_LEVEL;
    *to = (utf8proc_int32_t)nd_vowel_letter_compose(first);
    *from = (utf8proc_int32_t)nd_vowel_letter_compose(second);
}

static void place_tone(struct word *word, uint32_t before, uint32_t after)
{
    int visible[3] = {-1, -1, -1}; /* the last three clusters that are not empty */
    for (unsigned i = 0; i <= word->n_clusters; i++) {
        uint32_t next = after;
        if (i < word->n_clusters) {
            if (word->clusters[i].n == 0)
                continue;
            next = (uint32_t)word->characters[word->clusters[i].first];
        }
        if (visible[1] >= 0 && !nd_char_is_letter(next)) {
            struct cluster *first = &word->clusters[visible[1]], *second = &word->clusters[visible[2]];
            const uint32_t third =
                visible[0] >= 0 ? (uint32_t)word->characters[word->clusters[visible[0]].first] : before;
            if (has_new_tone(third, single(word, first), single(word, second))) {
                move_tone(&word->characters[second->first], &word->characters[first->first]);
                for (int k = visible[1] + 1; k <= visible[2]; k++)
                    word->clusters[k].merged = true;
            }
        }
        visible[0] = visible[1];
        visible[1] = visible[2];
        visible[2] = (int)i;
    }
}

static void write_edits(const struct word *word, struct nd_edit_list *list)
{
    for (unsigned i = 0, next; i < word->n_clusters; i = next) {
        char text[MAX_CHARACTERS * MAX_PARTS * 4];
        size_t size = 0;
        next = i;
        do {
            const struct cluster *cluster = &word->clusters[next];
            for (unsigned k = 0; k < cluster->n; k++)
                size += nd_utf8_encode((uint32_t)word->characters[cluster->first + k], text + size);
            next++;
        } while (next < word->n_clusters && word->clusters[next].merged);
        const size_t start = word->clusters[i].start, end = word->clusters[next - 1].end;
        if (!nd_str_equal((struct nd_str){text, size}, nd_str_slice(list->source, start, end)))
            nd_edit_list_replace(list, start, end, text, size);
    }
}

void nd_normalize_word(struct nd_edit_list *list, size_t start, size_t end)
{
    struct word word;
    size_t length;
    take_apart(&word, list->source, start, end);
    replace_lookalikes(&word);
    compose(&word);
    const uint32_t after = end < list->source.n ? nd_utf8_decode(list->source, end, &length) : 0;
    uint32_t before = 0;
    if (start > 0)
        before = nd_utf8_decode(list->source, nd_utf8_floor(list->source, start - 1), &length);
    place_tone(&word, before, after);
    write_edits(&word, list);
}
