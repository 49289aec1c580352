#ifndef XAPIAN_C_XC_TYPES_H
#define XAPIAN_C_XC_TYPES_H

/*
 * What every part of the binding shares: byte slices, scope-bound ownership, the error domain.
 */

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* No exception leaves the library: a C frame could not pass it on. */
#ifdef __cplusplus
#define XC_NOEXCEPT noexcept
#else
#define XC_NOEXCEPT
#endif

G_BEGIN_DECLS

/* Borrowed bytes of any content, NUL included: terms, values, keys. Owns nothing. */
struct xc_bytes {
    const char *p;
    size_t n;
};

static inline struct xc_bytes xc_bytes_from_c(const char *s)
{
    struct xc_bytes bytes = {s ? s : "", s ? strlen(s) : 0};
    return bytes;
}

/* xc_auto(xc_query) q = xc_query_new_term(...): freed when q leaves its scope; g_steal_pointer(&q) hands it
 * on. */
#define XC_DEFINE_AUTO(name, free_function)                                                                  \
    static inline void name##_auto_cleanup(struct name **p)                                                  \
    {                                                                                                        \
        free_function(*p);                                                                                   \
    }
#define xc_auto(name) __attribute__((unused, cleanup(name##_auto_cleanup))) struct name *

/*
 * Every failure sets a GError of this domain with one code for each exception class of Xapian (errors.def:
 * XC_ERROR_DATABASE_LOCK for DatabaseLockError, and so on, the most derived class deciding). The message is
 * Xapian's own, with its context and the operating system's reason where it gives one, always valid UTF-8.
 */
#define XC_ERROR (xc_error_quark())

enum xc_error_code {
#define XC_ERROR_CLASS(class_name, code) XC_ERROR_##code,
#include "corpus/store/xapian_c/errors.def"
#undef XC_ERROR_CLASS
    XC_ERROR_MEMORY,   /* std::bad_alloc */
    XC_ERROR_STANDARD, /* any other std::exception */
    XC_ERROR_UNKNOWN,  /* an exception of no known type */
    XC_ERROR_SYSTEM,   /* a system call of the binding itself failed (xc_sync_directory) */
    XC_N_ERRORS
};

GQuark xc_error_quark(void) XC_NOEXCEPT;

/* The name of a code's class: "DatabaseLockError", "std::exception"; static. */
const char *xc_error_name(enum xc_error_code code) XC_NOEXCEPT;

/* The version of the Xapian library in use, as "1.4.22"; static. */
const char *xc_version(void) XC_NOEXCEPT;

/* No document, no value slot. Document ids start at 1. */
#define XC_NO_DOCUMENT ((uint32_t)0)
#define XC_NO_SLOT     (UINT32_MAX)

/* Xapian refuses a longer term only when the document is stored; xc_document_* refuse it at once. A NUL byte
 * in a term counts twice. */
#define XC_CAP_TERM_BYTES ((size_t)245)

G_END_DECLS

#endif
