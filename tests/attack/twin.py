"""Another table of people that agrees with all that a run showed: its run must write the same
bytes."""
import copy
import os
import random

from attack import THRESHOLD, promise
from bounds import LEAST, Program
from world import NOWHERE, Person


def kept(x):
    """A hidden count stays what it is: nobody, small, or a guard."""
    if x == 0:
        return 0, 0
    if x < THRESHOLD:
        return 1, THRESHOLD - 1
    return max(THRESHOLD, promise(x)[0]), promise(x)[1]


def other_table(attack, truth, members, value, rng, loose=False):
    """Counts by column, as near the truth as they can be, in which these members sum to the
    value; or None."""
    n = len(attack.columns)
    facts = [(attack.members(s), low, high) for s, (low, high) in attack.shown.items()]
    for mask in attack.hidden:
        inside = attack.members(mask)
        x = sum(truth[j] for j in inside)
        facts.append((inside, *((x > 0, None) if loose else kept(x))))
    facts = [f for f in facts if f[0]]
    facts.append((members, value, value))
    for j in range(n):  # what is more than the truth, less what is fewer
        facts.append(((j, ~(n + j), 2 * n + j), truth[j], truth[j]))
    program = Program(3 * n, facts)
    cost = {j: rng.randint(2, 4) for j in range(n, 3 * n)}  # so that each search ends elsewhere
    table = program.solve(cost, LEAST)
    program.close()
    return table and table[:n]


def people_of(world, attack, table, rng):
    """As many people of each column as the table says, anywhere in it where people may be put."""
    people = []
    for column, wanted in zip(attack.columns, table):
        atoms = [attack.known.atoms[i] for i in column]
        atoms = [a for a in atoms if a[0] == NOWHERE or a[0] in world.spots]
        people += [Person(*rng.choice(atoms)) for _ in range(wanted)]
    return people


def moved(world, attack, table, rng):
    """A world of this table, in which every record is another."""
    twin = copy.copy(world)
    twin.people = people_of(world, attack, table, rng)
    twin.locate(rng)
    return twin


def alike(world, attack, rng):
    """The same counts, of other people."""
    return moved(world, attack, attack.truth(world.people), rng)


def make(world, attack, rng):
    """A world that nobody who sees the files can tell from this one, with some hidden count at
    the end of what is promised; None if there is none."""
    truth = attack.truth(world.people)
    targets = [attack.members(m) for m in attack.hidden]
    targets += [m for m, _ in attack.implied() if 0 < sum(truth[j] for j in m) < THRESHOLD]
    for members in rng.sample(targets, len(targets)):
        x = sum(truth[j] for j in members)
        value = rng.choice(kept(x))
        if value == x:
            continue
        table = other_table(attack, truth, members, value, rng)
        if table:
            return moved(world, attack, table, rng)
    return None


def files_of(directory):
    found = {}
    for where, _, names in os.walk(directory):
        for name in names:
            path = os.path.join(where, name)
            with open(path, "rb") as f:
                found[os.path.relpath(path, directory)] = f.read()
    return found


def differences(one, two):
    """Files that only one directory has, or that differ."""
    a, b = files_of(one), files_of(two)
    return sorted(name for name in set(a) | set(b) if a.get(name) != b.get(name))
