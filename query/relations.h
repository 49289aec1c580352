#ifndef ND_QUERY_RELATIONS_H
#define ND_QUERY_RELATIONS_H

/* Relation operators of the query language, answered from the catalogue's graph. */

#include "query/language.h"
#include "query/session.h"

/* What an operator asks for, as a set of 1 << enum nd_relation: whatever a document does to another, it cites
 * it. */
unsigned nd_relation_set(enum nd_relation relation);

/* The works that the operand of a relation node may mean: row ids (int64_t) appended to works. None is no
 * failure. *any_out is set for the operand '*', which means every work. Not for nested queries. */
bool nd_relation_operand(struct nd_session *session, const struct nd_node *node, GArray *works, bool *any_out,
                         GError **error);

/* The works that a citation may mean, by what it says of number, type, issuer, date, term and place; those
 * that it contradicts are left out. Row ids appended to works, of int64_t. */
bool nd_citation_works(struct nd_session *session, const struct nd_mention *citation, GArray *works,
                       GError **error);

/* The documents in the node's relation to any of works (or to any work at all): their ids (uint32_t),
 * ascending, and a weight for each, more for stronger evidence. *rows grows by the rows looked at;
 * ND_ERROR_LIMIT when it has grown, here or before, above ND_CAP_QUERY_RELATIONS. */
bool nd_relation_documents(struct nd_session *session, const struct nd_node *node, const GArray *works,
                           bool any, GArray *ids_out, GArray *weights_out, size_t *rows, GError **error);

#endif
