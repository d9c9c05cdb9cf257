#!/usr/bin/python3
"""Makes a small world and derives every figure of `hotzone zone card` and `compare` from it again, by shapely and
sums of its own: nothing of hotzone is used but what the command writes.

usage: tests/reference/zone_card.py DIR    (with hotzone on the PATH; DIR gets the world)
"""
import json
import math
import random
import subprocess
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shapely.affinity import rotate, translate
from shapely.geometry import MultiPolygon, Point, Polygon, box, mapping
from shapely.ops import unary_union
from shapely.prepared import prep

Z95 = 1.959963984540054
E, N = 720000.0, 6170000.0  # the world's corner
faults, checked = [], 0


def at(points):
    return [(E + x, N + y) for x, y in points]


# ---- the world -------------------------------------------------------------------------------
rng = random.Random(20170609)
study_parts = [Polygon(at([(0, 0), (2000, 0), (2000, 2600), (0, 2600)])),
               Polygon(at([(2000, 0), (4000, 0), (4000, 1900), (3300, 2600), (2000, 2600)]))]
study = unary_union(study_parts)
water_parts = [Polygon(at([(1500, 1000), (2600, 1150), (2400, 1500), (1450, 1400)])),
               Polygon(at([(3500, -50), (4050, -50), (4050, 400)]))]
land = study.difference(unary_union(water_parts))
areas = [(Polygon(at([(x, y), (x + 800, y), (x + 800, y + 650), (x, y + 650)])), rng.randint(300, 4000))
         for x in range(0, 4000, 800) for y in range(0, 2600, 650)]
ZONES = [
    ("plain", Polygon(at([(300, 300), (1300, 250), (1450, 900), (900, 1250), (250, 1000)]))),
    ("Å-zone, with a hole", Polygon(at([(2500, 300), (3600, 350), (3500, 1600), (2700, 1700)]),
                                    [at([(2900, 700), (3200, 700), (3200, 1000), (2900, 1000)])])),
    ("two parts", MultiPolygon([Polygon(at([(200, 1500), (900, 1500), (900, 2100), (200, 2100)])),
                                Polygon(at([(1300, 1700), (1900, 1650), (1800, 2300)]))])),
    ("over the edge", Polygon(at([(-400, 1900), (700, 1800), (800, 2900), (-300, 2800)]))),
    ("crosses the plain one", Polygon(at([(800, 600), (1800, 500), (1700, 1300), (850, 1350)]))),
    ("crosses the plain one", Polygon(at([(820, 620), (1790, 520), (1600, 1250)]))),
]
HOT = [Polygon(at([(200, 400), (1000, 400), (1000, 1000), (200, 1000)])),
       Polygon(at([(2800, 1200), (3400, 1200), (3400, 1700), (2800, 1700)]))]


def scatter(n, share):
    points = []
    while len(points) < n:
        if rng.random() < share:
            p = (E + rng.gauss(800, 220), N + rng.gauss(700, 200))
        else:
            p = (E - 100 + 4200 * rng.random(), N - 100 + 2800 * rng.random())
        points.append((round(p[0], 2), round(p[1], 2)))
    return points


EVENTS = [(x, y, "2016-%02d-15" % rng.randint(1, 12), rng.choice([0, 25, 60]))
          for x, y in scatter(420, 0.35)]
EVENTS += [(x, y, "2017-%02d-15" % rng.randint(1, 12), rng.choice([0, 25, 60]))
           for x, y in scatter(360, 0.3)]
SEARCHES = [(x, y, "201%d-05-01" % rng.randint(6, 7), rng.choice(["yes", "no", "no"]))
            for x, y in scatter(200, 0.6)]


# When the zones are in force, on the Danish clock; None: open.  An end known by the day only is the
# end of that day (not in GeoJSON, where GDAL makes it a moment).  The last two never are in 2017.
DATES = [("2017-03-10 12:00", "2017-08-15 12:00"), ("2017-01-01", "2017-12-31 23:59"),
         ("2016-06-01", "2017-02-28 23:59"), (None, "2017-06-14 23:59"), ("2018-01-01", "2018-02-01"),
         ("2017-09-01", "2017-03-01")]
