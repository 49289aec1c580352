#include "query/names.h"

#include "base/i18n.h"
#include "base/nearest.h"
#include "analyzers/data/data.h"
#include "analyzers/text/fold.h"
#include "analyzers/text/normalize.h"

#include <stdlib.h>

static const struct nd_relation_name relation_names[] = {
    {ND_RELATION_CITES, false, "cites", "tríchdẫn", N_("cites")},
    {ND_RELATION_CITES, true, "cited_by", "đượctríchdẫn", N_("cited by")},
    {ND_RELATION_IMPLEMENTS, false, "implements", "thựchiện", N_("implements")},
    {ND_RELATION_IMPLEMENTS, true, "implemented_by", "đượcthựchiện", N_("implemented by")},
    {ND_RELATION_BASED_ON, false, "based_on", "căncứ", N_("based on")},
    {ND_RELATION_BASED_ON, true, "basis_of", "làcăncứ", N_("basis of")},
    {ND_RELATION_GUIDES, false, "guides", "hướngdẫn", N_("guides")},
    {ND_RELATION_GUIDES, true, "guided_by", "đượchướngdẫn", N_("guided by")},
    {ND_RELATION_AMENDS, false, "amends", "sửađổi", N_("amends")},
    {ND_RELATION_AMENDS, true, "amended_by", "đượcsửađổi", N_("amended by")},
    {ND_RELATION_CORRECTS, false, "corrects", "đínhchính", N_("corrects")},
    {ND_RELATION_CORRECTS, true, "corrected_by", "đượcđínhchính", N_("corrected by")},
    {ND_RELATION_REPLACES, false, "replaces", "thaythế", N_("replaces")},
    {ND_RELATION_REPLACES, true, "replaced_by", "đượcthaythế", N_("replaced by")},
    {ND_RELATION_REPEALS, false, "repeals", "bãibỏ", N_("repeals")},
    {ND_RELATION_REPEALS, true, "repealed_by", "bịbãibỏ", N_("repealed by")},
    {ND_RELATION_REVIEWS, false, "reviews", "tổngkết", N_("reviews")},
    {ND_RELATION_REVIEWS, true, "reviewed_by", "đượctổngkết", N_("reviewed by")},
};

/* Names of levels beside those of nd_level_name. */
static const struct {
    const char *vietnamese;
    enum nd_level level;
} level_names[] = {
    {"trung ương", ND_LEVEL_CENTRAL}, {"tỉnh", ND_LEVEL_PROVINCIAL},    {"thành phố", ND_LEVEL_PROVINCIAL},
    {"khối", ND_LEVEL_BLOC},          {"huyện", ND_LEVEL_DISTRICT},     {"thị xã", ND_LEVEL_DISTRICT},
    {"quận", ND_LEVEL_DISTRICT},      {"xã", ND_LEVEL_COMMUNE},         {"phường", ND_LEVEL_COMMUNE},
    {"cơ sở", ND_LEVEL_COMMUNE},      {"đặc khu", ND_LEVEL_COMMUNE},    {"province", ND_LEVEL_PROVINCIAL},
    {"commune", ND_LEVEL_COMMUNE},    {"grassroots", ND_LEVEL_COMMUNE},
};

enum { KEY_BYTES = 256 };

/* What names are compared by: no accents, no case, nothing between the letters. Returns the length in out. */
static size_t key_of(struct nd_str name, char out[KEY_BYTES])
{
    size_t n = 0;
    size_t start = 0;
    for (size_t i = 0; i <= name.n; i++) {
        if (i < name.n && !strchr(" _-\t", name.p[i]))
            continue;
        if (i > start) {
            char folded[ND_CAP_TERM_BYTES];
            const size_t length = nd_fold_bare(nd_str_slice(name, start, i), folded);
            if (n + length > KEY_BYTES)
                return 0;
            memcpy(out + n, folded, length);
            n += length;
        }
        start = i + 1;
    }
    return n;
}

static bool same_name(struct nd_str key, const char *name)
{
    char other[KEY_BYTES];
    const size_t n = key_of(nd_str_from_c(name), other);
    return n > 0 && nd_str_equal(key, (struct nd_str){other, n});
}

