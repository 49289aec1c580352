#include "analyzers/text/terms.h"

#include "analyzers/text/abbreviations.h"
#include "analyzers/text/fold.h"
#include "analyzers/text/tokenize.h"
#include "analyzers/text/vocabulary.h"

#include <stdlib.h>

/*
 * Two passes over a document's tokens. The first numbers the words and sees which lines have lost their
 * accents; the second counts. Then the distinct words are sorted, and the terms, group by group of prefixes,
 * come out in byte order: numbers, A, B, K, S, Z, words.
 */

/* A line with so many syllables, none accented, has lost its accents. In running text no more than a few
 * syllables without accent stand together, and a short line may be a name. */
enum { LOST_LINE_SYLLABLES = 4 };

enum { LEAD_BYTES = 300 }; /* of a first line that may be a title */
enum { TITLE_WORDS_CAP = 1000 };
enum { WORD_BITS = 30 }; /* of a word's number; a text has no more bytes than that */

/* Four bytes, because a text may have ten million. */
struct token {
    uint32_t word : WORD_BITS;
    uint32_t lost : 1; /* stands in text that lost its accents */
};

/* What this document has of one word. */
struct count {
    uint32_t n, n_lost, n_title;
};

struct nd_terms {
    struct nd_vocabulary *vocabulary;
    struct count *counts; /* by word number; zero for words this document does not have */
    size_t counts_capacity;
    GArray *tokens;   /* of struct token */
    GArray *distinct; /* of uint32_t: the words of text and title, sorted by key */
    GArray *bigrams;  /* of uint32_t: two hashes, sorted */
    GArray *cited;    /* of struct nd_str: keys, sorted */
    GArray *stemmed;  /* of uint32_t: distinct words that have a stem, sorted by it */
    GByteArray *stream;
    GArray *block_words;            /* of uint32_t */
    GArray *terms;                  /* of struct nd_term */
    struct nd_abbreviations *known; /* definitions met so far */
    GArray *abbreviations; /* of struct nd_abbreviation: those not taken yet, borrowed from `known` */
    GString *texts;        /* of B, K and S terms */
    uint32_t length;
    uint32_t first_not_taken;
};

struct nd_terms *nd_terms_new(void)
{
    struct nd_terms *terms = g_new0(struct nd_terms, 1);
    terms->vocabulary = nd_vocabulary_new();
    terms->tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
    terms->distinct = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    terms->bigrams = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    terms->cited = g_array_new(FALSE, FALSE, sizeof(struct nd_str));
    terms->stemmed = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    terms->stream = g_byte_array_new();
    terms->block_words = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    terms->terms = g_array_new(FALSE, FALSE, sizeof(struct nd_term));
    terms->known = nd_abbreviations_new();
    terms->abbreviations = g_array_new(FALSE, FALSE, sizeof(struct nd_abbreviation));
    terms->texts = g_string_new(NULL);
    return terms;
}

void nd_terms_free(struct nd_terms *terms)
{
    if (!terms)
        return;
    nd_vocabulary_free(terms->vocabulary);
    g_free(terms->counts);
    g_array_unref(terms->tokens);
    g_array_unref(terms->distinct);
    g_array_unref(terms->bigrams);
    g_array_unref(terms->cited);
    g_array_unref(terms->stemmed);
    g_byte_array_unref(terms->stream);
    g_array_unref(terms->block_words);
    g_array_unref(terms->terms);
    nd_abbreviations_free(terms->known);
    g_array_unref(terms->abbreviations);
    g_string_free(terms->texts, TRUE);
    g_free(terms);
}

static struct count *count_of(struct nd_terms *terms, uint32_t word)
{
    if (word >= terms->counts_capacity) {
        const size_t capacity = MAX((size_t)word + 1, terms->counts_capacity * 2);
        terms->counts = g_renew(struct count, terms->counts, capacity);
        memset(terms->counts + terms->counts_capacity, 0,
               (capacity - terms->counts_capacity) * sizeof *terms->counts);
        terms->counts_capacity = capacity;
    }
    return &terms->counts[word];
}

