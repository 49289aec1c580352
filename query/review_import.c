#include "query/review.h"

#include "base/error.h"
#include "base/i18n.h"
#include "graph/decisions.h"
#include "graph/namesakes.h"
#include "graph/update.h"
#include "graph/verdicts.h"
#include "graph/wording.h"
#include "query/review_answer.h"
#include "query/review_table.h"
#include "query/sentence.h"

#include <string.h>

struct import {
    struct nd_catalog_writer *writer;
    struct nd_catalog *catalog;
    const struct nd_review_import *options;
    GHashTable *names;    /* nd_review_document_names; NULL where rows name their citation themselves */
    GHashTable *decided;  /* document names that entries were added under; owned */
    GHashTable *affected; /* documents to be resolved again; int64_t * */
};

/* One row while it is taken. */
struct row {
    const struct nd_review_answer *answer;
    struct nd_review_document *document; /* owned */
    size_t ordinal;
    struct nd_review_state state;
    struct nd_review_choice choice;
};

static void row_clear(struct row *row)
{
    nd_review_document_free(row->document);
    nd_review_state_clear(&row->state);
    nd_review_choice_clear(&row->choice);
}

static void report(const struct import *import, const struct row *row, enum nd_review_result result, size_t n,
                   const char *message)
{
    const struct nd_review_report line = {
        .line = row->answer->line, .result = result, .message = message, .n_citations = n};
    if (import->options->report)
        import->options->report(&line, import->options->user_data);
}

/* ---- which citation a row is about ---- */

/* The document and occurrence of "work:31-KH/TU~2023@SON-LA#1"; false when it is no such thing. */
static bool parse_id(const char *id, char **name_out, uint32_t *occurrence_out)
{
    const char *hash = strrchr(id, '#');
    guint64 occurrence = 0;
    if (!hash || !g_ascii_string_to_unsigned(hash + 1, 10, 1, G_MAXUINT32, &occurrence, NULL))
        return false;
    *name_out = g_strndup(id, (gsize)(hash - id));
    *occurrence_out = (uint32_t)occurrence;
    return true;
}

/* Several documents can bear one name, being copies or versions of one work: the first with the citation. */
static bool find_citation(const struct import *import, struct row *row, const char **refusal, GError **error)
{
    g_autofree char *name = NULL;
    uint32_t occurrence = 0;
    if (row->document) {
        *refusal = NULL;
        return nd_review_state_read(import->catalog, row->document->id, row->ordinal, &row->state, error);
    }
    *refusal = _("the id is not as it was exported");
    if (!parse_id(row->answer->id, &name, &occurrence))
        return true;
    const GArray *ids = g_hash_table_lookup(import->names, name);
    *refusal =
        ids ? _("the document no longer has this citation") : _("the document is no longer in the index");
    for (guint i = 0; ids && i < ids->len; i++) {
        nd_auto(nd_review_document) document = NULL;
        if (!nd_review_document_read(import->catalog, g_array_index(ids, int64_t, i), &document, error))
            return false;
        const int64_t found =
            document ? nd_review_find_mention(document, row->answer->citation, occurrence) : -1;
        if (found < 0)
            continue;
        row->ordinal = (size_t)found;
        row->document = g_steal_pointer(&document);
        *refusal = NULL;
        return nd_review_state_read(import->catalog, row->document->id, row->ordinal, &row->state, error);
    }
    return true;
}

/* ---- recording ---- */

static void affect(struct import *import, int64_t document)
{
    g_hash_table_add(import->affected, g_memdup2(&document, sizeof document));
}

static bool append(struct import *import, struct nd_decision *decision, const char *note, GError **error)
{
    decision->time = import->options->time;
    decision->author = import->options->author;
    decision->note = note && *note ? note : NULL;
    if (*decision->document_key)
        g_hash_table_add(import->decided, g_strdup(decision->document_key));
    return import->options->dry_run || nd_catalog_writer_add_decision(import->writer, decision, error);
}

/* Whether the choice would change nothing at the mention. */
static bool is_in_force(const struct nd_review_choice *choice, const struct nd_verdict *now)
{
    const bool names_work = strcmp(choice->verdict, "accept") == 0 || strcmp(choice->verdict, "work") == 0;
    return (names_work && now->work && strcmp(now->work, choice->value) == 0) ||
           (strcmp(choice->verdict, "reject") == 0 && now->rejected) ||
           (strcmp(choice->verdict, "relation") == 0 && now->relation >= 0 &&
            strcmp(nd_relation_name((enum nd_relation)now->relation), choice->value) == 0) ||
           (strcmp(choice->verdict, "edge") == 0 && now->edges &&
            g_ptr_array_find_with_equal_func(now->edges, choice->value, g_str_equal, NULL));
}

