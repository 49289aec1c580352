#include "indexer/bulk.h"

#include "base/beside.h"
#include "indexer/ingest.h"

/* What the threads share, under `lock`. */
struct bulk {
    const struct nd_bulk_build *build;
    GMutex lock;
    GArray *changed; /* not needed here: everything is new */
    unsigned next_part;
    guint bounds[ND_INDEX_SHARDS + 1]; /* part i is steps [bounds[i], bounds[i + 1]) */
    struct nd_index_shard *shards[ND_INDEX_SHARDS];
    bool failed;
    GError *error; /* of the first thread that failed */
};

static const struct nd_plan_step *step_at(const struct bulk *bulk, guint i)
{
    return &g_array_index(bulk->build->steps, struct nd_plan_step, i);
}

/* Cuts the steps into parts of about equal bytes. */
static void cut(struct bulk *bulk)
{
    const guint n = bulk->build->steps->len;
    int64_t total = 0, so_far = 0;
    unsigned part = 1;
    for (guint i = 0; i < n; i++)
        total += step_at(bulk, i)->input->size;
    for (guint i = 0; i < n; i++) {
        while (part < ND_INDEX_SHARDS && so_far >= total / ND_INDEX_SHARDS * part)
            bulk->bounds[part++] = i;
        so_far += step_at(bulk, i)->input->size;
    }
    while (part <= ND_INDEX_SHARDS)
        bulk->bounds[part++] = n;
}

static bool stopped(struct bulk *bulk)
{
    bool stop = bulk->build->stopped && bulk->build->stopped();
    g_mutex_lock(&bulk->lock);
    bulk->build->report->stopped |= stop;
    stop |= bulk->failed;
    g_mutex_unlock(&bulk->lock);
    return stop;
}

static bool take_step(struct bulk *bulk, struct nd_ingest *ingest, const struct nd_plan_step *step,
                      GError **error)
{
    const struct nd_hints *hints = bulk->build->hints;
    const char *place = hints ? nd_hints_place(hints, step->input->path) : NULL;
    const bool skip = step->action == ND_PLAN_SKIP;
    bool changed;
    if (!(skip ? nd_ingest_skip(ingest, step->input, NULL, &changed, error)
               : nd_ingest_file(ingest, step->input, NULL, place, &changed, error)))
        return false;
    g_mutex_lock(&bulk->lock);
    bulk->build->report->added++;
    bulk->build->report->done += !skip;
    g_mutex_unlock(&bulk->lock);
    if (!skip)
        nd_progress_step(bulk->build->progress, (uint64_t)step->input->size);
    return true;
}

static bool take_parts(struct bulk *bulk, struct nd_ingest *ingest, GError **error)
{
    for (;;) {
        g_mutex_lock(&bulk->lock);
        const unsigned part = bulk->next_part++;
        g_mutex_unlock(&bulk->lock);
        if (part >= ND_INDEX_SHARDS)
            return true;
        ingest->shard = bulk->shards[part];
        for (guint i = bulk->bounds[part]; i < bulk->bounds[part + 1]; i++) {
            if (stopped(bulk))
                return true;
            if (!take_step(bulk, ingest, step_at(bulk, i), error))
                return false;
        }
        if (!nd_index_shard_finish(ingest->shard, error))
            return false;
    }
}

static gpointer work(gpointer data)
{
    struct bulk *bulk = data;
    GError *error = NULL;
    struct nd_ingest ingest = {
        .writer = bulk->build->writer,
        .lock = &bulk->lock,
        .changed = bulk->changed,
        .reader = nd_reader_new(NULL, &error),
        .terms = nd_terms_new(),
    };
    if (!ingest.reader || !take_parts(bulk, &ingest, &error)) {
        g_mutex_lock(&bulk->lock);
        if (bulk->failed)
            g_clear_error(&error);
        else
            bulk->error = error;
        bulk->failed = true;
        g_mutex_unlock(&bulk->lock);
    }
    nd_reader_free(ingest.reader);
    nd_terms_free(ingest.terms);
    return NULL;
}

bool nd_bulk_run(const struct nd_bulk_build *build, GError **error)
{
    struct bulk bulk = {.build = build, .changed = g_array_new(FALSE, FALSE, sizeof(int64_t))};
    const unsigned jobs = build->jobs ? build->jobs : g_get_num_processors();
    struct nd_beside threads[ND_INDEX_SHARDS];
    const unsigned n_threads = MIN(jobs, ND_INDEX_SHARDS);
    g_mutex_init(&bulk.lock);
    cut(&bulk);
    bool ok = true;
    for (unsigned i = 0; ok && i < ND_INDEX_SHARDS; i++)
        ok = (bulk.shards[i] = nd_index_writer_shard(build->writer, i, bulk.bounds[i + 1] - bulk.bounds[i],
                                                     error)) != NULL;
    for (unsigned i = 0; ok && i < n_threads; i++)
        threads[i] = nd_beside_start("ndindex", true, work, &bulk);
    for (unsigned i = 0; ok && i < n_threads; i++)
        nd_beside_wait(&threads[i]);
    if (bulk.error)
        g_propagate_error(error, bulk.error);
    g_array_unref(bulk.changed);
    g_mutex_clear(&bulk.lock);
    return ok && !bulk.failed;
}
