#ifndef ND_GRAPH_IDENTITY_H
#define ND_GRAPH_IDENTITY_H

/*
 * The identity of a numbered document. Numbers of one type run from 01 in each counter period of the issuing
 * committee, so the code "21-NQ/TW" alone is several works; with its period it is one. Two strings come of
 * it:
 *
 *   group   the code without its period: what a citation without a date is looked up by
 *           "21-NQ/TW", "13-QĐ/TU@LAI-CHAU", "132/NĐ-CP"
 *   key     the work: "21-NQ/TW~XIII", "13-QĐ/TU~2018@LAI-CHAU", "132/2007/NĐ-CP", "52/2019/QH14"
 *
 * The Party counts the documents of each kind from 01, and a Quyết định and a Quy định, which are two kinds,
 * share the code QĐ. The key has the code QĐi for a Quy định, as some offices write it; the group is one.
 *
 * Central Party bodies count per term of office; local ones too, but few texts name their term, so that their
 * works are keyed by calendar year; state bodies count per year.
 * Source: Hướng dẫn 36-HD/VPTW (2018) on Party documents, Nghị định 30/2020/NĐ-CP on state documents.
 */

#include "base/date.h"

#include <glib.h>
#include <stdbool.h>

struct nd_identity {
    const char *type;      /* code of types.tsv, or NULL */
    const char *type_word; /* written for it where several words share the code (nd_mention), or NULL */
    const char *number;    /* as written */
    int year;              /* of a normative number, else 0 */
    const char *issuer;    /* code of issuers.tsv, or any other as written */
    const char *term;      /* "XIII", "QH14", or NULL */
    const char *place;     /* key of places.tsv, or NULL where it is not known */
    const char *unit;      /* key of the body below or beside the province: "CANG-LONG", or NULL */
    struct nd_date date;
};

/* Whether numbers of this issuer mean nothing without a place. */
bool nd_identity_is_local(const struct nd_identity *identity);

/* The same number of the other kind of documents that share the type's code: of a Quy định, the Quyết định.
 * False when there is no other kind. *told_out is whether identity says which of them it is; where it does
 * not, its key is that of the Quyết định, the first in types.tsv. */
bool nd_identity_other_kind(const struct nd_identity *identity, struct nd_identity *out, bool *told_out);

/* Both: caller frees with g_free. NULL without number or issuer, for a local issuer without place, and the
 * key also where neither date, term nor year tells the period. */
char *nd_identity_group(const struct nd_identity *identity);
char *nd_identity_key(const struct nd_identity *identity);

/* The key of the work of that group that is assumed where no period is told: "07-NQ/TU~XIII?@LAI-CHAU", taken
 * from the term of office on the day it is cited. It never equals a key that was told. */
char *nd_identity_assumed_key(const struct nd_identity *identity, struct nd_date cited_on);

/* The official wording of the code, without period and place: "21-NQ/TW", "30/2020/NĐ-CP"; caller frees. */
char *nd_identity_code(const struct nd_identity *identity);

/* The official code of the type: QĐ of QĐi and QyĐ; NULL for NULL. */
const char *nd_identity_plain_type(const char *type);

/* "07" for "7" and "007": the official two digits. Caller frees. */
char *nd_identity_number(const char *number);

#endif
