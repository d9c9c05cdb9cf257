/* Arrays that double when they are full. */
#include "map/array.h"

#include "hotzone/mem.h"

void *hz_array_room(void *array, size_t size, size_t count, size_t *room, size_t more)
{
    if (array && more <= *room - count)
        return array;
    size_t want = *room < 32 ? 64 : *room * 2;
    if (want - count < more)
        want = count + more;
    void *grown = hz_mem_resize(array, want, size);
    if (grown)
        *room = want;
    return grown;
}
