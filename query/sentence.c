#include "query/sentence.h"

#include "base/utf8.h"

enum {
    SENTENCE_BEFORE = 200, /* bytes of a sentence kept before and after the citation */
    SENTENCE_AFTER = 200
};

static bool ends_sentence(struct nd_str text, size_t i)
{
    char c = text.p[i];
    bool before_space = i + 1 >= text.n || g_ascii_isspace(text.p[i + 1]);
    return c == '\f' || (c == '\n' && i + 1 < text.n && text.p[i + 1] == '\n') ||
           ((c == '.' || c == ';' || c == '!' || c == '?') && before_space);
}

static void append_one_line(GString *out, struct nd_str text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        bool space = (unsigned char)text.p[i] <= ' ' || text.p[i] == 0x7f;
        if (!space)
            g_string_append_c(out, text.p[i]);
        else if (out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
}

char *nd_sentence_marked(struct nd_str text, uint32_t start, uint32_t end, struct nd_range *mark_out)
{
    const size_t first = MIN(start, text.n), last = MIN(MAX(start, end), text.n);
    const size_t low = first > SENTENCE_BEFORE ? nd_utf8_floor(text, first - SENTENCE_BEFORE) : 0;
    const size_t high = last + SENTENCE_AFTER < text.n ? nd_utf8_floor(text, last + SENTENCE_AFTER) : text.n;
    size_t from = first, to = last;
    while (from > low && !ends_sentence(text, from - 1))
        from--;
    while (to < high && !ends_sentence(text, to))
        to++;
    if (from == low && low > 0) /* cut within a sentence: not within a word */
        while (from < first && text.p[from] != ' ')
            from++;
    if (to == high && high < text.n)
        while (to > last && text.p[to - 1] != ' ')
            to--;
    GString *out = g_string_new(NULL);
    append_one_line(out, text, from, first);
    const char *begin = out->str;
    while (*begin && g_utf8_strchr(" -+=@*•–—", -1, g_utf8_get_char(begin)))
        begin = g_utf8_next_char(begin); /* bullets, which a spreadsheet would take for formulas */
    g_string_erase(out, 0, begin - out->str);
    mark_out->start = (uint32_t)out->len;
    append_one_line(out, text, first, last);
    mark_out->end = (uint32_t)out->len;
    append_one_line(out, text, last, to);
    while (out->len && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    mark_out->end = MIN(mark_out->end, (uint32_t)out->len);
    return g_string_free(out, FALSE);
}

char *nd_sentence_around(struct nd_str text, uint32_t start, uint32_t end)
{
    struct nd_range mark;
    return nd_sentence_marked(text, start, end, &mark);
}
