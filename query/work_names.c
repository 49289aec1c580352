#include "query/work_names.h"

#include "base/i18n.h"
#include "analyzers/citation/citation.h"
#include "analyzers/data/data.h"
#include "analyzers/text/normalize.h"
#include "query/cards.h"
#include "query/names.h"
#include "query/relations.h"
#include "query/words.h"
#include "query/works.h"

/* Works that the first citation in text names. */
static bool find_cited(struct nd_session *session, const char *text, GArray *works, bool *editions_out,
                       GError **error)
{
    nd_auto(nd_mentions) mentions = nd_citation_parse(nd_str_from_c(text));
    for (size_t i = 0; i < nd_mentions_count(mentions) && works->len == 0; i++) {
        const struct nd_mention *const citation = nd_mentions_get(mentions, i);
        if (!nd_citation_works(session, citation, works, error))
            return false;
        *editions_out = nd_names_editions(citation);
    }
    return true;
}

/* Whether a word is a Roman number below forty. */
static bool is_roman(struct nd_str word)
{
    static const char *const units[] = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
    size_t tens = 0;
    while (tens < word.n && word.p[tens] == 'x')
        tens++;
    for (size_t i = 0; i < G_N_ELEMENTS(units) && word.n > 0 && tens <= 3; i++)
        if (nd_str_equal(nd_str_slice(word, tens, word.n), nd_str_from_c(units[i])))
            return true;
    return false;
}

/* Whether a word counts congresses and terms of office, as a rule in Roman numbers. */
static bool counts(struct nd_str word)
{
    static const char *const words[] = {"khóa", "khoá", "hội", "thứ"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (nd_str_equal(word, nd_str_from_c(words[i])))
            return true;
    return false;
}

char *nd_work_title_case(const char *text, unsigned n)
{
    GString *const out = g_string_new(NULL);
    struct nd_str before = {"", 0};
    const struct nd_str whole = nd_str_from_c(text);
    unsigned number = 0;
    for (size_t from = 0; from < whole.n;) {
        const char *const space = memchr(whole.p + from, ' ', whole.n - from);
        const size_t to = space ? (size_t)(space - whole.p) : whole.n;
        const struct nd_str word = nd_str_slice(whole, from, to);
        if (word.n > 0 && counts(before) && is_roman(word)) {
            for (size_t i = 0; i < word.n; i++)
                g_string_append_c(out, g_ascii_toupper(word.p[i]));
        } else if (word.n > 0 && (number == 0 || number == n)) {
            g_string_append_unichar(out, g_unichar_toupper(g_utf8_get_char(word.p)));
            const size_t first = (size_t)(g_utf8_next_char(word.p) - word.p);
            g_string_append_len(out, word.p + first, (gssize)(word.n - first));
        } else {
            g_string_append_len(out, word.p, (gssize)word.n);
        }
        if (space)
            g_string_append_c(out, ' ');
        number += word.n > 0;
        before = word;
        from = to + 1;
    }
    return g_string_free(out, FALSE);
}

enum { N_NUMBER_SPELLINGS = 3 };

/* "hướng dẫn 03", "qđ76" and "hd 88" as the grammar of citations expects them: "hướng dẫn số 03", "QĐ 76",
 * "Hướng dẫn số 88". The caller frees them; NULL where text does not end with a number. */
static void respell_number(const char *text, char *out[N_NUMBER_SPELLINGS])
{
    size_t digits = strlen(text), n;
    while (digits > 0 && g_ascii_isdigit(text[digits - 1]))
        digits--;
    for (n = digits; n > 0 && text[n - 1] == ' '; n--)
        continue;
    out[0] = out[1] = out[2] = NULL;
    if (n == 0 || !text[digits])
        return;
    g_autofree char *type = g_strndup(text, n);
    g_autofree char *code = g_utf8_strup(type, -1);
    out[0] = g_strdup_printf("%s số %s", type, text + digits);
    out[1] = g_strdup_printf("%s %s", code, text + digits);
    const struct nd_type *const row = nd_type_by_code(code);
    out[2] = row ? g_strdup_printf("%s số %s", row->word, text + digits) : NULL;
}

/* Adds the works that text names by type and number alone, the likeliest first: of a Quyết định and a Quy
 * định those that it says, where there are some. */
static bool find_numbered(struct nd_session *session, const char *text, GArray *works, GError **error)
{
    const struct nd_str whole = nd_str_from_c(text);
    nd_auto(nd_mentions) mentions = nd_citation_parse(whole);
    const struct nd_mention *const m = nd_mentions_count(mentions) == 1 ? nd_mentions_get(mentions, 0) : NULL;
    if (!m || m->kind != ND_MENTION_BARE || m->start > 0 || m->end < whole.n || !m->type || m->issuer ||
        m->body)
        return true;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!nd_works_by_number(session, m->type, m->number, found, error))
        return false;
    g_autoptr(GPtrArray) cards = m->type_word ? nd_work_cards_of(session, found, error) : NULL;
    if (m->type_word && !cards)
        return false;
    const guint before = works->len;
    for (guint i = 0; cards && i < cards->len; i++) {
        const struct nd_work_card *const card = g_ptr_array_index(cards, i);
        if (card->type_word && strcmp(card->type_word, m->type_word) == 0)
            g_array_append_val(works, g_array_index(found, int64_t, i));
    }
    if (works->len == before)
        g_array_append_vals(works, found->data, found->len);
    return true;
}

