#include "corpus/read/charset/convert.h"

#include "base/utf8.h"
#include "corpus/read/charset/bytes.h"
#include "corpus/read/charset/syllable.h"

enum {
    TOKEN_CODEPOINTS = 48,  /* a longer run of letters is no Vietnamese word in any encoding */
    DISTINCT_TO_ACCEPT = 3, /* different words that an encoding must explain */
    DISTINCT_WORDS = 20000, /* enough to know; bounds the memory on hostile texts */
    REACH_BYTES = 2000,     /* how far a word's neighbours may stand away to decide over it */
    OTHER_LINE_BYTES = 400  /* added to that for a neighbour in another line */
};

enum verdict {
    NEUTRAL, /* nothing that only Vietnamese or a legacy encoding would write */
    INVALID,
    VALID
};

enum token_class {
    KEEP,      /* reads as it stands, but could stand so in a legacy text too: testifies for nothing */
    UNICODE,   /* certainly Unicode: keep */
    LEGACY,    /* certainly `encoding`: convert */
    AMBIGUOUS, /* Vietnamese both ways: goes with its neighbours */
    UNKNOWN    /* Vietnamese neither way: an abbreviation or a foreign word */
};

struct token {
    uint32_t start, end;
    uint8_t class;
    uint8_t encoding;
    bool by_font; /* the font decided the class */
};

struct conversion {
    struct nd_str text;
    const GArray *runs;
    GArray *tokens; /* those with a character beyond ASCII */
    uint8_t accepted[ND_N_LEGACY];
    unsigned n_accepted;
    bool fonts_lie[ND_N_LEGACY]; /* text in fonts of this encoding is Unicode all the same */
};

struct letters {
    uint32_t c[TOKEN_CODEPOINTS];
    size_t n;
};

/* Characters that Latin-1 has and Vietnamese has not, or that no text has: what legacy text is full of. */
static bool is_suspect(uint32_t c)
{
    if (c >= 0x80 && c < 0xa0)
        return true;
    if (c >= 0xf020 && c <= 0xf0ff)
        return true;
    return c > 0xa0 && c < 0x100 && c != 0xab && c != 0xbb && !nd_letter_is_vietnamese(c);
}

/* is_suspect() of the first 256 characters. */
static const bool *suspects_of_latin1(void)
{
    static bool suspects[0x100];
    static gsize made = 0;
    if (g_once_init_enter(&made)) {
        for (uint32_t c = 0; c < G_N_ELEMENTS(suspects); c++)
            suspects[c] = is_suspect(c);
        g_once_init_leave(&made, 1);
    }
    return suspects;
}

unsigned nd_legacy_suspects(struct nd_str text)
{
    const bool *const suspect = suspects_of_latin1();
    unsigned suspects = 0;
    size_t last = 0; /* behind the last letter of Latin-1 */
    for (size_t i = 0, n; i < text.n; i += n) {
        /* U+0080..U+00FF begin with 0xc2 or 0xc3, U+F0xx with 0xef, which stand nowhere but in front: skip
         * the rest undecoded, byte by byte */
        const uint8_t lead = (uint8_t)text.p[i];
        n = 1;
        if ((lead & 0xfe) != 0xc2 && lead != 0xef)
            continue;
        const bool latin1 = lead != 0xef;
        n = latin1 ? 2 : 3;
        const bool odd = latin1 ? suspect[(lead & 3) << 6 | (text.p[i + 1] & 0x3f)]
                                : is_suspect(nd_utf8_decode(text, i, &n));
        suspects += (odd && ((i > 0 && g_ascii_isalpha(text.p[i - 1])) ||
                             (i + n < text.n && g_ascii_isalpha(text.p[i + n])))) ||
                    (lead == 0xc3 && i > 0 && last == i);
        last = lead == 0xc3 ? i + n : last;
        if (suspects >= ND_LEGACY_SUSPECTS_TO_START)
            break;
    }
    return suspects;
}

static bool is_separator(uint32_t c)
{
    if (c < 0x80)
        return !g_ascii_isalpha((char)c) && (c >= 0x20 || c == '\n' || c == '\t' || c == '\r' || c == '\f');
    return c == 0x2028 || c == 0x2029 || c == 0x3000;
}

