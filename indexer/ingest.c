#include "indexer/ingest.h"

#include "base/beside.h"
#include "corpus/read/diagnostics.h"
#include "corpus/store/sql.h"
#include "indexer/analysis.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A diagnostic on its way into the catalogue. */
struct remark {
    char *member;
    struct nd_diagnostic diagnostic;
};

/* One file while it is read. */
struct visit {
    struct nd_ingest *ingest;
    const struct nd_input *input;
    const char *place;
    int64_t file;
    bool compare;        /* stored documents of the same text may stay */
    GPtrArray *stored;   /* of struct nd_stored_document *: what the index has of the file */
    GArray *remarks;     /* of struct remark */
    const char *skipped; /* static: why nothing came out of the file */
    size_t n_kept, n_added;
    GError **error;
};

static void stored_free(gpointer data)
{
    struct nd_stored_document *stored = data;
    g_free(stored->member);
    g_free(stored->key);
    g_free(stored);
}

static void remark_clear(gpointer data)
{
    struct remark *remark = data;
    g_free(remark->member);
    g_free(remark->diagnostic.code);
    g_free(remark->diagnostic.message);
}

static void visit_clear(struct visit *visit)
{
    g_clear_pointer(&visit->stored, g_ptr_array_unref);
    g_clear_pointer(&visit->remarks, g_array_unref);
}

static const struct nd_packing *packing_of(const struct visit *visit)
{
    return nd_catalog_writer_packing(nd_index_writer_catalog(visit->ingest->writer));
}

static void note(struct visit *visit, const char *member, const struct nd_diagnostic *diagnostic)
{
    const struct remark remark = {.member = g_strdup(member),
                                  .diagnostic = {.code = g_strdup(diagnostic->code),
                                                 .message = g_strdup(diagnostic->message),
                                                 .offset = diagnostic->offset}};
    g_array_append_val(visit->remarks, remark);
}

/* The documents in use of a file. */
static GPtrArray *load_stored(struct nd_ingest *ingest, int64_t file, GError **error)
{
    nd_auto(nd_sql_statement) statement = NULL;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(stored_free);
    struct nd_catalog *catalog = nd_catalog_writer_reader(nd_index_writer_catalog(ingest->writer));
    if (!nd_sql_prepare(nd_catalog_sqlite(catalog), &statement,
                        "SELECT id, member, key FROM document WHERE file = ? AND retired IS NULL ORDER BY id",
                        error))
        return NULL;
    nd_sql_bind(statement, "i", file);
    bool row;
    while (nd_sql_step(statement, &row, error)) {
        if (!row)
            return g_steal_pointer(&list);
        struct nd_stored_document *stored = g_new0(struct nd_stored_document, 1);
        const struct nd_bytes member = nd_sql_bytes(statement, 1);
        stored->id = nd_sql_int(statement, 0);
        stored->member = member.p ? g_strndup((const char *)member.p, member.n) : NULL;
        stored->key = g_strdup(nd_sql_text(statement, 2));
        g_ptr_array_add(list, stored);
    }
    return NULL;
}

static void remember_change(struct nd_ingest *ingest, int64_t id)
{
    g_array_append_val(ingest->changed, id);
}

/* Packing a long text, or its words, beside other work pays for a thread. */
enum { LONG_TEXT_BYTES = 1 << 20 };

struct packing_job {
    const struct nd_packing *packing;
    const struct nd_document *doc;
    struct nd_packed_text *packed;
    const struct nd_terms *terms;
};

static gpointer pack(gpointer user_data)
{
    const struct packing_job *job = user_data;
    return nd_packed_text_new(job->packing, job->doc);
}

static gpointer pack_words(gpointer user_data)
{
    const struct packing_job *job = user_data;
    nd_packed_text_set_words(job->packed, job->terms);
    return NULL;
}

