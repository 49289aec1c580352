#ifndef ND_BASE_I18N_H
#define ND_BASE_I18N_H

/*
 * Messages in the user's language: _("...") around every sentence a person reads, English in the source,
 * other languages in po/ as gettext's tools keep them. Data formats, field names and log lines are never
 * translated.
 *
 * The look-up is our own and reads gettext's .mo files: libc's needs an installed locale of the language,
 * which a small system has not, and from glibc 2.39 on C.UTF-8 no longer serves in its place.
 *
 * Not for several threads while the language changes.
 */

#include <glib.h>
#include <stdbool.h>

#define _(text)  nd_translate(text)
#define N_(text) text /* marks a text for translation, translated where it is used */

/* Whether the environment asks for messages in any language at all: by $LANGUAGE, which the plain C locale
 * overrules, or by a locale ($LC_ALL, $LC_MESSAGES, $LANG in this order) that is not C of some encoding. */
bool nd_locale_asks_for_a_language(void);

/* Translations are folder/<language>/LC_MESSAGES/ndsearch.mo; language is the user's ($LC_ALL, $LANGUAGE, ...
 * as g_get_language_names sees them). Without this call, and in the C locale, messages stay English. */
void nd_translation_init(const char *folder);

/* From now on messages are in this language ("vi", "vi_VN.UTF-8", "en"); English when there is none of it.
 * What was handed out before stays valid. Changes the whole process. */
void nd_translation_set_language(const char *language);

/* The message in the user's language, english itself when it has none. Valid to the end of the process. */
const char *nd_translate(const char *english) G_GNUC_FORMAT(1);

/* The form of a message for n things. A language has the two forms of English or, as Vietnamese, one. */
const char *nd_translate_n(const char *one, const char *many, unsigned long n) G_GNUC_FORMAT(1)
    G_GNUC_FORMAT(2);

#endif
