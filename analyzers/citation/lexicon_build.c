/*
 * Build-time helper: makes the lexicon and the rules from their tables (phrases.def, relations.def,
 * names.def, grammar.def and analyzers/data) and prints them as C initialisers.
 *
 *   nd-lexicon LEXICON.inc GRAMMAR.inc
 */

#include "analyzers/citation/lexicon_table.h"
#include "analyzers/citation/mention.h"
#include "analyzers/citation/metadata.h"
#include "analyzers/data/data.h"
#include "analyzers/text/normalize.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static struct nd_lexicon_table table;
static const struct nd_lexicon lexicon = {&table, table.starts, NULL};
static uint16_t n_words;
static uint16_t n_nodes = ND_N_PHRASE_CLASSES; /* those below are the roots */

/* ---- what phrases stand for ---- */

static struct nd_phrase_places meanings[ND_MAX_PHRASES];
static size_t n_meanings;
static GString *texts;      /* place 0 is no place */
static GHashTable *in_text; /* string -> place */

static uint16_t place_of(const char *string)
{
    if (!string)
        return 0;
    gpointer known;
    if (g_hash_table_lookup_extended(in_text, string, NULL, &known))
        return (uint16_t)GPOINTER_TO_UINT(known);
    const gsize place = texts->len;
    g_assert(place + strlen(string) < UINT16_MAX);
    g_string_append_len(texts, string, (gssize)strlen(string) + 1);
    g_hash_table_insert(in_text, g_strdup(string), GUINT_TO_POINTER(place));
    return (uint16_t)place;
}

static size_t number_of(struct nd_phrase phrase)
{
    const struct nd_phrase_places wanted = {place_of(phrase.code), place_of(phrase.issuer), phrase.value};
    size_t i = 0;
    while (i < n_meanings && memcmp(&meanings[i], &wanted, sizeof wanted) != 0)
        i++;
    if (i == n_meanings) {
        g_assert(n_meanings < ND_MAX_PHRASES);
        meanings[n_meanings++] = wanted;
    }
    return i;
}

/* ---- words and phrases ---- */

static uint16_t add_word(struct nd_str word)
{
    char key[ND_LEXICON_WORD_BYTES] = {0}, raw[ND_LEXICON_WORD_BYTES];
    const size_t n = nd_cite_word_key(word, raw, NULL, NULL);
    g_assert(n > 0); /* no word of the tables is longer than a key */
    memcpy(key, raw, n);
    struct nd_word_slot *slot = &table.words[nd_lexicon_word_slot(&table, key)];
    if (!slot->word) {
        g_assert(n_words + 1 < ND_MAX_WORDS);
        memcpy(slot->key, key, sizeof key);
        slot->word = ++n_words;
    }
    return slot->word;
}

/* Adds a phrase; punctuation in it is left out. The first of two equal phrases of a class stays. */
static void add_phrase(enum nd_phrase_class class, const char *text, struct nd_phrase phrase)
{
    struct nd_normalized normal;
    struct nd_cite_tokens tokens;
    nd_normalize(nd_str_from_c(text), &normal);
    nd_cite_tokens_init(&tokens, normal.text, &lexicon);
    uint16_t node = (uint16_t) class;
    bool first = true;
    for (uint32_t i = 0; i < tokens.n; i++) {
        if (tokens.list[i].kind != ND_TOK_WORD)
            continue;
        const uint16_t known = tokens.list[i].word;
        const uint16_t word = known ? known : add_word(nd_cite_token_text(&tokens, i));
        if (first)
            table.starts[word][class >> 6] |= UINT64_C(1) << (class & 63);
        first = false;
        struct nd_step_slot *slot = &table.steps[nd_lexicon_step_slot(&table, node, word)];
        if (!slot->next) {
            g_assert(n_nodes < ND_MAX_NODES);
            *slot = (struct nd_step_slot){.node = node, .word = word, .next = n_nodes++};
        }
        node = slot->next;
    }
    if (!first && !table.phrases[node])
        table.phrases[node] = (uint16_t)(1 + number_of(phrase));
    nd_cite_tokens_clear(&tokens);
    nd_normalized_clear(&normal);
}

