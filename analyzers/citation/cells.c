/* Lines and cells of a page, as runs of tokens. */
#include "analyzers/citation/header_parts.h"
#include "base/caps.h"

bool nd_begins_cell(const struct nd_parse *p, uint32_t i)
{
    enum { WIDE_GAP = 3 };
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
    if (t->flags & ND_TOK_LINE || i == 0)
        return true;
    const uint32_t gap_start = nd_cite_token_end(nd_cite_token(p->tokens, i - 1));
    const struct nd_str gap = nd_str_slice(p->tokens->text, gap_start, t->start);
    return gap.n >= WIDE_GAP || memchr(gap.p, '|', gap.n) || memchr(gap.p, '\t', gap.n);
}

uint32_t nd_cell_end(const struct nd_parse *p, uint32_t i)
{
    do
        i++;
    while (i < p->tokens->n && !nd_begins_cell(p, i));
    return i;
}

uint32_t nd_line_end(const struct nd_parse *p, uint32_t i)
{
    do
        i++;
    while (i < p->tokens->n && !(p->tokens->list[i].flags & ND_TOK_LINE));
    return i;
}

char *nd_run_line(const struct nd_parse *p, struct nd_run run)
{
    if (run.end <= run.start)
        return NULL;
    GString *line = g_string_new(NULL);
    for (uint32_t i = run.start; i < run.end; i++) {
        const struct nd_str text = nd_cite_token_text(p->tokens, i);
        const bool space = i > run.start && nd_cite_token(p->tokens, i)->flags & ND_TOK_SPACE;
        if (line->len + space + text.n > ND_CAP_TITLE_BYTES)
            break;
        if (space)
            g_string_append_c(line, ' ');
        g_string_append_len(line, text.p, (gssize)text.n);
    }
    return g_string_free(line, FALSE);
}

bool nd_is_upper_run(const struct nd_parse *p, uint32_t start, uint32_t end)
{
    bool letters = false;
    for (uint32_t i = start; i < end; i++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
        if (t->kind == ND_TOK_WORD && !(t->flags & ND_TOK_UPPER))
            return false;
        letters |= t->kind == ND_TOK_WORD;
    }
    return letters;
}

bool nd_is_rule_line(const struct nd_parse *p, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        if (nd_cite_token(p->tokens, i)->kind != ND_TOK_OTHER &&
            nd_cite_token(p->tokens, i)->kind != ND_TOK_DASH)
            return false;
    return true;
}
