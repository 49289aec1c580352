#include "query/csv.h"

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static char find_separator(struct nd_str text)
{
    static const char candidates[] = ",;\t";
    size_t counts[sizeof candidates] = {0};
    bool quoted = false;
    for (size_t i = 0; i < text.n && (quoted || !is_line_end(text.p[i])); i++) {
        quoted ^= text.p[i] == '"';
        const char *const found = !quoted && text.p[i] ? strchr(candidates, text.p[i]) : NULL;
        if (found)
            counts[found - candidates]++;
    }
    size_t best = 0;
    for (size_t i = 1; i < strlen(candidates); i++) {
        if (counts[i] > counts[best])
            best = i;
    }
    return candidates[best];
}

static char *read_field(struct nd_csv *csv)
{
    const struct nd_str text = csv->text;
    GString *const field = g_string_new(NULL);
    bool quoted = csv->at < text.n && text.p[csv->at] == '"';
    csv->at += quoted;
    for (; csv->at < text.n; csv->at++) {
        const char c = text.p[csv->at];
        if (quoted && c == '"') {
            if (csv->at + 1 < text.n && text.p[csv->at + 1] == '"')
                csv->at++;
            else {
                quoted = false;
                continue;
            }
        } else if (!quoted && (c == csv->separator || is_line_end(c))) {
            break;
        }
        g_string_append_c(field, text.p[csv->at]);
    }
    return g_string_free(field, FALSE);
}

/* CR LF is one. */
static size_t count_line_ends(struct nd_str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += is_line_end(text.p[i]) && (i == 0 || text.p[i] == '\r' || text.p[i - 1] != '\r');
    return n;
}

GPtrArray *nd_csv_read(struct nd_csv *csv)
{
    if (csv->at == 0 && nd_str_has_prefix(csv->text, ND_STR("\xef\xbb\xbf")))
        csv->at = 3;
    if (!csv->separator)
        csv->separator = find_separator(csv->text);
    if (csv->at >= csv->text.n)
        return NULL;
    const size_t start = csv->at;
    csv->line = csv->n_line_ends + 1;
    GPtrArray *const fields = g_ptr_array_new_with_free_func(g_free);
    for (;;) {
        g_ptr_array_add(fields, read_field(csv));
        if (csv->at >= csv->text.n || csv->text.p[csv->at] != csv->separator)
            break;
        csv->at++;
    }
    if (csv->at < csv->text.n && csv->text.p[csv->at] == '\r')
        csv->at++;
    if (csv->at < csv->text.n && csv->text.p[csv->at] == '\n')
        csv->at++;
    csv->n_line_ends += count_line_ends(nd_str_slice(csv->text, start, csv->at));
    return fields;
}

void nd_csv_put(FILE *out, const char *field)
{
    if (!field)
        return;
    const bool formula = strchr("=+-@", *field) && *field;
    if (!formula && !strpbrk(field, ",\"\n\r")) {
        fputs(field, out);
        return;
    }
    fputs(formula ? "\"'" : "\"", out);
    for (const char *p = field; *p; p++) {
        if (*p == '"')
            fputc('"', out);
        fputc(*p, out);
    }
    fputc('"', out);
}

void nd_csv_begin(FILE *out)
{
    fputs("\xef\xbb\xbf", out);
}

void nd_csv_cell(FILE *out, const char *text, bool first)
{
    if (!first)
        fputc(',', out);
    nd_csv_put(out, text);
}

void nd_csv_number(FILE *out, double number)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE]; /* a full stop in every language */
    nd_csv_cell(out, g_ascii_formatd(buffer, sizeof buffer, "%.4g", number), false);
}

void nd_csv_end_row(FILE *out)
{
    fputs("\r\n", out);
}
