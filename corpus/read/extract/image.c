#include "corpus/read/extract/extract.h"

#include "corpus/read/extract/ocr.h"

void nd_extract_image(struct nd_bytes file, struct nd_builder *builder)
{
    if (!nd_ocr_is_open()) {
        nd_builder_complain(builder, "needs-ocr", "an image");
        return;
    }
    nd_ocr_note(builder);
    if (!nd_ocr_read_image(file, builder))
        nd_builder_complain(builder, "damaged", "the image cannot be decoded");
}
