/* Draws lines of text for the tests of what reads pictures.
 *
 *   usage: page_image png FILE LINE...    a picture of the lines
 *          page_image pdf FILE LINE...    a page of the lines as text, then a page that is a picture of them
 *          page_image scan FILE LINE...   the second of these pages alone
 */

#include <cairo-pdf.h>
#include <cairo.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 1600, HEIGHT = 800, LINE_HEIGHT = 80, MARGIN = 80 };

static void draw(cairo_t *cairo, char **lines, int n, double scale)
{
    cairo_scale(cairo, scale, scale);
    cairo_select_font_face(cairo, "DejaVu Serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, 42);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    for (int i = 0; i < n; i++) {
        cairo_move_to(cairo, MARGIN, MARGIN + (i + 1) * LINE_HEIGHT);
        cairo_show_text(cairo, lines[i]);
    }
}

static cairo_surface_t *picture(char **lines, int n)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    draw(cairo, lines, n, 1);
    cairo_destroy(cairo);
    return surface;
}

static cairo_status_t write_pdf(const char *path, cairo_surface_t *image, char **lines, int n, int with_text)
{
    const double scale = 72.0 / 200; /* the picture has 200 dots an inch */
    cairo_surface_t *surface = cairo_pdf_surface_create(path, WIDTH * scale, HEIGHT * scale);
    cairo_t *cairo = cairo_create(surface);
    if (with_text) {
        cairo_save(cairo);
        draw(cairo, lines, n, scale);
        cairo_restore(cairo);
        cairo_show_page(cairo);
    }
    cairo_scale(cairo, scale, scale);
    cairo_set_source_surface(cairo, image, 0, 0);
    cairo_paint(cairo);
    cairo_show_page(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("usage: page_image png|pdf|scan FILE LINE...\n", stderr);
        return 2;
    }
    cairo_surface_t *image = picture(argv + 3, argc - 3);
    cairo_status_t status = strcmp(argv[1], "png") == 0
                                ? cairo_surface_write_to_png(image, argv[2])
                                : write_pdf(argv[2], image, argv + 3, argc - 3, strcmp(argv[1], "pdf") == 0);
    cairo_surface_destroy(image);
    return status == CAIRO_STATUS_SUCCESS ? 0 : 1;
}
