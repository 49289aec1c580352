#include "query/review.h"

#include "analyzers/data/data.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "graph/decisions.h"
#include "graph/update.h"
#include "graph/work.h"
#include "query/csv.h"
#include "query/review_rows.h"

#include <string.h>

struct import {
    struct nd_catalog_writer *writer;
    struct nd_catalog *catalog;
    const struct nd_review_import *options;
    GPtrArray *rows; /* of GPtrArray of char *, the header first */
    GArray *lines;   /* of size_t: on which line each row begins */
    int columns[ND_N_REVIEW_COLUMNS];
    GHashTable *names;    /* document name -> row id */
    GHashTable *affected; /* documents to be resolved again; int64_t * */
};

/* One row while it is read. Strings borrowed from the table or owned where said. */
struct row {
    guint index;
    const char *quote, *note;
    char *document_name; /* owned */
    uint32_t occurrence;
    struct nd_review_document *document; /* owned */
    size_t ordinal;
    struct nd_review_state state;
    char *verdict, *value; /* owned; the decision */
    bool alias, all;
};

static void row_clear(struct row *row)
{
    g_free(row->document_name);
    g_free(row->verdict);
    g_free(row->value);
    nd_review_document_free(row->document);
    nd_review_state_clear(&row->state);
}

static const char *cell(const struct import *import, guint row, enum nd_review_column column)
{
    const GPtrArray *cells = import->rows->pdata[row];
    int i = import->columns[column];
    return i >= 0 && (guint)i < cells->len ? cells->pdata[i] : "";
}

static void report(const struct import *import, const struct row *row, enum nd_review_result result, size_t n,
                   const char *message)
{
    const struct nd_review_report line = {.line = g_array_index(import->lines, size_t, row->index),
                                          .result = result,
                                          .message = message,
                                          .n_citations = n};
    if (import->options->report)
        import->options->report(&line, import->options->user_data);
}

/* ---- which citation a row is about ---- */

/* Sets what `id` names; a message when it cannot. */
static const char *read_id(const struct import *import, struct row *row)
{
    const char *id = cell(import, row->index, ND_REVIEW_ID);
    const char *hash = strrchr(id, '#');
    guint64 occurrence = 0;
    if (!hash || !g_ascii_string_to_unsigned(hash + 1, 10, 1, G_MAXUINT32, &occurrence, NULL))
        return _("the id is not as it was exported");
    row->document_name = g_strndup(id, (gsize)(hash - id));
    row->occurrence = (uint32_t)occurrence;
    row->quote = cell(import, row->index, ND_REVIEW_CITATION);
    row->note = cell(import, row->index, ND_REVIEW_NOTE);
    return NULL;
}

static bool find_citation(const struct import *import, struct row *row, const char **refusal, GError **error)
{
    const int64_t *id = g_hash_table_lookup(import->names, row->document_name);
    if (!id) {
        *refusal = _("the document is no longer in the index");
        return true;
    }
    if (!nd_review_document_read(import->catalog, *id, &row->document, error))
        return false;
    int64_t ordinal = row->document ? nd_review_find_mention(row->document, row->quote, row->occurrence) : -1;
    if (ordinal < 0) {
        *refusal = _("the document no longer has this citation");
        return true;
    }
    row->ordinal = (size_t)ordinal;
    return nd_review_state_read(import->catalog, *id, row->ordinal, &row->state, error);
}

/* ---- what a row decides ---- */

static bool is_word(const char *word, const char *const *words)
{
    g_autofree char *folded = g_utf8_strdown(word, -1);
    return g_strv_contains(words, folded);
}

/* A work by its key, or by the number of a candidate; NULL for anything else. */
static char *work_of(const struct row *row, const char *text)
{
    guint64 number = 0;
    if (g_ascii_string_to_unsigned(text, 10, 1, 99, &number, NULL)) {
        g_auto(GStrv) keys = g_strsplit(row->state.candidates ? row->state.candidates : "", "\n", -1);
        return number <= g_strv_length(keys) ? g_strdup(keys[number - 1]) : NULL;
    }
    struct nd_work_description description;
    nd_work_describe(text, &description);
    bool known = description.work.code != NULL || nd_authority_by_key(text) || strchr(text, '@') ||
                 g_str_has_prefix(text, "NQ-DH-");
    nd_work_description_clear(&description);
    return known && !strchr(text, ' ') ? g_strdup(text) : NULL;
}

