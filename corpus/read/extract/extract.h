#ifndef ND_CORPUS_READ_EXTRACT_EXTRACT_H
#define ND_CORPUS_READ_EXTRACT_EXTRACT_H

/*
 * The work inside the cage: from a file's bytes to documents. No function here opens a file or keeps anything
 * between two files. An extractor writes into a builder; what is wrong with the file goes to the builder's
 * document as diagnostics, and what was read before the trouble is kept.
 */

#include "base/document.h"
#include "corpus/read/builder.h"

/* One file being read, with the members it may hold. */
struct nd_extraction {
    bool (*found)(struct nd_document *doc, const char *member, void *user_data); /* takes doc over */
    void *user_data;
    /* the rest starts as zero and belongs to the extractors of containers */
    GString *member;   /* path of the member being read inside the file, NULL at the top */
    unsigned depth;    /* containers around it */
    unsigned members;  /* seen so far, in all of the file */
    uint64_t unpacked; /* bytes unpacked so far, in all of the file */
    bool stopped;      /* `found` said so, or a cap did */
};

/* Reads one file of any format; calls x->found at least once, unless it was stopped before. name may help
 * where content cannot decide, and may be NULL. */
void nd_extract(struct nd_extraction *x, struct nd_bytes file, const char *name);

/* Reads a member found in a container: name is its path in that container. */
void nd_extract_member(struct nd_extraction *x, struct nd_bytes member, const char *name);

/* Hands a finished document over. */
void nd_extraction_deliver(struct nd_extraction *x, struct nd_document *doc);
/* A document without text for what could not be read. */
void nd_extraction_refuse(struct nd_extraction *x, const char *mime_type, const char *code,
                          const char *format, ...) G_GNUC_PRINTF(4, 5);

/* The same for a member of the container being read. */
void nd_extraction_refuse_member(struct nd_extraction *x, const char *name, const char *code,
                                 const char *message);

/* Adds a diagnostic that leaves the document partial. */
void nd_builder_complain(struct nd_builder *builder, const char *code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* A zip-based document for an extractor: NULL, or with parts missing, after a complaint. Close with
 * nd_zip_close. */
struct nd_zip *nd_builder_open_zip(struct nd_builder *builder, struct nd_bytes file);

/* The extractors, named in formats.def. */
#define ND_FORMAT(id, mime, extractor)                                                                       \
    void nd_extract_##extractor(struct nd_bytes file, struct nd_builder *builder);
#define ND_CONTAINER(id, mime, unpacker)                                                                     \
    void nd_unpack_##unpacker(struct nd_extraction *x, struct nd_bytes file);
#include "corpus/read/extract/formats.def"
#undef ND_FORMAT
#undef ND_CONTAINER

#endif
