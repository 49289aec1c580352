#ifndef ND_BASE_CAPS_H
#define ND_BASE_CAPS_H

/*
 * Every limit that input can run into, in one place. Going over a cap is an error or a diagnostic that names
 * the cap, never a silent cut. Each says its unit; the reason stands beside it where it is not obvious.
 */

#include <stddef.h>

/* Reading documents. */
#define ND_CAP_FILE_BYTES      ((size_t)256 << 20) /* a larger file is skipped with a diagnostic */
#define ND_CAP_TEXT_BYTES      ((size_t)128 << 20) /* extracted UTF-8 text of one document */
#define ND_CAP_BLOCKS          ((size_t)4 << 20)   /* blocks of one document */
#define ND_CAP_WALK_DEPTH      64                  /* folders below an input root */
#define ND_CAP_ARCHIVE_DEPTH   4                   /* archives inside archives */
#define ND_CAP_ARCHIVE_MEMBERS 100000              /* members of one archive */
#define ND_CAP_ARCHIVE_RATIO   200                 /* unpacked bytes for each packed byte */

/* Analysis. */
#define ND_CAP_TERM_BYTES     ((size_t)200)    /* Xapian refuses terms above 245 bytes, only when storing */
#define ND_CAP_CITATION_BYTES ((size_t)600)    /* source bytes of one mention, pinpoint to name */
#define ND_CAP_MENTIONS       ((size_t)200000) /* mentions of one document */
#define ND_CAP_TITLE_BYTES    ((size_t)1000)

/* Queries. */
#define ND_CAP_QUERY_BYTES ((size_t)4096)
#define ND_CAP_QUERY_DEPTH 32  /* nested brackets */
#define ND_CAP_QUERY_TERMS 128 /* words of a query; each costs up to a millisecond without its accents */
#define ND_CAP_QUERY_PARTS 64  /* phrases, fields, exclusions and the like */
#define ND_CAP_QUERY_PATHS 6   /* each is looked for in the paths of all documents */
/* Rows of the graph that the relation operators of a query may look at, one to two microseconds each; the one
 * that asks for every work at once may look at all of them when it comes first. */
#define ND_CAP_QUERY_RELATIONS ((size_t)120000)
#define ND_CAP_WILDCARD_TERMS  200   /* terms one prefix or bare word may expand to */
#define ND_CAP_RESULT_WINDOW   10000 /* offset + count of one request */

#endif
