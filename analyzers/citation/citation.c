#include "analyzers/citation/citation.h"

#include "analyzers/citation/grammar.h"
#include "analyzers/citation/header_parts.h"
#include "analyzers/citation/list.h"
#include "analyzers/citation/parts.h"
#include "analyzers/data/data.h"
#include "analyzers/text/fold.h"
#include "analyzers/text/tokenize.h"
#include "base/caps.h"

#include <ctype.h>

/* Whether the congress of the draft is the one whose resolution this is: "Đại hội đại biểu Đảng bộ tỉnh lần
 * thứ XVI" as the title. */
static bool is_own_congress(const struct nd_draft *draft, const struct nd_metadata *metadata)
{
    if (!metadata->title || !draft->ordinal[0])
        return false;
    g_autofree char *title = nd_data_key(metadata->title);
    g_autofree char *ordinal = g_strdup_printf("-LAN-THU-%s", draft->ordinal);
    const char *found = g_str_has_prefix(title, "DAI-HOI-") ? strstr(title, ordinal) : NULL;
    return found && (found[strlen(ordinal)] == '-' || found[strlen(ordinal)] == '\0');
}

/* Whether the draft names the document it stands in: its number, or its name where it has none. The note that
 * tells where a piece of text comes from stays: what it says of amendments hangs on it. */
static bool is_own(const struct nd_parse *p, const struct nd_draft *draft, const struct nd_metadata *metadata)
{
    if (!metadata || nd_source_note_begins(p, draft->span.start) ||
        g_strcmp0(metadata->type, draft->type) != 0)
        return false;
    if (draft->date.year && metadata->date.year && nd_date_compare(draft->date, metadata->date) != 0)
        return false;
    if (draft->written && metadata->type_word && !draft->date.year &&
        strcmp(draft->written, metadata->type_word) != 0)
        return false; /* the Quyết định that has the number of this Quy định */
    if (draft->number[0])
        return metadata->number && g_strcmp0(metadata->issuer, draft->issuer) == 0 &&
               metadata->year == draft->year &&
               strtoul(draft->number, NULL, 10) == strtoul(metadata->number, NULL, 10);
    if (draft->kind == ND_MENTION_CHARTER)
        return true;
    if (draft->kind == ND_MENTION_CONGRESS)
        return is_own_congress(draft, metadata);
    g_autofree char *name = nd_run_line(p, draft->name);
    if ((draft->kind != ND_MENTION_LAW && draft->kind != ND_MENTION_NAMED) || !name || !metadata->title)
        return false;
    g_autofree char *name_key = nd_data_key(name), *whole_key = nd_data_key(metadata->title);
    static const char about[] = "VE-"; /* "về" */
    const char *title_key = whole_key + (g_str_has_prefix(whole_key, about) ? strlen(about) : 0);
    if (strcmp(name_key, title_key) == 0)
        return true;
    /* of a long name with a comma only the beginning was read: "Luật Nhập cảnh, xuất cảnh của ..." */
    return g_strcmp0(draft->rule, "law-shaped") == 0 && g_str_has_prefix(title_key, name_key) &&
           nd_cite_token(p->tokens, draft->span.end)->kind == ND_TOK_COMMA;
}

/* Whether the draft stands alone in "(sau đây gọi tắt là ...)". */
static bool is_whole_definition(const struct nd_parse *p, const struct nd_draft *draft)
{
    enum { LONGEST_DEFINE = 7 };
    const uint32_t start = draft->span.start;
    if (nd_cite_token(p->tokens, draft->span.end)->kind != ND_TOK_CLOSE)
        return false;
    for (uint32_t back = 1; back <= LONGEST_DEFINE && back <= start; back++)
        if (nd_lexicon_match(p->lexicon, p->tokens, start - back, ND_PHRASE_DEFINE, NULL) == back)
            return true;
    return false;
}

