/* Codes: a number, then type and issuer in one of the forms of docs/citations.md, whatever its dashes,
 * slashes and spaces have suffered. */
#include "analyzers/citation/parse.h"
#include "analyzers/data/data.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    MAX_SEGMENTS = 7,      /* joint circulars name up to six ministries */
    MAX_SEGMENT_BYTES = 24 /* "BNNPTNT", "UBTVQHK11", "ĐCTUBTWMTTQVN" */
};

/* "66.1/2025/NQ-CP": the first of the resolutions that go out under one number of the Government's. */
static bool is_numbered_twice(const struct nd_parse *p, uint32_t i)
{
    const struct nd_cite_token *dot = nd_cite_token(p->tokens, i + 1),
                               *second = nd_cite_token(p->tokens, i + 2);
    return dot->kind == ND_TOK_DOT && second->kind == ND_TOK_NUMBER && second->length <= 2 &&
           !((dot->flags | second->flags) & ND_TOK_SPACE) &&
           nd_cite_token(p->tokens, i + 3)->kind == ND_TOK_SLASH &&
           nd_cite_token(p->tokens, i + 4)->kind == ND_TOK_NUMBER &&
           nd_cite_token(p->tokens, i + 4)->length == 4;
}

/* Tokens of the number at i: "30a", and "08 a", "08.a" in front of a slash. */
static uint32_t number_tokens(const struct nd_parse *p, uint32_t i)
{
    if (is_numbered_twice(p, i))
        return 3;
    const uint32_t dot = nd_cite_token(p->tokens, i + 1)->kind == ND_TOK_DOT;
    const struct nd_cite_token *letter = nd_cite_token(p->tokens, i + 1 + dot);
    const bool single = letter->kind == ND_TOK_WORD && letter->length == 1;
    return single && nd_cite_token(p->tokens, i + 2 + dot)->kind == ND_TOK_SLASH ? 2 + dot : 1;
}

/* The parts of a code as written: number [separator year] {separator segment}. */
struct code {
    uint32_t n_tokens;
    int year;
    size_t n;
    struct segment {
        char text[MAX_SEGMENT_BYTES];
        bool after_dash;
    } segments[MAX_SEGMENTS];
};

static bool is_separator(const struct nd_cite_token *t)
{
    return t->kind == ND_TOK_DASH || t->kind == ND_TOK_SLASH;
}

static bool copy_number(const struct nd_parse *p, uint32_t i, char out[12])
{
    const struct nd_str text = nd_cite_token_text(p->tokens, i);
    if (nd_cite_token(p->tokens, i)->kind != ND_TOK_NUMBER || text.n > 6)
        return false;
    for (size_t k = 0; k < text.n; k++)
        out[k] = nd_cite_digit(text.p[k]) < 0 ? text.p[k] : (char)('0' + nd_cite_digit(text.p[k]));
    if (is_numbered_twice(p, i)) {
        const struct nd_str second = nd_cite_token_text(p->tokens, i + 2);
        out[text.n] = '.';
        memcpy(out + text.n + 1, second.p, second.n);
        out[text.n + 1 + second.n] = '\0';
        return true;
    }
    const uint32_t n = number_tokens(p, i);
    out[text.n] = n > 1 ? p->tokens->text.p[nd_cite_token(p->tokens, i + n - 1)->start] : '\0';
    out[text.n + 1] = '\0';
    return true;
}

static int year_of(const struct nd_parse *p, uint32_t i)
{
    const struct nd_str text = nd_cite_token_text(p->tokens, i);
    if (nd_cite_token(p->tokens, i)->kind != ND_TOK_NUMBER || text.n != 4 ||
        !isdigit((unsigned char)text.p[3]))
        return 0;
    const int year = nd_leading_number(text);
    return year >= 1945 && year <= 2099 ? year : 0;
}

/* Whether the word is written like part of a code: not a syllable of the sentence that goes on. */
static bool looks_like_segment(const struct nd_parse *p, uint32_t i)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
    if (t->kind != ND_TOK_WORD || t->length >= MAX_SEGMENT_BYTES)
        return false;
    if (t->flags & ND_TOK_UPPER)
        return true;
    g_autofree char *text = nd_str_dup(nd_cite_token_text(p->tokens, i));
    if (nd_type_by_code(text) || nd_issuer_by_code(text))
        return true;
    /* a capital inside: TTg, QyĐ, BGDĐT-TrH */
    unsigned upper = 0;
    nd_cite_word_key(nd_str_from_c(text), (char[ND_LEXICON_WORD_BYTES]){0}, &upper, NULL);
    return upper > 1;
}

