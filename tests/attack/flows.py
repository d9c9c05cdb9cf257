"""Tables from area to area: pairs, both sums, and the shares that stay, bounded together."""
import json
import os
import random
import subprocess

import attack
from world import NAMES


class Journeys:
    """What one table of flows says; atoms are pairs of areas."""

    def __init__(self, names, focus, said):
        self.atoms = [(a, b) for a in names for b in names]
        self.facts, self.hidden, self.apart = [], [], []
        for row in said["flows"]:
            self.figure(row, self.of(row["from"], row["to"]))
        shares = {
            "stays": (lambda a, b: a == b, lambda a, b: True),
            "focus_own": (lambda a, b: a == b == focus, lambda a, b: b == focus),
            "focus_stays": (lambda a, b: a == b == focus, lambda a, b: a == focus),
        }
        for row in said["shares"]:
            for key, takes in zip(("events", "of"), shares[row["what"]]):
                members = self.mask(takes)
                if row[key] is not None:
                    self.facts.append((members, row[key], row[key], row["what"]))
            if row["share"] is not None and None in (row["events"], row["of"]):
                raise ValueError("a share of hidden figures")

    def mask(self, takes):
        return sum(1 << i for i, (a, b) in enumerate(self.atoms) if takes(a, b))

    def of(self, a, b):
        return self.mask(lambda x, y: a in (x, "all") and b in (y, "all"))

    def figure(self, row, members):
        if row["state"] == "hidden":
            self.hidden.append((members, "%s to %s" % (row["from"], row["to"])))
        else:
            self.facts.append((members, row["events"], row["events"], "flows"))

    def atom_of(self, pair):
        return self.atoms.index(pair)


def table_of(rng):
    names = rng.sample(NAMES, rng.randint(3, 6))
    count = {}
    for a in names:
        for b in names:
            size = rng.choice([0, 4, 4, 15, 15, 80])
            count[a, b] = rng.randint(0, size) + (30 if a == b else 0)
    return names, count


def faults(command, place, seed):
    rng = random.Random(seed)
    names, count = table_of(rng)
    focus = rng.choice(names)
    os.makedirs(place, exist_ok=True)
    with open(os.path.join(place, "pairs.csv"), "w", encoding="utf-8") as f:
        f.write("from,to,count\n" + "".join("%s,%s,%d\n" % (*p, n) for p, n in count.items()))
    subprocess.run(
        [command, "flows", "-q", "--pairs", "pairs.csv", "--focus", focus, "-o", "flows.json"],
        cwd=place,
        check=True,
        timeout=300,
    )
    with open(os.path.join(place, "flows.json"), encoding="utf-8") as f:
        known = Journeys(names, focus, json.load(f))
    found = attack.Attack(known)
    people = [pair for pair, n in count.items() for _ in range(n)]
    wrong = attack.breaches(found, people) + attack.implied(found, people)
    return ["table %d, flows: %s" % (seed, w) for w in wrong]
