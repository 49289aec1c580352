#ifndef ND_WEB_TOKEN_H
#define ND_WEB_TOKEN_H

/*
 * The token that every form which changes something carries: proof that this site made the form for this
 * user, today or yesterday. A keyed hash (HMAC-SHA-256, RFC 2104) of user and day; the key is a file of the
 * index folder, `web-key`, made when it is first needed and readable for its owner alone, so that all
 * processes of a site agree and another site cannot guess it.
 */

#include <glib.h>
#include <stdbool.h>

/* A token for user; caller frees with g_free. Fails with ND_ERROR_IO when the key cannot be read or made: the
 * server's user may not write the index folder, so nobody can decide anything there. */
char *nd_token_new(const char *index_dir, const char *user, GError **error);

/* Whether token was made for user; NULL is no token. An unreadable key is false. */
bool nd_token_is_for(const char *token, const char *index_dir, const char *user);

#endif
