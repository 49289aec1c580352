#include "analyzers/citation/header.h"

#include "analyzers/citation/grammar.h"
#include "analyzers/citation/parts.h"
#include "analyzers/data/data.h"
#include "base/caps.h"
#include "base/utf8.h"

#include <stdlib.h>

enum {
    HEADER_TOKENS = 600, /* a saved web page has its menu before the header */
    MAX_TITLE_TOKENS = 220,
    MAX_PLACE_TOKENS = 6,
    LETTER_LINES = 5,
    LETTER_TOKENS = 60, /* between the number of an official letter and its "V/v" */
    OPENING_TOKENS = 260,
    PUBLISH_TOKENS = 14, /* "Ban Chấp hành Đảng bộ tỉnh ... ban hành" */
};

static bool is_phrase(const struct nd_parse *p, uint32_t i, enum nd_phrase_class class)
{
    return nd_lexicon_match(p->lexicon, p->tokens, i, class, NULL) > 0;
}

bool nd_begins_cell(const struct nd_parse *p, uint32_t i)
{
    enum { WIDE_GAP = 3 };
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
    if (t->flags & ND_TOK_LINE || i == 0)
        return true;
    const uint32_t gap_start = nd_cite_token(p->tokens, i - 1)->end;
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

static uint32_t line_end(const struct nd_parse *p, uint32_t i)
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

/* A cell that is a whole citation with a code, and nothing else: "Luật số: 83/2025/QH15". */
static bool read_typed_number(struct nd_parse *p)
{
    const uint32_t start = p->at;
    const struct nd_phrase *type;
    if (nd_parse_phrase(p, ND_PHRASE_TYPE, &type)) {
        p->draft.type = type->code;
        p->draft.type_word = (struct nd_run){start, p->at};
        p->draft.capital = (nd_cite_token(p->tokens, start)->flags & ND_TOK_CAPITAL) != 0;
        if (nd_grammar_match(p) && p->draft.code[0] && nd_begins_cell(p, p->at) &&
            nd_cell_end(p, start) == p->at)
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
    nd_parse_skip(p, ND_TOK_COLON);
    if (said)
        return nd_read_code(p) || nd_read_blank_code(p);
    return nd_read_bare_code(p) && nd_begins_cell(p, p->at) && nd_cell_end(p, start) == p->at;
}

/* The line of the document's own number. Returns the token behind it, 0 for none. */
static uint32_t read_number_line(struct nd_parse *p, uint32_t from, uint32_t limit)
{
    for (uint32_t i = from; i < limit; i++) {
        if (!nd_begins_cell(p, i) || follows_type_word(p, i))
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
        if ((kind != ND_TOK_WORD && kind != ND_TOK_DOT && kind != ND_TOK_DASH) ||
            is_phrase(p, i, ND_PHRASE_TYPE))
            return false;
    }
    return true;
}

/* "Đông Hà, ngày 30 tháng 7 năm 2008" in a cell of its own. Returns the token behind it, 0 for none. */
static uint32_t read_date_line(struct nd_parse *p, uint32_t limit, struct nd_header *out)
{
    for (uint32_t i = 1; i < limit; i++) {
        if (!is_phrase(p, i, ND_PHRASE_DAY))
            continue;
        uint32_t start = i;
        const bool comma = nd_cite_token(p->tokens, i - 1)->kind == ND_TOK_COMMA;
        if (comma) {
            start--;
            while (i - start < MAX_PLACE_TOKENS && !nd_begins_cell(p, start))
                start--;
        }
        if (!nd_begins_cell(p, start) || (comma && !is_place_run(p, start, i - 1)))
            continue;
        p->at = i;
        if (!nd_read_date(p) && !read_blank_date(p))
            continue;
        out->date = p->draft.date;
        if (comma)
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

static void read_stamp(const struct nd_parse *p, uint32_t limit, struct nd_header *out)
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

static bool is_upper_run(const struct nd_parse *p, uint32_t start, uint32_t end)
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

/* The line "CHƯƠNG TRÌNH HÀNH ĐỘNG" or "QUYẾT ĐỊNH"; its type word's length in *n_out. Returns its token,
 * limit for none. */
static uint32_t find_type_line(const struct nd_parse *p, uint32_t from, uint32_t limit, uint32_t *n_out,
                               const char **type_out)
{
    const struct nd_phrase *phrase;
    for (uint32_t i = from; i < limit; i++) {
        if (!nd_begins_cell(p, i) || !(nd_cite_token(p->tokens, i)->flags & ND_TOK_UPPER))
            continue;
        const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TYPE, &phrase);
        if (!n || !is_upper_run(p, i, nd_cell_end(p, i + n - 1)))
            continue;
        *n_out = n;
        *type_out = phrase->code;
        return i;
    }
    return limit;
}

/* The number line below the first type line. That one is a caption when another type line follows ("VĂN BẢN
 * HỢP NHẤT" above the header of a gazette), and the title when the number stands right under it. */
static uint32_t read_late_number(struct nd_parse *p, uint32_t limit, uint32_t *type_line, uint32_t *n,
                                 const char **type)
{
    enum { LATE_TOKENS = 90, UNDER_TOKENS = 16 };
    const uint32_t number_end = read_number_line(p, *type_line + *n, MIN(limit, *type_line + LATE_TOKENS));
    if (number_end) {
        const uint32_t last = MIN(limit, number_end + LATE_TOKENS);
        uint32_t title_n;
        const char *title_type;
        const uint32_t title = find_type_line(p, number_end, last, &title_n, &title_type);
        if (title < last && nd_cite_token(p->tokens, title + title_n)->kind != ND_TOK_COLON) {
            *type_line = title;
            *n = title_n;
            *type = title_type;
            return number_end;
        }
        if (number_end - *type_line <= UNDER_TOKENS)
            return number_end;
    }
    p->draft = (struct nd_draft){0};
    return 0;
}

static bool is_rule_line(const struct nd_parse *p, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        if (nd_cite_token(p->tokens, i)->kind != ND_TOK_OTHER &&
            nd_cite_token(p->tokens, i)->kind != ND_TOK_DASH)
            return false;
    return true;
}

/* Whether the title that runs from title to start ends before the line at start. */
static bool title_ends(const struct nd_parse *p, uint32_t title, uint32_t start, uint32_t end)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, start);
    if (is_rule_line(p, start, end) || nd_begins_part(p, start) || start - title > MAX_TITLE_TOKENS)
        return true;
    if (t->kind == ND_TOK_OPEN && is_phrase(p, start + 1, ND_PHRASE_ATTACHED))
        return true; /* "(Ban hành kèm theo Quyết định số ...)" */
    if (t->kind == ND_TOK_DASH || (t->flags & ND_TOK_CAPITAL && is_phrase(p, start, ND_PHRASE_OPENING)))
        return true;
    const bool upper = is_upper_run(p, start, end), title_upper = is_upper_run(p, title, start);
    const bool body = is_phrase(p, start, ND_PHRASE_ISSUER) || is_phrase(p, start, ND_PHRASE_BODY_START);
    /* the body that issues, between title and grounds */
    if (upper && body &&
        (!title_upper || t->flags & ND_TOK_PARAGRAPH || is_phrase(p, end, ND_PHRASE_OPENING)))
        return true;
    if (!(t->flags & ND_TOK_PARAGRAPH))
        return false;
    return t->flags & ND_TOK_CAPITAL && !(upper && title_upper);
}

/* "CỦA HỘI ĐỒNG BỘ TRƯỞNG SỐ 27-HĐBT NGÀY 3-3-1984" between the type line and the title: the token behind. */
static uint32_t skip_title_head(const struct nd_parse *p, uint32_t i)
{
    struct nd_parse look = {.lexicon = p->lexicon, .tokens = p->tokens, .at = i};
    const bool of = nd_parse_phrase(&look, ND_PHRASE_OF, NULL);
    uint32_t end = i;
    if (of && nd_lexicon_match(p->lexicon, p->tokens, look.at, ND_PHRASE_ISSUER, NULL)) {
        do {
            nd_read_body(&look);
            end = look.at;
        } while ((nd_parse_skip(&look, ND_TOK_COMMA) || nd_parse_phrase(&look, ND_PHRASE_AND, NULL)) &&
                 nd_lexicon_match(p->lexicon, p->tokens, look.at, ND_PHRASE_ISSUER, NULL));
        look.at = end;
    } else if (of) {
        return i;
    }
    if (nd_parse_phrase(&look, ND_PHRASE_NUMBERED, NULL)) {
        nd_parse_skip(&look, ND_TOK_COLON);
        if (nd_read_code(&look) || nd_read_number(&look))
            end = look.at;
        else
            return end;
        nd_parse_skip(&look, ND_TOK_COMMA);
        if (nd_read_date(&look))
            end = look.at;
    }
    return end;
}

/* The title from token i on; returns the token where the body begins. */
static uint32_t read_title(const struct nd_parse *p, uint32_t i, struct nd_header *out)
{
    const uint32_t head_end = skip_title_head(p, i);
    uint32_t title = head_end, end = head_end;
    i = head_end;
    while (i < p->tokens->n) {
        const uint32_t next = line_end(p, i);
        const bool empty = end == title;
        if (!empty && title_ends(p, title, i, next))
            break;
        if (empty &&
            (is_rule_line(p, i, next) || (is_upper_run(p, i, next) && is_phrase(p, i, ND_PHRASE_OF)))) {
            title = end = i = next; /* "CỦA BAN THƯỜNG VỤ TỈNH ỦY" */
            continue;
        }
        const bool body = is_phrase(p, i, ND_PHRASE_ISSUER) || is_phrase(p, i, ND_PHRASE_BODY_START);
        if (empty && (nd_begins_part(p, i) ||
                      (body && is_upper_run(p, i, next) && is_phrase(p, next, ND_PHRASE_OPENING))))
            break; /* no title: the body that issues, and its grounds */
        i = end = next;
    }
    while (end > title && is_rule_line(p, end - 1, end))
        end--;
    out->title = nd_run_line(p, (struct nd_run){title, end});
    if (out->title && g_str_has_suffix(out->title, "."))
        out->title[strlen(out->title) - 1] = '\0';
    return i;
}

/* The bodies named above the title: the lowest is the one that issues, the province may stand with either. */
static void read_bodies(const struct nd_parse *p, uint32_t limit, struct nd_header *out)
{
    const struct nd_phrase *phrase;
    const char *committee = NULL; /* "ĐẢNG BỘ TỈNH ...", which only holds congresses */
    bool congress = false;
    uint32_t name_end = 0; /* of the body named last */
    for (uint32_t i = 0; i < limit; i++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
        if (!(t->flags & ND_TOK_UPPER))
            continue;
        const uint32_t n =
            i < name_end ? 0 : nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_ISSUER, &phrase);
        if (n && strcmp(phrase->code, "DANG") != 0) {
            name_end = i + n;
            g_strlcpy(out->body_issuer, phrase->code, sizeof out->body_issuer);
            out->body_in_header = true;
        }
        if (nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_CONGRESS_BODY, &phrase))
            committee = phrase->code;
        congress |= is_phrase(p, i, ND_PHRASE_CONGRESS);
        if (nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_AREA, &phrase) && phrase->code[0])
            out->area = phrase->code;
        if (!out->issuer_place && nd_parse_place(p, i, &phrase))
            out->issuer_place = phrase->code;
    }
    if (congress && committee && !out->body_in_header) {
        g_strlcpy(out->body_issuer, committee, sizeof out->body_issuer);
        out->body_in_header = true;
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
            if (is_phrase(p, k, ND_PHRASE_PUBLISH)) {
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
        if (is_phrase(p, k, ND_PHRASE_THIS))
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
        is_phrase(p, i, ND_PHRASE_OPENING))
        return false;
    for (uint32_t k = i, end = nd_cell_end(p, i); k < end; k++)
        if (is_phrase(p, k, ND_PHRASE_DAY) && k + 1 < end &&
            nd_cite_token(p->tokens, k + 1)->kind == ND_TOK_NUMBER && is_phrase(p, k + 2, ND_PHRASE_MONTH))
            return false;
    return true;
}

