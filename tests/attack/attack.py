"""Bounds every hidden count by whole-number programs over all that the files of a run say."""
import math

from bounds import GREATEST, LEAST, Program

THRESHOLD = 5


def grouped(atoms, sets):
    """Atoms that belong to the same sets are one column: as good a sum of whole numbers as its
    parts."""
    groups = {}
    for i in range(atoms):
        sign = tuple(k for k, s in enumerate(sets) if s >> i & 1)
        groups.setdefault(sign, []).append(i)
    return groups


class Attack:
    """Columns are groups of atoms; every figure, shown or hidden, is a set of them."""

    def __init__(self, known):
        self.known = known
        sets, facts = [], {}
        for members, low, high, source in known.facts:
            if members not in facts:
                facts[members] = [low, high]
                sets.append(members)
            facts[members] = [max(low, facts[members][0]), min(high, facts[members][1])]
        self.shown = {s: tuple(facts[s]) for s in sets}
        self.hidden = {}
        for members, source in known.hidden:
            if members not in self.shown:
                self.hidden.setdefault(members, source)
        every = sets + [h for h in self.hidden] + known.apart
        self.groups = grouped(len(known.atoms), every)
        self.columns = list(self.groups.values())
        self.masks = [sum(1 << i for i in c) for c in self.columns]
        rows = [(self.members(s), low, high) for s, (low, high) in self.shown.items()]
        self.program = Program(len(self.columns), [r for r in rows if r[0]])
        self.order = [s for s in self.shown if s]

    def members(self, mask):
        return [j for j, m in enumerate(self.masks) if m & mask]

    def truth(self, people):
        counts = [0] * len(self.columns)
        column = {i: j for j, c in enumerate(self.columns) for i in c}
        for p in people:
            counts[column[self.known.atom_of(p)]] += 1
        return counts

    def differences(self):
        """What is left of a shown figure when another within it is taken away, and when all are."""
        exact = [s for s, (low, high) in self.shown.items() if low == high]
        rest = {}
        for a in exact:
            inside = [b for b in exact if b & a == b and b != a and b]
            left = a
            for b in inside:
                rest.setdefault(a & ~b, "what is left of a figure without another")
                left &= ~b
            if left:
                rest.setdefault(left, "what is left of a figure without all within it")
        return rest

    def implied(self):
        """(members, what) that must stay open where small, though no file names them."""
        out = {
            (j,): "a count that no figure splits"
            for j in range(len(self.columns))
            if any(self.masks[j] & s for s in self.shown)
        }
        for mask, what in self.differences().items():
            out.setdefault(tuple(self.members(mask)), what)
        named = {tuple(self.members(m)) for m in self.hidden}
        return [(m, what) for m, what in out.items() if m and m not in named]


def promise(x):
    """What methods.md holds open of a hidden count. That nobody is somewhere may be known: 0 is
    shown as 0, and where it guards another it protects nobody itself."""
    if x == 0:
        return 0, 0
    if 0 < x < THRESHOLD:
        return 1, THRESHOLD - 1
    width = max(2, x / 5)
    return max(0, math.ceil(x - width)), math.floor(x + width)


def narrowed(attack, people, targets):
    """Counts that the files narrow down beyond the promise, with the limits found."""
    truth = attack.truth(people)
    wrong, tables = [], [truth]
    for members, what in targets:
        x = sum(truth[j] for j in members)
        low, high = promise(x)
        seen = [sum(t[j] for j in members) for t in tables]
        for side, enough in ((LEAST, lambda v: v <= low), (GREATEST, lambda v: v >= high)):
            if any(enough(v) for v in seen):
                continue
            table = attack.program.solve({j: 1 for j in members}, side)
            if table is None:
                return ["no table agrees with what is shown"]
            tables.append(table)
            seen.append(sum(table[j] for j in members))
        if min(seen) > low or max(seen) < high:
            wrong.append(
                "%s: a count of %d is known to be in %d..%d, promised %d..%d"
                % (what, x, min(seen), max(seen), low, high)
            )
            continue
        for value in set(range(low, high + 1)) - set(seen) if x < THRESHOLD else ():
            table = attack.program.with_sum(members, value)
            if table is None:
                wrong.append("%s: a count of %d is known not to be %d" % (what, x, value))
            else:
                tables.append(table)
    return wrong


def misread(attack, people):
    """Figures that the attacker takes for something else than they are."""
    truth = attack.truth(people)
    for s, (low, high) in attack.shown.items():
        x = sum(truth[j] for j in attack.members(s))
        if not low <= x <= high:
            yield "the attacker misreads a figure: %d is not in %g..%g" % (x, low, high)


def breaches(attack, people):
    """Of hidden figures."""
    targets = [(attack.members(m), source) for m, source in attack.hidden.items()]
    return list(misread(attack, people)) + narrowed(attack, people, targets)


def implied(attack, people):
    """Of small counts that stand nowhere, but follow: what no figure splits, and what one figure
    leaves of another."""
    truth = attack.truth(people)
    small = [t for t in attack.implied() if 0 < sum(truth[j] for j in t[0]) < THRESHOLD]
    return narrowed(attack, people, small)
