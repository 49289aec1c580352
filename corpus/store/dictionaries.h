#ifndef ND_CORPUS_STORE_DICTIONARIES_H
#define ND_CORPUS_STORE_DICTIONARIES_H

/*
 * Documents of one collection are much alike, and most are too short to be packed well one by one. So zstd
 * gets two dictionaries, one for texts and one for words, learned from the first documents of the collection:
 * small documents become a third smaller and are unpacked faster. They are kept in the table `dictionary` for
 * as long as the index, because every frame names the one it was made with.
 *
 * Source: zstd's manual, "Dictionary builder API".
 */

#include "base/auto.h"
#include "base/str.h"

#include <glib.h>

struct sqlite3;

/* ---- packing ---- */

/* What frames are made with; may be used by several threads while one sets it. */
struct nd_packing;

enum nd_packing_kind { ND_PACKING_TEXT, ND_PACKING_WORDS, ND_N_PACKING_KINDS };

struct nd_packing *nd_packing_new(void);
void nd_packing_free(struct nd_packing *packing);
ND_DEFINE_AUTO(nd_packing, nd_packing_free)

/* Whether dictionaries have been set. */
bool nd_packing_has_dictionaries(const struct nd_packing *packing);
/* Uses this dictionary from now on; once for each kind. False for something that is none. */
bool nd_packing_set(struct nd_packing *packing, enum nd_packing_kind kind, struct nd_bytes dictionary);

/* A frame that tells its size and has a checksum; caller frees its bytes with g_free. packing may be NULL. */
struct nd_bytes nd_pack(const struct nd_packing *packing, enum nd_packing_kind kind, struct nd_bytes bytes);

/* A dictionary learned from n samples that stand one after the other in samples. Empty when they are too few
 * or too much the same. Caller frees its bytes with g_free. */
struct nd_bytes nd_dictionary_learn(const uint8_t *samples, const size_t *sizes, unsigned n);
/* The number frames name it by. */
uint32_t nd_dictionary_id(struct nd_bytes dictionary);

/* ---- unpacking ---- */

/* The dictionaries of a catalogue, read when a frame names them. */
struct nd_dictionaries;

/* db is borrowed until nd_dictionaries_free. */
struct nd_dictionaries *nd_dictionaries_new(struct sqlite3 *db);
void nd_dictionaries_free(struct nd_dictionaries *dictionaries);
ND_DEFINE_AUTO(nd_dictionaries, nd_dictionaries_free)

/* The size of what is in a frame; more than any cap for what is no frame. */
uint64_t nd_unpacked_size(struct nd_bytes zstd);
/* Fills out with the `size` bytes that are in a frame; false when it is damaged. */
bool nd_unpack(struct nd_dictionaries *dictionaries, struct nd_bytes zstd, void *out, size_t size);

#endif
