"""Project files that publish counts of people, and what each table of theirs counts."""
import random

from world import KINDS, MONTHS

HEAD = """name: attack
title: {da: Prøve, en: Trial}
languages: [da, en]
date: 2018-06-01
areas:
  - name: districts
    source: areas.geojson
    title: {da: kvarterer, en: districts}
    place: {da: Byen, en: the city}
%spopulation: {source: population.csv, key: area, value: residents}
style: {export: {formats: [%s]}}
"""
ZONES = """  - {name: zones, source: zones.geojson, overlap: true, title: {da: zoner, en: zones}}
"""
SENSITIVE = """events:
  source: people.csv
  crs: EPSG:25832
  time: date
  kind: kind
  sensitive: true
  title: {da: anmeldelser, en: reports}
  one: {da: anmeldelse, en: report}
"""
PUBLIC = """events: {source: public.csv, crs: EPSG:25832, time: date, public: true}
"""
PERIODS = {
    "2017": MONTHS,
    "2017-01..2017-06": MONTHS[:6],
    "2017-04..2017-12": MONTHS[3:],
    "2017-06": MONTHS[5:6],
}
TITLES = (("Første", "First"), ("Anden", "Second"), ("Tredje", "Third"), ("Fjerde", "Fourth"))
SERIES_MOST = 4  # areas of one chart


class Table:
    """One published table: `what` it is, its `name` and `file`, the months and kinds that it
    counts, the titles of its section, and the pictures whose captions tell its total."""

    def __init__(self, what, name, months=MONTHS, kinds=KINDS):
        self.what, self.name, self.file = what, name, name
        self.months, self.kinds = frozenset(months), frozenset(kinds)
        self.after, self.titles = frozenset(), ()
        self.focus = ()  # numbers of its areas
        self.columns = ()  # of cards: what stands before a key, with its months
        self.searches = False  # of cards: all records are searches too
        self.pictures = set()


def quoted(words):
    return "[" + ", ".join(words) + "]"