static const struct {
    enum nd_phrase_class class;
    const char *text, *code;
    int value;
} closed_phrases[] = {
#define ND_PHRASE(class, text)              {ND_PHRASE_##class, text, NULL, 0},
#define ND_PHRASE_VALUE(class, text, value) {ND_PHRASE_##class, text, NULL, value},
#define ND_PHRASE_CODE(class, text, code)   {ND_PHRASE_##class, text, code, 0},
#include "analyzers/citation/phrases.def"
#define ND_TRIGGER(relation, text) {ND_PHRASE_TRIGGER, text, NULL, ND_RELATION_##relation},
#define ND_PASSIVE(relation, text) {ND_PHRASE_PASSIVE, text, NULL, ND_RELATION_##relation},
#define ND_BY(text)                {ND_PHRASE_BY, text, NULL, 0},
#define ND_OBJECT(text)            {ND_PHRASE_OBJECT, text, NULL, 0},
#define ND_NO_TRIGGER(text)        {ND_PHRASE_NO_TRIGGER, text, NULL, 0},
#define ND_TASK(text)              {ND_PHRASE_TASK, text, NULL, 0},
#define ND_CLOSE(text)             {ND_PHRASE_CLOSE, text, NULL, 0},
#define ND_WORDING(text)           {ND_PHRASE_WORDING, text, NULL, 0},
#define ND_REWORD(text)            {ND_PHRASE_REWORD, text, NULL, 0},
#include "analyzers/citation/relations.def"
};

static const char *const law_names[] = {
#define ND_LAW_NAME(name) name,
#include "analyzers/citation/names.def"
};

/* Adds each of the names, which are separated by "; ". */
static void add_phrases(enum nd_phrase_class class, const char *names, struct nd_phrase phrase)
{
    g_auto(GStrv) list = g_strsplit(names, ";", -1);
    for (size_t i = 0; list[i]; i++)
        add_phrase(class, list[i], phrase);
}

static void add_work_name(const struct nd_authority *work, const char *name)
{
    const char *rules = nd_rules_put_in_force(work, name);
    if (rules)
        add_phrase(ND_PHRASE_NAME, rules, (struct nd_phrase){.code = "QC", .issuer = work->issuer});
    add_phrase(nd_is_law_type(work->type) ? ND_PHRASE_LAW_NAME : ND_PHRASE_NAME, name,
               (struct nd_phrase){.code = work->type, .issuer = work->issuer});
}

static void add_facts(void)
{
    size_t n;
    const struct nd_type *types = nd_types(&n);
    for (size_t i = 0; i < n; i++)
        add_phrase(ND_PHRASE_TYPE, types[i].word, (struct nd_phrase){.code = types[i].code});
    const struct nd_place *places = nd_places(&n);
    for (size_t i = 0; i < n; i++) {
        const struct nd_phrase phrase = {.code = places[i].name};
        add_phrase(ND_PHRASE_PLACE, places[i].name, phrase);
        add_phrases(ND_PHRASE_PLACE, places[i].other_names, phrase);
        add_phrases(ND_PHRASE_SEAT, places[i].seat, phrase);
    }
    const struct nd_issuer *issuers = nd_issuers(&n);
    for (size_t i = 0; i < n; i++) {
        const struct nd_phrase phrase = {.code = issuers[i].code};
        add_phrase(ND_PHRASE_ISSUER, issuers[i].name, phrase);
        add_phrases(ND_PHRASE_ISSUER, issuers[i].other_names, phrase);
    }
    const struct nd_authority *works = nd_authorities(&n);
    for (size_t i = 0; i < n; i++) {
        add_work_name(&works[i], works[i].name);
        g_auto(GStrv) names = g_strsplit(works[i].other_names, "; ", -1);
        for (size_t k = 0; names[k]; k++)
            add_work_name(&works[i], names[k]);
    }
}

/* ---- rules ---- */

static const char *const readers[] = {
#define ND_READER(name, function) name,
#include "analyzers/citation/readers.def"
};

