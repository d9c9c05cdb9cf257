/* Builds the grid of the point index: how many cells, and which edges run in each. */
#include "geo/index_build.h"

#include <float.h>
#include <math.h>

#include "hotzone/mem.h"

enum {
    FEWEST_CELLS = 1 << 14,
    MOST_CELLS = 1 << 23, /* 32 MB of int32_t */
    CELLS_PER_EDGE = 16,
    MOST_ENTRIES = 1 << 23,
    MOST_WORDS = 1 << 24, /* 64 MB of records */
    MOST_ALONG = 1 << 15, /* columns, or rows */
    MOST_VERTICES = 1 << 27
};

void hz_index_free(hz_index *index)
{
    if (!index)
        return;
    hz_mem_free(index->cell);
    hz_mem_free(index->record);
    hz_mem_free(index->vertex);
    hz_mem_free(index);
}

/* ---- the polygons ------------------------------------------------------------------ */

static size_t first_vertex(const hz_shapes *s, size_t f)
{
    return s->first_point[s->first_ring[f]];
}

/* A polygon with a coordinate that is not finite holds nothing, as in hz_shape_holds. */
static bool usable(const hz_shapes *s, size_t f)
{
    for (size_t i = first_vertex(s, f); i < first_vertex(s, f + 1); i++)
        if (!isfinite(s->x[i]) || !isfinite(s->y[i]))
            return false;
    return true;
}

static void gather(index_build *b)
{
    const hz_shapes *s = b->shapes;
    hz_index *index = b->index;
    index->xmin = index->ymin = INFINITY;
    index->xmax = index->ymax = -INFINITY;
    for (size_t i = 0; i < s->points; i++) {
        index->vertex[2 * i] = s->x[i];
        index->vertex[2 * i + 1] = s->y[i];
    }
    for (size_t f = 0; f < s->features; f++) {
        if (!usable(s, f))
            continue;
        hz_box box = hz_shapes_feature_box(s, f);
        index->xmin = fmin(index->xmin, box.xmin);
        index->xmax = fmax(index->xmax, box.xmax);
        index->ymin = fmin(index->ymin, box.ymin);
        index->ymax = fmax(index->ymax, box.ymax);
        for (size_t r = s->first_ring[f]; r < s->first_ring[f + 1]; r++)
            if (s->first_point[r + 1] > s->first_point[r])
                b->edges += s->first_point[r + 1] - s->first_point[r] - 1;
    }
}

/* ---- the grid ---------------------------------------------------------------------- */

/* The most cells that [low, high] bears such that a cell is wide against rounding. */
static double most_along(double low, double high)
{
    double width = high - low, size = fmax(fabs(low), fabs(high));
    if (!(width > 1e-280) || !isfinite(width))
        return 1;
    return fmax(1, width / (4096 * DBL_EPSILON * size));
}

static double scale_along(double low, double high, size_t cells)
{
    if (cells == 1)
        return 0;
    double scale = (double)cells / (high - low);
    while ((high - low) * scale >= (double)cells)
        scale *= 1 - 4 * DBL_EPSILON;
    return scale;
}

static void choose_grid(index_build *b)
{
    hz_index *index = b->index;
    double width = index->xmax - index->xmin, height = index->ymax - index->ymin;
    double most_x = most_along(index->xmin, index->xmax);
    double most_y = most_along(index->ymin, index->ymax);
    double cells = fmin(fmax(CELLS_PER_EDGE * (double)b->edges, FEWEST_CELLS), MOST_CELLS);
    /* square cells; a box without width or height gets one column or row */
    double columns = sqrt(cells) * sqrt(width / height);
    columns = fmin(fmax(columns > 0 ? columns : 1, 1), fmin(most_x, MOST_ALONG));
    double rows = fmin(fmax(cells / columns, 1), fmin(most_y, MOST_ALONG));
    index->columns = (size_t)columns;
    index->rows = (size_t)rows;
}

/* The least x (or y) of cell i, exact: halved down to two neighbouring doubles. */
static double side_of(double low, double scale, size_t i)
{
    double before = low + ((double)i - 0.5) / scale, within = low + ((double)i + 0.5) / scale;
    for (;;) {
        double middle = before + (within - before) / 2;
        if (middle == before || middle == within)
            return within;
        if ((middle - low) * scale >= (double)i)
            within = middle;
        else
            before = middle;
    }
}

