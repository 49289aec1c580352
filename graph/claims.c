#include "graph/claims.h"

#include "base/i18n.h"
#include "graph/event.h"
#include "graph/identity.h"
#include "graph/repeats.h"
#include "graph/scope.h"
#include "graph/titles.h"

#include <string.h>

/* One document while its mentions are read. */
struct reading {
    struct nd_claims *out;
    const struct nd_metadata *metadata;
    const struct nd_mentions *mentions;
    GHashTable *taught; /* "group\nwork" -> index of its fact + 1 */
};

static const char *keep(struct reading *r, const char *s)
{
    return s ? g_string_chunk_insert_const(r->out->strings, s) : NULL;
}

/* As keep, for a string that was made for it. */
static const char *keep_own(struct reading *r, char *s)
{
    const char *kept = keep(r, s);
    g_free(s);
    return kept;
}

static struct nd_claim *claim_at(const struct reading *r, size_t i)
{
    return &g_array_index(r->out->claims, struct nd_claim, i);
}

static bool is_full(struct nd_date date)
{
    return date.day != 0;
}

enum { FACT_TITLE_BYTES = 120 }; /* of a title that others learn; enough to tell works apart */

static char *cut_title(const char *title)
{
    size_t n = strlen(title);
    if (n <= FACT_TITLE_BYTES)
        return g_strdup(title);
    n = FACT_TITLE_BYTES;
    while (n > 0 && title[n] != ' ')
        n--;
    return g_strndup(title, n);
}

/* One fact for each group and work: the first date and the first title that the document gives it. */
static void add_fact(struct reading *r, const char *group, const char *work, const char *title,
                     struct nd_date date)
{
    if (!group || !work)
        return;
    g_autofree char *cut = title ? cut_title(title) : NULL;
    const char *key = keep_own(r, g_strdup_printf("%s\n%s", group, work));
    guint index = GPOINTER_TO_UINT(g_hash_table_lookup(r->taught, key));
    if (index) {
        struct nd_fact *fact = &g_array_index(r->out->facts, struct nd_fact, index - 1);
        if (!fact->title)
            fact->title = keep(r, cut);
        if (nd_date_compare(fact->date, date) < 0 && !is_full(fact->date))
            fact->date = date;
        return;
    }
    struct nd_fact fact = {.group = group, .work = work, .title = keep(r, cut), .date = date};
    g_array_append_val(r->out->facts, fact);
    g_hash_table_insert(r->taught, (gpointer)key, GUINT_TO_POINTER(r->out->facts->len));
}

static void set_none(struct nd_claim *claim, const char *reason)
{
    claim->kind = ND_CLAIM_NONE;
    claim->reason = reason;
    claim->confidence = 0;
}

static void set_work(struct nd_claim *claim, const char *work, double confidence, const char *reason)
{
    claim->kind = ND_CLAIM_WORK;
    claim->work = work;
    claim->confidence = confidence;
    claim->reason = reason;
}

static void set_lookup(struct nd_claim *claim, const char *group, const char *assumed, const char *reason)
{
    claim->kind = ND_CLAIM_LOOKUP;
    claim->group = group;
    claim->assumed = claim->told = assumed;
    claim->reason = reason;
}

/* Date and term of office told together must agree, up to the months in which one hands over to the other. */
static bool term_contradicts_date(const struct nd_identity *identity)
{
    if (!nd_is_party_term(identity->term) || !is_full(identity->date) || nd_identity_is_local(identity))
        return false;
    const struct nd_term_of_office *told = nd_term_by_name("party", identity->term);
    if (!told || nd_validity_contains(told->validity, identity->date))
        return false;
    int16_t year = identity->date.year;
    return year != told->validity.from.year && year != told->validity.until.year;
}