/* Official letters have no type line but "V/v ..." below the number. */
static uint32_t read_letter_subject(struct nd_parse *p, uint32_t limit, struct nd_header *out)
{
    for (uint32_t i = 0; i < limit; i++) {
        if (!nd_begins_cell(p, i) || !is_phrase(p, i, ND_PHRASE_RE) ||
            nd_cite_token(p->tokens, i + 1)->kind != ND_TOK_SLASH)
            continue;
        const uint32_t start = i + 3;
        out->type = "CV";
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

/* The parts of a number line or a source note that make a document's identity. */
static void take_identity(const struct nd_draft *draft, struct nd_header *out)
{
    memcpy(out->number, draft->number, sizeof out->number);
    memcpy(out->issuer, draft->issuer, sizeof out->issuer);
    memcpy(out->term, draft->term, sizeof out->term);
    memcpy(out->code, draft->code, sizeof out->code);
    out->year = draft->year;
}

bool nd_source_note_begins(const struct nd_parse *p, uint32_t i)
{
    while (i > 1 && nd_cite_token(p->tokens, i - 1)->kind == ND_TOK_OPEN &&
           nd_cite_token(p->tokens, i - 2)->kind == ND_TOK_OPEN)
        i--; /* "((" */
    return i > 0 && nd_cite_token(p->tokens, i - 1)->kind == ND_TOK_OPEN &&
           nd_cite_token(p->tokens, i - 1)->flags & ND_TOK_LINE &&
           nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_PINPOINT, NULL);
}

/* The source note, which stands behind the text: the document that the text is a part of. */
static void read_source_note(struct nd_parse *p, struct nd_header *out)
{
    enum { NOTE_TOKENS = 600, NOTE_PINPOINT_TOKENS = 24, NOTE_FORCE_TOKENS = 150 };
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
        while (force < p->at + NOTE_FORCE_TOKENS && !is_phrase(p, force, ND_PHRASE_IN_FORCE))
            force++;
        if (force == p->at + NOTE_FORCE_TOKENS)
            continue;
        nd_read_tail(p);
        take_identity(&p->draft, out);
        out->type = p->draft.type;
        out->date = p->draft.date;
        out->from_note = true;
        return;
    }
}