static void find_tokens(struct conversion *self)
{
    struct nd_str text = self->text;
    for (size_t i = 0; i < text.n;) {
        size_t start = i, n = 0;
        bool high = false;
        while (i < text.n) {
            uint32_t c = nd_utf8_decode(text, i, &n);
            if (is_separator(c))
                break;
            high = high || c >= 0x80 || c < 0x20;
            i += n;
        }
        if (high)
            g_array_append_val(self->tokens, ((struct token){.start = (uint32_t)start, .end = (uint32_t)i}));
        if (i < text.n) /* the separator */
            i += n;
    }
}

/* False when the token is too long to be a word. */
static bool get_letters(const struct conversion *self, const struct token *token, struct letters *out)
{
    out->n = 0;
    for (size_t i = token->start, n; i < token->end; i += n) {
        if (out->n == TOKEN_CODEPOINTS)
            return false;
        out->c[out->n++] = nd_utf8_decode(self->text, i, &n);
    }
    return true;
}

/* Composes combining marks, so that decomposed Unicode is judged like composed. */
static void compose(struct letters *word)
{
    size_t n = 0;
    for (size_t i = 0; i < word->n; i++) {
        bool mark = n > 0 && word->c[i] >= 0x300 && word->c[i] < 0x370;
        uint32_t composed = mark ? nd_letter_with_mark(word->c[n - 1], word->c[i]) : 0;
        if (composed)
            word->c[n - 1] = composed;
        else
            word->c[n++] = word->c[i];
    }
    word->n = n;
}

/* Judges the word as decoded: every run of letters in it that is not pure ASCII must be a syllable. */
static enum verdict judge(const struct letters *word)
{
    enum verdict verdict = NEUTRAL;
    for (size_t i = 0; i < word->n;) {
        size_t start = i;
        bool high = false, small = false, small_ascii = false, capital_inside = false;
        for (; i < word->n && g_unichar_isalpha(word->c[i]) && !is_suspect(word->c[i]); i++) {
            high |= word->c[i] >= 0x80;
            /* a sure sign of a wrong table; but ABC writes capitals as "CéNG" */
            capital_inside |= g_unichar_isupper(word->c[i]) && (small_ascii || (small && word->c[i] >= 0x80));
            small |= g_unichar_islower(word->c[i]);
            small_ascii |= word->c[i] < 0x80 && g_ascii_islower((char)word->c[i]);
        }
        if (high) {
            if (capital_inside || !nd_syllable_is_valid(word->c + start, i - start))
                return INVALID;
            verdict = VALID;
        }
        if (i < word->n && i == start) {
            bool quote_inside = (word->c[i] == 0xab || word->c[i] == 0xbb) && i > 0 && i + 1 < word->n &&
                                g_unichar_isalpha(word->c[i - 1]) && g_unichar_isalpha(word->c[i + 1]);
            if (is_suspect(word->c[i]) || quote_inside)
                return INVALID;
            i++;
        }
    }
    return verdict;
}

/* Decodes into *out; false when that is the same, so that the encoding has nothing to say about the word. */
static bool decode_as(const struct letters *word, enum nd_legacy encoding, struct letters *out)
{
    out->n = nd_legacy_decode(encoding, word->c, word->n, out->c);
    return out->n != word->n || memcmp(out->c, word->c, word->n * sizeof *word->c) != 0;
}

static enum verdict judge_as(const struct letters *word, enum nd_legacy encoding)
{
    struct letters decoded;
    return decode_as(word, encoding, &decoded) ? judge(&decoded) : INVALID;
}

static bool has_beyond_latin1(const struct letters *word)
{
    for (size_t i = 0; i < word->n; i++)
        if (nd_legacy_byte(word->c[i]) < 0)
            return true;
    return false;
}

static struct nd_legacy_font font_at(const struct conversion *self, uint32_t offset)
{
    struct nd_legacy_font none = {ND_LEGACY_NONE, false};
    if (!self->runs || self->runs->len == 0)
        return none;
    guint low = 0, high = self->runs->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(self->runs, struct nd_font_run, middle).start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? g_array_index(self->runs, struct nd_font_run, low - 1).font : none;
}

/* The font of the token's first character beyond ASCII: capitals and small letters come in two fonts. */
static enum nd_legacy token_font(const struct conversion *self, const struct token *token)
{
    size_t i = token->start;
    while (i < token->end && (uint8_t)self->text.p[i] < 0x80)
        i++;
    return font_at(self, (uint32_t)i).encoding;
}

/* Text in a legacy font that reads as Unicode more often than as the font's encoding was set in that font by
 * mistake. */
