#include "indexer/pipeline.h"

#include "graph/update.h"
#include "indexer/analysis.h"
#include "indexer/bulk.h"
#include "indexer/ingest.h"
#include "indexer/inputs.h"
#include "indexer/plan.h"
#include "indexer/progress.h"

#include <string.h>

/* A batch ends when it has that many documents (ND_INDEX_BATCH) or that much text. */
#define BATCH_BYTES ((uint64_t)32 << 20)
/* A first build of less is over before threads and shards pay. */
#define BULK_MIN_BYTES ((int64_t)4 << 20)
#define BULK_MIN_FILES 1000

struct update {
    const struct nd_update_options *options;
    struct nd_update_report *report;
    struct nd_index_writer *writer;
    struct nd_inputs *inputs;
    GArray *known; /* of struct nd_known_file, by path */
    GStringChunk *strings;
    GArray *steps; /* of struct nd_plan_step */
    struct nd_ingest ingest;
    struct nd_progress progress;
    uint64_t batch_documents, batch_bytes; /* of ingest's counts when the batch began */
};

/* ---- recovery: terms from what the catalogue has ---- */

static void terms_of_stored(const struct nd_document *doc, const struct nd_metadata *metadata,
                            const struct nd_mentions *mentions, struct nd_terms *out, void *user_data)
{
    (void)user_data;
    struct nd_normalized text;
    nd_normalize(nd_document_text(doc), &text);
    nd_analysis_terms(doc, &text, metadata, mentions, out);
    nd_normalized_clear(&text);
}

struct nd_index_writer *nd_update_open_writer(const char *index_dir, GError **error)
{
    static const struct nd_index_analysis analysis = {.terms = terms_of_stored};
    return nd_index_writer_open(index_dir, &analysis, error);
}

/* ---- what to do ---- */

static bool add_known(const struct nd_catalog_file *file, void *user_data)
{
    struct update *update = user_data;
    const struct nd_known_file known = {
        .id = file->id,
        .path = g_string_chunk_insert(update->strings, file->path),
        .device = file->device,
        .inode = file->inode,
        .size = file->size,
        .mtime_ns = file->mtime_ns,
        .reader_version = file->reader_version,
        .place = g_intern_string(file->place),
        .skipped = g_intern_string(file->skipped),
    };
    g_array_append_val(update->known, known);
    return true;
}

static const char *place_of(const char *path, const void *user_data)
{
    const struct nd_hints *hints = user_data;
    return hints ? nd_hints_place(hints, path) : NULL;
}

static bool make_plan(struct update *update, GError **error)
{
    const struct nd_plan_rules rules = {
        .reread = update->options->verify,
        .reader_version = nd_reader_version(),
        .place = place_of,
        .user_data = update->options->hints,
    };
    struct nd_catalog *catalog = nd_catalog_writer_reader(nd_index_writer_catalog(update->writer));
    if (!nd_catalog_each_file(catalog, add_known, update, error))
        return false;
    update->steps = nd_plan_make(update->inputs, (const struct nd_known_file *)(void *)update->known->data,
                                 update->known->len, &rules);
    uint64_t bytes = 0;
    for (guint i = 0; i < update->steps->len; i++) {
        const struct nd_plan_step *step = &g_array_index(update->steps, struct nd_plan_step, i);
        const bool reads = step->action == ND_PLAN_ADD || step->action == ND_PLAN_UPDATE;
        update->report->todo += reads;
        bytes += reads ? (uint64_t)step->input->size : 0;
    }
    update->report->files = update->inputs->files->len;
    nd_progress_init(&update->progress, update->report->todo, bytes);
    return true;
}

/* ---- doing it ---- */

static bool take_step(struct update *update, const struct nd_plan_step *step, GError **error)
{
    struct nd_update_report *report = update->report;
    const char *place = step->input ? place_of(step->input->path, update->options->hints) : NULL;
    bool changed = true, ok = true;
    switch (step->action) {
    case ND_PLAN_KEEP:
        report->unchanged++;
        return true;
    case ND_PLAN_ADD:
        report->added++;
        ok = nd_ingest_file(&update->ingest, step->input, NULL, place, &changed, error);
        break;
    case ND_PLAN_UPDATE:
        ok = nd_ingest_file(&update->ingest, step->input, step->known, place, &changed, error);
        *(changed ? &report->changed : &report->unchanged) += 1;
        break;
    case ND_PLAN_MOVE:
        report->moved++;
        return nd_ingest_move(&update->ingest, step->input, step->known, place, error);
    case ND_PLAN_SKIP:
        ok = nd_ingest_skip(&update->ingest, step->input, step->known, &changed, error);
        *(step->known ? &report->changed : &report->added) += 1;
        return ok;
    case ND_PLAN_REMOVE:
        report->removed++;
        return nd_ingest_remove(&update->ingest, step->known, error);
    }
    report->done++;
    nd_progress_step(&update->progress, (uint64_t)step->input->size);
    return ok;
}

