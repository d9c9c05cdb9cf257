/* Street lists on made-up towns whose ring is known.  40 towns in a usual run; TRACE_TOWNS=1000
 * in the environment for more, TRACE_TABLE=FILE for a line about each failure. */
#include "check.h"

#include <stdlib.h>

#include "hotzone/mem.h"
#include "hotzone/trace.h"

static hz_error err;

/* ---- chance ---- */

typedef struct {
    uint64_t state;
} chance;

static double draw(chance *c) /* splitmix64, 0..1 */
{
    uint64_t z = c->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static int below(chance *c, int n)
{
    return (int)(draw(c) * n);
}

/* ---- a town: a crooked grid, its edges gathered into streets ---- */

enum { SIDE = 72, STREETS = 2600, NAME = 48 };

typedef struct {
    int n;                                 /* crossings per side */
    double x[SIDE][SIDE], y[SIDE][SIDE];
    int street[2][SIDE][SIDE]; /* of the edge east (0) or north (1) of a crossing; -1: none */
    bool ring[2][SIDE][SIDE], inside[SIDE][SIDE];
    bool round[SIDE][SIDE];                /* a roundabout */
    char name[STREETS][NAME];
    bool dual[STREETS];
    double miss[STREETS];                  /* how far its ends stop short, metres */
    int streets, named;
    int walk[4 * SIDE * SIDE][2], walked;  /* crossings of the ring in order */
    double area;
} town;

static void make_name(chance *c, char *out)
{
    static const char *const first[] = {
        "Rosen", "Birke", "Linde", "Ahorn", "Møl", "Kirke", "Skole", "Strand", "Eng", "Bak", "Høj",
        "Dal", "Ege", "Ask", "Elle", "Hassel", "Kastanie", "Poppel", "Pile", "Tjørne", "Hyben",
        "Slåen", "Lærke", "Stære", "Svale", "Måge", "Ørne", "Falke"
    };
    static const char *const middle[] = { "", "", "", "lunde", "bække", "marks", "have", "gårds",
                                          "holms", "borg", "vangs", "skov", "toft", "ager",
                                          "bjerg" };
    static const char *const last[] = { "vej", "gade", " Allé", "stræde", "vænget", " Plads", "sti",
                                        " Boulevard", "vej", "gade", "vej" };
    static const char *const before[] = { "", "", "", "", "", "", "Nordre ", "Søndre ", "Lille ",
                                          "Gammel ", "Øster ", "Vester " };
    snprintf(out, NAME, "%s%s%s%s", before[below(c, 12)], first[below(c, 28)], middle[below(c, 15)],
             last[below(c, 11)]);
}

/* Runs of edges along rows and columns become streets; some share a name. */
static void name_streets(chance *c, town *t)
{
    t->streets = 0;
    for (int way = 0; way < 2; way++)
        for (int i = 0; i < t->n; i++) {
            int left = 0;
            for (int k = 0; k + 1 < t->n; k++) {
                if (left-- == 0) {
                    left = 2 + below(c, 7);
                    make_name(c, t->name[t->streets]);
                    if (t->streets > 20 && draw(c) < 0.03) /* a name from elsewhere in town */
                        strcpy(t->name[t->streets], t->name[below(c, t->streets - 15)]);
                    t->dual[t->streets] = draw(c) < 0.06;
                    /* of two that meet one at most stops short */
                    t->miss[t->streets] = way == 0 && draw(c) < 0.16 ? 1 + 19 * draw(c) : 0;
                    t->streets++;
                }
                t->street[way][way ? i : k][way ? k : i] = t->streets - 1;
            }
        }
}

static int inside_neighbours(const town *t, int i, int k)
{
    return t->inside[i - 1][k] + t->inside[i + 1][k] + t->inside[i][k - 1] + t->inside[i][k + 1];
}

/* Blocks joined into a zone without holes or pinches: a block may join if round it inside and
 * outside change twice. */
static bool may_join(const town *t, int i, int k)
{
    static const int around[8][2] = { { 1, 0 }, { 1, 1 }, { 0, 1 }, { -1, 1 },
                                      { -1, 0 }, { -1, -1 }, { 0, -1 }, { 1, -1 } };
    int changes = 0;
    for (int a = 0; a < 8; a++)
        changes += t->inside[i + around[a][0]][k + around[a][1]] !=
                   t->inside[i + around[(a + 1) % 8][0]][k + around[(a + 1) % 8][1]];
    return changes == 2;
}

static void grow_zone(chance *c, town *t)
{
    int want = 6 + below(c, 60), at = t->n / 2;
    memset(t->inside, 0, sizeof t->inside);
    t->inside[at][at] = true;
    for (int tries = 0, size = 1; size < want && tries < 20000; tries++) {
        int i = at - 7 + below(c, 15), k = at - 7 + below(c, 15);
        if (i < 2 || k < 2 || i > t->n - 4 || k > t->n - 4 || t->inside[i][k] || !may_join(t, i, k))
            continue;
        int near = inside_neighbours(t, i, k);
        if (near == 0 || (near == 1 && draw(c) < 0.7))
            continue;
        t->inside[i][k] = true;
        size++;
    }
}

/* The border of the zone, counter-clockwise: inside is on the left. */
static void walk_border(town *t)
{
    int i = 0, k = 0, di = 1, dk = 0;
    memset(t->ring, 0, sizeof t->ring);
    for (k = 0; k < t->n; k++) {
        for (i = 0; i < t->n && !t->inside[i][k]; i++)
            ;
        if (i < t->n)
            break;
    }
    int i0 = i, k0 = k;
    t->walked = 0;
    do {
        t->walk[t->walked][0] = i;
        t->walk[t->walked++][1] = k;
        if (di)
            t->ring[0][di > 0 ? i : i - 1][k] = true;
        else
            t->ring[1][i][dk > 0 ? k : k - 1] = true;
        i += di;
        k += dk;
        /* blocks ahead, to the left and to the right of the way */
        int li = di ? (di > 0 ? i : i - 1) : (dk > 0 ? i - 1 : i);
        int lk = di ? (di > 0 ? k : k - 1) : (dk > 0 ? k : k - 1);
        int ri = di ? li : (dk > 0 ? i : i - 1), rk = di ? (di > 0 ? k - 1 : k) : lk;
        int d = di;
        if (!t->inside[li][lk]) { /* turn left */
            di = -dk;
            dk = d;
        } else if (t->inside[ri][rk]) { /* turn right */
            di = dk;
            dk = -d;
        }
    } while (i != i0 || k != k0);
}

static void make_town(uint64_t seed, town *t)
{
    chance c = { seed * 7919 + 17 };
    t->n = 23 + below(&c, 47); /* some 200 to 2,000 streets */
    name_streets(&c, t);
    double block = 90 + 70 * draw(&c), crooked = 0.28 * block;
    for (int i = 0; i < t->n; i++)
        for (int k = 0; k < t->n; k++) {
            t->x[i][k] = 720000 + i * block + crooked * (draw(&c) - 0.5);
            t->y[i][k] = 6170000 + k * block + crooked * (draw(&c) - 0.5);
            t->round[i][k] = draw(&c) < 0.04;
        }
    grow_zone(&c, t);
    walk_border(t);
    for (int way = 0; way < 2; way++) /* what is not the ring may be missing */
        for (int i = 0; i < t->n; i++)
            for (int k = 0; k < t->n; k++)
                if (!t->ring[way][i][k] && draw(&c) < 0.12)
                    t->street[way][i][k] = -1;
    t->area = 0;
    for (int s = 0; s < t->walked; s++) {
        int *p = t->walk[s], *q = t->walk[(s + 1) % t->walked];
        t->area += (t->x[p[0]][p[1]] * (t->y[q[0]][q[1]] - 6170000) -
                    t->x[q[0]][q[1]] * (t->y[p[0]][p[1]] - 6170000)) / 2;
    }
}

/* ---- the town as a layer ---- */

typedef struct {
    double *x, *y;
    size_t *end;
    const char **name;
    size_t lines, points;
} sheet;

static void add_point(sheet *s, double x, double y)
{
    s->x[s->points] = x;
    s->y[s->points++] = y;
}

static void end_line(sheet *s, const char *name)
{
    s->name[s->lines] = name;
    s->end[s->lines++] = s->points;
}

static int street_of(const town *t, int i, int k, int di, int dk)
{
    int fi = di < 0 ? i - 1 : i, fk = dk < 0 ? k - 1 : k;
    if (fi < 0 || fk < 0 || (di ? fi + 1 >= t->n : fk + 1 >= t->n))
        return -1;
    return t->street[di ? 0 : 1][fi][fk];
}

/* How far a street's line stays from a crossing where it does not go on straight. */
static double short_of(const town *t, int street, int i, int k, int di, int dk)
{
    if (t->round[i][k])
        return 12;
    return street_of(t, i, k, di, dk) == street ? 0 : t->miss[street];
}

static void add_edge(const town *t, sheet *s, int way, int i, int k)
{
    int street = t->street[way][i][k], j = i + !way, l = k + way;
    double ax = t->x[i][k], ay = t->y[i][k], bx = t->x[j][l], by = t->y[j][l];
    double d = hypot(bx - ax, by - ay), ux = (bx - ax) / d, uy = (by - ay) / d;
    double from = short_of(t, street, i, k, -!way, -way), to = short_of(t, street, j, l, !way, way);
    if (!t->dual[street]) {
        add_point(s, ax + from * ux, ay + from * uy);
        add_point(s, bx - to * ux, by - to * uy);
        end_line(s, t->name[street]);
        return;
    }
    for (int side = -1; side <= 1; side += 2) { /* two carriageways that meet at the crossings */
        add_point(s, ax + from * ux, ay + from * uy);
        add_point(s, ax + (from + 15) * ux - side * 5 * uy, ay + (from + 15) * uy + side * 5 * ux);
        add_point(s, bx - (to + 15) * ux - side * 5 * uy, by - (to + 15) * uy + side * 5 * ux);
        add_point(s, bx - to * ux, by - to * uy);
        end_line(s, t->name[street]);
    }
}

static void add_roundabout(const town *t, sheet *s, int i, int k)
{
    int ways[4][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 } };
    double x[4], y[4];
    int n = 0;
    for (int w = 0; w < 4; w++) {
        int j = i + ways[w][0], l = k + ways[w][1];
        if (street_of(t, i, k, ways[w][0], ways[w][1]) < 0)
            continue;
        double d = hypot(t->x[j][l] - t->x[i][k], t->y[j][l] - t->y[i][k]);
        x[n] = t->x[i][k] + 12 * (t->x[j][l] - t->x[i][k]) / d;
        y[n++] = t->y[i][k] + 12 * (t->y[j][l] - t->y[i][k]) / d;
    }
    for (int w = 0; n > 1 && w <= n; w++)
        add_point(s, x[w % n], y[w % n]);
    if (n > 1)
        end_line(s, "");
}

