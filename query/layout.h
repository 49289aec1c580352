#ifndef ND_QUERY_LAYOUT_H
#define ND_QUERY_LAYOUT_H

/*
 * Text for people: wrapped at the terminal's width counted in columns, so that combining and wide characters
 * line up, with colour and links where the terminal has them. In a pipe a paragraph is one line and marks are
 * asterisks.
 */

#include "base/terminal.h"
#include "query/query.h"

#include <stdio.h>

struct nd_layout {
    FILE *out;
    struct nd_terminal terminal;
};

enum nd_style { ND_STYLE_PLAIN, ND_STYLE_TITLE, ND_STYLE_DIM, ND_STYLE_MARK, ND_STYLE_GOOD, ND_STYLE_WARN };

/* Columns that text takes on a terminal. */
unsigned nd_layout_columns(const char *text);

/* Text in a style, without a line break. Control characters are shown as '?': text comes from documents. */
void nd_layout_text(const struct nd_layout *layout, enum nd_style style, const char *text);

/* Text as a link to a local file (OSC 8), where the terminal has colour; path is bytes. */
void nd_layout_link(const struct nd_layout *layout, enum nd_style style, const char *text, const char *path);

/* A paragraph, indented by indent columns on each line, ending in a line break. marks are bytes of text.
 * prefix and suffix, which may be NULL, are put around it ("…", quotation marks). */
void nd_layout_paragraph(const struct nd_layout *layout, unsigned indent, const char *prefix,
                         const char *text, const char *suffix, const struct nd_range *marks, size_t n_marks);

/* A line, or several on a narrow terminal, that begins with head; those below begin under its end. text is in
 * the style, tail, which may be NULL, dim after it. */
void nd_layout_hanging(const struct nd_layout *layout, const char *head, enum nd_style style,
                       const char *text, const char *tail);

/* A path as a line of its own, never broken; a link to the file, and short, on a terminal. */
void nd_layout_path(const struct nd_layout *layout, unsigned indent, const char *path);

/* Text, then spaces up to `columns`. */
void nd_layout_cell(const struct nd_layout *layout, enum nd_style style, const char *text, unsigned columns);

#endif
