/* Prints what the reader makes of files, for the tests: one JSON-free, line-oriented form that a test table
 * can hold.
 *
 *   usage: read_dump [--text] [--timeout SECONDS] [--memory BYTES] FILE...
 *
 * For each document "= MEMBER|MIME|ENCODING|partial or whole", for each diagnostic "! CODE", for each block
 * "KIND LEVEL pPAGE ROW,COLUMN TEXT" without the parts that are zero, line breaks in the text as "⏎". With
 * --text only the text, as it is. */

#include "corpus/read/diagnostics.h"
#include "corpus/read/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void print_text(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fputs(p[i] == '\n' ? "⏎" : (char[]){p[i], '\0'}, stdout);
    putchar('\n');
}

static bool print_document(struct nd_document *doc, const char *member, void *user_data)
{
    if (*(const bool *)user_data) {
        fwrite(doc->text, 1, doc->size, stdout);
        nd_document_free(doc);
        return true;
    }
    printf("= %s|%s|%s|%s\n", member ? member : "", doc->mime_type ? doc->mime_type : "",
           doc->encoding ? doc->encoding : "", doc->partial ? "partial" : "whole");
    for (guint i = 0; i < doc->diagnostics->len; i++) {
        const struct nd_diagnostic *d = g_ptr_array_index(doc->diagnostics, i);
        printf("! %s\n", d->code);
        if (!nd_diagnostic_remedy(d->code))
            g_error("'%s' is no row of diagnostics.def", d->code);
    }
    uint32_t end = 0;
    for (guint i = 0; i < doc->blocks->len; i++) {
        const struct nd_block *b = &g_array_index(doc->blocks, struct nd_block, i);
        g_assert_cmpuint(b->start, >=, end);
        for (uint32_t k = end; k < b->start; k++) /* what lies between blocks is white space */
            g_assert_true(strchr(" \n\t\f\r\v|:-\xc2\xa0\xef\xbb\xbf", doc->text[k]));
        end = b->end;
        fputs(nd_block_kind_name(b->kind), stdout);
        if (b->level)
            printf(" %u", b->level);
        if (b->page)
            printf(" p%u", b->page);
        if (b->kind == ND_BLOCK_CELL)
            printf(" %u,%u", b->row, b->column);
        putchar(' ');
        print_text(doc->text + b->start, b->end - b->start);
    }
    nd_document_free(doc);
    return true;
}

int main(int argc, char **argv)
{
    struct nd_reader_options options = {0};
    g_autoptr(GError) error = NULL;
    nd_auto(nd_reader) reader = NULL;
    bool text_only = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--text") == 0) {
            text_only = true;
            continue;
        }
        if (strcmp(argv[i], "--timeout") == 0 && i + 1 < argc) {
            options.timeout_s = (unsigned)atoi(argv[++i]);
            continue;
        }
        if (strcmp(argv[i], "--memory") == 0 && i + 1 < argc) {
            options.memory_bytes = (size_t)g_ascii_strtoull(argv[++i], NULL, 10);
            continue;
        }
        if (!reader && !(reader = nd_reader_new(&options, &error)))
            g_error("%s", error->message);
        int fd = open(argv[i], O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0)
            g_error("%s: %s", argv[i], g_strerror(errno));
        if (!nd_reader_read(reader, fd, argv[i], print_document, &text_only, &error))
            g_error("%s", error->message);
        close(fd);
    }
    return 0;
}
