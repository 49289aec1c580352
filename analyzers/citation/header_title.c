/* The type line and the title below it. */
#include "analyzers/citation/header_parts.h"

#include "analyzers/citation/grammar.h"
#include "analyzers/citation/parts.h"
#include "analyzers/data/data.h"

enum { MAX_TITLE_TOKENS = 220 };

/* A better title than one that was found before. */
static void take_title(const struct nd_parse *p, struct nd_run title, struct nd_header *out)
{
    g_free(out->title);
    out->title = nd_run_line(p, title);
}

uint32_t nd_header_find_type(const struct nd_parse *p, uint32_t from, uint32_t limit, uint32_t *n_out,
                             const char **type_out)
{
    const struct nd_phrase *phrase;
    for (uint32_t i = from; i < limit; i++) {
        if (!nd_begins_cell(p, i) || !(nd_cite_token(p->tokens, i)->flags & ND_TOK_UPPER))
            continue;
        uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TYPE, &phrase);
        /* "QUY CHẾ" over "PHỐI HỢP CÔNG TÁC ..." is no other kind of document, but the title's first words */
        const struct nd_phrase *in_cell;
        const uint32_t end = n ? nd_cell_end(p, i) : 0;
        const uint32_t n_in_cell = n && end < i + n ? nd_lexicon_match_before(p->lexicon, p->tokens, i, end,
                                                                              ND_PHRASE_TYPE, &in_cell)
                                                    : 0;
        if (n_in_cell && strcmp(in_cell->code, phrase->code) != 0 && !g_str_has_suffix(phrase->code, "LT")) {
            n = n_in_cell;
            phrase = in_cell;
        }
        /* "HƯỚNG DẪN: Công tác kho", the title on the line of the type */
        const bool before_title = n && nd_is_upper_run(p, i, i + n) &&
                                  nd_cite_token(p->tokens, i + n)->kind == ND_TOK_COLON &&
                                  !nd_begins_cell(p, i + n + 1);
        if (!n || (!before_title && !nd_is_upper_run(p, i, nd_cell_end(p, i + n - 1))))
            continue;
        *n_out = n;
        *type_out = phrase->code;
        return i;
    }
    return limit;
}

uint32_t nd_header_find_spelt_type(const struct nd_parse *p, uint32_t from, uint32_t limit, const char *type,
                                   uint32_t *n_out)
{
    for (uint32_t i = from; i < limit; i++) {
        if (!nd_begins_cell(p, i))
            continue;
        const uint32_t end = nd_cell_end(p, i);
        if (!nd_spells_type(p, i, end, type))
            continue;
        *n_out = end - i;
        return i;
    }
    return limit;
}

/* Whether a paragraph of the text begins at token i, right below the title: a long sentence that ends; below
 * a title in capitals it need not be so long. */
static bool is_long_sentence(const struct nd_parse *p, uint32_t i, bool below_capitals)
{
    enum { LONG_SENTENCE = 40, SENTENCE = 15 };
    for (uint32_t k = i + 1; k < p->tokens->n; k++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, k);
        const uint8_t last = nd_cite_token(p->tokens, k - 1)->kind;
        const bool ends = t->flags & ND_TOK_LINE && (last == ND_TOK_COLON || last == ND_TOK_DOT);
        if (ends || k - i > MAX_TITLE_TOKENS)
            return k - i > (below_capitals ? SENTENCE : LONG_SENTENCE);
        if (t->flags & ND_TOK_PARAGRAPH || nd_begins_part(p, k) ||
            (t->flags & ND_TOK_LINE && t->flags & ND_TOK_CAPITAL && nd_parse_is(p, k, ND_PHRASE_OPENING)))
            break;
    }
    return false;
}