/* The entry an undo means: the one it names, else the last that stands; NULL when there is none. */
static const struct nd_decided *entry_to_undo(const struct nd_review_choice *choice,
                                              const struct nd_verdict *now)
{
    for (guint i = now->entries ? now->entries->len : 0; i-- > 0;) {
        const struct nd_decided *entry = now->entries->pdata[i];
        if (!choice->value || strcmp(choice->value, entry->id) == 0)
            return entry;
    }
    return NULL;
}

/* Records the choice about one mention; *recorded_out is false when it is in force already. */
static bool record_at(struct import *import, const struct row *row, const struct nd_review_document *document,
                      size_t ordinal, bool *recorded_out, GError **error)
{
    const struct nd_str text = nd_review_text(document);
    const struct nd_mention *mention = nd_mentions_get(document->mentions, ordinal);
    nd_auto(nd_verdicts) verdicts =
        nd_verdicts_read(import->catalog, document->name, text, document->mentions, error);
    if (!verdicts)
        return false;
    const struct nd_verdict *now = nd_verdict_at(verdicts, ordinal);
    if (strcmp(row->choice.verdict, "undo") == 0) {
        const struct nd_decided *entry = entry_to_undo(&row->choice, now);
        *recorded_out = entry != NULL;
        struct nd_decision undo = entry ? entry->what : (struct nd_decision){0};
        undo.verdict = "undo";
        undo.value = entry ? entry->id : NULL;
        return !entry || append(import, &undo, row->answer->note, error);
    }
    *recorded_out = !is_in_force(&row->choice, now);
    if (!*recorded_out)
        return true;
    g_autofree char *quote = nd_decision_quote(text, mention);
    g_autofree char *context = nd_decision_context(text, mention);
    struct nd_decision decision = {.document_key = document->name,
                                   .quote = quote,
                                   .occurrence = nd_decision_occurrence(text, document->mentions, ordinal),
                                   .context = context,
                                   .verdict = row->choice.verdict,
                                   .value = row->choice.value};
    return append(import, &decision, row->answer->note, error);
}

/* ---- decisions about many citations ---- */

/* The standing alias of the wording of the row's citation; NULL without. */
static struct nd_decided *alias_of(GPtrArray *log, const struct row *row)
{
    g_autofree char *wording = nd_claim_wording(row->document->claims, row->ordinal);
    for (guint i = log->len; wording && i-- > 0;) {
        struct nd_decided *entry = log->pdata[i];
        if (entry->stands && strcmp(entry->what.verdict, "alias") == 0 &&
            strcmp(entry->what.quote, wording) == 0)
            return entry;
    }
    return NULL;
}

static bool record_alias(struct import *import, const struct row *row, size_t *n_out, GError **error)
{
    g_autoptr(GPtrArray) log = nd_decisions_read(import->catalog, "", error);
    g_autofree char *wording = nd_claim_wording(row->document->claims, row->ordinal);
    if (!log)
        return false;
    const struct nd_decided *standing = alias_of(log, row);
    const bool undo = strcmp(row->choice.verdict, "undo") == 0;
    struct nd_decision decision = {.document_key = "",
                                   .quote = wording,
                                   .occurrence = 1,
                                   .verdict = row->choice.verdict,
                                   .value = undo ? standing->id : row->choice.value};
    *n_out = undo || !standing || strcmp(standing->what.value, row->choice.value) != 0;
    return *n_out == 0 || append(import, &decision, row->answer->note, error);
}

static bool record_places(struct import *import, const struct row *row, const GArray *places, size_t *n_out,
                          GError **error)
{
    nd_auto(nd_review_document) document = NULL;
    for (guint i = 0; i < places->len; i++) {
        const struct nd_review_place *place = &g_array_index(places, struct nd_review_place, i);
        bool recorded = false;
        if (!document || document->id != place->document) {
            nd_review_document_free(g_steal_pointer(&document));
            if (!nd_review_document_read(import->catalog, place->document, &document, error))
                return false;
        }
        if (document && !record_at(import, row, document, place->ordinal, &recorded, error))
            return false;
        *n_out += recorded;
    }
    return true;
}

