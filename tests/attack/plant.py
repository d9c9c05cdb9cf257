"""Leaks put into a run's files on purpose: each must be found, or the attacker is blind."""
import base64
import csv
import json
import os
import sqlite3
import struct
import zlib

import leaks
from world import KEYS, NOWHERE


def rewrite(path, change):
    with open(path, encoding="utf-8") as f:
        text = f.read()
    with open(path, "w", encoding="utf-8") as f:
        f.write(change(text))


# ---- records -----------------------------------------------------------------------------------
def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def in_png(directory, text):
    pixels = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(
        b"IDAT", zlib.compress(b"\0\0")
    )
    note = chunk(b"iTXt", b"note\0\1\0\0\0" + zlib.compress(text.encode()))
    with open(os.path.join(directory, "planted.png"), "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + pixels + note + chunk(b"IEND", b""))


def in_pdf(directory, text):
    """An object within a packed stream of objects, as newer PDFs have them."""
    inner = b"(" + text.encode() + b")"
    packed = zlib.compress(b"4 0 " + inner)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Note 4 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        % (len(packed), packed),
    ]
    data, places = b"%PDF-1.5\n", []
    for i, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (i, body)
    start = len(data)
    rows = struct.pack(">BHB", 0, 0, 0) + b"".join(struct.pack(">BHB", 1, p, 0) for p in places)
    rows += struct.pack(">BHB", 2, 3, 0) + struct.pack(">BHB", 1, start, 0)
    data += (
        b"5 0 obj\n<</Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Length %d>>"
        b"stream\n%s\nendstream\nendobj\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(rows), rows, start)
    )
    with open(os.path.join(directory, "planted.pdf"), "wb") as f:
        f.write(data)


def in_gpkg(directory, value):
    base = sqlite3.connect(os.path.join(directory, "planted.gpkg"))
    base.execute("CREATE TABLE planted (v)")
    base.execute("INSERT INTO planted VALUES (?)", (value,))
    base.commit()
    base.close()


def in_html(directory, text):
    packed = base64.b64encode(text.encode()).decode()
    with open(os.path.join(directory, "planted.html"), "w", encoding="utf-8") as f:
        f.write('<img src="data:text/plain;base64,%s">' % packed)


def in_text(directory, text):
    with open(os.path.join(directory, "planted.csv"), "w", encoding="utf-8") as f:
        f.write(text)


def on_map(world, directory):
    """A circle where each record lies, on the first map that there is."""
    about = sorted(n for n in os.listdir(directory + "/maps") if n.endswith(".json"))[0]
    with open(os.path.join(directory, "maps", about), encoding="utf-8") as f:
        frame = json.load(f)["frame"]
    per_metre = 1000 / frame["scale"] * 50
    spots = [
        ((p.x - frame["west"]) * per_metre + 311, (frame["north"] - p.y) * per_metre + 407)
        for p in leaks.people_at(world)
    ]
    marks = "".join('<path d="M %.3f %.3f h 1"/>' % spot for spot in spots)
    rewrite(
        os.path.join(directory, "maps", about[:-5] + ".svg"),
        lambda t: t.replace("</svg>", marks + "</svg>"),
    )


def records(world):
    """(what, how to plant it) of a record: by key and by coordinates."""
    p = next(p for p in world.people if p.piece != NOWHERE)
    lon, lat = leaks.degrees(p.x, p.y)
    assert p.key.encode().startswith(KEYS)
    return [
        ("a key in a PNG's packed text", lambda d: in_png(d, p.key)),
        ("a key in a PDF's stream of objects", lambda d: in_pdf(d, p.key)),
        ("a key in a GeoPackage", lambda d: in_gpkg(d, p.key)),
        ("a key in a page's base64", lambda d: in_html(d, p.key)),
        ("metres with one decimal", lambda d: in_text(d, "%.1f;%.1f" % (p.x, p.y))),
        ("whole metres", lambda d: in_text(d, "%.0f %.0f" % (p.x, p.y))),
        ("degrees with five decimals", lambda d: in_text(d, "POINT(%.5f %.5f)" % (lon, lat))),
        ("coordinates as numbers of a blob", lambda d: in_gpkg(d, struct.pack("<2d", p.x, p.y))),
        ("marks on a map", lambda d: on_map(world, d)),
    ]


# ---- counts ------------------------------------------------------------------------------------
def show_all_but_one(directory, table, truth):
    """The counts of all hidden areas but the first, which the total then gives away."""
    path = os.path.join(directory, "tables", table.name + ".csv")
    with open(path, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    for row in [r for r in rows if r["state"] == "hidden"][1:]:
        row["events"], row["state"] = truth[row["area"]], "ok"
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, rows[0].keys())
        out.writeheader()
        out.writerows(rows)


