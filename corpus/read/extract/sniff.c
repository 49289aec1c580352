#include "corpus/read/extract/sniff.h"

#include "base/error.h"
#include "corpus/read/charset/bytes.h"
#include "corpus/read/extract/container.h"
#include "corpus/read/extract/ole.h"

#include <magic.h>

enum { HEAD_BYTES = 65536, TEXT_SAMPLE_BYTES = 8192 };

static magic_t cookie;

static const char *const mime_types[ND_N_FORMATS] = {
    [ND_FORMAT_UNSUPPORTED] = "application/octet-stream",
#define ND_FORMAT(id, mime, extractor)   [ND_FORMAT_##id] = mime,
#define ND_CONTAINER(id, mime, unpacker) [ND_FORMAT_##id] = mime,
#include "corpus/read/extract/formats.def"
#undef ND_FORMAT
#undef ND_CONTAINER
};

bool nd_sniff_open(GError **error)
{
    if (cookie)
        return true;
    cookie =
        magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_ENCODING |
                   MAGIC_NO_CHECK_TOKENS | MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_CSV);
    if (cookie && magic_load(cookie, NULL) == 0)
        return true;
    g_set_error(error, ND_ERROR, ND_ERROR_INTERNAL, "cannot load libmagic's database: %s",
                cookie ? magic_error(cookie) : "out of memory");
    return false;
}

static bool starts_with(struct nd_bytes b, const char *prefix, size_t n)
{
    return b.n >= n && memcmp(b.p, prefix, n) == 0;
}

/* The first bytes in lower case, with the zeros of UTF-16 and leading white space and marks left out. */
static char *folded_head(struct nd_bytes file)
{
    GString *head = g_string_sized_new(4096);
    for (size_t i = 0; i < file.n && head->len < 4096; i++) {
        uint8_t c = file.p[i];
        bool skip = c == 0 || c == 0xef || c == 0xbb || c == 0xbf || c == 0xfe || c == 0xff ||
                    g_ascii_isspace((char)c);
        if (!skip || head->len > 0)
            if (c != 0)
                g_string_append_c(head, g_ascii_tolower((char)c));
    }
    return g_string_free(head, FALSE);
}

static bool is_html(const char *head)
{
    static const char *const tags[] = {
        "<html",  "<!doctype html", "<head",   "<body", "<div", "<p",  "<table", "<h1",  "<h2",
        "<h3",    "<meta",          "<title",  "<span", "<br",  "<ul", "<ol",    "<!--", "<link",
        "<style", "<script",        "<center", "<font", "<a ",  "<b>"};
    if (strstr(head, "<html") || strstr(head, "<!doctype html"))
        return head[0] == '<';
    for (unsigned i = 0; i < G_N_ELEMENTS(tags); i++)
        if (g_str_has_prefix(head, tags[i]))
            return true;
    return false;
}

/* Two different header fields of mail in the first lines, the first line being one. */
static bool is_mail(const char *head)
{
    static const char *const fields[] = {"from: ",
                                         "received: ",
                                         "return-path: ",
                                         "mime-version: ",
                                         "delivered-to: ",
                                         "message-id: ",
                                         "date: ",
                                         "subject: ",
                                         "to: ",
                                         "content-type: ",
                                         "snapshot-content-location: ",
                                         "x-mozilla-status: ",
                                         "reply-to: ",
                                         "cc: "};
    unsigned seen = 0;
    if (g_str_has_prefix(head, "mime-version: ") && strstr(head, "\ncontent-type: multipart/related"))
        return true; /* a page that Word saved */
    const char *line = g_str_has_prefix(head, "from ") ? strchr(head, '\n') : head;
    line = line && *line == '\n' ? line + 1 : line;
    for (unsigned n = 0; line && n < 40 && *line != '\n' && *line != '\r'; n++) {
        bool field = *line == ' ' || *line == '\t';
        for (unsigned i = 0; !field && i < G_N_ELEMENTS(fields); i++) {
            field = g_str_has_prefix(line, fields[i]);
            seen += field;
        }
        if (n == 0 && !field && !g_str_has_prefix(line, "x-") && !g_str_has_prefix(line, "dkim-"))
            return false;
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    return seen >= 3;
}

/* No text has more than a few control characters. */
static bool is_text(struct nd_bytes file)
{
    size_t n = MIN(file.n, (size_t)TEXT_SAMPLE_BYTES), controls = 0, zeros = 0;
    for (size_t i = 0; i < n; i++) {
        uint8_t c = file.p[i];
        zeros += c == 0;
        controls += c < 0x20 && !g_ascii_isspace((char)c) && c != 0x1b && c != 0;
    }
    if (nd_text_utf16(file) != ND_UTF16_NO || starts_with(file, "\0\0\xfe\xff", 4))
        return true;
    return controls * 20 <= n && zeros * 50 <= n;
}

static enum nd_format by_magic(const char *mime)
{
    for (unsigned i = 1; i < ND_N_FORMATS; i++)
        if (strcmp(mime, mime_types[i]) == 0)
            return (enum nd_format)i;
    return ND_FORMAT_UNSUPPORTED;
}

static enum nd_format closer_look(struct nd_bytes file, const char *mime)
{
    if (starts_with(file, "PK\x03\x04", 4) || starts_with(file, "PK\x05\x06", 4))
        return nd_container_zip_format(file);
    if (starts_with(file, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
        return nd_ole_format(file);
    if (memmem(file.p, MIN(file.n, (size_t)1024), "%PDF-", 5)) /* the standard's readers look as far */
        return ND_FORMAT_PDF;
    if (starts_with(file, "{\\rtf", 5))
        return ND_FORMAT_RTF;
    static const char *const images[] = {"image/png",  "image/jpeg",     "image/tiff",
                                         "image/bmp",  "image/x-ms-bmp", "image/gif",
                                         "image/webp", "image/jp2",      "image/x-portable-greymap"};
    for (unsigned i = 0; i < G_N_ELEMENTS(images); i++)
        if (strcmp(mime, images[i]) == 0)
            return ND_FORMAT_IMAGE;
    g_autofree char *folded = folded_head(file);
    bool text = is_text(file);
    if (text && is_html(folded))
        return ND_FORMAT_HTML;
    if (text && g_str_has_prefix(folded, "<?xml"))
        return strstr(folded, "<html") ? ND_FORMAT_HTML : ND_FORMAT_XML;
    if (text && is_mail(folded))
        return ND_FORMAT_MAIL;
    enum nd_format format = by_magic(mime);
    if (format != ND_FORMAT_UNSUPPORTED && format != ND_FORMAT_TEXT)
        return format;
    return text ? ND_FORMAT_TEXT : ND_FORMAT_UNSUPPORTED;
}

enum nd_format nd_sniff(struct nd_bytes file, const char **mime_out)
{
    const char *mime = cookie ? magic_buffer(cookie, file.p, MIN(file.n, (size_t)HEAD_BYTES)) : NULL;
    enum nd_format format = closer_look(file, mime ? mime : "application/octet-stream");
    if (format == ND_FORMAT_UNSUPPORTED || format == ND_FORMAT_IMAGE)
        *mime_out = mime ? mime : "application/octet-stream";
    else
        *mime_out = mime_types[format];
    return format;
}
