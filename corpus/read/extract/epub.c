#include "corpus/read/extract/extract.h"

#include "base/error.h"
#include "corpus/read/extract/container.h"
#include "corpus/read/extract/html.h"
#include "corpus/read/extract/xml_reader.h"

/* EPUB: the XHTML files of the spine, in its order, as one document; each begins a page.
 * Source: EPUB 3.3, sections 4.2.6.3.1 (container.xml) and 5.7 (spine). */

enum { MAX_CHAPTERS = 20000, SHEETS_BYTES = 1 << 20 };

static uint8_t *read_part(struct nd_zip *zip, struct nd_builder *builder, const char *name, size_t *size)
{
    bool partial = false;
    g_autoptr(GError) error = NULL;
    uint8_t *data = nd_zip_read_named(zip, name, size, &partial, &error);
    if (!data || partial)
        nd_builder_complain(builder, "damaged", "%s: %s", name, error ? error->message : "ends early");
    return data;
}

/* The attribute `name` of the first `element`; caller frees. */
static char *find_attribute(struct nd_bytes part, const char *element, const char *name)
{
    xmlTextReaderPtr reader = nd_xml_reader_new(part);
    char *found = NULL;
    while (reader && !found && xmlTextReaderRead(reader) == 1) {
        if (xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT && nd_xml_is(reader, element)) {
            char *value = nd_xml_attribute(reader, name);
            found = g_strdup(value);
            xmlFree(value);
        }
    }
    xmlFreeTextReader(reader);
    return found;
}

/* Paths of the chapters, relative to the package file. */
static GPtrArray *read_spine(struct nd_bytes package)
{
    GPtrArray *chapters = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) items = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    xmlTextReaderPtr reader = nd_xml_reader_new(package);
    while (reader && xmlTextReaderRead(reader) == 1 && chapters->len < MAX_CHAPTERS) {
        if (xmlTextReaderNodeType(reader) != XML_READER_TYPE_ELEMENT)
            continue;
        if (nd_xml_is(reader, "item")) {
            char *id = nd_xml_attribute(reader, "id"), *path = nd_xml_attribute(reader, "href");
            if (id && path)
                g_hash_table_replace(items, g_strdup(id), g_uri_unescape_string(path, NULL));
            xmlFree(id);
            xmlFree(path);
        } else if (nd_xml_is(reader, "itemref")) {
            char *id = nd_xml_attribute(reader, "idref");
            const char *path = id ? g_hash_table_lookup(items, id) : NULL;
            if (path)
                g_ptr_array_add(chapters, g_strdup(path));
            xmlFree(id);
        }
    }
    xmlFreeTextReader(reader);
    return chapters;
}

/* The text of all style sheets of the book, for the fonts they name; caller frees. */
static char *read_sheets(struct nd_zip *zip)
{
    GString *sheets = g_string_new(NULL);
    for (unsigned i = 0; i < nd_zip_count(zip) && sheets->len < SHEETS_BYTES; i++) {
        const char *name = nd_zip_name(zip, i);
        size_t size;
        bool partial = false;
        g_autofree uint8_t *data =
            name && g_str_has_suffix(name, ".css") ? nd_zip_read(zip, i, &size, &partial, NULL) : NULL;
        if (data)
            g_string_append(sheets, (const char *)data); /* up to a NUL: no style sheet has one */
    }
    return g_string_free(sheets, FALSE);
}

static void read_if_chapter(struct nd_zip *zip, unsigned i, const char *sheets, struct nd_builder *builder)
{
    const char *name = nd_zip_name(zip, i);
    size_t size;
    bool partial = false;
    if (!name || !(g_str_has_suffix(name, "html") || g_str_has_suffix(name, ".htm")))
        return;
    g_autofree uint8_t *chapter = nd_zip_read(zip, i, &size, &partial, NULL);
    if (chapter)
        nd_html_read((struct nd_bytes){chapter, size}, NULL, sheets, builder);
}

void nd_extract_epub(struct nd_bytes file, struct nd_builder *builder)
{
    nd_auto(nd_zip) zip = nd_builder_open_zip(builder, file);
    if (!zip)
        return;
    size_t size;
    g_autofree uint8_t *container = read_part(zip, builder, "META-INF/container.xml", &size);
    g_autofree char *package_path =
        container ? find_attribute((struct nd_bytes){container, size}, "rootfile", "full-path") : NULL;
    g_autofree uint8_t *package = package_path ? read_part(zip, builder, package_path, &size) : NULL;
    g_autofree char *all_sheets = package ? NULL : read_sheets(zip);
    for (unsigned i = 0; !package && i < nd_zip_count(zip); i++) /* the order is lost, the chapters are not */
        read_if_chapter(zip, i, all_sheets, builder);
    if (!package)
        return;
    g_autoptr(GPtrArray) chapters = read_spine((struct nd_bytes){package, size});
    const char *slash = strrchr(package_path, '/');
    g_autofree char *folder =
        slash ? g_strndup(package_path, (gsize)(slash + 1 - package_path)) : g_strdup("");
    g_autofree char *sheets = read_sheets(zip);
    for (guint i = 0; i < chapters->len && nd_builder_has_room(builder); i++) {
        g_autofree char *path = g_strconcat(folder, g_ptr_array_index(chapters, i), NULL);
        g_autofree uint8_t *chapter = read_part(zip, builder, path, &size);
        nd_builder_page_break(builder);
        if (chapter)
            nd_html_read((struct nd_bytes){chapter, size}, NULL, sheets, builder);
    }
}
