/* Bounds whole numbers whose sums are known, by integer programming. */
#include "hotzone/bound.h"

#include <glpk.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <string.h>

#include "hotzone/mem.h"

enum { SEARCH_MS = 2000 };

/* A sum is whole if it is this near to a whole number: GLPK works to 1e-7. */
static const double near_whole = 1e-5;

struct hz_bound {
    glp_prob *lp;
    size_t n, facts;
    bool has[2];      /* corners of the last question: least, greatest */
    double *corner[2];
    int *index;       /* n + 1, as GLPK counts */
    double *ones;     /* n + 1 */
    glp_prob *elastic; /* the same facts, each with two columns by which it may be missed, and a
                        * last row for the sum that is wanted; or NULL */
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

hz_status hz_bound_new(size_t n, hz_bound **out, hz_error *err)
{
    jmp_buf back;
    hz_bound *b;
    if (n >= INT_MAX)
        return hz_fail(err, HZ_EDATA, "bounds: %zu numbers, expected under 2^31", n);
    b = hz_mem_new(1, sizeof *b);
    if (!b)
        return hz_mem_fail(err, "bounds");
    b->n = n;
    b->corner[0] = hz_mem_new(n, sizeof(double));
    b->corner[1] = hz_mem_new(n, sizeof(double));
    b->index = hz_mem_new(n + 1, sizeof *b->index);
    b->ones = hz_mem_new(n + 1, sizeof *b->ones);
    if (!b->corner[0] || !b->corner[1] || !b->index || !b->ones) {
        hz_bound_free(b);
        return hz_mem_fail(err, "bounds");
    }
    glp_term_out(GLP_OFF);
    if (setjmp(back)) {
        glp_free_env();
        b->lp = b->elastic = NULL;
        hz_bound_free(b);
        return hz_mem_fail(err, "bounds");
    }
    glp_error_hook(leap, &back);
    b->lp = glp_create_prob();
    if (n > 0)
        glp_add_cols(b->lp, (int)n);
    for (size_t i = 1; i <= n; i++) {
        glp_set_col_bnds(b->lp, (int)i, GLP_LO, 0, 0);
        glp_set_col_kind(b->lp, (int)i, GLP_IV);
        b->ones[i] = 1;
    }
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
    if (bound->elastic)
        glp_delete_prob(bound->elastic);
    hz_mem_free(bound->corner[0]);
    hz_mem_free(bound->corner[1]);
    hz_mem_free(bound->index);
    hz_mem_free(bound->ones);
    hz_mem_free(bound);
}

hz_status hz_bound_know(hz_bound *b, const uint32_t *set, size_t size, double total, hz_error *err)
{
    jmp_buf back;
    if (size > b->n || b->facts >= INT_MAX - 1)
        return hz_fail(err, HZ_EUSAGE, "bounds: a sum of %zu of %zu numbers", size, b->n);
    for (size_t i = 0; i < size; i++)
        b->index[i + 1] = (int)set[i] + 1;
    if (setjmp(back)) {
        glp_free_env();
        b->lp = b->elastic = NULL;
        return hz_mem_fail(err, "bounds");
    }
    glp_error_hook(leap, &back);
    int row = glp_add_rows(b->lp, 1);
    glp_set_row_bnds(b->lp, row, GLP_FX, total, total);
    glp_set_mat_row(b->lp, row, (int)size, b->index, b->ones);
    clear_env();
    b->facts++;
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
    if (bound->elastic) {
        glp_set_row_bnds(bound->elastic, (int)fact + 1, GLP_FR, 0, 0);
        glp_set_row_stat(bound->elastic, (int)fact + 1, GLP_BS);
    }
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
static int relax(hz_bound *b)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = GLP_PRIMAL;
    int failed = glp_simplex(b->lp, &how);
    if (failed == GLP_EBADB || failed == GLP_ESING || failed == GLP_ECOND || failed == GLP_EFAIL) {
        glp_adv_basis(b->lp, 0);
        failed = glp_simplex(b->lp, &how);
    }
    return failed ? GLP_UNDEF : glp_get_status(b->lp);
}

static bool branch(hz_bound *b, double *values, bool *exact)
{
    glp_iocp how;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.tm_lim = SEARCH_MS;
    how.mir_cuts = GLP_ON;
    glp_intopt(b->lp, &how);
    int status = glp_mip_status(b->lp);
    if (status != GLP_OPT && status != GLP_FEAS)
        return false;
    *exact &= status == GLP_OPT;
    for (size_t i = 0; i < b->n; i++)
        values[i] = round(glp_mip_col_val(b->lp, (int)i + 1));
    return true;
}

/* One end: side 0 the least, 1 the greatest. */
static hz_status find_end(hz_bound *b, const uint32_t *set, size_t size, int side,
                          hz_bound_range *out, unsigned char *tight, hz_error *err)
{
    double *end = side ? &out->high : &out->low;
    glp_set_obj_dir(b->lp, side ? GLP_MAX : GLP_MIN);
    int status = relax(b);
    if (status == GLP_UNBND && side) {
        *end = INFINITY;
        return HZ_OK;
    }
    if (status != GLP_OPT)
        return hz_fail(err, HZ_EDATA, "bounds: no whole numbers agree with the published sums");
    for (size_t f = 0; tight && f < b->facts; f++)
        if (fabs(glp_get_row_dual(b->lp, (int)f + 1)) > 1e-9)
            tight[f] |= (unsigned char)(1 << side);
    b->has[side] = whole_corner(b, b->corner[side]) ||
                   branch(b, b->corner[side], &out->exact);
    if (!b->has[side])
        return hz_fail(err, HZ_EDATA, "bounds: no whole numbers agree with the published sums");
    *end = sum_at(b->corner[side], set, size);
    return HZ_OK;
}

hz_status hz_bound_find(hz_bound *b, const uint32_t *set, size_t size, hz_bound_range *out,
                        unsigned char *tight, hz_error *err)
{
    jmp_buf back;
    hz_bound_range r = { 0, INFINITY, true };
    hz_status st = HZ_OK;

    b->has[0] = b->has[1] = false;
    if (tight)
        memset(tight, 0, b->facts);
    if (setjmp(back)) {
        glp_free_env();
        b->lp = b->elastic = NULL;
        return hz_mem_fail(err, "bounds");
    }
    glp_error_hook(leap, &back);
    for (size_t i = 1; i <= b->n; i++)
        glp_set_obj_coef(b->lp, (int)i, 0);
    for (size_t i = 0; i < size; i++)
        glp_set_obj_coef(b->lp, (int)set[i] + 1, 1);
    for (int side = 0; !st && side < 2; side++)
        st = find_end(b, set, size, side, &r, tight, err);
    clear_env();
    if (!st)
        *out = r;
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

hz_status hz_bound_give(hz_bound *b, const uint32_t *set, size_t size, double wanted,
                        const double *cost, unsigned char *gives, hz_error *err)
{
    jmp_buf back;
    glp_smcp how;
    if (setjmp(back)) {
        glp_free_env();
        b->lp = b->elastic = NULL;
        return hz_mem_fail(err, "bounds");
    }
    glp_error_hook(leap, &back);
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
        gives[f] = found && glp_get_row_type(b->elastic, (int)f + 1) == GLP_FX &&
                   glp_get_col_prim(b->elastic, column) +
                   glp_get_col_prim(b->elastic, column + 1) > near_whole;
    }
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
