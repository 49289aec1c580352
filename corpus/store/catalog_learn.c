#include "corpus/store/catalog_writer_private.h"

#include "base/beside.h"
#include "corpus/store/dictionaries.h"

/* So much text in so many documents makes dictionaries worth while, and so much of it is learned from: of
 * each document its beginning, of many documents some from all over the index. */
#define LEARN_AFTER_BYTES ((uint64_t)2 << 20)
#define SAMPLE_BYTES      ((gsize)2 << 20)
enum { LEARN_AFTER_DOCUMENTS = 10, SAMPLES_CAP = 2000, SAMPLE_OF_A_DOCUMENT_BYTES = 16 << 10 };

struct samples {
    GByteArray *bytes;
    GArray *sizes; /* of size_t */
};

static void add_sample(struct samples *samples, const void *p, size_t n)
{
    const size_t size = MIN(n, (size_t)SAMPLE_OF_A_DOCUMENT_BYTES);
    g_byte_array_append(samples->bytes, p, (guint)size);
    g_array_append_val(samples->sizes, size);
}

bool nd_catalog_load_dictionaries(struct nd_catalog_writer *writer, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    if (!nd_sql_prepare(writer->db, &s, "SELECT kind, content FROM dictionary", error))
        return false;
    for (bool row;;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            return true;
        const int64_t kind = nd_sql_int(s, 0);
        if (kind < 0 || kind >= ND_N_PACKING_KINDS ||
            !nd_packing_set(writer->packing, (enum nd_packing_kind)kind, nd_sql_bytes(s, 1))) {
            g_set_error(error, ND_ERROR, ND_ERROR_INDEX, "catalogue: a dictionary is damaged");
            return false;
        }
    }
}

static GArray *list_texts(struct nd_catalog_writer *writer, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!nd_sql_prepare(writer->db, &s, "SELECT document FROM text", error) || !nd_sql_collect(s, ids, error))
        return NULL;
    return g_steal_pointer(&ids);
}

static bool take_samples(struct nd_catalog_writer *writer, struct samples samples[ND_N_PACKING_KINDS],
                         GError **error)
{
    g_autoptr(GArray) ids = list_texts(writer, error);
    if (!ids)
        return false;
    const guint step = ids->len / SAMPLES_CAP + 1;
    for (guint i = 0; i < ids->len && samples[ND_PACKING_TEXT].bytes->len < SAMPLE_BYTES; i += step) {
        const int64_t id = g_array_index(ids, int64_t, i);
        struct nd_document_words words;
        nd_auto(nd_document) doc = nd_catalog_text(writer->reader, id, error);
        if (!doc || !nd_catalog_words(writer->reader, id, &words, error))
            return false;
        add_sample(&samples[ND_PACKING_TEXT], doc->text, doc->size);
        add_sample(&samples[ND_PACKING_WORDS], words.text.p, words.text.n);
    }
    return true;
}

static bool store(struct nd_catalog_writer *writer, enum nd_packing_kind kind, struct nd_bytes dictionary,
                  GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    if (!nd_sql_prepare(writer->db, &s,
                        "INSERT OR REPLACE INTO dictionary (id, kind, content) VALUES (?, ?, ?)", error))
        return false;
    nd_sql_bind(s, "iub", (int64_t)nd_dictionary_id(dictionary), (unsigned)kind, dictionary);
    return nd_sql_run(s, error) && nd_packing_set(writer->packing, kind, dictionary);
}

static struct nd_bytes learn(const struct samples *samples)
{
    return nd_dictionary_learn(samples->bytes->data, (const size_t *)(void *)samples->sizes->data,
                               samples->sizes->len);
}

struct lesson {
    const struct samples *samples;
    struct nd_bytes learned;
};

static gpointer take_lesson(gpointer user_data)
{
    struct lesson *lesson = user_data;
    lesson->learned = learn(lesson->samples);
    return NULL;
}

/* Both kinds side by side: the threads of a first build wait for this. */
static void learn_both(const struct samples samples[ND_N_PACKING_KINDS],
                       struct nd_bytes learned_out[ND_N_PACKING_KINDS])
{
    struct lesson words = {.samples = &samples[ND_PACKING_WORDS]};
    struct nd_beside second = nd_beside_start("learn", true, take_lesson, &words);
    learned_out[ND_PACKING_TEXT] = learn(&samples[ND_PACKING_TEXT]);
    nd_beside_wait(&second);
    learned_out[ND_PACKING_WORDS] = words.learned;
}

bool nd_catalog_learn(struct nd_catalog_writer *writer, GError **error)
{
    if (nd_packing_has_dictionaries(writer->packing) || writer->unlearned_bytes < LEARN_AFTER_BYTES ||
        writer->unlearned_documents < LEARN_AFTER_DOCUMENTS)
        return true;
    writer->unlearned_bytes = 0;
    struct samples samples[ND_N_PACKING_KINDS];
    struct nd_bytes learned[ND_N_PACKING_KINDS] = {0};
    for (unsigned i = 0; i < ND_N_PACKING_KINDS; i++)
        samples[i] = (struct samples){g_byte_array_new(), g_array_new(FALSE, FALSE, sizeof(size_t))};
    const bool sampled = take_samples(writer, samples, error);
    if (sampled)
        learn_both(samples, learned);
    /* else the documents are too few or all the same: later, from more */
    const bool all = learned[ND_PACKING_TEXT].n > 0 && learned[ND_PACKING_WORDS].n > 0;
    bool ok = sampled;
    for (unsigned i = ND_N_PACKING_KINDS; ok && all && i-- > 0;)
        ok = store(writer, (enum nd_packing_kind)i, learned[i], error);
    for (unsigned i = 0; i < ND_N_PACKING_KINDS; i++) {
        g_free((gpointer)learned[i].p);
        g_byte_array_unref(samples[i].bytes);
        g_array_unref(samples[i].sizes);
    }
    return ok;
}
