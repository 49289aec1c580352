#include "indexer/progress.h"

#include "base/i18n.h"
#include "base/terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#define REDRAW_US 200000

void nd_progress_init(struct nd_progress *progress, uint64_t n_files, uint64_t n_bytes)
{
    const struct nd_terminal terminal = nd_terminal_detect(STDERR_FILENO);
    *progress = (struct nd_progress){
        .shown = terminal.is_terminal,
        .columns = terminal.columns,
        .start_us = g_get_monotonic_time(),
        .n_files = n_files,
        .n_bytes = n_bytes,
    };
    progress->drawn_us = progress->start_us;
    g_mutex_init(&progress->lock);
}

static void draw(const struct nd_progress *progress, int64_t now_us)
{
    const double elapsed_s = (double)(now_us - progress->start_us) / 1e6;
    const double rate = (double)progress->bytes / elapsed_s;
    const uint64_t left = progress->n_bytes > progress->bytes ? progress->n_bytes - progress->bytes : 0;
    const double left_s = rate > 0 ? (double)left / rate : 0;
    g_autofree char *line = g_strdup_printf(_("%" PRIu64 " of %" PRIu64 " files, %.1f MB/s, %.0f s left"),
                                            progress->files, progress->n_files, rate / 1e6, left_s);
    if (g_utf8_strlen(line, -1) < (glong)progress->columns)
        fprintf(stderr, "\r%s\x1b[K", line);
}

void nd_progress_step(struct nd_progress *progress, uint64_t bytes)
{
    g_mutex_lock(&progress->lock);
    progress->files++;
    progress->bytes += bytes;
    const int64_t now_us = progress->shown ? g_get_monotonic_time() : progress->drawn_us;
    if (now_us - progress->drawn_us >= REDRAW_US) {
        progress->drawn_us = now_us;
        draw(progress, now_us);
    }
    g_mutex_unlock(&progress->lock);
}

void nd_progress_clear(struct nd_progress *progress)
{
    if (progress->shown)
        fputs("\r\x1b[K", stderr);
    g_mutex_clear(&progress->lock);
}
