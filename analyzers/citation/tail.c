/* What follows the core of a citation: date, issuing body, term, subject, the short name it is given. */
#include "analyzers/citation/parse.h"
#include "analyzers/citation/parts.h"
#include "base/caps.h"

enum { MAX_TAIL_TOKENS = 96 };

/* The token behind "Điều 37", "điểm a khoản 2 Điều 5 của" at i, where a type word follows; i without. */
static uint32_t behind_pinpoint(const struct nd_parse *p, uint32_t i)
{
    enum { PINPOINT_TOKENS = 12, LABEL_BYTES = 3 };
    if (!nd_parse_is(p, i, ND_PHRASE_PINPOINT))
        return i;
    for (uint32_t k = i + 1; k < i + PINPOINT_TOKENS; k++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, k);
        if (nd_parse_is(p, k, ND_PHRASE_TYPE))
            return k;
        if (t->kind != ND_TOK_NUMBER && t->kind != ND_TOK_COMMA && t->length > LABEL_BYTES &&
            !nd_parse_is(p, k, ND_PHRASE_PINPOINT) && !nd_parse_is(p, k, ND_PHRASE_PINPOINT_JOIN))
            break;
    }
    return i;
}

/* Whether a further citation begins behind the comma or "và" at i. */
static bool next_item_begins(const struct nd_parse *p, uint32_t i)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
    if (t->kind != ND_TOK_COMMA && !nd_parse_is(p, i, ND_PHRASE_AND))
        return false;
    i++;
    while (nd_parse_is(p, i, ND_PHRASE_AND) || nd_parse_is(p, i, ND_PHRASE_PLURAL))
        i++;
    i = behind_pinpoint(p, i);
    const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TYPE, NULL);
    /* in a title in capitals every word is written like a name */
    const bool shouted = nd_cite_token(p->tokens, i)->flags & ND_TOK_UPPER &&
                         nd_cite_token(p->tokens, i + n)->kind != ND_TOK_NUMBER &&
                         !nd_parse_is(p, i + n, ND_PHRASE_NUMBERED);
    /* "và Kế hoạch 5 năm" */
    const bool counts = nd_cite_token(p->tokens, i + n)->kind == ND_TOK_NUMBER && nd_is_unit(p, i + n + 1);
    return nd_cite_token(p->tokens, i)->flags & ND_TOK_CAPITAL && n > 0 && !shouted && !counts;
}

/* Whether the quotation mark at i opens: by its shape, or by the white space around a plain one. */
static bool opens_quote(const struct nd_parse *p, uint32_t i)
{
    static const char *const opening[] = {"“", "‘", "«"}, *const closing[] = {"”", "’", "»"};
    const struct nd_str mark = nd_cite_token_text(p->tokens, i);
    for (size_t k = 0; k < G_N_ELEMENTS(opening); k++) {
        if (nd_str_equal(mark, nd_str_from_c(opening[k])))
            return true;
        if (nd_str_equal(mark, nd_str_from_c(closing[k])))
            return false;
    }
    return nd_cite_token(p->tokens, i)->flags & ND_TOK_SPACE &&
           !(nd_cite_token(p->tokens, i + 1)->flags & ND_TOK_SPACE);
}

/* Whether a subject begins at i: a title in quotes, or "về ..." that is not the beginning of a new line's
 * sentence. */
static bool begins_subject(const struct nd_parse *p, uint32_t i)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
    if (t->kind == ND_TOK_QUOTE)
        return opens_quote(p, i);
    const bool sentence = t->flags & ND_TOK_LINE && t->flags & ND_TOK_CAPITAL && !(t->flags & ND_TOK_UPPER);
    return !sentence && nd_parse_is(p, i, ND_PHRASE_SUBJECT);
}

