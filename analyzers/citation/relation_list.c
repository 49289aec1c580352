/* What holds for the items of a list: "Căn cứ:" over them, "hết hiệu lực" behind them. */
#include "analyzers/citation/relation_parts.h"

#include "analyzers/citation/parts.h"

uint32_t nd_behind_bullet(const struct nd_parse *p, uint32_t i)
{
    enum { LABEL_BYTES = 3 };
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i), *next = nd_cite_token(p->tokens, i + 1);
    if (!(t->flags & ND_TOK_LINE))
        return i;
    if (t->kind == ND_TOK_DASH || t->kind == ND_TOK_OTHER)
        return i + 1;
    const bool label = t->length <= LABEL_BYTES && !(t->flags & ND_TOK_UPPER && t->kind == ND_TOK_WORD) &&
                       !(next->flags & ND_TOK_SPACE) &&
                       (next->kind == ND_TOK_DOT || next->kind == ND_TOK_CLOSE || next->kind == ND_TOK_DASH);
    return label && (t->kind == ND_TOK_WORD || t->kind == ND_TOK_NUMBER) ? i + 2 : i;
}

/* "Quyết định số ... hết hiệu lực kể từ ngày ...". */
static bool loses_force(const struct nd_parse *p, const struct nd_draft *draft)
{
    return nd_parse_is(p, draft->tail_end, ND_PHRASE_OUT_OF_FORCE) ||
           nd_parse_is(p, draft->span.end, ND_PHRASE_OUT_OF_FORCE);
}

size_t nd_item_before(const struct nd_parse *p, const struct nd_draft *drafts, size_t i)
{
    for (size_t e = i; e-- > 0 && i - e <= ND_PRECEDING_DRAFTS;) {
        uint32_t k = drafts[e].tail_end;
        while (k < drafts[i].span.start &&
               (nd_cite_token(p->tokens, k)->kind == ND_TOK_COMMA ||
                nd_cite_token(p->tokens, k)->kind == ND_TOK_SEMICOLON || nd_parse_is(p, k, ND_PHRASE_AND) ||
                nd_parse_is(p, k, ND_PHRASE_PLURAL)))
            k++;
        if (k == drafts[i].span.start)
            return e;
    }
    return i;
}

/* "đến khi Nghị quyết số ... hết hiệu lực": when, and not that it does. */
static bool is_when(const struct nd_parse *p, const struct nd_draft *draft)
{
    enum { WHEN_TOKENS = 3 };
    for (uint32_t back = 1; back <= WHEN_TOKENS && back <= draft->span.start; back++)
        if (nd_parse_is(p, draft->span.start - back, ND_PHRASE_WHEN))
            return true;
    return false;
}

void nd_relation_lose_force(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                            const struct nd_zones *zones, struct nd_relation_read *reads)
{
    enum { MAX_ITEMS = 32 };
    if (!loses_force(p, &drafts[i]))
        return;
    size_t items[MAX_ITEMS] = {nd_outermost_citation(drafts, i)}, n = 1;
    while (n < MAX_ITEMS) {
        const size_t last = items[n - 1], before = nd_item_before(p, drafts, last);
        if (before == last)
            break;
        const size_t outer = nd_outermost_citation(drafts, before);
        if (outer != before)
            n = 0; /* the items so far go on with a list inside its subject */
        items[n++] = outer;
    }
    if (n > 0 && is_when(p, &drafts[items[n - 1]]))
        return;
    for (size_t k = 0; k < n; k++)
        if (!reads[items[k]].trigger.end && reads[items[k]].reported_by < 0 &&
            nd_may_change(zones->type, &drafts[items[k]]))
            reads[items[k]].relation = ND_RELATION_REPEALS;
}

