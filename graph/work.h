#ifndef ND_GRAPH_WORK_H
#define ND_GRAPH_WORK_H

/*
 * What a work's key says in words: its code, type, number, issuer, period, place and level. A pure function
 * of the key and the data tables, so that every document gives the same description of the same work.
 */

#include "corpus/store/catalog_writer.h"

struct nd_authorities_in_force;

/* Keys of documents whose identity is not known begin with this; a part of their content key follows. */
#define ND_WORK_DOCUMENT "document:"

/* Owns what struct nd_work points to. */
struct nd_work_description {
    struct nd_work work; /* date and title are those of the authority, else empty */
    const char *event; /* that adopted it, in words, where the key tells no more (graph/event.h); else NULL */
    GStringChunk *strings;
};

/* authorities: NULL for those of the data files alone. Caller clears *out. */
void nd_work_describe(const char *key, const struct nd_authorities_in_force *authorities,
                      struct nd_work_description *out);
void nd_work_description_clear(struct nd_work_description *description);

/* What citations of the work's code without its period are looked up by (graph/identity.h): "21-NQ/TW" of
 * "21-NQ/TW~XIII". NULL for works without a code. Caller frees. */
char *nd_work_group(const char *key);

/* The word of its type, where the key tells one of two that share a code: "Quy định" of "13-QĐi/TU~2018@X".
 * Static; NULL for others. */
const char *nd_work_type_word(const char *key);

#endif
