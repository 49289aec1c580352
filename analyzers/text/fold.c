#include "analyzers/text/fold.h"

#include "analyzers/text/letters.h"
#include "base/utf8.h"

/* Appends c when it fits; false when the key is full. */
static bool append(uint32_t c, char out[ND_CAP_TERM_BYTES], size_t *n)
{
    char bytes[4];
    const size_t length = nd_utf8_encode(c, bytes);
    if (*n + length > ND_CAP_TERM_BYTES)
        return false;
    memcpy(out + *n, bytes, length);
    *n += length;
    return true;
}

/* The onsets after which a final i and y are one sound with two spellings. docs/vietnamese.md, "i and y". */
static bool alternates(uint32_t onset)
{
    return onset == 'h' || onset == 'k' || onset == 'l' || onset == 'm' || onset == 's' || onset == 't';
}

/* Rewrites i as y where the two are only spellings of one word, in a lower-case word of n characters: the
 * whole rime of a syllable with one of the onsets above (kĩ, tỉ), the word itself when it has a tone (ỉ, í),
 * and after qu (qui, quít). */
static void unify_i(uint32_t *word, size_t n)
{
    size_t at;
    if (n == 2 && alternates(word[0]))
        at = 1;
    else if (n >= 3 && word[0] == 'q' && word[1] == 'u')
        at = 2;
    else if (n == 1)
        at = 0;
    else
        return;
    struct nd_vowel_letter letter;
    if (!nd_vowel_letter_parse(word[at], &letter) || letter.vowel != ND_VOWEL_I)
        return;
    if (at == 0 && letter.tone == ND_TONE_LEVEL)
        return; /* i numbers a list */
    letter.vowel = ND_VOWEL_Y;
    word[at] = nd_vowel_letter_compose(letter);
}

/* Only the first characters can matter to unify_i, and only the cap's worth can get out. */
static size_t decode_lower(struct nd_str token, uint32_t word[ND_CAP_TERM_BYTES])
{
    size_t n = 0;
    for (size_t i = 0, length; i < token.n && n < ND_CAP_TERM_BYTES; i += length)
        word[n++] = nd_letter_lower(nd_utf8_decode(token, i, &length));
    return n;
}

/* A whole number without its leading zeros. docs/vietnamese.md, "Numbers". */
static struct nd_str without_zeros(struct nd_str token)
{
    size_t n_zeros = 0;
    for (size_t i = 0; i < token.n; i++) {
        if (!g_ascii_isdigit(token.p[i]))
            return token;
        n_zeros += n_zeros == i && token.p[i] == '0' && i + 1 < token.n;
    }
    return nd_str_slice(token, n_zeros, token.n);
}

static size_t encode(const uint32_t *word, size_t n_characters, char out[ND_CAP_TERM_BYTES])
{
    size_t n = 0;
    for (size_t i = 0; i < n_characters && append(word[i], out, &n); i++)
        continue;
    return n;
}

size_t nd_fold(struct nd_str token, char out[ND_CAP_TERM_BYTES])
{
    uint32_t word[ND_CAP_TERM_BYTES];
    const size_t n_characters = decode_lower(without_zeros(token), word);
    unify_i(word, n_characters);
    return encode(word, n_characters, out);
}

size_t nd_fold_beginning(struct nd_str token, char out[ND_CAP_TERM_BYTES])
{
    uint32_t word[ND_CAP_TERM_BYTES];
    const size_t n_characters = decode_lower(token, word);
    if (n_characters > 2) /* a whole word of one or two letters may have its i for y, no longer one */
        unify_i(word, n_characters);
    return encode(word, n_characters, out);
}

size_t nd_fold_bare(struct nd_str token, char out[ND_CAP_TERM_BYTES])
{
    uint32_t word[ND_CAP_TERM_BYTES];
    const size_t n_characters = decode_lower(without_zeros(token), word);
    unify_i(word, n_characters);
    size_t n = 0;
    for (size_t i = 0; i < n_characters; i++)
        if (!nd_char_is_mark(word[i]) && !append(nd_letter_bare(word[i]), out, &n))
            break;
    return n;
}

bool nd_is_bare(struct nd_str folded)
{
    char bare[ND_CAP_TERM_BYTES];
    const size_t n = nd_fold_bare(folded, bare);
    return nd_str_equal(folded, (struct nd_str){bare, n});
}
