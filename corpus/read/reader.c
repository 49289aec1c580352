#include "corpus/read/reader.h"

#include "base/beside.h"
#include "base/caps.h"
#include "base/error.h"
#include "base/utf8.h"
#include "corpus/read/plain_text.h"
#include "corpus/read/worker/worker.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEFAULT_TIMEOUT_S = 60, OCR_TIMES_SLOWER = 20 };
static const size_t default_memory_bytes = (size_t)1 << 30;

struct nd_reader {
    struct nd_worker *worker;
    struct nd_worker *ocr_worker; /* for files that are pictures of text; NULL when not wanted */
    bool ocr_missing;             /* tesseract is not there: seen with the first scan */
};

/* One nd_reader_read() call. */
struct delivery {
    struct nd_reader *reader;
    bool (*found)(struct nd_document *doc, const char *member, void *user_data);
    void *user_data;
    int fd;
    struct stat before;
    GHashTable *scans; /* member ("" for the file itself) -> document that may come again with text, from the
                        * other worker; NULL while there is none */
};

unsigned nd_reader_version(void)
{
    return 6;
}

struct nd_reader *nd_reader_new(const struct nd_reader_options *options, GError **error)
{
    (void)error; /* the worker starts with the first file that needs it, and that file hears of its trouble */
    const struct nd_worker_options worker = {
        .timeout_s = options && options->timeout_s ? options->timeout_s : DEFAULT_TIMEOUT_S,
        .memory_bytes = options && options->memory_bytes ? options->memory_bytes : default_memory_bytes,
    };
    struct nd_reader *reader = g_new0(struct nd_reader, 1);
    reader->worker = nd_worker_new(&worker);
    if (!options || !options->no_ocr) {
        struct nd_worker_options slow = worker;
        slow.timeout_s *= OCR_TIMES_SLOWER;
        slow.ocr = true;
        reader->ocr_worker = nd_worker_new(&slow);
    }
    return reader;
}

void nd_reader_free(struct nd_reader *reader)
{
    if (!reader)
        return;
    nd_worker_free(reader->worker);
    nd_worker_free(reader->ocr_worker);
    g_free(reader);
}

/* A part of a file on its way into memory. */
struct stretch {
    int fd;
    char *buffer; /* of the whole file */
    size_t from, to;
    size_t end;   /* how far it was read: before `to` when the file shrank */
    int error;    /* errno, 0 for none */
    bool is_text; /* what was read is UTF-8 without NUL */
};

/* With pread, so that a file that shrinks meanwhile is no SIGBUS. */
static gpointer read_stretch(gpointer user_data)
{
    struct stretch *s = user_data;
    while (s->end < s->to) {
        const ssize_t got = pread(s->fd, s->buffer + s->end, s->to - s->end, (off_t)s->end);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            s->error = got < 0 ? errno : 0;
            break;
        }
        s->end += (size_t)got;
    }
    return NULL;
}

static gpointer check_stretch(gpointer user_data)
{
    struct stretch *s = user_data;
    const struct nd_bytes bytes = {(const uint8_t *)s->buffer + s->from, s->end - s->from};
    s->is_text = !memchr(bytes.p, 0, bytes.n) && nd_utf8_valid_prefix(bytes) == bytes.n;
    return NULL;
}

/* A long file is read and checked by two threads. */
enum { LONG_FILE_BYTES = 4 << 20 };

static void run_both(GThreadFunc run, struct stretch halves[2])
{
    struct nd_beside second = nd_beside_start("read", halves[1].to > halves[1].from, run, &halves[1]);
    run(&halves[0]);
    nd_beside_wait(&second);
}

