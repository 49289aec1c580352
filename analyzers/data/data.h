#ifndef ND_ANALYZERS_DATA_DATA_H
#define ND_ANALYZERS_DATA_DATA_H

/*
 * The facts of the field, from the TSV files beside this header, compiled into the library at build time
 * (docs/data.md tells how to correct them without knowing C). Each row has a source and, where it can change,
 * the dates it holds between; a date with year 0 is open. All strings are static.
 */

#include "base/date.h"
#include "base/str.h"

struct nd_validity {
    struct nd_date from, until; /* until is exclusive */
};

/* A kind of document: types.tsv. Several rows may share a code (QĐ is Quyết định and Quy định). */
struct nd_type {
    const char *code;    /* "NQ" */
    const char *word;    /* "Nghị quyết", normalised */
    const char *word_en; /* "resolution" */
    bool party, state, normative;
};

/* A body that issues documents: issuers.tsv. */
struct nd_issuer {
    const char *code;     /* canonical: "BTCTW" */
    const char *variants; /* other codes for it, space separated: "TCTW" */
    const char *name;     /* "Ban Tổ chức Trung ương" */
    const char *level;    /* as nd_level_name */
    const char *counter;  /* numbers run per: "party-term", "assembly-term", "year" */
    bool local;           /* means the citing document's own province unless a place is named */
};

/* A province and its time: places.tsv. */
struct nd_place {
    const char *key;       /* ASCII, "LAI-CHAU": part of work keys */
    const char *name;      /* "Lai Châu" */
    const char *kind;      /* "province", "city" */
    const char *successor; /* key of the province it was merged into, or "" */
    struct nd_validity validity;
};

/* A term of office: terms.tsv. body is "party" (khóa XIII), "assembly" (QH14), or a place key for a
 * provincial committee (Tỉnh ủy khóa XIV). */
struct nd_term_of_office {
    const char *body;
    const char *term; /* "XIII", "QH14" */
    struct nd_validity validity;
};

const struct nd_type *nd_types(size_t *n_out);
const struct nd_issuer *nd_issuers(size_t *n_out);
const struct nd_place *nd_places(size_t *n_out);
const struct nd_term_of_office *nd_terms_of_office(size_t *n_out);

/* Look-ups; NULL when there is none. Codes compare without regard to case and to Đ/D. */
const struct nd_type *nd_type_by_code(const char *code);
const struct nd_issuer *nd_issuer_by_code(const char *code); /* variants too */
const struct nd_place *nd_place_by_name(const char *name); /* name or key, accents and tone placement free */
/* The term of office of body on a date; NULL when the date is outside the table. */
const struct nd_term_of_office *nd_term_on(const char *body, struct nd_date date);

#endif
