#ifndef ND_ANALYZERS_CITATION_GRAMMAR_H
#define ND_ANALYZERS_CITATION_GRAMMAR_H

/*
 * The rules of grammar.def, compiled at build time (lexicon_build.c), and the matcher that tries them at one
 * place of the text. Rules are tried in their order and the first that fits wins; inside a rule optional
 * parts are taken when they fit and never given back. An attempt therefore reads each token at most once a
 * rule.
 */

#include "analyzers/citation/parse.h"

/* Tries every rule at p->at, which stands behind a type word (draft.type_word, draft.type) or on a number. On
 * success draft.kind, rule, confidence, span.end and the fields are set and p->at stands behind the core. */
bool nd_grammar_match(struct nd_parse *p);

#endif
