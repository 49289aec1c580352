#ifndef XAPIAN_C_XC_DOCUMENT_H
#define XAPIAN_C_XC_DOCUMENT_H

/*
 * A document on its way into a database: terms, values, data. It lives in memory until a writer stores it,
 * and may be cleared and filled again. A term that is too long fails at once with XC_ERROR_INVALID_ARGUMENT.
 */

#include "corpus/store/xapian_c/xc_types.h"

G_BEGIN_DECLS

struct xc_document;

struct xc_document *xc_document_new(GError **error) XC_NOEXCEPT;
void xc_document_free(struct xc_document *self) XC_NOEXCEPT;
XC_DEFINE_AUTO(xc_document, xc_document_free)

/* Empties the document. */
bool xc_document_clear(struct xc_document *self, GError **error) XC_NOEXCEPT;

/* A term with all that one document has of it. */
struct xc_term {
    struct xc_bytes term;
    uint32_t wdf; /* within-document frequency; 0 for a boolean term */
    uint32_t n_positions;
    const uint32_t *positions; /* ascending; may be NULL without any */
};

struct xc_value {
    uint32_t slot;
    struct xc_bytes bytes; /* not empty */
};

/* All that a document has. Several terms may be equal: their frequencies are summed then. */
struct xc_content {
    const struct xc_term *terms;
    size_t n_terms;
    const struct xc_value *values; /* one a slot */
    size_t n_values;
    struct xc_bytes data;
};

/* Replaces what is in the document. */
bool xc_document_fill(struct xc_document *self, const struct xc_content *content, GError **error) XC_NOEXCEPT;

/* Adds n terms: the fast way in, one call a document. Fastest when terms are in byte order. */
bool xc_document_add_terms(struct xc_document *self, const struct xc_term *terms, size_t n,
                           GError **error) XC_NOEXCEPT;

/* Adds wdf_increment to the term's frequency. */
bool xc_document_add_term(struct xc_document *self, struct xc_bytes term, uint32_t wdf_increment,
                          GError **error) XC_NOEXCEPT;
/* The same, and the term stands at position. */
bool xc_document_add_posting(struct xc_document *self, struct xc_bytes term, uint32_t position,
                             uint32_t wdf_increment, GError **error) XC_NOEXCEPT;
/* A term to filter by, which weighs nothing and does not count in the document's length. */
bool xc_document_add_boolean_term(struct xc_document *self, struct xc_bytes term, GError **error) XC_NOEXCEPT;
/* XC_ERROR_INVALID_ARGUMENT when the document has no such term. */
bool xc_document_remove_term(struct xc_document *self, struct xc_bytes term, GError **error) XC_NOEXCEPT;

/* An empty value removes what is in the slot. */
bool xc_document_set_value(struct xc_document *self, uint32_t slot, struct xc_bytes value,
                           GError **error) XC_NOEXCEPT;
bool xc_document_set_data(struct xc_document *self, struct xc_bytes data, GError **error) XC_NOEXCEPT;

/* Numbers as values: the bytes sort as the numbers do, so that ranges and sorting work. Replaces out. */
void xc_value_from_double(double number, GString *out) XC_NOEXCEPT;
double xc_value_to_double(struct xc_bytes value) XC_NOEXCEPT;

G_END_DECLS

#endif
