#ifndef XAPIAN_C_RAISE_H
#define XAPIAN_C_RAISE_H

/*
 * For tests only (library xapian_c_raise): throws inside the binding's guard what each error code stands for.
 */

#include "corpus/store/xapian_c/xc_types.h"

G_BEGIN_DECLS

/* Raises the exception of code (every code but XC_ERROR_SYSTEM) and returns what the guard returns. */
bool xc_raise(enum xc_error_code code, GError **error) XC_NOEXCEPT;

G_END_DECLS

#endif
