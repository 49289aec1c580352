#ifndef ND_QUERY_QUERY_H
#define ND_QUERY_QUERY_H

/*
 * The library that programs ask an index through: ndsearch, ndgraph and the web server use this header, and
 * nothing below it. A session is an open index as one reader may see it; every answer is a plain struct that
 * owns what it points to and outlives the session. Strings are UTF-8 and NUL-terminated, NULL where the index
 * does not know, unless a member says otherwise.
 *
 * Visibility: a session is opened with the highest secrecy stamp its reader may see. Documents above it do
 * not exist for the session: they are in no result, count, facet, suggestion, document view or graph answer,
 * and no word, name, date or title that only they have is used or shown. (Work keys and weights are made of
 * all documents.)
 *
 * A session belongs to one thread. Each call sees the newest committed state of the index and is repeated by
 * itself when a writer commits meanwhile; when that does not help it fails with ND_ERROR_CHANGED.
 */

#include "base/auto.h"
#include "base/date.h"
#include "base/document.h"
#include "base/str.h"
#include "analyzers/citation/metadata.h"
#include "analyzers/citation/mention.h"

#include <glib.h>

struct nd_session;

/* Fails with ND_ERROR_INDEX: no index, another version, a stub of several or of one elsewhere (index.h).
 * Caller closes with nd_session_close. */
struct nd_session *nd_session_open(const char *index_dir, enum nd_secrecy visible, GError **error);
/* The same, and several indexes behind a stub are one: for nd_search, nd_why_find and nd_complete, and for
 * nothing else. Works that several of them know are joined by their keys; what one index learned of names and
 * identities the others do not use. */
struct nd_session *nd_session_open_joined(const char *index_dir, enum nd_secrecy visible, GError **error);
/* For a process that asks once, and nothing that looks at most of the collection: the answer comes sooner. */
void nd_session_expect_few(struct nd_session *session);
void nd_session_close(struct nd_session *session);
ND_DEFINE_AUTO(nd_session, nd_session_close)

/* ---- searching ---- */

enum nd_sort {
    ND_SORT_RELEVANCE,
    ND_SORT_DATE,      /* oldest first */
    ND_SORT_DATE_DOWN, /* newest first */
    ND_SORT_TITLE,
    ND_SORT_CITATIONS, /* most cited first */
    ND_N_SORTS
};

/* "relevance", "date", "-date", "title", "citations". */
const char *nd_sort_name(enum nd_sort sort);
bool nd_sort_parse(const char *name, enum nd_sort *out);

enum nd_facets {
    ND_FACETS_NONE,
    ND_FACETS_FIELDS, /* by type, issuer, level, place, year */
    ND_FACETS_ALL,    /* and by relation, which asks the catalogue for each of hundreds of hits */
};

/* Zero for what is not wanted, except limit. */
struct nd_search_request {
    const char *query; /* any bytes; the query language is in language.h and ndsearch-query.7 */
    size_t query_size;
    uint32_t offset, limit; /* together at most ND_CAP_RESULT_WINDOW */
    uint32_t until; /* nd_results.until of the first page, for the others: what came later is left out */
    enum nd_sort sort;
    unsigned n_passages; /* passages of text with each hit */
    enum nd_facets facets;
    uint32_t facet_sample; /* count facets over at least so many matches; 0: over all */
    bool exact;            /* count all matches, whatever it costs */
    bool card;             /* for a query that is one citation: its work's card (nd_results.card) */
    bool explain;          /* fill nd_results.explanation */
    bool bare;             /* only id, key and score of each hit */
    bool fold; /* files of one work and day on a page are one hit, the others are its other_files */
};

/* A passage in the document's own spelling, line breaks turned into spaces; never cut inside a word. */
struct nd_passage {
    char *text;
    struct nd_range *marks; /* the hits, bytes of `text`, ascending, not overlapping */
    size_t n_marks;
    char *heading;              /* headings it stands under, " › " between them; NULL without */
    uint32_t page;              /* from 1; 0 where the format has no pages */
    struct nd_range source;     /* where it stands in the document's original text */
    bool cut_before, cut_after; /* the sentence or block goes on */
};

