/* Looks at a focus in square cells: the same question at another scale of districts. */

#include "hotzone/lattice.h"
#include "hotzone/mem.h"
#include "stat/focus_parts.h"

/* Cells times areas that are worth covering one by one. */
static const double most_cover = 5e7;

typedef struct {
    hz_lattice lattice;
    size_t n;
    double *land, *people, *focus; /* share covered, residents, share covered by the focus */
    double *events;
    double *x, *y;                 /* of the cells kept, in order */
    unsigned char *inside;
    hz_layer *table;
} cells_work;

static void clear(cells_work *c)
{
    hz_mem_free(c->land);
    hz_mem_free(c->people);
    hz_mem_free(c->focus);
    hz_mem_free(c->events);
    hz_mem_free(c->x);
    hz_mem_free(c->y);
    hz_mem_free(c->inside);
    hz_layer_free(c->table);
}

static hz_status make_room(cells_work *c, hz_error *err)
{
    double **const arrays[] = { &c->land, &c->people, &c->focus, &c->events, &c->x, &c->y };
    c->n = c->lattice.columns * c->lattice.rows;
    for (size_t a = 0; a < sizeof arrays / sizeof *arrays; a++)
        if (!(*arrays[a] = hz_mem_new(c->n, sizeof(double))))
            return hz_mem_fail(err, "focus");
    c->inside = hz_mem_new(c->n, 1);
    return c->inside ? HZ_OK : hz_mem_fail(err, "focus");
}

/* Residents of each area go to its cells by the land they cover. */
static hz_status spread(const focus_work *w, cells_work *c, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(w->areas->table);
    unsigned char *keep = hz_mem_new(w->n, 1);
    double *share = hz_mem_new(c->n, sizeof *share);
    hz_status st = keep && share ? HZ_OK : hz_mem_fail(err, "focus");

    for (size_t i = 0; !st && i < w->n; i++) {
        hz_shapes *one = NULL;
        double sum = 0;
        keep[i] = 1;
        st = hz_shapes_select(s, keep, &one, err);
        keep[i] = 0;
        if (st)
            break;
        hz_lattice_cover(&c->lattice, one, share);
        for (size_t k = 0; k < c->n; k++)
            sum += share[k];
        for (size_t k = 0; k < c->n; k++) {
            c->land[k] += share[k];
            c->focus[k] += w->areas->inside[i] ? share[k] : 0;
            if (sum > 0 && share[k] > 0)
                c->people[k] += w->people[i] * share[k] / sum;
        }
        hz_shapes_free(one);
    }
    hz_mem_free(share);
    hz_mem_free(keep);
    return st;
}

static void count(const hz_focus_events *e, cells_work *c)
{
    for (size_t i = 0; i < e->n; i++) {
        size_t k = e->used[i] && e->area[i] >= 0 ? hz_lattice_cell(&c->lattice, e->x[i], e->y[i])
                                                 : SIZE_MAX;
        if (k < c->n)
            c->events[k] += 1;
    }
}

/* Moves the cells with land to the front, and puts them in a table. */
static hz_status gather(cells_work *c, hz_error *err)
{
    size_t m = 0;
    for (size_t k = 0; k < c->n; k++) {
        if (!(c->land[k] > 0) && !(c->events[k] > 0))
            continue;
        c->x[m] = c->lattice.x0 + ((double)(k % c->lattice.columns) + 0.5) * c->lattice.side;
        c->y[m] = c->lattice.y0 + ((double)(k / c->lattice.columns) + 0.5) * c->lattice.side;
        c->inside[m] = c->focus[k] > 0 && c->focus[k] >= c->land[k] / 2;
        c->events[m] = c->events[k];
        c->people[m] = c->people[k];
        m++;
    }
    hz_status st = hz_layer_new("cells", m, &c->table, err);
    if (!st)
        st = hz_layer_add_word(c->table, "id", "", err);
    if (!st)
        st = hz_layer_add_numbers(c->table, "events", c->events, err);
    if (!st)
        st = hz_layer_add_numbers(c->table, "population", c->people, err);
    return st;
}

bool focus_has_cells(const focus_work *w, const hz_focus_events *events)
{
    const hz_shapes *s = hz_layer_shapes(w->areas->table);
    const hz_crs *crs = hz_layer_crs(w->areas->table);
    return s && s->kind == HZ_POLYGON && events && events->x && w->people &&
           !(crs && hz_crs_unit_m(crs) != 1);
}

hz_status focus_cells(const focus_work *w, const hz_focus_events *events, double beyond,
                      hz_focus_look *look, hz_error *err)
{
    const hz_shapes *s = hz_layer_shapes(w->areas->table);
    cells_work c = { .n = 0 };
    focus_work cells = { 0 };
    hz_focus_look l;
    hz_status st = hz_lattice_over(hz_shapes_box(s), w->o->cell_m, 0, 0, &c.lattice, err);
    if (!st && (double)w->n * (double)c.lattice.columns * (double)c.lattice.rows > most_cover)
        st = hz_fail(err, HZ_EDATA, "focus: cells of %g m are too many", w->o->cell_m);
    if (!st)
        st = make_room(&c, err);
    if (!st)
        st = spread(w, &c, err);
    if (!st) {
        count(events, &c);
        st = gather(&c, err);
    }
    const hz_focus_areas as_areas = { c.table, "id", "id", "events", "population", c.x, c.y, NULL,
                                      c.inside };
    if (!st)
        st = focus_work_new(&as_areas, w->o, &cells, err);
    if (!st)
        st = focus_look(&cells, c.events, beyond, true, &l, NULL, err);
    focus_work_clear(&cells);
    clear(&c);
    if (!st)
        *look = l;
    return st;
}
