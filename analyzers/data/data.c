#include "analyzers/data/data.h"

#include <glib.h>

/* The rows as nd-tables prints them: a text is its place in the table's own pool, so that starting a program
 * costs nothing for the texts of tables it may never look at. */
#define TEXT(place) ((const char *)(uintptr_t)(place))
#include "analyzers/data/authority.inc"
#include "analyzers/data/issuers.inc"
#include "analyzers/data/places.inc"
#include "analyzers/data/terms.inc"
#include "analyzers/data/types.inc"

struct table {
    const void *rows;
    size_t n, row_bytes;
    const char *pool;
    const size_t *texts; /* where in a row its texts are */
    size_t n_texts;
    GOnce once;
};

#define TABLE(name)                                                                                          \
    {                                                                                                        \
        name##_rows, G_N_ELEMENTS(name##_rows), sizeof name##_rows[0], name##_pool, name##_texts,            \
            G_N_ELEMENTS(name##_texts), G_ONCE_INIT                                                          \
    }

static struct table types = TABLE(types), issuers = TABLE(issuers), places = TABLE(places),
                    terms = TABLE(terms), authorities = TABLE(authority);

/* The rows with pointers in place of places. */
static gpointer point(gpointer data)
{
    const struct table *const table = data;
    char *const rows = g_memdup2(table->rows, table->n * table->row_bytes);
    for (char *row = rows; row < rows + table->n * table->row_bytes; row += table->row_bytes)
        for (size_t i = 0; i < table->n_texts; i++) {
            uintptr_t place;
            memcpy(&place, row + table->texts[i], sizeof place);
            const char *const text = table->pool + place;
            memcpy(row + table->texts[i], &text, sizeof text);
        }
    return rows;
}

static const void *rows_of(struct table *table, size_t *n_out)
{
    *n_out = table->n;
    return g_once(&table->once, point, table);
}

const struct nd_type *nd_types(size_t *n_out)
{
    return rows_of(&types, n_out);
}

const struct nd_issuer *nd_issuers(size_t *n_out)
{
    return rows_of(&issuers, n_out);
}

const struct nd_place *nd_places(size_t *n_out)
{
    return rows_of(&places, n_out);
}

const struct nd_term_of_office *nd_terms_of_office(size_t *n_out)
{
    return rows_of(&terms, n_out);
}

const struct nd_authority *nd_authorities(size_t *n_out)
{
    return rows_of(&authorities, n_out);
}

static void append_letter(GString *key, gunichar c, bool *gap)
{
    if (c == 0x110 || c == 0x111 || c == 0xd0 || c == 0xf0) /* Đ đ, and Ð ð that stand for them */
        c = 'D';
    if (c < 0x80 && g_ascii_isalnum((char)c)) {
        if (*gap && key->len > 0)
            g_string_append_c(key, '-');
        g_string_append_c(key, g_ascii_toupper((char)c));
        *gap = false;
    } else {
        *gap = true;
    }
}

char *nd_data_key(const char *name)
{
    GString *key = g_string_new(NULL);
    bool gap = false;
    for (const char *p = g_utf8_validate(name, -1, NULL) ? name : ""; *p; p = g_utf8_next_char(p)) {
        gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH] = {(guchar)*p};
        /* marks are dropped, so that their order does not matter */
        const gsize n = (guchar)*p < 0x80 ? 1
                                          : g_unichar_fully_decompose(g_utf8_get_char(p), FALSE, parts,
                                                                      G_N_ELEMENTS(parts));
        for (gsize i = 0; i < n; i++) {
            if (parts[i] < 0x80 || g_unichar_combining_class(parts[i]) == 0)
                append_letter(key, parts[i], &gap);
        }
    }
    return g_string_free(key, FALSE);
}

/* ---- look-ups: each table is made at the first one and kept: folded code or name key -> row ---- */

enum { CODE_SIZE = 32 };

/* Codes as one spelling: no case, Đ as D, no dots. False for what is too long to be a code. */
static bool fold_code(struct nd_str code, char out[CODE_SIZE])
{
    size_t n = 0;
    for (size_t i = 0; i < code.n; i++) {
        unsigned char c = (unsigned char)code.p[i], next = i + 1 < code.n ? (unsigned char)code.p[i + 1] : 0;
        if (n + 1 >= CODE_SIZE)
            return false;
        if ((c == 0xc4 && (next == 0x90 || next == 0x91)) || (c == 0xc3 && (next == 0x90 || next == 0xb0))) {
            out[n++] = 'D'; /* Đ đ, and Ð ð that stand for them */
            i++;
        } else if (c != '.') {
            out[n++] = g_ascii_toupper((char)c);
        }
    }
    out[n] = 0;
    return n > 0;
}