/* Works the mention could mean in each of the provinces it could come from. */
static const char *candidates_of_places(struct reading *r, struct nd_identity identity, const char *places)
{
    g_auto(GStrv) keys = g_strsplit(places, " ", -1);
    g_autoptr(GString) out = g_string_new(NULL);
    for (size_t i = 0; keys[i]; i++) {
        identity.place = keys[i];
        g_autofree char *key = nd_identity_key(&identity);
        if (key)
            g_string_append_printf(out, "%s%s", out->len ? "\n" : "", key);
    }
    return out->len ? keep(r, out->str) : NULL;
}

static bool is_after_citing(const struct reading *r, struct nd_date date)
{
    return r->out->dated && is_full(date) && nd_date_compare(date, r->out->cited_on) > 0;
}

/* What this document teaches others by citing a work in full. */
static void teach(struct reading *r, const struct nd_mention *mention, const char *group, const char *work)
{
    add_fact(r, group, work, mention->subject, mention->date);
    bool law = mention->kind == ND_MENTION_LAW;
    if (mention->name || (law && mention->subject))
        add_fact(r, keep_own(r, nd_title_group(mention->type, mention->name ?: mention->subject)), work,
                 mention->name ?: mention->subject, mention->date);
    if (mention->ordinal && mention->term && mention->type && nd_is_party_term(mention->term))
        add_fact(
            r, keep_own(r, g_strdup_printf("event:%s:%s/%s", mention->type, mention->ordinal, mention->term)),
            work, mention->subject, mention->date);
}

/* Where two kinds of documents share the code; true when the text says which of them it is, too. */
static bool note_kinds(struct reading *r, const struct nd_identity *identity, const char *group,
                       struct nd_claim *claim)
{
    struct nd_identity other;
    bool told;
    if (!group || !nd_identity_other_kind(identity, &other, &told))
        return true;
    char *const work = nd_identity_key(&other);
    claim->kind_told = told;
    claim->period_told = work != NULL;
    claim->other = keep_own(r, work ?: nd_identity_assumed_key(&other, r->out->cited_on));
    claim->headed = keep_own(r, g_strconcat(ND_HEADED_GROUP, group, NULL));
    return told;
}

static void read_number(struct reading *r, const struct nd_mention *mention, struct nd_claim *claim)
{
    if (!mention->issuer) {
        set_none(claim, N_("the text does not say who issued it"));
        g_autofree char *number = nd_identity_number(mention->number);
        claim->told = mention->type ? keep_own(r, g_strdup_printf("%s-%s", number, mention->type)) : NULL;
        return;
    }
    struct nd_identity identity = {.type = mention->type,
                                   .type_word = mention->type_word,
                                   .number = mention->number,
                                   .year = mention->year,
                                   .issuer = mention->issuer,
                                   .term = mention->term,
                                   .date = mention->date};
    struct nd_scope scope = {0};
    if (nd_identity_is_local(&identity)) {
        nd_scope_of_mention(mention, r->metadata, r->out->cited_on, &scope);
        identity.place = scope.place;
        identity.unit = scope.unit;
    }
    if (scope.reason) {
        set_none(claim, scope.reason);
        if (scope.places)
            claim->also = candidates_of_places(r, identity, scope.places);
        identity.place = "?";
        claim->told =
            keep_own(r, nd_identity_key(&identity) ?: nd_identity_assumed_key(&identity, r->out->cited_on));
        nd_scope_clear(&scope);
        return;
    }
    const char *group = keep_own(r, nd_identity_group(&identity));
    const char *work = keep_own(r, nd_identity_key(&identity));
    const char *assumed = work ? NULL : keep_own(r, nd_identity_assumed_key(&identity, r->out->cited_on));
    const bool kind_told = note_kinds(r, &identity, group, claim);
    nd_scope_clear(&scope);
    if (!work) {
        set_lookup(claim, group, assumed, N_("neither date nor term of office is told"));
    } else if (term_contradicts_date(&identity)) {
        set_none(claim, N_("its date lies outside the term of office it names"));
        claim->also = claim->told = work;
    } else if (is_after_citing(r, mention->date)) {
        set_none(claim, N_("dated after the document that cites it"));
        claim->also = claim->told = work;
    } else if (!kind_told) {
        set_lookup(claim, group, work, N_("number, issuer and date are told, its type by the code alone"));
    } else {
        bool dated = mention->date.year != 0;
        set_work(claim, work, dated && is_full(mention->date) ? 0.98 : 0.95,
                 dated ? N_("number, type, issuer and date are told")
                       : N_("number, type, issuer and counter period are told"));
        /* terms of local committees and years are counted apart: the key with a term alone is no other work's
         */
        if (dated || !nd_identity_is_local(&identity) || !identity.term)
            teach(r, mention, group, work);
    }
}

