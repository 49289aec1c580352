#include "base/date.h"

#include <stdio.h>
#include <string.h>

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool nd_date_is_valid(struct nd_date date)
{
    if (date.year < 1 || date.year > 9999 || date.month < 0 || date.month > 12 || date.day < 0)
        return false;
    if (date.month == 0)
        return date.day == 0;
    return date.day <= days_in_month(date.year, date.month);
}

const char *nd_date_format(struct nd_date date, char buffer[11])
{
    /* the remainders change nothing in a valid date; they tell the compiler how wide the numbers are */
    const unsigned year = (unsigned)date.year % 10000u;
    const unsigned month = (unsigned)date.month % 100u;
    const unsigned day = (unsigned)date.day % 100u;
    if (!nd_date_is_valid(date))
        buffer[0] = '\0';
    else if (month == 0)
        snprintf(buffer, 11, "%04u", year);
    else if (day == 0)
        snprintf(buffer, 11, "%04u-%02u", year, month);
    else
        snprintf(buffer, 11, "%04u-%02u-%02u", year, month, day);
    return buffer;
}

bool nd_date_parse(const char *text, struct nd_date *out)
{
    const size_t n = strlen(text);
    int parts[3] = {0, 0, 0};
    if (n != 4 && n != 7 && n != 10)
        return false;
    for (size_t i = 0, part = 0; i < n; i++) {
        if (i == 4 || i == 7) {
            if (text[i] != '-')
                return false;
            part++;
        } else {
            if (text[i] < '0' || text[i] > '9')
                return false;
            parts[part] = parts[part] * 10 + (text[i] - '0');
        }
    }
    const struct nd_date date = {(int16_t)parts[0], (int8_t)parts[1], (int8_t)parts[2]};
    if (!nd_date_is_valid(date) || (n > 4 && date.month == 0) || (n > 7 && date.day == 0))
        return false;
    *out = date;
    return true;
}

int nd_date_compare(struct nd_date a, struct nd_date b)
{
    if (a.year != b.year)
        return a.year - b.year;
    if (a.month != b.month)
        return a.month - b.month;
    return a.day - b.day;
}
