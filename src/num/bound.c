/* Bounds whole numbers whose sums are known, by integer programming. */
#include "hotzone/bound.h"

#include <glpk.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <string.h>

#include "hotzone/mem.h"

/* A search is cut short by how much it looked at, never by the clock: the same on any machine. */
enum { NODES_FIND = 4000, NODES_NEAR = 300 };

/* A sum is whole if it is this near to a whole number: GLPK works to 1e-7. */
static const double near_whole = 1e-5;

struct hz_bound {
    glp_prob *lp;
    glp_prob *moves;  /* what leads from one table to another: n numbers up, n down; a last row holds
                       * the sum asked for */
    glp_prob *elastic; /* the same facts, each with two columns by which it may be missed, and a
                        * last row for the sum that is wanted; or NULL */
    size_t n, facts;
    bool has[2];      /* corners of the last question: least, greatest */
    double *corner[2];
    int *index;       /* 2 n + 1, as GLPK counts */
    double *ones;     /* 2 n + 1: n of 1, n of -1 */
    double *low, *high; /* of facts */
    size_t fact_room;
};

/* GLPK ends a failure of its own (no memory) by calling a hook that must not return. */
static void leap(void *info)
{
    longjmp(*(jmp_buf *)info, 1);
}

static void clear_env(void)
{
    glp_error_hook(NULL, NULL);
}

/* All that GLPK held is gone with its environment. */
static void lose(hz_bound *b)
{
    glp_free_env();
    b->lp = b->moves = b->elastic = NULL;
}

static glp_prob *new_columns(size_t n, double cost)
{
    glp_prob *p = glp_create_prob();
    if (n > 0)
        glp_add_cols(p, (int)n);
    for (size_t i = 1; i <= n; i++) {
        glp_set_col_bnds(p, (int)i, GLP_LO, 0, 0);
        glp_set_col_kind(p, (int)i, GLP_IV);
        glp_set_obj_coef(p, (int)i, cost);
    }
    return p;
}

hz_status hz_bound_new(size_t n, hz_bound **out, hz_error *err)
{
    jmp_buf back;
    hz_bound *b;
    if (n >= INT_MAX / 2)
        return hz_fail(err, HZ_EDATA, "bounds: %zu numbers, expected under 2^30", n);
    b = hz_mem_new(1, sizeof *b);
    if (!b)
        return hz_mem_fail(err, "bounds");
    b->n = n;
    b->corner[0] = hz_mem_new(n, sizeof(double));
    b->corner[1] = hz_mem_new(n, sizeof(double));
    b->index = hz_mem_new(2 * n + 1, sizeof *b->index);
    b->ones = hz_mem_new(2 * n + 1, sizeof *b->ones);
    if (!b->corner[0] || !b->corner[1] || !b->index || !b->ones) {
        hz_bound_free(b);
        return hz_mem_fail(err, "bounds");
    }
    glp_term_out(GLP_OFF);
    if (setjmp(back)) {
        lose(b);
        hz_bound_free(b);
        return hz_mem_fail(err, "bounds");
    }
    glp_error_hook(leap, &back);
    b->lp = new_columns(n, 0);
    b->moves = new_columns(2 * n, 1);
    glp_add_rows(b->moves, 1);
    for (size_t i = 1; i <= 2 * n; i++)
        b->ones[i] = i <= n ? 1 : -1;
    clear_env();
    *out = b;
    return HZ_OK;
}

void hz_bound_free(hz_bound *bound)
{
    if (!bound)
        return;
    if (bound->lp)
        glp_delete_prob(bound->lp);
    if (bound->moves)
        glp_delete_prob(bound->moves);
    if (bound->elastic)
        glp_delete_prob(bound->elastic);
    hz_mem_free(bound->corner[0]);
    hz_mem_free(bound->corner[1]);
    hz_mem_free(bound->index);
    hz_mem_free(bound->ones);
    hz_mem_free(bound->low);
    hz_mem_free(bound->high);
    hz_mem_free(bound);
}

static hz_status make_room(hz_bound *b, hz_error *err)
{
    size_t room = b->fact_room ? 2 * b->fact_room : 64;
    if (b->facts < b->fact_room)
        return HZ_OK;
    double *low = hz_mem_resize(b->low, room, sizeof *low);
    if (low)
        b->low = low;
    double *high = low ? hz_mem_resize(b->high, room, sizeof *high) : NULL;
    if (!high)
        return hz_mem_fail(err, "bounds");
    b->high = high;
    b->fact_room = room;
    return HZ_OK;
}