/* Whether the word is a type code (first) or an issuer code (later) of the tables. */
static bool is_known_segment(const struct nd_parse *p, uint32_t i, size_t position)
{
    g_autofree char *text = nd_str_dup(nd_cite_token_text(p->tokens, i));
    return strlen(text) < MAX_SEGMENT_BYTES &&
           (position == 0 ? nd_type_by_code(text) != NULL : nd_issuer_by_code(text) != NULL);
}

/* "18 NQ TW", "08/2013/TT BNV", "86/QĐ UBND": separators left out, where the tables know what stands there.
 * Where none is left, only behind a type word. */
static bool separator_left_out(const struct nd_parse *p, uint32_t i, const struct code *code)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i), *next = nd_cite_token(p->tokens, i + 1);
    if (t->kind != ND_TOK_WORD || !looks_like_segment(p, i) || t->flags & ND_TOK_LINE)
        return false;
    if (code->n == 0)
        return p->draft.type && !code->year && t->flags & ND_TOK_UPPER && next->kind == ND_TOK_WORD &&
               next->flags & ND_TOK_UPPER && is_known_segment(p, i, 0) && is_known_segment(p, i + 1, 1);
    /* an issuer that no table knows, where the date behind shows that the code ends: "1702/TTr CAT ngày ..."
     */
    const bool abbreviated = t->flags & ND_TOK_UPPER && t->word == 0 && nd_parse_is(p, i + 1, ND_PHRASE_DAY);
    return code->n == 1 && nd_type_by_code(code->segments[0].text) &&
           (abbreviated || is_known_segment(p, i, 1));
}

/* "18/NQ.TW": a dot for a dash, nothing around it. */
static bool dot_joins(const struct nd_parse *p, uint32_t i, const struct code *code)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i), *next = nd_cite_token(p->tokens, i + 1);
    return t->kind == ND_TOK_DOT && code->n <= 2 && !((t->flags | next->flags) & ND_TOK_SPACE) &&
           next->flags & ND_TOK_UPPER && is_known_segment(p, i + 1, code->n);
}

static bool ends_with_assembly(const char *text)
{
    const size_t n = strlen(text);
    return n >= 2 && strcmp(text + n - 2, "QH") == 0;
}

/* "BNN&PTNT" is one segment; 0 when it is not written so. */
static uint32_t join_ampersand(const struct nd_parse *p, uint32_t i, char text[MAX_SEGMENT_BYTES])
{
    const struct nd_str mark = nd_cite_token_text(p->tokens, i + 1),
                        tail = nd_cite_token_text(p->tokens, i + 2);
    if (mark.n != 1 || mark.p[0] != '&' || nd_cite_token(p->tokens, i + 2)->kind != ND_TOK_WORD ||
        (nd_cite_token(p->tokens, i + 1)->flags | nd_cite_token(p->tokens, i + 2)->flags) & ND_TOK_SPACE ||
        strlen(text) + 1 + tail.n >= MAX_SEGMENT_BYTES)
        return 0;
    g_autofree char *rest = nd_str_dup(tail);
    g_strlcat(text, "&", MAX_SEGMENT_BYTES);
    g_strlcat(text, rest, MAX_SEGMENT_BYTES);
    return 3;
}

/* Takes the segment at token i; "QH 12" is one segment. Returns how many tokens it takes. */
static uint32_t take_segment(const struct nd_parse *p, uint32_t i, bool after_dash, struct code *code)
{
    struct segment *segment = &code->segments[code->n++];
    const struct nd_str text = nd_cite_token_text(p->tokens, i);
    memcpy(segment->text, text.p, text.n);
    segment->text[text.n] = '\0';
    segment->after_dash = after_dash;
    const uint32_t joined = join_ampersand(p, i, segment->text);
    if (joined)
        return joined;
    const struct nd_cite_token *next = nd_cite_token(p->tokens, i + 1);
    if (!ends_with_assembly(segment->text) || next->kind != ND_TOK_NUMBER || next->length > 2 ||
        next->flags & ND_TOK_LINE)
        return 1;
    const struct nd_str term = nd_cite_token_text(p->tokens, i + 1);
    if (text.n + term.n >= MAX_SEGMENT_BYTES)
        return 1;
    memcpy(segment->text + text.n, term.p, term.n);
    segment->text[text.n + term.n] = '\0';
    return 2;
}

