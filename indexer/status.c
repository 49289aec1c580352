#include "indexer/status.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/program.h"
#include "corpus/store/index.h"
#include "corpus/store/sql.h"
#include "indexer/diagnostics.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- --status ---- */

/* The counts in the order they are shown: the name in JSON, where it is, the words for people. */
static const struct {
    const char *name;
    size_t offset;
    const char *words;
} counts_shown[] = {
    {"generation", offsetof(struct nd_catalog_counts, generation), N_("generation")},
    {"files", offsetof(struct nd_catalog_counts, files), N_("files")},
    {"skipped", offsetof(struct nd_catalog_counts, skipped), N_("files without a document")},
    {"documents", offsetof(struct nd_catalog_counts, documents), N_("documents")},
    {"duplicates", offsetof(struct nd_catalog_counts, duplicates), N_("copies of others among them")},
    {"text_bytes", offsetof(struct nd_catalog_counts, text_bytes), N_("bytes of text")},
    {"mentions", offsetof(struct nd_catalog_counts, mentions), N_("citations")},
    {"works", offsetof(struct nd_catalog_counts, works), N_("works known")},
    {"edges", offsetof(struct nd_catalog_counts, edges), N_("relations between works")},
    {"aliases", offsetof(struct nd_catalog_counts, aliases), N_("names learned")},
    {"decisions", offsetof(struct nd_catalog_counts, decisions), N_("decisions taken by people")},
    {"pending", offsetof(struct nd_catalog_counts, pending), N_("documents left over from a broken run")},
};

static int64_t count_at(const struct nd_catalog_counts *counts, size_t i)
{
    int64_t value;
    memcpy(&value, (const char *)counts + counts_shown[i].offset, sizeof value);
    return value;
}

struct listing {
    struct nd_json *json; /* NULL: print lines */
    bool any;
};

static bool list_diagnostic(const char *path, const char *member, const struct nd_diagnostic *diagnostic,
                            void *user_data)
{
    struct listing *listing = user_data;
    if (listing->json) {
        nd_json_begin_object(listing->json, NULL);
        nd_diagnostic_put_json(listing->json, diagnostic);
        nd_json_string(listing->json, "path", path);
        nd_json_string(listing->json, "member", member);
        nd_json_end_object(listing->json);
        return true;
    }
    if (!listing->any)
        printf("\n%s\n", _("Files with remarks:"));
    listing->any = true;
    g_autofree char *line = nd_diagnostic_line(path, member, diagnostic);
    g_autofree char *printable = nd_program_printable(line);
    puts(printable);
    return true;
}

static bool print_json(struct nd_catalog *catalog, const struct nd_catalog_counts *counts, GError **error)
{
    struct nd_json writer = {.out = stdout}, *const json = &writer;
    struct listing listing = {.json = json};
    nd_json_begin_object(json, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(counts_shown); i++)
        nd_json_integer(json, counts_shown[i].name, count_at(counts, i));
    nd_json_begin_array(json, "diagnostics");
    if (!nd_catalog_each_diagnostic(catalog, list_diagnostic, &listing, error))
        return false;
    nd_json_end_array(json);
    nd_json_end_object(json);
    nd_json_end_line(json);
    return true;
}

static bool print_text(struct nd_catalog *catalog, const struct nd_catalog_counts *counts, GError **error)
{
    struct listing listing = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(counts_shown); i++)
        printf("%12" PRId64 "  %s\n", count_at(counts, i), _(counts_shown[i].words));
    return nd_catalog_each_diagnostic(catalog, list_diagnostic, &listing, error);
}

bool nd_status_print(const char *index_dir, bool json, GError **error)
{
    struct nd_catalog_counts counts;
    nd_auto(nd_index) index = nd_index_open(index_dir, error);
    struct nd_catalog *catalog = index ? nd_index_catalog(index, error) : NULL;
    return catalog && nd_catalog_counts(catalog, &counts, error) &&
           (json ? print_json : print_text)(catalog, &counts, error);
}

/* ---- --why ---- */

static void print_field(const char *words, const char *value)
{
    if (!value || !*value)
        return;
    g_autofree char *printable = nd_program_printable(value);
    printf("  %s: %s\n", words, printable);
}

static void print_document(const struct nd_catalog_document *document)
{
    const struct nd_metadata *metadata = &document->metadata;
    char date[11];
    g_autofree char *size = g_format_size((guint64)document->size);
    printf(_("document %" PRId64 " (%s)\n"), document->id, document->key);
    print_field(_("address"), document->path);
    print_field(_("format"), document->mime_type);
    print_field(_("encoding"), document->encoding);
    print_field(_("text"), size);
    print_field(_("type"), metadata->type);
    print_field(_("code"), metadata->code);
    print_field(_("issuer"), metadata->issuer);
    print_field(_("place"), metadata->place);
    print_field(_("level"), nd_level_name(metadata->level));
    print_field(_("date"), nd_date_format(metadata->date, date));
    print_field(_("title"), metadata->title);
    print_field(_("signer"), metadata->signer);
    print_field(_("evidence"), metadata->evidence);
    print_field(_("work"), document->work);
    if (document->duplicate_of)
        printf(_("  a copy of document %" PRId64 "\n"), document->duplicate_of);
}

static bool print_documents(struct nd_catalog *catalog, int64_t file, GError **error)
{
    nd_auto(nd_sql_statement) statement = NULL;
    if (!nd_sql_prepare(nd_catalog_sqlite(catalog), &statement,
                        "SELECT id FROM current_document WHERE file = ? ORDER BY id", error))
        return false;
    nd_sql_bind(statement, "i", file);
    bool row;
    while (nd_sql_step(statement, &row, error)) {
        if (!row)
            return true;
        nd_auto(nd_catalog_document) document =
            nd_catalog_document_by_id(catalog, nd_sql_int(statement, 0), error);
        if (!document)
            return false;
        print_document(document);
    }
    return false;
}

struct search {
    const char *path;
    int64_t file; /* 0 until it is found */
    bool skipped;
    char *place;
};

static bool find_file(const struct nd_catalog_file *file, void *user_data)
{
    struct search *search = user_data;
    if (strcmp(file->path, search->path) != 0)
        return true;
    search->file = file->id;
    search->skipped = file->skipped != NULL;
    search->place = g_strdup(file->place);
    return false;
}

static bool list_if_of_file(const char *path, const char *member, const struct nd_diagnostic *diagnostic,
                            void *user_data)
{
    if (strcmp(path, user_data) == 0) {
        g_autofree char *line = nd_diagnostic_line(path, member, diagnostic);
        g_autofree char *printable = nd_program_printable(line);
        puts(printable);
    }
    return true;
}

bool nd_status_why(const char *index_dir, const char *path, GError **error)
{
    nd_auto(nd_index) index = nd_index_open(index_dir, error);
    struct nd_catalog *catalog = index ? nd_index_catalog(index, error) : NULL;
    if (!catalog)
        return false;
    char *real = realpath(path, NULL); /* NULL for a file that is gone: the index may know it still */
    g_autofree char *absolute = real ? g_strdup(real) : g_canonicalize_filename(path, NULL);
    free(real);
    struct search search = {.path = absolute};
    if (!nd_catalog_each_file(catalog, find_file, &search, error))
        return false;
    if (search.file == 0) {
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("the index knows no file '%s'"), path);
        return false;
    }
    puts(search.skipped ? _("the file gave no document") : _("the file was read"));
    print_field(_("province given by the user"), search.place);
    g_free(search.place);
    return nd_catalog_each_diagnostic(catalog, list_if_of_file, absolute, error) &&
           print_documents(catalog, search.file, error);
}
