/* The area a window keeps in common with itself moved, by scan lines. */
#include <math.h>
#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/ripley.h"
#include "hotzone/team.h"

/* Nodes either way of no move; scan lines at least and at most. */
enum { NODES = 128, COLUMNS = 2 * NODES + 1, LINES_LEAST = 2048, LINES_MOST = 65536 };

struct hz_overlap_table {
    double step_x, step_y; /* between nodes */
    double area[NODES + 1][COLUMNS];
};

/* Where each scan line is inside: crossings in pairs, line by line. */
typedef struct {
    size_t lines;
    double low, gap;
    size_t *first; /* lines + 1 */
    double *x;
    size_t jump;   /* lines between nodes */
    hz_overlap_table *table;
} scan;

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Lines that a segment crosses: those at (k + 1/2) gap between its ends, the lower included. */
static void lines_of(const scan *s, double ya, double yb, size_t *from, size_t *to)
{
    double low = ceil((fmin(ya, yb) - s->low) / s->gap - 0.5);
    double high = ceil((fmax(ya, yb) - s->low) / s->gap - 0.5);
    *from = (size_t)fmin(fmax(low, 0), (double)s->lines);
    *to = (size_t)fmin(fmax(high, 0), (double)s->lines);
}

static hz_status cross_lines(const hz_window *w, scan *s, hz_error *err)
{
    size_t from, to, *used = hz_mem_new(s->lines, sizeof *used);
    s->first = hz_mem_new(s->lines + 1, sizeof *s->first);
    if (!used || !s->first) {
        hz_mem_free(used);
        return hz_mem_fail(err, "set covariance");
    }
    for (size_t i = 0; i < w->n; i++) {
        lines_of(s, w->y1[i], w->y2[i], &from, &to);
        for (size_t l = from; l < to; l++)
            s->first[l + 1]++;
    }
    for (size_t l = 0; l < s->lines; l++)
        s->first[l + 1] += s->first[l];
    s->x = hz_mem_new(s->first[s->lines], sizeof *s->x);
    if (!s->x) {
        hz_mem_free(used);
        return hz_mem_fail(err, "set covariance");
    }
    for (size_t i = 0; i < w->n; i++) {
        double slope = (w->x2[i] - w->x1[i]) / (w->y2[i] - w->y1[i]);
        lines_of(s, w->y1[i], w->y2[i], &from, &to);
        for (size_t l = from; l < to; l++) {
            double y = s->low + ((double)l + 0.5) * s->gap;
            s->x[s->first[l] + used[l]++] = w->x1[i] + (y - w->y1[i]) * slope;
        }
    }
    for (size_t l = 0; l < s->lines; l++)
        qsort(s->x + s->first[l], s->first[l + 1] - s->first[l], sizeof *s->x, ascending);
    hz_mem_free(used);
    return HZ_OK;
}

/* A sum of lengths as a function of the move dx, at the nodes: it changes its slope at known moves,
 * each noted at the first node not before it. */
typedef struct {
    double slope[COLUMNS + 1], offset[COLUMNS + 1];
} bends;

/* A move that rounding puts beyond its node changes nothing: the slope has had no way to go. */
static inline void bend(bends *f, double per_node, double at, double slope)
{
    double node = at * per_node + NODES;
    size_t column = node > 0 ? node < COLUMNS ? (size_t)node : COLUMNS : 0;
    column += node > (double)column && column < COLUMNS;
    f->slope[column] += slope;
    f->offset[column] += slope * at;
}

/* What line a, moved by dx, has in common with line b: from no overlap up, along, and down again,
 * for every two of their intervals. */
static void add_lines(const scan *s, size_t a, size_t b, bends *f)
{
    double per_node = 1 / s->table->step_x;
    for (size_t i = s->first[a]; i + 1 < s->first[a + 1]; i += 2)
        for (size_t j = s->first[b]; j + 1 < s->first[b + 1]; j += 2) {
            bend(f, per_node, s->x[j] - s->x[i + 1], 1);
            bend(f, per_node, s->x[j] - s->x[i], -1);
            bend(f, per_node, s->x[j + 1] - s->x[i + 1], -1);
            bend(f, per_node, s->x[j + 1] - s->x[i], 1);
        }
}

