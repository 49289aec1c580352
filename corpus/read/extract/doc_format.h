#ifndef ND_CORPUS_READ_EXTRACT_DOC_FORMAT_H
#define ND_CORPUS_READ_EXTRACT_DOC_FORMAT_H

/*
 * The properties of characters and paragraphs in a .doc file of Word 97 and later: which font, which style,
 * whether deleted, in a table, the end of a row, numbered. Source: [MS-DOC] Word (.doc) Binary File Format,
 * revision 11.2: 2.5 (FIB), 2.8.5 (PlcBteChpx), 2.8.6 (PlcBtePapx), 2.9.33 (ChpxFkp), 2.9.175
 * (PapxFkp), 2.9.271 (STSH), 2.9.84 (FFN), 2.6.1 and 2.6.2 (sprms).
 */

#include "base/auto.h"
#include "base/str.h"

struct nd_doc_format;

struct nd_doc_character {
    const char *font_ascii, *font_other; /* of characters below and from 0x80; borrowed, may be NULL */
    bool deleted, hidden, special;
    uint16_t symbol; /* a character of symbol_font stands here, or 0 */
    const char *symbol_font;
};

struct nd_doc_paragraph {
    uint16_t style;
    unsigned heading; /* level from 1, 0 for none */
    bool in_table, row_end;
    uint16_t list; /* from 1, 0 for none; beyond nd_doc_format_next_number's lists: one without numbers */
    uint8_t list_level;
};

/* document and table are the streams "WordDocument" and "0Table" or "1Table"; both must outlive it. */
struct nd_doc_format *nd_doc_format_new(struct nd_bytes document, struct nd_bytes table);
void nd_doc_format_free(struct nd_doc_format *self);
ND_DEFINE_AUTO(nd_doc_format, nd_doc_format_free)

/* The paragraph that holds the character at file position fc; *end_out is the position behind it. */
struct nd_doc_paragraph nd_doc_format_paragraph(const struct nd_doc_format *self, uint32_t fc,
                                                uint32_t *end_out);
/* The characters from fc to *end_out, in a paragraph of this style. */
struct nd_doc_character nd_doc_format_character(const struct nd_doc_format *self, uint32_t fc, uint16_t style,
                                                uint32_t *end_out);

/* Counts one more paragraph of the list; what Word writes before it ("5. ", "- "), "" when nothing is known.
 * Caller frees with g_free. */
char *nd_doc_format_next_number(struct nd_doc_format *self, uint16_t list, uint8_t level);

#endif
