#include "query/snippets.h"

#include "analyzers/text/passage.h"

#include <math.h>
#include <stdlib.h>

/* Beyond so many bytes the search for better passages ends once there is one: a long document costs no more.
 */
#define SCAN_ENOUGH_BYTES ((size_t)64 << 10)

enum { MATCHES_CAP = 4000, HEADINGS_CAP = 6, HEADING_BYTES = 100 };

struct candidate {
    guint block;
    guint first, last; /* matches, last inclusive */
    double score;
};

static const struct nd_block *block_at(const struct nd_document *doc, guint i)
{
    return &g_array_index(doc->blocks, struct nd_block, i);
}

static bool is_shown(const struct nd_block *block)
{
    return block->kind != ND_BLOCK_BOILERPLATE && block->kind != ND_BLOCK_PAGE_HEADER &&
           block->kind != ND_BLOCK_PAGE_FOOTER;
}

/* What a match adds to the score of a passage, of its weight: all of it the first time its pattern comes, and
 * all of it again where it stands behind a match of the pattern before; less when that is repeated. */
static const double repeated_share = 0.05, adjacent_repeated_share = 0.1;

/* What the matches first..last say together: each pattern once in full, repeats a little, words that follow
 * each other in the query and in the text more. */
static double score_of(const GArray *matches, guint first, guint last)
{
    double score = 0;
    uint64_t seen[4] = {0}; /* of patterns, modulo their number */
    for (guint i = first; i <= last; i++) {
        const struct nd_match *const match = &g_array_index(matches, struct nd_match, i);
        uint64_t *const set = &seen[match->pattern / 64 % G_N_ELEMENTS(seen)];
        const uint64_t bit = (uint64_t)1 << match->pattern % 64;
        const bool repeated = *set & bit;
        *set |= bit;
        score += repeated ? match->weight * repeated_share : match->weight;
        if (i > first) {
            const struct nd_match *const before = &g_array_index(matches, struct nd_match, i - 1);
            if (before->pattern + 1 == match->pattern && before->last + 1 == match->first)
                score += repeated ? match->weight * adjacent_repeated_share : match->weight;
        }
    }
    return score;
}

/* The windows of a block's matches (from `first` on) that are no longer than `size`, as candidates. */
static void add_candidates(const GArray *matches, guint first, guint block, uint32_t size, GArray *candidates)
{
    guint last = first;
    guint done = first; /* windows that end before this match are part of an earlier one */
    for (guint i = first; i < matches->len; i++) {
        const uint32_t start = g_array_index(matches, struct nd_match, i).start;
        last = MAX(last, i);
        while (last + 1 < matches->len &&
               g_array_index(matches, struct nd_match, last + 1).end -
                       MIN(start, g_array_index(matches, struct nd_match, last + 1).end) <=
                   size)
            last++;
        if (i > first && last < done)
            continue;
        const struct candidate candidate = {block, i, last, score_of(matches, i, MIN(last, i + 40))};
        g_array_append_val(candidates, candidate);
        done = last + 1;
    }
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static struct nd_str trimmed(struct nd_str text, uint32_t start, uint32_t end)
{
    while (start < end && is_space(text.p[start]))
        start++;
    while (end > start && is_space(text.p[end - 1]))
        end--;
    return nd_str_slice(text, start, end);
}

/* A heading as part of a path: one of a whole paragraph is cut behind a word. */
static void append_heading(GString *out, struct nd_str heading)
{
    size_t end = heading.n;
    if (end > HEADING_BYTES) {
        end = HEADING_BYTES;
        while (end > 0 && !is_space(heading.p[end]))
            end--;
    }
    nd_passage_append_line(out, nd_str_slice(heading, 0, end));
    if (end < heading.n)
        g_string_append(out, "…");
}

/* The headings that block stands under, outermost first. */
static char *heading_path(const struct nd_document *doc, guint block)
{
    struct nd_str path[HEADINGS_CAP];
    unsigned n = 0;
    unsigned below =
        block_at(doc, block)->kind == ND_BLOCK_HEADING ? block_at(doc, block)->level : UINT8_MAX + 1U;
    for (guint i = block; i-- > 0 && n < HEADINGS_CAP && below > 1;) {
        const struct nd_block *const heading = block_at(doc, i);
        if (heading->kind != ND_BLOCK_HEADING || heading->level >= below)
            continue;
        path[n++] = trimmed(nd_document_text(doc), heading->start, heading->end);
        below = heading->level;
    }
    if (n == 0)
        return NULL;
    GString *const out = g_string_new(NULL);
    while (n-- > 0) {
        append_heading(out, path[n]);
        g_string_append(out, n > 0 ? " › " : "");
    }
    return g_string_free(out, FALSE);
}

static void add_marks(struct nd_passage *passage, struct nd_str text, const GArray *matches,
                      struct nd_range range)
{
    g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(struct nd_range));
    for (guint i = 0; i < matches->len; i++) {
        const struct nd_match *const match = &g_array_index(matches, struct nd_match, i);
        if (match->start < range.start || match->end > range.end)
            continue;
        struct nd_range mark = {match->start - range.start, match->end - range.start};
        /* a phrase ends later than it starts: what it covers is taken back first */
        while (marks->len > 0) {
            struct nd_range *const last = &g_array_index(marks, struct nd_range, marks->len - 1);
            bool touches = mark.start <= last->end;
            if (!touches) {
                touches = true;
                for (uint32_t j = last->end; j < mark.start && touches; j++)
                    touches = is_space(text.p[range.start + j]);
            }
            if (!touches)
                break;
            mark.start = MIN(mark.start, last->start);
            mark.end = MAX(mark.end, last->end);
            g_array_set_size(marks, marks->len - 1);
        }
        g_array_append_val(marks, mark);
    }
    passage->n_marks = marks->len;
    passage->marks = (struct nd_range *)(void *)g_array_free(g_steal_pointer(&marks), FALSE);
}

