#include "tests/unit/store/store_sample.h"

#include "analyzers/text/normalize.h"

static void build_terms(const struct nd_document *doc, const struct nd_metadata *metadata,
                        const struct nd_mentions *mentions, struct nd_terms *out, void *user_data)
{
    struct nd_normalized text;
    (void)mentions, (void)user_data;
    nd_normalize(nd_document_text(doc), &text);
    nd_terms_build(out, doc, &text, nd_str_from_c(metadata->title), NULL, 0);
    nd_normalized_clear(&text);
}

const struct nd_index_analysis store_sample_analysis = {build_terms, NULL};

const struct nd_mention store_sample_mention = {
    .start = 1,
    .end = 4,
    .kind = ND_MENTION_PLENUM,
    .type = "NQ",
    .type_word = "Quy định",
    .number = "07",
    .year = 2020,
    .issuer = "TW",
    .code = "07-NQ/TW",
    .body = "Ban Chấp hành Trung ương",
    .place = "Lai Châu",
    .date = {2022, 6, 16},
    .term = "XIII",
    .ordinal = "4",
    .subject = "về công tác xây dựng Đảng",
    .name = "Cán bộ, công chức",
    .pinpoint = "khoản 2 Điều 5",
    .definition = "Nghị quyết 07",
    .relation = ND_RELATION_REVIEWS,
    .strength = ND_STRENGTH_TITLE,
    .trigger = "sơ kết",
    .trigger_start = 2,
    .proposed = true,
    .reported_by = 3,
    .reported_relation = ND_RELATION_AMENDS,
    .reported_inverse = true,
    .confidence = 0.875,
    .rule = "plenum",
};

void store_sample_init(struct store_sample *sample, const char *title, const char *text)
{
    *sample = (struct store_sample){.title = g_strdup(title)};
    sample->metadata = (struct nd_metadata){
        .type = (char *)(uintptr_t) "KH",
        .number = (char *)(uintptr_t) "012",
        .year = 2021,
        .issuer = (char *)(uintptr_t) "TU",
        .code = (char *)(uintptr_t) "012-KH/TU",
        .place = (char *)(uintptr_t) "Lai Châu",
        .type_word = "Kế hoạch",
        .place_line = (char *)(uintptr_t) "Lai Châu",
        .level = ND_LEVEL_PROVINCIAL,
        .date = {2021, 3, 0},
        .title = sample->title,
        .signer = (char *)(uintptr_t) "Nguyễn Văn A",
        .secrecy = ND_SECRECY_SECRET,
        .inferred = ND_INFERRED_PLACE | ND_INFERRED_DATE,
        .evidence = (char *)(uintptr_t) "from the folder's name",
        .body_start = 1,
        .body_end = 3,
    };
    sample->doc = nd_document_new();
    sample->doc->text = g_strdup(text);
    sample->doc->size = strlen(text);
    sample->doc->mime_type = g_strdup("text/plain");
    sample->doc->encoding = g_strdup("utf-8");
    const struct nd_block block = {.end = (uint32_t)sample->doc->size,
                                   .page = 70000,
                                   .row = 300,
                                   .column = 2,
                                   .kind = ND_BLOCK_CELL,
                                   .level = 1};
    g_array_append_val(sample->doc->blocks, block);
    sample->mentions = nd_mentions_new();
    nd_mentions_add(sample->mentions, &store_sample_mention);
    sample->packed = nd_packed_text_new(NULL, sample->doc);
    sample->terms = nd_terms_new();
    build_terms(sample->doc, &sample->metadata, sample->mentions, sample->terms, NULL);
    nd_packed_text_set_words(sample->packed, sample->terms);
}

void store_sample_clear(struct store_sample *sample)
{
    nd_document_free(sample->doc);
    nd_mentions_free(sample->mentions);
    nd_packed_text_free(sample->packed);
    nd_terms_free(sample->terms);
    g_free(sample->title);
}

struct nd_new_document store_sample_document(const struct store_sample *sample, int64_t file)
{
    return (struct nd_new_document){.file = file,
                                    .text = sample->packed,
                                    .mime_type = sample->doc->mime_type,
                                    .encoding = sample->doc->encoding,
                                    .partial = true,
                                    .metadata = &sample->metadata,
                                    .mentions = sample->mentions};
}

bool store_sample_add(struct nd_index_writer *writer, struct store_sample *sample, const char *path,
                      int64_t *id_out, GError **error)
{
    int64_t file;
    const struct nd_catalog_file row = {.path = path, .size = 1, .reader_version = 1};
    if (!nd_catalog_writer_put_file(nd_index_writer_catalog(writer), &row, &file, error))
        return false;
    const struct nd_new_document document = store_sample_document(sample, file);
    return nd_index_writer_add(writer, &document, sample->terms, id_out, error);
}