/* Whether the draft only repeats, as its own short name, a citation just read: "Nghị định số 42/2010/NĐ-CP
 * (sau đây gọi tắt là Nghị định số 42/2010/NĐ-CP)". That citation then carries it as its definition. In the
 * Party's documents, which may give one name to several, the short name is a mention like any other. */
static bool is_own_definition(const struct nd_parse *p, GArray *drafts, const struct nd_draft *draft)
{
    enum { NEAR = 6 };
    if (!draft->number[0] || !is_whole_definition(p, draft))
        return false;
    for (guint e = drafts->len; e-- > 0 && drafts->len - e <= NEAR;) {
        struct nd_draft *d = &g_array_index(drafts, struct nd_draft, e);
        if (g_strcmp0(d->type, draft->type) != 0 || strcmp(d->number, draft->number) != 0 ||
            (draft->issuer[0] && strcmp(d->issuer, draft->issuer) != 0) ||
            (draft->year && d->year != draft->year))
            continue;
        if (d->definition.end == 0)
            d->definition = draft->span;
        return !d->party_form;
    }
    return false;
}

/* Whether the draft is the heading of the text that follows: a name that is a paragraph of its own, with the
 * legal grounds behind it. */
static bool is_heading(const struct nd_parse *p, const struct nd_draft *draft)
{
    return draft->kind == ND_MENTION_LAW &&
           nd_cite_token(p->tokens, draft->span.start)->flags & ND_TOK_LINE &&
           nd_cite_token(p->tokens, draft->span.end)->flags & ND_TOK_CAPITAL &&
           nd_lexicon_match(p->lexicon, p->tokens, draft->span.end, ND_PHRASE_OPENING, NULL) > 0;
}

/* Whether the draft is only the title of the numbered citation before it: "Hướng dẫn số 12-HD/BTCTW ... về
 * hướng dẫn nghiệp vụ công tác đảng viên". */
static bool is_title_of_last(const struct nd_parse *p, const GArray *drafts)
{
    if (drafts->len == 0)
        return false;
    const struct nd_draft *last = &g_array_index(drafts, struct nd_draft, drafts->len - 1);
    return last->number[0] && g_strcmp0(last->type, p->draft.type) == 0 &&
           p->draft.span.start >= last->subject.start && p->draft.span.start <= last->subject.start + 2 &&
           p->draft.span.end <= last->subject.end;
}

/* Whether the draft is a further item of the list that the last citation began: "số 18-NQ/TW, 19-NQ/TW". */
static bool goes_on_list(const struct nd_parse *p, const GArray *drafts)
{
    if (drafts->len == 0)
        return false;
    const struct nd_draft *last = &g_array_index(drafts, struct nd_draft, drafts->len - 1);
    uint32_t k = last->span.end;
    while (k < p->draft.span.start &&
           (nd_cite_token(p->tokens, k)->kind == ND_TOK_COMMA || nd_parse_is(p, k, ND_PHRASE_AND)))
        k++;
    return k == p->draft.span.start;
}

/* Whether a citation of this type and number was read before: what is said without "số" is only then one. */
static bool repeats_earlier(const struct nd_parse *p, const GArray *drafts)
{
    enum { EARLIER = 64 };
    for (guint e = drafts->len; e-- > 0 && drafts->len - e <= EARLIER;) {
        const struct nd_draft *d = &g_array_index(drafts, struct nd_draft, e);
        if (g_strcmp0(d->type, p->draft.type) == 0 &&
            strtoul(d->number, NULL, 10) == strtoul(p->draft.number, NULL, 10))
            return true;
    }
    return false;
}

/* Whether a word before the type word makes it a draft or a bill. */
static bool is_draft(const struct nd_parse *p, uint32_t start)
{
    enum { LONGEST_DRAFT = 5 };
    for (uint32_t back = 1; back <= LONGEST_DRAFT && back <= start; back++) {
        const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, start - back, ND_PHRASE_DRAFT, NULL);
        if (n == back)
            return true;
    }
    return false;
}

