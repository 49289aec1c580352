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

struct nd_ranking {
    struct nd_stream_pattern *readings; /* any, texts without accents included, and the one meant */
    struct nd_stream_pattern *joining;  /* function words */
    GArray *words;                      /* of struct word */
    GArray *required;                   /* of struct nd_stream_check */
    GArray *places;                     /* of the document being judged */
    GHashTable *kept;                   /* from ids to struct kept: words of hits that were looked at */
    size_t n_kept_bytes;
    double total, total_pairs;
};

/* The words of a hit, a copy. */
struct kept {
    int64_t id;
    struct nd_document_words words;
    uint8_t bytes[];
};

struct nd_ranking *nd_ranking_new(void)
{
    struct nd_ranking *ranking = g_new0(struct nd_ranking, 1);
    ranking->readings = nd_stream_pattern_new();
    ranking->joining = nd_stream_pattern_new();
    static const char *const function_words[] = {
#define ND_FUNCTION_WORD(word) word,
#include "analyzers/text/function_words.def"
#undef ND_FUNCTION_WORD
    };
    for (size_t i = 0; i < G_N_ELEMENTS(function_words); i++)
        nd_stream_pattern_add(ranking->joining, 0, nd_str_from_c(function_words[i]), false);
    ranking->words = g_array_new(FALSE, FALSE, sizeof(struct word));
    ranking->required = g_array_new(FALSE, FALSE, sizeof(struct nd_stream_check));
    ranking->places = g_array_new(FALSE, FALSE, sizeof(struct nd_stream_place));
    ranking->kept = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    return ranking;
}

void nd_ranking_free(struct nd_ranking *ranking)
{
    if (!ranking)
        return;
    nd_stream_pattern_free(ranking->readings);
    nd_stream_pattern_free(ranking->joining);
    g_array_unref(ranking->words);
    for (guint i = 0; i < ranking->required->len; i++)
        nd_stream_check_clear(&g_array_index(ranking->required, struct nd_stream_check, i));
    g_array_unref(ranking->required);
    g_array_unref(ranking->places);
    g_hash_table_unref(ranking->kept);
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
    return ranking->words->len < 2              ? 0
           : ranking->words->len <= SHORT_QUERY ? SHORT_QUERY_DEPTH
                                                : ND_RANKING_DEPTH;
}

