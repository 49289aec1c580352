#include "analyzers/citation/citation.h"

#include "analyzers/citation/grammar.h"
#include "analyzers/citation/header.h"
#include "analyzers/citation/relation.h"
#include "analyzers/data/data.h"
#include "base/caps.h"

#include <stdlib.h>

/* Token indices of the parts of the document that are read differently. */
struct parts {
    struct nd_zones zones;
    uint32_t body_start;    /* before it a code without a type word is the document's own number */
    uint32_t dispatch, end; /* the list of recipients and the signature cite nothing */
};

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

/* Whether a numbered part begins at token i, which starts a paragraph or line: "I.", "1-", "A.", "Điều 1". */
static bool begins_part(const struct nd_parse *p, uint32_t i)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i), *next = nd_cite_token(p->tokens, i + 1);
    if (!(t->flags & ND_TOK_LINE))
        return false;
    if (next->kind == ND_TOK_NUMBER && nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_PINPOINT, NULL))
        return true;
    const struct nd_str text = nd_cite_token_text(p->tokens, i);
    const bool label = t->kind == ND_TOK_NUMBER || (t->kind == ND_TOK_WORD && t->flags & ND_TOK_UPPER &&
                                                    (text.n == 1 || strspn(text.p, "IVX") >= text.n));
    return label && text.n <= 4 && !(next->flags & ND_TOK_SPACE) &&
           (next->kind == ND_TOK_DOT || next->kind == ND_TOK_DASH || next->kind == ND_TOK_CLOSE ||
            next->kind == ND_TOK_SLASH);
}

static void find_parts(const struct nd_parse *p, const struct nd_normalized *text,
                       const struct nd_metadata *metadata, struct parts *out)
{
    enum { MAX_OPENING_TOKENS = 1500 };
    const struct nd_cite_tokens *tokens = p->tokens;
    *out = (struct parts){.dispatch = tokens->n, .end = tokens->n};
    if (!metadata)
        return;
    out->body_start = token_at(tokens, text, metadata->body_start);
    out->zones.type = metadata->type;
    out->zones.title_end = out->body_start;
    out->zones.opening_end = out->body_start;
    while (out->zones.opening_end < tokens->n &&
           out->zones.opening_end - out->body_start < MAX_OPENING_TOKENS &&
           !begins_part(p, out->zones.opening_end))
        out->zones.opening_end++;
    if (metadata->body_end) {
        out->dispatch = token_at(tokens, text, metadata->body_end);
        for (uint32_t i = out->dispatch; i < tokens->n; i++) {
            if (tokens->list[i].flags & ND_TOK_LINE && tokens->list[i].flags & ND_TOK_CAPITAL &&
                nd_lexicon_match(p->lexicon, tokens, i, ND_PHRASE_APPENDIX, NULL)) {
                out->end = i;
                break;
            }
        }
    }
}

/* Whether the draft is the document's own number. */
static bool is_own(const struct nd_draft *draft, const struct nd_metadata *metadata)
{
    if (!metadata || !metadata->number || !draft->number[0] || g_strcmp0(metadata->type, draft->type) != 0 ||
        g_strcmp0(metadata->issuer, draft->issuer) != 0 || metadata->year != draft->year)
        return false;
    if (draft->date.year && metadata->date.year && nd_date_compare(draft->date, metadata->date) != 0)
        return false;
    return strtoul(draft->number, NULL, 10) == strtoul(metadata->number, NULL, 10);
}

/* Whether a word before the type word makes it a draft or a bill. */
static bool is_draft(const struct nd_parse *p, uint32_t start)
{
    for (uint32_t back = 1; back <= 3 && back <= start; back++) {
        const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, start - back, ND_PHRASE_DRAFT, NULL);
        if (n == back)
            return true;
    }
    return false;
}

/* Reads the citation whose type word (n tokens, maybe none) stands at i. */
static bool read_one(struct nd_parse *p, uint32_t i, uint32_t n, const struct nd_phrase *type)
{
    p->at = i + n;
    p->draft = (struct nd_draft){.span = {i, i + n}, .type_word = {i, i + n}};
    if (type) {
        p->draft.type = type->code;
        p->draft.capital = (nd_cite_token(p->tokens, i)->flags & ND_TOK_CAPITAL) != 0;
    }
    if (!nd_grammar_match(p))
        return false;
    p->draft.proposed = is_draft(p, i);
    nd_read_pinpoint(p);
    nd_read_tail(p);
    return true;
}

/* All citations of the tokens as drafts, in text order. */
static GArray *read_drafts(struct nd_parse *p, const struct parts *parts, const struct nd_metadata *metadata)
{
    GArray *drafts = g_array_new(FALSE, FALSE, sizeof(struct nd_draft));
    const struct nd_cite_tokens *tokens = p->tokens;
    for (uint32_t i = 0; i < tokens->n && drafts->len < ND_CAP_MENTIONS;) {
        if (i >= parts->dispatch && i < parts->end) {
            i = parts->end;
            continue;
        }
        const struct nd_cite_token *t = &tokens->list[i];
        const struct nd_phrase *type = NULL;
        uint32_t n = 0;
        if (t->word) {
            n = nd_lexicon_match(p->lexicon, tokens, i, ND_PHRASE_NOT, NULL);
            if (n) {
                i += n;
                continue;
            }
            n = nd_lexicon_match(p->lexicon, tokens, i, ND_PHRASE_TYPE, &type);
        }
        if ((!n && t->kind != ND_TOK_NUMBER) || !read_one(p, i, n, type)) {
            i++;
            continue;
        }
        i = p->draft.span.end;
        if ((n || i > parts->body_start) && !is_own(&p->draft, metadata))
            g_array_append_val(drafts, p->draft);
    }
    return drafts;
}