/* Whether the line at i is no longer the subject's: a numbered part, the grounds ("Căn cứ ..."), a rule. */
static bool ends_at_line(const struct nd_parse *p, uint32_t i)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
    const bool rule = (t->kind == ND_TOK_DASH || t->kind == ND_TOK_OTHER) &&
                      nd_cite_token(p->tokens, i + 1)->kind == t->kind &&
                      !(nd_cite_token(p->tokens, i + 1)->flags & ND_TOK_SPACE);
    const bool bullet = t->kind == ND_TOK_DASH && nd_cite_token(p->tokens, i + 1)->flags & ND_TOK_CAPITAL;
    return t->flags & ND_TOK_LINE && (rule || bullet || nd_begins_part(p, i) ||
                                      (t->flags & ND_TOK_CAPITAL && nd_parse_is(p, i, ND_PHRASE_OPENING)) ||
                                      (t->flags & ND_TOK_UPPER && nd_parse_is(p, i, ND_PHRASE_BODY_START)));
}

/* Where the verb of class begins that says what the body named at token i does; 0 for none. */
static uint32_t verb_of_body(const struct nd_parse *p, uint32_t i, enum nd_phrase_class class)
{
    enum { BODY_TOKENS = 14 };
    const uint32_t n = nd_cite_token(p->tokens, i)->flags & ND_TOK_CAPITAL
                           ? nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_ISSUER, NULL)
                           : 0;
    for (uint32_t k = i + n; n && k < i + n + BODY_TOKENS; k++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, k);
        if (t->kind != ND_TOK_WORD || t->flags & ND_TOK_PARAGRAPH)
            break;
        if (nd_parse_is(p, k, class))
            return k;
    }
    return 0;
}

bool nd_body_acts(const struct nd_parse *p, uint32_t i)
{
    return verb_of_body(p, i, ND_PHRASE_PUBLISH) > 0;
}

bool nd_body_issued(const struct nd_parse *p, uint32_t i)
{
    struct nd_parse look = {.lexicon = p->lexicon, .tokens = p->tokens, .at = i};
    if (nd_parse_is(p, i, ND_PHRASE_DAY) && nd_read_date(&look)) { /* "ngày 10/9/2020 Ban Bí thư ban hành" */
        nd_parse_skip(&look, ND_TOK_COMMA);
        i = look.at;
    }
    uint32_t verb = verb_of_body(p, i, ND_PHRASE_ISSUED);
    if (!verb)
        return false;
    verb += nd_lexicon_match(p->lexicon, p->tokens, verb, ND_PHRASE_ISSUED, NULL);
    verb += nd_lexicon_match(p->lexicon, p->tokens, verb, ND_PHRASE_PLURAL, NULL);
    const uint32_t type = nd_lexicon_match(p->lexicon, p->tokens, verb, ND_PHRASE_TYPE, NULL);
    return type > 0 && (nd_parse_is(p, verb + type, ND_PHRASE_NUMBERED) ||
                        nd_cite_token(p->tokens, verb + type)->kind == ND_TOK_NUMBER);
}

/* The subject from `at` on, up to the end of the sentence part. */
static bool read_subject(struct nd_parse *p)
{
    const uint32_t start = p->at;
    const bool quoted = nd_parse_peek(p, 0)->kind == ND_TOK_QUOTE;
    int depth = 0;
    uint32_t i = start + (quoted ? 1 : 0);
    for (; i < start + MAX_TAIL_TOKENS; i++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
        if (t->kind == ND_TOK_END || (t->flags & ND_TOK_PARAGRAPH && !quoted))
            break;
        if (quoted) {
            if (t->kind == ND_TOK_QUOTE) {
                i++;
                break;
            }
            continue;
        }
        if (t->kind == ND_TOK_OPEN && nd_parse_is(p, i + 1, ND_PHRASE_DEFINE))
            break;
        if (ends_at_line(p, i))
            break;
        depth += t->kind == ND_TOK_OPEN;
        if (t->kind == ND_TOK_CLOSE && depth-- == 0)
            break;
        if (t->kind == ND_TOK_SEMICOLON || t->kind == ND_TOK_COLON ||
            (t->kind == ND_TOK_DOT &&
             nd_cite_token(p->tokens, i + 1)->flags & (ND_TOK_CAPITAL | ND_TOK_LINE)))
            break;
        if (next_item_begins(p, i) ||
            (t->kind == ND_TOK_COMMA && (nd_body_acts(p, i + 1) || nd_body_issued(p, i + 1))))
            break;
    }
    if (i == start)
        return false;
    p->at = i;
    p->draft.subject = (struct nd_run){start, i};
    return true;
}