/* Whether the line can be one of a title: no part, no grounds, no sentence that ends. */
static bool is_title_line(const struct nd_parse *p, uint32_t start, uint32_t end)
{
    enum { TITLE_LINE_TOKENS = 48 };
    const uint8_t last = nd_cite_token(p->tokens, end - 1)->kind;
    return end - start <= TITLE_LINE_TOKENS && !nd_begins_part(p, start) && last != ND_TOK_COLON &&
           last != ND_TOK_SEMICOLON && nd_cite_token(p->tokens, start)->kind != ND_TOK_DASH &&
           !nd_parse_is(p, start, ND_PHRASE_OPENING);
}

/* Whether the paragraph at start still belongs to the title, for all its capital: lines like it lead to the
 * rule below the title, or small letters go on behind it. */
static bool goes_on_below(const struct nd_parse *p, uint32_t start)
{
    enum { LINES = 6 };
    uint32_t line = start;
    for (int k = 0; k < LINES && line < p->tokens->n; k++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, line);
        const uint32_t end = nd_line_end(p, line);
        if (k > 0 && nd_is_rule_line(p, line, end))
            return true;
        if (k > 0 && t->flags & ND_TOK_PARAGRAPH && t->kind == ND_TOK_WORD && !(t->flags & ND_TOK_CAPITAL))
            return nd_cite_token(p->tokens, line - 1)->kind != ND_TOK_DOT;
        if (!is_title_line(p, line, end))
            return false;
        line = end;
    }
    return false;
}

/* Whether the title that runs from title to start ends before the line at start. */
static bool title_ends(const struct nd_parse *p, uint32_t title, uint32_t start, uint32_t end)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, start);
    if (nd_is_rule_line(p, start, end) || nd_begins_part(p, start) || start - title > MAX_TITLE_TOKENS)
        return true;
    if (t->kind == ND_TOK_OPEN && nd_parse_is(p, start + 1, ND_PHRASE_ATTACHED))
        return true; /* "(Ban hành kèm theo Quyết định số ...)" */
    if (t->kind == ND_TOK_DASH || (t->flags & ND_TOK_CAPITAL && nd_parse_is(p, start, ND_PHRASE_OPENING)))
        return true;
    const bool upper = nd_is_upper_run(p, start, end), title_upper = nd_is_upper_run(p, title, start);
    const bool body = nd_parse_is(p, start, ND_PHRASE_ISSUER) || nd_parse_is(p, start, ND_PHRASE_BODY_START);
    /* the body that issues, between title and grounds */
    if (upper && body &&
        (!title_upper || t->flags & ND_TOK_PARAGRAPH || nd_parse_is(p, end, ND_PHRASE_OPENING) ||
         nd_parse_is(p, end, ND_PHRASE_TERM))) /* "HỘI ĐỒNG NHÂN DÂN TỈNH" over "KHÓA IX, KỲ HỌP THỨ 5" */
        return true;
    if (!(t->flags & ND_TOK_PARAGRAPH))
        return t->flags & ND_TOK_CAPITAL && !upper && is_long_sentence(p, start, title_upper);
    return t->flags & ND_TOK_CAPITAL && !(upper && title_upper) && !goes_on_below(p, start);
}

/* Number, day and place told with the title, where the header has none. */
static void take_own(const struct nd_draft *draft, struct nd_header *out)
{
    if (!out->number[0])
        nd_header_take_identity(draft, out);
    if (!out->date.year)
        out->date = draft->date;
    if (!out->issuer_place)
        out->issuer_place = draft->place;
}

/* "(Kế hoạch số 89-KH/HU ngày 12/02/2019 của ...)" or "(Số 89-KH/HU)" behind the title: the document's own
 * number, where no number line bears it. The token of the bracket, `end` without one. */
