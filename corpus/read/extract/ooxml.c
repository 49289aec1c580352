#include "corpus/read/extract/ooxml.h"

#include "corpus/read/extract/xml_reader.h"

enum { MAX_PARTS = 10000 };

/* "../notesSlides/n1.xml" seen from "ppt/slides/slide1.xml": "ppt/notesSlides/n1.xml". */
static char *resolve(const char *part, const char *target)
{
    if (*target == '/')
        return g_strdup(target + 1);
    g_autofree char *folder = g_path_get_dirname(part);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *joined = g_strconcat(folder, "/", target, NULL);
    g_auto(GStrv) each = g_strsplit(joined, "/", -1);
    for (char **name = each; *name; name++) {
        if (strcmp(*name, "..") == 0 && names->len > 0)
            g_ptr_array_set_size(names, (gint)names->len - 1);
        else if (**name && strcmp(*name, ".") != 0)
            g_ptr_array_add(names, g_strdup(*name));
    }
    g_ptr_array_add(names, NULL);
    char *path = g_strjoinv("/", (char **)names->pdata);
    g_ptr_array_unref(names);
    return path;
}

/* The relations of a part: id -> part. When `type` is given, only those whose type ends with it, under "". */
static GHashTable *read_relations(struct nd_zip *zip, const char *part, const char *type)
{
    GHashTable *relations = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *folder = g_path_get_dirname(part), *base = g_path_get_basename(part);
    g_autofree char *name = g_strdup_printf("%s/_rels/%s.rels", folder, base);
    size_t size;
    bool partial = false;
    g_autofree uint8_t *data = nd_zip_read_named(zip, name, &size, &partial, NULL);
    xmlTextReaderPtr reader = data ? nd_xml_reader_new((struct nd_bytes){data, size}) : NULL;
    while (reader && xmlTextReaderRead(reader) == 1 && g_hash_table_size(relations) < MAX_PARTS) {
        if (xmlTextReaderNodeType(reader) != XML_READER_TYPE_ELEMENT || !nd_xml_is(reader, "Relationship"))
            continue;
        char *id = nd_xml_attribute(reader, "Id"), *target = nd_xml_attribute(reader, "Target"),
             *of_type = nd_xml_attribute(reader, "Type");
        bool wanted = !type || (of_type && g_str_has_suffix(of_type, type));
        if (id && target && wanted)
            g_hash_table_replace(relations, g_strdup(type ? "" : id), resolve(part, target));
        xmlFree(id);
        xmlFree(target);
        xmlFree(of_type);
    }
    xmlFreeTextReader(reader);
    return relations;
}

/* The attribute r:id at the reader, not the plain id beside it; caller frees with xmlFree. */
static char *relation_id(xmlTextReaderPtr reader)
{
    char *id = NULL;
    for (int more = xmlTextReaderMoveToFirstAttribute(reader); more == 1 && !id;
         more = xmlTextReaderMoveToNextAttribute(reader)) {
        const char *prefix = (const char *)xmlTextReaderConstPrefix(reader);
        if (prefix && nd_xml_is(reader, "id"))
            id = (char *)xmlTextReaderValue(reader);
    }
    xmlTextReaderMoveToElement(reader);
    return id;
}

GPtrArray *nd_ooxml_list(struct nd_zip *zip, const char *main_part, const char *element)
{
    g_autoptr(GHashTable) relations = read_relations(zip, main_part, NULL);
    size_t size;
    bool partial = false;
    g_autofree uint8_t *data = nd_zip_read_named(zip, main_part, &size, &partial, NULL);
    xmlTextReaderPtr reader = data ? nd_xml_reader_new((struct nd_bytes){data, size}) : NULL;
    GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
    while (reader && xmlTextReaderRead(reader) == 1 && parts->len < MAX_PARTS) {
        if (xmlTextReaderNodeType(reader) != XML_READER_TYPE_ELEMENT || !nd_xml_is(reader, element))
            continue;
        char *id = relation_id(reader);
        const char *part = id ? g_hash_table_lookup(relations, id) : NULL;
        if (part)
            g_ptr_array_add(parts, g_strdup(part));
        xmlFree(id);
    }
    xmlFreeTextReader(reader);
    if (parts->len > 0)
        return parts;
    g_ptr_array_unref(parts);
    return NULL;
}

char *nd_ooxml_related(struct nd_zip *zip, const char *part, const char *type)
{
    g_autoptr(GHashTable) relations = read_relations(zip, part, type);
    return g_strdup(g_hash_table_lookup(relations, ""));
}