/* Shows which citations a decision for many would reach, and refuses it. */
static bool ask_to_confirm(const struct import *import, const struct row *row, const GArray *places,
                           GError **error)
{
    nd_auto(nd_review_document) document = NULL;
    for (guint i = 0; i < places->len; i++) {
        const struct nd_review_place *place = &g_array_index(places, struct nd_review_place, i);
        if (!document || document->id != place->document) {
            nd_review_document_free(g_steal_pointer(&document));
            if (!nd_review_document_read(import->catalog, place->document, &document, error))
                return false;
        }
        if (!document)
            continue;
        const struct nd_mention *mention = nd_mentions_get(document->mentions, place->ordinal);
        g_autofree char *sentence =
            nd_sentence_around(nd_review_text(document), mention->start, mention->end);
        g_autofree char *message = g_strdup_printf("%s: %s", document->path, sentence);
        report(import, row, ND_REVIEW_AFFECTED, 1, message);
    }
    g_autofree char *message = g_strdup_printf(
        nd_translate_n(
            "it decides %u citation, listed above; to confirm, write \"all %u\" in the column scope",
            "it decides %u citations, listed above; to confirm, write \"all %u\" in the column scope",
            places->len),
        places->len, places->len);
    report(import, row, ND_REVIEW_REFUSED, places->len, message);
    return true;
}

static void report_taken(const struct import *import, const struct row *row, size_t n_recorded, size_t n)
{
    const char *value = row->choice.value;
    g_autofree char *message =
        g_strdup_printf("%s%s%s", row->choice.verdict, value ? " " : "", value ? value : "");
    if (n_recorded)
        report(import, row, ND_REVIEW_TAKEN, n, message);
    else
        report(import, row, ND_REVIEW_REPEATED, n,
               strcmp(row->choice.verdict, "undo") == 0 ? _("there is no decision to take back")
                                                        : _("decided so already"));
}

static bool take_for_many(struct import *import, const struct row *row, size_t confirmed, GError **error)
{
    g_autoptr(GArray) places = nd_review_places_alike(import->catalog, row->document, row->ordinal,
                                                      import->options->visible, 0, error);
    size_t n = 0;
    if (!places)
        return false;
    if (confirmed != places->len)
        return ask_to_confirm(import, row, places, error);
    for (guint i = 0; i < places->len; i++)
        affect(import, g_array_index(places, struct nd_review_place, i).document);
    if (!(row->choice.wording ? record_alias(import, row, &n, error)
                              : record_places(import, row, places, &n, error)))
        return false;
    report_taken(import, row, n, places->len);
    return true;
}

/* ---- rows ---- */

/* An undo where nothing stands about the citation itself means the alias of its wording. */
static bool find_what_undo_means(struct import *import, struct row *row, GError **error)
{
    if (strcmp(row->choice.verdict, "undo") != 0)
        return true;
    nd_auto(nd_verdicts) verdicts = nd_verdicts_read(
        import->catalog, row->document->name, nd_review_text(row->document), row->document->mentions, error);
    g_autoptr(GPtrArray) log = verdicts ? nd_decisions_read(import->catalog, "", error) : NULL;
    if (!log)
        return false;
    row->choice.wording = !nd_verdict_at(verdicts, row->ordinal)->entries && alias_of(log, row);
    return true;
}

static bool is_about_the_sentence(const struct nd_review_choice *choice)
{
    return strcmp(choice->verdict, "relation") == 0 || strcmp(choice->verdict, "edge") == 0;
}

static const char *read_scope(const struct row *row, bool *all_out, size_t *confirmed_out)
{
    if (!nd_review_scope_read(row->answer->scope, all_out, confirmed_out))
        return _("scope is empty, \"all\", or \"all\" and the number of citations");
    if (*all_out && is_about_the_sentence(&row->choice))
        return _("what a sentence says is decided one by one");
    if (*all_out && !nd_claim_looked_up(row->document->claims, row->ordinal))
        return _("\"all\" needs a citation whose issuer and place are known and whose work is looked up");
    *all_out |= row->choice.wording;
    return NULL;
}

