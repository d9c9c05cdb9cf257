/* Keeps tables that agree with what is shown: proof of what an outsider cannot exclude. */
#include <string.h>

#include "hotzone/mem.h"
#include "stat/disclose_parts.h"

enum { ENTRIES_MOST = 1 << 22 };

void hz_witnesses_clear(hz_witnesses *seen)
{
    hz_mem_free(seen->first);
    hz_mem_free(seen->atom);
    hz_mem_free(seen->change);
    memset(seen, 0, sizeof *seen);
}

static hz_status grow(hz_witnesses *seen, size_t entries, hz_error *err)
{
    if (seen->n + 2 > seen->room) {
        size_t room = seen->room ? 2 * seen->room : 64;
        size_t *first = hz_mem_resize(seen->first, room, sizeof *first);
        if (!first)
            return hz_mem_fail(err, "disclosure");
        first[0] = 0;
        seen->first = first;
        seen->room = room;
    }
    if (seen->entries + entries > seen->entry_room) {
        size_t room = 2 * (seen->entries + entries);
        uint32_t *atom = hz_mem_resize(seen->atom, room, sizeof *atom);
        if (!atom)
            return hz_mem_fail(err, "disclosure");
        seen->atom = atom;
        double *change = hz_mem_resize(seen->change, room, sizeof *change);
        if (!change)
            return hz_mem_fail(err, "disclosure");
        seen->change = change;
        seen->entry_room = room;
    }
    return HZ_OK;
}

hz_status hz_witnesses_keep(hz_witnesses *seen, const double *truth, const double *table,
                            size_t atoms, hz_error *err)
{
    size_t entries = 0;
    for (size_t i = 0; i < atoms; i++)
        entries += table[i] != truth[i];
    if (seen->entries + entries > ENTRIES_MOST)
        return HZ_OK;
    hz_status st = grow(seen, entries, err);
    if (st)
        return st;
    for (size_t i = 0; i < atoms; i++)
        if (table[i] != truth[i]) {
            seen->atom[seen->entries] = (uint32_t)i;
            seen->change[seen->entries++] = table[i] - truth[i];
        }
    seen->first[++seen->n] = seen->entries;
    return HZ_OK;
}

void hz_witnesses_get(const hz_witnesses *seen, size_t k, const double *truth, size_t atoms,
                      double *table)
{
    if (atoms)
        memcpy(table, truth, atoms * sizeof *table);
    for (size_t e = seen->first[k]; e < seen->first[k + 1]; e++)
        table[seen->atom[e]] += seen->change[e];
}

void hz_witnesses_drop(hz_witnesses *seen, const double *truth, size_t atoms, const uint32_t *set,
                       size_t size, double sum, double *scratch)
{
    size_t n = 0, entries = 0;
    for (size_t k = 0; k < seen->n; k++) {
        size_t from = seen->first[k], length = seen->first[k + 1] - from;
        double at = 0;
        hz_witnesses_get(seen, k, truth, atoms, scratch);
        for (size_t i = 0; i < size; i++)
            at += scratch[set[i]];
        if (at != sum)
            continue;
        memmove(seen->atom + entries, seen->atom + from, length * sizeof *seen->atom);
        memmove(seen->change + entries, seen->change + from, length * sizeof *seen->change);
        seen->first[n++] = entries; /* at most where it was */
        entries += length;
    }
    if (seen->first)
        seen->first[n] = entries;
    seen->n = n;
    seen->entries = entries;
}