static void forget_document(struct nd_terms *terms)
{
    for (size_t i = 0; i < terms->distinct->len; i++)
        terms->counts[g_array_index(terms->distinct, uint32_t, i)] = (struct count){0};
    g_array_set_size(terms->tokens, 0);
    g_byte_array_set_size(terms->stream, 0);
    g_array_set_size(terms->distinct, 0);
    g_array_set_size(terms->bigrams, 0);
    g_array_set_size(terms->block_words, 0);
    g_array_set_size(terms->cited, 0);
    g_array_set_size(terms->stemmed, 0);
    g_array_set_size(terms->terms, 0);
    g_string_truncate(terms->texts, 0);
    if (nd_vocabulary_trim(terms->vocabulary))
        terms->first_not_taken = 0;
}

static bool has_line_break(struct nd_str text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (text.p[i] == '\n' || text.p[i] == '\f')
            return true;
    return false;
}

/* The next byte at or after `offset` that is not in a boilerplate block; *block_inout goes along. */
static size_t skip_boilerplate(const struct nd_document *doc, const struct nd_normalized *text, size_t offset,
                               unsigned *block_inout)
{
    for (; doc->blocks && *block_inout < doc->blocks->len; ++*block_inout) {
        const struct nd_block *block = &g_array_index(doc->blocks, struct nd_block, *block_inout);
        const size_t end = nd_normalized_from_source(text, MIN(block->end, text->source_size));
        if (end <= offset)
            continue;
        const size_t start = nd_normalized_from_source(text, MIN(block->start, text->source_size));
        if (start > offset)
            break;
        if (block->kind != ND_BLOCK_BOILERPLATE)
            break;
        offset = end;
    }
    return offset;
}

static bool has_boilerplate(const struct nd_document *doc)
{
    for (unsigned i = 0; doc->blocks && i < doc->blocks->len; i++)
        if (g_array_index(doc->blocks, struct nd_block, i).kind == ND_BLOCK_BOILERPLATE)
            return true;
    return false;
}

/* Counts words into the blocks they stand in, in text order. */
struct block_counter {
    const struct nd_document *doc;
    const struct nd_normalized *text;
    uint32_t *counts; /* one a block */
    unsigned block;
    size_t end; /* of that block, in the normalised text */
};

static size_t block_end(const struct block_counter *self)
{
    const GArray *const blocks = self->doc->blocks;
    if (self->block + 1 >= blocks->len)
        return SIZE_MAX;
    const struct nd_block *const next = &g_array_index(blocks, struct nd_block, self->block + 1);
    return nd_normalized_from_source(self->text, MIN(next->start, self->text->source_size));
}

static struct block_counter count_blocks(struct nd_terms *terms, const struct nd_document *doc,
                                         const struct nd_normalized *text)
{
    struct block_counter self = {doc, text, NULL, 0, SIZE_MAX};
    if (!doc->blocks || doc->blocks->len == 0)
        return self;
    g_array_set_size(terms->block_words, doc->blocks->len);
    memset(terms->block_words->data, 0, doc->blocks->len * sizeof(uint32_t));
    self.counts = (uint32_t *)(void *)terms->block_words->data;
    self.end = block_end(&self);
    return self;
}

static void count_in_block(struct block_counter *self, size_t offset)
{
    if (!self->counts)
        return;
    while (offset >= self->end) {
        self->block++;
        self->end = block_end(self);
    }
    self->counts[self->block]++;
}

static struct token *tokens_of(const struct nd_terms *terms)
{
    return (struct token *)(void *)terms->tokens->data;
}

/* A line's tokens from `first` to `end`: have they lost their accents? */
static void end_line(struct nd_terms *terms, size_t first, size_t end, size_t *n_accented)
{
    struct token *const tokens = tokens_of(terms);
    unsigned n_syllables = 0;
    for (size_t i = first; i < end; i++) {
        const uint8_t traits = nd_vocabulary_word(terms->vocabulary, tokens[i].word)->traits;
        if (traits & ND_WORD_ACCENTED) {
            ++*n_accented;
            return;
        }
        n_syllables += (traits & ND_WORD_BARE) != 0;
    }
    if (n_syllables < LOST_LINE_SYLLABLES)
        return;
    for (size_t i = first; i < end; i++)
        tokens[i].lost = true;
}