static void make_passage(const struct nd_document *doc, guint block, struct nd_range range,
                         const GArray *matches, struct nd_passage *out)
{
    const struct nd_str text = nd_document_text(doc);
    GString *const line = g_string_sized_new(range.end - range.start + 1);
    nd_passage_append_line(line, nd_str_slice(text, range.start, range.end));
    const struct nd_str whole = trimmed(text, block_at(doc, block)->start, block_at(doc, block)->end);
    *out = (struct nd_passage){
        .text = g_string_free(line, FALSE),
        .heading = heading_path(doc, block),
        .page = block_at(doc, block)->page,
        .source = range,
        .cut_before = text.p + range.start > whole.p,
        .cut_after = text.p + range.end < whole.p + whole.n,
    };
    add_marks(out, text, matches, range);
}

static gint by_score(gconstpointer a, gconstpointer b)
{
    const struct candidate *const left = a, *const right = b;
    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    return left->block < right->block ? -1 : left->block > right->block;
}

static gint by_place(gconstpointer a, gconstpointer b)
{
    const struct nd_passage *const left = a, *const right = b;
    return left->source.start < right->source.start ? -1 : 1;
}

/* A block that may have the next passage, and how good its best is, as far as its words tell. */
struct prospect {
    double score;
    guint block;
};

static gint best_prospect_first(gconstpointer a, gconstpointer b)
{
    const struct prospect *const left = a, *const right = b;
    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    return left->block < right->block ? -1 : left->block > right->block;
}

/* What the weight of a match in the block is multiplied with. Title and header are shown anyway; but all that
 * was asked for, standing there, is worth more than half of it elsewhere. */
static double share_of(const struct nd_block *block, uint32_t from)
{
    static const double header = 0.55, heading = 0.8;
    return block->end <= from ? header : block->kind == ND_BLOCK_HEADING ? heading : 1;
}

/* The search for the best passages of a document. */
struct search {
    const struct nd_document *doc;
    const struct nd_matcher *matcher;
    uint32_t from;
    size_t size_bytes;
    GArray *prospects; /* of struct prospect, best first: the blocks not looked into yet, from `next` on */
    guint next;
    size_t scanned_bytes;
    GArray *matches;    /* of struct nd_match, block by block */
    GArray *candidates; /* of struct candidate, best first from `used` on */
    guint used;
};

/* How good the best passage of a block is, when each of its words is as long as the others. 0 without any. */
static double score_words(struct search *self, const struct nd_block *block, uint32_t first_word)
{
    if (block->n_words == 0)
        return 0;
    g_array_set_size(self->matches, 0);
    g_array_set_size(self->candidates, 0);
    nd_matcher_find_words(self->matcher, first_word, first_word + block->n_words, self->matches);
    const uint64_t words = (uint64_t)self->size_bytes * block->n_words / MAX(block->end - block->start, 1u);
    if (self->matches->len > 0)
        add_candidates(self->matches, 0, 0, (uint32_t)MAX(words, 1), self->candidates);
    double best = 0;
    for (guint i = 0; i < self->candidates->len; i++)
        best = MAX(best, g_array_index(self->candidates, struct candidate, i).score);
    return best;
}

/* The blocks worth looking into: those that the words say, else all that are shown. */
static void find_prospects(struct search *self)
{
    const bool told = nd_matcher_knows_words(self->matcher);
    uint32_t word = 0;
    for (guint i = 0; i < self->doc->blocks->len; i++) {
        const struct nd_block *const block = block_at(self->doc, i);
        const double score = told ? score_words(self, block, word) * share_of(block, self->from) : INFINITY;
        const struct prospect prospect = {score, i};
        word += block->n_words;
        if (is_shown(block) && score > 0)
            g_array_append_val(self->prospects, prospect);
    }
    g_array_set_size(self->matches, 0);
    g_array_set_size(self->candidates, 0);
    if (told)
        g_array_sort(self->prospects, best_prospect_first);
}

