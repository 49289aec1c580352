#ifndef ND_WEB_MESSAGE_H
#define ND_WEB_MESSAGE_H

/*
 * The words of the pages, in Vietnamese and English side by side (messages.def). Not gettext: one process
 * answers readers of both languages, and the first page must not depend on installed catalogues or locales.
 * Messages are HTML as they stand: written by us, never from outside.
 */

enum nd_language { ND_LANGUAGE_VI, ND_LANGUAGE_EN, ND_N_LANGUAGES };

enum nd_message {
#define ND_MESSAGE(id, vietnamese, english) ND_MESSAGE_##id,
#include "web/messages.def"
#undef ND_MESSAGE
    ND_N_MESSAGES
};

const char *nd_message(enum nd_message message, enum nd_language language);

/* "vi" or "en". */
const char *nd_language_code(enum nd_language language);

/* The language a browser asks for: the best-weighted of those we have in an Accept-Language header,
 * Vietnamese when it names neither or header is NULL. Source: RFC 9110, section 12.5.4. */
enum nd_language nd_language_negotiate(const char *header);

#endif
