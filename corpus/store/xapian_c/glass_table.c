#include "corpus/store/xapian_c/glass_table.h"

#include <errno.h>
#include <stdio.h>

/*
 * A block: revision (4 bytes), level (1), largest gap (2), free bytes (2), end of the directory (2), the
 * directory of offsets of items (2 each), a gap, items from the end of the block downwards. Numbers have
 * their highest byte first.
 *
 * An item of a leaf (level 0): size less 3 with flags in the top bits (2), size of the key (1), key, the
 * component's number (2) except in the first, bytes of the tag. A tag that is longer than an item may be goes
 * on in more components. An item of a branch: number of the block below (4), size of the key (1), key,
 * component (2); everything from that key on stands in the block below. The first key of all is empty.
 */
enum {
    DIRECTORY = 11,
    LEAF_FIXED = 3,
    BRANCH_FIXED = 7,
    COMPONENT = 2,
    FIRST_COMPONENT = 0x2000,
    LAST_COMPONENT = 0x4000,
    /* four items at least fit a block */
    MAX_ITEM = (XC_GLASS_BLOCK_BYTES - DIRECTORY - 4 * 2) / 4,
    MAX_LEVELS = 10,
    REVISION = 1,
};

struct key {
    uint8_t bytes[XC_GLASS_KEY_BYTES];
    unsigned size, component;
};

/* The block of one level that is being filled. */
struct level {
    uint8_t block[XC_GLASS_BLOCK_BYTES];
    unsigned n_items, items_start; /* items_start: offset of the item added last */
    struct key first;              /* what separates this block from the one before */
};

struct xc_glass_table {
    FILE *file;
    char *path;
    uint32_t n_blocks;
    uint64_t n_entries;
    struct key last; /* of the leaf item added last */
    unsigned n_levels;
    struct level *levels[MAX_LEVELS];
};

static void put2(uint8_t *p, unsigned number)
{
    p[0] = (uint8_t)(number >> 8);
    p[1] = (uint8_t)number;
}

static void put4(uint8_t *p, uint32_t number)
{
    put2(p, number >> 16);
    put2(p + 2, number & 0xffff);
}

static bool failed(const struct xc_glass_table *table, const char *what, GError **error)
{
    g_set_error(error, XC_ERROR, XC_ERROR_SYSTEM, "cannot %s %s: %s", what, table->path, g_strerror(errno));
    return false;
}

static void begin_block(struct level *level, const struct key *first)
{
    level->n_items = 0;
    level->items_start = XC_GLASS_BLOCK_BYTES;
    level->first = *first;
}

static unsigned directory_end(const struct level *level)
{
    return DIRECTORY + 2 * level->n_items;
}

static bool has_room(const struct level *level, unsigned size)
{
    return level->items_start - directory_end(level) >= size + 2;
}

/* Room for the next item of the block. */
static uint8_t *place_item(struct level *level, unsigned size)
{
    level->items_start -= size;
    put2(level->block + directory_end(level), level->items_start);
    level->n_items++;
    return level->block + level->items_start;
}

static bool write_block(struct xc_glass_table *table, unsigned number, uint32_t *block_out, GError **error)
{
    struct level *level = table->levels[number];
    const unsigned end = directory_end(level);
    put4(level->block, REVISION);
    level->block[4] = (uint8_t)number;
    put2(level->block + 5, level->items_start - end);
    put2(level->block + 7, level->items_start - end);
    put2(level->block + 9, end);
    memset(level->block + end, 0, level->items_start - end);
    if (fwrite(level->block, sizeof level->block, 1, table->file) != 1)
        return failed(table, "write", error);
    *block_out = table->n_blocks++;
    return true;
}

static void add_level(struct xc_glass_table *table)
{
    static const struct key none = {.size = 0};
    g_assert(table->n_levels < MAX_LEVELS);
    table->levels[table->n_levels] = g_new0(struct level, 1);
    begin_block(table->levels[table->n_levels], &none);
    table->n_levels++;
}

/* Ends the block of a level and enters it in the level above. Recurses up the levels, which are few: a block
 * holds thirty branches at least. */