static bool take_row(struct import *import, struct row *row, GError **error)
{
    const char *refusal = NULL;
    bool all = false, recorded = false;
    size_t confirmed = 0;
    g_autofree char *decision = g_strstrip(g_strdup(row->answer->decision));
    if (!*decision) {
        report(import, row, ND_REVIEW_SKIPPED, 0, _("no decision"));
        return true;
    }
    if (!find_citation(import, row, &refusal, error))
        return false;
    if (!refusal)
        refusal = nd_review_answer_read(row->answer, row->document, row->ordinal, &row->state, &row->choice);
    if (!refusal && !find_what_undo_means(import, row, error))
        return false;
    if (!refusal)
        refusal = read_scope(row, &all, &confirmed);
    if (refusal) {
        report(import, row, ND_REVIEW_REFUSED, 0, refusal);
        return true;
    }
    if (all)
        return take_for_many(import, row, confirmed, error);
    if (!record_at(import, row, row->document, row->ordinal, &recorded, error))
        return false;
    report_taken(import, row, recorded, 1);
    return true;
}

static bool bring_in_step(struct import *import, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    GHashTableIter iter;
    gpointer id;
    if (import->options->dry_run)
        return true;
    if (!nd_namesakes_add(import->catalog, import->decided, import->affected, error))
        return false;
    g_hash_table_iter_init(&iter, import->affected);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        g_array_append_val(ids, *(int64_t *)id);
    return ids->len == 0 ||
           nd_graph_update(import->writer, (const int64_t *)(void *)ids->data, ids->len, NULL, error);
}

/* ---- tables ---- */

enum column {
    COLUMN_ID,
    COLUMN_DECISION,
    COLUMN_CITATION,
    COLUMN_SCOPE,
    COLUMN_NOTE,
    COLUMN_WORK,
    COLUMN_CANDIDATES,
    N_COLUMNS,
    N_REQUIRED = 3
};
static const char *const columns[N_COLUMNS] = {"id",   "decision", "citation",  "scope",
                                               "note", "work",     "candidates"};

static bool take_table(struct import *import, const struct nd_review_table *table, GError **error)
{
    for (guint i = 0; i < table->rows->len; i++) {
        const struct nd_review_answer answer = {
            .line = g_array_index(table->lines, size_t, i),
            .id = nd_review_table_cell(table, i, COLUMN_ID),
            .citation = nd_review_table_cell(table, i, COLUMN_CITATION),
            .decision = nd_review_table_cell(table, i, COLUMN_DECISION),
            .scope = nd_review_table_cell(table, i, COLUMN_SCOPE),
            .note = nd_review_table_cell(table, i, COLUMN_NOTE),
            .work = nd_review_table_cell(table, i, COLUMN_WORK),
            .candidates = nd_review_table_cell(table, i, COLUMN_CANDIDATES),
        };
        struct row row = {.answer = &answer};
        const bool done = take_row(import, &row, error);
        row_clear(&row);
        if (!done)
            return false;
    }
    return bring_in_step(import, error);
}

bool nd_review_import(struct nd_catalog_writer *writer, struct nd_bytes bytes,
                      const struct nd_review_import *options, GError **error)
{
    struct import import = {
        .writer = writer, .catalog = nd_catalog_writer_reader(writer), .options = options};
    nd_auto(nd_review_table) table = nd_review_table_read(bytes, columns, N_COLUMNS, N_REQUIRED, error);
    g_autoptr(GHashTable) names = table ? nd_review_document_names(import.catalog, error) : NULL;
    g_autoptr(GHashTable) decided = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) affected = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    import.names = names;
    import.decided = decided;
    import.affected = affected;
    return names && take_table(&import, table, error);
}

bool nd_review_import_one(struct nd_catalog_writer *writer, int64_t id, size_t ordinal, const char *decision,
                          size_t all, const struct nd_review_import *options, GError **error)
{
    struct import import = {
        .writer = writer, .catalog = nd_catalog_writer_reader(writer), .options = options};
    g_autofree char *scope = all ? g_strdup_printf("all %zu", all) : g_strdup("");
    const struct nd_review_answer answer = {.line = 1, .decision = decision, .scope = scope, .note = ""};
    struct row row = {.answer = &answer, .ordinal = ordinal};
    if (!nd_review_document_read(import.catalog, id, &row.document, error))
        return false;
    if (!row.document || ordinal >= nd_mentions_count(row.document->mentions)) {
        row_clear(&row);
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, "no such citation");
        return false;
    }
    g_autoptr(GHashTable) decided = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) affected = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    import.decided = decided;
    import.affected = affected;
    const bool done = take_row(&import, &row, error) && bring_in_step(&import, error);
    row_clear(&row);
    return done;
}
