#ifndef ND_CORPUS_READ_CHARSET_REPAIR_H
#define ND_CORPUS_READ_CHARSET_REPAIR_H

/*
 * Puts back spaces and letters that a conversion lost, where the rules of spelling and the document's own
 * words leave one answer: "LUẬTĐẶC XÁ" can only be "LUẬT ĐẶC XÁ" in a text that has both words elsewhere, "Đ
 * I Ề U L Ệ" only "ĐIỀU LỆ", "ngh&#xfffd; quyết" only "nghị quyết" where that is what stands before "quyết"
 * elsewhere. In a text without a single ư, words that are none without it get it back ("Trung ơng", "đợc");
 * "ngời" and "cha", which are words, stay. Words without a Vietnamese letter are never touched otherwise, nor
 * are abbreviations.
 */

#include "base/document.h"

/* Repairs doc->text in place and moves the blocks' offsets; for text that an extractor made, never for a file
 * that is text itself. Adds "repaired" (how many places, where the first is), and "spaces-lost" when most of
 * the text runs together and could not be parted. Returns whether the text changed. */
bool nd_repair_text(struct nd_document *doc);

#endif
