#ifndef ND_ANALYZERS_CITATION_HEADER_H
#define ND_ANALYZERS_CITATION_HEADER_H

/*
 * What the first and the last lines of a document say: number line, place and date line, issuing bodies, type
 * and title, stamp, signature. Works on cells: runs of text that line breaks, table rules or wide gaps
 * divide, so that two columns side by side are read apart.
 */

#include "analyzers/citation/metadata.h"
#include "analyzers/citation/parse.h"

/* Offsets are bytes of the normalised text. */
struct nd_header {
    const char *type;      /* static */
    const char *type_word; /* static, NULL without a type line */
    char number[12];
    int year;
    char issuer[48]; /* from the number line */
    char term[12];
    char code[96];
    char body_issuer[48];  /* from the names of bodies in header or opening */
    char above_issuer[48]; /* the body named above that one in the header */
    const char *area; /* level of the smallest area named in the header: "district"; static, NULL without */
    bool body_in_header;
    bool date_adopted;        /* the date is the one of adoption, named below the text */
    bool from_note;           /* type, number, issuer and date come from a source note */
    const char *issuer_place; /* province in the name of the issuing body; static */
    const char *line_place;   /* province of the date line; static */
    const char *commune;      /* a commune in the header that is called like this province; static */
    const char *text_place;   /* province the text names most; static */
    struct nd_date date;
    enum nd_secrecy secrecy;
    char *place_line, *title, *signer; /* owned */
    uint32_t title_start;              /* 0 without a type line */
    uint32_t body_start, body_end;     /* body_end 0 when the text has no list of recipients */
};

void nd_header_read(const struct nd_cite_tokens *tokens, struct nd_header *out);
void nd_header_clear(struct nd_header *header);

/* nd_metadata_read for a caller that has the tokens of text already (metadata.c). */
struct nd_metadata *nd_metadata_from_tokens(const struct nd_cite_tokens *tokens,
                                            const struct nd_normalized *text,
                                            const struct nd_metadata_hints *hints);

/* The last page: where the list of recipients begins and who signed (signature.c). */
void nd_signature_read(const struct nd_parse *p, uint32_t from, struct nd_header *out);

/* The run as one line: white space single, mark-up dropped, cut at ND_CAP_TITLE_BYTES; NULL for an empty run.
 * Caller frees with g_free.
 */
char *nd_run_line(const struct nd_parse *p, struct nd_run run);

/* Whether a note in brackets that tells where the text comes from begins right before token i: "(Điều 5 Nghị
 * định số 60/2014/NĐ-CP, có hiệu lực thi hành kể từ ngày 01/11/2014)". */
bool nd_source_note_begins(const struct nd_parse *p, uint32_t i);

/* Whether a new cell begins at token i. */
bool nd_begins_cell(const struct nd_parse *p, uint32_t i);
/* The token behind the cell (or line) that token i is in. */
uint32_t nd_cell_end(const struct nd_parse *p, uint32_t i);

#endif
