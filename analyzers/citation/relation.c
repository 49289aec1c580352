#include "analyzers/citation/relation.h"

#include "analyzers/citation/header.h"
#include "analyzers/citation/relation_parts.h"
#include "analyzers/data/data.h"

enum {
    MAX_TRIGGERS = 16,
    REVIEW_TOKENS = 14, /* "tổng kết 10 năm thực hiện": between the two verbs */
};

struct trigger {
    struct nd_run run;
    enum nd_relation relation;
    bool of_others; /* "các văn bản sửa đổi, bổ sung X": said of texts that are not named */
};

/* Whether one of the citations just before drafts[i], or itself, begins at token k. */
static bool begins_citation(const struct nd_draft *drafts, size_t i, uint32_t k)
{
    for (size_t e = i + 1; e-- > 0 && i - e <= ND_PRECEDING_DRAFTS;)
        if (drafts[e].span.start == k)
            return true;
    return false;
}

/* Whether token k lies inside the subject of an earlier citation: "về tăng cường xây dựng; ngăn chặn suy
 * thoái" ends no clause. */
static bool inside_subject(const struct nd_draft *drafts, size_t i, uint32_t k)
{
    for (size_t e = i; e-- > 0 && i - e <= ND_PRECEDING_DRAFTS;)
        if (k >= drafts[e].subject.start && k + 1 < drafts[e].subject.end)
            return true;
    return false;
}

/* Whether the item of a list that the next item, at token `next`, follows cites something: then both may hang
 * on the verb that stands over the list or in the first of them. */
static bool item_before_cites(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                              uint32_t next)
{
    for (size_t e = i; e-- > 0 && i - e <= ND_PRECEDING_DRAFTS;) {
        if (drafts[e].span.start >= next)
            continue;
        for (uint32_t k = drafts[e].span.end; k < next; k++)
            if (nd_cite_token(p->tokens, k)->flags & ND_TOK_LINE && nd_behind_bullet(p, k) > k)
                return false;
        return true;
    }
    return false;
}

/* Whether token i begins a row of a table: its number, and the next cell behind it. */
static bool begins_row(const struct nd_parse *p, uint32_t i)
{
    const struct nd_cite_token *t = nd_cite_token(p->tokens, i), *next = nd_cite_token(p->tokens, i + 1);
    return t->flags & ND_TOK_LINE && t->kind == ND_TOK_NUMBER && !(next->flags & ND_TOK_LINE) &&
           nd_begins_cell(p, i + 1);
}

/* Whether a clause ends between token k and the next. */
static bool is_boundary(const struct nd_parse *p, const struct nd_draft *drafts, size_t i, uint32_t k)
{
    const struct nd_cite_token *before = nd_cite_token(p->tokens, k),
                               *after = nd_cite_token(p->tokens, k + 1);
    if (before->kind != ND_TOK_COMMA && inside_subject(drafts, i, k))
        return false;
    if ((after->flags & ND_TOK_LINE && begins_row(p, k + 1)) ||
        (before->kind == ND_TOK_OTHER && nd_is_question_mark(p, k)))
        return true;
    switch (before->kind) {
    case ND_TOK_SEMICOLON: /* the citations of one list share the verb of the list */
        if (after->flags & ND_TOK_CAPITAL && !(after->flags & ND_TOK_LINE) &&
            nd_parse_is(p, k + 1, ND_PHRASE_TYPE))
            return false; /* "Thực hiện X; Kết luận của Thường trực Tỉnh ủy tại Y" */
        if (nd_behind_bullet(p, k + 1) > k + 1 && !item_before_cites(p, drafts, i, k + 1))
            return true; /* "- Sổ tay hướng dẫn lập kho;" and then the next item, "- X" */
        return !begins_citation(drafts, i, nd_behind_bullet(p, k + 1)) &&
               !((nd_parse_is(p, k + 1, ND_PHRASE_NUMBERED) || nd_parse_is(p, k + 1, ND_PHRASE_PLURAL)) &&
                 begins_citation(drafts, i, k + 2));
    case ND_TOK_COMMA: /* "Thực hiện X, Ban Thường vụ Tỉnh ủy đã ban hành Y": Y is not carried out */
        return nd_body_issued(p, k + 1);
    case ND_TOK_DOT:
        return after->flags & ND_TOK_SPACE &&
               (after->flags & (ND_TOK_CAPITAL | ND_TOK_PARAGRAPH) ||
                (after->kind == ND_TOK_OPEN && nd_cite_token(p->tokens, k + 2)->flags & ND_TOK_CAPITAL));
    default:
        /* a bullet, save of a list that the words before it govern */
        if (after->flags & ND_TOK_LINE && after->kind == ND_TOK_DASH && before->kind != ND_TOK_COLON &&
            nd_cite_token(p->tokens, k + 2)->flags & ND_TOK_CAPITAL &&
            !begins_citation(drafts, i, nd_behind_bullet(p, k + 1)))
            return true;
        return after->flags & ND_TOK_PARAGRAPH &&
               (before->kind == ND_TOK_COLON || after->flags & ND_TOK_CAPITAL || after->kind == ND_TOK_DASH ||
                after->kind == ND_TOK_NUMBER);
    }
}

