#include "corpus/read/charset/repair.h"

#include "base/utf8.h"
#include "corpus/read/charset/syllable.h"

#include <uchar.h>

enum {
    RUN_LETTERS = 160,    /* a longer run is no text */
    SYLLABLE_LETTERS = 7, /* nghiêng */
    LONG_RUN = 7,         /* letters from which a run that is no syllable is odd */
    LONG_CAPITALS = 5,    /* the same in capitals, where abbreviations are shorter */
    MAX_PARTS = 40,
    MAX_STEPS = 4000,   /* of the search for one run */
    VOCABULARY = 50000, /* words and pairs: bounds the memory on hostile texts */
    LOST_RUNS = 10,     /* runs that could not be parted, from which a text is called broken */
    SPACED_LETTERS = 4, /* "L U Ậ T": so many letters with a space between are one word or more */
    LOST_HORNS = 5      /* words that lack nothing but ư, from which it is taken for lost */
};

/* Letters between two characters that are none. */
struct run {
    size_t start, end; /* bytes */
    unsigned n;
    uint32_t letters[RUN_LETTERS], lower[RUN_LETTERS];
    bool marked;   /* holds a letter of Vietnamese alone */
    bool capitals; /* no small letter */
    bool lost;     /* holds a character that stands for a lost letter */
};

struct repair {
    struct nd_str text;
    GHashTable *words, *pairs; /* lower case, "a" and "a b" */
    GString *out;
    GArray *blocks;
    size_t next_bound; /* 2 * block for its start, + 1 for its end */
    size_t copied;     /* bytes of text that are in out */
    unsigned repaired, given_up, seen;
    bool horns_lost; /* see lost_its_horns() */
    size_t first;
    char *example;
};

/* One way to part a run. */
struct parting {
    unsigned ends[MAX_PARTS], n;
};

struct search {
    const struct repair *repair;
    const struct run *run;
    struct parting now, found, found_by_pairs;
    unsigned n_found, n_found_by_pairs, steps;
    bool numbered; /* a Roman number may come first: "Chương IQUY ĐỊNH" */
};

static bool is_lost(uint32_t c)
{
    return c == 0xfffd || (c >= 0xe000 && c < 0xf8ff);
}

static bool is_marked_letter(uint32_t c)
{
    return c >= 0x80 && nd_letter_is_vietnamese(c);
}

/* The run at or behind *at, which moves behind it; false at the end. Runs too long are cut short, so their
 * marks are kept off. */
static bool next_run(struct nd_str text, size_t *at, struct run *run)
{
    size_t n = 0;
    uint32_t c = 0;
    while (*at < text.n) {
        c = nd_utf8_decode(text, *at, &n);
        if (g_unichar_isalpha(c) || is_lost(c))
            break;
        *at += n;
    }
    if (*at >= text.n)
        return false;
    run->start = *at;
    run->n = 0;
    run->marked = run->lost = false;
    run->capitals = true;
    bool too_long = false;
    for (; *at < text.n; *at += n) {
        c = nd_utf8_decode(text, *at, &n);
        if (!g_unichar_isalpha(c) && !is_lost(c))
            break;
        if (run->n == RUN_LETTERS) {
            too_long = true;
            continue;
        }
        run->letters[run->n] = c;
        run->lower[run->n++] = g_unichar_tolower(c);
        run->marked |= is_marked_letter(c);
        run->lost |= is_lost(c);
        run->capitals &= !g_unichar_islower(c);
    }
    run->end = *at;
    run->marked &= !too_long;
    run->lost &= !too_long;
    return true;
}

static bool is_roman(const uint32_t *letters, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (letters[i] >= 0x80 || !strchr("IVX", (int)letters[i]))
            return false;
    return n > 0;
}

/* "Chương", "Phần", "Mục": a Roman number comes next. */
static bool is_numbered(const struct run *run)
{
    static const char32_t *const words[] = {U"chương", U"phần", U"mục"};
    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++) {
        unsigned k = 0;
        while (k < run->n && words[i][k] == run->lower[k])
            k++;
        if (k == run->n && words[i][k] == 0)
            return true;
    }
    return false;
}

/* Two syllables have two vowels; abbreviations ("HĐBCQG") have hardly any. */
static bool has_two_vowels(const struct run *run)
{
    unsigned vowels = 0;
    for (unsigned i = 0; i < run->n; i++) {
        gunichar base[4];
        g_unichar_fully_decompose(run->lower[i], FALSE, base, G_N_ELEMENTS(base));
        vowels += base[0] < 0x80 && strchr("aeiouy", (int)base[0]);
    }
    return vowels >= 2;
}

