#include "graph/scope.h"

#include "analyzers/data/data.h"
#include "base/i18n.h"

#include <string.h>

void nd_scope_clear(struct nd_scope *scope)
{
    g_free(scope->unit);
    g_free(scope->places);
    *scope = (struct nd_scope){0};
}

/* Words before the name of a committee or an area, longest first where one begins another. */
static const char *const unit_words[] = {
    "BAN-THUONG-VU",
    "BAN-CHAP-HANH",
    "THUONG-TRUC",
    "BTV",
    "BCH",
    "BAN-CAN-SU-DANG",
    "BAN-CHI-DAO",
    "DANG-DOAN",
    "DANG-BO",
    "DANG-UY",
    "HUYEN-UY",
    "THANH-UY",
    "THI-UY",
    "QUAN-UY",
    "TINH-UY",
    "CHI-BO",
    "CHI-UY",
    "UY-BAN-NHAN-DAN",
    "UBND",
    "HDND",
    "HOI-DONG-NHAN-DAN",
    "VAN-PHONG",
    "BAN-TO-CHUC",
    "BAN-TUYEN-GIAO",
    "BAN-DAN-VAN",
    "UY-BAN-KIEM-TRA",
    "UBKT",
    "HUYEN",
    "THI-XA",
    "THI-TRAN",
    "THANH-PHO",
    "PHUONG",
    "QUAN",
    "TINH",
    "XA",
};

/* "Ban Thường vụ Huyện ủy Càng Long" -> "CANG-LONG"; NULL when no name is left. */
static char *unit_of_body(const char *body)
{
    g_autofree char *key = nd_data_key(body);
    const char *rest = key;
    for (bool cut = true; cut && *rest;) {
        cut = false;
        for (size_t i = 0; i < G_N_ELEMENTS(unit_words) && !cut; i++) {
            size_t n = strlen(unit_words[i]);
            if (strncmp(rest, unit_words[i], n) != 0 || (rest[n] && rest[n] != '-'))
                continue;
            rest += n + (rest[n] == '-');
            cut = true;
        }
    }
    return *rest && !nd_place_on(rest, (struct nd_date){0}) ? g_strdup(rest) : NULL;
}

static bool is_below_province(const char *level)
{
    return strcmp(level, "district") == 0 || strcmp(level, "commune") == 0;
}

/* Bodies that stand beside any committee and are told apart by its name alone. */
static bool is_attached(const char *issuer)
{
    static const char *const codes[] = {"BCĐ", "BCSĐ", "ĐĐ", "ĐU"};
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
        if (strcmp(issuer, codes[i]) == 0)
            return true;
    return false;
}

static bool is_administration(const char *issuer)
{
    return strcmp(issuer, "UBND") == 0 || strcmp(issuer, "HĐND") == 0;
}

static bool names_area_below_province(const char *body)
{
    static const char *const words[] = {"-HUYEN", "-QUAN-", "-XA-", "-PHUONG-", "-THI-XA", "-THI-TRAN"};
    g_autofree char *key = nd_data_key(body);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(key, words[i]))
            return true;
    return false;
}

/* Whether the citation says that a body which exists at several levels is the one of the province: "UBND
 * tỉnh", "Ban Chỉ đạo Tỉnh ủy", whoever cites it. Within a province "UBND thành phố" is that of a town. */
static bool is_of_province(const struct nd_mention *mention, const char *place, struct nd_date citing_date)
{
    const bool named = mention->place && nd_place_by_name(mention->place);
    if (g_str_has_suffix(mention->issuer, "TU"))
        return true;
    if (!mention->body || names_area_below_province(mention->body))
        return named && !mention->body;
    g_autofree char *key = nd_data_key(mention->body);
    const struct nd_place *const row = place ? nd_place_on(place, citing_date) : NULL;
    if (strstr(key, "-THANH-PHO"))
        return !row || strcmp(row->kind, "city") == 0;
    return named || strstr(key, "-TINH");
}

/* "Hội đồng Thi đua - Khen thưởng Trung ương": a body of the centre, whatever its code. */
static bool is_of_centre(const char *body)
{
    g_autofree char *key = nd_data_key(body);
    return g_str_has_suffix(key, "-TRUNG-UONG");
}