static void find_lying_fonts(struct conversion *self)
{
    unsigned unicode[ND_N_LEGACY] = {0}, legacy[ND_N_LEGACY] = {0};
    for (guint i = 0; i < self->tokens->len; i++) {
        const struct token *token = &g_array_index(self->tokens, struct token, i);
        enum nd_legacy font = token_font(self, token);
        struct letters word;
        if (font == ND_LEGACY_NONE || !get_letters(self, token, &word))
            continue;
        bool as_legacy = judge_as(&word, font) == VALID;
        compose(&word);
        bool as_unicode = judge(&word) == VALID && has_beyond_latin1(&word);
        unicode[font] += as_unicode && !as_legacy;
        legacy[font] += as_legacy && !as_unicode;
    }
    for (unsigned e = 1; e < ND_N_LEGACY; e++) {
        self->fonts_lie[e] = unicode[e] > legacy[e];
        if (legacy[e] >= DISTINCT_TO_ACCEPT && !self->fonts_lie[e])
            self->accepted[self->n_accepted++] = (uint8_t)e;
    }
}

/* A word that is no Vietnamese as it stands: how often it occurs, and a bit for each encoding that makes it
 * Vietnamese. */
struct suspect {
    unsigned count, encodings;
};

static GHashTable *collect_suspects(const struct conversion *self)
{
    GHashTable *suspects = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < self->tokens->len && g_hash_table_size(suspects) < DISTINCT_WORDS; i++) {
        const struct token *token = &g_array_index(self->tokens, struct token, i);
        struct letters word, composed;
        if (token_font(self, token) != ND_LEGACY_NONE || !get_letters(self, token, &word))
            continue;
        composed = word;
        compose(&composed);
        if (word.n < 2 || judge(&composed) != INVALID)
            continue;
        g_autofree char *key = g_strndup(self->text.p + token->start, token->end - token->start);
        struct suspect *suspect = g_hash_table_lookup(suspects, key);
        if (!suspect) {
            suspect = g_new0(struct suspect, 1);
            for (unsigned e = 1; e < ND_N_LEGACY; e++)
                suspect->encodings |= judge_as(&word, (enum nd_legacy)e) == VALID ? 1u << e : 0;
            if (suspect->encodings == 0 && has_beyond_latin1(&word)) { /* Cyrillic, Greek: says nothing */
                g_free(suspect);
                continue;
            }
            g_hash_table_insert(suspects, g_steal_pointer(&key), suspect);
        }
        suspect->count++;
    }
    return suspects;
}

/* Which encodings the words without a telling font are in: the one that explains most, then the one that
 * explains most of the rest, as long as what it explains outweighs what nothing explains. */
static void find_encodings(struct conversion *self)
{
    g_autoptr(GHashTable) suspects = collect_suspects(self);
    unsigned known = 0;
    for (unsigned i = 0; i < self->n_accepted; i++)
        known |= 1u << self->accepted[i];
    for (;;) {
        unsigned good[ND_N_LEGACY] = {0}, distinct[ND_N_LEGACY] = {0}, unexplained = 0, best = 0;
        GHashTableIter iter;
        gpointer value;
        g_hash_table_iter_init(&iter, suspects);
        while (g_hash_table_iter_next(&iter, NULL, &value)) {
            const struct suspect *suspect = value;
            unexplained += suspect->encodings == 0 ? suspect->count : 0;
            for (unsigned e = 1; e < ND_N_LEGACY && !(suspect->encodings & known); e++) {
                good[e] += suspect->encodings >> e & 1 ? suspect->count : 0;
                distinct[e] += suspect->encodings >> e & 1;
            }
        }
        for (unsigned e = 1; e < ND_N_LEGACY; e++)
            best = good[e] > good[best] ? e : best;
        if (best == 0 || distinct[best] < DISTINCT_TO_ACCEPT || good[best] < 3 * unexplained)
            return;
        self->accepted[self->n_accepted++] = (uint8_t)best;
        known |= 1u << best;
    }
}

static bool same_line(struct nd_str text, const struct token *a, const struct token *b)
{
    return !memchr(text.p + a->end, '\n', b->start - a->end);
}

/* Orders the accepted encodings by how many words of the line of tokens [first..end) each explains: where a
 * file is pasted from two of them, many a word of the one spells another word in the other. Equals stay as
 * they were for the line before. Returns the end of the line. */