/* Tokens are many: the array grows ahead of them, so that each is one store. */
static void make_room(struct nd_terms *terms, size_t n)
{
    if (n == terms->tokens->len)
        g_array_set_size(terms->tokens, MAX(2 * terms->tokens->len, 4096));
}

static void read_tokens(struct nd_terms *terms, const struct nd_document *doc,
                        const struct nd_normalized *text)
{
    const bool boilerplate = has_boilerplate(doc);
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    size_t n = 0, last_end = 0, line_first = 0, n_accented_lines = 0;
    unsigned block = 0;
    struct block_counter counter = count_blocks(terms, doc, text);
    nd_tokenizer_init(&tokenizer, text->text);
    while (nd_tokenizer_next(&tokenizer, &token)) {
        if (boilerplate) {
            const size_t offset = skip_boilerplate(doc, text, token.start, &block);
            if (offset > token.start) {
                tokenizer.offset = offset;
                continue;
            }
        }
        if (has_line_break(text->text, last_end, token.start)) {
            end_line(terms, line_first, n, &n_accented_lines);
            line_first = n;
        }
        const uint32_t word =
            nd_vocabulary_number(terms->vocabulary, nd_str_slice(text->text, token.start, token.end));
        make_room(terms, n);
        tokens_of(terms)[n++] = (struct token){.word = word & ((1U << WORD_BITS) - 1)};
        count_in_block(&counter, token.start);
        last_end = token.end;
    }
    g_array_set_size(terms->tokens, (guint)n);
    end_line(terms, line_first, n, &n_accented_lines);
    if (n_accented_lines == 0) /* not even a short line has any */
        for (size_t i = 0; i < terms->tokens->len; i++)
            g_array_index(terms->tokens, struct token, i).lost = true;
}

/* Whether this occurrence is a word without its accents, rather than a word that has none. */
static bool is_lost(const struct token *token, const struct nd_word *word)
{
    return (word->traits & ND_WORD_UNSPEAKABLE) || (token->lost && (word->traits & ND_WORD_BARE));
}

static void note_word(struct nd_terms *terms, uint32_t word, struct count *count)
{
    if (count->n == 0 && count->n_lost == 0 && count->n_title == 0)
        g_array_append_val(terms->distinct, word);
}

static bool is_kept(const struct nd_word *first, const struct nd_word *second)
{
    return !(first->traits & (ND_WORD_FUNCTION | ND_WORD_NUMBER)) && !(second->traits & ND_WORD_FUNCTION);
}

static uint8_t *put_hash(uint8_t *p, unsigned hash)
{
    *p++ = (uint8_t)hash;
    *p++ = (uint8_t)(hash >> 8);
    return p;
}

static void count_tokens(struct nd_terms *terms)
{
    const size_t n = terms->tokens->len;
    const struct token *const tokens = tokens_of(terms);
    const struct nd_word *before = NULL;
    g_byte_array_set_size(terms->stream, (guint)(2 * n));
    g_array_set_size(terms->bigrams, (guint)n);
    uint8_t *stream = terms->stream->data;
    uint32_t *bigram = (uint32_t *)(void *)terms->bigrams->data;
    for (size_t i = 0; i < n; i++) {
        const struct nd_word *word = nd_vocabulary_word(terms->vocabulary, tokens[i].word);
        struct count *count = count_of(terms, tokens[i].word);
        note_word(terms, tokens[i].word, count);
        const bool lost = is_lost(&tokens[i], word);
        stream = put_hash(stream, lost ? word->hash_lost : word->hash);
        *(lost ? &count->n_lost : &count->n) += 1;
        if (before && is_kept(before, word))
            *bigram++ = nd_bigram_hash(before->hash, word->hash);
        before = word;
    }
    g_array_set_size(terms->bigrams, (guint)(bigram - (uint32_t *)(void *)terms->bigrams->data));
}

/* The first line that is not blank, when it is short enough to be a title. */
static struct nd_str lead_line(struct nd_str text)
{
    size_t start = 0;
    while (start < text.n && g_ascii_isspace(text.p[start]))
        start++;
    const char *const end = memchr(text.p + start, '\n', text.n - start);
    const size_t n = end ? (size_t)(end - text.p) - start : 0;
    return n <= LEAD_BYTES ? (struct nd_str){text.p + start, n} : (struct nd_str){"", 0};
}