/* The item of a list that token m stands in: its first token, the bullet; m + 1 when it stands in none. */
static uint32_t item_start(const struct nd_parse *p, uint32_t m)
{
    enum { ITEM_TOKENS = 120 };
    for (uint32_t k = m; k > 0 && m - k < ITEM_TOKENS; k--) {
        const uint8_t flags = p->tokens->list[k].flags;
        if (!(flags & ND_TOK_LINE))
            continue;
        if (nd_behind_bullet(p, k) > k)
            return k;
        if (flags & ND_TOK_PARAGRAPH)
            break;
    }
    return m + 1;
}

/* "hết hiệu lực" of the heading that ends with the colon at token `colon`: "Các văn bản sau đây hết hiệu lực
 * kể từ ngày ...:". drafts[i] is the first behind it; a heading that names a document speaks of that one. */
static struct nd_run find_loss_of_force(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                                        uint32_t colon)
{
    enum { FORCE_HEADING_TOKENS = 48 };
    struct nd_run found = {0};
    uint32_t k = colon;
    for (; k > 0 && colon - k < FORCE_HEADING_TOKENS; k--) {
        if (nd_ends_sentence(p, k - 1) || nd_cite_token(p->tokens, k - 1)->kind == ND_TOK_SEMICOLON)
            break;
        const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, k - 1, ND_PHRASE_OUT_OF_FORCE, NULL);
        if (n)
            found = (struct nd_run){k - 1, k - 1 + n};
        else if (!found.end && nd_parse_is(p, k - 1, ND_PHRASE_EXCEPT))
            break; /* "..., trừ các văn bản sau:" */
        if (nd_cite_token(p->tokens, k - 1)->flags & ND_TOK_PARAGRAPH)
            break;
    }
    const bool names_one = i > 0 && drafts[i - 1].span.start + 1 >= k && drafts[i - 1].span.start < colon;
    return names_one ? (struct nd_run){0} : found;
}

/* Whether token k lies in words that hold a trigger and are none: "có hiệu lực thi hành". */
static bool inside_no_trigger(const struct nd_parse *p, uint32_t k)
{
    enum { NO_TRIGGER_TOKENS = 4 };
    for (uint32_t back = 1; back <= NO_TRIGGER_TOKENS && back <= k; back++)
        if (nd_lexicon_match(p->lexicon, p->tokens, k - back, ND_PHRASE_NO_TRIGGER, NULL) > back)
            return true;
    return false;
}

/* The trigger of the heading that ends with the colon at token `colon`; drafts[i] is the first behind it. */
static bool read_heading(const struct nd_parse *p, const struct nd_draft *drafts, size_t i, uint32_t colon,
                         struct nd_relation_read *out)
{
    const struct nd_run loss = find_loss_of_force(p, drafts, i, colon);
    if (loss.end) {
        out->list_trigger = loss;
        out->list_relation = ND_RELATION_REPEALS;
        return true;
    }
    enum { HEADING_TOKENS = 14 };
    for (uint32_t k = colon; k > 0 && colon - k < HEADING_TOKENS; k--) {
        const struct nd_phrase *phrase;
        const uint32_t n =
            nd_lexicon_match_before(p->lexicon, p->tokens, k - 1, colon, ND_PHRASE_TRIGGER, &phrase);
        if (nd_ends_sentence(p, k - 1))
            break;
        if (n && !inside_no_trigger(p, k - 1) &&
            (k < 2 || !nd_lexicon_match(p->lexicon, p->tokens, k - 2, ND_PHRASE_TRIGGER, NULL))) {
            out->list_trigger = (struct nd_run){k - 1, k - 1 + n};
            out->list_relation = (enum nd_relation)phrase->value;
            return true;
        }
        if (nd_cite_token(p->tokens, k - 1)->flags & ND_TOK_PARAGRAPH)
            break;
    }
    return false;
}