static bool end_block(struct xc_glass_table *table, unsigned number, GError **error)
{
    const struct key *const key = &table->levels[number]->first;
    const unsigned size = BRANCH_FIXED + key->size;
    uint32_t block;
    if (!write_block(table, number, &block, error))
        return false;
    if (number + 1 == table->n_levels)
        add_level(table);
    struct level *const above = table->levels[number + 1];
    if (!has_room(above, size)) {
        if (!end_block(table, number + 1, error))
            return false;
        begin_block(above, key);
    }
    uint8_t *p = place_item(above, size);
    put4(p, block);
    p[4] = (uint8_t)key->size;
    memcpy(p + 5, key->bytes, key->size);
    put2(p + 5 + key->size, key->component);
    return true;
}

/* The shortest key between the last one and this one. */
static struct key separator(const struct key *last, const struct key *key)
{
    struct key between = *key;
    const unsigned n = MIN(last->size, key->size);
    unsigned i = 0;
    while (i < n && last->bytes[i] == key->bytes[i])
        i++;
    between.size = MIN(i + 1, key->size);
    return between;
}

static bool add_item(struct xc_glass_table *table, const struct key *key, struct xc_bytes part, bool is_last,
                     GError **error)
{
    struct level *leaf = table->levels[0];
    const bool is_first = key->component == 1;
    const unsigned size = LEAF_FIXED + key->size + (is_first ? 0u : (unsigned)COMPONENT) + (unsigned)part.n;
    if (!has_room(leaf, size)) {
        const struct key first = separator(&table->last, key);
        if (!end_block(table, 0, error))
            return false;
        begin_block(leaf, &first);
    }
    uint8_t *p = place_item(leaf, size);
    put2(p, (size - LEAF_FIXED) | (is_first ? (unsigned)FIRST_COMPONENT : 0u) |
                (is_last ? (unsigned)LAST_COMPONENT : 0u));
    p[2] = (uint8_t)key->size;
    memcpy(p + LEAF_FIXED, key->bytes, key->size);
    p += LEAF_FIXED + key->size;
    if (!is_first) {
        put2(p, key->component);
        p += COMPONENT;
    }
    memcpy(p, part.p, part.n);
    table->last = *key;
    return true;
}

struct xc_glass_table *xc_glass_table_create(const char *path, GError **error)
{
    struct xc_glass_table *table = g_new0(struct xc_glass_table, 1);
    static const struct key none = {.component = 1};
    table->path = g_strdup(path);
    table->file = fopen(path, "wbe");
    add_level(table);
    if (table->file && add_item(table, &none, (struct xc_bytes){"", 0}, true, error))
        return table;
    failed(table, "make", error);
    xc_glass_table_free(table);
    return NULL;
}

void xc_glass_table_free(struct xc_glass_table *table)
{
    if (!table)
        return;
    if (table->file)
        fclose(table->file);
    for (unsigned i = 0; i < table->n_levels; i++)
        g_free(table->levels[i]);
    g_free(table->path);
    g_free(table);
}

bool xc_glass_table_add(struct xc_glass_table *table, struct xc_bytes key, struct xc_bytes tag,
                        GError **error)
{
    struct key item = {.size = (unsigned)key.n, .component = 1};
    g_assert(key.n > 0 && key.n <= XC_GLASS_KEY_BYTES);
    memcpy(item.bytes, key.p, key.n);
    for (size_t at = 0; at < tag.n || at == 0; item.component++) {
        const size_t fixed = LEAF_FIXED + key.n + (item.component == 1 ? 0 : COMPONENT);
        const size_t n = MIN(tag.n - at, MAX_ITEM - fixed);
        if (!add_item(table, &item, (struct xc_bytes){tag.p + at, n}, at + n == tag.n, error))
            return false;
        at += n;
        if (tag.n == 0)
            break;
    }
    table->n_entries++;
    return true;
}

bool xc_glass_table_finish(struct xc_glass_table *table, struct xc_glass_root *root_out, GError **error)
{
    unsigned number = 0;
    for (; number + 1 < table->n_levels; number++)
        if (!end_block(table, number, error))
            return false;
    uint32_t block;
    if (!write_block(table, number, &block, error))
        return false;
    FILE *file = g_steal_pointer(&table->file);
    if (fclose(file) != 0)
        return failed(table, "write", error);
    *root_out = (struct xc_glass_root){
        .block = block, .n_blocks = table->n_blocks, .level = number, .n_entries = table->n_entries};
    return true;
}