/* Matches of the next block, at the end of the others; candidates for passages out of them. */
static void look_into_next(struct search *self)
{
    const guint i = g_array_index(self->prospects, struct prospect, self->next++).block;
    const struct nd_block *const block = block_at(self->doc, i);
    const guint first = self->matches->len;
    nd_matcher_find(self->matcher, nd_str_slice(nd_document_text(self->doc), block->start, block->end),
                    MATCHES_CAP - self->matches->len, self->matches);
    for (guint j = first; j < self->matches->len; j++) {
        struct nd_match *const match = &g_array_index(self->matches, struct nd_match, j);
        match->start += block->start;
        match->end += block->start;
        match->weight *= share_of(block, self->from);
    }
    if (self->matches->len > first)
        add_candidates(self->matches, first, i, (uint32_t)self->size_bytes, self->candidates);
    self->scanned_bytes += block->end - block->start;
}

/* Whether a block not looked into may have a better passage than the best known. */
static bool may_be_bettered(const struct search *self)
{
    static const double trifle = 1e-9; /* sums come out differently in another order */
    if (self->next >= self->prospects->len || self->matches->len >= MATCHES_CAP)
        return false;
    if (self->used >= self->candidates->len)
        return true;
    if (self->scanned_bytes > SCAN_ENOUGH_BYTES)
        return false;
    const struct candidate *const best = &g_array_index(self->candidates, struct candidate, self->used);
    return g_array_index(self->prospects, struct prospect, self->next).score > best->score + trifle;
}

/* The best candidate that was not given out yet; NULL when there is none. */
static const struct candidate *next_candidate(struct search *self)
{
    while (may_be_bettered(self)) {
        const guint n = self->candidates->len;
        look_into_next(self);
        if (self->candidates->len == n)
            continue;
        if (self->used > 0)
            g_array_remove_range(self->candidates, 0, self->used);
        self->used = 0;
        g_array_sort(self->candidates, by_score);
    }
    return self->used < self->candidates->len
               ? &g_array_index(self->candidates, struct candidate, self->used++)
               : NULL;
}

/* Whether the block begins with something to read: not with a rule of dashes or dots. */
static bool has_letters(const struct nd_document *doc, const struct nd_block *block)
{
    const struct nd_str text = nd_document_text(doc);
    for (const char *p = text.p + block->start; p < text.p + block->end; p = g_utf8_next_char(p)) {
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            return true;
    }
    return false;
}

static guint opening_block(const struct nd_document *doc, uint32_t from)
{
    for (guint i = 0; i < doc->blocks->len; i++) {
        const struct nd_block *const block = block_at(doc, i);
        if (block->start >= from && block->kind != ND_BLOCK_HEADING && is_shown(block) &&
            has_letters(doc, block))
            return i;
    }
    return 0;
}

size_t nd_snippets_make(const struct nd_document *doc, struct nd_bytes words, struct nd_matcher *matcher,
                        uint32_t from, size_t n, size_t size_bytes, struct nd_passage *out)
{
    if (doc->blocks->len == 0 || n == 0)
        return 0;
    nd_matcher_turn_to(matcher, doc, words);
    const struct nd_str text = nd_document_text(doc);
    g_autoptr(GArray) matches = g_array_new(FALSE, FALSE, sizeof(struct nd_match));
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(struct candidate));
    g_autoptr(GArray) prospects = g_array_new(FALSE, FALSE, sizeof(struct prospect));
    struct search search = {.doc = doc,
                            .matcher = matcher,
                            .from = from,
                            .size_bytes = size_bytes,
                            .prospects = prospects,
                            .matches = matches,
                            .candidates = candidates};
    find_prospects(&search);
    size_t made = 0;
    for (const struct candidate *candidate; made < n && (candidate = next_candidate(&search));) {
        const uint32_t start = g_array_index(matches, struct nd_match, candidate->first).start;
        uint32_t end = start;
        for (guint j = candidate->first; j <= candidate->last; j++)
            end = MAX(end, g_array_index(matches, struct nd_match, j).end);
        const struct nd_range range =
            nd_passage_range(text, block_at(doc, candidate->block), start, end, size_bytes);
        bool overlaps = false;
        for (size_t j = 0; j < made; j++)
            overlaps |= range.start < out[j].source.end && out[j].source.start < range.end;
        if (!overlaps)
            make_passage(doc, candidate->block, range, matches, &out[made++]);
    }
    if (made == 0) {
        const guint block = opening_block(doc, from);
        const uint32_t start = block_at(doc, block)->start;
        make_passage(doc, block, nd_passage_range(text, block_at(doc, block), start, start, size_bytes),
                     matches, &out[made++]);
    }
    if (made > 1)
        qsort(out, made, sizeof *out, by_place);
    return made;
}

void nd_passage_clear(struct nd_passage *passage)
{
    g_free(passage->text);
    g_free(passage->marks);
    g_free(passage->heading);
}
