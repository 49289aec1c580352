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
    const char *issuer = phrase->row;
    g_strlcpy(p->draft.issuer, issuer, sizeof p->draft.issuer);
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
    if (!p->draft.capital)
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

bool nd_read_gap(struct nd_parse *p)
{
    const uint32_t start = p->at;
    for (uint32_t i = start; i < start + MAX_GAP_TOKENS; i++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
        if ((t->kind != ND_TOK_WORD && t->kind != ND_TOK_DASH) || t->flags & ND_TOK_PARAGRAPH ||
            nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TYPE, NULL) ||
            nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TRIGGER, NULL))
            return false;
        if (i > start && nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_NUMBERED, NULL)) {
            p->draft.body = (struct nd_run){start, i};
            nd_parse_resolve_body(p, p->draft.body);
            p->at = i;
            return true;
        }
    }
    return false;
}
