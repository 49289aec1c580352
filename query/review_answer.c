#include "query/review_answer.h"

#include "analyzers/data/data.h"
#include "base/i18n.h"
#include "graph/decisions.h"
#include "graph/wording.h"
#include "graph/work.h"

#include <string.h>

/* One answer while it is read. */
struct reading {
    const struct nd_review_answer *answer;
    const struct nd_review_document *document;
    size_t ordinal;
    const struct nd_review_state *state;
    struct nd_review_choice *out;
};

static bool is_word(const char *word, const char *const *words)
{
    g_autofree char *folded = g_utf8_strdown(word, -1);
    return g_strv_contains(words, folded);
}

/* ---- works ---- */

/* The key on the line "2) KEY: title" that the person saw; NULL when there is no such line. */
static char *shown_candidate(const char *shown, guint64 number)
{
    g_auto(GStrv) lines = g_strsplit(shown, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        char *end;
        if (g_ascii_strtoull(lines[i], &end, 10) != number || end == lines[i] || !g_str_has_prefix(end, ") "))
            continue;
        const char *key = end + 2, *colon = strstr(key, ": ");
        const size_t n = strcspn(key, " \r");
        return g_strndup(key, colon && (size_t)(colon - key) < n ? (size_t)(colon - key) : n);
    }
    return NULL;
}

/* A candidate by its number: what the person saw under it, not what the index would say now. */
static char *numbered(const struct reading *r, guint64 number)
{
    if (r->answer->candidates && *r->answer->candidates)
        return shown_candidate(r->answer->candidates, number);
    g_auto(GStrv) keys = nd_review_candidate_keys(r->state);
    return number <= g_strv_length(keys) ? g_strdup(keys[number - 1]) : NULL;
}

static bool is_key(const char *text)
{
    struct nd_work_description description;
    if (!*text || strchr(text, ' '))
        return false;
    nd_work_describe(text, NULL, &description);
    const bool known = description.work.code != NULL || nd_authority_by_key(text) || strchr(text, '@') ||
                       strchr(text, '~') || g_str_has_prefix(text, "NQ-DH-");
    nd_work_description_clear(&description);
    return known;
}

/* A work by its key, or by the number of a candidate; NULL for anything else. */
static char *work_of(const struct reading *r, const char *text)
{
    guint64 number = 0;
    if (g_ascii_string_to_unsigned(text, 10, 1, 99, &number, NULL))
        return numbered(r, number);
    return is_key(text) ? g_strdup(text) : NULL;
}

/* ---- verbs ---- */

static const char *take(struct reading *r, const char *verdict, char *value)
{
    r->out->verdict = verdict;
    r->out->value = value;
    return NULL;
}

static const char *read_accept(struct reading *r, const char *rest)
{
    (void)rest;
    const char *seen = r->answer->work && *r->answer->work ? r->answer->work : r->state->work;
    if (!r->state->work)
        return _("there is no work to confirm; give the number of a candidate or a key");
    if (strcmp(seen, r->state->work) != 0)
        return _("the index has come to another work since this table was made; look at it again");
    return take(r, "accept", g_strdup(r->state->work));
}

static const char *read_reject(struct reading *r, const char *rest)
{
    (void)rest;
    return take(r, "reject", NULL);
}

static const char *read_work(struct reading *r, const char *rest)
{
    char *work = work_of(r, rest);
    return work ? take(r, "work", work)
                : _("that is neither the number of a candidate nor the key of a work");
}

static const char *read_relation(struct reading *r, const char *rest)
{
    enum nd_relation relation;
    return nd_relation_parse(rest, &relation) ? take(r, "relation", g_strdup(rest))
                                              : _("no relation has that name");
}

static const char *read_alias(struct reading *r, const char *rest)
{
    if (!nd_claim_looked_up(r->document->claims, r->ordinal))
        return _("this citation says by itself what it means, or too little; it cannot teach others");
    char *work = *rest ? work_of(r, rest) : g_strdup(r->state->work);
    if (!work)
        return _("alias needs the number of a candidate or the key of a work");
    r->out->wording = true;
    return take(r, "alias", work);
}

static const char *read_edge(struct reading *r, const char *rest)
{
    enum nd_relation relation;
    const char *key = NULL;
    if (!nd_decision_parse_edge(rest, &relation, &key))
        return _("edge needs a relation and the key of a work");
    g_autofree char *work = work_of(r, key);
    return work ? take(r, "edge", g_strdup_printf("%s %s", nd_relation_name(relation), work))
                : _("that is neither the number of a candidate nor the key of a work");
}

static const char *read_undo(struct reading *r, const char *rest)
{
    return take(r, "undo", *rest ? g_strdup(rest) : NULL);
}

static const struct {
    const char *const *words; /* what people may write, lower case */
    const char *(*read)(struct reading *r, const char *rest);
} verbs[] = {
    {(const char *const[]){"ok", "yes", "accept", "đúng", "có", NULL}, read_accept},
    {(const char *const[]){"no", "reject", "sai", "không", NULL}, read_reject},
    {(const char *const[]){"work", "retarget", "văn-bản", NULL}, read_work},
    {(const char *const[]){"relation", "quan-hệ", NULL}, read_relation},
    {(const char *const[]){"alias", "tên-gọi", NULL}, read_alias},
    {(const char *const[]){"edge", "liên-kết", NULL}, read_edge},
    {(const char *const[]){"undo", "bỏ", NULL}, read_undo},
};

const char *nd_review_answer_read(const struct nd_review_answer *answer,
                                  const struct nd_review_document *document, size_t ordinal,
                                  const struct nd_review_state *state, struct nd_review_choice *out)
{
    struct reading r = {answer, document, ordinal, state, out};
    g_autofree char *text = g_strstrip(g_strdup(answer->decision));
    const size_t n = strcspn(text, " ");
    g_autofree char *word = g_strndup(text, n);
    const char *rest = text + n + strspn(text + n, " ");
    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (is_word(word, verbs[i].words))
            return verbs[i].read(&r, rest);
    return read_work(&r, text); /* the number of a candidate, or a key, alone */
}

void nd_review_choice_clear(struct nd_review_choice *choice)
{
    g_clear_pointer(&choice->value, g_free);
}

bool nd_review_scope_read(const char *scope, bool *all_out, size_t *confirmed_out)
{
    static const char *const words[] = {"all", "tất cả", NULL};
    g_autofree char *text = g_strstrip(g_utf8_strdown(scope, -1));
    *confirmed_out = 0;
    *all_out = *text != 0;
    if (!*text)
        return true;
    for (size_t i = 0; words[i]; i++) {
        guint64 number = 0;
        const char *rest = text + strlen(words[i]);
        if (!g_str_has_prefix(text, words[i]))
            continue;
        if (*rest &&
            (*rest != ' ' || !g_ascii_string_to_unsigned(rest + 1, 10, 1, G_MAXUINT32, &number, NULL)))
            return false;
        *confirmed_out = (size_t)number;
        return true;
    }
    return false;
}