static uint32_t read_bracket(const struct nd_parse *p, uint32_t title, uint32_t end, struct nd_header *out)
{
    for (uint32_t i = title + 1; i < end; i++) {
        const struct nd_phrase *type;
        struct nd_parse look = {.lexicon = p->lexicon, .tokens = p->tokens, .at = i};
        if (!nd_parse_skip(&look, ND_TOK_OPEN) || !out->type)
            continue;
        const bool numbered = nd_parse_is(p, look.at, ND_PHRASE_NUMBERED);
        if (!numbered &&
            (!nd_parse_phrase(&look, ND_PHRASE_TYPE, &type) || strcmp(type->code, out->type) != 0))
            continue;
        look.draft = (struct nd_draft){
            .type = out->type, .span = {i + 1, look.at}, .type_word = {i + 1, look.at}, .capital = true};
        if (!nd_grammar_match(&look) || !look.draft.code[0] || strcmp(look.draft.type, out->type) != 0 ||
            (out->code[0] && strcmp(look.draft.code, out->code) != 0))
            continue;
        nd_read_tail(&look);
        if (nd_parse_peek(&look, 0)->kind != ND_TOK_CLOSE)
            continue;
        take_own(&look.draft, out);
        return i;
    }
    return end;
}

/* "21-KL/TW", "SỐ 21-KL/TW NGÀY 3/3/2024" right behind the type word: the document's own number. */
static uint32_t read_headline_number(const struct nd_parse *p, uint32_t i, struct nd_header *out)
{
    struct nd_parse look = {.lexicon = p->lexicon, .tokens = p->tokens, .at = i};
    nd_parse_phrase(&look, ND_PHRASE_NUMBERED, NULL);
    nd_parse_skip(&look, ND_TOK_COLON);
    if (!nd_read_code(&look) || !out->type || g_strcmp0(look.draft.type, out->type) != 0 ||
        !nd_issuer_by_code(look.draft.issuer))
        return i;
    const uint32_t code_end = look.at;
    nd_parse_skip(&look, ND_TOK_COMMA);
    const bool dated = nd_read_date(&look);
    if (!out->number[0]) {
        nd_header_take_identity(&look.draft, out);
        if (!out->date.year)
            out->date = look.draft.date;
    }
    return dated ? look.at : code_end;
}

/* "CỦA HỘI ĐỒNG BỘ TRƯỞNG SỐ 27-HĐBT NGÀY 3-3-1984" between the type line and the title: the token behind. */
static uint32_t read_title_head(const struct nd_parse *p, uint32_t i, struct nd_header *out)
{
    struct nd_parse look = {.lexicon = p->lexicon, .tokens = p->tokens, .at = i};
    if (nd_parse_skip(&look, ND_TOK_COLON))
        i = look.at;
    look.at = i = read_headline_number(p, i, out);
    const bool of = nd_parse_phrase(&look, ND_PHRASE_OF, NULL);
    uint32_t end = i;
    if (of && nd_lexicon_match(p->lexicon, p->tokens, look.at, ND_PHRASE_ISSUER, NULL)) {
        do {
            nd_read_body(&look);
            nd_read_term(&look);
            end = look.at;
        } while ((nd_parse_skip(&look, ND_TOK_COMMA) || nd_parse_phrase(&look, ND_PHRASE_AND, NULL)) &&
                 nd_lexicon_match(p->lexicon, p->tokens, look.at, ND_PHRASE_ISSUER, NULL));
        look.at = end;
    } else if (of) {
        return i;
    }
    if (nd_parse_phrase(&look, ND_PHRASE_NUMBERED, NULL)) {
        nd_parse_skip(&look, ND_TOK_COLON);
        const char *place = look.draft.place;
        look.draft = (struct nd_draft){.type = out->type};
        const bool code = nd_read_code(&look);
        if (!code && !nd_read_number(&look))
            return end;
        end = look.at;
        nd_parse_skip(&look, ND_TOK_COMMA);
        if (nd_read_date(&look))
            end = look.at;
        if (code && (!look.draft.type || g_strcmp0(look.draft.type, out->type) == 0)) {
            look.draft.place = place;
            take_own(&look.draft, out);
        }
    }
    return end;
}

