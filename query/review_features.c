#include "query/review_features.h"

#include "base/i18n.h"
#include "graph/titles.h"

#include <string.h>

enum {
    OLD_YEARS = 7,   /* as graph/settle.c: about a term of office and a half */
    SAME_TITLE = 60, /* percent; likewise */
    OTHER_TITLE = 25
};

static void add(struct nd_review_candidate *candidate, enum nd_review_feature_kind kind,
                enum nd_review_weight weight, unsigned amount)
{
    candidate->features[candidate->n_features++] = (struct nd_review_feature){kind, weight, amount};
}

/* As far as both go. */
static bool dates_agree(struct nd_date a, struct nd_date b)
{
    return a.year == b.year && (!a.month || !b.month || a.month == b.month) &&
           (!a.day || !b.day || a.day == b.day);
}

static void fill(struct nd_review_candidate *candidate, const struct nd_claims *claims,
                 const struct nd_claim *claim, const struct nd_review_item *item)
{
    const struct nd_work_card *card = candidate->card;
    if (claim->date.year && card->date.year)
        add(candidate, ND_FEATURE_DATE,
            !dates_agree(claim->date, card->date) ? ND_WEIGHT_RULES_OUT
            : claim->date.day                     ? ND_WEIGHT_STRONG
                                                  : ND_WEIGHT_MEDIUM,
            0);
    if (claim->term && card->term)
        add(candidate, ND_FEATURE_TERM,
            strcmp(claim->term, card->term) == 0 ? ND_WEIGHT_STRONG : ND_WEIGHT_RULES_OUT, 0);
    const double similarity =
        claim->title && card->title ? nd_title_similarity(claim->title, card->title) : -1;
    if (similarity >= 0) {
        const unsigned percent = (unsigned)(similarity * 100 + 0.5);
        add(candidate, ND_FEATURE_TITLE,
            percent >= SAME_TITLE    ? ND_WEIGHT_STRONG
            : percent >= OTHER_TITLE ? ND_WEIGHT_WEAK
                                     : ND_WEIGHT_AGAINST,
            percent);
    }
    if (card->date.day && claims->cited_on.day && nd_date_compare(card->date, claims->cited_on) > 0)
        add(candidate, ND_FEATURE_FUTURE, ND_WEIGHT_RULES_OUT, 0);
    else if (card->date.year && claims->cited_on.year >= card->date.year) {
        const unsigned years = (unsigned)(claims->cited_on.year - card->date.year);
        add(candidate, ND_FEATURE_AGE, years > OLD_YEARS ? ND_WEIGHT_AGAINST : ND_WEIGHT_WEAK, years);
    }
    if (card->place && item->document.place)
        add(candidate, ND_FEATURE_PLACE,
            strcmp(card->place, item->document.place) == 0 ? ND_WEIGHT_MEDIUM : ND_WEIGHT_AGAINST, 0);
    if (item->n_all == 1)
        add(candidate, ND_FEATURE_ONLY, ND_WEIGHT_MEDIUM, 0);
    if (item->work && strcmp(item->work->key, card->key) == 0)
        add(candidate, ND_FEATURE_READING, item->confidence >= 0.75 ? ND_WEIGHT_MEDIUM : ND_WEIGHT_WEAK, 0);
    if (card->n_documents_citing > 0)
        add(candidate, ND_FEATURE_CITED, card->n_documents_citing > 9 ? ND_WEIGHT_MEDIUM : ND_WEIGHT_WEAK,
            card->n_documents_citing);
}

void nd_review_features_fill(struct nd_review_item *item, const struct nd_claims *claims,
                             const struct nd_claim *claim)
{
    for (size_t i = 0; i < item->n_all; i++)
        fill(&item->all[i], claims, claim, item);
}

/* ---- in words ---- */

static const struct {
    const char *speaks_for, *against; /* with the amount, where it has one */
} words[ND_N_FEATURES] = {
    [ND_FEATURE_DATE] = {N_("the date told is its date"), N_("the date told is not its date")},
    [ND_FEATURE_TERM] = {N_("of the term of office told"), N_("of another term of office")},
    [ND_FEATURE_TITLE] = {N_("%u %% of the subject told are in its title"),
                          N_("only %u %% of the subject told are in its title")},
    [ND_FEATURE_FUTURE] = {N_("younger than this document"), N_("younger than this document")},
    [ND_FEATURE_PLACE] = {N_("of the same province"), N_("of another province")},
    [ND_FEATURE_ONLY] = {N_("nothing else fits"), N_("nothing else fits")},
    [ND_FEATURE_READING] = {N_("what the rules concluded"), N_("what the rules concluded")},
    [ND_FEATURE_CITED] = {N_("documents here that cite it: %u"), N_("documents here that cite it: %u")},
};

static const char *age_words(unsigned years, bool against)
{
    return against ? nd_translate_n("already %u year older than this document",
                                    "already %u years older than this document", years)
                   : nd_translate_n("%u year older than this document", "%u years older than this document",
                                    years);
}

char *nd_review_feature_words(const struct nd_review_feature *feature)
{
    const bool against = feature->weight <= ND_WEIGHT_AGAINST;
    const char *text = feature->kind == ND_FEATURE_AGE
                           ? age_words(feature->amount, against)
                           : _(against ? words[feature->kind].against : words[feature->kind].speaks_for);
    const char *number = strstr(text, "%u");
    GString *out = g_string_new(against ? "− " : "+ ");
    if (!number) {
        g_string_append(out, text);
        return g_string_free(out, FALSE);
    }
    g_string_append_len(out, text, number - text);
    g_string_append_printf(out, "%u", feature->amount);
    const char *percent = strstr(number, "%%");
    g_string_append_len(out, number + 2, percent ? percent - number - 2 : -1);
    if (percent)
        g_string_append(out, percent + 1);
    return g_string_free(out, FALSE);
}
