/* Arrays that double when they are full.  Private to src/map. */
#ifndef MAP_ARRAY_H
#define MAP_ARRAY_H

#include <stddef.h>

/**
 * The array with room for `more` things after its first `count`.
 *
 * @param room  how many it can hold; updated
 * @return perhaps moved; NULL without memory, and the old array is then as it was
 */
void *hz_array_room(void *array, size_t size, size_t count, size_t *room, size_t more);

#endif