/* The same of a short line without a colon right above the list: "I. CĂN CỨ", "Căn cứ xây dựng kế hoạch". */
static bool read_bare_heading(const struct nd_parse *p, uint32_t list, struct nd_relation_read *out)
{
    enum { BARE_HEADING_TOKENS = 8 };
    for (uint32_t k = list; k-- > 0 && list - k <= BARE_HEADING_TOKENS;) {
        const struct nd_phrase *phrase;
        const struct nd_cite_token *t = nd_cite_token(p->tokens, k);
        const uint32_t n = t->flags & ND_TOK_CAPITAL ? nd_lexicon_match_before(p->lexicon, p->tokens, k, list,
                                                                               ND_PHRASE_TRIGGER, &phrase)
                                                     : 0;
        const bool begins = t->flags & ND_TOK_LINE || (k > 1 && nd_behind_bullet(p, k - 2) == k) ||
                            (k > 1 && nd_begins_part(p, k - 2));
        if (n && begins && phrase->value == ND_RELATION_BASED_ON) {
            out->list_trigger = (struct nd_run){k, k + n};
            out->list_relation = ND_RELATION_BASED_ON;
            return true;
        }
        if (t->flags & ND_TOK_LINE || t->kind == ND_TOK_DOT || t->kind == ND_TOK_SEMICOLON)
            break;
    }
    return false;
}

uint32_t nd_heading_start(const struct nd_parse *p, uint32_t trigger)
{
    uint32_t k = trigger;
    while (k > 0 && trigger - k < ND_TASK_TOKENS && !nd_ends_sentence(p, k - 1) &&
           !(nd_cite_token(p->tokens, k)->flags & ND_TOK_PARAGRAPH))
        k--;
    return k;
}

void nd_relation_read_list(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                           struct nd_relation_read *reads)
{
    enum { LIST_TOKENS = 400 };
    const uint32_t item = item_start(p, drafts[i].span.start);
    if (item > drafts[i].span.start)
        return;
    for (uint32_t k = item; k > 0 && item - k < LIST_TOKENS; k--) {
        const struct nd_cite_token *t = &p->tokens->list[k];
        if (!(t->flags & ND_TOK_LINE) && (i == 0 || k != drafts[i - 1].span.start))
            continue;
        if (nd_behind_bullet(p, k) > k &&
            (nd_cite_token(p->tokens, k - 1)->kind == ND_TOK_COLON || read_bare_heading(p, k, &reads[i]))) {
            if (nd_cite_token(p->tokens, k - 1)->kind == ND_TOK_COLON)
                read_heading(p, drafts, i, k - 1, &reads[i]);
            return;
        }
        if (i > 0 && k == drafts[i - 1].span.start && reads[i - 1].list_trigger.end) {
            reads[i].list_trigger = reads[i - 1].list_trigger;
            reads[i].list_relation = reads[i - 1].list_relation;
            return;
        }
        if (t->flags & ND_TOK_PARAGRAPH && nd_behind_bullet(p, k) == k)
            return;
    }
}

bool nd_relation_announced(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                           struct nd_relation_read *read)
{
    enum { MAX_ITEMS = 32 };
    size_t first = i;
    for (size_t n = 0, before; n < MAX_ITEMS && (before = nd_item_before(p, drafts, first)) != first; n++)
        first = before;
    const uint32_t start = drafts[first].span.start;
    uint32_t colon = start - MIN(start, 1);
    if (colon > 0 && nd_parse_is(p, colon, ND_PHRASE_PLURAL))
        colon--;
    if (nd_cite_token(p->tokens, colon)->kind != ND_TOK_COLON)
        return false;
    const struct nd_run loss = find_loss_of_force(p, drafts, first, colon);
    if (!loss.end || nd_outermost_citation(drafts, i) != i)
        return false;
    read->relation = ND_RELATION_REPEALS;
    read->trigger = loss;
    return true;
}

bool nd_relation_governed_by_list(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                                  const struct nd_relation_read *read, bool triggered)
{
    if (!read->list_trigger.end)
        return false;
    const uint32_t m = drafts[i].span.start, item = item_start(p, m), behind = nd_behind_bullet(p, item);
    if (behind == m)
        return true;
    return !triggered && (!nd_changes_text(read->list_relation) ||
                          (item < m && behind < m && nd_has_as_object(p, drafts, i, behind) &&
                           !nd_list_is_inside(p, drafts, i)));
}
