#include "analyzers/citation/grammar.h"

#include "analyzers/text/normalize.h"

/* A compiled pattern is a chain of nodes; `next` is the index of the node behind, 0 the end of the chain. */
enum node_kind { NODE_WORD, NODE_MARK, NODE_READER, NODE_OPTION, NODE_CHOICE };

struct node {
    uint8_t kind;
    uint8_t mark;  /* NODE_MARK: token kind; NODE_READER: index into readers */
    uint16_t word; /* NODE_WORD */
    uint16_t next;
    uint16_t child;     /* NODE_OPTION, NODE_CHOICE: first node inside */
    uint16_t otherwise; /* first node of a choice's alternative: the alternative after it */
};

static const struct {
    const char *name;
    bool (*read)(struct nd_parse *);
} readers[] = {
    {"amended-laws", nd_read_amended_laws},
    {"bare-code", nd_read_bare_code},
    {"behind-platform", nd_read_behind_platform},
    {"blank-code", nd_read_blank_code},
    {"body", nd_read_body},
    {"broken-code", nd_read_broken_code},
    {"capital", nd_read_capital},
    {"code", nd_read_code},
    {"congress-number", nd_read_congress_number},
    {"date", nd_read_date},
    {"decree-law-code", nd_read_decree_law_code},
    {"free-name", nd_read_free_name},
    {"gap", nd_read_gap},
    {"known-name", nd_read_known_name},
    {"law-name", nd_read_law_name},
    {"name-to-date", nd_read_name_to_date},
    {"name-to-number", nd_read_name_to_number},
    {"number", nd_read_number},
    {"number-and-torn-year", nd_read_number_and_torn_year},
    {"organisation", nd_read_organisation},
    {"party-body", nd_read_party_body},
    {"plenum-number", nd_read_plenum_number},
    {"quoted", nd_read_quoted},
    {"rules-of", nd_read_rules_of},
    {"term", nd_read_term},
    {"year", nd_read_year},
};

static const struct rule {
    const char *name;
    enum nd_mention_kind kind;
    const char *types, *issuer;
    double confidence;
    const char *pattern;
} rules[] = {
#define ND_RULE(name, kind, types, issuer, confidence, pattern)                                              \
    {name, ND_MENTION_##kind, types, issuer, confidence, pattern},
#include "analyzers/citation/grammar.def"
};

enum { MAX_NODES = 512 };

static struct {
    struct node nodes[MAX_NODES];
    uint16_t n; /* node 0 is no node */
    uint16_t starts[G_N_ELEMENTS(rules)];
} grammar = {.n = 1};

/* The pattern being compiled. */
struct source {
    const char *p;
    struct nd_lexicon *lexicon;
};

static uint16_t compile_chain(struct source *source, const char *closers);

static uint16_t new_node(enum node_kind kind)
{
    g_assert(grammar.n < MAX_NODES);
    grammar.nodes[grammar.n] = (struct node){.kind = (uint8_t)kind};
    return grammar.n++;
}

static size_t reader_index(struct nd_str name)
{
    size_t i = 0;
    while (i < G_N_ELEMENTS(readers) && !nd_str_equal(nd_str_from_c(readers[i].name), name))
        i++;
    g_assert(i < G_N_ELEMENTS(readers));
    return i;
}

static uint16_t compile_choice(struct source *source)
{
    const uint16_t choice = new_node(NODE_CHOICE);
    uint16_t before = 0;
    do {
        source->p++; /* over the < or / */
        const uint16_t first = compile_chain(source, "/>");
        if (before)
            grammar.nodes[before].otherwise = first;
        else
            grammar.nodes[choice].child = first;
        before = first;
    } while (*source->p == '/');
    source->p++;
    return choice;
}

static uint16_t compile_one(struct source *source)
{
    uint16_t node;
    const char *start = source->p;
    switch (*start) {
    case '[':
        source->p++;
        node = new_node(NODE_OPTION);
        const uint16_t child = compile_chain(source, "]");
        grammar.nodes[node].child = child;
        source->p++;
        return node;
    case '<':
        return compile_choice(source);
    case '{':
        source->p = strchr(start, '}') + 1;
        node = new_node(NODE_READER);
        grammar.nodes[node].mark =
            (uint8_t)reader_index((struct nd_str){start + 1, (size_t)(source->p - start) - 2});
        return node;
    case ',':
    case ':':
        source->p++;
        node = new_node(NODE_MARK);
        grammar.nodes[node].mark = *start == ',' ? ND_TOK_COMMA : ND_TOK_COLON;
        return node;
    default:
        source->p += strcspn(start, " []<>{},:/");
        g_assert(source->p > start);
        node = new_node(NODE_WORD);
        grammar.nodes[node].word =
            nd_lexicon_add_word(source->lexicon, (struct nd_str){start, (size_t)(source->p - start)});
        return node;
    }
}

/* Compiles up to one of `closers` or the end; returns the first node. */
static uint16_t compile_chain(struct source *source, const char *closers)
{
    uint16_t first = 0, last = 0;
    for (;;) {
        source->p += strspn(source->p, " ");
        if (!*source->p || strchr(closers, *source->p))
            break;
        const uint16_t node = compile_one(source);
        if (last)
            grammar.nodes[last].next = node;
        else
            first = node;
        last = node;
    }
    g_assert(first);
    return first;
}

void nd_grammar_add_words(struct nd_lexicon *lexicon)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
        struct nd_normalized pattern;
        nd_normalize(nd_str_from_c(rules[i].pattern), &pattern);
        g_autofree char *text = nd_str_dup(pattern.text);
        struct source source = {text, lexicon};
        grammar.starts[i] = compile_chain(&source, "");
        nd_normalized_clear(&pattern);
    }
}

