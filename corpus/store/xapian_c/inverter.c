#include "corpus/store/xapian_c/glass_pack.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#include "corpus/store/xapian_c/inverter.h"

enum { FIRST_SLOTS = 1 << 14, FILE_BUFFER = 1 << 18 };

/* A key of the batch: a term, or the lengths of documents. */
struct entry {
    uint64_t beginning; /* of the key: its first eight bytes, the first one highest */
    const char *key;
    uint32_t size, hash;
    uint32_t n;     /* documents */
    uint32_t last;  /* its last posting */
    uint32_t place; /* where its postings begin when they are sorted */
};

struct posting {
    uint32_t entry, id, frequency;
};

/* A value, in the batch's bytes. */
struct value {
    uint32_t slot, id;
    size_t start, size;
};

struct xc_batch {
    GStringChunk *keys;
    GArray *entries;  /* of struct entry */
    uint32_t *slots;  /* number of an entry + 1; open addressing, at most half of them used */
    size_t n_slots;   /* a power of two */
    GArray *postings; /* of struct posting */
    GArray *values;   /* of struct value */
    GString *bytes;   /* of values */
    GString *key;     /* scratch */
};

static bool failed(const struct xc_inverter *self, const char *what, GError **error)
{
    g_set_error(error, XC_ERROR, XC_ERROR_SYSTEM, "cannot %s %s: %s", what, self->path, g_strerror(errno));
    return false;
}

static struct xc_batch *batch_new(void)
{
    struct xc_batch *batch = g_new0(struct xc_batch, 1);
    batch->keys = g_string_chunk_new(1 << 16);
    batch->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    batch->n_slots = FIRST_SLOTS;
    batch->slots = g_new0(uint32_t, batch->n_slots);
    batch->postings = g_array_new(FALSE, FALSE, sizeof(struct posting));
    batch->values = g_array_new(FALSE, FALSE, sizeof(struct value));
    batch->bytes = g_string_new(NULL);
    batch->key = g_string_new(NULL);
    return batch;
}

static void batch_free(struct xc_batch *batch)
{
    if (!batch)
        return;
    g_string_chunk_free(batch->keys);
    g_array_unref(batch->entries);
    g_free(batch->slots);
    g_array_unref(batch->postings);
    g_array_unref(batch->values);
    g_string_free(batch->bytes, TRUE);
    g_string_free(batch->key, TRUE);
    g_free(batch);
}

static void batch_clear(struct xc_batch *batch)
{
    g_string_chunk_clear(batch->keys);
    g_array_set_size(batch->entries, 0);
    memset(batch->slots, 0, batch->n_slots * sizeof *batch->slots);
    g_array_set_size(batch->postings, 0);
    g_array_set_size(batch->values, 0);
    g_string_truncate(batch->bytes, 0);
}

static struct entry *entry_at(const struct xc_batch *batch, size_t i)
{
    return &((struct entry *)(void *)batch->entries->data)[i];
}

/* ---- collecting ---- */

