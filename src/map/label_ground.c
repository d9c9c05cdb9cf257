/* Which area and which zones lie where on a map, on a grid fine enough for placing labels. */
#include <math.h>

#include "hotzone/mem.h"
#include "map/label.h"

#define STEP_MM 0.5

struct hz_label_ground {
    hz_rect frame;
    size_t nx, ny;
    int32_t *land;           /* of each cell's middle */
    uint64_t *zones;         /* NULL: there are none */
    unsigned char *around;   /* directions, of eight, in which there is land */
};

static hz_status find_land(hz_label_ground *g, const hz_shapes *areas, hz_error *err)
{
    hz_index *index = NULL;
    hz_status st = hz_index_new(areas, &index, err);
    for (size_t i = 0; !st && i < g->nx * g->ny; i++) {
        double x = g->frame.x + ((double)(i % g->nx) + 0.5) * STEP_MM;
        double y = g->frame.y + ((double)(i / g->nx) + 0.5) * STEP_MM;
        hz_index_locate(index, 0, 1, &x, &y, &g->land[i]);
    }
    hz_index_free(index);
    return st;
}

static size_t cell_at(double mm, size_t n)
{
    return mm <= 0 ? 0 : (size_t)fmin(mm / STEP_MM, (double)(n - 1));
}

static void find_zones(hz_label_ground *g, const hz_shapes *zones)
{
    for (size_t z = 0; z < zones->features; z++) {
        hz_box b = hz_shapes_feature_box(zones, z);
        if (b.xmin > b.xmax)
            continue;
        size_t x1 = cell_at(b.xmax - g->frame.x, g->nx), y1 = cell_at(b.ymax - g->frame.y, g->ny);
        for (size_t iy = cell_at(b.ymin - g->frame.y, g->ny); iy <= y1; iy++)
            for (size_t ix = cell_at(b.xmin - g->frame.x, g->nx); ix <= x1; ix++)
                if (hz_shape_holds(zones, z, g->frame.x + ((double)ix + 0.5) * STEP_MM,
                                   g->frame.y + ((double)iy + 0.5) * STEP_MM))
                    g->zones[iy * g->nx + ix] |= (uint64_t)1 << z % 64;
    }
}

/* Sweep the grid so that each cell knows whether there is land beyond it in one direction. */
static void look_around(hz_label_ground *g, int dx, int dy, unsigned char *seen)
{
    long nx = (long)g->nx, ny = (long)g->ny;
    for (long j = 0; j < ny; j++)
        for (long i = 0; i < nx; i++) {
            long x = dx > 0 ? nx - 1 - i : i, y = dy > 0 ? ny - 1 - j : j;
            long ax = x + dx, ay = y + dy, next = ay * nx + ax;
            bool on = ax >= 0 && ax < nx && ay >= 0 && ay < ny;
            seen[y * nx + x] = on && (g->land[next] != HZ_NOWHERE || seen[next]);
            g->around[y * nx + x] = (unsigned char)(g->around[y * nx + x] + seen[y * nx + x]);
        }
}

hz_status hz_label_ground_new(hz_rect frame, const hz_shapes *areas, const hz_shapes *zones,
                              hz_label_ground **out, hz_error *err)
{
    hz_label_ground *g = hz_mem_new(1, sizeof *g);
    hz_status st;
    if (!g)
        return hz_mem_fail(err, "sheet: labels");
    g->frame = frame;
    g->nx = (size_t)ceil(frame.w / STEP_MM);
    g->ny = (size_t)ceil(frame.h / STEP_MM);
    size_t n = g->nx * g->ny;
    unsigned char *seen = hz_mem_new(n, sizeof *seen);
    g->land = hz_mem_new(n, sizeof *g->land);
    g->around = hz_mem_new(n, sizeof *g->around);
    g->zones = zones ? hz_mem_new(n, sizeof *g->zones) : NULL;
    if (!seen || !g->land || !g->around || (zones && !g->zones))
        st = hz_mem_fail(err, "sheet: labels");
    else
        st = find_land(g, areas, err);
    if (!st && zones)
        find_zones(g, zones);
    for (int k = 0; !st && k < 9; k++)
        if (k != 4)
            look_around(g, k % 3 - 1, k / 3 - 1, seen);
    hz_mem_free(seen);
    if (st)
        hz_label_ground_free(g);
    else
        *out = g;
    return st;
}

void hz_label_ground_free(hz_label_ground *g)
{
    if (!g)
        return;
    hz_mem_free(g->land);
    hz_mem_free(g->zones);
    hz_mem_free(g->around);
    hz_mem_free(g);
}

/* The cell of a point within the frame. */
static bool find_cell(const hz_label_ground *g, double x, double y, size_t *cell)
{
    double column = (x - g->frame.x) / STEP_MM, row = (y - g->frame.y) / STEP_MM;
    if (!(column >= 0 && row >= 0 && column < (double)g->nx && row < (double)g->ny))
        return false;
    *cell = (size_t)row * g->nx + (size_t)column;
    return true;
}

int32_t hz_label_land(const hz_label_ground *g, double x, double y)
{
    size_t cell;
    return g && find_cell(g, x, y, &cell) ? g->land[cell] : HZ_NOWHERE;
}

uint64_t hz_label_zones(const hz_label_ground *g, double x, double y)
{
    size_t cell;
    return g && g->zones && find_cell(g, x, y, &cell) ? g->zones[cell] : 0;
}

bool hz_label_enclosed(const hz_label_ground *g, double x, double y)
{
    size_t cell;
    return g && find_cell(g, x, y, &cell) && g->around[cell] >= 7;
}