static const char *text_or_null(const char *text)
{
    return text[0] ? text : NULL;
}

static void add_mention(struct nd_mentions *mentions, const struct nd_parse *p,
                        const struct nd_normalized *text, const struct nd_draft *draft,
                        const struct nd_relation_read *relation)
{
    g_autofree char *body = nd_run_line(p, draft->body), *subject = nd_run_line(p, draft->subject);
    g_autofree char *name = nd_run_line(p, draft->name), *pinpoint = nd_run_line(p, draft->pinpoint);
    g_autofree char *definition = nd_run_line(p, draft->definition),
                    *trigger = nd_run_line(p, relation->trigger);
    const struct nd_mention mention = {
        .start =
            (uint32_t)nd_normalized_source_start(text, nd_cite_token(p->tokens, draft->span.start)->start),
        .end = (uint32_t)nd_normalized_source_end(text, nd_cite_token(p->tokens, draft->span.end - 1)->end),
        .kind = draft->kind,
        .type = draft->type,
        .number = text_or_null(draft->number),
        .year = draft->year,
        .issuer = text_or_null(draft->issuer),
        .body = body,
        .place = draft->place,
        .date = draft->date,
        .term = text_or_null(draft->term),
        .ordinal = text_or_null(draft->ordinal),
        .subject = subject,
        .name = name,
        .pinpoint = pinpoint,
        .definition = definition,
        .relation = relation->relation,
        .strength = relation->strength,
        .trigger = trigger,
        .trigger_start = trigger ? (uint32_t)nd_normalized_source_start(
                                       text, nd_cite_token(p->tokens, relation->trigger.start)->start)
                                 : 0,
        .proposed = relation->proposed || draft->proposed,
        .reported_by = relation->reported_by,
        .reported_relation = relation->reported_relation,
        .reported_inverse = relation->reported_inverse,
        .confidence = draft->confidence,
        .rule = draft->rule,
    };
    nd_mentions_add(mentions, &mention);
}

static struct nd_mentions *extract(const struct nd_normalized *text, const struct nd_metadata *metadata)
{
    struct nd_cite_tokens tokens;
    const struct nd_lexicon *lexicon = nd_lexicon_get();
    nd_cite_tokens_init(&tokens, text->text, lexicon);
    struct nd_parse p = {.lexicon = lexicon, .tokens = &tokens};
    struct parts parts;
    find_parts(&p, text, metadata, &parts);
    GArray *drafts = read_drafts(&p, &parts, metadata);
    struct nd_mentions *mentions = nd_mentions_new();
    for (size_t i = 0; i < drafts->len; i++) {
        struct nd_relation_read relation;
        nd_relation_read(&p, (const struct nd_draft *)(void *)drafts->data, i, &parts.zones, &relation);
        add_mention(mentions, &p, text, &g_array_index(drafts, struct nd_draft, i), &relation);
    }
    g_array_unref(drafts);
    nd_cite_tokens_clear(&tokens);
    return mentions;
}

struct nd_mentions *nd_citation_extract(const struct nd_document *doc, const struct nd_normalized *text,
                                        const struct nd_metadata *metadata)
{
    (void)doc;
    return extract(text, metadata);
}

struct nd_mentions *nd_citation_parse(struct nd_str query)
{
    struct nd_normalized text;
    nd_normalize(query, &text);
    struct nd_mentions *mentions = extract(&text, NULL);
    nd_normalized_clear(&text);
    return mentions;
}

/* Whether the issuer writes its codes the Party's way: number-TYPE/ISSUER. */
static bool is_party_issuer(const char *code)
{
    const struct nd_issuer *issuer = nd_issuer_by_code(code);
    if (issuer)
        return issuer->party;
    static const char *const endings[] = {"TW", "TU", "HU", "ThU", "TXU", "QU", "ĐU"};
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(code, endings[i]))
            return true;
    return g_str_has_prefix(code, "ĐU") || g_str_has_prefix(code, "ĐĐ");
}

char *nd_citation_code(const struct nd_mention *mention)
{
    if (!mention->number || !mention->issuer)
        return NULL;
    const bool assembly = mention->term && g_str_has_prefix(mention->term, "QH");
    const char *issuer = mention->issuer, *term = assembly ? mention->term + 2 : "";
    const bool by_assembly = assembly && strcmp(issuer, "QH") == 0;
    const char *type = mention->type && !by_assembly ? mention->type : NULL;
    if (mention->year && type)
        return g_strdup_printf("%s/%d/%s-%s%s", mention->number, mention->year, type, issuer, term);
    if (mention->year)
        return g_strdup_printf("%s/%d/%s%s", mention->number, mention->year, issuer, term);
    if (!type)
        return g_strdup_printf("%s/%s%s", mention->number, issuer, term);
    return is_party_issuer(issuer) ? g_strdup_printf("%s-%s/%s%s", mention->number, type, issuer, term)
                                   : g_strdup_printf("%s/%s-%s%s", mention->number, type, issuer, term);
}

char *nd_citation_key(const struct nd_mention *mention)
{
    g_autofree char *code = nd_citation_code(mention);
    if (!code)
        return mention->number && mention->year
                   ? g_strdup_printf("%lu/%d", strtoul(mention->number, NULL, 10), mention->year)
                   : NULL;
    const char *p = code;
    while (p[0] == '0' && p[1] >= '0' && p[1] <= '9')
        p++;
    return g_utf8_strdown(p, -1);
}