static uint32_t hash_of(const char *p, size_t n)
{
    uint64_t hash = 0x9e3779b97f4a7c15u ^ n, word;
    for (; n > 8; p += 8, n -= 8) {
        memcpy(&word, p, 8);
        hash = (hash ^ word) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    word = 0;
    memcpy(&word, p, n);
    hash = (hash ^ word) * 0xff51afd7ed558ccdu;
    return (uint32_t)(hash >> 32);
}

static void grow(struct xc_batch *batch)
{
    g_free(batch->slots);
    batch->n_slots *= 2;
    batch->slots = g_new0(uint32_t, batch->n_slots);
    for (uint32_t i = 0; i < batch->entries->len; i++) {
        size_t at = entry_at(batch, i)->hash & (batch->n_slots - 1);
        while (batch->slots[at])
            at = (at + 1) & (batch->n_slots - 1);
        batch->slots[at] = i + 1;
    }
}

static uint64_t beginning_of(const char *key, size_t size)
{
    uint64_t beginning = 0;
    memcpy(&beginning, key, MIN(size, sizeof beginning));
    return GUINT64_FROM_BE(beginning);
}

/* Most keys are no longer than their beginning: the entry alone tells whether they are equal. */
static bool is_key(const struct entry *entry, uint64_t beginning, const char *key, size_t size)
{
    return entry->beginning == beginning && entry->size == size &&
           (size <= sizeof beginning || memcmp(entry->key, key, size) == 0);
}

static uint32_t find_entry(struct xc_batch *batch, const char *key, size_t size, uint32_t hash)
{
    const uint64_t beginning = beginning_of(key, size);
    size_t at = hash & (batch->n_slots - 1);
    for (; batch->slots[at]; at = (at + 1) & (batch->n_slots - 1))
        if (is_key(entry_at(batch, batch->slots[at] - 1), beginning, key, size))
            return batch->slots[at] - 1;
    const struct entry entry = {.beginning = beginning,
                                .key = g_string_chunk_insert_len(batch->keys, key, (gssize)size),
                                .size = (uint32_t)size,
                                .hash = hash};
    g_array_append_val(batch->entries, entry);
    batch->slots[at] = batch->entries->len;
    if (2 * (size_t)batch->entries->len > batch->n_slots)
        grow(batch);
    return batch->entries->len - 1;
}

/* Returns the document's frequency of the key: it may have it twice, and then they are summed, as Xapian
 * does. */
static uint32_t add_posting(struct xc_batch *batch, struct xc_bytes key, uint32_t hash, uint32_t id,
                            uint32_t frequency)
{
    const uint32_t number = find_entry(batch, key.p, key.n, hash);
    struct entry *entry = entry_at(batch, number);
    if (entry->n > 0) {
        struct posting *last = &g_array_index(batch->postings, struct posting, entry->last);
        if (last->id == id)
            return last->frequency += frequency;
    }
    const struct posting posting = {number, id, frequency};
    entry->last = batch->postings->len;
    entry->n++;
    g_array_append_val(batch->postings, posting);
    return frequency;
}

/* In keys a NUL has 0xff behind it, because a single one ends a term. */
static struct xc_bytes key_of(struct xc_batch *batch, struct xc_bytes term)
{
    if (!memchr(term.p, '\0', term.n))
        return term;
    g_string_truncate(batch->key, 0);
    for (size_t i = 0; i < term.n; i++) {
        g_string_append_c(batch->key, term.p[i]);
        if (term.p[i] == '\0')
            g_string_append_c(batch->key, '\xff');
    }
    return (struct xc_bytes){batch->key->str, batch->key->len};
}

enum { FETCHED = 16 }; /* terms whose places are fetched from memory side by side */

/* Asks for the places of terms [0, n) and gives their hashes. A term with a NUL has another key: it waits. */
static void fetch(const struct xc_batch *batch, const struct xc_term *terms, size_t n,
                  uint32_t hashes[FETCHED])
{
    for (size_t i = 0; i < n; i++) {
        hashes[i] = hash_of(terms[i].term.p, terms[i].term.n);
        __builtin_prefetch(&batch->slots[hashes[i] & (batch->n_slots - 1)]);
    }
    for (size_t i = 0; i < n; i++) {
        const uint32_t entry = batch->slots[hashes[i] & (batch->n_slots - 1)];
        if (entry)
            __builtin_prefetch(entry_at(batch, entry - 1), 1);
    }
}

static bool add_term(struct xc_inverter *self, uint32_t id, const struct xc_term *term, uint32_t hash,
                     GError **error)
{
    const struct xc_bytes key = key_of(self->batch, term->term);
    if (key.n == 0 || key.n > XC_CAP_TERM_BYTES) {
        g_set_error(error, XC_ERROR, XC_ERROR_INVALID_ARGUMENT, "a term of %zu bytes", key.n);
        return false;
    }
    const uint32_t frequency =
        add_posting(self->batch, key, key.p == term->term.p ? hash : hash_of(key.p, key.n), id, term->wdf);
    self->totals.highest_frequency = MAX(self->totals.highest_frequency, frequency);
    return true;
}

static bool add_terms(struct xc_inverter *self, uint32_t id, const struct xc_content *content, GError **error)
{
    uint64_t length = 0;
    for (size_t i = 0; i < content->n_terms; i += FETCHED) {
        const struct xc_term *const terms = content->terms + i;
        const size_t n = MIN(content->n_terms - i, (size_t)FETCHED);
        uint32_t hashes[FETCHED];
        fetch(self->batch, terms, n, hashes);
        for (size_t k = 0; k < n; k++) {
            if (!add_term(self, id, &terms[k], hashes[k], error))
                return false;
            length += terms[k].wdf;
        }
    }
    static const struct xc_bytes key = {XC_KEY_LENGTHS, XC_KEY_PREFIX};
    const uint32_t cut = (uint32_t)MIN(length, UINT32_MAX);
    add_posting(self->batch, key, hash_of(key.p, key.n), id, cut);
    self->totals.length += cut;
    self->totals.longest = MAX(self->totals.longest, cut);
    if (cut > 0 && (self->totals.shortest == 0 || cut < self->totals.shortest))
        self->totals.shortest = cut;
    return true;
}

static void assign(GString **out, struct xc_bytes bytes)
{
    if (!*out)
        *out = g_string_new(NULL);
    g_string_truncate(*out, 0);
    g_string_append_len(*out, bytes.p, (gssize)bytes.n);
}

static void add_value(struct xc_inverter *self, uint32_t id, const struct xc_value *value)
{
    struct xc_batch *const batch = self->batch;
    struct xc_slot *const slot = &self->slots[value->slot];
    const struct value added = {value->slot, id, batch->bytes->len, value->bytes.n};
    g_array_append_val(batch->values, added);
    g_string_append_len(batch->bytes, value->bytes.p, (gssize)value->bytes.n);
    if (slot->n == 0 || xc_compare(slot->lowest, value->bytes) > 0)
        assign(&slot->lowest, value->bytes);
    if (slot->n == 0 || xc_compare(slot->highest, value->bytes) < 0)
        assign(&slot->highest, value->bytes);
    slot->n++;
}

/* ---- runs ---- */

static bool write_entry(struct xc_inverter *self, struct xc_run_head *head, struct xc_bytes key,
                        const GString *payload, GError **error)
{
    head->key_bytes = (uint32_t)key.n;
    head->payload_bytes = (uint32_t)payload->len;
    return (fwrite(head, sizeof *head, 1, self->runs_file) == 1 &&
            fwrite(key.p, key.n, 1, self->runs_file) == 1 &&
            fwrite(payload->str, payload->len, 1, self->runs_file) == 1) ||
           failed(self, "write", error);
}

static bool write_values(struct xc_inverter *self, GString *payload, GError **error)
{
    const struct xc_batch *const batch = self->batch;
    for (uint32_t slot = 0; slot < XC_INVERTER_SLOTS; slot++) {
        struct xc_run_head head = {0};
        g_string_truncate(payload, 0);
        for (guint i = 0; i < batch->values->len; i++) {
            const struct value *value = &g_array_index(batch->values, struct value, i);
            if (value->slot != slot)
                continue;
            if (head.n++ == 0)
                head.first_id = value->id;
            else
                xc_append_uint(payload, value->id - head.last_id - 1);
            head.last_id = value->id;
            xc_append_uint(payload, value->size);
            g_string_append_len(payload, batch->bytes->str + value->start, (gssize)value->size);
        }
        const char key[] = {XC_KEY_VALUES[0], XC_KEY_VALUES[1], (char)slot};
        if (head.n > 0 && !write_entry(self, &head, (struct xc_bytes){key, sizeof key}, payload, error))
            return false;
    }
    return true;
}

/* An entry to be sorted: most keys are told apart by their first bytes. */
struct sorted {
    uint64_t beginning;
    uint32_t number;
};

static int by_key(const void *a, const void *b, void *user_data)
{
    const struct sorted *x = a, *y = b;
    if (x->beginning != y->beginning)
        return x->beginning < y->beginning ? -1 : 1;
    const struct entry *first = entry_at(user_data, x->number), *second = entry_at(user_data, y->number);
    const int order = memcmp(first->key, second->key, MIN(first->size, second->size));
    return order ? order : (first->size > second->size) - (first->size < second->size);
}

static struct sorted *sort_entries(struct xc_batch *batch)
{
    const guint n = batch->entries->len;
    struct sorted *sorted = g_new(struct sorted, n + 1);
    for (guint i = 0; i < n; i++) {
        const struct entry *entry = entry_at(batch, i);
        sorted[i] = (struct sorted){entry->beginning, i};
    }
    g_qsort_with_data(sorted, (gint)n, sizeof *sorted, by_key, batch);
    return sorted;
}

/* Postings in the order of their keys, and within a key of their documents, as id and frequency. */
static uint32_t (*place_postings(struct xc_batch *batch, const struct sorted *sorted))[2]
{
    uint32_t(*placed)[2] = g_malloc(((gsize)batch->postings->len + 1) * sizeof *placed);
    uint32_t place = 0;
    for (guint i = 0; i < batch->entries->len; i++) {
        struct entry *entry = entry_at(batch, sorted[i].number);
        entry->place = place;
        place += entry->n;
    }
    const struct posting *const postings = (const struct posting *)(const void *)batch->postings->data;
    for (guint i = 0; i < batch->postings->len; i++) {
        const uint32_t to = entry_at(batch, postings[i].entry)->place++;
        placed[to][0] = postings[i].id;
        placed[to][1] = postings[i].frequency;
    }
    return placed;
}

static bool write_postings(struct xc_inverter *self, GString *payload, GError **error)
{
    struct xc_batch *const batch = self->batch;
    g_autofree struct sorted *sorted = sort_entries(batch);
    g_autofree uint32_t(*placed)[2] = place_postings(batch, sorted);
    for (guint i = 0; i < batch->entries->len; i++) {
        const struct entry *entry = entry_at(batch, sorted[i].number);
        const uint32_t(*const first)[2] = (const uint32_t(*)[2])placed + (entry->place - entry->n);
        struct xc_run_head head = {.n = entry->n, .first_id = first[0][0], .last_id = first[entry->n - 1][0]};
        g_string_set_size(payload, (gsize)entry->n * 2 * XC_CAP_PACKED_BYTES);
        uint8_t *p = (uint8_t *)payload->str;
        for (uint32_t k = 0; k < entry->n; k++) {
            if (k > 0)
                p = xc_pack_uint(p, first[k][0] - first[k - 1][0] - 1);
            p = xc_pack_uint(p, first[k][1]);
            head.total += first[k][1];
        }
        g_string_truncate(payload, (gsize)(p - (uint8_t *)payload->str));
        if (!write_entry(self, &head, (struct xc_bytes){entry->key, entry->size}, payload, error))
            return false;
    }
    return true;
}

static bool write_run(struct xc_inverter *self, GError **error)
{
    if (self->batch->postings->len == 0)
        return true;
    g_autoptr(GString) payload = g_string_new(NULL);
    struct xc_run run = {.start = (uint64_t)ftello(self->runs_file)};
    if (!write_values(self, payload, error) || !write_postings(self, payload, error))
        return false;
    run.end = (uint64_t)ftello(self->runs_file);
    g_array_append_val(self->runs, run);
    batch_clear(self->batch);
    return true;
}

/* ---- the whole ---- */

static FILE *make_file(const char *path)
{
    FILE *file = fopen(path, "w+be");
    if (file)
        setvbuf(file, NULL, _IOFBF, FILE_BUFFER);
    return file;
}

struct xc_inverter *xc_inverter_new(const char *path, uint32_t batch_postings, GError **error)
{
    struct xc_inverter *self = g_new0(struct xc_inverter, 1);
    self->path = g_strdup(path);
    self->batch_postings = batch_postings;
    self->data_path = g_strconcat(path, ".data", NULL);
    self->runs = g_array_new(FALSE, FALSE, sizeof(struct xc_run));
    self->batch = batch_new();
    self->runs_file = make_file(self->path);
    self->data_file = make_file(self->data_path);
    if (self->runs_file && self->data_file)
        return self;
    failed(self, "make", error);
    xc_inverter_free(self);
    return NULL;
}

void xc_inverter_free(struct xc_inverter *self)
{
    if (!self)
        return;
    FILE *const files[] = {self->runs_file, self->data_file};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        if (files[i])
            fclose(files[i]);
    g_unlink(self->path);
    g_unlink(self->data_path);
    for (size_t i = 0; i < XC_INVERTER_SLOTS; i++) {
        if (self->slots[i].n > 0) {
            g_string_free(self->slots[i].lowest, TRUE);
            g_string_free(self->slots[i].highest, TRUE);
        }
    }
    batch_free(self->batch);
    g_array_unref(self->runs);
    g_free(self->path);
    g_free(self->data_path);
    g_free(self);
}

bool xc_inverter_add(struct xc_inverter *self, uint32_t id, const struct xc_content *content, GError **error)
{
    g_assert(id > self->totals.last_id && self->batch);
    if (!add_terms(self, id, content, error))
        return false;
    for (size_t i = 0; i < content->n_values; i++) {
        g_assert(content->values[i].slot < XC_INVERTER_SLOTS && content->values[i].bytes.n > 0);
        add_value(self, id, &content->values[i]);
    }
    const uint32_t head[2] = {id, (uint32_t)content->data.n};
    if (fwrite(head, sizeof head, 1, self->data_file) != 1 ||
        (content->data.n > 0 && fwrite(content->data.p, content->data.n, 1, self->data_file) != 1))
        return failed(self, "write", error);
    self->totals.n_documents++;
    self->totals.last_id = id;
    return self->batch->postings->len < self->batch_postings || write_run(self, error);
}

bool xc_inverter_finish(struct xc_inverter *self, GError **error)
{
    if (!self->batch)
        return true;
    if (!write_run(self, error))
        return false;
    g_clear_pointer(&self->batch, batch_free);
    return (fflush(self->runs_file) == 0 && fflush(self->data_file) == 0) || failed(self, "write", error);
}

uint32_t xc_inverter_count(const struct xc_inverter *self)
{
    return self->totals.n_documents;
}
