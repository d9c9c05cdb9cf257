/* The one door to malloc. */
#include "hotzone/mem.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Test hook: counts down to the allocation that is to fail; 0 when off.  The one
 * exception to "no global state", since malloc's own state is global too. */
static atomic_long countdown;

static bool must_fail(void)
{
    long left = atomic_load_explicit(&countdown, memory_order_relaxed);
    return left > 0 && atomic_fetch_sub(&countdown, 1) == 1;
}

void hz_mem_fail_at(long n)
{
    atomic_store(&countdown, n);
}

void *hz_mem_new(size_t count, size_t size)
{
    if (must_fail())
        return NULL;
    /* calloc checks count * size itself */
    return count && size ? calloc(count, size) : calloc(1, 1);
}

void *hz_mem_resize(void *block, size_t count, size_t size)
{
    if (must_fail() || (size && count > SIZE_MAX / size))
        return NULL;
    size_t bytes = count * size;
    return realloc(block, bytes ? bytes : 1);
}

void hz_mem_free(void *block)
{
    free(block);
}

char *hz_mem_text_n(const char *text, size_t n)
{
    char *copy = n < SIZE_MAX ? hz_mem_new(n + 1, 1) : NULL;
    if (copy && n)
        memcpy(copy, text, n);
    return copy;
}

char *hz_mem_text(const char *text)
{
    return hz_mem_text_n(text, strlen(text));
}

hz_status hz_mem_fail(hz_error *err, const char *what)
{
    return hz_fail(err, HZ_EMEMORY, "%s: not enough memory", what);
}