static void add_dead_end(chance *c, const town *t, sheet *s, int i, int k, char *name)
{
    double part = 0.25 + 0.3 * draw(c);
    add_point(s, t->x[i][k] + 0.0, t->y[i][k] + 0.0);
    add_point(s, t->x[i][k] + part * (t->x[i + 1][k + 1] - t->x[i][k]),
              t->y[i][k] + part * (t->y[i + 1][k + 1] - t->y[i][k]));
    make_name(c, name);
    end_line(s, name);
}

/* The town's network; *kept, if wanted, is its lines. */
static hz_trace_network *network(const town *t, uint64_t seed, hz_layer **kept)
{
    enum { LINES = 6 * SIDE * SIDE, ENDS = 400 };
    static char dead[ENDS][NAME];
    chance c = { seed + 99 };
    sheet s = { hz_mem_new(8 * LINES, sizeof(double)), hz_mem_new(8 * LINES, sizeof(double)),
                hz_mem_new(LINES, sizeof(size_t)), hz_mem_new(LINES, sizeof(char *)), 0, 0 };
    hz_shapes *shapes = NULL;
    hz_layer *layer = NULL;
    hz_crs *crs = NULL;
    hz_trace_network *net = NULL;
    int ends = 0;
    for (int way = 0; way < 2; way++)
        for (int i = 0; i < t->n - !way; i++)
            for (int k = 0; k < t->n - way; k++)
                if (t->street[way][i][k] >= 0)
                    add_edge(t, &s, way, i, k);
    for (int i = 0; i < t->n; i++)
        for (int k = 0; k < t->n; k++) {
            if (t->round[i][k])
                add_roundabout(t, &s, i, k);
            if (!t->round[i][k] && i + 1 < t->n && k + 1 < t->n && ends < ENDS && draw(&c) < 0.08)
                add_dead_end(&c, t, &s, i, k, dead[ends++]);
        }
    hz_status st = hz_shapes_new(HZ_LINE, s.lines, s.lines, s.points, &shapes, &err);
    for (size_t f = 0; !st && f < s.lines; f++) {
        shapes->first_ring[f + 1] = f + 1;
        shapes->first_point[f + 1] = s.end[f];
    }
    if (!st) {
        memcpy(shapes->x, s.x, s.points * sizeof *s.x);
        memcpy(shapes->y, s.y, s.points * sizeof *s.y);
        st = hz_layer_new("town", s.lines, &layer, &err);
    }
    if (!st)
        st = hz_layer_add_texts(layer, "name", s.name, &err);
    if (!st)
        st = hz_layer_take_shapes(layer, &shapes, &err);
    if (!st)
        st = hz_crs_new("EPSG:25832", &crs, &err);
    if (!st)
        st = hz_layer_take_crs(layer, &crs, &err);
    if (!st)
        st = hz_trace_network_new(layer, NULL, 0, NULL, &net, NULL, &err);
    hz_shapes_free(shapes);
    hz_crs_free(crs);
    if (kept)
        *kept = layer;
    else
        hz_layer_free(layer);
    hz_mem_free(s.x);
    hz_mem_free(s.y);
    hz_mem_free(s.end);
    hz_mem_free((void *)s.name);
    return net;
}

