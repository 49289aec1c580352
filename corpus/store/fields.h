#ifndef ND_CORPUS_STORE_FIELDS_H
#define ND_CORPUS_STORE_FIELDS_H

/* The field table fields.def as constants; what the columns mean stands there. */

enum nd_field_id {
#define ND_FIELD(id, prefix, slot, form, english, vietnamese) ND_FIELD_##id,
#include "corpus/store/fields.def"
#undef ND_FIELD
    ND_N_FIELDS
};

enum nd_field_form {
    ND_FORM_CODE,
    ND_FORM_PLACE,
    ND_FORM_NUMBER,
    ND_FORM_CITATION,
    ND_FORM_YEAR,
    ND_FORM_DATE,
    ND_FORM_WORDS,
    ND_FORM_SORT,
    ND_FORM_FACETS,
    ND_FORM_PATH,
};

/* The parts of the form FACETS, in their order. */
enum { ND_FACET_PARTS = 5 };

struct nd_field {
    enum nd_field_id id;
    const char *prefix; /* of its terms, or "" */
    int slot;           /* value slot, or -1 */
    enum nd_field_form form;
    const char *english, *vietnamese; /* names in a query, or "" */
};

/* Indexed by enum nd_field_id. */
static const struct nd_field nd_fields[ND_N_FIELDS] = {
#define ND_FIELD(id, prefix, slot, form, english, vietnamese)                                                \
    {ND_FIELD_##id, prefix, slot, ND_FORM_##form, english, vietnamese},
#include "corpus/store/fields.def"
#undef ND_FIELD
};

#endif