/* Whether the run is no word: numbered says that is_numbered() of the one before. */
static bool is_odd(const struct run *run, bool numbered)
{
    if (run->lost)
        return run->n > 1;
    bool glued_number = numbered && run->capitals && run->n > 2 && is_roman(run->letters, 1) &&
                        !is_roman(run->letters, run->n);
    bool long_run = run->marked && run->n >= (run->capitals ? LONG_CAPITALS : LONG_RUN);
    return (glued_number || (long_run && has_two_vowels(run))) && !nd_syllable_is_valid(run->letters, run->n);
}

/* "Đ I Ề U L Ệ": adds to `run`, one letter, the single letters that follow it with one space each. *at moves
 * behind them; false, and nothing moves, when there are too few or none is marked. */
static bool join_spaced(struct nd_str text, size_t *at, struct run *run)
{
    if (run->n != 1 || run->lost)
        return false;
    struct run joined = *run, next;
    size_t end = *at;
    for (size_t i = end; i < text.n && text.p[i] == ' ' && next_run(text, &i, &next);) {
        if (next.n != 1 || next.lost || next.start != joined.end + 1 || joined.n == RUN_LETTERS)
            break;
        joined.letters[joined.n] = next.letters[0];
        joined.lower[joined.n++] = next.lower[0];
        joined.marked |= next.marked;
        joined.capitals &= next.capitals;
        joined.end = end = i;
    }
    if (joined.n < SPACED_LETTERS || !joined.marked)
        return false;
    *run = joined;
    *at = end;
    return true;
}

static char *key_of(const uint32_t *letters, unsigned n)
{
    return g_ucs4_to_utf8(letters, n, NULL, NULL, NULL);
}

/* Whether text[from..to) is what stands between two words of one sentence. */
static bool is_gap(struct nd_str text, size_t from, size_t to)
{
    return to == from + 1 && (text.p[from] == ' ' || text.p[from] == '\n');
}

static void learn(struct repair *self)
{
    struct run run;
    g_autofree char *before = NULL;
    size_t before_end = 0;
    for (size_t at = 0; next_run(self->text, &at, &run);) {
        g_autofree char *word = NULL;
        if (!run.lost && run.n <= SYLLABLE_LETTERS && nd_syllable_is_valid(run.letters, run.n))
            word = key_of(run.lower, run.n);
        if (word && before && is_gap(self->text, before_end, run.start) &&
            g_hash_table_size(self->pairs) < VOCABULARY)
            g_hash_table_add(self->pairs, g_strdup_printf("%s %s", before, word));
        if (word && g_hash_table_size(self->words) < VOCABULARY)
            g_hash_table_add(self->words, g_strdup(word));
        g_free(before);
        before = g_steal_pointer(&word);
        before_end = run.end;
    }
}

/* All small, all capital, or a capital and small ones. */
static bool is_one_case(const uint32_t *letters, unsigned n)
{
    bool small = false, capital_behind_first = false;
    for (unsigned i = 0; i < n; i++) {
        small |= g_unichar_islower(letters[i]);
        capital_behind_first |= i > 0 && g_unichar_isupper(letters[i]);
    }
    return !small || !capital_behind_first;
}

static bool is_known(const struct repair *self, const struct run *run, unsigned from, unsigned to)
{
    if (!is_one_case(run->letters + from, to - from) || !nd_syllable_is_valid(run->letters + from, to - from))
        return false;
    g_autofree char *word = key_of(run->lower + from, to - from);
    return g_hash_table_contains(self->words, word);
}

static bool has_pairs(const struct repair *self, const struct run *run, const struct parting *parting)
{
    for (unsigned i = 0, from = 0; i + 1 < parting->n; from = parting->ends[i], i++) {
        g_autofree char *a = key_of(run->lower + from, parting->ends[i] - from);
        g_autofree char *b = key_of(run->lower + parting->ends[i], parting->ends[i + 1] - parting->ends[i]);
        g_autofree char *pair = g_strdup_printf("%s %s", a, b);
        if (!g_hash_table_contains(self->pairs, pair))
            return false;
    }
    return true;
}

static void part_from(struct search *s, unsigned from)
{
    if (s->steps++ > MAX_STEPS)
        return;
    if (from == s->run->n) {
        s->found = s->n_found++ == 0 ? s->now : s->found;
        if (has_pairs(s->repair, s->run, &s->now))
            s->found_by_pairs = s->n_found_by_pairs++ == 0 ? s->now : s->found_by_pairs;
        return;
    }
    for (unsigned to = from + 1; to <= MIN(s->run->n, from + SYLLABLE_LETTERS) && s->now.n < MAX_PARTS;
         to++) {
        bool number = s->numbered && from == 0 && is_roman(s->run->letters, to);
        if (!number && !is_known(s->repair, s->run, from, to))
            continue;
        s->now.ends[s->now.n++] = to;
        part_from(s, to);
        s->now.n--;
    }
}

