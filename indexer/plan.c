#include "indexer/plan.h"

#include <string.h>

/* Reading it may succeed now though nothing about the file changed: permissions, disks, a writer at work. */
static bool worth_another_try(const struct nd_known_file *known)
{
    return known->skipped && strcmp(known->skipped, "unreadable") == 0;
}

static bool same_file(const struct nd_input *input, const struct nd_known_file *known)
{
    return input->inode == known->inode && input->device == known->device && input->size == known->size &&
           input->mtime_ns == known->mtime_ns;
}

static bool same_place(const struct nd_plan_rules *rules, const struct nd_known_file *known, const char *path)
{
    const char *place = rules->place ? rules->place(path, rules->user_data) : NULL;
    return !place || g_strcmp0(place, known->place) == 0;
}

static enum nd_plan_action action_for(const struct nd_input *input, const struct nd_known_file *known,
                                      const struct nd_plan_rules *rules)
{
    if (input->skipped)
        return known && g_strcmp0(known->skipped, input->skipped) == 0 ? ND_PLAN_KEEP : ND_PLAN_SKIP;
    if (!known)
        return ND_PLAN_ADD;
    const bool current = same_file(input, known) && known->reader_version == rules->reader_version &&
                         !rules->reread && !worth_another_try(known);
    return current && same_place(rules, known, input->path) ? ND_PLAN_KEEP : ND_PLAN_UPDATE;
}

static void push(GArray *steps, enum nd_plan_action action, const struct nd_input *input,
                 const struct nd_known_file *known)
{
    g_array_append_val(steps, ((struct nd_plan_step){action, input, known}));
}

static guint hash_identity(gconstpointer p)
{
    const struct nd_known_file *known = p;
    return (guint)(known->inode ^ (known->inode >> 32) ^ (uint64_t)known->mtime_ns);
}

static gboolean equal_identity(gconstpointer a, gconstpointer b)
{
    const struct nd_known_file *x = a, *y = b;
    return x->inode == y->inode && x->device == y->device && x->size == y->size && x->mtime_ns == y->mtime_ns;
}

/* A file that is new under its path and gone under another was moved. Turns such pairs of steps into one. */
static void find_moves(GArray *steps, GPtrArray *gone, const struct nd_plan_rules *rules)
{
    g_autoptr(GHashTable) by_identity = g_hash_table_new(hash_identity, equal_identity);
    for (guint i = 0; i < gone->len; i++)
        g_hash_table_add(by_identity, gone->pdata[i]);
    for (guint i = 0; i < steps->len && g_hash_table_size(by_identity) > 0; i++) {
        struct nd_plan_step *step = &g_array_index(steps, struct nd_plan_step, i);
        if (step->action != ND_PLAN_ADD)
            continue;
        const struct nd_known_file identity = {.device = step->input->device,
                                               .inode = step->input->inode,
                                               .size = step->input->size,
                                               .mtime_ns = step->input->mtime_ns};
        struct nd_known_file *known = g_hash_table_lookup(by_identity, &identity);
        if (!known || known->skipped)
            continue;
        g_hash_table_remove(by_identity, known);
        g_ptr_array_remove_fast(gone, known);
        const bool as_it_was =
            known->reader_version == rules->reader_version && same_place(rules, known, step->input->path);
        step->action = as_it_was ? ND_PLAN_MOVE : ND_PLAN_UPDATE;
        step->known = known;
    }
}

static int compare_known(gconstpointer a, gconstpointer b)
{
    return strcmp((*(const struct nd_known_file *const *)a)->path,
                  (*(const struct nd_known_file *const *)b)->path);
}

GArray *nd_plan_make(const struct nd_inputs *inputs, const struct nd_known_file *known, size_t n_known,
                     const struct nd_plan_rules *rules)
{
    GArray *steps = g_array_sized_new(FALSE, FALSE, sizeof(struct nd_plan_step), inputs->files->len);
    g_autoptr(GPtrArray) gone = g_ptr_array_new();
    size_t k = 0;
    for (guint i = 0; i <= inputs->files->len; i++) {
        const struct nd_input *input =
            i < inputs->files->len ? &g_array_index(inputs->files, struct nd_input, i) : NULL;
        int order = 1;
        while (k < n_known && (order = input ? strcmp(known[k].path, input->path) : -1) < 0) {
            if (nd_inputs_cover(inputs, known[k].path))
                g_ptr_array_add(gone, (gpointer)&known[k]);
            k++;
        }
        if (!input)
            break;
        const struct nd_known_file *match = k < n_known && order == 0 ? &known[k++] : NULL;
        push(steps, action_for(input, match, rules), input, match);
    }
    find_moves(steps, gone, rules);
    g_ptr_array_sort(gone, compare_known);
    for (guint i = 0; i < gone->len; i++)
        push(steps, ND_PLAN_REMOVE, NULL, gone->pdata[i]);
    return steps;
}