/* Counts the words of a title, or of a first line that may be one, and puts them before the stream. Those of
 * a line stand in the text as well, where it is known whether they lost their accents. */
static void count_title(struct nd_terms *terms, struct nd_str title, bool is_line)
{
    struct nd_normalized normalized;
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    uint8_t stream[2 + 2 * TITLE_WORDS_CAP], *end = stream + 2;
    unsigned n = 0;
    nd_normalize(title, &normalized);
    nd_tokenizer_init(&tokenizer, normalized.text);
    while (nd_tokenizer_next(&tokenizer, &token)) {
        const struct nd_str bytes = nd_str_slice(normalized.text, token.start, token.end);
        const uint32_t word = nd_vocabulary_number(terms->vocabulary, bytes);
        struct count *count = count_of(terms, word);
        note_word(terms, word, count);
        count->n_title++;
        if (n >= TITLE_WORDS_CAP || (is_line && n >= terms->length))
            continue;
        end = is_line ? (uint8_t *)memcpy(end, terms->stream->data + 2 * n, 2) + 2
                      : put_hash(end, nd_vocabulary_word(terms->vocabulary, word)->hash);
        n++;
    }
    put_hash(stream, n);
    g_byte_array_prepend(terms->stream, stream, (guint)(end - stream));
    nd_normalized_clear(&normalized);
}

static int compare_words(const void *a, const void *b, void *vocabulary)
{
    const struct nd_word *x = nd_vocabulary_word(vocabulary, *(const uint32_t *)a);
    const struct nd_word *y = nd_vocabulary_word(vocabulary, *(const uint32_t *)b);
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return strcmp(x->term + 1, y->term + 1);
}

G_STATIC_ASSERT(sizeof(struct token) == sizeof(uint32_t)); /* tokens lend sort_bigrams their room */

/* By their three bytes, last one first. */
static void sort_bigrams(GArray *bigrams, GArray *spare)
{
    g_array_set_size(spare, bigrams->len);
    uint32_t *from = (uint32_t *)(void *)bigrams->data, *to = (uint32_t *)(void *)spare->data;
    for (unsigned shift = 0; shift < 24; shift += 8) {
        uint32_t places[257] = {0};
        for (guint i = 0; i < bigrams->len; i++)
            places[(from[i] >> shift & 0xff) + 1]++;
        for (unsigned i = 0; i < 256; i++)
            places[i + 1] += places[i];
        for (guint i = 0; i < bigrams->len; i++)
            to[places[from[i] >> shift & 0xff]++] = from[i];
        uint32_t *const sorted = to;
        to = from;
        from = sorted;
    }
    if (bigrams->len > 0) /* three passes end in the other array */
        memcpy(bigrams->data, from, bigrams->len * sizeof *from);
}

static void add_term(struct nd_terms *terms, const char *text, size_t n, uint32_t wdf)
{
    const struct nd_term term = {{(const uint8_t *)text, n}, wdf};
    g_array_append_val(terms->terms, term);
}

static void write_bigram(uint32_t hash, char out[ND_BIGRAM_BYTES])
{
    out[0] = 'B';
    out[1] = (char)(hash >> 16);
    out[2] = (char)(hash >> 8);
    out[3] = (char)hash;
}

static char *add_bigrams(struct nd_terms *terms, char *text)
{
    const uint32_t *const bigrams = (const uint32_t *)(const void *)terms->bigrams->data;
    for (size_t i = 0, next; i < terms->bigrams->len; i = next) {
        for (next = i + 1; next < terms->bigrams->len && bigrams[next] == bigrams[i]; next++)
            continue;
        write_bigram(bigrams[i], text);
        add_term(terms, text, ND_BIGRAM_BYTES, (uint32_t)(next - i));
        text += ND_BIGRAM_BYTES;
    }
    return text;
}

static int compare_keys(const void *a, const void *b)
{
    const struct nd_str *x = a, *y = b;
    const int order = memcmp(x->p, y->p, MIN(x->n, y->n));
    return order != 0 ? order : (x->n > y->n) - (x->n < y->n);
}