/* Whether the short name is that of another kind of document than the one read: in "Nghị định số
 * 75/2008/NĐ-CP
 * ... thi hành Pháp lệnh Giá (sau đây gọi là Nghị định 75)" it belongs to the decree. */
static bool names_other_type(const struct nd_parse *p, struct nd_run definition)
{
    const struct nd_phrase *phrase;
    for (uint32_t i = definition.start; i < definition.end; i++)
        if (nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TYPE, &phrase))
            return g_strcmp0(phrase->code, p->draft.type) != 0;
    return false;
}

/* "(sau đây gọi tắt là ...)", `at` on the bracket. */
static bool read_definition(struct nd_parse *p)
{
    const uint32_t at = p->at;
    if (!nd_parse_skip(p, ND_TOK_OPEN) || !nd_parse_phrase(p, ND_PHRASE_DEFINE, NULL)) {
        p->at = at;
        return false;
    }
    const uint32_t start = p->at;
    for (uint32_t i = start; i < start + MAX_TAIL_TOKENS; i++) {
        const enum nd_cite_token_kind kind = nd_cite_token(p->tokens, i)->kind;
        if (kind == ND_TOK_CLOSE) {
            if (names_other_type(p, (struct nd_run){start, i}))
                break;
            p->draft.definition = (struct nd_run){start, i};
            p->at = i + 1;
            return true;
        }
        if (kind == ND_TOK_END)
            break;
    }
    p->at = at;
    return false;
}

/* "Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng (khóa XI)" behind a code: the plenum that adopted it. */
static bool read_plenum(struct nd_parse *p)
{
    const uint32_t at = p->at;
    if (nd_parse_phrase(p, ND_PHRASE_SESSION, NULL)) {
        nd_parse_phrase(p, ND_PHRASE_NUMBERING, NULL);
        if (nd_read_plenum_number(p)) {
            nd_parse_skip(p, ND_TOK_COMMA);
            const uint32_t start = p->at;
            if (nd_parse_phrase(p, ND_PHRASE_ISSUER, NULL)) {
                p->draft.body = (struct nd_run){start, p->at};
                return true;
            }
        }
    }
    p->at = at;
    p->draft.ordinal[0] = '\0';
    return false;
}

/* "Quy định 29-QĐ/TW năm 2016", as collections caption what they hold; not "năm 2016 - 2020". */
static bool read_year_of_code(struct nd_parse *p)
{
    const struct nd_parse before = *p;
    if (p->draft.code[0] && !p->draft.year && nd_parse_is(p, p->at, ND_PHRASE_YEAR) && nd_read_year(p) &&
        nd_parse_peek(p, 0)->kind != ND_TOK_DASH && nd_parse_peek(p, 0)->kind != ND_TOK_SLASH)
        return true;
    *p = before;
    return false;
}

static bool read_part(struct nd_parse *p)
{
    struct nd_draft *draft = &p->draft;
    /* "Ngày 05/10/2022, Ban Thường vụ ..." begins the next paragraph, and no more belongs to the citation */
    const struct nd_cite_token *t = nd_parse_peek(p, 0);
    if (t->kind == ND_TOK_WORD && t->flags & ND_TOK_LINE && t->flags & ND_TOK_CAPITAL &&
        (t->flags & ND_TOK_PARAGRAPH || !(t->flags & ND_TOK_UPPER)) && nd_parse_is(p, p->at, ND_PHRASE_DAY))
        return false;
    if (!draft->date.day && nd_read_date(p))
        return true;
    if (!draft->date.year && read_year_of_code(p))
        return true;
    if (!draft->term[0] && nd_read_term(p))
        return true;
    if (draft->definition.end == 0 && read_definition(p))
        return true;
    const uint32_t at = p->at;
    const bool of = nd_parse_phrase(p, ND_PHRASE_OF, NULL);
    if (!draft->ordinal[0] && read_plenum(p))
        return true;
    if (of && draft->body.end == 0 && nd_read_body(p))
        return true;
    p->at = at;
    return false;
}