const struct nd_relation_name *nd_relation_names(size_t *n_out)
{
    *n_out = G_N_ELEMENTS(relation_names);
    return relation_names;
}

const struct nd_field *nd_field_by_name(struct nd_str name)
{
    char buffer[KEY_BYTES];
    const struct nd_str key = {buffer, key_of(name, buffer)};
    for (size_t i = 0; i < ND_N_FIELDS; i++) {
        if (same_name(key, nd_fields[i].english) || same_name(key, nd_fields[i].vietnamese))
            return &nd_fields[i];
    }
    return NULL;
}

const struct nd_relation_name *nd_relation_by_name(struct nd_str name)
{
    char buffer[KEY_BYTES];
    const struct nd_str key = {buffer, key_of(name, buffer)};
    for (size_t i = 0; i < G_N_ELEMENTS(relation_names); i++) {
        if (same_name(key, relation_names[i].english) || same_name(key, relation_names[i].vietnamese))
            return &relation_names[i];
    }
    return NULL;
}

const struct nd_relation_name *nd_relation_name_of(enum nd_relation relation, bool inverse)
{
    for (size_t i = 0; i < G_N_ELEMENTS(relation_names); i++) {
        if (relation_names[i].relation == relation && relation_names[i].inverse == inverse)
            return &relation_names[i];
    }
    g_assert_not_reached();
}

const char *nd_relation_label(enum nd_relation relation, bool inverse)
{
    return _(nd_relation_name_of(relation, inverse)->label);
}

const char *nd_name_suggest(struct nd_str name)
{
    /* compared by their keys, so that accents left out are no mistake */
    enum { N = 2 * (ND_N_FIELDS + G_N_ELEMENTS(relation_names)) };
    const char *names[N];
    size_t n = 0;
    for (size_t i = 0; i < ND_N_FIELDS; i++) {
        names[n++] = nd_fields[i].english;
        names[n++] = nd_fields[i].vietnamese;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(relation_names); i++) {
        names[n++] = relation_names[i].english;
        names[n++] = relation_names[i].vietnamese;
    }
    char key[KEY_BYTES + 1], keys[N][KEY_BYTES];
    const char *candidates[N + 1];
    key[key_of(name, key)] = '\0';
    if (strlen(key) < 4)
        return NULL;
    size_t n_keys = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t length = key_of(nd_str_from_c(names[i]), keys[i]);
        keys[i][MIN(length, KEY_BYTES - 1)] = '\0';
        if (length > 0)
            candidates[n_keys++] = keys[i];
    }
    candidates[n_keys] = NULL;
    const char *const nearest = nd_nearest(key, candidates);
    for (size_t i = 0; nearest && i < n; i++) {
        if (nearest == keys[i])
            return names[i];
    }
    return NULL;
}

static char *type_value(struct nd_str text, struct nd_str key)
{
    g_autofree char *code = nd_str_dup(text);
    const struct nd_type *type = nd_type_by_code(code);
    if (type)
        return g_strdup(type->code);
    size_t n;
    const struct nd_type *types = nd_types(&n);
    for (size_t i = 0; i < n; i++) {
        if (same_name(key, types[i].word) || same_name(key, types[i].word_en))
            return g_strdup(nd_type_only_word(types[i].code) ? types[i].code : types[i].word);
    }
    return NULL;
}

/* A code the table does not know is taken as it is: collections have issuers of their own. */
static char *issuer_value(struct nd_str text, struct nd_str key)
{
    g_autofree char *code = nd_str_dup(text);
    const struct nd_issuer *issuer = nd_issuer_by_code(code);
    if (issuer)
        return g_strdup(issuer->code);
    size_t n;
    const struct nd_issuer *issuers = nd_issuers(&n);
    for (size_t i = 0; i < n; i++) {
        if (same_name(key, issuers[i].name))
            return g_strdup(issuers[i].code);
    }
    return strchr(code, ' ') ? NULL : g_utf8_strup(code, -1);
}

