#include "analyzers/citation/mention_json.h"

#include "base/json.h"

/* Year 0 is one that is not said. */
static void put_year(struct nd_json *json, int year)
{
    if (year)
        nd_json_integer(json, "year", year);
    else
        nd_json_null(json, "year");
}

void nd_mention_write_json(FILE *out, const struct nd_mention *mention, const char *doc, struct nd_str source,
                           const char *work)
{
    struct nd_json writer = {.out = out}, *const json = &writer;
    const bool reported = mention->reported_by >= 0;
    nd_json_begin_object(json, NULL);
    nd_json_string(json, "doc", doc);
    nd_json_integer(json, "start", mention->start);
    nd_json_integer(json, "end", mention->end);
    nd_json_slice(json, "text", nd_str_slice(source, mention->start, mention->end));
    nd_json_string(json, "kind", nd_mention_kind_name(mention->kind));
    nd_json_string(json, "type", mention->type);
    nd_json_string(json, "type_word", mention->type_word);
    nd_json_string(json, "number", mention->number);
    put_year(json, mention->year);
    nd_json_string(json, "issuer", mention->issuer);
    nd_json_string(json, "code", mention->code);
    nd_json_string(json, "body", mention->body);
    nd_json_string(json, "place", mention->place);
    nd_json_date(json, "date", mention->date);
    nd_json_string(json, "term", mention->term);
    nd_json_string(json, "ordinal", mention->ordinal);
    nd_json_string(json, "name", mention->name);
    nd_json_string(json, "subject", mention->subject);
    nd_json_string(json, "pinpoint", mention->pinpoint);
    nd_json_string(json, "definition", mention->definition);
    nd_json_string(json, "work", work);
    nd_json_string(json, "relation", nd_relation_name(mention->relation));
    nd_json_string(json, "strength", nd_strength_name(mention->strength));
    nd_json_string(json, "trigger", mention->trigger);
    nd_json_bool(json, "proposed", mention->proposed);
    if (reported)
        nd_json_integer(json, "reported_by", mention->reported_by);
    else
        nd_json_null(json, "reported_by");
    nd_json_string(json, "reported_relation", reported ? nd_relation_name(mention->reported_relation) : NULL);
    nd_json_bool(json, "reported_inverse", reported && mention->reported_inverse);
    nd_json_number(json, "confidence", mention->confidence);
    nd_json_string(json, "rule", mention->rule);
    nd_json_end_object(json);
    nd_json_end_line(json);
}

static const char *secrecy_name(enum nd_secrecy secrecy)
{
    static const char *const names[] = {
        [ND_SECRECY_NONE] = NULL,
        [ND_SECRECY_SECRET] = "secret",
        [ND_SECRECY_TOP_SECRET] = "top-secret",
        [ND_SECRECY_MOST_SECRET] = "most-secret",
    };
    g_assert(secrecy < G_N_ELEMENTS(names));
    return names[secrecy];
}

static void put_inferred(struct nd_json *json, unsigned inferred)
{
    static const char *const names[] = {"type", "number", "issuer", "place", "date", "title"};
    nd_json_begin_array(json, "inferred");
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (inferred >> i & 1)
            nd_json_string(json, NULL, names[i]);
    }
    nd_json_end_array(json);
}

void nd_metadata_write_json(FILE *out, const struct nd_metadata *metadata, const char *doc)
{
    struct nd_json writer = {.out = out}, *const json = &writer;
    nd_json_begin_object(json, NULL);
    nd_json_string(json, "doc", doc);
    nd_json_string(json, "type", metadata->type);
    nd_json_string(json, "type_word", metadata->type_word);
    nd_json_string(json, "number", metadata->number);
    put_year(json, metadata->year);
    nd_json_string(json, "issuer", metadata->issuer);
    nd_json_string(json, "code", metadata->code);
    nd_json_string(json, "place", metadata->place);
    nd_json_string(json, "place_line", metadata->place_line);
    nd_json_string(json, "level", nd_level_name(metadata->level));
    nd_json_date(json, "date", metadata->date);
    nd_json_string(json, "title", metadata->title);
    nd_json_string(json, "signer", metadata->signer);
    nd_json_string(json, "secrecy", secrecy_name(metadata->secrecy));
    put_inferred(json, metadata->inferred);
    nd_json_string(json, "evidence", metadata->evidence);
    nd_json_end_object(json);
    nd_json_end_line(json);
}