/* Reads the shape at token i, which is a number. */
static bool read_shape(const struct nd_parse *p, uint32_t i, struct code *code)
{
    const uint32_t start = i;
    *code = (struct code){0};
    i += number_tokens(p, i);
    if (nd_cite_token(p->tokens, i)->kind == ND_TOK_SLASH && (code->year = year_of(p, i + 1)) != 0)
        i += 2;
    while (code->n < MAX_SEGMENTS) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
        const struct nd_cite_token *after = nd_cite_token(p->tokens, i + 1);
        if (is_separator(t)) {
            /* a dash with space on both sides joins the second segment, not a further one: "21-NQ/TW - ..."
             */
            const bool loose = t->flags & ND_TOK_SPACE && after->flags & ND_TOK_SPACE;
            if (after->flags & ND_TOK_PARAGRAPH || (loose && code->n >= 2) || !looks_like_segment(p, i + 1))
                break;
            if (loose && code->n == 1 && code->segments[0].after_dash && t->kind == ND_TOK_DASH)
                break;
            i += 1 + take_segment(p, i + 1, t->kind == ND_TOK_DASH, code);
        } else if (code->n == 0 && !code->year && t->kind == ND_TOK_WORD && t->flags & ND_TOK_UPPER &&
                   is_separator(after) && looks_like_segment(p, i)) {
            i += take_segment(p, i, true, code); /* "10 CT/TW": the hyphen left out */
        } else if (separator_left_out(p, i, code)) {
            i += take_segment(p, i, code->n == 0, code);
        } else if (dot_joins(p, i, code)) {
            i += 1 + take_segment(p, i + 1, code->n == 0, code);
        } else if (p->loose && t->kind == ND_TOK_WORD && (code->n < 2 || t->flags & ND_TOK_UPPER) &&
                   is_known_segment(p, i, code->n)) { /* "18-NQ/TW tinh gọn": tinh is no issuer */
            i += take_segment(p, i, code->n == 0, code);
        } else {
            break;
        }
    }
    code->n_tokens = i - start;
    return code->n > 0 || code->year;
}

/* Splits "NQTW" into type and issuer; false when it is no such thing. */
static bool split_type(const char *text, const struct nd_type **type_out, const char **rest_out)
{
    for (size_t n = strlen(text) - 1; n >= 2; n--) {
        if ((text[n] & 0xc0) == 0x80)
            continue;
        g_autofree char *head = g_strndup(text, n);
        const struct nd_type *type = nd_type_by_code(head);
        if (type && nd_issuer_by_code(text + n)) {
            *type_out = type;
            *rest_out = text + n;
            return true;
        }
    }
    return false;
}

/* "QĐNS", "HDLN", "CTrHĐ": the type with its kind behind it, of a document that is numbered apart. NULL when
 * no type begins the segment, or what follows is longer than that. */
static const struct nd_type *type_with_kind(const char *text)
{
    enum { KIND_BYTES = 6 };
    for (size_t n = strlen(text); n-- > 2;) {
        if ((text[n] & 0xc0) == 0x80 || strlen(text + n) > KIND_BYTES)
            continue;
        g_autofree char *head = g_strndup(text, n);
        const struct nd_type *type = nd_type_by_code(head);
        if (type)
            return type;
    }
    return NULL;
}

/* "QH14", "UBTVQHK11", "ĐĐQH15": cuts the term off; 0 when there is none. */
static int split_assembly_term(char *text)
{
    size_t n = strlen(text);
    while (n > 0 && isdigit((unsigned char)text[n - 1]))
        n--;
    const int term = nd_leading_number(nd_str_from_c(text + n));
    if (term < 1 || term > 99)
        return 0;
    if (n > 1 && text[n - 1] == 'K')
        n--;
    text[n] = '\0';
    if (strcmp(text, "UBTV") == 0) /* seen for UBTVQH12 */
        strcpy(text, "UBTVQH");
    const struct nd_issuer *issuer = nd_issuer_by_code(text);
    const bool assembly = issuer && strcmp(issuer->counter, "assembly-term") == 0; /* "HĐNN8" */
    return assembly || ends_with_assembly(text) ? term : 0;
}

