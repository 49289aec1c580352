#ifndef XAPIAN_C_XAPIAN_C_H
#define XAPIAN_C_XAPIAN_C_H

/*
 * xapian_c: the search library Xapian 1.4 for programs in C. Needs GLib for its errors, strings and arrays.
 *
 *     g_autoptr(GError) error = NULL;
 *     xc_auto(xc_database) db = xc_database_open("index", &error);
 *     xc_auto(xc_query) query = db ? xc_query_new_term(xc_bytes_from_c("chuyên"), 1, 0, &error) : NULL;
 *     xc_auto(xc_results) found =
 *         query ? xc_search(db, &(struct xc_request){.query = query, .limit = 10}, &error) : NULL;
 *
 * Every function that can fail returns false or NULL and sets a GError of the domain XC_ERROR; outputs are
 * untouched then. No C++ exception, iterator or string crosses the boundary; lengths go everywhere, so that
 * values and keys may hold NUL bytes. A handle belongs to one thread at a time; handles share nothing.
 */

#include "corpus/store/xapian_c/xc_types.h"
#include "corpus/store/xapian_c/xc_database.h"
#include "corpus/store/xapian_c/xc_document.h"
#include "corpus/store/xapian_c/xc_writer.h"
#include "corpus/store/xapian_c/xc_inverter.h"
#include "corpus/store/xapian_c/xc_query.h"
#include "corpus/store/xapian_c/xc_search.h"

#endif
