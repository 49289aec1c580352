#include "analyzers/citation/relation.h"

#include "analyzers/citation/header.h"
#include "analyzers/data/data.h"

enum {
    MAX_CLAUSE_TOKENS = 72, /* how far back a trigger can govern */
    MAX_TRIGGERS = 16,
    REVIEW_TOKENS = 14, /* "tổng kết 10 năm thực hiện": between the two verbs */
    TASK_TOKENS = 8,
    PRECEDING_DRAFTS = 8, /* earlier citations of one sentence that are looked at */
};

struct trigger {
    struct nd_run run;
    enum nd_relation relation;
};

static bool is_phrase(const struct nd_parse *p, uint32_t i, enum nd_phrase_class class)
{
    return nd_lexicon_match(p->lexicon, p->tokens, i, class, NULL) > 0;
}

/* Whether one of the citations just before drafts[i], or itself, begins at token k. */
static bool begins_citation(const struct nd_draft *drafts, size_t i, uint32_t k)
{
    for (size_t e = i + 1; e-- > 0 && i - e <= PRECEDING_DRAFTS;)
        if (drafts[e].span.start == k)
            return true;
    return false;
}

/* The token behind the mark of a list's item that begins at i: "- ", "+ ", "1. ", "a) "; i itself without. */
static uint32_t behind_bullet(const struct nd_parse *p, uint32_t i)
{
    enum { LABEL_BYTES = 3 };
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i), *next = nd_cite_token(p->tokens, i + 1);
    if (!(t->flags & ND_TOK_LINE))
        return i;
    if (t->kind == ND_TOK_DASH || t->kind == ND_TOK_OTHER)
        return i + 1;
    const bool label = t->end - t->start <= LABEL_BYTES &&
                       !(t->flags & ND_TOK_UPPER && t->kind == ND_TOK_WORD) &&
                       !(next->flags & ND_TOK_SPACE) &&
                       (next->kind == ND_TOK_DOT || next->kind == ND_TOK_CLOSE || next->kind == ND_TOK_DASH);
    return label && (t->kind == ND_TOK_WORD || t->kind == ND_TOK_NUMBER) ? i + 2 : i;
}

/* Whether a clause ends between token k and the next. */
static bool is_boundary(const struct nd_parse *p, const struct nd_draft *drafts, size_t i, uint32_t k)
{
    const struct nd_cite_token *before = nd_cite_token(p->tokens, k),
                               *after = nd_cite_token(p->tokens, k + 1);
    switch (before->kind) {
    case ND_TOK_SEMICOLON: /* the citations of one list share the verb of the list */
        return !begins_citation(drafts, i, behind_bullet(p, k + 1)) &&
               !(is_phrase(p, k + 1, ND_PHRASE_NUMBERED) && begins_citation(drafts, i, k + 2));
    case ND_TOK_DOT:
        return after->flags & ND_TOK_SPACE &&
               (after->flags & (ND_TOK_CAPITAL | ND_TOK_PARAGRAPH) ||
                (after->kind == ND_TOK_OPEN && nd_cite_token(p->tokens, k + 2)->flags & ND_TOK_CAPITAL));
    default:
        return after->flags & ND_TOK_PARAGRAPH &&
               (before->kind == ND_TOK_COLON || after->flags & ND_TOK_CAPITAL || after->kind == ND_TOK_DASH ||
                after->kind == ND_TOK_NUMBER);
    }
}

static uint32_t clause_start(const struct nd_parse *p, const struct nd_draft *drafts, size_t i)
{
    const uint32_t mention = drafts[i].span.start;
    uint32_t k = mention;
    while (k > 0 && mention - k < MAX_CLAUSE_TOKENS && !is_boundary(p, drafts, i, k - 1))
        k--;
    return k;
}

/* Whether token k belongs to an earlier citation and says nothing of the mention at m: it lies in its name,
 * or in its subject when that ended before m. */
static bool belongs_to_earlier(const struct nd_draft *drafts, size_t i, uint32_t k, uint32_t m)
{
    for (size_t e = i; e-- > 0 && i - e <= PRECEDING_DRAFTS;) {
        const struct nd_draft *d = &drafts[e];
        if ((k >= d->span.start && k < d->span.end) || (k >= d->body.start && k < d->body.end))
            return true;
        if (k >= d->subject.start && k < d->subject.end && m >= d->subject.end)
            return true;
    }
    return false;
}

static bool changes_text(enum nd_relation relation)
{
    return relation == ND_RELATION_AMENDS || relation == ND_RELATION_REPLACES ||
           relation == ND_RELATION_REPEALS || relation == ND_RELATION_CORRECTS;
}

