#include "query/review_queue.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "corpus/store/index.h"
#include "graph/decisions.h"
#include "graph/titles.h"
#include "graph/work.h"
#include "query/review_rows.h"
#include "query/search.h"
#include "query/works.h"

#include <string.h>

enum {
    CONTEXT_BYTES = 500, /* of a paragraph before and after the citation */
    OLD_YEARS = 7,       /* as graph/settle.c: about a term of office and a half */
    SAME_TITLE = 60,     /* percent; likewise */
    OTHER_TITLE = 25,
    KEY_MAX = 8
};

/* ---- writing ---- */

/* The store asks for terms only to finish what a killed run began, and such an index is refused before. */
static void no_terms(const struct nd_document *doc, const struct nd_metadata *metadata,
                     const struct nd_mentions *mentions, struct nd_terms *out, void *user_data)
{
    (void)doc, (void)metadata, (void)mentions, (void)out, (void)user_data;
    g_error("an index that a killed run left unfinished was opened for review");
}

struct nd_index_writer *nd_review_writer_open(const char *index_dir, GError **error)
{
    static const struct nd_index_analysis analysis = {.terms = no_terms};
    struct nd_catalog_counts counts;
    nd_auto(nd_index) index = nd_index_open(index_dir, error);
    if (!index || !nd_catalog_counts(nd_index_catalog(index), &counts, error))
        return NULL;
    if (counts.pending > 0) {
        g_set_error(error, ND_ERROR, ND_ERROR_LOCKED, "%s",
                    _("an update of the index was cut short; run ndindex first"));
        return NULL;
    }
    return nd_index_writer_open(index_dir, &analysis, error);
}

/* ---- the citation in its paragraph ---- */

