"""What else the files of a run say of counts: reports in both languages, captions, the manifest and
the JSON of maps."""
import json
import os
import re
from html.parser import HTMLParser

import cards
from cards import counts_of_card
from facts import READERS, Known, count_of, in_area, place_of, read_table, take_row
from world import KINDS, NOWHERE


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
    for key, count in (numbers or {}).items():
        if key in sets and count is not None:
            known.know(sets[key], count, count, "%s: %s" % (source, key))


def manifest(known, tables, directory):
    with open(os.path.join(directory, "manifest.json"), encoding="utf-8") as f:
        said = json.load(f)
    for table in tables:
        here = said.get("analyses", {}).get(table.name, {})
        know_fates(known, table, here.get("events"), "manifest.json")
        sets = fates(known, table)
        for key, tens in (here.get("events_in_tens") or {}).items():
            if key in sets:
                known.know(sets[key], max(0, tens - 5), tens + 5, "manifest.json: %s in tens" % key)
    for source in said["inputs"]:
        if source["path"] == "people.csv":
            for key in ("sha256", "bytes", "rows_read", "rows_refused"):
                if key in source:
                    known.odd.append("manifest.json: people.csv has %s" % key)
            tens = source.get("rows_read_in_tens")
            if tens is not None:
                everybody = known.where(lambda p, m, k: True)
                known.know(everybody, max(0, tens - 5), tens + 5, "manifest.json: rows in tens")


def names_in(directory, kind, end):
    place = os.path.join(directory, kind)
    return [n for n in sorted(os.listdir(place)) if n.endswith(end)] if os.path.isdir(place) else []


def maps(known, tables, directory):
    for name in names_in(directory, "maps", ".json"):
        with open(os.path.join(directory, "maps", name), encoding="utf-8") as f:
            said = json.load(f)
        for table in tables:
            if said.get("analysis") == table.name:
                know_fates(known, table, said.get("events"), "maps/" + name)


# ---- the list of all counts that a run decided on --------------------------------------------------
def month_of(day):
    """Months since December 2016 began, so that January 2017 is 1."""
    return 12 * (int(day[:4]) - 2017) + int(day[5:7])


