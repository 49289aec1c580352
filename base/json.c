#include "base/json.h"

#include <string.h>

static void write_slice(FILE *out, struct nd_str text)
{
    size_t clean = 0; /* start of the run that needs no escape */
    fputc('"', out);
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char c = (unsigned char)text.p[i];
        if (c >= 0x20 && c != 0x7f && c != '"' && c != '\\')
            continue;
        fwrite(text.p + clean, 1, i - clean, out);
        clean = i + 1;
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if (c == '\n')
            fputs("\\n", out);
        else if (c == '\t')
            fputs("\\t", out);
        else
            fprintf(out, "\\u%04x", c);
    }
    fwrite(text.p + clean, 1, text.n - clean, out);
    fputc('"', out);
}

static void write_string(FILE *out, const char *text)
{
    g_autofree char *valid = g_utf8_validate(text, -1, NULL) ? NULL : g_utf8_make_valid(text, -1);
    write_slice(out, nd_str_from_c(valid ? valid : text));
}

static void begin_value(struct nd_json *json, const char *name)
{
    if (json->comma)
        fputc(',', json->out);
    json->comma = true;
    if (name) {
        write_string(json->out, name);
        fputc(':', json->out);
    }
}

void nd_json_begin_object(struct nd_json *json, const char *name)
{
    begin_value(json, name);
    fputc('{', json->out);
    json->comma = false;
}

void nd_json_end_object(struct nd_json *json)
{
    fputc('}', json->out);
    json->comma = true;
}

void nd_json_begin_array(struct nd_json *json, const char *name)
{
    begin_value(json, name);
    fputc('[', json->out);
    json->comma = false;
}

void nd_json_end_array(struct nd_json *json)
{
    fputc(']', json->out);
    json->comma = true;
}

void nd_json_string(struct nd_json *json, const char *name, const char *value)
{
    begin_value(json, name);
    if (value)
        write_string(json->out, value);
    else
        fputs("null", json->out);
}

void nd_json_slice(struct nd_json *json, const char *name, struct nd_str value)
{
    begin_value(json, name);
    write_slice(json->out, value);
}

void nd_json_date(struct nd_json *json, const char *name, struct nd_date date)
{
    char buffer[11];
    nd_json_string(json, name, date.year ? nd_date_format(date, buffer) : NULL);
}

void nd_json_null(struct nd_json *json, const char *name)
{
    nd_json_string(json, name, NULL);
}

void nd_json_integer(struct nd_json *json, const char *name, int64_t value)
{
    begin_value(json, name);
    fprintf(json->out, "%" G_GINT64_FORMAT, value);
}

void nd_json_number(struct nd_json *json, const char *name, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    begin_value(json, name);
    fputs(g_ascii_formatd(buffer, sizeof buffer, "%.6g", value), json->out);
}

void nd_json_bool(struct nd_json *json, const char *name, bool value)
{
    begin_value(json, name);
    fputs(value ? "true" : "false", json->out);
}

void nd_json_end_line(struct nd_json *json)
{
    fputc('\n', json->out);
    json->comma = false;
}
