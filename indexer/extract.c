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
    bool json, partial, unended; /* unended: what was printed last has no line feed at its end */
};

static void put_number(struct nd_json *json, const char *name, unsigned value)
{
    if (value > 0)
        nd_json_integer(json, name, value);
}

static void put_text(struct nd_json *json, const char *name, const char *value)
{
    if (value)
        nd_json_string(json, name, value);
}

static void put_block(struct nd_json *json, const struct nd_block *block)
{
    nd_json_begin_object(json, NULL);
    nd_json_string(json, "kind", nd_block_kind_name(block->kind));
    nd_json_integer(json, "start", block->start);
    nd_json_integer(json, "end", block->end);
    put_number(json, "page", block->page);
    put_number(json, "level", block->level);
    if (block->kind == ND_BLOCK_CELL) {
        nd_json_integer(json, "row", block->row);
        nd_json_integer(json, "column", block->column);
    }
    nd_json_end_object(json);
}

static void print_json(const struct extraction *extraction, const struct nd_document *doc, const char *member)
{
    struct nd_json writer = {.out = stdout}, *const json = &writer;
    nd_json_begin_object(json, NULL);
    nd_json_string(json, "path", extraction->path);
    put_text(json, "member", member);
    put_text(json, "type", doc->mime_type);
    put_text(json, "encoding", doc->encoding);
    nd_json_integer(json, "bytes", (int64_t)doc->size);
    nd_json_bool(json, "partial", doc->partial);
    nd_json_begin_array(json, "blocks");
    for (guint i = 0; i < doc->blocks->len; i++)
        put_block(json, &g_array_index(doc->blocks, struct nd_block, i));
    nd_json_end_array(json);
    nd_json_begin_array(json, "diagnostics");
    for (guint i = 0; i < doc->diagnostics->len; i++) {
        nd_json_begin_object(json, NULL);
        nd_diagnostic_put_json(json, doc->diagnostics->pdata[i]);
        nd_json_end_object(json);
    }
    nd_json_end_array(json);
    nd_json_end_object(json);
    nd_json_end_line(json);
}

static void print_text(struct extraction *extraction, const struct nd_document *doc, const char *member)
{
    if (extraction->unended && doc->size > 0)
        putchar('\n');
    fwrite(doc->text, 1, doc->size, stdout);
    extraction->unended = doc->size > 0 ? doc->text[doc->size - 1] != '\n' : extraction->unended;
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
    if (extraction->json)
        print_json(extraction, doc, member);
    else
        print_text(extraction, doc, member);
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
