/* The end of a document: "Nơi nhận", "T/M BAN THƯỜNG VỤ", the name of who signed. */
#include "analyzers/citation/header.h"

enum {
    MARK_TOKENS = 120,   /* between the mark "T/M" and the list of recipients, either way round */
    SIGNER_TOKENS = 260, /* the name stands below the list of recipients in some layouts */
    MIN_NAME_WORDS = 2,
    MAX_NAME_WORDS = 5,
};

/* "T/M", "TM.", "K/T", "KT.", "TL.", "TUQ." at the start of a cell: signs for somebody. */
static bool is_mark(const struct nd_parse *p, uint32_t i)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i), *next = nd_cite_token(p->tokens, i + 1);
    return nd_begins_cell(p, i) && t->flags & ND_TOK_UPPER &&
           ((next->kind == ND_TOK_SLASH &&
             nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_SIGN_FIRST, NULL)) ||
            (next->kind == ND_TOK_DOT && nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_SIGN, NULL)) ||
            (next->kind == ND_TOK_WORD && nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_SIGN, NULL)));
}

static bool is_role(const struct nd_parse *p, uint32_t i)
{
    return nd_begins_cell(p, i) && nd_cite_token(p->tokens, i)->flags & ND_TOK_UPPER &&
           nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_ROLE, NULL);
}

static bool is_person(const struct nd_parse *p, uint32_t start, uint32_t end)
{
    if (end - start < MIN_NAME_WORDS || end - start > MAX_NAME_WORDS ||
        !nd_lexicon_match(p->lexicon, p->tokens, start, ND_PHRASE_SURNAME, NULL))
        return false;
    for (uint32_t i = start; i < end; i++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
        if (t->kind != ND_TOK_WORD || !(t->flags & ND_TOK_CAPITAL))
            return false;
    }
    return true;
}

void nd_signature_read(const struct nd_parse *p, uint32_t from, struct nd_header *out)
{
    const uint32_t n = p->tokens->n;
    uint32_t dispatch = from;
    while (dispatch < n && !(nd_begins_cell(p, dispatch) &&
                             nd_lexicon_match(p->lexicon, p->tokens, dispatch, ND_PHRASE_DISPATCH, NULL)))
        dispatch++;
    /* without a list of recipients the mark is looked for at the end of the text */
    const uint32_t first =
        dispatch < n ? dispatch - MIN(dispatch - from, MARK_TOKENS) : n - MIN(n - from, SIGNER_TOKENS);
    const uint32_t last = dispatch < n ? MIN(n, dispatch + SIGNER_TOKENS) : n;
    uint32_t mark = first;
    while (mark < last && !is_mark(p, mark))
        mark++;
    /* who signs in his own right: "CHỦ TỊCH QUỐC HỘI" */
    if (mark == last)
        for (mark = first; mark < last && !is_role(p, mark);)
            mark++;
    const uint32_t end = MIN(mark < last ? mark : n, dispatch);
    if (end < n)
        out->body_end = nd_cite_token(p->tokens, end)->start;
    if (mark == last)
        return;
    for (uint32_t i = mark; i < MIN(n, mark + SIGNER_TOKENS); i = nd_cell_end(p, i)) {
        const uint32_t cell = nd_cell_end(p, i);
        if (is_person(p, i, cell)) {
            out->signer = nd_run_line(p, (struct nd_run){i, cell});
            return;
        }
    }
}
