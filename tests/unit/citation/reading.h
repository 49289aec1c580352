#ifndef ND_TESTS_UNIT_CITATION_READING_H
#define ND_TESTS_UNIT_CITATION_READING_H

#include "analyzers/citation/citation.h"

/* What a document of this text says of itself and cites; freed by reading_clear. */
struct reading {
    struct nd_document *doc;
    struct nd_normalized normal;
    struct nd_metadata *metadata;
    struct nd_mentions *mentions;
};

static inline void reading_init(struct reading *reading, const char *text)
{
    reading->doc = nd_document_new();
    reading->doc->text = g_strdup(text);
    reading->doc->size = strlen(text);
    nd_normalize(nd_document_text(reading->doc), &reading->normal);
    nd_citation_read(reading->doc, &reading->normal, NULL, &reading->metadata, &reading->mentions);
}

static inline void reading_clear(struct reading *reading)
{
    nd_mentions_free(reading->mentions);
    nd_metadata_free(reading->metadata);
    nd_normalized_clear(&reading->normal);
    nd_document_free(reading->doc);
}

#endif
