#ifndef XAPIAN_C_GLASS_TABLE_H
#define XAPIAN_C_GLASS_TABLE_H

/*
 * Writes a table of a glass database from keys in ascending order: blocks are filled one after the other and
 * never changed. Inside the binding only; what is written here is read by xc_compact and by tests.
 * Source: Xapian 1.4, backends/glass/glass_table.h, for the layout of blocks and items.
 */

#include "corpus/store/xapian_c/xc_types.h"

enum { XC_GLASS_BLOCK_BYTES = 8192, XC_GLASS_KEY_BYTES = 255 };

/* What the database's version file says of a table. */
struct xc_glass_root {
    uint32_t block;
    uint32_t n_blocks; /* of the file */
    unsigned level;
    uint64_t n_entries;
};

struct xc_glass_table;

struct xc_glass_table *xc_glass_table_create(const char *path, GError **error);
void xc_glass_table_free(struct xc_glass_table *table);
XC_DEFINE_AUTO(xc_glass_table, xc_glass_table_free)

/* Adds an entry. The key is of 1 to XC_GLASS_KEY_BYTES and greater than all before. */
bool xc_glass_table_add(struct xc_glass_table *table, struct xc_bytes key, struct xc_bytes tag,
                        GError **error);

/* Writes out what is left; nothing can be added afterwards. */
bool xc_glass_table_finish(struct xc_glass_table *table, struct xc_glass_root *root_out, GError **error);

#endif