/* Streets of the ring in order; the first edge of the list starts a street.  `leave` is left out
 * (-1: none).  Returns how many items there are. */
static int write_list(const town *t, int leave, hz_text *list)
{
    int first = 0, items = 0, last = -1;
    int of[4 * SIDE * SIDE];
    for (int s = 0; s < t->walked; s++) {
        const int *p = t->walk[s], *q = t->walk[(s + 1) % t->walked];
        of[s] = t->street[p[0] == q[0]][p[0] < q[0] ? p[0] : q[0]][p[1] < q[1] ? p[1] : q[1]];
    }
    while (first < t->walked && of[first] == of[(first + t->walked - 1) % t->walked])
        first++;
    for (int s = 0; s < t->walked; s++) {
        int street = of[(first + s) % t->walked];
        if (street == last || (last >= 0 && strcmp(t->name[street], t->name[last]) == 0))
            continue;
        last = street;
        if (items++ != leave)
            hz_text_addf(list, "%s%s", list->length ? " – " : "", t->name[street]);
    }
    return items;
}

/* The known ring, and the greatest distance of each border from the other. */
static double apart(const town *t, const hz_shapes *ring)
{
    hz_shapes *truth = NULL, *dense[2] = { NULL, NULL };
    double most = 0;
    size_t n = (size_t)t->walked;
    if (hz_shapes_new(HZ_POLYGON, 1, 1, n + 1, &truth, &err))
        return INFINITY;
    for (size_t s = 0; s <= n; s++) {
        truth->x[s] = t->x[t->walk[s % n][0]][t->walk[s % n][1]];
        truth->y[s] = t->y[t->walk[s % n][0]][t->walk[s % n][1]];
    }
    truth->first_ring[1] = 1;
    truth->first_point[1] = n + 1;
    if (hz_shapes_densify(truth, 10, &dense[0], &err) ||
        hz_shapes_densify(ring, 10, &dense[1], &err))
        most = INFINITY;
    for (size_t i = 0; most < INFINITY && i < dense[0]->points; i++)
        most = fmax(most, hz_shape_border_distance(ring, 0, dense[0]->x[i], dense[0]->y[i]));
    for (size_t i = 0; most < INFINITY && i < dense[1]->points; i++)
        most = fmax(most, hz_shape_border_distance(truth, 0, dense[1]->x[i], dense[1]->y[i]));
    hz_shapes_free(truth);
    hz_shapes_free(dense[0]);
    hz_shapes_free(dense[1]);
    return most;
}