/* Whether the line at i gives the grounds: "Căn cứ Quy định số ...", "Chiểu Sắc lệnh ...". */
static bool is_grounds(const struct nd_parse *p, uint32_t i)
{
    const struct nd_phrase *phrase;
    return nd_cite_token(p->tokens, i)->flags & ND_TOK_CAPITAL && nd_parse_is(p, i, ND_PHRASE_OPENING) &&
           nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TRIGGER, &phrase) &&
           phrase->value == ND_RELATION_BASED_ON;
}

/* Whether one of the next lines gives grounds. */
static bool has_grounds(const struct nd_parse *p, uint32_t i)
{
    enum { LINES = 5 };
    for (int k = 0; k < LINES && i < p->tokens->n; k++, i = nd_line_end(p, i))
        if (is_grounds(p, i + (nd_cite_token(p->tokens, i)->kind == ND_TOK_DASH)))
            return true;
    return false;
}

/* Whether one of the lines of the run gives grounds. */
static bool has_grounds_before(const struct nd_parse *p, struct nd_run run)
{
    for (uint32_t i = run.start; i < run.end; i = nd_line_end(p, i))
        if (is_grounds(p, i + (nd_cite_token(p->tokens, i)->kind == ND_TOK_DASH)))
            return true;
    return false;
}

/* "Kế hoạch của Ban Thường vụ Tỉnh ủy thực hiện Nghị quyết ..." as the first paragraph: type and title of a
 * text that has no header. */
static uint32_t read_headless(struct nd_parse *p, uint32_t line, const char *type, struct nd_header *out)
{
    enum { TITLE_TOKENS = 60 };
    const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, line, ND_PHRASE_TYPE, NULL);
    const uint32_t end = nd_line_end(p, line), title = read_title_head(p, line + n, out);
    const struct nd_cite_token *next = nd_cite_token(p->tokens, end);
    const uint8_t last = nd_cite_token(p->tokens, end - 1)->kind;
    p->draft = (struct nd_draft){0};
    if (end - line > TITLE_TOKENS || end == p->tokens->n || last == ND_TOK_DOT || last == ND_TOK_SEMICOLON ||
        (next->kind == ND_TOK_WORD && !(next->flags & ND_TOK_CAPITAL)) ||
        nd_lexicon_match(p->lexicon, p->tokens, end, ND_PHRASE_TYPE, NULL) ||
        (!nd_parse_is(p, title, ND_PHRASE_SUBJECT) && !nd_parse_is(p, title, ND_PHRASE_TRIGGER) &&
         !has_grounds(p, end)))
        return 0;
    out->type = type;
    out->title_start = nd_cite_token(p->tokens, line + n)->start;
    take_title(p, (struct nd_run){title, end}, out);
    return end;
}

void nd_header_read_caption(struct nd_parse *p, uint32_t type_line, struct nd_header *out)
{
    for (uint32_t line = 0; line < type_line && !out->number[0]; line = nd_line_end(p, line)) {
        const struct nd_phrase *type;
        p->at = line;
        if (!(nd_cite_token(p->tokens, line)->flags & ND_TOK_CAPITAL) ||
            !nd_parse_phrase(p, ND_PHRASE_TYPE, &type) || strcmp(type->code, out->type) != 0)
            continue;
        p->draft = (struct nd_draft){
            .type = type->code, .span = {line, p->at}, .type_word = {line, p->at}, .capital = true};
        if (!nd_grammar_match(p) || !p->draft.code[0] ||
            (out->body_issuer[0] && strcmp(out->body_issuer, p->draft.issuer) != 0))
            continue;
        nd_read_tail(p);
        nd_header_take_identity(&p->draft, out);
        if (!out->date.year)
            out->date = p->draft.date;
    }
    p->draft = (struct nd_draft){0};
}

/* Whether an editor says before token end that the whole text follows: "trân trọng giới thiệu toàn văn", "Nội
 * dung Chỉ thị như sau:". */