class Recipe:
    """Lines of a project file, with the tables that come of them."""

    def __init__(self, formats, zones=False):
        self.zones, self.tables = zones, []
        self.text = HEAD % (ZONES if zones else "", formats) + SENSITIVE
        self.analyses, self.maps, self.charts, self.changes = [], [], [], []
        self.focuses, self.cards = [], []

    def analysis(self, period, kinds):
        name = "table%d" % (len(self.analyses) + 1)
        da, en = TITLES[len(self.analyses) % 4]
        line = "{name: %s, events: events, period: %s, title: {da: %s, en: %s}" % (
            name,
            period,
            da,
            en,
        )
        if len(kinds) < len(KINDS):
            line += ", kinds: " + quoted(kinds)
        if self.zones:
            line += ", areas: [districts, zones]"
        self.analyses.append(line + "}")
        table = Table("rates", name, PERIODS[period], kinds)
        table.titles = (da, en)
        self.tables.append(table)
        if self.zones:
            other = Table("rates", name, PERIODS[period], kinds)
            other.file, other.pictures = name + "-zones", set()
            self.tables.append(other)
        return table

    def map(self, table, more=""):
        self.maps.append("{name: %s-map, analysis: %s%s}" % (table.name, table.name, more))
        table.pictures.add(table.name + "-map")

    def chart(self, what, table, line):
        name = "chart%d" % (len(self.charts) + 1)
        kind = "funnel" if what == "funnel" else "series"
        self.charts.append(
            "{name: %s, kind: %s, analysis: %s, %s}" % (name, kind, table.name, line)
        )
        self.tables.append(Table(what, name, table.months, table.kinds))
        if "areas:" not in line:
            self.tables[-1].pictures.add(name)

    def change(self, kinds):
        name = "change%d" % (len(self.changes) + 1)
        line = "{name: %s, events: events, areas: districts" % name
        line += ", before: 2017-01..2017-06, after: 2017-07..2017-12"
        if len(kinds) < len(KINDS):
            line += ", kinds: " + quoted(kinds)
        self.changes.append(line + "}")
        table = Table("change", name, MONTHS[:6], kinds)
        table.after = frozenset(MONTHS[6:])
        self.tables.append(table)

    def focus(self, world):
        """Up to two foci, with draws of their own, so that all else of a seed stays as it is."""
        rng = random.Random("focus %d" % world.seed)
        for number in range(rng.choice([0, 1, 1, 2])):
            name = "focus%d" % (number + 1)
            some = rng.sample(range(len(world.areas)), rng.randint(1, len(world.areas) - 1))
            period = rng.choice(sorted(PERIODS))
            kinds = rng.choice([KINDS, KINDS, KINDS[:1], KINDS[1:]])
            line = "{name: %s, events: events, of: districts, areas: %s, period: %s" % (
                name,
                quoted(world.areas[i].key for i in some),
                period,
            )
            line += ", population: population, within: true"
            line += rng.choice(["", ", by: month", ", by: quarter"])
            if len(kinds) < len(KINDS):
                line += ", kinds: " + quoted(kinds)
            self.focuses.append(line + "}")
            self.tables.append(Table("focus", name, PERIODS[period], kinds))
            self.tables[-1].focus = frozenset(some)
            self.tables[-1].pictures.add(name)

    def zone_cards(self, rng):
        """Up to two sets of cards of the zones: of one period, or of an earlier and a later one;
        searches are all records."""
        halves = (MONTHS[:6], MONTHS[6:])
        for number in range(rng.choice([1, 1, 2])):
            name = "cards%d" % (number + 1)
            kinds = rng.choice([KINDS, KINDS, KINDS[:1], KINDS[1:]])
            line = "{name: %s, events: events, areas: districts" % name
            line += ", zones: {source: zones.geojson}"
            table = Table("cards", name, MONTHS, kinds)
            if rng.random() < 0.6:
                line += ", earlier: 2017-01..2017-06, later: 2017-07..2017-12"
                table.columns = tuple(zip(("", "later_"), map(frozenset, halves)))
            else:
                period = rng.choice(sorted(PERIODS))
                line += ", period: " + period
                table.columns = (("", frozenset(PERIODS[period])),)
            if rng.random() < 0.3:
                line += ", searches: events"
                table.searches = True
            line += rng.choice(["", ", population: population"])
            line += rng.choice(["", ", map: false"])
            if len(kinds) < len(KINDS):
                line += ", kinds: " + quoted(kinds)
            self.cards.append(line + "}")
            self.tables.append(table)

    def done(self, world):
        self.focus(world)
        text = self.text
        own = {"focus": self.focuses, "zone-cards": self.cards}
        for key in ("analyses", "maps", "charts", "changes", "focus", "zone-cards"):
            lines = own[key] if key in own else getattr(self, key)
            if lines:
                text += "%s:\n%s" % (key, "".join("  - %s\n" % line for line in lines))
            elif key not in ("changes", "focus", "zone-cards"):
                text += "%s: []\n" % key
        return text, self.tables


def rates(rng, formats, world):
    """One table of rates with its map, and mostly a funnel and a series by month or quarter."""
    r = Recipe(formats)
    table = r.analysis(
        rng.choice(sorted(PERIODS)), rng.choice([KINDS, KINDS, KINDS[:1], KINDS[1:]])
    )
    r.map(table, rng.choice(["", "", ", sizes: [column, a4]"]))
    if rng.random() < 0.8:
        r.chart("funnel", table, "widen: " + rng.choice(["true", "false"]))
    if rng.random() < 0.8:
        r.chart("series", table, "by: " + rng.choice(["month", "month", "quarter"]))
    return r.done(world)


