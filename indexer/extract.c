#include "indexer/extract.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/program.h"
#include "corpus/read/diagnostics.h"
#include "corpus/read/reader.h"
#include "indexer/diagnostics.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

struct extraction {
    const char *path;
    bool json, partial;
};

static void set_number(json_t *object, const char *key, unsigned value)
{
    if (value > 0)
        json_object_set_new(object, key, json_integer((json_int_t)value));
}

static json_t *blocks_to_json(const struct nd_document *doc)
{
    json_t *list = json_array();
    for (guint i = 0; i < doc->blocks->len; i++) {
        const struct nd_block *block = &g_array_index(doc->blocks, struct nd_block, i);
        json_t *row = json_pack("{s:s, s:I, s:I}", "kind", nd_block_kind_name(block->kind), "start",
                                (json_int_t)block->start, "end", (json_int_t)block->end);
        set_number(row, "page", block->page);
        set_number(row, "level", block->level);
        if (block->kind == ND_BLOCK_CELL) {
            json_object_set_new(row, "row", json_integer(block->row));
            json_object_set_new(row, "column", json_integer(block->column));
        }
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *diagnostics_to_json(const struct nd_document *doc)
{
    json_t *list = json_array();
    for (guint i = 0; i < doc->diagnostics->len; i++)
        json_array_append_new(list, nd_diagnostic_to_json(doc->diagnostics->pdata[i]));
    return list;
}

static void print_json(const struct extraction *extraction, const struct nd_document *doc, const char *member)
{
    json_t *line = json_object();
    json_object_set_new(line, "path", nd_name_to_json(extraction->path));
    if (member)
        json_object_set_new(line, "member", nd_name_to_json(member));
    if (doc->mime_type)
        json_object_set_new(line, "type", json_string(doc->mime_type));
    if (doc->encoding)
        json_object_set_new(line, "encoding", json_string(doc->encoding));
    json_object_set_new(line, "bytes", json_integer((json_int_t)doc->size));
    json_object_set_new(line, "partial", json_boolean(doc->partial));
    json_object_set_new(line, "blocks", blocks_to_json(doc));
    json_object_set_new(line, "diagnostics", diagnostics_to_json(doc));
    json_dumpf(line, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(line);
}

static void print_text(const struct extraction *extraction, const struct nd_document *doc, const char *member)
{
    fwrite(doc->text, 1, doc->size, stdout);
    for (guint i = 0; i < doc->diagnostics->len; i++) {
        g_autofree char *line = nd_diagnostic_line(extraction->path, member, doc->diagnostics->pdata[i]);
        nd_program_note("%s", line);
    }
}

static bool print(struct nd_document *taken, const char *member, void *user_data)
{
    struct extraction *extraction = user_data;
    nd_auto(nd_document) doc = taken;
    extraction->partial |= doc->partial;
    for (guint i = 0; i < doc->diagnostics->len; i++) {
        const struct nd_diagnostic *diagnostic = doc->diagnostics->pdata[i];
        extraction->partial |= nd_diagnostic_severity(diagnostic->code) != ND_SEVERITY_NOTE;
    }
    (extraction->json ? print_json : print_text)(extraction, doc, member);
    return !ferror(stdout);
}

bool nd_extract_print(const char *path, bool json, bool *partial_out, GError **error)
{
    struct extraction extraction = {.path = path, .json = json};
    nd_auto(nd_reader) reader = nd_reader_new(NULL, error);
    if (!reader)
        return false;
    /* O_NONBLOCK: opening a FIFO nobody writes to must not wait. */
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        nd_error_set_errno(error, errno, _("cannot read '%s'"), path);
        return false;
    }
    const bool ok = nd_reader_read(reader, fd, path, print, &extraction, error);
    close(fd);
    *partial_out = extraction.partial;
    return ok;
}
