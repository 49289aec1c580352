/* "Luật A, được sửa đổi bởi Luật B": what one citation does to the other, said in the passive. */
#include "analyzers/citation/relation_parts.h"

#include "analyzers/citation/header.h"
#include "analyzers/data/data.h"

bool nd_ends_sentence(const struct nd_parse *p, uint32_t k)
{
    const struct nd_cite_token *after = nd_cite_token(p->tokens, k + 1);
    return (nd_cite_token(p->tokens, k)->kind == ND_TOK_OTHER && nd_is_question_mark(p, k)) ||
           (nd_cite_token(p->tokens, k)->kind == ND_TOK_DOT && after->flags & ND_TOK_SPACE &&
            (after->flags & (ND_TOK_CAPITAL | ND_TOK_LINE) || after->kind == ND_TOK_NUMBER));
}

size_t nd_outermost_citation(const struct nd_draft *drafts, size_t i)
{
    size_t outer = i;
    for (size_t e = i; e-- > 0 && i - e <= ND_PRECEDING_DRAFTS;)
        if (drafts[e].subject.start <= drafts[outer].span.start &&
            drafts[outer].span.start < drafts[e].subject.end)
            outer = e;
    return outer;
}

/* The rank of a type, NULL or not; of rows that share a code the highest: TT is Thông tư and Thông tri. */
static int rank_of(const char *code)
{
    size_t n;
    const struct nd_type *types = nd_types(&n);
    int rank = 0;
    for (size_t i = 0; code && i < n; i++)
        if (strcmp(types[i].code, code) == 0)
            rank = MAX(rank, types[i].rank);
    return rank;
}

/* The rank of the document cited; where the type leaves it open, by who issued it. */
static int rank_of_cited(const struct nd_draft *draft)
{
    static const struct {
        const char *issuer, *like;
    } issuers[] = {{"QH", "LUAT"}, {"UBTVQH", "PL"}, {"CP", "NĐ"}, {"TTg", "NĐ"}};
    const int rank = rank_of(draft->type);
    for (size_t i = 0; rank == 0 && i < G_N_ELEMENTS(issuers); i++)
        if (strcmp(draft->issuer, issuers[i].issuer) == 0)
            return rank_of(issuers[i].like);
    return rank;
}

bool nd_may_change(const char *by, const struct nd_draft *target)
{
    const int x = rank_of(by), y = rank_of_cited(target);
    return x == 0 || y == 0 || x >= y;
}

/* The citation that drafts[i] changes, said in the passive: the one before it, or, where that ranks too high,
 * the one whose subject names it ("Nghị định A thi hành Luật B, được sửa đổi bởi Nghị định C"). False when it
 * can be neither. What an official source note says stands whatever the ranks. */
static bool passive_target(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                           size_t *target_out)
{
    *target_out = i - 1;
    if (nd_may_change(drafts[i].type, &drafts[i - 1]) || nd_source_note_begins(p, drafts[i - 1].span.start))
        return true;
    *target_out = nd_outermost_citation(drafts, i - 1);
    return nd_may_change(drafts[i].type, &drafts[*target_out]);
}

/* The source of a change that stands before drafts[i] in the same list behind a colon, "được sửa đổi bởi: Y;
 * Z" or one a line; i itself without. */
static size_t source_before(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                            const struct nd_relation_read *reads)
{
    const uint32_t m = drafts[i].span.start;
    const struct nd_cite_token *mark = nd_cite_token(p->tokens, m - 1);
    const bool line = nd_cite_token(p->tokens, m)->flags & ND_TOK_LINE && mark->kind == ND_TOK_DOT;
    if (mark->kind != ND_TOK_SEMICOLON && !line)
        return i;
    for (size_t e = i; e-- > 0 && i - e <= ND_PRECEDING_DRAFTS;) {
        const uint32_t start = drafts[e].span.start;
        if (!reads[e].reported_inverse || start == 0)
            continue; /* what the source itself cites */
        const enum nd_cite_token_kind before =
            (enum nd_cite_token_kind)nd_cite_token(p->tokens, start - 1)->kind;
        const bool item = nd_cite_token(p->tokens, start)->flags & ND_TOK_LINE &&
                          (before == ND_TOK_DOT || before == ND_TOK_SEMICOLON);
        if (before == ND_TOK_COLON || (item && line))
            return e;
        if (before != ND_TOK_SEMICOLON)
            return i;
    }
    return i;
}

