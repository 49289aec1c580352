#include "web/address.h"

/* The last parameter of a search; those after it belong to single pages and forms. */
#define LAST_CARRIED ND_PARAMETER_EXACT

/* Which part of a search's answer is shown: another search begins with its own first page. */
static bool is_place_in_answer(enum nd_parameter parameter)
{
    return parameter == ND_PARAMETER_PAGE || parameter == ND_PARAMETER_UNTIL;
}

static const char *value_of(const struct nd_request *request, const struct nd_change *changes,
                            enum nd_parameter parameter)
{
    bool restart = false;
    for (; changes->parameter != ND_N_PARAMETERS; changes++) {
        if (changes->parameter == parameter)
            return changes->value;
        restart |= changes->parameter != ND_PARAMETER_LANGUAGE;
    }
    if (parameter == ND_PARAMETER_FORMAT || (is_place_in_answer(parameter) && restart))
        return NULL;
    return request->values[parameter];
}

void nd_address_put(struct nd_html *html, const struct nd_request *request, const char *path,
                    const struct nd_change *changes)
{
    nd_put(html, BASE, ATTR(path));
    const char *separator = "?";
    for (int i = 0; i <= LAST_CARRIED; i++) {
        const char *value = value_of(request, changes, (enum nd_parameter)i);
        if (!value)
            continue;
        nd_put(html, TEXT(separator), ATTR(nd_parameter_name((enum nd_parameter)i)), HTML("="), QUERY(value));
        separator = "&";
    }
}

void nd_address_put_hidden(struct nd_html *html, const struct nd_request *request,
                           const enum nd_parameter *except, size_t n_except)
{
    for (int i = 0; i <= LAST_CARRIED; i++) {
        bool left_out =
            is_place_in_answer((enum nd_parameter)i) || i == ND_PARAMETER_FORMAT || !request->values[i];
        for (size_t k = 0; k < n_except; k++)
            left_out |= (int)except[k] == i;
        if (!left_out)
            nd_put(html, HTML("<input type=\"hidden\" name=\""),
                   ATTR(nd_parameter_name((enum nd_parameter)i)), HTML("\" value=\""),
                   ATTR(request->values[i]), HTML("\">"));
    }
}