/* The same in the spellings that people use. */
static bool find_number(struct nd_session *session, const char *text, GArray *works, GError **error)
{
    char *spellings[N_NUMBER_SPELLINGS];
    respell_number(text, spellings);
    bool good = !spellings[0] || find_numbered(session, text, works, error);
    for (size_t i = 0; i < G_N_ELEMENTS(spellings); i++) {
        if (good && works->len == 0 && spellings[i])
            good = find_numbered(session, spellings[i], works, error);
        g_free(spellings[i]);
    }
    return good;
}

/* Rows of the works that text may name. */
static bool find_works(struct nd_session *session, const char *text, GArray *works, bool *editions_out,
                       GError **error)
{
    if (!nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, text, works, error) ||
        (works->len == 0 && !find_cited(session, text, works, editions_out, error)) ||
        (works->len == 0 && !nd_works_by_name(session, nd_str_from_c(text), works, error)))
        return false;
    for (unsigned n = 1; n <= ND_TITLE_TYPE_WORDS && works->len == 0; n++) {
        g_autofree char *title = nd_work_title_case(text, n);
        if (!find_cited(session, title, works, editions_out, error))
            return false;
    }
    return works->len > 0 || find_number(session, text, works, error);
}

/* The text with the accents that were left out; NULL where that changes nothing. */
static char *restore(struct nd_session *session, const char *text)
{
    GError *ignored = NULL;
    struct nd_normalized normalized;
    nd_normalize(nd_str_from_c(text), &normalized);
    nd_auto(nd_words) words = nd_words_read(session->index, normalized.text, ND_WORDS_ALL, 0, "", &ignored);
    nd_normalized_clear(&normalized);
    g_clear_error(&ignored);
    return words ? g_strdup(words->restored) : NULL;
}

static GPtrArray *find_cards(struct nd_session *session, const char *typed, bool *editions_out,
                             GError **error)
{
    g_autofree char *text = g_utf8_make_valid(typed, -1);
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    *editions_out = false;
    if (!nd_session_enter(session, error))
        return NULL;
    bool good = find_works(session, text, works, editions_out, error);
    g_autofree char *restored = good && works->len == 0 ? restore(session, text) : NULL;
    if (restored)
        good = find_works(session, restored, works, editions_out, error);
    GPtrArray *const cards = good ? nd_work_cards_brief(session, works, *editions_out, error) : NULL;
    nd_session_leave(session);
    return cards;
}

GPtrArray *nd_work_find(struct nd_session *session, const char *text, GError **error)
{
    bool editions;
    return find_cards(session, text, &editions, error);
}

/* Whether text is the key of a work, and none of cards is that work: a number of another term or place is not
 * guessed from it. */
static bool is_key_of_none(const char *text, const GPtrArray *cards)
{
    if (!strchr(text, '~'))
        return false;
    for (guint i = 0; i < cards->len; i++) {
        if (strcmp(((struct nd_work_card *)g_ptr_array_index(cards, i))->key, text) == 0)
            return false;
    }
    return true;
}

char *nd_work_resolve(struct nd_session *session, const char *text, GPtrArray **candidates_out,
                      GError **error)
{
    bool editions;
    g_autoptr(GPtrArray) cards = find_cards(session, text, &editions, error);
    if (!cards)
        return NULL;
    char *key = NULL;
    if (cards->len > 0 && is_key_of_none(text, cards))
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("nothing in this index is or cites \"%s\""), text);
    else if (cards->len == 1 || (cards->len > 1 && editions))
        key = g_strdup(((struct nd_work_card *)g_ptr_array_index(cards, 0))->key);
    else if (cards->len == 0)
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("nothing in this index is or cites \"%s\""), text);
    else
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("\"%s\" fits %u documents"), text, cards->len);
    if (candidates_out)
        *candidates_out = g_steal_pointer(&cards);
    return key;
}