/* A ring is the known one if no point of either border is further than a near miss, a roundabout
 * or a carriageway from the other. */
static const double exact_m = 20.5;

static bool same_ring(const hz_shapes *a, const hz_shapes *b)
{
    double both = 0, area = hz_shape_area(a, 0);
    if (hz_shape_overlap(a, 0, b, 0, &both, &err))
        return false;
    return fabs(both - area) <= 1e-9 * area && fabs(hz_shape_area(b, 0) - area) <= 1e-9 * area;
}

typedef struct {
    int towns, exact, wrong, refused;       /* whole lists */
    int less_right, less_wrong;             /* one item left out */
    int again, not_again;                   /* described and built again */
} tally;

static void one_town(uint64_t seed, tally *sum, FILE *table, void **state_)
{
    static town t;
    hz_text list = { 0 }, less = { 0 }, described = { 0 };
    hz_trace trace = { 0 };
    make_town(seed, &t);
    hz_trace_network *net = network(&t, seed, NULL);
    CHECK(net != NULL);
    int items = write_list(&t, -1, &list);
    CHECK_OK(hz_trace_build(net, hz_text_get(&list), NULL, &trace, &err), err);
    double d = trace.ring ? apart(&t, trace.ring) : NAN;
    char fault[200];
    CHECK(!trace.ring || hz_shape_fault(trace.ring, 0, fault, sizeof fault) == NULL);
    sum->towns++;
    *(trace.refused ? &sum->refused : d <= exact_m ? &sum->exact : &sum->wrong) += 1;
    if (table && !(d <= exact_m))
        fprintf(table, "%llu\twhole\t%d items\t%.1f m\t%s\t%s\n", (unsigned long long)seed, items,
                d, trace.refused ? trace.refused : "", hz_text_get(&list));
    if (trace.ring) {
        hz_trace back = { 0 };
        hz_trace_fit fit;
        CHECK_OK(hz_trace_describe(net, trace.ring, 0, 0, &described, &fit, &err), err);
        CHECK_OK(hz_trace_build(net, hz_text_get(&described), NULL, &back, &err), err);
        bool same = back.ring && same_ring(trace.ring, back.ring);
        *(same ? &sum->again : &sum->not_again) += 1;
        if (table && !same)
            fprintf(table, "%llu\tagain\t%s\t%s\t%s\n", (unsigned long long)seed,
                    back.refused ? back.refused : "", hz_text_get(&list), hz_text_get(&described));
        hz_trace_clear(&back);
    }
    hz_trace_clear(&trace);
    chance c = { seed + 5 };
    write_list(&t, below(&c, items), &less);
    CHECK_OK(hz_trace_build(net, hz_text_get(&less), NULL, &trace, &err), err);
    d = trace.ring ? apart(&t, trace.ring) : 0;
    *(d <= exact_m ? &sum->less_right : &sum->less_wrong) += 1;
    if (table && !(d <= exact_m))
        fprintf(table, "%llu\tless\t%.1f m\tbridged %.0f\t%s\t%s\n", (unsigned long long)seed, d,
                trace.bridged_m, hz_text_get(&less), hz_text_get(&list));
    hz_trace_clear(&trace);
    hz_text_free(&list);
    hz_text_free(&less);
    hz_text_free(&described);
    hz_trace_network_free(net);
}