static char *level_value(struct nd_str text, struct nd_str key)
{
    g_autofree char *name = nd_str_dup(text);
    enum nd_level level;
    if (nd_level_parse(name, &level))
        return g_strdup(name);
    for (size_t i = 0; i < G_N_ELEMENTS(level_names); i++) {
        if (same_name(key, level_names[i].vietnamese))
            return g_strdup(nd_level_name(level_names[i].level));
    }
    return NULL;
}

/* A place written as one word: "sonla". */
static char *squeezed_place(struct nd_str key)
{
    size_t n;
    const struct nd_place *const places = nd_places(&n);
    for (size_t i = 0; i < n; i++) {
        if (same_name(key, places[i].name))
            return g_strdup(places[i].key);
    }
    return NULL;
}

static char *number_value(struct nd_str text)
{
    size_t zeros = 0;
    while (zeros + 1 < text.n && text.p[zeros] == '0')
        zeros++;
    if (text.n == 0 || text.n > 12 || !g_ascii_isdigit(text.p[zeros]))
        return NULL;
    return nd_str_dup(nd_str_slice(text, zeros, text.n));
}

char *nd_field_value(const struct nd_field *field, struct nd_str text)
{
    char buffer[KEY_BYTES];
    const struct nd_str key = {buffer, key_of(text, buffer)};
    if (key.n == 0)
        return NULL;
    switch (field->id) {
    case ND_FIELD_TYPE:
        return type_value(text, key);
    case ND_FIELD_ISSUER:
        return issuer_value(text, key);
    case ND_FIELD_LEVEL:
        return level_value(text, key);
    case ND_FIELD_NUMBER:
        return number_value(text);
    case ND_FIELD_PLACE: {
        g_autofree char *name = nd_str_dup(text);
        const struct nd_place *place = nd_place_by_name(name);
        return place ? g_strdup(place->key) : squeezed_place(key);
    }
    default:
        return nd_str_dup(text);
    }
}

const char *nd_field_hint(const struct nd_field *field)
{
    switch (field->id) {
    case ND_FIELD_TYPE:
        return _("a document type such as KH or \"nghị quyết\"");
    case ND_FIELD_ISSUER:
        return _("an issuer's code or name such as TU or BTCTW");
    case ND_FIELD_LEVEL:
        return _("central, provincial, bloc, district or commune");
    case ND_FIELD_NUMBER:
        return _("a number or a code such as 21 or 21-NQ/TW");
    case ND_FIELD_PLACE:
        return _("a province such as \"Lai Châu\"");
    case ND_FIELD_YEAR:
        return _("a year or a range of years such as 2018..2022");
    case ND_FIELD_DATE:
        return _("a date or a range of dates such as 2018-10-08..2022");
    default:
        return _("some text");
    }
}

static const char *const stamp_names[] = {"none", "secret", "top-secret", "most-secret"};

const char *nd_stamp_name(enum nd_secrecy stamp)
{
    return stamp_names[stamp];
}

bool nd_stamp_parse(const char *name, enum nd_secrecy *out)
{
    for (size_t i = 0; i < G_N_ELEMENTS(stamp_names); i++) {
        if (strcmp(name, stamp_names[i]) == 0) {
            *out = (enum nd_secrecy)i;
            return true;
        }
    }
    return false;
}

const char *nd_strength_label(enum nd_strength strength)
{
    static const char *const labels[] = {[ND_STRENGTH_BODY] = N_("in its body"),
                                         [ND_STRENGTH_OPENING] = N_("in its opening"),
                                         [ND_STRENGTH_TITLE] = N_("in its title")};
    return _(labels[strength]);
}

/* Whether the first two words are; one alone may be an abbreviation. */
static bool begins_in_capitals(const char *text)
{
    const char *const space = strchr(text, ' ');
    const char *const end = space ? strchr(space + 1, ' ') : NULL;
    g_autofree char *start = end ? g_strndup(text, (gsize)(end - text)) : g_strdup(text);
    g_autofree char *upper = g_utf8_strup(start, -1), *lower = g_utf8_strdown(start, -1);
    return g_str_equal(start, upper) && !g_str_equal(upper, lower);
}

