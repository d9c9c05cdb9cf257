/* Which polygon holds a point: one look into the grid, and a few edges near borders. */
#include "geo/index_parts.h"

/* The lowest-numbered polygon of a cell that has a record. */
static int32_t search_record(const hz_index *index, const uint32_t *record, double x, double y)
{
    uint32_t covers = record[0], groups = record[1];
    const uint32_t *group = record + 2 + covers;
    int32_t cover = covers ? (int32_t)record[2] : HZ_NOWHERE;
    for (uint32_t g = 0; g < groups; g++) {
        int32_t polygon = (int32_t)group[0];
        size_t edges = group[1] >> 1;
        bool border = false;
        if (covers && polygon > cover)
            break;
        if (hz_index_group_parity(index, group + 2, edges, group[1] & 1, x, y, &border) ||
            border)
            return polygon;
        group += 2 + edges;
    }
    return cover;
}

/* `&` and not `&&`: outside is rare, and a branch per comparison is not free. */
static bool in_box(const hz_index *index, double x, double y)
{
    return (x >= index->xmin) & (x <= index->xmax) & (y >= index->ymin) & (y <= index->ymax);
}

void hz_index_locate(const hz_index *index, size_t first, size_t last, const double *x,
                     const double *y, int32_t *polygon)
{
    for (size_t i = first; i < last; i++) {
        int32_t found = HZ_NOWHERE;
        if (in_box(index, x[i], y[i])) {
            size_t row = hz_index_row(index, y[i]), column = hz_index_column(index, x[i]);
            found = index->cell[row * index->columns + column];
            if (found < HZ_NOWHERE)
                found = search_record(index, index->record + (-2 - found), x[i], y[i]);
        }
        polygon[i] = found;
    }
}

size_t hz_index_locate_all(const hz_index *index, double x, double y, int32_t *polygons,
                           size_t room)
{
    size_t count = 0;
    if (!in_box(index, x, y))
        return 0;
    int32_t found = index->cell[hz_index_row(index, y) * index->columns +
                                hz_index_column(index, x)];
    if (found >= HZ_NOWHERE) {
        if (found >= 0 && room > 0)
            polygons[0] = found;
        return found >= 0;
    }
    const uint32_t *record = index->record + (-2 - found);
    const uint32_t *cover = record + 2, *end = cover + record[0], *group = end;
    for (uint32_t g = 0; g <= record[1]; g++) { /* the last turn takes the covers left */
        int32_t polygon = g < record[1] ? (int32_t)group[0] : INT32_MAX;
        for (; cover < end && (int32_t)*cover < polygon; cover++, count++)
            if (count < room)
                polygons[count] = (int32_t)*cover;
        if (g == record[1])
            break;
        bool border = false;
        size_t edges = group[1] >> 1;
        if (hz_index_group_parity(index, group + 2, edges, group[1] & 1, x, y, &border) ||
            border) {
            if (count < room)
                polygons[count] = polygon;
            count++;
        }
        group += 2 + edges;
    }
    return count;
}
