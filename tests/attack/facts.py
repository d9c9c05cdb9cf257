"""What the files of a run say of how many people are where, when and of what kind: sums of atoms
with limits."""
import csv
import json
import math
import os
import re

from world import BEFORE, KINDS, MONTHS, NOWHERE


class Known:
    """Atoms are (piece, month, kind). `facts` are (atoms, low, high, source) of figures that can
    be read off, `hidden` are (atoms, source) of those withheld, `odd` says what no honest file
    holds. Sets are whole numbers, bit by bit."""

    def __init__(self, world, people_move):
        slots = (BEFORE,) + MONTHS if people_move else (BEFORE,)
        kinds = KINDS if people_move else KINDS[:1]
        pieces = sorted(world.spots, key=repr) + [NOWHERE]
        self.world = world
        self.atoms = [(p, m, k) for p in pieces for m in slots for k in kinds]
        self.number = {a: i for i, a in enumerate(self.atoms)}
        self.timeless = not people_move
        self.facts, self.hidden, self.odd = [], [], []
        self.files, self.apart = set(), []

    def atom_of(self, person):
        if self.timeless:
            return self.number[person.piece, BEFORE, KINDS[0]]
        return self.number[person.piece, person.month, person.kind]

    def where(self, takes):
        return sum(1 << i for i, (p, m, k) in enumerate(self.atoms) if takes(p, m, k))

    def know(self, members, low, high, source):
        """People are whole: so are the limits of their number."""
        low, high = math.ceil(low - 1e-9), math.floor(high + 1e-9)
        self.facts.append((members, low, high, source))

    def tell_apart(self, members):
        """A sum that the rule decides on, though no file has a place for it."""
        self.apart.append(members)

    def withhold(self, members, source):
        self.hidden.append((members, source))


def in_area(piece):
    return piece != NOWHERE and piece[0] is not None


def figure(text):
    return float(text) if text else None


def read_table(directory, name):
    path = os.path.join(directory, name)
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def take_row(known, row, members, column, source, allowed):
    """One row of a table: its count, or that it is hidden and holds nothing else than what is
    allowed."""
    if row["state"] == "hidden":
        known.withhold(members, source)
        for key, text in row.items():
            if text and key not in allowed:
                known.odd.append("%s: a hidden row has %s" % (source, key))
        return
    count = figure(row[column])
    if count is not None:
        known.know(members, count, count, source)


# ---- tables ------------------------------------------------------------------------------------
def place_of(world, key):
    """Takes a piece that lies in an area, in a zone, or (all) in any area."""
    if key == "all":
        return in_area
    for i, a in enumerate(world.areas):
        if a.key == key:
            return lambda p: in_area(p) and p[0] == i
    for k, z in enumerate(world.zones):
        if z.key == key:
            return lambda p: p != NOWHERE and p[1] >> k & 1
    raise ValueError(key)


def count_of(known, table, key, months=None):
    """The atoms of a row: of a place, in the table's months or these, of its kinds."""
    takes = place_of(known.world, key)
    months = table.months if months is None else months & table.months
    return known.where(lambda p, m, k: m in months and k in table.kinds and takes(p))


def rates(known, table, directory):
    for row in read_table(directory, "tables/%s.csv" % table.file):
        take_row(
            known,
            row,
            count_of(known, table, row["area"]),
            "events",
            "%s: %s" % (table.name, row["area"]),
            ("area", "name", "state", "denominator", "origin"),
        )


def funnel(known, table, directory):
    """What is expected of an area is its share of the residents, times the total."""
    numbers = {a.key: i for i, a in enumerate(known.world.areas)}
    everybody = sum(known.world.residents)
    members = known.where(lambda p, m, k: in_area(p) and m in table.months and k in table.kinds)
    for row in read_table(directory, "charts/%s.csv" % table.name) or []:
        if row["state"] == "hidden":
            for key, text in row.items():
                if text and key not in ("area", "name", "state"):
                    known.odd.append("%s: a hidden row has %s" % (table.name, key))
        elif row["expected"]:
            total = float(row["expected"]) * everybody / known.world.residents[numbers[row["area"]]]
            # else it is the total of the areas shown, and says nothing new
            if abs(total - round(total)) < 1e-6:
                known.know(members, round(total), round(total), "%s: expected events" % table.name)


