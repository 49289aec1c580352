#ifndef ND_ANALYZERS_CITATION_RELATION_PARTS_H
#define ND_ANALYZERS_CITATION_RELATION_PARTS_H

/*
 * What relation.c is made of besides the triggers of a clause: relations said in the passive
 * (relation_passive.c), and those that a list shares (relation_list.c).
 */

#include "analyzers/citation/relation.h"

enum {
    ND_CLAUSE_TOKENS = 72, /* how far back a trigger can govern */
    ND_TASK_TOKENS = 8,
    ND_PRECEDING_DRAFTS = 8, /* earlier citations of one sentence that are looked at */
};

/* Whether the relation changes the text of the document cited. */
static inline bool nd_changes_text(enum nd_relation relation)
{
    return relation == ND_RELATION_AMENDS || relation == ND_RELATION_REPLACES ||
           relation == ND_RELATION_REPEALS || relation == ND_RELATION_CORRECTS;
}

/* Whether a text of the type `by` (maybe NULL) can change the one cited: a circular cannot amend a law.
 * Source: Luật Ban hành văn bản quy phạm pháp luật 80/2015/QH13, Điều 4 and 12. */
bool nd_may_change(const char *by, const struct nd_draft *target);

/* Whether the one is of an earlier year than the other, as far as both tell theirs: then it cannot change it.
 */
static inline bool nd_is_earlier(const struct nd_draft *one, const struct nd_draft *other)
{
    const int x = one->year ? one->year : one->date.year, y = other->year ? other->year : other->date.year;
    return x && y && x < y;
}

static inline bool nd_is_question_mark(const struct nd_parse *p, uint32_t i)
{
    return nd_str_equal(nd_cite_token_text(p->tokens, i), nd_str_from_c("?"));
}

/* Whether a sentence ends with token k. */
bool nd_ends_sentence(const struct nd_parse *p, uint32_t k);
/* The citation whose subject drafts[i] stands in, and whose subject stands in no other; i itself without. */
size_t nd_outermost_citation(const struct nd_draft *drafts, size_t i);
/* "X, có nội dung được sửa đổi bởi Y; Z": Y and Z hang on X and do it to X. Whether drafts[i] is such a Y. */
bool nd_relation_read_passive(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                              struct nd_relation_read *reads);

/* The token behind the mark of a list's item that begins at i: "- ", "+ ", "1. ", "a) "; i itself without. */
uint32_t nd_behind_bullet(const struct nd_parse *p, uint32_t i);
/* Where the sentence of a heading's trigger begins. */
uint32_t nd_heading_start(const struct nd_parse *p, uint32_t trigger);
/* "Căn cứ:" or "Bãi bỏ các văn bản sau:" governs every item of the list under it. */
void nd_relation_read_list(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                           struct nd_relation_read *reads);
/* Whether the mention takes its relation from the heading of its list: it is the item itself, or its item
 * says nothing of it and the heading names grounds, or a change whose object it is. */
bool nd_relation_governed_by_list(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                                  const struct nd_relation_read *read, bool triggered);
/* Whether only the object of a verb of change stands between token `from`, behind the verb, and drafts[i]:
 * "sửa đổi, bổ sung một số điều của", quoted words, and earlier citations of the same list. */
bool nd_has_as_object(const struct nd_parse *p, const struct nd_draft *drafts, size_t i, uint32_t from);
/* "Các văn bản sau đây hết hiệu lực: X, Y và Z", on one line: whether drafts[i] is such an item; its relation
 * and trigger then go into *read. */
bool nd_relation_announced(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                           struct nd_relation_read *read);
/* Whether an item of the list up to drafts[i] stands in the subject of another citation: of "bãi bỏ X sửa đổi
 * Y, Z" nobody can tell whether Z is the sentence's or the subject's. */
bool nd_list_is_inside(const struct nd_parse *p, const struct nd_draft *drafts, size_t i);
/* The citation that the list goes on from to drafts[i]: "X, Y" and "X và Y". i itself without. */
size_t nd_item_before(const struct nd_parse *p, const struct nd_draft *drafts, size_t i);
/* "X, Y và Z hết hiệu lực": what is said behind Z holds for the items before it too; in "Nghị định A thi hành
 * Luật B, Luật C hết hiệu lực" it holds for A alone. */
void nd_relation_lose_force(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                            const struct nd_zones *zones, struct nd_relation_read *reads);

#endif