static void append_one_line(GString *out, struct nd_str text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        if ((uint8_t)text.p[i] > ' ' && text.p[i] != 0x7f)
            g_string_append_c(out, text.p[i]);
        else if (out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
}

static void find_paragraph(const struct nd_document *document, size_t at, size_t *start, size_t *end)
{
    *start = 0;
    *end = document->size;
    for (guint i = 0; i < document->blocks->len; i++) {
        const struct nd_block *block = &g_array_index(document->blocks, struct nd_block, i);
        if (block->start <= at && at < block->end) {
            *start = block->start;
            *end = block->end;
            return;
        }
    }
}

static void fill_context(const struct nd_document *document, struct nd_review_item *item)
{
    const struct nd_str text = nd_document_text(document);
    const size_t start = MIN(item->span.start, text.n), end = MIN(item->span.end, text.n);
    size_t low, high;
    find_paragraph(document, start, &low, &high);
    high = MAX(high, end); /* a citation may run over its paragraph's end */
    if (start - low > CONTEXT_BYTES) {
        for (low = start - CONTEXT_BYTES; low < start && text.p[low] != ' '; low++)
            continue;
        item->cut_before = true;
    }
    if (high - end > CONTEXT_BYTES) {
        for (high = end + CONTEXT_BYTES; high > end && text.p[high] != ' '; high--)
            continue;
        item->cut_after = true;
    }
    GString *out = g_string_new(NULL);
    append_one_line(out, text, low, start);
    item->mark.start = (uint32_t)out->len;
    append_one_line(out, text, start, end);
    item->mark.end = (uint32_t)out->len;
    append_one_line(out, text, end, high);
    item->context = g_string_free(out, FALSE);
}

/* ---- what speaks for a candidate ---- */

static void add(struct nd_review_candidate *candidate, enum nd_review_feature_kind kind,
                enum nd_review_weight weight, unsigned amount)
{
    candidate->features[candidate->n_features++] = (struct nd_review_feature){kind, weight, amount};
}

/* As far as both go. */
static bool dates_agree(struct nd_date a, struct nd_date b)
{
    return a.year == b.year && (!a.month || !b.month || a.month == b.month) &&
           (!a.day || !b.day || a.day == b.day);
}

/* The same questions as graph/settle.c asks, answered one by one for people. */
static void fill_features(struct nd_review_candidate *candidate, const struct nd_claims *claims,
                          const struct nd_claim *claim, const struct nd_review_item *item)
{
    const struct nd_work_card *card = candidate->card;
    if (claim->date.year && card->date.year)
        add(candidate, ND_FEATURE_DATE,
            !dates_agree(claim->date, card->date) ? ND_WEIGHT_RULES_OUT
            : claim->date.day                     ? ND_WEIGHT_STRONG
                                                  : ND_WEIGHT_MEDIUM,
            0);
    if (claim->term && card->term)
        add(candidate, ND_FEATURE_TERM,
            strcmp(claim->term, card->term) == 0 ? ND_WEIGHT_STRONG : ND_WEIGHT_RULES_OUT, 0);
    const double similarity =
        claim->title && card->title ? nd_title_similarity(claim->title, card->title) : -1;
    if (similarity >= 0) {
        const unsigned percent = (unsigned)(similarity * 100 + 0.5);
        add(candidate, ND_FEATURE_TITLE,
            percent >= SAME_TITLE    ? ND_WEIGHT_STRONG
            : percent >= OTHER_TITLE ? ND_WEIGHT_WEAK
                                     : ND_WEIGHT_AGAINST,
            percent);
    }
    if (card->date.day && claims->cited_on.day && nd_date_compare(card->date, claims->cited_on) > 0)
        add(candidate, ND_FEATURE_FUTURE, ND_WEIGHT_RULES_OUT, 0);
    else if (card->date.year && claims->cited_on.year >= card->date.year) {
        const unsigned years = (unsigned)(claims->cited_on.year - card->date.year);
        add(candidate, ND_FEATURE_AGE, years > OLD_YEARS ? ND_WEIGHT_AGAINST : ND_WEIGHT_WEAK, years);
    }
    if (card->place && item->document.place)
        add(candidate, ND_FEATURE_PLACE,
            strcmp(card->place, item->document.place) == 0 ? ND_WEIGHT_MEDIUM : ND_WEIGHT_AGAINST, 0);
    if (item->n_all == 1)
        add(candidate, ND_FEATURE_ONLY, ND_WEIGHT_MEDIUM, 0);
    if (item->work && strcmp(item->work->key, card->key) == 0)
        add(candidate, ND_FEATURE_READING, item->confidence >= 0.75 ? ND_WEIGHT_MEDIUM : ND_WEIGHT_WEAK, 0);
    if (card->n_documents_citing > 0)
        add(candidate, ND_FEATURE_CITED, card->n_documents_citing > 9 ? ND_WEIGHT_MEDIUM : ND_WEIGHT_WEAK,
            card->n_documents_citing);
}

/* A work that only the tables know: nothing in the index is or names it yet. */
static struct nd_work_card *describe(const char *key)
{
    struct nd_work_description known;
    nd_work_describe(key, &known);
    struct nd_work_card *card = g_new0(struct nd_work_card, 1);
    card->key = g_strdup(key);
    card->code = g_strdup(known.work.code);
    card->type = g_strdup(known.work.type);
    card->title = g_strdup(known.work.title);
    card->issuer = g_strdup(known.work.issuer);
    card->place = g_strdup(known.work.place);
    card->term = g_strdup(known.work.period);
    card->level = known.work.level;
    card->date = known.work.date;
    nd_work_description_clear(&known);
    return card;
}

static bool is_in_catalog(struct nd_session *session, const char *key, bool *out, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    if (!nd_sql_prepare(nd_catalog_sqlite(session->catalog), &s, "SELECT 1 FROM work WHERE key = ?", error))
        return false;
    nd_sql_bind(s, "s", key);
    return nd_sql_step(s, out, error);
}

/* *out stays NULL for a work that the session must not know of. */
static bool card_of(struct nd_session *session, const char *key, struct nd_work_card **out, GError **error)
{
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    bool hidden = false;
    *out = NULL;
    if (!nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, key, works, error))
        return false;
    if (works->len > 0)
        return (*out = nd_work_card_full(session, g_array_index(works, int64_t, 0), error)) != NULL;
    if (!is_in_catalog(session, key, &hidden, error))
        return false;
    if (!hidden)
        *out = describe(key);
    return true;
}

static bool fill_candidates(struct nd_session *session, const struct nd_review_state *state,
                            struct nd_review_item *item, GError **error)
{
    g_auto(GStrv) listed = g_strsplit(state->candidates ? state->candidates : "", "\n", -1);
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    if (state->work)
        g_ptr_array_add(keys, state->work);
    for (char **key = listed; *key && keys->len < KEY_MAX; key++) {
        if (!state->work || strcmp(*key, state->work) != 0)
            g_ptr_array_add(keys, *key);
    }
    item->all = g_new0(struct nd_review_candidate, keys->len);
    for (guint i = 0; i < keys->len; i++) {
        struct nd_work_card *card;
        if (!card_of(session, keys->pdata[i], &card, error))
            return false;
        if (card)
            item->all[item->n_all++].card = card;
        if (card && i == 0 && state->work)
            item->work = card;
    }
    return true;
}

static bool count_alike(struct nd_session *session, const char *group, unsigned *out, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    bool row = false;
    if (!nd_sql_prepare(nd_catalog_sqlite(session->catalog), &s,
                        "SELECT count(*) FROM lookup JOIN document ON document.id = lookup.document "
                        "WHERE lookup.name = ? AND document.secrecy <= ?",
                        error))
        return false;
    nd_sql_bind(s, "su", group, (unsigned)session->visible);
    if (!nd_sql_step(s, &row, error))
        return false;
    *out = row ? (unsigned)nd_sql_int(s, 0) : 0;
    return true;
}