static const char *take(struct row *row, const char *verdict, char *value)
{
    row->verdict = g_strdup(verdict);
    row->value = value;
    return NULL;
}

static const char *parse_accept(struct row *row, const char *rest)
{
    (void)rest;
    return row->state.work ? take(row, "accept", g_strdup(row->state.work))
                           : _("there is no work to confirm; give the number of a candidate or a key");
}

static const char *parse_reject(struct row *row, const char *rest)
{
    (void)rest;
    return take(row, "reject", NULL);
}

static const char *parse_work(struct row *row, const char *rest)
{
    char *work = work_of(row, rest);
    return work ? take(row, "work", work)
                : _("that is neither the number of a candidate nor the key of a work");
}

static const char *parse_relation(struct row *row, const char *rest)
{
    enum nd_relation relation;
    return nd_relation_parse(rest, &relation) ? take(row, "relation", g_strdup(rest))
                                              : _("no relation has that name");
}

static const char *parse_alias(struct row *row, const char *rest)
{
    const struct nd_claim *claim =
        &g_array_index(row->document->claims->claims, struct nd_claim, row->ordinal);
    if (!claim->group)
        return _("this citation says by itself what it means, or too little; it cannot teach others");
    char *work = *rest ? work_of(row, rest) : g_strdup(row->state.work);
    if (!work)
        return _("alias needs the number of a candidate or the key of a work");
    row->alias = true;
    return take(row, "alias", work);
}

static const char *parse_edge(struct row *row, const char *rest)
{
    enum nd_relation relation;
    const char *key = NULL;
    if (!nd_decision_parse_edge(rest, &relation, &key))
        return _("edge needs a relation and the key of a work");
    g_autofree char *work = work_of(row, key);
    return work ? take(row, "edge", g_strdup_printf("%s %s", nd_relation_name(relation), work))
                : _("that is neither the number of a candidate nor the key of a work");
}

static const char *parse_undo(struct row *row, const char *rest)
{
    (void)rest;
    return take(row, "undo", NULL);
}

static const struct verb {
    const char *const *words; /* what people may write, lower case */
    const char *(*parse)(struct row *row, const char *rest);
} verbs[] = {
    {(const char *const[]){"ok", "yes", "accept", "đúng", "có", NULL}, parse_accept},
    {(const char *const[]){"no", "reject", "sai", "không", NULL}, parse_reject},
    {(const char *const[]){"work", "retarget", "văn-bản", NULL}, parse_work},
    {(const char *const[]){"relation", "quan-hệ", NULL}, parse_relation},
    {(const char *const[]){"alias", "tên-gọi", NULL}, parse_alias},
    {(const char *const[]){"edge", "liên-kết", NULL}, parse_edge},
    {(const char *const[]){"undo", "bỏ", NULL}, parse_undo},
};

static const char *parse_decision(struct row *row, const char *text)
{
    size_t n = strcspn(text, " ");
    g_autofree char *word = g_strndup(text, n);
    const char *rest = text + n + strspn(text + n, " ");
    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (is_word(word, verbs[i].words))
            return verbs[i].parse(row, rest);
    return parse_work(row, text); /* the number of a candidate, or a key, alone */
}

static const char *parse_scope(struct row *row, const char *text)
{
    static const char *const words[] = {"all", "tất cả", NULL};
    const struct nd_claim *claim =
        &g_array_index(row->document->claims->claims, struct nd_claim, row->ordinal);
    if (!*text || row->alias)
        return NULL;
    if (!is_word(text, words))
        return _("scope is empty or \"all\"");
    if (!claim->group)
        return _("\"all\" needs a citation whose issuer and place are known and whose work is looked up");
    row->all = true;
    return NULL;
}

/* ---- recording ---- */

static void affect(struct import *import, int64_t document)
{
    g_hash_table_add(import->affected, g_memdup2(&document, sizeof document));
}

static bool record(struct import *import, const struct row *row, const char *document, const char *quote,
                   uint32_t occurrence, GError **error)
{
    const struct nd_decision decision = {.time = import->options->time,
                                         .author = import->options->author,
                                         .document_key = document,
                                         .quote = quote,
                                         .occurrence = occurrence,
                                         .verdict = row->verdict,
                                         .value = row->value,
                                         .note = *row->note ? row->note : NULL};
    return import->options->dry_run || nd_catalog_writer_add_decision(import->writer, &decision, error);
}