/* The file's bytes. Caller frees. */
static char *read_whole(int fd, size_t size, size_t *size_out, GError **error)
{
    g_autofree char *buffer = g_try_malloc(size + 1);
    if (!buffer) {
        g_set_error(error, ND_ERROR, ND_ERROR_IO, "no memory for %zu bytes", size);
        return NULL;
    }
    const size_t cut = size < LONG_FILE_BYTES ? size : size / 2;
    struct stretch halves[] = {{.fd = fd, .buffer = buffer, .to = cut},
                               {.fd = fd, .buffer = buffer, .from = cut, .to = size, .end = cut}};
    run_both(read_stretch, halves);
    const struct stretch *last = halves[0].end < cut || halves[0].error ? &halves[0] : &halves[1];
    if (last->error) {
        nd_error_set_errno(error, last->error, "cannot read");
        return NULL;
    }
    buffer[last->end] = '\0';
    *size_out = last->end;
    return g_steal_pointer(&buffer);
}

/* Whether the file is UTF-8 without NUL. */
static bool is_utf8_text(struct nd_bytes file)
{
    size_t cut = file.n < LONG_FILE_BYTES ? file.n : file.n / 2;
    for (unsigned i = 0; i < 3 && cut < file.n && (file.p[cut] & 0xc0) == 0x80; i++)
        cut--; /* to where a character begins */
    struct stretch halves[] = {
        {.buffer = (char *)file.p, .end = cut, .to = cut},
        {.buffer = (char *)file.p, .from = cut, .end = file.n, .to = file.n, .is_text = true}};
    run_both(check_stretch, halves);
    return halves[0].is_text && halves[1].is_text;
}

static bool same_state(const struct stat *a, const struct stat *b)
{
    return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* Hands a document on, marked when the file changed while it was read. */
static bool deliver(struct nd_document *doc, const char *member, void *user_data)
{
    struct delivery *delivery = user_data;
    struct stat after;
    if (fstat(delivery->fd, &after) != 0 || !same_state(&delivery->before, &after)) {
        doc->partial = true;
        nd_document_add_diagnostic(doc, "changed-while-read", 0, "the file changed while it was read");
    }
    return delivery->found(doc, member, delivery->user_data);
}

static bool has_diagnostic(const struct nd_document *doc, const char *code)
{
    for (guint i = 0; i < doc->diagnostics->len; i++)
        if (strcmp(((struct nd_diagnostic *)g_ptr_array_index(doc->diagnostics, i))->code, code) == 0)
            return true;
    return false;
}

/* Keeps a scan back; hands any other document on. */
static bool keep_scan(struct nd_document *doc, const char *member, void *user_data)
{
    struct delivery *delivery = user_data;
    if (!has_diagnostic(doc, "needs-ocr"))
        return deliver(doc, member, user_data);
    if (!delivery->scans)
        delivery->scans =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)nd_document_free);
    if (g_hash_table_contains(delivery->scans, member ? member : "")) /* two members of one name */
        return deliver(doc, member, user_data);
    g_hash_table_insert(delivery->scans, g_strdup(member ? member : ""), doc);
    return true;
}

/* Hands on what was kept back and comes again, or why nothing more comes, and nothing else. */
static bool take_scan(struct nd_document *doc, const char *member, void *user_data)
{
    struct delivery *delivery = user_data;
    bool ended = !member && (has_diagnostic(doc, "timeout") || has_diagnostic(doc, "crashed"));
    delivery->reader->ocr_missing |= has_diagnostic(doc, "needs-ocr");
    if (g_hash_table_remove(delivery->scans, member ? member : "") || ended)
        return deliver(doc, member, user_data);
    nd_document_free(doc);
    return true;
}

/* The file once more as the other worker reads it, with tesseract loaded, which takes too long to load for
 * every file. What does not come again is handed on as it was. */