/* A consolidated text may bear its number and date below: "XÁC THỰC VĂN BẢN HỢP NHẤT, Số: 468/VBHN-...". */
static void read_certified_number(struct nd_parse *p, struct nd_header *out)
{
    enum { CERTIFIED_TOKENS = 120 };
    const uint32_t n = p->tokens->n;
    const uint32_t end = read_number_line(p, n - MIN(n, CERTIFIED_TOKENS), n);
    if (!end || g_strcmp0(p->draft.type, "VBHN") != 0) {
        p->draft = (struct nd_draft){0};
        return;
    }
    const struct nd_draft draft = p->draft;
    for (uint32_t i = end; i < n && !out->date.year; i++) {
        p->at = i;
        if (is_phrase(p, i, ND_PHRASE_DAY) && nd_read_date(p))
            out->date = p->draft.date;
    }
    p->draft = draft;
}

/* The type line below the caption of a gazette: its text is what was consolidated. */
static void skip_caption(const struct nd_parse *p, uint32_t limit, uint32_t *type_line, uint32_t *n)
{
    const char *type;
    uint32_t next_n = 0;
    const uint32_t next = find_type_line(p, *type_line + *n, limit, &next_n, &type);
    if (next < limit) {
        *type_line = next;
        *n = next_n;
    }
}

