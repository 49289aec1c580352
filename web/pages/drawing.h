#ifndef ND_WEB_PAGES_DRAWING_H
#define ND_WEB_PAGES_DRAWING_H

/*
 * The neighbourhood of a work as SVG: what it rests on to the left, what rests on it to the right, one column
 * a step; a line for each relation, in its colour and with its name.
 */

#include "query/query.h"
#include "web/html.h"

/* The <svg> element. linked makes every box a link to its work's page (on a page; not in a file to keep). */
void nd_put_drawing(struct nd_html *html, const struct nd_graph *graph, bool linked);

#endif
