/* ndgraph resolve: what the citations of any text, or of a column of a CSV file, mean in this index. */

#include "query/ndgraph.h"

#include "base/caps.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "query/csv.h"
#include "query/names.h"
#include "query/output.h"

#include <errno.h>
#include <string.h>

static const char *const state_names[] = {
    [ND_LINK_HERE] = "resolved",
    [ND_LINK_ABSENT] = "absent",
    [ND_LINK_AMBIGUOUS] = "ambiguous",
    [ND_LINK_UNKNOWN] = "unknown",
};

/* The same for people. */
static const char *const state_labels[] = {
    [ND_LINK_HERE] = N_("here"),
    [ND_LINK_ABSENT] = N_("absent"),
    [ND_LINK_AMBIGUOUS] = N_("ambiguous"),
    [ND_LINK_UNKNOWN] = N_("unknown"),
};

/* All of a file, or of standard input for NULL and "-". */
static GString *read_all(const char *path, GError **error)
{
    FILE *const file = !path || strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
    if (!file) {
        nd_error_set_errno(error, errno, "%s", path);
        return NULL;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    char buffer[65536];
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, file)) > 0 && text->len <= ND_CAP_FILE_BYTES;)
        g_string_append_len(text, buffer, (gssize)n);
    const bool failed = ferror(file);
    if (failed)
        nd_error_set_errno(error, errno, "%s", path ? path : "-");
    else if (text->len > ND_CAP_FILE_BYTES)
        g_set_error(error, ND_ERROR, ND_ERROR_LIMIT, _("%s is larger than %d MB"), path ? path : "-",
                    (int)(ND_CAP_FILE_BYTES >> 20));
    if (file != stdin)
        fclose(file);
    return failed || text->len > ND_CAP_FILE_BYTES ? NULL : g_steal_pointer(&text);
}

static char *candidates_of(const struct nd_text_citation *citation)
{
    GString *const keys = g_string_new(NULL);
    for (guint i = 0; i < citation->works->len; i++) {
        const struct nd_work_card *const card = g_ptr_array_index(citation->works, i);
        g_string_append_printf(keys, "%s%s", i > 0 ? " " : "", card->key);
    }
    return g_string_free(keys, FALSE);
}

static void print_text(const struct nd_layout *layout, const struct nd_text_citation *citation)
{
    const enum nd_style style = citation->state == ND_LINK_HERE     ? ND_STYLE_GOOD
                                : citation->state == ND_LINK_ABSENT ? ND_STYLE_PLAIN
                                                                    : ND_STYLE_WARN;
    nd_layout_cell(layout, style, _(state_labels[citation->state]), 11);
    nd_layout_text(layout, ND_STYLE_TITLE, citation->text);
    fputc('\n', layout->out);
    for (guint i = 0; i < citation->works->len; i++) {
        const struct nd_work_card *const card = g_ptr_array_index(citation->works, i);
        g_autofree char *identity =
            nd_output_identity(card->code, card->type, card->issuer, card->place, card->level, card->date);
        g_autofree char *title = card->title ? nd_title_with_type(card->type_word, card->title) : NULL;
        g_autofree char *tail = g_strdup_printf("%s%s%s", identity, title ? " · " : "", title ? title : "");
        nd_layout_hanging(layout, "           → ", ND_STYLE_PLAIN, card->key, tail);
        if (card->path && citation->works->len == 1)
            nd_layout_path(layout, 13, card->path);
    }
    if (citation->state != ND_LINK_HERE)
        nd_layout_hanging(layout, "           ", ND_STYLE_DIM, citation->reason, NULL);
}

static void print_json(struct nd_json *json, uint32_t row, const struct nd_text_citation *citation)
{
    nd_json_begin_object(json, NULL);
    nd_json_string(json, "schema", "ndgraph-resolve/1");
    nd_json_integer(json, "row", row);
    nd_json_integer(json, "start", citation->span.start);
    nd_json_integer(json, "end", citation->span.end);
    nd_json_string(json, "text", citation->text);
    nd_json_string(json, "outcome", state_names[citation->state]);
    nd_json_string(json, "reason", citation->reason);
    nd_json_begin_array(json, "works");
    for (guint i = 0; i < citation->works->len; i++)
        nd_output_card_json(json, NULL, g_ptr_array_index(citation->works, i));
    nd_json_end_array(json);
    nd_json_end_object(json);
    nd_json_end_line(json);
}