static guint prefer_for_line(struct conversion *self, guint first)
{
    unsigned good[ND_N_LEGACY] = {0};
    guint i = first;
    do {
        const struct token *token = &g_array_index(self->tokens, struct token, i++);
        struct letters word;
        if (!get_letters(self, token, &word))
            continue;
        for (unsigned e = 0; e < self->n_accepted; e++)
            good[self->accepted[e]] += judge_as(&word, (enum nd_legacy)self->accepted[e]) == VALID;
    } while (i < self->tokens->len && same_line(self->text, &g_array_index(self->tokens, struct token, i - 1),
                                                &g_array_index(self->tokens, struct token, i)));
    for (unsigned a = 1; a < self->n_accepted; a++)
        for (unsigned b = a; b > 0 && good[self->accepted[b]] > good[self->accepted[b - 1]]; b--) {
            uint8_t moved = self->accepted[b];
            self->accepted[b] = self->accepted[b - 1];
            self->accepted[b - 1] = moved;
        }
    return i;
}

static void classify(const struct conversion *self, struct token *token)
{
    struct letters word, composed;
    token->class = KEEP;
    token->encoding = ND_LEGACY_NONE;
    if (!get_letters(self, token, &word))
        return;
    composed = word;
    compose(&composed);
    enum verdict as_unicode = judge(&composed);
    enum nd_legacy font = token_font(self, token);
    if (font != ND_LEGACY_NONE && !self->fonts_lie[font]) {
        token->encoding = (uint8_t)font;
        token->by_font = true;
        token->class = as_unicode == VALID && has_beyond_latin1(&word) && judge_as(&word, font) != VALID
                           ? UNICODE
                           : LEGACY;
        return;
    }
    token->class = UNKNOWN;
    for (unsigned e = 0; e < self->n_accepted; e++) {
        struct letters decoded;
        bool changes = decode_as(&word, (enum nd_legacy)self->accepted[e], &decoded);
        if (!changes && as_unicode == VALID) { /* "Thông" is the same in windows-1258 */
            token->class = has_beyond_latin1(&word) ? UNICODE : KEEP;
            return;
        }
        if (!changes || judge(&decoded) != VALID)
            continue;
        token->encoding = self->accepted[e];
        /* a single letter is the weakest evidence: © is â in TCVN3, and a copyright sign */
        token->class = as_unicode == INVALID && word.n > 1 ? LEGACY : AMBIGUOUS;
        return;
    }
    if (as_unicode == INVALID && self->n_accepted > 0)
        token->encoding = self->accepted[0];
    else
        token->class = has_beyond_latin1(&word) ? UNICODE : KEEP;
}

/* Whether every odd character of the word becomes a letter: abbreviations such as "H§ND". */
static bool decodes_fully(const struct conversion *self, const struct token *token)
{
    struct letters word;
    if (!get_letters(self, token, &word))
        return false;
    word.n = nd_legacy_decode((enum nd_legacy)token->encoding, word.c, word.n, word.c);
    for (size_t i = 0; i < word.n; i++)
        if (is_suspect(word.c[i]))
            return false;
    return true;
}

static bool has_ascii_letter(const struct conversion *self, const struct token *token)
{
    for (size_t i = token->start; i < token->end; i++)
        if (g_ascii_isalpha(self->text.p[i]))
            return true;
    return false;
}

/* How far apart a token and a decided one before or behind it stand; another line is farther than any word of
 * the same. */
static uint32_t distance(struct nd_str text, uint32_t from, uint32_t to)
{
    return to - from + (memchr(text.p + from, '\n', to - from) ? OTHER_LINE_BYTES : 0);
}

/* Gives the undecided tokens to the nearest decided one on either side. What a font decided says nothing of
 * text in other fonts. */
static void settle(struct conversion *self)
{
    guint n = self->tokens->len;
    g_autofree struct token *before = g_new0(struct token, n + 1);
    struct token last[2] = {{.class = UNKNOWN}, {.class = UNKNOWN}}; /* of any kind, decided by words alone */
    for (guint i = 0; i < n; i++) {
        struct token t = g_array_index(self->tokens, struct token, i);
        before[i] = last[self->runs != NULL];
        if (t.class == UNICODE || t.class == LEGACY) {
            last[0] = t;
            last[1] = t.by_font ? last[1] : t;
        }
    }
    struct token after[2] = {{.class = UNKNOWN}, {.class = UNKNOWN}};
    for (guint i = n; i-- > 0;) {
        struct token *t = &g_array_index(self->tokens, struct token, i);
        if (t->class == UNICODE || t->class == LEGACY) {
            after[0] = *t;
            after[1] = t->by_font ? after[1] : *t;
            continue;
        }
        if (t->class == KEEP)
            continue;
        struct token next = after[self->runs != NULL];
        uint32_t to_left =
                     before[i].class != UNKNOWN ? distance(self->text, before[i].end, t->start) : UINT32_MAX,
                 to_right = next.class != UNKNOWN ? distance(self->text, t->end, next.start) : UINT32_MAX;
        bool left = to_left < REACH_BYTES, right = to_right < REACH_BYTES;
        bool left_legacy = left && before[i].class == LEGACY, right_legacy = right && next.class == LEGACY;
        bool legacy;
        if (left && right && left_legacy != right_legacy)
            legacy = to_left <= to_right ? left_legacy : right_legacy;
        else
            legacy = left_legacy || right_legacy;
        if (t->class == UNKNOWN)
            legacy = legacy && (left_legacy == right_legacy || has_ascii_letter(self, t)) &&
                     decodes_fully(self, t);
        t->class = legacy ? LEGACY : UNICODE;
    }
}

