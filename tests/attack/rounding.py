"""Tables of people rounded to multiples of five: they add up, each figure is a multiple next to the
truth, and one more person moves each by nothing or by five."""
import copy
import json
import os
import random
import subprocess

from world import NOWHERE, Person, World

BASE = 5


def published(command, world, place):
    """Residents by row of the table: {(kind, id): count}, and whatever else the answer tells of
    them."""
    world.write(place, "")
    words = (
        "focus -q --areas areas.geojson --events public.csv --crs EPSG:25832 --residents people.csv"
    )
    words += " --towns towns.geojson --town-id id --town-name name --replicates 39 --jitters 0"
    focus = ",".join(world.areas[i].key for i in world.focus)
    subprocess.run(
        [
            command,
            *words.split(),
            "--focus",
            focus,
            "--round",
            str(BASE),
            "--cell",
            "0",
            "-o",
            "r.json",
        ],
        cwd=place,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with open(os.path.join(place, "r.json"), encoding="utf-8") as f:
        said = json.load(f)
    cells = {(r["kind"], r["id"]): r["residents"] for r in said["residents"]}
    cells["answer", "inside"] = said["residents_inside"]
    cells["answer", "total"] = said["residents_total"]
    return cells


def truth(world):
    def of(takes):
        return world.count(lambda p: p.piece != NOWHERE and takes(p.piece))

    cells = {("area", a.key): of(lambda q, i=i: q[0] == i) for i, a in enumerate(world.areas)}
    cells.update({("town", t.key): of(lambda q, i=i: q[2] == i) for i, t in enumerate(world.towns)})
    cells["sum", "areas"] = of(lambda q: q[0] is not None)
    cells["sum", "focus"] = of(lambda q: q[0] in world.focus)
    cells["sum", "outside"] = cells["sum", "areas"] - cells["sum", "focus"]
    cells["sum", "towns"] = of(lambda q: q[2] is not None)
    cells["sum", "elsewhere"] = of(lambda q: q[0] is None and q[2] is None)
    cells["sum", "all"] = cells["answer", "total"] = of(lambda q: True)
    cells["answer", "inside"] = cells["sum", "focus"]
    cells["account", "without_coordinates"] = world.count(lambda p: p.piece == NOWHERE)
    cells["account", "refused"] = 0
    cells["account", "read"] = len(world.people)
    return cells


def faults(command, place, seed):
    world = World(seed)
    rng = random.Random(seed)
    more = copy.copy(world)
    one = Person(rng.choice(sorted(world.spots, key=repr)), 1, "theft")
    more.people = world.people + [one]
    more.locate(rng)
    before, after, true = (
        published(command, world, place),
        published(command, more, place),
        truth(world),
    )
    wrong = []
    for cell, count in before.items():
        if count % BASE or not abs(count - true[cell]) < BASE:
            wrong.append("%s: %g for %d" % (" ".join(cell), count, true[cell]))
        if abs(after[cell] - count) not in (0, BASE):
            wrong.append(
                "%s: one more person moves it from %g to %g" % (" ".join(cell), count, after[cell])
            )
    for whole, kinds in (("areas", ("area",)), ("towns", ("town",))):
        if before["sum", whole] != sum(v for k, v in before.items() if k[0] in kinds):
            wrong.append("%s do not add up" % whole)
    parts = ("areas", "towns", "elsewhere")
    if before["sum", "all"] != sum(before["sum", p] for p in parts):
        wrong.append("all do not add up")
    if set(before) != set(true):
        wrong.append("other rows than expected")
    return ["table %d, rounded: %s" % (seed, w) for w in wrong]
