#include "base/i18n.h"
#include "analyzers/citation/citation.h"
#include "query/cards.h"
#include "query/relations.h"
#include "query/works.h"

void nd_text_citation_free(struct nd_text_citation *citation)
{
    if (!citation)
        return;
    g_free(citation->text);
    g_clear_pointer(&citation->works, g_ptr_array_unref);
    g_free(citation->reason);
    g_free(citation);
}

static void citation_free(gpointer citation)
{
    nd_text_citation_free(citation);
}

/* The text as a document of one paragraph a line. */
static struct nd_document *document_of(struct nd_str text)
{
    struct nd_document *const doc = nd_document_new();
    doc->text = nd_str_dup(text);
    doc->size = strlen(doc->text); /* a NUL ends it */
    for (size_t start = 0; start < doc->size;) {
        const char *const line_end = memchr(doc->text + start, '\n', doc->size - start);
        const size_t end = line_end ? (size_t)(line_end - doc->text) : doc->size;
        if (end > start) {
            const struct nd_block block = {
                .start = (uint32_t)start, .end = (uint32_t)end, .kind = ND_BLOCK_PARAGRAPH};
            g_array_append_val(doc->blocks, block);
        }
        start = end + 1;
    }
    return doc;
}

static struct nd_text_citation *resolve(struct nd_session *session, const struct nd_mention *mention,
                                        struct nd_str text, GError **error)
{
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!nd_citation_works(session, mention, works, error))
        return NULL;
    GPtrArray *const cards = nd_work_cards_brief(session, works, nd_names_editions(mention), error);
    if (!cards)
        return NULL;
    struct nd_text_citation *const citation = g_new0(struct nd_text_citation, 1);
    citation->span = (struct nd_range){mention->start, mention->end};
    citation->text = nd_str_dup(nd_str_slice(text, mention->start, mention->end));
    citation->works = cards;
    if (cards->len == 0) {
        citation->state = ND_LINK_UNKNOWN;
        citation->reason = g_strdup(_("nothing in this index is or cites it"));
    } else if (cards->len > 1) {
        citation->state = ND_LINK_AMBIGUOUS;
        citation->reason = g_strdup(_("the text does not say which; a date, term of office or place would"));
    } else if (((struct nd_work_card *)g_ptr_array_index(cards, 0))->document) {
        citation->state = ND_LINK_HERE;
        citation->reason = g_strdup(_("the only one in this index that fits"));
    } else {
        citation->state = ND_LINK_ABSENT;
        citation->reason = g_strdup(_("known from citations only"));
    }
    return citation;
}

GPtrArray *nd_resolve_text(struct nd_session *session, struct nd_str text, GError **error)
{
    nd_auto(nd_document) doc = document_of(text);
    struct nd_normalized normalized;
    nd_normalize(nd_document_text(doc), &normalized);
    const struct nd_metadata_hints hints = {0};
    nd_auto(nd_metadata) metadata = NULL;
    nd_auto(nd_mentions) mentions = NULL;
    nd_citation_read(doc, &normalized, &hints, &metadata, &mentions);
    nd_normalized_clear(&normalized);
    if (!nd_session_enter(session, error))
        return NULL;
    g_autoptr(GPtrArray) citations = g_ptr_array_new_with_free_func(citation_free);
    bool good = true;
    for (size_t i = 0; i < nd_mentions_count(mentions) && good; i++) {
        struct nd_text_citation *const citation =
            resolve(session, nd_mentions_get(mentions, i), nd_document_text(doc), error);
        good = citation != NULL;
        if (good)
            g_ptr_array_add(citations, citation);
    }
    nd_session_leave(session);
    return good ? g_steal_pointer(&citations) : NULL;
}
