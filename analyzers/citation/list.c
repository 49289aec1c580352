#include "analyzers/citation/list.h"

static bool is_list_mark(const struct nd_parse *p, uint32_t i)
{
    return nd_cite_token(p->tokens, i)->kind == ND_TOK_COMMA || nd_parse_is(p, i, ND_PHRASE_AND);
}

/* Whether nothing but further numbers stands between two items of a list. */
static bool only_numbers_between(const struct nd_parse *p, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (!is_list_mark(p, i) && nd_cite_token(p->tokens, i)->kind != ND_TOK_NUMBER &&
            !nd_parse_is(p, i, ND_PHRASE_NUMBERED))
            return false;
    return true;
}

/* Gives draft, which has a number only, the rest of the code of last. */
static void take_code(struct nd_draft *draft, const struct nd_draft *last)
{
    memcpy(draft->issuer, last->issuer, sizeof draft->issuer);
    memcpy(draft->term, last->term, sizeof draft->term);
    draft->year = last->year;
    draft->date = last->date;
    draft->body = last->body;
    draft->kind = ND_MENTION_NUMBER;
    draft->rule = "shared-code";
    if (g_str_has_prefix(last->code, last->number))
        g_snprintf(draft->code, sizeof draft->code, "%s%s", draft->number, last->code + strlen(last->number));
}

/* The numbers between two items: "18, 19, 20-NQ/TW" has 19. */
static void insert_numbers(const struct nd_parse *p, GArray *drafts, guint at, const struct nd_draft *first,
                           const struct nd_draft *last)
{
    for (uint32_t i = first->span.end; i < last->span.start; i++) {
        const struct nd_str text = nd_cite_token_text(p->tokens, i);
        struct nd_draft item = *first;
        if (nd_cite_token(p->tokens, i)->kind != ND_TOK_NUMBER || text.n >= sizeof item.number)
            continue;
        item.span = (struct nd_run){i, i + 1};
        item.type_word = item.pinpoint = (struct nd_run){0};
        item.tail_end = i + 1;
        memcpy(item.number, text.p, text.n);
        item.number[text.n] = '\0';
        take_code(&item, last);
        g_array_insert_val(drafts, at, item);
        at++;
    }
}

static void share_code(const struct nd_parse *p, GArray *drafts)
{
    const struct nd_draft last = g_array_index(drafts, struct nd_draft, drafts->len - 1);
    if (drafts->len < 2 || last.kind != ND_MENTION_NUMBER || last.pinpoint.end)
        return;
    struct nd_draft *d = &g_array_index(drafts, struct nd_draft, drafts->len - 2);
    if (d->kind != ND_MENTION_BARE || d->issuer[0] || g_strcmp0(d->type, last.type) != 0 ||
        !only_numbers_between(p, d->span.end, last.span.start))
        return;
    take_code(d, &last);
    const struct nd_draft first = *d;
    insert_numbers(p, drafts, drafts->len - 1, &first, &last);
}

/* "Nghị quyết số 18-NQ/TW và Nghị quyết số 19-NQ/TW (khóa XII)": the term holds for the items of its kind
 * before it, which say nothing of when. */
static void share_last_term(const struct nd_parse *p, GArray *drafts)
{
    const struct nd_draft *last = &g_array_index(drafts, struct nd_draft, drafts->len - 1);
    if (!last->party_form || !last->term[0])
        return;
    uint32_t next = last->span.start;
    for (guint i = drafts->len - 1; i-- > 0;) {
        struct nd_draft *d = &g_array_index(drafts, struct nd_draft, i);
        uint32_t k = d->tail_end;
        while (k < next && (is_list_mark(p, k) || nd_parse_is(p, k, ND_PHRASE_PLURAL)))
            k++;
        if (k != next || !d->party_form || d->term[0] || d->date.year ||
            strcmp(d->issuer, last->issuer) != 0 || g_strcmp0(d->type, last->type) != 0)
            break;
        memcpy(d->term, last->term, sizeof d->term);
        next = d->span.start;
    }
}

/* "các Nghị quyết số 18-NQ/TW, 19-NQ/TW, ngày 25/10/2017 của Ban Chấp hành Trung ương": items that share the
 * head share the day and the body too. */
static void share_last_date(const struct nd_parse *p, GArray *drafts)
{
    const guint n = drafts->len;
    const struct nd_draft *last = &g_array_index(drafts, struct nd_draft, n - 1);
    guint head = n - 1;
    uint32_t next = last->span.start;
    while (head > 0 && next == g_array_index(drafts, struct nd_draft, head).span.start) {
        const struct nd_draft *item = &g_array_index(drafts, struct nd_draft, head);
        if (item->type_word.end > item->type_word.start)
            break;
        const struct nd_draft *d = &g_array_index(drafts, struct nd_draft, head - 1);
        uint32_t k = d->span.end;
        while (k < next && is_list_mark(p, k))
            k++;
        if (k != next || !d->party_form || d->date.year || d->body.end ||
            strcmp(d->issuer, last->issuer) != 0)
            return;
        next = d->span.start;
        head--;
    }
    const uint32_t type = g_array_index(drafts, struct nd_draft, head).type_word.start;
    if (head + 1 == n || !last->party_form || !last->date.year || type == 0 ||
        !nd_parse_is(p, type - 1, ND_PHRASE_PLURAL))
        return;
    for (guint i = head; i + 1 < n; i++) {
        struct nd_draft *d = &g_array_index(drafts, struct nd_draft, i);
        d->date = last->date;
        d->body = last->body;
    }
}

