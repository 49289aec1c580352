/*
 * Build-time helper: turns one TSV file of facts into a C table, checking every cell.
 *
 *   nd-tables FILE.tsv OUT.inc STRUCT
 *
 * For types.tsv it prints `types_rows`, of struct STRUCT; `types_pool`, the texts one behind the other, each
 * once; and `types_texts`, the offsets of STRUCT's members that are texts. In the rows a text is TEXT(its
 * place in the pool): data.c puts pointers there when the table is first asked for.
 *
 * The first line that is no comment names the columns by the struct member they fill. A suffix says what the
 * cells hold: ":flag" 0 or 1, ":number" digits or nothing for 0, ":date" YYYY, YYYY-MM or YYYY-MM-DD, ":skip"
 * a remark for people. Everything else is text. The column "source" is never empty; what is valid
 * from a day is so until a later one. Any mistake stops the build with the file, the line and what is wrong.
 */

#include "base/date.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum column_kind { COLUMN_TEXT, COLUMN_FLAG, COLUMN_NUMBER, COLUMN_DATE, COLUMN_SKIP };

struct column {
    char *member;
    enum column_kind kind;
};

static const struct {
    const char *suffix;
    enum column_kind kind;
} suffixes[] = {
    {":flag", COLUMN_FLAG}, {":number", COLUMN_NUMBER}, {":date", COLUMN_DATE}, {":skip", COLUMN_SKIP}};

static const char *file;

static void G_GNUC_PRINTF(2, 3) G_GNUC_NORETURN fail(size_t line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    fprintf(stderr, "%s:%zu: %s\n", file, line, message);
    exit(EXIT_FAILURE);
}

static struct column column_of(const char *title)
{
    for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++)
        if (g_str_has_suffix(title, suffixes[i].suffix))
            return (struct column){g_strndup(title, strlen(title) - strlen(suffixes[i].suffix)),
                                   suffixes[i].kind};
    return (struct column){g_strdup(title), COLUMN_TEXT};
}

/* The texts of the table and where each is. */
static GString *pool;
static GHashTable *in_pool;

static void print_text(FILE *out, const char *cell)
{
    gpointer place;
    if (!g_hash_table_lookup_extended(in_pool, cell, NULL, &place)) {
        place = GSIZE_TO_POINTER(pool->len);
        g_hash_table_insert(in_pool, g_strdup(cell), place);
        g_string_append_len(pool, cell, (gssize)strlen(cell) + 1);
    }
    fprintf(out, "TEXT(%" G_GSIZE_FORMAT ")", GPOINTER_TO_SIZE(place));
}

/* One string literal a text; each but the last is ended by its own zero. */
static void print_pool(FILE *out, const char *name)
{
    fprintf(out, "static const char %s_pool[] =\n", name);
    for (const char *text = pool->str; text < pool->str + pool->len; text += strlen(text) + 1) {
        fputc('"', out);
        for (const char *p = text; *p; p++) {
            if (*p == '"' || *p == '\\')
                fputc('\\', out);
            fputc(*p, out);
        }
        fputs("\\0\"\n", out);
    }
    fputs(";\n", out);
}

static void print_texts(FILE *out, const char *name, const char *structure, const GArray *columns)
{
    fprintf(out, "static const size_t %s_texts[] = {\n", name);
    for (guint i = 0; i < columns->len; i++) {
        const struct column *const column = &g_array_index(columns, struct column, i);
        if (column->kind == COLUMN_TEXT)
            fprintf(out, "offsetof(struct %s, %s),\n", structure, column->member);
    }
    fputs("};\n", out);
}

static void print_cell(FILE *out, const struct column *column, const char *cell, size_t line)
{
    if (column->kind == COLUMN_SKIP)
        return;
    fprintf(out, ".%s = ", column->member);
    if (column->kind == COLUMN_FLAG) {
        if (!g_str_equal(cell, "0") && !g_str_equal(cell, "1"))
            fail(line, "column %s must be 0 or 1, not '%s'", column->member, cell);
        fputs(cell, out);
    } else if (column->kind == COLUMN_NUMBER) {
        guint64 number = 0;
        if (*cell && !g_ascii_string_to_unsigned(cell, 10, 0, 9999, &number, NULL))
            fail(line, "column %s must be a number or empty, not '%s'", column->member, cell);
        fprintf(out, "%" G_GUINT64_FORMAT, number);
    } else if (column->kind == COLUMN_DATE) {
        struct nd_date date = {0};
        if (*cell && (!nd_date_parse(cell, &date) || !nd_date_is_valid(date)))
            fail(line, "column %s must be a date such as 2025-07-01 or empty, not '%s'", column->member,
                 cell);
        fprintf(out, "{%d, %d, %d}", date.year, date.month, date.day);
    } else {
        print_text(out, cell);
    }
    fputs(", ", out);
}