TEST(a_ring_described_by_its_streets_is_found)
{
    const char *many = getenv("TRACE_TOWNS"), *path = getenv("TRACE_TABLE");
    int towns = many ? atoi(many) : 40; /* under two seconds */
    FILE *table = path ? fopen(path, "w") : NULL;
    tally sum = { 0 };
    for (int seed = 1; seed <= towns; seed++)
        one_town((uint64_t)seed, &sum, table, state_);
    if (table)
        fclose(table);
    if (many)
        printf("%d towns: exact %d, wrong %d, refused %d; one item less: right %d, wrong %d; "
               "described and built: same %d, other %d\n", sum.towns, sum.exact, sum.wrong,
               sum.refused, sum.less_right, sum.less_wrong, sum.again, sum.not_again);
    CHECK(sum.exact >= 0.99 * sum.towns - 1);
    CHECK(sum.less_right >= 0.95 * sum.towns - 1);
    CHECK(sum.not_again == 0);
}

/* ---- lists with something wrong ---- */

enum { MOST_ITEMS = 200 };

typedef struct {
    const char *name[MOST_ITEMS];
    int count;
} items;

static void take_items(const town *t, items *out)
{
    int last = -1, first = 0, of[4 * SIDE * SIDE];
    for (int s = 0; s < t->walked; s++) {
        const int *p = t->walk[s], *q = t->walk[(s + 1) % t->walked];
        of[s] = t->street[p[0] == q[0]][p[0] < q[0] ? p[0] : q[0]][p[1] < q[1] ? p[1] : q[1]];
    }
    while (first < t->walked && of[first] == of[(first + t->walked - 1) % t->walked])
        first++;
    out->count = 0;
    for (int s = 0; s < t->walked && out->count < MOST_ITEMS - 2; s++) {
        int street = of[(first + s) % t->walked];
        if (street != last && (last < 0 || strcmp(t->name[street], t->name[last]) != 0))
            out->name[out->count++] = t->name[street];
        last = street;
    }
}

