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
    int rank; /* of a normative type, the higher the higher: a circular cannot amend a law; 0 where any can */
};

/* A body that issues documents: issuers.tsv. */
struct nd_issuer {
    const char *code;        /* canonical: "BTCTW" */
    const char *variants;    /* other codes for it, space separated: "TCTW" */
    const char *name;        /* "Ban Tổ chức Trung ương" */
    const char *other_names; /* other wordings, separated by "; " */
    const char *level;       /* as nd_level_name */
    const char *counter;     /* numbers run per: "party-term", "assembly-term", "local-term", "year" */
    bool local;              /* means the citing document's own province unless a place is named */
    bool party;
};

/* A province and its time: places.tsv. One row for each time that one provincial committee stood for it, so
 * that a province which others were merged into has several rows of the same key, in order of time. */
struct nd_place {
    const char *key;         /* ASCII, "LAI-CHAU": part of work keys */
    const char *name;        /* "Lai Châu" */
    const char *other_names; /* other spellings, separated by "; " */
    const char *kind;        /* "province", "city" */
    const char *seat;        /* towns its date lines name, separated by "; ": "Đông Hà" */
    const char *successors;  /* keys of the provinces that came after it, space separated */
    struct nd_validity validity;
};

/* A term of office: terms.tsv. body is "party" (khóa XIII) or "assembly" (QH14). */
struct nd_term_of_office {
    const char *body;
    const char *term; /* "XIII", "QH14" */
    struct nd_validity validity;
};

/* A work that documents cite by name or by the event that adopted it: authority.tsv. */
struct nd_authority {
    const char *key;         /* work key: "12-NQ/TW~XI", "22/2008/QH12", "DIEU-LE-DANG" */
    const char *type;        /* code of types.tsv */
    const char *issuer;      /* code of issuers.tsv */
    const char *number;      /* "" without */
    const char *term;        /* of a law: "QH14"; "" where the date tells it */
    int year;                /* of a normative number, else 0 */
    const char *event;       /* plenum or congress that adopted it: "4/XI", "DH/XI"; "" without */
    const char *name;        /* title without its type word: "Cán bộ, công chức" */
    const char *other_names; /* other wordings, separated by "; " */
    const char *source;
    struct nd_date date;         /* of adoption */
    struct nd_validity validity; /* in force; open where it was never replaced */
    bool chief;                  /* the one that is meant when only the event is named */
};

const struct nd_type *nd_types(size_t *n_out);
const struct nd_issuer *nd_issuers(size_t *n_out);
const struct nd_place *nd_places(size_t *n_out);
const struct nd_term_of_office *nd_terms_of_office(size_t *n_out);
const struct nd_authority *nd_authorities(size_t *n_out);

/* Look-ups; NULL when there is none. Codes compare without regard to case and to Đ/D. */
const struct nd_type *nd_type_by_code(const char *code);
/* The row of a code that several words share, by the word, whatever its case: "QĐ", "QUY ĐỊNH". Either may be
 * NULL. */
const struct nd_type *nd_type_by_word(const char *code, const char *word);
/* The word that the code stands for, "Kế hoạch" of "Kế hoạch" and "Kế hoạch hành động"; NULL when they are
 * several
 * ("Quyết định", "Quy định"), or none. */
const char *nd_type_only_word(const char *code);
/* The code of the Party that word has for itself where several words share the code given: "QĐi" for "Quy
 * định" of QĐ. NULL when it has none, and for NULLs. */
const char *nd_type_code_of_word(const char *code, const char *word);
const struct nd_issuer *nd_issuer_by_code(const char *code); /* variants too */
/* By name, other name or key; accents, case and tone placement free, "tỉnh" and "thành phố" before it too.
 * The latest row of that province; nd_place_on gives the one of a date. */
const struct nd_place *nd_place_by_name(const char *name);
/* The row of the province `key` that holds on the date, the nearest one when the date is outside its time or
 * absent; NULL for an unknown key. */
const struct nd_place *nd_place_on(const char *key, struct nd_date date);
/* Whether the row began by a merger or a split, so that its committee counts its documents afresh; not where
 * one province only took another name or became a city. */
bool nd_place_counts_afresh(const struct nd_place *place);
/* The term of office of body on a date; NULL when the date is outside the table. */
const struct nd_term_of_office *nd_term_on(const char *body, struct nd_date date);
const struct nd_term_of_office *nd_term_by_name(const char *body, const char *term);

const struct nd_authority *nd_authority_by_key(const char *key);
/* The name of the Quy chế that the work of this name puts in force, "bầu cử trong Đảng" of the Quyết định
 * "Quy chế bầu cử trong Đảng", because documents cite either; NULL when it puts none in force. */
const char *nd_rules_put_in_force(const struct nd_authority *work, const char *name);

bool nd_validity_contains(struct nd_validity validity, struct nd_date date);

/* The key of a name: ASCII capitals and digits in groups joined by hyphens, "LAI-CHAU"; also what makes two
 * spellings of a title comparable. Caller frees with g_free. */
char *nd_data_key(const char *name);

#endif