/* One reason of the graph: this document does that to that work. */
struct nd_evidence {
    char *source_key, *source_code,
        *source_title; /* the citing work; key NULL when its identity is not known */
    char *target_key, *target_code, *target_title, *target_type;
    enum nd_relation relation;
    enum nd_strength strength;
    bool proposed;
    double confidence;
    bool possible;        /* the citation may mean another work of the same code instead */
    char *evidence;       /* the sentence that says so */
    struct nd_range mark; /* the citation within it */
    char *path;           /* of the file the evidence stands in */
    char *document;       /* key of the document the evidence stands in */
    struct nd_range span; /* of the citation in that document's original text */
    char *rule;           /* how it was concluded */
    char *reported_by;    /* work key of the document that reports it, when that is not the source itself */
    enum nd_level level;  /* of the source document */
    char *place, *type;   /* of the source document */
    struct nd_date date;  /* of the source document */
};
void nd_evidence_free(struct nd_evidence *evidence);
ND_DEFINE_AUTO(nd_evidence, nd_evidence_free)

/* A further file of a hit. */
struct nd_other_file {
    char *document; /* key */
    char *path;     /* bytes */
};

struct nd_hit {
    int64_t id; /* holds only until the index changes */
    char *key;  /* the document's key: stable, part of web addresses */
    double score;
    char *title, *type, *number, *code, *issuer, *place, *signer;
    const char *type_word; /* static, see nd_metadata; else the only one of its type; or NULL */
    enum nd_level level;
    struct nd_date date;
    enum nd_secrecy secrecy;
    char *path;                        /* bytes */
    char *work;                        /* key of the work it is */
    uint32_t rank;                     /* among the matches, from 1: counts those folded into others, too */
    uint32_t n_copies;                 /* other files with the same content */
    struct nd_other_file *other_files; /* hits folded into this one, which say the same in another file */
    size_t n_other_files;
    struct nd_passage *passages;
    size_t n_passages;
    GPtrArray *edges; /* of struct nd_evidence *: why it matches relation operators; NULL without any */
};

struct nd_facet_value {
    char *value; /* as a query takes it: "KH", "LAI-CHAU", "2018", "implements" */
    char *label; /* for people: "Kế hoạch", "Lai Châu" */
    uint32_t n;
    bool chosen; /* the query already asks for it */
};

struct nd_facet {
    char *name; /* of the field in a query: "type", "issuer", "level", "place", "year", "relation" */
    bool exact; /* counted over all matches, each of them sure; otherwise numbers are estimates or, of the
                 * first ones, lower bounds */
    struct nd_facet_value *values; /* most frequent first; years newest first */
    size_t n_values;
};

struct nd_work_card; /* below */

struct nd_results {
    uint64_t n_matches;
    bool n_matches_exact;
    uint32_t offset;
    uint32_t until; /* the generation of the index, by which the next page shows the same collection; 0 where
                     * that cannot be told (several shards) */
    struct nd_hit *hits;
    size_t n_hits;
    struct nd_facet *facets;
    size_t n_facets;
    struct nd_work_card *card; /* see nd_search_request.card; NULL without */
    GPtrArray *candidates; /* of struct nd_work_card *: the query is a citation that fits several, or no more
                            * than a type and a number, or, beside a card, the former editions of that law;
                            * NULL otherwise */
    uint32_t n_other_candidates; /* that fit as well and are not among them: too many have that number */
    char *corrected; /* the query as it was probably meant, accents restored or spelling corrected; or NULL */
    char **remarks;  /* NULL-terminated sentences in the user's language: what would find more; maybe empty */
    char *explanation; /* nd_search_request.explain */
    double seconds;
};

/* Fails with ND_ERROR_USAGE (then *position_out, which may be NULL, is the byte of the query the message is
 * about), ND_ERROR_LIMIT, ND_ERROR_NOT_FOUND (a relation operator names a work nobody knows),
 * ND_ERROR_CHANGED, ND_ERROR_IO. No match is no failure. Caller frees with nd_results_free. */
struct nd_results *nd_search(struct nd_session *session, const struct nd_search_request *request,
                             size_t *position_out, GError **error);
void nd_results_free(struct nd_results *results);
ND_DEFINE_AUTO(nd_results, nd_results_free)

