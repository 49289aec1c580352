/* Type words whose accents or spaces a scan, or a keyboard without accents, has spoilt. */
#include "analyzers/citation/parse.h"
#include "analyzers/data/data.h"
#include "analyzers/text/fold.h"

/* The words from start to end without accents, spaces and capitals: "nghiquyet"; empty when they do not fit
 * or are no words. */
static void write_bare(const struct nd_parse *p, uint32_t start, uint32_t end, char out[ND_CAP_TERM_BYTES])
{
    size_t n = 0;
    for (uint32_t i = start; i < end; i++) {
        char bare[ND_CAP_TERM_BYTES];
        const size_t length = nd_fold_bare(nd_cite_token_text(p->tokens, i), bare);
        if (nd_cite_token(p->tokens, i)->kind != ND_TOK_WORD || n + length >= ND_CAP_TERM_BYTES) {
            n = 0;
            break;
        }
        memcpy(out + n, bare, length);
        n += length;
    }
    out[n] = '\0';
}

/* The same of a type's word; how many words it has. */
static uint32_t write_bare_name(const char *word, char out[ND_CAP_TERM_BYTES])
{
    g_auto(GStrv) syllables = g_strsplit(word, " ", -1);
    uint32_t n = 0;
    out[0] = '\0';
    for (; syllables[n]; n++) {
        char bare[ND_CAP_TERM_BYTES];
        bare[nd_fold_bare(nd_str_from_c(syllables[n]), bare)] = '\0';
        g_strlcat(out, bare, ND_CAP_TERM_BYTES);
    }
    return n;
}

bool nd_spells_type(const struct nd_parse *p, uint32_t start, uint32_t end, const char *code)
{
    char written[ND_CAP_TERM_BYTES], name[ND_CAP_TERM_BYTES];
    size_t n;
    const struct nd_type *types = nd_types(&n);
    write_bare(p, start, end, written);
    for (size_t i = 0; written[0] && i < n; i++) {
        if (strcmp(types[i].code, code) != 0)
            continue;
        write_bare_name(types[i].word, name);
        if (strcmp(name, written) == 0)
            return true;
    }
    return false;
}

void nd_read_before_bare_code(struct nd_parse *p)
{
    enum { LONGEST_TYPE = 4 };
    struct nd_draft *draft = &p->draft;
    uint32_t i = draft->span.start;
    if (i > p->floor && nd_cite_token(p->tokens, i - 1)->kind == ND_TOK_COLON)
        i--;
    char said[ND_CAP_TERM_BYTES] = "";
    if (i > p->floor)
        write_bare(p, i - 1, i, said);
    if (strcmp(said, "so") == 0)
        draft->span.start = --i;
    for (uint32_t n = LONGEST_TYPE; draft->type && n > 0; n--) {
        if (i < p->floor + n || !nd_spells_type(p, i - n, i, draft->type))
            continue;
        draft->span.start = i - n;
        draft->type_word = (struct nd_run){i - n, i};
        return;
    }
}
