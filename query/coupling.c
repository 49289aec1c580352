#include "query/coupling.h"

#include "query/stream.h"

/* Of one hit: a digest of laws cites thousands. */
enum { CAP_CITED = 100 };

/* What each thing adds at most; tuned with the shares of ranking.c, on one half of the questions and checked
 * on the other. */
static const double coupling_share = 0.3; /* how good the hits are that cite the same */
static const double cover_share = 0.4;    /* the words it has, or such hits have for it */

/* A citation with the hits that have it. */
struct citation {
    gint64 key;
    unsigned n_hits;
    double influence;                  /* of all of them */
    uint16_t n_words[ND_STREAM_WORDS]; /* how many of them have each word of the query */
};

/* Works are numbered in each catalogue by itself: hits of several are compared by a hash of the works' keys.
 */
static bool number_alike(struct nd_catalog *catalog, GArray *works, GError **error)
{
    for (guint i = 0; i < works->len; i++) {
        int64_t *const work = &g_array_index(works, int64_t, i);
        g_autofree char *key = nd_catalog_work_key(catalog, *work, error);
        if (!key)
            return false;
        uint64_t hash = 14695981039346656037U; /* FNV-1a */
        for (const char *p = key; *p; p++)
            hash = (hash ^ (uint8_t)*p) * 1099511628211U;
        *work = (int64_t)hash;
    }
    return true;
}

/* Appends what a hit is and cites to cited; by_key owns it, by key. */
static bool read_citations(struct nd_index *index, uint32_t hit, GHashTable *by_key, GPtrArray *cited,
                           GError **error)
{
    int64_t id;
    struct nd_catalog *const catalog = nd_index_locate(index, hit, &id);
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (catalog && (!nd_catalog_cited(catalog, id, CAP_CITED, works, error) ||
                    (nd_index_shards(index) > 1 && !number_alike(catalog, works, error))))
        return false;
    for (guint i = 0; i < works->len; i++) {
        const int64_t key = g_array_index(works, int64_t, i);
        struct citation *citation = g_hash_table_lookup(by_key, &key);
        if (!citation) {
            citation = g_new0(struct citation, 1);
            citation->key = key;
            g_hash_table_insert(by_key, &citation->key, citation);
        }
        g_ptr_array_add(cited, citation);
    }
    return true;
}

/* How much a hit counts: the very best ones far more than the merely good. */
static double influence(const struct nd_judged *hit, const struct nd_judged *best)
{
    const double share = hit->hit.weight / best->hit.weight;
    return share * share * share * share;
}

static void count(struct citation *citation, const struct nd_judged *hit, double weight)
{
    citation->n_hits++;
    citation->influence += weight;
    for (uint64_t words = hit->words; words; words &= words - 1)
        citation->n_words[__builtin_ctzll(words)]++;
}

/* The weight of the words that hit lacks, each by the share of the citation's other hits that have it. */
static double lent(const struct citation *citation, const struct nd_judged *hit, const double *weights)
{
    double sum = 0;
    for (unsigned i = 0; citation->n_hits > 1 && i < ND_STREAM_WORDS; i++)
        if (citation->n_words[i] > 0 && !(hit->words >> i & 1))
            sum += weights[i] * citation->n_words[i] / (citation->n_hits - 1);
    return sum;
}

static double weight_of(uint64_t words, const double *weights)
{
    double sum = 0;
    for (; words; words &= words - 1)
        sum += weights[__builtin_ctzll(words)];
    return sum;
}

bool nd_coupling_apply(struct nd_index *index, struct nd_judged *hits, size_t n, const double *weights,
                       double total, GError **error)
{
    g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    g_autoptr(GPtrArray) cited = g_ptr_array_new();
    guint ends[ND_COUPLING_DEPTH];
    double own[ND_COUPLING_DEPTH], coupled[ND_COUPLING_DEPTH], best = 0;
    n = MIN(n, (size_t)ND_COUPLING_DEPTH);
    for (size_t i = 0; i < n; i++) {
        guint k = cited->len;
        if (!read_citations(index, hits[i].hit.id, by_key, cited, error))
            return false;
        ends[i] = cited->len;
        own[i] = influence(&hits[i], &hits[0]);
        for (; k < cited->len; k++)
            count(g_ptr_array_index(cited, k), &hits[i], own[i]);
    }
    for (size_t i = 0; i < n; i++) {
        double most_lent = 0;
        coupled[i] = 0;
        for (guint k = i > 0 ? ends[i - 1] : 0; k < ends[i]; k++) {
            const struct citation *const citation = g_ptr_array_index(cited, k);
            coupled[i] = MAX(coupled[i], citation->influence - own[i]);
            most_lent = MAX(most_lent, lent(citation, &hits[i], weights));
        }
        best = MAX(best, coupled[i]);
        hits[i].hit.weight += cover_share * (weight_of(hits[i].words, weights) + most_lent) / total;
    }
    for (size_t i = 0; i < n && best > 0; i++)
        hits[i].hit.weight += coupling_share * coupled[i] / best;
    return true;
}
