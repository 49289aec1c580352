#ifndef ND_TESTS_TSAN_GLIB_H
#define ND_TESTS_TSAN_GLIB_H

/*
 * Included before everything in builds with the thread sanitizer (preset tsan). GLib is not built with it and
 * its locks are futexes, which the sanitizer does not see: without these notes every lock of the project
 * would be none to it. Threads of GLib are threads of the system, which it knows.
 */

#include <glib.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

static inline void nd_tsan_lock(GMutex *mutex)
{
    g_mutex_lock(mutex);
    __tsan_acquire(mutex);
}

static inline void nd_tsan_unlock(GMutex *mutex)
{
    __tsan_release(mutex);
    g_mutex_unlock(mutex);
}

static inline void nd_tsan_wait(GCond *condition, GMutex *mutex)
{
    __tsan_release(mutex);
    g_cond_wait(condition, mutex);
    __tsan_acquire(mutex);
}

static inline void nd_tsan_push(GAsyncQueue *queue, gpointer data)
{
    __tsan_release(queue);
    g_async_queue_push(queue, data);
}

static inline gpointer nd_tsan_pop(GAsyncQueue *queue)
{
    gpointer data = g_async_queue_pop(queue);
    __tsan_acquire(queue);
    return data;
}

static inline gpointer nd_tsan_try_pop(GAsyncQueue *queue)
{
    gpointer data = g_async_queue_try_pop(queue);
    __tsan_acquire(queue);
    return data;
}

static inline gboolean nd_tsan_once_enter(volatile void *location)
{
    const gboolean enter = (g_once_init_enter)(location);
    if (!enter)
        __tsan_acquire((void *)location);
    return enter;
}

static inline void nd_tsan_once_leave(volatile void *location, gsize result)
{
    __tsan_release((void *)location);
    (g_once_init_leave)(location, result);
}

struct nd_tsan_call {
    GOnce *once;
    GThreadFunc function;
    gpointer argument;
};

static inline gpointer nd_tsan_call_once(gpointer user_data)
{
    const struct nd_tsan_call *call = (const struct nd_tsan_call *)user_data;
    gpointer result = call->function(call->argument);
    __tsan_release(call->once);
    return result;
}

static inline gpointer nd_tsan_once(GOnce *once, GThreadFunc function, gpointer argument)
{
    struct nd_tsan_call call = {once, function, argument};
    gpointer result = g_once_impl(once, nd_tsan_call_once, &call);
    __tsan_acquire(once);
    return result;
}

#undef g_once
#define g_once                nd_tsan_once
#define g_mutex_lock          nd_tsan_lock
#define g_mutex_unlock        nd_tsan_unlock
#define g_cond_wait           nd_tsan_wait
#define g_async_queue_push    nd_tsan_push
#define g_async_queue_pop     nd_tsan_pop
#define g_async_queue_try_pop nd_tsan_try_pop
#undef g_once_init_enter
#undef g_once_init_leave
#define g_once_init_enter(l)    nd_tsan_once_enter(l)
#define g_once_init_leave(l, r) nd_tsan_once_leave(l, (gsize)(r))

#endif
