#include "corpus/read/extract/pdf_table.h"

#include <stdlib.h>

enum {
    EDGE_POINTS = 3,  /* edges nearer than that are one */
    TABLE_POINTS = 6, /* what is farther below a table is another */
};

static int compare(double a, double b)
{
    return (a > b) - (a < b);
}

static int by_top(const void *a, const void *b)
{
    return compare((*(struct nd_pdf_cell *const *)a)->box.top, (*(struct nd_pdf_cell *const *)b)->box.top);
}

static int by_left(const void *a, const void *b)
{
    return compare((*(struct nd_pdf_cell *const *)a)->box.left, (*(struct nd_pdf_cell *const *)b)->box.left);
}

/* cells: the n cells of one table, from the top down. */
static void number_table(struct nd_pdf_cell **cells, guint n)
{
    double edge = cells[0]->box.top;
    unsigned row = 0, column = 0;
    for (guint i = 0; i < n; i++) {
        row += cells[i]->box.top > edge + EDGE_POINTS;
        edge = cells[i]->box.top;
        cells[i]->row = row;
        cells[i]->alone = n == 1;
    }
    qsort(cells, n, sizeof *cells, by_left);
    edge = cells[0]->box.left;
    for (guint i = 0; i < n; i++) {
        column += cells[i]->box.left > edge + EDGE_POINTS;
        edge = cells[i]->box.left;
        cells[i]->column = column;
    }
}

void nd_pdf_cells_number(struct nd_pdf_cell *cells, guint n)
{
    g_autofree struct nd_pdf_cell **sorted = g_new(struct nd_pdf_cell *, n + 1);
    for (guint i = 0; i < n; i++)
        sorted[i] = &cells[i];
    qsort(sorted, n, sizeof *sorted, by_top);
    unsigned table = 0;
    for (guint first = 0, end; first < n; first = end, table++) {
        double bottom = sorted[first]->box.bottom;
        for (end = first; end < n && sorted[end]->box.top <= bottom + TABLE_POINTS; end++) {
            bottom = MAX(bottom, sorted[end]->box.bottom);
            sorted[end]->table = table;
        }
        number_table(sorted + first, end - first);
    }
}

static int by_cell(const struct nd_pdf_piece *a, const struct nd_pdf_piece *b)
{
    if (a->cell->row != b->cell->row)
        return a->cell->row < b->cell->row ? -1 : 1;
    if (a->cell->column != b->cell->column)
        return a->cell->column < b->cell->column ? -1 : 1;
    return a->cell != b->cell ? compare(a->cell->box.top, b->cell->box.top) : 0;
}

static int by_middle(const void *a, const void *b)
{
    const struct nd_pdf_piece *p = a, *q = b;
    int order = by_cell(p, q);
    return order ? order : compare(p->box.top + p->box.bottom, q->box.top + q->box.bottom);
}

static int by_place(const void *a, const void *b)
{
    const struct nd_pdf_piece *p = a, *q = b;
    int order = by_cell(p, q);
    if (order == 0 && p->level != q->level)
        order = p->level < q->level ? -1 : 1;
    return order ? order : compare(p->box.left, q->box.left);
}

void nd_pdf_pieces_sort(struct nd_pdf_piece *pieces, guint n)
{
    qsort(pieces, n, sizeof *pieces, by_middle);
    double middle = 0;
    for (guint i = 0; i < n; i++) {
        struct nd_pdf_piece *p = &pieces[i];
        double here = (p->box.top + p->box.bottom) / 2;
        bool same_cell = i > 0 && pieces[i - 1].cell == p->cell;
        bool same_line = same_cell && here - middle < 0.4 * (p->box.bottom - p->box.top);
        p->level = same_cell ? pieces[i - 1].level + !same_line : 0;
        middle = same_line ? middle : here;
    }
    qsort(pieces, n, sizeof *pieces, by_place);
}
