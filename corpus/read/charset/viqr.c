#include "corpus/read/charset/viqr.h"

#include "corpus/read/charset/syllable.h"

enum {
    WORD_LETTERS = 16,
    SURE_WORDS = 10,      /* in a text a fifth of whose words are marked */
    SURE_WORDS_SHORT = 3, /* in one with two thirds */
    SAMPLE_BYTES = 1 << 20
};

struct word {
    size_t bytes; /* of the source */
    uint32_t letters[WORD_LETTERS];
    size_t n;
    unsigned marks; /* quality and tone marks, "dd" */
};

/* The letter that c becomes under a mark, or 0. */
static uint32_t marked(uint32_t c, char mark)
{
    static const struct {
        char mark;
        uint32_t combining;
    } marks[] = {{'^', 0x302}, {'(', 0x306}, {'+', 0x31b}, {'\'', 0x301},
                 {'`', 0x300}, {'?', 0x309}, {'~', 0x303}, {'.', 0x323}};
    for (unsigned i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (marks[i].mark != mark)
            continue;
        uint32_t composed = nd_letter_with_mark(c, marks[i].combining);
        return nd_letter_is_vietnamese(composed) ? composed : 0;
    }
    return 0;
}

static bool is_small_vowel(uint32_t c)
{
    return c < 0x80 && strchr("aeiouy", g_ascii_tolower((char)c));
}

/*
 * Whether the mark at p, behind a plain letter at the end of a word, is punctuation after all: people do not
 * write
 * "\\." for a full stop as they should. A new sentence follows, or the tone would belong on the vowel before:
 * "sau."
 */
static bool is_punctuation(const struct word *word, const char *p, const char *end)
{
    if (p + 1 < end && (g_ascii_isalpha(p[1]) || strchr("^(+'`?~.", p[1])))
        return false;
    if (*p == '(')
        return true;
    if (*p != '.' && *p != '?')
        return false;
    const char *next = p + 1;
    while (next < end && g_ascii_isspace(*next))
        next++;
    if (next == end || g_ascii_isupper(*next))
        return true;
    return word->n >= 2 && strchr("iuo", g_ascii_tolower((char)word->letters[word->n - 1])) &&
           (is_small_vowel(word->letters[word->n - 2]) || word->letters[word->n - 2] >= 0x80);
}

static bool is_syllable(const struct word *word)
{
    return word->marks > 0 && nd_syllable_is_valid(word->letters, word->n);
}

/* "SKHDDT": an abbreviation in capitals. */
static bool is_abbreviation(const struct word *word)
{
    bool found = false;
    for (size_t i = 0; i < word->n; i++) {
        found |= word->letters[i] == 0x110;
        if (word->letters[i] != 0x110 &&
            (word->letters[i] >= 0x80 || !g_ascii_isupper((char)word->letters[i])))
            return false;
    }
    return found;
}

/* Reads the word at p as VIQR. */
static struct word read_word(const char *p, const char *end)
{
    struct word word = {0}, before = {0}; /* before: without the last mark, which may be punctuation */
    const char *s = p;
    for (; s < end && word.n < WORD_LETTERS; s++) {
        uint32_t last = word.n > 0 ? word.letters[word.n - 1] : 0;
        if (g_ascii_isalpha(*s)) {
            if ((*s | 0x20) == 'd' && (last == 'd' || last == 'D')) {
                word.letters[word.n - 1] = last == 'D' ? 0x110 : 0x111;
                word.marks += 2;
            } else {
                word.letters[word.n++] = (uint32_t)*s;
            }
            continue;
        }
        uint32_t c = marked(last, *s);
        if (!c || (last < 0x80 && is_punctuation(&word, s, end)))
            break;
        before = word;
        before.bytes = (size_t)(s - p);
        word.letters[word.n - 1] = c;
        word.marks++;
    }
    word.bytes = (size_t)(s - p);
    bool one_too_many = before.bytes + 1 == word.bytes && strchr(".?'", s[-1]);
    return one_too_many && !is_syllable(&word) && is_syllable(&before) ? before : word;
}

static bool is_viqr(struct nd_str text)
{
    g_autoptr(GHashTable) sure = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t words = 0, good = 0;
    const char *end = text.p + MIN(text.n, (size_t)SAMPLE_BYTES);
    for (const char *p = text.p; p < end;) {
        if ((uint8_t)*p >= 0x80)
            return false;
        if (!g_ascii_isalpha(*p)) {
            p++;
            continue;
        }
        struct word word = read_word(p, end);
        words++;
        if (is_syllable(&word)) {
            good++;
            if (word.marks >= 2)
                g_hash_table_add(sure, g_strndup(p, word.bytes));
        }
        p += MAX(word.bytes, (size_t)1);
    }
    guint different = g_hash_table_size(sure);
    return (different >= SURE_WORDS && good * 5 >= words) ||
           (different >= SURE_WORDS_SHORT && good * 3 >= words * 2);
}

/* Ends of blocks not yet moved to their place in the new text: 2 * block for its start, + 1 for its end. */
struct bounds {
    GArray *blocks;
    size_t next;
};

static void move_bounds(struct bounds *bounds, size_t position, size_t moved)
{
    for (; bounds->next < 2 * (size_t)bounds->blocks->len; bounds->next++) {
        struct nd_block *b = &g_array_index(bounds->blocks, struct nd_block, bounds->next / 2);
        uint32_t *bound = bounds->next % 2 ? &b->end : &b->start;
        if (*bound > position)
            return;
        *bound = (uint32_t)moved;
    }
}

static GString *decode(struct nd_str text, struct bounds *bounds)
{
    GString *out = g_string_sized_new(text.n);
    const char *end = text.p + text.n;
    for (const char *p = text.p; p < end;) {
        if (bounds)
            move_bounds(bounds, (size_t)(p - text.p), out->len);
        if (*p == '\\' && p + 1 < end) {
            p++;
            g_string_append_c(out, *p++);
            continue;
        }
        struct word word = g_ascii_isalpha(*p) ? read_word(p, end) : (struct word){0};
        if (word.bytes == 0) {
            g_string_append_c(out, *p++);
            continue;
        }
        if (is_syllable(&word) || is_abbreviation(&word))
            for (size_t i = 0; i < word.n; i++)
                g_string_append_unichar(out, word.letters[i]);
        else
            g_string_append_len(out, p, (gssize)word.bytes);
        p += word.bytes;
    }
    if (bounds)
        move_bounds(bounds, text.n, out->len);
    return out;
}

char *nd_viqr_decode(struct nd_str text)
{
    return is_viqr(text) ? g_string_free(decode(text, NULL), FALSE) : NULL;
}

bool nd_convert_viqr(struct nd_document *doc)
{
    struct nd_str text = nd_document_text(doc);
    if (!is_viqr(text))
        return false;
    struct bounds bounds = {.blocks = doc->blocks};
    GString *out = decode(text, &bounds);
    g_free(doc->text);
    doc->size = out->len;
    doc->text = g_string_free(out, FALSE);
    g_free(doc->encoding);
    doc->encoding = g_strdup("viqr");
    return true;
}