/* The claim itself, or that of the mention it repeats. */
static const struct nd_claim *claim_at(const struct nd_claims *claims, size_t ordinal)
{
    const struct nd_claim *claim = &g_array_index(claims->claims, struct nd_claim, ordinal);
    if (claim->kind == ND_CLAIM_FOLLOW)
        claim = &g_array_index(claims->claims, struct nd_claim, claim->leader);
    return claim;
}

static bool fill_reading(struct nd_session *session, const struct nd_review_document *document,
                         size_t ordinal, struct nd_review_item *item, GError **error)
{
    struct nd_review_state state;
    if (!nd_review_state_read(session->catalog, document->id, ordinal, &state, error))
        return false;
    const struct nd_claim *own = &g_array_index(document->claims->claims, struct nd_claim, ordinal);
    const struct nd_claim *claim = claim_at(document->claims, ordinal);
    item->confidence = state.confidence * nd_mentions_get(document->mentions, ordinal)->confidence;
    item->decided = state.reason && strstr(state.reason, "reviewer");
    item->reason = state.reason && *state.reason ? g_strdup(_(state.reason)) : NULL;
    bool good = fill_candidates(session, &state, item, error) &&
                (!own->group || count_alike(session, own->group, &item->n_alike, error));
    for (size_t i = 0; good && i < item->n_all; i++)
        fill_features(&item->all[i], document->claims, claim, item);
    nd_review_state_clear(&state);
    return good;
}

/* NULL without error when the document, or the citation, is no longer there. */
static struct nd_review_item *read_item(struct nd_session *session, int64_t id, size_t ordinal,
                                        GError **error)
{
    nd_auto(nd_review_document) document = NULL;
    if (!nd_review_document_read(session->catalog, id, &document, error) || !document ||
        ordinal >= nd_mentions_count(document->mentions))
        return NULL;
    nd_auto(nd_review_item) item = g_new0(struct nd_review_item, 1);
    const struct nd_mention *mention = nd_mentions_get(document->mentions, ordinal);
    uint32_t body_start;
    if (!nd_hit_fill(session, id, &item->document, &body_start, error))
        return NULL;
    item->reference = g_strdup_printf("%s-%zu", item->document.key, ordinal);
    item->span = (struct nd_range){mention->start, mention->end};
    item->relation = mention->relation;
    item->quote = nd_decision_quote(nd_document_text(document->text), mention);
    fill_context(document->text, item);
    if (!fill_reading(session, document, ordinal, item, error))
        return NULL;
    const bool open = item->n_all == 0;
    char confidence[G_ASCII_DTOSTR_BUF_SIZE];
    item->cursor = g_strdup_printf(
        "%d/%s/%s", open, g_ascii_dtostr(confidence, sizeof confidence, item->confidence), item->reference);
    return g_steal_pointer(&item);
}

void nd_review_item_free(struct nd_review_item *item)
{
    if (!item)
        return;
    g_free(item->reference);
    g_free(item->cursor);
    nd_hit_clear(&item->document);
    g_free(item->quote);
    g_free(item->context);
    g_free(item->reason);
    for (size_t i = 0; i < item->n_all; i++)
        nd_work_card_free(item->all[i].card);
    g_free(item->all);
    g_free(item);
}

/* ---- the queue ---- */

/* "KEY-ORDINAL"; false when it is no such thing. Caller frees *key_out. */
static bool parse_reference(const char *reference, char **key_out, size_t *ordinal_out)
{
    const char *dash = strrchr(reference, '-');
    guint64 ordinal;
    if (!dash || !g_ascii_string_to_unsigned(dash + 1, 10, 0, G_MAXUINT32, &ordinal, NULL))
        return false;
    *key_out = g_strndup(reference, (gsize)(dash - reference));
    *ordinal_out = (size_t)ordinal;
    return true;
}

/* Where in the queue to go on; the beginning for NULL. */
struct position {
    int64_t open;
    double confidence;
    char *key; /* owned */
    size_t ordinal;
};

static bool parse_cursor(const char *cursor, struct position *out, GError **error)
{
    *out = (struct position){.open = -1};
    if (!cursor)
        return true;
    g_auto(GStrv) parts = g_strsplit(cursor, "/", 3);
    if (g_strv_length(parts) == 3 && strlen(parts[0]) == 1 && g_ascii_isdigit(parts[0][0]) &&
        parse_reference(parts[2], &out->key, &out->ordinal)) {
        out->open = parts[0][0] - '0';
        out->confidence = g_ascii_strtod(parts[1], NULL);
        return true;
    }
    g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "no place in the queue: %s", cursor);
    return false;
}