static const char *const patterns[] = {
#define ND_RULE(name, kind, types, issuer, confidence, pattern) pattern,
#include "analyzers/citation/grammar.def"
};

static GArray *pattern_nodes; /* of struct nd_pattern_node */

/* The pattern being compiled. */
struct source {
    const char *p;
};

static uint16_t compile_chain(struct source *source, const char *closers);

static uint16_t new_node(enum nd_pattern_kind kind)
{
    const struct nd_pattern_node node = {.kind = (uint8_t)kind};
    g_array_append_val(pattern_nodes, node);
    return (uint16_t)(pattern_nodes->len - 1);
}

static struct nd_pattern_node *node_at(uint16_t node)
{
    return &g_array_index(pattern_nodes, struct nd_pattern_node, node);
}

static size_t reader_index(struct nd_str name)
{
    size_t i = 0;
    while (i < G_N_ELEMENTS(readers) && !nd_str_equal(nd_str_from_c(readers[i]), name))
        i++;
    g_assert(i < G_N_ELEMENTS(readers));
    return i;
}

static uint16_t compile_choice(struct source *source)
{
    const uint16_t choice = new_node(ND_PATTERN_CHOICE);
    uint16_t before = 0;
    do {
        source->p++; /* over the < or / */
        const uint16_t first = compile_chain(source, "/>");
        if (before)
            node_at(before)->otherwise = first;
        else
            node_at(choice)->child = first;
        before = first;
    } while (*source->p == '/');
    source->p++;
    return choice;
}

static uint16_t compile_one(struct source *source)
{
    uint16_t node;
    const char *start = source->p;
    switch (*start) {
    case '[':
        source->p++;
        node = new_node(ND_PATTERN_OPTION);
        const uint16_t child = compile_chain(source, "]");
        node_at(node)->child = child;
        source->p++;
        return node;
    case '<':
        return compile_choice(source);
    case '{':
        source->p = strchr(start, '}') + 1;
        node = new_node(ND_PATTERN_READER);
        node_at(node)->mark =
            (uint8_t)reader_index((struct nd_str){start + 1, (size_t)(source->p - start) - 2});
        return node;
    case ',':
    case ':':
    case '(':
    case ')':
        source->p++;
        node = new_node(ND_PATTERN_MARK);
        node_at(node)->mark = *start == ','   ? ND_TOK_COMMA
                              : *start == ':' ? ND_TOK_COLON
                              : *start == '(' ? ND_TOK_OPEN
                                              : ND_TOK_CLOSE;
        return node;
    default:
        source->p += strcspn(start, " []<>{},:()/");
        g_assert(source->p > start);
        node = new_node(ND_PATTERN_WORD);
        node_at(node)->word = add_word((struct nd_str){start, (size_t)(source->p - start)});
        return node;
    }
}

/* Compiles up to one of `closers` or the end; returns the first node. */
static uint16_t compile_chain(struct source *source, const char *closers)
{
    uint16_t first = 0, last = 0;
    for (;;) {
        source->p += strspn(source->p, " ");
        if (!*source->p || strchr(closers, *source->p))
            break;
        const uint16_t node = compile_one(source);
        if (last)
            node_at(last)->next = node;
        else
            first = node;
        last = node;
    }
    g_assert(first);
    return first;
}

static uint16_t compile(const char *pattern)
{
    struct nd_normalized normal;
    nd_normalize(nd_str_from_c(pattern), &normal);
    g_autofree char *text = nd_str_dup(normal.text);
    struct source source = {text};
    const uint16_t first = compile_chain(&source, "");
    nd_normalized_clear(&normal);
    return first;
}

/* ---- printing ---- */

/* Bytes as a string literal; each as an octal escape of three digits unless it is plain. */
static void print_bytes(FILE *out, const char *bytes, size_t n)
{
    fputc('"', out);
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)bytes[i];
        if (g_ascii_isalnum((char)c) || c == ' ')
            fputc(c, out);
        else
            fprintf(out, "\\%03o", c);
        if (c == 0 && i + 1 < n)
            fputs("\"\n\"", out);
    }
    fputc('"', out);
}