def tell_in_manifest(directory, name, key, number):
    def change(text):
        said = json.loads(text)
        said["analyses"][name][key] = {"placed": number}
        return json.dumps(said)

    rewrite(os.path.join(directory, "manifest.json"), change)


def show_in_list(directory, n):
    """The first hidden sum of all areas in the list of counts."""

    def change(text):
        lines = text.split("\n")
        at = next(i for i, line in enumerate(lines) if ",0,,,2" in line and ",hidden,," in line)
        lines[at] = lines[at].replace(",hidden,,", ",shown,%d," % n)
        return "\n".join(lines)

    rewrite(os.path.join(directory, "release.csv"), change)


def totals(table, n):
    """(what, how to plant it) of a total that the tables withhold: in one sentence, one row, one
    caption or one number of one file."""

    def after(name, text):
        heading = "\n## %s\n\n" % table.titles[".en." in name]
        return lambda d: rewrite(os.path.join(d, name), lambda t: t + heading + text)

    def in_page(text):
        heading = "<h2>%s</h2>" % table.titles[1]
        return lambda d: rewrite(
            os.path.join(d, "report.en.html"),
            lambda t: t.replace("</body>", heading + text + "</body>"),
        )

    return [
        ("a total in a sentence", after("report.da.md", "%d placeret i et område.\n" % n)),
        ("a total in a row", after("report.en.md", "| **Together** | **%d** | |\n" % n)),
        ("a total in a page", in_page("<p>7 reports: %d placed in an area.</p>" % n)),
        (
            "a total in a page's row",
            in_page("<table><tr><td>Together</td><td>%d</td></tr></table>" % n),
        ),
        ("a total in the manifest", lambda d: tell_in_manifest(d, table.name, "events", n)),
        ("a total in the list of counts", lambda d: show_in_list(d, n)),
    ]


def sums_of_focus(table, n):
    """The same of a focus: all of its events, in its JSON, in its statement, by period or as the last
    step of broadening."""
    path = "tables/%s" % table.name

    def said(key, value):
        def change(text):
            told = json.loads(text)
            told[key] = value
            return json.dumps(told)

        return lambda d: rewrite(os.path.join(d, path + ".json"), change)

    def table_of(end, header, row):
        def put(directory):
            with open(os.path.join(directory, path + end), "w", encoding="utf-8") as f:
                f.write("%s\n%s\n" % (header, row))

        return put

    columns = "period,events,outside,mean_x,mean_y,ellipse_major_m,ellipse_minor_m"
    steps = "step,id,events,capture,best_capture"
    statement = "Of %d reports, 0 lie in areas outside the focus" % n
    return [
        ("the events of a focus", said("events", n)),
        ("the events of a focus in its statement", said("statement_en", statement)),
        ("a period of a focus", table_of("-periods.csv", columns, "2017,%d,,,,," % n)),
        ("a step of broadening", table_of("-frontier.csv", steps, "0,,%d,1," % n)),
    ]


# ---- cards of zones ----------------------------------------------------------------------------
def of_cards(table, zone, n):
    """The same of a card whose count is hidden: as a share, a rate, a p of placements, in its
    statement or on its sheet."""
    path = "tables/%s" % table.name

    def cell(key, text):
        def put(directory):
            name = os.path.join(directory, path + ".csv")
            with open(name, encoding="utf-8", newline="") as f:
                rows = list(csv.DictReader(f))
            rows[zone][key] = text
            with open(name, "w", encoding="utf-8", newline="") as f:
                out = csv.DictWriter(f, rows[0].keys())
                out.writeheader()
                out.writerows(rows)

        return put

    def said(key, value):
        def change(text):
            told = json.loads(text)
            told["zones"][zone][key] = value
            return json.dumps(told)

        return lambda d: rewrite(os.path.join(d, path + ".json"), change)

    holds = "It holds %d of 99 events" % n

    def on_sheet(directory):
        os.makedirs(os.path.join(directory, "maps"), exist_ok=True)
        with open(os.path.join(directory, "maps", table.name + ".alt.en.txt"), "w") as f:
            f.write("Of 99 events and of the land: Zone %s %d on 7%%." % (("one", "two")[zone], n))

    return [
        ("a share of a hidden count of a card", cell("capture", "0.25")),
        ("a rate of a hidden count of a card", cell("rate_inside", "1.5")),
        ("placements of hidden events", cell("null_p", "0.5")),
        ("a hidden count of a card that is shown", cell("events_in", str(n))),
        ("a rate in a card's JSON", said("density_inside", 2.5)),
        ("a hidden count in a card's statement", said("statement_en", holds)),
        ("a hidden count on a sheet of zones", on_sheet),
    ]
