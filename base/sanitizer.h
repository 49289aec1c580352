#ifndef ND_BASE_SANITIZER_H
#define ND_BASE_SANITIZER_H

/* ND_ADDRESS_SANITIZER is defined in a build with the address sanitizer, by gcc or clang. */

#if defined(__SANITIZE_ADDRESS__)
#define ND_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ND_ADDRESS_SANITIZER 1
#endif
#endif

#endif
