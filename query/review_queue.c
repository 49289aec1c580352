#include "query/review_queue.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "corpus/store/index.h"
#include "graph/decisions.h"
#include "graph/wording.h"
#include "graph/work.h"
#include "query/cards.h"
#include "query/hits.h"
#include "query/review_features.h"
#include "query/review_rows.h"
#include "query/sentence.h"
#include "query/works.h"

#include <math.h>
#include <string.h>

enum {
    CONTEXT_BYTES = 500, /* of a paragraph before and after the citation */
    LIST_ROWS = 500,
    CANDIDATES_MAX = 9,   /* that can be chosen with one key */
    ALIKE_DOCUMENTS = 300 /* in more, a page does not count how often a wording stands */
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
    struct nd_catalog *const catalog = index ? nd_index_catalog(index, error) : NULL;
    if (!catalog || !nd_catalog_counts(catalog, &counts, error))
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

/* ---- candidates ---- */

/* A work that only the tables know: nothing in the index is or names it yet. */
static struct nd_work_card *describe(const char *key)
{
    struct nd_work_description known;
    nd_work_describe(key, NULL, &known);
    struct nd_work_card *card = g_new0(struct nd_work_card, 1);
    card->key = g_strdup(key);
    card->code = g_strdup(known.work.code);
    card->type = g_strdup(known.work.type);
    card->title = g_strdup(known.work.title ? known.work.title : known.event);
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
    g_auto(GStrv) keys = nd_review_candidate_keys(state);
    const guint n = MIN(g_strv_length(keys), CANDIDATES_MAX);
    item->all = g_new0(struct nd_review_candidate, n);
    for (guint i = 0; i < n; i++) {
        struct nd_work_card *card;
        if (!card_of(session, keys[i], &card, error))
            return false;
        if (card)
            item->all[item->n_all++].card = card;
        if (card && i == 0 && state->work)
            item->work = card;
    }
    return true;
}

static bool count_alike(struct nd_session *session, const struct nd_review_document *document, size_t ordinal,
                        unsigned *out, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(GArray) places = nd_review_places_alike(session->catalog, document, ordinal, session->visible,
                                                      ALIKE_DOCUMENTS, &failure);
    *out = places ? places->len : 0;
    if (!failure)
        return true;
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

static bool fill_reading(struct nd_session *session, const struct nd_review_document *document,
                         size_t ordinal, struct nd_review_item *item, GError **error)
{
    struct nd_review_state state;
    if (!nd_review_state_read(session->catalog, document->id, ordinal, &state, error))
        return false;
    const struct nd_claim *own = &g_array_index(document->claims->claims, struct nd_claim, ordinal);
    const struct nd_claim *claim = nd_claim_looked_up(document->claims, ordinal);
    item->confidence = state.confidence * nd_mentions_get(document->mentions, ordinal)->confidence;
    item->decided = state.decided;
    item->reason = state.reason && *state.reason ? g_strdup(_(state.reason)) : NULL;
    bool good = fill_candidates(session, &state, item, error) &&
                count_alike(session, document, ordinal, &item->n_alike, error);
    if (good)
        nd_review_features_fill(item, document->claims, claim ? claim : own);
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
    item->id = nd_review_id(document, ordinal);
    item->span = (struct nd_range){mention->start, mention->end};
    item->relation = mention->relation;
    item->quote = nd_decision_quote(nd_document_text(document->text), mention);
    fill_context(document->text, item);
    if (!fill_reading(session, document, ordinal, item, error))
        return NULL;
    item->cursor = g_strdup_printf("%d/%ld/%s", item->n_all > 0 ? ND_QUESTION_CHOICE : ND_QUESTION_OPEN,
                                   lround(item->confidence * ND_CERTAINTY_ONE), item->reference);
    return g_steal_pointer(&item);
}

void nd_review_item_free(struct nd_review_item *item)
{
    if (!item)
        return;
    g_free(item->reference);
    g_free(item->id);
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

/* Where in the queue to go on: behind this citation; the beginning for NULL. */
struct position {
    int64_t question, certainty, document, ordinal;
};

/* A cursor is "QUESTION/CERTAINTY/KEY-ORDINAL". When its document is gone, those of the same certainty are
 * gone through again. */
static bool parse_cursor(struct nd_session *session, const char *cursor, struct position *out, GError **error)
{
    *out = (struct position){.question = -1};
    if (!cursor)
        return true;
    g_auto(GStrv) parts = g_strsplit(cursor, "/", 3);
    g_autofree char *key = NULL;
    guint64 question, certainty;
    size_t ordinal;
    if (g_strv_length(parts) != 3 ||
        !g_ascii_string_to_unsigned(parts[0], 10, 0, ND_QUESTION_NONE, &question, NULL) ||
        !g_ascii_string_to_unsigned(parts[1], 10, 0, ND_CERTAINTY_ONE, &certainty, NULL) ||
        !parse_reference(parts[2], &key, &ordinal)) {
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "no place in the queue: %s", cursor);
        return false;
    }
    *out = (struct position){.question = (int64_t)question,
                             .certainty = (int64_t)certainty,
                             .document = -1,
                             .ordinal = (int64_t)ordinal};
    g_autoptr(GError) gone = NULL;
    if (!nd_session_find_document(session, key, &out->document, &gone) &&
        !g_error_matches(gone, ND_ERROR, ND_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&gone));
        return false;
    }
    return true;
}

/* The queue behind a position (?1 to ?4) up to a certainty (?6). Its index holds what is at most 900 certain,
 * and SQLite takes it where the condition says so in numbers. Repeats of another citation are not asked
 * about.
 */
#define IN_QUEUE                                                                                             \
    " WHERE (r.question, r.certainty, r.document, r.ordinal) > (?1, ?2, ?3, ?4) AND r.question < 2"          \
    " AND r.certainty <= ?6"
#define IN_INDEX " AND r.certainty <= 900"
#define LISTED                                                                                               \
    "SELECT r.document, r.ordinal FROM resolution r CROSS JOIN current_document d ON d.id = r.document"
#define SHOWN                                                                                                \
    " AND d.duplicate_of IS NULL AND d.secrecy <= ?5"                                                        \
    " ORDER BY r.question, r.certainty, r.document, r.ordinal LIMIT ?7"

static const char queue_sql[] = LISTED IN_QUEUE IN_INDEX SHOWN;
static const char any_certainty_sql[] = LISTED IN_QUEUE SHOWN;
static const char decided_sql[] = LISTED " WHERE r.question = 2" SHOWN;
/* Documents that are not shown are few: copies, those above the session's visibility, those of an update that
 * was cut short. */
static const char count_sql[] =
    "SELECT count(*) FROM resolution r" IN_QUEUE IN_INDEX
    " AND r.document NOT IN (SELECT id FROM document WHERE duplicate_of IS NOT NULL"
    " UNION ALL SELECT id FROM document WHERE secrecy > 0 AND secrecy > +?5"
    " UNION ALL SELECT document FROM pending"
    " WHERE NOT EXISTS (SELECT 1 FROM current_document WHERE id = pending.document))";

static bool ask(struct nd_session *session, const char *sql, const struct position *position,
                double max_confidence, size_t n_rows, struct nd_sql_statement **out, GError **error)
{
    if (!nd_sql_prepare(nd_catalog_sqlite(session->catalog), out, sql, error))
        return false;
    nd_sql_bind(*out, "iiiiuii", position->question, position->certainty, position->document,
                position->ordinal, (unsigned)session->visible,
                (int64_t)lround(max_confidence * ND_CERTAINTY_ONE), (int64_t)n_rows);
    return true;
}

static struct nd_review_item *next_item(struct nd_session *session, const struct position *position,
                                        uint64_t *n_left_out, GError **error)
{
    nd_auto(nd_sql_statement) next = NULL;
    nd_auto(nd_sql_statement) count = NULL;
    bool row = false;
    if (!ask(session, queue_sql, position, ND_REVIEW_QUEUE_CONFIDENCE, 1, &next, error) ||
        !nd_sql_step(next, &row, error) || !row)
        return NULL;
    if (!ask(session, count_sql, position, ND_REVIEW_QUEUE_CONFIDENCE, 1, &count, error) ||
        !nd_sql_step(count, &row, error))
        return NULL;
    *n_left_out = (uint64_t)nd_sql_int(count, 0);
    return read_item(session, nd_sql_int(next, 0), (size_t)nd_sql_int(next, 1), error);
}

struct nd_review_item *nd_review_queue_next(struct nd_session *session, const char *cursor,
                                            uint64_t *n_left_out, GError **error)
{
    struct position position;
    *n_left_out = 0;
    if (!nd_session_enter(session, error))
        return NULL;
    struct nd_review_item *item = parse_cursor(session, cursor, &position, error)
                                      ? next_item(session, &position, n_left_out, error)
                                      : NULL;
    nd_session_leave(session);
    return item;
}

static bool read_list(struct nd_session *session, const struct nd_review_filter *filter, GPtrArray *items,
                      GError **error)
{
    const struct position beginning = {.question = -1};
    const double most = filter->max_confidence > 0 ? filter->max_confidence : ND_REVIEW_QUEUE_CONFIDENCE;
    nd_auto(nd_sql_statement) s = NULL;
    if (!ask(session,
             filter->decided                      ? decided_sql
             : most <= ND_REVIEW_QUEUE_CONFIDENCE ? queue_sql
                                                  : any_certainty_sql,
             &beginning, most, filter->max_rows ? filter->max_rows : LIST_ROWS, &s, error))
        return false;
    for (bool row = true; row;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            return true;
        g_autoptr(GError) failure = NULL;
        struct nd_review_item *item =
            read_item(session, nd_sql_int(s, 0), (size_t)nd_sql_int(s, 1), &failure);
        if (item)
            g_ptr_array_add(items, item);
        if (failure) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
    }
    return true;
}

static void item_free(void *item)
{
    nd_review_item_free(item);
}

GPtrArray *nd_review_queue_list(struct nd_session *session, const struct nd_review_filter *filter,
                                GError **error)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(item_free);
    if (!nd_session_enter(session, error))
        return NULL;
    const bool good = read_list(session, filter, items, error);
    nd_session_leave(session);
    return good ? g_steal_pointer(&items) : NULL;
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
    return nd_session_find_document(session, key, id_out, error);
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
    if (report->result == ND_REVIEW_AFFECTED)
        return;
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
    g_autofree char *time = g_date_time_format(now, ND_DECISION_TIME);
    const struct nd_review_import options = {.author = author,
                                             .time = time,
                                             .visible = session->visible,
                                             .report = note_outcome,
                                             .user_data = outcome};
    nd_auto(nd_index_writer) writer = nd_review_writer_open(index_dir, error);
    return writer &&
           nd_review_import_one(nd_index_writer_catalog(writer), id, ordinal, decision, all, &options,
                                error) &&
           (!outcome->taken || nd_index_writer_commit(writer, error));
}