clock_rng = random.Random(5)
EVENTS = [e + (clock_rng.choice(["", "11:30", "13:45"]),) for e in EVENTS]
# zone, searches, finds and date; of zone 3 one row says nothing of finds, of zone 5 there is none
COUNTED = [("z0", 40, 7, "2017-04-01"), ("z0", 21, 0, "2017-08-02"), ("z0", 9, 9, "2016-04-01"),
           ("z1", 300, 31, "2017-11-30"), ("two parts", 12, 1, "2017-02-03"), ("z3", 5, "", "2017-01-09"),
           ("z3", 6, 2, "2017-02-09"), ("z4", 0, 0, "2017-02-09"), ("nowhere", 8, 1, "2017-02-09")]


def write(folder):
    def layer(name, features):
        with open(folder + "/" + name, "w") as f:
            json.dump({"type": "FeatureCollection",
                       "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}},
                       "features": [{"type": "Feature", "properties": p, "geometry": mapping(g)}
                                    for g, p in features]}, f)
    layer("study.geojson", [(g, {"id": "part%d" % i}) for i, g in enumerate(study_parts)])
    layer("water.geojson", [(g, {"id": i}) for i, g in enumerate(water_parts)])
    layer("areas.geojson", [(g, {"id": "a%d" % i, "residents": n}) for i, (g, n) in enumerate(areas)])
    layer("zones.geojson", [(g, {"name": n}) for n, g in ZONES])
    layer("dated.geojson", [(g, {"id": "z%d" % i, "name": n, "valid_from": a, "valid_to": b})
                            for i, ((n, g), (a, b)) in enumerate(zip(ZONES, DATES))])
    layer("hot.geojson", [(g, {"id": i}) for i, g in enumerate(HOT)])
    for name, rows, head in (("events.csv", EVENTS, "x,y,date,precision_m,clock"),
                             ("counted.csv", COUNTED, "zone,searches,finds,date"),
                             ("searches.csv", SEARCHES, "x,y,date,found")):
        with open(folder + "/" + name, "w") as f:
            f.write(head + "\n")
            for r in rows:
                f.write(",".join(str(v) for v in r) + "\n")


# ---- arithmetic ------------------------------------------------------------------------------
def wilson(k, n):
    p, z2 = k / n, Z95 * Z95
    middle = (p + z2 / 2 / n) / (1 + z2 / n)
    half = Z95 * math.sqrt(p * (1 - p) / n + z2 / 4 / n / n) / (1 + z2 / n)
    return middle - half, middle + half


def binomial_at_least(k, n, p):
    if k <= 0:
        return 1.0
    return math.fsum(math.exp(math.lgamma(n + 1) - math.lgamma(j + 1) - math.lgamma(n - j + 1) +
                              j * math.log(p) + (n - j) * math.log1p(-p)) for j in range(k, n + 1))


def bisect(f):
    low, high = 1e-12, 1 - 1e-12
    for _ in range(60):
        middle = (low + high) / 2
        if f(middle) < 0.025:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def ratio(x1, b1, x2, b2):
    n = x1 + x2
    low = bisect(lambda p: binomial_at_least(x1, n, p))
    high = 1 - bisect(lambda p: binomial_at_least(x2, n, p))
    return x1 / b1 / (x2 / b2), low / (1 - low) * b2 / b1, high / (1 - high) * b2 / b1


def inside(points, g):
    p = prep(g)
    return [q for q in points if p.intersects(Point(q[0], q[1]))]


def people(g):
    g = g.intersection(land)
    dry = unary_union(water_parts)
    return sum(n * a.difference(dry).intersection(g).area / a.difference(dry).area for a, n in areas)


