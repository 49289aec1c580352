#ifndef ND_BASE_AUTO_H
#define ND_BASE_AUTO_H

/*
 * Scope-bound ownership for the project's structs. GLib's g_autoptr needs a typedef for each type and this
 * project has none; these two macros do the same for `struct name`:
 *
 *     ND_DEFINE_AUTO(nd_document, nd_document_free)        in the header, once
 *     nd_auto(nd_document) doc = nd_document_new();        at the use: freed when doc leaves its scope
 *
 * g_steal_pointer(&doc) hands the value on. A variable may be there for its end alone, hence `unused`. GLib's
 * own types keep g_autoptr and g_autofree.
 */
#define ND_DEFINE_AUTO(name, free_function)                                                                  \
    static inline void name##_auto_cleanup(struct name **p)                                                  \
    {                                                                                                        \
        free_function(*p);                                                                                   \
    }

#define nd_auto(name) __attribute__((unused, cleanup(name##_auto_cleanup))) struct name *

#endif
