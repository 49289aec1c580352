/* Numbers, dates, terms of office, bodies and quoted titles. */
#include "analyzers/citation/parse.h"
#include "analyzers/data/data.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    MAX_BODY_TOKENS = 24,
    MAX_QUOTED_TOKENS = 80,
    MAX_ROMAN_BYTES = 8, /* XXXVIII */
};

bool nd_parse_phrase(struct nd_parse *p, enum nd_phrase_class class, const struct nd_phrase **out)
{
    const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, p->at, class, out);
    p->at += n;
    return n > 0;
}

/* The value of a number token of digits alone, -1 for any other. */
static int number_value(const struct nd_parse *p, uint32_t ahead)
{
    const struct nd_str text = nd_cite_token_text(p->tokens, p->at + ahead);
    if (nd_parse_peek(p, ahead)->kind != ND_TOK_NUMBER || text.n > 4 ||
        !isdigit((unsigned char)text.p[text.n - 1]))
        return -1;
    int value = 0;
    for (size_t i = 0; i < text.n; i++)
        value = value * 10 + (text.p[i] - '0');
    return value;
}

/* The value of an upper-case Roman numeral up to 39, 0 for any other text. */
static int roman_value(struct nd_str text)
{
    int value = 0, last = 0;
    if (text.n == 0 || text.n > MAX_ROMAN_BYTES)
        return 0;
    for (size_t i = text.n; i-- > 0;) {
        const int digit = text.p[i] == 'I' ? 1 : text.p[i] == 'V' ? 5 : text.p[i] == 'X' ? 10 : 0;
        if (digit == 0)
            return 0;
        value += digit < last ? -digit : digit;
        last = MAX(last, digit);
    }
    return value;
}

/* value from 1 to 39 */
static void write_roman(int value, char *out, size_t room)
{
    static const char *const ones[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
    static const char *const tens[] = {"", "X", "XX", "XXX"};
    snprintf(out, room, "%s%s", tens[value / 10], ones[value % 10]);
}

/* Whether the number at `at` numbers the line it begins: "1. Mục tiêu". */
static bool begins_line(const struct nd_parse *p)
{
    const struct nd_cite_token *t = nd_parse_peek(p, 0), *next = nd_parse_peek(p, 1);
    return t->flags & ND_TOK_LINE && !(next->flags & ND_TOK_SPACE) &&
           (next->kind == ND_TOK_DOT || next->kind == ND_TOK_CLOSE || next->kind == ND_TOK_DASH);
}

/* A number in digits, Roman letters or words from 1 to 39; 0 for none. Moves over it. */
static int read_ordinal(struct nd_parse *p)
{
    const struct nd_phrase *phrase;
    if (begins_line(p))
        return 0;
    int value = number_value(p, 0);
    if (value < 0)
        value = roman_value(nd_cite_token_text(p->tokens, p->at));
    if (value > 0 && value < 40) {
        p->at++;
        return value;
    }
    return nd_parse_phrase(p, ND_PHRASE_ORDINAL, &phrase) ? phrase->value : 0;
}

/* Whether what a number counts stands at token i: "năm", "đồng", but not "đồng bộ". */
bool nd_is_unit(const struct nd_parse *p, uint32_t i)
{
    const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_UNIT, NULL);
    return n && nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_NO_UNIT, NULL) <= n;
}

/* Whether the number before `at` counts what follows: "5 năm", "3 tháng", "12%". */
static bool is_count(const struct nd_parse *p)
{
    const struct nd_cite_token *next = nd_parse_peek(p, 0);
    return nd_is_unit(p, p->at) || (next->kind == ND_TOK_OTHER && !(next->flags & ND_TOK_SPACE)) ||
           (next->kind == ND_TOK_SLASH && nd_parse_peek(p, 1)->kind == ND_TOK_NUMBER) ||
           ((next->kind == ND_TOK_COMMA || next->kind == ND_TOK_DOT) && !(next->flags & ND_TOK_SPACE) &&
            nd_parse_peek(p, 1)->kind == ND_TOK_NUMBER && !(nd_parse_peek(p, 1)->flags & ND_TOK_SPACE));
}

bool nd_read_number(struct nd_parse *p)
{
    const struct nd_str text = nd_cite_token_text(p->tokens, p->at);
    if (nd_parse_peek(p, 0)->kind != ND_TOK_NUMBER || text.n > 5 || begins_line(p))
        return false;
    p->at++;
    if (is_count(p)) {
        p->at--;
        return false;
    }
    memcpy(p->draft.number, text.p, text.n);
    p->draft.number[text.n] = '\0';
    p->draft.core_end = p->at;
    return true;
}

