

#include "analyzers/citation/header.h"

#include "analyzers/citation/grammar.h"
#include "analyzers/citation/header_parts.h"
#include "analyzers/citation/parts.h"
#include "analyzers/data/data.h"

enum {
    HEADER_TOKENS = 600, /* a saved web page has its menu before the header */
    DATE_TOKENS = 24,    /* behind a number line that stands below the type line */
    INTRODUCTION_TOKENS = 100,
    LETTER_LINES = 5,
    LETTER_TOKENS = 60, /* between the number of an official letter and its "V/v" */
    OPENING_TOKENS = 260,
    PUBLISH_TOKENS = 14, /* "Ban Chấp hành Đảng bộ tỉnh ... ban hành" */
};

/* The number line below the first type line. That one is a caption when another type line follows ("VĂN BẢN
 * HỢP NHẤT" above the header of a gazette), and the title when the number stands right under it. */
static uint32_t read_late_number(struct nd_parse *p, uint32_t limit, uint32_t *type_line, uint32_t *n,
                                 const char **type)
{
    enum { LATE_TOKENS = 90, UNDER_TOKENS = 16 };
    const uint32_t number_end =
        nd_header_read_number(p, *type_line + *n, MIN(limit, *type_line + LATE_TOKENS));
    if (number_end) {
        const uint32_t last = MIN(limit, number_end + LATE_TOKENS);
        uint32_t title_n;
        const char *title_type;
        const uint32_t title = nd_header_find_type(p, number_end, last, &title_n, &title_type);
        if (title < last && nd_cite_token(p->tokens, title + title_n)->kind != ND_TOK_COLON) {
            *type_line = title;
            *n = title_n;
            *type = title_type;
            return number_end;
        }
        /* or bears the type of the line above the header, which then is a caption that tells the title */
        if (number_end - *type_line <= UNDER_TOKENS ||
            (g_strcmp0(p->draft.type, *type) == 0 && strcmp(*type, "VBHN") != 0))
            return number_end;
    }
    p->draft = (struct nd_draft){0};
    return 0;
}

/* How the bodies of a header are written. */
enum letters {
    LETTERS_CAPITAL, /* in capitals, maybe beside something else */
    LETTERS_SHOUTED, /* no type line tells where the header ends: whole cells in capitals */
    LETTERS_SMALL,   /* a font of capitals whose text is in small letters: any */
};

/* "BCT" in "12/2015/TT-BCT" */
static bool is_inside_code(const struct nd_parse *p, uint32_t i)
{
    return i > 0 && !nd_begins_cell(p, i) && !(nd_cite_token(p->tokens, i)->flags & ND_TOK_SPACE) &&
           (nd_cite_token(p->tokens, i - 1)->kind == ND_TOK_DASH ||
            nd_cite_token(p->tokens, i - 1)->kind == ND_TOK_SLASH);
}

/* The body whose name begins at token i: how many tokens, 0 for none. A name goes on over the end of a line,
 * but not into the name of another body: "... CÔNG AN TRUNG ƯƠNG" over "ĐẢNG ỦY CÔNG AN TỈNH". */
static uint32_t body_at(const struct nd_parse *p, uint32_t i, const struct nd_phrase **out)
{
    const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_ISSUER, out);
    for (uint32_t k = i + 1; k < i + n; k++)
        if (nd_begins_cell(p, k) &&
            nd_lexicon_match(p->lexicon, p->tokens, k, ND_PHRASE_ISSUER, NULL) > i + n - k)
            return nd_lexicon_match_before(p->lexicon, p->tokens, i, k, ND_PHRASE_ISSUER, out);
    return n;
}

/* The bodies named above the title: the lowest is the one that issues, the province may stand with either. */
static void read_bodies(const struct nd_parse *p, uint32_t limit, enum letters letters, struct nd_header *out)
{
    const struct nd_phrase *phrase;
    const char *committee = NULL; /* "ĐẢNG BỘ TỈNH ...", which only holds congresses */
    bool congress = false, shouted = false;
    uint32_t name_end = 0; /* of the body named last */
    for (uint32_t i = 0; i < limit; i++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
        if (nd_begins_cell(p, i))
            shouted = nd_is_upper_run(p, i, nd_cell_end(p, i));
        if ((letters != LETTERS_SMALL && !(t->flags & ND_TOK_UPPER)) ||
            (letters == LETTERS_SHOUTED && !shouted) || is_inside_code(p, i))
            continue;
        const uint32_t n = i < name_end ? 0 : body_at(p, i, &phrase);
        if (n && strcmp(phrase->code, "DANG") != 0) {
            name_end = i + n;
            if (strcmp(out->body_issuer, phrase->code) != 0)
                g_strlcpy(out->above_issuer, out->body_issuer, sizeof out->above_issuer);
            g_strlcpy(out->body_issuer, phrase->code, sizeof out->body_issuer);
            out->body_in_header = true;
        }
        if (nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_CONGRESS_BODY, &phrase))
            committee = phrase->code;
        congress |= nd_parse_is(p, i, ND_PHRASE_CONGRESS);
        if (nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_AREA, &phrase) && phrase->code[0])
            out->area = phrase->code;
        if (!out->issuer_place && nd_parse_place(p, i, &phrase))
            out->issuer_place = phrase->code;
        if (nd_names_commune(p, i) && nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_PLACE, &phrase))
            out->commune = phrase->code;
    }
    if (congress && committee && !out->body_in_header) {
        g_strlcpy(out->body_issuer, committee, sizeof out->body_issuer);
        out->body_in_header = true;
    }
}

