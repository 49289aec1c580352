/* The authority file as facts: each row under its code, under its names and under the event that adopted it.
 */
#include "graph/claims.h"

#include "graph/identity.h"
#include "graph/titles.h"

struct authority {
    GHashTable *groups; /* group -> GArray of struct nd_fact */
};

/* Takes group over. */
static void add(struct authority *authority, char *group, const struct nd_authority *row)
{
    if (!group)
        return;
    GArray *facts = g_hash_table_lookup(authority->groups, group);
    if (!facts) {
        facts = g_array_new(FALSE, FALSE, sizeof(struct nd_fact));
        g_hash_table_insert(authority->groups, g_strdup(group), facts);
    }
    g_free(group);
    struct nd_fact fact = {.group = NULL, /* the caller has it */
                           .work = row->key,
                           .title = row->name,
                           .date = row->date,
                           .validity = row->validity,
                           .authority = true,
                           .chief = row->chief};
    g_array_append_val(facts, fact);
}

static char *code_group(const struct nd_authority *row)
{
    const struct nd_identity identity = {
        .type = row->type,
        .number = *row->number ? row->number : NULL,
        .year = row->year,
        .issuer = row->issuer,
        .term = *row->term ? row->term : NULL,
        .date = row->date,
    };
    return nd_identity_group(&identity);
}

static gpointer build(gpointer unused)
{
    (void)unused;
    static struct authority authority;
    authority.groups = g_hash_table_new(g_str_hash, g_str_equal);
    size_t n;
    const struct nd_authority *rows = nd_authorities(&n);
    for (size_t i = 0; i < n; i++) {
        const struct nd_authority *row = &rows[i];
        add(&authority, code_group(row), row);
        add(&authority, nd_title_group(row->type, row->name), row);
        if (*row->event)
            add(&authority, g_strdup_printf("event:%s:%s", row->type, row->event), row);
        g_auto(GStrv) names = g_strsplit(row->other_names, "; ", -1);
        for (size_t k = 0; names[k]; k++) {
            if (*names[k])
                add(&authority, nd_title_group(row->type, names[k]), row);
        }
    }
    return &authority;
}

const struct nd_fact *nd_authority_facts(const char *group, size_t *n_out)
{
    static GOnce once = G_ONCE_INIT;
    const struct authority *authority = g_once(&once, build, NULL);
    const GArray *facts = g_hash_table_lookup(authority->groups, group);
    *n_out = facts ? facts->len : 0;
    return facts ? &g_array_index(facts, struct nd_fact, 0) : NULL;
}
