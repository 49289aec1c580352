#ifndef ND_CORPUS_READ_EXTRACT_SNIFF_H
#define ND_CORPUS_READ_EXTRACT_SNIFF_H

#include "base/str.h"

enum nd_format {
    ND_FORMAT_UNSUPPORTED,
#define ND_FORMAT(id, mime, extractor)   ND_FORMAT_##id,
#define ND_CONTAINER(id, mime, unpacker) ND_FORMAT_##id,
#include "corpus/read/extract/formats.def"
#undef ND_FORMAT
#undef ND_CONTAINER
    ND_N_FORMATS
};

/* Loads libmagic's database; once, before the cage closes. Fails with ND_ERROR_INTERNAL. */
bool nd_sniff_open(GError **error);

/* What the content is: libmagic's word, and a closer look where that is general (zip, OLE2, text). *mime_out
 * is a static string, or for unsupported files libmagic's until the next call. */
enum nd_format nd_sniff(struct nd_bytes file, const char **mime_out);

#endif
