#include "analyzers/citation/grammar.h"
#include "analyzers/citation/lexicon_table.h"

#include "analyzers/citation/grammar.inc" /* nodes, starts: printed by nd-lexicon */

static bool (*const readers[])(struct nd_parse *) = {
#define ND_READER(name, function) function,
#include "analyzers/citation/readers.def"
};

static const struct rule {
    const char *name;
    enum nd_mention_kind kind;
    const char *types, *issuer;
    double confidence;
} rules[] = {
#define ND_RULE(name, kind, types, issuer, confidence, pattern)                                              \
    {name, ND_MENTION_##kind, types, issuer, confidence},
#include "analyzers/citation/grammar.def"
};

G_STATIC_ASSERT(G_N_ELEMENTS(starts) == G_N_ELEMENTS(rules));

static bool match_chain(struct nd_parse *p, uint16_t first);

static bool match_node(struct nd_parse *p, const struct nd_pattern_node *node)
{
    const struct nd_cite_token *token = nd_parse_peek(p, 0);
    switch ((enum nd_pattern_kind)node->kind) {
    case ND_PATTERN_WORD:
        if (token->word != node->word)
            return false;
        p->at++;
        return true;
    case ND_PATTERN_MARK:
        return nd_parse_skip(p, node->mark);
    case ND_PATTERN_READER:
        return readers[node->mark](p);
    case ND_PATTERN_OPTION:
        match_chain(p, node->child);
        return true;
    case ND_PATTERN_CHOICE:
        for (uint16_t i = node->child; i; i = nodes[i].otherwise)
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
    for (uint16_t i = first; i; i = nodes[i].next) {
        /* only readers write to the draft, so only they make a copy worth its time */
        if (!saved && nodes[i].kind != ND_PATTERN_WORD && nodes[i].kind != ND_PATTERN_MARK) {
            draft = p->draft;
            saved = true;
        }
        if (match_node(p, &nodes[i]))
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
        if (!rule_is_for(&rules[i], &p->draft) || !match_chain(p, starts[i]))
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
