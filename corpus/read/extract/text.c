#include "corpus/read/extract/extract.h"

#include "corpus/read/plain_text.h"

/* Text that is not UTF-8; the reader handles the rest in its own process by the same function. */
void nd_extract_text(struct nd_bytes file, struct nd_builder *builder)
{
    nd_plain_text_read(file, nd_builder_document(builder));
}
