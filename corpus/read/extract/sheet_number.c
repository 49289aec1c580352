#include "corpus/read/extract/sheet_number.h"

#include <glib.h>
#include <limits.h>
#include <string.h>

enum {
    DATE = ND_SHEET_DAY | ND_SHEET_MONTH | ND_SHEET_YEAR,
    LAST_DAY = 2958465, /* 31/12/9999 */
    NO_DAY = 60,        /* 29/02/1900, which programs count though there was none */
    MINUTES = 24 * 60,
};

unsigned nd_sheet_format_by_id(unsigned id)
{
    static const struct {
        unsigned first, last, format;
    } known[] = {
        {9, 10, ND_SHEET_PERCENT},
        {14, 15, DATE},
        {16, 16, ND_SHEET_DAY | ND_SHEET_MONTH},
        {17, 17, ND_SHEET_MONTH | ND_SHEET_YEAR},
        {18, 21, ND_SHEET_CLOCK},
        {22, 22, DATE | ND_SHEET_CLOCK},
        {27, 31, DATE},
        {32, 35, ND_SHEET_CLOCK},
        {36, 36, DATE},
        {45, 47, ND_SHEET_CLOCK},
        {50, 54, DATE},
        {57, 58, DATE},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(known); i++)
        if (id >= known[i].first && id <= known[i].last)
            return known[i].format;
    return 0;
}

unsigned nd_sheet_format_of_code(const char *code)
{
    unsigned format = 0;
    bool month = false;
    if (g_ascii_strcasecmp(code, "general") == 0 || g_ascii_strcasecmp(code, "standard") == 0)
        return 0;
    for (const char *p = code; *p && *p != ';'; p++) { /* what follows is for negative numbers */
        const char *end = NULL;
        switch (g_ascii_tolower(*p)) {
        case '"':
            end = strchr(p + 1, '"');
            break;
        case '[': /* a colour, a language, hours of more than a day */
            end = strchr(p, ']');
            format |= p[1] == 'h' || p[1] == 'H' || p[1] == 'm' || p[1] == 's' ? ND_SHEET_CLOCK : 0;
            break;
        case '\\':
        case '_':
        case '*':
            end = p[1] ? p + 1 : NULL;
            break;
        case 'd':
            format |= ND_SHEET_DAY;
            continue;
        case 'm':
            month = true;
            continue;
        case 'y':
            format |= ND_SHEET_YEAR;
            continue;
        case 'h':
        case 's':
            format |= ND_SHEET_CLOCK;
            continue;
        case '%':
            format |= ND_SHEET_PERCENT;
            continue;
        default:
            continue;
        }
        if (!end)
            break;
        p = end;
    }
    /* m beside hours or seconds alone is for minutes */
    if (month && (!(format & ND_SHEET_CLOCK) || format & (ND_SHEET_DAY | ND_SHEET_YEAR)))
        format |= ND_SHEET_MONTH;
    return format;
}

/* The day that is `count` days from the file's first. */
static GDate day_of(unsigned count, bool from_1904)
{
    GDate day;
    g_date_clear(&day, 1);
    if (from_1904)
        g_date_set_dmy(&day, 1, G_DATE_JANUARY, 1904);
    else
        g_date_set_dmy(&day, count < NO_DAY ? 31 : 30, G_DATE_DECEMBER, 1899);
    g_date_add_days(&day, count);
    return day;
}

/* Day, month and year, those that the format shows; returns how many bytes. */
static size_t put_day(GDate day, unsigned format, char *out)
{
    const struct {
        unsigned shown;
        unsigned number;
    } parts[] = {{format & ND_SHEET_DAY, g_date_get_day(&day)},
                 {format & ND_SHEET_MONTH, (unsigned)g_date_get_month(&day)},
                 {format & ND_SHEET_YEAR, g_date_get_year(&day)}};
    size_t n = 0;
    for (unsigned i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i].shown)
            n += (size_t)g_snprintf(out + n, ND_SHEET_NUMBER_BYTES / 4, "%s%02u", n > 0 ? "/" : "",
                                    parts[i].number);
    return n;
}

void nd_sheet_number_format(double value, unsigned format, bool from_1904, char out[ND_SHEET_NUMBER_BYTES])
{
    const bool in_calendar = value >= (from_1904 || !(format & DATE) ? 0 : 1) && value < LAST_DAY;
    if (in_calendar && format & (DATE | ND_SHEET_CLOCK)) {
        const unsigned minutes = (unsigned)(value * MINUTES + (format & ND_SHEET_CLOCK ? 0.5 : 0)),
                       in_day = format & DATE ? MINUTES : UINT_MAX;
        const size_t n = format & DATE ? put_day(day_of(minutes / MINUTES, from_1904), format, out) : 0;
        if (format & ND_SHEET_CLOCK)
            g_snprintf(out + n, ND_SHEET_NUMBER_BYTES / 4, "%s%02u:%02u", n > 0 ? " " : "",
                       minutes % in_day / 60, minutes % 60);
    } else if (format & ND_SHEET_PERCENT) {
        g_ascii_formatd(out, ND_SHEET_NUMBER_BYTES - 1, "%.10g", value * 100);
        g_strlcat(out, "%", ND_SHEET_NUMBER_BYTES);
    } else {
        g_ascii_formatd(out, ND_SHEET_NUMBER_BYTES, "%.15g", value);
    }
}