/* What people cannot see in their editor and a comparison of names would trip over. */
static void check_text(const char *cell, size_t line)
{
    const size_t n = strlen(cell);
    if (n && (g_ascii_isspace(cell[0]) || g_ascii_isspace(cell[n - 1])))
        fail(line, "space or line feed of Windows at the edge of '%s'", cell);
    if (strstr(cell, "  ") || strstr(cell, "\u00a0") || strstr(cell, "\u200b"))
        fail(line, "two spaces in a row, or a space that is none, in '%s'", cell);
    g_autofree char *composed = g_utf8_normalize(cell, -1, G_NORMALIZE_NFC);
    if (!g_str_equal(composed, cell))
        fail(line, "'%s' is not in the composed form (NFC); type it again", cell);
}

static const char *cell_of(const GArray *columns, char **cells, const char *member)
{
    for (guint i = 0; i < columns->len; i++)
        if (g_str_equal(g_array_index(columns, struct column, i).member, member))
            return cells[i];
    return "";
}

static void check_row(const GArray *columns, char **cells, size_t line)
{
    if (g_strv_length(cells) != columns->len)
        fail(line, "%u columns, the first line has %u", g_strv_length(cells), columns->len);
    for (guint i = 0; i < columns->len; i++)
        check_text(cells[i], line);
    if (!*cell_of(columns, cells, "source"))
        fail(line, "no source; write [M] where it is from memory");
    const char *const from = cell_of(columns, cells, "validity.from");
    const char *const until = cell_of(columns, cells, "validity.until");
    if (*from && *until && strcmp(from, until) >= 0) /* ISO dates sort as text */
        fail(line, "valid on no day: from %s until %s", from, until);
}

static void print_row(FILE *out, GArray *columns, char **cells, size_t line)
{
    check_row(columns, cells, line);
    fputs("{", out);
    for (guint i = 0; i < columns->len; i++)
        print_cell(out, &g_array_index(columns, struct column, i), cells[i], line);
    fputs("},\n", out);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: nd-tables FILE.tsv OUT.inc STRUCT\n");
        return EXIT_FAILURE;
    }
    file = argv[1];
    g_autofree char *text = NULL;
    size_t size = 0, bad = 0;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(file, &text, &size, &error))
        fail(0, "%s", error->message);
    struct nd_str checked;
    if (!nd_utf8_check((struct nd_bytes){(const uint8_t *)text, size}, &checked, &bad))
        fail(0, "byte %zu is not UTF-8; save the file as UTF-8", bad);
    FILE *out = fopen(argv[2], "w");
    if (!out)
        fail(0, "%s: %s", argv[2], g_strerror(errno));

    g_autofree char *base = g_path_get_basename(file);
    g_autofree char *name = g_strndup(base, strcspn(base, "."));
    pool = g_string_new(NULL);
    in_pool = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    fprintf(out, "static const struct %s %s_rows[] = {\n", argv[3], name);
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(struct column));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        if (!lines[i][0] || lines[i][0] == '#')
            continue;
        g_auto(GStrv) cells = g_strsplit(lines[i], "\t", -1);
        if (columns->len == 0)
            for (size_t c = 0; cells[c]; c++) {
                struct column column = column_of(cells[c]);
                g_array_append_val(columns, column);
            }
        else
            print_row(out, columns, cells, i + 1);
    }
    fputs("};\n", out);
    print_pool(out, name);
    print_texts(out, name, argv[3], columns);
    g_hash_table_unref(in_pool);
    g_string_free(pool, TRUE);
    if (fclose(out) != 0)
        fail(0, "%s: %s", argv[2], g_strerror(errno));
    for (guint i = 0; i < columns->len; i++)
        g_free(g_array_index(columns, struct column, i).member);
    return EXIT_SUCCESS;
}