/* "được sửa đổi", "sau sửa đổi": said of what stands before, not of what follows. */
static bool is_participle(const struct nd_parse *p, uint32_t trigger)
{
    return is_phrase(p, trigger - 1, ND_PHRASE_PASSIVE_MARK) || is_phrase(p, trigger - 1, ND_PHRASE_AFTER);
}

static size_t find_triggers(const struct nd_parse *p, const struct nd_draft *drafts, size_t i, uint32_t from,
                            struct trigger triggers[MAX_TRIGGERS])
{
    const uint32_t m = drafts[i].span.start;
    size_t n = 0;
    for (uint32_t k = from; k < m;) {
        const struct nd_phrase *phrase;
        const uint32_t other =
            MAX(nd_lexicon_match_before(p->lexicon, p->tokens, k, m, ND_PHRASE_NOT, NULL),
                nd_lexicon_match_before(p->lexicon, p->tokens, k, m, ND_PHRASE_NO_TRIGGER, NULL));
        const uint32_t length =
            other ? 0 : nd_lexicon_match_before(p->lexicon, p->tokens, k, m, ND_PHRASE_TRIGGER, &phrase);
        if (!length || belongs_to_earlier(drafts, i, k, m) ||
            (changes_text((enum nd_relation)phrase->value) && k > from && is_participle(p, k))) {
            k += MAX(other, 1);
            continue;
        }
        if (n == MAX_TRIGGERS)
            memmove(triggers, triggers + 1, --n * sizeof *triggers);
        triggers[n++] = (struct trigger){{k, k + length}, (enum nd_relation)phrase->value};
        k += length;
    }
    return n;
}

static bool has_comma(const struct nd_parse *p, uint32_t from, uint32_t to)
{
    for (uint32_t k = from; k < to; k++)
        if (nd_cite_token(p->tokens, k)->kind == ND_TOK_COMMA)
            return true;
    return false;
}

/* Whether an earlier citation begins between the two tokens. */
static bool cites_between(const struct nd_draft *drafts, size_t i, uint32_t from, uint32_t to)
{
    for (size_t e = i; e-- > 0 && drafts[e].span.start >= from;)
        if (drafts[e].span.start < to)
            return true;
    return false;
}

/* "5 năm thực hiện" */
static bool counts_years(const struct nd_parse *p, uint32_t trigger)
{
    return trigger >= 2 && is_phrase(p, trigger - 1, ND_PHRASE_YEAR) &&
           nd_cite_token(p->tokens, trigger - 2)->kind == ND_TOK_NUMBER;
}

/* "sau 5 năm thực hiện" */
static bool follows_years(const struct nd_parse *p, uint32_t trigger)
{
    return trigger >= 3 && counts_years(p, trigger) && is_phrase(p, trigger - 3, ND_PHRASE_AFTER);
}

/* Whether only the object of a verb stands between the trigger and drafts[i]: "sửa đổi, bổ sung một số điều
 * của", and earlier citations of the same list. */
static bool has_as_object(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                          uint32_t trigger_end)
{
    size_t e = i - MIN(i, PRECEDING_DRAFTS);
    for (uint32_t k = trigger_end; k < drafts[i].span.start;) {
        while (e < i && drafts[e].span.start < k)
            e++;
        if (e < i && drafts[e].span.start == k) {
            k = MAX(drafts[e].tail_end, k + 1);
            continue;
        }
        const struct nd_cite_token *t = nd_cite_token(p->tokens, k);
        const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, k, ND_PHRASE_OBJECT, NULL);
        const bool label = t->kind == ND_TOK_NUMBER || (t->kind == ND_TOK_WORD && t->end - t->start <= 2);
        if (n == 0 && t->kind != ND_TOK_COMMA && t->kind != ND_TOK_SEMICOLON && !label)
            return false;
        k += MAX(n, 1);
    }
    return true;
}

/* The trigger that governs: the nearest, unless it says that a text is changed and stands too far off for
 * that, or a review of the implementation is meant. */
