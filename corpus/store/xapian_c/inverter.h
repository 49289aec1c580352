#ifndef XAPIAN_C_INVERTER_H
#define XAPIAN_C_INVERTER_H

/*
 * What collecting (inverter.c) leaves behind and merging (invert_merge.c) takes up: a file of sorted runs.
 * Inside the binding only.
 */

#include "corpus/store/xapian_c/xc_inverter.h"

#include <stdio.h>

/* The number of slots that values are kept in. */
enum { XC_INVERTER_SLOTS = 16 };

/* A run lists keys in ascending order, each as this head, the key, and the payload: entries as a glass
 * database has them in a chunk. An entry is how many ids were left out since the one before (not in the
 * first), and the document's frequency of a term, or the size and bytes of a value. */
struct xc_run_head {
    uint64_t total;                /* of frequencies */
    uint32_t n, first_id, last_id; /* of documents */
    uint32_t payload_bytes;
    uint32_t key_bytes;
};

struct xc_run {
    uint64_t start, end; /* bytes of the file */
};

/* What is known of the values in one slot. */
struct xc_slot {
    uint32_t n;
    GString *lowest, *highest;
};

struct xc_totals {
    uint32_t n_documents, last_id;
    uint32_t shortest, longest; /* lengths of documents in words; 0 while none has any */
    uint32_t highest_frequency;
    uint64_t length;
};

struct xc_inverter {
    char *path, *data_path;
    FILE *runs_file, *data_file; /* data: id and size in four bytes each, and the data of each document */
    GArray *runs;                /* of struct xc_run; their ids ascend */
    struct xc_totals totals;
    struct xc_slot slots[XC_INVERTER_SLOTS];
    uint32_t batch_postings;
    struct xc_batch *batch; /* what is not in a run yet; NULL when finished */
};

static inline int xc_compare(const GString *a, struct xc_bytes b)
{
    const int order = memcmp(a->str, b.p, MIN(a->len, b.n));
    return order ? order : (a->len > b.n) - (a->len < b.n);
}

/* Keys of a glass database: values of a slot, lengths of documents, postings of a term. */
#define XC_KEY_STATISTICS "\0\xd0"
#define XC_KEY_VALUES     "\0\xd8"
#define XC_KEY_LENGTHS    "\0\xe0"
enum { XC_KEY_PREFIX = 2 };

#endif
