/* Finds nearest neighbours ring by ring of cells, and weighs their mean distance. */
#include "hotzone/nearest.h"

#include <math.h>

#include "hotzone/mem.h"
#include "num/buckets.h"

struct hz_nearest_room {
    buckets b;
};

hz_status hz_nearest_room_new(size_t n, hz_nearest_room **out, hz_error *err)
{
    hz_nearest_room *room = hz_mem_new(1, sizeof *room);
    hz_status st = room ? buckets_new(n, &room->b, err) : hz_mem_fail(err, "pattern");
    if (st) {
        hz_nearest_room_free(room);
        return st;
    }
    *out = room;
    return HZ_OK;
}

void hz_nearest_room_free(hz_nearest_room *room)
{
    if (room)
        buckets_free(&room->b);
    hz_mem_free(room);
}

/* The least squared distance from point `at` to others in cells [first, last] of a row. */
static double least_in(const buckets *b, size_t row, size_t first, size_t last, size_t at,
                       double least)
{
    size_t from = b->first[row * b->columns + first], to = b->first[row * b->columns + last + 1];
    for (size_t i = from; i < to; i++) {
        double dx = b->x[i] - b->x[at], dy = b->y[i] - b->y[at], d2 = dx * dx + dy * dy;
        if (d2 < least && i != at)
            least = d2;
    }
    return least;
}

/* Ring 0 is the point's own cell; what lies beyond ring k is further than k sides away. */
static double nearest2(const buckets *b, size_t at, size_t column, size_t row)
{
    double least = INFINITY;
    size_t most = b->columns > b->rows ? b->columns : b->rows;
    for (size_t k = 0; k < most; k++) {
        size_t west = column > k ? column - k : 0, south = row > k ? row - k : 0;
        size_t east = column + k < b->columns ? column + k : b->columns - 1;
        size_t north = row + k < b->rows ? row + k : b->rows - 1;
        for (size_t r = south; r <= north; r++) {
            if (r + k == row || r == row + k) {
                least = least_in(b, r, west, east, at, least);
            } else {
                if (column >= k)
                    least = least_in(b, r, column - k, column - k, at, least);
                if (column + k < b->columns)
                    least = least_in(b, r, column + k, column + k, at, least);
            }
        }
        double reach = (double)k * b->side;
        if (least <= reach * reach)
            break;
    }
    return least;
}

double hz_nearest_mean(size_t n, const double *x, const double *y, hz_nearest_room *room,
                       size_t *coincident)
{
    buckets *b = &room->b;
    double sum = 0, width, height, right = -INFINITY, top = -INFINITY, left = INFINITY,
           low = INFINITY;
    size_t same = 0;
    if (coincident)
        *coincident = 0;
    if (n < 2)
        return NAN;
    for (size_t i = 0; i < n; i++) {
        left = fmin(left, x[i]);
        right = fmax(right, x[i]);
        low = fmin(low, y[i]);
        top = fmax(top, y[i]);
    }
    width = right - left;
    height = top - low;
    buckets_fill(b, n, x, y, fmax(sqrt(width * height / (double)n),
                                  (width + height) / (double)n));
    for (size_t row = 0; row < b->rows; row++)
        for (size_t column = 0; column < b->columns; column++) {
            size_t cell = row * b->columns + column;
            for (size_t i = b->first[cell]; i < b->first[cell + 1]; i++) {
                double d2 = nearest2(b, i, column, row);
                same += d2 == 0;
                sum += sqrt(d2);
            }
        }
    if (coincident)
        *coincident = same;
    return sum / (double)n;
}

hz_clark_evans hz_nearest_clark_evans(size_t n, double mean, double area, double perimeter)
{
    double m = (double)n, gap = sqrt(area / m);
    hz_clark_evans c = { .mean = mean, .expected = 0.5 * gap, .se = 0.26136 * gap / sqrt(m) };
    c.ratio = mean / c.expected;
    c.z = (mean - c.expected) / c.se;
    c.donnelly_expected = c.expected + (0.0514 + 0.0412 / sqrt(m)) * perimeter / m;
    c.donnelly_se = sqrt(0.0703 * area / (m * m) + 0.037 * perimeter * gap / (m * m));
    c.donnelly_ratio = mean / c.donnelly_expected;
    c.donnelly_z = (mean - c.donnelly_expected) / c.donnelly_se;
    return c;
}