static bool announces_text(const struct nd_parse *p, uint32_t end)
{
    enum { CONTENT_TOKENS = 8 };
    for (uint32_t i = 0; i < end; i++) {
        if (nd_parse_is(p, i, ND_PHRASE_WHOLE_TEXT))
            return true;
        const uint32_t type = i + nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_CONTENT, NULL);
        for (uint32_t k = type; type > i && nd_parse_is(p, type, ND_PHRASE_TYPE) && k < i + CONTENT_TOKENS;
             k++)
            if (nd_parse_is(p, k, ND_PHRASE_AS_FOLLOWS))
                return true;
    }
    return false;
}

/* Whether the words right before token i say that a body issued what begins there. */
static bool is_issued(const struct nd_parse *p, uint32_t i)
{
    enum { ISSUED_TOKENS = 4 };
    for (uint32_t back = 1; back <= MIN(i, ISSUED_TOKENS); back++)
        if (nd_lexicon_match(p->lexicon, p->tokens, i - back, ND_PHRASE_ISSUED, NULL) == back)
            return true;
    return false;
}

void nd_header_read_introduction(struct nd_parse *p, uint32_t end, struct nd_header *out)
{
    const bool whole = announces_text(p, end);
    for (uint32_t i = 1; i < end && whole; i++) {
        const struct nd_phrase *type;
        const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TYPE, &type);
        if (!n || !is_issued(p, i) || (out->type && strcmp(type->code, out->type) != 0))
            continue;
        p->at = i + n;
        p->draft = (struct nd_draft){
            .type = type->code, .span = {i, p->at}, .type_word = {i, p->at}, .capital = true};
        if (!nd_grammar_match(p) || !p->draft.number[0])
            continue;
        nd_read_tail(p);
        if (!p->draft.code[0] && !p->draft.issuer[0])
            continue;
        nd_header_take_identity(&p->draft, out);
        out->type = p->draft.type;
        if (!out->title && p->draft.subject.end)
            take_title(p, p->draft.subject, out);
        if (!out->date.year)
            out->date = p->draft.date;
        if (!out->issuer_place)
            out->issuer_place = p->draft.place;
        break;
    }
    p->draft = (struct nd_draft){0};
}

/* "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Tiền Giang lần thứ XI" as the heading, read into the draft: the
 * resolution of that congress, which bears no number. */
static uint32_t read_congress_heading(const struct nd_parse *p, uint32_t end, struct nd_header *out)
{
    out->type = p->draft.type;
    g_strlcpy(out->body_issuer, p->draft.issuer, sizeof out->body_issuer);
    out->issuer_place = p->draft.place;
    out->title_start = nd_cite_token(p->tokens, p->draft.type_word.end)->start;
    take_title(p, (struct nd_run){p->draft.type_word.end, end}, out);
    return end;
}

/* "Nghị định" in small letters on a line of its own, the number and the title below it: the token where the
 * body begins, 0 when no number is told there. */
static uint32_t read_type_alone(const struct nd_parse *p, uint32_t below, const char *type,
                                struct nd_header *out)
{
    const struct nd_header before = *out;
    out->type = type;
    const uint32_t body = nd_header_read_title(p, below, out);
    if (out->number[0]) {
        out->title_start = nd_cite_token(p->tokens, below)->start;
        return body;
    }
    g_free(out->title);
    *out = before;
    return 0;
}