def series(known, table, directory):
    for row in read_table(directory, "charts/%s.csv" % table.name):
        months = frozenset(range(int(row["from"][5:7]), int(row["until"][5:7]) + 1))
        take_row(
            known,
            row,
            count_of(known, table, row["area"], months),
            "events",
            "%s: %s %s" % (table.name, row["area"], row["period"]),
            ("area", "name", "period", "from", "until", "whole", "years", "state", "origin"),
        )


def change(known, table, directory):
    for row in read_table(directory, "tables/%s.csv" % table.name):
        takes = place_of(known.world, row["area"])
        for months, column in ((table.months, "events_1"), (table.after, "events_2")):
            take_row(
                known,
                row,
                known.where(lambda p, m, k: m in months and k in table.kinds and takes(p)),
                column,
                "%s: %s %s" % (table.name, row["area"], column),
                ("area", "name", "state", "reason", "origin"),
            )


def residents(known, table, directory):
    w = known.world
    rows = read_table(directory, "tables/%s-residents.csv" % table.name)
    with_towns = any(row["kind"] == "town" for row in rows)
    sums = {
        "areas": in_area,
        "focus": lambda p: in_area(p) and p[0] in table.focus,
        "outside": lambda p: in_area(p) and p[0] not in table.focus,
        "towns": lambda p: p != NOWHERE and p[2] is not None,
        "elsewhere": lambda p: p != NOWHERE
        and p[0] is None
        and not (with_towns and p[2] is not None),
        "all": lambda p: p != NOWHERE,
        "without_coordinates": lambda p: p == NOWHERE,
        "refused": lambda p: False,
        "read": lambda p: True,
    }
    for i, t in enumerate(w.towns):
        sums[t.key] = lambda p, i=i: p != NOWHERE and p[2] == i
    for a in w.areas:
        sums[a.key] = place_of(w, a.key)

    def people(key):
        return known.where(lambda p, m, k: sums[key](p))

    for row in rows:
        if row["id"] == "read" and row["state"] == "hidden":
            continue  # all and some more: hidden for their sake, and nobody's count
        source = "%s: %s" % (table.name, row["id"])
        take_row(
            known, row, people(row["id"]), "residents", source, ("id", "name", "kind", "state")
        )
    with open(os.path.join(directory, "tables/%s.json" % table.name), encoding="utf-8") as f:
        said = json.load(f)
    for key, which in (
        ("residents_inside", "focus"),
        ("residents_total", "all"),
        ("residents_read", "read"),
        ("residents_elsewhere", "elsewhere"),
        ("residents_without_coordinates", "without_coordinates"),
    ):
        if said.get(key) is not None:
            known.know(people(which), said[key], said[key], "%s.json: %s" % (table.name, key))


def sides(known, table):
    """Takes a piece in the focus, in the other areas, and in any area."""
    return {
        "inside": lambda p: in_area(p) and p[0] in table.focus,
        "outside": lambda p: in_area(p) and p[0] not in table.focus,
        "events": in_area,
    }


def months_of(text):
    """The months of "2017-04..2017-06", "2017-05" or "2017"."""
    ends = [int(end[5:7]) if len(end) > 4 else 0 for end in text.split("..")]
    return frozenset(range(ends[0], ends[-1] + 1)) if ends[0] else frozenset(MONTHS)


def focus_periods(known, table, directory):
    takes = sides(known, table)
    for row in read_table(directory, "tables/%s-periods.csv" % table.name) or []:
        months = months_of(row["period"]) & table.months
        for key in ("inside", "outside", "events"):
            members = known.where(
                lambda p, m, k: m in months and k in table.kinds and takes[key](p)
            )
            if key == "inside":
                known.tell_apart(members)
                continue
            source = "%s: %s %s" % (table.name, key, row["period"])
            if row[key]:
                known.know(members, float(row[key]), float(row[key]), source)
            elif key == "outside":  # the sum is blank with either side, and told elsewhere or not
                known.withhold(members, source)
        for key in ("mean_x", "mean_y", "ellipse_major_m", "ellipse_minor_m"):
            if row[key]:
                known.odd.append("%s: a period has %s" % (table.name, key))


