"""What the files of a run say of how many people are where, when and of what kind: sums of atoms
with limits."""
import csv
import json
import os
import re
from html.parser import HTMLParser

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
        self.files = set()

    def atom_of(self, person):
        if self.timeless:
            return self.number[person.piece, BEFORE, KINDS[0]]
        return self.number[person.piece, person.month, person.kind]

    def where(self, takes):
        return sum(1 << i for i, (p, m, k) in enumerate(self.atoms) if takes(p, m, k))

    def know(self, members, low, high, source):
        self.facts.append((members, low, high, source))

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
def rates(known, table, directory):
    numbers = {a.key: i for i, a in enumerate(known.world.areas)}
    for row in read_table(directory, "tables/%s.csv" % table.name):
        area = numbers[row["area"]]
        members = known.where(
            lambda p, m, k: in_area(p) and p[0] == area and m in table.months and k in table.kinds
        )
        take_row(
            known,
            row,
            members,
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
            if (
                abs(total - round(total)) < 1e-6
            ):  # else it is the total of the areas shown, and says nothing new
                known.know(members, round(total), round(total), "%s: expected events" % table.name)


def series(known, table, directory):
    for row in read_table(directory, "charts/%s.csv" % table.name):
        first, last = int(row["from"][5:7]), int(row["until"][5:7])
        members = known.where(
            lambda p, m, k: in_area(p)
            and first <= m <= last
            and m in table.months
            and k in table.kinds
        )
        take_row(
            known,
            row,
            members,
            "events",
            "%s: %s" % (table.name, row["period"]),
            ("area", "name", "period", "from", "until", "whole", "years", "state", "origin"),
        )


def change(known, table, directory):
    numbers = {a.key: i for i, a in enumerate(known.world.areas)}
    for row in read_table(directory, "tables/%s.csv" % table.name):
        area = numbers[row["area"]]
        for months, column in ((table.months, "events_1"), (table.after, "events_2")):
            members = known.where(
                lambda p, m, k: in_area(p) and p[0] == area and m in months and k in table.kinds
            )
            take_row(
                known,
                row,
                members,
                column,
                "%s: %s %s" % (table.name, row["area"], column),
                ("area", "name", "state", "reason", "origin"),
            )


def residents(known, table, directory):
    w = known.world
    areas = {a.key: i for i, a in enumerate(w.areas)}
    towns = {t.key: i for i, t in enumerate(w.towns)}
    sums = {
        "areas": in_area,
        "focus": lambda p: in_area(p) and p[0] in w.focus,
        "outside": lambda p: in_area(p) and p[0] not in w.focus,
        "towns": lambda p: p != NOWHERE and p[2] is not None,
        "all": lambda p: p != NOWHERE,
    }
    rows = read_table(directory, "tables/%s-residents.csv" % table.name)
    with_towns = any(row["kind"] == "town" for row in rows)
    sums["elsewhere"] = (
        lambda p: p != NOWHERE and p[0] is None and not (with_towns and p[2] is not None)
    )
    for row in rows:
        key = row["id"]
        if row["kind"] == "area":
            members = known.where(lambda p, m, k: in_area(p) and p[0] == areas[key])
        elif row["kind"] == "town":
            members = known.where(lambda p, m, k: p != NOWHERE and p[2] == towns[key])
        else:
            members = known.where(lambda p, m, k: sums[key](p))
        take_row(
            known,
            row,
            members,
            "residents",
            "%s: %s" % (table.name, key),
            ("id", "name", "kind", "state"),
        )
    said = json.load(open(os.path.join(directory, "tables/%s.json" % table.name), encoding="utf-8"))
    for key, which in (("residents_inside", "focus"), ("residents_total", "all")):
        if said.get(key) is not None:
            known.know(
                known.where(lambda p, m, k: sums[which](p)),
                said[key],
                said[key],
                "%s.json: %s" % (table.name, key),
            )


READERS = {
    "rates": rates,
    "funnel": funnel,
    "series": series,
    "change": change,
    "residents": residents,
}


# ---- what became of every record ---------------------------------------------------------------
def fates(known, table):
    """In the order in which a record is judged: kind, period, place."""

    def of(takes):
        return known.where(lambda p, m, k: k in table.kinds and m in table.months and takes(p))

    return {
        "read": known.where(lambda p, m, k: True),
        "other_kind": known.where(lambda p, m, k: k not in table.kinds),
        "other_period": known.where(lambda p, m, k: k in table.kinds and m not in table.months),
        "unlocated": of(lambda p: p == NOWHERE),
        "outside": of(lambda p: p != NOWHERE and p[0] is None),
        "placed": of(in_area),
    }


def know_fates(known, table, numbers, source):
    sets = fates(known, table)
    for key, count in numbers.items():
        if key in sets and count is not None:
            known.know(sets[key], count, count, "%s: %s" % (source, key))


def manifest(known, tables, directory):
    said = json.load(open(os.path.join(directory, "manifest.json"), encoding="utf-8"))
    for table in tables:
        here = said.get("analyses", {}).get(table.name, {})
        know_fates(known, table, here.get("events", {}), "manifest.json")
        sets = fates(known, table)
        for key, tens in here.get("events_in_tens", {}).items():
            if key in sets:
                known.know(sets[key], max(0, tens - 5), tens + 5, "manifest.json: %s in tens" % key)
    for source in said["inputs"]:
        if source["path"] == "people.csv":
            for key in ("sha256", "bytes", "rows_read", "rows_refused"):
                if key in source:
                    known.odd.append("manifest.json: people.csv has %s" % key)


def maps(known, tables, directory):
    for name in sorted(
        os.listdir(os.path.join(directory, "maps")) if os.path.isdir(directory + "/maps") else ()
    ):
        if name.endswith(".json"):
            said = json.load(open(os.path.join(directory, "maps", name), encoding="utf-8"))
            for table in tables:
                if said.get("analysis") == table.name:
                    know_fates(known, table, said.get("events") or {}, "maps/" + name)


# ---- reports -----------------------------------------------------------------------------------
class Page(HTMLParser):
    """The rows of all tables, and the paragraphs."""

    def __init__(self):
        super().__init__()
        self.rows, self.words, self.cell, self.depth = [], [], None, 0

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.cell = []
        elif tag in ("svg", "style"):
            self.depth += 1

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("".join(self.cell or []).strip())
            self.cell = None
        elif tag in ("svg", "style"):
            self.depth -= 1

    def handle_data(self, data):
        if self.depth == 0:
            (self.words if self.cell is None else self.cell).append(data)


FATES = {  # in both languages, since one may say what the other does not
    "other_kind": (r"of another kind", r"af en anden art", "Other kind", "Anden art"),
    "other_period": (r"outside the period", r"uden for perioden", "Other period", "Anden periode"),
    "unlocated": (
        r"without coordinates",
        r"uden koordinater",
        "No coordinates",
        "Uden koordinater",
    ),
    "outside": (r"outside the areas", r"uden for områderne", "Outside", "Udenfor"),
    "placed": (r"placed in an area", r"placeret i et område", "In an area", "I et område"),
    "read": (
        r"(?:events|reports) were read|event was read",
        r"hændelser er indlæst|hændelse er indlæst",
        "Read",
        "Læst",
    ),
}


def whole(text):
    digits = re.sub(r"(?<=\d)[.,\u202f\u00a0](?=\d{3})", "", text.strip("* "))
    return int(digits) if digits.isdigit() else None


def report(known, tables, directory, name):
    """Fates in sentences and tables, the row of totals, and rows of hidden areas that hold a
    figure."""
    text = open(os.path.join(directory, name), encoding="utf-8").read()
    if name.endswith(".html"):
        page = Page()
        page.feed(text)
        rows, words = page.rows, "".join(page.words)
    else:
        rows = [
            [c.strip(" *") for c in line.strip("|").split("|")]
            for line in text.splitlines()
            if line.startswith("|")
        ]
        words = text
    counted = [t for t in tables if t.what == "rates"]
    if len(counted) == 1:
        for key, (en, da, _, _) in FATES.items():
            for found in re.findall(r"([\d.,]+) (?:%s|%s)" % (en, da), words):
                if whole(found) is not None:
                    know_fates(known, counted[0], {key: whole(found)}, name)
    header = []
    for row in rows:
        if row and row[0] in ("Area", "Område", "Analysis", "Analyse"):
            header = row
        elif (
            row
            and row[0] in ("Together", "Tilsammen", "I alt")
            and counted
            and header[0] in ("Area", "Område")
        ):
            total = next((whole(c) for c in row[1:] if whole(c) is not None), None)
            if total is not None and len(counted) == 1:
                know_fates(known, counted[0], {"placed": total}, name + " (together)")
        elif header and header[0] in ("Analysis", "Analyse"):
            for heading, cell in zip(header, row):
                for key, spoken in FATES.items():
                    if heading in spoken[2:] and counted and whole(cell) is not None:
                        know_fates(known, counted[0], {key: whole(cell)}, name + " (fates)")


def city_rate(known, tables, directory):
    """The rate of all areas together, in captions, is so many people, give or take its rounding."""
    everybody = sum(known.world.residents)
    for table in tables:
        if table.what != "rates":
            continue
        for name in sorted(os.listdir(directory + "/maps")):
            if not name.endswith(".en.md"):
                continue
            text = open(os.path.join(directory, "maps", name), encoding="utf-8").read()
            found = re.search(r"the city as a whole has ([\d,]+\.\d+)", text, re.I)
            if found:
                rate, half = float(found[1].replace(",", "")), 0.5 * 10 ** -len(
                    found[1].split(".")[1]
                )
                days = sum(
                    31 if m in (1, 3, 5, 7, 8, 10, 12) else 28 if m == 2 else 30
                    for m in table.months
                )
                years = 1 if days == 365 else days / 365
                low, high = [(rate + d) * everybody / 1000 * years for d in (-half, half)]
                know = known.where(
                    lambda p, m, k: in_area(p) and m in table.months and k in table.kinds
                )
                known.know(know, max(0, low), high, name)


def read(world, tables, directory):
    """Everything that the files of one run say."""
    known = Known(world, any(t.what != "residents" for t in tables))
    for table in tables:
        READERS[table.what](known, table, directory)
    manifest(known, tables, directory)
    maps(known, tables, directory)
    city_rate(known, tables, directory)
    for name in ("report.da.html", "report.en.html", "report.da.md", "report.en.md"):
        report(known, tables, directory, name)
    return known
