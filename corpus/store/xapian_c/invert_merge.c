#include "corpus/store/xapian_c/glass_pack.h"
#include "corpus/store/xapian_c/glass_table.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/random.h>
#include <unistd.h>

#include "corpus/store/xapian_c/inverter.h"

enum {
    CHUNK_BYTES = 1900,      /* a chunk of postings fits an item of a table, four of them a block */
    BUFFERS_BYTES = 8 << 20, /* for reading all runs together */
    MIN_BUFFER = 1 << 12,
};

static bool failed(const char *path, const char *what, GError **error)
{
    g_set_error(error, XC_ERROR, XC_ERROR_SYSTEM, "cannot %s %s: %s", what, path, g_strerror(errno));
    return false;
}

/* ---- reading runs ---- */

/* A run at one of its keys. */
struct cursor {
    const struct xc_inverter *inverter;
    uint64_t offset, end; /* of the file: what is not in the buffer yet */
    uint8_t *buffer;
    size_t capacity, used, at;
    size_t order; /* ids of a later run are greater */
    struct xc_run_head head;
    const uint8_t *key, *payload; /* in the buffer */
};

/* Sees to it that n bytes at `at` are in the buffer. */
static bool fill(struct cursor *cursor, size_t n, GError **error)
{
    if (cursor->used - cursor->at >= n)
        return true;
    memmove(cursor->buffer, cursor->buffer + cursor->at, cursor->used - cursor->at);
    cursor->used -= cursor->at;
    cursor->at = 0;
    if (cursor->capacity < n) {
        cursor->capacity = n;
        cursor->buffer = g_realloc(cursor->buffer, n);
    }
    while (cursor->used < n) {
        const size_t room = MIN(cursor->capacity - cursor->used, cursor->end - cursor->offset);
        const ssize_t got = pread(fileno(cursor->inverter->runs_file), cursor->buffer + cursor->used, room,
                                  (off_t)cursor->offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            errno = got == 0 ? EIO : errno;
            return failed(cursor->inverter->path, "read", error);
        }
        cursor->used += (size_t)got;
        cursor->offset += (uint64_t)got;
    }
    return true;
}

static bool is_at_end(const struct cursor *cursor)
{
    return cursor->offset == cursor->end && cursor->at == cursor->used;
}

/* Reads the next key. Not at the end. */
static bool read_key(struct cursor *cursor, GError **error)
{
    if (!fill(cursor, sizeof cursor->head, error))
        return false;
    memcpy(&cursor->head, cursor->buffer + cursor->at, sizeof cursor->head);
    const size_t size = sizeof cursor->head + cursor->head.key_bytes + cursor->head.payload_bytes;
    if (!fill(cursor, size, error))
        return false;
    cursor->key = cursor->buffer + cursor->at + sizeof cursor->head;
    cursor->payload = cursor->key + cursor->head.key_bytes;
    cursor->at += size;
    return true;
}

static int compare_keys(const struct cursor *a, const struct cursor *b)
{
    const int order = memcmp(a->key, b->key, MIN(a->head.key_bytes, b->head.key_bytes));
    return order ? order : (a->head.key_bytes > b->head.key_bytes) - (a->head.key_bytes < b->head.key_bytes);
}

static bool is_before(const struct cursor *a, const struct cursor *b)
{
    const int order = compare_keys(a, b);
    return order ? order < 0 : a->order < b->order;
}

/* A heap of cursors, the first of all at the top. */
static void sift_down(struct cursor **heap, size_t n, size_t i)
{
    for (;;) {
        size_t least = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < n; child++)
            if (is_before(heap[child], heap[least]))
                least = child;
        if (least == i)
            return;
        struct cursor *const moved = heap[i];
        heap[i] = heap[least];
        heap[least] = moved;
        i = least;
    }
}

/* ---- writing the lists ---- */

