#include "corpus/read/extract/xml_reader.h"

#include <stdlib.h>

xmlTextReaderPtr nd_xml_reader_new(struct nd_bytes data)
{
    return xmlReaderForMemory((const char *)data.p, (int)MIN(data.n, (size_t)G_MAXINT), NULL, NULL,
                              XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
}

bool nd_xml_is(xmlTextReaderPtr reader, const char *name)
{
    const xmlChar *local = xmlTextReaderConstLocalName(reader);
    return local && strcmp((const char *)local, name) == 0;
}

char *nd_xml_attribute(xmlTextReaderPtr reader, const char *local_name)
{
    char *value = NULL;
    while (!value && xmlTextReaderMoveToNextAttribute(reader) == 1)
        if (nd_xml_is(reader, local_name))
            value = (char *)xmlTextReaderValue(reader);
    xmlTextReaderMoveToElement(reader);
    return value;
}

long nd_xml_number(xmlTextReaderPtr reader, const char *local_name, long otherwise)
{
    char *value = nd_xml_attribute(reader, local_name);
    long number = value && *value ? strtol(value, NULL, 10) : otherwise;
    xmlFree(value);
    return number;
}