def circle(points):
    """Radius of the smallest circle, by trying all pairs and triples of the hull's corners."""
    best = math.inf

    def covers(cx, cy, r):
        return all(math.hypot(x - cx, y - cy) <= r * (1 + 1e-9) for x, y in points)
    for i, (ax, ay) in enumerate(points):
        for j, (bx, by) in enumerate(points[:i]):
            cx, cy, r = (ax + bx) / 2, (ay + by) / 2, math.hypot(ax - bx, ay - by) / 2
            if r < best and covers(cx, cy, r):
                best = r
            for cx0, cy0 in points[:j]:
                d = 2 * ((bx - ax) * (cy0 - ay) - (by - ay) * (cx0 - ax))
                if abs(d) < 1e-6:
                    continue
                b2, c2 = (bx - ax) ** 2 + (by - ay) ** 2, (cx0 - ax) ** 2 + (cy0 - ay) ** 2
                ux = ((cy0 - ay) * b2 - (by - ay) * c2) / d
                uy = ((bx - ax) * c2 - (cx0 - ax) * b2) / d
                r = math.hypot(ux, uy)
                if r < best and covers(ax + ux, ay + uy, r):
                    best = r
    return best


def border_points(g, step):
    for line in (g.boundary.geoms if hasattr(g.boundary, "geoms") else [g.boundary]):
        n = int(line.length / step) + 1
        for k in range(n):
            yield line.interpolate((k + 0.5) * line.length / n), line.length / n


def borders(a, b):
    """Mean, 95th percentile and greatest distance: the larger of both directions."""
    found = []
    for p, q in ((a, b.boundary), (b, a.boundary)):
        d = sorted((x.distance(q), w) for x, w in border_points(p, 2))
        total, run, p95 = sum(w for _, w in d), 0, None
        for v, w in d:
            run += w
            if run >= 0.95 * total and p95 is None:
                p95 = v
        found.append((sum(v * w for v, w in d) / total, p95, d[-1][0]))
    return [max(f[i] for f in found) for i in range(3)]


# ---- cells -----------------------------------------------------------------------------------
def cells(side=200):
    x0, y0, x1, y1 = study.bounds
    for c in range(math.floor(x0 / side), math.floor(x1 / side) + 1):
        for r in range(math.floor(y0 / side), math.floor(y1 / side) + 1):
            yield c, r, box(c * side, r * side, (c + 1) * side, (r + 1) * side)


def counts(events, side=200):
    n = {}
    for e in events:
        key = (math.floor(e[0] / side), math.floor(e[1] / side))
        n[key] = n.get(key, 0) + 1
    return n


def steps(rank, score):
    """Cells by density, equal ones together: (land, events to score) of each."""
    rows = []
    for c, r, b in cells():
        size, n = b.intersection(land).area, rank.get((c, r), 0)
        if size <= 1e-6:
            density = math.inf if n else 0
            size = 0
        else:
            density = n / size
        rows.append((density, size, score.get((c, r), 0)))
    rows.sort(key=lambda t: -t[0])
    i = 0
    while i < len(rows):
        j = i
        while j < len(rows) and (rows[j][0] == rows[i][0] or rows[j][0] >= rows[i][0] * (1 - 1e-9)):
            j += 1
        yield [t[1:] for t in rows[i:j]]
        i = j


def filled(cells_, room):
    """Events of the first cells that a room holds, the last one cut."""
    held = 0.0
    for size, n in cells_:
        held += n * min(1, room / size if size else 1)
        room -= size
        if room <= 0:
            break
    return held


def frontier(rank, score, budget):
    """The greedy curve at a budget of land, straight across equal cells; and the range by their order."""
    held = 0.0
    for tied in steps(rank, score):
        size, n = sum(t[0] for t in tied), sum(t[1] for t in tied)
        if size > budget:
            tied.sort(key=lambda t: t[1] / t[0] if t[0] else math.inf)
            least, most = filled(tied, budget), filled(tied[::-1], budget)
            return held + n * budget / size, most - least
        held += n
        budget -= size
    return held, 0.0


