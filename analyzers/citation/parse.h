#ifndef ND_ANALYZERS_CITATION_PARSE_H
#define ND_ANALYZERS_CITATION_PARSE_H

/*
 * The state of one attempt to read a citation, and the readers of its parts. A reader looks at the tokens
 * from `at` on; when it finds its part it records it in the draft, moves `at` behind it and returns true,
 * otherwise it changes nothing. No reader looks further than a fixed number of tokens, so that reading a
 * document is linear in its length.
 */

#include "analyzers/citation/lexicon.h"
#include "analyzers/citation/mention.h"
#include "analyzers/citation/token.h"

/* A run of tokens, end exclusive; empty where the text does not say. */
struct nd_run {
    uint32_t start, end;
};

struct nd_draft {
    enum nd_mention_kind kind;
    const char *rule;
    double confidence;
    struct nd_run span;      /* type word to end of code or name */
    struct nd_run type_word; /* empty for a code that stands alone */
    const char *type;
    const char *written; /* nd_mention.type_word; of an item of a list, that of the list */
    char number[12];
    int year;
    char issuer[48];
    char code[96]; /* the whole code, tidied */
    char term[12];
    char ordinal[8];
    const char *place;
    struct nd_date date;
    struct nd_run body, subject, name, pinpoint, definition;
    uint32_t core_end;  /* where span ends when the rule read on to be sure; 0 when it ends with the rule */
    uint32_t tail_end;  /* token after everything that belongs to the mention: date, body, subject */
    bool spoilt_issuer; /* "TƯ" is the centre, or TU typed wrong: the body named behind it decides */
    bool party_form;    /* number-TYPE/ISSUER */
    bool capital;       /* the type word begins with a capital */
    bool proposed;
};

struct nd_parse {
    const struct nd_lexicon *lexicon;
    const struct nd_cite_tokens *tokens;
    uint32_t at;
    bool loose;     /* a query: "21 NQ TW" without dash or slash is a code too */
    uint32_t floor; /* tokens before it belong to an earlier citation */
    struct nd_draft draft;
};

static inline const struct nd_cite_token *nd_parse_peek(const struct nd_parse *p, uint32_t ahead)
{
    return nd_cite_token(p->tokens, p->at + ahead);
}

/* Whether a phrase of that class begins at token i. */
static inline bool nd_parse_is(const struct nd_parse *p, uint32_t i, enum nd_phrase_class class)
{
    return nd_lexicon_match(p->lexicon, p->tokens, i, class, NULL) > 0;
}

/* Moves over the token at `at` when it is of that kind. */
static inline bool nd_parse_skip(struct nd_parse *p, enum nd_cite_token_kind kind)
{
    if (nd_parse_peek(p, 0)->kind != kind)
        return false;
    p->at++;
    return true;
}

/* Moves over a phrase of that class; its value in *out where not NULL. */
bool nd_parse_phrase(struct nd_parse *p, enum nd_phrase_class class, const struct nd_phrase **out);

/* The code after "số": "21-NQ/TW", "30/2020/NĐ-CP", "7432/UBND-XD" (code.c). */
bool nd_read_code(struct nd_parse *p);
/* Completes the issuer of a code by the body named with it, whose code is given: TU for "TƯ", BDVTU for "BDV"
 * of Ban Dân vận Tỉnh ủy, or of an office of TU. */
void nd_mend_issuer(struct nd_draft *draft, const char *body);
/* "83/SL", "22-C": of a decree-law of 1945 to 1957, whose code names no issuer. */
bool nd_read_decree_law_code(struct nd_parse *p);
/* A code with no type word before it; refuses what is only shaped like one. */
bool nd_read_bare_code(struct nd_parse *p);
/* What stands before the bare code of the draft and belongs to it: "số", and a type word whose accents a scan
 * or a keyboard without them has spoilt ("Nghi quyết số", "Quyêt dinh so"). Widens the span (spelling.c). */
