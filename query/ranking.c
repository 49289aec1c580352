#include "query/ranking.h"

#include "analyzers/text/fold.h"
#include "analyzers/text/terms.h"
#include "query/coupling.h"
#include "query/stream.h"

#include <math.h>
#include <stdlib.h>

/* Of a long query: what each thing adds to Xapian's weight, which is 1 for the best hit. Tuned with those of
 * words.c. */
static const double title_share = 0.6;   /* how much of the title the query is about */
static const double pair_share = 0.8;    /* how many of its pairs of words stand side by side in the text */
static const double passage_share = 0.4; /* how many of its words stand in one passage */
static const double wide_passage_share = 0.3;

enum {
    PASSAGE_WORDS = 25,
    WIDE_PASSAGE_WORDS = 60,
    SHORT_QUERY = 6,
    SHORT_QUERY_DEPTH = 40,
    CAP_STREAM_BYTES = 4 << 20, /* of all hits together: very long documents must not make a query slow */
};

struct word {
    double weight;
    uint32_t frequency;
};

/* A place in the text with words of the query, as bits. */
struct place {
    size_t at;
    uint64_t words;
};

struct nd_ranking {
    struct nd_stream_pattern *intended; /* the reading meant */
    struct nd_stream_pattern *any;      /* any reading, texts without accents included */
    struct nd_stream_pattern *joining;  /* function words */
    GArray *words;                      /* of struct word */
    GArray *required;                   /* of struct nd_stream_check */
    GArray *places;                     /* of struct place; of the document being judged */
    double total, total_pairs;
};

struct nd_ranking *nd_ranking_new(void)
{
    struct nd_ranking *ranking = g_new0(struct nd_ranking, 1);
    ranking->intended = nd_stream_pattern_new();
    ranking->any = nd_stream_pattern_new();
    ranking->joining = nd_stream_pattern_new();
    static const char *const function_words[] = {
#define ND_FUNCTION_WORD(word) word,
#include "analyzers/text/function_words.def"
#undef ND_FUNCTION_WORD
    };
    for (size_t i = 0; i < G_N_ELEMENTS(function_words); i++)
        nd_stream_pattern_add(ranking->joining, 0, nd_str_from_c(function_words[i]));
    ranking->words = g_array_new(FALSE, FALSE, sizeof(struct word));
    ranking->required = g_array_new(FALSE, FALSE, sizeof(struct nd_stream_check));
    ranking->places = g_array_new(FALSE, FALSE, sizeof(struct place));
    return ranking;
}

void nd_ranking_free(struct nd_ranking *ranking)
{
    if (!ranking)
        return;
    nd_stream_pattern_free(ranking->intended);
    nd_stream_pattern_free(ranking->any);
    nd_stream_pattern_free(ranking->joining);
    g_array_unref(ranking->words);
    for (guint i = 0; i < ranking->required->len; i++)
        nd_stream_check_clear(&g_array_index(ranking->required, struct nd_stream_check, i));
    g_array_unref(ranking->required);
    g_array_unref(ranking->places);
    g_free(ranking);
}

void nd_ranking_require(struct nd_ranking *ranking, struct nd_stream_check check)
{
    g_array_append_val(ranking->required, check);
}

bool nd_ranking_requires(const struct nd_ranking *ranking)
{
    return ranking->required->len > 0;
}

uint32_t nd_ranking_depth(const struct nd_ranking *ranking)
{
    return ranking->words->len <= SHORT_QUERY ? SHORT_QUERY_DEPTH : ND_RANKING_DEPTH;
}

