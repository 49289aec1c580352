#include "graph/identity.h"

#include "analyzers/data/data.h"

#include <string.h>

enum counter { COUNTER_YEAR, COUNTER_PARTY_TERM, COUNTER_LOCAL_TERM, COUNTER_ASSEMBLY_TERM };

static const char *const counter_names[] = {
    [COUNTER_YEAR] = "year",
    [COUNTER_PARTY_TERM] = "party-term",
    [COUNTER_LOCAL_TERM] = "local-term",
    [COUNTER_ASSEMBLY_TERM] = "assembly-term",
};

/* An issuer as the keys need it; bodies that no table knows are taken for state bodies, and for local ones
 * unless they are joined of several known ones ("BTC-BNV"). */
struct issuer {
    enum counter counter;
    bool party, local;
};

/* The first body of a joint issuer ("BTC-BNV") that is known and not local; NULL without. */
static const struct nd_issuer *joint_issuer(const char *code)
{
    if (!strchr(code, '-'))
        return NULL;
    g_auto(GStrv) parts = g_strsplit(code, "-", -1);
    for (size_t i = 0; parts[i]; i++) {
        const struct nd_issuer *issuer = nd_issuer_by_code(parts[i]);
        if (issuer && !issuer->local)
            return issuer;
    }
    return NULL;
}

static struct issuer issuer_of(const struct nd_identity *identity)
{
    const struct nd_issuer *row = nd_issuer_by_code(identity->issuer);
    if (!row) {
        const struct nd_type *type = identity->type ? nd_type_by_code(identity->type) : NULL;
        const struct nd_issuer *joint = joint_issuer(identity->issuer);
        bool party_type = joint ? joint->party : type && type->party && !type->state;
        return (struct issuer){party_type ? COUNTER_LOCAL_TERM : COUNTER_YEAR, party_type, !joint};
    }
    struct issuer issuer = {COUNTER_YEAR, row->party, row->local};
    for (size_t i = 0; i < G_N_ELEMENTS(counter_names); i++)
        if (strcmp(row->counter, counter_names[i]) == 0)
            issuer.counter = (enum counter)i;
    return issuer;
}

bool nd_identity_is_local(const struct nd_identity *identity)
{
    return identity->issuer && issuer_of(identity).local;
}

char *nd_identity_number(const char *number)
{
    while (number[0] == '0' && g_ascii_isdigit(number[1]))
        number++;
    bool one_digit = g_ascii_isdigit(number[0]) && !g_ascii_isdigit(number[1]);
    return g_strconcat(one_digit ? "0" : "", number, NULL);
}

static bool is_law(const char *type)
{
    return !type || strcmp(type, "LUAT") == 0 || strcmp(type, "BLUAT") == 0 || strcmp(type, "HP") == 0;
}

/* Types that are always normative: their year belongs to the number even where a text leaves it out. */
static bool is_always_normative(const struct nd_identity *identity)
{
    static const char *const types[] = {"NĐ", "TT", "TTLT", "NQLT", "NĐLT"};
    for (size_t i = 0; identity->type && i < G_N_ELEMENTS(types); i++)
        if (strcmp(identity->type, types[i]) == 0)
            return true;
    return false;
}

/* QĐi and QyĐ are written for Quy định now and then; the code proper is QĐ. */
const char *nd_identity_plain_type(const char *type)
{
    return type && (strcmp(type, "QĐi") == 0 || strcmp(type, "QyĐ") == 0) ? "QĐ" : type;
}

/* What tells kinds of one code apart in keys of the Party. */
static const char *kind_of(const struct nd_identity *identity)
{
    return nd_type_code_of_word(identity->type, identity->type_word) ?: identity->type;
}

bool nd_identity_other_kind(const struct nd_identity *identity, struct nd_identity *out, bool *told_out)
{
    if (!identity->type || !identity->issuer || !issuer_of(identity).party)
        return false;
    const char *const plain = nd_identity_plain_type(identity->type), *const kind = kind_of(identity);
    size_t n;
    const struct nd_type *const rows = nd_types(&n);
    for (size_t i = 0; i < n; i++) {
        const char *const other =
            strcmp(rows[i].code, plain) == 0 ? nd_type_code_of_word(plain, rows[i].word) : NULL;
        if (!other)
            continue;
        *told_out = identity->type_word || strcmp(kind, plain) != 0;
        *out = *identity;
        out->type_word = NULL;
        out->type = strcmp(kind, other) == 0 ? plain : other;
        return true;
    }
    return false;
}

/* From the 13th National Assembly on its standing committee writes its codes without the type, as the
 * Assembly itself always did. */
static bool official_code_drops_type(const struct nd_identity *identity)
{
    const char *term = identity->term && g_str_has_prefix(identity->term, "QH") ? identity->term + 2 : "0";
    return strcmp(identity->issuer, "QH") == 0 || g_ascii_strtoll(term, NULL, 10) >= 13;
}

/* What stands behind the last slash of a state code: "NĐ-CP", "QH14", "UBND". Keys keep the type of
 * everything but laws, since laws and resolutions of one term bear the same numbers. */
static void append_state_tail(GString *out, const struct nd_identity *identity, const struct issuer *issuer,
                              bool official)
{
    bool assembly = issuer->counter == COUNTER_ASSEMBLY_TERM;
    bool drop = !identity->type || strcmp(identity->type, "CV") == 0 ||
                (assembly && (is_law(identity->type) || (official && official_code_drops_type(identity))));
    if (!drop)
        g_string_append_printf(out, "%s-", nd_identity_plain_type(identity->type));
    g_string_append(out, identity->issuer);
    if (assembly && identity->term && g_str_has_prefix(identity->term, "QH"))
        g_string_append(out, identity->term + strlen("QH"));
}