static char *add_citations(struct nd_terms *terms, char *text)
{
    g_array_sort(terms->cited, compare_keys);
    for (size_t i = 0, next; i < terms->cited->len; i = next) {
        const struct nd_str *const keys = (const struct nd_str *)(const void *)terms->cited->data;
        for (next = i + 1; next < terms->cited->len && nd_str_equal(keys[next], keys[i]); next++)
            continue;
        const size_t size = MIN(keys[i].n, ND_CAP_TERM_BYTES);
        text[0] = 'K';
        memcpy(text + 1, keys[i].p, size);
        add_term(terms, text, size + 1, (uint32_t)(next - i));
        text += size + 1;
    }
    return text;
}

static char *add_title_words(struct nd_terms *terms, char *text)
{
    for (size_t i = 0; i < terms->distinct->len; i++) {
        const uint32_t number = g_array_index(terms->distinct, uint32_t, i);
        const struct nd_word *word = nd_vocabulary_word(terms->vocabulary, number);
        if (terms->counts[number].n_title == 0)
            continue;
        text[0] = 'S';
        memcpy(text + 1, word->term + 1, word->size);
        add_term(terms, text, word->size + 1u, terms->counts[number].n_title);
        text += word->size + 1;
    }
    return text;
}

static int compare_stems(const void *a, const void *b, void *vocabulary)
{
    return strcmp(nd_vocabulary_word(vocabulary, *(const uint32_t *)a)->stem,
                  nd_vocabulary_word(vocabulary, *(const uint32_t *)b)->stem);
}

static void add_stems(struct nd_terms *terms)
{
    for (size_t i = 0; i < terms->distinct->len; i++) {
        const uint32_t number = g_array_index(terms->distinct, uint32_t, i);
        if (nd_vocabulary_word(terms->vocabulary, number)->stem && terms->counts[number].n > 0)
            g_array_append_val(terms->stemmed, number);
    }
    g_array_sort_with_data(terms->stemmed, compare_stems, terms->vocabulary);
    const struct nd_word *last = NULL;
    for (size_t i = 0; i < terms->stemmed->len; i++) {
        const uint32_t number = g_array_index(terms->stemmed, uint32_t, i);
        const struct nd_word *word = nd_vocabulary_word(terms->vocabulary, number);
        if (last && g_str_equal(last->stem, word->stem))
            g_array_index(terms->terms, struct nd_term, terms->terms->len - 1).wdf += terms->counts[number].n;
        else
            add_term(terms, word->stem, word->stem_size, terms->counts[number].n);
        last = word;
    }
}

static void add_lost_words(struct nd_terms *terms)
{
    for (size_t i = 0; i < terms->distinct->len; i++) {
        const uint32_t number = g_array_index(terms->distinct, uint32_t, i);
        const struct count *count = &terms->counts[number];
        const struct nd_word *word = nd_vocabulary_word(terms->vocabulary, number);
        if (count->n_lost > 0)
            add_term(terms, word->term, word->size + 1u, count->n_lost);
    }
}

/* Words from number `i` of `distinct` on, up to the first that does not begin with a digit when only those
 * are asked for. Returns where it stopped. */
static size_t add_words(struct nd_terms *terms, size_t i, bool digits)
{
    for (; i < terms->distinct->len; i++) {
        const uint32_t number = g_array_index(terms->distinct, uint32_t, i);
        const struct count *count = &terms->counts[number];
        const struct nd_word *word = nd_vocabulary_word(terms->vocabulary, number);
        if (digits && !(word->traits & ND_WORD_NUMBER))
            break;
        if (count->n > 0)
            add_term(terms, word->term + 1, word->size, count->n);
    }
    return i;
}

void nd_terms_read(struct nd_terms *terms, const struct nd_document *doc, const struct nd_normalized *text)
{
    forget_document(terms);
    read_tokens(terms, doc, text);
    terms->length = terms->tokens->len;
    nd_abbreviations_learn(terms->known, text->text, terms->abbreviations);
    count_tokens(terms);
    sort_bigrams(terms->bigrams, terms->tokens); /* which are counted, and as large */
}

