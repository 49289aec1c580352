#include "query/novelty.h"

#include <glib.h>
#include <stdbool.h>

enum { N_WORDS_CAP = 12 };

/* Documents with each word of a question, and with it and the next in a row. */
static const struct {
    const char *name;
    size_t n;
    uint32_t words[N_WORDS_CAP], pairs[N_WORDS_CAP];
    const char *word_news, *pair_news; /* a letter each: a all, s some, l little */
} cases[] = {
    {"nhiệm kỳ quốc hội: words that meet here and there",
     4,
     {9000, 5000, 4000, 30000},
     {900, 40, 3800, 0},
     "aala",
     "aaaa"},
    {"cộng hòa xã hội chủ nghĩa: a name",
     6,
     {2100, 2200, 20000, 30000, 25000, 9000},
     {2000, 1900, 12000, 1950, 2100, 0},
     "llssaa",
     "alalla"},
    {"a name that two documents have: equal by chance", 3, {3, 3, 2}, {2, 2, 0}, "aaa", "aaa"},
    {"one word", 1, {500}, {500}, "a", "a"},
    {"words the collection does not have", 2, {0, 0}, {0, 0}, "aa", "aa"},
};

static void expect_share(const char *name, size_t i, char letter, double share)
{
    const bool right = letter == 'a'   ? share == 1
                       : letter == 's' ? share > 0.3 && share < 1
                                       : share >= 0 && share <= 0.3;
    if (!right) {
        g_printerr("%s: %zu: %g is not %c\n", name, i, share, letter);
        g_assert_not_reached();
    }
}

static void test_shares(void)
{
    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        double words[N_WORDS_CAP], pairs[N_WORDS_CAP];
        nd_novelty(cases[c].words, cases[c].pairs, cases[c].n, words, pairs);
        for (size_t i = 0; i < cases[c].n; i++) {
            expect_share(cases[c].name, i, cases[c].word_news[i], words[i]);
            expect_share(cases[c].name, i, cases[c].pair_news[i], pairs[i]);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/novelty/shares", test_shares);
    return g_test_run();
}
