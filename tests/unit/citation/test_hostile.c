#include "tests/unit/citation/reading.h"

#include <time.h>

static double cpu_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Processor time to read `size` bytes of the pattern repeated. */
static double cost_s(const char *pattern, size_t size)
{
    GString *text = g_string_sized_new(size + strlen(pattern));
    while (text->len < size)
        g_string_append(text, pattern);
    const double start = cpu_s();
    struct reading reading;
    reading_init(&reading, text->str);
    const double cost = cpu_s() - start;
    reading_clear(&reading);
    g_string_free(text, TRUE);
    return cost;
}

static void test_cost_grows_with_the_length_of_hostile_text_alone(void)
{
    static const char *const patterns[] = {
        "7",
        "/",
        "1/",
        "(",
        "Nghị quyết số ",
        "Nghị quyết số 1-NQ/TW ",
        "Kết luận số 1, ",
        "Kế hoạch “",
        "Luật Luật ",
        "Luật sửa đổi, bổ sung Luật ",
        "Điều 1, ",
        "thực hiện ",
        "sửa đổi Nghị quyết số 1-NQ/TW; ",
        "\n(Điều 1 ",
        "\nNơi nhận ",
        "\nT/M ",
        "của Ủy ban nhân dân ",
        "Nghị quyết Trung ương 1, 2, 3, 4, 5, ",
        "số 13 ",
        "\n- ",
        "Căn cứ:\n- ",
        "\n- Nghị quyết số 1-NQ/TW;",
        "các Nghị quyết 1, 2, 3, ",
        "Nghị quyết số 1-NQ/TW, ",
        "Nghị quyết số 1-NQ/TW hết hiệu lực, ",
        "Quy chế làm việc của Bộ Chính trị, ",
        "các nghị quyết 1, 2 ",
        "Nghị quyết Trung ương 4 khóa XI, Trung ương 5, ",
        "Nghị quyết số 1-NQ/TW, Nghị quyết số 2-NQ/TW (khóa XII), ",
        "\nKẾ HOẠCH\n\nKho (Kế hoạch số ",
        "nghi quyet so ",
        "dai hoi dai bieu toan quoc lan thu ",
        "sua doi, bo sung, ",
        "luat phong, chong, ",
    };
    enum { SMALL_BYTES = 1 << 16, FACTOR = 8, TOLERANCE = 4 };
    const double noise_s = 0.1;
    for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++) {
        const double small = cost_s(patterns[i], SMALL_BYTES);
        const double large = cost_s(patterns[i], (size_t)SMALL_BYTES * FACTOR);
        g_test_message("%s: %.4f s, %.4f s", patterns[i], small, large);
        g_assert_cmpfloat(large, <=, FACTOR * TOLERANCE * small + noise_s);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/citation/hostile", test_cost_grows_with_the_length_of_hostile_text_alone);
    return g_test_run();
}
