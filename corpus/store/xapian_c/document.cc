#include "corpus/store/xapian_c/guard.h"

using xc::guard;
using xc::guard_new;

namespace
{

/* The backend finds out only when the document is stored; say so while the caller still knows which term it
 * was. */
void check_term(struct xc_bytes term)
{
    if (term.n == 0)
        throw Xapian::InvalidArgumentError("a term may not be empty");
    size_t stored = term.n;
    for (size_t i = 0; i < term.n; i++)
        stored += term.p[i] == '\0';
    if (stored > XC_CAP_TERM_BYTES)
        throw Xapian::InvalidArgumentError("term too long (> 245): " + std::string(term.p, term.n));
}

} // namespace

extern "C" {

struct xc_document *xc_document_new(GError **error) noexcept
{
    return guard_new(error, [] { return new xc_document{}; });
}

void xc_document_free(struct xc_document *self) noexcept
{
    guard(nullptr, [&] { delete self; });
}

bool xc_document_clear(struct xc_document *self, GError **error) noexcept
{
    return guard(error, [&] { self->document = Xapian::Document(); });
}

bool xc_document_add_terms(struct xc_document *self, const struct xc_term *terms, size_t n,
                           GError **error) noexcept
{
    return guard(error, [&] {
        for (size_t i = 0; i < n; i++) {
            const struct xc_term *t = &terms[i];
            check_term(t->term);
            self->term.assign(t->term.p, t->term.n);
            self->document.add_term(self->term, t->wdf);
            for (uint32_t k = 0; k < t->n_positions; k++)
                self->document.add_posting(self->term, t->positions[k], 0);
        }
    });
}

bool xc_document_fill(struct xc_document *self, const struct xc_content *content, GError **error) noexcept
{
    return xc_document_clear(self, error) &&
           xc_document_add_terms(self, content->terms, content->n_terms, error) && guard(error, [&] {
               for (size_t i = 0; i < content->n_values; i++)
                   self->document.add_value(content->values[i].slot, xc::string(content->values[i].bytes));
               self->document.set_data(xc::string(content->data));
           });
}

bool xc_document_add_term(struct xc_document *self, struct xc_bytes term, uint32_t wdf_increment,
                          GError **error) noexcept
{
    return guard(error, [&] {
        check_term(term);
        self->document.add_term(xc::string(term), wdf_increment);
    });
}

bool xc_document_add_posting(struct xc_document *self, struct xc_bytes term, uint32_t position,
                             uint32_t wdf_increment, GError **error) noexcept
{
    return guard(error, [&] {
        check_term(term);
        self->document.add_posting(xc::string(term), position, wdf_increment);
    });
}

bool xc_document_add_boolean_term(struct xc_document *self, struct xc_bytes term, GError **error) noexcept
{
    return guard(error, [&] {
        check_term(term);
        self->document.add_boolean_term(xc::string(term));
    });
}

bool xc_document_remove_term(struct xc_document *self, struct xc_bytes term, GError **error) noexcept
{
    return guard(error, [&] { self->document.remove_term(xc::string(term)); });
}

bool xc_document_set_value(struct xc_document *self, uint32_t slot, struct xc_bytes value,
                           GError **error) noexcept
{
    return guard(error, [&] { self->document.add_value(slot, xc::string(value)); });
}

bool xc_document_set_data(struct xc_document *self, struct xc_bytes data, GError **error) noexcept
{
    return guard(error, [&] { self->document.set_data(xc::string(data)); });
}

void xc_value_from_double(double number, GString *out) noexcept
{
    guard(nullptr, [&] { xc::assign(out, Xapian::sortable_serialise(number)); });
}

double xc_value_to_double(struct xc_bytes value) noexcept
{
    double number = 0;
    guard(nullptr, [&] { number = Xapian::sortable_unserialise(xc::string(value)); });
    return number;
}

} // extern "C"
