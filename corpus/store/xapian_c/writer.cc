#include "corpus/store/xapian_c/guard.h"
#include "corpus/store/xapian_c/lengths.h"

#include <sstream>

using xc::guard;
using xc::guard_new;

namespace
{

int xapian_flags(enum xc_writer_mode mode, unsigned flags)
{
    static const int modes[] = {Xapian::DB_CREATE_OR_OPEN, Xapian::DB_CREATE_OR_OVERWRITE, Xapian::DB_CREATE,
                                Xapian::DB_OPEN};
    static const struct {
        unsigned ours;
        int theirs;
    } map[] = {
        {XC_WRITER_NO_SYNC, Xapian::DB_NO_SYNC},       {XC_WRITER_FULL_SYNC, Xapian::DB_FULL_SYNC},
        {XC_WRITER_DANGEROUS, Xapian::DB_DANGEROUS},   {XC_WRITER_NO_TERMLIST, Xapian::DB_NO_TERMLIST},
        {XC_WRITER_RETRY_LOCK, Xapian::DB_RETRY_LOCK},
    };
    int result = modes[mode];
    for (const auto &row : map)
        if (flags & row.ours)
            result |= row.theirs;
    return result;
}

struct xc_writer *new_writer(const Xapian::WritableDatabase &db)
{
    return new xc_writer{db, {db}};
}

} // namespace

