#include "graph/settle.h"

#include "base/i18n.h"

#include <string.h>

/* A subject that shares this much with a title names the same work; below the other bound it names another.
 */
static const double same_title = 0.6, other_title = 0.25;

enum {
    MAX_AGE_YEARS =
        7, /* a code without date or term is not taken for an older work: about a term and a half */
    MAX_CANDIDATES = 8 /* kept for a person to choose from */
};

/* What is known of one work of a group. */
struct candidate {
    const char *work;
    struct nd_date date;
    struct nd_validity validity;
    double similarity; /* of the claim's title, the best of its known titles; negative when none can tell */
    bool authority, chief;
};

void nd_settled_clear(struct nd_settled *settled)
{
    g_free(settled->work);
    g_strfreev(settled->candidates);
    *settled = (struct nd_settled){0};
}

static struct candidate *candidate_of(GArray *candidates, const char *work)
{
    for (guint i = 0; i < candidates->len; i++)
        if (strcmp(g_array_index(candidates, struct candidate, i).work, work) == 0)
            return &g_array_index(candidates, struct candidate, i);
    struct candidate new = {.work = work, .similarity = -1};
    g_array_append_val(candidates, new);
    return &g_array_index(candidates, struct candidate, candidates->len - 1);
}

/* The authority's date stands; of learned ones the earliest full one. */
static bool is_better_date(const struct candidate *candidate, const struct nd_fact *fact)
{
    if (!fact->date.year || candidate->authority)
        return false;
    if (fact->authority || !candidate->date.year)
        return true;
    if ((fact->date.day != 0) != (candidate->date.day != 0))
        return fact->date.day != 0;
    return nd_date_compare(fact->date, candidate->date) < 0;
}

static void merge_facts(GArray *candidates, const struct nd_claim *claim, struct nd_titles *titles,
                        const struct nd_fact *facts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct candidate *candidate = candidate_of(candidates, facts[i].work);
        if (is_better_date(candidate, &facts[i]))
            candidate->date = facts[i].date;
        if (facts[i].authority) {
            candidate->authority = true;
            candidate->validity = facts[i].validity;
            candidate->chief |= facts[i].chief;
        }
        if (claim->title && facts[i].title)
            candidate->similarity =
                MAX(candidate->similarity, nd_titles_similarity(titles, claim->title, facts[i].title));
    }
}

/* Latest first, so that the likeliest of equals leads; then by key. */
static int by_date(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    int order = nd_date_compare(y->date, x->date);
    return order ? order : strcmp(x->work, y->work);
}

static bool contradicts(const struct nd_claims *claims, const struct nd_claim *claim,
                        const struct candidate *candidate)
{
    struct nd_date told = claim->date, known = candidate->date;
    const struct nd_date on = claims->cited_on;
    if (known.day && on.day ? nd_date_compare(known, on) > 0 : on.year && known.year > on.year)
        return true; /* nobody cites the future */
    if (told.year && known.year &&
        (told.year != known.year || (told.month && known.month && told.month != known.month) ||
         (told.day && known.day && told.day != known.day)))
        return true;
    return candidate->similarity >= 0 && candidate->similarity < other_title;
}

static GArray *candidates_of(const struct nd_claims *claims, const struct nd_claim *claim,
                             const struct nd_fact_source *source)
{
    GArray *all = g_array_new(FALSE, TRUE, sizeof(struct candidate));
    size_t n = 0;
    const struct nd_fact *facts = nd_authority_facts(source->authorities, claim->group, &n);
    merge_facts(all, claim, source->titles, facts, n);
    facts = source->get(source->user_data, claim->group, &n);
    merge_facts(all, claim, source->titles, facts, n);
    for (guint i = all->len; i-- > 0;)
        if (contradicts(claims, claim, &g_array_index(all, struct candidate, i)))
            g_array_remove_index(all, i);
    g_array_sort(all, by_date);
    return all;
}

static void list_candidates(const GArray *candidates, struct nd_settled *out)
{
    size_t n = MIN(candidates->len, MAX_CANDIDATES);
    out->candidates = g_new0(char *, n + 1);
    for (size_t i = 0; i < n; i++)
        out->candidates[i] = g_strdup(g_array_index(candidates, struct candidate, i).work);
}

static void take(struct nd_settled *out, const char *work, double confidence, const char *reason)
{
    out->work = g_strdup(work);
    out->confidence = confidence;
    out->reason = reason;
}

/* The one candidate whose title the claim's subject repeats, with a clear lead; NULL without. */
static const struct candidate *by_title(const GArray *candidates)
{
    const struct candidate *best = NULL;
    double second = -1;
    for (guint i = 0; i < candidates->len; i++) {
        const struct candidate *one = &g_array_index(candidates, struct candidate, i);
        if (!best || one->similarity > best->similarity) {
            second = best ? best->similarity : -1;
            best = one;
        } else {
            second = MAX(second, one->similarity);
        }
    }
    return best && best->similarity >= same_title && best->similarity > second + 0.1 ? best : NULL;
}

