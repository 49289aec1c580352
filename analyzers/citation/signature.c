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
    return t->flags & ND_TOK_UPPER && nd_begins_cell(p, i) &&
           (((next->kind == ND_TOK_SLASH || next->kind == ND_TOK_DOT) &&
             nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_SIGN_FIRST, NULL)) ||
            (next->kind == ND_TOK_DOT && nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_SIGN, NULL)) ||
            (next->kind == ND_TOK_WORD && nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_SIGN, NULL)));
}

/* Whether the legal grounds stand below the name in capitals that begins at token i: "BỘ TRƯỞNG BỘ TƯ PHÁP"
 * over "Căn cứ ..." issues the document. */
static bool has_grounds_below(const struct nd_parse *p, uint32_t i)
{
    enum { NAME_CELLS = 4 };
    uint32_t cell = nd_cell_end(p, i);
    for (int k = 0; k < NAME_CELLS && nd_cite_token(p->tokens, cell)->flags & ND_TOK_UPPER; k++)
        cell = nd_cell_end(p, cell);
    const bool bullet = nd_cite_token(p->tokens, cell)->kind == ND_TOK_DASH;
    return nd_parse_is(p, cell + bullet, ND_PHRASE_OPENING);
}

static bool is_role(const struct nd_parse *p, uint32_t i)
{
    return nd_cite_token(p->tokens, i)->flags & ND_TOK_UPPER && nd_begins_cell(p, i) &&
           nd_parse_is(p, i, ND_PHRASE_ROLE) && !has_grounds_below(p, i);
}

/* Behind the rank, title or "đồng chí" that the cell at i begins with: "Thiếu tướng Nguyễn Văn A". */
static uint32_t behind_rank(const struct nd_parse *p, uint32_t i)
{
    for (uint32_t n; (n = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_RANK, NULL)) > 0;) {
        i += n;
        while (nd_cite_token(p->tokens, i)->kind == ND_TOK_DOT ||
               nd_cite_token(p->tokens, i)->kind == ND_TOK_COMMA)
            i++;
    }
    return i;
}

/* Whether the cell can be a name: a few words with capitals, "K'Ré" one of them. */
static bool is_name(const struct nd_parse *p, uint32_t start, uint32_t end)
{
    uint32_t words = 0;
    for (uint32_t i = start; i < end; i++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
        const bool inside = i > start && i + 1 < end && !(t->flags & ND_TOK_SPACE) &&
                            !(nd_cite_token(p->tokens, i + 1)->flags & ND_TOK_SPACE);
        if (t->kind == ND_TOK_QUOTE && inside)
            continue;
        if (t->kind != ND_TOK_WORD || !(t->flags & ND_TOK_CAPITAL))
            return false;
        words++;
    }
    return words >= MIN_NAME_WORDS && words <= MAX_NAME_WORDS;
}

/* The same of a cell that nothing else marks: a surname begins it. */
static bool is_person(const struct nd_parse *p, uint32_t start, uint32_t end)
{
    return is_name(p, start, end) &&
           nd_lexicon_match(p->lexicon, p->tokens, start, ND_PHRASE_SURNAME, NULL) > 0;
}

/* The same of a cell below somebody's role, whose surname no list needs to know: neither a body nor a place
 * nor in capitals like the roles. */
static bool can_sign(const struct nd_parse *p, uint32_t start, uint32_t end)
{
    if (!is_name(p, start, end))
        return false;
    for (uint32_t i = start; i < end; i++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
        if ((t->flags & ND_TOK_UPPER && g_utf8_strlen(p->tokens->text.p + t->start, t->length) > 1) ||
            nd_parse_is(p, i, ND_PHRASE_ISSUER) || nd_parse_is(p, i, ND_PHRASE_TYPE) ||
            nd_parse_is(p, i, ND_PHRASE_BODY_START))
            return false;
    }
    return true;
}

/* The first mark or role with a name below it, wherever it stands: annexes may follow. `n` for none. */
static uint32_t find_before_annexes(const struct nd_parse *p, uint32_t from, uint32_t n)
{
    enum { CELLS = 6 };
    for (uint32_t i = from; i < n; i++) {
        if (!(p->tokens->list[i].flags & ND_TOK_UPPER) || (!is_mark(p, i) && !is_role(p, i)))
            continue;
        uint32_t cell = nd_cell_end(p, i);
        for (int k = 0; k < CELLS && cell < n; k++, cell = nd_cell_end(p, cell))
            if (is_person(p, behind_rank(p, cell), nd_cell_end(p, cell)))
                return i;
    }
    return n;
}

