"""The coordination's figures at 20,000 actors and 55,000 ties, beside networkx and igraph; then 200,000."""

import random
import resource
from datetime import date
from itertools import combinations

import igraph
import networkx as nx
import numpy as np
from scipy.sparse import coo_array

from benchmarks.measure import Budget, Figure, interleaved, median, seconds
from benchmarks.network import KINDS, LOCALITY, _pairs, read_vocabulary
from graphsvc.analytics.best_links import best_links
from graphsvc.analytics.bridges import Weaving
from graphsvc.analytics.brokerage import brokers, constraint, effective_size, sampled_betweenness
from graphsvc.analytics.communities import communities
from graphsvc.analytics.dependency import hubs
from graphsvc.analytics.health import network_health
from graphsvc.analytics.isolation import work_list
from graphsvc.analytics.openness import Sharing, openness
from graphsvc.analytics.timeline import figures_by_year
from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import Link, LinkKind
from graphsvc.domain.places import Place, PlaceLevel, PlaceRole
from graphsvc.domain.records import Record
from graphsvc.domain.themes import Theme
from graphsvc.ports import Put
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.snapshot.columns import I32, Ties
from graphsvc.stores.memory import MemoryStore
from matcher.introductions import best_introductions, match_candidates

TODAY = date(2026, 11, 2)
ACTORS, TIES = 20_000, 55_000
MANY_ACTORS, MANY_TIES = 200_000, 1_000_000
TOP, BEST = 100, 20
SMALL_GRAPHS = 200


def run(budget: Budget) -> list[Figure]:
    """In process. igraph's exact betweenness takes the longest: once, whatever the budget."""
    snapshot = _network(ACTORS, TIES)
    ties = snapshot.ties(TODAY)
    _warm(ties)
    return [
        *_page(snapshot, budget),
        *_betweenness(ties),
        *_communities(ties, budget),
        *_holes(ties, budget),
        *_work(snapshot, budget),
        *_greedy(budget),
        *(_many() if budget.share >= 1 else []),
    ]


def _page(snapshot: Snapshot, budget: Budget) -> list[Figure]:
    def page() -> None:
        network_health(snapshot, TODAY)
        figures_by_year(snapshot, TODAY)
        for sharing in Sharing:
            openness(snapshot, TODAY, sharing)
        hubs(snapshot.ties(TODAY))
        brokers(snapshot, TODAY)

    taken = [seconds(page) for _ in range(budget.repeats(5))]
    note = f"{ACTORS:,} actors, {TIES:,} ties, {len(taken)} runs"
    return [Figure("all figures of the health page", median(taken), "s", 2.0, note=note)]


def _betweenness(ties: Ties) -> list[Figure]:
    graph = _igraph(ties)
    exact: list[float] = []
    peer = seconds(lambda: exact.extend(graph.betweenness(directed=False)))
    own = median([seconds(lambda: sampled_betweenness(ties)) for _ in range(3)])
    best = set(np.argsort(-np.array(exact))[:TOP].tolist())
    found = set(np.argsort(-sampled_betweenness(ties).share)[:TOP].tolist())
    return [
        Figure("betweenness: of igraph's top 100", len(best & found), "%", 95, higher_is_better=True),
        Figure(
            "betweenness: faster than igraph",
            peer / own,
            "x",
            100,
            higher_is_better=True,
            peer="igraph exact",
            peer_ratio=peer / own,
            note=f"{own:.3f} s against {peer:.1f} s, run once",
        ),
    ]


def _communities(ties: Ties, budget: Budget) -> list[Figure]:
    graph = _networkx(ties)
    found: dict[str, I32] = {}
    groups: list[set[int]] = []
    own = [
        seconds(lambda: found.update(number=communities(ties.ptr, ties.ids, ties.weight)))
        for _ in range(budget.repeats(5))
    ]
    peer = seconds(lambda: groups.extend(nx.community.louvain_communities(graph, seed=1)))
    ours = nx.community.modularity(graph, _sets(found["number"]))
    theirs = nx.community.modularity(graph, groups)
    ratio = peer / median(own)
    return [
        Figure("communities: modularity", ours, "", round(theirs, 4), higher_is_better=True, peer="Louvain"),
        Figure(
            "communities: faster than networkx",
            ratio,
            "x",
            30,
            higher_is_better=True,
            peer="networkx Louvain",
            peer_ratio=ratio,
        ),
    ]


def _holes(ties: Ties, budget: Budget) -> list[Figure]:
    graph, other = _networkx(ties), _igraph(ties)
    taken = interleaved({"own": lambda: constraint(ties), "igraph": other.constraint}, budget.repeats(9))
    reference: dict[int, float] = {}
    peer = seconds(lambda: reference.update(nx.constraint(graph)))
    own, igraphs = median(taken["own"]), median(taken["igraph"])
    tied = [i for i in range(len(ties.degree)) if ties.degree[i]]
    off = max(abs(constraint(ties)[tied] - np.array([reference[i] for i in tied])))
    sizes = nx.effective_size(graph)
    far = max(abs(effective_size(ties)[tied] - np.array([sizes[i] for i in tied])))
    return [
        Figure("constraint: faster than igraph", igraphs / own, "x", 2, True, "igraph", igraphs / own),
        Figure("constraint: faster than networkx", peer / own, "x", 50, True, "networkx", peer / own),
        Figure("constraint: farthest from networkx", float(off), "", 1e-9),
        Figure("effective size: farthest from networkx", float(far), "", 1e-9, note=f"{len(tied)} actors"),
    ]


