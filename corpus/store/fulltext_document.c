#include "corpus/store/fulltext_private.h"

#include "corpus/store/fields.h"
#include "analyzers/citation/citation.h"
#include "analyzers/data/data.h"
#include "analyzers/text/fold.h"
#include "analyzers/text/tokenize.h"

#define SORT_KEY_BYTES 60

struct nd_document_maker {
    GArray *terms, *values; /* of struct xc_term, struct xc_value */
    GStringChunk *strings;  /* of fields */
    GString *data;
    struct xc_content content;
};

struct nd_document_maker *nd_document_maker_new(void)
{
    struct nd_document_maker *maker = g_new0(struct nd_document_maker, 1);
    maker->terms = g_array_new(FALSE, FALSE, sizeof(struct xc_term));
    maker->values = g_array_new(FALSE, FALSE, sizeof(struct xc_value));
    maker->strings = g_string_chunk_new(1024);
    maker->data = g_string_new(NULL);
    return maker;
}

void nd_document_maker_free(struct nd_document_maker *maker)
{
    if (!maker)
        return;
    g_array_unref(maker->terms);
    g_array_unref(maker->values);
    g_string_chunk_free(maker->strings);
    g_string_free(maker->data, TRUE);
    g_free(maker);
}

static struct xc_bytes keep(struct nd_document_maker *maker, const char *text, size_t n)
{
    return (struct xc_bytes){g_string_chunk_insert_len(maker->strings, text, (gssize)n), n};
}

/* The field's term, and its value where it has a slot; nothing for an absent or empty value. */
static void put_field(struct nd_document_maker *maker, enum nd_field_id id, const char *value)
{
    const struct nd_field *field = &nd_fields[id];
    if (!value || !*value)
        return;
    if (*field->prefix) {
        g_autofree char *text = g_strconcat(field->prefix, value, NULL);
        const struct xc_term term = {.term = keep(maker, text, MIN(strlen(text), ND_CAP_TERM_BYTES + 1))};
        g_array_append_val(maker->terms, term);
    }
    if (field->slot >= 0) {
        const struct xc_value kept = {(uint32_t)field->slot, keep(maker, value, strlen(value))};
        g_array_append_val(maker->values, kept);
    }
}

static const char *skip_zeros(const char *number)
{
    while (number && number[0] == '0' && number[1])
        number++;
    return number;
}

/* The folded words of text: as terms of a field, or joined for sorting. */
static void put_words(struct nd_document_maker *maker, enum nd_field_id id, const char *text)
{
    if (!text)
        return;
    const bool sort = nd_fields[id].form == ND_FORM_SORT;
    g_autoptr(GString) joined = g_string_new(NULL);
    struct nd_normalized normalized;
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    nd_normalize(nd_str_from_c(text), &normalized);
    nd_tokenizer_init(&tokenizer, normalized.text);
    while (nd_tokenizer_next(&tokenizer, &token)) {
        char folded[ND_CAP_TERM_BYTES + 1];
        const size_t n = nd_fold(nd_str_slice(normalized.text, token.start, token.end), folded);
        folded[n] = '\0';
        if (sort)
            g_string_append_printf(joined, joined->len ? " %s" : "%s", folded);
        else
            put_field(maker, id, folded);
    }
    nd_normalized_clear(&normalized);
    g_string_truncate(joined, MIN(joined->len, SORT_KEY_BYTES));
    put_field(maker, id, joined->str);
}

/* The code and, where it stands for several words, the document's own; all of them where that is not known.
 */
static void put_type(struct nd_document_maker *maker, const char *code, const char *word)
{
    size_t n;
    const struct nd_type *const types = nd_types(&n);
    put_field(maker, ND_FIELD_TYPE, code);
    if (!code || nd_type_only_word(code))
        return;
    for (size_t i = 0; i < n; i++)
        if (g_str_equal(types[i].code, code) && (!word || g_str_equal(types[i].word, word)))
            put_field(maker, ND_FIELD_TYPE, types[i].word);
}

static void put_metadata(struct nd_document_maker *maker, const struct nd_metadata *m)
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
    put_field(maker, ND_FIELD_FACETS, facets);
    put_type(maker, m->type, m->type_word);
    put_field(maker, ND_FIELD_NUMBER, skip_zeros(m->number));
    put_field(maker, ND_FIELD_CODE, citation_key);
    put_field(maker, ND_FIELD_ISSUER, m->issuer);
    put_field(maker, ND_FIELD_PLACE, place ? place->key : NULL);
    put_field(maker, ND_FIELD_LEVEL, level);
    put_field(maker, ND_FIELD_YEAR, year_digits);
    put_field(maker, ND_FIELD_DATE, date);
    put_field(maker, ND_FIELD_SECRECY, secrecy);
    put_words(maker, ND_FIELD_SIGNER, m->signer);
    put_words(maker, ND_FIELD_TITLE_SORT, m->title);
}

const struct xc_content *nd_document_maker_make(struct nd_document_maker *maker, const char *key,
                                                const char *path, const struct nd_metadata *metadata,
                                                const struct nd_terms *terms)
{
    size_t n;
    uint32_t length;
    const struct nd_term *list = nd_terms_list(terms, &n, &length);
    g_string_chunk_clear(maker->strings);
    g_array_set_size(maker->values, 0);
    g_array_set_size(maker->terms, (guint)n);
    for (size_t i = 0; i < n; i++)
        g_array_index(maker->terms, struct xc_term, i) =
            (struct xc_term){.term = {(const char *)list[i].text.p, list[i].text.n}, .wdf = list[i].wdf};
    put_metadata(maker, metadata);
    g_string_printf(maker->data, "%s\t%s\t%s", key, path, metadata->title ? metadata->title : "");
    maker->content = (struct xc_content){
        .terms = (const struct xc_term *)(const void *)maker->terms->data,
        .n_terms = maker->terms->len,
        .values = (const struct xc_value *)(const void *)maker->values->data,
        .n_values = maker->values->len,
        .data = {maker->data->str, maker->data->len},
    };
    return &maker->content;
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