static void read_plenum(struct reading *r, const struct nd_mention *mention, struct nd_claim *claim)
{
    const char *type = mention->type ?: "NQ";
    if (!mention->ordinal) {
        set_none(claim, N_("the text does not say which plenum"));
        return;
    }
    const char *term = mention->term;
    const char *reason = N_("plenum and term of office are told");
    if (!nd_is_party_term(term)) {
        const struct nd_term_of_office *on =
            nd_term_on("party", is_full(mention->date) ? mention->date : r->out->cited_on);
        term = on ? on->term : NULL;
        reason = N_("the plenum's term of office is taken from the day it is cited");
    }
    if (!term) {
        set_none(claim, N_("the text does not say which term of office"));
        return;
    }
    struct nd_event event = {.type = type, .ordinal = mention->ordinal, .term = term};
    bool central = !mention->issuer || strcmp(mention->issuer, "TW") == 0;
    if (central) {
        set_lookup(claim, keep_own(r, g_strdup_printf("event:%s:%s/%s", type, mention->ordinal, term)),
                   keep_own(r, nd_event_key(&event)), reason);
        return;
    }
    struct nd_scope scope;
    nd_scope_of_mention(mention, r->metadata, r->out->cited_on, &scope);
    event.issuer = mention->issuer;
    event.place = scope.place ?: scope.unit;
    if (scope.reason)
        set_none(claim, scope.reason);
    else if (!nd_is_party_term(mention->term))
        set_none(claim, N_("the text does not say which term of office"));
    else
        set_work(claim, keep_own(r, nd_event_key(&event)), 0.8, reason);
    nd_scope_clear(&scope);
}

static void read_congress(struct reading *r, const struct nd_mention *mention, struct nd_claim *claim)
{
    const char *type = mention->type ?: "NQ";
    const char *ordinal = mention->ordinal ?: mention->term;
    if (!ordinal) {
        set_none(claim, N_("the text does not say which congress"));
        return;
    }
    const char *issuer = mention->issuer ?: "DH";
    struct nd_event event = {.type = type, .ordinal = ordinal};
    if (strcmp(issuer, "DH") == 0 || strcmp(issuer, "TW") == 0 || strcmp(issuer, "DANG") == 0) {
        set_work(claim, keep_own(r, nd_event_key(&event)), 0.95, N_("the congress is told"));
        return;
    }
    const struct nd_issuer *row = nd_issuer_by_code(issuer);
    if (row && !row->local) {
        event.issuer = issuer;
        set_work(claim, keep_own(r, nd_event_key(&event)), 0.9, N_("the congress is told"));
        return;
    }
    struct nd_scope scope;
    nd_scope_of_mention(mention, r->metadata, r->out->cited_on, &scope);
    const bool provincial = strcmp(issuer, "TINH") == 0 || strcmp(issuer, "TU") == 0;
    event.issuer = provincial ? NULL : issuer;
    event.place = scope.place;
    event.unit = scope.unit;
    if (scope.reason)
        set_none(claim, scope.reason);
    else
        set_work(claim, keep_own(r, nd_event_key(&event)), 0.9, N_("the congress and its province are told"));
    nd_scope_clear(&scope);
}

