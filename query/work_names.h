#ifndef ND_QUERY_WORK_NAMES_H
#define ND_QUERY_WORK_NAMES_H

/* What people type as the name of a work: its key, a citation, a title without capitals or without accents.
 */

#include "query/language.h"
#include "query/session.h"

/* text with its first letter and that of word n (from 0) as capitals: "luật đất đai" as documents write it,
 * "Luật Đất đai", for n = 1; and the Roman numbers of congresses and terms of office: "Nghị quyết đại hội
 * XIII". Names begin with a type of up to so many words ("luật", "pháp lệnh"). Caller frees with g_free. */
enum { ND_TITLE_TYPE_WORDS = 2 };
char *nd_work_title_case(const char *text, unsigned n);

/* The card of what a query names that is one citation or one name and nothing else, into results->card; what
 * else it may mean, into results->candidates. restored: its words with their accents, or NULL. */
bool nd_query_card(struct nd_session *session, const struct nd_syntax *syntax, const char *restored,
                   struct nd_results *results, GError **error);

#endif