/* The word written for the type, where several share its code. */
static const char *written_type(const struct nd_parse *p, const struct nd_draft *draft)
{
    if (!draft->type || draft->type_word.end == draft->type_word.start || nd_type_only_word(draft->type))
        return NULL;
    g_autofree char *spelled = nd_run_line(p, draft->type_word);
    const struct nd_type *const type = nd_type_by_word(draft->type, spelled);
    return type ? type->word : NULL;
}

/* "Nghị quyết (NQ) 32", "Nghị quyết NQ 32": how many tokens at i say the type once more, shortened. */
static uint32_t repeated_type(const struct nd_parse *p, uint32_t i, const struct nd_phrase *type)
{
    const struct nd_phrase *again;
    const uint32_t open = nd_cite_token(p->tokens, i)->kind == ND_TOK_OPEN;
    const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, i + open, ND_PHRASE_TYPE_SHORT, &again);
    const uint32_t end = i + open + n;
    if (!n || strcmp(again->code, type->code) != 0 || !(nd_cite_token(p->tokens, i)->flags & ND_TOK_SPACE) ||
        (open && nd_cite_token(p->tokens, end)->kind != ND_TOK_CLOSE))
        return 0;
    const bool number = nd_cite_token(p->tokens, end + open)->kind == ND_TOK_NUMBER ||
                        nd_parse_is(p, end + open, ND_PHRASE_NUMBERED);
    return number ? end + open - i : 0;
}

/* Reads the citation whose type word (n tokens, maybe none) stands at i. */
static bool read_one(struct nd_parse *p, uint32_t i, uint32_t n, const struct nd_phrase *type)
{
    p->at = i + n + (type ? repeated_type(p, i + n, type) : 0);
    p->draft = (struct nd_draft){.span = {i, i + n}, .type_word = {i, i + n}};
    if (type) {
        p->draft.type = type->code;
        p->draft.capital = (nd_cite_token(p->tokens, i)->flags & ND_TOK_CAPITAL) != 0;
    }
    if (!nd_grammar_match(p))
        return false;
    if (g_strcmp0(p->draft.type, "NQTW") == 0)
        p->draft.type = "NQ";
    if (!type)
        nd_read_before_bare_code(p);
    p->draft.written = written_type(p, &p->draft);
    p->draft.proposed = is_draft(p, i);
    nd_read_pinpoint(p);
    nd_read_tail(p);
    return true;
}

/* "NQ số 18-NQ/TW", "NQ ĐH XIII": a shortened type word; what stands inside a code is none. */
static uint32_t short_type(const struct nd_parse *p, uint32_t i, const struct nd_phrase **type)
{
    const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, i, ND_PHRASE_TYPE_SHORT, type);
    const struct nd_cite_token *next = nd_cite_token(p->tokens, i + n);
    const bool inside = i > 0 && !(nd_cite_token(p->tokens, i)->flags & ND_TOK_SPACE) &&
                        (nd_cite_token(p->tokens, i - 1)->kind == ND_TOK_DASH ||
                         nd_cite_token(p->tokens, i - 1)->kind == ND_TOK_SLASH);
    const bool apart = next->flags & ND_TOK_SPACE || next->kind == ND_TOK_NUMBER; /* "NQTW4" */
    return n && !inside && apart && next->kind != ND_TOK_DASH ? n : 0;
}

/* Whether token i stands in a paragraph of running text, as above a header that comes after an introduction,
 * or in the grounds that some texts give before the type line. */
static bool is_in_prose(const struct nd_parse *p, uint32_t i)
{
    enum { PROSE_TOKENS = 30 };
    uint32_t start = i;
    while (start > 0 && i - start < PROSE_TOKENS && !nd_begins_cell(p, start))
        start--;
    const uint32_t first = start + (nd_cite_token(p->tokens, start)->kind == ND_TOK_DASH);
    if (nd_cite_token(p->tokens, first)->flags & ND_TOK_CAPITAL && nd_parse_is(p, first, ND_PHRASE_OPENING))
        return true;
    uint32_t end = start + 1;
    while (end < p->tokens->n && end - start < PROSE_TOKENS && !nd_begins_cell(p, end))
        end++;
    return end - start == PROSE_TOKENS && !nd_is_upper_run(p, start, end);
}