/* Adds a document, whose terms ingest has made, to both stores. */
static bool store(struct visit *visit, struct nd_new_document *document, struct nd_packed_text *packed,
                  const struct nd_document *doc, const struct nd_analysis *analysis)
{
    struct nd_ingest *ingest = visit->ingest;
    int64_t id = 0;
    bool ok = true;
    struct packing_job job = {.packed = packed, .terms = ingest->terms};
    struct nd_beside packer = nd_beside_start("pack", doc->size >= LONG_TEXT_BYTES, pack_words, &job);
    nd_packed_text_set_passages(packed, doc, analysis->mentions);
    document->text = packed;
    document->metadata = analysis->metadata;
    document->mentions = analysis->mentions;
    if (ingest->shard)
        ok =
            nd_index_shard_add(ingest->shard, document, visit->input->path, ingest->terms, &id, visit->error);
    nd_beside_wait(&packer);
    if (!ok)
        return false;
    g_mutex_lock(ingest->lock);
    ok = ingest->shard ? nd_index_writer_add_catalog(ingest->writer, id, document, visit->error)
                       : nd_index_writer_add(ingest->writer, document, ingest->terms, &id, visit->error);
    if (ok)
        remember_change(ingest, id);
    g_mutex_unlock(ingest->lock);
    visit->n_added++;
    ingest->n_documents++;
    ingest->n_bytes += doc->size;
    return ok;
}

/* packed is the text of doc; NULL when it is still to be made. */
static bool analyse_and_store(struct visit *visit, const struct nd_document *doc, const char *member,
                              struct nd_packed_text *packed)
{
    g_autofree char *path = member ? g_strconcat(visit->input->path, "!", member, NULL) : NULL;
    const struct nd_metadata_hints hints = {.path = path ? path : visit->input->path, .place = visit->place};
    struct nd_new_document document = {
        .file = visit->file,
        .member = member,
        .mime_type = doc->mime_type,
        .encoding = doc->encoding,
        .partial = doc->partial,
    };
    struct packing_job job = {.packing = packing_of(visit), .doc = doc};
    struct nd_beside packer = {.result = packed};
    if (!packed)
        packer = nd_beside_start("pack", true, pack, &job);
    struct nd_analysis analysis;
    nd_analysis_init(&analysis, doc, &hints, visit->ingest->terms);
    struct nd_packed_text *text = nd_beside_wait(&packer);
    const bool ok = store(visit, &document, text, doc, &analysis);
    if (!packed)
        nd_packed_text_free(text);
    nd_analysis_clear(&analysis);
    return ok;
}

/* The stored document with this text, marked as kept; NULL when there is none. */
static struct nd_stored_document *keep_stored(struct visit *visit, const char *member, const char *key)
{
    for (guint i = 0; visit->compare && i < visit->stored->len; i++) {
        struct nd_stored_document *stored = visit->stored->pdata[i];
        if (!stored->kept && g_strcmp0(stored->member, member) == 0 && strcmp(stored->key, key) == 0) {
            stored->kept = true;
            visit->n_kept++;
            return stored;
        }
    }
    return NULL;
}

/* A document without text is none; the file's (or member's) diagnostic says why. */
static bool has_text(struct visit *visit, const struct nd_document *doc, const char *member)
{
    if (doc->blocks->len > 0)
        return true;
    const struct nd_diagnostic *first = doc->diagnostics->len > 0 ? doc->diagnostics->pdata[0] : NULL;
    if (!member)
        visit->skipped = g_intern_string(first ? first->code : "empty");
    return false;
}

static bool take_document(struct nd_document *taken, const char *member, void *user_data)
{
    struct visit *visit = user_data;
    nd_auto(nd_document) doc = taken;
    for (guint i = 0; i < doc->diagnostics->len; i++)
        note(visit, member, doc->diagnostics->pdata[i]);
    if (!has_text(visit, doc, member))
        return true;
    if (!visit->compare && doc->size >= LONG_TEXT_BYTES)
        return analyse_and_store(visit, doc, member, NULL);
    nd_auto(nd_packed_text) packed = nd_packed_text_new(packing_of(visit), doc);
    if (keep_stored(visit, member, nd_packed_text_key(packed)))
        return true;
    return analyse_and_store(visit, doc, member, packed);
}

/* Writes the file's row as input shows it, under visit->file (0 for a new one). */
static bool put_file(struct visit *visit)
{
    const struct nd_catalog_file file = {
        .id = visit->file,
        .path = visit->input->path,
        .device = visit->input->device,
        .inode = visit->input->inode,
        .size = visit->input->size,
        .mtime_ns = visit->input->mtime_ns,
        .reader_version = nd_reader_version(),
        .place = visit->place,
        .skipped = visit->skipped,
    };
    g_mutex_lock(visit->ingest->lock);
    const bool ok = nd_catalog_writer_put_file(nd_index_writer_catalog(visit->ingest->writer), &file,
                                               &visit->file, visit->error);
    g_mutex_unlock(visit->ingest->lock);
    return ok;
}

