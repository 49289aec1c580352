#include "graph/authority.h"

#include "base/i18n.h"
#include "graph/decisions.h"
#include "graph/identity.h"
#include "graph/titles.h"
#include "graph/work.h"

#include <string.h>

struct nd_authorities_in_force {
    GHashTable *groups; /* group -> GArray of struct nd_fact */
    GHashTable *own;    /* key -> struct nd_authority that users put in; NULL for the files alone */
    GPtrArray *rows;    /* owns those */
    GStringChunk *strings;
};

/* ---- facts ---- */

/* Takes group over. */
static void add(struct nd_authorities_in_force *a, char *group, const struct nd_authority *row)
{
    if (!group)
        return;
    GArray *facts = g_hash_table_lookup(a->groups, group);
    if (!facts) {
        facts = g_array_new(FALSE, FALSE, sizeof(struct nd_fact));
        g_hash_table_insert(a->groups, g_strdup(group), facts);
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
    const char *at = strrchr(row->key, '@'); /* of a local committee: the province, maybe "/" and its unit */
    g_auto(GStrv) scope = g_strsplit(at ? at + 1 : "", "/", 2);
    const struct nd_identity identity = {
        .type = row->type,
        .number = *row->number ? row->number : NULL,
        .year = row->year,
        .issuer = row->issuer,
        .term = *row->term ? row->term : NULL,
        .place = scope[0],
        .unit = scope[0] ? scope[1] : NULL,
        .date = row->date,
    };
    return nd_identity_group(&identity);
}

/* The names of a local committee's work hold in its province alone, as its citations do. */
static void add_title(struct nd_authorities_in_force *a, const struct nd_authority *row, const char *type,
                      const char *name)
{
    const char *place = strrchr(row->key, '@');
    char *group = *name ? nd_title_group(type, name) : NULL;
    if (group && place) {
        g_autofree char *bare = group;
        group = g_strconcat(bare, place, NULL);
    }
    add(a, group, row);
}

static void add_name(struct nd_authorities_in_force *a, const struct nd_authority *row, const char *name)
{
    const char *rules = nd_rules_put_in_force(row, name);
    if (rules)
        add_title(a, row, "QC", rules);
    add_title(a, row, row->type, name);
}

static void add_row(struct nd_authorities_in_force *a, const struct nd_authority *row)
{
    add(a, code_group(row), row);
    add_name(a, row, row->name);
    if (*row->event)
        add(a, g_strdup_printf("event:%s:%s", row->type, row->event), row);
    g_auto(GStrv) names = g_strsplit(row->other_names, "; ", -1);
    for (size_t k = 0; names[k]; k++)
        add_name(a, row, names[k]);
}

static void add_files(struct nd_authorities_in_force *a)
{
    size_t n;
    const struct nd_authority *rows = nd_authorities(&n);
    for (size_t i = 0; i < n; i++)
        if (!a->own || !g_hash_table_contains(a->own, rows[i].key))
            add_row(a, &rows[i]);
}

static gpointer build_of_files(gpointer unused)
{
    (void)unused;
    static struct nd_authorities_in_force files;
    files.groups = g_hash_table_new(g_str_hash, g_str_equal);
    add_files(&files);
    return &files;
}

const struct nd_authorities_in_force *nd_authorities_of_files(void)
{
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, build_of_files, NULL);
}

const struct nd_fact *nd_authority_facts(const struct nd_authorities_in_force *authorities, const char *group,
                                         size_t *n_out)
{
    const struct nd_authorities_in_force *a = authorities ? authorities : nd_authorities_of_files();
    const GArray *facts = g_hash_table_lookup(a->groups, group);
    *n_out = facts ? facts->len : 0;
    return facts ? &g_array_index(facts, struct nd_fact, 0) : NULL;
}

const struct nd_authority *nd_authority_in_force(const struct nd_authorities_in_force *authorities,
                                                 const char *key)
{
    const struct nd_authority *own = authorities ? g_hash_table_lookup(authorities->own, key) : NULL;
    return own ? own : nd_authority_by_key(key);
}

/* ---- rows of the log ---- */

struct reading {
    GStringChunk *strings;
    struct nd_authority *row;
    GString *other_names;
};

static bool read_name(struct reading *r, const char *value)
{
    r->row->name = g_string_chunk_insert(r->strings, value);
    return true;
}

static bool read_other(struct reading *r, const char *value)
{
    g_string_append_printf(r->other_names, "%s%s", r->other_names->len ? "; " : "", value);
    return true;
}

static bool read_type(struct reading *r, const char *value)
{
    const struct nd_type *type = nd_type_by_code(value);
    r->row->type = type ? type->code : NULL;
    return type != NULL;
}