/* Earlier rows win: the first row of a code is its usual meaning. */
static void add_codes(GHashTable *table, const char *codes, const void *row)
{
    for (const char *p = codes; *p;) {
        size_t n = strcspn(p, " ");
        char folded[CODE_SIZE];
        if (fold_code((struct nd_str){p, n}, folded) && !g_hash_table_contains(table, folded))
            g_hash_table_insert(table, g_strdup(folded), (gpointer)row);
        p += n;
        p += strspn(p, " ");
    }
}

static void add_place_names(GHashTable *table, const struct nd_place *place)
{
    g_auto(GStrv) names = g_strsplit(place->other_names, "; ", -1);
    for (size_t i = 0; names[i]; i++) {
        char *key = nd_data_key(names[i]);
        if (*key && !g_hash_table_contains(table, key))
            g_hash_table_insert(table, key, (gpointer)place);
        else
            g_free(key);
    }
}

static gpointer index_types(gpointer unused)
{
    (void)unused;
    size_t n;
    const struct nd_type *const rows = nd_types(&n);
    GHashTable *const index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < n; i++)
        add_codes(index, rows[i].code, &rows[i]);
    return index;
}

static GHashTable *index_issuers(void)
{
    size_t n;
    const struct nd_issuer *const rows = nd_issuers(&n);
    GHashTable *const index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < n; i++)
        add_codes(index, rows[i].code, &rows[i]);
    for (size_t i = 0; i < n; i++)
        add_codes(index, rows[i].variants, &rows[i]);
    return index;
}

static GHashTable *index_places(void)
{
    size_t n;
    const struct nd_place *const rows = nd_places(&n);
    GHashTable *const index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < n; i++) /* rows of one key are in order of time: the last wins */
        g_hash_table_insert(index, g_strdup(rows[i].key), (gpointer)&rows[i]);
    for (size_t i = n; i-- > 0;)
        add_place_names(index, &rows[i]);
    return index;
}

static gpointer index_authorities(gpointer unused)
{
    (void)unused;
    size_t n;
    const struct nd_authority *const rows = nd_authorities(&n);
    GHashTable *const index = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < n; i++)
        g_hash_table_insert(index, (gpointer)rows[i].key, (gpointer)&rows[i]);
    return index;
}

const struct nd_type *nd_type_by_code(const char *code)
{
    static GOnce once = G_ONCE_INIT;
    char folded[CODE_SIZE];
    return fold_code(nd_str_from_c(code), folded)
               ? g_hash_table_lookup(g_once(&once, index_types, NULL), folded)
               : NULL;
}

const struct nd_type *nd_type_by_word(const char *code, const char *word)
{
    size_t n;
    const struct nd_type *const rows = nd_types(&n);
    if (!code || !word)
        return NULL;
    for (size_t i = 0; i < n; i++)
        if (g_str_equal(rows[i].word, word) && g_str_equal(rows[i].code, code))
            return &rows[i];
    g_autofree char *wanted = g_utf8_strdown(word, -1);
    for (size_t i = 0; i < n; i++) {
        if (!g_str_equal(rows[i].code, code))
            continue;
        g_autofree char *spelled = g_utf8_strdown(rows[i].word, -1);
        if (g_str_equal(spelled, wanted))
            return &rows[i];
    }
    return NULL;
}

const char *nd_type_code_of_word(const char *code, const char *word)
{
    size_t n;
    const struct nd_type *const rows = nd_types(&n);
    for (size_t i = 0; code && word && i < n; i++)
        if (rows[i].party && g_str_equal(rows[i].word, word) && !g_str_equal(rows[i].code, code))
            return nd_type_by_word(code, word) ? rows[i].code : NULL;
    return NULL;
}

const char *nd_type_only_word(const char *code)
{
    size_t n;
    const struct nd_type *const rows = nd_types(&n), *found = NULL;
    for (size_t i = 0; code && i < n; i++) {
        if (!g_str_equal(rows[i].code, code))
            continue;
        if (found && !g_str_has_prefix(rows[i].word, found->word))
            return NULL;
        found = found ? found : &rows[i];
    }
    return found ? found->word : NULL;
}

/* Where a table is not indexed yet, a code or key as it stands in its rows is looked for there: a page has
 * few of them, and an index costs hundreds of such walks. Whoever has more of them needs the index. */