/* The word that a list began with: "các quy định số 47-QĐ/TW, 55-QĐ/TW". */
static const char *written_in_list(const GArray *drafts, const struct nd_draft *item)
{
    const struct nd_draft *last = &g_array_index(drafts, struct nd_draft, drafts->len - 1);
    return g_strcmp0(last->type, item->type) == 0 ? last->written : NULL;
}

/* All citations of the tokens as drafts, in text order. */
static GArray *read_drafts(struct nd_parse *p, const struct nd_parts *parts,
                           const struct nd_metadata *metadata)
{
    GArray *drafts = g_array_new(FALSE, FALSE, sizeof(struct nd_draft));
    const struct nd_cite_tokens *tokens = p->tokens;
    for (uint32_t i = 0; i < parts->site && drafts->len < ND_CAP_MENTIONS;) {
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
            if (!n && t->flags & ND_TOK_CAPITAL &&
                nd_lexicon_starts(p->lexicon, t->word, ND_PHRASE_TYPE_SHORT))
                n = short_type(p, i, &type);
        }
        if ((!n && t->kind != ND_TOK_NUMBER) || !read_one(p, i, n, type)) {
            i++;
            continue;
        }
        if (p->draft.kind == ND_MENTION_NAMED &&
            (is_own(p, &p->draft, metadata) || is_title_of_last(p, drafts))) {
            i += n; /* what the name itself cites counts */
            continue;
        }
        if (strcmp(p->draft.rule, "number-repeated") == 0 && !repeats_earlier(p, drafts)) {
            i++;
            continue;
        }
        i = p->floor = p->draft.span.end;
        const bool typed = p->draft.type_word.end > p->draft.type_word.start;
        if ((p->draft.span.start < parts->title_start && !is_in_prose(p, p->draft.span.start)) ||
            (!typed && i <= parts->body_start && !goes_on_list(p, drafts)) ||
            is_own(p, &p->draft, metadata) || is_heading(p, &p->draft) ||
            is_own_definition(p, drafts, &p->draft))
            continue;
        if (!typed && goes_on_list(p, drafts))
            p->draft.written = written_in_list(drafts, &p->draft);
        g_array_append_val(drafts, p->draft);
        nd_share_list(p, drafts);
        i = MAX(i, p->floor);
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
        .end = (uint32_t)nd_normalized_source_end(
            text, nd_cite_token_end(nd_cite_token(p->tokens, draft->span.end - 1))),
        .kind = draft->kind,
        .type = draft->type,
        .type_word = draft->written,
        .number = text_or_null(draft->number),
        .year = draft->year,
        .issuer = text_or_null(draft->issuer),
        .code = text_or_null(draft->code),
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

static struct nd_mentions *extract(const struct nd_cite_tokens *tokens, const struct nd_normalized *text,
                                   const struct nd_metadata *metadata, bool loose)
{
    struct nd_parse p = {.lexicon = nd_lexicon_get(), .tokens = tokens, .loose = loose};
    struct nd_parts parts;
    nd_parts_find(&p, text, metadata, &parts);
    GArray *drafts = read_drafts(&p, &parts, metadata);
    struct nd_mentions *mentions = nd_mentions_new();
    const struct nd_draft *list = (const struct nd_draft *)(void *)drafts->data;
    g_autofree struct nd_relation_read *reads = g_new(struct nd_relation_read, drafts->len);
    for (size_t i = 0; i < drafts->len; i++)
        nd_relation_read(&p, list, i, &parts.zones, reads);
    for (size_t i = 0; i < drafts->len; i++)
        add_mention(mentions, &p, text, &list[i], &reads[i]);
    g_array_unref(drafts);
    return mentions;
}

struct nd_mentions *nd_citation_extract(const struct nd_document *doc, const struct nd_normalized *text,
                                        const struct nd_metadata *metadata)
{
    struct nd_cite_tokens tokens;
    nd_document_tokens_init(&tokens, doc, text);
    struct nd_mentions *mentions = extract(&tokens, text, metadata, false);
    nd_cite_tokens_clear(&tokens);
    return mentions;
}

void nd_citation_read(const struct nd_document *doc, const struct nd_normalized *text,
                      const struct nd_metadata_hints *hints, struct nd_metadata **metadata_out,
                      struct nd_mentions **mentions_out)
{
    struct nd_cite_tokens tokens;
    nd_document_tokens_init(&tokens, doc, text);
    *metadata_out = nd_metadata_from_tokens(&tokens, text, hints);
    *mentions_out = extract(&tokens, text, *metadata_out, false);
    nd_cite_tokens_clear(&tokens);
}

/* The bare words of normalised text, each between spaces. */
static char *bare_words(struct nd_str text)
{
    GString *words = g_string_new(" ");
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    nd_tokenizer_init(&tokenizer, text);
    while (nd_tokenizer_next(&tokenizer, &token)) {
        char bare[ND_CAP_TERM_BYTES];
        const size_t n = nd_fold_bare(nd_str_slice(text, token.start, token.end), bare);
        g_string_append_len(words, bare, (gssize)n);
        g_string_append_c(words, ' ');
    }
    return g_string_free(words, FALSE);
}

static uint8_t bare_initial(const char *word)
{
    char bare[ND_CAP_TERM_BYTES];
    const struct nd_str first = {word, (size_t)(g_utf8_next_char(word) - word)};
    return nd_fold_bare(first, bare) > 0 ? (uint8_t)bare[0] : 0;
}

/* Whether normalised text has a number or the name of a type, accents or not: every citation has one of them,
 * and most queries neither, which need not wait for the grammar's tables. */
static bool may_cite(struct nd_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (isdigit((unsigned char)text.p[i]))
            return true;
    }
    g_autofree char *words = bare_words(text);
    bool initials[256] = {false};
    for (const char *p = words; p[1]; p++)
        initials[(uint8_t)p[1]] |= *p == ' ';
    size_t n;
    const struct nd_type *types = nd_types(&n);
    for (size_t i = 0; i < n; i++) {
        if (!initials[bare_initial(types[i].word)])
            continue;
        g_autofree char *type = bare_words(nd_str_from_c(types[i].word));
        if (strstr(words, type))
            return true;
    }
    return false;
}

