#include "graph/work.h"

#include "analyzers/citation/citation.h"
#include "analyzers/data/data.h"
#include "graph/authority.h"
#include "graph/event.h"
#include "graph/identity.h"

#include <string.h>

/* The parts of a key, in the strings of the description: "13-QĐ/TU~2018@LAI-CHAU/X" is code "13-QĐ/TU",
 * period "2018", place "LAI-CHAU", unit "X". */
struct parts {
    char *code, *period, *place, *unit;
};

static char *cut(char *text, char at)
{
    char *found = text ? strrchr(text, at) : NULL;
    if (!found)
        return NULL;
    *found = 0;
    return found + 1;
}

static struct parts split(struct nd_work_description *out, const char *key)
{
    char *copy = g_string_chunk_insert(out->strings, key);
    struct parts parts = {.code = copy};
    parts.place = cut(copy, '@');
    parts.period = cut(copy, '~');
    if (parts.place) {
        parts.unit = strchr(parts.place, '/');
        if (parts.unit)
            *parts.unit++ = 0;
    }
    return parts;
}

static void set_issuer(struct nd_work *work, const char *code)
{
    const struct nd_issuer *issuer = nd_issuer_by_code(code);
    work->issuer = issuer ? issuer->code : code;
    if (!issuer || !nd_level_parse(issuer->level, &work->level))
        work->level = ND_LEVEL_UNKNOWN;
}

/* "QH14", "UBTVQH11" -> issuer and term. */
static const char *cut_assembly_term(struct nd_work_description *out, char *issuer)
{
    size_t n = strlen(issuer);
    while (n > 0 && g_ascii_isdigit(issuer[n - 1]))
        n--;
    if (!issuer[n] || n < 2 || strncmp(issuer + n - 2, "QH", 2) != 0)
        return NULL;
    char *term = g_string_chunk_insert(out->strings, issuer + n - 2);
    issuer[n] = 0;
    return term;
}

/* Reads a code that nd_identity_key made; false for keys of works without number. */
static bool read_code(struct nd_work_description *out, const struct parts *parts,
                      struct nd_identity *identity_out)
{
    struct nd_work *work = &out->work;
    char *code = g_string_chunk_insert(out->strings, parts->code);
    char *tail = strchr(code, '/');
    if (!tail || !g_ascii_isdigit(code[0]))
        return false;
    *tail++ = 0;
    char *dash = strchr(code, '-');
    struct nd_identity identity = {0};
    if (dash) { /* Party: 21-NQ/TW */
        *dash = 0;
        identity.type = dash + 1;
        set_issuer(work, tail);
    } else { /* state: 30/2020/NĐ-CP, 1847/QĐ-TTg, 52/2019/QH14 */
        char *slash = strchr(tail, '/');
        if (slash) {
            *slash = 0;
            identity.year = (int)g_ascii_strtoll(tail, NULL, 10);
            tail = slash + 1;
        }
        dash = strchr(tail, '-');
        if (dash && nd_type_by_code((*dash = 0, tail))) {
            identity.type = tail;
            tail = dash + 1;
        } else if (dash) {
            *dash = '-';
        }
        identity.term = cut_assembly_term(out, tail);
        set_issuer(work, tail);
    }
    if (!identity.type && strcmp(work->issuer, "QH") == 0)
        identity.type = "LUAT";
    identity.number = code;
    identity.issuer = work->issuer;
    g_autofree char *official = nd_identity_code(&identity);
    identity.type = nd_identity_plain_type(identity.type);
    work->type = identity.type;
    work->number = code;
    work->code = g_string_chunk_insert(out->strings, official);
    if (!parts->period && identity.year) {
        g_autofree char *year = g_strdup_printf("%d", identity.year);
        work->period = g_string_chunk_insert(out->strings, identity.term ? identity.term : year);
    }
    const struct nd_mention mention = {.kind = ND_MENTION_NUMBER,
                                       .type = identity.type,
                                       .number = identity.number,
                                       .year = identity.year,
                                       .issuer = identity.issuer,
                                       .term = identity.term};
    g_autofree char *citation_key = nd_citation_key(&mention);
    work->citation_key = citation_key ? g_string_chunk_insert(out->strings, citation_key) : NULL;
    *identity_out = identity;
    return true;
}

/* The resolution of a congress or a plenum whose number nobody told. */
static void read_event(struct nd_work_description *out, const char *key)
{
    struct nd_event event;
    if (!nd_event_parse(g_string_chunk_insert(out->strings, key), &event))
        return;
    struct nd_work *const work = &out->work;
    const struct nd_type *const type = nd_type_by_code(event.type);
    g_autofree char *title = nd_event_title(&event);
    work->type = type ? type->code : NULL;
    out->event = g_string_chunk_insert(out->strings, title);
    if (event.issuer || !event.place)
        set_issuer(work, event.issuer ? event.issuer : event.term ? "TW" : "DANG");
    else
        work->level = ND_LEVEL_PROVINCIAL;
}

void nd_work_describe(const char *key, const struct nd_authorities_in_force *authorities,
                      struct nd_work_description *out)
{
    *out = (struct nd_work_description){.strings = g_string_chunk_new(128)};
    struct nd_work *work = &out->work;
    work->key = g_string_chunk_insert(out->strings, key);
    const struct nd_authority *authority = nd_authority_in_force(authorities, key);
    if (g_str_has_prefix(key, ND_WORK_DOCUMENT))
        return;
    struct parts parts = split(out, key);
    work->period = parts.period;
    const struct nd_place *place = parts.place ? nd_place_on(parts.place, (struct nd_date){0}) : NULL;
    work->place = place ? place->name : parts.place;
    struct nd_identity identity;
    const bool coded = read_code(out, &parts, &identity);
    if (!coded)
        read_event(out, key);
    if (authority) {
        work->type = authority->type;
        work->title = *authority->name ? g_string_chunk_insert(out->strings, authority->name) : NULL;
        work->date = authority->date;
        if (!coded && authority->issuer)
            set_issuer(work, authority->issuer);
    }
}

char *nd_work_group(const char *key)
{
    struct nd_work_description out = {.strings = g_string_chunk_new(128)};
    const struct parts parts = split(&out, key);
    struct nd_identity identity;
    char *group = NULL;
    if (!g_str_has_prefix(key, ND_WORK_DOCUMENT) && read_code(&out, &parts, &identity)) {
        identity.place = parts.place;
        identity.unit = parts.unit;
        group = nd_identity_group(&identity);
    }
    nd_work_description_clear(&out);
    return group;
}

const char *nd_work_type_word(const char *key)
{
    const char *const dash = strchr(key, '-');
    const size_t n = dash ? strcspn(dash + 1, "/~@") : 0;
    if (!n || !g_ascii_isdigit(key[0]) || dash[1 + n] != '/')
        return NULL;
    g_autofree char *code = g_strndup(dash + 1, n);
    return strcmp(nd_identity_plain_type(code), code) == 0 ? NULL : nd_type_only_word(code);
}

void nd_work_description_clear(struct nd_work_description *description)
{
    g_clear_pointer(&description->strings, g_string_chunk_free);
}