/* The row of a sum in the problem of moves: up less down. */
static void set_move_row(hz_bound *b, int row, const uint32_t *set, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        b->index[i + 1] = (int)set[i] + 1;
        b->index[b->n + i + 1] = (int)(b->n + set[i]) + 1;
    }
    /* the second half follows the first */
    memmove(b->index + size + 1, b->index + b->n + 1, size * sizeof *b->index);
    double *value = b->ones + b->n + 1 - size; /* `size` of 1, then `size` of -1 */
    glp_set_mat_row(b->moves, row, (int)(2 * size), b->index, value - 1);
}

hz_status hz_bound_know(hz_bound *b, const uint32_t *set, size_t size, double low, double high,
                        hz_error *err)
{
    jmp_buf back;
    if (size > b->n || b->facts >= INT_MAX - 2)
        return hz_fail(err, HZ_EUSAGE, "bounds: a sum of %zu of %zu numbers", size, b->n);
    hz_status st = make_room(b, err);
    if (st)
        return st;
    for (size_t i = 0; i < size; i++)
        b->index[i + 1] = (int)set[i] + 1;
    if (setjmp(back)) {
        lose(b);
        return hz_mem_fail(err, "bounds");
    }
    glp_error_hook(leap, &back);
    int row = glp_add_rows(b->lp, 1);
    glp_set_row_bnds(b->lp, row, low < high ? GLP_DB : GLP_FX, low, high);
    glp_set_mat_row(b->lp, row, (int)size, b->index, b->ones);
    row = glp_add_rows(b->moves, 1);
    glp_set_row_bnds(b->moves, row, GLP_FX, 0, 0);
    set_move_row(b, row, set, size);
    clear_env();
    b->low[b->facts] = low;
    b->high[b->facts++] = high;
    return HZ_OK;
}

size_t hz_bound_facts(const hz_bound *bound)
{
    return bound->facts;
}

void hz_bound_forget(hz_bound *bound, size_t fact)
{
    glp_set_row_bnds(bound->lp, (int)fact + 1, GLP_FR, 0, 0);
    glp_set_row_stat(bound->lp, (int)fact + 1, GLP_BS);
    glp_set_row_bnds(bound->moves, (int)fact + 2, GLP_FR, 0, 0);
    glp_set_row_stat(bound->moves, (int)fact + 2, GLP_BS);
    if (bound->elastic) {
        glp_set_row_bnds(bound->elastic, (int)fact + 1, GLP_FR, 0, 0);
        glp_set_row_stat(bound->elastic, (int)fact + 1, GLP_BS);
    }
    bound->low[fact] = -INFINITY;
    bound->high[fact] = INFINITY;
}

static bool is_whole(double x)
{
    return fabs(x - round(x)) <= near_whole;
}

/* The relaxation's corner, if all its numbers are whole. */
static bool whole_corner(const hz_bound *b, double *values)
{
    for (size_t i = 0; i < b->n; i++) {
        double x = glp_get_col_prim(b->lp, (int)i + 1);
        if (!is_whole(x))
            return false;
        values[i] = round(x);
    }
    return true;
}

static double sum_at(const double *values, const uint32_t *set, size_t size)
{
    double sum = 0;
    for (size_t i = 0; i < size; i++)
        sum += values[set[i]];
    return sum;
}

/* Optimal, unbounded, or nothing at all; GLPK's presolver is off, so that the basis stays. */
static int relax(glp_prob *lp)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = GLP_PRIMAL;
    int failed = glp_simplex(lp, &how);
    if (failed == GLP_EBADB || failed == GLP_ESING || failed == GLP_ECOND || failed == GLP_EFAIL) {
        glp_adv_basis(lp, 0);
        failed = glp_simplex(lp, &how);
    }
    return failed ? GLP_UNDEF : glp_get_status(lp);
}

/* A search for whole numbers: how much more it may look at, and whether any will do. */
typedef struct {
    int nodes;
    bool any;
} search;

static void watch(glp_tree *tree, void *info)
{
    search *s = info;
    int why = glp_ios_reason(tree);
    if ((why == GLP_IBINGO && s->any) || (why == GLP_ISELECT && s->nodes-- <= 0))
        glp_ios_terminate(tree);
}

/* Whole numbers from a solved relaxation: GLP_OPT, GLP_FEAS if cut short with some at hand,
 * GLP_NOFEAS if there are none, GLP_UNDEF if cut short without. */
static int branch(glp_prob *lp, int nodes, bool any)
{
    glp_iocp how;
    search s = { nodes, any };
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.mir_cuts = GLP_ON;
    how.cb_func = watch;
    how.cb_info = &s;
    glp_intopt(lp, &how);
    return glp_mip_status(lp);
}