static const struct trigger *governing(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                                       const struct trigger *triggers, size_t n,
                                       enum nd_relation *relation_out)
{
    while (n > 0 && changes_text(triggers[n - 1].relation) &&
           !has_as_object(p, drafts, i, triggers[n - 1].run.end))
        n--;
    if (n == 0)
        return NULL;
    const struct trigger *last = &triggers[n - 1];
    *relation_out = last->relation;
    if (last->relation != ND_RELATION_IMPLEMENTS)
        return last;
    if (follows_years(p, last->run.start))
        *relation_out = ND_RELATION_REVIEWS;
    for (size_t k = n - 1; k-- > 0;) {
        const struct trigger *t = &triggers[k];
        if (t->relation != ND_RELATION_REVIEWS)
            continue;
        /* "sơ kết 5 năm thực hiện X và 3 năm thực hiện Y" */
        const bool counted = counts_years(p, last->run.start);
        const bool near = last->run.start - t->run.end <= REVIEW_TOKENS &&
                          !has_comma(p, t->run.end, last->run.start) &&
                          !cites_between(drafts, i, t->run.end, last->run.start);
        if (counted || near) {
            *relation_out = ND_RELATION_REVIEWS;
            return t;
        }
    }
    return last;
}

/* Whether documents of the type lay down rules; of the rows that share a code one is enough: TT is Thông tư
 * and Thông tri. */
static bool is_normative(const char *code)
{
    size_t n;
    const struct nd_type *types = nd_types(&n);
    for (size_t i = 0; i < n; i++)
        if (types[i].normative && strcmp(types[i].code, code) == 0)
            return true;
    return false;
}

/* Whether a change of text is still to come: "nghiên cứu sửa đổi X" anywhere, and in a plan or programme
 * every "sửa đổi X" that is not said of this document ("Kế hoạch này thay thế X"). */
static bool is_task(const struct nd_parse *p, uint32_t from, uint32_t trigger, const struct nd_zones *zones,
                    enum nd_strength strength)
{
    bool of_this = false;
    for (uint32_t k = from; k < trigger; k++) {
        if (trigger - k <= TASK_TOKENS && is_phrase(p, k, ND_PHRASE_TASK))
            return true;
        of_this |= is_phrase(p, k, ND_PHRASE_THIS);
    }
    return zones->type && !is_normative(zones->type) && !of_this && strength != ND_STRENGTH_TITLE;
}

/* The earlier citation whose subject the mention stands in: "Kế hoạch số 61-KH/TU ... về thực hiện Kết luận
 * số 224-KL/TU". */
static void read_reported(const struct nd_draft *drafts, size_t i, const struct trigger *trigger,
                          struct nd_relation_read *out)
{
    if (!trigger)
        return;
    for (size_t e = i; e-- > 0 && i - e <= PRECEDING_DRAFTS;) {
        const struct nd_draft *d = &drafts[e];
        if (d->subject.start <= trigger->run.start && drafts[i].span.start < d->subject.end) {
            out->reported_by = (int32_t)e;
            out->reported_relation = out->relation;
            return;
        }
    }
}

/* Whether a sentence ends with token k. */
static bool ends_sentence(const struct nd_parse *p, uint32_t k)
{
    const struct nd_cite_token *after = nd_cite_token(p->tokens, k + 1);
    return nd_cite_token(p->tokens, k)->kind == ND_TOK_DOT && after->flags & ND_TOK_SPACE &&
           (after->flags & (ND_TOK_CAPITAL | ND_TOK_LINE) || after->kind == ND_TOK_NUMBER);
}