def hotspots(events):
    """Gi* over cells half in the study area, its exact permutation p, Benjamini and Hochberg's q."""
    n = counts(events)
    units = [(c, r) for c, r, b in cells() if b.intersection(study).area / b.area >= 0.5 - 1e-12]
    x = {u: n.get(u, 0) for u in units}
    m, tested = len(units), []
    mean = sum(x.values()) / m
    sd = math.sqrt(sum(v * v for v in x.values()) / m - mean * mean)
    for u in units:
        near = [(u[0] + i, u[1] + j) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0)]
        near = [v for v in near if v in x]
        k, s = len(near), sum(x[v] for v in near)
        others = {}
        for v in units:
            if v != u:
                others[x[v]] = others.get(x[v], 0) + 1
        ways = [{} for _ in range(k + 1)]
        ways[0][0] = 1
        for value, many in others.items():
            new = [dict(w) for w in ways]
            for t in range(k):
                for total, w in ways[t].items():
                    for j in range(1, min(many, k - t) + 1):
                        key = total + j * value
                        new[t + j][key] = new[t + j].get(key, 0) + w * math.comb(many, j)
            ways = new
        all_ways = math.comb(m - 1, k)
        high = sum(w for t, w in ways[k].items() if t >= s) / all_ways
        low = sum(w for t, w in ways[k].items() if t <= s) / all_ways
        w = k + 1
        z = (s + x[u] - w * mean) / (sd * math.sqrt((m * w - w * w) / (m - 1)))
        tested.append([min(1, 2 * min(high, low)), z, u])
    tested.sort(key=lambda t: t[0])
    q, hot = 1.0, []
    for i in range(len(tested), 0, -1):
        q = min(q, tested[i - 1][0] * len(tested) / i)
        if q <= 0.05 and tested[i - 1][1] > 0:
            c, r = tested[i - 1][2]
            hot.append(box(c * 200, r * 200, (c + 1) * 200, (r + 1) * 200))
    return unary_union(hot), len(hot)


# ---- comparison ------------------------------------------------------------------------------
def same(where, key, got, want, relative=1e-9, absolute=1e-9):
    global checked
    checked += 1
    if got is None or want is None:
        if got is not want:
            faults.append("%s: %s is %s, expected %s" % (where, key, got, want))
    elif abs(got - want) > absolute + relative * abs(want):
        faults.append("%s: %s is %.12g, expected %.12g" % (where, key, got, want))


def get(card, key):
    for part in key.split("."):
        card = card[part]
    return card


def share(a, b):
    return a / b if b else None