/* "các kế hoạch số 105/KH-UBND, 106/KH-UBND của Ủy ban nhân dân tỉnh Sơn La": the body behind the last holds
 * for the items before it, which it shares the type word with. */
static void share_last_body(const struct nd_parse *p, GArray *drafts)
{
    const struct nd_draft *last = &g_array_index(drafts, struct nd_draft, drafts->len - 1);
    guint head = drafts->len - 1;
    while (last->body.end) {
        const struct nd_draft *item = &g_array_index(drafts, struct nd_draft, head);
        if (item->type_word.end > item->type_word.start)
            break;
        if (head-- == 0)
            return;
        const struct nd_draft *d = &g_array_index(drafts, struct nd_draft, head);
        uint32_t k = d->tail_end;
        while (k < item->span.start && (is_list_mark(p, k) || nd_parse_is(p, k, ND_PHRASE_NUMBERED)))
            k++;
        if (k != item->span.start || d->body.end || g_strcmp0(d->type, last->type) != 0 ||
            strcmp(d->issuer, last->issuer) != 0)
            return;
    }
    for (guint i = head; i + 1 < drafts->len; i++) {
        struct nd_draft *d = &g_array_index(drafts, struct nd_draft, i);
        d->body = last->body;
        d->place = d->place ?: last->place;
    }
}

/* Appends the item of a plenum's list that stands there. */
static void append_item(struct nd_parse *p, GArray *drafts, const struct nd_draft *like, struct nd_run span)
{
    struct nd_draft item = *like;
    item.span = span;
    item.type_word = item.pinpoint = item.subject = item.definition = (struct nd_run){0};
    item.tail_end = span.end;
    item.rule = "shared-plenum";
    g_array_append_val(drafts, item);
    p->floor = span.end;
}

/* Moves over "Trung ương", "Hội nghị Trung ương", which a list of plenums may repeat. */
static void skip_central(struct nd_parse *p)
{
    const struct nd_phrase *phrase;
    const uint32_t at = p->at;
    if (nd_parse_phrase(p, ND_PHRASE_ISSUER, &phrase) && strcmp(phrase->code, "TW") != 0)
        p->at = at;
}

/* "khóa XI, XII": the same plenum of further terms. */
static void share_plenum(struct nd_parse *p, GArray *drafts, const struct nd_draft *first)
{
    for (uint32_t i = first->span.end; is_list_mark(p, i);) {
        p->draft = *first;
        p->at = i + 1;
        skip_central(p);
        /* "Trung ương 4 khóa XI, Trung ương 7 khóa XII": a further plenum, and its own term */
        if (p->at > i + 1) {
            if (!nd_read_plenum_number(p) || !nd_read_term(p))
                return;
            append_item(p, drafts, &p->draft, (struct nd_run){i + 1, p->at});
        } else {
            nd_parse_phrase(p, ND_PHRASE_TERM, NULL);
            const uint32_t item = p->at;
            if (!nd_read_roman_term(p))
                return;
            append_item(p, drafts, &p->draft, (struct nd_run){item, p->at});
        }
        i = p->at;
    }
}

/* "Đại hội X, XI của Đảng": the further congresses. */
static void share_congress(struct nd_parse *p, GArray *drafts, const struct nd_draft *first)
{
    for (uint32_t i = first->span.end; is_list_mark(p, i);) {
        p->draft = *first;
        p->at = i + 1;
        const bool roman = nd_read_roman_term(p);
        p->at = i + 1;
        p->draft = *first;
        if (!roman || !nd_read_congress_number(p))
            return;
        append_item(p, drafts, &p->draft, (struct nd_run){i + 1, p->at});
        g_array_index(drafts, struct nd_draft, drafts->len - 1).rule = "shared-congress";
        i = p->at;
    }
}

/* "Trung ương 7, 8 (khóa XI)": further plenums of the term that stands behind the list. */
static void share_term(struct nd_parse *p, GArray *drafts, const struct nd_draft *first)
{
    enum { MAX_ITEMS = 6 };
    struct nd_draft items[MAX_ITEMS];
    size_t n = 0;
    const guint index = drafts->len - 1;
    uint32_t i = first->span.end;
    while (n < MAX_ITEMS && is_list_mark(p, i)) {
        p->draft = *first;
        p->at = i + 1;
        skip_central(p);
        if (nd_parse_peek(p, 0)->kind != ND_TOK_NUMBER || !nd_read_plenum_number(p))
            break;
        items[n] = p->draft;
        items[n++].span = (struct nd_run){i + 1, p->at};
        i = p->at;
    }
    p->draft = *first;
    p->at = i;
    if (n == 0 || !nd_read_term(p))
        return;
    struct nd_draft *d = &g_array_index(drafts, struct nd_draft, index);
    memcpy(d->term, p->draft.term, sizeof d->term);
    for (size_t k = 0; k < n; k++) {
        memcpy(items[k].term, p->draft.term, sizeof items[k].term);
        append_item(p, drafts, &items[k], items[k].span);
    }
}

