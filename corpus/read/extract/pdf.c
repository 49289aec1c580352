#include "corpus/read/extract/extract.h"

#include "base/auto.h"
#include "corpus/read/extract/ocr.h"
#include "corpus/read/extract/pdf_lines.h"

#include <poppler.h>

/*
 * PDF through poppler: its reading order puts the left column of a two-column head before the right one. Its
 * text comes with a rectangle for each character and fonts by ranges; pdf_lines.c makes paragraphs of the
 * lines.
 */

/* Some versions of poppler-glib define g_autoptr for these two types, some for others only. */
static void unref(void *object)
{
    if (object)
        g_object_unref(object);
}

ND_DEFINE_AUTO(_PopplerDocument, unref)
ND_DEFINE_AUTO(_PopplerPage, unref)

enum {
    MAX_PAGES = 20000,
    MIN_TEXT_LINES = 3, /* in all of a file; with fewer it is a scan, maybe with a stamp over it */
    SCAN_DPI = 300,
    GRID_SCALE = 2,        /* pixels a point, to see the rules of tables apart from letters beside them */
    MIN_BESIDE = 2,        /* pieces of lines beside each other, from which a page may have a table */
    MAX_PIXELS = 60000000, /* of a page as an image */
    DRAW_MICROSECONDS = 5000000 /* of a document, to find its tables: maps take long */
};

/* The font in force at character `index` of the page, walking along. */
static const char *font_at(GList **attributes, int index)
{
    while (*attributes && ((PopplerTextAttributes *)(*attributes)->data)->end_index < index)
        *attributes = (*attributes)->next;
    if (!*attributes)
        return NULL;
    PopplerTextAttributes *a = (*attributes)->data;
    return a->start_index <= index ? a->font_name : NULL;
}

/* The page drawn at `scale` pixels a point; NULL when it is too large or cannot be drawn. */
static cairo_surface_t *draw(PopplerPage *page, double scale)
{
    double width, height;
    poppler_page_get_size(page, &width, &height);
    if (!(width > 0 && height > 0) || width * height * scale * scale > MAX_PIXELS)
        return NULL;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(width * scale), (int)(height * scale));
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    poppler_page_render(page, cairo);
    cairo_surface_flush(surface);
    bool drawn =
        cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS && cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cairo);
    if (drawn)
        return surface;
    cairo_surface_destroy(surface);
    return NULL;
}

/* Whether pieces of lines stand beside each other: without that a page has no table. */
static bool has_columns(const char *text, const PopplerRectangle *boxes, guint n)
{
    unsigned beside = 0;
    const PopplerRectangle *before = NULL;
    for (guint i = 0; *text && i < n && beside < MIN_BESIDE; text = g_utf8_next_char(text), i++) {
        if (*text == ' ' || *text == '\n')
            continue;
        double height = boxes[i].y2 - boxes[i].y1;
        beside += before && (boxes[i].x1 > before->x2 + height || boxes[i].y2 < before->y1);
        before = &boxes[i];
    }
    return beside >= MIN_BESIDE;
}