static bool read_event(struct reading *r, const char *value)
{
    r->row->event = g_string_chunk_insert(r->strings, value);
    return strchr(value, '/') != NULL;
}

static bool read_date(struct reading *r, const char *value)
{
    return nd_date_parse(value, &r->row->date);
}

static bool read_from(struct reading *r, const char *value)
{
    return nd_date_parse(value, &r->row->validity.from);
}

static bool read_until(struct reading *r, const char *value)
{
    return nd_date_parse(value, &r->row->validity.until);
}

static bool read_chief(struct reading *r, const char *value)
{
    r->row->chief = strcmp(value, "1") == 0;
    return r->row->chief;
}

static const struct {
    const char *name;
    bool (*read)(struct reading *, const char *value);
} members[] = {{"name", read_name}, {"other", read_other}, {"type", read_type},   {"event", read_event},
               {"date", read_date}, {"from", read_from},   {"until", read_until}, {"chief", read_chief}};

static bool read_line(struct reading *r, const char *line)
{
    const char *colon = strstr(line, ": ");
    for (size_t i = 0; colon && colon[2] && i < G_N_ELEMENTS(members); i++)
        if (strlen(members[i].name) == (size_t)(colon - line) && g_str_has_prefix(line, members[i].name))
            return members[i].read(r, colon + 2);
    return false;
}

/* What the key itself says: type, number, issuer. */
static void read_key(struct reading *r, const char *key)
{
    struct nd_work_description known;
    const struct nd_authority *file = nd_authority_by_key(key);
    nd_work_describe(key, NULL, &known);
    *r->row = (struct nd_authority){.key = g_string_chunk_insert(r->strings, key),
                                    .number = "",
                                    .term = "",
                                    .event = "",
                                    .name = "",
                                    .source = ""};
    const char **const texts[] = {&r->row->type, &r->row->number, &r->row->issuer};
    const char *const values[] = {known.work.type, known.work.number, known.work.issuer};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        if (values[i])
            *texts[i] = g_string_chunk_insert(r->strings, values[i]);
    if (file) { /* a year or a term that the key's form does not tell apart */
        r->row->year = file->year;
        r->row->term = file->term;
    }
    nd_work_description_clear(&known);
}

bool nd_authority_parse(const char *key, const char *value, GStringChunk *strings, struct nd_authority *out,
                        const char **why_out)
{
    g_autoptr(GString) other_names = g_string_new(NULL);
    struct reading r = {strings, out, other_names};
    g_auto(GStrv) lines = g_strsplit(value ? value : "", "\n", -1);
    read_key(&r, key);
    for (size_t i = 0; lines[i]; i++) {
        if (*lines[i] && !read_line(&r, lines[i])) {
            *why_out = _("a line of the entry is no name, date, event or time in force");
            return false;
        }
    }
    out->other_names = g_string_chunk_insert(strings, other_names->str);
    *why_out = _("the key does not tell what kind of document it is; give its type");
    return out->type != NULL;
}

static void read_entry(struct nd_authorities_in_force *a, const struct nd_decision *what)
{
    struct nd_authority *row = g_new0(struct nd_authority, 1);
    const char *why;
    g_ptr_array_add(a->rows, row);
    if (nd_authority_parse(what->quote, what->value, a->strings, row, &why))
        g_hash_table_insert(a->own, (gpointer)row->key, row);
}

static bool is_authority(const struct nd_decided *entry)
{
    return entry->stands && strcmp(entry->what.verdict, "authority") == 0;
}

struct nd_authorities_in_force *nd_authorities_with(const GPtrArray *log)
{
    guint n = 0;
    for (guint i = 0; i < log->len; i++)
        n += is_authority(log->pdata[i]);
    if (n == 0)
        return NULL;
    struct nd_authorities_in_force *a = g_new0(struct nd_authorities_in_force, 1);
    a->strings = g_string_chunk_new(1024);
    a->rows = g_ptr_array_new_with_free_func(g_free);
    a->own = g_hash_table_new(g_str_hash, g_str_equal);
    a->groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    for (guint i = 0; i < log->len; i++)
        if (is_authority(log->pdata[i]))
            read_entry(a, &((const struct nd_decided *)log->pdata[i])->what);
    GHashTableIter iter;
    gpointer row;
    g_hash_table_iter_init(&iter, a->own);
    while (g_hash_table_iter_next(&iter, NULL, &row))
        add_row(a, row);
    add_files(a);
    return a;
}

void nd_authorities_in_force_free(struct nd_authorities_in_force *a)
{
    if (!a)
        return;
    g_hash_table_unref(a->groups);
    g_hash_table_unref(a->own);
    g_ptr_array_unref(a->rows);
    g_string_chunk_free(a->strings);
    g_free(a);
}
