#ifndef ND_CORPUS_READ_READER_H
#define ND_CORPUS_READ_READER_H

/*
 * From a file's bytes to a document. One call for every format. Plain UTF-8 text is read in this process;
 * every other file goes to a caged worker (ndextract), where libmagic decides by content, a table
 * (extract/formats.def) names the extractor, and hostile input costs one document and nothing else.
 */

#include "base/document.h"

#include <glib.h>

/* Holds the workers and the limits; one for each thread that reads. */
struct nd_reader;

struct nd_reader_options {
    unsigned timeout_s;  /* wall clock for one file; 0 for the default of 60 */
    size_t memory_bytes; /* of a worker; 0 for the default of 1 GiB */
    bool no_ocr;         /* leave images and scans alone; else tesseract reads them where it is installed */
};

/* options may be NULL for the defaults. Never fails today: a worker starts with the first file that needs it,
 * and when it cannot, each such file gets the diagnostic "no-extractor". */
struct nd_reader *nd_reader_new(const struct nd_reader_options *options, GError **error);
void nd_reader_free(struct nd_reader *reader);
ND_DEFINE_AUTO(nd_reader, nd_reader_free)

/* Calls `found` once for each document in the file: once for most formats, once a member for archives and
 * mail with attachments (member is then its path inside, "thang-6/ke-hoach.doc"; else NULL). A file that
 * cannot be read at all still gives one document with an empty text and a diagnostic: nothing is dropped
 * silently. `found` takes the document over. Its first false ends the call early.
 *
 * fd is open for reading at offset 0 and stays the caller's; path is for messages and extension hints only.
 * Fails only for the caller's trouble: ND_ERROR_IO (the file vanished), ND_ERROR_INTERNAL. */
bool nd_reader_read(struct nd_reader *reader, int fd, const char *path,
                    bool (*found)(struct nd_document *doc, const char *member, void *user_data),
                    void *user_data, GError **error);

/* Changes when an extractor changes: files that failed or were read by another version are read again. */
unsigned nd_reader_version(void);

#endif
