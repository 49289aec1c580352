#ifndef ND_CORPUS_READ_EXTRACT_CONTAINER_H
#define ND_CORPUS_READ_EXTRACT_CONTAINER_H

/* Parts of zip files (OOXML, ODF, EPUB, archives), read with the caps of base/caps.h. */

#include "base/auto.h"
#include "base/str.h"
#include "corpus/read/extract/sniff.h"

struct nd_zip;

/* Fails with ND_ERROR_INPUT. file must outlive it. A file cut short, whose directory of parts is lost, is
 * opened with the parts that are still there. */
struct nd_zip *nd_zip_open(struct nd_bytes file, GError **error);
void nd_zip_close(struct nd_zip *zip);

/* Whether the directory was lost, so that parts may be missing. */
bool nd_zip_is_broken(const struct nd_zip *zip);

unsigned nd_zip_count(const struct nd_zip *zip);
/* Name of part i as it is stored; borrowed until the zip is closed. NULL for a broken entry. */
const char *nd_zip_name(const struct nd_zip *zip, unsigned i);
/* The part's bytes, caller frees with g_free; NULL with ND_ERROR_NOT_FOUND, ND_ERROR_LIMIT (larger than
 * ND_CAP_FILE_BYTES, or unpacked far beyond ND_CAP_ARCHIVE_RATIO) or ND_ERROR_INPUT (damaged, encrypted). A
 * part that ends early is returned as far as it goes with *partial_out true. */
uint8_t *nd_zip_read(struct nd_zip *zip, unsigned i, size_t *size_out, bool *partial_out, GError **error);
uint8_t *nd_zip_read_named(struct nd_zip *zip, const char *name, size_t *size_out, bool *partial_out,
                           GError **error);

/* Which of the zip-based formats this is; a plain archive otherwise. */
enum nd_format nd_container_zip_format(struct nd_bytes file);

ND_DEFINE_AUTO(nd_zip, nd_zip_close)

#endif