/* The list of one key on its way into the table, in chunks. */
struct list {
    struct xc_glass_table *table;
    GString *key;             /* of the whole list */
    GString *body;            /* entries of the chunk */
    GString *tag, *chunk_key; /* scratch */
    bool is_values, is_lengths;
    bool is_first; /* no chunk was written yet */
    uint32_t n, first_id, last_id;
    uint64_t total;
};

/* Where a chunk lies that is not the first of a term, or any of a slot. */
static struct xc_bytes key_of_chunk(struct list *list)
{
    g_string_truncate(list->chunk_key, 0);
    g_string_append_len(list->chunk_key, list->key->str, (gssize)list->key->len);
    if (!list->is_values && !list->is_lengths)
        g_string_append_c(list->chunk_key, '\0');
    xc_append_sorted(list->chunk_key, list->first_id);
    return (struct xc_bytes){list->chunk_key->str, list->chunk_key->len};
}

static bool write_chunk(struct list *list, bool is_last, GError **error)
{
    struct xc_bytes key = {list->key->str, list->key->len};
    g_string_truncate(list->tag, 0);
    if (list->is_values || !list->is_first)
        key = key_of_chunk(list);
    if (!list->is_values) {
        if (list->is_first) {
            xc_append_uint(list->tag, list->is_lengths ? 0 : list->n);
            xc_append_uint(list->tag, list->is_lengths ? 0 : list->total);
            xc_append_uint(list->tag, list->first_id - 1);
        }
        g_string_append_c(list->tag, is_last ? '1' : '0');
        xc_append_uint(list->tag, list->last_id - list->first_id);
    }
    g_string_append_len(list->tag, list->body->str, (gssize)list->body->len);
    list->is_first = false;
    g_string_truncate(list->body, 0);
    return xc_glass_table_add(list->table, key, (struct xc_bytes){list->tag->str, list->tag->len}, error);
}

/* The end of what an entry has beside its id. */
static const uint8_t *end_of_entry(const struct list *list, const uint8_t *p)
{
    uint64_t number;
    p = xc_unpack_uint(p, &number);
    return list->is_values ? p + number : p;
}

/* Appends what a run has of the list. */
static bool append_run(struct list *list, const struct cursor *cursor, GError **error)
{
    const uint8_t *p = cursor->payload, *const end = p + cursor->head.payload_bytes;
    for (uint32_t id = cursor->head.first_id; p < end;) {
        if (p > cursor->payload) {
            uint64_t gap;
            p = xc_unpack_uint(p, &gap);
            id += (uint32_t)gap + 1;
        }
        const uint8_t *const next = end_of_entry(list, p);
        if (list->body->len >= CHUNK_BYTES && !write_chunk(list, false, error))
            return false;
        if (list->body->len == 0)
            list->first_id = id;
        else
            xc_append_uint(list->body, id - list->last_id - 1);
        g_string_append_len(list->body, (const char *)p, next - p);
        list->last_id = id;
        p = next;
    }
    return true;
}

/* Puts the lists of the key at the top of the heap together, and takes the cursors on. heap[0] is the first.
 */
