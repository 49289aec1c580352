#include "graph/wording.h"

#include "analyzers/data/data.h"

#include <string.h>

const struct nd_claim *nd_claim_looked_up(const struct nd_claims *claims, size_t i)
{
    const struct nd_claim *claim = &g_array_index(claims->claims, struct nd_claim, i);
    if (claim->kind == ND_CLAIM_FOLLOW)
        claim = &g_array_index(claims->claims, struct nd_claim, claim->leader);
    return claim->kind == ND_CLAIM_LOOKUP && claim->group ? claim : NULL;
}

char *nd_claim_wording(const struct nd_claims *claims, size_t i)
{
    const struct nd_claim *claim = nd_claim_looked_up(claims, i);
    if (!claim)
        return NULL;
    char date[11];
    GString *out = g_string_new(claim->group);
    if (claim->kind_told) { /* "QĐi" of "13-QĐi/TU~XIII?" */
        const char *const kind = strchr(claim->assumed, '-');
        g_string_append_printf(out, " %.*s", kind ? (int)strcspn(kind + 1, "/") : 0, kind ? kind + 1 : "");
    }
    if (claim->term)
        g_string_append_printf(out, " %s", claim->term);
    if (claim->date.year)
        g_string_append_printf(out, " %s", nd_date_format(claim->date, date));
    if (claim->title && !g_str_has_prefix(claim->group, "name:")) { /* there the title is the group */
        g_autofree char *title = nd_data_key(claim->title);
        g_string_append_printf(out, " %s", title);
    }
    return g_string_free(out, FALSE);
}
