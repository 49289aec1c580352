#include "query/review.h"

#include "base/i18n.h"
#include "query/csv.h"
#include "query/review_features.h"
#include "query/review_queue.h"
#include "query/sentence.h"

enum column {
#define ND_REVIEW_COLUMN(id, name) COLUMN_##id,
#include "query/review_columns.def"
    N_COLUMNS
};

static const char *const columns[N_COLUMNS] = {
#define ND_REVIEW_COLUMN(id, name) [COLUMN_##id] = name,
#include "query/review_columns.def"
};

/* The sentence with the citation in brackets: a cell of a table has no colours. */
static char *marked_sentence(const struct nd_review_item *item)
{
    struct nd_range mark;
    const struct nd_str context = nd_str_from_c(item->context);
    g_autofree char *sentence = nd_sentence_marked(context, item->mark.start, item->mark.end, &mark);
    return g_strdup_printf("%.*s[%.*s]%s", (int)mark.start, sentence, (int)(mark.end - mark.start),
                           sentence + mark.start, sentence + mark.end);
}

/* "2) 21-NQ/TW~XIII: title (2022-06-16)" and below it a line for each thing that speaks for it or against it.
 */
static char *numbered(const struct nd_review_item *item)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < item->n_all; i++) {
        const struct nd_review_candidate *candidate = &item->all[i];
        const struct nd_work_card *card = candidate->card;
        char date[11];
        nd_date_format(card->date, date);
        g_string_append_printf(out, "%s%zu) %s", i ? "\n" : "", i + 1, card->key);
        if (card->title)
            g_string_append_printf(out, ": %s", card->title);
        if (*date)
            g_string_append_printf(out, " (%s)", date);
        for (size_t k = 0; k < candidate->n_features; k++) {
            g_autofree char *words = nd_review_feature_words(&candidate->features[k]);
            g_string_append_printf(out, "\n    %s", words);
        }
    }
    return g_string_free(out, FALSE);
}

static void write_row(const struct nd_review_item *item, FILE *out)
{
    char confidence[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *sentence = marked_sentence(item);
    g_autofree char *candidates = numbered(item);
    g_autofree char *alike = item->n_alike > 1 ? g_strdup_printf("%u", item->n_alike) : NULL;
    g_autofree char *path = g_utf8_make_valid(item->document.path ? item->document.path : "", -1);
    const char *const cells[N_COLUMNS] = {
        [COLUMN_SENTENCE] = sentence,
        [COLUMN_CANDIDATES] = candidates,
        [COLUMN_WHY] = item->reason,
        [COLUMN_ALIKE] = alike,
        [COLUMN_RELATION] = nd_relation_name(item->relation),
        [COLUMN_CONFIDENCE] = g_ascii_formatd(confidence, sizeof confidence, "%.2f", item->confidence),
        [COLUMN_WORK] = item->work ? item->work->key : NULL,
        [COLUMN_CITATION] = item->quote,
        [COLUMN_DOCUMENT] = path,
        [COLUMN_ID] = item->id,
    };
    for (size_t i = 0; i < N_COLUMNS; i++)
        nd_csv_cell(out, cells[i], i == 0);
    nd_csv_end_row(out);
}

bool nd_review_export(struct nd_session *session, const struct nd_review_filter *filter, FILE *out,
                      size_t *n_rows_out, GError **error)
{
    g_autoptr(GPtrArray) items = nd_review_queue_list(session, filter, error);
    if (!items)
        return false;
    nd_csv_begin(out);
    for (size_t i = 0; i < N_COLUMNS; i++)
        nd_csv_cell(out, columns[i], i == 0);
    nd_csv_end_row(out);
    for (guint i = 0; i < items->len; i++)
        write_row(items->pdata[i], out);
    *n_rows_out = items->len;
    return true;
}