enum { SWAP, WRONG, MISSING, STRAY, AGAIN, BACKWARDS, ELSEWHERE, KINDS };

static void put(items *l, int at, const char *name)
{
    memmove(l->name + at + 1, l->name + at, (size_t)(l->count - at) * sizeof *l->name);
    l->name[at] = name;
    l->count++;
}

/* Do one thing to a list that a clerk might. */
static void spoil(chance *c, const town *t, int kind, items *l)
{
    int at = below(c, l->count), next = (at + 1) % l->count;
    const char *kept = l->name[at], *other = t->name[below(c, t->streets)];
    if (kind == SWAP) {
        l->name[at] = l->name[next];
        l->name[next] = kept;
    } else if (kind == WRONG) {
        l->name[at] = other;
    } else if (kind == MISSING) {
        memmove(l->name + at, l->name + at + 1, (size_t)(--l->count - at) * sizeof *l->name);
    } else if (kind == STRAY) {
        put(l, at, other);
    } else if (kind == AGAIN) {
        put(l, below(c, l->count), kept);
    } else if (kind == BACKWARDS) {
        for (int i = 0, k = l->count - 1; i < k; i++, k--) {
            const char *swap = l->name[i];
            l->name[i] = l->name[k];
            l->name[k] = swap;
        }
    } else { /* begun elsewhere */
        items copy = *l;
        for (int i = 0; i < l->count; i++)
            l->name[i] = copy.name[(i + at) % l->count];
    }
}

/* Distance of a place from the town's lines of a name. */
static double to_street(const hz_layer *lines, const char *name, double x, double y)
{
    const hz_shapes *s = hz_layer_shapes(lines);
    double least = INFINITY;
    for (size_t f = 0; f < s->features; f++) {
        if (strcmp(hz_layer_text_at(lines, 0, f), name) != 0)
            continue;
        for (size_t k = s->first_point[f]; k + 1 < s->first_point[f + 1]; k++) {
            double dx = s->x[k + 1] - s->x[k], dy = s->y[k + 1] - s->y[k];
            double u = ((x - s->x[k]) * dx + (y - s->y[k]) * dy) / (dx * dx + dy * dy);
            u = fmax(0, fmin(1, u));
            least = fmin(least, hypot(x - s->x[k] - u * dx, y - s->y[k] - u * dy));
        }
    }
    return least;
}

/* Metres of a ring that lie on lines of a name. */
static double on_street(const hz_layer *lines, const char *name, const hz_shapes *ring)
{
    double on = 0;
    for (size_t k = 0; k + 1 < ring->points; k++) {
        double d = hypot(ring->x[k + 1] - ring->x[k], ring->y[k + 1] - ring->y[k]);
        bool lies = true;
        for (int i = 0; lies && i <= 2; i++)
            lies = to_street(lines, name, ring->x[k] + i / 2.0 * (ring->x[k + 1] - ring->x[k]),
                             ring->y[k] + i / 2.0 * (ring->y[k + 1] - ring->y[k])) < 0.1;
        on += lies ? d : 0;
    }
    return on;
}

/* Where on the ring a place is, in metres from its start. */
static double place_of(const hz_shapes *ring, double x, double y)
{
    double at = 0, best = INFINITY, where = 0;
    for (size_t k = 0; k + 1 < ring->points; k++) {
        if (hypot(x - ring->x[k], y - ring->y[k]) < best) {
            best = hypot(x - ring->x[k], y - ring->y[k]);
            where = at;
        }
        at += hypot(ring->x[k + 1] - ring->x[k], ring->y[k + 1] - ring->y[k]);
    }
    return where;
}

/* Do the items that are followed begin one after the other, once round the ring? */
static bool in_order(const hz_trace *t)
{
    double first = 0, last = 0, turned = 0;
    double round = hz_shape_perimeter(t->ring, 0), back = 0;
    int seen = 0;
    for (size_t i = 0; i <= t->count; i++) {
        const hz_trace_item *item = &t->items[i % t->count];
        if (i < t->count && item->state != HZ_TRACE_USED)
            continue;
        double at = i == t->count ? first : place_of(t->ring, item->start_x, item->start_y);
        if (!seen++)
            first = at;
        else {
            turned += fmod(at - last + round, round);
            back += fmod(last - at + round, round);
        }
        last = at;
    }
    return turned < 1.001 * round || back < 1.001 * round;
}

