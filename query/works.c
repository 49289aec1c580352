#include "query/works.h"

#include "base/caps.h"
#include "analyzers/text/fold.h"
#include "analyzers/text/normalize.h"
#include "analyzers/text/tokenize.h"
#include "graph/authority.h"
#include "graph/titles.h"

static bool works_of_part(struct nd_session *part, enum nd_statement_id statement, const char *text,
                          GArray *works, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(part, statement, error);
    const guint first = works->len;
    if (!s)
        return false;
    nd_sql_bind(s, "su", text, (unsigned)part->visible);
    if (!nd_sql_collect(s, works, error))
        return false;
    nd_session_join_ids(part, works, first);
    return true;
}

char *nd_work_key(struct nd_session *session, int64_t work, GError **error)
{
    int64_t local;
    struct nd_session *const part = nd_session_part(session, work, &local);
    return nd_catalog_work_key(part->catalog, local, error);
}

bool nd_work_everywhere(struct nd_session *session, int64_t work, GArray *out, GError **error)
{
    g_array_set_size(out, 0);
    if (session->n_parts == 1) {
        g_array_append_val(out, work);
        return true;
    }
    g_autofree char *key = nd_work_key(session, work, error);
    for (unsigned i = 0; key && i < session->n_parts; i++) {
        if (!works_of_part(session->parts[i], ND_STATEMENT_WORK_BY_KEY, key, out, error))
            return false;
    }
    return key != NULL;
}

/* Keeps the first of those works that several parts know, from `first` on. */
static bool keep_each_once(struct nd_session *session, GArray *works, guint first, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint kept = first;
    for (guint i = first; i < works->len; i++) {
        const int64_t work = g_array_index(works, int64_t, i);
        char *const key = nd_work_key(session, work, error);
        if (!key)
            return false;
        if (g_hash_table_add(seen, key))
            g_array_index(works, int64_t, kept++) = work;
    }
    g_array_set_size(works, kept);
    return true;
}

bool nd_works_by(struct nd_session *session, enum nd_statement_id statement, const char *text, GArray *works,
                 GError **error)
{
    const guint first = works->len;
    for (unsigned i = 0; i < session->n_parts; i++) {
        if (!works_of_part(session->parts[i], statement, text, works, error))
            return false;
    }
    return session->n_parts == 1 || keep_each_once(session, works, first, error);
}

bool nd_works_by_number(struct nd_session *session, const char *type, const char *number, GArray *works,
                        GError **error)
{
    const guint first = works->len;
    while (number[0] == '0' && number[1])
        number++; /* as nd_citation_key writes it */
    for (unsigned i = 0; i < session->n_parts; i++) {
        struct nd_session *const part = session->parts[i];
        struct nd_sql_statement *const s = nd_session_statement(part, ND_STATEMENT_WORKS_BY_NUMBER, error);
        const guint own = works->len;
        if (!s)
            return false;
        nd_sql_bind(s, "sus", type, (unsigned)part->visible, number);
        if (!nd_sql_collect(s, works, error))
            return false;
        nd_session_join_ids(part, works, own);
    }
    return session->n_parts == 1 || keep_each_once(session, works, first, error);
}

/* A name as aliases are kept: folded words with one space between them. */
static char *folded_name(struct nd_str name)
{
    GString *const out = g_string_new(NULL);
    struct nd_normalized normalized;
    struct nd_tokenizer tokenizer;
    struct nd_token token;
    nd_normalize(name, &normalized);
    nd_tokenizer_init(&tokenizer, normalized.text);
    while (nd_tokenizer_next(&tokenizer, &token)) {
        char folded[ND_CAP_TERM_BYTES];
        const size_t n = nd_fold(nd_str_slice(normalized.text, token.start, token.end), folded);
        if (out->len > 0)
            g_string_append_c(out, ' ');
        g_string_append_len(out, folded, (gssize)n);
    }
    nd_normalized_clear(&normalized);
    return g_string_free(out, FALSE);
}

bool nd_works_by_name(struct nd_session *session, struct nd_str name, GArray *works, GError **error)
{
    g_autofree char *folded = folded_name(name);
    return nd_works_by(session, ND_STATEMENT_WORKS_BY_NAME, folded, works, error);
}

/* The works a statement gives for text, those that works does not have yet. */
static bool add_works(struct nd_session *session, enum nd_statement_id statement, const char *text,
                      GArray *works, GError **error)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!text || !nd_works_by(session, statement, text, found, error))
        return !text;
    for (guint i = 0; i < found->len; i++) {
        const int64_t work = g_array_index(found, int64_t, i);
        bool known = false;
        for (guint j = 0; j < works->len && !known; j++)
            known = g_array_index(works, int64_t, j) == work;
        if (!known)
            g_array_append_val(works, work);
    }
    return true;
}

/* What the authority file and the documents have in a group: the editions of a law, the resolutions of a
 * plenum. */
static bool add_group(struct nd_session *session, const struct nd_claim *claim, GArray *works, GError **error)
{
    size_t n;
    const struct nd_fact *const facts = nd_authority_facts(NULL, claim->group, &n);
    for (size_t i = 0; i < n; i++) {
        if (!add_works(session, ND_STATEMENT_WORK_BY_KEY, facts[i].work, works, error))
            return false;
    }
    return add_works(session, ND_STATEMENT_WORKS_KNOWN_AS, claim->group, works, error) &&
           (works->len > 0 || add_works(session, ND_STATEMENT_WORKS_BY_NAME, claim->group, works, error)) &&
           (works->len > 0 || add_works(session, ND_STATEMENT_WORK_BY_KEY, claim->assumed, works, error));
}

bool nd_names_editions(const struct nd_mention *citation)
{
    return citation->kind == ND_MENTION_LAW && !citation->number;
}

/* A citation without a number is read as the resolver reads it: by its event or title. */
bool nd_works_by_mention_name(struct nd_session *session, const struct nd_mention *citation, GArray *works,
                              GError **error)
{
    nd_auto(nd_mentions) mentions = nd_mentions_new();
    nd_mentions_add(mentions, citation);
    const struct nd_metadata nothing = {0};
    nd_auto(nd_claims) claims = nd_claims_read(&nothing, mentions);
    const struct nd_claim *const claim = &g_array_index(claims->claims, struct nd_claim, 0);
    if (!add_works(session, ND_STATEMENT_WORK_BY_KEY, claim->work, works, error) ||
        (claim->group && !add_group(session, claim, works, error)))
        return false;
    if (works->len > 0 || !citation->name)
        return true;
    g_autofree char *key = nd_title_key(citation->type, citation->name);
    return add_works(session, ND_STATEMENT_WORK_BY_KEY, key, works, error) &&
           (works->len > 0 || nd_works_by_name(session, nd_str_from_c(citation->name), works, error));
}
