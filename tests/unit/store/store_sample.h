#ifndef TESTS_UNIT_STORE_STORE_SAMPLE_H
#define TESTS_UNIT_STORE_STORE_SAMPLE_H

/*
 * Documents for tests of the store, as reading and analysis would hand them over: a title, a text, one
 * mention with every member set.
 */

#include "corpus/store/index.h"

struct store_sample {
    struct nd_document *doc;
    struct nd_metadata metadata; /* every member set; strings are static or the sample's */
    struct nd_mentions *mentions;
    struct nd_packed_text *packed;
    struct nd_terms *terms;
    char *title;
};

/* Caller clears. Change metadata and mentions freely before adding. */
void store_sample_init(struct store_sample *sample, const char *title, const char *text);
void store_sample_clear(struct store_sample *sample);

/* The mention every sample has. */
extern const struct nd_mention store_sample_mention;

/* The document as the store takes it, in file `file`. */
struct nd_new_document store_sample_document(const struct store_sample *sample, int64_t file);

/* Adds a file of that path with the sample as its document. */
bool store_sample_add(struct nd_index_writer *writer, struct store_sample *sample, const char *path,
                      int64_t *id_out, GError **error);

/* Makes the terms of a sample again from the catalogue. */
extern const struct nd_index_analysis store_sample_analysis;

#endif
