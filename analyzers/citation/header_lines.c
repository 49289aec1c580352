/* Number line, place and date line, secrecy stamp. */
#include "analyzers/citation/header_parts.h"

#include "analyzers/citation/grammar.h"

enum { MAX_PLACE_TOKENS = 6 };

/* Whether a type word in small letters stands right before token i: a citation cut by a line break, and no
 * line of its own. */
static bool follows_type_word(const struct nd_parse *p, uint32_t i)
{
    enum { LONGEST_TYPE = 4 };
    for (uint32_t back = 1; back <= LONGEST_TYPE && back <= i; back++)
        if (nd_lexicon_match(p->lexicon, p->tokens, i - back, ND_PHRASE_TYPE, NULL) == back)
            return !(nd_cite_token(p->tokens, i - back)->flags & ND_TOK_UPPER);
    return false;
}

/* Whether nothing but a place and a date follows in the line: the other column, that a conversion has run on.
 */
static bool place_and_date_follow(const struct nd_parse *p)
{
    for (uint32_t i = p->at; i <= p->at + MAX_PLACE_TOKENS; i++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
        if (t->flags & ND_TOK_LINE)
            return false;
        if (t->kind == ND_TOK_COMMA)
            return i > p->at && nd_parse_is(p, i + 1, ND_PHRASE_DAY);
        if (t->kind != ND_TOK_WORD || !(t->flags & ND_TOK_CAPITAL))
            return false;
    }
    return false;
}

/* A cell that is a whole citation with a code, and nothing else: "Luật số: 83/2025/QH15". */
static bool read_typed_number(struct nd_parse *p)
{
    const uint32_t start = p->at;
    const struct nd_phrase *type;
    if (nd_parse_phrase(p, ND_PHRASE_TYPE, &type)) {
        p->draft.type = type->code;
        p->draft.type_word = (struct nd_run){start, p->at};
        p->draft.capital = (nd_cite_token(p->tokens, start)->flags & ND_TOK_CAPITAL) != 0;
        if (nd_grammar_match(p) && p->draft.code[0] &&
            ((nd_begins_cell(p, p->at) && nd_cell_end(p, start) == p->at) || place_and_date_follow(p)))
            return true;
    }
    p->at = start;
    p->draft = (struct nd_draft){0};
    return false;
}

/* A number line at `at`: "Số: 62-CTr/TU", or "Số   -HD/BTCTU" not yet numbered. */
static bool read_number_cell(struct nd_parse *p)
{
    const uint32_t start = p->at;
    if (read_typed_number(p))
        return true;
    const bool said = nd_parse_phrase(p, ND_PHRASE_NUMBERED, NULL);
    /* "So 15-KH/TU", typed without accents */
    const bool bare = !said && nd_str_equal(nd_cite_token_text(p->tokens, start), nd_str_from_c("So"));
    p->at += bare;
    nd_parse_skip(p, ND_TOK_COLON);
    if (bare && !nd_begins_cell(p, start))
        return false;
    if (said || bare)
        return nd_read_code(p) || nd_read_blank_code(p);
    return nd_read_bare_code(p) && nd_begins_cell(p, p->at) && nd_cell_end(p, start) == p->at;
}

/* Whether the cell at token i stands behind a number in its line: a row of a list of documents. */
static bool is_in_numbered_row(const struct nd_parse *p, uint32_t i)
{
    return i > 0 && !(nd_cite_token(p->tokens, i)->flags & ND_TOK_LINE) &&
           nd_cite_token(p->tokens, i - 1)->kind == ND_TOK_NUMBER &&
           nd_cite_token(p->tokens, i - 1)->flags & ND_TOK_LINE;
}

uint32_t nd_header_read_number(struct nd_parse *p, uint32_t from, uint32_t limit)
{
    for (uint32_t i = from; i < limit; i++) {
        if (!nd_begins_cell(p, i) || follows_type_word(p, i))
            continue;
        if (is_in_numbered_row(p, i))
            continue;
        p->draft = (struct nd_draft){0};
        p->at = i;
        /* a text that is nothing but a citation has no header */
        if (read_number_cell(p) && p->at < p->tokens->n)
            return p->at;
    }
    p->draft = (struct nd_draft){0};
    return 0;
}