/* The first column (or row) has no lower end, the last no upper one. */
static void find_sides(double low, double scale, size_t n, double *side)
{
    side[0] = -INFINITY;
    for (size_t i = 1; i < n; i++)
        side[i] = side_of(low, scale, i);
    side[n] = INFINITY;
}

/* What an edge meets: rows, and columns within each row. */
typedef struct {
    double ax, ay, bx, by, xmin, xmax, slack;
    size_t row_first, row_last, column_first, column_last;
} extent;

static extent extent_of(const index_build *b, size_t vertex)
{
    const hz_index *index = b->index;
    const double *v = index->vertex + 2 * vertex;
    extent e = { .ax = v[0], .ay = v[1], .bx = v[2], .by = v[3] };
    e.xmin = fmin(v[0], v[2]);
    e.xmax = fmax(v[0], v[2]);
    e.row_first = hz_index_row(index, fmin(v[1], v[3]));
    e.row_last = hz_index_row(index, fmax(v[1], v[3]));
    e.column_first = hz_index_column(index, e.xmin);
    e.column_last = hz_index_column(index, e.xmax);
    /* more than the rounding of the interpolation below, and less than 1/200 of a column */
    e.slack = 16 * DBL_EPSILON * fmax(fabs(index->xmin), fabs(index->xmax));
    return e;
}

/* The columns that an edge may meet in one of its rows: never too few. */
static void columns_in_row(const index_build *b, const extent *e, size_t row, size_t *first,
                           size_t *last)
{
    *first = e->column_first;
    *last = e->column_last;
    if (e->row_first == e->row_last || *first == *last)
        return;
    double low = fmax(fmin(e->ay, e->by), b->bottom[row]);
    double high = fmin(fmax(e->ay, e->by), b->bottom[row + 1]);
    double x1 = e->ax + (low - e->ay) / (e->by - e->ay) * (e->bx - e->ax);
    double x2 = e->ax + (high - e->ay) / (e->by - e->ay) * (e->bx - e->ax);
    *first = hz_index_column(b->index, fmax(fmin(x1, x2) - e->slack, e->xmin));
    *last = hz_index_column(b->index, fmin(fmax(x1, x2) + e->slack, e->xmax));
}

/* How many entries the present grid would make, nearly. */
static double expected_entries(const index_build *b)
{
    const hz_shapes *s = b->shapes;
    double sum = 0;
    for (size_t r = 0; r < s->rings; r++)
        for (size_t i = s->first_point[r]; i + 1 < s->first_point[r + 1]; i++) {
            double n = 1 + fabs(s->x[i + 1] - s->x[i]) * b->index->x_scale +
                       fabs(s->y[i + 1] - s->y[i]) * b->index->y_scale;
            sum += isfinite(n) ? n : 0;
        }
    return sum;
}

static void set_scales(hz_index *index)
{
    index->x_scale = scale_along(index->xmin, index->xmax, index->columns);
    index->y_scale = scale_along(index->ymin, index->ymax, index->rows);
    /* one column takes every finite x, also where x - xmin would overflow */
    index->x_origin = index->columns > 1 ? index->xmin : 0;
    index->y_origin = index->rows > 1 ? index->ymin : 0;
}

static bool halve(hz_index *index)
{
    if (index->columns == 1 && index->rows == 1)
        return false;
    index->columns = (index->columns + 1) / 2;
    index->rows = (index->rows + 1) / 2;
    set_scales(index);
    return true;
}

/* ---- edges into cells --------------------------------------------------------------- */

/* Adds one to the count of every cell an edge meets, or, with entries, writes the edge at
 * the place that the cell's number points to and moves it on. */
static void drop_edge(index_build *b, size_t vertex, size_t polygon)
{
    extent e = extent_of(b, vertex);
    for (size_t row = e.row_first; row <= e.row_last; row++) {
        size_t first, last;
        columns_in_row(b, &e, row, &first, &last);
        int32_t *cell = b->index->cell + row * b->index->columns;
        for (size_t c = first; c <= last; c++) {
            if (b->entries)
                b->entries[cell[c]] = (index_entry){ (uint32_t)vertex, (uint32_t)polygon };
            cell[c]++;
        }
    }
}