char *nd_type_words(const char *code)
{
    size_t n;
    const struct nd_type *const types = nd_types(&n);
    g_autoptr(GString) words = g_string_new(NULL);
    const char *before = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!g_str_equal(types[i].code, code) || g_strcmp0(before, types[i].word) == 0)
            continue;
        before = types[i].word;
        g_string_append_printf(words, "%s%s", words->len > 0 ? ", " : "", before);
    }
    return g_strdup(words->len > 0 ? words->str : code);
}

char *nd_title_with_type(const char *type, const char *title)
{
    const struct nd_type *const known = type ? nd_type_by_code(type) : NULL;
    const char *const word = known && title ? nd_type_only_word(type) : known ? known->word : type;
    if (!word || !title)
        return g_strdup(title ? title : word);
    g_autofree char *spelled = begins_in_capitals(title) ? g_utf8_strup(word, -1) : g_strdup(word);
    g_autofree char *start = g_utf8_strdown(title, (gssize)MIN(strlen(spelled), strlen(title)));
    g_autofree char *wanted = g_utf8_strdown(spelled, -1);
    return g_str_equal(start, wanted) ? g_strdup(title) : g_strconcat(spelled, " ", title, NULL);
}

char *nd_work_label(const char *code, const char *type, const char *title, const char *key)
{
    if (code)
        return g_strdup(code);
    if (!title) {
        g_autofree char *word = nd_title_with_type(type, NULL);
        return g_strdup(word && g_str_has_prefix(key, "document:") ? word : key);
    }
    g_autofree char *whole = nd_title_with_type(type, title);
    enum { LABEL_LETTERS = 70 };
    if (g_utf8_strlen(whole, -1) <= LABEL_LETTERS)
        return g_steal_pointer(&whole);
    char *end = g_utf8_offset_to_pointer(whole, LABEL_LETTERS);
    while (end > whole && *end != ' ')
        end--;
    *end = '\0';
    return g_strconcat(whole, " …", NULL);
}

const char *nd_level_label(enum nd_level level)
{
    static const char *const labels[ND_N_LEVELS] = {[ND_LEVEL_CENTRAL] = N_("central"),
                                                    [ND_LEVEL_PROVINCIAL] = N_("provincial"),
                                                    [ND_LEVEL_BLOC] = N_("bloc"),
                                                    [ND_LEVEL_DISTRICT] = N_("district"),
                                                    [ND_LEVEL_COMMUNE] = N_("commune or grassroots")};
    return labels[level] ? _(labels[level]) : NULL;
}

static bool read_number(const char **at, const char *end, size_t digits_cap, int *out, size_t *digits_out)
{
    const char *p = *at;
    int value = 0;
    while (p < end && g_ascii_isdigit(*p) && (size_t)(p - *at) < digits_cap)
        value = value * 10 + (*p++ - '0');
    *digits_out = (size_t)(p - *at);
    *out = value;
    *at = p;
    return *digits_out > 0;
}

bool nd_date_read_typed(struct nd_str text, struct nd_date *out)
{
    const char *p = text.p, *const end = text.p + text.n;
    int parts[3];
    size_t digits[3], n = 0;
    for (;;) {
        if (n == 3 || !read_number(&p, end, 4, &parts[n], &digits[n]))
            return false;
        n++;
        if (p == end)
            break;
        if (*p != '-' && *p != '/' && *p != '.')
            return false;
        p++;
    }
    const bool year_first = digits[0] == 4;
    if (digits[year_first ? 0 : n - 1] != 4)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (i != (year_first ? 0 : n - 1) && digits[i] > 2)
            return false;
    }
    struct nd_date date = {0};
    date.year = (int16_t)parts[year_first ? 0 : n - 1];
    if (n > 1)
        date.month = (int8_t)parts[n == 2 ? (year_first ? 1 : 0) : 1];
    if (n > 2)
        date.day = (int8_t)parts[year_first ? 2 : 0];
    if (!nd_date_is_valid(date) || (n > 1 && date.month == 0) || (n > 2 && date.day == 0))
        return false;
    *out = date;
    return true;
}
