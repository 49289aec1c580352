#include "corpus/read/extract/extract.h"

#include "base/caps.h"
#include "corpus/read/charset/bytes.h"
#include "corpus/read/charset/viqr.h"
#include "corpus/read/extract/html.h"

#include <gmime/gmime.h>

/* Mail: subject, sender, receivers, date and the text of the message as one document; attachments as its
 * members. A page that a browser or Word saved with its files (.mht) has the form of a mail and is that page.
 * Source: RFC 5322, RFC 2557 (MHTML). */

enum { SHEETS_BYTES = 1 << 20 };

struct message {
    struct nd_extraction *x;
    struct nd_builder *builder;
    bool has_text;
    GPtrArray *attachments; /* of GMimePart * and GMimeMessagePart *, borrowed from the message */
};

static struct nd_bytes decode(GMimePart *part, GByteArray *data)
{
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(data);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    if (content)
        g_mime_data_wrapper_write_to_stream(content, stream);
    g_object_unref(stream);
    return (struct nd_bytes){data->data ? data->data : (const uint8_t *)"", data->len};
}

/* A text part of the message itself: plain text lines as paragraphs, HTML as HTML. */
static void put_text(struct message *self, GMimePart *part, bool html)
{
    g_autoptr(GByteArray) data = g_byte_array_new();
    struct nd_bytes bytes = decode(part, data);
    const char *charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
    struct nd_document *doc = nd_builder_document(self->builder);
    size_t size;
    if (html) {
        nd_html_read(bytes, charset, NULL, self->builder);
    } else {
        g_autofree char *text = nd_text_from_bytes(bytes, charset, doc, &size);
        g_autofree char *viqr = nd_viqr_decode((struct nd_str){text, size});
        g_auto(GStrv) paragraphs = g_strsplit(viqr ? viqr : text, "\n", -1);
        nd_builder_font(self->builder, NULL);
        for (char **p = paragraphs; *p; p++) {
            nd_builder_begin(self->builder, ND_BLOCK_PARAGRAPH, 0);
            nd_builder_text(self->builder, nd_str_from_c(*p));
        }
        nd_builder_end(self->builder);
    }
    self->has_text = true;
}

static void take_part(GMimeObject *parent, GMimeObject *object, gpointer user_data)
{
    struct message *self = user_data;
    (void)parent;
    if (GMIME_IS_MESSAGE_PART(object)) /* a message passed on */
        g_ptr_array_add(self->attachments, object);
    if (!GMIME_IS_PART(object))
        return;
    GMimePart *part = GMIME_PART(object);
    GMimeContentType *type = g_mime_object_get_content_type(object);
    bool plain = g_mime_content_type_is_type(type, "text", "plain"),
         html = g_mime_content_type_is_type(type, "text", "html");
    if (g_mime_part_get_filename(part) || g_mime_part_is_attachment(part))
        g_ptr_array_add(self->attachments, part);
    else if (plain && !self->has_text)
        put_text(self, part, false);
    else if (html && !self->has_text)
        put_text(self, part, true);
    else if (!plain && !html && !g_mime_content_type_is_type(type, "image", "*"))
        g_ptr_array_add(self->attachments, part);
}

static void put_header(struct nd_builder *builder, const char *name, const char *value,
                       enum nd_block_kind kind)
{
    if (!value || !*value)
        return;
    nd_builder_begin(builder, kind, kind == ND_BLOCK_HEADING);
    g_autofree char *valid = g_utf8_make_valid(value, -1);
    nd_builder_text(builder, nd_str_from_c(name));
    nd_builder_text(builder, nd_str_from_c(valid));
    nd_builder_end(builder);
}

static void put_addresses(struct nd_builder *builder, const char *name, InternetAddressList *list)
{
    g_autofree char *value = list ? internet_address_list_to_string(list, NULL, FALSE) : NULL;
    put_header(builder, name, value, ND_BLOCK_PARAGRAPH);
}

static struct nd_bytes write_message(GMimeMessagePart *part, GByteArray *data)
{
    GMimeMessage *message = g_mime_message_part_get_message(part);
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(data);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    if (message)
        g_mime_object_write_to_stream(GMIME_OBJECT(message), NULL, stream);
    g_object_unref(stream);
    return (struct nd_bytes){data->data ? data->data : (const uint8_t *)"", data->len};
}

static void unpack_attachments(struct message *self)
{
    struct nd_extraction *x = self->x;
    for (guint i = 0; i < self->attachments->len && !x->stopped; i++) {
        GMimeObject *object = g_ptr_array_index(self->attachments, i);
        g_autoptr(GByteArray) data = g_byte_array_new();
        bool message = GMIME_IS_MESSAGE_PART(object);
        struct nd_bytes bytes =
            message ? write_message(GMIME_MESSAGE_PART(object), data) : decode(GMIME_PART(object), data);
        const char *name = message ? NULL : g_mime_part_get_filename(GMIME_PART(object));
        g_autofree char *number = g_strdup_printf("part-%u", i + 1);
        if (x->members >= ND_CAP_ARCHIVE_MEMBERS || x->depth >= ND_CAP_ARCHIVE_DEPTH) {
            nd_extraction_refuse(x, "message/rfc822", "archive-limit", "too many or too deep attachments");
            return;
        }
        nd_extract_member(x, bytes, name && *name ? name : number);
    }
}

/* The files of a saved page. */
struct saved_page {
    GPtrArray *pages; /* of GMimePart *, borrowed; the first is the page, the others its frames */
    GString *sheets;
};

