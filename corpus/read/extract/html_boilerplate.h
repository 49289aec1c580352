#ifndef ND_CORPUS_READ_EXTRACT_HTML_BOILERPLATE_H
#define ND_CORPUS_READ_EXTRACT_HTML_BOILERPLATE_H

/*
 * What a site writes around a saved document: menus, the headings of menus, its own head and legal notice.
 * Told from the document by form (short blocks that are links, in a row) and by the words that begin such
 * lines; markup that says so itself (<nav>, class="menu") is html.c's.
 */

#include "corpus/read/builder.h"

/* Makes ND_BLOCK_BOILERPLATE of such blocks from `first` on. link_bytes (of size_t), one for each of them:
 * how many of the block's bytes are inside links. A page of which hardly anything would be left keeps it all.
 */
void nd_html_mark_boilerplate(struct nd_builder *builder, guint first, const GArray *link_bytes);

#endif
