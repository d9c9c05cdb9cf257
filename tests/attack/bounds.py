"""Integer programs over whole numbers of persons, by GLPK's own library."""
import ctypes
import ctypes.util

FREE, LOWER, UPPER, BETWEEN, FIXED = 1, 2, 3, 4, 5
LEAST, GREATEST = 1, 2
WHOLE = 2
MOST = 5000  # nobody believes in more persons than this in one place, so that every sum has an end
OPTIMAL = 5

_glpk = ctypes.CDLL(ctypes.util.find_library("glpk") or "libglpk.so.40")
_glpk.glp_create_prob.restype = ctypes.c_void_p
_glpk.glp_mip_col_val.restype = ctypes.c_double
for _name, _kinds in {
    "glp_delete_prob": "p",
    "glp_set_obj_dir": "pi",
    "glp_add_rows": "pi",
    "glp_add_cols": "pi",
    "glp_set_row_bnds": "piidd",
    "glp_set_col_bnds": "piidd",
    "glp_set_col_kind": "pii",
    "glp_set_obj_coef": "pid",
    "glp_load_matrix": "piaaa",
    "glp_set_mat_row": "piiaa",
    "glp_simplex": "pa",
    "glp_intopt": "pa",
    "glp_get_status": "p",
    "glp_mip_status": "p",
    "glp_mip_col_val": "pi",
    "glp_std_basis": "p",
    "glp_init_smcp": "a",
    "glp_init_iocp": "a",
}.items():
    getattr(_glpk, _name).argtypes = [
        {"p": ctypes.c_void_p, "i": ctypes.c_int, "d": ctypes.c_double, "a": ctypes.c_void_p}[k]
        for k in _kinds
    ]


def _limits(low, high):
    if low is None:
        return (FREE, 0, 0) if high is None else (UPPER, 0, high)
    if high is None:
        return LOWER, low, 0
    return (FIXED, low, high) if low == high else (BETWEEN, low, high)


class Program:
    """Whole numbers of 0 or more; `facts` are (columns, low, high): what is known of their sums,
    in which a column given as ~j is taken away."""

    def __init__(self, columns, facts):
        _glpk.glp_term_out(0)
        self.n, self.facts = columns, facts
        self.problem = p = _glpk.glp_create_prob()
        _glpk.glp_add_cols(p, columns)
        for j in range(1, columns + 1):
            _glpk.glp_set_col_bnds(p, j, BETWEEN, 0, MOST)
            _glpk.glp_set_col_kind(p, j, WHOLE)
        self.spare = len(facts) + 1  # the row of what is tried
        _glpk.glp_add_rows(p, self.spare)
        self.know(self.spare, None, None)
        rows, cols, signs = [], [], []
        for i, (members, low, high) in enumerate(facts, 1):
            self.know(i, low, high)
            rows += [i] * len(members)
            cols += [j + 1 if j >= 0 else ~j + 1 for j in members]
            signs += [1.0 if j >= 0 else -1.0 for j in members]
        n = len(rows)
        _glpk.glp_load_matrix(
            p,
            n,
            (ctypes.c_int * (n + 1))(0, *rows),
            (ctypes.c_int * (n + 1))(0, *cols),
            (ctypes.c_double * (n + 1))(0, *signs),
        )
        self.relaxed, self.whole = ctypes.create_string_buffer(1024), ctypes.create_string_buffer(
            1024
        )
        _glpk.glp_init_smcp(self.relaxed)
        _glpk.glp_init_iocp(self.whole)
        ctypes.c_int.from_buffer(self.whole, 32).value = 2000  # tm_lim of glp_iocp: milliseconds

    def know(self, row, low, high):
        _glpk.glp_set_row_bnds(self.problem, row, *_limits(low, high))

    def solve(self, weights, direction):
        """The whole numbers with the least or greatest weighted sum, or None: no table agrees
        with the facts."""
        p = self.problem
        _glpk.glp_set_obj_dir(p, direction)
        for j in range(self.n):
            _glpk.glp_set_obj_coef(p, j + 1, weights.get(j, 0))
        _glpk.glp_std_basis(p)
        if _glpk.glp_simplex(p, self.relaxed) or _glpk.glp_get_status(p) != OPTIMAL:
            return None
        if _glpk.glp_intopt(p, self.whole) or _glpk.glp_mip_status(p) != OPTIMAL:
            return None
        return [round(_glpk.glp_mip_col_val(p, j + 1)) for j in range(self.n)]

    def with_sum(self, members, value):
        """Whole numbers in which these columns sum to the value, or None."""
        n = len(members)
        _glpk.glp_set_mat_row(
            self.problem,
            self.spare,
            n,
            (ctypes.c_int * (n + 1))(0, *[j + 1 for j in members]),
            (ctypes.c_double * (n + 1))(*[1.0] * (n + 1)),
        )
        self.know(self.spare, value, value)
        table = self.solve({}, LEAST)
        self.know(self.spare, None, None)
        return table

    def close(self):
        _glpk.glp_delete_prob(self.problem)