static uint32_t clause_start(const struct nd_parse *p, const struct nd_draft *drafts, size_t i)
{
    const uint32_t mention = drafts[i].span.start;
    uint32_t k = mention;
    while (k > 0 && mention - k < ND_CLAUSE_TOKENS && !is_boundary(p, drafts, i, k - 1))
        k--;
    return k;
}

/* Whether token k belongs to an earlier citation and says nothing of the mention at m: it lies in its name,
 * or in its subject when that ended before m. */
static bool belongs_to_earlier(const struct nd_draft *drafts, size_t i, uint32_t k, uint32_t m)
{
    for (size_t e = i; e-- > 0 && i - e <= ND_PRECEDING_DRAFTS;) {
        const struct nd_draft *d = &drafts[e];
        if ((k >= d->span.start && k < d->span.end) || (k >= d->body.start && k < d->body.end))
            return true;
        if (k >= d->subject.start && k < d->subject.end && m >= d->subject.end)
            return true;
    }
    return false;
}

/* "được sửa đổi", "sau sửa đổi": said of what stands before, not of what follows. */
static bool is_participle(const struct nd_parse *p, uint32_t trigger)
{
    return nd_parse_is(p, trigger - 1, ND_PHRASE_PASSIVE_MARK) ||
           nd_parse_is(p, trigger - 1, ND_PHRASE_AFTER);
}

/* Whether the texts that do it are named by their type alone: "các quyết định sửa đổi X", "văn bản hướng dẫn
 * thi hành X". One "văn bản thay thế X" is a text to come. */
