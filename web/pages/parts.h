#ifndef ND_WEB_PAGES_PARTS_H
#define ND_WEB_PAGES_PARTS_H

/*
 * Pieces that several pages are made of.
 */

#include "web/pages/page.h"

/* The query of a request: the words that were typed and the fields that narrow them. Caller frees with
 * g_free. */
char *nd_search_text(const struct nd_request *request);

/* The answer to pasted text, its citations one by one; *answered_out is false when it has fewer than two and
 * nothing was written. */
bool nd_page_pasted(struct nd_visit *visit, bool *answered_out, GError **error);

/* An Atom feed of search results, newest first. */
struct nd_feed {
    const char *title;
    const char *address; /* of the page it belongs to, behind the origin, escaped: "/work/21-NQ/TW~XIII" */
};
void nd_put_feed(struct nd_visit *visit, const struct nd_results *results, const struct nd_feed *feed);

/* "Ban Tổ chức Trung ương" for "BTCTW"; the code itself when it is not known. */
const char *nd_issuer_name(const char *code);

/* The type's word in the reader's language: word is what nd_hit.type_word says; the code itself without one.
 */
const char *nd_type_word(const char *code, const char *word, enum nd_language language);

/* The name of a level as nd_level_name writes it, or of a relation, in the reader's language. */
void nd_put_level(struct nd_html *html, const char *level);
enum nd_message nd_relation_message(enum nd_relation relation, bool inverse);

/* A hit: number, issuer, place, date, title as a link, passages. query (may be NULL) goes along, so that the
 * document page marks it. */
void nd_put_hit(struct nd_html *html, const struct nd_hit *hit, const char *query);

/* The address of a document page, without quotes; query may be NULL; `at` is a byte of the text to open at,
 * or -1. */
void nd_put_document_address(struct nd_html *html, const char *key, const char *query, int64_t at);

/* One line for a work: its number as a link to its page, title, date, whether its text is here. */
void nd_put_work_line(struct nd_html *html, const struct nd_work_card *work);

/* A link to a work's page, its text as nd_work_label has it. */
void nd_put_work_link(struct nd_html *html, const char *key, const char *code, const char *type,
                      const char *title);

/* The type word and the title in one, as people say it: "Kế hoạch thực hiện Nghị quyết ...". */
void nd_put_title(struct nd_html *html, const char *type, const char *title);

/* text with the ranges marks wrapped in <mark>. */
void nd_put_marked(struct nd_html *html, struct nd_str text, const struct nd_range *marks, size_t n_marks);

#endif
