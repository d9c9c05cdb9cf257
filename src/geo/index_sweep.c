/* Sweeps the rows of the point index's grid and writes what each cell answers. */
#include "geo/index_build.h"

#include <string.h>

#include "hotzone/mem.h"

static size_t active_place(const index_build *b, uint32_t polygon)
{
    size_t low = 0, high = b->active_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (b->active[mid] < polygon)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool is_active(const index_build *b, uint32_t polygon)
{
    size_t at = active_place(b, polygon);
    return at < b->active_count && b->active[at] == polygon;
}

static void toggle_active(index_build *b, uint32_t polygon)
{
    size_t at = active_place(b, polygon), size = sizeof *b->active;
    if (is_active(b, polygon)) {
        b->active_count--;
        memmove(b->active + at, b->active + at + 1, (b->active_count - at) * size);
    } else {
        memmove(b->active + at + 1, b->active + at, (b->active_count - at) * size);
        b->active[at] = polygon;
        b->active_count++;
    }
}

static bool room_for(index_build *b, size_t words)
{
    if (b->words + words <= b->room)
        return true;
    if (b->words + words > INT32_MAX - 2) /* a cell could not point that far */
        return false;
    size_t room = 2 * (b->words + words) + 1024;
    uint32_t *record = hz_mem_resize(b->record, room, sizeof *record);
    if (!record)
        return false;
    b->record = record;
    b->room = room;
    return true;
}

/* The word for an edge in a column: how it stands to the line of the column's left side,
 * which is taken a shade to the left of the column's least x. */
static uint32_t edge_word(const index_build *b, size_t vertex, size_t column)
{
    const double *v = b->index->vertex + 2 * vertex;
    double left = b->left[column];
    bool a_right = v[0] >= left, b_right = v[2] >= left;
    uint32_t word = (uint32_t)vertex << 2;
    if (a_right == b_right)
        return word | (a_right ? 0 : HZ_EDGE_FLIP);
    bool rises = (v[2] > v[0]) == (v[3] > v[1]);
    return word | HZ_EDGE_CUTS | (rises ? HZ_EDGE_FLIP : 0);
}

/* Writes the group of entries [first, last) and moves the polygon's state to the right side. */
static void write_group(index_build *b, size_t first, size_t last, size_t row, size_t column)
{
    uint32_t polygon = b->entries[first].polygon;
    uint32_t *group = b->record + b->words;
    size_t edges = last - first;
    double y = row > 0 ? b->bottom[row] : b->index->ymin;
    bool border, base = false;
    for (size_t i = 0; i < edges; i++)
        group[2 + i] = edge_word(b, b->entries[first + i].vertex, column);
    bool was = is_active(b, polygon);
    if (column > 0) /* the path that ends at the left side must find what the sweep found */
        base = was ^ hz_index_group_parity(b->index, group + 2, edges, false, b->left[column],
                                           y, &border);
    group[0] = polygon;
    group[1] = (uint32_t)(2 * edges) + base;
    b->words += 2 + edges;
    if (column + 1 < b->index->columns) {
        bool is = hz_index_group_parity(b->index, group + 2, edges, base, b->left[column + 1],
                                        y, &border);
        if (is != was)
            toggle_active(b, polygon);
    }
}

static size_t group_end(const index_build *b, size_t first, size_t last)
{
    size_t i = first;
    while (i < last && b->entries[i].polygon == b->entries[first].polygon)
        i++;
    return i;
}

/* The record of a cell with entries [first, last); false without memory. */
static bool write_record(index_build *b, size_t first, size_t last, size_t row, size_t column)
{
    if (!room_for(b, 2 + b->active_count + 3 * (last - first)))
        return false;
    uint32_t *head = b->record + b->words;
    uint32_t covers = 0, groups = 0;
    size_t next = first;
    for (size_t a = 0; a < b->active_count; a++) { /* both lists ascend */
        while (next < last && b->entries[next].polygon < b->active[a])
            next++;
        if (next == last || b->entries[next].polygon != b->active[a])
            head[2 + covers++] = b->active[a];
    }
    b->words += 2 + covers;
    for (size_t i = first; i < last; groups++) {
        size_t end = group_end(b, i, last);
        write_group(b, i, end, row, column);
        i = end;
    }
    head[0] = covers;
    head[1] = groups;
    return true;
}

static bool sweep_row(index_build *b, size_t row, size_t *entry_first)
{
    int32_t *cell = b->index->cell + row * b->index->columns;
    int32_t plain = HZ_NOWHERE; /* the answer where no border runs */
    bool fresh = true;          /* is `plain` up to date? */
    b->active_count = 0;
    for (size_t c = 0; c < b->index->columns; c++) {
        size_t last = (size_t)cell[c];
        if (last > *entry_first || !fresh) {
            size_t first = *entry_first;
            bool mixed = last > first;
            *entry_first = last;
            if (!mixed && b->active_count < 2) {
                plain = b->active_count ? (int32_t)b->active[0] : HZ_NOWHERE;
                fresh = true;
            } else {
                int32_t at = -2 - (int32_t)b->words;
                if (!write_record(b, first, last, row, c))
                    return false;
                fresh = !mixed;
                plain = at;
            }
        }
        cell[c] = plain;
    }
    return true;
}

hz_status hz_index_sweep(index_build *b, bool *fits, hz_error *err)
{
    size_t first = 0;
    *fits = true;
    for (size_t row = 0; row < b->index->rows; row++) {
        if (!sweep_row(b, row, &first))
            return hz_mem_fail(err, "point index");
        if (b->words > b->most_words && b->index->columns * b->index->rows > 1) {
            *fits = false;
            return HZ_OK;
        }
    }
    return HZ_OK;
}