enum { WALKS_BEFORE_INDEX = 300 };

static bool may_walk(GHashTable **index, gint *walks)
{
    return !g_atomic_pointer_get(index) && g_atomic_int_add(walks, 1) < WALKS_BEFORE_INDEX;
}

static const struct nd_issuer *issuer_as_written(const char *code)
{
    size_t n;
    const struct nd_issuer *const rows = nd_issuers(&n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].code, code) == 0)
            return &rows[i];
    return NULL;
}

const struct nd_issuer *nd_issuer_by_code(const char *code)
{
    static GHashTable *index;
    static gint walks;
    char folded[CODE_SIZE];
    if (may_walk(&index, &walks)) {
        const struct nd_issuer *const issuer = issuer_as_written(code);
        if (issuer)
            return issuer;
    }
    if (!fold_code(nd_str_from_c(code), folded))
        return NULL;
    if (g_once_init_enter(&index))
        g_once_init_leave(&index, index_issuers());
    return g_hash_table_lookup(index, folded);
}

static const struct nd_place *place_as_written(const char *key)
{
    size_t n;
    const struct nd_place *const rows = nd_places(&n);
    for (size_t i = n; i-- > 0;) /* the last row of a key is its present one */
        if (strcmp(rows[i].key, key) == 0)
            return &rows[i];
    return NULL;
}

const struct nd_place *nd_place_by_name(const char *name)
{
    static GHashTable *index;
    static const char *const kinds[] = {"TINH-", "THANH-PHO-", "TP-"};
    static gint walks;
    g_autofree char *key = nd_data_key(name);
    if (may_walk(&index, &walks)) {
        const struct nd_place *const place = place_as_written(key);
        if (place)
            return place;
    }
    if (g_once_init_enter(&index))
        g_once_init_leave(&index, index_places());
    const struct nd_place *place = g_hash_table_lookup(index, key);
    for (size_t i = 0; !place && i < G_N_ELEMENTS(kinds); i++)
        if (g_str_has_prefix(key, kinds[i]))
            place = g_hash_table_lookup(index, key + strlen(kinds[i]));
    return place;
}

const struct nd_authority *nd_authority_by_key(const char *key)
{
    static GOnce once = G_ONCE_INIT;
    return g_hash_table_lookup(g_once(&once, index_authorities, NULL), key);
}

const char *nd_rules_put_in_force(const struct nd_authority *work, const char *name)
{
    static const char word[] = "Quy chế ";
    return strcmp(work->type, "QC") != 0 && g_str_has_prefix(name, word) ? name + strlen(word) : NULL;
}

bool nd_validity_contains(struct nd_validity validity, struct nd_date date)
{
    return date.year != 0 && (validity.from.year == 0 || nd_date_compare(validity.from, date) <= 0) &&
           (validity.until.year == 0 || nd_date_compare(date, validity.until) < 0);
}

const struct nd_place *nd_place_on(const char *key, struct nd_date date)
{
    size_t n;
    const struct nd_place *const rows = nd_places(&n), *found = NULL;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(rows[i].key, key) != 0)
            continue;
        if (!found || date.year == 0 || nd_date_compare(rows[i].validity.from, date) <= 0)
            found = &rows[i];
    }
    return found;
}

bool nd_place_counts_afresh(const struct nd_place *place)
{
    size_t n, before = 0;
    const struct nd_place *const rows = nd_places(&n);
    bool split = false;
    for (size_t i = 0; i < n; i++) {
        if (nd_date_compare(rows[i].validity.until, place->validity.from) != 0)
            continue;
        g_auto(GStrv) successors = g_strsplit(rows[i].successors, " ", -1);
        if (!g_strv_contains((const char *const *)successors, place->key))
            continue;
        before++;
        split = split || g_strv_length(successors) > 1;
    }
    return split || before != 1;
}

const struct nd_term_of_office *nd_term_on(const char *body, struct nd_date date)
{
    size_t n;
    const struct nd_term_of_office *const rows = nd_terms_of_office(&n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].body, body) == 0 && nd_validity_contains(rows[i].validity, date))
            return &rows[i];
    return NULL;
}

const struct nd_term_of_office *nd_term_by_name(const char *body, const char *term)
{
    size_t n;
    const struct nd_term_of_office *const rows = nd_terms_of_office(&n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].body, body) == 0 && strcmp(rows[i].term, term) == 0)
            return &rows[i];
    return NULL;
}