static bool match_chain(struct nd_parse *p, uint16_t first);

static bool match_node(struct nd_parse *p, const struct node *node)
{
    const struct nd_cite_token *token = nd_parse_peek(p, 0);
    switch ((enum node_kind)node->kind) {
    case NODE_WORD:
        if (token->word != node->word)
            return false;
        p->at++;
        return true;
    case NODE_MARK:
        return nd_parse_skip(p, node->mark);
    case NODE_READER:
        return readers[node->mark].read(p);
    case NODE_OPTION:
        match_chain(p, node->child);
        return true;
    case NODE_CHOICE:
        for (uint16_t i = node->child; i; i = grammar.nodes[i].otherwise)
            if (match_chain(p, i))
                return true;
        return false;
    }
    return false;
}

/* All nodes of the chain one behind the other, or nothing. */
static bool match_chain(struct nd_parse *p, uint16_t first)
{
    const uint32_t at = p->at;
    bool saved = false;
    struct nd_draft draft;
    for (uint16_t i = first; i; i = grammar.nodes[i].next) {
        /* only readers write to the draft, so only they make a copy worth its time */
        if (!saved && grammar.nodes[i].kind != NODE_WORD && grammar.nodes[i].kind != NODE_MARK) {
            draft = p->draft;
            saved = true;
        }
        if (match_node(p, &grammar.nodes[i]))
            continue;
        p->at = at;
        if (saved)
            p->draft = draft;
        return false;
    }
    return true;
}

/* Whether code is one of the space-separated list. */
static bool list_has(const char *list, const char *code)
{
    const size_t n = strlen(code);
    for (const char *p = list; (p = strstr(p, code)); p += n)
        if ((p == list || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
            return true;
    return false;
}

static bool rule_is_for(const struct rule *rule, const struct nd_draft *draft)
{
    if (!draft->type)
        return rule->types[0] == '-';
    return rule->types[0] == '*' || (rule->types[0] != '-' && list_has(rule->types, draft->type));
}

bool nd_grammar_match(struct nd_parse *p)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
        if (!rule_is_for(&rules[i], &p->draft) || !match_chain(p, grammar.starts[i]))
            continue;
        if (nd_cite_token(p->tokens, p->at - 1)->kind == ND_TOK_COMMA)
            p->at--; /* an optional comma that nothing followed */
        p->draft.rule = rules[i].name;
        p->draft.kind = rules[i].kind;
        p->draft.confidence = rules[i].confidence;
        p->draft.span.end = p->draft.core_end ? p->draft.core_end : p->at;
        if (!p->draft.issuer[0])
            g_strlcpy(p->draft.issuer, rules[i].issuer, sizeof p->draft.issuer);
        return true;
    }
    return false;
}
