#include "corpus/store/xapian_c/raise.h"
#include "corpus/store/xapian_c/guard.h"

#include <new>
#include <stdexcept>

namespace
{

/* An exception of Class; for the abstract bases one of a class that a newer Xapian might add. */
template <typename Class> struct exception {
    static Class make()
    {
        return Class("raised", "context", 2);
    }
};

template <typename Base> struct Unheard : Base {
    Unheard() : Base("raised", "context", "\1UnheardError", 2)
    {
    }
    static Unheard make()
    {
        return Unheard();
    }
};
template <> struct exception<Xapian::LogicError> : Unheard<Xapian::LogicError> {
};
template <> struct exception<Xapian::RuntimeError> : Unheard<Xapian::RuntimeError> {
};
template <> struct exception<Xapian::Error> : Unheard<Xapian::Error> {
};

[[noreturn]] void raise_code(enum xc_error_code code)
{
    switch (code) {
#define XC_ERROR_CLASS(class_name, code_name)                                                                \
    case XC_ERROR_##code_name:                                                                               \
        throw exception<Xapian::class_name>::make();
#include "corpus/store/xapian_c/errors.def"
#undef XC_ERROR_CLASS
    case XC_ERROR_MEMORY:
        throw std::bad_alloc();
    case XC_ERROR_STANDARD:
        throw std::runtime_error("raised");
    default:
        throw 7;
    }
}

} // namespace

extern "C" bool xc_raise(enum xc_error_code code, GError **error) noexcept
{
    return xc::guard(error, [&] { raise_code(code); });
}