static bool write_list(struct list *list, struct cursor **heap, size_t *n_inout, GError **error)
{
    const struct cursor *top = heap[0];
    g_string_truncate(list->key, 0);
    g_string_append_len(list->key, (const char *)top->key, (gssize)top->head.key_bytes);
    list->is_values =
        top->head.key_bytes > XC_KEY_PREFIX && memcmp(top->key, XC_KEY_VALUES, XC_KEY_PREFIX) == 0;
    list->is_lengths =
        top->head.key_bytes == XC_KEY_PREFIX && memcmp(top->key, XC_KEY_LENGTHS, XC_KEY_PREFIX) == 0;
    list->is_first = true;
    list->n = 0;
    list->total = 0;
    /* The first chunk tells how many there are in all: so all runs are looked at before any is copied. */
    g_autoptr(GPtrArray) same = g_ptr_array_new();
    size_t n = *n_inout;
    while (n > 0 && heap[0]->head.key_bytes == list->key->len &&
           memcmp(heap[0]->key, list->key->str, list->key->len) == 0) {
        list->n += heap[0]->head.n;
        list->total += heap[0]->head.total;
        g_ptr_array_add(same, heap[0]);
        heap[0] = heap[--n];
        sift_down(heap, n, 0);
    }
    for (guint i = 0; i < same->len; i++)
        if (!append_run(list, same->pdata[i], error))
            return false;
    if (!write_chunk(list, true, error))
        return false;
    for (guint i = 0; i < same->len; i++) {
        struct cursor *cursor = same->pdata[i];
        if (is_at_end(cursor))
            continue;
        if (!read_key(cursor, error))
            return false;
        size_t at = n++;
        for (; at > 0 && is_before(cursor, heap[(at - 1) / 2]); at = (at - 1) / 2)
            heap[at] = heap[(at - 1) / 2];
        heap[at] = cursor;
    }
    *n_inout = n;
    return true;
}

static bool merge_lists(struct xc_glass_table *table, struct cursor **heap, size_t n, GError **error)
{
    struct list list = {.table = table,
                        .key = g_string_new(NULL),
                        .body = g_string_new(NULL),
                        .tag = g_string_new(NULL),
                        .chunk_key = g_string_new(NULL)};
    bool ok = true;
    for (size_t i = n / 2; i-- > 0;)
        sift_down(heap, n, i);
    while (ok && n > 0)
        ok = write_list(&list, heap, &n, error);
    GString *const strings[] = {list.key, list.body, list.tag, list.chunk_key};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_string_free(strings[i], TRUE);
    return ok;
}

static struct cursor *open_cursors(struct xc_inverter *const *inverters, size_t n, size_t *n_out)
{
    size_t n_runs = 0, order = 0;
    for (size_t i = 0; i < n; i++)
        n_runs += inverters[i]->runs->len;
    struct cursor *cursors = g_new0(struct cursor, n_runs + 1);
    const size_t capacity = MAX((size_t)BUFFERS_BYTES / (n_runs + 1), (size_t)MIN_BUFFER);
    for (size_t i = 0; i < n; i++) {
        for (guint k = 0; k < inverters[i]->runs->len; k++) {
            const struct xc_run *run = &g_array_index(inverters[i]->runs, struct xc_run, k);
            cursors[order] = (struct cursor){.inverter = inverters[i],
                                             .offset = run->start,
                                             .end = run->end,
                                             .buffer = g_malloc(capacity),
                                             .capacity = capacity,
                                             .order = order};
            order++;
        }
    }
    *n_out = n_runs;
    return cursors;
}

static bool merge_runs(struct xc_inverter *const *inverters, size_t n, struct xc_glass_table *table,
                       GError **error)
{
    size_t n_runs;
    g_autofree struct cursor *cursors = open_cursors(inverters, n, &n_runs);
    g_autofree struct cursor **heap = g_new0(struct cursor *, n_runs + 1);
    bool ok = true;
    for (size_t i = 0; ok && i < n_runs; i++) {
        heap[i] = &cursors[i];
        ok = read_key(heap[i], error);
    }
    ok = ok && merge_lists(table, heap, n_runs, error);
    for (size_t i = 0; i < n_runs; i++)
        g_free(cursors[i].buffer);
    return ok;
}

/* ---- the rest of the database ---- */

static void sum_slot(const struct xc_slot *slot, struct xc_slot *sum)
{
    if (slot->n == 0)
        return;
    const struct xc_bytes lowest = {slot->lowest->str, slot->lowest->len};
    const struct xc_bytes highest = {slot->highest->str, slot->highest->len};
    if (sum->n == 0 || xc_compare(sum->lowest, lowest) > 0)
        sum->lowest = slot->lowest;
    if (sum->n == 0 || xc_compare(sum->highest, highest) < 0)
        sum->highest = slot->highest;
    sum->n += slot->n;
}