static void fill_rows(size_t first, size_t last, int member, void *user)
{
    const scan *s = user;
    (void)member;
    for (size_t row = first; row < last; row++) {
        bends f = { { 0 }, { 0 } };
        double slope = 0, offset = 0;
        for (size_t l = 0; l + row * s->jump < s->lines; l++)
            add_lines(s, l, l + row * s->jump, &f);
        for (size_t column = 0; column < COLUMNS; column++) {
            double dx = ((double)column - NODES) * s->table->step_x;
            slope += f.slope[column];
            offset += f.offset[column];
            s->table->area[row][column] = fmax(0, slope * dx - offset) * s->gap;
        }
    }
}

/* What so many lines make of borders that run along them: each is moved to the nearest half way
 * between two lines, and sweeps an area. */
static double swept(const hz_window *w, double low, double height, size_t lines)
{
    double gap = height / (double)lines, area = 0;
    for (size_t i = 0; i < w->n; i++) {
        double at = (w->y1[i] - low) / gap;
        if (fabs(w->y2[i] - w->y1[i]) <= 1e-9 * height)
            area += fabs(w->x2[i] - w->x1[i]) * fabs(at - rint(at)) * gap;
    }
    return area;
}

/* Lines so close that whole numbers of them lie between nodes; of so many and up to 2,047 more, the
 * number that fits borders along the lines best (cells, blocks: exactly). */
static void plan_lines(const hz_window *w, double reach, scan *s)
{
    double top = -INFINITY, least = INFINITY;
    s->low = INFINITY;
    for (size_t i = 0; i < w->n; i++) {
        s->low = fmin(s->low, w->y1[i]);
        top = fmax(top, w->y1[i]);
    }
    double height = top - s->low, wanted = ceil(height / reach * NODES);
    size_t fewest = (size_t)fmin(fmax(wanted, LINES_LEAST), LINES_MOST);
    for (size_t lines = fewest; lines < fewest + LINES_LEAST && least > 1e-9 * w->area; lines++) {
        double area = swept(w, s->low, height, lines);
        if (area < least * (1 - 1e-9)) {
            least = area;
            s->lines = lines;
        }
    }
    s->gap = height / (double)s->lines;
    s->jump = (size_t)fmax(1, ceil(reach / NODES / s->gap));
    s->table->step_y = (double)s->jump * s->gap;
    s->table->step_x = reach / NODES;
}

hz_status hz_ripley_overlap_new(const hz_window *w, double reach, hz_overlap_table **out,
                                hz_error *err)
{
    scan s = { 0 };
    hz_status st = HZ_OK;
    if (!(reach > 0) || isinf(reach))
        return hz_fail(err, HZ_EUSAGE, "set covariance: reach %g, expected over 0", reach);
    if (!(w->area > 0) || isinf(w->area))
        return hz_fail(err, HZ_EDATA, "set covariance: the study area has an area of %g, expected "
                       "over 0", w->area);
    s.table = hz_mem_new(1, sizeof *s.table);
    if (!s.table)
        return hz_mem_fail(err, "set covariance");
    plan_lines(w, reach, &s);
    st = cross_lines(w, &s, err);
    if (st)
        goto done;
    hz_team_share(NODES + 1, 1, fill_rows, &s);
    /* what the lines missed of the window they miss of its overlaps */
    double scale = w->area / s.table->area[0][NODES];
    if (!(s.table->area[0][NODES] > 0)) {
        st = hz_fail(err, HZ_EDATA, "set covariance: the study area is too thin to be measured");
        goto done;
    }
    for (size_t row = 0; row <= NODES; row++)
        for (size_t column = 0; column < COLUMNS; column++)
            s.table->area[row][column] *= scale;
    *out = s.table;
    s.table = NULL;
done:
    hz_mem_free(s.first);
    hz_mem_free(s.x);
    hz_mem_free(s.table);
    return st;
}

void hz_ripley_overlap_free(hz_overlap_table *table)
{
    hz_mem_free(table);
}

double hz_ripley_overlap(const hz_overlap_table *t, double dx, double dy)
{
    if (dy < 0) {
        dx = -dx;
        dy = -dy;
    }
    double u = dx / t->step_x + NODES, v = dy / t->step_y;
    /* what lies on the outer line may be moved over it by rounding */
    if (!(u >= -1e-6 && u <= COLUMNS - 1 + 1e-6 && v <= NODES + 1e-6))
        return 0;
    double column = fmin(fmax(floor(u), 0), COLUMNS - 2), row = fmin(floor(v), NODES - 1);
    const double *a = &t->area[(size_t)row][(size_t)column], *b = a + COLUMNS;
    u -= column;
    v -= row;
    return (1 - v) * ((1 - u) * a[0] + u * a[1]) + v * ((1 - u) * b[0] + u * b[1]);
}
