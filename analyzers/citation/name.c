/* Names of laws and of other documents that are cited without a number. */
#include "analyzers/citation/parse.h"

enum {
    MAX_NAME_TOKENS = 24, /* the longest title in force has 22 */
    MAX_GAP_TOKENS = 14,
};

bool nd_read_law_name(struct nd_parse *p)
{
    const uint32_t start = p->at;
    if (!nd_parse_phrase(p, ND_PHRASE_LAW_NAME, NULL))
        return false;
    p->draft.name = (struct nd_run){start, p->at};
    return true;
}

bool nd_read_known_name(struct nd_parse *p)
{
    const uint32_t start = p->at;
    const struct nd_phrase *phrase;
    if (!nd_parse_phrase(p, ND_PHRASE_NAME, &phrase) || strcmp(phrase->code, p->draft.type) != 0) {
        p->at = start;
        return false;
    }
    g_strlcpy(p->draft.issuer, phrase->issuer, sizeof p->draft.issuer);
    p->draft.name = (struct nd_run){start, p->at};
    return true;
}

/* Whether the list of a law's name goes on behind the comma at i: "Luật Thi đua, khen thưởng",
 * "Luật Quản lý, sử dụng vốn". A new sentence part does not begin with one of the verbs such lists use. */
static bool comma_inside_name(const struct nd_parse *p, uint32_t i)
{
    return nd_lexicon_match(p->lexicon, p->tokens, i + 1, ND_PHRASE_NAME_PART, NULL) > 0;
}

bool nd_read_free_name(struct nd_parse *p)
{
    const uint32_t start = p->at;
    uint32_t i = start;
    if (!p->draft.capital || nd_parse_is(p, start, ND_PHRASE_NO_NAME))
        return false;
    for (; i < start + MAX_NAME_TOKENS; i++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
        if (t->kind == ND_TOK_COMMA && i > start && comma_inside_name(p, i))
            continue;
        if (t->kind != ND_TOK_WORD || t->flags & ND_TOK_PARAGRAPH ||
            nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_STOP, NULL) ||
            (i > start && nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_NAME_STOP, NULL)))
            break;
    }
    if (i == start || i == start + MAX_NAME_TOKENS)
        return false;
    /* "và" joins two words of one name or two things: it stays inside before a small letter only */
    for (uint32_t k = start; k < i; k++) {
        if (nd_lexicon_match(p->lexicon, p->tokens, k, ND_PHRASE_AND, NULL) && k > start &&
            (k + 1 == i || (nd_cite_token(p->tokens, k + 1)->flags & ND_TOK_CAPITAL &&
                            nd_lexicon_match(p->lexicon, p->tokens, k + 1, ND_PHRASE_TYPE, NULL))))
            i = k;
    }
    p->draft.name = (struct nd_run){start, i};
    p->at = i;
    return true;
}

bool nd_read_capital(struct nd_parse *p)
{
    return p->draft.capital;
}

bool nd_read_behind_platform(struct nd_parse *p)
{
    const uint32_t type = p->draft.type_word.start;
    const struct nd_phrase *phrase;
    if (!p->draft.capital || type < 3 || nd_cite_token(p->tokens, type - 1)->kind != ND_TOK_COMMA)
        return false;
    enum { PLATFORM_TOKENS = 12 };
    for (uint32_t back = 3; back <= PLATFORM_TOKENS && back <= type; back++)
        if (nd_lexicon_match(p->lexicon, p->tokens, type - back, ND_PHRASE_TYPE, &phrase))
            return strcmp(phrase->code, "CUONG-LINH") == 0;
    return false;
}

bool nd_read_plural(struct nd_parse *p)
{
    const uint32_t type = p->draft.type_word.start;
    return type > 0 && nd_parse_is(p, type - 1, ND_PHRASE_PLURAL);
}

