#include "analyzers/data/data.h"

#include <glib.h>

static const struct nd_type types[] = {
#include "analyzers/data/types.inc"
};
static const struct nd_issuer issuers[] = {
#include "analyzers/data/issuers.inc"
};
static const struct nd_place places[] = {
#include "analyzers/data/places.inc"
};
static const struct nd_term_of_office terms[] = {
#include "analyzers/data/terms.inc"
};
static const struct nd_authority authorities[] = {
#include "analyzers/data/authority.inc"
};

const struct nd_type *nd_types(size_t *n_out)
{
    *n_out = G_N_ELEMENTS(types);
    return types;
}

const struct nd_issuer *nd_issuers(size_t *n_out)
{
    *n_out = G_N_ELEMENTS(issuers);
    return issuers;
}

const struct nd_place *nd_places(size_t *n_out)
{
    *n_out = G_N_ELEMENTS(places);
    return places;
}

const struct nd_term_of_office *nd_terms_of_office(size_t *n_out)
{
    *n_out = G_N_ELEMENTS(terms);
    return terms;
}

const struct nd_authority *nd_authorities(size_t *n_out)
{
    *n_out = G_N_ELEMENTS(authorities);
    return authorities;
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

/* The look-up tables, built at the first look-up and kept: folded code or name key -> row. */
struct index {
    GHashTable *types, *issuers, *places, *authorities;
};

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

static gpointer build_index(gpointer unused)
{
    (void)unused;
    static struct index index;
    index.types = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    index.issuers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    index.places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        add_codes(index.types, types[i].code, &types[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(issuers); i++)
        add_codes(index.issuers, issuers[i].code, &issuers[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(issuers); i++)
        add_codes(index.issuers, issuers[i].variants, &issuers[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(places);
         i++) /* rows of one key are in order of time: the last wins */
        g_hash_table_insert(index.places, g_strdup(places[i].key), (gpointer)&places[i]);
    index.authorities = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < G_N_ELEMENTS(authorities); i++)
        g_hash_table_insert(index.authorities, (gpointer)authorities[i].key, (gpointer)&authorities[i]);
    for (size_t i = G_N_ELEMENTS(places); i-- > 0;)
        add_place_names(index.places, &places[i]);
    return &index;
}

static const struct index *get_index(void)
{
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, build_index, NULL);
}

const struct nd_type *nd_type_by_code(const char *code)
{
    char folded[CODE_SIZE];
    return fold_code(nd_str_from_c(code), folded) ? g_hash_table_lookup(get_index()->types, folded) : NULL;
}

const struct nd_issuer *nd_issuer_by_code(const char *code)
{
    char folded[CODE_SIZE];
    return fold_code(nd_str_from_c(code), folded) ? g_hash_table_lookup(get_index()->issuers, folded) : NULL;
}

const struct nd_place *nd_place_by_name(const char *name)
{
    static const char *const kinds[] = {"TINH-", "THANH-PHO-", "TP-"};
    g_autofree char *key = nd_data_key(name);
    const struct nd_place *place = g_hash_table_lookup(get_index()->places, key);
    for (size_t i = 0; !place && i < G_N_ELEMENTS(kinds); i++)
        if (g_str_has_prefix(key, kinds[i]))
            place = g_hash_table_lookup(get_index()->places, key + strlen(kinds[i]));
    return place;
}

const struct nd_authority *nd_authority_by_key(const char *key)
{
    return g_hash_table_lookup(get_index()->authorities, key);
}

bool nd_validity_contains(struct nd_validity validity, struct nd_date date)
{
    return date.year != 0 && (validity.from.year == 0 || nd_date_compare(validity.from, date) <= 0) &&
           (validity.until.year == 0 || nd_date_compare(date, validity.until) < 0);
}

const struct nd_place *nd_place_on(const char *key, struct nd_date date)
{
    const struct nd_place *found = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        if (strcmp(places[i].key, key) != 0)
            continue;
        if (!found || date.year == 0 || nd_date_compare(places[i].validity.from, date) <= 0)
            found = &places[i];
    }
    return found;
}

const struct nd_term_of_office *nd_term_on(const char *body, struct nd_date date)
{
    for (size_t i = 0; i < G_N_ELEMENTS(terms); i++)
        if (strcmp(terms[i].body, body) == 0 && nd_validity_contains(terms[i].validity, date))
            return &terms[i];
    return NULL;
}

const struct nd_term_of_office *nd_term_by_name(const char *body, const char *term)
{
    for (size_t i = 0; i < G_N_ELEMENTS(terms); i++)
        if (strcmp(terms[i].body, body) == 0 && strcmp(terms[i].term, term) == 0)
            return &terms[i];
    return NULL;
}
