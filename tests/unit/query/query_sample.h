#ifndef ND_TESTS_QUERY_SAMPLE_H
#define ND_TESTS_QUERY_SAMPLE_H

/* Small indexes for tests of the query library, made by the real ndindex. */

#include "query/query.h"

/* A file of a collection: its name and what is in it. A list ends with {0}. */
struct sample_file {
    const char *name, *text;
};

/* Writes the files into <folder>/in and indexes them into <folder>/index. Files of an earlier call stay. The
 * test fails when that does not work. */
void sample_index(const char *folder, const struct sample_file *files);

/* A new folder below the system's for scratch; removed by sample_remove. Caller frees with g_free. */
char *sample_folder(void);
void sample_remove(const char *folder);

/* A session over <folder>/index. */
struct nd_session *sample_open(const char *folder, enum nd_secrecy visible);

/* What a query finds; the test fails when it cannot be answered. */
struct nd_results *sample_search(struct nd_session *session, const char *query);

/* Base names of the hits in order, a space between. Caller frees with g_free. */
char *sample_names(const struct nd_results *results);

#endif