void nd_terms_finish(struct nd_terms *terms, const struct nd_normalized *text, struct nd_str title,
                     const struct nd_term_citation *citations, size_t n_citations)
{
    for (size_t i = 0; i < n_citations; i++)
        g_array_append_val(terms->cited, citations[i].key);
    count_title(terms, title.n > 0 ? title : lead_line(text->text), title.n == 0);
    g_array_sort_with_data(terms->distinct, compare_words, terms->vocabulary);

    size_t text_size = terms->bigrams->len * ND_BIGRAM_BYTES;
    for (size_t i = 0; i < terms->cited->len; i++)
        text_size += 1 + MIN(g_array_index(terms->cited, struct nd_str, i).n, ND_CAP_TERM_BYTES);
    for (size_t i = 0; i < terms->distinct->len; i++)
        text_size +=
            1u + nd_vocabulary_word(terms->vocabulary, g_array_index(terms->distinct, uint32_t, i))->size;
    g_string_set_size(terms->texts, text_size);

    const size_t letters = add_words(terms, 0, true);
    add_lost_words(terms);
    char *end = add_bigrams(terms, terms->texts->str);
    end = add_citations(terms, end);
    end = add_title_words(terms, end);
    g_assert((size_t)(end - terms->texts->str) <= text_size);
    add_stems(terms);
    add_words(terms, letters, false);
}

void nd_terms_build(struct nd_terms *terms, const struct nd_document *doc, const struct nd_normalized *text,
                    struct nd_str title, const struct nd_term_citation *citations, size_t n_citations)
{
    nd_terms_read(terms, doc, text);
    nd_terms_finish(terms, text, title, citations, n_citations);
}

const struct nd_term *nd_terms_list(const struct nd_terms *terms, size_t *n_out, uint32_t *length_out)
{
    *n_out = terms->terms->len;
    *length_out = terms->length;
    return (const struct nd_term *)(const void *)terms->terms->data;
}

struct nd_bytes nd_terms_stream(const struct nd_terms *terms)
{
    return (struct nd_bytes){terms->stream->data, terms->stream->len};
}

const uint32_t *nd_terms_block_words(const struct nd_terms *terms, size_t *n_blocks_out)
{
    *n_blocks_out = terms->block_words->len;
    return (const uint32_t *)(const void *)terms->block_words->data;
}

void nd_terms_take_synonyms(struct nd_terms *terms,
                            void (*take)(struct nd_str key, struct nd_str synonym, void *user_data),
                            void *user_data)
{
    const uint32_t n = nd_vocabulary_count(terms->vocabulary);
    for (uint32_t i = terms->first_not_taken; i < n; i++) {
        const struct nd_word *word = nd_vocabulary_word(terms->vocabulary, i);
        if (!(word->traits & ND_WORD_ACCENTED))
            continue;
        const struct nd_str key = {word->term + 1, word->size};
        char bare[ND_CAP_TERM_BYTES];
        take((struct nd_str){bare, nd_fold_bare(key, bare)}, key, user_data);
    }
    terms->first_not_taken = n;
    for (size_t i = 0; i < terms->abbreviations->len; i++) {
        const struct nd_abbreviation *pair = &g_array_index(terms->abbreviations, struct nd_abbreviation, i);
        g_autofree char *by_short = g_strconcat("=", pair->abbreviation, NULL);
        g_autofree char *by_long = g_strconcat("~", pair->expansion, NULL);
        take(nd_str_from_c(by_short), nd_str_from_c(pair->expansion), user_data);
        take(nd_str_from_c(by_long), nd_str_from_c(pair->abbreviation), user_data);
    }
    g_array_set_size(terms->abbreviations, 0);
}

void nd_bigram_term(struct nd_str first, struct nd_str second, char out[ND_BIGRAM_BYTES])
{
    write_bigram(nd_bigram_hash(nd_stream_hash(first), nd_stream_hash(second)), out);
}

bool nd_bigram_is_kept(struct nd_str first, struct nd_str second)
{
    return first.n > 0 && !nd_word_is_function(first) && !g_ascii_isdigit(first.p[0]) &&
           !nd_word_is_function(second);
}