/* ---- citations alike ---- */

static void alike_free(void *pointer)
{
    struct nd_review_alike *alike = pointer;
    g_free(alike->reference);
    g_free(alike->sentence);
    g_free(alike->document);
    g_free(alike->title);
    g_free(alike->path);
    g_free(alike);
}

static bool add_alike(struct nd_session *session, const struct nd_review_place *place, GPtrArray *out,
                      GError **error)
{
    nd_auto(nd_review_document) document = NULL;
    nd_auto(nd_catalog_document) row = nd_session_document(session, place->document, error);
    if (!row || !nd_review_document_read(session->catalog, place->document, &document, error) || !document)
        return false;
    const struct nd_mention *mention = nd_mentions_get(document->mentions, place->ordinal);
    struct nd_review_alike *alike = g_new0(struct nd_review_alike, 1);
    g_ptr_array_add(out, alike);
    alike->reference = g_strdup_printf("%s-%u", row->key, place->ordinal);
    alike->sentence =
        nd_sentence_marked(nd_review_text(document), mention->start, mention->end, &alike->mark);
    alike->document = g_strdup(row->key);
    alike->title = g_strdup(row->metadata.title);
    alike->path = g_strdup(document->path);
    return true;
}

static GPtrArray *find_alike(struct nd_session *session, const char *reference, GError **error)
{
    int64_t id;
    size_t ordinal;
    nd_auto(nd_review_document) document = NULL;
    if (!find_document(session, reference, &id, &ordinal, error) ||
        !nd_review_document_read(session->catalog, id, &document, error))
        return NULL;
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(alike_free);
    if (!document || ordinal >= nd_mentions_count(document->mentions))
        return g_steal_pointer(&out);
    g_autoptr(GArray) places =
        nd_review_places_alike(session->catalog, document, ordinal, session->visible, 0, error);
    for (guint i = 0; places && i < places->len; i++)
        if (!add_alike(session, &g_array_index(places, struct nd_review_place, i), out, error))
            return NULL;
    return places ? g_steal_pointer(&out) : NULL;
}

GPtrArray *nd_review_alike(struct nd_session *session, const char *reference, GError **error)
{
    if (!nd_session_enter(session, error))
        return NULL;
    GPtrArray *alike = find_alike(session, reference, error);
    nd_session_leave(session);
    return alike;
}
