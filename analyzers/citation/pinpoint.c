/* "điểm a khoản 2 Điều 5" in front of a document's name. Read backwards from the type word. */
#include "analyzers/citation/parse.h"

enum { MAX_PINPOINT_TOKENS = 40 };

/* Whether the token can be what a point, clause or article is called: "2", "10.3", "a", "đ", "II". */
static bool is_label(const struct nd_parse *p, uint32_t i)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
    if (t->kind == ND_TOK_NUMBER)
        return true;
    const struct nd_str text = nd_cite_token_text(p->tokens, i);
    if (t->kind != ND_TOK_WORD || text.n > 5)
        return false;
    return text.n == 1 || (text.n == 2 && (uint8_t)text.p[0] >= 0x80) || strspn(text.p, "IVX") >= text.n;
}

static bool is_joiner(const struct nd_parse *p, uint32_t i)
{
    switch (nd_cite_token(p->tokens, i)->kind) {
    case ND_TOK_COMMA:
    case ND_TOK_DOT:
    case ND_TOK_DASH:
    case ND_TOK_OPEN:
    case ND_TOK_CLOSE:
        return true;
    default:
        return nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_PINPOINT_JOIN, NULL) > 0;
    }
}

void nd_read_pinpoint(struct nd_parse *p)
{
    const uint32_t type = p->draft.span.start;
    uint32_t first = type; /* leftmost pinpoint word found */
    bool label = false;
    for (uint32_t i = type; i-- > p->floor && type - i <= MAX_PINPOINT_TOKENS;) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
        /* "phụ lục": its second syllable is met first */
        if (label && i > p->floor &&
            nd_lexicon_match(p->lexicon, p->tokens, i - 1, ND_PHRASE_PINPOINT, NULL) == 2)
            i--;
        const bool word = nd_parse_is(p, i, ND_PHRASE_PINPOINT);
        if (word && i > 0 && nd_parse_is(p, i - 1, ND_PHRASE_NO_PINPOINT))
            break;
        if (word && label) {
            first = i;
            label = false;
        } else if (is_label(p, i)) {
            label = true;
        } else if (!is_joiner(p, i)) {
            break;
        }
        if (t->flags & ND_TOK_PARAGRAPH)
            break;
    }
    if (first == type)
        return;
    uint32_t end = type;
    while (end > first && !is_label(p, end - 1) && nd_cite_token(p->tokens, end - 1)->kind != ND_TOK_CLOSE)
        end--;
    p->draft.pinpoint = (struct nd_run){first, end};
    p->draft.span.start = first;
}