/* What the trace of a built ring says is so on the ground, and it says all there is to say. */
static const char *untrue(const hz_layer *lines, const items *l, const hz_trace *t)
{
    char fault[200];
    double on = 0, off = 0;
    if (hz_shape_fault(t->ring, 0, fault, sizeof fault))
        return "the ring is not simple";
    if (t->count != (size_t)l->count)
        return "an item was not read";
    for (size_t i = 0; i < t->count; i++) {
        const hz_trace_item *item = &t->items[i];
        bool followed = item->state == HZ_TRACE_USED;
        on += item->length_m;
        off += item->bridged_m;
        if (strcmp(item->listed, l->name[i]) != 0)
            return "an item was read as another";
        if (item->state == HZ_TRACE_UNMATCHED || item->state == HZ_TRACE_SKIPPED)
            return "an item of the town was not found";
        if (followed && on_street(lines, item->matched, t->ring) < item->length_m - 0.5)
            return "less of a street is followed than the trace says";
        if (followed != (item->length_m >= 1) && item->state != HZ_TRACE_MERGED)
            return "a state is wrong";
        double far = to_street(lines, item->matched, item->start_x, item->start_y);
        if (item->state == HZ_TRACE_TOUCHED && far > 51)
            return "a street is not touched";
        if (item->state == HZ_TRACE_MISSED && fabs(far - item->off_m) > 0.1)
            return "a street is nearer than the trace says";
    }
    if (fabs(on + off - t->length_m) > 0.01 || fabs(off - t->bridged_m) > 0.01)
        return "the parts are not the whole";
    return in_order(t) ? NULL : "the order is not that of the list";
}

TEST(no_wrong_list_gives_a_ring_that_leaves_out_an_item_unsaid)
{
    static const char *const words[] = { "swap", "wrong", "missing", "stray", "again", "backwards",
                                         "elsewhere" };
    const char *many = getenv("TRACE_TOWNS");
    int towns = many ? atoi(many) : 12, built[KINDS] = { 0 }, refused[KINDS] = { 0 };
    for (int seed = 1; seed <= towns; seed++) {
        static town t;
        hz_layer *lines = NULL;
        make_town((uint64_t)seed, &t);
        hz_trace_network *net = network(&t, (uint64_t)seed, &lines);
        chance c = { (uint64_t)seed + 71 };
        CHECK(net != NULL);
        for (int kind = KINDS; kind >= 0; kind--) { /* KINDS: the list as it is */
            items l;
            hz_text list = { 0 };
            hz_trace trace = { 0 };
            hz_trace_opts opts = { .allow_gaps = kind < SWAP + 5 && seed % 2 };
            take_items(&t, &l);
            if (kind < KINDS)
                spoil(&c, &t, kind, &l);
            for (int i = 0; i < l.count; i++)
                hz_text_addf(&list, "%s%s", i ? " – " : "", l.name[i]);
            CHECK_OK(hz_trace_build(net, hz_text_get(&list), &opts, &trace, &err), err);
            const char *fault = trace.ring ? untrue(lines, &l, &trace) : NULL;
            if (fault)
                print_error("town %d, %s: %s\n%s\n", seed, kind < KINDS ? words[kind] : "whole",
                            fault, hz_text_get(&list));
            CHECK(!fault);
            if (kind < KINDS)
                *(trace.ring ? &built[kind] : &refused[kind]) += 1;
            if (kind == BACKWARDS || kind == ELSEWHERE) /* the same list, and the same ring */
                CHECK(trace.ring && apart(&t, trace.ring) <= exact_m);
            hz_trace_clear(&trace);
            hz_text_free(&list);
        }
        hz_trace_network_free(net);
        hz_layer_free(lines);
    }
    for (int kind = 0; many && kind < KINDS; kind++)
        printf("%s: %d built, %d refused\n", words[kind], built[kind], refused[kind]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ring_described_by_its_streets_is_found),
        cmocka_unit_test(no_wrong_list_gives_a_ring_that_leaves_out_an_item_unsaid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
