"""Project files that publish counts of people, and what each table of theirs counts."""
import random
from world import KINDS, MONTHS

HEAD = """name: attack
title: {da: Prøve, en: Trial}
languages: [da, en]
date: 2018-06-01
areas:
  source: areas.geojson
  title: {da: kvarterer, en: districts}
  place: {da: Byen, en: the city}
population: {source: population.csv, key: area, value: residents}
style: {export: {formats: [%s]}}
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
PERIODS = {"2017": MONTHS, "2017-01..2017-06": MONTHS[:6], "2017-04..2017-12": MONTHS[3:]}


class Table:
    """One published table: `what` it is, its `name`, and the months and kinds that it counts."""

    def __init__(self, what, name, months=MONTHS, kinds=KINDS, after=None, of=None):
        self.what, self.name, self.months, self.kinds = (
            what,
            name,
            frozenset(months),
            frozenset(kinds),
        )
        self.after, self.of = after and frozenset(after), of


def quoted(words):
    return "[" + ", ".join(words) + "]"


def counted(rng):
    period = rng.choice(sorted(PERIODS))
    kinds = rng.choice([KINDS, KINDS, KINDS[:1], KINDS[1:]])
    line = "period: %s" % period
    if len(kinds) < len(KINDS):
        line += ", kinds: " + quoted(kinds)
    return line, PERIODS[period], kinds


def rates(rng, formats):
    """One table of rates with its map, and mostly a funnel and a series by month or quarter."""
    line, months, kinds = counted(rng)
    text = HEAD % formats + SENSITIVE
    text += (
        "analyses:\n  - {name: first, events: events, %s, title: {da: Første, en: First}}\n" % line
    )
    text += "maps: [{name: first-map, analysis: first%s}]\n" % rng.choice(
        ["", "", ", sizes: [column, a4]"]
    )
    tables = [Table("rates", "first", months, kinds)]
    charts = []
    if rng.random() < 0.8:
        charts.append("{name: funnel, kind: funnel, widen: %s}" % rng.choice(["true", "false"]))
        tables.append(Table("funnel", "funnel", months, kinds, of="first"))
    if rng.random() < 0.8:
        charts.append(
            "{name: series, kind: series, by: %s}" % rng.choice(["month", "month", "quarter"])
        )
        tables.append(Table("series", "series", months, kinds, of="first"))
    return text + "charts: %s\n" % quoted(charts), tables


def change(rng, formats):
    line, kinds = rng.choice([("", KINDS), (", kinds: [theft]", KINDS[:1])])
    text = HEAD % formats + SENSITIVE + "analyses: []\nmaps: []\nchanges:\n"
    text += (
        "  - {name: change, events: events, before: 2017-01..2017-06, after: 2017-07..2017-12%s}\n"
        % line
    )
    return text, [Table("change", "change", MONTHS[:6], kinds, after=MONTHS[6:])]


def residents(rng, formats, world, rule="credit: trial"):
    text = HEAD % formats + PUBLIC + "analyses: []\nmaps: []\nfocus:\n"
    text += """  - name: centre
    events: events
    areas: %s
    population: population
    period: 2017
    replicates: 19
    jitters: 19
    residents:
      source: people.csv
      crs: EPSG:25832
      %s
      title: {da: medlemmer, en: members}
""" % (
        quoted(world.areas[i].key for i in world.focus),
        rule,
    )
    if rng.random() < 0.7:
        text += "      towns: {source: towns.geojson, id: id, label: name}\n"
    return text, [Table("residents", "centre")]


def choose(world):
    """A recipe of the kind that the seed asks for."""
    rng = random.Random(world.seed)
    formats = "svg, png, pdf" if world.seed % 10 == 0 else "svg"
    what = world.seed % 5
    if what == 3:
        return change(rng, formats)
    if what == 4:
        return residents(rng, formats, world)
    return rates(rng, formats)
