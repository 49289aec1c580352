#ifndef ND_CORPUS_STORE_CATALOG_WRITER_PRIVATE_H
#define ND_CORPUS_STORE_CATALOG_WRITER_PRIVATE_H

/* The writer's connection and its prepared statements: catalog_writer.c (what was read) and catalog_graph.c
 * (what is derived). */

#include "corpus/store/catalog_private.h"

enum nd_catalog_statement {
    ND_SQL_INSERT_FILE,
    ND_SQL_UPDATE_FILE,
    ND_SQL_DELETE_FILE,
    ND_SQL_INSERT_DIAGNOSTIC,
    ND_SQL_DELETE_DIAGNOSTICS,
    ND_SQL_FIND_DUPLICATE,
    ND_SQL_INSERT_DOCUMENT,
    ND_SQL_INSERT_TEXT,
    ND_SQL_INSERT_PASSAGE,
    ND_SQL_INSERT_MENTION,
    ND_SQL_INSERT_PENDING,
    ND_SQL_FIND_HEIR,
    ND_SQL_HAND_OVER,
    ND_SQL_RETIRE,
    ND_SQL_INSERT_DECISION,
    ND_SQL_PUT_WORK,
    ND_SQL_FIND_WORK,
    ND_SQL_BARE_WORK,
    ND_SQL_SET_DOCUMENT_WORK,
    ND_SQL_UNSET_DOCUMENT_WORK,
    ND_SQL_PUT_RESOLUTION,
    ND_SQL_INSERT_EDGE,
    ND_SQL_INSERT_ALIAS,
    ND_SQL_FIND_WORDING,
    ND_SQL_INSERT_WORDING,
    ND_SQL_CLEAR_DOCUMENT_WORK,
    ND_SQL_CLEAR_RESOLUTION,
    ND_SQL_CLEAR_EDGE,
    ND_SQL_CLEAR_ALIAS,
    ND_N_CATALOG_STATEMENTS
};

struct nd_catalog_writer {
    struct sqlite3 *db;
    struct nd_catalog *reader; /* over the same connection */
    struct nd_packing *packing;
    uint64_t unlearned_bytes;     /* of texts added since dictionaries were last tried to be learned */
    uint64_t unlearned_documents; /* added in this session */
    GHashTable *wordings;         /* text (owned) -> id, of those asked for */
    struct nd_sql_statement *statements[ND_N_CATALOG_STATEMENTS];
};

/* The statement, prepared from sql at its first use; NULL on failure. */
static inline struct nd_sql_statement *nd_catalog_statement(struct nd_catalog_writer *writer,
                                                            enum nd_catalog_statement which, const char *sql,
                                                            GError **error)
{
    /* After some failures SQLite rolls the transaction back by itself. What another thread wrote then would
     * be committed at once, alone. */
    if (sqlite3_get_autocommit(writer->db)) {
        g_set_error(error, ND_ERROR, ND_ERROR_IO, "catalogue: the batch was given up after a failed write");
        return NULL;
    }
    return nd_sql_prepare(writer->db, &writer->statements[which], sql, error) ? writer->statements[which]
                                                                              : NULL;
}

/* The id of a wording, which is added when it is new; 0 for NULL. */
bool nd_catalog_wording_id(struct nd_catalog_writer *writer, const char *text, int64_t *out, GError **error);
/* Sets the packing by the dictionaries of the catalogue, if it has some. */
bool nd_catalog_load_dictionaries(struct nd_catalog_writer *writer, GError **error);
/* After each document: learns dictionaries when there is enough to learn from. */
bool nd_catalog_learn(struct nd_catalog_writer *writer, GError **error);

#endif