/* The ids (int64_t, struct nd_hit.id) of all documents that a query finds, however many, in no order. Fails
 * as nd_search does. Caller frees with g_array_unref. */
GArray *nd_search_ids(struct nd_session *session, const char *query, GError **error);

/* What a reader may be about to type: whole words, citations, titles that begin like prefix, likeliest first,
 * at most cap. NULL-terminated; caller frees with g_strfreev. */
char **nd_suggest(struct nd_session *session, const char *prefix, size_t cap, GError **error);

/* A part of a query and whether one document satisfies it. */
struct nd_why_part {
    char *text;    /* of the query */
    bool excluded; /* stands behind NOT: a match keeps the document out */
    bool matches;
    char *advice; /* what would match instead, a sentence in the user's language; NULL without */
};

/* Why a query finds a document or does not. */
struct nd_why {
    char
        *shown_as; /* path of the document that results show in its place, which has the same text; or NULL */
    bool matches;
    uint32_t rank; /* among the results, from 1; 0 beyond ND_CAP_RESULT_WINDOW or without a match */
    struct nd_why_part *parts; /* of a query of several parts, each by itself; else the one */
    size_t n_parts;
};

/* path is of a file as it was indexed (absolute). ND_ERROR_NOT_FOUND when the index has no document of it;
 * errors of the query as nd_search. Caller frees with nd_why_free. */
struct nd_why *nd_why_find(struct nd_session *session, const char *path, const char *query,
                           size_t *position_out, GError **error);
void nd_why_free(struct nd_why *why);
ND_DEFINE_AUTO(nd_why, nd_why_free)

/* ---- documents ---- */

enum nd_link_state { ND_LINK_HERE, ND_LINK_ABSENT, ND_LINK_AMBIGUOUS, ND_LINK_UNKNOWN };

/* A citation in a document's text. */
struct nd_link {
    struct nd_range span; /* bytes of the text, ascending, not overlapping */
    enum nd_link_state state;
    char *work;     /* key, for HERE and ABSENT */
    char *document; /* key of the cited document, for HERE */
    char *title;    /* of the work, for a tooltip */
    enum nd_relation relation;
    double confidence; /* 0 to 1: that it was read and resolved right */
    char **candidates; /* work keys, for AMBIGUOUS; NULL-terminated */
};

struct nd_document_view {
    struct nd_hit header;     /* without score and passages */
    struct nd_document *text; /* original text and blocks */
    struct nd_link *links;
    size_t n_links;
    struct nd_range *marks; /* words of the query it was opened with */
    size_t n_marks;
    char **copies; /* paths of other files with the same content; NULL-terminated */
};

/* document is its key. query, where not NULL, is marked in the text. ND_ERROR_NOT_FOUND without such a
 * document. Caller frees with nd_document_view_free. */
struct nd_document_view *nd_document_view(struct nd_session *session, const char *document, const char *query,
                                          GError **error);
void nd_document_view_free(struct nd_document_view *view);
ND_DEFINE_AUTO(nd_document_view, nd_document_view_free)

/* ---- works and their relations ---- */

struct nd_work_alias {
    char *text;     /* "Nghị quyết Trung ương 4 (khóa XI)" */
    char *document; /* key of the document that taught it; NULL for one of the authority files */
};

/* The card of a work. */
struct nd_work_card {
    char *key, *code, *type, *title, *issuer, *place, *term;
    const char *type_word; /* static, that of its document; else the only one of its type; or NULL */
    enum nd_level level;
    struct nd_date date;
    char *document, *path; /* where its text is; NULL when only other documents know it */
    struct nd_work_alias *aliases;
    size_t n_aliases;
    uint32_t n_out[ND_N_RELATIONS],
        n_in[ND_N_RELATIONS]; /* documents it relates to so, and that relate to it so */
    GPtrArray *replaced_by;   /* of struct nd_evidence *: what replaces or repeals it, oldest first */
    uint32_t n_documents_citing;
};
void nd_work_card_free(struct nd_work_card *card);
ND_DEFINE_AUTO(nd_work_card, nd_work_card_free)

/* work is a work key. ND_ERROR_NOT_FOUND for one nobody knows. */
struct nd_work_card *nd_work_view(struct nd_session *session, const char *work, GError **error);