static void print_csv(FILE *out, uint32_t row, const struct nd_text_citation *citation)
{
    g_autofree char *keys = candidates_of(citation);
    const struct nd_work_card *const first =
        citation->works->len > 0 ? g_ptr_array_index(citation->works, 0) : NULL;
    fprintf(out, "%u,", row);
    nd_csv_put(out, citation->text);
    fprintf(out, ",%s,", state_names[citation->state]);
    nd_csv_put(out, keys);
    fputc(',', out);
    nd_csv_put(out, first ? first->title : NULL);
    fputc(',', out);
    nd_csv_put(out, first ? first->path : NULL);
    fputc(',', out);
    nd_csv_put(out, citation->reason);
    fputc('\n', out);
}

/* Resolves one text; row is its row in a table, from 1, or 0. */
static bool resolve_text(struct nd_graph_run *run, struct nd_str text, uint32_t row, size_t *n_out,
                         GError **error)
{
    g_autoptr(GPtrArray) citations = nd_resolve_text(run->session, text, error);
    if (!citations)
        return false;
    for (guint i = 0; i < citations->len; i++) {
        const struct nd_text_citation *const citation = g_ptr_array_index(citations, i);
        struct nd_json json = {.out = run->layout.out};
        if (nd_graph_format_is(run, "json"))
            print_json(&json, row, citation);
        else if (nd_graph_format_is(run, "csv"))
            print_csv(run->layout.out, row, citation);
        else
            print_text(&run->layout, citation);
    }
    *n_out += citations->len;
    return true;
}

static bool resolve_column(struct nd_graph_run *run, struct nd_str table, size_t *n_out, GError **error)
{
    struct nd_csv csv = {.text = table};
    g_autoptr(GPtrArray) header = nd_csv_read(&csv);
    const char *const wanted = run->options->column;
    guint column = header ? header->len : 0;
    for (guint i = 0; header && i < header->len; i++) {
        g_autofree char *number = g_strdup_printf("%u", i + 1);
        if (strcmp(g_ptr_array_index(header, i), wanted) == 0 || strcmp(number, wanted) == 0)
            column = MIN(column, i);
    }
    if (!header || column == header->len) {
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, _("the table has no column \"%s\""), wanted);
        return false;
    }
    for (uint32_t row = 2;; row++) {
        g_autoptr(GPtrArray) fields = nd_csv_read(&csv);
        if (!fields)
            return true;
        if (column < fields->len &&
            !resolve_text(run, nd_str_from_c(g_ptr_array_index(fields, column)), row, n_out, error))
            return false;
    }
}

int nd_graph_resolve(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    g_autoptr(GString) bytes = read_all(argc > 1 ? argv[1] : NULL, error);
    if (!bytes)
        return ND_EXIT_IO;
    struct nd_str text;
    size_t bad;
    if (!nd_utf8_check((struct nd_bytes){(const uint8_t *)bytes->str, bytes->len}, &text, &bad)) {
        g_set_error(error, ND_ERROR, ND_ERROR_INPUT, _("not UTF-8 at byte %zu"), bad);
        return ND_EXIT_PARTIAL;
    }
    size_t n = 0;
    if (nd_graph_format_is(run, "csv"))
        fputs("row,text,outcome,works,title,path,reason\n", run->layout.out);
    if (!(run->options->column ? resolve_column(run, text, &n, error)
                               : resolve_text(run, text, 0, &n, error)))
        return ND_EXIT_INTERNAL;
    if (n > 0)
        return ND_EXIT_SUCCESS;
    g_set_error_literal(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("the text holds no citation"));
    return ND_EXIT_NO_MATCH;
}
