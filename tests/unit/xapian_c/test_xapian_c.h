#ifndef TEST_XAPIAN_C_H
#define TEST_XAPIAN_C_H

#include "corpus/store/xapian_c/xapian_c.h"

/* Each adds its tests to the program. */
void add_error_tests(void);
void add_write_tests(void);
void add_search_tests(void);
void add_block_tests(void);
void add_database_tests(void);
void add_invert_tests(void);

/* A new path inside a scratch folder that the program removes at its end; caller frees with g_free. */
char *scratch_path(const char *name);

/* A database at path with documents 1..4 about rice and rivers (test_main.c); the test fails when it cannot
 * be made. */
void make_sample(const char *path);

static inline void assert_bytes(const void *got, size_t n_got, const void *expected, size_t n)
{
    g_assert_cmpuint(n_got, ==, n);
    g_assert_true(n == 0 || memcmp(got, expected, n) == 0);
}

#define B(literal) ((struct xc_bytes){"" literal, sizeof(literal) - 1})

/* Space-separated terms or numbers gathered by a visitor, for comparison with what is expected. */
bool gather(struct xc_bytes item, void *user_data);

#endif
