#include "corpus/store/xapian_c/guard.h"

#include <cmath>
#include <unistd.h>

using xc::guard;
using xc::guard_new;

extern "C" {

struct xc_database *xc_database_open(const char *path, GError **error) noexcept
{
    return guard_new(error, [&] {
        auto database = std::make_unique<xc_database>(xc_database{Xapian::Database(path)});
        database->in_blocks = access((std::string(path) + "/iamglass").c_str(), F_OK) == 0;
        return database.release();
    });
}

struct xc_database *xc_database_new_empty(GError **error) noexcept
{
    return guard_new(error, [&] { return new xc_database{Xapian::Database()}; });
}

struct xc_database *xc_database_open_tcp(const char *host, unsigned port, unsigned timeout_ms,
                                         unsigned connect_timeout_ms, GError **error) noexcept
{
    return guard_new(error, [&] {
        return new xc_database{Xapian::Remote::open(host, port, timeout_ms, connect_timeout_ms)};
    });
}

struct xc_database *xc_database_open_program(const char *program, const char *arguments, unsigned timeout_ms,
                                             GError **error) noexcept
{
    return guard_new(error,
                     [&] { return new xc_database{Xapian::Remote::open(program, arguments, timeout_ms)}; });
}

void xc_database_close(struct xc_database *self) noexcept
{
    guard(nullptr, [&] { delete self; });
}

bool xc_database_add(struct xc_database *self, const struct xc_database *other, GError **error) noexcept
{
    return guard(error, [&] {
        self->db.add_database(other->db);
        self->in_blocks = false;
    });
}

bool xc_database_reopen(struct xc_database *self, bool *changed_out, GError **error) noexcept
{
    return guard(error, [&] {
        const bool changed = self->db.reopen();
        if (changed)
            self->forget();
        if (changed_out)
            *changed_out = changed;
    });
}

bool xc_database_statistics(const struct xc_database *self, struct xc_statistics *out,
                            GError **error) noexcept
{
    return guard(error, [&] {
        struct xc_statistics statistics = {};
        statistics.n_documents = self->db.get_doccount();
        statistics.last_id = self->db.get_lastdocid();
        statistics.average_length = self->db.get_average_length();
        statistics.total_length = self->db.get_total_length();
        statistics.n_shards = self->db.size();
        statistics.has_positions = self->db.has_positions();
        *out = statistics;
    });
}

bool xc_database_uuid(const struct xc_database *self, GString *out, GError **error) noexcept
{
    return guard(error, [&] { xc::assign(out, self->db.get_uuid()); });
}

bool xc_database_is_locked(const struct xc_database *self, bool *locked_out, GError **error) noexcept
{
    return guard(error, [&] { *locked_out = self->db.locked(); });
}

bool xc_database_term_frequency(const struct xc_database *self, struct xc_bytes term, uint32_t *out,
                                GError **error) noexcept
{
    return guard(error, [&] { *out = xc::visible_frequency(*self, xc::string(term)); });
}

bool xc_database_term_frequencies(const struct xc_database *self, const struct xc_bytes *terms, size_t n,
                                  uint32_t *out, GError **error) noexcept
{
    return guard(error, [&] {
        std::string term;
        for (size_t i = 0; i < n; i++) {
            term.assign(terms[i].p, terms[i].n);
            out[i] = xc::visible_frequency(*self, term);
        }
    });
}

bool xc_database_collection_frequency(const struct xc_database *self, struct xc_bytes term, uint32_t *out,
                                      GError **error) noexcept
{
    return guard(error, [&] {
        const std::string key = xc::string(term);
        const Xapian::termcount all = self->db.get_collection_freq(key);
        if (all == 0 || self->hidden.empty()) {
            *out = all;
            return;
        }
        /* as if the hidden documents had as many each as the others */
        const double share = double(xc::visible_frequency(*self, key)) / self->db.get_termfreq(key);
        *out = Xapian::termcount(std::ceil(share * all));
    });
}

bool xc_database_value_statistics(const struct xc_database *self, uint32_t slot, uint32_t *frequency_out,
                                  GString *lower, GString *upper, GError **error) noexcept
{
    return guard(error, [&] {
        const Xapian::doccount frequency = self->db.get_value_freq(slot);
        const std::string low = self->db.get_value_lower_bound(slot);
        const std::string high = self->db.get_value_upper_bound(slot);
        *frequency_out = frequency;
        if (lower)
            xc::assign(lower, low);
        if (upper)
            xc::assign(upper, high);
    });
}

bool xc_database_document_length(const struct xc_database *self, uint32_t id, uint32_t *out,
                                 GError **error) noexcept
{
    return guard(error, [&] { *out = self->db.get_doclength(id); });
}

bool xc_database_document_data(const struct xc_database *self, uint32_t id, GString *out,
                               GError **error) noexcept
{
    return guard(error, [&] { xc::assign(out, self->db.get_document(id).get_data()); });
}

bool xc_database_document_value(const struct xc_database *self, uint32_t id, uint32_t slot, GString *out,
                                GError **error) noexcept
{
    return guard(error, [&] { xc::assign(out, self->db.get_document(id).get_value(slot)); });
}

bool xc_database_metadata(const struct xc_database *self, struct xc_bytes key, GString *out,
                          GError **error) noexcept
{
    return guard(error, [&] { xc::assign(out, self->db.get_metadata(xc::string(key))); });
}

bool xc_database_suggest_spelling(const struct xc_database *self, struct xc_bytes word, unsigned max_edits,
                                  GString *out, GError **error) noexcept
{
    return guard(error,
                 [&] { xc::assign(out, self->db.get_spelling_suggestion(xc::string(word), max_edits)); });
}

} // extern "C"