struct nd_mentions *nd_citation_parse(struct nd_str query)
{
    struct nd_normalized text;
    struct nd_cite_tokens tokens;
    nd_normalize(query, &text);
    if (!may_cite(text.text)) {
        nd_normalized_clear(&text);
        return nd_mentions_new();
    }
    nd_document_tokens_init(&tokens, NULL, &text);
    struct nd_mentions *mentions = extract(&tokens, &text, NULL, true);
    nd_cite_tokens_clear(&tokens);
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

/* The code as the issuer writes it, from the fields alone. */
static char *code_from_fields(const struct nd_mention *mention)
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

char *nd_citation_code(const struct nd_mention *mention)
{
    return mention->code ? g_strdup(mention->code) : code_from_fields(mention);
}

char *nd_citation_key(const struct nd_mention *mention)
{
    if (!mention->number)
        return NULL;
    /* of an official letter only the written code tells the unit; for any other the fields make variants one
     */
    const bool letter = mention->code && g_strcmp0(mention->type, "CV") == 0;
    g_autofree char *code = letter ? g_strdup(mention->code) : code_from_fields(mention);
    if (!code && !mention->year)
        return NULL;
    if (!code)
        return g_strdup_printf("%lu/%d", strtoul(mention->number, NULL, 10), mention->year);
    const char *p = code;
    while (p[0] == '0' && g_ascii_isdigit(p[1]))
        p++;
    return g_utf8_strdown(p, -1);
}
