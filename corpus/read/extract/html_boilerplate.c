#include "corpus/read/extract/html_boilerplate.h"

#include "base/utf8.h"

enum {
    LINK_BLOCK_BYTES = 200, /* a menu item is short ... */
    LINK_RUN = 4,           /* ... and has neighbours of its kind */
    SITE_HEAD_BYTES = 4000, /* what a site writes above a document, at most */
    START_BYTES = 100       /* of a block that are looked at */
};

static void mark_boilerplate(struct nd_block *block)
{
    block->kind = ND_BLOCK_BOILERPLATE;
    block->level = 0;
}

/* Short blocks that are links and stand in a row are a menu. */
static void mark_menus(struct nd_document *doc, guint first, const GArray *link_bytes)
{
    guint run = 0, n = MIN(doc->blocks->len, first + link_bytes->len);
    for (guint i = first; i <= n; i++) {
        bool menu = false;
        if (i < n) {
            const struct nd_block *b = &g_array_index(doc->blocks, struct nd_block, i);
            size_t size = b->end - b->start;
            menu = size <= LINK_BLOCK_BYTES && g_array_index(link_bytes, size_t, i - first) * 10 >= size * 7;
        }
        if (menu) {
            run++;
            continue;
        }
        for (guint k = i - run; run >= LINK_RUN && k < i; k++)
            mark_boilerplate(&g_array_index(doc->blocks, struct nd_block, k));
        run = 0;
    }
}

static struct nd_block *get_block(const struct nd_document *doc, guint i)
{
    return &g_array_index(doc->blocks, struct nd_block, i);
}

/* start is in lower case. */
static bool block_begins(const struct nd_builder *builder, guint i, const char *start)
{
    struct nd_str text = nd_builder_block_text(builder, i);
    g_autofree char *folded =
        g_utf8_strdown(text.p, (gssize)nd_utf8_floor(text, MIN(text.n, (size_t)START_BYTES)));
    return g_str_has_prefix(folded, start);
}

/* Whether a block before the country's name may be of the same head: the issuer in capitals, the number. */
static bool belongs_to_head(const struct nd_builder *builder, const struct nd_document *doc, guint i)
{
    if (get_block(doc, i)->kind == ND_BLOCK_CELL)
        return true;
    if (get_block(doc, i)->kind == ND_BLOCK_BOILERPLATE)
        return false;
    struct nd_str text = nd_builder_block_text(builder, i);
    bool small = false;
    for (size_t at = 0, n; at < text.n && !small; at += n)
        small = g_unichar_islower(nd_utf8_decode(text, at, &n));
    return !small || block_begins(builder, i, "số");
}

/* The lines of the site's owner at the end: "© …", "Bản quyền thuộc về …" and all behind it. */
static void mark_legal_notice(const struct nd_builder *builder, struct nd_document *doc, guint first)
{
    static const char *const starts[] = {"©",
                                         "copyright",
                                         "bản quyền",
                                         "giấy phép số",
                                         "giấy phép thiết lập",
                                         "ghi rõ nguồn",
                                         "cơ quan chủ quản",
                                         "chịu trách nhiệm chính",
                                         "đơn vị chủ quản",
                                         "thiết kế và",
                                         "thiết kế bởi",
                                         "tổng số lượt truy cập",
                                         "lượt truy cập",
                                         "số lượt truy cập",
                                         "số người truy cập",
                                         "đang truy cập",
                                         "powered by",
                                         "all rights reserved"};
    guint n = doc->blocks->len;
    bool found = false;
    for (guint i = MAX(first, n - MIN(n, 12u)); i < n; i++) {
        for (unsigned k = 0; k < G_N_ELEMENTS(starts) && !found; k++)
            found = block_begins(builder, i, starts[k]);
        if (found)
            mark_boilerplate(get_block(doc, i));
    }
}

/* The heading of a menu goes with it. */
static void mark_menu_headings(struct nd_document *doc, guint first)
{
    for (guint i = first; i + 1 < doc->blocks->len; i++)
        if (get_block(doc, i)->kind == ND_BLOCK_HEADING &&
            get_block(doc, i + 1)->kind == ND_BLOCK_BOILERPLATE)
            mark_boilerplate(get_block(doc, i));
}

/*
 * An official document begins with its head: who issues it, beside the country's or the Party's name. What
 * stands before that on a page with menus is the site's. Source: Decree 30/2020/NĐ-CP, appendix I, section
 * II.
 */
static void mark_before_head(const struct nd_builder *builder, struct nd_document *doc, guint first)
{
    static const char *const names[] = {"cộng hòa xã hội chủ nghĩa việt nam",
                                        "cộng hoà xã hội chủ nghĩa việt nam", "đảng cộng sản việt nam"};
    guint head = first;
    bool found = false, menus = false;
    for (; head < doc->blocks->len && !found; head += !found) {
        menus |= get_block(doc, head)->kind == ND_BLOCK_BOILERPLATE;
        for (unsigned k = 0; k < G_N_ELEMENTS(names) && get_block(doc, head)->kind != ND_BLOCK_BOILERPLATE;
             k++)
            found |= block_begins(builder, head, names[k]);
    }
    if (!found || !menus || get_block(doc, head)->end - get_block(doc, first)->start > SITE_HEAD_BYTES)
        return;
    while (head > first && belongs_to_head(builder, doc, head - 1))
        head--;
    for (guint i = first; i < head; i++)
        mark_boilerplate(get_block(doc, i));
}

/* A page whose markup calls nearly everything a menu is not told apart: all of it is the document then. */
static void undo_if_nothing_is_left(struct nd_document *doc, guint first)
{
    size_t boilerplate = 0, rest = 0;
    for (guint i = first; i < doc->blocks->len; i++) {
        const struct nd_block *b = &g_array_index(doc->blocks, struct nd_block, i);
        *(b->kind == ND_BLOCK_BOILERPLATE ? &boilerplate : &rest) += b->end - b->start;
    }
    for (guint i = first; rest * 10 < boilerplate && i < doc->blocks->len; i++) {
        struct nd_block *b = &g_array_index(doc->blocks, struct nd_block, i);
        b->kind = b->kind == ND_BLOCK_BOILERPLATE ? ND_BLOCK_PARAGRAPH : b->kind;
    }
}

void nd_html_mark_boilerplate(struct nd_builder *builder, guint first, const GArray *link_bytes)
{
    struct nd_document *doc = nd_builder_document(builder);
    mark_menus(doc, first, link_bytes);
    mark_menu_headings(doc, first);
    mark_legal_notice(builder, doc, first);
    mark_before_head(builder, doc, first);
    undo_if_nothing_is_left(doc, first);
}
