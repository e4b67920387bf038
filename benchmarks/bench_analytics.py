"""The network's figures at 20,000 actors and 55,000 ties, beside networkx and igraph."""

from datetime import date

import igraph
import networkx as nx
import numpy as np
from scipy.sparse import coo_array

from benchmarks.measure import Budget, Figure, interleaved, median, seconds
from benchmarks.network_live import live_snapshot
from benchmarks.network_shapes import shapes
from graphsvc.analytics.brokerage import brokers, constraint, effective_size, sampled_betweenness
from graphsvc.analytics.communities import communities
from graphsvc.analytics.dependency import hubs
from graphsvc.analytics.health import network_health
from graphsvc.analytics.openness import Sharing, openness
from graphsvc.analytics.timeline import figures_by_year
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import I32, Ties

TODAY = date(2026, 11, 2)
ACTORS, TIES = 20_000, 55_000
TOP = 100


def run(budget: Budget) -> list[Figure]:
    """In process. igraph's exact betweenness takes the longest: once, whatever the budget."""
    snapshot = live_snapshot(ACTORS, TIES)
    ties = snapshot.ties(TODAY)
    _warm(ties)
    return [
        *_page(snapshot, budget),
        *_communities(ties, budget),
        _lead(budget),
        *_holes(ties, budget),
        *_betweenness(ties),
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


def _lead(budget: Budget) -> Figure:
    """The worst of five seeds of ours against the mean of networkx Louvain, on networks of other shapes."""
    seeds = range(1, 1 + budget.repeats(2))
    leads = {name: _lead_on(ties, seeds) for name, ties in shapes(TODAY).items()}
    told = ", ".join(f"{name} {lead:+.4f}" for name, lead in leads.items())
    return Figure(
        "communities: least lead over Louvain",
        min(leads.values()),
        "",
        0.0,
        True,
        "networkx Louvain",
        note=told,
    )


def _lead_on(ties: Ties, seeds: range) -> float:
    graph = _networkx(ties)
    found = [communities(ties.ptr, ties.ids, ties.weight, seed=seed) for seed in range(91, 96)]
    ours = min(nx.community.modularity(graph, _sets(number)) for number in found)
    theirs = [
        nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=seed)) for seed in seeds
    ]
    return ours - sum(theirs) / len(theirs)


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


def _warm(ties: Ties) -> None:
    """Compile what is compiled, which is done once for all on a machine."""
    sampled_betweenness(ties, 2)
    communities(ties.ptr, ties.ids, ties.weight)
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
