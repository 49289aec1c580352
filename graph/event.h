#ifndef ND_GRAPH_EVENT_H
#define ND_GRAPH_EVENT_H

/*
 * Works that a text names by the event that adopted them, without a number: "Nghị quyết Đại hội XIII", "Nghị
 * quyết Trung ương 4 khóa XII".
 *
 *   NQ-DH-XIII            of the 13th national congress
 *   NQ-DH-XII-TLĐ         of the 12th congress of a central body
 *   NQ-DH-XV@LAI-CHAU     of a province's 15th congress; NQ-DH-I-ĐUK@LAI-CHAU of another committee's there
 *   NQ-TW4~XII            of the 4th plenum of the Central Committee of term XII
 *   NQ-HN4-TU~XV@LAI-CHAU of the 4th plenum of another committee
 */

#include <stdbool.h>

struct nd_event {
    const char *type;    /* code of types.tsv */
    const char *ordinal; /* "XIII" of congresses, "4" of plenums */
    const char *issuer;  /* code of issuers.tsv; NULL for the Party's own, and for a province's congress */
    const char *term;    /* of a plenum's committee: "XII"; NULL for congresses */
    const char
        *place;       /* key of places.tsv, or of the committee where only its name is known; NULL for none */
    const char *unit; /* key of the committee below or beside the province, or NULL */
};

/* The key of the work; caller frees with g_free. */
char *nd_event_key(const struct nd_event *event);

/* Reads a key of that form into *out. copy holds a copy of the key, which is cut into the parts of *out.
 * False for other keys, which leave both as they are. */
bool nd_event_parse(char *copy, struct nd_event *out);

/* The event in words, "Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"; caller frees with g_free. */
char *nd_event_title(const struct nd_event *event);

#endif
