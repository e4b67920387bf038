"""A network large enough to hide part of: groups that work together on their own theme and place."""

import random

from graphsvc.domain.projects import Participation, Project
from graphsvc.domain.records import Record
from graphsvc.snapshot import Snapshot
from tests.matcher.networks import actor, link, snapshot_of, year

THEMES = ("literacy", "exchanges", "wells", "floods", "health")
PLACES = ("ML-kayes", "ML-nioro", "SN-DK")
WORDS = ("forage", "lecture", "dispensaire", "maraîchage", "bibliothèque", "puits", "soins")


def records_of(actors: int = 60, links: int = 90, projects: int = 12, seed: int = 1) -> list[Record]:
    """Actors in groups of ten; three links in four stay within a group, as do most projects."""
    draw = random.Random(seed)
    keys = [f"a{n:03d}" for n in range(actors)]
    groups = [keys[at : at + 10] for at in range(0, actors, 10)]
    records: list[Record] = []
    for n, key in enumerate(keys):
        group = n // 10
        theme = THEMES[group % len(THEMES)] if draw.random() < 0.8 else draw.choice(THEMES)
        purpose = " ".join([WORDS[group % len(WORDS)], draw.choice(WORDS)])
        place = PLACES[group % len(PLACES)]
        records.append(actor(key, f"Amis {key}", themes=(theme,), territories=(place,), purpose=purpose))
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < links:
        group = draw.choice(groups)
        a = draw.choice(group)
        b = draw.choice(group if draw.random() < 0.75 else keys)
        if a != b:
            pairs.add((min(a, b), max(a, b)))
    records += [
        link(a, b, id=f"{a}-{b}", start=year(2000 + n % 20)) for n, (a, b) in enumerate(sorted(pairs))
    ]
    for n in range(projects):
        group = groups[n % len(groups)]
        parts = tuple(Participation(key) for key in sorted(draw.sample(group, 4)))
        records.append(
            Project(
                f"p{n:02d}",
                f"Chantier {n}",
                themes=(THEMES[n % len(THEMES)],),
                start=year(2005),
                description=f"{WORDS[n % len(WORDS)]} avec {draw.choice(group)}",
                participations=parts,
            )
        )
    return records


def collaborations(**sizes: int) -> Snapshot:
    """The snapshot of such a network."""
    return snapshot_of(*records_of(**sizes))