def _work(snapshot: Snapshot, budget: Budget) -> list[Figure]:
    items = [item.index for item in work_list(snapshot, TODAY)]
    match_candidates(snapshot, items[:5], TODAY)

    def listed() -> None:
        found = work_list(snapshot, TODAY)
        weaving = Weaving(snapshot, TODAY)
        weaving.best(match_candidates(snapshot, [item.index for item in found], TODAY), 2)

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
    """How near the greedy set comes to the best of all sets, whole objective, on networks of 12 actors."""
    rng = random.Random(5)
    worst, total, count = 1.0, 0.0, budget.repeats(SMALL_GRAPHS)
    for _ in range(count):
        snapshot = _small(rng)
        pairs = [(rng.randrange(12), rng.randrange(12), rng.choice((0.2, 0.4, 0.8))) for _ in range(9)]
        reached = best_links(snapshot, TODAY, pairs, 3, limit=12).value
        best = max(
            best_links(snapshot, TODAY, list(some), 3, limit=12).value for some in combinations(pairs, 3)
        )
        ratio = reached / best if best else 1.0
        worst, total = min(worst, ratio), total + ratio
    note = f"3 links of 9 on {count} networks of 12 actors; mean {total / count:.3f}"
    return [Figure("best links: worst share of the best set", worst, "", note=note)]


def _many() -> list[Figure]:
    snapshot = _network(MANY_ACTORS, MANY_TIES)
    ties = snapshot.ties(TODAY)
    found: dict[str, float] = {
        "health": seconds(lambda: network_health(snapshot, TODAY)),
        "hubs": seconds(lambda: hubs(ties)),
        "brokers": seconds(lambda: brokers(snapshot, TODAY)),
        "work list": seconds(lambda: work_list(snapshot, TODAY)),
        "what bridges are weighed on": seconds(lambda: Weaving(snapshot, TODAY)),
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    size = f"{MANY_ACTORS:,} actors, {MANY_TIES:,} ties"
    return [
        *(Figure(f"{name}, large", taken, "s", 60.0, note=size) for name, taken in found.items()),
        Figure("memory, large", peak, "GiB", 4.0, note=size),
    ]


def _network(actors: int, ties: int) -> Snapshot:
    """Partnerships with the skew of `network.write_bundle`; every tie live."""
    rng, vocabulary = np.random.default_rng(1), read_vocabulary()
    themes, places = vocabulary.themes, vocabulary.places
    kinds = rng.choice(list(KINDS), size=actors, p=np.array(list(KINDS.values())))
    own = rng.choice(len(themes[0]), size=actors, p=themes[1])
    where = rng.choice(len(places[0]), size=actors, p=places[1])
    store = MemoryStore()
    towns = [f"T{k}" for k in range(-(-actors // LOCALITY))]
    records: list[Record] = [
        Place("91", "Essonne", PlaceLevel.DEPARTMENT, PlaceRole.HOME),
        *(Place(town, town, PlaceLevel.MUNICIPALITY, parent="91") for town in towns),
        *(Place(code, code, PlaceLevel.COUNTRY) for code in sorted(set(places[0]) - {"91"})),
        *(Theme(code, code) for code in themes[0]),
        *(
            Actor(
                f"a{k:07d}",
                f"A{k:07d}",
                ActorKind(str(kinds[k])),
                seat=towns[k // LOCALITY],
                themes=(themes[0][int(own[k])],),
                territories=(places[0][int(where[k])],),
            )
            for k in range(actors)
        ),
        *(
            Link(
                f"l{k:07d}",
                f"a{one:07d}",
                f"a{other:07d}",
                LinkKind.PARTNERSHIP,
                start=PartialDate(2005 + k % 20),
            )
            for k, (one, other) in enumerate(sorted(_pairs(rng, actors, ties)))
        ),
    ]
    store.apply([Put(record) for record in records], by="bench")
    return build_snapshot(store)


def _small(rng: random.Random) -> Snapshot:
    names = "abcdefghijkl"
    joined = {tuple(sorted(rng.sample(range(12), 2))) for _ in range(rng.randrange(14))}
    store = MemoryStore()
    store.apply(
        [
            *(Put(Actor(n, n, ActorKind.ASSOCIATION)) for n in names),
            *(Put(Link(f"{i}-{j}", names[i], names[j], LinkKind.PARTNERSHIP)) for i, j in sorted(joined)),
        ],
        by="bench",
    )
    return build_snapshot(store)


def _warm(ties: Ties) -> None:
    """Compile what is compiled, which is done once for all on a machine."""
    sampled_betweenness(ties, 2)
    constraint(ties)
    hubs(ties)


def _igraph(ties: Ties) -> "igraph.Graph":
    source = np.repeat(np.arange(len(ties.degree)), ties.degree)
    once = source < ties.ids
    return igraph.Graph(n=len(ties.degree), edges=np.column_stack([source[once], ties.ids[once]]).tolist())


def _networkx(ties: Ties) -> "nx.Graph[int]":
    n = len(ties.degree)
    source = np.repeat(np.arange(n), ties.degree)
    graph: nx.Graph[int] = nx.from_scipy_sparse_array(
        coo_array((np.ones(len(ties.ids)), (source, ties.ids)), shape=(n, n)), edge_attribute="weight"
    )
    return graph


def _sets(number: I32) -> list[set[int]]:
    groups: dict[int, set[int]] = {}
    for i, group in enumerate(number.tolist()):
        groups.setdefault(group, set()).add(i)
    return list(groups.values())
