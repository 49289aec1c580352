#ifndef ND_ANALYZERS_CITATION_MENTION_H
#define ND_ANALYZERS_CITATION_MENTION_H

/*
 * A mention: one place where a document cites another. Everything in it is read from this one document; which
 * work it means is for the resolver. The members are the columns of `ndcite`'s output and of the catalogue.
 */

#include "base/auto.h"
#include "base/date.h"
#include "base/str.h"

enum nd_mention_kind {
    ND_MENTION_NUMBER, /* has a code: Nghị quyết số 21-NQ/TW */
    ND_MENTION_BARE, /* number and date, no code: Kế hoạch 08, ngày 12/3/2012 của Bộ Chính trị */
    ND_MENTION_PLENUM,   /* Nghị quyết Trung ương 4 (khóa XI) */
    ND_MENTION_CONGRESS, /* Nghị quyết Đại hội lần thứ XI của Đảng */
    ND_MENTION_LAW,     /* by name: Luật Cán bộ, công chức; Pháp lệnh; Bộ luật; Hiến pháp */
    ND_MENTION_CHARTER, /* Điều lệ Đảng */
    ND_MENTION_NAMED,   /* another document by its title: Quy chế chất vấn trong Đảng */
    ND_MENTION_NOT_UNDERSTOOD, /* looks like a citation, no rule could read it; cites nothing */
    ND_N_MENTION_KINDS
};

enum nd_relation {
    ND_RELATION_CITES,
    ND_RELATION_IMPLEMENTS,
    ND_RELATION_BASED_ON,
    ND_RELATION_GUIDES,
    ND_RELATION_AMENDS,
    ND_RELATION_CORRECTS,
    ND_RELATION_REPLACES,
    ND_RELATION_REPEALS,
    ND_RELATION_REVIEWS,
    ND_N_RELATIONS
};

/* Where the trigger stands: decides how much the relation weighs for its document. Ascending. */
enum nd_strength {
    ND_STRENGTH_BODY,
    ND_STRENGTH_OPENING, /* the paragraphs before the first numbered section; the block of "Căn cứ" */
    ND_STRENGTH_TITLE,
};

/* Strings are owned by the mention's list and NUL-terminated; NULL where the text does not say. */
struct nd_mention {
    uint32_t start, end; /* original text bytes: from the type word or pinpoint to the end of code or name */
    enum nd_mention_kind kind;
    const char *type;       /* code of analyzers/data/types.tsv: "NQ", "QĐ", "LUAT", "DL" */
    const char *type_word;  /* the word written for it where several share the code, as types.tsv has it:
                             * "Quy định" of a QĐ; static */
    const char *number;     /* as written: "21", "07", "3260" */
    int year;               /* of a normative state document: 30/2020/NĐ-CP; 0 without */
    const char *issuer;     /* code of analyzers/data/issuers.tsv, variants made one: "TW", "BTCTW", "UBND" */
    const char *code;       /* the whole code, tidied: "21-NQ/TW", "7432/UBND-XD", "27/2009/TT-BNN" */
    const char *body;       /* the issuing body as written after it: "Ban Thường vụ Tỉnh ủy" */
    const char *place;      /* a place named with it, as in analyzers/data/places.tsv: "Lai Châu" */
    struct nd_date date;    /* of the cited document */
    const char *term;       /* term of office as a Roman numeral: "XIII"; for laws "QH14" */
    const char *ordinal;    /* plenum or congress number: "4", "XI" */
    const char *subject;    /* "về ..." or the quoted title, cut at ND_CAP_TITLE_BYTES */
    const char *name;       /* kinds LAW, CHARTER, NAMED: the name without its type word */
    const char *pinpoint;   /* "Điều 2", "điểm a khoản 2 Điều 5" */
    const char *definition; /* the short name "sau đây gọi tắt là ..." gives it */
    enum nd_relation relation;
    enum nd_strength strength;
    const char *trigger;    /* the words the relation was read from: "thực hiện", "căn cứ" */
    uint32_t trigger_start; /* original text byte; meaningless without a trigger */
    bool proposed;          /* a task for the future ("nghiên cứu sửa đổi X"), a draft, a bill */
    int32_t reported_by; /* index in the list of the mention this one hangs on (61-KH/TU in "Kế hoạch số
                          * 61-KH/TU ... về thực hiện Kết luận số 224-KL/TU"), or -1 */
    enum nd_relation reported_relation; /* what that mention does to this one */
    bool reported_inverse; /* the other way round: this one does it to that mention, as in "Điều 5 Luật A, có
                            * nội dung được sửa đổi bởi Điều 1 Luật B", where B hangs on A and amends it */
    double confidence; /* 0 to 1: that this is a citation, read right */
    const char *rule;  /* the grammar rule that found it: stable lower-case words, "party-code" */
};

/* Mentions of one document in text order. */
struct nd_mentions;

struct nd_mentions *nd_mentions_new(void);
void nd_mentions_free(struct nd_mentions *mentions);
ND_DEFINE_AUTO(nd_mentions, nd_mentions_free)

size_t nd_mentions_count(const struct nd_mentions *mentions);
/* Borrowed from mentions until it is freed or something is added. */
const struct nd_mention *nd_mentions_get(const struct nd_mentions *mentions, size_t i);
/* Copies *mention and every string in it (e.g. when read back from the catalogue). */
void nd_mentions_add(struct nd_mentions *mentions, const struct nd_mention *mention);

/* Stable names: "number", "plenum", "not-understood"; "implements", "based_on"; "title", "opening", "body".
 */
const char *nd_mention_kind_name(enum nd_mention_kind kind);
const char *nd_relation_name(enum nd_relation relation);
const char *nd_strength_name(enum nd_strength strength);
bool nd_mention_kind_parse(const char *name, enum nd_mention_kind *out);
bool nd_relation_parse(const char *name, enum nd_relation *out);
bool nd_strength_parse(const char *name, enum nd_strength *out);

#endif
