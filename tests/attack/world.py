"""Made-up projects with people to protect: areas with irregular borders, two zones that overlap
them, towns, residents, and a table of persons with keys; each from a seed, with the truth kept
in memory."""
import math
import os
import random

EAST, NORTH, SIDE = 724000.0, 6175000.0, 1000.0
MONTHS = tuple(range(1, 13))
BEFORE = 0  # the slot of records from 2016, which no table of 2017 counts
KINDS = ("theft", "assault", "threat")
POINTS = 1000  # by which pieces are found, in the whole and in each zone
BANDS = (200, 500)  # metres outside each zone that its card counts in
KEYS = b"rec-"  # every record's key begins so, and nothing else does
NOWHERE = "nowhere"  # piece of records without coordinates
NAMES = (
    "Alstrup",
    "Brohave",
    "Damsted",
    "Egholt",
    "Fladsig",
    "Gammelvad",
    "Hulbjerg",
    "Islund",
    "Kragemose",
    "Lavring",
    "Mossebo",
)


def is_in(ring, x, y):
    """Even-odd rule; rings are open lists of corners."""
    inside = False
    x1, y1 = ring[-1]
    for x2, y2 in ring:
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
        x1, y1 = x2, y2
    return inside


def from_border(ring, x, y):
    """Metres from the nearest side."""
    least = math.inf
    x1, y1 = ring[-1]
    for x2, y2 in ring:
        dx, dy = x2 - x1, y2 - y1
        t = max(0, min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
        least = min(least, math.hypot(x1 + t * dx - x, y1 + t * dy - y))
        x1, y1 = x2, y2
    return least


def box_of(ring):
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return min(xs), min(ys), max(xs), max(ys)


class Shape:
    def __init__(self, key, name, ring):
        self.key, self.name, self.ring, self.box = key, name, ring, box_of(ring)

    def holds(self, x, y):
        west, south, east, north = self.box
        return west <= x <= east and south <= y <= north and is_in(self.ring, x, y)

    def feature(self):
        ring = [[round(x, 2), round(y, 2)] for x, y in self.ring + self.ring[:1]]
        return (
            '{"type":"Feature","properties":{"id":"%s","name":"%s"},"geometry":{"type":"Polygon",'
            '"coordinates":[%s]}}' % (self.key, self.name, ring)
        )


def collection(shapes):
    return (
        '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:25832"}},'
        '"features":[\n' + ",\n".join(s.feature() for s in shapes) + "\n]}\n"
    )


def make_areas(rng, n):
    """Cells of a lattice whose corners and middles of sides are moved; neighbours share what was
    moved."""
    columns = rng.choice([3, 4]) if n > 6 else rng.choice([2, 3])
    rows = -(-n // columns)
    moved = {}

    def at(i, j, step):
        if (i, j) not in moved:
            moved[i, j] = (
                round(EAST + SIDE * i / 2 + rng.uniform(-step, step), 2),
                round(NORTH + SIDE * j / 2 + rng.uniform(-step, step), 2),
            )
        return moved[i, j]

    around = ((0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1))
    cells = []
    for k in range(n):
        c, r = 2 * (k % columns), 2 * (k // columns)
        cells.append([at(c + i, r + j, 120) for i, j in around])
    names = rng.sample(NAMES, n)
    return [Shape("q%02d" % i, names[i], ring) for i, ring in enumerate(cells)], columns, rows


def make_zone(rng, key, name, x, y):
    """A turned rectangle around a point."""
    w, h, turn = rng.uniform(900, 1500), rng.uniform(700, 1200), rng.uniform(0, math.pi)
    ring = []
    for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        dx, dy = sx * w / 2, sy * h / 2
        ring.append(
            (
                round(x + dx * math.cos(turn) - dy * math.sin(turn), 2),
                round(y + dx * math.sin(turn) + dy * math.cos(turn), 2),
            )
        )
    return Shape(key, name, ring)


def square(key, name, west, south, side):
    return Shape(
        key,
        name,
        [(west, south), (west + side, south), (west + side, south + side), (west, south + side)],
    )


class Person:
    """One record: where (a piece), when (a month of 2017, or BEFORE), what kind."""

    __slots__ = ("piece", "month", "kind", "x", "y", "day", "key")

    def __init__(self, piece, month, kind):
        self.piece, self.month, self.kind = piece, month, kind


class World:
    """`people` is the truth. A piece is (number of the area or None, bits of zones, number of
    the town or None); where cards of zones are published also how many of the BANDS around each
    zone it lies in."""

    def __init__(self, seed, cards=False):
        self.seed, self.cards = seed, cards
        self.rng = rng = random.Random(20180601 + seed)
        n = rng.randint(4, 11)
        self.areas, columns, rows = make_areas(rng, n)
        cx, cy = EAST + SIDE * columns / 2, NORTH + SIDE * rows / 2
        self.zones = [
            make_zone(rng, "z1", "Zone one", cx - 250, cy - 150),
            make_zone(rng, "z2", "Zone two", cx + 250, cy + 150),
        ]
        self.towns = [
            square("t1", "Townby", EAST + SIDE * columns + 400, NORTH, 1500),
            square("t2", "Smallby", EAST + SIDE * columns + 400, NORTH + 1600, 800),
        ]
        self.residents = [rng.randrange(800, 9000) for _ in self.areas]
        self.focus = sorted(rng.sample(range(n), rng.randint(1, max(1, n // 3))))
        self.find_pieces(columns, rows)
        self.people = self.populate()
        self.locate(rng)

    def piece_of(self, x, y):
        area = next((i for i, a in enumerate(self.areas) if a.holds(x, y)), None)
        zones = sum(1 << k for k, z in enumerate(self.zones) if z.holds(x, y))
        town = None
        if area is None:
            town = next((i for i, t in enumerate(self.towns) if t.holds(x, y)), None)
        return (area, zones, town) + (self.bands_of(area, zones, x, y) if self.cards else ())

    def bands_of(self, area, zones, x, y):
        """Of the study area alone, which all areas make."""
        bands = []
        for k, z in enumerate(self.zones):
            out = area is not None and not zones >> k & 1
            metres = from_border(z.ring, x, y) if out else math.inf
            bands.append(sum(metres <= b for b in BANDS))
        return tuple(bands)

    def find_pieces(self, columns, rows):
        """Pieces of a hectare or more (an outsider takes smaller ones for empty), and points two
        metres or more inside each: where its people may be put."""
        self.spots, met = {}, {}
        wide, high = SIDE * columns + 2200, max(SIDE * rows + 600, 2900)
        boxes = [(EAST - 300, NORTH - 300, EAST - 300 + wide, NORTH - 300 + high)]
        boxes += [z.box for z in self.zones]
        points = POINTS * 3 if self.cards else POINTS
        for west, south, east, north in boxes:
            hectares = (east - west) * (north - south) / 1e4 / points
            for _ in range(points):
                x = round(self.rng.uniform(west, east), 2)
                y = round(self.rng.uniform(south, north), 2)
                piece = self.piece_of(x, y)
                met.setdefault(piece, []).append((x, y, hectares))
        for piece, points in met.items():
            inside = [
                (x, y)
                for x, y, _ in points
                if all(
                    self.piece_of(x + dx, y + dy) == piece
                    for dx, dy in ((2, 2), (-2, 2), (2, -2), (-2, -2))
                )
            ]
            each = [h for _, _, h in points]
            if inside and max(h * each.count(h) for h in set(each)) >= 1:
                self.spots[piece] = inside

    def populate(self):
        """Areas with nobody, few, some and many; months and kinds that are unlike."""
        rng, people = self.rng, []
        months = [rng.random() ** 2 + 0.05 for _ in MONTHS]
        sizes = (
            lambda: 0,
            lambda: rng.randint(1, 4),
            lambda: rng.randint(5, 15),
            lambda: rng.randint(16, 70),
        )
        for i in range(len(self.areas)):
            pieces = sorted((p for p in self.spots if p[0] == i), key=repr)
            weights = [len(self.spots[p]) * rng.choice([0.1, 1, 3]) for p in pieces]
            for _ in range(rng.choices(sizes, (1, 2, 3, 3))[0]()):
                people.append(
                    Person(
                        rng.choices(pieces, weights)[0],
                        rng.choices(MONTHS, months)[0],
                        rng.choices(KINDS, (6, 3, 1))[0],
                    )
                )
        beyond = sorted((p for p in self.spots if p[0] is None), key=repr)
        for _ in range(rng.choice([0, 2, 7, 19])):
            people.append(
                Person(rng.choice(beyond), rng.choices(MONTHS, months)[0], rng.choice(KINDS))
            )
        for _ in range(rng.choice([0, 3, 8])):
            people.append(Person(NOWHERE, rng.choices(MONTHS, months)[0], rng.choice(KINDS)))
        for _ in range(rng.choice([0, 4, 12])):
            people.append(
                Person(rng.choice(sorted(self.spots, key=repr)), BEFORE, rng.choice(KINDS))
            )
        return people

    def locate(self, rng):
        """New coordinates, days, keys and order for all: nothing of these may ever be seen."""
        rng.shuffle(self.people)
        for p in self.people:
            p.key = "%s%08x" % (KEYS.decode(), rng.getrandbits(32))
            p.day = rng.randint(1, 28)
            if p.piece != NOWHERE:
                x, y = rng.choice(self.spots[p.piece])
                p.x, p.y = round(x + rng.uniform(-1, 1), 2), round(y + rng.uniform(-1, 1), 2)

    def count(self, takes):
        return sum(1 for p in self.people if takes(p))

    # ---- files -------------------------------------------------------------------------------
    def write(self, directory, recipe):
        os.makedirs(directory, exist_ok=True)
        files = {
            "areas.geojson": collection(self.areas),
            "zones.geojson": collection(self.zones),
            "towns.geojson": collection(self.towns),
            "recipe.yaml": recipe,
            "population.csv": "area,residents\n"
            + "".join("%s,%d\n" % (a.key, n) for a, n in zip(self.areas, self.residents))
            + "".join("%s,%d\n" % (z.key, 2500) for z in self.zones),
            "public.csv": self.public_events(),
            "people.csv": self.table(),
        }
        for name, text in files.items():
            with open(os.path.join(directory, name), "w", encoding="utf-8") as f:
                f.write(text)

    def table(self):
        rows = ["key,date,kind,x,y\n"]
        for p in self.people:
            where = ("", "") if p.piece == NOWHERE else ("%.2f" % p.x, "%.2f" % p.y)
            date = (
                "2016-07-%02d" % p.day if p.month == BEFORE else "2017-%02d-%02d" % (p.month, p.day)
            )
            rows.append("%s,%s,%s,%s,%s\n" % ((p.key, date, p.kind) + where))
        return "".join(rows)

    def public_events(self):
        """Events that anybody may see, for the focus: the same whoever the people are."""
        rng = random.Random(self.seed)
        rows = ["date,x,y\n"]
        for _ in range(80):
            spots = self.spots[
                rng.choice(sorted((p for p in self.spots if p[0] is not None), key=repr))
            ]
            x, y = rng.choice(spots)
            rows.append(
                "2017-%02d-%02d,%.2f,%.2f\n" % (rng.randint(1, 12), rng.randint(1, 28), x, y)
            )
        return "".join(rows)