static bool skip_phrase(struct nd_parse *p, enum nd_phrase_class class)
{
    return nd_parse_phrase(p, class, NULL);
}

bool nd_read_plenum_number(struct nd_parse *p)
{
    const uint32_t at = p->at;
    const int value = read_ordinal(p);
    if (value == 0 || is_count(p)) {
        p->at = at;
        return false;
    }
    snprintf(p->draft.ordinal, sizeof p->draft.ordinal, "%d", value);
    return true;
}

bool nd_read_sitting(struct nd_parse *p)
{
    const uint32_t at = p->at;
    const bool open = nd_parse_skip(p, ND_TOK_OPEN);
    if (skip_phrase(p, ND_PHRASE_NUMBERING) && read_ordinal(p) && (!open || nd_parse_skip(p, ND_TOK_CLOSE)))
        return true;
    p->at = at;
    return false;
}

bool nd_read_congress_number(struct nd_parse *p)
{
    const uint32_t at = p->at;
    const int value = read_ordinal(p);
    if (value == 0 || is_count(p)) {
        p->at = at;
        return false;
    }
    write_roman(value, p->draft.ordinal, sizeof p->draft.ordinal);
    return true;
}

/* A date separator; "." and "-" too: 30-3-2007, 16.6.2022. */
static bool skip_date_separator(struct nd_parse *p)
{
    return nd_parse_skip(p, ND_TOK_SLASH) || nd_parse_skip(p, ND_TOK_DASH) || nd_parse_skip(p, ND_TOK_DOT);
}

/* The month and the year behind it; "62025" is both, where a line break swallowed the second separator. */
static bool read_month_and_year(struct nd_parse *p, int *month, int *year)
{
    const struct nd_str text = nd_cite_token_text(p->tokens, p->at);
    if (nd_parse_peek(p, 0)->kind == ND_TOK_NUMBER && (text.n == 5 || text.n == 6) &&
        isdigit((unsigned char)text.p[text.n - 1])) {
        *month = nd_leading_number(text) / 10000;
        *year = nd_leading_number(text) % 10000;
        return true;
    }
    *month = number_value(p, 0);
    p->at++;
    if (!skip_phrase(p, ND_PHRASE_YEAR) &&
        !(nd_parse_skip(p, ND_TOK_COMMA) && skip_phrase(p, ND_PHRASE_YEAR)) && !skip_date_separator(p))
        return false;
    *year = number_value(p, 0);
    if (*year >= 0 && *year < 100 && nd_parse_peek(p, 0)->length == 2)
        *year += *year < 45 ? 2000 : 1900;
    return true;
}

bool nd_read_date(struct nd_parse *p)
{
    const uint32_t at = p->at;
    int month = 0, year = 0;
    const bool said = nd_parse_peek(p, 0)->kind != ND_TOK_WORD || skip_phrase(p, ND_PHRASE_DAY);
    const int day = said ? number_value(p, 0) : 0;
    p->at++;
    if (day > 0 && (skip_phrase(p, ND_PHRASE_MONTH) || skip_date_separator(p)) &&
        read_month_and_year(p, &month, &year)) {
        const struct nd_date date = {(int16_t)year, (int8_t)MIN(month, 99), (int8_t)MIN(day, 99)};
        if (month > 0 && year >= 1900 && nd_date_is_valid(date)) {
            p->at++;
            p->draft.date = date;
            return true;
        }
    }
    p->at = at;
    return false;
}

bool nd_read_year(struct nd_parse *p)
{
    const uint32_t at = p->at;
    skip_phrase(p, ND_PHRASE_YEAR);
    const int year = number_value(p, 0);
    if (year < 1930 || year > 2099) {
        p->at = at;
        return false;
    }
    p->at++;
    p->draft.date = (struct nd_date){.year = (int16_t)year};
    return true;
}

bool nd_read_roman_term(struct nd_parse *p)
{
    const int value = roman_value(nd_cite_token_text(p->tokens, p->at));
    if (value == 0)
        return false;
    p->at++;
    write_roman(value, p->draft.term, sizeof p->draft.term);
    return true;
}