/* "UBTVQHK11" and "UBTV12" as "UBTVQH11", "UBTVQH12"; any other text as it is. Caller frees with g_free. */
static char *tidy_assembly(const char *text)
{
    char head[MAX_SEGMENT_BYTES];
    g_strlcpy(head, text, sizeof head);
    const int term = split_assembly_term(head);
    return term ? g_strdup_printf("%s%d", head, term) : g_strdup(text);
}

static void set_issuer(struct nd_draft *draft, const char *text)
{
    const struct nd_issuer *issuer = nd_issuer_by_code(text);
    draft->spoilt_issuer = strcmp(text, "TƯ") == 0;
    g_strlcpy(draft->issuer, issuer ? issuer->code : text, sizeof draft->issuer);
    if (issuer)
        return;
    char head[MAX_SEGMENT_BYTES];
    g_strlcpy(head, text, sizeof head);
    const int term = split_assembly_term(head);
    if (!term)
        return;
    issuer = nd_issuer_by_code(head);
    g_strlcpy(draft->issuer, issuer ? issuer->code : head, sizeof draft->issuer);
    snprintf(draft->term, sizeof draft->term, "QH%d", term);
}

/* Writes draft->code: the Party's way for its bodies, otherwise as it stands, without the accidents of
 * spaces, dashes and capitals. first is the first segment behind the type; type may be NULL. */
static void write_code(struct nd_draft *draft, const struct code *code, size_t first, const char *type)
{
    const struct nd_issuer *issuer = nd_issuer_by_code(draft->issuer);
    const bool party =
        type && !code->year && (issuer ? issuer->party : first > 0 && code->segments[0].after_dash);
    char *out = draft->code;
    const size_t room = sizeof draft->code;
    g_strlcpy(out, draft->number, room);
    if (party) {
        const char *term = g_str_has_prefix(draft->term, "QH") ? draft->term + 2 : "";
        const size_t n = strlen(out);
        snprintf(out + n, room - n, "-%s/%s%s", type, draft->issuer, term);
        return;
    }
    if (code->year) {
        const size_t n = strlen(out);
        snprintf(out + n, room - n, "/%d", code->year);
    }
    for (size_t i = 0; i < code->n; i++) {
        g_strlcat(out, i == 0 ? "/" : "-", room);
        if (i == 0 && first > 0) {
            g_strlcat(out, type, room);
            continue;
        }
        const struct nd_issuer *part = nd_issuer_by_code(code->segments[i].text);
        const bool same = part && g_ascii_strcasecmp(part->code, code->segments[i].text) == 0;
        g_autofree char *upper = same ? NULL : tidy_assembly(code->segments[i].text);
        g_strlcat(out, same ? part->code : upper, room);
    }
}

/* BCT is Bộ Chính trị, and not the ministry, in a Party code ("10-QĐ/BCT") and of a resolution, which no
 * ministry passes. */
static void read_party_namesake(struct nd_draft *draft)
{
    const bool resolution = draft->type && strcmp(draft->type, "NQ") == 0;
    if (strcmp(draft->issuer, "BCT") == 0 && !draft->year && (draft->party_form || resolution))
        strcpy(draft->issuer, "TW");
}

/* Whether the segments behind the type are one issuer and a unit of its ("MTTW-BTT"), not several issuers. */
static bool names_unit(const struct code *code, size_t first, const struct nd_type *type)
{
    return code->n - first == 2 && !g_str_has_suffix(type->code, "LT") &&
           nd_issuer_by_code(code->segments[first].text) &&
           !nd_issuer_by_code(code->segments[first + 1].text);
}

/* Whether the type is a kind of the one written: TTLT, "Thông tư liên tịch", of "Thông tư". */
static bool is_kind_of(const struct nd_type *type, const char *written)
{
    size_t n;
    const struct nd_type *types = nd_types(&n);
    for (size_t i = 0; i < n; i++) {
        const size_t length = strlen(types[i].word);
        if (strcmp(types[i].code, written) == 0 && strncmp(type->word, types[i].word, length) == 0 &&
            type->word[length] == ' ')
            return true;
    }
    return false;
}

/* "Công văn số 229-KH/TU": offices call what they are sent a letter; its number was counted among those of
 * the type in the code. */
static bool is_sent_as_letter(const struct nd_draft *draft, const struct code *code,
                              const struct nd_type *type)
{
    return strcmp(draft->type, "CV") == 0 && code->n == 2 && nd_issuer_by_code(code->segments[1].text) &&
           (draft->party_form || !type->normative);
}