/* "X (sửa đổi, bổ sung bởi Y)", "X, sửa đổi tại Y": a verb of change right behind the citation at k, up to
 * token m, with who does it right behind that; how many tokens it takes, 0 for none. */
static uint32_t shortened_passive(const struct nd_parse *p, const struct nd_draft *target, uint32_t k,
                                  uint32_t m, const struct nd_phrase **out)
{
    const enum nd_cite_token_kind kind = (enum nd_cite_token_kind)nd_cite_token(p->tokens, k - 1)->kind;
    const bool behind = k == target->tail_end || k == target->span.end;
    const bool behind_mark = (k == target->tail_end + 1 || k == target->span.end + 1) &&
                             (kind == ND_TOK_OPEN || kind == ND_TOK_COMMA);
    if (!behind && !behind_mark)
        return 0;
    const uint32_t n = nd_lexicon_match_before(p->lexicon, p->tokens, k, m, ND_PHRASE_TRIGGER, out);
    return n && nd_changes_text((enum nd_relation)(*out)->value) && nd_parse_is(p, k + n, ND_PHRASE_BY) ? n
                                                                                                        : 0;
}

bool nd_relation_read_passive(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                              struct nd_relation_read *reads)
{
    const uint32_t m = drafts[i].span.start;
    if (i == 0 || m == 0)
        return false;
    const struct nd_cite_token *before = nd_cite_token(p->tokens, m - 1);
    /* in running text a semicolon begins the next target, in a source note the next source */
    const bool in_note = reads[i - 1].reported_inverse &&
                         nd_source_note_begins(p, drafts[reads[i - 1].reported_by].span.start);
    const bool listed = nd_parse_is(p, m - 1, ND_PHRASE_AND) || (in_note && before->kind == ND_TOK_SEMICOLON);
    const size_t source = in_note ? i : source_before(p, drafts, i, reads);
    if (source < i && nd_may_change(drafts[i].type, &drafts[reads[source].reported_by]) &&
        !nd_is_earlier(&drafts[i], &drafts[reads[source].reported_by])) {
        reads[i] = reads[source];
        return true;
    }
    if (listed && reads[i - 1].reported_inverse &&
        (in_note || nd_may_change(drafts[i].type, &drafts[reads[i - 1].reported_by])) &&
        m - drafts[i - 1].span.end <= ND_CLAUSE_TOKENS &&
        !nd_is_earlier(&drafts[i], &drafts[reads[i - 1].reported_by])) {
        reads[i] = reads[i - 1];
        return true;
    }
    const struct nd_draft *target = &drafts[i - 1];
    bool by = false, found = false;
    enum nd_relation relation = ND_RELATION_CITES;
    if (m - target->span.end > ND_CLAUSE_TOKENS)
        return false;
    for (uint32_t k = target->span.end; k < m;) {
        if (nd_ends_sentence(p, k))
            return false;
        const struct nd_phrase *phrase;
        uint32_t passive = nd_lexicon_match_before(p->lexicon, p->tokens, k, m, ND_PHRASE_PASSIVE, &phrase);
        if (!passive)
            passive = shortened_passive(p, target, k, m, &phrase);
        const uint32_t n =
            passive ? passive : nd_lexicon_match_before(p->lexicon, p->tokens, k, m, ND_PHRASE_BY, NULL);
        if (passive && !(found && relation == ND_RELATION_AMENDS))
            relation = (enum nd_relation)phrase->value;
        found |= passive > 0;
        by = n > 0 && !passive && k + n + (nd_cite_token(p->tokens, k + n)->kind == ND_TOK_COLON) == m;
        if (by)
            break;
        k += MAX(n, 1);
    }
    size_t changed;
    if (!found || !by || !passive_target(p, drafts, i, &changed) ||
        nd_is_earlier(&drafts[i], &drafts[changed]))
        return false;
    reads[i].relation = ND_RELATION_CITES;
    reads[i].reported_by = (int32_t)changed;
    reads[i].reported_relation = relation;
    reads[i].reported_inverse = true;
    return true;
}
