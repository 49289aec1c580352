#ifndef ND_ANALYZERS_CITATION_LIST_H
#define ND_ANALYZERS_CITATION_LIST_H

/*
 * Lists whose items share what is written once: "các Kết luận số 187, 188, 189-KL/TW", "Nghị quyết Trung ương
 * 4 khóa XI, XII", "Nghị quyết Trung ương 7, 8 (khóa XI)", "Nghị quyết Đại hội X, XI của Đảng".
 */

#include "analyzers/citation/parse.h"

/* Looks at the draft just appended to drafts (GArray of struct nd_draft): completes the items before it that
 * its code was written for, appends the items behind it that were left out, and moves p->floor behind them.
 */
void nd_share_list(struct nd_parse *p, GArray *drafts);

#endif
