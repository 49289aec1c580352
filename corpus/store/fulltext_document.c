#include "corpus/store/fulltext_private.h"

#include "corpus/store/fields.h"
#include "analyzers/citation/citation.h"
#include "analyzers/data/data.h"
#include "analyzers/text/fold.h"
#include "analyzers/text/tokenize.h"

#define SORT_KEY_BYTES 60

struct nd_document_maker {
    struct xc_document *document;
    GArray *terms; /* of struct xc_term */
    GString *data;
};

struct nd_document_maker *nd_document_maker_new(GError **error)
{
    GError *xc_error = NULL;
    struct xc_document *document = xc_document_new(&xc_error);
    if (!document) {
        nd_fulltext_propagate(error, xc_error);
        return NULL;
    }
    struct nd_document_maker *maker = g_new0(struct nd_document_maker, 1);
    maker->document = document;
    maker->terms = g_array_new(FALSE, FALSE, sizeof(struct xc_term));
    maker->data = g_string_new(NULL);
    return maker;
}

void nd_document_maker_free(struct nd_document_maker *maker)
{
    if (!maker)
        return;
    xc_document_free(maker->document);
    g_array_unref(maker->terms);
    g_string_free(maker->data, TRUE);
    g_free(maker);
}

/* The field's term, and its value where it has a slot; nothing for an absent or empty value. */
static bool put_field(struct xc_document *document, enum nd_field_id id, const char *value, GError **error)
{
    const struct nd_field *field = &nd_fields[id];
    if (!value || !*value)
        return true;
    if (*field->prefix) {
        g_autofree char *term = g_strconcat(field->prefix, value, NULL);
        const size_t n = MIN(strlen(term), ND_CAP_TERM_BYTES + 1);
        if (!xc_document_add_boolean_term(document, (struct xc_bytes){term, n}, error))
            return false;
    }
    return field->slot < 0 ||
           xc_document_set_value(document, (uint32_t)field->slot, xc_bytes_from_c(value), error);
}

static const char *skip_zeros(const char *number)
{
    while (number && number[0] == '0' && number[1])
        number++;
    return number;
}

/* The folded words of text: as terms of a field, or joined for sorting. */
static bool put_words(struct xc_document *document, enum nd_field_id id, const char *text, GError **error)
{
    if (!text)
        return true;
    const bool sort = nd_fields[id].form == ND_FORM_SORT;
    g_autoptr(GString) joined = g_string_new(NULL);
    struct nd_normalized normalized;
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    nd_normalize(nd_str_from_c(text), &normalized);
    nd_tokenizer_init(&tokenizer, normalized.text);
    bool ok = true;
    while (ok && nd_tokenizer_next(&tokenizer, &token)) {
        char folded[ND_CAP_TERM_BYTES + 1];
        const size_t n = nd_fold(nd_str_slice(normalized.text, token.start, token.end), folded);
        folded[n] = '\0';
        if (sort)
            g_string_append_printf(joined, joined->len ? " %s" : "%s", folded);
        else
            ok = put_field(document, id, folded, error);
    }
    nd_normalized_clear(&normalized);
    if (!ok || !sort)
        return ok;
    g_string_truncate(joined, MIN(joined->len, SORT_KEY_BYTES));
    return put_field(document, id, joined->str, error);
}

static bool put_metadata(struct xc_document *document, const struct nd_metadata *m, GError **error)
{
    const struct nd_mention own = {
        .type = m->type, .number = m->number, .year = m->year, .issuer = m->issuer, .code = m->code};
    g_autofree char *citation_key = m->number ? nd_citation_key(&own) : NULL;
    const struct nd_place *place = m->place ? nd_place_by_name(m->place) : NULL;
    const int year = m->date.year ? m->date.year : m->year;
    char year_digits[16] = "", date[16] = "", secrecy[2] = "";
    if (year > 0)
        g_snprintf(year_digits, sizeof year_digits, "%04d", year);
    if (m->date.year > 0)
        g_snprintf(date, sizeof date, "%04d%02d%02d", m->date.year, m->date.month, m->date.day);
    if (m->secrecy != ND_SECRECY_NONE)
        secrecy[0] = (char)('0' + (int)m->secrecy);
    const char *const level = nd_level_name(m->level);
    g_autofree char *facets =
        g_strdup_printf("%s\t%s\t%s\t%s\t%s", m->type ? m->type : "", m->issuer ? m->issuer : "",
                        level ? level : "", place ? place->key : "", year_digits);
    return put_field(document, ND_FIELD_FACETS, facets, error) &&
           put_field(document, ND_FIELD_TYPE, m->type, error) &&
           put_field(document, ND_FIELD_NUMBER, skip_zeros(m->number), error) &&
           put_field(document, ND_FIELD_CODE, citation_key, error) &&
           put_field(document, ND_FIELD_ISSUER, m->issuer, error) &&
           put_field(document, ND_FIELD_PLACE, place ? place->key : NULL, error) &&
           put_field(document, ND_FIELD_LEVEL, level, error) &&
           put_field(document, ND_FIELD_YEAR, year_digits, error) &&
           put_field(document, ND_FIELD_DATE, date, error) &&
           put_field(document, ND_FIELD_SECRECY, secrecy, error) &&
           put_words(document, ND_FIELD_SIGNER, m->signer, error) &&
           put_words(document, ND_FIELD_TITLE_SORT, m->title, error);
}

const struct xc_document *nd_document_maker_make(struct nd_document_maker *maker, const char *key,
                                                 const char *path, const struct nd_metadata *metadata,
                                                 const struct nd_terms *terms, GError **error)
{
    size_t n;
    uint32_t length;
    const struct nd_term *list = nd_terms_list(terms, &n, &length);
    g_array_set_size(maker->terms, (guint)n);
    for (size_t i = 0; i < n; i++)
        g_array_index(maker->terms, struct xc_term, i) =
            (struct xc_term){.term = {(const char *)list[i].text.p, list[i].text.n}, .wdf = list[i].wdf};
    g_string_printf(maker->data, "%s\t%s\t%s", key, path, metadata->title ? metadata->title : "");

    GError *xc_error = NULL;
    struct xc_document *document = maker->document;
    if (xc_document_clear(document, &xc_error) &&
        xc_document_add_terms(document, (const struct xc_term *)(const void *)maker->terms->data, n,
                              &xc_error) &&
        put_metadata(document, metadata, &xc_error) &&
        xc_document_set_data(document, (struct xc_bytes){maker->data->str, maker->data->len}, &xc_error))
        return document;
    nd_fulltext_propagate(error, xc_error);
    return NULL;
}

struct synonyms {
    struct xc_writer *writer;
    GError *error; /* of the first that failed */
};

static void take_synonym(struct nd_str key, struct nd_str synonym, void *user_data)
{
    struct synonyms *synonyms = user_data;
    if (!synonyms->error)
        xc_writer_add_synonym(synonyms->writer, (struct xc_bytes){key.p, key.n},
                              (struct xc_bytes){synonym.p, synonym.n}, &synonyms->error);
}

bool nd_fulltext_add_synonyms(struct xc_writer *writer, struct nd_terms *terms, GError **error)
{
    struct synonyms synonyms = {writer, NULL};
    nd_terms_take_synonyms(terms, take_synonym, &synonyms);
    if (!synonyms.error)
        return true;
    nd_fulltext_propagate(error, synonyms.error);
    return false;
}