void nd_read_before_bare_code(struct nd_parse *p);
/* Whether the words from start to end are those of the type, accents and spaces aside (spelling.c). */
bool nd_spells_type(const struct nd_parse *p, uint32_t start, uint32_t end, const char *code);
/* "-HD/BTCTU", a code whose number is still blank; `at` may not be the first token. */
bool nd_read_blank_code(struct nd_parse *p);
/* "139/009": the number is whole, of the year and the rest of the code some is missing. */
bool nd_read_number_and_torn_year(struct nd_parse *p);
/* Citation-like, but no code: "12/X-Y/3". */
bool nd_read_broken_code(struct nd_parse *p);

/* Parts (fields.c). */
bool nd_read_number(struct nd_parse *p);          /* a number that counts nothing: not "5 năm" */
bool nd_read_date(struct nd_parse *p);            /* "ngày 16/6/2022" */
bool nd_read_year(struct nd_parse *p);            /* "năm 2013", "2013" */
bool nd_read_roman_term(struct nd_parse *p);      /* "XII" alone, in a list */
bool nd_read_term(struct nd_parse *p);            /* "(khóa XI)", "khoá 12" */
bool nd_read_central_term(struct nd_parse *p);    /* the same; of a term the Central Committee has had */
bool nd_read_plenum_number(struct nd_parse *p);   /* "tư", "4", "IV" as "4" */
bool nd_read_sitting(struct nd_parse *p);         /* "(lần 2)" of a plenum that sat twice; says no more */
bool nd_read_congress_number(struct nd_parse *p); /* "XI", "11" as "XI" */
bool nd_read_body(struct nd_parse *p);            /* a body, after "của" */
bool nd_read_party_body(struct nd_parse *p); /* "Đảng bộ Khối Doanh nghiệp tỉnh" before "lần thứ" */
bool nd_read_organisation(struct nd_parse *p); /* "Mặt trận Tổ quốc Việt Nam" */
bool nd_read_rules_of(struct nd_parse *p); /* "làm việc của Ban Chấp hành ..., Ban Bí thư khóa XIII" */
bool nd_read_quoted(struct nd_parse *p); /* a title in quotation marks */

/* Names (name.c). */
bool nd_read_law_name(struct nd_parse *p);       /* of the list in names.def */
bool nd_read_free_name(struct nd_parse *p);      /* by its shape */
bool nd_read_name_to_number(struct nd_parse *p); /* whatever stands between the type word and "số" */
bool nd_read_name_to_date(struct nd_parse *p);   /* the same before a date */
bool nd_read_known_name(struct nd_parse *p);
bool nd_read_amended_laws(struct nd_parse *p); /* "Luật A và Luật B", what an amending law amends */
/* Conditions that read nothing: the type word is written large; it goes on a list that began with "Cương
 * lĩnh". */
bool nd_read_capital(struct nd_parse *p);
bool nd_read_behind_platform(struct nd_parse *p);
bool nd_read_plural(struct nd_parse *p); /* "các" stands before the type word */
bool nd_read_doing(struct nd_parse *p); /* what it does to another document: "thực hiện Nghị quyết" */
bool nd_read_gap(struct nd_parse *p);   /* words between the type word and "số" */

/* Whether a body begins to act at token i: "..., Ban Thường vụ Tỉnh ủy ban hành Kế hoạch" (tail.c). */
bool nd_body_acts(const struct nd_parse *p, uint32_t i);
/* The same, and a document is what it issued. */
bool nd_body_issued(const struct nd_parse *p, uint32_t i);
/* What follows the core: date, body, term, subject, definition (tail.c). */
void nd_read_tail(struct nd_parse *p);
/* "điểm a khoản 2 Điều 5" before the type word (pinpoint.c). */
void nd_read_pinpoint(struct nd_parse *p);

/* Whether token i begins the name of a commune: "xã", "phường", "thị trấn" stands before it. */
bool nd_names_commune(const struct nd_parse *p, uint32_t i);
/* The province that token i names: how many tokens, 0 for none. "Hồ Chí Minh" is none in "Đoàn TNCS Hồ Chí
 * Minh", "Hòa Bình" none in "xã Hòa Bình". */
bool nd_is_unit(const struct nd_parse *p, uint32_t i);
uint32_t nd_parse_place(const struct nd_parse *p, uint32_t i, const struct nd_phrase **out);

/* Whether a run of tokens names a body; its issuer code and maybe its place go into the draft. */
void nd_parse_resolve_body(struct nd_parse *p, struct nd_run body);

#endif
