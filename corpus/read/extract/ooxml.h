#ifndef ND_CORPUS_READ_EXTRACT_OOXML_H
#define ND_CORPUS_READ_EXTRACT_OOXML_H

/*
 * Which part of an OOXML package names which others: slides and sheets stand in the order of the main part's
 * list, not of their file numbers. Source: ECMA-376, part 2, 9.3 (relationships); part 1, 18.2.20 (sheets)
 * and 19.2.1.34 (sldIdLst).
 */

#include "corpus/read/extract/container.h"

/* The parts that the elements `element` of part `main_part` name by their attribute r:id, in their order, as
 * names for nd_zip_read_named. NULL when the lists are missing or name nothing. Free with g_ptr_array_unref.
 */
GPtrArray *nd_ooxml_list(struct nd_zip *zip, const char *main_part, const char *element);

/* The first part related to `part` whose type ends with `type` ("/notesSlide"); caller frees with g_free,
 * NULL when there is none. */
char *nd_ooxml_related(struct nd_zip *zip, const char *part, const char *type);

#endif
