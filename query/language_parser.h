#ifndef ND_QUERY_LANGUAGE_PARSER_H
#define ND_QUERY_LANGUAGE_PARSER_H

/*
 * The parts of the query parser, shared by its three files and nobody else: language_scan.c looks at
 * characters, language_named.c reads fields and relations, language.c is the grammar. Places are bytes of the
 * normalised query except in nodes and in error_at; `end` is where the innermost bracket ends.
 */

#include "analyzers/text/normalize.h"
#include "query/language.h"
#include "query/names.h"

enum { ND_NO_PARTNER = -1 };

struct nd_parser {
    struct nd_syntax *syntax;
    struct nd_normalized normalized;
    struct nd_str text;
    int32_t *partner; /* of each byte that opens or closes a quote or bracket: where its partner is; else
                         ND_NO_PARTNER */
    size_t at;
    unsigned depth, n_words, n_parts;
    size_t error_at;
    GError **error;
};

enum nd_operator { ND_OPERATOR_NONE, ND_OPERATOR_AND, ND_OPERATOR_OR, ND_OPERATOR_NOT, ND_OPERATOR_NEAR };

/* ---- language_scan.c ---- */

/* Sets the error and its place; returns NULL. */
void *nd_parser_fail(struct nd_parser *self, int code, size_t at, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* Counts one primary of the grammar; false, with the error set, above the cap. */
bool nd_parser_count_part(struct nd_parser *self, size_t at);
struct nd_node *nd_parser_node(struct nd_parser *self, enum nd_node_kind kind, size_t start, size_t end);
struct nd_node *nd_parser_node_over(struct nd_parser *self, enum nd_node_kind kind, struct nd_node *child);
/* A node with text, its words counted; NULL above the cap. */
struct nd_node *nd_parser_text_node(struct nd_parser *self, enum nd_node_kind kind, struct nd_str text,
                                    size_t start, size_t end);
void nd_node_add_child(struct nd_node *node, struct nd_node *child);
void nd_parser_node_free(gpointer node);
void nd_parser_mentions_free(gpointer mentions);

/* Finds the partner of each quote and bracket. Those without one are text, so that a pasted half sentence is
 * a query like any other. Brackets within quotes are text. */
void nd_parser_find_partners(struct nd_parser *self);
/* Whether the byte at i opens a quote or bracket that is closed later. */
bool nd_parser_opens(const struct nd_parser *self, size_t i);
/* The content of the quote that opens at self->at; goes behind it. */
struct nd_str nd_parser_take_quoted(struct nd_parser *self);

bool nd_parser_is_space(char c);
void nd_parser_skip_space(struct nd_parser *self, size_t end);
/* Whether the character at i is a letter, digit or mark; *length_out is its length in bytes. */
bool nd_parser_is_word_character(struct nd_str text, size_t i, size_t *length_out);
bool nd_parser_has_word(struct nd_str text);
/* The end of the word at i: up to a space, or a quote or bracket that has a partner. */
size_t nd_parser_word_end(const struct nd_parser *self, size_t i, size_t end);

/* The operator written at i, *after_out the byte behind it, *distance_out the n of NEAR/n. */
enum nd_operator nd_parser_operator_at(const struct nd_parser *self, size_t i, size_t end, size_t *after_out,
                                       unsigned *distance_out);
/* A name with its colon at i ("loại:", "implements+:"). The name is without '+'; *after_out is behind the
 * colon. */
bool nd_parser_name_at(const struct nd_parser *self, size_t i, size_t end, struct nd_str *name_out,
                       bool *plus_out, size_t *after_out);
/* Whether a dash at i excludes what follows it. */
bool nd_parser_minus_at(const struct nd_parser *self, size_t i, size_t end);

/* ---- language_named.c ---- */

/* A field or relation at self->at. Sets *found_out to false, and nothing else, where there is none. */
struct nd_node *nd_parse_named(struct nd_parser *self, size_t end, bool *found_out);

/* ---- language.c ---- */

/* The whole grammar, up to end. */
struct nd_node *nd_parse_or(struct nd_parser *self, size_t end);

#endif
