#include "query/review.h"

#include "base/i18n.h"
#include "corpus/store/sql.h"
#include "graph/decisions.h"
#include "graph/resolver.h"
#include "graph/work.h"
#include "query/csv.h"
#include "query/sentence.h"
#include "query/review_rows.h"

#include <string.h>

static const double default_max_confidence = 0.9;
enum { DEFAULT_ROWS = 500 };

/* "1) 21-NQ/TW~XIII: title (16/6/2022)" a line, so that a person can answer with the number. */
static char *numbered(struct nd_catalog *catalog, const char *candidates)
{
    if (!candidates)
        return NULL;
    g_auto(GStrv) keys = g_strsplit(candidates, "\n", -1);
    GString *out = g_string_new(NULL);
    nd_auto(nd_sql_statement) s = NULL;
    for (size_t i = 0; keys[i]; i++) {
        bool row = false;
        struct nd_work_description known;
        nd_work_describe(keys[i], &known);
        const char *title = known.work.title;
        char date[11];
        nd_date_format(known.work.date, date);
        if (nd_sql_prepare(nd_catalog_sqlite(catalog), &s, "SELECT title, date FROM work WHERE key = ?",
                           NULL)) {
            nd_sql_bind(s, "s", keys[i]);
            if (nd_sql_step(s, &row, NULL) && row && nd_sql_text(s, 0))
                title = nd_sql_text(s, 0);
            if (row && nd_sql_text(s, 1))
                g_strlcpy(date, nd_sql_text(s, 1), sizeof date);
        }
        g_string_append_printf(out, "%s%zu) %s", i ? "\n" : "", i + 1, keys[i]);
        if (title)
            g_string_append_printf(out, ": %s", title);
        if (*date)
            g_string_append_printf(out, " (%s)", date);
        nd_work_description_clear(&known);
    }
    return g_string_free(out, FALSE);
}

/* How many citations of the collection look up the same group, and so would mean the same. */
static bool count_alike(struct nd_catalog *catalog, const struct nd_claim *claim, guint *n_out,
                        GError **error)
{
    *n_out = 0;
    if (!claim->group)
        return true;
    g_autoptr(GArray) ids = nd_review_group_documents(catalog, claim->group, error);
    if (!ids)
        return false;
    *n_out = ids->len;
    return true;
}

static bool write_row(struct nd_catalog *catalog, const struct nd_review_document *document, size_t ordinal,
                      FILE *out, GError **error)
{
    struct nd_review_state state;
    guint alike = 0;
    const struct nd_mention *mention = nd_mentions_get(document->mentions, ordinal);
    const struct nd_claim *claim = &g_array_index(document->claims->claims, struct nd_claim, ordinal);
    struct nd_str text = nd_document_text(document->text);
    if (!count_alike(catalog, claim, &alike, error) ||
        !nd_review_state_read(catalog, document->id, ordinal, &state, error))
        return false;
    g_autofree char *id =
        g_strdup_printf("%s#%u", document->name, nd_decision_occurrence(text, document->mentions, ordinal));
    g_autofree char *sentence = nd_sentence_around(text, mention->start, mention->end);
    g_autofree char *quote = nd_decision_quote(text, mention);
    g_autofree char *candidates = numbered(catalog, state.candidates);
    g_autofree char *same = alike ? g_strdup_printf("%u", alike) : NULL;
    char confidence[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(confidence, sizeof confidence, "%.2f", state.confidence * mention->confidence);
    const char *const cells[ND_N_REVIEW_COLUMNS] = {
        [ND_REVIEW_ID] = id,
        [ND_REVIEW_SENTENCE] = sentence,
        [ND_REVIEW_CITATION] = quote,
        [ND_REVIEW_WORK] = state.work,
        [ND_REVIEW_RELATION] = nd_relation_name(mention->relation),
        [ND_REVIEW_CONFIDENCE] = confidence,
        [ND_REVIEW_WHY] = state.reason ? _(state.reason) : NULL,
        [ND_REVIEW_CANDIDATES] = candidates,
        [ND_REVIEW_ALIKE] = same,
        [ND_REVIEW_DOCUMENT] = document->path,
    };
    for (size_t i = 0; i < ND_N_REVIEW_COLUMNS; i++)
        nd_csv_cell(out, cells[i], i == 0);
    nd_csv_end_row(out);
    nd_review_state_clear(&state);
    return true;
}

/* Of equal doubt, what many documents would gain from comes first only by chance: documents keep together. */
static const char rows_sql[] =
    "SELECT resolution.document, resolution.ordinal FROM resolution "
    "JOIN current_document AS document ON document.id = resolution.document "
    "JOIN mention ON mention.document = resolution.document AND mention.ordinal = resolution.ordinal "
    "WHERE resolution.confidence * mention.confidence <= ?1 AND (?2 IS NULL OR document.key = ?2) "
    "ORDER BY resolution.confidence * mention.confidence, document.key, resolution.ordinal LIMIT ?3";

static const char decided_sql[] =
    "SELECT DISTINCT resolution.document, resolution.ordinal FROM resolution "
    "JOIN current_document AS document ON document.id = resolution.document "
    "WHERE ?1 >= 0 AND resolution.confidence IN (0, 1) AND resolution.reason LIKE '% by a reviewer' "
    "AND (?2 IS NULL OR document.key = ?2) ORDER BY document.key, resolution.ordinal LIMIT ?3";

bool nd_review_export(struct nd_catalog *catalog, const struct nd_review_filter *filter, FILE *out,
                      size_t *n_rows_out, GError **error)
{
    nd_auto(nd_sql_statement) rows = NULL;
    nd_auto(nd_review_document) document = NULL;
    bool row = false;
    size_t n = 0;
    if (!nd_sql_prepare(nd_catalog_sqlite(catalog), &rows, filter->decided ? decided_sql : rows_sql, error))
        return false;
    nd_sql_bind(rows, "dsi", filter->max_confidence > 0 ? filter->max_confidence : default_max_confidence,
                filter->document, (int64_t)(filter->max_rows ? filter->max_rows : DEFAULT_ROWS));
    nd_csv_begin(out);
    for (size_t i = 0; i < ND_N_REVIEW_COLUMNS; i++)
        nd_csv_cell(out, nd_review_columns[i], i == 0);
    nd_csv_end_row(out);
    while (nd_sql_step(rows, &row, error) && row) {
        int64_t id = nd_sql_int(rows, 0);
        if (!document || document->id != id) {
            nd_review_document_free(g_steal_pointer(&document));
            if (!nd_review_document_read(catalog, id, &document, error))
                return false;
        }
        if (!document)
            continue;
        if (!write_row(catalog, document, (size_t)nd_sql_int(rows, 1), out, error))
            return false;
        n++;
    }
    *n_rows_out = n;
    return !row;
}
