#include "web/pages/document_text.h"
#include "web/pages/parts.h"

#define HEADER_BLOCKS 8
#define OUTLINE_MIN   3
#define GAP_SPACES    4             /* between two columns, or a tab */
#define INDENT_SPACES 16            /* before a line that has a right column only */
#define OUTLINE_BYTES ((size_t)120) /* of a heading in the outline */

/* Where the writing is: everything ascends, so that one pass over the text is enough. */
struct writer {
    struct nd_html *html;
    const struct nd_document_view *view;
    struct nd_str text;
    size_t link, mark; /* the first that does not end before the current byte */
    int64_t at;        /* not passed yet, or -1 */
    guint header_end;  /* the blocks before it are the header */
};

static void open_link(struct writer *w, const struct nd_link *link)
{
    static const struct {
        const char *class;
        enum nd_message state;
    } states[] = {
        [ND_LINK_HERE] = {"strong", ND_MESSAGE_STATE_HERE},
        [ND_LINK_ABSENT] = {"absent", ND_MESSAGE_STATE_ABSENT},
        [ND_LINK_AMBIGUOUS] = {"open", ND_MESSAGE_STATE_AMBIGUOUS},
        [ND_LINK_UNKNOWN] = {"open", ND_MESSAGE_STATE_UNKNOWN},
    };
    struct nd_html *html = w->html;
    nd_put(html, HTML("<a class=\""), ATTR(states[link->state].class), HTML("\" href=\""));
    if (link->state == ND_LINK_HERE && link->document)
        nd_put(html, BASE, HTML("/document/"), URL(link->document), WITH_LANGUAGE);
    else if (link->work)
        nd_put(html, BASE, HTML("/work/"), PATH(link->work), WITH_LANGUAGE);
    else {
        g_autofree char *words = nd_str_dup(nd_str_slice(w->text, link->span.start, link->span.end));
        nd_put(html, BASE, HTML("/?q="), QUERY(words), AND_LANGUAGE);
    }
    nd_put(html, HTML("\" data-tip=\""), MESSAGE(nd_relation_message(link->relation, false)));
    if (link->title)
        nd_put(html, HTML(" · "), ATTR(link->title));
    nd_put(html, HTML(" · "), MESSAGE(states[link->state].state));
    if (link->confidence > 0)
        nd_put(html, HTML(" · "), MSG(REVIEW_SURE), HTML(" "), INTEGER(link->confidence * 100 + 0.5),
               HTML(" %"));
    nd_put(html, HTML("\">"));
}

/* The bytes from start to end, within one link or outside all, with their marks. */
static void put_marked_run(struct writer *w, size_t start, size_t end)
{
    const struct nd_range *marks = w->view->marks;
    while (start < end) {
        while (w->mark < w->view->n_marks && marks[w->mark].end <= start)
            w->mark++;
        const struct nd_range *mark = w->mark < w->view->n_marks ? &marks[w->mark] : NULL;
        const bool inside = mark && mark->start <= start;
        size_t stop = end;
        if (mark && mark->start < end)
            stop = MIN(end, inside ? mark->end : mark->start);
        if (inside && mark->start == start)
            nd_put(w->html, HTML("<mark id=\"hit-"), INTEGER(w->mark + 1), HTML("\">"));
        else if (inside)
            nd_put(w->html, HTML("<mark>"));
        nd_put(w->html, SLICE(nd_str_slice(w->text, start, stop)));
        if (inside)
            nd_put(w->html, HTML("</mark>"));
        start = stop;
    }
}

static void put_run(struct writer *w, size_t start, size_t end)
{
    const struct nd_link *links = w->view->links;
    while (start < end) {
        while (w->link < w->view->n_links && links[w->link].span.end <= start)
            w->link++;
        const struct nd_link *link = w->link < w->view->n_links ? &links[w->link] : NULL;
        const bool inside = link && link->span.start <= start;
        size_t stop = end;
        if (link && link->span.start < end)
            stop = MIN(end, inside ? link->span.end : link->span.start);
        if (w->at >= 0 && (size_t)w->at < stop) {
            nd_put(w->html, HTML("<span id=\"at\"></span>"));
            w->at = -1;
        }
        if (inside)
            open_link(w, link);
        put_marked_run(w, start, stop);
        if (inside)
            nd_put(w->html, HTML("</a>"));
        start = stop;
    }
}

/* Two columns set with spaces or tabs, as headers and signatures are: the white space is the layout. */
static bool is_gap(struct nd_str text, size_t i, size_t end)
{
    if (text.p[i] == '\t')
        return true;
    return i + GAP_SPACES <= end && memcmp(text.p + i, "        ", GAP_SPACES) == 0;
}

static size_t skip_space(struct nd_str text, size_t i, size_t end)
{
    while (i < end && (text.p[i] == ' ' || text.p[i] == '\t'))
        i++;
    return i;
}

static bool is_laid_out(struct nd_str text, const struct nd_block *block)
{
    for (size_t i = block->start; i < block->end; i++) {
        if (is_gap(text, i, block->end))
            return true;
    }
    return false;
}

static void put_column(struct writer *w, size_t start, size_t end, struct nd_piece open)
{
    while (end > start && g_ascii_isspace(w->text.p[end - 1]))
        end--;
    if (start == end)
        return;
    nd_put(w->html, open);
    put_run(w, start, end);
    nd_put(w->html, HTML("</span>"));
}

