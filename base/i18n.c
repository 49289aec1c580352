#include "base/i18n.h"

#include <stdbool.h>
#include <string.h>

#define TEXT_DOMAIN "ndsearch"

/*
 * A .mo file: numbers of 32 bits in the order of the machine that made it, here always this one: magic,
 * revision, count, where the table of originals and that of translations begin. A table has a length and a
 * place for each string; the originals are sorted by bytes. A message with a plural is "one\0many", its
 * translation the forms, each with its NUL. Source: GNU gettext manual, section 10.3, "The Format of GNU MO
 * Files"
 */
enum { MO_MAGIC = 0x950412de, MO_HEADER_WORDS = 7 };

struct catalogue {
    const char *bytes;
    gsize n_bytes;
    guint32 n_messages;
    guint32 originals, translations; /* places of the tables, in bytes */
};

static struct {
    char *folder;
    struct catalogue *catalogue; /* NULL: English */
    bool is_chosen;              /* the language is settled; before, the first message settles it */
} messages;

static guint32 word_at(const struct catalogue *c, gsize place)
{
    guint32 word;
    memcpy(&word, c->bytes + place, sizeof word);
    return word;
}

/* String i of a table, NULL when the file does not hold it whole with its NUL. */
static const char *string_at(const struct catalogue *c, guint32 table, guint32 i, gsize *n_out)
{
    const gsize n = word_at(c, table + 8 * (gsize)i), place = word_at(c, table + 8 * (gsize)i + 4);
    if (place >= c->n_bytes || n >= c->n_bytes - place || c->bytes[place + n])
        return NULL;
    *n_out = n;
    return c->bytes + place;
}

static bool table_fits(const struct catalogue *c, guint32 table)
{
    return table <= c->n_bytes && (c->n_bytes - table) / 8 >= c->n_messages;
}

/* The catalogue of a file, NULL when there is none or it is not one. It stays mapped: messages of it are out.
 */
static struct catalogue *load(const char *path)
{
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
    if (!file || g_mapped_file_get_length(file) < MO_HEADER_WORDS * sizeof(guint32))
        return NULL;
    struct catalogue c = {.bytes = g_mapped_file_get_contents(file),
                          .n_bytes = g_mapped_file_get_length(file)};
    c.n_messages = word_at(&c, 8);
    c.originals = word_at(&c, 12);
    c.translations = word_at(&c, 16);
    if (word_at(&c, 0) != MO_MAGIC || !table_fits(&c, c.originals) || !table_fits(&c, c.translations))
        return NULL;
    g_mapped_file_ref(file);
    struct catalogue *kept = g_new(struct catalogue, 1);
    *kept = c;
    return kept;
}

/* The catalogue of a locale name, loaded once a process. */
static struct catalogue *catalogue_of(const char *language)
{
    static GHashTable *loaded;
    if (!loaded)
        loaded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gpointer known;
    if (g_hash_table_lookup_extended(loaded, language, NULL, &known))
        return known;
    g_autofree char *path =
        g_build_filename(messages.folder, language, "LC_MESSAGES", TEXT_DOMAIN ".mo", NULL);
    struct catalogue *catalogue = strchr(language, '/') ? NULL : load(path);
    g_hash_table_insert(loaded, g_strdup(language), catalogue);
    return catalogue;
}

/* The first of the names that there is a catalogue for; English needs none. */
static struct catalogue *first_of(const char *const *names)
{
    for (; *names && strcmp(*names, "C") != 0 && strcmp(*names, "en") != 0; names++) {
        struct catalogue *catalogue = catalogue_of(*names);
        if (catalogue)
            return catalogue;
    }
    return NULL;
}

bool nd_locale_asks_for_a_language(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *locale = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(variables) && !(locale && *locale); i++)
        locale = g_getenv(variables[i]);
    const char *const all = g_getenv("LC_ALL"), *const language = g_getenv("LANGUAGE");
    if (all && (strcmp(all, "C") == 0 || strcmp(all, "POSIX") == 0))
        return false;
    if (language && *language)
        return true;
    return locale && *locale && strcmp(locale, "C") != 0 && strcmp(locale, "POSIX") != 0 &&
           !g_str_has_prefix(locale, "C.");
}

static void choose_users_language(void)
{
    messages.catalogue =
        messages.folder && nd_locale_asks_for_a_language() ? first_of(g_get_language_names()) : NULL;
    messages.is_chosen = true;
}

void nd_translation_init(const char *folder)
{
    g_free(messages.folder);
    messages.folder = g_strdup(folder);
}

void nd_translation_set_language(const char *language)
{
    g_auto(GStrv) names = g_get_locale_variants(language);
    messages.catalogue = messages.folder ? first_of((const char *const *)names) : NULL;
    messages.is_chosen = true;
}

/* The translation of an original of n bytes, NULL without one. */
static const char *look_up(const char *original, gsize n, gsize *n_out)
{
    if (!messages.is_chosen)
        choose_users_language();
    const struct catalogue *c = messages.catalogue;
    guint32 low = 0, high = c ? c->n_messages : 0;
    while (low < high) {
        const guint32 middle = low + (high - low) / 2;
        gsize n_found;
        const char *found = string_at(c, c->originals, middle, &n_found);
        if (!found)
            return NULL;
        int order = memcmp(original, found, MIN(n, n_found));
        if (order == 0)
            order = (n > n_found) - (n < n_found);
        if (order == 0)
            return string_at(c, c->translations, middle, n_out);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *nd_translate(const char *english)
{
    gsize n;
    const char *translation = *english ? look_up(english, strlen(english), &n) : NULL;
    return translation ? translation : english;
}

const char *nd_translate_n(const char *one, const char *many, unsigned long n)
{
    const gsize n_one = strlen(one), n_many = strlen(many);
    g_autofree char *original = g_malloc(n_one + 1 + n_many + 1);
    memcpy(original, one, n_one + 1);
    memcpy(original + n_one + 1, many, n_many + 1);
    gsize n_forms;
    const char *forms = look_up(original, n_one + 1 + n_many, &n_forms);
    if (!forms)
        return n == 1 ? one : many;
    const gsize first = strlen(forms);
    return n == 1 || first == n_forms ? forms : forms + first + 1;
}
