#ifndef ND_QUERY_WORKS_H
#define ND_QUERY_WORKS_H

/* Works, aliases and edges of the catalogue as the structs of query.h; for the files of this room. */

#include "query/session.h"

/* The row ids (int64_t) of works that a statement gives for text and what the session may see, appended to
 * works; of one that several parts of the session know, one. */
bool nd_works_by(struct nd_session *session, enum nd_statement_id statement, const char *text, GArray *works,
                 GError **error);

/* The key of a work; caller frees with g_free. */
char *nd_work_key(struct nd_session *session, int64_t work, GError **error);

/* The same work in each part of the session that knows it, and the session may see (int64_t), into *out,
 * which is emptied first. In a session of one index that is the work itself. */
bool nd_work_everywhere(struct nd_session *session, int64_t work, GArray *out, GError **error);

/* Works whose alias is the name that a citation without number gives. */
bool nd_works_by_mention_name(struct nd_session *session, const struct nd_mention *citation, GArray *works,
                              GError **error);

/* Whether a citation names a law without saying which edition: the newest is meant, the others are former
 * ones. */
bool nd_names_editions(const struct nd_mention *citation);

/* text with its first letter and that of word n (from 0) as capitals: "luật đất đai" as documents write it,
 * "Luật Đất đai", for n = 1; and the Roman numbers of congresses and terms of office: "Nghị quyết đại hội
 * XIII". Names begin with a type of up to so many words ("luật", "pháp lệnh"). Caller frees with g_free. */
enum { ND_TITLE_TYPE_WORDS = 2 };
char *nd_work_title_case(const char *text, unsigned n);

/* Works that a document's title or alias is this name of. */
bool nd_works_by_name(struct nd_session *session, struct nd_str name, GArray *works, GError **error);

/* The card of a work without aliases and counts; NULL without error where the session may not see it. */
struct nd_work_card *nd_work_card_brief(struct nd_session *session, int64_t work, GError **error);

/* The same with aliases, counts and what replaced it. */
struct nd_work_card *nd_work_card_full(struct nd_session *session, int64_t work, GError **error);

/* Brief cards of works (int64_t), one for each in their order; array of struct nd_work_card *. */
GPtrArray *nd_work_cards_of(struct nd_session *session, const GArray *works, GError **error);
/* The same, those whose text is here first, or, of the editions of a law, the newest;
 */
GPtrArray *nd_work_cards_brief(struct nd_session *session, const GArray *works, bool editions,
                               GError **error);

/* The works (int64_t) that some relation joins to a work, either way, into *out, which is emptied first. */
bool nd_work_neighbours(struct nd_session *session, int64_t work, GArray *out, GError **error);

/* Which edges are wanted. */
struct nd_edge_request {
    enum nd_statement_id statement; /* EDGES_OUT, EDGES_IN, EDGES_POSSIBLE: of a work; EDGES_OF_DOCUMENT */
    const char *group;              /* of EDGES_POSSIBLE: nd_work_group */
    int64_t id;
    unsigned relations;  /* 1 << enum nd_relation */
    const GArray *works; /* keep those whose other end is one of these (int64_t); NULL for all */
    bool source_once;    /* of each source only the strongest edge */
    unsigned unless;     /* with source_once: not from sources that do one of these at least as strongly */
    size_t cap;          /* at most so many; 0: all */
    size_t n_evidence;   /* fill evidence, mark and span of the first so many */
};

/* Array of struct nd_evidence *, strongest first; caller frees with g_ptr_array_unref. */
GPtrArray *nd_edges_find(struct nd_session *session, const struct nd_edge_request *request, GError **error);

#endif