bool nd_read_doing(struct nd_parse *p)
{
    enum { CENTURY_BYTES = 4 };
    const uint32_t at = p->at;
    /* "Kế hoạch 2021 thực hiện": a year */
    if (strlen(p->draft.number) < CENTURY_BYTES && nd_parse_phrase(p, ND_PHRASE_TRIGGER, NULL)) {
        nd_parse_phrase(p, ND_PHRASE_PLURAL, NULL);
        if (nd_parse_is(p, p->at, ND_PHRASE_TYPE))
            return true;
    }
    p->at = at;
    return false;
}

/* One law of the list, its type word included. */
static bool read_amended_law(struct nd_parse *p)
{
    const uint32_t at = p->at;
    const struct nd_phrase *type;
    nd_parse_phrase(p, ND_PHRASE_PLURAL, NULL);
    if (nd_parse_phrase(p, ND_PHRASE_TYPE, &type) && nd_is_law_type(type->code)) {
        nd_parse_phrase(p, ND_PHRASE_ABOUT, NULL);
        const bool related = nd_parse_phrase(p, ND_PHRASE_RELATED, NULL);
        if ((!related && nd_read_law_name(p)) || nd_read_free_name(p))
            return true;
    }
    p->at = at;
    return false;
}

bool nd_read_amended_laws(struct nd_parse *p)
{
    if (!read_amended_law(p))
        return false;
    uint32_t end;
    do {
        end = p->at;
        if (!nd_parse_phrase(p, ND_PHRASE_AND, NULL))
            nd_parse_skip(p, ND_TOK_COMMA);
    } while (p->at > end && read_amended_law(p));
    p->at = end;
    p->draft.name = (struct nd_run){p->draft.type_word.end, end}; /* "sửa đổi, bổ sung ..." is part of it */
    return true;
}

/* Whether a name may run over token i. */
static bool in_gap(const struct nd_parse *p, uint32_t i, bool commas)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
    return (t->kind == ND_TOK_WORD || t->kind == ND_TOK_DASH || (commas && t->kind == ND_TOK_COMMA)) &&
           !(t->flags & ND_TOK_PARAGRAPH) &&
           !nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TYPE, NULL) &&
           !nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_THIS, NULL) &&
           !nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_IN_FORCE, NULL) &&
           !nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_NOT, NULL);
}

bool nd_read_name_to_number(struct nd_parse *p)
{
    const uint32_t start = p->at;
    if (!p->draft.capital)
        return false;
    for (uint32_t i = start; i < start + MAX_NAME_TOKENS && in_gap(p, i, true); i++) {
        const struct nd_cite_token *after = nd_cite_token(p->tokens, i + 1);
        if (i == start || after->kind != ND_TOK_NUMBER ||
            !nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_NUMBERED, NULL))
            continue;
        p->draft.name = (struct nd_run){start, i};
        p->at = i;
        return true;
    }
    return false;
}

bool nd_read_name_to_date(struct nd_parse *p)
{
    const uint32_t start = p->at;
    if (!p->draft.capital)
        return false;
    for (uint32_t i = start; i < start + MAX_NAME_TOKENS && in_gap(p, i, true); i++) {
        if (i == start || !nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_DAY, NULL))
            continue;
        p->at = i;
        if (nd_read_date(p)) {
            p->draft.name = (struct nd_run){start, i};
            p->draft.core_end = i;
            return true;
        }
        p->at = start;
        return false;
    }
    return false;
}

bool nd_read_gap(struct nd_parse *p)
{
    const uint32_t start = p->at;
    /* "quy định tại mẫu số 1/NT" is no regulation */
    if (!p->draft.capital && !nd_lexicon_match(p->lexicon, p->tokens, start, ND_PHRASE_OF, NULL))
        return false;
    for (uint32_t i = start; i < start + MAX_GAP_TOKENS && in_gap(p, i, false) &&
                             !nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TRIGGER, NULL);
         i++) {
        if (i > start && nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_NUMBERED, NULL)) {
            p->at = start;
            nd_parse_phrase(p, ND_PHRASE_OF, NULL);
            nd_read_body(p);
            p->at = i;
            return true;
        }
    }
    return false;
}
