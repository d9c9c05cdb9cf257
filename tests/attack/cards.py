"""What cards of zones say of how many people are in the study area, in a zone and around it."""
import json
import os
import re

from facts import in_area, read_table
from world import KINDS

FROM_IN = ("rate_inside", "density_inside")
FROM_BOTH = ("capture", "capture_low", "capture_high", "pai", "pai_residents", "rate_outside")
FROM_BOTH += ("rate_ratio", "rate_ratio_low", "rate_ratio_high", "density_outside", "density_ratio")
FROM_BOTH += ("density_ratio_low", "density_ratio_high")
# what would place single events
PLACING = re.compile(
    r"pei|leakage.50|leakage.100|inside.\d+|null_.*|frontier_capture|efficiency|hot_km2|iou_.*"
    r"|precision|recall.*|hausdorff_.*|capture_jitter_.*|events_part|finds|hit_rate.*"
)


def band(zone, least):
    return lambda p: in_area(p) and p[3 + zone] >= least


def counts_of_card(zone):
    """What the counts of a card take."""
    return {
        "events_in": lambda p: in_area(p) and p[1] >> zone & 1,
        "events_total": in_area,
        "leakage_200": band(zone, 2),
        "leakage_500": band(zone, 1),
    }


def card_column(known, table, row, zone, before, months):
    """One period of one card: its counts, and that nothing is told that follows from hidden ones."""
    hidden = row[before + "hidden"].replace(".", "_").split()

    def of(takes, kinds):
        return known.where(lambda p, m, k: m in months and k in kinds and takes(p))

    counts = {k: (of(takes, table.kinds), k) for k, takes in counts_of_card(zone).items()}
    if table.searches:
        counts["searches"] = (of(counts_of_card(zone)["events_in"], KINDS), "searches")
    for key, (members, what) in counts.items():
        source = "%s: %s %s%s" % (table.name, row["id"], before, what)
        if row[before + key]:
            known.know(members, float(row[before + key]), float(row[before + key]), source)
        else:
            known.withhold(members, source)
        if (key in hidden) == bool(row[before + key]):
            known.odd.append(source + ": is told to be hidden and is not, or the other way about")
    blank = [k for k in ("events_in", "events_total") if not row[before + k]]
    for key, text in row.items():
        key = key[len(before):] if key.startswith(before) else ""
        follows = key in FROM_BOTH and blank or key in FROM_IN and "events_in" in blank
        if text and (follows or PLACING.fullmatch(key)):
            known.odd.append("%s: %s has %s%s" % (table.name, row["id"], before, key))
    per_event = row[before + "searches_per_event"]
    if per_event and ("events_in" in blank or not row[before + "searches"]):
        known.odd.append("%s: searches per event of a hidden count" % table.name)


HOLDS = re.compile(r"holds? (?:([\d,]+|none) of (?:the )?([\d,]+)|all ([\d,]+)) events")
ON_SHEET = re.compile(r"Zone (one|two) ([\d,]+)(?: on|[.;])")
OF_ALL = re.compile(r"Of ([\d,]+) events and of the land")


def tell(known, members, count, source):
    """A sentence: of a count that a table shows too."""
    if any(members == hidden for hidden, _ in known.hidden):
        known.odd.append(source + ": tells a hidden count")
    known.know(members, count, count, source)


def whole_of(text):
    return 0 if text == "none" else int(text.replace(",", ""))


def say_card(known, table, zone, months, text, source):
    """"holds 12 of the 60 events" in a statement or a caption."""
    found = HOLDS.search(text)
    if not found:
        return
    held, total = (found[1], found[2]) if found[1] else (found[3], found[3])
    for key, count in (("events_in", whole_of(held)), ("events_total", whole_of(total))):
        takes = counts_of_card(zone)[key]
        members = known.where(lambda p, m, k: m in months and k in table.kinds and takes(p))
        tell(known, members, count, source)


def card_words(known, table, directory):
    with open(os.path.join(directory, "tables/%s.json" % table.name), encoding="utf-8") as f:
        said = json.load(f)["zones"]
    for zone, card in enumerate(said):
        parts = card["statement_en"].split("later period")
        for (before, months), text in zip(table.columns, parts):
            source = "%s.json: statement %d %s" % (table.name, zone + 1, before)
            say_card(known, table, zone, months, text, source)
        for column in (card, card["later"] or {}):
            for key in FROM_IN + FROM_BOTH:
                if column.get(key) is not None and column["events_in"] is None:
                    known.odd.append("%s.json: %s of a hidden count" % (table.name, key))
    maps = os.path.join(directory, "maps")
    for name in os.listdir(maps) if os.path.isdir(maps) else []:
        if name.startswith(table.name) and (".alt.en" in name or ".caption.en" in name):
            with open(os.path.join(maps, name), encoding="utf-8") as f:
                sheet_words(known, table, f.read(), name)


def sheet_words(known, table, text, name):
    months = table.columns[0][1]

    def of(takes):
        return known.where(lambda p, m, k: m in months and k in table.kinds and takes(p))

    for total in OF_ALL.findall(text):
        tell(known, of(in_area), whole_of(total), name)
        for which, count in ON_SHEET.findall(text):
            takes = counts_of_card(("one", "two").index(which))["events_in"]
            tell(known, of(takes), whole_of(count), name)


def cards(known, table, directory):
    rows = read_table(directory, "tables/%s.csv" % table.name)
    for zone, row in enumerate(rows):
        for before, months in table.columns:
            card_column(known, table, row, zone, before, months)
    card_words(known, table, directory)