/* Each line as a row of two columns: what stands before the first gap, and what stands after it. */
static void put_layout(struct writer *w, const struct nd_block *block)
{
    for (size_t line = block->start; line < block->end;) {
        const char *newline = memchr(w->text.p + line, '\n', block->end - line);
        const size_t end = newline ? (size_t)(newline - w->text.p) : block->end;
        const size_t left = skip_space(w->text, line, end);
        size_t gap = left;
        if (left - line < INDENT_SPACES) {
            while (gap < end && !is_gap(w->text, gap, end))
                gap++;
            put_column(w, left, gap, HTML("<span class=\"l\">"));
        }
        put_column(w, skip_space(w->text, gap, end), end, HTML("<span class=\"r\">"));
        line = end + 1;
    }
}

/* How many blocks the header takes: up to the last of the first few that has two columns. Lines of one column
 * between them belong to the left one. */
static guint header_end(const struct writer *w, const GArray *blocks)
{
    guint end = 0;
    for (guint i = 0; i < blocks->len && i < HEADER_BLOCKS; i++) {
        const struct nd_block *block = &g_array_index(blocks, struct nd_block, i);
        if (block->kind == ND_BLOCK_PARAGRAPH && is_laid_out(w->text, block))
            end = i + 1;
    }
    return end;
}

static void put_block(struct writer *w, const struct nd_block *block, size_t number)
{
    static const char *const classes[ND_N_BLOCK_KINDS] = {
        [ND_BLOCK_PARAGRAPH] = "",     [ND_BLOCK_HEADING] = "h",         [ND_BLOCK_LIST_ITEM] = "item",
        [ND_BLOCK_CELL] = "",          [ND_BLOCK_PAGE_HEADER] = "aside", [ND_BLOCK_PAGE_FOOTER] = "aside",
        [ND_BLOCK_FOOTNOTE] = "aside", [ND_BLOCK_BOILERPLATE] = "aside",
    };
    const char *class = classes[block->kind];
    const bool laid_out = *class == '\0' && (number <= w->header_end || is_laid_out(w->text, block));
    if (laid_out) /* a dispatch list reads from the left, a header is centred */
        class = g_strstr_len(w->text.p + block->start, (gssize)(block->end - block->start), "\n- ")
                    ? "layout start"
                    : "layout";
    nd_put(w->html, HTML("<p id=\"p"), INTEGER(number), HTML("\""));
    if (*class)
        nd_put(w->html, HTML(" class=\""), ATTR(class), HTML("\""));
    nd_put(w->html, HTML(">"));
    if (laid_out)
        put_layout(w, block);
    else
        put_run(w, block->start, block->end);
    nd_put(w->html, HTML("</p>\n"));
}

/* The cells from block i on that belong to one table; returns the block after it. */
static guint put_table(struct writer *w, const GArray *blocks, guint i)
{
    nd_put(w->html, HTML("<table><tbody>"));
    const struct nd_block *previous = NULL;
    for (; i < blocks->len; i++) {
        const struct nd_block *cell = &g_array_index(blocks, struct nd_block, i);
        if (cell->kind != ND_BLOCK_CELL || (previous && cell->row < previous->row))
            break;
        if (!previous || cell->row != previous->row)
            nd_put(w->html, previous ? HTML("</tr><tr>") : HTML("<tr>"));
        nd_put(w->html, HTML("<td id=\"p"), INTEGER(i + 1), HTML("\">"));
        put_run(w, cell->start, cell->end);
        nd_put(w->html, HTML("</td>"));
        previous = cell;
    }
    nd_put(w->html, HTML("</tr></tbody></table>\n"));
    return i;
}

void nd_put_document_text(struct nd_html *html, const struct nd_document_view *view, int64_t at)
{
    struct writer w = {.html = html, .view = view, .text = nd_document_text(view->text), .at = at};
    const GArray *blocks = view->text->blocks;
    w.header_end = header_end(&w, blocks);
    uint32_t page = 0;
    for (guint i = 0; i < blocks->len;) {
        const struct nd_block *block = &g_array_index(blocks, struct nd_block, i);
        if (block->page != page) {
            page = block->page;
            nd_put(html, HTML("<hr class=\"page\" id=\"page-"), INTEGER(page), HTML("\">\n"));
        }
        if (block->kind == ND_BLOCK_CELL) {
            i = put_table(&w, blocks, i);
        } else {
            put_block(&w, block, i + 1);
            i++;
        }
    }
}

void nd_put_document_outline(struct nd_html *html, const struct nd_document_view *view)
{
    const GArray *blocks = view->text->blocks;
    const struct nd_str text = nd_document_text(view->text);
    guint n_headings = 0;
    for (guint i = 0; i < blocks->len; i++)
        n_headings += g_array_index(blocks, struct nd_block, i).kind == ND_BLOCK_HEADING;
    if (n_headings < OUTLINE_MIN)
        return;
    nd_put(html, HTML("<h2>"), MSG(OUTLINE), HTML("</h2><ul class=\"facets\">"));
    for (guint i = 0; i < blocks->len; i++) {
        const struct nd_block *block = &g_array_index(blocks, struct nd_block, i);
        if (block->kind != ND_BLOCK_HEADING)
            continue;
        const struct nd_str heading = nd_str_slice(text, block->start, block->end);
        size_t cut = heading.n;
        if (cut > OUTLINE_BYTES)
            for (cut = OUTLINE_BYTES; (heading.p[cut] & 0xc0) == 0x80; cut--)
                continue;
        nd_put(html, HTML("<li class=\"level-"), INTEGER(MIN(block->level, 4)), HTML("\"><a href=\"#p"),
               INTEGER(i + 1), HTML("\"><span>"), SLICE(nd_str_slice(heading, 0, cut)),
               cut < heading.n ? HTML("…") : HTML(""), HTML("</span></a></li>"));
    }
    nd_put(html, HTML("</ul>"));
}
