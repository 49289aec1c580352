/* "(Điều 5 Nghị định số 60/2014/NĐ-CP, có hiệu lực ...)": the note that tells where a piece of text is from.
 */
#include "analyzers/citation/header_parts.h"

#include "analyzers/citation/grammar.h"

bool nd_source_note_begins(const struct nd_parse *p, uint32_t i)
{
    while (i > 1 && nd_cite_token(p->tokens, i - 1)->kind == ND_TOK_OPEN &&
           nd_cite_token(p->tokens, i - 2)->kind == ND_TOK_OPEN)
        i--; /* "((" */
    return i > 0 && nd_cite_token(p->tokens, i - 1)->kind == ND_TOK_OPEN &&
           nd_cite_token(p->tokens, i - 1)->flags & ND_TOK_LINE &&
           nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_PINPOINT, NULL);
}

void nd_header_read_source_note(struct nd_parse *p, struct nd_header *out)
{
    enum { NOTE_TOKENS = 600, NOTE_PINPOINT_TOKENS = 24, NOTE_FORCE_TOKENS = 400 };
    const uint32_t n = p->tokens->n;
    for (uint32_t i = n - MIN(n, NOTE_TOKENS); i < n; i++) {
        if (!nd_source_note_begins(p, i))
            continue;
        const struct nd_phrase *type = NULL;
        uint32_t k = i, type_n = 0;
        while (k < i + NOTE_PINPOINT_TOKENS &&
               !(type_n = nd_lexicon_match(p->lexicon, p->tokens, k, ND_PHRASE_TYPE, &type)))
            k++;
        p->at = k + type_n;
        p->draft = (struct nd_draft){.span = {k, k}, .type_word = {k, k + type_n}};
        p->draft.type = type_n ? type->code : NULL;
        if (!type_n || !nd_grammar_match(p) || p->draft.kind != ND_MENTION_NUMBER)
            continue;
        uint32_t force = p->at;
        while (force < p->at + NOTE_FORCE_TOKENS && !nd_parse_is(p, force, ND_PHRASE_IN_FORCE))
            force++;
        if (force == p->at + NOTE_FORCE_TOKENS)
            continue;
        nd_read_tail(p);
        nd_header_take_identity(&p->draft, out);
        out->type = p->draft.type;
        out->date = p->draft.date;
        out->from_note = true;
        return;
    }
}