GPtrArray *nd_work_editions(struct nd_session *session, const struct nd_work_card *work, GError **error)
{
    g_autofree char *name = work->title ? nd_title_with_type(work->type, work->title) : NULL;
    nd_auto(nd_mentions) mentions = name ? nd_citation_parse(nd_str_from_c(name)) : NULL;
    const struct nd_mention *const first =
        mentions && nd_mentions_count(mentions) == 1 ? nd_mentions_get(mentions, 0) : NULL;
    if (!first || !nd_names_editions(first) || first->start > 0 || first->end < strlen(name))
        return g_ptr_array_new();
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!nd_session_enter(session, error))
        return NULL;
    g_autoptr(GPtrArray) cards = nd_citation_works(session, first, works, error)
                                     ? nd_work_cards_brief(session, works, true, error)
                                     : NULL;
    nd_session_leave(session);
    for (guint i = 0; cards && i < cards->len; i++) {
        if (strcmp(((struct nd_work_card *)g_ptr_array_index(cards, i))->key, work->key) == 0)
            g_ptr_array_remove_index(cards, i--);
    }
    return g_steal_pointer(&cards);
}

/* ---- the card of a query ---- */

/* Adds the works that a query names which is one citation and nothing else. */
static bool add_cited(struct nd_session *session, const struct nd_syntax *syntax, GArray *works,
                      bool *editions_out, GError **error)
{
    if (!syntax || !syntax->only_citation)
        return true;
    *editions_out = nd_names_editions(syntax->only_citation);
    return nd_citation_works(session, syntax->only_citation, works, error);
}

/* The same for words, which may be a name typed without its capitals, or without its accents. */
static bool add_named(struct nd_session *session, const struct nd_syntax *syntax, const char *restored,
                      GArray *works, bool *editions_out, GError **error)
{
    enum { NAME_BYTES = 160 };
    const struct nd_node *const root = syntax->root;
    const char *const texts[] = {root->text, restored};
    for (size_t i = 0; root->kind == ND_NODE_WORDS && i < G_N_ELEMENTS(texts); i++) {
        for (unsigned n = 1; texts[i] && strlen(texts[i]) <= NAME_BYTES && n <= ND_TITLE_TYPE_WORDS; n++) {
            g_autofree char *title = nd_work_title_case(texts[i], n);
            nd_auto(nd_syntax) name = nd_syntax_parse(title, strlen(title), &(size_t){0}, NULL);
            if (!add_cited(session, name, works, editions_out, error))
                return false;
            if (works->len > 0)
                return true;
        }
    }
    return true;
}

/* How many works of a number are shown with a search; ndgraph shows all. */
enum { NUMBERED_SHOWN = 8 };

/* "nghị quyết 21": what has this type and number are candidates, also where it is one, for the words may mean
 * something else. */
static bool fill_numbered(struct nd_session *session, const struct nd_syntax *syntax, const char *restored,
                          struct nd_results *results, GError **error)
{
    const struct nd_node *const root = syntax->root;
    const char *const texts[] = {root->text, restored};
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (size_t i = 0; root->kind == ND_NODE_WORDS && i < G_N_ELEMENTS(texts) && works->len == 0; i++) {
        if (texts[i] && !find_number(session, texts[i], works, error))
            return false;
    }
    if (works->len == 0)
        return true;
    if (works->len > NUMBERED_SHOWN) {
        results->n_other_candidates = works->len - NUMBERED_SHOWN;
        g_array_set_size(works, NUMBERED_SHOWN);
    }
    results->candidates =
        works->len > 1 ? nd_work_cards_of(session, works, error) : nd_work_cards_full(session, works, error);
    return results->candidates != NULL;
}

bool nd_query_card(struct nd_session *session, const struct nd_syntax *syntax, const char *restored,
                   struct nd_results *results, GError **error)
{
    bool editions = false;
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!add_cited(session, syntax, works, &editions, error) ||
        (works->len == 0 && !add_named(session, syntax, restored, works, &editions, error)))
        return false;
    if (works->len == 0)
        return fill_numbered(session, syntax, restored, results, error);
    g_autoptr(GPtrArray) cards = nd_work_cards_brief(session, works, editions, error);
    if (!cards)
        return false;
    if (works->len == 1 || editions) {
        const struct nd_work_card *const first = g_ptr_array_index(cards, 0);
        g_autoptr(GArray) meant = g_array_new(FALSE, FALSE, sizeof(int64_t));
        if (!nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, first->key, meant, error))
            return false;
        results->card = nd_work_card_full(session, g_array_index(meant, int64_t, 0), error);
        g_ptr_array_remove_index(cards, 0);
    }
    if (cards->len > 0)
        results->candidates = g_steal_pointer(&cards);
    return (works->len > 1 && !editions) || results->card;
}