/* Whether the terms of a list go on: ", XII". */
static bool more_terms(const struct nd_parse *p)
{
    return (nd_parse_peek(p, 0)->kind == ND_TOK_COMMA ||
            nd_lexicon_match(p->lexicon, p->tokens, p->at, ND_PHRASE_AND, NULL)) &&
           roman_value(nd_cite_token_text(p->tokens, p->at + 1)) > 0;
}

bool nd_read_term(struct nd_parse *p)
{
    const uint32_t at = p->at;
    const bool open = nd_parse_skip(p, ND_TOK_OPEN);
    const bool said = skip_phrase(p, ND_PHRASE_TERM);
    const int value = said ? read_ordinal(p) : 0;
    if (value == 0 || (open && !nd_parse_skip(p, ND_TOK_CLOSE) && !more_terms(p))) {
        p->at = at;
        return false;
    }
    write_roman(value, p->draft.term, sizeof p->draft.term);
    return true;
}

bool nd_read_central_term(struct nd_parse *p)
{
    enum { LAST_TERM = 14 };
    const struct nd_parse before = *p;
    if (nd_read_term(p) && roman_value(nd_str_from_c(p->draft.term)) <= LAST_TERM)
        return true;
    *p = before;
    return false;
}

/* Whether a line in capitals begins at token i, below small letters: the header's other column, a heading. */
static bool begins_shouted_line(const struct nd_parse *p, uint32_t i)
{
    enum { SHOUTED_TOKENS = 3 };
    if (i == 0 || !(nd_cite_token(p->tokens, i)->flags & ND_TOK_LINE) ||
        nd_cite_token(p->tokens, i - 1)->flags & ND_TOK_UPPER)
        return false;
    for (uint32_t k = i; k < i + SHOUTED_TOKENS; k++)
        if (!(nd_cite_token(p->tokens, k)->flags & ND_TOK_UPPER))
            return false;
    return true;
}

static bool ends_phrase(const struct nd_parse *p, uint32_t i)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
    const bool signature = /* "T/M", "K/T" on the next line */
        t->flags & ND_TOK_LINE && t->flags & ND_TOK_UPPER &&
        nd_cite_token(p->tokens, i + 1)->kind == ND_TOK_SLASH;
    return t->flags & ND_TOK_PARAGRAPH || t->kind != ND_TOK_WORD || signature || begins_shouted_line(p, i) ||
           (nd_cite_token(p->tokens, i + 1)->kind == ND_TOK_NUMBER &&
            nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_NUMBERED, NULL)) ||
           nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_STOP, NULL) > 0;
}

bool nd_names_commune(const struct nd_parse *p, uint32_t i)
{
    const struct nd_phrase *phrase;
    for (uint32_t back = MIN(i, 2); back > 0; back--)
        if (nd_lexicon_match(p->lexicon, p->tokens, i - back, ND_PHRASE_AREA, &phrase) == back)
            return strcmp(phrase->code, "commune") == 0;
    return false;
}

uint32_t nd_parse_place(const struct nd_parse *p, uint32_t i, const struct nd_phrase **out)
{
    if (i > 0 && nd_lexicon_match(p->lexicon, p->tokens, i - 1, ND_PHRASE_NO_PLACE, NULL) == 1)
        return 0;
    if (nd_names_commune(p, i))
        return 0;
    return nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_PLACE, out);
}

/* The issuer that the body's first words spell with a slip: "Tỉnh uyỷ". */
static const char *misspelt_issuer(const struct nd_parse *p, struct nd_run body)
{
    enum { MAX_WORDS = 6 };
    for (uint32_t end = MIN(body.end, body.start + MAX_WORDS); end > body.start + 1; end--) {
        const uint32_t from = nd_cite_token(p->tokens, body.start)->start;
        const uint32_t to = nd_cite_token_end(nd_cite_token(p->tokens, end - 1));
        const char *code = nd_similar_issuer(nd_str_slice(p->tokens->text, from, to));
        if (code)
            return code;
    }
    return NULL;
}

