#include "corpus/store/packed_text.h"

#include "analyzers/text/passage.h"
#include "corpus/store/packed_number.h"

/* Which passages are kept. A list of what implements a work shows one of each document: the one around the
 * clearest of the citations that say so (graph/edges.h). Which citations mean the same work is not known yet,
 * so that those that name it in the same words are taken for one; where that goes wrong, the text is read. */

enum {
    PASSAGES_CAP = 64,       /* of a document; behind them it would rather be read itself */
    CITATIONS_CAP = 1 << 12, /* looked at for them */
    NUMBERS_OF_A_PASSAGE = 6
};

/* The words that name the work, with those of the work that is said to implement it. */
static char *name_of(const struct nd_mentions *mentions, const struct nd_mention *m)
{
    const struct nd_mention *const of =
        m->reported_by >= 0 ? nd_mentions_get(mentions, (size_t)m->reported_by) : NULL;
    return g_strdup_printf("%d\n%s\n%s\n%s\n%s\n%s", m->kind, m->type ?: "", m->number ?: m->ordinal ?: "",
                           m->issuer ?: m->term ?: "", m->name ?: "",
                           !of || m->relation == ND_RELATION_IMPLEMENTS ? "" : of->number ?: "?");
}

static int fullness(const struct nd_mention *m)
{
    return (m->date.day != 0) + (m->date.year != 0) + (m->term != NULL);
}

static bool is_clearer(const struct nd_mention *a, const struct nd_mention *b)
{
    if (a->proposed != b->proposed)
        return b->proposed;
    if (a->strength != b->strength)
        return a->strength > b->strength;
    if (fullness(a) != fullness(b))
        return fullness(a) > fullness(b);
    return a->confidence > b->confidence;
}

static bool implements(const struct nd_mention *m)
{
    return m->relation == ND_RELATION_IMPLEMENTS ||
           (m->reported_by >= 0 && m->reported_relation == ND_RELATION_IMPLEMENTS);
}

static gint by_ordinal(gconstpointer a, gconstpointer b)
{
    const guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
    return (x > y) - (x < y);
}

/* Ordinals, ascending. */
static GArray *choose(const struct nd_mentions *mentions)
{
    g_autoptr(GHashTable) places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GArray *const chosen = g_array_new(FALSE, FALSE, sizeof(guint32));
    const size_t n = nd_mentions_count(mentions);
    size_t n_seen = 0;
    for (guint32 i = 0; i < n && n_seen < CITATIONS_CAP; i++) {
        const struct nd_mention *const m = nd_mentions_get(mentions, i);
        if (!implements(m))
            continue;
        n_seen++;
        char *const name = name_of(mentions, m);
        const guint place = GPOINTER_TO_UINT(g_hash_table_lookup(places, name));
        if (place) {
            guint32 *const before = &g_array_index(chosen, guint32, place - 1);
            if (is_clearer(m, nd_mentions_get(mentions, *before)))
                *before = i;
            g_free(name);
        } else if (chosen->len < PASSAGES_CAP) {
            g_array_append_val(chosen, i);
            g_hash_table_insert(places, name, GUINT_TO_POINTER(chosen->len));
        } else {
            g_free(name);
        }
    }
    g_array_sort(chosen, by_ordinal);
    return chosen;
}

static void put_passage(GByteArray *out, const struct nd_document *doc, const struct nd_mention *m,
                        guint32 ordinal, guint32 *before)
{
    struct nd_range mark;
    g_autofree char *text =
        nd_passage_around(doc, (struct nd_range){m->start, m->end}, ND_PASSAGE_BYTES, &mark);
    if (!text)
        return;
    const size_t n = strlen(text);
    const uint32_t numbers[NUMBERS_OF_A_PASSAGE] = {
        ordinal - *before, m->start, m->end - m->start, mark.start, mark.end - mark.start, (uint32_t)n};
    uint8_t bytes[NUMBERS_OF_A_PASSAGE * ND_PACKED_NUMBER_BYTES], *p = bytes;
    for (unsigned i = 0; i < NUMBERS_OF_A_PASSAGE; i++)
        p = nd_packed_number_put(p, numbers[i]);
    g_byte_array_append(out, bytes, (guint)(p - bytes));
    g_byte_array_append(out, (const guint8 *)text, (guint)n);
    *before = ordinal;
}

void nd_packed_text_set_passages(struct nd_packed_text *packed, const struct nd_document *doc,
                                 const struct nd_mentions *mentions)
{
    g_autoptr(GArray) chosen = choose(mentions);
    g_autoptr(GByteArray) out = g_byte_array_new();
    guint32 before = 0;
    for (guint i = 0; i < chosen->len; i++) {
        const guint32 ordinal = g_array_index(chosen, guint32, i);
        put_passage(out, doc, nd_mentions_get(mentions, ordinal), ordinal, &before);
    }
    g_free((gpointer)packed->passages.p);
    packed->passages = out->len > 0
                           ? nd_pack(packed->packing, ND_PACKING_TEXT, (struct nd_bytes){out->data, out->len})
                           : (struct nd_bytes){NULL, 0};
}