/* Tells type from issuer and writes both to the draft. */
static void interpret(struct nd_draft *draft, struct code *code)
{
    const struct nd_type *type = NULL;
    const char *rest = NULL;
    size_t first = 0;
    bool kind = false;
    draft->year = code->year;
    if (code->n == 0)
        return;
    if (!nd_issuer_by_code(code->segments[0].text) || code->n > 1)
        type = nd_type_by_code(code->segments[0].text);
    draft->party_form = type && code->n == 2 && code->segments[0].after_dash && !code->segments[1].after_dash;
    /* "công văn số 1234/CT-TTHT": CT is the tax office, and no directive */
    const bool letter = draft->type && strcmp(draft->type, "CV") == 0;
    if (letter && type && strcmp(type->code, "CV") != 0 && code->n == 2 && !draft->party_form &&
        !nd_issuer_by_code(code->segments[1].text)) {
        type = NULL;
    } else if (type) {
        first = 1;
    } else if (split_type(code->segments[0].text, &type, &rest) && code->n == 1) {
        set_issuer(draft, rest);
        first = 1;
    } else {
        type = code->n > 1 && !nd_issuer_by_code(code->segments[0].text) &&
                       nd_issuer_by_code(code->segments[1].text)
                   ? type_with_kind(code->segments[0].text)
                   : NULL;
        kind = type != NULL;
        first = kind;
    }
    const bool generic = draft->type && strcmp(draft->type, "VB") == 0;
    if (type && (!draft->type || generic ||
                 (!kind && (is_kind_of(type, draft->type) || is_sent_as_letter(draft, code, type)))))
        draft->type = type->code;
    else if (generic)
        draft->type = "CV";
    if (first < code->n && (!type || code->n - first == 1 || names_unit(code, first, type))) {
        /* official letters name the unit behind the issuer: 7432/UBND-XD */
        set_issuer(draft, code->segments[first].text);
    } else if (first < code->n) {
        char joined[sizeof draft->issuer];
        g_strlcpy(joined, code->segments[first].text, sizeof joined);
        for (size_t i = first + 1; i < code->n; i++) {
            g_strlcat(joined, "-", sizeof joined);
            g_strlcat(joined, code->segments[i].text, sizeof joined);
        }
        /* "621/NQ-NS-TU": the unit of the committee that wrote it, before the committee's own code */
        const struct nd_issuer *last = nd_issuer_by_code(code->segments[code->n - 1].text);
        const bool unit_first = last && last->party && !nd_issuer_by_code(joined) &&
                                !nd_issuer_by_code(code->segments[first].text);
        set_issuer(draft, unit_first ? last->code : joined);
    }
    read_party_namesake(draft);
    write_code(draft, code, rest ? 0 : first, kind ? code->segments[0].text : type ? type->code : NULL);
}

/* Whether the segments make sense as a code without any word saying so. */
static bool stands_alone(const struct code *code)
{
    if (code->n == 0)
        return false;
    if (nd_type_by_code(code->segments[0].text))
        return code->n > 1 && (code->year || nd_issuer_by_code(code->segments[1].text));
    char head[MAX_SEGMENT_BYTES];
    g_strlcpy(head, code->segments[0].text, sizeof head);
    if (code->year)
        return split_assembly_term(head) != 0;
    return false;
}

/* The office of that code at the committee of that code: BDV at TU is BDVTU. NULL when the tables know none.
 */
static const char *office_of(const char *office, const char *committee)
{
    g_autofree char *joined = g_strconcat(office, committee, NULL);
    const struct nd_issuer *issuer = nd_issuer_by_code(joined);
    return issuer ? issuer->code : NULL;
}

/* Whether one letter left out, added or changed makes the one code of the other: "BTGW" for BTGTW. */
static bool is_slip_of(const char *written, const char *code)
{
    enum { MIN_CODE_LETTERS = 4 };
    if (g_utf8_strlen(written, -1) < MIN_CODE_LETTERS)
        return false;
    while (*written && g_utf8_get_char(written) == g_utf8_get_char(code)) {
        written = g_utf8_next_char(written);
        code = g_utf8_next_char(code);
    }
    if (!*written || !*code)
        return false; /* BTCT is not BTCTU: the end tells the level */
    const char *const written_rest = g_utf8_next_char(written), *const code_rest = g_utf8_next_char(code);
    return strcmp(written, code_rest) == 0 || strcmp(written_rest, code) == 0 ||
           strcmp(written_rest, code_rest) == 0;
}

