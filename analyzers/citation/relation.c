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

/* Whether a clause ends between token k and the next. */
static bool is_boundary(const struct nd_parse *p, const struct nd_draft *drafts, size_t i, uint32_t k)
{
    const struct nd_cite_token *before = nd_cite_token(p->tokens, k),
                               *after = nd_cite_token(p->tokens, k + 1);
    switch (before->kind) {
    case ND_TOK_SEMICOLON: /* the citations of one list share the verb of the list */
        return !begins_citation(drafts, i, k + 1) &&
               !(is_phrase(p, k + 1, ND_PHRASE_NUMBERED) && begins_citation(drafts, i, k + 2));
    case ND_TOK_DOT:
        return after->flags & ND_TOK_SPACE && after->flags & (ND_TOK_CAPITAL | ND_TOK_PARAGRAPH);
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
        const uint32_t other = nd_lexicon_match_before(p->lexicon, p->tokens, k, m, ND_PHRASE_NOT, NULL);
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

/* "sau 5 năm thực hiện" */
static bool follows_years(const struct nd_parse *p, uint32_t trigger)
{
    return trigger >= 3 && is_phrase(p, trigger - 1, ND_PHRASE_YEAR) &&
           nd_cite_token(p->tokens, trigger - 2)->kind == ND_TOK_NUMBER &&
           is_phrase(p, trigger - 3, ND_PHRASE_AFTER);
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
        if (t->relation == ND_RELATION_REVIEWS && last->run.start - t->run.end <= REVIEW_TOKENS &&
            !has_comma(p, t->run.end, last->run.start) &&
            !cites_between(drafts, i, t->run.end, last->run.start)) {
            *relation_out = ND_RELATION_REVIEWS;
            return t;
        }
    }
    return last;
}

/* Whether a change of text is still to come: "nghiên cứu sửa đổi X" anywhere, and in a plan or programme
 * every "sửa đổi X" that is not said of this document ("Kế hoạch này thay thế X"). */
static bool is_task(const struct nd_parse *p, uint32_t from, uint32_t trigger, const struct nd_zones *zones,
                    enum nd_strength strength)
{
    const uint32_t first = trigger - MIN(trigger - from, TASK_TOKENS);
    bool of_this = false;
    for (uint32_t k = first; k < trigger; k++) {
        if (is_phrase(p, k, ND_PHRASE_TASK))
            return true;
        of_this |= is_phrase(p, k, ND_PHRASE_THIS);
    }
    const struct nd_type *type = zones->type ? nd_type_by_code(zones->type) : NULL;
    return type && !type->normative && !of_this && strength != ND_STRENGTH_TITLE;
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
    if (listed && reads[i - 1].reported_inverse && m - drafts[i - 1].span.end <= MAX_CLAUSE_TOKENS) {
        reads[i] = reads[i - 1];
        return true;
    }
    const struct nd_draft *target = &drafts[i - 1];
    bool by = false, found = false;
    enum nd_relation relation = ND_RELATION_CITES;
    if (m - target->span.end > MAX_CLAUSE_TOKENS)
        return false;
    for (uint32_t k = target->span.end; k < m;) {
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
    if (!found || !by)
        return false;
    reads[i].relation = ND_RELATION_CITES;
    reads[i].reported_by = (int32_t)(i - 1);
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
    if (passive)
        return;
    struct trigger triggers[MAX_TRIGGERS];
    const uint32_t from = clause_start(p, drafts, i);
    const size_t n = find_triggers(p, drafts, i, from, triggers);
    const struct trigger *trigger = governing(p, drafts, i, triggers, n, &out->relation);
    const bool title_guides = strength == ND_STRENGTH_TITLE && g_strcmp0(zones->type, "HD") == 0;
    if (loses_force(p, &drafts[i]))
        out->relation = ND_RELATION_REPEALS;
    if (!trigger) {
        /* "HƯỚNG DẪN một số nội dung Quy định số ...": the type word is the verb */
        if (title_guides)
            out->relation = ND_RELATION_GUIDES;
        return;
    }
    if (out->relation == ND_RELATION_REPEALS && trigger->relation != ND_RELATION_REPEALS)
        return;
    out->trigger = trigger->run;
    out->proposed = changes_text(out->relation) && is_task(p, from, trigger->run.start, zones, strength);
    read_reported(drafts, i, trigger, out);
    if (title_guides && out->relation == ND_RELATION_IMPLEMENTS)
        out->relation = ND_RELATION_GUIDES;
}
