#include "corpus/read/extract/extract.h"

#include "base/caps.h"
#include "corpus/read/extract/container.h"
#include "corpus/read/extract/sniff.h"

static const struct {
    void (*extract)(struct nd_bytes file, struct nd_builder *builder);
    void (*unpack)(struct nd_extraction *x, struct nd_bytes file);
} formats[ND_N_FORMATS] = {
#define ND_FORMAT(id, mime, extractor)   [ND_FORMAT_##id] = {.extract = nd_extract_##extractor},
#define ND_CONTAINER(id, mime, unpacker) [ND_FORMAT_##id] = {.unpack = nd_unpack_##unpacker},
#include "corpus/read/extract/formats.def"
#undef ND_FORMAT
#undef ND_CONTAINER
};

void nd_builder_complain(struct nd_builder *builder, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    struct nd_document *doc = nd_builder_document(builder);
    g_autofree char *valid = g_utf8_make_valid(message, -1);
    nd_document_add_diagnostic(doc, code, 0, "%s", valid);
    doc->partial = true;
}

struct nd_zip *nd_builder_open_zip(struct nd_builder *builder, struct nd_bytes file)
{
    g_autoptr(GError) error = NULL;
    struct nd_zip *zip = nd_zip_open(file, &error);
    if (!zip)
        nd_builder_complain(builder, "damaged", "%s", error->message);
    else if (nd_zip_is_broken(zip))
        nd_builder_complain(builder, "damaged", "the file ends early: what is left of it was read");
    return zip;
}

void nd_extract_encrypted(struct nd_bytes file, struct nd_builder *builder)
{
    (void)file;
    nd_builder_complain(builder, "encrypted", "the document has a password");
}

void nd_extraction_deliver(struct nd_extraction *x, struct nd_document *doc)
{
    if (x->stopped) {
        nd_document_free(doc);
        return;
    }
    if (!doc->text)
        doc->text = g_strdup("");
    if (!doc->encoding)
        doc->encoding = g_strdup("");
    if (!doc->mime_type)
        doc->mime_type = g_strdup("application/octet-stream");
    x->stopped = !x->found(doc, x->member ? x->member->str : NULL, x->user_data);
}

void nd_extraction_refuse(struct nd_extraction *x, const char *mime_type, const char *code,
                          const char *format, ...)
{
    struct nd_document *doc = nd_document_new();
    doc->mime_type = g_strdup(mime_type);
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *valid = g_utf8_make_valid(message, -1);
    nd_document_add_diagnostic(doc, code, 0, "%s", valid);
    nd_extraction_deliver(x, doc);
}

void nd_extract(struct nd_extraction *x, struct nd_bytes file, const char *name)
{
    (void)name;
    if (file.n == 0) {
        nd_extraction_refuse(x, "inode/x-empty", "empty", "no text in the file");
        return;
    }
    const char *mime;
    enum nd_format format = nd_sniff(file, &mime);
    if (formats[format].unpack) {
        formats[format].unpack(x, file);
        return;
    }
    if (!formats[format].extract) {
        nd_extraction_refuse(x, mime, "unsupported", "%s is not read", mime);
        return;
    }
    nd_auto(nd_builder) builder = nd_builder_new();
    formats[format].extract(file, builder);
    struct nd_document *doc = nd_builder_finish(builder);
    if (!doc->mime_type)
        doc->mime_type = g_strdup(mime);
    nd_extraction_deliver(x, doc);
}

/* Goes into the member; returns the path to go back to. */
static GString *enter_member(struct nd_extraction *x, const char *name)
{
    GString *outer = x->member;
    x->member = g_string_new(outer ? outer->str : NULL);
    if (outer)
        g_string_append_c(x->member, '!');
    g_string_append(x->member, name);
    return outer;
}

static void leave_member(struct nd_extraction *x, GString *outer)
{
    g_string_free(x->member, TRUE);
    x->member = outer;
}

void nd_extraction_refuse_member(struct nd_extraction *x, const char *name, const char *code,
                                 const char *message)
{
    GString *outer = enter_member(x, name);
    nd_extraction_refuse(x, "application/octet-stream", code, "%s", message);
    leave_member(x, outer);
}

void nd_extract_member(struct nd_extraction *x, struct nd_bytes member, const char *name)
{
    GString *outer = enter_member(x, name);
    x->depth++;
    x->members++;
    x->unpacked += member.n;
    nd_extract(x, member, name);
    x->depth--;
    leave_member(x, outer);
}
