#ifndef ND_QUERY_NAMES_H
#define ND_QUERY_NAMES_H

/*
 * The words of the query language: names of fields and relations in both languages, and values of fields as
 * people type them. Names compare without accents, case, '_' and '-': "cơquan", "coquan", "based-on".
 */

#include "base/str.h"
#include "analyzers/citation/mention.h"
#include "analyzers/citation/metadata.h"
#include "corpus/store/fields.h"

#include <glib.h>

/* A relation asked for by name, or its inverse. */
struct nd_relation_name {
    enum nd_relation relation;
    bool inverse;
    const char *english, *vietnamese; /* as queries have it: "implemented_by" */
    const char *label;                /* N_("implemented by") */
};

/* All of them, the straight one of a relation before its inverse. */
const struct nd_relation_name *nd_relation_names(size_t *n_out);

/* NULL when name names nothing. */
const struct nd_field *nd_field_by_name(struct nd_str name);
const struct nd_relation_name *nd_relation_by_name(struct nd_str name);
/* The English and the Vietnamese name of a relation; static. */
const struct nd_relation_name *nd_relation_name_of(enum nd_relation relation, bool inverse);

/* The field or relation name that name was probably meant to be, within an edit or two; NULL when it is far
 * from all of them. Static. */
const char *nd_name_suggest(struct nd_str name);

/* text as the field's form writes it: "nghị quyết" of the type field is "NQ", "lai chau" of the place field
 * "LAI-CHAU", "xã" of the level field "commune", "07" of the number field "7". NULL when it is no value of
 * the field. Not for the forms YEAR, DATE and PATH. Caller frees with g_free. */
char *nd_field_value(const struct nd_field *field, struct nd_str text);

/* What a value of the field looks like, for error messages; translated, static. */
const char *nd_field_hint(const struct nd_field *field);

/* "none", "secret", "top-secret", "most-secret": as options and output write secrecy stamps. */
const char *nd_stamp_name(enum nd_secrecy stamp);
bool nd_stamp_parse(const char *name, enum nd_secrecy *out);

/* A relation, and how strong the evidence for it is, in the user's language: "được thực hiện", "in its
 * title". Static. */
const char *nd_relation_label(enum nd_relation relation, bool inverse);
const char *nd_strength_label(enum nd_strength strength);

/* "Quyết định, Quy định": all that a type's code stands for; the code itself when that is nothing known.
 * Caller frees with g_free. */
char *nd_type_words(const char *code);

/* A title as people say it, the word of its type first: "Kế hoạch thực hiện …", "LUẬT ĐẶC XÁ"; the word alone
 * without a title; NULL without either. type is a code of the table, or any word; a code that stands for
 * several words says none. Caller frees with g_free. */
char *nd_title_with_type(const char *type, const char *title);

/* What to call a work: its code, else type and the beginning of the title, else its key. All but key may be
 * NULL. Caller frees with g_free. */
char *nd_work_label(const char *code, const char *type, const char *title, const char *key);

/* A level in the user's language; NULL for an unknown one. Static. */
const char *nd_level_label(enum nd_level level);

/* "2018", "2018-10", "2018-10-08", "10/2018", "8/10/2018", "08-10-2018". False for anything else. */
bool nd_date_read_typed(struct nd_str text, struct nd_date *out);

#endif
