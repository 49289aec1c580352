#ifndef ND_ANALYZERS_CITATION_LEXICON_H
#define ND_ANALYZERS_CITATION_LEXICON_H

/*
 * The words and phrases the grammar knows: the types, issuers and places of analyzers/data, the named
 * documents of names.def, the closed vocabulary of phrases.def and relations.def, and the literal words of
 * grammar.def. Made at build time (lexicon_table.h), read-only, so any thread may use it.
 */

#include "analyzers/citation/token.h"
#include "base/str.h"

enum nd_phrase_class {
    /* from analyzers/data and names.def */
    ND_PHRASE_TYPE, /* code: "NQ" */
    ND_PHRASE_TYPE_SHORT,
    ND_PHRASE_ISSUER,   /* code: "BTCTW" */
    ND_PHRASE_PLACE,    /* code: the province's name in its proper spelling */
    ND_PHRASE_SEAT,     /* a town that date lines name; code: its province */
    ND_PHRASE_LAW_NAME, /* the name of a law, code or ordinance, without its type word */
    ND_PHRASE_NAME,     /* of any other document; code of its type, issuer */
    /* from relations.def */
    ND_PHRASE_TRIGGER,    /* value: enum nd_relation */
    ND_PHRASE_NO_TRIGGER, /* words that hold a trigger and are none */
    ND_PHRASE_TASK,       /* before a trigger: something to be done, not done */
    ND_PHRASE_PASSIVE_MARK,
    ND_PHRASE_PASSIVE, /* behind a citation: what the next one does to it; value: enum nd_relation */
    ND_PHRASE_BY,      /* between the passive and who does it */
    ND_PHRASE_OBJECT,  /* between a verb of change and the text it changes */
    ND_PHRASE_CLOSE,   /* triggers that govern their object alone */
    ND_PHRASE_WORDING, /* words, and not the whole text, are changed */
    ND_PHRASE_REWORD,  /* between the old words and the new */
    /* from phrases.def, which says what each is for */
    ND_PHRASE_ORDINAL, /* value: the number, "tư" is 4 */
    ND_PHRASE_NUMBERING,
    ND_PHRASE_NUMBERED,
    ND_PHRASE_UNIT,
    ND_PHRASE_NO_UNIT,
    ND_PHRASE_DAY,
    ND_PHRASE_MONTH,
    ND_PHRASE_YEAR,
    ND_PHRASE_TERM,
    ND_PHRASE_AND,
    ND_PHRASE_PLURAL,
    ND_PHRASE_OF,
    ND_PHRASE_ABOUT,
    ND_PHRASE_RELATED,
    ND_PHRASE_AFTER,
    ND_PHRASE_NEGATION,
    ND_PHRASE_SUMMARY, /* before "5 năm thực hiện" */
    ND_PHRASE_ABOUT_AS_MANY,
    ND_PHRASE_SESSION,
    ND_PHRASE_BODY_WORD,
    ND_PHRASE_PARTY_BODY,
    ND_PHRASE_CONGRESS,
    ND_PHRASE_RULES,
    ND_PHRASE_ORGANISATION,  /* code: its issuer */
    ND_PHRASE_CONGRESS_BODY, /* code: the issuer of a congress of that body */
    ND_PHRASE_PINPOINT,
    ND_PHRASE_NO_PINPOINT,
    ND_PHRASE_PINPOINT_JOIN,
    ND_PHRASE_STOP,
    ND_PHRASE_NAME_STOP,
    ND_PHRASE_NO_NAME,
    ND_PHRASE_NAME_PART,
    ND_PHRASE_TOGETHER,
    ND_PHRASE_SUBJECT,
    ND_PHRASE_ISSUED,
    ND_PHRASE_DEFINE,
    ND_PHRASE_DRAFT,
    ND_PHRASE_THIS,
    ND_PHRASE_NOT,
    ND_PHRASE_WHEN,
    ND_PHRASE_SIGNER,
    ND_PHRASE_RANK,
    ND_PHRASE_CONTENT,
    ND_PHRASE_AS_FOLLOWS,
    ND_PHRASE_IN_FORCE,
    ND_PHRASE_OUT_OF_FORCE,
    ND_PHRASE_EXCEPT,
    ND_PHRASE_TEXT,
    ND_PHRASE_APPENDIX,
    ND_PHRASE_DISPATCH,
    ND_PHRASE_SITE,
    ND_PHRASE_STAMP, /* value: enum nd_secrecy */
    ND_PHRASE_ATTACHED,
    ND_PHRASE_WHOLE_TEXT,
    ND_PHRASE_AREA, /* code: the level of a body of such an area */
    ND_PHRASE_OPENING,
    ND_PHRASE_BODY_START,
    ND_PHRASE_ADOPTED,
    ND_PHRASE_ROLE,
    ND_PHRASE_PUBLISH,
    ND_PHRASE_LOCAL,
    ND_PHRASE_NO_PLACE,
    ND_PHRASE_RE,
    ND_PHRASE_RE_WORDS,
    ND_PHRASE_SIGN,
    ND_PHRASE_SIGN_FIRST,
    ND_PHRASE_SIGNED,
    ND_PHRASE_SURNAME,
    ND_N_PHRASE_CLASSES
};

/* What a phrase stands for; which members a class has is said at the class. Strings are static. */
struct nd_phrase {
    const char *code, *issuer;
    int value;
};

struct nd_lexicon_table; /* lexicon_table.h */

struct nd_lexicon {
    const struct nd_lexicon_table *table;
    const uint64_t (*starts)[2];     /* by word: bits of the classes that have a phrase beginning with it */
    const struct nd_phrase *phrases; /* by number */
};

const struct nd_lexicon *nd_lexicon_get(void);

/* The number of a word, given in the spelling of nd_cite_word_key; 0 when it is not in the vocabulary. */
uint16_t nd_lexicon_find_word(const struct nd_lexicon *lexicon, const char *key, size_t n);

/* Whether some phrase of that class begins with the word: one bit test. */
static inline bool nd_lexicon_starts(const struct nd_lexicon *lexicon, uint16_t word,
                                     enum nd_phrase_class class)
{
    return (lexicon->starts[word][class >> 6] >> (class & 63) & 1) != 0;
}

/* The longest phrase of that class at token i that ends at token `limit` or before: how many tokens it takes,
 * 0 for none. Commas between the words of a name or a trigger do not count ("Luật Phòng, chống tham nhũng",
 * "sửa đổi, bổ sung"), nor do dashes in the name of a law or a body. *out may be NULL. */
uint32_t nd_lexicon_match_before(const struct nd_lexicon *lexicon, const struct nd_cite_tokens *tokens,
                                 uint32_t i, uint32_t limit, enum nd_phrase_class class,
                                 const struct nd_phrase **out);

/* The same without a limit. Here, because at most places no phrase begins. */
static inline uint32_t nd_lexicon_match(const struct nd_lexicon *lexicon, const struct nd_cite_tokens *tokens,
                                        uint32_t i, enum nd_phrase_class class, const struct nd_phrase **out)
{
    return nd_lexicon_starts(lexicon, nd_cite_token(tokens, i)->word, class)
               ? nd_lexicon_match_before(lexicon, tokens, i, UINT32_MAX, class, out)
               : 0;
}

/* Whether a type code is that of a law, a code or an ordinance, which are cited by name. */
bool nd_is_law_type(const char *type);

/* The code of the issuer whose name is the same but for accents and doubled letters; NULL for none. */
const char *nd_similar_issuer(struct nd_str name);

#endif