def check_column(where, card, g, events, searches, hot, best, ahead, populated):
    def is_(key, want, **how):
        same(where, key, get(card, key), want, **how)
    g_land = g.intersection(land)
    total = inside(events, study)
    held = inside(total, g)
    n, all_n = len(held), len(total)
    capture, part = n / all_n, g_land.area / land.area
    low, high = wilson(n, all_n)
    for key, want in (("events_in", n), ("events_total", all_n), ("capture", capture),
                      ("capture_low", low), ("capture_high", high), ("area_km2", g.area / 1e6),
                      ("study_km2", land.area / 1e6), ("land_km2", g_land.area / 1e6),
                      ("area_share", part), ("pai", capture / part),
                      ("pei", share(n, best)), ("frame_m", g.boundary.distance(study.boundary))):
        is_(key, want, absolute=1e-6 if key == "frame_m" else 1e-9)
    r = ratio(n, g_land.area / 1e6, all_n - n, (land.area - g_land.area) / 1e6)
    for key, want in zip(("density_ratio", "density_ratio_low", "density_ratio_high"), r):
        is_(key, want, relative=1e-8)
    is_("density_inside", n / g_land.area * 1e6)
    is_("density_outside", (all_n - n) / (land.area - g_land.area) * 1e6)
    if populated:
        lives, everybody = people(g), people(study)
        r = ratio(n, lives, all_n - n, everybody - lives)
        is_("residents", lives)
        is_("residents_total", everybody)
        is_("residents_share", lives / everybody)
        is_("pai_residents", capture / (lives / everybody))
        is_("rate_inside", n / lives * 1000)
        is_("rate_outside", (all_n - n) / (everybody - lives) * 1000)
        both = people(g.intersection(hot))
        is_("iou_residents", both / (lives + people(hot) - both))
    else:
        for key in ("residents", "residents_share", "pai_residents", "iou_residents"):
            is_(key, None)
        is_("rate_inside", n / g_land.area * 1e6)
    for key, want in zip(("rate_ratio", "rate_ratio_low", "rate_ratio_high"), r):
        is_(key, want, relative=1e-8)
    members, border = set(held), g.boundary
    away = [(Point(e[0], e[1]).distance(border), e in members) for e in total]
    for d in (50, 100, 200, 500):
        is_("leakage.%d" % d, sum(1 for m, within in away if m <= d and not within))
        is_("inside.%d" % d, sum(1 for m, within in away if m <= d and within))
    both = g.intersection(hot)
    in_hot, in_both = len(inside(total, hot)), len([e for e in inside(total, hot) if e in members])
    is_("hot_km2", hot.area / 1e6)
    is_("iou_area", both.area / g.union(hot).area)
    is_("precision", both.area / g.area)
    is_("recall", both.area / hot.area)
    is_("iou_events", share(in_both, n + in_hot - in_both))
    is_("recall_events", share(in_both, in_hot))
    for key, want in zip(("hausdorff_mean_m", "hausdorff_p95_m", "hausdorff_m"), borders(g, hot)):
        is_(key, want, relative=0.002, absolute=6)
    plain = g.simplify(20, preserve_topology=True)
    is_("polsby_popper", 4 * math.pi * plain.area / plain.length ** 2)
    corners = list(g.convex_hull.exterior.coords)[:-1]
    is_("reock", g.area / (math.pi * circle(corners) ** 2), relative=1e-7)
    is_("hull", g.area / g.convex_hull.area)
    polygons = list(g.geoms) if hasattr(g, "geoms") else [g]
    is_("parts", len(polygons))
    is_("holes", sum(len(p.interiors) for p in polygons))
    if searches is None:
        is_("searches", None)
    else:
        found = inside(inside(searches, study), g)
        hits = sum(1 for s in found if s[3] == "yes")
        is_("searches", len(found))
        is_("finds", hits)
        is_("hit_rate", share(hits, len(found)))
        if found:
            low, high = wilson(hits, len(found))
            is_("hit_rate_low", low)
            is_("hit_rate_high", high)
        is_("searches_per_event", share(len(found), n))
        if populated:
            is_("searches_per_1000", len(found) / people(g) * 1000)
    if ahead and ahead[1] <= ahead[0]:  # else the order of tied cells decides over more than the figure
        is_("frontier_capture", ahead[0] / ahead[2])
        is_("efficiency", ahead[3] / ahead[0])
    else:
        is_("frontier_capture", None)
        is_("efficiency", None)


def check_jitter(where, card, g, events):
    """Positions drawn again: the ends of the range within what two runs may differ by."""
    total, draws = inside(events, study), []
    near = [e for e in total if e[3] and Point(e[0], e[1]).distance(g.boundary) <= e[3]]
    doubtful = set(near)
    sure = len(inside([e for e in total if e not in doubtful], g))
    p = prep(g)
    for _ in range(400):
        n = sure
        for e in near:
            far, turn = e[3] * math.sqrt(rng.random()), 2 * math.pi * rng.random()
            n += p.intersects(Point(e[0] + far * math.cos(turn), e[1] + far * math.sin(turn)))
        draws.append(n / len(total))
    draws.sort()
    same(where, "capture_jitter_low", card["capture_jitter_low"], draws[10], absolute=1.51 / len(total))
    same(where, "capture_jitter_high", card["capture_jitter_high"], draws[-11],
         absolute=1.51 / len(total))