/* The one candidate that the citing document is about: its own title repeats that one's, and no other's. An
 * action programme on members of the Party means by "Nghị quyết Trung ương 6 khóa X" the resolution on them.
 */
static const char *by_own_title(const struct nd_claims *claims, const struct nd_claim *claim,
                                const struct nd_fact_source *source, const GArray *candidates)
{
    static const double same = 0.75, lead = 0.2;
    double best = -1, second = -1;
    const char *work = NULL;
    for (guint i = 0; claims->title && i < candidates->len; i++) {
        const char *one = g_array_index(candidates, struct candidate, i).work;
        double similarity = -1;
        for (int from = 0; from < 2; from++) {
            size_t n = 0;
            const struct nd_fact *facts = from ? source->get(source->user_data, claim->group, &n)
                                               : nd_authority_facts(source->authorities, claim->group, &n);
            for (size_t k = 0; k < n; k++)
                if (facts[k].title && strcmp(facts[k].work, one) == 0)
                    similarity =
                        MAX(similarity, nd_titles_similarity(source->titles, claims->title, facts[k].title));
        }
        second = MAX(second, MIN(best, similarity));
        work = similarity > best ? one : work;
        best = MAX(best, similarity);
    }
    return best >= same && best > second + lead ? work : NULL;
}

static bool is_recent(const struct nd_claims *claims, const struct candidate *candidate)
{
    return !claims->cited_on.year || !candidate->date.year ||
           claims->cited_on.year - candidate->date.year <= MAX_AGE_YEARS;
}

/* A code whose period the text leaves out. */
static void settle_code(const struct nd_claims *claims, const GArray *candidates, struct nd_settled *out)
{
    const struct candidate *recent = NULL;
    guint n = 0;
    for (guint i = 0; i < candidates->len; i++) {
        const struct candidate *one = &g_array_index(candidates, struct candidate, i);
        if (!is_recent(claims, one))
            continue;
        n++;
        recent = one;
    }
    if (n == 1 && candidates->len == 1)
        take(out, recent->work, 0.75, N_("the only known work of this code"));
    else if (n == 1)
        take(out, recent->work, 0.7, N_("of the works of this code the only one that is not much older"));
    else if (candidates->len == 1)
        out->reason = N_("the only known work of this code is much older than the citing document");
    else
        out->reason = N_("several works have this code, and the text does not say which");
}

/* One of the resolutions of a plenum. */
static void settle_event(const struct nd_claims *claims, const GArray *candidates, struct nd_settled *out)
{
    (void)claims;
    const struct candidate *chief = NULL;
    for (guint i = 0; i < candidates->len; i++)
        if (g_array_index(candidates, struct candidate, i).chief)
            chief = &g_array_index(candidates, struct candidate, i);
    if (candidates->len == 1)
        take(out, g_array_index(candidates, struct candidate, 0).work, 0.9,
             N_("the only known document of that event"));
    else if (chief)
        take(out, chief->work, 0.8, N_("of that event's documents the one usually meant"));
    else
        out->reason = N_("that event adopted several documents, and the text does not say which");
}

/* A name that successive works bear: the one in force on the day it is cited. */
static void settle_name(const struct nd_claims *claims, const GArray *candidates, struct nd_settled *out)
{
    struct nd_date on = claims->cited_on;
    const struct candidate *in_force = NULL;
    for (guint i = 0; i < candidates->len && !in_force; i++) {
        const struct candidate *one = &g_array_index(candidates, struct candidate, i);
        struct nd_date from = one->validity.from.year ? one->validity.from : one->date;
        if (on.year && nd_validity_contains((struct nd_validity){from, one->validity.until}, on))
            in_force = one;
    }
    const struct candidate *first = &g_array_index(candidates, struct candidate, 0);
    if (in_force)
        take(out, in_force->work, candidates->len == 1 ? 0.9 : 0.85,
             N_("of that name the one in force on the day it is cited"));
    else if (candidates->len == 1)
        take(out, first->work, 0.8, N_("the only known work of that name"));
    else if (on.year)
        take(out, first->work, 0.6, N_("of that name the latest adopted before it is cited"));
    else
        out->reason = N_("several works bear that name, and no date says which");
}

static const struct {
    const char *prefix;
    void (*settle)(const struct nd_claims *, const GArray *, struct nd_settled *);
} kinds[] = {{"name:", settle_name}, {"event:", settle_event}, {"", settle_code}};

/* ---- kinds that share a code ---- */

/* "13-QĐ/TU~2018" and "13-QĐ/TU~XIII?" are of one kind, "13-QĐi/TU~2018" is not. */
static bool is_kind(const char *work, const char *like)
{
    return strncmp(work, like, strcspn(like, "~") + 1) == 0;
}

/* Takes those candidates away that a code shared by two kinds cannot mean, and returns those that only the
 * written word speaks against. */
