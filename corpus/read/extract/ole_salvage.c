#include "corpus/read/extract/extract.h"

#include "corpus/read/charset/bytes.h"
#include "corpus/read/extract/ole.h"

/*
 * An OLE2 file whose directory is gone (cut short by a broken copy or a full disk): where its streams begin
 * nobody knows, but their text still stands there as runs of characters, 16 or 8 bits each.
 */

enum {
    MIN_CHARACTERS = 24, /* of a run; shorter ones are names and chance */
    MIN_LETTERS = 60,    /* per cent of letters and spaces in a run */
    SECTOR_BYTES = 512
};

/* One kind of run at byte `at`: how long it is in characters, and how many of them letters and spaces. */
struct run {
    size_t characters, letters;
};

static bool is_break(uint32_t c)
{
    return c == '\r' || c == '\t' || c == 0x07 || c == 0x0b;
}

static struct run measure(struct nd_bytes file, size_t at, unsigned width)
{
    struct run run = {0};
    for (; at + width <= file.n; at += width) {
        uint32_t c = width == 2 ? nd_u16(file, at) : nd_u8(file, at);
        bool latin = width == 1 ? c >= 0x20 && c != 0x7f && c != 0xff
                                : (c >= 0x20 && c < 0x250 && c != 0x7f) || (c >= 0x300 && c < 0x370) ||
                                      (c >= 0x1e00 && c < 0x2070);
        if (!latin && !is_break(c))
            break;
        run.characters++;
        run.letters += c == ' ' || c == '\r' || g_unichar_isalpha(c) || (width == 1 && c >= 0xa0);
    }
    return run;
}

static void write_run(struct nd_builder *builder, struct nd_bytes file, size_t at, size_t characters,
                      unsigned width)
{
    nd_builder_begin(builder, ND_BLOCK_PARAGRAPH, 0);
    for (size_t i = 0; i < characters; i++) {
        uint32_t c =
            width == 2 ? nd_u16(file, at + 2 * i) : nd_text_code_page_char(1252, nd_u8(file, at + i));
        if (is_break(c) && c != '\t')
            nd_builder_begin(builder, ND_BLOCK_PARAGRAPH, 0);
        else
            nd_builder_char(builder, c);
    }
    nd_builder_end(builder);
}

void nd_extract_ole_salvage(struct nd_bytes file, struct nd_builder *builder)
{
    nd_builder_complain(builder, "damaged",
                        "the directory of the file is missing: text without its structure");
    for (size_t at = SECTOR_BYTES; at < file.n && nd_builder_has_room(builder);) {
        struct run wide = measure(file, at, 2), narrow = measure(file, at, 1);
        unsigned width = wide.characters >= MIN_CHARACTERS ? 2 : 1;
        struct run run = width == 2 ? wide : narrow;
        if (run.characters >= MIN_CHARACTERS && run.letters * 100 >= run.characters * MIN_LETTERS)
            write_run(builder, file, at, run.characters, width);
        at += run.characters >= MIN_CHARACTERS ? run.characters * width : MAX(narrow.characters, (size_t)1);
    }
}
