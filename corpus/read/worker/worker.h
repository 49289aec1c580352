#ifndef ND_CORPUS_READ_WORKER_WORKER_H
#define ND_CORPUS_READ_WORKER_WORKER_H

/*
 * The reader's handle on the caged process that reads everything that is not plain UTF-8 text. The process
 * starts with the first file and serves the next ones, until it dies, hangs or has served many; then a fresh
 * one takes over.
 */

#include "base/document.h"

struct nd_worker;

struct nd_worker_options {
    unsigned timeout_s;  /* wall clock for one file */
    size_t memory_bytes; /* address space */
    bool ocr;            /* load tesseract */
};

struct nd_worker *nd_worker_new(const struct nd_worker_options *options);
void nd_worker_free(struct nd_worker *self);
ND_DEFINE_AUTO(nd_worker, nd_worker_free)

/* Hands fd over for reading and calls `found` for each document that comes back, which it takes over; its
 * first false ends the call early. When the worker crashes, hangs or cannot be started, a last document says
 * so. */
void nd_worker_read(struct nd_worker *self, int fd, const char *name,
                    bool (*found)(struct nd_document *doc, const char *member, void *user_data),
                    void *user_data);

#endif