/* "các Nghị quyết 18, 19 của Trung ương": the numbers behind the first, and what is said behind them all.
 * Without "các" only where a body or a term stands behind the last: "Quyết định 217, 218 của Bộ Chính trị".
 */
static void share_numbers(struct nd_parse *p, GArray *drafts)
{
    const guint index = drafts->len - 1;
    const struct nd_draft first = g_array_index(drafts, struct nd_draft, index);
    const bool plural =
        first.type_word.start > 0 && nd_parse_is(p, first.type_word.start - 1, ND_PHRASE_PLURAL);
    if (first.date.year || first.body.end)
        return;
    for (uint32_t i = first.span.end; is_list_mark(p, i);) {
        p->draft = first;
        p->at = i + 1;
        nd_parse_phrase(p, ND_PHRASE_NUMBERED, NULL);
        const uint32_t item = p->at;
        const enum nd_cite_token_kind after = (enum nd_cite_token_kind)nd_parse_peek(p, 1)->kind;
        if (after == ND_TOK_DASH || after == ND_TOK_SLASH) {
            g_array_set_size(drafts, index + 1); /* "18, 19, 20-NQ/TW": share_code, when the code is read */
            p->floor = first.span.end;
        }
        if (after == ND_TOK_DASH || after == ND_TOK_SLASH || !nd_read_number(p))
            break;
        p->draft.span = (struct nd_run){item, p->at};
        p->draft.type_word = p->draft.pinpoint = (struct nd_run){0};
        p->draft.tail_end = p->floor = i = p->at;
        p->draft.rule = "shared-number";
        g_array_append_val(drafts, p->draft);
    }
    struct nd_draft *last = &g_array_index(drafts, struct nd_draft, drafts->len - 1);
    if (drafts->len - 1 == index)
        return;
    p->draft = *last;
    p->at = last->span.end;
    nd_read_tail(p);
    if (!plural && p->draft.body.start < last->span.end && !(p->draft.term[0] && !first.term[0])) {
        g_array_set_size(drafts, index + 1);
        p->floor = first.span.end;
        return;
    }
    *last = p->draft;
    for (guint i = index; i + 1 < drafts->len; i++) {
        struct nd_draft *d = &g_array_index(drafts, struct nd_draft, i);
        memcpy(d->issuer, last->issuer, sizeof d->issuer);
        memcpy(d->term, last->term, sizeof d->term);
        d->body = last->body;
        d->place = last->place;
    }
}

/* "Chỉ thị 06 và Chỉ thị 03 của Bộ Chính trị": the body behind the last, which is all that tells whose they
 * are. */
static void share_bare_body(const struct nd_parse *p, GArray *drafts)
{
    const struct nd_draft *last = &g_array_index(drafts, struct nd_draft, drafts->len - 1);
    uint32_t next = last->span.start;
    for (guint i = drafts->len - 1; i-- > 0 && last->kind == ND_MENTION_BARE && last->body.end;) {
        struct nd_draft *d = &g_array_index(drafts, struct nd_draft, i);
        uint32_t k = d->tail_end;
        while (k < next && is_list_mark(p, k))
            k++;
        if (k != next || d->kind != ND_MENTION_BARE || d->issuer[0] || d->body.end || d->date.year ||
            g_strcmp0(d->type, last->type) != 0)
            return;
        memcpy(d->issuer, last->issuer, sizeof d->issuer);
        d->body = last->body;
        d->place = last->place;
        next = d->span.start;
    }
}

/* Numbers that only "các" makes a citation need more: "các nghị quyết 28, 29 đại biểu tham dự" names none. */
static void share_listed(struct nd_parse *p, GArray *drafts)
{
    const guint index = drafts->len - 1;
    share_numbers(p, drafts);
    const struct nd_draft *first = &g_array_index(drafts, struct nd_draft, index);
    if (strcmp(first->rule, "number-listed") == 0 && !first->body.end && !first->term[0] && !first->date.year)
        g_array_set_size(drafts, index);
}

void nd_share_list(struct nd_parse *p, GArray *drafts)
{
    const struct nd_draft last = g_array_index(drafts, struct nd_draft, drafts->len - 1);
    if (last.kind == ND_MENTION_BARE) {
        share_listed(p, drafts);
        if (drafts->len > 0)
            share_bare_body(p, drafts);
    } else if (last.kind == ND_MENTION_CONGRESS)
        share_congress(p, drafts, &last);
    else if (last.kind == ND_MENTION_PLENUM && last.term[0])
        share_plenum(p, drafts, &last);
    else if (last.kind == ND_MENTION_PLENUM)
        share_term(p, drafts, &last);
    else
        share_code(p, drafts);
    if (drafts->len == 0)
        return;
    share_last_term(p, drafts);
    share_last_date(p, drafts);
    share_last_body(p, drafts);
}
