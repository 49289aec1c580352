/* One fuzz target for each reader of hostile bytes: compiled with ND_FUZZ_READ(file, builder) naming the
 * extractor, or with ND_FUZZ_CONTAINER for the whole way from any bytes through file types and archives.
 * Whatever comes in, the documents that come out must keep the promises of base/document.h. */

#include "base/utf8.h"
#include "corpus/read/extract/extract.h"
#include "corpus/read/extract/sniff.h"

#include <gmime/gmime.h>
#include <gsf/gsf.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* fontconfig, which poppler asks for fonts, finds the parts of its patterns by offsets: the leak detector
 * takes what it still holds for lost. */
const char *__lsan_default_suppressions(void);

__attribute__((visibility("default"), used)) const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

static void check(const struct nd_document *doc)
{
    struct nd_str text = nd_document_text(doc);
    g_assert_cmpuint(nd_utf8_valid_prefix((struct nd_bytes){(const uint8_t *)text.p, text.n}), ==, text.n);
    g_assert_null(memchr(text.p, '\0', text.n));
    uint32_t end = 0;
    for (guint i = 0; i < doc->blocks->len; i++) {
        struct nd_block b = g_array_index(doc->blocks, struct nd_block, i);
        g_assert_true(b.start >= end && b.end >= b.start && b.end <= doc->size && b.kind < ND_N_BLOCK_KINDS);
        g_assert_true(nd_utf8_floor(text, b.start) == b.start);
        end = b.end;
    }
}

static GLogWriterOutput drop_message(GLogLevelFlags level, const GLogField *fields, gsize n,
                                     gpointer user_data)
{
    (void)level;
    (void)fields;
    (void)n;
    (void)user_data;
    return G_LOG_WRITER_HANDLED;
}

static void set_up(void)
{
    static bool done;
    if (done)
        return;
    done = true;
    g_log_set_writer_func(drop_message, NULL, NULL);
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR);
    gsf_init();
    g_mime_init();
    g_assert_true(nd_sniff_open(NULL));
}

#ifdef ND_FUZZ_CONTAINER
static bool found(struct nd_document *doc, const char *member, void *user_data)
{
    (void)member;
    (void)user_data;
    check(doc);
    nd_document_free(doc);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    set_up();
    struct nd_extraction x = {.found = found};
    nd_extract(&x, (struct nd_bytes){data, size}, NULL);
    return 0;
}
#else
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    set_up();
    nd_auto(nd_builder) builder = nd_builder_new();
    ND_FUZZ_READ((struct nd_bytes){data, size}, builder);
    nd_auto(nd_document) doc = nd_builder_finish(builder);
    check(doc);
    return 0;
}
#endif
