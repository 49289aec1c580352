#include "corpus/read/extract/ocr.h"

#include "base/utf8.h"
#include "corpus/read/marker.h"

#include <dlfcn.h>
#include <stdlib.h>

enum { BYTES_PER_PIXEL = 4, MAX_SIDE = 20000 };

/* The C interface of tesseract 4 and 5 (capi.h) and of leptonica, as far as it is used here. */
static struct {
    void *(*create)(void);
    int (*init)(void *api, const char *folder, const char *language);
    void (*set_image)(void *api, const unsigned char *data, int width, int height, int bytes_per_pixel,
                      int stride);
    void (*set_pix)(void *api, void *pix);
    void (*set_resolution)(void *api, int dpi);
    char *(*get_text)(void *api);
    void (*delete_text)(const char *text);
    void (*clear)(void *api);
    void *(*read_pix)(const unsigned char *data, size_t size);
    void (*destroy_pix)(void **pix);
    int (*width)(void *pix);
    int (*height)(void *pix);
} lib;

static void *api;

static bool load(void *tesseract, void *leptonica)
{
    const struct {
        void *library;
        const char *name;
        void *target;
    } symbols[] = {
        {tesseract, "TessBaseAPICreate", &lib.create},
        {tesseract, "TessBaseAPIInit3", &lib.init},
        {tesseract, "TessBaseAPISetImage", &lib.set_image},
        {tesseract, "TessBaseAPISetImage2", &lib.set_pix},
        {tesseract, "TessBaseAPISetSourceResolution", &lib.set_resolution},
        {tesseract, "TessBaseAPIGetUTF8Text", &lib.get_text},
        {tesseract, "TessDeleteText", &lib.delete_text},
        {tesseract, "TessBaseAPIClear", &lib.clear},
        {leptonica, "pixReadMem", &lib.read_pix},
        {leptonica, "pixDestroy", &lib.destroy_pix},
        {leptonica, "pixGetWidth", &lib.width},
        {leptonica, "pixGetHeight", &lib.height},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(symbols); i++) {
        void *symbol = dlsym(symbols[i].library, symbols[i].name);
        if (!symbol)
            return false;
        memcpy(symbols[i].target, &symbol, sizeof symbol);
    }
    return true;
}

void nd_ocr_open(void)
{
    setenv("OMP_THREAD_LIMIT", "1", 1); /* the cage has no threads */
    void *tesseract = dlopen("libtesseract.so.5", RTLD_NOW | RTLD_GLOBAL);
    tesseract = tesseract ? tesseract : dlopen("libtesseract.so.4", RTLD_NOW | RTLD_GLOBAL);
    void *leptonica = tesseract ? dlopen("liblept.so.5", RTLD_NOW) : NULL;
    leptonica = tesseract && !leptonica ? dlopen("libleptonica.so.6", RTLD_NOW) : leptonica;
    if (!leptonica || !load(tesseract, leptonica))
        return;
    api = lib.create();
    if (api && lib.init(api, NULL, "vie") != 0) /* English beside it loses Vietnamese marks */
        api = NULL;
}

bool nd_ocr_is_open(void)
{
    return api != NULL;
}

void nd_ocr_note(struct nd_builder *builder)
{
    nd_document_add_diagnostic(nd_builder_document(builder), "ocr", 0, "text recognised from an image");
}

/* Whether the line at byte i begins a block of its own: an empty one, or one with a marker. */
static bool begins_block(struct nd_str text, size_t i)
{
    const char *newline = i < text.n ? memchr(text.p + i, '\n', text.n - i) : NULL;
    size_t end = newline ? (size_t)(newline - text.p) : text.n;
    return i >= end || nd_marker_of(nd_str_slice(text, i, end)).kind != ND_BLOCK_PARAGRAPH;
}

static void write_text(struct nd_builder *builder)
{
    char *text = lib.get_text(api);
    struct nd_str all;
    if (text && nd_utf8_check((struct nd_bytes){(const uint8_t *)text, strlen(text)}, &all, NULL)) {
        nd_builder_font(builder, NULL);
        nd_builder_begin(builder, ND_BLOCK_PARAGRAPH, 0);
        for (size_t i = 0, n; i < all.n; i += n) {
            uint32_t c = nd_utf8_decode(all, i, &n);
            if (c == '\n' && begins_block(all, i + 1))
                nd_builder_begin(builder, ND_BLOCK_PARAGRAPH, 0);
            else if (c == '\n')
                nd_builder_line_break(builder);
            else
                nd_builder_char(builder, c);
        }
        nd_builder_end(builder);
    }
    if (text)
        lib.delete_text(text);
    lib.clear(api);
}

void nd_ocr_read_pixels(const uint8_t *pixels, int width, int height, int stride, int dpi,
                        struct nd_builder *builder)
{
    lib.set_image(api, pixels, width, height, BYTES_PER_PIXEL, stride);
    lib.set_resolution(api, dpi);
    write_text(builder);
}

bool nd_ocr_read_image(struct nd_bytes file, struct nd_builder *builder)
{
    void *pix = lib.read_pix(file.p, file.n);
    if (!pix)
        return false;
    bool sensible = lib.width(pix) <= MAX_SIDE && lib.height(pix) <= MAX_SIDE;
    if (sensible) {
        lib.set_pix(api, pix);
        write_text(builder);
    }
    lib.destroy_pix(&pix);
    return sensible;
}
