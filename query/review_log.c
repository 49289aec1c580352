/* The log of decisions as text: one JSON object a line behind a line that names the version. */
#include "query/review.h"

#include "base/error.h"
#include "base/utf8.h"
#include "graph/update.h"

#include <jansson.h>
#include <string.h>

static const char first_line[] = "ndsearch-decisions 1";

/* The members of a line, in their order, and where they come from. */
static const struct {
    const char *name;
    size_t offset;
    bool required;
} members[] = {
    {"time", offsetof(struct nd_decision, time), true},
    {"author", offsetof(struct nd_decision, author), true},
    {"document", offsetof(struct nd_decision, document_key), true},
    {"quote", offsetof(struct nd_decision, quote), true},
    {"verdict", offsetof(struct nd_decision, verdict), true},
    {"value", offsetof(struct nd_decision, value), false},
    {"note", offsetof(struct nd_decision, note), false},
};

static const char **member(const struct nd_decision *decision, size_t i)
{
    return (const char **)(void *)((char *)(uintptr_t)decision + members[i].offset);
}

static char *line_of(const struct nd_decision *decision)
{
    json_t *object = json_object();
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        const char *text = *member(decision, i);
        if (text)
            json_object_set_new(object, members[i].name, json_string(text));
    }
    json_object_set_new(object, "occurrence", json_integer(decision->occurrence));
    char *line = json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(object);
    return line;
}

static bool dump_one(const struct nd_decision *decision, void *out)
{
    char *line = line_of(decision);
    fprintf(out, "%s\n", line);
    free(line);
    return true;
}

bool nd_review_dump(struct nd_catalog *catalog, FILE *out, GError **error)
{
    fprintf(out, "%s\n", first_line);
    return nd_catalog_each_decision(catalog, dump_one, out, error);
}

static bool remember(const struct nd_decision *decision, void *lines)
{
    char *line = line_of(decision);
    g_hash_table_add(lines, g_strdup(line));
    free(line);
    return true;
}

/* Reads a line into *out, whose strings object keeps; false when it is no decision. */
static bool read_line(json_t *object, struct nd_decision *out)
{
    *out = (struct nd_decision){0};
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        *member(out, i) = json_string_value(json_object_get(object, members[i].name));
        if (members[i].required && !*member(out, i))
            return false;
    }
    json_int_t occurrence = json_integer_value(json_object_get(object, "occurrence"));
    out->occurrence = (uint32_t)occurrence;
    return occurrence >= 1 && occurrence <= G_MAXUINT32;
}

static bool restore_line(struct nd_catalog_writer *writer, const char *text, size_t number, GHashTable *known,
                         size_t *n_added, GError **error)
{
    struct nd_decision decision;
    json_t *object = json_loads(text, 0, NULL);
    if (!object || !read_line(object, &decision)) {
        json_decref(object);
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "line %zu is no decision", number);
        return false;
    }
    char *line = line_of(&decision);
    bool done = true;
    if (!g_hash_table_contains(known, line)) {
        done = nd_catalog_writer_add_decision(writer, &decision, error);
        ++*n_added;
    }
    free(line);
    json_decref(object);
    return done;
}

bool nd_review_restore(struct nd_catalog_writer *writer, struct nd_bytes text, size_t *n_added_out,
                       GError **error)
{
    struct nd_str valid;
    size_t n = strlen(first_line), n_added = 0;
    if (!nd_utf8_check(text, &valid, NULL) || valid.n < n || memcmp(valid.p, first_line, n) != 0) {
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "the text does not begin with \"%s\"", first_line);
        return false;
    }
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!nd_catalog_each_decision(nd_catalog_writer_reader(writer), remember, known, error))
        return false;
    g_autofree char *copy = nd_str_dup(valid);
    g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);
    for (size_t i = 1; lines[i]; i++)
        if (*lines[i] && !restore_line(writer, lines[i], i + 1, known, &n_added, error))
            return false;
    *n_added_out = n_added;
    return n_added == 0 || nd_graph_rebuild(writer, NULL, error);
}