void nd_ranking_add(struct nd_ranking *ranking, const struct nd_words *words)
{
    const size_t base = ranking->words->len;
    for (size_t i = 0; i < words->n_words && ranking->words->len < ND_STREAM_WORDS; i++) {
        const struct nd_query_word *const word = &words->words[i];
        const unsigned at = ranking->words->len;
        char lost[ND_CAP_TERM_BYTES + 1] = "A";
        const size_t n = nd_fold_bare(nd_str_from_c(word->terms[0] ? word->terms[0] : word->typed), lost + 1);
        nd_stream_pattern_add(ranking->any, at, (struct nd_str){lost, n + 1});
        for (char **term = word->terms; *term; term++) {
            nd_stream_pattern_add(ranking->any, at, nd_str_from_c(*term));
            if (term == word->terms)
                nd_stream_pattern_add(ranking->intended, at, nd_str_from_c(*term));
        }
        const double weight = word->frequency ? log(1 + (double)words->n_documents / word->frequency) : 0;
        if (at > 0)
            ranking->total_pairs += g_array_index(ranking->words, struct word, at - 1).weight + weight;
        ranking->total += weight;
        const struct word added = {weight, word->frequency};
        g_array_append_val(ranking->words, added);
    }
    /* An abbreviation is all of its words at once: as good as the words near each other. */
    for (size_t i = 0; i < words->shorts->len; i++) {
        const struct nd_query_short *const found = &g_array_index(words->shorts, struct nd_query_short, i);
        for (size_t k = base + found->first; k <= base + found->last && k < ND_STREAM_WORDS; k++) {
            nd_stream_pattern_add(ranking->intended, (unsigned)k, nd_str_from_c(found->term));
            nd_stream_pattern_add(ranking->any, (unsigned)k, nd_str_from_c(found->term));
        }
    }
}

/* ---- one document ---- */

/* A passage of n words, as it moves over the text. */
struct passage {
    size_t n;
    guint first; /* place in it */
    unsigned counts[ND_STREAM_WORDS];
    double weight, best;
};

/* Moves the passage's end to the last of the places. */
static void move_to(const struct nd_ranking *self, struct passage *passage, const struct place *places,
                    guint n_places)
{
    const struct place *const last = &places[n_places - 1];
    for (; places[passage->first].at + passage->n <= last->at; passage->first++) {
        for (uint64_t words = places[passage->first].words; words; words &= words - 1) {
            const int i = __builtin_ctzll(words);
            if (--passage->counts[i] == 0)
                passage->weight -= g_array_index(self->words, struct word, i).weight;
        }
    }
    for (uint64_t words = last->words; words; words &= words - 1) {
        const int i = __builtin_ctzll(words);
        if (passage->counts[i]++ == 0)
            passage->weight += g_array_index(self->words, struct word, i).weight;
    }
    passage->best = MAX(passage->best, passage->weight);
}

/* The sum for a long query, of what the stream tells: each part is 0 to 1. A word that the query has twice
 * counts once, since both stand for the same elements; its bits come and go together. *words_out is which
 * words the text has. */
static double judge_stream(const struct nd_ranking *self, struct nd_bytes stream, uint64_t *words_out)
{
    *words_out = 0;
    if (self->total <= 0)
        return 0;
    struct passage narrow = {.n = PASSAGE_WORDS}, wide = {.n = WIDE_PASSAGE_WORDS};
    uint64_t pairs = 0, all = 0;
    g_array_set_size(self->places, 0);
    for (size_t i = 0; i < stream.n / 2; i++) {
        const struct place place = {i, nd_stream_pattern_at(self->intended, stream, i)};
        if (!place.words)
            continue;
        const guint n = self->places->len;
        const struct place *const before = n > 0 ? &g_array_index(self->places, struct place, n - 1) : NULL;
        if (before && before->at + 1 == i)
            pairs |= before->words << 1 & place.words;
        all |= place.words;
        g_array_append_val(self->places, place);
        const struct place *const places = (const struct place *)(const void *)self->places->data;
        move_to(self, &narrow, places, n + 1);
        move_to(self, &wide, places, n + 1);
    }
    *words_out = all;
    double in_pairs = 0;
    for (; pairs; pairs &= pairs - 1) {
        const int i = __builtin_ctzll(pairs);
        in_pairs += g_array_index(self->words, struct word, i - 1).weight +
                    g_array_index(self->words, struct word, i).weight;
    }
    return passage_share * narrow.best / self->total + wide_passage_share * wide.best / self->total +
           (self->total_pairs > 0 ? pair_share * in_pairs / self->total_pairs : 0);
}

/* How much of a title is words of the query, by their weight. A title word that is not in the query weighs as
 * much as a middling one. */
struct title {
    double asked, all;
};