static void sort_part(GMimeObject *parent, GMimeObject *object, gpointer user_data)
{
    struct saved_page *self = user_data;
    (void)parent;
    GMimeContentType *type = g_mime_object_get_content_type(object);
    if (!GMIME_IS_PART(object))
        return;
    if (g_mime_content_type_is_type(type, "text", "html") ||
        g_mime_content_type_is_type(type, "application", "xhtml+xml")) {
        g_ptr_array_add(self->pages, GMIME_PART(object));
    } else if (g_mime_content_type_is_type(type, "text", "css") && self->sheets->len < SHEETS_BYTES) {
        g_autoptr(GByteArray) data = g_byte_array_new();
        struct nd_bytes sheet = decode(GMIME_PART(object), data);
        if (!memchr(sheet.p, 0, sheet.n))
            g_string_append_len(self->sheets, (const char *)sheet.p, (gssize)sheet.n);
    }
}

static bool is_saved_page(GMimeMessage *mail)
{
    GMimeObject *body = g_mime_message_get_mime_part(mail);
    if (!body || g_mime_object_get_header(GMIME_OBJECT(mail), "Received"))
        return false;
    if (g_mime_object_get_header(GMIME_OBJECT(mail), "Snapshot-Content-Location"))
        return true;
    bool related = g_mime_content_type_is_type(g_mime_object_get_content_type(body), "multipart", "related");
    GMimeObject *first =
        related && GMIME_IS_MULTIPART(body) && g_mime_multipart_get_count(GMIME_MULTIPART(body)) > 0
            ? g_mime_multipart_get_part(GMIME_MULTIPART(body), 0)
            : body;
    InternetAddressList *to = g_mime_message_get_to(mail);
    return g_mime_object_get_header(first, "Content-Location") &&
           (!to || internet_address_list_length(to) == 0);
}

static void read_saved_page(struct nd_extraction *x, GMimeMessage *mail)
{
    nd_auto(nd_builder) builder = nd_builder_new();
    struct saved_page self = {.pages = g_ptr_array_new(), .sheets = g_string_new(NULL)};
    if (GMIME_IS_MULTIPART(g_mime_message_get_mime_part(mail)))
        g_mime_message_foreach(mail, sort_part, &self);
    else
        sort_part(NULL, g_mime_message_get_mime_part(mail), &self);
    const GArray *blocks = nd_builder_document(builder)->blocks;
    /* frames are advertisements, but for a page that consists of nothing else */
    for (guint i = 0; i < self.pages->len && (i == 0 || blocks->len == 0); i++) {
        GMimePart *page = g_ptr_array_index(self.pages, i);
        g_autoptr(GByteArray) data = g_byte_array_new();
        nd_html_read(decode(page, data),
                     g_mime_object_get_content_type_parameter(GMIME_OBJECT(page), "charset"),
                     self.sheets->str, builder);
    }
    struct nd_document *doc = nd_builder_finish(builder);
    doc->mime_type = g_strdup("application/x-mimearchive");
    nd_extraction_deliver(x, doc);
    g_ptr_array_unref(self.pages);
    g_string_free(self.sheets, TRUE);
}

/* One message with its attachments. */
static void read_message(struct nd_extraction *x, GMimeMessage *mail)
{
    nd_auto(nd_builder) builder = nd_builder_new();
    struct message self = {.x = x, .builder = builder, .attachments = g_ptr_array_new()};
    GDateTime *date = g_mime_message_get_date(mail);
    g_autofree char *date_text = date ? g_date_time_format(date, "%d/%m/%Y %H:%M") : NULL;
    put_header(builder, "", g_mime_message_get_subject(mail), ND_BLOCK_HEADING);
    put_addresses(builder, "From: ", g_mime_message_get_from(mail));
    put_addresses(builder, "To: ", g_mime_message_get_to(mail));
    put_header(builder, "Date: ", date_text, ND_BLOCK_PARAGRAPH);
    g_mime_message_foreach(mail, take_part, &self);
    struct nd_document *doc = nd_builder_finish(builder);
    doc->mime_type = g_strdup("message/rfc822");
    nd_extraction_deliver(x, doc);
    unpack_attachments(&self);
    g_ptr_array_unref(self.attachments);
}

/* A mailbox holds many messages: the second and later ones are members of their own, by their number. */
void nd_unpack_mail(struct nd_extraction *x, struct nd_bytes file)
{
    bool mailbox = file.n > 5 && memcmp(file.p, "From ", 5) == 0;
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)file.p, file.n);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    g_mime_parser_set_format(parser, mailbox ? GMIME_FORMAT_MBOX : GMIME_FORMAT_MESSAGE);
    GString *outer = x->member;
    unsigned number = 0;
    do {
        GMimeMessage *mail = g_mime_parser_construct_message(parser, NULL);
        if (!mail)
            break;
        g_autofree char *name =
            g_strdup_printf("%s%s%u", outer ? outer->str : "", outer ? "!" : "", ++number);
        GString *member = number > 1 ? g_string_new(name) : NULL;
        x->member = member ? member : outer;
        x->members++;
        if (is_saved_page(mail))
            read_saved_page(x, mail);
        else
            read_message(x, mail);
        x->member = outer;
        if (member)
            g_string_free(member, TRUE);
        g_object_unref(mail);
    } while (mailbox && !x->stopped && x->members < ND_CAP_ARCHIVE_MEMBERS && !g_mime_parser_eos(parser));
    if (number == 0)
        nd_extraction_refuse(x, "message/rfc822", "damaged", "no mail");
    else if (x->members >= ND_CAP_ARCHIVE_MEMBERS)
        nd_extraction_refuse(x, "message/rfc822", "archive-limit", "more than %d messages",
                             ND_CAP_ARCHIVE_MEMBERS);
    g_object_unref(parser);
    g_object_unref(stream);
}
