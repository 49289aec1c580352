#ifndef ND_CORPUS_READ_EXTRACT_XML_READER_H
#define ND_CORPUS_READ_EXTRACT_XML_READER_H

/*
 * libxml2's streaming reader with safe settings: no network, no external entities or DTDs, entities not
 * expanded, its own limits on depth and text left on. A damaged part is read as far as it goes.
 */

#include "base/str.h"

#include <libxml/xmlreader.h>

/* Borrows data until xmlFreeTextReader. NULL when there is no memory. */
xmlTextReaderPtr nd_xml_reader_new(struct nd_bytes data);

/* Whether the element or attribute name at the reader is `name`, without its namespace prefix. */
bool nd_xml_is(xmlTextReaderPtr reader, const char *name);

/* An attribute by its local name, whatever its prefix; caller frees with xmlFree. */
char *nd_xml_attribute(xmlTextReaderPtr reader, const char *local_name);

/* The same as a number, or `otherwise`. */
long nd_xml_number(xmlTextReaderPtr reader, const char *local_name, long otherwise);

#endif