/* How many values each slot has, and between which they lie. */
static bool write_statistics(struct xc_inverter *const *inverters, size_t n, struct xc_glass_table *table,
                             GError **error)
{
    g_autoptr(GString) tag = g_string_new(NULL);
    for (unsigned i = 0; i < XC_INVERTER_SLOTS; i++) {
        struct xc_slot sum = {0}; /* borrows its strings */
        for (size_t k = 0; k < n; k++)
            sum_slot(&inverters[k]->slots[i], &sum);
        if (sum.n == 0)
            continue;
        const char key[] = {XC_KEY_STATISTICS[0], XC_KEY_STATISTICS[1], (char)i};
        g_string_truncate(tag, 0);
        xc_append_uint(tag, sum.n);
        xc_append_uint(tag, sum.lowest->len);
        g_string_append_len(tag, sum.lowest->str, (gssize)sum.lowest->len);
        if (!g_string_equal(sum.lowest, sum.highest))
            g_string_append_len(tag, sum.highest->str, (gssize)sum.highest->len);
        if (!xc_glass_table_add(table, (struct xc_bytes){key, i > 0 ? sizeof key : XC_KEY_PREFIX},
                                (struct xc_bytes){tag->str, tag->len}, error))
            return false;
    }
    return true;
}

static bool write_postlist(struct xc_inverter *const *inverters, size_t n, const char *directory,
                           struct xc_glass_root *root, GError **error)
{
    g_autofree char *path = g_build_filename(directory, "postlist.glass", NULL);
    xc_auto(xc_glass_table) table = xc_glass_table_create(path, error);
    return table && write_statistics(inverters, n, table, error) && merge_runs(inverters, n, table, error) &&
           xc_glass_table_finish(table, root, error);
}

static bool copy_data(const struct xc_inverter *inverter, struct xc_glass_table *table, GString *data,
                      GError **error)
{
    uint32_t head[2];
    uint8_t key[XC_CAP_PACKED_BYTES];
    rewind(inverter->data_file);
    for (uint32_t i = 0; i < inverter->totals.n_documents; i++) {
        if (fread(head, sizeof head, 1, inverter->data_file) != 1)
            return failed(inverter->data_path, "read", error);
        g_string_set_size(data, head[1]);
        if (head[1] == 0)
            continue;
        if (fread(data->str, head[1], 1, inverter->data_file) != 1)
            return failed(inverter->data_path, "read", error);
        const size_t size = (size_t)(xc_pack_sorted(key, head[0]) - key);
        if (!xc_glass_table_add(table, (struct xc_bytes){(const char *)key, size},
                                (struct xc_bytes){data->str, data->len}, error))
            return false;
    }
    return true;
}

static bool write_docdata(struct xc_inverter *const *inverters, size_t n, const char *directory,
                          struct xc_glass_root *root, GError **error)
{
    g_autofree char *path = g_build_filename(directory, "docdata.glass", NULL);
    xc_auto(xc_glass_table) table = xc_glass_table_create(path, error);
    g_autoptr(GString) data = g_string_new(NULL);
    for (size_t i = 0; i < n; i++)
        if (!table || !copy_data(inverters[i], table, data, error))
            return false;
    return xc_glass_table_finish(table, root, error);
}

static struct xc_totals totals_of(struct xc_inverter *const *inverters, size_t n)
{
    struct xc_totals sum = {0};
    for (size_t i = 0; i < n; i++) {
        const struct xc_totals *const one = &inverters[i]->totals;
        sum.n_documents += one->n_documents;
        sum.last_id = MAX(sum.last_id, one->last_id);
        sum.longest = MAX(sum.longest, one->longest);
        sum.highest_frequency = MAX(sum.highest_frequency, one->highest_frequency);
        sum.length += one->length;
        if (one->shortest > 0 && (sum.shortest == 0 || one->shortest < sum.shortest))
            sum.shortest = one->shortest;
    }
    return sum;
}