/* The other editions of a law, by its name, newest first: array of struct nd_work_card * as nd_work_find has
 * them, empty for a work that is not known by its name. Caller frees with g_ptr_array_unref. */
GPtrArray *nd_work_editions(struct nd_session *session, const struct nd_work_card *work, GError **error);

/* The works that text, typed by somebody, may name: a work key, a code in any spelling, a name or alias. One,
 * several (ask back), or none (empty array, no error). Array of struct nd_work_card *, likeliest first,
 * caller frees with g_ptr_array_unref. Cards come without aliases and counts. */
GPtrArray *nd_work_find(struct nd_session *session, const char *text, GError **error);

/* The same, failing with ND_ERROR_NOT_FOUND when there is none or more than one; but of the editions of a law
 * that only its name was given of, the newest is meant; and a key that nobody knows fails with whatever else
 * has its number. *candidates_out (may be NULL), always set, is what nd_work_find gave. Returns the key;
 * caller frees with g_free. */
char *nd_work_resolve(struct nd_session *session, const char *text, GPtrArray **candidates_out,
                      GError **error);

enum nd_direction { ND_OUT = 1, ND_IN = 2, ND_BOTH = 3 };

/* The relations of a work, strongest evidence first. relations is a set of 1 << enum nd_relation, 0 for all.
 * Array of struct nd_evidence *; caller frees with g_ptr_array_unref. */
GPtrArray *nd_work_edges(struct nd_session *session, const char *work, enum nd_direction direction,
                         unsigned relations, GError **error);
/* The citations here that may mean the work or another of its code, with the relation they state: as
 * relations of the work that are `possible`. */
GPtrArray *nd_work_possible_edges(struct nd_session *session, const char *work, unsigned relations,
                                  GError **error);
/* The first `cap` of them in each direction (0: all), with the sentence that says so, its mark and its span
 * for the first n_evidence only: for works that thousands rest on. */
GPtrArray *nd_work_edges_first(struct nd_session *session, const char *work, enum nd_direction direction,
                               unsigned relations, size_t cap, size_t n_evidence, GError **error);
/* The works that do some of relations to a work, each with the strongest edge that says so, strongest first:
 * at most cap of them (0: all), and none that does one of `unless` at least as strongly. Array and evidence
 * as above. Of a session of several indexes a work that several know comes once for each. */
GPtrArray *nd_work_sources(struct nd_session *session, const char *work, unsigned relations, unsigned unless,
                           size_t cap, size_t n_evidence, GError **error);
/* The places whose documents of a level do some of relations to a work: names, each with the greatest enum
 * nd_strength plus one. Caller frees with g_hash_table_unref. */
GHashTable *nd_work_places(struct nd_session *session, const char *work, unsigned relations,
                           enum nd_level level, GError **error);

struct nd_graph_node {
    char *key, *code, *title, *type, *place;
    enum nd_level level;
    struct nd_date date;
    char *document;    /* NULL when absent */
    unsigned distance; /* steps from the centre */
};

struct nd_graph {
    struct nd_graph_node *nodes; /* nodes[0] is the centre */
    size_t n_nodes;
    GPtrArray *edges; /* of struct nd_evidence *; without evidence */
    bool complete;    /* false when cap_nodes left some out */
};

/* The surroundings of a work, nearest first. */
struct nd_graph *nd_graph_around(struct nd_session *session, const char *work, unsigned depth,
                                 size_t cap_nodes, GError **error);
void nd_graph_free(struct nd_graph *graph);
ND_DEFINE_AUTO(nd_graph, nd_graph_free)

/* ---- citations in any text ---- */

/* What one citation of a text means in this index. */
struct nd_text_citation {
    struct nd_range span; /* bytes of the text */
    char *text;           /* as written */
    enum nd_link_state state;
    GPtrArray *works; /* of struct nd_work_card *, as nd_work_find; one for HERE and ABSENT */
    char *reason;     /* in words */
};
void nd_text_citation_free(struct nd_text_citation *citation);

/* Array of struct nd_text_citation *; caller frees with g_ptr_array_unref. */
GPtrArray *nd_resolve_text(struct nd_session *session, struct nd_str text, GError **error);

#endif