/* "UBND tỉnh đã ban hành Quyết định ...": the body right before the verb, where nothing behind tells it. */
static void read_lead_body(struct nd_parse *p, uint32_t issued)
{
    enum { LEAD_BODY_TOKENS = 9 };
    if (p->draft.body.end || p->draft.place)
        return;
    for (uint32_t k = issued - MIN(issued, LEAD_BODY_TOKENS); k < issued; k++) {
        const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, k, ND_PHRASE_ISSUER, NULL);
        if (!n)
            continue;
        p->at = k;
        const struct nd_draft draft = p->draft;
        if (nd_read_body(p) && p->at == issued)
            return;
        p->draft = draft;
    }
}

/* "Ngày 22/12/2024, Bộ Chính trị đã ban hành Nghị quyết ...": date and body in front of the citation. */
static void read_lead(struct nd_parse *p)
{
    enum { LEAD_TOKENS = 26, ISSUED_TOKENS = 4 };
    const uint32_t start = p->draft.span.start, at = p->at;
    uint32_t issued = start;
    for (uint32_t back = 1; back <= ISSUED_TOKENS && back <= start; back++)
        if (nd_lexicon_match(p->lexicon, p->tokens, start - back, ND_PHRASE_ISSUED, NULL) == back)
            issued = start - back;
    if (issued == start)
        return;
    for (uint32_t k = MAX(p->floor, start - MIN(start, LEAD_TOKENS)); k < issued && !p->draft.date.year;
         k++) {
        p->at = k;
        if (!nd_parse_is(p, k, ND_PHRASE_DAY) || !nd_read_date(p))
            continue;
        if (!nd_parse_skip(p, ND_TOK_COMMA) && !nd_parse_is(p, p->at, ND_PHRASE_ISSUER)) {
            p->draft.date = (struct nd_date){0}; /* of something else: "ngày 21/8/2019 của Ban Tổ chức" */
            continue;
        }
        const struct nd_run body = {p->at, issued};
        if (p->draft.body.end == 0 && body.end > body.start) {
            p->draft.body = body;
            nd_parse_resolve_body(p, body);
        }
        break;
    }
    read_lead_body(p, issued);
    p->at = at;
}

/* The number of a footnote run onto the code: "21-NQ/TW1, ngày ...". */
static void skip_footnote(struct nd_parse *p)
{
    const struct nd_cite_token *t = nd_parse_peek(p, 0);
    if (p->at > 0 && t->kind == ND_TOK_NUMBER && !(t->flags & ND_TOK_SPACE) &&
        nd_cite_token(p->tokens, p->at - 1)->kind == ND_TOK_WORD)
        p->at++;
}

void nd_read_tail(struct nd_parse *p)
{
    const uint32_t limit = p->at + MAX_TAIL_TOKENS;
    skip_footnote(p);
    while (p->at < limit) {
        const uint32_t at = p->at;
        const bool comma = nd_parse_skip(p, ND_TOK_COMMA);
        /* ", ngày 10/9/2020 Ban Bí thư ban hành ...": the day belongs to what follows */
        const bool next = comma && nd_parse_is(p, p->at, ND_PHRASE_DAY) && nd_body_issued(p, p->at);
        if (!next && read_part(p))
            continue;
        p->at = at;
        const bool named = p->draft.kind == ND_MENTION_LAW || p->draft.kind == ND_MENTION_CHARTER;
        if (!named && p->draft.subject.end == 0 && begins_subject(p, p->at) && read_subject(p))
            continue;
        break;
    }
    p->draft.tail_end = p->at;
    if (!p->draft.date.year || !p->draft.body.end)
        read_lead(p);
}