/* The citation whose subject drafts[i] stands in, and whose subject stands in no other; i itself without. */
static size_t outermost(const struct nd_draft *drafts, size_t i)
{
    size_t outer = i;
    for (size_t e = i; e-- > 0 && i - e <= PRECEDING_DRAFTS;)
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

/* Whether a text of the type `by` can change one of the type `target`: a circular cannot amend a law. */
static bool may_change(const char *by, const char *target)
{
    const int x = rank_of(by), y = rank_of(target);
    return x == 0 || y == 0 || x >= y;
}

/* The citation that drafts[i] changes, said in the passive: the one before it, or, where that ranks too high,
 * the one whose subject names it ("Nghị định A thi hành Luật B, được sửa đổi bởi Nghị định C"). False when it
 * can be neither. What an official source note says stands whatever the ranks. */
static bool passive_target(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                           size_t *target_out)
{
    *target_out = i - 1;
    if (may_change(drafts[i].type, drafts[i - 1].type) || nd_source_note_begins(p, drafts[i - 1].span.start))
        return true;
    *target_out = outermost(drafts, i - 1);
    return may_change(drafts[i].type, drafts[*target_out].type);
}

/* "X, có nội dung được sửa đổi bởi Y; Z": Y and Z hang on X and do it to X. */
static bool read_passive(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                         struct nd_relation_read *reads)
{
    const uint32_t m = drafts[i].span.start;
    if (i == 0 || m == 0)
        return false;
    const struct nd_cite_token *before = nd_cite_token(p->tokens, m - 1);
    /* in running text a semicolon begins the next target, in a source note the next source */
    const bool in_note = reads[i - 1].reported_inverse &&
                         nd_source_note_begins(p, drafts[reads[i - 1].reported_by].span.start);
    const bool listed = is_phrase(p, m - 1, ND_PHRASE_AND) || (in_note && before->kind == ND_TOK_SEMICOLON);
    if (listed && reads[i - 1].reported_inverse &&
        (in_note || may_change(drafts[i].type, drafts[reads[i - 1].reported_by].type)) &&
        m - drafts[i - 1].span.end <= MAX_CLAUSE_TOKENS) {
        reads[i] = reads[i - 1];
        return true;
    }
    const struct nd_draft *target = &drafts[i - 1];
    bool by = false, found = false;
    enum nd_relation relation = ND_RELATION_CITES;
    if (m - target->span.end > MAX_CLAUSE_TOKENS)
        return false;
    for (uint32_t k = target->span.end; k < m;) {
        if (ends_sentence(p, k))
            return false;
        const struct nd_phrase *phrase;
        const uint32_t passive =
            nd_lexicon_match_before(p->lexicon, p->tokens, k, m, ND_PHRASE_PASSIVE, &phrase);
        const uint32_t n =
            passive ? passive : nd_lexicon_match_before(p->lexicon, p->tokens, k, m, ND_PHRASE_BY, NULL);
        if (passive && !(found && relation == ND_RELATION_AMENDS))
            relation = (enum nd_relation)phrase->value;
        found |= passive > 0;
        by = n > 0 && !passive && k + n + (nd_cite_token(p->tokens, k + n)->kind == ND_TOK_COLON) == m;
        k += MAX(n, 1);
    }
    size_t changed;
    if (!found || !by || !passive_target(p, drafts, i, &changed))
        return false;
    reads[i].relation = ND_RELATION_CITES;
    reads[i].reported_by = (int32_t)changed;
    reads[i].reported_relation = relation;
    reads[i].reported_inverse = true;
    return true;
}

/* "Quyết định số ... hết hiệu lực kể từ ngày ...". */
static bool loses_force(const struct nd_parse *p, const struct nd_draft *draft)
{
    return is_phrase(p, draft->tail_end, ND_PHRASE_OUT_OF_FORCE) ||
           is_phrase(p, draft->span.end, ND_PHRASE_OUT_OF_FORCE);
}

/* The citation that the list goes on from to drafts[i]: "X, Y" and "X và Y". i itself without. */
static size_t item_before(const struct nd_parse *p, const struct nd_draft *drafts, size_t i)
{
    for (size_t e = i; e-- > 0 && i - e <= PRECEDING_DRAFTS;) {
        uint32_t k = drafts[e].tail_end;
        while (k < drafts[i].span.start &&
               (nd_cite_token(p->tokens, k)->kind == ND_TOK_COMMA ||
                nd_cite_token(p->tokens, k)->kind == ND_TOK_SEMICOLON || is_phrase(p, k, ND_PHRASE_AND) ||
                is_phrase(p, k, ND_PHRASE_PLURAL)))
            k++;
        if (k == drafts[i].span.start)
            return e;
    }
    return i;
}

/* "X, Y và Z hết hiệu lực": what is said behind Z holds for the items before it too; in "Nghị định A thi hành
 * Luật B, Luật C hết hiệu lực" it holds for A alone. */
static void lose_force(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                       struct nd_relation_read *reads)
{
    enum { MAX_ITEMS = 32 };
    size_t items[MAX_ITEMS] = {outermost(drafts, i)}, n = 1;
    while (n < MAX_ITEMS) {
        const size_t last = items[n - 1], before = item_before(p, drafts, last);
        if (before == last)
            break;
        const size_t outer = outermost(drafts, before);
        if (outer != before)
            n = 0; /* the items so far go on with a list inside its subject */
        items[n++] = outer;
    }
    for (size_t k = 0; k < n; k++)
        if (!reads[items[k]].trigger.end && reads[items[k]].reported_by < 0)
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
        if (behind_bullet(p, k) > k)
            return k;
        if (flags & ND_TOK_PARAGRAPH)
            break;
    }
    return m + 1;
}