/* Resolves what the batch touched, and makes the batch a committed state. */
static bool commit(struct update *update, GError **error)
{
    GArray *changed = update->ingest.changed;
    update->batch_documents = update->ingest.n_documents;
    update->batch_bytes = update->ingest.n_bytes;
    if (changed->len > 0 &&
        !nd_graph_update(nd_index_writer_catalog(update->writer), (const int64_t *)(void *)changed->data,
                         changed->len, NULL, error))
        return false;
    g_array_set_size(changed, 0);
    return nd_index_writer_commit(update->writer, error);
}

static bool take_steps(struct update *update, GError **error)
{
    const struct nd_ingest *ingest = &update->ingest;
    for (guint i = 0; i < update->steps->len; i++) {
        if (update->options->stopped && update->options->stopped()) {
            update->report->stopped = true;
            break;
        }
        if (!take_step(update, &g_array_index(update->steps, struct nd_plan_step, i), error))
            return false;
        if ((ingest->n_documents - update->batch_documents >= ND_INDEX_BATCH ||
             ingest->n_bytes - update->batch_bytes >= BATCH_BYTES) &&
            !commit(update, error))
            return false;
    }
    return commit(update, error);
}

static bool build(struct update *update, GError **error)
{
    const struct nd_bulk_build build = {
        .writer = update->writer,
        .steps = update->steps,
        .hints = update->options->hints,
        .jobs = update->options->jobs,
        .stopped = update->options->stopped,
        .progress = &update->progress,
        .report = update->report,
    };
    if (!nd_bulk_run(&build, error))
        return false;
    nd_index_writer_merge(update->writer);
    return nd_graph_rebuild(nd_index_writer_catalog(update->writer), NULL, error) &&
           nd_index_writer_commit(update->writer, error);
}

static bool apply(struct update *update, GError **error)
{
    if (nd_index_writer_is_fresh(update->writer) &&
        (update->inputs->n_bytes >= BULK_MIN_BYTES || update->inputs->files->len >= BULK_MIN_FILES))
        return build(update, error);
    GMutex lock;
    g_mutex_init(&lock);
    update->ingest = (struct nd_ingest){
        .writer = update->writer,
        .lock = &lock,
        .changed = g_array_new(FALSE, FALSE, sizeof(int64_t)),
        .reader = nd_reader_new(NULL, error),
        .terms = nd_terms_new(),
    };
    const bool ok = update->ingest.reader && take_steps(update, error);
    g_array_unref(update->ingest.changed);
    nd_reader_free(update->ingest.reader);
    nd_terms_free(update->ingest.terms);
    g_mutex_clear(&lock);
    return ok;
}

/* For the status page: when files were last read, and how fast. A run that read none leaves it alone. */
static bool note_run(struct update *update, GError **error)
{
    const struct nd_progress *progress = &update->progress;
    if (progress->files == 0)
        return true;
    const struct nd_catalog_run run = {
        .finished_s = g_get_real_time() / G_USEC_PER_SEC,
        .files = (int64_t)progress->files,
        .bytes = (int64_t)progress->bytes,
        .milliseconds = (g_get_monotonic_time() - progress->start_us) / 1000,
    };
    return nd_catalog_writer_put_run(nd_index_writer_catalog(update->writer), &run, error) &&
           nd_index_writer_commit(update->writer, error);
}

/* ---- telling of it ---- */

struct listing {
    const struct nd_inputs *inputs;
    nd_update_problem found;
    void *user_data;
};

static bool pass_on(const char *path, const char *member, const struct nd_diagnostic *diagnostic,
                    void *user_data)
{
    const struct listing *listing = user_data;
    if (nd_inputs_cover(listing->inputs, path))
        listing->found(path, member, diagnostic, listing->user_data);
    return true;
}

static bool tell(struct update *update, nd_update_problem found, void *user_data, GError **error)
{
    struct listing listing = {.inputs = update->inputs, .found = found, .user_data = user_data};
    struct nd_catalog *catalog = nd_catalog_writer_reader(nd_index_writer_catalog(update->writer));
    return nd_catalog_each_diagnostic(catalog, pass_on, &listing, error) &&
           nd_catalog_counts(catalog, &update->report->counts, error);
}

static void update_clear(struct update *update)
{
    if (update->steps) {
        nd_progress_clear(&update->progress);
        g_array_unref(update->steps);
    }
    nd_index_writer_close(update->writer);
    nd_inputs_free(update->inputs);
    g_array_unref(update->known);
    g_string_chunk_free(update->strings);
}

bool nd_update_run(const struct nd_update_options *options, nd_update_problem found, void *user_data,
                   struct nd_update_report *report_out, GError **error)
{
    *report_out = (struct nd_update_report){0};
    __attribute__((cleanup(update_clear))) struct update update = {
        .options = options,
        .report = report_out,
        .known = g_array_new(FALSE, FALSE, sizeof(struct nd_known_file)),
        .strings = g_string_chunk_new(1 << 16),
    };
    /* The folders first: one that is missing must not even make an empty index. */
    update.inputs = nd_inputs_list(options->paths, error);
    if (!update.inputs)
        return false;
    update.writer = nd_update_open_writer(options->index_dir, error);
    if (!update.writer || !make_plan(&update, error) || !apply(&update, error) || !note_run(&update, error))
        return false;
    return tell(&update, found, user_data, error);
}