/* "(Ban hành kèm theo Quyết định số 12-QĐ/TU ...)" below the title: who issued that issued this, on that day.
 */
static void read_attached(struct nd_parse *p, uint32_t from, struct nd_header *out)
{
    enum { ATTACHED_TOKENS = 24 };
    for (uint32_t i = from; i < from + ATTACHED_TOKENS; i++) {
        const struct nd_phrase *type;
        const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_ATTACHED, NULL);
        if (!n)
            continue;
        p->at = i + n;
        if (!nd_parse_phrase(p, ND_PHRASE_TYPE, &type))
            return;
        p->draft = (struct nd_draft){.type = type->code, .span = {i + n, p->at}, .type_word = {i + n, p->at}};
        if (!nd_grammar_match(p) || !p->draft.issuer[0])
            return;
        nd_read_tail(p);
        g_strlcpy(out->body_issuer, p->draft.issuer, sizeof out->body_issuer);
        if (!out->issuer_place)
            out->issuer_place = p->draft.place;
        if (!out->date.year)
            out->date = p->draft.date;
        return;
    }
}

/* "Ban Chấp hành Đảng bộ tỉnh ban hành Chương trình": who issues, where no header says it. */
static void read_opening(const struct nd_parse *p, uint32_t from, struct nd_header *out)
{
    const uint32_t limit = MIN(p->tokens->n, from + OPENING_TOKENS);
    for (uint32_t i = from; i < limit; i++) {
        const struct nd_phrase *phrase;
        uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_ISSUER, &phrase);
        if (!n || strcmp(phrase->code, "DANG") == 0)
            continue;
        for (uint32_t k = i + n; k < i + n + PUBLISH_TOKENS; k++) {
            const struct nd_cite_token *t = nd_cite_token(p->tokens, k);
            if (t->kind != ND_TOK_WORD || t->flags & ND_TOK_PARAGRAPH)
                break;
            const struct nd_phrase *inner;
            if (nd_parse_is(p, k, ND_PHRASE_PUBLISH)) {
                g_strlcpy(out->body_issuer, phrase->code, sizeof out->body_issuer);
                return;
            }
            if (nd_lexicon_match(p->lexicon, p->tokens, k, ND_PHRASE_CONGRESS_BODY, &inner) &&
                strcmp(inner->code, "ĐUK") == 0)
                phrase = inner;
        }
        i += n - 1;
    }
}

/* The province that the words "tỉnh", "Tỉnh ủy", "thành phố" are followed by most often. */
static const char *most_named_place(const struct nd_parse *p)
{
    g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
    const char *best = NULL;
    int best_n = 0;
    for (uint32_t i = 0; i < p->tokens->n; i++) {
        const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_LOCAL, NULL);
        const struct nd_phrase *phrase;
        if (!n || !nd_lexicon_match(p->lexicon, p->tokens, i + n, ND_PHRASE_PLACE, &phrase))
            continue;
        const int count = GPOINTER_TO_INT(g_hash_table_lookup(counts, phrase->code)) + 1;
        g_hash_table_insert(counts, (gpointer)(uintptr_t)phrase->code, GINT_TO_POINTER(count));
        if (count > best_n) {
            best_n = count;
            best = phrase->code;
        }
    }
    return best;
}

/* Whether "Luật này được Quốc hội ..." leads up to token i: with annexes behind, the end of the text is far.
 */
static bool says_this(const struct nd_parse *p, uint32_t i)
{
    enum { SENTENCE_TOKENS = 30 };
    for (uint32_t k = i; k-- > 0 && i - k < SENTENCE_TOKENS;)
        if (nd_parse_is(p, k, ND_PHRASE_THIS))
            return true;
    return false;
}

