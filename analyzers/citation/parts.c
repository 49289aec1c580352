#include "analyzers/citation/parts.h"

#include "analyzers/citation/accentless.h"

/* The first token at or behind a byte of the original text. */
static uint32_t token_at(const struct nd_cite_tokens *tokens, const struct nd_normalized *text,
                         uint32_t source)
{
    uint32_t low = 0, high = tokens->n;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (nd_normalized_source_start(text, tokens->list[middle].start) < source)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool nd_begins_part(const struct nd_parse *p, uint32_t i)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i), *next = nd_cite_token(p->tokens, i + 1);
    if (!(t->flags & ND_TOK_LINE))
        return false;
    const struct nd_str label_text = nd_cite_token_text(p->tokens, i + 1);
    const bool roman =
        next->flags & ND_TOK_UPPER && label_text.n > 0 && strspn(label_text.p, "IVX") >= label_text.n;
    if ((next->kind == ND_TOK_NUMBER || roman) &&
        nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_PINPOINT, NULL))
        return true;
    /* "PHẦN THỨ NHẤT" */
    if (t->flags & ND_TOK_CAPITAL && nd_parse_is(p, i, ND_PHRASE_PINPOINT) &&
        nd_parse_is(p, i + 1, ND_PHRASE_NUMBERING) && nd_parse_is(p, i + 2, ND_PHRASE_ORDINAL))
        return true;
    const struct nd_str text = nd_cite_token_text(p->tokens, i);
    if (next->kind == ND_TOK_SLASH && nd_parse_is(p, i, ND_PHRASE_RE))
        return false; /* "V/v lập kho" */
    const bool label = t->kind == ND_TOK_NUMBER || (t->kind == ND_TOK_WORD && t->flags & ND_TOK_UPPER &&
                                                    (text.n == 1 || strspn(text.p, "IVX") >= text.n));
    const bool date =
        nd_cite_token(p->tokens, i + 2)->kind == ND_TOK_NUMBER &&
        !(nd_cite_token(p->tokens, i + 2)->flags & ND_TOK_SPACE) &&
        (next->kind == ND_TOK_SLASH || (nd_cite_token(p->tokens, i + 3)->kind == next->kind &&
                                        nd_cite_token(p->tokens, i + 4)->kind == ND_TOK_NUMBER &&
                                        nd_cite_token(p->tokens, i + 4)->length == 4));
    /* "2011-2020" goes on with the line before */
    const bool years = t->kind == ND_TOK_NUMBER && text.n == 4 && next->kind == ND_TOK_DASH &&
                       nd_cite_token(p->tokens, i + 2)->kind == ND_TOK_NUMBER &&
                       nd_cite_token(p->tokens, i + 2)->length == 4;
    return label && text.n <= 4 && !(next->flags & ND_TOK_SPACE) && !date && !years &&
           (next->kind == ND_TOK_DOT || next->kind == ND_TOK_DASH || next->kind == ND_TOK_CLOSE ||
            next->kind == ND_TOK_SLASH);
}

/* Whether text goes on at token i behind the recipients and the signature: an annex, the document the letter
 * comes with, or simply a paragraph too long to be either. */
static bool begins_annex(const struct nd_parse *p, uint32_t i)
{
    enum { SIGNATURE_LINE_TOKENS = 45 };
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
    if (!(t->flags & ND_TOK_LINE))
        return false;
    if (t->flags & ND_TOK_CAPITAL && nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_APPENDIX, NULL))
        return true;
    if (t->flags & ND_TOK_UPPER && nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TYPE, NULL))
        return true;
    uint32_t end = i + 1;
    while (end < p->tokens->n && end - i < SIGNATURE_LINE_TOKENS &&
           !(p->tokens->list[end].flags & ND_TOK_LINE))
        end++;
    return end - i == SIGNATURE_LINE_TOKENS;
}

void nd_parts_find(const struct nd_parse *p, const struct nd_normalized *text,
                   const struct nd_metadata *metadata, struct nd_parts *out)
{
    enum { MAX_OPENING_TOKENS = 1500 };
    const struct nd_cite_tokens *tokens = p->tokens;
    *out = (struct nd_parts){.dispatch = tokens->n, .end = tokens->n, .site = tokens->n};
    if (!metadata)
        return;
    out->title_start = token_at(tokens, text, metadata->title_start);
    out->body_start = token_at(tokens, text, metadata->body_start);
    out->zones.type = metadata->type;
    out->zones.normative = metadata->year != 0;
    out->zones.title_start = out->title_start;
    out->zones.title_end = out->body_start;
    out->zones.opening_end = out->body_start;
    while (out->zones.opening_end < tokens->n &&
           out->zones.opening_end - out->body_start < MAX_OPENING_TOKENS &&
           !nd_begins_part(p, out->zones.opening_end))
        out->zones.opening_end++;
    if (metadata->body_end) {
        out->dispatch = token_at(tokens, text, metadata->body_end);
        out->end = out->dispatch;
        while (out->end < tokens->n && !begins_annex(p, out->end))
            out->end++;
        for (out->site = out->dispatch; out->site < tokens->n && !nd_parse_is(p, out->site, ND_PHRASE_SITE);)
            out->site++;
    }
}

void nd_document_tokens_init(struct nd_cite_tokens *out, const struct nd_document *doc,
                             const struct nd_normalized *text)
{
    nd_cite_tokens_init(out, text->text, nd_lexicon_get());
    if (!doc)
        return;
    if (nd_is_accentless(text->text))
        nd_accentless_find_words(out, nd_lexicon_get());
    uint32_t kept = 0, next = 0; /* tokens kept so far, first one not looked at */
    for (guint i = 0; i < doc->blocks->len; i++) {
        const struct nd_block *block = &g_array_index(doc->blocks, struct nd_block, i);
        if (block->kind != ND_BLOCK_BOILERPLATE)
            continue;
        const uint32_t start = token_at(out, text, block->start), end = token_at(out, text, block->end);
        memmove(out->list + kept, out->list + next, (start - next) * sizeof *out->list);
        kept += start - next;
        next = end;
        out->list[end].flags |= ND_TOK_SPACE | ND_TOK_LINE | ND_TOK_PARAGRAPH;
    }
    if (next == 0)
        return;
    memmove(out->list + kept, out->list + next, (out->n + 1 - next) * sizeof *out->list);
    out->n = kept + out->n - next;
}