def check_null(where, card, g, events, populated):
    """The law again with shapely: how many are accepted and how many hold as many, within chance."""
    total, tries, placed, as_many, held = inside(events, study), 0, 0, 0, []
    n, c = len(inside(total, g)), g.centroid
    x0, y0, x1, y1 = land.bounds
    low, high = 0, 1
    while populated and people(g) >= high:
        low, high = high, high * 1.5
    ready = prep(land)
    while placed < 150 and tries < 60000:
        tries += 1
        turn, x, y = 360 * rng.random(), x0 + (x1 - x0) * rng.random(), y0 + (y1 - y0) * rng.random()
        m = translate(rotate(g, turn, origin=(c.x, c.y)), x - c.x, y - c.y)
        if not ready.contains(m) and m.intersection(land).area < 0.9 * m.area:
            continue
        if populated and not low <= people(m) < high:
            continue
        placed += 1
        k = len(inside(total, m))
        held.append(k)
        as_many += k >= n
    rate, p = placed / tries, (1 + as_many) / (1 + placed)
    same(where, "null_accepted", card["null_accepted"], rate,
         absolute=0.003, relative=5 * math.sqrt(1 / placed))
    same(where, "null_p_high", card["null_p_high"], p, absolute=0.01 + 5 * math.sqrt(p * (1 - p) / placed))
    held.sort()
    spread = 3 * (held[3 * placed // 4] - held[placed // 4]) / math.sqrt(placed)
    same(where, "null_events_median", card["null_events_median"], held[placed // 2],
         absolute=1 + 2 * spread)
    if populated:
        same(where, "null_residents_low", card["null_residents_low"], low, relative=1e-9)
        same(where, "null_residents_high", card["null_residents_high"], high, relative=1e-9)


def newcombe(a, b, c, d):
    """Difference of paired shares with his limits of method 10 (1998, Stat. Med. 17:2635)."""
    n = a + b + c + d
    p1, p2 = (a + b) / n, (a + c) / n
    (l1, u1), (l2, u2) = wilson(a + b, n), wilson(a + c, n)
    cross, margins = a * d - b * c, math.sqrt((a + b) * (c + d) * (a + c) * (b + d))
    phi = 0 if not margins else (max(cross - n / 2, 0) if cross > 0 else cross) / margins

    def joined(x, y):
        return math.sqrt(x * x - 2 * phi * x * y + y * y)
    return p1 - p2, p1 - p2 - joined(p1 - l1, u2 - p2), p1 - p2 + joined(u1 - p1, p2 - l2)


def check_compare(folder):
    """Pairs of zones, and what each holds alone."""
    compared = run(folder, "--test", "2017", "--train", "2016", "--population",
                   folder + "/areas.geojson", command="compare")["comparisons"]
    for which, year in zip(compared, ("2016", "2017")):
        total = inside([e for e in EVENTS if e[2].startswith(year)], study)
        held = [set(inside(total, g)) for _, g in ZONES]
        for pair in which["pairs"]:
            i, j = int(pair["number_a"]) - 1, int(pair["number_b"]) - 1
            where = "%s, %s against %s" % (year, ZONES[i][0], ZONES[j][0])
            a, b, c = len(held[i] & held[j]), len(held[i] - held[j]), len(held[j] - held[i])
            d, low, high = newcombe(a, b, c, len(total) - a - b - c)
            both, any_ = ZONES[i][1].intersection(ZONES[j][1]), ZONES[i][1].union(ZONES[j][1])
            tail = sum(math.comb(b + c, k) for k in range(max(b, c), b + c + 1)) / 2 ** (b + c)
            for key, want in (("events_both", a), ("events_a_alone", b), ("events_b_alone", c),
                              ("events_neither", len(total) - a - b - c), ("difference", d),
                              ("difference_low", low), ("difference_high", high),
                              ("mcnemar_p", min(1, 2 * tail)), ("shared_km2", both.area / 1e6),
                              ("iou_area", both.area / any_.area),
                              ("shared_residents", people(both))):
                same(where, key, pair[key], want, absolute=1e-6 if key == "shared_residents" else 1e-9)
            for key, want in (("bootstrap_low", low), ("bootstrap_high", high)):
                same(where, key, pair[key], want, absolute=0.12 * (high - low) + 1 / len(total))
        for i, alone in enumerate(which["alone"]):
            others = unary_union([g for k, (_, g) in enumerate(ZONES) if k != i])
            left = ZONES[i][1].difference(others)
            same(year, "events_alone", alone["events_alone"],
                 len(held[i] - set().union(*[h for k, h in enumerate(held) if k != i])))
            same(year, "km2_alone", alone["km2_alone"], left.area / 1e6)
            same(year, "residents_alone", alone["residents_alone"], people(left), absolute=1e-6)


# ---- the time in force -----------------------------------------------------------------------
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def moment(text, end=False):
    """UTC; the end of a day where only the day is known or it is its last minute."""
    day = len(text) == 10
    t = datetime.strptime(text, "%Y-%m-%d" if day else "%Y-%m-%d %H:%M")
    if end and (day or text.endswith("23:59")):
        t = t.replace(hour=0, minute=0) + timedelta(days=1)
    return t.replace(tzinfo=COPENHAGEN).astimezone(ZoneInfo("UTC"))


def span(dates):
    open_from, open_until = moment("1900-01-01"), moment("2900-01-01")
    return (moment(dates[0]) if dates[0] else open_from,
            moment(dates[1], True) if dates[1] else open_until)


def in_force(event, dates):
    """2: wholly, 1: in part, 0: not."""
    start, end = span(dates)
    if start >= end:
        return 0
    if event[4]:
        t = moment(event[2] + " " + event[4])
        return 2 if start <= t < end else 0
    first, last = moment(event[2]), moment(event[2], True)
    return 2 if start <= first and last <= end else 1 if first < end and start < last else 0


def days_in_force(dates, year):
    start, end = span(dates)
    first, last = moment("%d-01-01" % year), moment("%d-12-31" % year, True)
    return max(0.0, (min(end, last) - max(start, first)).total_seconds() / 86400) if start < end else 0


def check_in_force(where, column, g, dates, events, hot, ahead_of):
    """A column of the time in which the zone was in force."""
    days = days_in_force(dates, 2017)
    same(where, "days", column["days"], 365)
    same(where, "days_in_force", column["days_in_force"], days)
    if not days:
        for key in ("events_in", "events_total", "capture", "pai", "rate_ratio", "events_part"):
            same(where, key, column[key], None)
            if column["reasons"][key] != "the zone was not in force in the period":
                faults.append("%s: %s has another reason" % (where, key))
        return
    then = [e for e in events if in_force(e, dates) == 2]
    partly = [e for e in events if in_force(e, dates) == 1]
    cell = counts(inside(then, study))
    budget = g.intersection(land).area
    ahead = None
    if ahead_of:
        ahead = (*frontier(counts(inside(ahead_of, study)), cell, budget), len(inside(then, study)),
                 len(inside(inside(then, study), g)))
    check_column(where, column, g, then, None, hot, frontier(cell, cell, budget)[0], ahead, True)
    same(where, "events_part", column["events_part"], len(inside(inside(partly, study), g)))


def check_counted(where, card, number, name, held, lives):
    """Searches and finds by zone, summed over rows of 2017."""
    rows = [r for r in COUNTED if r[3].startswith("2017") and r[0] in ("z%d" % number, name)]
    if not rows:
        for key in ("searches", "finds", "hit_rate", "searches_per_1000", "searches_per_event"):
            same(where, key, card[key], None)
        return
    n = sum(r[1] for r in rows)
    finds = None if any(r[2] == "" for r in rows) else sum(r[2] for r in rows)
    same(where, "searches", card["searches"], n)
    same(where, "finds", card["finds"], finds)
    same(where, "hit_rate", card["hit_rate"], share(finds, n) if finds is not None else None)
    if finds is not None and n:
        low, high = wilson(finds, n)
        same(where, "hit_rate_low", card["hit_rate_low"], low)
        same(where, "hit_rate_high", card["hit_rate_high"], high)
    same(where, "searches_per_1000", card["searches_per_1000"], n / lives * 1000)
    same(where, "searches_per_event", card["searches_per_event"], share(n, held))


def check_dated(folder):
    """The zones with dates: events of all the period, or of the time in force; searches by zone."""
    dated = ["--zone", folder + "/dated.geojson", "--population", folder + "/areas.geojson", "--null",
             "0"]
    before = [e for e in EVENTS if e[2] < "2017"]
    after = [e for e in EVENTS if e[2] >= "2017"]
    given = unary_union(HOT)
    plain = run(folder, "--period", "2017", "--searches", folder + "/counted.csv", *dated)
    only = run(folder, "--period", "2017", "--in-force", "--clock", "clock", "--hot",
               folder + "/hot.geojson", *dated)
    later = run(folder, "--train", "2016", "--test", "2017", "--in-force", "--clock", "clock", *dated)
    hot, _ = hotspots(inside(before, study))
    cell = counts(inside(before, study))
    for i, ((name, g), dates) in enumerate(zip(ZONES, DATES)):
        where = "%d %s" % (i, name)
        held = len(inside(inside(after, study), g))
        same(where, "events_in", plain[i]["events_in"], held)
        same(where, "days_in_force", plain[i]["days_in_force"], days_in_force(dates, 2017))
        check_counted(where, plain[i], i, name, held, people(g))
        check_in_force(where + ", in force", only[i], g, dates, after, given, None)
        budget = g.intersection(land).area
        if days_in_force(dates, 2017):
            n = len(inside(inside(before, study), g))
            same(where + ", train", "events_in", later[i]["events_in"], n)
            same(where + ", train", "pei", later[i]["pei"], n / frontier(cell, cell, budget)[0])
        check_in_force(where + ", later in force", later[i]["later"], g, dates, after, hot, before)


def run(folder, *options, command="card"):
    out = folder + "/card.json"
    if "--zone" not in options:
        options = ("--zone", folder + "/zones.geojson") + options
    subprocess.run(["hotzone", "zone", command, "-q", "--events",
                    folder + "/events.csv", "--crs", "EPSG:25832", "--study",
                    folder + "/study.geojson", "--water", folder + "/water.geojson", "-o", out,
                    *options], check=True)
    with open(out) as f:
        made = json.load(f)
    return made["zones"] if command == "card" else made


def main(folder):
    write(folder)
    before = [e for e in EVENTS if e[2] < "2017"]
    after = [e for e in EVENTS if e[2] >= "2017"]
    given = unary_union(HOT)
    cards = run(folder, "--train", "2016", "--test", "2017", "--population", folder + "/areas.geojson",
                "--searches", folder + "/searches.csv", "--hot", folder + "/hot.geojson",
                "--precision", "precision_m")
    cell_before, cell_after = counts(inside(before, study)), counts(inside(after, study))
    for card, (name, g) in zip(cards, ZONES):
        budget = g.intersection(land).area
        later_n = len(inside(inside(after, study), g))
        ahead = (*frontier(cell_before, cell_after, budget), len(inside(after, study)), later_n)
        for which, column, events in (("train", card, before), ("test", card["later"], after)):
            cell = cell_before if which == "train" else cell_after
            year = "2016" if which == "train" else "2017"
            check_column(name + ", " + which, column, g, events,
                         [s for s in SEARCHES if s[2].startswith(year)], given,
                         frontier(cell, cell, budget)[0], ahead, True)
            check_jitter(name + ", " + which, column, g, events)
        if name == "plain":
            check_null(name, card, g, before, True)
    cards = run(folder)
    hot, hot_cells = hotspots(inside(EVENTS, study))
    if hot_cells < 5:
        faults.append("the world has only %d hot cells" % hot_cells)
    cell = counts(inside(EVENTS, study))
    for card, (name, g) in zip(cards, ZONES):
        check_column(name, card, g, EVENTS, None, hot, frontier(cell, cell, g.intersection(land).area)[0],
                     None, False)
        if name in ("two parts", "plain"):
            check_null(name, card, g, EVENTS, False)
        elif name == "over the edge" and card["null_p"] is not None:
            faults.append("over the edge: null_p is given though half of it is no land")
    check_compare(folder)
    check_dated(folder)
    for f in faults[:40]:
        print(f)
    print("%d of %d figures differ" % (len(faults), checked) if faults
          else "%d figures of %d zones agree" % (checked, len(ZONES)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