static void print_lexicon(FILE *out)
{
    fputs("static const struct nd_lexicon_table table = {\n.words = {\n", out);
    for (size_t i = 0; i < ND_WORD_SLOTS; i++) {
        const struct nd_word_slot *const slot = &table.words[i];
        if (!slot->word)
            continue;
        fprintf(out, "[%zu] = {", i);
        print_bytes(out, slot->key, strnlen(slot->key, sizeof slot->key));
        fprintf(out, ", %u},\n", slot->word);
    }
    fputs("},\n.steps = {\n", out);
    for (size_t i = 0; i < ND_STEP_SLOTS; i++)
        if (table.steps[i].next)
            fprintf(out, "[%zu] = {%u, %u, %u},\n", i, table.steps[i].node, table.steps[i].word,
                    table.steps[i].next);
    fputs("},\n.starts = {\n", out);
    for (size_t i = 0; i < ND_MAX_WORDS; i++)
        if (table.starts[i][0] || table.starts[i][1])
            fprintf(out, "[%zu] = {UINT64_C(%" G_GUINT64_FORMAT "), UINT64_C(%" G_GUINT64_FORMAT ")},\n", i,
                    table.starts[i][0], table.starts[i][1]);
    fputs("},\n.phrases = {\n", out);
    for (size_t i = 0; i < ND_MAX_NODES; i++)
        if (table.phrases[i])
            fprintf(out, "[%zu] = %u,\n", i, table.phrases[i]);
    fputs("},\n};\nstatic const struct nd_phrase_places phrase_places[] = {\n", out);
    for (size_t i = 0; i < n_meanings; i++)
        fprintf(out, "{%u, %u, %d},\n", meanings[i].code, meanings[i].issuer, meanings[i].value);
    fputs("};\nstatic const char phrase_text[] =\n", out);
    print_bytes(out, texts->str, texts->len);
    fputs(";\n", out);
}

static void print_grammar(FILE *out, const uint16_t *starts)
{
    fputs("static const struct nd_pattern_node nodes[] = {\n", out);
    for (guint i = 0; i < pattern_nodes->len; i++) {
        const struct nd_pattern_node *const node = node_at((uint16_t)i);
        fprintf(out, "{%u, %u, %u, %u, %u, %u},\n", node->kind, node->mark, node->word, node->next,
                node->child, node->otherwise);
    }
    fputs("};\nstatic const uint16_t starts[] = {\n", out);
    for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++)
        fprintf(out, "%u,\n", starts[i]);
    fputs("};\n", out);
}

static FILE *create(const char *path)
{
    FILE *const out = fopen(path, "w");
    if (!out)
        g_error("%s: %s", path, g_strerror(errno));
    return out;
}

static void finish(FILE *out, const char *path)
{
    if (fclose(out) != 0)
        g_error("%s: %s", path, g_strerror(errno));
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: nd-lexicon LEXICON.inc GRAMMAR.inc\n");
        return EXIT_FAILURE;
    }
    texts = g_string_new_len("", 1);
    in_text = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    pattern_nodes = g_array_new(FALSE, FALSE, sizeof(struct nd_pattern_node));
    new_node(ND_PATTERN_WORD); /* no node */

    for (size_t i = 0; i < G_N_ELEMENTS(closed_phrases); i++)
        add_phrase(closed_phrases[i].class, closed_phrases[i].text,
                   (struct nd_phrase){.code = closed_phrases[i].code, .value = closed_phrases[i].value});
    add_facts();
    for (size_t i = 0; i < G_N_ELEMENTS(law_names); i++)
        add_phrase(ND_PHRASE_LAW_NAME, law_names[i], (struct nd_phrase){0});
    uint16_t starts[G_N_ELEMENTS(patterns)];
    for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++)
        starts[i] = compile(patterns[i]);

    FILE *out = create(argv[1]);
    print_lexicon(out);
    finish(out, argv[1]);
    out = create(argv[2]);
    print_grammar(out, starts);
    finish(out, argv[2]);
    g_array_unref(pattern_nodes);
    g_hash_table_unref(in_text);
    g_string_free(texts, TRUE);
    return EXIT_SUCCESS;
}