enum { N_TABLES = 6, POSTLIST = 0, DOCDATA = 1, FIRST_LAZY = 2 };

enum { REVISION = 1 };

static void append_root(GString *out, unsigned number, const struct xc_glass_root *root)
{
    /* tags that are longer are packed; postings and positions are not */
    static const unsigned packed_from[N_TABLES] = {0, 18, 18, 0, 18, 18};
    enum { NO_ROOT = 1, SEQUENTIAL = 2, LEVEL_SHIFT = 2, BLOCK_UNIT = 2048 };
    g_autoptr(GString) free_blocks = g_string_new(NULL);
    if (root) { /* the first one behind the end, and a list without blocks */
        const uint32_t list[] = {REVISION, root->n_blocks, 0, 0, 0, 0};
        for (size_t i = 0; i < G_N_ELEMENTS(list); i++)
            xc_append_uint(free_blocks, list[i]);
    }
    xc_append_uint(out, root ? root->block : 0);
    xc_append_uint(out, root ? root->level << LEVEL_SHIFT : (unsigned)(NO_ROOT | SEQUENTIAL));
    xc_append_uint(out, root ? root->n_entries : 0);
    xc_append_uint(out, XC_GLASS_BLOCK_BYTES / BLOCK_UNIT);
    xc_append_uint(out, packed_from[number]);
    xc_append_uint(out, free_blocks->len);
    g_string_append_len(out, free_blocks->str, (gssize)free_blocks->len);
}

/* Source: Xapian 1.4, backends/glass/glass_version.cc. */
static bool write_version(const char *directory, const struct xc_totals *totals,
                          const struct xc_glass_root roots[FIRST_LAZY], GError **error)
{
    static const char magic[] = "\x0f\x0dXapian Glass\x04\x6e";
    char uuid[16];
    g_autofree char *path = g_build_filename(directory, "iamglass", NULL);
    g_autoptr(GString) out = g_string_new_len(magic, sizeof magic - 1);
    if (getrandom(uuid, sizeof uuid, 0) != (ssize_t)sizeof uuid)
        return failed(path, "name", error);
    g_string_append_len(out, uuid, sizeof uuid);
    xc_append_uint(out, REVISION);
    for (unsigned i = 0; i < N_TABLES; i++)
        append_root(out, i, i < FIRST_LAZY ? &roots[i] : NULL);
    xc_append_uint(out, totals->n_documents);
    xc_append_uint(out, totals->last_id - totals->n_documents);
    xc_append_uint(out, totals->shortest);
    xc_append_uint(out, totals->highest_frequency);
    xc_append_uint(out, totals->longest - totals->highest_frequency);
    xc_append_uint(out, 0); /* oldest set of changes */
    xc_append_uint(out, totals->length);
    xc_append_uint(out, 0); /* highest frequency of a spelling */
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents_full(path, out->str, (gssize)out->len, G_FILE_SET_CONTENTS_NONE, 0644, &cause))
        return true;
    g_set_error_literal(error, XC_ERROR, XC_ERROR_SYSTEM, cause->message);
    return false;
}

bool xc_inverters_write(struct xc_inverter *const *inverters, size_t n, const char *directory, GError **error)
{
    const struct xc_totals totals = totals_of(inverters, n);
    struct xc_glass_root roots[FIRST_LAZY];
    g_assert(totals.n_documents > 0);
    if (g_mkdir(directory, 0755) != 0)
        return failed(directory, "make", error);
    return write_postlist(inverters, n, directory, &roots[POSTLIST], error) &&
           write_docdata(inverters, n, directory, &roots[DOCDATA], error) &&
           write_version(directory, &totals, roots, error);
}