/* ABC has no capitals with marks: "CéNG HßA" is a line in capitals. Words with digits ("12/Q§-UB") are in
 * capitals anyway and say nothing, nor do abbreviations ("Sè TT") and words of one letter. */
static bool is_capitals(struct nd_str s)
{
    bool found = false;
    for (size_t i = 0; i < s.n;) {
        unsigned upper = 0, high = 0, other = 0;
        for (; i < s.n && s.p[i] != ' '; i++) {
            if (g_ascii_islower(s.p[i]))
                return false;
            upper += g_ascii_isupper(s.p[i]) != 0;
            high += (uint8_t)s.p[i] >= 0x80;
            other += g_ascii_isdigit(s.p[i]) || s.p[i] == '/';
        }
        found |= upper >= 2 && high > 0 && other == 0;
        i += i < s.n;
    }
    return found;
}

static struct nd_str line_around(struct nd_str text, size_t start, size_t end)
{
    while (start > 0 && !strchr("\n\t\f", text.p[start - 1]))
        start--;
    while (end < text.n && !strchr("\n\t\f", text.p[end]))
        end++;
    return nd_str_slice(text, start, end);
}

static void append_decoded(GString *out, const struct conversion *self, const struct token *token)
{
    struct letters word;
    if (!get_letters(self, token, &word)) {
        g_string_append_len(out, self->text.p + token->start, token->end - token->start);
        return;
    }
    bool capitals = font_at(self, token->start).capitals;
    if (token->encoding == ND_LEGACY_TCVN3 && !capitals)
        capitals = is_capitals(nd_str_slice(self->text, token->start, token->end)) ||
                   is_capitals(line_around(self->text, token->start, token->end));
    /* the font may change inside the word: "§" in the capitals' font, "¶ng" in the other */
    bool upper[TOKEN_CODEPOINTS];
    size_t k = 0;
    for (size_t i = token->start, n; i < token->end; i += n, k++) {
        (void)nd_utf8_decode(self->text, i, &n);
        upper[k] = self->runs && i > token->start ? font_at(self, (uint32_t)i).capitals : capitals;
    }
    bool one_to_one = token->encoding == ND_LEGACY_TCVN3 || token->encoding == ND_LEGACY_VISCII ||
                      token->encoding == ND_LEGACY_VPS;
    size_t n = nd_legacy_decode((enum nd_legacy)token->encoding, word.c, word.n, word.c);
    for (size_t i = 0; i < n; i++) {
        uint32_t c = word.c[i];
        if (c >= 0xf020 && c < 0xf080)
            c -= 0xf000;
        if (capitals || (one_to_one && upper[i]))
            c = g_unichar_toupper(c);
        g_string_append_unichar(out, c);
    }
}

/* Copies text[from..to), capitals where the font says so; positions of `bounds` move along. */
struct rewriter {
    const struct conversion *self;
    GString *out;
    GArray *blocks;
    size_t next; /* bound not yet moved: 2 * block for its start, + 1 for its end */
};

static void move_bounds(struct rewriter *w, size_t position)
{
    for (; w->next < 2 * (size_t)w->blocks->len; w->next++) {
        struct nd_block *b = &g_array_index(w->blocks, struct nd_block, w->next / 2);
        uint32_t *bound = w->next % 2 ? &b->end : &b->start;
        if (*bound > position)
            return;
        *bound = (uint32_t)w->out->len;
    }
}

