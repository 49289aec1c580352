#ifndef ND_CORPUS_READ_EXTRACT_HTML_H
#define ND_CORPUS_READ_EXTRACT_HTML_H

/* A page that is a part of something else: a mail, a saved page with its files, a chapter of an EPUB. */

#include "corpus/read/builder.h"

/* Appends the page to the builder. charset is what came with it from outside ("windows-1258"), for pages that
 * declare none themselves; sheet is a style sheet of its own file. Both may be NULL. */
void nd_html_read(struct nd_bytes page, const char *charset, const char *sheet, struct nd_builder *builder);

#endif
