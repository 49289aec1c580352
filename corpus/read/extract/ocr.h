#ifndef ND_CORPUS_READ_EXTRACT_OCR_H
#define ND_CORPUS_READ_EXTRACT_OCR_H

/*
 * Tesseract, when it is installed: loaded at run time, so that nothing depends on it. nd_ocr_open() must come
 * before the cage closes; without it, or without the library or its Vietnamese model, scans are listed as
 * needing it.
 */

#include "corpus/read/builder.h"

/* Loads the libraries and the Vietnamese model. Whether it worked is nd_ocr_is_open(). */
void nd_ocr_open(void);
bool nd_ocr_is_open(void);

/* Says in the document's diagnostics that its text was recognised. */
void nd_ocr_note(struct nd_builder *builder);

/* Writes the text of an image of 32-bit pixels (blue, green, red, unused) as paragraphs; stride in bytes. */
void nd_ocr_read_pixels(const uint8_t *pixels, int width, int height, int stride, int dpi,
                        struct nd_builder *builder);

/* The same for an image file (PNG, JPEG, TIFF, BMP, GIF, WebP); false when leptonica cannot decode it. */
bool nd_ocr_read_image(struct nd_bytes file, struct nd_builder *builder);

#endif