static GArray *drop_other_kind(const struct nd_claim *claim, GArray *candidates)
{
    GArray *const dropped = g_array_new(FALSE, TRUE, sizeof(struct candidate));
    for (guint i = 0; claim->other && i < candidates->len;) {
        const struct candidate one = g_array_index(candidates, struct candidate, i);
        const bool own = strcmp(one.work, claim->assumed) == 0, other = strcmp(one.work, claim->other) == 0;
        if (claim->period_told ? own || other : !claim->kind_told || is_kind(one.work, claim->assumed)) {
            i++;
            continue;
        }
        g_array_remove_index(candidates, i);
        if (!claim->period_told)
            g_array_append_val(dropped, one);
    }
    return dropped;
}

/* Whether a fact is of the work that a slip of the type's word hides: number and period are told, and so is
 * the day, or the title. */
static bool is_slip_of(const struct nd_claim *claim, const struct nd_fact_source *source,
                       const struct nd_fact *fact)
{
    const struct nd_date told = claim->date, known = fact->date;
    if (told.day && known.day)
        return nd_date_compare(told, known) == 0;
    return claim->title && fact->title &&
           nd_titles_similarity(source->titles, claim->title, fact->title) >= same_title;
}

/* "Quyết định số 47-QĐ/TW ngày 01/11/2011" where the Quy định of that number and day is known from its own
 * text or the authority files, and no such Quyết định: people mistake one word for the other. */
static bool is_slip(const struct nd_claim *claim, const struct nd_fact_source *source)
{
    bool slip = false;
    for (int from = 0; from < 2; from++) {
        size_t n = 0;
        const struct nd_fact *facts =
            from ? source->get(source->user_data, claim->headed, &n)
                 : nd_authority_facts(source->authorities, claim->headed + strlen(ND_HEADED_GROUP), &n);
        for (size_t i = 0; i < n; i++) {
            if (strcmp(facts[i].work, claim->work) == 0)
                return false;
            slip |= strcmp(facts[i].work, claim->other) == 0 && is_slip_of(claim, source, &facts[i]);
        }
    }
    return slip;
}

static void settle_work(const struct nd_claim *claim, const struct nd_fact_source *source,
                        struct nd_settled *out)
{
    if (claim->other && is_slip(claim, source))
        take(out, claim->other, 0.85,
             N_("the text says another type, but number, issuer and date are those of that work"));
    else
        take(out, claim->work, claim->confidence, claim->reason);
}

/* One of the two kinds, the period being told. */
static void settle_kind(const struct nd_claims *claims, const GArray *candidates, struct nd_settled *out)
{
    (void)claims;
    if (candidates->len == 1)
        take(out, g_array_index(candidates, struct candidate, 0).work, 0.9,
             N_("of this number and period the only known work"));
    else
        out->reason = N_("works of two types have this number, and the text does not say which");
}

static void settle_lookup(const struct nd_claims *claims, const struct nd_claim *claim,
                          const struct nd_fact_source *source, struct nd_settled *out)
{
    if (!claim->group) {
        out->reason = claim->reason;
        return;
    }
    g_autoptr(GArray) candidates = candidates_of(claims, claim, source);
    g_autoptr(GArray) dropped = drop_other_kind(claim, candidates);
    const struct candidate *const other = candidates->len == 0 ? by_title(dropped) : NULL;
    if (other) {
        take(out, other->work, 0.8,
             N_("the text says another type, but its subject is the title of that work"));
        return;
    }
    if (candidates->len == 0 && dropped->len > 0) {
        out->reason = N_("the works known of this code are of another type than the text says");
        list_candidates(dropped, out);
        return;
    }
    if (candidates->len == 0) {
        if (claim->assumed && claim->period_told)
            take(out, claim->assumed, 0.85, claim->reason);
        else if (claim->assumed)
            take(out, claim->assumed, 0.5, N_("known from citations alone; its period is not told"));
        else
            out->reason = claim->reason;
        return;
    }
    const struct candidate *titled = by_title(candidates);
    if (titled) {
        take(out, titled->work, 0.9, N_("its subject is the title of that work"));
    } else {
        size_t k = 0;
        while (!g_str_has_prefix(claim->group, kinds[k].prefix))
            k++;
        (claim->period_told ? settle_kind : kinds[k].settle)(claims, candidates, out);
        const char *own =
            out->work || candidates->len < 2 ? NULL : by_own_title(claims, claim, source, candidates);
        if (own)
            take(out, own, 0.7, N_("its title is what the citing document is about"));
    }
    if (!out->work || candidates->len > 1)
        list_candidates(candidates, out);
}

void nd_settle(const struct nd_claims *claims, size_t i, const struct nd_fact_source *source,
               struct nd_settled *out)
{
    *out = (struct nd_settled){0};
    const struct nd_claim *claim = &g_array_index(claims->claims, struct nd_claim, i);
    switch (claim->kind) {
    case ND_CLAIM_NONE:
        out->reason = claim->reason;
        if (claim->also)
            out->candidates = g_strsplit(claim->also, "\n", -1);
        return;
    case ND_CLAIM_WORK:
        settle_work(claim, source, out);
        return;
    case ND_CLAIM_FOLLOW:
        nd_settle(claims, claim->leader, source, out);
        if (out->work)
            out->reason = claim->reason;
        out->confidence *= claim->confidence;
        return;
    case ND_CLAIM_LOOKUP:
        settle_lookup(claims, claim, source, out);
        return;
    }
}