def takes_row(world, row):
    """Takes a piece, month and kind that a row of the list counts."""
    first, after = month_of(row["from"]), month_of(row["until"])
    kinds = row["kinds"].rstrip(";").split(";") if row["kinds"] else KINDS
    some = {int(n) - 1 for n in row["rows"].split(";") if n}
    number = int(row["row"]) - 1
    if row["areas"] == "zones":
        if number < 0:
            raise ValueError("release.csv: a sum over zones that overlap")
        lies_in = place_of(world, world.zones[number].key)
    elif row["areas"] == "districts":
        some = some or ({number} if number >= 0 else set(range(len(world.areas))))

        def lies_in(piece):
            return in_area(piece) and piece[0] in some

    elif row["areas"].startswith("cards"):
        keys = ("events_in", "leakage_200", "leakage_500")
        card = counts_of_card((number - 1) // 3 if number else 0)
        lies_in = card[keys[(number - 1) % 3] if number else "events_total"]
    else:
        raise ValueError("release.csv: areas " + row["areas"])
    return lambda p, m, k: first <= m < after and k in kinds and lies_in(p)


def release_list(known, directory):
    """Also counts that stand in no table: of a change the period that need not be hidden."""
    for row in read_table(directory, "release.csv") or []:
        members = known.where(takes_row(known.world, row))
        source = "release.csv: %s %s %s..%s" % (
            row["area"] or row["rows"] or "all",
            row["kinds"],
            row["from"],
            row["until"],
        )
        take_row(known, row, members, "events", source, LISTED)


LISTED = ("source", "hide_below", "areas", "borders", "row", "area", "rows", "from", "until")
LISTED += ("kinds", "state")


# ---- reports -----------------------------------------------------------------------------------
class Page(HTMLParser):
    """Lines of a page as Markdown has them: headings, paragraphs, rows of tables."""

    def __init__(self):
        super().__init__()
        self.lines, self.row, self.drawn = [""], None, 0

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.row = []
        elif tag in ("td", "th"):
            self.row.append("")
        elif tag in ("svg", "style"):
            self.drawn += 1
        elif tag == "h2":
            self.lines.append("## ")
        elif tag in ("p", "li", "figcaption", "table"):
            self.lines.append("")

    def handle_endtag(self, tag):
        if tag == "tr":
            self.lines += ["|" + "|".join(self.row) + "|", ""]
            self.row = None
        elif tag in ("svg", "style"):
            self.drawn -= 1
        elif tag == "h2":
            self.lines.append("")

    def handle_data(self, data):
        if self.drawn:
            return
        data = data.replace("\n", " ")
        if self.row:
            self.row[-1] += data
        elif self.row is None:
            self.lines[-1] += data


def lines_of(directory, name):
    with open(os.path.join(directory, name), encoding="utf-8") as f:
        text = f.read()
    if not name.endswith(".html"):
        return text.splitlines()
    page = Page()
    page.feed(text)
    return page.lines


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


def cells_of(line):
    return [c.strip(" *") for c in line.strip("|").split("|")]


def report(known, tables, directory, name):
    """Fates in sentences and tables, and rows of totals; a heading says of which table."""
    about = {word: t for t in tables if t.what == "rates" for word in t.titles}
    table, header = None, []
    for line in lines_of(directory, name):
        if line.startswith("## "):
            table = about.get(line[3:].strip())
        elif line.startswith("|"):
            row = cells_of(line)
            if row[0] in ("Area", "Område", "Analysis", "Analyse"):
                header = row
            elif header and header[0] in ("Analysis", "Analyse") and row[0] in about:
                tell_fates(known, about[row[0]], header, row, name)
            elif table and row[0] in ("Together", "Tilsammen", "I alt"):
                total = next((whole(c) for c in row[1:] if whole(c) is not None), None)
                know_fates(known, table, {"placed": total}, name + " (together)")
        elif table:
            for key, (en, da, _, _) in FATES.items():
                for found in re.findall(r"([\d.,]*\d) (?:%s|%s)" % (en, da), line):
                    know_fates(known, table, {key: whole(found)}, name)


def tell_fates(known, table, header, row, name):
    for heading, cell in zip(header, row):
        for key, spoken in FATES.items():
            if heading in spoken[2:]:
                know_fates(known, table, {key: whole(cell)}, name + " (fates)")


# ---- captions ----------------------------------------------------------------------------------
def years_of(months):
    days = sum((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[m - 1] for m in months)
    return days / 365


WHOLE = (
    ("maps", r"the city as a whole has ([\d,]+\.\d+)"),
    ("charts", r"all periods together ([\d,]+\.\d+)"),
    ("charts", r"that of all of the city, ([\d,]+\.\d+)"),
)


def people_per(known, table, text):
    """How many people a rate of 1 of a caption stands for: of so many residents and years, or of as
    many months or quarters as the days make."""
    part = re.search(r"per (month|quarter), [^(]*\(", text)
    if part:
        return years_of(table.months) * (12 if part[1] == "month" else 4)
    return sum(known.world.residents) / 1000 * years_of(table.months)


def captions(known, tables, directory):
    """A rate of all areas together is so many people, give or take its rounding."""
    for kind, words in WHOLE:
        for name in names_in(directory, kind, ".en.md") + names_in(directory, kind, ".en.txt"):
            with open(os.path.join(directory, kind, name), encoding="utf-8") as f:
                text = f.read()
            found = re.search(words, text, re.I)
            for table in tables:
                if not found or name.split(".")[0] not in table.pictures:
                    continue
                rate = float(found[1].replace(",", ""))
                half = 0.51 * 10 ** -len(found[1].split(".")[1])
                people = people_per(known, table, text)
                all_of = count_of(known, table, "all")
                known.know(all_of, max(0, (rate - half) * people), (rate + half) * people, name)


def read(world, tables, directory):
    """Everything that the files of one run say."""
    known = Known(world, any(t.what != "residents" for t in tables))
    for table in tables:
        read_one = cards.cards if table.what == "cards" else READERS[table.what]
        read_one(known, table, directory)
    release_list(known, directory)
    manifest(known, tables, directory)
    maps(known, tables, directory)
    captions(known, tables, directory)
    for name in ("report.da.html", "report.en.html", "report.da.md", "report.en.md"):
        report(known, tables, directory, name)
    return known