static void copy_gap(struct rewriter *w, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        move_bounds(w, i);
        char c = w->self->text.p[i];
        if (g_ascii_islower(c) && w->self->runs) {
            struct nd_legacy_font font = font_at(w->self, (uint32_t)i);
            if (font.capitals && !w->self->fonts_lie[font.encoding])
                c = g_ascii_toupper(c);
        }
        g_string_append_c(w->out, c);
    }
}

static char *rewrite(struct conversion *self, GArray *blocks, size_t *size_out, size_t counts[ND_N_LEGACY])
{
    struct rewriter w = {
        .self = self, .out = g_string_sized_new(self->text.n + self->text.n / 4), .blocks = blocks};
    size_t at = 0;
    for (guint i = 0; i < self->tokens->len; i++) {
        const struct token *token = &g_array_index(self->tokens, struct token, i);
        if (token->class != LEGACY)
            continue;
        copy_gap(&w, at, token->start);
        move_bounds(&w, token->start);
        append_decoded(w.out, self, token);
        counts[token->encoding]++;
        at = token->end;
    }
    copy_gap(&w, at, self->text.n);
    move_bounds(&w, self->text.n);
    *size_out = w.out->len;
    return g_string_free(w.out, FALSE);
}

static bool any_legacy_font(const GArray *runs)
{
    for (guint i = 0; runs && i < runs->len; i++)
        if (g_array_index(runs, struct nd_font_run, i).font.encoding != ND_LEGACY_NONE)
            return true;
    return false;
}

bool nd_convert_legacy(struct nd_document *doc, const GArray *runs)
{
    struct conversion self = {.text = nd_document_text(doc), .runs = any_legacy_font(runs) ? runs : NULL};
    if (!self.runs && nd_legacy_suspects(self.text) < ND_LEGACY_SUSPECTS_TO_START)
        return false;
    g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
    self.tokens = tokens;
    find_tokens(&self);
    find_lying_fonts(&self);
    find_encodings(&self);
    if (self.n_accepted == 0 && !self.runs)
        return false;
    for (guint i = 0, line_end = 0; i < tokens->len; i++) {
        if (i == line_end && self.n_accepted > 1)
            line_end = prefer_for_line(&self, i);
        classify(&self, &g_array_index(tokens, struct token, i));
    }
    settle(&self);
    size_t counts[ND_N_LEGACY] = {0}, size;
    char *text = rewrite(&self, doc->blocks, &size, counts);
    g_free(doc->text);
    doc->text = text;
    doc->size = size;
    unsigned most = 0;
    for (unsigned e = 1; e < ND_N_LEGACY; e++)
        most = counts[e] > counts[most] ? e : most;
    if (most == 0)
        return false;
    g_free(doc->encoding);
    doc->encoding = g_strdup(nd_legacy_name((enum nd_legacy)most));
    return true;
}

/* The name as `encoding` has it, NULL unless each of its words beyond ASCII is Vietnamese then. */
static char *name_as(const struct conversion *self, enum nd_legacy encoding)
{
    g_autoptr(GString) out = g_string_new(NULL);
    size_t at = 0;
    for (guint i = 0; i < self->tokens->len; i++) {
        const struct token *token = &g_array_index(self->tokens, struct token, i);
        struct letters word;
        if (!get_letters(self, token, &word) || judge_as(&word, encoding) != VALID)
            return NULL;
        g_string_append_len(out, self->text.p + at, (gssize)(token->start - at));
        append_decoded(out, self,
                       &(struct token){token->start, token->end, LEGACY, (uint8_t)encoding, false});
        at = token->end;
    }
    g_string_append_len(out, self->text.p + at, (gssize)(self->text.n - at));
    return g_string_free(g_steal_pointer(&out), FALSE);
}

char *nd_convert_name(struct nd_bytes name)
{
    if (nd_utf8_valid_prefix(name) == name.n)
        return g_strndup((const char *)name.p, name.n);
    g_autoptr(GString) text = g_string_new(NULL), dos = g_string_new(NULL);
    for (size_t i = 0; i < name.n; i++) {
        g_string_append_unichar(text, nd_text_code_page_char(1252, name.p[i]));
        g_string_append_unichar(dos, nd_text_code_page_char(437, name.p[i]));
    }
    g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
    struct conversion self = {.text = {text->str, text->len}, .tokens = tokens};
    find_tokens(&self);
    for (unsigned e = 1; e < ND_N_LEGACY; e++) {
        char *found = name_as(&self, (enum nd_legacy)e);
        if (found)
            return found;
    }
    return g_string_free(g_steal_pointer(&dos), FALSE);
}
