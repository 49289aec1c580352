#ifndef ND_QUERY_NDGRAPH_H
#define ND_QUERY_NDGRAPH_H

/* The commands of ndgraph: one row of the table in ndgraph.c, one function each. */

#include "base/error.h"
#include "query/layout.h"
#include "query/query.h"

struct nd_graph_options {
    char *format;  /* --format; NULL without */
    char *column;  /* --column of a CSV file, by name or number; NULL without */
    char *date;    /* --date */
    char *author;  /* --author */
    char *visible; /* --visible; NULL without */
    char *around;  /* --around */
    int steps;     /* --steps; 0 without */
    int count;     /* --count; 0 without */
    gboolean all_places;
    gboolean dry_run; /* --dry-run */
    gboolean decided; /* --decided */
};

/* What a command works with. */
struct nd_graph_run {
    const char *index_dir;
    struct nd_session *session; /* NULL for a command that writes: it opens the index itself */
    struct nd_layout layout;    /* standard output */
    const struct nd_graph_options *options;
};

enum nd_graph_access {
    ND_GRAPH_READS,     /* what the reader may see */
    ND_GRAPH_READS_FEW, /* the same, about one work */
    ND_GRAPH_READS_ALL, /* documents of every stamp */
    ND_GRAPH_WRITES,    /* the same, and opens the index itself */
};

struct nd_graph_command {
    const char *name;
    const char *arguments; /* "WORK", shown in --help */
    const char *summary;   /* N_() */
    const char *formats;   /* that it knows, the default first, separated by spaces */
    int n_arguments, n_arguments_max;
    enum nd_graph_access access;
    /* argv[0] is the command's name. Returns an exit status (base/error.h); a failure sets *error instead,
     * and then the value does not matter. */
    int (*run)(struct nd_graph_run *run, int argc, char **argv, GError **error);
};

/* The format asked for, or the command's default. */
bool nd_graph_format_is(const struct nd_graph_run *run, const char *name);

/* The key of the work that text names. When there is none or more than one, prints the candidates and how to
 * narrow, and returns NULL with *error set to ND_ERROR_NOT_FOUND. Caller frees with g_free. */
char *nd_graph_argument(struct nd_graph_run *run, const char *text, GError **error);

int nd_graph_show(struct nd_graph_run *run, int argc, char **argv, GError **error);
int nd_graph_timeline(struct nd_graph_run *run, int argc, char **argv, GError **error);
int nd_graph_compare(struct nd_graph_run *run, int argc, char **argv, GError **error);
int nd_graph_path(struct nd_graph_run *run, int argc, char **argv, GError **error);
int nd_graph_implementers(struct nd_graph_run *run, int argc, char **argv, GError **error);
int nd_graph_gaps(struct nd_graph_run *run, int argc, char **argv, GError **error);
int nd_graph_missing(struct nd_graph_run *run, int argc, char **argv, GError **error);
int nd_graph_stats(struct nd_graph_run *run, int argc, char **argv, GError **error);
int nd_graph_export_command(struct nd_graph_run *run, int argc, char **argv, GError **error);
int nd_graph_review(struct nd_graph_run *run, int argc, char **argv, GError **error);
int nd_graph_authority(struct nd_graph_run *run, int argc, char **argv, GError **error);
int nd_graph_dump(struct nd_graph_run *run, int argc, char **argv, GError **error);
int nd_graph_restore(struct nd_graph_run *run, int argc, char **argv, GError **error);
int nd_graph_resolve(struct nd_graph_run *run, int argc, char **argv, GError **error);

#endif
