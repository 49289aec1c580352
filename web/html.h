#ifndef ND_WEB_HTML_H
#define ND_WEB_HTML_H

/*
 * How pages are written. Every byte of a page goes through nd_html_put as a piece, and every piece says what
 * it is, so that text from outside cannot reach a page unescaped:
 *
 *     nd_put(html, HTML("<a href=\""), BASE, HTML("/work/"), URL(key), HTML("\">"), TEXT(title),
 * HTML("</a>"));
 *
 * HTML() takes string literals only. The same pieces write Atom, OpenSearch and SVG, which are XML: TEXT and
 * ATTR also replace what XML 1.0 cannot hold.
 *
 * Source: WHATWG HTML, section 13.1 (syntax); XML 1.0 fifth edition, section 2.2 (characters);
 * RFC 3986, section 2.3 (unreserved characters).
 */

#include "base/date.h"
#include "base/str.h"
#include "web/message.h"

enum nd_piece_kind {
    ND_PIECE_END,
    ND_PIECE_LITERAL,
    ND_PIECE_TEXT,  /* between tags, or inside a quoted attribute */
    ND_PIECE_URL,   /* one component of an address: a path segment or a query value */
    ND_PIECE_QUERY, /* a value behind "=", in an attribute: shorter than URL, letters with accents stay */
    ND_PIECE_PATH,  /* the same with '/' kept: work keys in paths, where Apache refuses %2F */
    ND_PIECE_INTEGER,
    ND_PIECE_NUMBER, /* grouped in the reader's language: 1.234 */
    ND_PIECE_DATE,   /* for people, inside <time> */
    ND_PIECE_MESSAGE,
    ND_PIECE_BASE,     /* where the site is mounted: "" or "/tra-cuu" */
    ND_PIECE_LANGUAGE, /* the literal and "lang=en" when the reader chose a language, else nothing */
};

struct nd_piece {
    enum nd_piece_kind kind;
    union {
        struct nd_str str;
        int64_t integer;
        struct nd_date date;
        enum nd_message message;
    };
};

/* A page being written. */
struct nd_html {
    GString *out;              /* borrowed */
    enum nd_language language; /* of messages, numbers and dates */
    const char *base;          /* borrowed; checked by nd_request_read */
    bool language_chosen;      /* by parameter: links must carry it on */
};

#define HTML(literal)   ((struct nd_piece){.kind = ND_PIECE_LITERAL, .str = {"" literal, sizeof(literal) - 1}})
#define TEXT(c_string)  ((struct nd_piece){.kind = ND_PIECE_TEXT, .str = nd_str_from_c(c_string)})
#define SLICE(s)        ((struct nd_piece){.kind = ND_PIECE_TEXT, .str = (s)})
#define ATTR(c_string)  TEXT(c_string)
#define URL(c_string)   ((struct nd_piece){.kind = ND_PIECE_URL, .str = nd_str_from_c(c_string)})
#define QUERY(c_string) ((struct nd_piece){.kind = ND_PIECE_QUERY, .str = nd_str_from_c(c_string)})
#define PATH(c_string)  ((struct nd_piece){.kind = ND_PIECE_PATH, .str = nd_str_from_c(c_string)})
#define INTEGER(i)      ((struct nd_piece){.kind = ND_PIECE_INTEGER, .integer = (int64_t)(i)})
#define NUMBER(i)       ((struct nd_piece){.kind = ND_PIECE_NUMBER, .integer = (int64_t)(i)})
#define DATE(d)         ((struct nd_piece){.kind = ND_PIECE_DATE, .date = (d)})
#define MSG(name)       ((struct nd_piece){.kind = ND_PIECE_MESSAGE, .message = ND_MESSAGE_##name})
#define MESSAGE(m)      ((struct nd_piece){.kind = ND_PIECE_MESSAGE, .message = (m)})
#define BASE            ((struct nd_piece){.kind = ND_PIECE_BASE})

/* Ends an address that has no parameters yet, or some: the next page speaks the language chosen on this one.
 */
#define WITH_LANGUAGE ((struct nd_piece){.kind = ND_PIECE_LANGUAGE, .str = ND_STR("?")})
#define AND_LANGUAGE  ((struct nd_piece){.kind = ND_PIECE_LANGUAGE, .str = ND_STR("&amp;")})

/* Writes pieces up to the first of kind ND_PIECE_END. */
void nd_html_put(struct nd_html *html, const struct nd_piece *pieces);

#define nd_put(html, ...) nd_html_put(html, (const struct nd_piece[]){__VA_ARGS__, {.kind = ND_PIECE_END}})

/* The escape functions behind TEXT, URL and PATH. */
void nd_html_escape(GString *out, struct nd_str text);
void nd_html_escape_url(GString *out, struct nd_str component);
/* A value behind "=" of an address that stands in an attribute: a space is '+', letters with accents stay as
 * they are, which browsers encode themselves (WHATWG URL). Not for headers. */
void nd_html_escape_query(GString *out, struct nd_str value);
void nd_html_escape_path(GString *out, struct nd_str path);

#endif