static bool record_alias(struct import *import, const struct row *row, size_t *n_out, GError **error)
{
    const char *group = g_array_index(row->document->claims->claims, struct nd_claim, row->ordinal).group;
    g_autoptr(GArray) ids = nd_review_group_documents(import->catalog, group, error);
    if (!ids)
        return false;
    for (guint i = 0; i < ids->len; i++)
        affect(import, g_array_index(ids, int64_t, i));
    *n_out = ids->len;
    return record(import, row, "", group, 1, error);
}

static bool is_alike(const struct nd_claim *a, const struct nd_claim *b)
{
    return a->group && b->group && strcmp(a->group, b->group) == 0 && g_strcmp0(a->term, b->term) == 0;
}

/* Every citation of the group, which has one issuer and one place, that names the same term. */
static bool record_all(struct import *import, const struct row *row, size_t *n_out, GError **error)
{
    const struct nd_claim *model =
        &g_array_index(row->document->claims->claims, struct nd_claim, row->ordinal);
    g_autoptr(GArray) ids = nd_review_group_documents(import->catalog, model->group, error);
    for (guint i = 0; ids && i < ids->len; i++) {
        nd_auto(nd_review_document) document = NULL;
        if (!nd_review_document_read(import->catalog, g_array_index(ids, int64_t, i), &document, error))
            return false;
        for (guint m = 0; document && m < document->claims->claims->len; m++) {
            struct nd_str text = nd_document_text(document->text);
            if (!is_alike(model, &g_array_index(document->claims->claims, struct nd_claim, m)))
                continue;
            g_autofree char *quote = nd_decision_quote(text, nd_mentions_get(document->mentions, m));
            if (!record(import, row, document->name, quote,
                        nd_decision_occurrence(text, document->mentions, m), error))
                return false;
            affect(import, document->id);
            ++*n_out;
        }
    }
    return ids != NULL;
}

static bool record_one(struct import *import, const struct row *row, size_t *n_out, GError **error)
{
    *n_out = 1;
    affect(import, row->document->id);
    return record(import, row, row->document_name, row->quote, row->occurrence, error);
}

/* Whether the decision would change nothing. */
static bool is_repeated(const struct import *import, const struct row *row, bool *repeated, GError **error)
{
    *repeated = false;
    if (row->alias || row->all)
        return true;
    nd_auto(nd_verdicts) verdicts =
        nd_verdicts_read(nd_catalog_sqlite(import->catalog), row->document_name,
                         nd_document_text(row->document->text), row->document->mentions, error);
    if (!verdicts)
        return false;
    const struct nd_verdict *now = &g_array_index(verdicts->list, struct nd_verdict, row->ordinal);
    bool names_work = strcmp(row->verdict, "accept") == 0 || strcmp(row->verdict, "work") == 0;
    *repeated = (names_work && now->work && strcmp(now->work, row->value) == 0) ||
                (strcmp(row->verdict, "reject") == 0 && now->rejected) ||
                (strcmp(row->verdict, "relation") == 0 && now->relation >= 0 &&
                 strcmp(nd_relation_name((enum nd_relation)now->relation), row->value) == 0) ||
                (strcmp(row->verdict, "undo") == 0 && now->standing == 0);
    return true;
}

static bool import_row(struct import *import, struct row *row, GError **error)
{
    g_autofree char *text = g_strdup(cell(import, row->index, ND_REVIEW_DECISION));
    g_autofree char *scope = g_strdup(cell(import, row->index, ND_REVIEW_SCOPE));
    if (!*g_strstrip(text)) {
        report(import, row, ND_REVIEW_SKIPPED, 0, _("no decision"));
        return true;
    }
    const char *refusal = read_id(import, row);
    if (!refusal && !find_citation(import, row, &refusal, error))
        return false;
    if (!refusal)
        refusal = parse_decision(row, text);
    if (!refusal)
        refusal = parse_scope(row, g_strstrip(scope));
    if (refusal) {
        report(import, row, ND_REVIEW_REFUSED, 0, refusal);
        return true;
    }
    bool repeated = false;
    if (!is_repeated(import, row, &repeated, error))
        return false;
    if (repeated) {
        report(import, row, ND_REVIEW_REPEATED, 1, _("decided so already"));
        return true;
    }
    size_t n = 0;
    if (!(row->alias ? record_alias : row->all ? record_all : record_one)(import, row, &n, error))
        return false;
    g_autofree char *message = g_strdup_printf("%s %s", row->verdict, row->value ? row->value : "");
    report(import, row, ND_REVIEW_TAKEN, n, g_strchomp(message));
    return true;
}

