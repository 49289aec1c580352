#include "corpus/store/dictionaries.h"

#include "corpus/store/sql.h"

#include <zdict.h>
#include <zstd.h>

/* Without a dictionary level 3 would save a tenth of the space of level 1 for twice its time; with one it
 * saves more and costs nothing. */
enum { PLAIN_LEVEL = 1, DICTIONARY_LEVEL = 3 };

/* Twice as large saves nothing on real collections, and every program that shows a document reads it. */
#define DICTIONARY_BYTES ((size_t)64 << 10)

static void free_compressor(gpointer context)
{
    ZSTD_freeCCtx(context);
}

static void free_decompressor(gpointer context)
{
    ZSTD_freeDCtx(context);
}

/* One a thread: making it costs more than a short text. */
static GPrivate compressors = G_PRIVATE_INIT(free_compressor);
static GPrivate decompressors = G_PRIVATE_INIT(free_decompressor);

/* ---- packing ---- */

struct nd_packing {
    ZSTD_CDict *dictionaries[ND_N_PACKING_KINDS]; /* NULL before they are learned; then the same for ever */
};

struct nd_packing *nd_packing_new(void)
{
    return g_new0(struct nd_packing, 1);
}

void nd_packing_free(struct nd_packing *packing)
{
    if (!packing)
        return;
    for (unsigned i = 0; i < ND_N_PACKING_KINDS; i++)
        ZSTD_freeCDict(packing->dictionaries[i]);
    g_free(packing);
}

/* clang lets g_atomic_pointer_get read no pointer that is itself const. */
static ZSTD_CDict *dictionary_of(const struct nd_packing *packing, enum nd_packing_kind kind)
{
    ZSTD_CDict **const place = (ZSTD_CDict **)(uintptr_t)&packing->dictionaries[kind];
    return g_atomic_pointer_get(place);
}

bool nd_packing_has_dictionaries(const struct nd_packing *packing)
{
    return dictionary_of(packing, ND_PACKING_TEXT) != NULL;
}

bool nd_packing_set(struct nd_packing *packing, enum nd_packing_kind kind, struct nd_bytes dictionary)
{
    g_assert(!packing->dictionaries[kind]);
    if (nd_dictionary_id(dictionary) == 0)
        return false;
    ZSTD_CDict *made = ZSTD_createCDict(dictionary.p, dictionary.n, DICTIONARY_LEVEL);
    g_atomic_pointer_set(&packing->dictionaries[kind], made);
    return made != NULL;
}

struct nd_bytes nd_pack(const struct nd_packing *packing, enum nd_packing_kind kind, struct nd_bytes bytes)
{
    ZSTD_CCtx *context = g_private_get(&compressors);
    if (!context) {
        context = ZSTD_createCCtx();
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, PLAIN_LEVEL);
        g_private_set(&compressors, context);
    }
    ZSTD_CCtx_refCDict(context, packing ? dictionary_of(packing, kind) : NULL);
    const size_t bound = ZSTD_compressBound(bytes.n);
    uint8_t *zstd = g_malloc(bound);
    const size_t size = ZSTD_compress2(context, zstd, bound, bytes.p, bytes.n);
    g_assert(!ZSTD_isError(size)); /* only a too small buffer or no memory make it fail */
    return (struct nd_bytes){g_realloc(zstd, MAX(size, 1)), size};
}

struct nd_bytes nd_dictionary_learn(const uint8_t *samples, const size_t *sizes, unsigned n)
{
    uint8_t *dictionary = g_malloc(DICTIONARY_BYTES);
    const size_t size = ZDICT_trainFromBuffer(dictionary, DICTIONARY_BYTES, samples, sizes, n);
    if (!ZDICT_isError(size))
        return (struct nd_bytes){dictionary, size};
    g_free(dictionary);
    return (struct nd_bytes){NULL, 0};
}

uint32_t nd_dictionary_id(struct nd_bytes dictionary)
{
    return dictionary.n > 0 ? ZDICT_getDictID(dictionary.p, dictionary.n) : 0;
}

/* ---- unpacking ---- */

struct nd_dictionaries {
    sqlite3 *db;
    struct nd_sql_statement *content;
    GArray *known; /* of struct known: two, more after many years */
};

struct known {
    uint32_t id;
    ZSTD_DDict *dictionary;
};

struct nd_dictionaries *nd_dictionaries_new(struct sqlite3 *db)
{
    struct nd_dictionaries *dictionaries = g_new0(struct nd_dictionaries, 1);
    dictionaries->db = db;
    dictionaries->known = g_array_new(FALSE, FALSE, sizeof(struct known));
    return dictionaries;
}

void nd_dictionaries_free(struct nd_dictionaries *dictionaries)
{
    if (!dictionaries)
        return;
    for (guint i = 0; i < dictionaries->known->len; i++)
        ZSTD_freeDDict(g_array_index(dictionaries->known, struct known, i).dictionary);
    g_array_unref(dictionaries->known);
    nd_sql_free(dictionaries->content);
    g_free(dictionaries);
}

/* NULL when the catalogue has none of that number. */
static const ZSTD_DDict *find(struct nd_dictionaries *dictionaries, uint32_t id)
{
    for (guint i = 0; i < dictionaries->known->len; i++) {
        const struct known *known = &g_array_index(dictionaries->known, struct known, i);
        if (known->id == id)
            return known->dictionary;
    }
    bool row;
    if (!nd_sql_prepare(dictionaries->db, &dictionaries->content,
                        "SELECT content FROM dictionary WHERE id = ?", NULL))
        return NULL;
    struct nd_sql_statement *const s = dictionaries->content;
    nd_sql_bind(s, "i", (int64_t)id);
    if (!nd_sql_step(s, &row, NULL) || !row)
        return NULL;
    const struct nd_bytes content = nd_sql_bytes(s, 0);
    const struct known added = {id, ZSTD_createDDict(content.p, content.n)};
    nd_sql_bind(s, "");
    if (!added.dictionary)
        return NULL;
    g_array_append_val(dictionaries->known, added);
    return added.dictionary;
}

uint64_t nd_unpacked_size(struct nd_bytes zstd)
{
    return ZSTD_getFrameContentSize(zstd.p, zstd.n); /* both error codes are above any cap */
}

bool nd_unpack(struct nd_dictionaries *dictionaries, struct nd_bytes zstd, void *out, size_t size)
{
    ZSTD_DCtx *context = g_private_get(&decompressors);
    if (!context) {
        context = ZSTD_createDCtx();
        g_private_set(&decompressors, context);
    }
    const uint32_t id = ZSTD_getDictID_fromFrame(zstd.p, zstd.n);
    const ZSTD_DDict *dictionary = id ? find(dictionaries, id) : NULL;
    if (id && !dictionary)
        return false;
    return ZSTD_decompress_usingDDict(context, out, size, zstd.p, zstd.n, dictionary) == size;
}
