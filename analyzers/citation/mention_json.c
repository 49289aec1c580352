#include "analyzers/citation/mention_json.h"

#include <jansson.h>
#include <stdlib.h>

static void set(json_t *object, const char *name, json_t *value)
{
    json_object_set_new(object, name, value);
}

static void set_text(json_t *object, const char *name, const char *text)
{
    set(object, name, text ? json_string(text) : json_null());
}

static void set_number(json_t *object, const char *name, json_int_t value)
{
    set(object, name, json_integer(value));
}

static void set_date(json_t *object, const char *name, struct nd_date date)
{
    char buffer[11];
    set_text(object, name, date.year ? nd_date_format(date, buffer) : NULL);
}

static char *finish(json_t *object)
{
    char *line = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(6));
    json_decref(object);
    char *copy = g_strdup(line);
    free(line);
    return copy;
}

char *nd_mention_to_json(const struct nd_mention *mention, const char *doc, struct nd_str source,
                         const char *work)
{
    json_t *object = json_object();
    set_text(object, "doc", doc);
    set_number(object, "start", mention->start);
    set_number(object, "end", mention->end);
    set(object, "text", json_stringn(source.p + mention->start, mention->end - mention->start));
    set_text(object, "kind", nd_mention_kind_name(mention->kind));
    set_text(object, "type", mention->type);
    set_text(object, "number", mention->number);
    set(object, "year", mention->year ? json_integer(mention->year) : json_null());
    set_text(object, "issuer", mention->issuer);
    set_text(object, "code", mention->code);
    set_text(object, "body", mention->body);
    set_text(object, "place", mention->place);
    set_date(object, "date", mention->date);
    set_text(object, "term", mention->term);
    set_text(object, "ordinal", mention->ordinal);
    set_text(object, "name", mention->name);
    set_text(object, "subject", mention->subject);
    set_text(object, "pinpoint", mention->pinpoint);
    set_text(object, "definition", mention->definition);
    set_text(object, "work", work);
    set_text(object, "relation", nd_relation_name(mention->relation));
    set_text(object, "strength", nd_strength_name(mention->strength));
    set_text(object, "trigger", mention->trigger);
    set(object, "proposed", json_boolean(mention->proposed));
    set(object, "reported_by", mention->reported_by >= 0 ? json_integer(mention->reported_by) : json_null());
    set_text(object, "reported_relation",
             mention->reported_by >= 0 ? nd_relation_name(mention->reported_relation) : NULL);
    set(object, "reported_inverse", json_boolean(mention->reported_by >= 0 && mention->reported_inverse));
    set(object, "confidence", json_real(mention->confidence));
    set_text(object, "rule", mention->rule);
    return finish(object);
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

static json_t *inferred_names(unsigned inferred)
{
    static const char *const names[] = {"type", "number", "issuer", "place", "date", "title"};
    json_t *list = json_array();
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (inferred >> i & 1)
            json_array_append_new(list, json_string(names[i]));
    return list;
}

char *nd_metadata_to_json(const struct nd_metadata *metadata, const char *doc)
{
    json_t *object = json_object();
    set_text(object, "doc", doc);
    set_text(object, "type", metadata->type);
    set_text(object, "number", metadata->number);
    set(object, "year", metadata->year ? json_integer(metadata->year) : json_null());
    set_text(object, "issuer", metadata->issuer);
    set_text(object, "code", metadata->code);
    set_text(object, "place", metadata->place);
    set_text(object, "place_line", metadata->place_line);
    set_text(object, "level", nd_level_name(metadata->level));
    set_date(object, "date", metadata->date);
    set_text(object, "title", metadata->title);
    set_text(object, "signer", metadata->signer);
    set_text(object, "secrecy", secrecy_name(metadata->secrecy));
    set(object, "inferred", inferred_names(metadata->inferred));
    set_text(object, "evidence", metadata->evidence);
    return finish(object);
}