/* The town of the date line stands for the committee's own area. */
static char *own_unit(const struct nd_metadata *metadata)
{
    bool below = metadata->level == ND_LEVEL_DISTRICT || metadata->level == ND_LEVEL_COMMUNE;
    g_autofree char *key = below && metadata->place_line ? nd_data_key(metadata->place_line) : NULL;
    return key && *key ? g_steal_pointer(&key) : NULL;
}

/* The provinces that stood on the date for what became the given one: the key of the only one in *only_out,
 * or the keys of several joined. NULL unless several. */
static char *places_before_merger(const struct nd_place *place, struct nd_date date, const char **only_out)
{
    size_t n;
    const struct nd_place *rows = nd_places(&n);
    g_autoptr(GString) keys = g_string_new(NULL);
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        g_auto(GStrv) successors = g_strsplit(rows[i].successors, " ", -1);
        if (!g_strv_contains((const char *const *)successors, place->key) ||
            !nd_validity_contains(rows[i].validity, date))
            continue;
        g_string_append_printf(keys, "%s%s", found++ ? " " : "", rows[i].key);
        *only_out = rows[i].key;
    }
    return found > 1 ? g_string_free(g_steal_pointer(&keys), FALSE) : NULL;
}

static void place_of_citing(const struct nd_metadata *citing, struct nd_date citing_date,
                            struct nd_date cited_date, struct nd_scope *out)
{
    const struct nd_place *place =
        citing->level == ND_LEVEL_CENTRAL || !citing->place ? NULL : nd_place_by_name(citing->place);
    if (!place) {
        out->reason = N_("the text does not say which province's committee is meant");
        return;
    }
    const struct nd_place *then = nd_place_on(place->key, citing_date);
    const char *before = NULL;
    if (cited_date.year && nd_date_compare(cited_date, then->validity.from) < 0)
        out->places = places_before_merger(then, cited_date, &before);
    if (out->places)
        out->reason =
            N_("older than the merger of the citing document's province: any of its parts may be meant");
    else
        out->place = before ?: then->key; /* made anew or renamed: Huế, until 2024 Thừa Thiên Huế */
}

void nd_scope_of_mention(const struct nd_mention *mention, const struct nd_metadata *citing,
                         struct nd_date citing_date, struct nd_scope *out)
{
    *out = (struct nd_scope){0};
    const struct nd_issuer *issuer = mention->issuer ? nd_issuer_by_code(mention->issuer) : NULL;
    const char *level = issuer ? issuer->level : "";
    const char *code = mention->issuer ? mention->issuer : "";
    const struct nd_place *named = mention->place ? nd_place_by_name(mention->place) : NULL;
    if (named)
        out->place = named->key;
    if (!issuer && mention->body && is_of_centre(mention->body)) {
        out->place = NULL;
        out->unit = g_strdup("TRUNG-UONG");
        return;
    }
    bool below = is_below_province(level) || is_attached(code) ||
                 (is_administration(code) && mention->body && names_area_below_province(mention->body));
    if (below && mention->body)
        out->unit = unit_of_body(mention->body);
    if (!out->place && !(out->unit && is_attached(code)))
        place_of_citing(citing, citing_date, mention->date, out);
    if (out->reason || out->unit)
        return;
    /* the committee itself and its offices: BTCHU cites HU */
    const bool own = citing->issuer && mention->issuer && g_str_has_suffix(citing->issuer, mention->issuer);
    if ((own || (is_administration(code) && !named)) &&
        (is_below_province(level) || !is_of_province(mention, out->place, citing_date)))
        out->unit = own_unit(citing);
    if (is_below_province(level) && !out->unit && !named) {
        out->place = NULL;
        out->reason = N_("the text does not say which committee below the province is meant");
    }
}

void nd_scope_of_document(const struct nd_metadata *metadata, struct nd_scope *out)
{
    *out = (struct nd_scope){0};
    const struct nd_place *place = metadata->place ? nd_place_by_name(metadata->place) : NULL;
    const struct nd_issuer *issuer = metadata->issuer ? nd_issuer_by_code(metadata->issuer) : NULL;
    out->unit = own_unit(metadata);
    if (place)
        out->place = place->key;
    if (!place || (issuer && is_below_province(issuer->level) && !out->unit)) {
        out->place = NULL;
        out->reason = N_("the document does not say whose committee wrote it");
    }
}