static struct nd_pdf_grid *find_grid(PopplerPage *page)
{
    cairo_surface_t *surface = draw(page, GRID_SCALE);
    if (!surface)
        return NULL;
    int width = cairo_image_surface_get_width(surface), height = cairo_image_surface_get_height(surface),
        stride = cairo_image_surface_get_stride(surface);
    const uint8_t *pixels = cairo_image_surface_get_data(surface);
    g_autofree uint8_t *green = g_malloc((gsize)width * (gsize)height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            green[y * width + x] = pixels[y * stride + 4 * x + 1];
    cairo_surface_destroy(surface);
    return nd_pdf_grid_new(green, width, height, width, GRID_SCALE);
}

/* budget: microseconds that pages may still be drawn for. */
static void read_page(PopplerPage *page, unsigned number, struct nd_pdf_lines *lines, gint64 *budget)
{
    g_autofree char *text = poppler_page_get_text(page);
    PopplerRectangle *rectangles = NULL;
    guint n = 0;
    if (!text || !poppler_page_get_text_layout(page, &rectangles, &n))
        return;
    gint64 start = g_get_monotonic_time();
    nd_auto(nd_pdf_grid) grid = *budget > 0 && has_columns(text, rectangles, n) ? find_grid(page) : NULL;
    *budget -= g_get_monotonic_time() - start;
    nd_pdf_lines_begin_page(lines, number, grid);
    GList *all = poppler_page_get_text_attributes(page), *attributes = all;
    guint i = 0;
    for (const char *p = text; *p && i < n; p = g_utf8_next_char(p), i++) {
        uint32_t c = g_utf8_get_char(p);
        if (c == '\n') {
            nd_pdf_lines_end_line(lines);
            continue;
        }
        const struct nd_pdf_box box = {rectangles[i].x1, rectangles[i].y1, rectangles[i].x2,
                                       rectangles[i].y2};
        nd_pdf_lines_add(lines, c, box, font_at(&attributes, (int)i));
    }
    nd_pdf_lines_end_line(lines);
    poppler_page_free_text_attributes(all);
    g_free(rectangles);
}

/* The page as an image, through tesseract. False when it could not be drawn. */
static bool read_page_image(PopplerPage *page, struct nd_builder *builder)
{
    cairo_surface_t *surface = draw(page, SCAN_DPI / 72.0);
    if (!surface)
        return false;
    nd_ocr_read_pixels(cairo_image_surface_get_data(surface), cairo_image_surface_get_width(surface),
                       cairo_image_surface_get_height(surface), cairo_image_surface_get_stride(surface),
                       SCAN_DPI, builder);
    cairo_surface_destroy(surface);
    return true;
}

/* Pages that are pictures of text; scans holds their numbers from 0. */
static void read_scans(PopplerDocument *document, const GArray *scans, struct nd_builder *builder)
{
    if (!nd_ocr_is_open()) {
        nd_builder_complain(builder, "needs-ocr", "%u pages without text: a scan", scans->len);
        return;
    }
    nd_ocr_note(builder);
    for (guint i = 0; i < scans->len && nd_builder_has_room(builder); i++) {
        int number = g_array_index(scans, int, i);
        nd_auto(_PopplerPage) page = poppler_document_get_page(document, number);
        nd_builder_go_to_page(builder, (unsigned)number + 1);
        if (!page || !read_page_image(page, builder))
            nd_builder_complain(builder, "damaged", "page %d cannot be drawn", number + 1);
    }
}

static bool has_image(PopplerPage *page)
{
    GList *images = poppler_page_get_image_mapping(page);
    bool found = images != NULL;
    poppler_page_free_image_mapping(images);
    return found;
}

void nd_extract_pdf(struct nd_bytes file, struct nd_builder *builder)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_bytes_new_static(file.p, file.n);
    nd_auto(_PopplerDocument) document = poppler_document_new_from_bytes(bytes, NULL, &error);
    if (!document) {
        bool locked = g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
        nd_builder_complain(builder, locked ? "encrypted" : "damaged", "%s",
                            error ? error->message : "no PDF");
        return;
    }
    nd_auto(nd_pdf_lines) lines = nd_pdf_lines_new(builder);
    bool images = false;
    gint64 budget = DRAW_MICROSECONDS;
    int n = MIN(poppler_document_get_n_pages(document), MAX_PAGES);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GArray) scans = g_array_new(FALSE, FALSE, sizeof(int));
    for (int i = 0; i < n && nd_builder_has_room(builder); i++) {
        nd_auto(_PopplerPage) page = poppler_document_get_page(document, i);
        unsigned before = nd_pdf_lines_count(lines);
        if (page)
            read_page(page, (unsigned)i + 1, lines, &budget);
        else
            nd_builder_complain(builder, "damaged", "page %d cannot be read", i + 1);
        bool image = page && has_image(page);
        images |= image;
        if (image && nd_pdf_lines_count(lines) == before)
            g_array_append_val(scans, i);
        g_array_append_val(all, i);
    }
    nd_pdf_lines_finish(lines);
    unsigned n_lines = nd_pdf_lines_count(lines);
    if (n > 0 && (n_lines == 0 || (n_lines < MIN_TEXT_LINES && images)))
        read_scans(document, all, builder);
    else if (scans->len > 0)
        read_scans(document, scans, builder);
}
