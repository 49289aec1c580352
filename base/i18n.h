#ifndef ND_BASE_I18N_H
#define ND_BASE_I18N_H

/*
 * Messages in the user's language: _("...") around every sentence a person reads, English in the source,
 * other languages in po/. Data formats, field names and log lines are never translated. A program calls
 * nd_program_init (base/program.h) first, which sets the locale and the message catalogue.
 */

#include <libintl.h>

#define _(text)  gettext(text)
#define N_(text) text /* marks a text for translation, translated where it is used */

#endif