static void drop_edges(index_build *b)
{
    const hz_shapes *s = b->shapes;
    for (size_t f = 0; f < s->features; f++) {
        if (!usable(s, f))
            continue;
        for (size_t r = s->first_ring[f]; r < s->first_ring[f + 1]; r++)
            for (size_t i = s->first_point[r]; i + 1 < s->first_point[r + 1]; i++)
                drop_edge(b, i, f);
    }
}

static hz_status fill_cells(index_build *b, hz_error *err)
{
    size_t cells = b->index->columns * b->index->rows;
    int32_t total = 0;
    drop_edges(b);
    for (size_t c = 0; c < cells; c++) {
        int32_t count = b->index->cell[c];
        b->index->cell[c] = total;
        total += count;
    }
    b->entries = hz_mem_new((size_t)total, sizeof *b->entries);
    if (!b->entries)
        return hz_mem_fail(err, "point index");
    drop_edges(b); /* now cell[c] is where the entries of cell c end */
    return HZ_OK;
}

/* ---- together ----------------------------------------------------------------------- */

static hz_status build_grid(index_build *b, bool *fits, hz_error *err)
{
    hz_index *index = b->index;
    hz_status st;
    hz_mem_free(index->cell);
    index->cell = hz_mem_new(index->columns * index->rows, sizeof *index->cell);
    b->left = hz_mem_new(index->columns + 1, sizeof *b->left);
    b->bottom = hz_mem_new(index->rows + 1, sizeof *b->bottom);
    b->words = 0;
    if (!index->cell || !b->left || !b->bottom) {
        st = hz_mem_fail(err, "point index");
        goto done;
    }
    find_sides(index->xmin, index->x_scale, index->columns, b->left);
    find_sides(index->ymin, index->y_scale, index->rows, b->bottom);
    st = fill_cells(b, err);
    if (!st)
        st = hz_index_sweep(b, fits, err);
done:
    hz_mem_free(b->left);
    hz_mem_free(b->bottom);
    hz_mem_free(b->entries);
    b->left = b->bottom = NULL;
    b->entries = NULL;
    return st;
}

static hz_status check_input(const hz_shapes *shapes, hz_error *err)
{
    if (shapes->kind != HZ_POLYGON)
        return hz_fail(err, HZ_EUSAGE, "point index: expected polygons");
    if (shapes->points >= MOST_VERTICES || shapes->features >= INT32_MAX)
        return hz_fail(err, HZ_EDATA, "point index: %zu vertices, expected fewer than %d",
                       shapes->points, (int)MOST_VERTICES);
    return HZ_OK;
}

hz_status hz_index_new(const hz_shapes *shapes, hz_index **out, hz_error *err)
{
    index_build b = { .shapes = shapes };
    bool fits = false;
    hz_status st = check_input(shapes, err);
    if (st)
        return st;
    b.index = hz_mem_new(1, sizeof *b.index);
    b.active = hz_mem_new(shapes->features, sizeof *b.active);
    if (b.index)
        b.index->vertex = hz_mem_new(shapes->points, 2 * sizeof *b.index->vertex);
    if (!b.index || !b.active || !b.index->vertex) {
        st = hz_mem_fail(err, "point index");
        goto done;
    }
    gather(&b);
    if (b.edges == 0) { /* nothing holds anything, and no point is in an empty box */
        b.index->xmin = INFINITY;
        b.index->xmax = -INFINITY;
        goto done;
    }
    b.most_words = MOST_WORDS + 8 * b.edges;
    choose_grid(&b);
    set_scales(b.index);
    while (expected_entries(&b) > MOST_ENTRIES + 4 * (double)b.edges && halve(b.index))
        continue;
    for (;;) {
        st = build_grid(&b, &fits, err);
        if (st || fits)
            break;
        halve(b.index);
    }
done:
    hz_mem_free(b.active);
    if (b.index)
        b.index->record = b.record;
    if (st)
        hz_index_free(b.index);
    else
        *out = b.index;
    return st;
}