static double judge_title(const struct nd_ranking *self, struct nd_bytes words)
{
    static const double unknown = 4, joining = 0.7;
    struct title title = {0};
    for (size_t i = 0; i < words.n / 2; i++) {
        const uint64_t asked = nd_stream_pattern_at(self->intended, words, i);
        const double weight = asked ? g_array_index(self->words, struct word, __builtin_ctzll(asked)).weight
                              : nd_stream_pattern_at(self->joining, words, i) ? joining
                                                                              : unknown;
        title.all += weight;
        title.asked += asked ? weight : 0;
    }
    return title.all > 0 ? title.asked / title.all : 0;
}

/* The steps of a short query, highest first. */
static double step_of(const struct nd_ranking *self, struct nd_bytes stream)
{
    const unsigned n = self->words->len;
    const unsigned window = 2 * n + 4;
    if (nd_stream_has_phrase(self->intended, n, stream))
        return 6;
    if (nd_stream_has_near(self->intended, n, window, stream))
        return 5;
    if (nd_stream_has_near(self->intended, n, G_MAXUINT, stream))
        return 4;
    if (nd_stream_has_phrase(self->any, n, stream))
        return 3;
    if (nd_stream_has_near(self->any, n, window, stream))
        return 2;
    return nd_stream_has_near(self->any, n, G_MAXUINT, stream) ? 1 : 0;
}

static bool has_required(const struct nd_ranking *self, struct nd_bytes stream)
{
    if (stream.n == 0)
        return true;
    for (guint i = 0; i < self->required->len; i++) {
        if (!nd_stream_passes(&g_array_index(self->required, struct nd_stream_check, i), stream))
            return false;
    }
    return true;
}

bool nd_ranking_verify(const struct nd_ranking *ranking, struct nd_index *index, struct xc_results *results,
                       GError **error)
{
    size_t kept = 0;
    for (size_t i = 0; i < results->n_hits; i++) {
        struct nd_document_words words;
        if (!nd_index_words(index, results->hits[i].id, &words, error))
            return false;
        if (has_required(ranking, words.text))
            results->hits[kept++] = results->hits[i];
    }
    results->n_hits = kept;
    return true;
}

static int best_first(const void *a, const void *b)
{
    const struct xc_hit *const x = &((const struct nd_judged *)a)->hit, *const y =
                                                                            &((const struct nd_judged *)b)
                                                                                 ->hit;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* The weights of the query's words, by their numbers. */
static void list_weights(const struct nd_ranking *self, double out[ND_STREAM_WORDS])
{
    for (guint i = 0; i < ND_STREAM_WORDS; i++)
        out[i] = i < self->words->len ? g_array_index(self->words, struct word, i).weight : 0;
}

bool nd_ranking_apply(const struct nd_ranking *ranking, struct nd_index *index, struct xc_results *results,
                      GError **error)
{
    const size_t n = MIN(results->n_hits, (size_t)nd_ranking_depth(ranking));
    const unsigned n_words = ranking->words->len;
    if (n < 2 || n_words < 2 || results->hits[0].weight <= 0)
        return true;
    const double top = results->hits[0].weight, below = n < results->n_hits ? results->hits[n].weight : 0;
    const bool is_short = n_words <= SHORT_QUERY;
    g_autofree struct nd_judged *judged = g_new0(struct nd_judged, n);
    size_t n_bytes = 0;
    for (size_t i = 0; i < n; i++) {
        struct xc_hit *const hit = &judged[i].hit;
        *hit = results->hits[i];
        hit->weight /= top;
        if (n_bytes > CAP_STREAM_BYTES)
            continue;
        struct nd_document_words words;
        if (!nd_index_words(index, hit->id, &words, error))
            return false;
        n_bytes += words.text.n;
        const double steps = is_short ? step_of(ranking, words.text) : 0;
        hit->weight += judge_stream(ranking, words.text, &judged[i].words) +
                       title_share * judge_title(ranking, words.title);
        hit->weight += 10 * steps;
    }
    qsort(judged, n, sizeof *judged, best_first);
    if (!is_short && ranking->total > 0) {
        double weights[ND_STREAM_WORDS];
        list_weights(ranking, weights);
        if (!nd_coupling_apply(index, judged, n, weights, ranking->total, error))
            return false;
        qsort(judged, MIN(n, (size_t)ND_COUPLING_DEPTH), sizeof *judged, best_first);
    }
    /* Hits below the depth keep their weights: those above must not fall under them. */
    for (size_t i = 0; i < n; i++) {
        results->hits[i] = judged[i].hit;
        results->hits[i].weight += below;
    }
    return true;
}