static void move_bounds(struct repair *self, size_t position, size_t moved)
{
    for (; self->next_bound < 2 * (size_t)self->blocks->len; self->next_bound++) {
        struct nd_block *b = &g_array_index(self->blocks, struct nd_block, self->next_bound / 2);
        uint32_t *bound = self->next_bound % 2 ? &b->end : &b->start;
        if (*bound > position)
            return;
        *bound = (uint32_t)(moved - (position - *bound));
    }
}

static void copy_until(struct repair *self, size_t end)
{
    g_string_append_len(self->out, self->text.p + self->copied, (gssize)(end - self->copied));
    move_bounds(self, end, self->out->len);
    self->copied = end;
}

/* text[start..end) becomes `instead`. */
static void replace(struct repair *self, size_t start, size_t end, const char *instead)
{
    copy_until(self, start);
    if (self->repaired++ == 0) {
        self->first = self->out->len;
        self->example = g_strndup(self->text.p + start, end - start);
    }
    g_string_append(self->out, instead);
    self->copied = end;
}

static bool part(struct repair *self, const struct run *run, bool numbered)
{
    struct search s = {.repair = self, .run = run, .numbered = numbered};
    part_from(&s, 0);
    if (s.steps > MAX_STEPS || run->n > 2 * MAX_PARTS || (s.n_found != 1 && s.n_found_by_pairs != 1))
        return false;
    const struct parting *p = s.n_found == 1 ? &s.found : &s.found_by_pairs;
    g_autoptr(GString) words = g_string_new(NULL);
    for (unsigned i = 0, k = 0; i < p->n; i++) {
        if (i > 0)
            g_string_append_c(words, ' ');
        for (; k < p->ends[i]; k++)
            g_string_append_unichar(words, run->letters[k]);
    }
    replace(self, run->start, run->end, words->str);
    return true;
}

/* Whether `word` fits the run but for its lost letters. */
static bool fits(const struct run *run, const char *word)
{
    unsigned i = 0;
    for (const char *p = word; *p; p = g_utf8_next_char(p), i++)
        if (i == run->n || (!is_lost(run->letters[i]) && run->lower[i] != g_utf8_get_char(p)))
            return false;
    return i == run->n;
}

/* The one word of the document that fits, and stands elsewhere beside one of the same neighbours. */
static bool fill(struct repair *self, const struct run *run, const char *before, const char *behind)
{
    GHashTableIter iter;
    gpointer word;
    const char *found = NULL;
    unsigned n = 0;
    g_hash_table_iter_init(&iter, self->words);
    while (g_hash_table_iter_next(&iter, &word, NULL)) {
        if (!fits(run, word))
            continue;
        g_autofree char *left = before ? g_strdup_printf("%s %s", before, (char *)word) : NULL;
        g_autofree char *right = behind ? g_strdup_printf("%s %s", (char *)word, behind) : NULL;
        if ((left && g_hash_table_contains(self->pairs, left)) ||
            (right && g_hash_table_contains(self->pairs, right))) {
            found = word;
            n++;
        }
    }
    if (n != 1)
        return false;
    g_autoptr(GString) filled = g_string_new(NULL);
    unsigned i = 0;
    for (const char *p = found; *p; p = g_utf8_next_char(p), i++) {
        uint32_t c = g_utf8_get_char(p);
        g_string_append_unichar(filled, !is_lost(run->letters[i]) ? run->letters[i]
                                        : run->capitals           ? g_unichar_toupper(c)
                                                                  : c);
    }
    replace(self, run->start, run->end, filled->str);
    return true;
}

/* Where ư makes a syllable of the run, -1 for nowhere or more than one place: 0 for "ơng", 1 for "đợc". */
static int place_of_horn(const struct run *run)
{
    bool word = run->n >= 2 && run->n < SYLLABLE_LETTERS && !run->lost && (run->marked || !run->capitals);
    if (!word || nd_syllable_is_valid(run->letters, run->n))
        return -1;
    int found = -1;
    for (unsigned at = 0; at <= run->n; at++) {
        uint32_t letters[SYLLABLE_LETTERS + 1];
        memcpy(letters, run->letters, at * sizeof *letters);
        letters[at] = U'ư';
        memcpy(letters + at + 1, run->letters + at, (run->n - at) * sizeof *letters);
        if (!nd_syllable_is_valid(letters, run->n + 1))
            continue;
        if (found >= 0)
            return -1;
        found = (int)at;
    }
    return found;
}

/*
 * Whether every ư of the text is gone: it is byte 0xAD in TCVN3, which many a program took for an optional
 * hyphen and dropped ("Trung ơng", "đợc"). A text of some length has it in each sentence.
 */
static bool lost_its_horns(struct nd_str text)
{
    if (memmem(text.p, text.n, "ư", strlen("ư")) || memmem(text.p, text.n, "Ư", strlen("Ư")))
        return false;
    struct run run;
    unsigned n = 0;
    for (size_t at = 0; n < LOST_HORNS && next_run(text, &at, &run);)
        n += run.marked && place_of_horn(&run) >= 0;
    return n == LOST_HORNS;
}

