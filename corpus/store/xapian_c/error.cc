#include "corpus/store/xapian_c/guard.h"

#include <new>

GQuark xc_error_quark(void) noexcept
{
    return g_quark_from_static_string("xc-error-quark");
}

const char *xc_error_name(enum xc_error_code code) noexcept
{
    static const char *const names[] = {
#define XC_ERROR_CLASS(class_name, code_name) #class_name,
#include "corpus/store/xapian_c/errors.def"
#undef XC_ERROR_CLASS
        "std::bad_alloc",
        "std::exception",
        "unknown exception",
        "system error",
    };
    static_assert(G_N_ELEMENTS(names) == XC_N_ERRORS, "one name a code");
    return names[code];
}

const char *xc_version(void) noexcept
{
    return Xapian::version_string();
}

namespace
{

void report(GError **error, enum xc_error_code code, const std::string &message)
{
    if (!error)
        return;
    g_autofree char *valid = g_utf8_make_valid(message.data(), static_cast<gssize>(message.size()));
    g_set_error_literal(error, XC_ERROR, code, valid);
}

void report(GError **error, enum xc_error_code code, const Xapian::Error &caught)
{
    std::string message = caught.get_msg();
    if (!caught.get_context().empty())
        message += " (" + caught.get_context() + ")";
    if (const char *reason = caught.get_error_string())
        message += std::string(": ") + reason;
    report(error, code, message);
}

/* Each row of errors.def is a handler, so that the order of the rows is the order of the catches. */
void translate(GError **error)
{
    try {
        throw;
    }
#define XC_ERROR_CLASS(class_name, code)                                                                     \
    catch (const Xapian::class_name &caught)                                                                 \
    {                                                                                                        \
        report(error, XC_ERROR_##code, caught);                                                              \
    }
#include "corpus/store/xapian_c/errors.def"
#undef XC_ERROR_CLASS
    catch (const std::bad_alloc &) {
        report(error, XC_ERROR_MEMORY, "out of memory");
    } catch (const std::exception &caught) {
        report(error, XC_ERROR_STANDARD, caught.what());
    } catch (...) {
        report(error, XC_ERROR_UNKNOWN, "an exception of no known type");
    }
}

} // namespace

void xc::set_error(GError **error) noexcept
{
    /* Making the message may itself run out of memory. */
    try {
        translate(error);
    } catch (...) {
        g_clear_error(error);
        g_set_error_literal(error, XC_ERROR, XC_ERROR_MEMORY, "out of memory");
    }
}