def focus_steps(known, table, directory):
    """The focus, then one area after the other, with the events of all so far."""
    w, held = known.world, set(table.focus)
    numbers = {a.key: i for i, a in enumerate(w.areas)}
    for row in read_table(directory, "tables/%s-frontier.csv" % table.name) or []:
        held |= {numbers[row["id"]]} if row["id"] else set()

        def so_far(within):
            return known.where(
                lambda p, m, k: in_area(p)
                and p[0] in within
                and m in table.months
                and k in table.kinds
            )

        source = "%s: step %s" % (table.name, row["step"])
        known.know(so_far(held), float(row["events"]), float(row["events"]), source)
        if row["capture"] and float(row["capture"]) > 0:
            total = float(row["events"]) / float(row["capture"])
            known.know(so_far(range(len(w.areas))), total - 1e-6, total + 1e-6, source)
        if row["best_capture"]:
            areas = read_table(directory, "tables/%s.csv" % table.name)
            if any(a["state"] == "hidden" for a in areas):
                known.odd.append("%s: the best set is told of hidden areas" % table.name)


TOLD = re.compile(r"Of ([\d,]+) reports?, ([\d,]+) lies? in areas outside the focus")
SINGLE = ("clusters", "ways", "frontier_later")  # of single events
BY_ALL = ("share", "lq", "lq_low", "lq_high")  # columns that an area's count and all events make
BY_OTHERS = ("ratio", "ratio_low", "ratio_high", "p", "q")  # and those outside the focus


def focus(known, table, directory):
    takes = sides(known, table)

    def all_of(key):
        return known.where(
            lambda p, m, k: m in table.months and k in table.kinds and takes[key](p)
        )

    for row in read_table(directory, "tables/%s.csv" % table.name):
        take_row(
            known,
            row,
            count_of(known, table, row["id"]),
            "events",
            "%s: %s" % (table.name, row["id"]),
            ("id", "name", "inside", "population", "area_km2", "state", "origin"),
        )
        total = figure(row["events"]) and figure(row["share"])
        if total:
            whole = figure(row["events"]) / figure(row["share"])
            known.know(all_of("events"), whole - 1e-6, whole + 1e-6, table.name + ": share")
    focus_periods(known, table, directory)
    focus_steps(known, table, directory)
    with open(os.path.join(directory, "tables/%s.json" % table.name), encoding="utf-8") as f:
        said = json.load(f)
    for key in ("inside", "outside", "events"):
        known.tell_apart(all_of(key))
        if said[key] is None and key != "events":  # blank with either side
            known.withhold(all_of(key), "%s.json: %s" % (table.name, key))
        elif said[key] is not None:
            known.know(all_of(key), said[key], said[key], "%s.json: %s" % (table.name, key))
    for total, outside in TOLD.findall(said["statement_en"]):
        for key, text in (("events", total), ("outside", outside)):
            count = int(text.replace(",", ""))
            known.know(all_of(key), count, count, "%s.json: statement" % table.name)
    for row in read_table(directory, "tables/%s.csv" % table.name):
        for columns, total in ((BY_ALL, "events"), (BY_OTHERS, "outside")):
            for key in columns:
                if row[key] and said[total] is None:
                    known.odd.append("%s: a row has %s, and all are hidden" % (table.name, key))
    for key in SINGLE:
        if said[key]:
            known.odd.append("%s.json: %s of single events" % (table.name, key))
    if said["expected_outside"] is not None:
        w = known.world
        share = sum(r for i, r in enumerate(w.residents) if i not in table.focus) / sum(w.residents)
        total = said["expected_outside"] / share
        known.know(all_of("events"), total - 1e-6, total + 1e-6, table.name + ".json: expected")


READERS = {
    "focus": focus,
    "rates": rates,
    "funnel": funnel,
    "series": series,
    "change": change,
    "residents": residents,
}