static bool is_of_others(const struct nd_parse *p, uint32_t k, enum nd_relation relation)
{
    enum { TYPE_TOKENS = 6 };
    if (!nd_changes_text(relation) && relation != ND_RELATION_GUIDES)
        return false;
    for (uint32_t back = 1; back <= TYPE_TOKENS && back < k; back++) {
        const bool text = nd_lexicon_match(p->lexicon, p->tokens, k - back, ND_PHRASE_TEXT, NULL) == back;
        const bool type = nd_lexicon_match(p->lexicon, p->tokens, k - back, ND_PHRASE_TYPE, NULL) == back;
        if ((text && relation == ND_RELATION_GUIDES) ||
            ((text || type) && nd_parse_is(p, k - back - 1, ND_PHRASE_PLURAL)))
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
        const uint32_t other =
            MAX(nd_lexicon_match_before(p->lexicon, p->tokens, k, m, ND_PHRASE_NOT, NULL),
                nd_lexicon_match_before(p->lexicon, p->tokens, k, m, ND_PHRASE_NO_TRIGGER, NULL));
        const uint32_t length =
            other ? 0 : nd_lexicon_match_before(p->lexicon, p->tokens, k, m, ND_PHRASE_TRIGGER, &phrase);
        if (!length || belongs_to_earlier(drafts, i, k, m)) {
            k += MAX(other, 1);
            continue;
        }
        if (nd_changes_text((enum nd_relation)phrase->value) && k > from && is_participle(p, k)) {
            k += length; /* the whole: "bổ sung" of "được sửa đổi, bổ sung" is no verb of its own */
            continue;
        }
        if (n == MAX_TRIGGERS)
            memmove(triggers, triggers + 1, --n * sizeof *triggers);
        const enum nd_relation relation = (enum nd_relation)phrase->value;
        triggers[n++] = (struct trigger){{k, k + length}, relation, is_of_others(p, k, relation)};
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
    return trigger >= 2 && nd_parse_is(p, trigger - 1, ND_PHRASE_YEAR) &&
           nd_cite_token(p->tokens, trigger - 2)->kind == ND_TOK_NUMBER;
}

/* "sau 5 năm thực hiện", "sau hơn 5 năm thực hiện" */
static bool follows_years(const struct nd_parse *p, uint32_t trigger)
{
    if (trigger < 3 || !counts_years(p, trigger))
        return false;
    enum { SUMMARY_TOKENS = 6 };
    for (uint32_t back = 1; back <= SUMMARY_TOKENS && trigger >= 2 + back; back++)
        if (nd_parse_is(p, trigger - 2 - back, ND_PHRASE_SUMMARY))
            return true; /* "báo cáo kết quả 5 năm thực hiện" */
    const bool about = trigger > 3 && nd_parse_is(p, trigger - 3, ND_PHRASE_ABOUT_AS_MANY);
    return nd_parse_is(p, trigger - 3 - about, ND_PHRASE_AFTER);
}

/* The token behind the quoted words at k and what joins them to others ("“viên chức” bằng cụm từ"); k itself
 * where none are. */
static uint32_t behind_quoted(const struct nd_parse *p, uint32_t k)
{
    enum { QUOTED_TOKENS = 24 };
    if (nd_cite_token(p->tokens, k)->kind != ND_TOK_QUOTE)
        return k;
    for (uint32_t end = k + 1; end < k + QUOTED_TOKENS; end++)
        if (nd_cite_token(p->tokens, end)->kind == ND_TOK_QUOTE)
            return end + 1 + nd_lexicon_match(p->lexicon, p->tokens, end + 1, ND_PHRASE_REWORD, NULL);
    return k;
}

/* The token behind "Quy chế làm việc ban hành kèm theo" at k, the text that a document only puts into force;
 * k itself where none is. */
static uint32_t behind_annexed(const struct nd_parse *p, uint32_t k, uint32_t limit)
{
    enum { ANNEXED_TOKENS = 30, PUT_INTO_FORCE = 4 /* words: "ban hành kèm theo", not "kèm theo" alone */ };
    const bool typed = nd_parse_is(p, k, ND_PHRASE_TYPE);
    if (!typed && !(nd_cite_token(p->tokens, k)->flags & ND_TOK_CAPITAL))
        return k;
    for (uint32_t i = k + 1; i < limit && i - k < ANNEXED_TOKENS; i++) {
        const struct nd_cite_token *t = nd_cite_token(p->tokens, i);
        const uint32_t n = nd_lexicon_match_before(p->lexicon, p->tokens, i, limit, ND_PHRASE_ATTACHED, NULL);
        if (n >= PUT_INTO_FORCE || (n && typed))
            return i + n;
        if (t->flags & ND_TOK_PARAGRAPH || (t->kind != ND_TOK_WORD && t->kind != ND_TOK_COMMA))
            break;
    }
    return k;
}

/* The colon behind "Quyết định của Ủy ban nhân dân tỉnh:", "Thông tư sau:" at k, where the citation at
 * `limit` follows it: the type and maybe the issuer, told before a list; k itself where none is. */
static uint32_t shared_head(const struct nd_parse *p, uint32_t k, uint32_t limit)
{
    enum { HEAD_TOKENS = 16 };
    const uint32_t type = nd_lexicon_match_before(p->lexicon, p->tokens, k, limit, ND_PHRASE_TYPE, NULL);
    if (!type || limit - k > HEAD_TOKENS || nd_cite_token(p->tokens, limit - 1)->kind != ND_TOK_COLON)
        return k;
    uint32_t i = k + type;
    i += nd_lexicon_match_before(p->lexicon, p->tokens, i, limit, ND_PHRASE_OBJECT, NULL);
    for (; i + 1 < limit && nd_parse_is(p, k + type, ND_PHRASE_OF); i++)
        if (nd_cite_token(p->tokens, i)->kind != ND_TOK_WORD)
            return k;
    return i + 1 == limit ? i : k;
}

bool nd_has_as_object(const struct nd_parse *p, const struct nd_draft *drafts, size_t i, uint32_t from)
{
    size_t e = i - MIN(i, ND_PRECEDING_DRAFTS);
    for (uint32_t k = from; k < drafts[i].span.start;) {
        while (e < i && drafts[e].span.start < k)
            e++;
        if (e < i && drafts[e].span.start == k) {
            if (drafts[e].subject.start <= drafts[i].span.start &&
                drafts[i].span.start < drafts[e].subject.end)
                return false; /* "bãi bỏ X sửa đổi Y": Y stands */
            k = MAX(drafts[e].tail_end, k + 1);
            continue;
        }
        const struct nd_cite_token *t = nd_cite_token(p->tokens, k);
        const uint32_t limit = drafts[e].span.start;
        const uint32_t n = nd_lexicon_match_before(p->lexicon, p->tokens, k, limit, ND_PHRASE_OBJECT, NULL);
        const uint32_t behind =
            MAX(MAX(k + n, behind_annexed(p, k, limit)), MAX(behind_quoted(p, k), shared_head(p, k, limit)));
        const bool label = t->kind == ND_TOK_NUMBER || (t->kind == ND_TOK_WORD && t->length <= 2);
        if (behind == k && t->kind != ND_TOK_COMMA && t->kind != ND_TOK_SEMICOLON &&
            t->kind != ND_TOK_COLON && !label)
            return false;
        k = MAX(behind, k + 1);
    }
    return true;
}

/* Whether the trigger says something of its object alone. */
static bool needs_object(const struct nd_parse *p, const struct trigger *trigger)
{
    return nd_changes_text(trigger->relation) ||
           nd_lexicon_match(p->lexicon, p->tokens, trigger->run.start, ND_PHRASE_CLOSE, NULL) ==
               trigger->run.end - trigger->run.start;
}

/* The trigger that governs: the nearest, unless it says that a text is changed and stands too far off for
 * that, or a review of the implementation is meant. */
static const struct trigger *governing(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                                       const struct trigger *triggers, size_t n,
                                       enum nd_relation *relation_out)
{
    const uint32_t m = drafts[i].span.start;
    while (n > 0 &&
           (triggers[n - 1].of_others ? cites_between(drafts, i, triggers[n - 1].run.end, m)
                                      : needs_object(p, &triggers[n - 1]) &&
                                            !nd_has_as_object(p, drafts, i, triggers[n - 1].run.end)))
        n--;
    if (n == 0 || triggers[n - 1].of_others)
        return NULL;
    const struct trigger *last = &triggers[n - 1];
    *relation_out = last->relation;
    if (last->relation != ND_RELATION_IMPLEMENTS)
        return last;
    if (last->run.start > 0 && nd_parse_is(p, last->run.start - 1, ND_PHRASE_NEGATION)) {
        *relation_out = ND_RELATION_CITES; /* "không thực hiện X" */
        return last;
    }
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

/* "Đề nghị Ban Bí thư sớm ban hành quy định thay thế X": what is asked for is a document that will do it.
 * "Theo đề nghị của ..." asks nothing. */
static bool asks_to_issue(const struct nd_parse *p, uint32_t from, uint32_t trigger)
{
    enum { ASKED_TOKENS = 18 };
    bool issue = false;
    for (uint32_t k = trigger; k > from && trigger - k < ASKED_TOKENS; k--) {
        issue |= nd_parse_is(p, k - 1, ND_PHRASE_ISSUED);
        if (nd_parse_is(p, k - 1, ND_PHRASE_THIS))
            return false;
        if (issue && nd_parse_is(p, k - 1, ND_PHRASE_TASK))
            return k < 2 || !nd_parse_is(p, k - 2, ND_PHRASE_TRIGGER);
    }
    return false;
}

/* Whether a change of text is still to come: "nghiên cứu sửa đổi X" anywhere, and in a plan or programme
 * every "sửa đổi X" that is not said of this document ("Kế hoạch này thay thế X") or reported of another. */
static bool is_task(const struct nd_parse *p, uint32_t from, uint32_t trigger, const struct nd_zones *zones,
                    const struct nd_relation_read *read)
{
    bool of_this = read->reported_by >= 0;
    for (uint32_t k = from; k < trigger; k++) {
        if (trigger - k <= ND_TASK_TOKENS && nd_parse_is(p, k, ND_PHRASE_TASK))
            return true;
        of_this |= nd_parse_is(p, k, ND_PHRASE_THIS);
    }
    if (asks_to_issue(p, from, trigger))
        return true;
    return zones->type && !zones->normative && !is_normative(zones->type) && !of_this &&
           (read->strength != ND_STRENGTH_TITLE || strcmp(zones->type, "TTr") == 0);
}

/* The earlier citation whose subject the mention stands in: "Kế hoạch số 61-KH/TU ... về thực hiện Kết luận
 * số 224-KL/TU". */
static void read_reported(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                          const struct trigger *trigger, struct nd_relation_read *out)
{
    if (!trigger)
        return;
    for (size_t e = i; e-- > 0 && i - e <= ND_PRECEDING_DRAFTS;) {
        const struct nd_draft *d = &drafts[e];
        /* "A quy định về kho và bãi bỏ B", B later than A: this text repeals it */
        if (nd_changes_text(out->relation) && nd_is_earlier(d, &drafts[i]))
            continue;
        if ((d->subject.start <= trigger->run.start && drafts[i].span.start < d->subject.end) ||
            (d->tail_end + 1 == trigger->run.start && nd_changes_text(out->relation) &&
             nd_cite_token(p->tokens, d->tail_end)->kind == ND_TOK_OPEN)) { /* "X (thay thế Y)" */
            out->reported_by = (int32_t)e;
            out->reported_relation = out->relation;
            return;
        }
    }
}

/* "Thay Điều 6 của X bằng điều mới", "Thay thế Phụ lục I của X", "Thay cụm từ “A” bằng cụm từ “B” tại X": X
 * itself stays. */
static bool replaces_a_part(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                            struct nd_run trigger)
{
    if (drafts[i].pinpoint.end)
        return true;
    uint32_t k = trigger.end; /* or behind the item before: "thay thế Điều 1 của Y và X" */
    for (size_t e = i; e-- > 0 && drafts[e].span.start > trigger.start;)
        k = MAX(k, drafts[e].tail_end);
    enum { LABEL_BYTES = 2 };
    for (; k < drafts[i].span.start; k++) {
        const uint32_t n = nd_lexicon_match(p->lexicon, p->tokens, k, ND_PHRASE_PINPOINT, NULL);
        const struct nd_cite_token *label = nd_cite_token(p->tokens, k + n); /* "Điều 5", but not "đê điều" */
        if ((n &&
             (label->kind == ND_TOK_NUMBER || label->length <= LABEL_BYTES || label->flags & ND_TOK_UPPER)) ||
            nd_parse_is(p, k, ND_PHRASE_WORDING))
            return true;
    }
    return false;
}

bool nd_list_is_inside(const struct nd_parse *p, const struct nd_draft *drafts, size_t i)
{
    for (;;) {
        if (nd_outermost_citation(drafts, i) != i)
            return true;
        const size_t before = nd_item_before(p, drafts, i);
        if (before == i)
            return false;
        i = before;
    }
}

/* A list that is longer than a clause is looked back: drafts[i] has the relation of the item before it. */
static bool goes_on_far(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                        struct nd_relation_read *reads)
{
    const size_t item = nd_item_before(p, drafts, i);
    const size_t before = item < i ? nd_outermost_citation(drafts, item) : i;
    if (before == i || !reads[before].trigger.end || reads[before].reported_by >= 0 ||
        drafts[i].span.start - reads[before].trigger.start < ND_CLAUSE_TOKENS ||
        (nd_changes_text(reads[before].relation) && nd_list_is_inside(p, drafts, i)))
        return false;
    reads[i].relation = reads[before].relation;
    reads[i].trigger = reads[before].trigger;
    reads[i].proposed = reads[before].proposed;
    return true;
}

static void read_relation(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                          const struct nd_zones *zones, struct nd_relation_read *reads)
{
    struct nd_relation_read *out = &reads[i];
    const uint32_t m = drafts[i].span.start;
    *out = (struct nd_relation_read){.relation = ND_RELATION_CITES, .reported_by = -1};
    const enum nd_strength strength = m >= zones->title_start && m < zones->title_end ? ND_STRENGTH_TITLE
                                      : m < zones->opening_end                        ? ND_STRENGTH_OPENING
                                                                                      : ND_STRENGTH_BODY;
    const bool passive = nd_relation_read_passive(p, drafts, i, reads);
    out->strength = strength;
    nd_relation_read_list(p, drafts, i, reads);
    if (passive)
        return;
    if (nd_relation_announced(p, drafts, i, out))
        return;
    struct trigger triggers[MAX_TRIGGERS];
    const uint32_t from = clause_start(p, drafts, i);
    const size_t n = find_triggers(p, drafts, i, from, triggers);
    const struct trigger *trigger = governing(p, drafts, i, triggers, n, &out->relation);
    const bool title_guides = strength == ND_STRENGTH_TITLE && g_strcmp0(zones->type, "HD") == 0;
    if (nd_relation_governed_by_list(p, drafts, i, out, trigger != NULL)) {
        out->relation = out->list_relation;
        out->trigger = out->list_trigger;
        if (out->relation == ND_RELATION_REPLACES && replaces_a_part(p, drafts, i, out->trigger))
            out->relation = ND_RELATION_AMENDS;
        out->proposed = nd_changes_text(out->relation) &&
                        is_task(p, nd_heading_start(p, out->trigger.start), out->trigger.start, zones, out);
        return;
    }
    nd_relation_lose_force(p, drafts, i, zones, reads);
    if (!trigger && goes_on_far(p, drafts, i, reads))
        return;
    if (!trigger) {
        /* "HƯỚNG DẪN một số nội dung Quy định số ...": the type word is the verb */
        if (title_guides)
            out->relation = ND_RELATION_GUIDES;
        return;
    }
    if (out->relation == ND_RELATION_REPEALS && trigger->relation != ND_RELATION_REPEALS)
        return;
    if (out->relation == ND_RELATION_REPLACES && replaces_a_part(p, drafts, i, trigger->run))
        out->relation = ND_RELATION_AMENDS;
    out->trigger = trigger->run;
    read_reported(p, drafts, i, trigger, out);
    out->proposed = nd_changes_text(out->relation) && is_task(p, from, trigger->run.start, zones, out);
    if (title_guides && out->relation == ND_RELATION_IMPLEMENTS)
        out->relation = ND_RELATION_GUIDES;
}

void nd_relation_read(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                      const struct nd_zones *zones, struct nd_relation_read *reads)
{
    read_relation(p, drafts, i, zones, reads);
    /* what is said to be changed by a text that may not change it, another text changes */
    struct nd_relation_read *out = &reads[i];
    if (nd_changes_text(out->relation) && out->reported_by < 0 && !nd_may_change(zones->type, &drafts[i])) {
        out->relation = ND_RELATION_CITES;
        out->trigger = (struct nd_run){0};
        out->proposed = false;
    }
}
