#ifndef ND_QUERY_LANGUAGE_H
#define ND_QUERY_LANGUAGE_H

/*
 * The query language: what somebody typed, as a syntax tree. Pure: knows the fields, the document types and
 * the citation grammar, but no index. man/ndsearch-query.7 describes it for users.
 *
 *     query    = both { "OR" both }
 *     both     = together { "AND" together }
 *     together = item { item }                      everything side by side
 *     item     = near | "NOT" near | "-" near
 *     near     = primary { "NEAR" [ "/" n ] primary }
 *     primary  = words | phrase | word "*" | citation | "(" query ")" | field ":" value | relation ["+"] ":"
 * operand value    = text | phrase | from ".." to | "(" text { "OR" text } ")" operand  = citation | work key
 * | quoted name | "(" query ")" | "*"
 *
 * Whoever knows none of this is not told about it: a name before a colon that is no field, a lone quote, a
 * bracket without its partner, dashes and dots between words are text. Only what can have been meant as the
 * language, and is wrong, is an error.
 */

#include "base/auto.h"
#include "base/date.h"
#include "base/str.h"
#include "analyzers/citation/mention.h"
#include "corpus/store/fields.h"

#include <glib.h>

enum nd_node_kind {
    ND_NODE_ALL,      /* every document: an empty query, or one of exclusions only */
    ND_NODE_NOTHING,  /* no document: a query of punctuation only */
    ND_NODE_WORDS,    /* plain words, in any order */
    ND_NODE_PHRASE,   /* words in a row */
    ND_NODE_PREFIX,   /* words beginning so */
    ND_NODE_CITATION, /* documents that hold this citation */
    ND_NODE_FIELD,    /* one of these values */
    ND_NODE_RANGE,    /* dates, both ends included */
    ND_NODE_RELATION, /* documents in this relation to what the operand names */
    ND_NODE_TOGETHER, /* items side by side: words rank, the rest is required, NOT children excluded */
    ND_NODE_AND,
    ND_NODE_OR,
    ND_NODE_NOT, /* one child; stands only below TOGETHER and AND */
    ND_NODE_NEAR /* children within `distance` words of each other, in any order */
};

/* All strings are NUL-terminated, owned by the tree, and normalised (analyzers/text/normalize.h). */
struct nd_node {
    enum nd_node_kind kind;
    uint32_t start, end; /* bytes of the query as typed */
    GPtrArray *children; /* of struct nd_node *, or NULL */
    char *text;          /* WORDS, PHRASE, PREFIX; RELATION: the operand as typed, NULL for a nested query */
    const struct nd_field *field; /* FIELD, RANGE */
    GPtrArray *values;         /* FIELD: char *, written as the field's form says (corpus/store/fields.def) */
    struct nd_date from, to;   /* RANGE; year 0 is open */
    enum nd_relation relation; /* RELATION */
    bool inverse;              /* RELATION: implemented_by and its like */
    bool transitive;           /* RELATION: written with '+' */
    const struct nd_mention *citation; /* CITATION; RELATION: NULL for a work key, a nested query, or any */
    char *key;                         /* CITATION: nd_citation_key; RELATION: the same, or NULL */
    unsigned distance;                 /* NEAR */
};

struct nd_syntax {
    struct nd_node *root;                   /* never NULL */
    const struct nd_mention *only_citation; /* the query is this one citation and nothing else; or NULL */
    GPtrArray *nodes;                       /* owns every node */
    GPtrArray *mentions;                    /* of struct nd_mentions *: owns what the nodes point into */
};

/* Reads query, which need not be UTF-8. Fails with ND_ERROR_USAGE, or ND_ERROR_LIMIT for a query above the
 * caps of base/caps.h; then *position_out (may be NULL) is the byte of the query the message is about.
 * Caller frees with nd_syntax_free. */
struct nd_syntax *nd_syntax_parse(const char *query, size_t size, size_t *position_out, GError **error);
void nd_syntax_free(struct nd_syntax *syntax);
ND_DEFINE_AUTO(nd_syntax, nd_syntax_free)

/* The tree as text, one node a line, children indented: for --explain and for tests. Caller frees with
 * g_free. */
char *nd_syntax_dump(const struct nd_syntax *syntax);

/* A query with a caret under one place, two lines for a terminal: "sinh hoạt năm:xưa\n              ^".
 * Counts columns, not bytes; a long query is cut around the place. Caller frees with g_free. */
char *nd_syntax_caret(const char *query, size_t size, size_t position);

#endif
