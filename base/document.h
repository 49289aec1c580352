#ifndef ND_BASE_DOCUMENT_H
#define ND_BASE_DOCUMENT_H

/*
 * A document as it was read: its text, the structure over it, and what the reader had to say about it. Made
 * by corpus/read, read by everything after it. It knows nothing of terms, citations or the index.
 *
 * The text is what every byte offset of the project counts in ("original text"): for a file that is UTF-8
 * text, the file's own bytes, a byte order mark included; for any other format the UTF-8 text the extractor
 * made, with
 * '\n' between blocks, '\t' between the cells of a table row and '\f' between pages.
 */

#include "base/auto.h"
#include "base/str.h"

enum nd_block_kind {
    ND_BLOCK_PARAGRAPH,
    ND_BLOCK_HEADING, /* level 1 is the highest */
    ND_BLOCK_LIST_ITEM,
    ND_BLOCK_CELL,        /* one table cell; row and column say which */
    ND_BLOCK_PAGE_HEADER, /* running header or footer, kept once */
    ND_BLOCK_PAGE_FOOTER,
    ND_BLOCK_FOOTNOTE,
    ND_BLOCK_BOILERPLATE, /* menus, legal notices of a saved web page: not the document */
    ND_N_BLOCK_KINDS
};

/* A run of the original text. Blocks are in text order and do not overlap; text between blocks is white
 * space. */
struct nd_block {
    uint32_t start, end;  /* bytes, end exclusive */
    uint32_t page;        /* from 1; 0 where the format has no pages */
    uint32_t n_words;     /* that the index has of it, once it is stored (corpus/store); 0 before */
    uint16_t row, column; /* from 0, for ND_BLOCK_CELL */
    uint8_t kind;         /* enum nd_block_kind */
    uint8_t level;        /* heading level from 1, list depth from 1; else 0 */
};

/* What the user must know about a document. Codes are stable words ("invalid-utf8", "text-too-large",
 * "encrypted", "timeout"), listed with a remedy in corpus/read/diagnostics.def. */
struct nd_diagnostic {
    char *code;
    char *message;   /* a lower-case clause */
    uint64_t offset; /* byte in the file, or 0 */
};

struct nd_document {
    char *text;             /* NUL-terminated for convenience; may hold no NUL inside */
    size_t size;            /* bytes of text, NUL not counted */
    GArray *blocks;         /* of struct nd_block */
    GPtrArray *diagnostics; /* of struct nd_diagnostic *, owned */
    char *mime_type;        /* as libmagic names it */
    char *encoding;         /* of the source: "utf-8", "utf-16le", "tcvn3", "vni-windows", ... */
    bool partial;           /* some of the source could not be read; diagnostics say what */
};

/* An empty document; caller frees with nd_document_free. */
struct nd_document *nd_document_new(void);
void nd_document_free(struct nd_document *doc);
ND_DEFINE_AUTO(nd_document, nd_document_free)

/* The text, borrowed from doc until it is freed or its text replaced. */
static inline struct nd_str nd_document_text(const struct nd_document *doc)
{
    return (struct nd_str){doc->text ? doc->text : "", doc->size};
}

void nd_document_add_diagnostic(struct nd_document *doc, const char *code, uint64_t offset,
                                const char *format, ...) G_GNUC_PRINTF(4, 5);

/* The name of a block kind as it appears in JSON: "paragraph", "heading", "list-item", "cell", ... */
const char *nd_block_kind_name(enum nd_block_kind kind);

#endif
