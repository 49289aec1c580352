#include "graph/repeats.h"

#include "base/i18n.h"
#include "graph/identity.h"

#include <string.h>

/* What is compared: borrowed, and claims[i] is that of mention i. */
struct repeats {
    struct nd_claims *claims;
    const struct nd_mentions *mentions;
    uint8_t *fullness; /* of each mention, before any of them follows another */
};

static struct nd_claim *claim_at(const struct repeats *r, size_t i)
{
    return &g_array_index(r->claims->claims, struct nd_claim, i);
}

static bool same_or_absent(const char *a, const char *b)
{
    return !a || !b || strcmp(a, b) == 0;
}

static bool same_number(const char *a, const char *b)
{
    if (strcmp(a, b) == 0)
        return true;
    g_autofree char *x = nd_identity_number(a);
    g_autofree char *y = nd_identity_number(b);
    return strcmp(x, y) == 0;
}

static bool same_date_or_absent(struct nd_date a, struct nd_date b)
{
    return !a.year || !b.year ||
           (a.year == b.year && (!a.month || !b.month || a.month == b.month) &&
            (!a.day || !b.day || a.day == b.day));
}

static bool is_in_capitals(const char *name)
{
    g_autofree char *upper = g_utf8_strup(name, -1);
    return strcmp(upper, name) == 0;
}

/* Names are compared as they are written; a title in capitals says the same name. */
static bool same_name(const char *a, const char *b)
{
    if (!a || !b)
        return false;
    if (strcmp(a, b) == 0)
        return true;
    if (is_in_capitals(a) == is_in_capitals(b))
        return false;
    g_autofree char *x = nd_data_key(a), *y = nd_data_key(b);
    return strcmp(x, y) == 0;
}

/* Whether `repeat` may be the same citation as `full`, said shorter. */
static bool may_repeat(const struct nd_mention *repeat, const struct nd_mention *full)
{
    if (!same_or_absent(repeat->type, full->type) || !same_or_absent(repeat->type_word, full->type_word) ||
        !same_date_or_absent(repeat->date, full->date) || !same_or_absent(repeat->place, full->place) ||
        !same_or_absent(repeat->term, full->term))
        return false;
    if (full->definition && repeat->name && strcmp(full->definition, repeat->name) == 0)
        return true;
    if (repeat->number)
        return full->number && same_number(repeat->number, full->number) && repeat->type && full->type &&
               same_or_absent(repeat->issuer, full->issuer) &&
               (!repeat->year || !full->year || repeat->year == full->year);
    if (repeat->kind == ND_MENTION_PLENUM || repeat->kind == ND_MENTION_CONGRESS)
        return repeat->kind == full->kind && repeat->ordinal && full->ordinal &&
               strcmp(repeat->ordinal, full->ordinal) == 0 && same_or_absent(repeat->issuer, full->issuer);
    return same_name(repeat->name, full->name);
}

/* Whether nothing but the term of a local committee tells which work it is: "Nghị quyết số 09-NQ/TU của Ban
 * Chấp hành Đảng bộ tỉnh khóa X", of which a fuller citation may give the date. */
static bool has_local_term_only(const struct nd_mention *mention)
{
    const struct nd_issuer *issuer = mention->issuer ? nd_issuer_by_code(mention->issuer) : NULL;
    return mention->number && !mention->date.year && issuer && issuer->local &&
           nd_is_party_term(mention->term);
}

/* How much a mention tells: a repeat follows only one that tells more. */
static uint8_t fullness_of(const struct nd_mention *mention, const struct nd_claim *claim)
{
    if (claim->kind == ND_CLAIM_WORK)
        return has_local_term_only(mention) ? 3 : 4;
    if ((claim->kind == ND_CLAIM_NONE && claim->also) ||
        (claim->kind == ND_CLAIM_LOOKUP && claim->period_told))
        return 3;
    if (mention->kind == ND_MENTION_PLENUM && nd_is_party_term(mention->term))
        return (uint8_t)(3 + (mention->subject != NULL));
    if (claim->kind == ND_CLAIM_LOOKUP)
        return (uint8_t)(1 + (mention->subject != NULL || mention->date.year != 0));
    return 0;
}

/* A key under which repeats and their full mentions meet, so that only few are compared. */
static char *meeting_key(const struct nd_mention *mention)
{
    if (mention->number) {
        g_autofree char *number = nd_identity_number(mention->number);
        return g_strdup_printf("%s/%s", number, mention->type ?: "");
    }
    if (mention->ordinal)
        return g_strdup_printf("%s:%s", mention->type ?: "", mention->ordinal);
    return mention->name ? nd_data_key(mention->name) : NULL;
}

/* Which mention the repeat i follows: the nearest fuller one before it, else the first fuller one after. */
static size_t leader_of(const struct repeats *r, const GArray *meeting, size_t i)
{
    const struct nd_mention *repeat = nd_mentions_get(r->mentions, i);
    const uint8_t own = r->fullness[i];
    size_t found = i;
    for (guint k = 0; k < meeting->len; k++) {
        size_t j = g_array_index(meeting, guint32, k);
        if (j > i && found != i)
            break;
        if (j != i && r->fullness[j] > own && claim_at(r, j)->kind != ND_CLAIM_FOLLOW &&
            may_repeat(repeat, nd_mentions_get(r->mentions, j)))
            found = j;
    }
    return found;
}

static bool may_follow(const struct nd_mention *mention, const struct nd_claim *claim)
{
    return claim->kind == ND_CLAIM_LOOKUP || (claim->kind == ND_CLAIM_NONE && !claim->also) ||
           (claim->kind == ND_CLAIM_WORK && has_local_term_only(mention));
}

enum { MAX_MEETING = 64 }; /* full mentions of one number that a repeat is compared with */

void nd_repeats_follow(struct nd_claims *claims, const struct nd_mentions *mentions)
{
    size_t n = nd_mentions_count(mentions);
    g_autofree uint8_t *fullness = g_new(uint8_t, n + 1);
    const struct repeats repeats = {claims, mentions, fullness}, *r = &repeats;
    g_autoptr(GHashTable) meetings =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    for (size_t i = 0; i < n; i++) {
        const struct nd_mention *mention = nd_mentions_get(r->mentions, i);
        fullness[i] = fullness_of(mention, claim_at(r, i));
        if (fullness[i] == 0)
            continue;
        char *keys[] = {meeting_key(mention), mention->definition ? nd_data_key(mention->definition) : NULL};
        for (size_t k = 0; k < G_N_ELEMENTS(keys); k++) {
            if (!keys[k])
                continue;
            GArray *list = g_hash_table_lookup(meetings, keys[k]);
            if (!list) {
                list = g_array_new(FALSE, FALSE, sizeof(guint32));
                g_hash_table_insert(meetings, g_strdup(keys[k]), list);
            }
            guint32 index = (guint32)i;
            if (list->len < MAX_MEETING)
                g_array_append_val(list, index);
            g_free(keys[k]);
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (!may_follow(nd_mentions_get(mentions, i), claim_at(r, i)))
            continue;
        g_autofree char *key = meeting_key(nd_mentions_get(r->mentions, i));
        const GArray *meeting = key ? g_hash_table_lookup(meetings, key) : NULL;
        size_t leader = meeting ? leader_of(r, meeting, i) : i;
        if (leader == i)
            continue;
        struct nd_claim *claim = claim_at(r, i);
        claim->kind = ND_CLAIM_FOLLOW;
        claim->leader = (uint32_t)leader;
        claim->reason = N_("repeats a fuller citation in the same document");
        claim->confidence = 0.95;
    }
}