extern "C" {

struct xc_writer *xc_writer_open(const char *path, enum xc_writer_mode mode, unsigned flags,
                                 unsigned block_size_bytes, GError **error) noexcept
{
    return guard_new(error, [&] {
        return new_writer(Xapian::WritableDatabase(path, xapian_flags(mode, flags) | Xapian::DB_BACKEND_GLASS,
                                                   static_cast<int>(block_size_bytes)));
    });
}

struct xc_writer *xc_writer_open_memory(GError **error) noexcept
{
    return guard_new(error, [&] {
        return new_writer(Xapian::WritableDatabase(std::string(), Xapian::DB_BACKEND_INMEMORY));
    });
}

void xc_writer_close(struct xc_writer *self) noexcept
{
    guard(nullptr, [&] { delete self; });
}

struct xc_database *xc_writer_database(struct xc_writer *self) noexcept
{
    return &self->reader;
}

bool xc_writer_commit(struct xc_writer *self, GError **error) noexcept
{
    return guard(error, [&] { self->db.commit(); });
}

bool xc_writer_begin_transaction(struct xc_writer *self, bool flushed, GError **error) noexcept
{
    return guard(error, [&] { self->db.begin_transaction(flushed); });
}

bool xc_writer_commit_transaction(struct xc_writer *self, GError **error) noexcept
{
    return guard(error, [&] { self->db.commit_transaction(); });
}

bool xc_writer_cancel_transaction(struct xc_writer *self, GError **error) noexcept
{
    return guard(error, [&] { self->db.cancel_transaction(); });
}

bool xc_writer_add(struct xc_writer *self, const struct xc_document *document, uint32_t *id_out,
                   GError **error) noexcept
{
    return guard(error, [&] {
        const Xapian::docid id = self->db.add_document(document->document);
        if (id_out)
            *id_out = id;
    });
}

bool xc_writer_replace(struct xc_writer *self, uint32_t id, const struct xc_document *document,
                       GError **error) noexcept
{
    return guard(error, [&] { self->db.replace_document(id, document->document); });
}

bool xc_writer_replace_by_term(struct xc_writer *self, struct xc_bytes unique_term,
                               const struct xc_document *document, uint32_t *id_out, GError **error) noexcept
{
    return guard(error, [&] {
        const Xapian::docid id = self->db.replace_document(xc::string(unique_term), document->document);
        if (id_out)
            *id_out = id;
    });
}

bool xc_writer_delete(struct xc_writer *self, uint32_t id, GError **error) noexcept
{
    return guard(error, [&] { self->db.delete_document(id); });
}

bool xc_writer_delete_by_term(struct xc_writer *self, struct xc_bytes unique_term, GError **error) noexcept
{
    return guard(error, [&] { self->db.delete_document(xc::string(unique_term)); });
}

bool xc_writer_set_metadata(struct xc_writer *self, struct xc_bytes key, struct xc_bytes value,
                            GError **error) noexcept
{
    return guard(error, [&] { self->db.set_metadata(xc::string(key), xc::string(value)); });
}

bool xc_writer_pack_lengths(struct xc_writer *self, uint32_t first, GError **error) noexcept
{
    return guard(error, [&] {
        xc::docid block = xc::block_of(first);
        std::string packed;
        auto i = self->db.postlist_begin(std::string());
        const Xapian::PostingIterator end;
        if (i != end)
            i.skip_to(block);
        for (xc::docid next = block; i != end; ++i) {
            if (xc::block_of(*i) != block) {
                self->db.set_metadata(xc::key_of_lengths(block), packed);
                packed.clear();
                next = block = xc::block_of(*i);
            }
            packed.append(*i - next, '\0');
            xc::append_length(packed, i.get_doclength());
            next = *i + 1;
        }
        if (!packed.empty())
            self->db.set_metadata(xc::key_of_lengths(block), packed);
    });
}

bool xc_writer_pack_values(struct xc_writer *self, uint32_t slot, uint32_t n_parts, uint32_t first,
                           GError **error) noexcept
{
    return guard(error, [&] {
        xc::docid block = xc::block_of(first);
        auto packer = std::make_unique<xc::ValuePacker>(n_parts);
        const auto put = [&] { self->db.set_metadata(xc::key_of_values(slot, block), packer->packed()); };
        auto i = self->db.valuestream_begin(slot);
        const auto end = self->db.valuestream_end(slot);
        if (i != end)
            i.skip_to(std::max(block, xc::docid(1)));
        for (; i != end; ++i) {
            if (xc::block_of(i.get_docid()) != block) {
                put();
                packer = std::make_unique<xc::ValuePacker>(n_parts);
                block = xc::block_of(i.get_docid());
            }
            packer->add(i.get_docid() - block, *i);
        }
        put();
    });
}

bool xc_writer_add_spelling(struct xc_writer *self, struct xc_bytes word, uint32_t frequency_increment,
                            GError **error) noexcept
{
    return guard(error, [&] { self->db.add_spelling(xc::string(word), frequency_increment); });
}

bool xc_writer_remove_spelling(struct xc_writer *self, struct xc_bytes word, uint32_t frequency_decrement,
                               GError **error) noexcept
{
    return guard(error, [&] { self->db.remove_spelling(xc::string(word), frequency_decrement); });
}

bool xc_writer_add_synonym(struct xc_writer *self, struct xc_bytes term, struct xc_bytes synonym,
                           GError **error) noexcept
{
    return guard(error, [&] { self->db.add_synonym(xc::string(term), xc::string(synonym)); });
}

bool xc_writer_remove_synonym(struct xc_writer *self, struct xc_bytes term, struct xc_bytes synonym,
                              GError **error) noexcept
{
    return guard(error, [&] { self->db.remove_synonym(xc::string(term), xc::string(synonym)); });
}

bool xc_writer_clear_synonyms(struct xc_writer *self, struct xc_bytes term, GError **error) noexcept
{
    return guard(error, [&] { self->db.clear_synonyms(xc::string(term)); });
}

bool xc_compact(const char *const *sources, size_t n, const char *destination, unsigned flags,
                unsigned block_size_bytes, GError **error) noexcept
{
    return guard(error, [&] {
        Xapian::Database all;
        for (size_t i = 0; i < n; i++)
            all.add_database(Xapian::Database(sources[i]));
        all.compact(destination, flags, static_cast<int>(block_size_bytes));
    });
}

bool xc_check(const char *path, size_t *n_errors_out, GString *report, GError **error) noexcept
{
    return guard(error, [&] {
        std::ostringstream text;
        const size_t n_errors = Xapian::Database::check(path, 0, &text);
        *n_errors_out = n_errors;
        if (report)
            xc::assign(report, text.str());
    });
}

} // extern "C"

/* invert_merge.c writes this format; another one has to be read up on there first. */
static_assert(XAPIAN_MAJOR_VERSION == 1 && XAPIAN_MINOR_VERSION == 4,
              "the glass format is that of Xapian 1.4");

static_assert(int{XC_COMPACT_FULL} == Xapian::Compactor::FULL &&
                  int{XC_COMPACT_FULLER} == Xapian::Compactor::FULLER &&
                  int{XC_COMPACT_NO_RENUMBER} == Xapian::DBCOMPACT_NO_RENUMBER &&
                  int{XC_COMPACT_MULTIPASS} == Xapian::DBCOMPACT_MULTIPASS &&
                  int{XC_COMPACT_SINGLE_FILE} == Xapian::DBCOMPACT_SINGLE_FILE,
              "the flags of xc_compact go to Xapian as they are");