/* One end: side 0 the least, 1 the greatest.  The relaxation's; with `whole` that of whole numbers,
 * NAN if the search was cut short before it found any. */
static hz_status find_end(hz_bound *b, const uint32_t *set, size_t size, int side, bool whole,
                          hz_bound_range *out, unsigned char *tight, hz_error *err)
{
    double *end = side ? &out->high : &out->low;
    glp_set_obj_dir(b->lp, side ? GLP_MAX : GLP_MIN);
    int status = relax(b->lp);
    if (status == GLP_UNBND && side) {
        *end = INFINITY;
        return HZ_OK;
    }
    if (status != GLP_OPT)
        return hz_fail(err, HZ_EDATA, "bounds: no whole numbers agree with the published sums");
    for (size_t f = 0; tight && f < b->facts; f++)
        if (fabs(glp_get_row_dual(b->lp, (int)f + 1)) > 1e-9)
            tight[f] |= (unsigned char)(1 << side);
    *end = glp_get_obj_val(b->lp);
    b->has[side] = whole_corner(b, b->corner[side]);
    if (!b->has[side] && whole) {
        int found = branch(b->lp, NODES_FIND, false);
        if (found == GLP_NOFEAS)
            return hz_fail(err, HZ_EDATA, "bounds: no whole numbers agree with the published "
                           "sums");
        b->has[side] = found == GLP_OPT || found == GLP_FEAS;
        out->exact &= found == GLP_OPT;
        *end = NAN;
        for (size_t i = 0; b->has[side] && i < b->n; i++)
            b->corner[side][i] = round(glp_mip_col_val(b->lp, (int)i + 1));
    }
    if (b->has[side])
        *end = sum_at(b->corner[side], set, size);
    return HZ_OK;
}

static hz_status find(hz_bound *b, const uint32_t *set, size_t size, unsigned sides, bool whole,
                      hz_bound_range *out, unsigned char *tight, hz_error *err)
{
    jmp_buf back;
    hz_bound_range r = { 0, INFINITY, true };
    hz_status st = HZ_OK;

    b->has[0] = b->has[1] = false;
    if (tight)
        memset(tight, 0, b->facts);
    if (setjmp(back)) {
        lose(b);
        return hz_mem_fail(err, "bounds");
    }
    glp_error_hook(leap, &back);
    for (size_t i = 1; i <= b->n; i++)
        glp_set_obj_coef(b->lp, (int)i, 0);
    for (size_t i = 0; i < size; i++)
        glp_set_obj_coef(b->lp, (int)set[i] + 1, 1);
    for (int side = 0; !st && side < 2; side++)
        if (sides & (1u << side))
            st = find_end(b, set, size, side, whole, &r, tight, err);
    clear_env();
    if (!st)
        *out = r;
    return st;
}

hz_status hz_bound_find(hz_bound *b, const uint32_t *set, size_t size, hz_bound_range *out,
                        unsigned char *tight, hz_error *err)
{
    return find(b, set, size, 3, true, out, tight, err);
}

hz_status hz_bound_screen(hz_bound *b, const uint32_t *set, size_t size, bool greatest, double *end,
                          unsigned char *tight, hz_error *err)
{
    hz_bound_range r;
    hz_status st = find(b, set, size, greatest ? 2 : 1, false, &r, tight, err);
    if (!st)
        *end = greatest ? r.high : r.low;
    return st;
}

/* Two columns for each fact: by how much it is missed above and below. */
static void make_elastic(hz_bound *b)
{
    int facts = (int)b->facts, n = (int)b->n;
    b->elastic = glp_create_prob();
    glp_copy_prob(b->elastic, b->lp, GLP_OFF);
    for (int i = 1; i <= n; i++)
        glp_set_obj_coef(b->elastic, i, 0);
    glp_set_obj_dir(b->elastic, GLP_MIN);
    if (facts > 0)
        glp_add_cols(b->elastic, 2 * facts);
    for (int f = 1; f <= facts; f++)
        for (int side = 0; side < 2; side++) {
            const int row[] = { 0, f };
            const double one[] = { 0, side ? -1 : 1 };
            int column = n + 2 * f - 1 + side;
            glp_set_col_bnds(b->elastic, column, GLP_LO, 0, 0);
            glp_set_mat_col(b->elastic, column, 1, row, one);
        }
    glp_add_rows(b->elastic, 1);
    glp_std_basis(b->elastic);
}

static void price(hz_bound *b, const double *cost)
{
    for (size_t f = 0; f < b->facts; f++)
        for (int side = 0; side < 2; side++) {
            int column = (int)(b->n + 2 * f) + 1 + side;
            if (isinf(cost[f]))
                glp_set_col_bnds(b->elastic, column, GLP_FX, 0, 0);
            else
                glp_set_obj_coef(b->elastic, column, cost[f]);
        }
}

