"""The coordinator's workspace at 20,000 actors and 55,000 ties: work list, bridges, best links, and its page;
the share of the best set that the greedy one reaches; then everything at 200,000 actors and a million ties.
"""

import random
import resource
from collections.abc import Callable
from datetime import date
from itertools import combinations

from benchmarks.measure import Budget, Figure, median, percentile, seconds
from benchmarks.network_live import live_snapshot
from graphsvc.analytics.best_links import Objective, best_links
from graphsvc.analytics.bridges import Weaving
from graphsvc.analytics.brokerage import brokers
from graphsvc.analytics.communities import communities
from graphsvc.analytics.dependency import hubs
from graphsvc.analytics.health import network_health
from graphsvc.analytics.isolation import work_list
from graphsvc.analytics.openness import Sharing, openness
from graphsvc.analytics.timeline import figures_by_year
from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.links import Link, LinkKind
from graphsvc.ports import Put
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.stores.memory import MemoryStore
from matcher.index import build_index
from matcher.introductions import best_introductions, introductions

TODAY = date(2026, 11, 2)
ACTORS, TIES = 20_000, 55_000
MANY_ACTORS, MANY_TIES = 200_000, 1_000_000
BEST = 20
SMALL_GRAPHS, SMALL_ACTORS, CHOSEN = 60, 12, 3
COVERED = Objective(reach=0.0)
"""The part of the objective that is submodular: greedy is then within 1 - 1/e of the best set."""


def run(budget: Budget) -> list[Figure]:
    """In process; the large network only in a full run."""
    return [
        *_work(live_snapshot(ACTORS, TIES, records=True), budget),
        *_greedy(budget),
        *(_many() if budget.share >= 1 else []),
    ]


def _work(snapshot: Snapshot, budget: Budget) -> list[Figure]:
    build_index(snapshot)
    items = [item.index for item in work_list(snapshot, TODAY)]
    introductions(snapshot, items[:20], TODAY)

    def listed() -> None:
        introductions(snapshot, [item.index for item in work_list(snapshot, TODAY)], TODAY)

    whole = [seconds(listed) for _ in range(budget.repeats(3))]
    best = [
        seconds(lambda: best_introductions(snapshot, items, TODAY, BEST)) for _ in range(budget.repeats(3))
    ]
    note = f"{len(items):,} actors on the list"
    return [
        Figure("work list with bridges", median(whole), "s", 3.0, note=note),
        Figure(f"best {BEST} links", median(best), "s", 10.0, note=note),
    ]


def _greedy(budget: Budget) -> list[Figure]:
    """How near the greedy set comes to the best of all sets on networks of 12 actors."""
    count = budget.repeats(SMALL_GRAPHS)
    note = f"{CHOSEN} links of 9 on {count} networks of {SMALL_ACTORS} actors"
    figures = []
    for name, objective, promised in (
        ("joined and secured", COVERED, 0.632),
        ("whole objective", Objective(), None),
    ):
        ratios = sorted(_ratio(random.Random(k), objective) for k in range(count))
        told = f"{note}; mean {sum(ratios) / count:.3f}, 5th percentile {percentile(ratios, 0.05):.3f}"
        figures.append(
            Figure(
                f"best links, {name}: worst share of the best set", ratios[0], "", promised, True, note=told
            )
        )
    return figures


def _ratio(rng: random.Random, objective: Objective) -> float:
    snapshot = _small(rng)
    drawn = range(SMALL_ACTORS)
    pairs = [(rng.choice(drawn), rng.choice(drawn), rng.choice((0.2, 0.4, 0.8))) for _ in range(9)]
    weaving = Weaving(snapshot, TODAY)

    def value(some: list[tuple[int, int, float]]) -> float:
        return best_links(
            snapshot, TODAY, some, CHOSEN, objective=objective, limit=SMALL_ACTORS, weaving=weaving
        ).value

    best = max(value(list(some)) for some in combinations(pairs, CHOSEN))
    return value(pairs) / best if best else 1.0


def _small(rng: random.Random) -> Snapshot:
    names = "abcdefghijkl"
    joined = {tuple(sorted(rng.sample(range(SMALL_ACTORS), 2))) for _ in range(rng.randrange(14))}
    store = MemoryStore()
    store.apply(
        [
            *(Put(Actor(n, n, ActorKind.ASSOCIATION)) for n in names),
            *(Put(Link(f"{i}-{j}", names[i], names[j], LinkKind.PARTNERSHIP)) for i, j in sorted(joined)),
        ],
        by="bench",
    )
    return build_snapshot(store)


def _many() -> list[Figure]:
    snapshot = live_snapshot(MANY_ACTORS, MANY_TIES)
    ties = snapshot.ties(TODAY)
    items = [item.index for item in work_list(snapshot, TODAY)]
    parts: dict[str, Callable[[], object]] = {
        "health": lambda: network_health(snapshot, TODAY),
        "figures by year": lambda: figures_by_year(snapshot, TODAY),
        "openness": lambda: [openness(snapshot, TODAY, sharing) for sharing in Sharing],
        "hubs": lambda: hubs(ties),
        "brokers": lambda: brokers(snapshot, TODAY),
        "communities": lambda: communities(ties.ptr, ties.ids, ties.weight),
        "work list": lambda: work_list(snapshot, TODAY),
        "index of the matcher": lambda: build_index(snapshot),
        "what bridges are weighed on": lambda: Weaving(snapshot, TODAY),
        "work list with bridges": lambda: introductions(snapshot, items, TODAY),
        f"best {BEST} links": lambda: best_introductions(snapshot, items, TODAY, BEST),
    }
    size = f"{MANY_ACTORS:,} actors, {MANY_TIES:,} ties, {len(items):,} on the list"
    figures = [Figure(f"{name}, large", seconds(part), "s", 60.0, note=size) for name, part in parts.items()]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return [*figures, Figure("memory, large", peak, "GiB", 4.0, note=size)]
