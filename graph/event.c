#include "graph/event.h"

#include "analyzers/data/data.h"

#include <string.h>

static const char congress[] = "-DH-", plenum[] = "-TW", other_plenum[] = "-HN";

char *nd_event_key(const struct nd_event *event)
{
    GString *const key = g_string_new(event->type);
    if (event->term)
        g_string_append_printf(key, "%s%s", event->issuer ? other_plenum : plenum, event->ordinal);
    else
        g_string_append_printf(key, "%s%s", congress, event->ordinal);
    if (event->issuer)
        g_string_append_printf(key, "-%s", event->issuer);
    if (event->term)
        g_string_append_printf(key, "~%s", event->term);
    if (event->place || event->unit)
        g_string_append_c(key, '@');
    if (event->place)
        g_string_append(key, event->place);
    if (event->place && event->unit)
        g_string_append_c(key, '/');
    if (event->unit)
        g_string_append(key, event->unit);
    return g_string_free(key, FALSE);
}

/* Ends text before the first of what `at` begins with, and returns what follows; NULL without one. */
static char *cut(char *text, char at)
{
    char *const found = text ? strchr(text, at) : NULL;
    if (!found)
        return NULL;
    *found = '\0';
    return found + 1;
}

/* Where the event's mark stands in a key; NULL in keys of other works. */
static char *find_mark(char *key, const char **mark_out)
{
    const char *const marks[] = {congress, plenum, other_plenum};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        char *const at = strchr(key, '-');
        const char *const ordinal = at ? at + strlen(marks[i]) : NULL;
        if (!at || strncmp(at, marks[i], strlen(marks[i])) != 0)
            continue;
        *mark_out = marks[i];
        return marks[i] == congress ? (*ordinal ? at : NULL) : g_ascii_isdigit(*ordinal) ? at : NULL;
    }
    return NULL;
}

bool nd_event_parse(char *copy, struct nd_event *out)
{
    const char *mark;
    char *const at = find_mark(copy, &mark);
    if (!at || g_ascii_isdigit(*copy) || (mark != congress && !strchr(at, '~')))
        return false;
    char *const ordinal = at + strlen(mark);
    *at = '\0';
    char *const place = cut(ordinal, '@');
    *out = (struct nd_event){.type = copy, .ordinal = ordinal, .place = place};
    out->unit = cut(place, '/');
    out->term = cut(ordinal, '~');
    out->issuer = cut(ordinal, '-');
    return true;
}

static const char *issuer_name(const char *code)
{
    const struct nd_issuer *const issuer = nd_issuer_by_code(code);
    return issuer ? issuer->name : code;
}

char *nd_event_title(const struct nd_event *event)
{
    const struct nd_place *const place = event->place ? nd_place_on(event->place, (struct nd_date){0}) : NULL;
    GString *const title = g_string_new(NULL);
    if (event->term && !event->issuer) {
        g_string_printf(title, "Hội nghị lần thứ %s Ban Chấp hành Trung ương khóa %s", event->ordinal,
                        event->term);
    } else if (event->term) {
        g_string_printf(title, "Hội nghị lần thứ %s %s khóa %s", event->ordinal, issuer_name(event->issuer),
                        event->term);
    } else if (event->issuer) {
        g_string_printf(title, "Đại hội lần thứ %s %s", event->ordinal, issuer_name(event->issuer));
    } else if (event->place) {
        g_string_printf(title, "Đại hội đại biểu Đảng bộ lần thứ %s", event->ordinal);
    } else {
        g_string_printf(title, "Đại hội đại biểu toàn quốc lần thứ %s của Đảng", event->ordinal);
    }
    if (place)
        g_string_append_printf(title, ", %s", place->name);
    return g_string_free(title, FALSE);
}
