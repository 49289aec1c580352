/* The lists of xc_database.h: every loop over a Xapian iterator that ends in a caller's visitor. */
#include "corpus/store/xapian_c/guard.h"

using xc::guard;

namespace
{

/* Calls visit with each string of the list until it says false. */
template <typename Visit> void each(Xapian::TermIterator i, Visit visit)
{
    for (const Xapian::TermIterator end; i != end; ++i) {
        const std::string item = *i;
        if (!visit(xc::bytes(item), i))
            break;
    }
}

} // namespace

extern "C" {

bool xc_database_each_term(const struct xc_database *self, struct xc_bytes prefix,
                           bool (*visit)(struct xc_bytes term, uint32_t frequency, void *user_data),
                           void *user_data, GError **error) noexcept
{
    return guard(error, [&] {
        each(self->db.allterms_begin(xc::string(prefix)),
             [&](struct xc_bytes term, const Xapian::TermIterator &i) {
                 const Xapian::doccount frequency =
                     self->hidden.empty() ? i.get_termfreq() : xc::visible_frequency(*self, *i);
                 return frequency == 0 || visit(term, frequency, user_data);
             });
    });
}

bool xc_database_each_posting(const struct xc_database *self, struct xc_bytes term,
                              bool (*visit)(uint32_t id, uint32_t wdf, void *user_data), void *user_data,
                              GError **error) noexcept
{
    return guard(error, [&] {
        const std::string key = xc::string(term);
        for (auto i = self->db.postlist_begin(key); i != self->db.postlist_end(key); ++i)
            if (!visit(*i, i.get_wdf(), user_data))
                break;
    });
}

bool xc_database_each_value(const struct xc_database *self, uint32_t slot,
                            bool (*visit)(uint32_t id, struct xc_bytes value, void *user_data),
                            void *user_data, GError **error) noexcept
{
    return guard(error, [&] {
        for (auto i = self->db.valuestream_begin(slot); i != self->db.valuestream_end(slot); ++i) {
            const std::string value = *i;
            if (!visit(i.get_docid(), xc::bytes(value), user_data))
                break;
        }
    });
}

bool xc_database_document_each_term(const struct xc_database *self, uint32_t id,
                                    bool (*visit)(struct xc_bytes term, uint32_t wdf, void *user_data),
                                    void *user_data, GError **error) noexcept
{
    return guard(error, [&] {
        each(self->db.termlist_begin(id), [&](struct xc_bytes term, const Xapian::TermIterator &i) {
            return visit(term, i.get_wdf(), user_data);
        });
    });
}

bool xc_database_document_positions(const struct xc_database *self, uint32_t id, struct xc_bytes term,
                                    GArray *out, GError **error) noexcept
{
    const guint before = out->len;
    const bool done = guard(error, [&] {
        const std::string key = xc::string(term);
        for (auto i = self->db.positionlist_begin(id, key); i != self->db.positionlist_end(id, key); ++i) {
            const uint32_t position = *i;
            g_array_append_val(out, position);
        }
    });
    if (!done)
        g_array_set_size(out, before);
    return done;
}

bool xc_database_each_metadata_key(const struct xc_database *self, struct xc_bytes prefix,
                                   bool (*visit)(struct xc_bytes key, void *user_data), void *user_data,
                                   GError **error) noexcept
{
    return guard(error, [&] {
        each(self->db.metadata_keys_begin(xc::string(prefix)),
             [&](struct xc_bytes key, const Xapian::TermIterator &) { return visit(key, user_data); });
    });
}

bool xc_database_each_synonym(const struct xc_database *self, struct xc_bytes term,
                              bool (*visit)(struct xc_bytes synonym, void *user_data), void *user_data,
                              GError **error) noexcept
{
    return guard(error, [&] {
        each(self->db.synonyms_begin(xc::string(term)),
             [&](struct xc_bytes synonym, const Xapian::TermIterator &i) {
                 return !xc::is_visible(*self, *i) || visit(synonym, user_data);
             });
    });
}

bool xc_database_each_synonym_key(const struct xc_database *self, struct xc_bytes prefix,
                                  bool (*visit)(struct xc_bytes key, void *user_data), void *user_data,
                                  GError **error) noexcept
{
    return guard(error, [&] {
        each(self->db.synonym_keys_begin(xc::string(prefix)),
             [&](struct xc_bytes key, const Xapian::TermIterator &) { return visit(key, user_data); });
    });
}

bool xc_database_each_spelling(const struct xc_database *self,
                               bool (*visit)(struct xc_bytes word, uint32_t frequency, void *user_data),
                               void *user_data, GError **error) noexcept
{
    return guard(error, [&] {
        each(self->db.spellings_begin(), [&](struct xc_bytes word, const Xapian::TermIterator &i) {
            return visit(word, i.get_termfreq(), user_data);
        });
    });
}

} // extern "C"