/* The trigger of the heading that ends with the colon at token `colon`. */
static bool read_heading(const struct nd_parse *p, uint32_t colon, struct nd_relation_read *out)
{
    enum { HEADING_TOKENS = 14 };
    for (uint32_t k = colon; k > 0 && colon - k < HEADING_TOKENS; k--) {
        const struct nd_phrase *phrase;
        const uint32_t n =
            nd_lexicon_match_before(p->lexicon, p->tokens, k - 1, colon, ND_PHRASE_TRIGGER, &phrase);
        if (ends_sentence(p, k - 1))
            break;
        if (n && (k < 2 || !nd_lexicon_match(p->lexicon, p->tokens, k - 2, ND_PHRASE_TRIGGER, NULL))) {
            out->list_trigger = (struct nd_run){k - 1, k - 1 + n};
            out->list_relation = (enum nd_relation)phrase->value;
            return true;
        }
        if (nd_cite_token(p->tokens, k - 1)->flags & ND_TOK_PARAGRAPH)
            break;
    }
    return false;
}

/* Where the sentence of a heading's trigger begins. */
static uint32_t heading_start(const struct nd_parse *p, uint32_t trigger)
{
    uint32_t k = trigger;
    while (k > 0 && trigger - k < TASK_TOKENS && !ends_sentence(p, k - 1) &&
           !(nd_cite_token(p->tokens, k)->flags & ND_TOK_PARAGRAPH))
        k--;
    return k;
}

/* "Căn cứ:" or "Bãi bỏ các văn bản sau:" governs every item of the list under it. */
static void read_list(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
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
        if (nd_cite_token(p->tokens, k - 1)->kind == ND_TOK_COLON && behind_bullet(p, k) > k) {
            read_heading(p, k - 1, &reads[i]);
            return;
        }
        if (i > 0 && k == drafts[i - 1].span.start && reads[i - 1].list_trigger.end) {
            reads[i].list_trigger = reads[i - 1].list_trigger;
            reads[i].list_relation = reads[i - 1].list_relation;
            return;
        }
        if (t->flags & ND_TOK_PARAGRAPH && behind_bullet(p, k) == k)
            return;
    }
}

/* Whether the mention takes its relation from the heading of its list: it is the item itself, or its item
 * says nothing of it and the heading names grounds. */
static bool governed_by_list(const struct nd_parse *p, const struct nd_draft *draft,
                             const struct nd_relation_read *read, bool triggered)
{
    if (!read->list_trigger.end)
        return false;
    const uint32_t item = item_start(p, draft->span.start);
    return behind_bullet(p, item) == draft->span.start || (!triggered && !changes_text(read->list_relation));
}

void nd_relation_read(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                      const struct nd_zones *zones, struct nd_relation_read *reads)
{
    struct nd_relation_read *out = &reads[i];
    const uint32_t m = drafts[i].span.start;
    *out = (struct nd_relation_read){.relation = ND_RELATION_CITES, .reported_by = -1};
    const enum nd_strength strength = m < zones->title_end     ? ND_STRENGTH_TITLE
                                      : m < zones->opening_end ? ND_STRENGTH_OPENING
                                                               : ND_STRENGTH_BODY;
    const bool passive = read_passive(p, drafts, i, reads);
    out->strength = strength;
    read_list(p, drafts, i, reads);
    if (passive)
        return;
    struct trigger triggers[MAX_TRIGGERS];
    const uint32_t from = clause_start(p, drafts, i);
    const size_t n = find_triggers(p, drafts, i, from, triggers);
    const struct trigger *trigger = governing(p, drafts, i, triggers, n, &out->relation);
    const bool title_guides = strength == ND_STRENGTH_TITLE && g_strcmp0(zones->type, "HD") == 0;
    if (governed_by_list(p, &drafts[i], out, trigger != NULL)) {
        out->relation = out->list_relation;
        out->trigger = out->list_trigger;
        out->proposed = changes_text(out->relation) &&
                        is_task(p, heading_start(p, out->trigger.start), out->trigger.start, zones, strength);
        return;
    }
    if (loses_force(p, &drafts[i]))
        lose_force(p, drafts, i, reads);
    if (!trigger) {
        /* "HƯỚNG DẪN một số nội dung Quy định số ...": the type word is the verb */
        if (title_guides)
            out->relation = ND_RELATION_GUIDES;
        return;
    }
    if (out->relation == ND_RELATION_REPEALS && trigger->relation != ND_RELATION_REPEALS)
        return;
    /* "Thay Điều 6 của X bằng điều 6 mới" */
    if (out->relation == ND_RELATION_REPLACES && drafts[i].pinpoint.end &&
        trigger->run.end - trigger->run.start == 1)
        out->relation = ND_RELATION_AMENDS;
    out->trigger = trigger->run;
    out->proposed = changes_text(out->relation) && is_task(p, from, trigger->run.start, zones, strength);
    read_reported(drafts, i, trigger, out);
    if (title_guides && out->relation == ND_RELATION_IMPLEMENTS)
        out->relation = ND_RELATION_GUIDES;
}
