#ifndef ND_CORPUS_READ_DIAGNOSTICS_H
#define ND_CORPUS_READ_DIAGNOSTICS_H

/* The table diagnostics.def as functions: how grave a diagnostic is, and what the user can do about it. */

enum nd_severity {
    ND_SEVERITY_NOTE,    /* nothing of a document is missing */
    ND_SEVERITY_PARTIAL, /* a document was read, some of it is missing or repaired: exit status 3 */
    ND_SEVERITY_SKIPPED  /* no text came out of the file: exit status 3 */
};

/* A code that is not in the table (of an older index) is ND_SEVERITY_PARTIAL. */
enum nd_severity nd_diagnostic_severity(const char *code);

/* In English, to be passed through gettext; NULL for a code that is not in the table. */
const char *nd_diagnostic_remedy(const char *code);

/* The rows in order, for listings: NULL when i is past the last. */
const char *nd_diagnostic_code(unsigned i);

#endif