static char *code_of(const struct nd_identity *identity, const struct issuer *issuer, int year, bool official)
{
    g_autofree char *number = nd_identity_number(identity->number);
    GString *code = g_string_new(number);
    if (issuer->party) {
        if (identity->type)
            g_string_append_printf(code, "-%s",
                                   official ? nd_identity_plain_type(identity->type) : kind_of(identity));
        g_string_append_printf(code, "/%s", identity->issuer);
    } else {
        if (year)
            g_string_append_printf(code, "/%d", year);
        g_string_append_c(code, '/');
        append_state_tail(code, identity, issuer, official);
    }
    return g_string_free(code, FALSE);
}

char *nd_identity_code(const struct nd_identity *identity)
{
    if (!identity->number || !identity->issuer)
        return NULL;
    struct issuer issuer = issuer_of(identity);
    return code_of(identity, &issuer, identity->year, true);
}

static void append_scope(GString *out, const struct nd_identity *identity, const struct issuer *issuer)
{
    if (!issuer->local)
        return;
    g_string_append_c(out, '@');
    if (identity->place)
        g_string_append(out, identity->place);
    if (identity->unit)
        g_string_append_printf(out, "%s%s", identity->place ? "/" : "", identity->unit);
}

static bool is_complete(const struct nd_identity *identity, const struct issuer *issuer)
{
    return !issuer->local || identity->place || identity->unit;
}

char *nd_identity_group(const struct nd_identity *identity)
{
    if (!identity->number || !identity->issuer)
        return NULL;
    struct issuer issuer = issuer_of(identity);
    if (!is_complete(identity, &issuer))
        return NULL;
    struct nd_identity plain = *identity;
    plain.type = nd_identity_plain_type(identity->type);
    plain.type_word = NULL;
    if (issuer.counter != COUNTER_ASSEMBLY_TERM)
        plain.term = NULL;
    g_autofree char *code = code_of(&plain, &issuer, 0, false);
    GString *group = g_string_new(code);
    append_scope(group, identity, &issuer);
    return g_string_free(group, FALSE);
}

/* The calendar year a local committee's numbers are keyed by; in a year in which its province was made anew
 * by a merger or a split, the month from which on it counts afresh is added. */
static void append_local_period(GString *key, const struct nd_identity *identity)
{
    g_string_append_printf(key, "~%d", identity->date.year);
    const struct nd_place *place = identity->place ? nd_place_on(identity->place, identity->date) : NULL;
    if (place && place->validity.from.year == identity->date.year && identity->date.month &&
        (place->validity.from.month > 1 || place->validity.from.day > 1) && nd_place_counts_afresh(place))
        g_string_append_printf(key, "-%02d", place->validity.from.month);
}

/* The term of office a date lies in; a year alone only where the whole year lies in one. */
static const char *term_on(const char *body, struct nd_date date)
{
    struct nd_date first = date, last = date;
    if (!date.month) {
        first.month = 1;
        last.month = 12;
    }
    if (!date.day) {
        first.day = 1;
        last.day = 28;
    }
    const struct nd_term_of_office *a = nd_term_on(body, first), *b = nd_term_on(body, last);
    return a && a == b ? a->term : NULL;
}

/* Appends the period to a code and returns true, or leaves both alone. */
static bool append_period(GString *key, const struct nd_identity *identity, const struct issuer *issuer)
{
    const char *term = identity->term;
    switch (issuer->counter) {
    case COUNTER_PARTY_TERM:
        if (identity->date.year)
            term = term_on("party", identity->date) ?: term;
        if (!term)
            return false;
        g_string_append_printf(key, "~%s", term);
        return true;
    case COUNTER_LOCAL_TERM:
        if (identity->date.year)
            append_local_period(key, identity);
        else if (term)
            g_string_append_printf(key, "~%s", term);
        else
            return false;
        return true;
    case COUNTER_ASSEMBLY_TERM:
        if (!identity->date.year && !term)
            return false;
        g_string_append_printf(key, "~%s", term ?: term_on("assembly", identity->date) ?: "?");
        return true;
    case COUNTER_YEAR:
        if (!identity->date.year)
            return false;
        g_string_append_printf(key, "~%d", identity->date.year);
        return true;
    }
    return false;
}

char *nd_identity_key(const struct nd_identity *identity)
{
    if (!identity->number || !identity->issuer)
        return NULL;
    struct issuer issuer = issuer_of(identity);
    if (!is_complete(identity, &issuer))
        return NULL;
    int year = identity->year;
    if (!year && !issuer.party && is_always_normative(identity))
        year = identity->date.year;
    g_autofree char *code = code_of(identity, &issuer, year, false);
    g_autoptr(GString) key = g_string_new(code);
    bool told = (!issuer.party && year) || append_period(key, identity, &issuer);
    if (!told)
        return NULL;
    append_scope(key, identity, &issuer);
    return g_string_free(g_steal_pointer(&key), FALSE);
}

char *nd_identity_assumed_key(const struct nd_identity *identity, struct nd_date cited_on)
{
    struct issuer issuer = issuer_of(identity);
    if (!identity->number || !is_complete(identity, &issuer))
        return NULL;
    g_autofree char *code = code_of(identity, &issuer, identity->year, false);
    bool assembly = issuer.counter == COUNTER_ASSEMBLY_TERM;
    const char *term = cited_on.year ? term_on(assembly ? "assembly" : "party", cited_on) : NULL;
    GString *key = g_string_new(code);
    g_string_append_printf(key, "~%s?", term ?: "");
    append_scope(key, identity, &issuer);
    return g_string_free(key, FALSE);
}