void nd_header_read(const struct nd_cite_tokens *tokens, struct nd_header *out)
{
    struct nd_parse p = {.lexicon = nd_lexicon_get(), .tokens = tokens};
    *out = (struct nd_header){0};
    const uint32_t limit = MIN(tokens->n, HEADER_TOKENS);
    uint32_t n = 0;
    uint32_t type_line = find_type_line(&p, 0, limit, &n, &out->type);
    uint32_t number_end = read_number_line(&p, 0, type_line);
    if (!number_end && type_line < limit)
        number_end = read_late_number(&p, limit, &type_line, &n, &out->type);
    /* "Luật Đặc xá số 30/2018/QH14" */
    g_autofree char *number_name =
        p.draft.name.end ? nd_run_line(&p, (struct nd_run){p.draft.type_word.end, p.draft.name.end}) : NULL;
    const bool consolidated = out->type && strcmp(out->type, "VBHN") == 0;
    if (!number_end && consolidated)
        read_certified_number(&p, out);
    take_identity(&p.draft, out);
    if (!out->type || (p.draft.type && strcmp(p.draft.type, "VBHN") == 0))
        out->type = p.draft.type;
    if (consolidated && !number_end)
        skip_caption(&p, limit, &type_line, &n);
    const uint32_t date_end = read_date_line(&p, type_line, out);
    read_stamp(&p, type_line, out);
    uint32_t body = MAX(number_end, date_end);
    if (type_line < limit) {
        out->title_start = nd_cite_token(tokens, type_line + n)->start;
        body = read_title(&p, type_line + n, out);
    } else if (number_end) {
        const uint32_t subject_end = read_letter_subject(&p, MIN(limit, number_end + LETTER_TOKENS), out);
        body = MAX(body, subject_end);
    }
    if (!out->number[0] && !out->type)
        read_source_note(&p, out);
    if (!out->title && number_name)
        out->title = g_steal_pointer(&number_name);
    read_bodies(&p, MIN(type_line, limit), out);
    if (!out->issuer[0] && !out->body_issuer[0])
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