void nd_mend_issuer(struct nd_draft *draft, const char *body)
{
    const char *issuer = NULL;
    if (draft->spoilt_issuer && strcmp(body, "TU") == 0)
        issuer = body;
    else if (!draft->party_form || strcmp(draft->issuer, "ĐU") == 0 || strcmp(draft->issuer, body) == 0)
        return; /* "03-TTr/ĐU của Đảng ủy Chính phủ" stays what it is */
    else if (g_str_has_prefix(body, draft->issuer) ||
             (strcmp(draft->issuer, "UBKTĐU") == 0 && g_str_has_prefix(body, "UBKT")) ||
             (!nd_issuer_by_code(draft->issuer) && is_slip_of(draft->issuer, body)))
        issuer = body;
    else
        issuer = office_of(draft->issuer, body);
    if (!issuer)
        return;
    draft->spoilt_issuer = false;
    g_strlcpy(draft->issuer, issuer, sizeof draft->issuer);
    if (draft->type)
        g_snprintf(draft->code, sizeof draft->code, "%s-%s/%s", draft->number, draft->type, issuer);
}

bool nd_read_code(struct nd_parse *p)
{
    struct code code;
    char number[12];
    if (!copy_number(p, p->at, number) || !read_shape(p, p->at, &code))
        return false;
    memcpy(p->draft.number, number, sizeof number);
    interpret(&p->draft, &code);
    p->at += code.n_tokens;
    return true;
}

bool nd_read_decree_law_code(struct nd_parse *p)
{
    struct code code;
    char number[12];
    if (!copy_number(p, p->at, number) || !read_shape(p, p->at, &code) || code.n != 1 || code.year ||
        strlen(code.segments[0].text) > 2)
        return false;
    memcpy(p->draft.number, number, sizeof number);
    g_snprintf(p->draft.code, sizeof p->draft.code, "%s/%s", number, code.segments[0].text);
    p->at += code.n_tokens;
    return true;
}

bool nd_read_bare_code(struct nd_parse *p)
{
    struct code code;
    const bool torn = p->at > 0 && is_separator(nd_cite_token(p->tokens, p->at - 1)) &&
                      !(nd_parse_peek(p, 0)->flags & ND_TOK_SPACE); /* the rest of another code or date */
    const bool joined = p->loose || is_separator(nd_cite_token(p->tokens, p->at + number_tokens(p, p->at)));
    if (torn || !joined || nd_parse_peek(p, 0)->kind != ND_TOK_NUMBER || !read_shape(p, p->at, &code) ||
        !stands_alone(&code))
        return false;
    return nd_read_code(p);
}

bool nd_read_blank_code(struct nd_parse *p)
{
    struct code code;
    uint32_t i = p->at;
    while (nd_cite_token(p->tokens, i)->kind == ND_TOK_OTHER ||
           nd_cite_token(p->tokens, i)->kind == ND_TOK_DOT)
        i++;
    /* the token before stands for the number that is missing */
    if (i == 0 || !is_separator(nd_cite_token(p->tokens, i)) || !read_shape(p, i - 1, &code) || code.n == 0)
        return false;
    interpret(&p->draft, &code);
    p->draft.code[0] = '\0';
    p->at = i + code.n_tokens - 1;
    return p->draft.issuer[0] != '\0';
}

bool nd_read_number_and_torn_year(struct nd_parse *p)
{
    const struct nd_cite_token *slash = nd_parse_peek(p, 1), *year = nd_parse_peek(p, 2),
                               *after = nd_parse_peek(p, 3);
    char number[12];
    if (slash->kind != ND_TOK_SLASH || year->kind != ND_TOK_NUMBER || year->length != 3 ||
        is_separator(after) || !copy_number(p, p->at, number))
        return false;
    memcpy(p->draft.number, number, sizeof number);
    p->at += 3;
    return true;
}

bool nd_read_broken_code(struct nd_parse *p)
{
    char number[12];
    const struct nd_cite_token *after = nd_parse_peek(p, 1), *segment = nd_parse_peek(p, 2);
    if (!copy_number(p, p->at, number) || !is_separator(after) || after->flags & ND_TOK_SPACE ||
        segment->flags & ND_TOK_SPACE || (segment->kind != ND_TOK_WORD && segment->kind != ND_TOK_NUMBER))
        return false;
    memcpy(p->draft.number, number, sizeof number);
    p->at += 3;
    return true;
}
