#ifndef ND_ANALYZERS_CITATION_METADATA_H
#define ND_ANALYZERS_CITATION_METADATA_H

/*
 * What a document says of itself: header, title, signature, secrecy stamp. A field is NULL (a date's year 0)
 * when the document does not say and nothing allows to infer it; what was inferred is marked.
 */

#include "base/auto.h"
#include "base/date.h"
#include "base/document.h"
#include "analyzers/text/normalize.h"

enum nd_level {
    ND_LEVEL_UNKNOWN,
    ND_LEVEL_CENTRAL,
    ND_LEVEL_PROVINCIAL,
    ND_LEVEL_BLOC,
    ND_LEVEL_DISTRICT,
    ND_LEVEL_COMMUNE, /* commune or grassroots */
    ND_N_LEVELS
};

enum nd_secrecy {
    ND_SECRECY_NONE,
    ND_SECRECY_SECRET,      /* MẬT */
    ND_SECRECY_TOP_SECRET,  /* TỐI MẬT */
    ND_SECRECY_MOST_SECRET, /* TUYỆT MẬT */
};

/* Which fields were inferred and not read from a header: bits of nd_metadata.inferred. */
enum {
    ND_INFERRED_TYPE = 1 << 0,
    ND_INFERRED_NUMBER = 1 << 1,
    ND_INFERRED_ISSUER = 1 << 2,
    ND_INFERRED_PLACE = 1 << 3,
    ND_INFERRED_DATE = 1 << 4,
    ND_INFERRED_TITLE = 1 << 5,
};

/* Strings are owned and NUL-terminated. */
struct nd_metadata {
    char *type;            /* code of types.tsv: "CTr" */
    const char *type_word; /* the word of the type line as types.tsv has it, "Quy định" of a QĐ; static, may
                              be NULL */
    char *number;          /* as written: "62" */
    int year;              /* of a normative state number, else 0 */
    char *issuer;          /* code of issuers.tsv: "TU" */
    char *code;            /* the number line in its official form: "62-CTr/TU"; NULL without number */
    char *place;           /* the province: "Quảng Trị" */
    char *place_line;      /* the place of the date line: "Đông Hà" */
    enum nd_level level;
    struct nd_date date;
    char *title; /* without the type word, one line, single spaces, original spelling */
    char *signer;
    enum nd_secrecy secrecy;
    unsigned inferred;    /* bits ND_INFERRED_* */
    char *evidence;       /* in words, how the inferred fields were found; NULL without */
    uint32_t title_start; /* original text byte behind the type line; 0 without one */
    uint32_t body_start;  /* original text byte where header and title end */
    uint32_t body_end;    /* original text byte where dispatch list and signature begin */
};

/* What is known of a document from outside its text: folder, file name, --place, --manifest. NULL where not.
 */
struct nd_metadata_hints {
    const char *path;
    const char *place; /* a name of places.tsv */
};

/* Pure: the same document and hints give the same metadata. Caller frees with nd_metadata_free. */
struct nd_metadata *nd_metadata_read(const struct nd_document *doc, const struct nd_normalized *text,
                                     const struct nd_metadata_hints *hints);
void nd_metadata_free(struct nd_metadata *metadata);
ND_DEFINE_AUTO(nd_metadata, nd_metadata_free)

/* "central", "provincial", "bloc", "district", "commune"; NULL for unknown. */
const char *nd_level_name(enum nd_level level);
bool nd_level_parse(const char *name, enum nd_level *out);

#endif