/* Retires what was not kept of the stored documents, and writes down the diagnostics. */
static bool settle(struct visit *visit)
{
    struct nd_ingest *ingest = visit->ingest;
    bool ok = true;
    g_mutex_lock(ingest->lock);
    for (guint i = 0; ok && i < visit->stored->len; i++) {
        const struct nd_stored_document *stored = visit->stored->pdata[i];
        if (stored->kept)
            continue;
        ok = nd_index_writer_retire(ingest->writer, stored->id, visit->error);
        remember_change(ingest, stored->id);
    }
    for (guint i = 0; ok && i < visit->remarks->len; i++) {
        const struct remark *remark = &g_array_index(visit->remarks, struct remark, i);
        ok = nd_catalog_writer_add_diagnostic(nd_index_writer_catalog(ingest->writer), visit->file,
                                              remark->member, &remark->diagnostic, visit->error);
    }
    g_mutex_unlock(ingest->lock);
    return ok;
}

static void visit_init(struct visit *visit, struct nd_ingest *ingest, const struct nd_input *input,
                       const struct nd_known_file *known, const char *place, GError **error)
{
    *visit = (struct visit){
        .ingest = ingest,
        .input = input,
        .place = place   ? place
                 : known ? known->place
                         : NULL,
        .file = known ? known->id : 0,
        .skipped = input->skipped,
        .remarks = g_array_new(FALSE, FALSE, sizeof(struct remark)),
        .error = error,
    };
    g_array_set_clear_func(visit->remarks, remark_clear);
}

/* Loads the file's stored documents and writes its row. */
static bool visit_begin(struct visit *visit)
{
    if (visit->file) {
        g_mutex_lock(visit->ingest->lock);
        visit->stored = load_stored(visit->ingest, visit->file, visit->error);
        g_mutex_unlock(visit->ingest->lock);
    } else {
        visit->stored = g_ptr_array_new_with_free_func(stored_free);
    }
    return visit->stored && put_file(visit);
}

static bool read_and_store(struct visit *visit)
{
    /* O_NONBLOCK: a FIFO that took the file's place must not hold us up. */
    const int fd = open(visit->input->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        const struct nd_diagnostic diagnostic = {.code = (char *)"unreadable",
                                                 .message = (char *)g_strerror(errno)};
        note(visit, NULL, &diagnostic);
        visit->skipped = "unreadable";
        return true;
    }
    GError *problem = NULL;
    const bool ok =
        nd_reader_read(visit->ingest->reader, fd, visit->input->path, take_document, visit, &problem);
    close(fd);
    if (*visit->error) {
        g_clear_error(&problem);
        return false;
    }
    if (!ok)
        g_propagate_error(visit->error, problem);
    return ok;
}

bool nd_ingest_file(struct nd_ingest *ingest, const struct nd_input *input, const struct nd_known_file *known,
                    const char *place, bool *changed_out, GError **error)
{
    __attribute__((cleanup(visit_clear))) struct visit visit;
    GError *cause = NULL;
    visit_init(&visit, ingest, input, known, place, &cause);
    visit.compare = known && known->reader_version == nd_reader_version() &&
                    strcmp(known->path, input->path) == 0 && g_strcmp0(known->place, visit.place) == 0;
    const bool ok = visit_begin(&visit) && read_and_store(&visit) && (!visit.skipped || put_file(&visit)) &&
                    settle(&visit);
    *changed_out = visit.n_added > 0 || visit.n_kept < (visit.stored ? visit.stored->len : 0);
    if (!ok)
        g_propagate_prefixed_error(error, cause, "'%s': ", input->path);
    return ok;
}