/* "ngày    tháng 8 năm 2025": the day left to be filled in. */
static bool read_blank_date(struct nd_parse *p)
{
    const uint32_t at = p->at;
    if (nd_parse_phrase(p, ND_PHRASE_DAY, NULL)) {
        while (nd_parse_peek(p, 0)->kind == ND_TOK_OTHER || nd_parse_peek(p, 0)->kind == ND_TOK_DOT)
            p->at++;
        const struct nd_str month = nd_cite_token_text(p->tokens, p->at + 1);
        if (nd_parse_phrase(p, ND_PHRASE_MONTH, NULL) && nd_parse_skip(p, ND_TOK_NUMBER) && nd_read_year(p)) {
            p->draft.date.month = (int8_t)(nd_leading_number(month) % 100);
            if (nd_date_is_valid(p->draft.date))
                return true;
        }
    }
    p->at = at;
    p->draft.date = (struct nd_date){0};
    return false;
}

/* Whether the words in front of a date can name a place: "Đông Hà", "TP. Hồ Chí Minh", not "Kế hoạch số 12".
 */
static bool is_place_run(const struct nd_parse *p, uint32_t start, uint32_t end)
{
    if (!(nd_cite_token(p->tokens, start)->flags & ND_TOK_CAPITAL))
        return false;
    for (uint32_t i = start; i < end; i++) {
        const uint8_t kind = nd_cite_token(p->tokens, i)->kind;
        if (kind == ND_TOK_NUMBER && i > start && nd_parse_is(p, i - 1, ND_PHRASE_AREA))
            continue; /* "Quận 7, ngày ..." */
        if ((kind != ND_TOK_WORD && kind != ND_TOK_DOT && kind != ND_TOK_DASH) ||
            nd_parse_is(p, i, ND_PHRASE_TYPE))
            return false;
    }
    return true;
}

uint32_t nd_header_read_date(struct nd_parse *p, uint32_t number_end, uint32_t limit, struct nd_header *out)
{
    for (uint32_t i = 1; i < limit; i++) {
        if (!nd_parse_is(p, i, ND_PHRASE_DAY))
            continue;
        uint32_t start = i;
        const bool comma = nd_cite_token(p->tokens, i - 1)->kind == ND_TOK_COMMA;
        if (comma) {
            start--;
            while (i - start < MAX_PLACE_TOKENS && !nd_begins_cell(p, start) && start != number_end)
                start--;
        }
        /* "Hà / Nội, ngày ...", the name broken between its syllables */
        if (comma && start > 0 && nd_begins_cell(p, start - 1) &&
            (nd_lexicon_match(p->lexicon, p->tokens, start - 1, ND_PHRASE_PLACE, NULL) > 1 ||
             nd_lexicon_match(p->lexicon, p->tokens, start - 1, ND_PHRASE_SEAT, NULL) > 1))
            start--;
        /* "Số 10-NQ/TW, ngày 5 tháng 4 năm 1988" */
        const bool of_number = number_end && (i == number_end || (comma && i - 1 == number_end));
        if (of_number)
            start = i;
        if ((!nd_begins_cell(p, start) && start != number_end && !of_number) ||
            (comma && !of_number && !is_place_run(p, start, i - 1)))
            continue;
        p->at = i;
        if (!nd_read_date(p) && !read_blank_date(p))
            continue;
        if (!comma && nd_parse_peek(p, 0)->kind == ND_TOK_COMMA)
            continue; /* "Ngày 22/12/2024, Bộ Chính trị ..." begins a sentence */
        out->date = p->draft.date;
        if (comma && !of_number)
            out->place_line = nd_run_line(p, (struct nd_run){start, i - 1});
        const struct nd_phrase *phrase;
        for (uint32_t k = start; k + 1 < i && !out->line_place; k++)
            if (nd_lexicon_match(p->lexicon, p->tokens, k, ND_PHRASE_PLACE, &phrase) ||
                nd_lexicon_match(p->lexicon, p->tokens, k, ND_PHRASE_SEAT, &phrase))
                out->line_place = phrase->code;
        return p->at;
    }
    return 0;
}

void nd_header_read_stamp(const struct nd_parse *p, uint32_t limit, struct nd_header *out)
{
    for (uint32_t i = 0; i < limit; i++) {
        const struct nd_phrase *phrase;
        if (!nd_begins_cell(p, i) || !(nd_cite_token(p->tokens, i)->flags & ND_TOK_UPPER))
            continue;
        const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_STAMP, &phrase);
        if (n && nd_cell_end(p, i) == i + n)
            out->secrecy = MAX(out->secrecy, (enum nd_secrecy)phrase->value);
    }
}