static void read_name(struct reading *r, const struct nd_mention *mention, struct nd_claim *claim)
{
    if (mention->number && mention->issuer) {
        read_number(r, mention, claim);
        if (claim->kind == ND_CLAIM_WORK)
            return;
    }
    const char *name = mention->name ?: mention->subject;
    if (!name && mention->type && strcmp(mention->type, "CUONG-LINH") == 0) {
        set_work(claim, "CUONG-LINH", 0.8, N_("there is one platform of the Party"));
        return;
    }
    bool constitution = mention->type && strcmp(mention->type, "HP") == 0;
    g_autofree char *group = name || constitution ? nd_title_group(mention->type, name ?: "") : NULL;
    if (!group) {
        set_none(claim, N_("the name says too little"));
        return;
    }
    int year = mention->date.year ? mention->date.year : mention->year;
    g_autofree char *stub = nd_title_key(mention->type, name ?: "");
    /* each committee gives itself working rules of its own */
    const char *term =
        mention->kind == ND_MENTION_NAMED && nd_is_party_term(mention->term) ? mention->term : NULL;
    g_autofree char *assumed = year   ? g_strdup_printf("%s~%d", stub, year)
                               : term ? g_strdup_printf("%s~%s", stub, term)
                                      : g_strdup(stub);
    claim->title = keep(r, name);
    if (!claim->date.year)
        claim->date.year = (int16_t)year;
    struct nd_scope scope = {0};
    const struct nd_issuer *issuer = mention->issuer ? nd_issuer_by_code(mention->issuer) : NULL;
    if (mention->kind == ND_MENTION_NAMED && issuer && issuer->local) {
        nd_scope_of_mention(mention, r->metadata, r->out->cited_on, &scope);
        if (scope.reason)
            set_none(claim, scope.reason);
        else
            set_lookup(claim, keep_own(r, g_strdup_printf("%s@%s", group, scope.place ?: scope.unit)),
                       keep_own(r, g_strdup_printf("%s@%s", assumed, scope.place ?: scope.unit)),
                       N_("cited by its name"));
    } else {
        set_lookup(claim, keep(r, group), keep(r, assumed), N_("cited by its name"));
    }
    nd_scope_clear(&scope);
}

static void read_charter(struct reading *r, const struct nd_mention *mention, struct nd_claim *claim)
{
    if (!mention->issuer || strcmp(mention->issuer, "DANG") == 0)
        set_work(claim, "DIEU-LE-DANG", 0.95, N_("there is one charter of the Party"));
    else
        set_work(claim, keep_own(r, g_strdup_printf("DIEU-LE-%s", mention->issuer)), 0.9,
                 N_("the charter of that organisation"));
}

static void read_nothing(struct reading *r, const struct nd_mention *mention, struct nd_claim *claim)
{
    (void)r;
    (void)mention;
    set_none(claim, N_("no rule could read the citation"));
}

static void (*const readers[ND_N_MENTION_KINDS])(struct reading *, const struct nd_mention *,
                                                 struct nd_claim *) = {
    [ND_MENTION_NUMBER] = read_number, [ND_MENTION_BARE] = read_number,
    [ND_MENTION_PLENUM] = read_plenum, [ND_MENTION_CONGRESS] = read_congress,
    [ND_MENTION_LAW] = read_name,      [ND_MENTION_CHARTER] = read_charter,
    [ND_MENTION_NAMED] = read_name,    [ND_MENTION_NOT_UNDERSTOOD] = read_nothing,
};

/* "QH14" out of "43/2019/QH14" or "NQ-UBTVQH12"; NULL where a code names no term. */
static const char *term_of_code(struct reading *r, const char *code)
{
    size_t n = code ? strlen(code) : 0, digits = n;
    while (digits > 0 && g_ascii_isdigit(code[digits - 1]))
        digits--;
    bool assembly = digits < n && digits >= 2 && strncmp(code + digits - 2, "QH", 2) == 0;
    return assembly ? keep(r, code + digits - 2) : NULL;
}

