#include "corpus/read/extract/extract.h"

#include "corpus/read/extract/xml_reader.h"

/* XML of any vocabulary: an element that holds text itself is a paragraph, with all that is inside of it. */
void nd_extract_xml(struct nd_bytes file, struct nd_builder *builder)
{
    xmlTextReaderPtr reader = nd_xml_reader_new(file);
    int block_depth = -1; /* of the element whose paragraph is open */
    int go_on = reader ? xmlTextReaderRead(reader) : -1;
    for (; go_on == 1 && nd_builder_has_room(builder); go_on = xmlTextReaderRead(reader)) {
        int type = xmlTextReaderNodeType(reader), depth = xmlTextReaderDepth(reader);
        if (block_depth >= 0 && depth < block_depth) {
            nd_builder_end(builder);
            block_depth = -1;
        }
        if (type != XML_READER_TYPE_TEXT && type != XML_READER_TYPE_CDATA &&
            type != XML_READER_TYPE_SIGNIFICANT_WHITESPACE)
            continue;
        if (block_depth < 0 && type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE)
            continue;
        if (block_depth < 0) {
            nd_builder_begin(builder, ND_BLOCK_PARAGRAPH, 0);
            block_depth = depth;
        }
        for (const char *p = (const char *)xmlTextReaderConstValue(reader); *p; p = g_utf8_next_char(p)) {
            uint32_t c = g_utf8_get_char(p);
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r')
                nd_builder_space(builder);
            else
                nd_builder_char(builder, c);
        }
    }
    nd_builder_end(builder);
    if (go_on < 0)
        nd_builder_complain(builder, "damaged", "the file is no well-formed XML");
    xmlFreeTextReader(reader);
}