/* "... thông qua ngày 27 tháng 11 năm 2024" below the text of a law or resolution. */
static void read_adoption(struct nd_parse *p, struct nd_header *out)
{
    enum { END_TOKENS = 400 };
    const uint32_t n = p->tokens->n;
    for (uint32_t i = n; i-- > 0;) {
        p->at = i;
        if (nd_parse_phrase(p, ND_PHRASE_ADOPTED, NULL) && nd_read_date(p) &&
            (n - i <= END_TOKENS || says_this(p, i))) {
            out->date = p->draft.date;
            out->date_adopted = true;
            return;
        }
    }
}

/* Whether the subject of a letter goes on with the line at i: right below, and neither the address nor the
 * place and date of the other column. */
static bool goes_on(const struct nd_parse *p, uint32_t i)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
    if (!(t->flags & ND_TOK_LINE) || t->flags & (ND_TOK_PARAGRAPH | ND_TOK_UPPER) || t->kind == ND_TOK_DASH ||
        nd_parse_is(p, i, ND_PHRASE_OPENING))
        return false;
    for (uint32_t k = i, end = nd_cell_end(p, i); k < end; k++)
        if (nd_parse_is(p, k, ND_PHRASE_DAY) && k + 1 < end &&
            nd_cite_token(p->tokens, k + 1)->kind == ND_TOK_NUMBER && nd_parse_is(p, k + 2, ND_PHRASE_MONTH))
            return false;
    return true;
}

/* Official letters have no type line but "V/v ..." below the number. */
static uint32_t read_letter_subject(struct nd_parse *p, uint32_t limit, struct nd_header *out)
{
    for (uint32_t i = 0; i < limit; i++) {
        const bool short_form =
            nd_parse_is(p, i, ND_PHRASE_RE) && nd_cite_token(p->tokens, i + 1)->kind == ND_TOK_SLASH;
        const uint32_t said = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_RE_WORDS, NULL);
        if (!nd_begins_cell(p, i) || (!short_form && (!said || g_strcmp0(out->type, "CV") != 0)))
            continue;
        const uint32_t start = short_form ? i + 3 : i + said;
        if (!out->type)
            out->type = "CV";
        else if (out->title_start)
            out->title_start = nd_cite_token(p->tokens, start)->start;
        uint32_t end = nd_cell_end(p, start);
        out->title = nd_run_line(p, (struct nd_run){start, end});
        for (int line = 1; line < LETTER_LINES && goes_on(p, end); line++) {
            const uint32_t next = nd_cell_end(p, end);
            g_autofree char *before = out->title, *more = nd_run_line(p, (struct nd_run){end, next});
            out->title = g_strconcat(before, " ", more, NULL);
            end = next;
        }
        return end;
    }
    return 0;
}

void nd_header_take_identity(const struct nd_draft *draft, struct nd_header *out)
{
    memcpy(out->number, draft->number, sizeof out->number);
    memcpy(out->issuer, draft->issuer, sizeof out->issuer);
    memcpy(out->term, draft->term, sizeof out->term);
    memcpy(out->code, draft->code, sizeof out->code);
    out->year = draft->year;
}

/* A consolidated text may bear its number and date below: "XÁC THỰC VĂN BẢN HỢP NHẤT, Số: 468/VBHN-...". */
static void read_certified_number(struct nd_parse *p, struct nd_header *out)
{
    enum { CERTIFIED_TOKENS = 120 };
    const uint32_t n = p->tokens->n;
    const uint32_t end = nd_header_read_number(p, n - MIN(n, CERTIFIED_TOKENS), n);
    if (!end || g_strcmp0(p->draft.type, "VBHN") != 0) {
        p->draft = (struct nd_draft){0};
        return;
    }
    const struct nd_draft draft = p->draft;
    for (uint32_t i = end; i < n && !out->date.year; i++) {
        p->at = i;
        if (nd_parse_is(p, i, ND_PHRASE_DAY) && nd_read_date(p))
            out->date = p->draft.date;
    }
    p->draft = draft;
}

/* The type line below the caption of a gazette: its text is what was consolidated. */
static void skip_caption(const struct nd_parse *p, uint32_t limit, uint32_t *type_line, uint32_t *n)
{
    const char *type;
    uint32_t next_n = 0;
    const uint32_t next = nd_header_find_type(p, *type_line + *n, limit, &next_n, &type);
    if (next < limit) {
        *type_line = next;
        *n = next_n;
    }
}

static void take_type_word(const struct nd_parse *p, struct nd_run line, struct nd_header *out)
{
    g_autofree char *spelled = nd_run_line(p, line);
    const struct nd_type *const type = nd_type_by_word(out->type, spelled);
    out->type_word = type ? type->word : NULL;
}