void nd_ranking_add(struct nd_ranking *ranking, const struct nd_words *words)
{
    const size_t base = ranking->words->len;
    for (size_t i = 0; i < words->n_words && ranking->words->len < ND_STREAM_WORDS; i++) {
        const struct nd_query_word *const word = &words->words[i];
        const unsigned at = ranking->words->len;
        char lost[ND_CAP_TERM_BYTES + 1] = "A";
        const size_t n = nd_fold_bare(nd_str_from_c(word->terms[0] ? word->terms[0] : word->typed), lost + 1);
        nd_stream_pattern_add(ranking->readings, at, (struct nd_str){lost, n + 1}, false);
        for (char **term = word->terms; *term; term++)
            nd_stream_pattern_add(ranking->readings, at, nd_str_from_c(*term), term == word->terms);
        const double weight =
            word->frequency ? word->novelty * log(1 + (double)words->n_documents / word->frequency) : 0;
        if (at > 0)
            ranking->total_pairs += g_array_index(ranking->words, struct word, at - 1).weight + weight;
        ranking->total += weight;
        const struct word added = {weight, word->frequency};
        g_array_append_val(ranking->words, added);
    }
    /* An abbreviation is all of its words at once: as good as the words near each other. */
    for (size_t i = 0; i < words->shorts->len; i++) {
        const struct nd_query_short *const found = &g_array_index(words->shorts, struct nd_query_short, i);
        for (size_t k = base + found->first; k <= base + found->last && k < ND_STREAM_WORDS; k++)
            nd_stream_pattern_add(ranking->readings, (unsigned)k, nd_str_from_c(found->term), true);
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

/* Moves the passage's end to place number `to`. */
static void move_to(const struct nd_ranking *self, struct passage *passage,
                    const struct nd_stream_place *places, guint to)
{
    const struct nd_stream_place *const last = &places[to];
    for (; places[passage->first].at + passage->n <= last->at; passage->first++) {
        for (uint64_t words = places[passage->first].meant; words; words &= words - 1) {
            const int i = __builtin_ctzll(words);
            if (--passage->counts[i] == 0)
                passage->weight -= g_array_index(self->words, struct word, i).weight;
        }
    }
    for (uint64_t words = last->meant; words; words &= words - 1) {
        const int i = __builtin_ctzll(words);
        if (passage->counts[i]++ == 0)
            passage->weight += g_array_index(self->words, struct word, i).weight;
    }
    passage->best = MAX(passage->best, passage->weight);
}

/* The sum for a long query, of what the places tell: each part is 0 to 1. A word that the query has twice
 * counts once, since both stand for the same elements; its bits come and go together. *words_out is which
 * words the text has. */
static double judge_places(const struct nd_ranking *self, uint64_t *words_out)
{
    *words_out = 0;
    if (self->total <= 0)
        return 0;
    struct passage narrow = {.n = PASSAGE_WORDS}, wide = {.n = WIDE_PASSAGE_WORDS};
    uint64_t pairs = 0, all = 0;
    const struct nd_stream_place *const places =
        (const struct nd_stream_place *)(const void *)self->places->data;
    for (guint i = 0; i < self->places->len; i++) {
        if (!places[i].meant)
            continue;
        if (i > 0 && places[i - 1].at + 1 == places[i].at)
            pairs |= places[i - 1].meant << 1 & places[i].meant;
        all |= places[i].meant;
        move_to(self, &narrow, places, i);
        move_to(self, &wide, places, i);
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
        const uint64_t asked = nd_stream_pattern_at(self->readings, words, i, true);
        const double weight = asked ? g_array_index(self->words, struct word, __builtin_ctzll(asked)).weight
                              : nd_stream_pattern_at(self->joining, words, i, false) ? joining
                                                                                     : unknown;
        title.all += weight;
        title.asked += asked ? weight : 0;
    }
    return title.all > 0 ? title.asked / title.all : 0;
}

/* The steps of a short query, highest first. */
static double step_of(const struct nd_ranking *self)
{
    const unsigned n = self->words->len;
    const unsigned window = 2 * n + 4;
    for (int meant = 1; meant >= 0; meant--) {
        const double step = meant ? 3 : 0;
        if (!nd_places_have_near(self->places, n, G_MAXUINT, meant))
            continue;
        return nd_places_have_phrase(self->places, n, meant)         ? step + 3
               : nd_places_have_near(self->places, n, window, meant) ? step + 2
                                                                     : step + 1;
    }
    return 0;
}

static bool has_required(const struct nd_ranking *self, struct nd_bytes stream)
{
    if (stream.n == 0)
        return true;
    for (guint i = 0; i < self->required->len; i++) {
        if (!nd_stream_passes(&g_array_index(self->required, struct nd_stream_check, i), stream,
                              self->places))
            return false;
    }
    return true;
}

bool nd_ranking_words(struct nd_ranking *ranking, struct nd_index *index, uint32_t id,
                      struct nd_document_words *out, GError **error)
{
    const int64_t key = id;
    const struct kept *const known = g_hash_table_lookup(ranking->kept, &key);
    if (known) {
        *out = known->words;
        return true;
    }
    if (!nd_index_words(index, id, out, error))
        return false;
    const size_t n = out->title.n + out->text.n;
    if (ranking->n_kept_bytes + n > CAP_STREAM_BYTES)
        return true;
    struct kept *const kept = g_malloc(sizeof *kept + n);
    *kept = (struct kept){
        .id = key,
        .words = {.title = {kept->bytes, out->title.n}, .text = {kept->bytes + out->title.n, out->text.n}}};
    memcpy(kept->bytes, out->title.p, out->title.n);
    memcpy(kept->bytes + out->title.n, out->text.p, out->text.n);
    ranking->n_kept_bytes += n;
    g_hash_table_insert(ranking->kept, &kept->id, kept);
    *out = kept->words;
    return true;
}

bool nd_ranking_verify(struct nd_ranking *ranking, struct nd_index *index, struct xc_results *results,
                       GError **error)
{
    size_t kept = 0;
    for (size_t i = 0; i < results->n_hits; i++) {
        struct nd_document_words words;
        if (!nd_ranking_words(ranking, index, results->hits[i].id, &words, error))
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

bool nd_ranking_apply(struct nd_ranking *ranking, struct nd_index *index, struct xc_results *results,
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
        if (!nd_ranking_words(ranking, index, hit->id, &words, error))
            return false;
        n_bytes += words.text.n;
        nd_stream_find(ranking->readings, words.text, ranking->places);
        const double steps = is_short ? step_of(ranking) : 0;
        hit->weight +=
            judge_places(ranking, &judged[i].words) + title_share * judge_title(ranking, words.title);
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