static void read_own_identity(struct reading *r)
{
    const struct nd_metadata *m = r->metadata;
    if (!m->number || !m->issuer)
        return;
    struct nd_identity identity = {.type = m->type,
                                   .type_word = m->type_word,
                                   .number = m->number,
                                   .year = m->year,
                                   .issuer = m->issuer,
                                   .date = m->date,
                                   .term = term_of_code(r, m->code)};
    struct nd_scope scope = {0};
    if (nd_identity_is_local(&identity))
        nd_scope_of_document(m, &scope);
    identity.place = scope.place;
    identity.unit = scope.unit;
    r->out->work = keep_own(r, nd_identity_key(&identity));
    if (r->out->work) {
        const char *const group = keep_own(r, nd_identity_group(&identity));
        struct nd_identity other;
        bool kind_told;
        add_fact(r, group, r->out->work, m->title, m->date);
        if (nd_identity_other_kind(&identity, &other, &kind_told))
            add_fact(r, keep_own(r, g_strconcat(ND_HEADED_GROUP, group, NULL)), r->out->work, m->title,
                     m->date);
        if (m->title && m->type && nd_type_by_code(m->type)->normative)
            add_fact(r, keep_own(r, nd_title_group(m->type, m->title)), r->out->work, m->title, m->date);
    }
    nd_scope_clear(&scope);
}

/* The latest full date a document mentions: it was not written before. */
static struct nd_date latest_date(const struct nd_mentions *mentions)
{
    struct nd_date latest = {0};
    for (size_t i = 0; i < nd_mentions_count(mentions); i++) {
        struct nd_date date = nd_mentions_get(mentions, i)->date;
        if (is_full(date) && nd_date_compare(date, latest) > 0)
            latest = date;
    }
    return latest;
}

/* Without a date, the year that the document's own number tells bounds it: it is of that year's last day, or
 * of the latest day it mentions in that year. */
static struct nd_date day_of_citing(const struct nd_metadata *metadata, const struct nd_mentions *mentions)
{
    if (metadata->date.year)
        return metadata->date;
    const struct nd_date latest = latest_date(mentions);
    if (!metadata->year || latest.year == metadata->year)
        return latest;
    return (struct nd_date){(int16_t)metadata->year, 12, 31};
}

struct nd_claims *nd_claims_read(const struct nd_metadata *metadata, const struct nd_mentions *mentions)
{
    struct nd_claims *out = g_new0(struct nd_claims, 1);
    g_autoptr(GHashTable) taught = g_hash_table_new(g_str_hash, g_str_equal);
    struct reading r = {out, metadata, mentions, taught};
    size_t n = nd_mentions_count(mentions);
    out->strings = g_string_chunk_new(1024);
    out->claims = g_array_sized_new(FALSE, TRUE, sizeof(struct nd_claim), (guint)n);
    out->facts = g_array_new(FALSE, FALSE, sizeof(struct nd_fact));
    out->dated = is_full(metadata->date) && !(metadata->inferred & ND_INFERRED_DATE);
    out->cited_on = day_of_citing(metadata, mentions);
    out->title = keep(&r, metadata->title);
    read_own_identity(&r);
    g_array_set_size(out->claims, (guint)n);
    for (size_t i = 0; i < n; i++) {
        const struct nd_mention *mention = nd_mentions_get(mentions, i);
        struct nd_claim *claim = claim_at(&r, i);
        claim->date = mention->date;
        claim->term = keep(&r, mention->term);
        claim->title = keep(&r, mention->subject);
        readers[mention->kind](&r, mention, claim);
    }
    nd_repeats_follow(out, mentions);
    return out;
}

void nd_claims_free(struct nd_claims *claims)
{
    if (!claims)
        return;
    g_string_chunk_free(claims->strings);
    g_array_unref(claims->claims);
    g_array_unref(claims->facts);
    g_free(claims);
}
