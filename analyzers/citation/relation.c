#include "analyzers/citation/relation.h"

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

/* Whether the sentence of token i + 1 does not reach back over the boundary between i and i + 1. */
static bool is_boundary(const struct nd_parse *p, uint32_t i, uint32_t mention)
{
    const struct nd_cite_token *before = nd_cite_token(p->tokens, i),
                               *after = nd_cite_token(p->tokens, i + 1);
    switch (before->kind) {
    case ND_TOK_SEMICOLON: /* items of one list keep the verb of the list */
        return i + 1 != mention;
    case ND_TOK_DOT:
        return after->flags & ND_TOK_SPACE && after->flags & (ND_TOK_CAPITAL | ND_TOK_PARAGRAPH);
    default:
        return after->flags & ND_TOK_PARAGRAPH &&
               (before->kind == ND_TOK_COLON || after->flags & ND_TOK_CAPITAL || after->kind == ND_TOK_DASH ||
                after->kind == ND_TOK_NUMBER);
    }
}

static uint32_t clause_start(const struct nd_parse *p, uint32_t mention)
{
    uint32_t i = mention;
    while (i > 0 && mention - i < MAX_CLAUSE_TOKENS && !is_boundary(p, i - 1, mention))
        i--;
    return i;
}

/* Whether token k belongs to an earlier citation and says nothing of the mention at m: it lies in its name,
 * or in its subject when that ended before m. */
static bool belongs_to_earlier(const struct nd_draft *drafts, size_t i, uint32_t k, uint32_t m)
{
    for (size_t e = i; e-- > 0 && i - e <= PRECEDING_DRAFTS;) {
        const struct nd_draft *d = &drafts[e];
        if (k >= d->span.start && k < d->span.end)
            return true;
        if (k >= d->subject.start && k < d->subject.end && m >= d->subject.end)
            return true;
    }
    return false;
}

static size_t find_triggers(const struct nd_parse *p, const struct nd_draft *drafts, size_t i, uint32_t from,
                            struct trigger triggers[MAX_TRIGGERS])
{
    const uint32_t m = drafts[i].span.start;
    size_t n = 0;
    for (uint32_t k = from; k < m;) {
        const struct nd_phrase *phrase;
        const uint32_t length = nd_lexicon_match(p->lexicon, p->tokens, k, ND_PHRASE_TRIGGER, &phrase);
        if (!length || k + length > m || belongs_to_earlier(drafts, i, k, m)) {
            k++;
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

/* "sau 5 năm thực hiện" */
static bool follows_years(const struct nd_parse *p, uint32_t trigger)
{
    return trigger >= 3 && is_phrase(p, trigger - 1, ND_PHRASE_YEAR) &&
           nd_cite_token(p->tokens, trigger - 2)->kind == ND_TOK_NUMBER &&
           is_phrase(p, trigger - 3, ND_PHRASE_AFTER);
}

/* The trigger that governs: the nearest, unless a review of its implementation is meant. */
static const struct trigger *governing(const struct nd_parse *p, const struct trigger *triggers, size_t n,
                                       enum nd_relation *relation_out)
{
    if (n == 0)
        return NULL;
    const struct trigger *last = &triggers[n - 1];
    *relation_out = last->relation;
    if (last->relation != ND_RELATION_IMPLEMENTS)
        return last;
    if (follows_years(p, last->run.start))
        *relation_out = ND_RELATION_REVIEWS;
    for (size_t i = n - 1; i-- > 0;) {
        const struct trigger *t = &triggers[i];
        if (t->relation == ND_RELATION_REVIEWS && last->run.start - t->run.end <= REVIEW_TOKENS &&
            !has_comma(p, t->run.end, last->run.start)) {
            *relation_out = ND_RELATION_REVIEWS;
            return t;
        }
    }
    return last;
}

/* "nghiên cứu sửa đổi X": to be done, not done. */
static bool is_task(const struct nd_parse *p, uint32_t from, uint32_t trigger)
{
    const uint32_t first = trigger - MIN(trigger - from, TASK_TOKENS);
    for (uint32_t k = first; k < trigger; k++)
        if (is_phrase(p, k, ND_PHRASE_TASK))
            return true;
    return false;
}

static bool changes_text(enum nd_relation relation)
{
    return relation == ND_RELATION_AMENDS || relation == ND_RELATION_REPLACES ||
           relation == ND_RELATION_REPEALS || relation == ND_RELATION_CORRECTS;
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

void nd_relation_read(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                      const struct nd_zones *zones, struct nd_relation_read *out)
{
    struct trigger triggers[MAX_TRIGGERS];
    const uint32_t m = drafts[i].span.start;
    const uint32_t from = clause_start(p, m);
    const size_t n = find_triggers(p, drafts, i, from, triggers);
    *out = (struct nd_relation_read){.relation = ND_RELATION_CITES, .reported_by = -1};
    const struct trigger *trigger = governing(p, triggers, n, &out->relation);
    out->strength = m < zones->title_end     ? ND_STRENGTH_TITLE
                    : m < zones->opening_end ? ND_STRENGTH_OPENING
                                             : ND_STRENGTH_BODY;
    if (!trigger)
        return;
    out->trigger = trigger->run;
    out->proposed = changes_text(out->relation) && is_task(p, from, trigger->run.start);
    read_reported(drafts, i, trigger, out);
    if (out->strength == ND_STRENGTH_TITLE && out->relation == ND_RELATION_IMPLEMENTS &&
        g_strcmp0(zones->type, "HD") == 0)
        out->relation = ND_RELATION_GUIDES;
}