static bool same_date(struct nd_date a, struct nd_date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static bool same_metadata(const struct nd_metadata *a, const struct nd_metadata *b)
{
    return g_strcmp0(a->type, b->type) == 0 && g_strcmp0(a->number, b->number) == 0 && a->year == b->year &&
           g_strcmp0(a->issuer, b->issuer) == 0 && g_strcmp0(a->code, b->code) == 0 &&
           g_strcmp0(a->place, b->place) == 0 && a->level == b->level && same_date(a->date, b->date) &&
           g_strcmp0(a->title, b->title) == 0 && a->inferred == b->inferred &&
           g_strcmp0(a->evidence, b->evidence) == 0;
}

/* Analyses a stored document under the file's new path; replaces it when it is something else now. */
static bool reconsider(struct visit *visit, struct nd_stored_document *stored)
{
    struct nd_catalog *catalog = nd_catalog_writer_reader(nd_index_writer_catalog(visit->ingest->writer));
    nd_auto(nd_catalog_document) before = nd_catalog_document_by_id(catalog, stored->id, visit->error);
    nd_auto(nd_document) doc = before ? nd_catalog_text(catalog, stored->id, visit->error) : NULL;
    if (!doc)
        return false;
    g_autofree char *path =
        stored->member ? g_strconcat(visit->input->path, "!", stored->member, NULL) : NULL;
    const struct nd_metadata_hints hints = {.path = path ? path : visit->input->path, .place = visit->place};
    struct nd_analysis analysis;
    nd_analysis_init(&analysis, doc, &hints, NULL);
    stored->kept = same_metadata(analysis.metadata, &before->metadata);
    bool ok = true;
    if (!stored->kept) {
        nd_auto(nd_packed_text) packed = nd_packed_text_new(packing_of(visit), doc);
        struct nd_new_document document = {
            .file = visit->file,
            .member = stored->member,
            .mime_type = before->mime_type,
            .encoding = before->encoding,
            .partial = before->partial,
        };
        nd_analysis_terms(doc, &analysis.text, analysis.metadata, analysis.mentions, visit->ingest->terms);
        ok = store(visit, &document, packed, doc, &analysis);
    }
    nd_analysis_clear(&analysis);
    return ok;
}

/* Takes the file's diagnostics over as remarks: writing its row forgets them. */
static bool keep_remarks(struct visit *visit, int64_t file)
{
    nd_auto(nd_sql_statement) statement = NULL;
    struct nd_catalog *catalog = nd_catalog_writer_reader(nd_index_writer_catalog(visit->ingest->writer));
    if (!nd_sql_prepare(nd_catalog_sqlite(catalog), &statement,
                        "SELECT member, code, message, offset FROM diagnostic WHERE file = ?", visit->error))
        return false;
    nd_sql_bind(statement, "i", file);
    bool row;
    while (nd_sql_step(statement, &row, visit->error)) {
        if (!row)
            return true;
        const struct nd_bytes bytes = nd_sql_bytes(statement, 0);
        g_autofree char *member = bytes.p ? g_strndup((const char *)bytes.p, bytes.n) : NULL;
        const struct nd_diagnostic diagnostic = {.code = (char *)nd_sql_text(statement, 1),
                                                 .message = (char *)nd_sql_text(statement, 2),
                                                 .offset = (uint64_t)nd_sql_int(statement, 3)};
        note(visit, member, &diagnostic);
    }
    return false;
}

bool nd_ingest_move(struct nd_ingest *ingest, const struct nd_input *input, const struct nd_known_file *known,
                    const char *place, GError **error)
{
    __attribute__((cleanup(visit_clear))) struct visit visit;
    GError *cause = NULL;
    visit_init(&visit, ingest, input, known, place, &cause);
    bool ok = keep_remarks(&visit, known->id) && visit_begin(&visit);
    for (guint i = 0; ok && i < visit.stored->len; i++)
        ok = reconsider(&visit, visit.stored->pdata[i]);
    ok = ok && settle(&visit);
    if (!ok)
        g_propagate_prefixed_error(error, cause, "'%s': ", input->path);
    return ok;
}

bool nd_ingest_skip(struct nd_ingest *ingest, const struct nd_input *input, const struct nd_known_file *known,
                    bool *changed_out, GError **error)
{
    __attribute__((cleanup(visit_clear))) struct visit visit;
    GError *cause = NULL;
    visit_init(&visit, ingest, input, known, NULL, &cause);
    bool ok = visit_begin(&visit);
    if (ok) {
        const struct nd_diagnostic diagnostic = {.code = (char *)input->skipped,
                                                 .message = (char *)"not read"};
        note(&visit, NULL, &diagnostic);
        ok = settle(&visit);
    }
    *changed_out = visit.stored && visit.stored->len > 0;
    if (!ok)
        g_propagate_prefixed_error(error, cause, "'%s': ", input->path);
    return ok;
}

bool nd_ingest_remove(struct nd_ingest *ingest, const struct nd_known_file *known, GError **error)
{
    g_autoptr(GPtrArray) stored = load_stored(ingest, known->id, error);
    if (!stored)
        return false;
    for (guint i = 0; i < stored->len; i++)
        remember_change(ingest, ((const struct nd_stored_document *)stored->pdata[i])->id);
    return nd_index_writer_retire_file(ingest->writer, known->id, error) &&
           nd_catalog_writer_remove_file(nd_index_writer_catalog(ingest->writer), known->id, error);
}