static void read_scans(struct nd_reader *reader, struct delivery *delivery, const char *path)
{
    if (!reader->ocr_missing)
        nd_worker_read(reader->ocr_worker, delivery->fd, path, take_scan, delivery);
    GHashTableIter iter;
    gpointer member, doc;
    bool go_on = true;
    g_hash_table_iter_init(&iter, delivery->scans);
    while (g_hash_table_iter_next(&iter, &member, &doc)) {
        g_hash_table_iter_steal(&iter);
        if (go_on)
            go_on = deliver(doc, *(const char *)member ? member : NULL, delivery);
        else
            nd_document_free(doc);
        g_free(member);
    }
}

static void refuse(struct delivery *delivery, const char *code, const char *message)
{
    struct nd_document *doc = nd_document_new();
    doc->text = g_strdup("");
    nd_document_add_diagnostic(doc, code, 0, "%s", message);
    delivery->found(doc, NULL, delivery->user_data);
}

/*
 * Whether the file is UTF-8 text by its bytes and no other format by its beginning. Such text is read in this
 * process: no library sees it, only code that copies it. Mail begins with a header field, "Word: …", so such
 * texts take the way through the worker, which looks closer.
 */
static bool is_plain_utf8(struct nd_bytes file)
{
    static const char *const other[] = {"<", "{\\rtf", "%PDF", "PK", "From "};
    struct nd_str head = {(const char *)file.p, file.n};
    if (nd_str_has_prefix(head, ND_STR("\xef\xbb\xbf")))
        head = nd_str_slice(head, 3, head.n);
    while (head.n > 0 && g_ascii_isspace(head.p[0]))
        head = nd_str_slice(head, 1, head.n);
    for (unsigned i = 0; i < G_N_ELEMENTS(other); i++)
        if (nd_str_has_prefix(head, nd_str_from_c(other[i])))
            return false;
    size_t word = 0;
    while (word < head.n && (g_ascii_isalpha(head.p[word]) || head.p[word] == '-'))
        word++;
    if (word > 1 && word + 1 < head.n && head.p[word] == ':' && head.p[word + 1] == ' ')
        return false;
    return is_utf8_text(file);
}

static void read_file(struct nd_reader *reader, struct delivery *delivery, const char *path)
{
    g_autoptr(GError) problem = NULL;
    size_t size = (size_t)delivery->before.st_size;
    g_autofree char *bytes = read_whole(delivery->fd, size, &size, &problem);
    if (!bytes) {
        refuse(delivery, "unreadable", problem->message);
        return;
    }
    struct nd_bytes file = {(const uint8_t *)bytes, size};
    if (size == 0 || is_plain_utf8(file)) {
        struct nd_document *doc = nd_document_new();
        nd_plain_text_take(g_steal_pointer(&bytes), size, doc);
        deliver(doc, NULL, delivery);
        return;
    }
    g_clear_pointer(&bytes, g_free);
    nd_worker_read(reader->worker, delivery->fd, path, reader->ocr_worker ? keep_scan : deliver, delivery);
    if (delivery->scans)
        read_scans(reader, delivery, path);
}

bool nd_reader_read(struct nd_reader *reader, int fd, const char *path,
                    bool (*found)(struct nd_document *doc, const char *member, void *user_data),
                    void *user_data, GError **error)
{
    struct delivery delivery = {.reader = reader, .found = found, .user_data = user_data, .fd = fd};
    if (fstat(fd, &delivery.before) != 0) {
        nd_error_set_errno(error, errno, "cannot read '%s'", path);
        return false;
    }
    g_autofree char *message = NULL;
    if (!S_ISREG(delivery.before.st_mode)) {
        refuse(&delivery, "not-a-file", "not a regular file");
    } else if ((uintmax_t)delivery.before.st_size > ND_CAP_FILE_BYTES) {
        message = g_strdup_printf("%ju bytes, more than %zu", (uintmax_t)delivery.before.st_size,
                                  ND_CAP_FILE_BYTES);
        refuse(&delivery, "file-too-large", message);
    } else {
        read_file(reader, &delivery, path);
    }
    if (delivery.scans)
        g_hash_table_unref(delivery.scans);
    return true;
}