void nd_header_read(const struct nd_cite_tokens *tokens, struct nd_header *out)
{
    struct nd_parse p = {.lexicon = nd_lexicon_get(), .tokens = tokens};
    *out = (struct nd_header){0};
    const uint32_t limit = MIN(tokens->n, HEADER_TOKENS);
    uint32_t n = 0;
    uint32_t type_line = nd_header_find_type(&p, 0, limit, &n, &out->type);
    uint32_t number_end = nd_header_read_number(&p, 0, type_line);
    if (!number_end && type_line < limit)
        number_end = read_late_number(&p, limit, &type_line, &n, &out->type);
    if (type_line == limit && number_end && p.draft.type)
        type_line = nd_header_find_spelt_type(&p, 0, limit, p.draft.type, &n);
    const enum letters letters = type_line == limit                                         ? LETTERS_SHOUTED
                                 : nd_cite_token(tokens, type_line)->flags & ND_TOK_CAPITAL ? LETTERS_CAPITAL
                                                                                            : LETTERS_SMALL;
    /* "Luật Đặc xá số 30/2018/QH14" */
    g_autofree char *number_name =
        p.draft.name.end ? nd_run_line(&p, (struct nd_run){p.draft.type_word.end, p.draft.name.end}) : NULL;
    const bool consolidated = out->type && strcmp(out->type, "VBHN") == 0;
    if (!number_end && consolidated)
        read_certified_number(&p, out);
    const uint32_t header_end = MIN(MAX(type_line, number_end), limit);
    read_bodies(&p, header_end, letters, out);
    if (out->body_in_header)
        nd_mend_issuer(&p.draft, out->body_issuer);
    nd_header_take_identity(&p.draft, out);
    if (!out->type || (p.draft.type && strcmp(p.draft.type, "VBHN") == 0))
        out->type = p.draft.type;
    if (consolidated && !number_end)
        skip_caption(&p, limit, &type_line, &n);
    read_bodies(&p, MIN(MAX(type_line, number_end), limit), letters, out);
    if (type_line < limit)
        take_type_word(&p, (struct nd_run){type_line, type_line + n}, out);
    const uint32_t late = type_line < number_end ? number_end + DATE_TOKENS : 0;
    const uint32_t date_end = nd_header_read_date(&p, number_end, MIN(limit, MAX(type_line, late)), out);
    nd_header_read_stamp(&p, type_line, out);
    uint32_t body = MAX(number_end, date_end);
    if (type_line < limit) {
        out->title_start = nd_cite_token(tokens, type_line + n)->start;
        body = nd_header_read_title(&p, type_line + n, out);
        if (type_line < number_end)
            body = MAX(body, MAX(number_end, date_end));
        const struct nd_run above = {MAX(number_end, date_end), type_line};
        if (!out->title && number_end && number_end < type_line &&
            !read_letter_subject(&p, MIN(type_line, number_end + LETTER_TOKENS), out) &&
            nd_header_title_stands_above(&p, above, n)) {
            out->title_start = nd_cite_token(tokens, above.start)->start;
            body = nd_header_read_title(&p, above.start, out);
        }
    } else if (number_end) {
        const uint32_t subject_end = read_letter_subject(&p, MIN(limit, number_end + LETTER_TOKENS), out);
        body = MAX(body, subject_end);
    }
    if (!out->number[0] && !out->type) {
        const uint32_t heading_end = nd_header_read_heading(&p, out);
        body = MAX(body, heading_end);
    }
    if (!out->number[0] && out->type && type_line < limit)
        nd_header_read_caption(&p, type_line, out);
    if (!out->number[0] && !out->type)
        nd_header_read_source_note(&p, out);
    if (!out->number[0])
        nd_header_read_introduction(
            &p, type_line < limit ? type_line : MIN(tokens->n, body + INTRODUCTION_TOKENS), out);
    if (!out->title && number_name)
        out->title = g_steal_pointer(&number_name);
    if (!out->issuer[0] && !out->body_issuer[0])
        read_attached(&p, body, out);
    /* what an article without a type says of a body is no word of its own issuer */
    if (out->type && !out->issuer[0] && !out->body_issuer[0])
        read_opening(&p, body, out);
    if (!out->date.year)
        read_adoption(&p, out);
    if (!out->issuer_place && !out->line_place)
        out->text_place = most_named_place(&p);
    out->body_start = nd_cite_token(tokens, body)->start;
    nd_signature_read(&p, body, out);
}

void nd_header_clear(struct nd_header *header)
{
    g_free(header->place_line);
    g_free(header->title);
    g_free(header->signer);
}