static void give(hz_bound *b, const uint32_t *set, size_t size, double wanted, const double *cost,
                 unsigned char *gives)
{
    glp_smcp how;
    if (!b->elastic)
        make_elastic(b);
    price(b, cost);
    int last = (int)b->facts + 1;
    for (size_t i = 0; i < size; i++)
        b->index[i + 1] = (int)set[i] + 1;
    glp_set_mat_row(b->elastic, last, (int)size, b->index, b->ones);
    glp_set_row_bnds(b->elastic, last, GLP_FX, wanted, wanted);
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    int failed = glp_simplex(b->elastic, &how);
    if (failed) {
        glp_std_basis(b->elastic);
        failed = glp_simplex(b->elastic, &how);
    }
    bool found = !failed && glp_get_status(b->elastic) == GLP_OPT;
    for (size_t f = 0; f < b->facts; f++) {
        int column = (int)(b->n + 2 * f) + 1;
        gives[f] = found && glp_get_row_type(b->elastic, (int)f + 1) != GLP_FR &&
                   glp_get_col_prim(b->elastic, column) +
                   glp_get_col_prim(b->elastic, column + 1) > near_whole;
    }
}

hz_status hz_bound_give(hz_bound *b, const uint32_t *set, size_t size, double wanted,
                        const double *cost, unsigned char *gives, hz_error *err)
{
    jmp_buf back;
    if (setjmp(back)) {
        lose(b);
        return hz_mem_fail(err, "bounds");
    }
    glp_error_hook(leap, &back);
    give(b, set, size, wanted, cost, gives);
    clear_env();
    return HZ_OK;
}

bool hz_bound_corner(const hz_bound *bound, bool greatest, double *values)
{
    if (!bound->has[greatest])
        return false;
    memcpy(values, bound->corner[greatest], bound->n * sizeof *values);
    return true;
}

/* Bounds of the moves from one table that agrees with the facts to another. */
static void start_from(hz_bound *b, const double *from)
{
    for (size_t i = 0; i < b->n; i++)
        glp_set_col_bnds(b->moves, (int)(b->n + i) + 1, from[i] > 0 ? GLP_DB : GLP_FX, 0, from[i]);
    for (size_t f = 0; f < b->facts; f++) {
        int row = (int)f + 2, length;
        double at = 0;
        if (b->low[f] == b->high[f] || isinf(b->low[f]))
            continue;
        length = glp_get_mat_row(b->lp, (int)f + 1, b->index, NULL);
        for (int k = 1; k <= length; k++)
            at += from[b->index[k] - 1];
        glp_set_row_bnds(b->moves, row, GLP_DB, b->low[f] - at, b->high[f] - at);
    }
}

/* A solved relaxation's numbers where they are whole, else those of a search from there. */
static bool take_moves(hz_bound *b, const double *from, double *values)
{
    bool whole = true;
    for (size_t i = 1; whole && i <= 2 * b->n; i++)
        whole = is_whole(glp_get_col_prim(b->moves, (int)i));
    if (!whole) {
        int found = branch(b->moves, NODES_NEAR, true);
        if (found != GLP_OPT && found != GLP_FEAS)
            return false;
    }
    for (size_t i = 0; i < b->n; i++) {
        int up = (int)i + 1, down = (int)(b->n + i) + 1;
        double more = whole ? glp_get_col_prim(b->moves, up) : glp_mip_col_val(b->moves, up);
        double less = whole ? glp_get_col_prim(b->moves, down) : glp_mip_col_val(b->moves, down);
        values[i] = from[i] + round(more) - round(less);
    }
    return true;
}

static bool move(hz_bound *b, const double *from, const uint32_t *set, size_t size, double sum,
                 double *values)
{
    double step = sum - sum_at(from, set, size);
    start_from(b, from);
    glp_set_row_bnds(b->moves, 1, GLP_FX, step, step);
    set_move_row(b, 1, set, size);
    glp_std_basis(b->moves);
    return relax(b->moves) == GLP_OPT && take_moves(b, from, values);
}

hz_status hz_bound_near(hz_bound *b, const double *from, const uint32_t *set, size_t size,
                        double sum, double *values, bool *found, hz_error *err)
{
    jmp_buf back;
    if (setjmp(back)) {
        lose(b);
        return hz_mem_fail(err, "bounds");
    }
    glp_error_hook(leap, &back);
    *found = move(b, from, set, size, sum, values);
    clear_env();
    return HZ_OK;
}