void nd_parse_resolve_body(struct nd_parse *p, struct nd_run body)
{
    struct nd_draft *draft = &p->draft;
    const struct nd_phrase *phrase;
    bool found = draft->issuer[0] != '\0';
    for (uint32_t i = body.start; i < body.end; i++) {
        const bool issuer = (!found || draft->spoilt_issuer || draft->party_form) &&
                            nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_ISSUER, &phrase);
        if (issuer && !found) {
            g_strlcpy(draft->issuer, phrase->code, sizeof draft->issuer);
            found = true;
        } else if (issuer) {
            nd_mend_issuer(draft, phrase->code);
        }
        if (!draft->place && nd_cite_token(p->tokens, i)->flags & ND_TOK_CAPITAL &&
            nd_parse_place(p, i, &phrase))
            draft->place = phrase->code;
    }
    const char *code = found ? NULL : misspelt_issuer(p, body);
    if (code)
        g_strlcpy(draft->issuer, code, sizeof draft->issuer);
}

/* A dash inside a name: "Bộ Lao động - Thương binh và Xã hội". */
static bool joins_body(const struct nd_parse *p, uint32_t i)
{
    const struct nd_cite_token *after = nd_cite_token(p->tokens, i + 1);
    return nd_cite_token(p->tokens, i)->kind == ND_TOK_DASH && after->flags & ND_TOK_CAPITAL &&
           !(after->flags & ND_TOK_LINE) &&
           !nd_lexicon_match(p->lexicon, p->tokens, i + 1, ND_PHRASE_TYPE, NULL);
}

/* A comma inside a name: "Sở Văn hóa, Thể thao và Du lịch", but not "tỉnh Sơn La, Lai Châu và Điện Biên". */
static bool enumerates_body(const struct nd_parse *p, uint32_t i)
{
    enum { FIELD_TOKENS = 4 };
    const struct nd_cite_token *after = nd_cite_token(p->tokens, i + 1);
    const struct nd_phrase *place;
    if (nd_cite_token(p->tokens, i)->kind != ND_TOK_COMMA || !(after->flags & ND_TOK_CAPITAL) ||
        after->flags & ND_TOK_LINE || nd_parse_is(p, i + 1, ND_PHRASE_TYPE) ||
        nd_parse_is(p, i + 1, ND_PHRASE_ISSUER) || nd_parse_place(p, i + 1, &place))
        return false;
    for (uint32_t k = i + 2; k <= i + FIELD_TOKENS && nd_cite_token(p->tokens, k)->kind == ND_TOK_WORD; k++) {
        if (nd_parse_is(p, k, ND_PHRASE_AND))
            return nd_cite_token(p->tokens, k + 1)->flags & ND_TOK_CAPITAL &&
                   !nd_parse_is(p, k + 1, ND_PHRASE_TYPE) && !nd_parse_is(p, k + 1, ND_PHRASE_ISSUER);
        if (nd_cite_token(p->tokens, k)->flags & ND_TOK_CAPITAL)
            break;
    }
    return false;
}

/* Whether the name of a body goes on with token i: capitals, and the few small words inside such names. A new
 * citation ("... và Chỉ thị số 48") ends it. */
static bool in_body(const struct nd_parse *p, uint32_t i)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
    if (joins_body(p, i) || enumerates_body(p, i))
        return true;
    if (ends_phrase(p, i) || nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TYPE, NULL) ||
        (t->flags & ND_TOK_UPPER && nd_parse_is(p, i, ND_PHRASE_SUBJECT)))
        return false;
    const bool second_syllable = i > 0 && nd_cite_token(p->tokens, i - 1)->flags & ND_TOK_CAPITAL &&
                                 !nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_AND, NULL);
    if (t->flags & ND_TOK_CAPITAL || second_syllable)
        return true;
    const uint32_t small = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_BODY_WORD, NULL);
    const struct nd_cite_token *after = nd_cite_token(p->tokens, i + small);
    if (small && nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_AND, NULL))
        return after->flags & ND_TOK_CAPITAL &&
               !nd_lexicon_match(p->lexicon, p->tokens, i + 1, ND_PHRASE_TYPE, NULL);
    return small > 0;
}

/* A body no list knows ends with the phrase: "Ủy ban bầu cử xã Phố Bảng". */
static bool in_unknown_body(const struct nd_parse *p, uint32_t i)
{
    if (joins_body(p, i) || enumerates_body(p, i))
        return true;
    return !ends_phrase(p, i) && !nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TYPE, NULL) &&
           !nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TRIGGER, NULL);
}

/* Whether line i begins what follows a heading that ends with a body: that body again, as the one that
 * issues, or the grounds. */
