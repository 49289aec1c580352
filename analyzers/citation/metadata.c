#include "analyzers/citation/metadata.h"

#include "analyzers/citation/header.h"
#include "analyzers/citation/parts.h"
#include "analyzers/data/data.h"

enum { ISO_DATE_BYTES = 10 };

static const char *const level_names[ND_N_LEVELS] = {
    [ND_LEVEL_UNKNOWN] = NULL, [ND_LEVEL_CENTRAL] = "central",   [ND_LEVEL_PROVINCIAL] = "provincial",
    [ND_LEVEL_BLOC] = "bloc",  [ND_LEVEL_DISTRICT] = "district", [ND_LEVEL_COMMUNE] = "commune",
};

const char *nd_level_name(enum nd_level level)
{
    g_assert(level < ND_N_LEVELS);
    return level_names[level];
}

bool nd_level_parse(const char *name, enum nd_level *out)
{
    for (size_t i = 1; i < ND_N_LEVELS; i++) {
        if (strcmp(level_names[i], name) == 0) {
            *out = (enum nd_level)i;
            return true;
        }
    }
    return false;
}

/* Records that a field was inferred and from what. */
static void note_inferred(struct nd_metadata *metadata, unsigned field, const char *how)
{
    char *before = metadata->evidence;
    metadata->evidence = before ? g_strconcat(before, "; ", how, NULL) : g_strdup(how);
    metadata->inferred |= field;
    g_free(before);
}

static void set_once(char **field, const char *value)
{
    if (!*field && value && value[0])
        *field = g_strdup(value);
}

static void set_level(struct nd_metadata *metadata, const struct nd_header *header)
{
    const char *code = metadata->issuer ? metadata->issuer : header->body_issuer;
    const struct nd_issuer *issuer = code && code[0] ? nd_issuer_by_code(code) : NULL;
    /* a code names a kind of body, the body named in words which one: 03-TTr/ĐU of the Government's committee
     */
    if (header->body_issuer[0]) {
        const struct nd_issuer *body = nd_issuer_by_code(header->body_issuer);
        const bool bloc =
            body && strcmp(body->level, "bloc") == 0; /* "Đảng ủy các cơ quan Đảng tỉnh" signs /ĐU */
        const bool central = body && strcmp(body->level, "central") == 0;
        /* the police and the army of a province: "ĐẢNG ỦY CÔNG AN TỈNH" signs /ĐU */
        const bool provincial =
            body && issuer && strcmp(issuer->code, "ĐU") == 0 && strcmp(body->level, "provincial") == 0;
        /* "ĐOÀN TNCS HỒ CHÍ MINH" above "BCH TỈNH" names the organisation */
        if (body && (!issuer || bloc || provincial || (central && issuer->party)))
            issuer = body;
    }
    /* a steering committee is of the level of the committee above it */
    const struct nd_issuer *above = header->above_issuer[0] ? nd_issuer_by_code(header->above_issuer) : NULL;
    if (issuer && above && strcmp(issuer->code, "BCĐ") == 0)
        issuer = above;
    if (issuer && !nd_level_parse(issuer->level, &metadata->level))
        metadata->level = ND_LEVEL_UNKNOWN;
    /* a people's committee is of any level: its area tells */
    const bool any_level = !issuer || (issuer->local && !issuer->party);
    if (any_level && header->area)
        nd_level_parse(header->area, &metadata->level);
}

static void set_place(struct nd_metadata *metadata, const struct nd_header *header,
                      const struct nd_metadata_hints *hints)
{
    if (metadata->level == ND_LEVEL_CENTRAL)
        return;
    set_once(&metadata->place, header->issuer_place);
    /* "Hòa Bình, ngày ..." below "ĐẢNG ỦY XÃ HÒA BÌNH" is the commune */
    if (!header->commune || g_strcmp0(header->commune, header->line_place) != 0)
        set_once(&metadata->place, header->line_place);
    if (!metadata->place && header->text_place) {
        metadata->place = g_strdup(header->text_place);
        note_inferred(metadata, ND_INFERRED_PLACE, "place: the province the text names most");
    }
    if (!metadata->place && hints && hints->place) {
        metadata->place = g_strdup(hints->place);
        note_inferred(metadata, ND_INFERRED_PLACE, "place: given with the folder");
    }
}

/* "21-HD-BTCTU_2025-08.pdf": the code and the day that a file's name tells, where the header leaves them
 * blank. What the header says of type and issuer must agree. */