/* Rejecting leaves a confidence of 0: what people decided is known by its reason. */
static const char queue_sql[] =
    "WITH doubt AS (SELECT r.document, r.ordinal, d.key,"
    "  (r.work IS NULL AND r.candidates IS NULL) AS open, r.confidence * m.confidence AS confidence"
    " FROM resolution r JOIN current_document d ON d.id = r.document"
    " JOIN mention m ON m.document = r.document AND m.ordinal = r.ordinal"
    " WHERE d.duplicate_of IS NULL AND d.secrecy <= ?5 AND r.confidence * m.confidence <= ?6"
    " AND coalesce(r.reason, '') NOT LIKE '%reviewer%')"
    "SELECT document, ordinal, count(*) OVER () FROM doubt"
    " WHERE (open, confidence, key, ordinal) > (?1, ?2, ?3, ?4)"
    " ORDER BY open, confidence, key, ordinal LIMIT 1";

static struct nd_review_item *next_item(struct nd_session *session, const struct position *position,
                                        uint64_t *n_left_out, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    bool row = false;
    if (!nd_sql_prepare(nd_catalog_sqlite(session->catalog), &s, queue_sql, error))
        return NULL;
    nd_sql_bind(s, "idsiud", position->open, position->confidence, position->key ? position->key : "",
                (int64_t)position->ordinal, (unsigned)session->visible, ND_REVIEW_QUEUE_CONFIDENCE);
    if (!nd_sql_step(s, &row, error) || !row)
        return NULL;
    *n_left_out = (uint64_t)nd_sql_int(s, 2);
    return read_item(session, nd_sql_int(s, 0), (size_t)nd_sql_int(s, 1), error);
}

struct nd_review_item *nd_review_queue_next(struct nd_session *session, const char *cursor,
                                            uint64_t *n_left_out, GError **error)
{
    struct position position;
    *n_left_out = 0;
    if (!parse_cursor(cursor, &position, error) || !nd_session_enter(session, error))
        return NULL;
    struct nd_review_item *item = next_item(session, &position, n_left_out, error);
    nd_session_leave(session);
    g_free(position.key);
    return item;
}

/* The row id of a reference's document, which the session may see. */
static bool find_document(struct nd_session *session, const char *reference, int64_t *id_out,
                          size_t *ordinal_out, GError **error)
{
    g_autofree char *key = NULL;
    if (!parse_reference(reference, &key, ordinal_out)) {
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, "no such citation");
        return false;
    }
    nd_auto(nd_catalog_document) row = nd_catalog_document_by_key(session->catalog, key, error);
    nd_auto(nd_catalog_document) seen = row ? nd_session_document(session, row->id, error) : NULL;
    *id_out = seen ? seen->id : 0;
    return seen != NULL;
}

struct nd_review_item *nd_review_item_read(struct nd_session *session, const char *reference, GError **error)
{
    int64_t id;
    size_t ordinal;
    if (!nd_session_enter(session, error))
        return NULL;
    g_autoptr(GError) failure = NULL;
    struct nd_review_item *item = NULL;
    if (find_document(session, reference, &id, &ordinal, &failure))
        item = read_item(session, id, ordinal, &failure);
    nd_session_leave(session);
    if (!item && !failure)
        g_set_error(&failure, ND_ERROR, ND_ERROR_NOT_FOUND, "no such citation");
    if (failure)
        g_propagate_error(error, g_steal_pointer(&failure));
    return item;
}

/* ---- deciding ---- */

static void note_outcome(const struct nd_review_report *report, void *user_data)
{
    struct nd_review_outcome *outcome = user_data;
    outcome->taken = report->result == ND_REVIEW_TAKEN || report->result == ND_REVIEW_REPEATED;
    outcome->n_citations = report->n_citations;
    g_free(outcome->message);
    outcome->message = outcome->taken ? NULL : g_strdup(report->message);
}

bool nd_review_decide(struct nd_session *session, const char *index_dir, const char *reference,
                      const char *decision, size_t all, const char *author, struct nd_review_outcome *outcome,
                      GError **error)
{
    int64_t id;
    size_t ordinal;
    *outcome = (struct nd_review_outcome){0};
    if (!nd_session_enter(session, error))
        return false;
    const bool found = find_document(session, reference, &id, &ordinal, error);
    nd_session_leave(session);
    if (!found)
        return false;
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *time = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
    const struct nd_review_import options = {
        .author = author, .time = time, .report = note_outcome, .user_data = outcome};
    nd_auto(nd_index_writer) writer = nd_review_writer_open(index_dir, error);
    return writer &&
           nd_review_import_one(nd_index_writer_catalog(writer), id, ordinal, decision, all, &options,
                                error) &&
           (!outcome->taken || nd_index_writer_commit(writer, error));
}
