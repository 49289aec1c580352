#ifndef ND_WEB_LIMITS_H
#define ND_WEB_LIMITS_H

/*
 * What one request may cost. Answers are complete before they are sent, so a request that runs out of time
 * can still be answered properly: the deadline's handler sends an answer prepared beforehand and ends the
 * process, which the server or the supervisor (cgi.c) replaces. Nothing else stops a query for certain.
 */

#include <stddef.h>

#define ND_WEB_SECONDS      5                 /* of wall clock to make an answer */
#define ND_WEB_SEND_SECONDS 60                /* of wall clock to send it */
#define ND_WEB_MEMORY_BYTES ((size_t)1 << 30) /* of memory of its own; mapped files do not count */

/* Bounds this process's memory. Has no effect in a build with the address sanitizer, which needs terabytes.
 */
void nd_limits_memory(void);

/* Prepares the deadline's answer; call once. CGI: */
void nd_deadline_init_cgi(void);
/* FastCGI: as records for a connection. */
void nd_deadline_init_fastcgi(void);

/* Starts the time of one request; the answer goes to fd, for FastCGI as request_id. */
void nd_deadline_start(int fd, int request_id);
/* From here on part of the answer may be on its way: when the time to send it is over, the process just ends.
 */
void nd_deadline_sending(void);
void nd_deadline_stop(void);

#endif
