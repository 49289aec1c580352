#ifndef ND_ANALYZERS_CITATION_HEADER_PARTS_H
#define ND_ANALYZERS_CITATION_HEADER_PARTS_H

/*
 * What header.c is made of: lines and cells (cells.c), the lines above the title (header_lines.c), type and
 * title (header_title.c), the note behind a piece of text (source_note.c).
 */

#include "analyzers/citation/header.h"

/* The token behind the line that token i is in. */
uint32_t nd_line_end(const struct nd_parse *p, uint32_t i);
/* Whether every word of the tokens from start to end is in capitals, and there is one. */
bool nd_is_upper_run(const struct nd_parse *p, uint32_t start, uint32_t end);
/* Whether they are nothing but a ruled line. */
bool nd_is_rule_line(const struct nd_parse *p, uint32_t start, uint32_t end);

/* The line of the document's own number, read into p->draft. Returns the token behind it, 0 for none. */
uint32_t nd_header_read_number(struct nd_parse *p, uint32_t from, uint32_t limit);
/* The parts of a number line or a source note that make a document's identity. */
void nd_header_take_identity(const struct nd_draft *draft, struct nd_header *out);
/* "Đông Hà, ngày 30 tháng 7 năm 2008" in a cell of its own or right behind the number line, which ends at
 * token number_end. Returns the token behind it, 0 for none. */
uint32_t nd_header_read_date(struct nd_parse *p, uint32_t number_end, uint32_t limit, struct nd_header *out);
void nd_header_read_stamp(const struct nd_parse *p, uint32_t limit, struct nd_header *out);

/* The line "CHƯƠNG TRÌNH HÀNH ĐỘNG" or "QUYẾT ĐỊNH"; its type word's length in *n_out. Returns its token,
 * limit for none. */
uint32_t nd_header_find_type(const struct nd_parse *p, uint32_t from, uint32_t limit, uint32_t *n_out,
                             const char **type_out);
/* The same for the type that the number line tells, where the line is not in capitals ("Nghị quyết") or a
 * scan has spoilt it ("K ÉT LUẬN"): the whole cell is the type's word. */
uint32_t nd_header_find_spelt_type(const struct nd_parse *p, uint32_t from, uint32_t limit, const char *type,
                                   uint32_t *n_out);
/* Whether the type line at the end of the run is the formula that enacts, "QUYẾT ĐỊNH:" below the grounds,
 * and the title stands at the start of the run, right below number and date. */
bool nd_header_title_stands_above(const struct nd_parse *p, struct nd_run run, uint32_t type_tokens);
/* The title from token i on; returns the token where the body begins. */
uint32_t nd_header_read_title(const struct nd_parse *p, uint32_t i, struct nd_header *out);

/* "Quy định số 24-QĐ/TW, ngày 30/7/2021 của ... về ..." on a line above the type line, as sites caption a
 * text whose header they leave out: its number and day. The type is known. */
void nd_header_read_caption(struct nd_parse *p, uint32_t type_line, struct nd_header *out);
/* "Ngày 23/8/2017, Tỉnh ủy đã ban hành Chương trình số 27-CTr/TU ... xin đăng toàn văn" before token end:
 * number and date of a document whose header has none, of its type where that is known. */
void nd_header_read_introduction(struct nd_parse *p, uint32_t end, struct nd_header *out);
/* A text without a header whose first lines are its own citation: "Chỉ thị số 40-CT/TW ngày 15/6/2004 của Ban
 * Bí thư về ...". Returns the token behind it, 0 for none. */
uint32_t nd_header_read_heading(struct nd_parse *p, struct nd_header *out);

/* The source note, which stands behind the text: the document that the text is a part of. */
void nd_header_read_source_note(struct nd_parse *p, struct nd_header *out);

#endif