/* "(Đã ký)" with the name below it or above it, where no mark says for whom: the cell, `last` for none. */
static uint32_t find_signed(const struct nd_parse *p, uint32_t first, uint32_t last, struct nd_header *out)
{
    uint32_t before = last; /* the cell before */
    for (uint32_t i = first; i < last; before = i, i = nd_cell_end(p, i)) {
        const bool open = nd_cite_token(p->tokens, i)->kind == ND_TOK_OPEN;
        if (!nd_begins_cell(p, i) ||
            !nd_lexicon_match(p->lexicon, p->tokens, i + open, ND_PHRASE_SIGNED, NULL))
            continue;
        const uint32_t below = nd_cell_end(p, i);
        const uint32_t beside = i + nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_SIGNED, NULL) + 1;
        if (!open && nd_cite_token(p->tokens, beside - 1)->kind == ND_TOK_COLON &&
            is_name(p, beside, below)) {
            out->signer = nd_run_line(p, (struct nd_run){beside, below}); /* "Đã ký: Nguyễn Văn A" */
            return i;
        }
        if (is_name(p, below, nd_cell_end(p, below)))
            out->signer = nd_run_line(p, (struct nd_run){below, nd_cell_end(p, below)});
        else if (before < i && is_person(p, before, i))
            out->signer = nd_run_line(p, (struct nd_run){before, i});
        return before < i && out->signer && !is_name(p, below, nd_cell_end(p, below)) ? before : i;
    }
    return last;
}

/* "Người ký: Nguyễn Văn A" of the table that a collection prints above a text. */
static void read_listed_signer(const struct nd_parse *p, uint32_t end, struct nd_header *out)
{
    for (uint32_t i = 0; i < end; i++) {
        const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_SIGNER, NULL);
        if (!n || nd_cite_token(p->tokens, i + n)->kind != ND_TOK_COLON)
            continue;
        const uint32_t name = i + n + 1, name_end = nd_cell_end(p, name);
        if (is_name(p, name, name_end) && !nd_begins_cell(p, name))
            out->signer = nd_run_line(p, (struct nd_run){name, name_end});
        return;
    }
}

static void read_last_page(const struct nd_parse *p, uint32_t from, struct nd_header *out)
{
    const uint32_t n = p->tokens->n;
    uint32_t dispatch = from;
    while (dispatch < n && !(nd_lexicon_match(p->lexicon, p->tokens, dispatch, ND_PHRASE_DISPATCH, NULL) &&
                             nd_begins_cell(p, dispatch)))
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
    if (mark == last && dispatch == n && (mark = find_before_annexes(p, from, n)) == n)
        mark = last;
    if (mark == last)
        mark = find_signed(p, first, last, out);
    const uint32_t end = MIN(mark < last ? mark : n, dispatch);
    if (end < n)
        out->body_end = nd_cite_token(p->tokens, end)->start;
    if (mark == last || out->signer)
        return;
    for (uint32_t i = mark; i < MIN(n, mark + SIGNER_TOKENS); i = nd_cell_end(p, i)) {
        const uint32_t name = behind_rank(p, i), cell = nd_cell_end(p, i);
        if (is_person(p, name, cell)) {
            out->signer = nd_run_line(p, (struct nd_run){name, cell});
            return;
        }
    }
    find_signed(p, mark, MIN(n, mark + SIGNER_TOKENS), out);
    bool role = false;
    for (uint32_t i = mark; i < MIN(n, mark + SIGNER_TOKENS) && !out->signer; i = nd_cell_end(p, i)) {
        const uint32_t name = behind_rank(p, i), cell = nd_cell_end(p, i);
        if (role && can_sign(p, name, cell))
            out->signer = nd_run_line(p, (struct nd_run){name, cell});
        role |= is_role(p, i);
    }
}

void nd_signature_read(const struct nd_parse *p, uint32_t from, struct nd_header *out)
{
    read_last_page(p, from, out);
    if (!out->signer)
        read_listed_signer(p, from, out);
}