static bool restore_horn(struct repair *self, const struct run *run)
{
    int place = place_of_horn(run);
    if (place < 0)
        return false;
    g_autoptr(GString) word = g_string_new(NULL);
    for (unsigned i = 0; i <= run->n; i++) {
        if ((int)i == place)
            g_string_append_unichar(word, run->capitals ? U'Ư' : U'ư');
        if (i < run->n)
            g_string_append_unichar(word, run->letters[i]);
    }
    replace(self, run->start, run->end, word->str);
    return true;
}

static void repair_runs(struct repair *self)
{
    struct run run, behind;
    g_autofree char *before = NULL;
    size_t before_end = 0;
    bool numbered = false;
    for (size_t at = 0; next_run(self->text, &at, &run);) {
        self->seen += run.marked;
        if (join_spaced(self->text, &at, &run)) {
            (void)part(self, &run, false);
        } else if (self->horns_lost && restore_horn(self, &run)) {
            /* a word again */
        } else if (is_odd(&run, numbered)) {
            bool near = before && is_gap(self->text, before_end, run.start);
            size_t after = at;
            bool more = run.lost && next_run(self->text, &after, &behind) &&
                        is_gap(self->text, run.end, behind.start) && !behind.lost;
            g_autofree char *right = more ? key_of(behind.lower, behind.n) : NULL;
            bool done =
                run.lost ? fill(self, &run, near ? before : NULL, right) : part(self, &run, numbered && near);
            self->given_up += !done && !run.lost && run.n > 2 * SYLLABLE_LETTERS;
        }
        g_free(before);
        before = key_of(run.lower, run.n);
        before_end = run.end;
        numbered = is_numbered(&run);
    }
}

/* Whether b belongs to a run, seen without decoding: general punctuation (0xe2) and Latin-1's (0xc2) do not.
 */
static bool is_run_byte(uint8_t b)
{
    return b >= 0x80 ? b != 0xc2 && b != 0xe2 : g_ascii_isalpha((char)b);
}

/* Whether the runs in text[from..to) are odd; *numbered is of the run before, then of the last. */
static bool holds_odd_run(struct nd_str text, size_t from, size_t to, bool *numbered)
{
    struct run run;
    for (size_t at = from; at < to && next_run(text, &at, &run) && run.start < to;
         *numbered = is_numbered(&run))
        if (is_odd(&run, *numbered) || join_spaced(text, &at, &run))
            return true;
    return false;
}

/* Whether there is anything to repair: most documents have nothing, and learn nothing. Four words of five are
 * too short to be odd and are passed over by their bytes. */
static bool needs_repair(struct nd_str text)
{
    bool numbered = false;
    for (size_t at = 0; at < text.n;) {
        size_t start = at, letters = 0;
        bool lost = false;
        for (; at < text.n && is_run_byte((uint8_t)text.p[at]); at++) {
            letters += ((uint8_t)text.p[at] & 0xc0) != 0x80;
            lost |= (uint8_t)text.p[at] == 0xee || (uint8_t)text.p[at] == 0xef;
        }
        if (at == start) {
            at++;
            continue;
        }
        bool short_word = letters > 1 && letters < LONG_CAPITALS && !lost && !numbered &&
                          !strchr("MmPp", text.p[start]); /* Mục, Phần */
        if (short_word)
            numbered = false;
        else if (holds_odd_run(text, start, at, &numbered))
            return true;
    }
    return false;
}

bool nd_repair_text(struct nd_document *doc)
{
    struct repair self = {.text = nd_document_text(doc), .blocks = doc->blocks};
    self.horns_lost = lost_its_horns(self.text);
    if (!self.horns_lost && !needs_repair(self.text))
        return false;
    self.words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self.pairs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self.out = g_string_sized_new(self.text.n + 256);
    learn(&self);
    repair_runs(&self);
    copy_until(&self, self.text.n);
    g_hash_table_unref(self.words);
    g_hash_table_unref(self.pairs);
    if (self.repaired > 0)
        nd_document_add_diagnostic(doc, "repaired", self.first, "%u places, the first was \"%s\"",
                                   self.repaired, self.example);
    if (self.given_up >= LOST_RUNS && self.given_up * 4 >= self.seen) {
        doc->partial = true;
        nd_document_add_diagnostic(doc, "spaces-lost", 0, "%u runs of letters could not be parted into words",
                                   self.given_up);
    }
    g_free(self.example);
    if (self.repaired == 0) {
        g_string_free(self.out, TRUE);
        return false;
    }
    g_free(doc->text);
    doc->size = self.out->len;
    doc->text = g_string_free(self.out, FALSE);
    return true;
}