def mixed(rng, formats, world):
    """Several periods and kinds, areas and zones that overlap them, changes, series of single
    areas."""
    r = Recipe(formats, zones=rng.random() < 0.7)
    sets = rng.sample([KINDS, KINDS[:1], KINDS[1:2], KINDS[2:], KINDS[:2]], rng.randint(1, 3))
    tables = [r.analysis(rng.choice(sorted(PERIODS)), kinds) for kinds in sets]
    r.map(tables[0])
    for table in tables:
        if rng.random() < 0.5:
            r.chart("series", table, "by: month")
        if rng.random() < 0.3:
            r.chart("series", table, "by: quarter")
        if rng.random() < 0.5:
            some = rng.sample([a.key for a in world.areas], rng.randint(1, SERIES_MOST))
            r.chart(
                "series",
                table,
                "by: %s, areas: %s" % (rng.choice(["month", "quarter"]), quoted(some)),
            )
        if r.zones and rng.random() < 0.5:
            r.chart("series", table, "set: zones, by: quarter, areas: [z1, z2]")
    if rng.random() < 0.5:
        r.change(rng.choice([KINDS, KINDS[:1]]))
    return r.done(world)


def zones(rng, formats, world):
    """Cards of two zones that overlap, beside rates of areas and zones, series and changes."""
    r = Recipe(formats, zones=rng.random() < 0.5)
    sets = rng.sample([KINDS, KINDS[:1], KINDS[1:2], KINDS[:2]], rng.randint(0, 2))
    tables = [r.analysis(rng.choice(sorted(PERIODS)), kinds) for kinds in sets]
    for table in tables:
        if rng.random() < 0.3:
            r.chart("series", table, "by: quarter")
    if rng.random() < 0.3:
        r.change(KINDS)
    r.zone_cards(rng)
    return r.done(world)


def everything(formats, world):
    """Every area and both zones by 12 months by 3 kinds, with all their sums."""
    r = Recipe(formats, zones=True)
    keys = [a.key for a in world.areas]
    for kinds in [KINDS] + [(k,) for k in KINDS]:
        table = r.analysis("2017", kinds)
        r.chart("series", table, "by: month")
        r.chart("series", table, "set: zones, by: month, areas: [z1, z2]")
        for i in range(0, len(keys), SERIES_MOST):
            r.chart("series", table, "by: month, areas: " + quoted(keys[i : i + SERIES_MOST]))
    return r.done(world)


def change(rng, formats, world):
    r = Recipe(formats)
    r.change(rng.choice([KINDS, KINDS[:1]]))
    return r.done(world)


RESIDENTS = """  - name: %s
    events: events
    areas: %s
    population: population
    period: 2017
    replicates: 39
    jitters: 19
    residents:
      source: people.csv
      crs: EPSG:25832
      %s
      title: {da: medlemmer, en: members}
"""
TOWNS = "      towns: {source: towns.geojson, id: id, label: name}\n"


def residents(rng, formats, world, rule="credit: trial"):
    """One focus or two of the same people, the second with a draw of its own."""
    text = HEAD % ("", formats) + PUBLIC + "analyses: []\nmaps: []\nfocus:\n"
    towns = TOWNS if rng.random() < 0.7 else ""
    own = random.Random("residents %d" % world.seed)
    tables = []
    for name in ("centre", "other")[: own.choice([1, 1, 2])]:
        some = own.sample(range(len(world.areas)), own.randint(1, len(world.areas) - 1))
        tables.append(Table("residents", name))
        tables[-1].focus = frozenset(some if tables[1:] else world.focus)
        keys = quoted(world.areas[i].key for i in sorted(tables[-1].focus))
        text += RESIDENTS % (name, keys, rule) + towns
    return text, tables


def choose(world):
    """A recipe of the kind that the seed asks for."""
    rng = random.Random(world.seed)
    formats = "svg, png, pdf" if world.seed % 10 == 0 else "svg"
    what = world.seed % 5
    if world.cards:
        return zones(rng, formats, world)
    if world.seed % 40 == 1:
        return everything(formats, world)
    if what in (1, 2):
        return mixed(rng, formats, world)
    if what == 3:
        return change(rng, formats, world)
    if what == 4:
        return residents(rng, formats, world)
    return rates(rng, formats, world)