uint32_t nd_header_read_heading(struct nd_parse *p, struct nd_header *out)
{
    enum { HEADING_LINES = 4, CAPTION_TOKENS = 20, TEXT_TOKENS = 20 };
    uint32_t line = 0;
    for (int k = 0; k < HEADING_LINES && line < p->tokens->n; k++) {
        const struct nd_phrase *type, *next;
        const uint32_t end = nd_line_end(p, line);
        p->at = line;
        p->draft = (struct nd_draft){0};
        if (nd_cite_token(p->tokens, line)->flags & ND_TOK_CAPITAL &&
            nd_parse_phrase(p, ND_PHRASE_TYPE, &type)) {
            p->draft = (struct nd_draft){
                .type = type->code, .span = {line, p->at}, .type_word = {line, p->at}, .capital = true};
            const uint32_t below = p->at == end ? read_type_alone(p, end, type->code, out) : 0;
            if (below)
                return below;
            if (!nd_grammar_match(p))
                return read_headless(p, line, type->code, out);
            if (p->draft.kind == ND_MENTION_CONGRESS && p->at == end && end + TEXT_TOKENS < p->tokens->n)
                return read_congress_heading(p, end, out);
            if (!p->draft.code[0])
                return read_headless(p, line, type->code, out);
            nd_read_tail(p);
            nd_parse_skip(p, ND_TOK_DOT);
            const struct nd_cite_token *after = nd_parse_peek(p, 0);
            if (!(after->flags & ND_TOK_PARAGRAPH) || after->kind != ND_TOK_WORD ||
                (!p->draft.date.year && !p->draft.subject.end) ||
                nd_lexicon_match(p->lexicon, p->tokens, p->at, ND_PHRASE_TYPE, &next) ||
                p->at + TEXT_TOKENS > p->tokens->n)
                break;
            nd_header_take_identity(&p->draft, out);
            out->type = p->draft.type;
            out->date = p->draft.date;
            out->issuer_place = p->draft.place;
            out->title_start = nd_cite_token(p->tokens, p->draft.type_word.end)->start;
            take_title(p, p->draft.subject, out);
            return p->at;
        }
        if (end - line > CAPTION_TOKENS)
            break;
        line = end;
    }
    p->draft = (struct nd_draft){0};
    return 0;
}

bool nd_header_title_stands_above(const struct nd_parse *p, struct nd_run run, uint32_t type_tokens)
{
    return nd_cite_token(p->tokens, run.end + type_tokens)->kind == ND_TOK_COLON &&
           has_grounds_before(p, run) && nd_begins_cell(p, run.start) &&
           nd_is_upper_run(p, run.start, nd_line_end(p, run.start)) &&
           !nd_parse_is(p, run.start, ND_PHRASE_ISSUER) && !nd_parse_is(p, run.start, ND_PHRASE_BODY_START);
}

uint32_t nd_header_read_title(const struct nd_parse *p, uint32_t i, struct nd_header *out)
{
    const uint32_t head_end = read_title_head(p, i, out);
    uint32_t title = head_end, end = head_end;
    i = head_end;
    while (i < p->tokens->n) {
        const uint32_t next = nd_line_end(p, i);
        const bool empty = end == title;
        const bool body = nd_parse_is(p, i, ND_PHRASE_ISSUER) || nd_parse_is(p, i, ND_PHRASE_BODY_START);
        if (!empty && (title_ends(p, title, i, next) || (body && is_grounds(p, next))))
            break;
        if (empty && (nd_is_rule_line(p, i, next) ||
                      (nd_is_upper_run(p, i, next) && nd_parse_is(p, i, ND_PHRASE_OF)))) {
            title = end = i = next; /* "CỦA BAN THƯỜNG VỤ TỈNH ỦY" */
            continue;
        }
        if (empty && (nd_begins_part(p, i) || is_grounds(p, i) ||
                      (body && nd_is_upper_run(p, i, next) && nd_parse_is(p, next, ND_PHRASE_OPENING))))
            break; /* no title: the body that issues, and its grounds */
        i = end = next;
    }
    while (end > title && nd_is_rule_line(p, end - 1, end))
        end--;
    end = read_bracket(p, title, end, out);
    take_title(p, (struct nd_run){title, end}, out);
    if (out->title && g_str_has_suffix(out->title, "."))
        out->title[strlen(out->title) - 1] = '\0';
    return i;
}
