#include "analyzers/citation/mention.h"

static const char *const kind_names[ND_N_MENTION_KINDS] = {
    [ND_MENTION_NUMBER] = "number", [ND_MENTION_BARE] = "bare",
    [ND_MENTION_PLENUM] = "plenum", [ND_MENTION_CONGRESS] = "congress",
    [ND_MENTION_LAW] = "law",       [ND_MENTION_CHARTER] = "charter",
    [ND_MENTION_NAMED] = "named",   [ND_MENTION_NOT_UNDERSTOOD] = "not-understood",
};

static const char *const relation_names[ND_N_RELATIONS] = {
    [ND_RELATION_CITES] = "cites",       [ND_RELATION_IMPLEMENTS] = "implements",
    [ND_RELATION_BASED_ON] = "based_on", [ND_RELATION_GUIDES] = "guides",
    [ND_RELATION_AMENDS] = "amends",     [ND_RELATION_CORRECTS] = "corrects",
    [ND_RELATION_REPLACES] = "replaces", [ND_RELATION_REPEALS] = "repeals",
    [ND_RELATION_REVIEWS] = "reviews",
};

static const char *const strength_names[] = {
    [ND_STRENGTH_BODY] = "body",
    [ND_STRENGTH_OPENING] = "opening",
    [ND_STRENGTH_TITLE] = "title",
};

struct nd_mentions {
    GArray *list;          /* of struct nd_mention */
    GStringChunk *strings; /* every string of every mention */
};

struct nd_mentions *nd_mentions_new(void)
{
    struct nd_mentions *mentions = g_new(struct nd_mentions, 1);
    mentions->list = g_array_new(FALSE, FALSE, sizeof(struct nd_mention));
    mentions->strings = g_string_chunk_new(1024);
    return mentions;
}

void nd_mentions_free(struct nd_mentions *mentions)
{
    if (!mentions)
        return;
    g_array_unref(mentions->list);
    g_string_chunk_free(mentions->strings);
    g_free(mentions);
}

size_t nd_mentions_count(const struct nd_mentions *mentions)
{
    return mentions->list->len;
}

const struct nd_mention *nd_mentions_get(const struct nd_mentions *mentions, size_t i)
{
    g_assert(i < mentions->list->len);
    return &g_array_index(mentions->list, struct nd_mention, i);
}

void nd_mentions_add(struct nd_mentions *mentions, const struct nd_mention *mention)
{
    struct nd_mention copy = *mention;
    const char **const strings[] = {
        &copy.type,     &copy.number,     &copy.issuer,  &copy.body,    &copy.place,
        &copy.term,     &copy.ordinal,    &copy.name,    &copy.subject, &copy.rule,
        &copy.pinpoint, &copy.definition, &copy.trigger, &copy.code,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++) {
        if (*strings[i])
            *strings[i] = g_string_chunk_insert_const(mentions->strings, *strings[i]);
    }
    g_array_append_val(mentions->list, copy);
}

/* The index of name among n names, or n. */
static size_t find_name(const char *const names[], size_t n, const char *name)
{
    size_t i = 0;
    while (i < n && strcmp(names[i], name) != 0)
        i++;
    return i;
}

const char *nd_mention_kind_name(enum nd_mention_kind kind)
{
    g_assert(kind < ND_N_MENTION_KINDS);
    return kind_names[kind];
}

const char *nd_relation_name(enum nd_relation relation)
{
    g_assert(relation < ND_N_RELATIONS);
    return relation_names[relation];
}

const char *nd_strength_name(enum nd_strength strength)
{
    g_assert(strength < G_N_ELEMENTS(strength_names));
    return strength_names[strength];
}

bool nd_mention_kind_parse(const char *name, enum nd_mention_kind *out)
{
    const size_t i = find_name(kind_names, G_N_ELEMENTS(kind_names), name);
    if (i == G_N_ELEMENTS(kind_names))
        return false;
    *out = (enum nd_mention_kind)i;
    return true;
}

bool nd_relation_parse(const char *name, enum nd_relation *out)
{
    const size_t i = find_name(relation_names, G_N_ELEMENTS(relation_names), name);
    if (i == G_N_ELEMENTS(relation_names))
        return false;
    *out = (enum nd_relation)i;
    return true;
}

bool nd_strength_parse(const char *name, enum nd_strength *out)
{
    const size_t i = find_name(strength_names, G_N_ELEMENTS(strength_names), name);
    if (i == G_N_ELEMENTS(strength_names))
        return false;
    *out = (enum nd_strength)i;
    return true;
}