static bool bring_in_step(struct import *import, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, import->affected);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        g_array_append_val(ids, *(int64_t *)id);
    return import->options->dry_run || ids->len == 0 ||
           nd_graph_update(import->writer, (const int64_t *)(void *)ids->data, ids->len, NULL, error);
}

/* ---- the table ---- */

enum { MAX_ROWS = 1000000 };

static bool read_table(struct import *import, struct nd_bytes table, GError **error)
{
    struct nd_csv csv = {0};
    if (!nd_utf8_check(table, &csv.text, NULL)) {
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "%s",
                    _("the table is not UTF-8 text; save it as \"CSV UTF-8\""));
        return false;
    }
    size_t line = 1, counted = 0;
    GPtrArray *cells;
    while ((cells = nd_csv_read(&csv))) {
        g_ptr_array_add(import->rows, cells);
        g_array_append_val(import->lines, line);
        for (; counted < csv.at; counted++)
            line += csv.text.p[counted] == '\n';
        if (import->rows->len > MAX_ROWS) {
            g_set_error(error, ND_ERROR, ND_ERROR_LIMIT, _("the table has more than %d rows"), MAX_ROWS);
            return false;
        }
    }
    return true;
}

static bool find_columns(struct import *import, GError **error)
{
    const GPtrArray *header = import->rows->len ? import->rows->pdata[0] : NULL;
    for (size_t c = 0; c < ND_N_REVIEW_COLUMNS; c++) {
        import->columns[c] = -1;
        for (guint i = 0; header && i < header->len; i++)
            if (g_ascii_strcasecmp(header->pdata[i], nd_review_columns[c]) == 0)
                import->columns[c] = (int)i;
    }
    if (import->columns[ND_REVIEW_ID] >= 0 && import->columns[ND_REVIEW_DECISION] >= 0 &&
        import->columns[ND_REVIEW_CITATION] >= 0)
        return true;
    g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "%s",
                _("the table has no columns id, decision and citation"));
    return false;
}

static bool import_rows(struct import *import, GError **error)
{
    for (guint i = 1; i < import->rows->len; i++) {
        struct row row = {.index = i, .note = "", .quote = ""};
        bool done = import_row(import, &row, error);
        row_clear(&row);
        if (!done)
            return false;
    }
    return bring_in_step(import, error);
}

/* names: document name -> row id of every document the table may name. */
static bool import_table(struct nd_catalog_writer *writer, struct nd_bytes table, GHashTable *names,
                         const struct nd_review_import *options, GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autoptr(GHashTable) affected = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    struct import import = {.writer = writer,
                            .catalog = nd_catalog_writer_reader(writer),
                            .options = options,
                            .rows = rows,
                            .lines = lines,
                            .names = names,
                            .affected = affected};
    return read_table(&import, table, error) && find_columns(&import, error) && import_rows(&import, error);
}

bool nd_review_import(struct nd_catalog_writer *writer, struct nd_bytes table,
                      const struct nd_review_import *options, GError **error)
{
    g_autoptr(GHashTable) names = nd_review_document_names(nd_catalog_writer_reader(writer), error);
    return names && import_table(writer, table, names, options, error);
}

/* A cell in quotation marks, and what ends it. */
static void append_cell(GString *out, const char *text, char end)
{
    g_string_append_c(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
    g_string_append_c(out, end);
}

bool nd_review_import_one(struct nd_catalog_writer *writer, int64_t id, size_t ordinal, const char *decision,
                          size_t all, const struct nd_review_import *options, GError **error)
{
    nd_auto(nd_review_document) document = NULL;
    if (!nd_review_document_read(nd_catalog_writer_reader(writer), id, &document, error))
        return false;
    if (!document || ordinal >= nd_mentions_count(document->mentions)) {
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, "no such citation");
        return false;
    }
    const struct nd_str text = nd_document_text(document->text);
    g_autofree char *quote = nd_decision_quote(text, nd_mentions_get(document->mentions, ordinal));
    g_autofree char *name =
        g_strdup_printf("%s#%u", document->name, nd_decision_occurrence(text, document->mentions, ordinal));
    g_autoptr(GString) table = g_string_new("id,decision,scope,citation\n");
    append_cell(table, name, ',');
    append_cell(table, decision, ',');
    append_cell(table, all ? "all" : "", ',');
    append_cell(table, quote, '\n');
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(names, document->name, &document->id);
    return import_table(writer, (struct nd_bytes){(const uint8_t *)table->str, table->len}, names, options,
                        error);
}