static void read_file_name(struct nd_metadata *metadata, const char *path)
{
    if (metadata->number && metadata->date.year)
        return;
    g_autofree char *base = g_path_get_basename(path);
    char *end = strrchr(base, '.');
    if (end)
        *end = '\0';
    g_strdelimit(base, "_", ' ');
    if (!g_utf8_validate(base, -1, NULL))
        return;
    struct nd_normalized text;
    struct nd_cite_tokens tokens;
    nd_normalize(nd_str_from_c(base), &text);
    nd_cite_tokens_init(&tokens, text.text, nd_lexicon_get());
    struct nd_parse p = {.lexicon = nd_lexicon_get(), .tokens = &tokens};
    for (p.at = 0; p.at < tokens.n && !metadata->number; p.at++) {
        p.draft = (struct nd_draft){0};
        const uint32_t at = p.at;
        if (nd_read_code(&p) && p.draft.type && nd_issuer_by_code(p.draft.issuer) &&
            g_strcmp0(p.draft.type, metadata->type) == 0 &&
            g_strcmp0(p.draft.issuer, metadata->issuer) == 0) {
            metadata->number = g_strdup(p.draft.number);
            metadata->year = p.draft.year;
            set_once(&metadata->code, p.draft.code);
            note_inferred(metadata, ND_INFERRED_NUMBER, "number: the name of the file");
        }
        p.at = at;
    }
    for (char *c = base; *c && !metadata->date.year; c++) {
        struct nd_date date = {0};
        g_autofree char *day = strlen(c) >= ISO_DATE_BYTES ? g_strndup(c, ISO_DATE_BYTES) : NULL;
        const bool begins = c == base || !g_ascii_isalnum(c[-1]);
        if (!begins || !day || g_ascii_isdigit(c[ISO_DATE_BYTES]) || !nd_date_parse(day, &date) ||
            !date.day || !nd_date_is_valid(date))
            continue;
        metadata->date = date;
        note_inferred(metadata, ND_INFERRED_DATE, "date: the name of the file");
    }
    nd_cite_tokens_clear(&tokens);
    nd_normalized_clear(&text);
}

struct nd_metadata *nd_metadata_from_tokens(const struct nd_cite_tokens *tokens,
                                            const struct nd_normalized *text,
                                            const struct nd_metadata_hints *hints)
{
    struct nd_metadata *metadata = g_new0(struct nd_metadata, 1);
    struct nd_header header;
    nd_header_read(tokens, &header);
    metadata->type = g_strdup(header.type);
    metadata->type_word = header.type_word;
    set_once(&metadata->number, header.number);
    metadata->year = header.year;
    set_once(&metadata->issuer, header.issuer);
    if (!metadata->issuer && header.body_issuer[0]) {
        metadata->issuer = g_strdup(header.body_issuer);
        note_inferred(metadata, ND_INFERRED_ISSUER,
                      header.body_in_header ? "issuer: named in the header" : "issuer: named in the opening");
    }
    metadata->date = header.date;
    if (header.date_adopted)
        note_inferred(metadata, ND_INFERRED_DATE, "date: of adoption, named below the text");
    if (header.from_note)
        note_inferred(metadata, ND_INFERRED_TYPE | ND_INFERRED_NUMBER | ND_INFERRED_ISSUER | ND_INFERRED_DATE,
                      "number: the note on where the text comes from");
    if (metadata->number)
        set_once(&metadata->code, header.code);
    if (hints && hints->path)
        read_file_name(metadata, hints->path);
    metadata->secrecy = header.secrecy;
    metadata->place_line = g_steal_pointer(&header.place_line);
    metadata->title = g_steal_pointer(&header.title);
    metadata->signer = g_steal_pointer(&header.signer);
    set_level(metadata, &header);
    set_place(metadata, &header, hints);
    metadata->title_start =
        header.title_start ? (uint32_t)nd_normalized_source_start(text, header.title_start) : 0;
    metadata->body_start = (uint32_t)nd_normalized_source_start(text, header.body_start);
    metadata->body_end = header.body_end ? (uint32_t)nd_normalized_source_start(text, header.body_end) : 0;
    nd_header_clear(&header);
    return metadata;
}

struct nd_metadata *nd_metadata_read(const struct nd_document *doc, const struct nd_normalized *text,
                                     const struct nd_metadata_hints *hints)
{
    struct nd_cite_tokens tokens;
    nd_document_tokens_init(&tokens, doc, text);
    struct nd_metadata *metadata = nd_metadata_from_tokens(&tokens, text, hints);
    nd_cite_tokens_clear(&tokens);
    return metadata;
}

void nd_metadata_free(struct nd_metadata *metadata)
{
    if (!metadata)
        return;
    char *const strings[] = {
        metadata->type,       metadata->number, metadata->issuer, metadata->code,     metadata->place,
        metadata->place_line, metadata->title,  metadata->signer, metadata->evidence,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free(strings[i]);
    g_free(metadata);
}