static bool begins_opening(const struct nd_parse *p, uint32_t start, uint32_t i)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
    if (!(t->flags & ND_TOK_LINE) || !(t->flags & ND_TOK_CAPITAL))
        return false;
    const struct nd_phrase *first, *again;
    return nd_parse_is(p, i, ND_PHRASE_OPENING) ||
           (nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_ISSUER, &again) &&
            nd_lexicon_match(p->lexicon, p->tokens, start, ND_PHRASE_ISSUER, &first) && first == again);
}

bool nd_read_body(struct nd_parse *p)
{
    const uint32_t start = p->at;
    uint32_t end = start + nd_lexicon_match(p->lexicon, p->tokens, start, ND_PHRASE_ISSUER, NULL);
    const bool known = end > start;
    if (!known && !(nd_parse_peek(p, 0)->flags & ND_TOK_CAPITAL))
        return false;
    while (end - start < MAX_BODY_TOKENS && (known ? in_body(p, end) : in_unknown_body(p, end)) &&
           !begins_opening(p, start, end))
        end++;
    if (end == start)
        return false;
    p->at = end;
    p->draft.body = (struct nd_run){start, end};
    nd_parse_resolve_body(p, p->draft.body);
    return true;
}

bool nd_read_party_body(struct nd_parse *p)
{
    const uint32_t start = p->at;
    uint32_t end = start + nd_lexicon_match(p->lexicon, p->tokens, start, ND_PHRASE_PARTY_BODY, NULL);
    if (end == start)
        return false;
    while (end - start < MAX_BODY_TOKENS && !ends_phrase(p, end) &&
           !nd_lexicon_match(p->lexicon, p->tokens, end, ND_PHRASE_NUMBERING, NULL) &&
           !nd_parse_is(p, end, ND_PHRASE_TYPE) && !roman_value(nd_cite_token_text(p->tokens, end)))
        end++;
    while (nd_parse_is(p, end, ND_PHRASE_TYPE) && nd_parse_is(p, end - 1, ND_PHRASE_AND))
        end--; /* "Đảng bộ thành phố và Nghị quyết của Hội đồng nhân dân" */
    p->at = end;
    p->draft.body = (struct nd_run){start, end};
    const struct nd_phrase *phrase;
    for (uint32_t i = start; i < end && !p->draft.issuer[0]; i++)
        if (nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_CONGRESS_BODY, &phrase))
            g_strlcpy(p->draft.issuer, phrase->code, sizeof p->draft.issuer);
    nd_parse_resolve_body(p, p->draft.body);
    return true;
}

bool nd_read_organisation(struct nd_parse *p)
{
    const uint32_t start = p->at;
    const struct nd_phrase *phrase;
    if (!(nd_parse_peek(p, 0)->flags & ND_TOK_CAPITAL) ||
        !nd_parse_phrase(p, ND_PHRASE_ORGANISATION, &phrase))
        return false;
    p->draft.body = (struct nd_run){start, p->at};
    g_strlcpy(p->draft.issuer, phrase->code, sizeof p->draft.issuer);
    return true;
}

bool nd_read_rules_of(struct nd_parse *p)
{
    const uint32_t start = p->at;
    if (!nd_parse_phrase(p, ND_PHRASE_RULES, NULL) || !nd_parse_phrase(p, ND_PHRASE_OF, NULL) ||
        !nd_read_body(p) || !p->draft.issuer[0])
        return false;
    const struct nd_run body = p->draft.body;
    /* further bodies that share the rules */
    for (;;) {
        const uint32_t at = p->at;
        if (!nd_parse_skip(p, ND_TOK_COMMA) && !nd_parse_phrase(p, ND_PHRASE_AND, NULL))
            break;
        if (!nd_lexicon_match(p->lexicon, p->tokens, p->at, ND_PHRASE_ISSUER, NULL) || !nd_read_body(p)) {
            p->at = at;
            break;
        }
    }
    p->draft.body = body;
    p->draft.name = (struct nd_run){start, p->at};
    nd_read_term(p);
    return true;
}

bool nd_read_quoted(struct nd_parse *p)
{
    const uint32_t start = p->at;
    if (nd_parse_peek(p, 0)->kind != ND_TOK_QUOTE)
        return false;
    for (uint32_t i = start + 1; i < start + MAX_QUOTED_TOKENS; i++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
        if (t->kind == ND_TOK_END)
            return false;
        if (t->kind == ND_TOK_QUOTE && i > start + 1) {
            p->draft.name = (struct nd_run){start + 1, i};
            p->at = i + 1;
            return true;
        }
    }
    return false;
}
