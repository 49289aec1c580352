#ifndef ND_WEB_SITE_H
#define ND_WEB_SITE_H

/*
 * One process's site: configuration, the open index, and the way from a request to an answer. CGI, FastCGI
 * and the built-in server all call nd_site_handle; it never fails, an error becomes a page with its status.
 *
 * Configuration (base/settings.h; docs/web.md describes it):
 *   index              the index folder, overruled by $ND_INDEX
 *   web-secret-readers users who see documents with a secrecy stamp
 *   web-reviewers      users who may decide what uncertain citations mean (/review)
 *   web-originals      true: original files may be downloaded
 */

#include "base/auto.h"
#include "web/request.h"
#include "web/response.h"

struct nd_site;

/* Reads the configuration; the index is opened by the first request that needs it. index_dir may be NULL
 * (configuration decides). Fails with ND_ERROR_USAGE for a configuration that cannot be understood. */
struct nd_site *nd_site_new(const char *index_dir, GError **error);

/* Opens the index now, so that one that cannot be used is known before anybody asks. Fails as
 * nd_session_open. */
bool nd_site_open(struct nd_site *site, GError **error);

/* Every reader sits at this machine and could read the files as well: pages name those that gave no document.
 */
void nd_site_trust(struct nd_site *site);

void nd_site_free(struct nd_site *site);
ND_DEFINE_AUTO(nd_site, nd_site_free)

/* Answers a request; says in it what its user may do. response is new or reset. */
void nd_site_handle(struct nd_site *site, struct nd_request *request, struct nd_response *response);

/* Answers a request that could not be read; error says why. */
void nd_site_handle_unreadable(const GError *error, struct nd_response *response);

#endif
