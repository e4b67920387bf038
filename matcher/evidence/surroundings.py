"""Who is close by every way at once: personalised PageRank over the graph of actors, themes and
territories.

The nodes are actors, themes and territories (with what contains these). From an actor the walk goes
through its partners, its themes or its territories with equal chances (those it has), then to one of them
in proportion to what it weighs (`themes.py`, `territories.py`, freshness for a tie); from a theme or a
territory, to one of its actors in the same proportion. It starts from the asker; a project, an
announcement or a request starts in equal parts from its members, its own themes and its own territories.

Score: with restart r = 1/2 and three steps from an actor (two from a theme or a territory, which is a
step ahead), √min(1, p / (r (1 - r)²)), 1 where every walk of two steps ends there, as for `walk` in
`ties.py`. Three steps reach the partner of somebody who works on the same theme, and who works on the
theme of a partner. They are read backwards, from the candidates: the cost is that of the candidates' own
rows and of their partners', whatever the size of the network. Personalised PageRank: Page et al. (1998);
walks over typed nodes: Lao and Cohen (2010), Machine Learning 81.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, I64
from matcher.evidence.territories import place_facts
from matcher.evidence.themes import topic_facts
from matcher.evidence.ties import RESTART, actor_facts
from matcher.index import MatchIndex
from matcher.plan import Plan
from matcher.ranking import Signal

ON = 1.0 - RESTART
"""What goes on at each step."""
WAYS = (Signal.THEMES, Signal.TERRITORIES, Signal.TIES)
MOST_TOLD = 3


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """The graph as chances, over columns: themes, territories, actors (`begins`: the first of each).

    `out` float64[n, columns]: the chance to go from an actor to a column; `back` float64[n, columns]: the
    chance to go from a column to an actor that has it.
    """

    out: sparse.csr_array
    back: sparse.csr_array
    begins: dict[Signal, int]


def surroundings_of(index: MatchIndex) -> Surroundings:
    """The graph of an index. Reads every entry once."""
    rows, owners = index.rows, index.rows.owners()
    spans = {way: index.block(way) for way in WAYS}
    parts = {way: (rows.ids >= first) & (rows.ids < after) for way, (first, after) in spans.items()}
    widths = [after - first for first, after in spans.values()]
    begins = dict(zip(WAYS, np.cumsum([0, *widths[:-1]]).tolist(), strict=True))
    ways = sum(
        np.bincount(owners[part & (rows.values > 0)], minlength=index.n) > 0 for part in parts.values()
    )
    chances = []
    for way, part in parts.items():
        values = rows.values[part].astype(np.float64)
        columns = rows.ids[part].astype(np.int64) - spans[way][0]
        leaving = np.bincount(owners[part], values, minlength=index.n) * ways
        out = values / np.maximum(leaving, 1e-300)[owners[part]]
        if way is Signal.TIES:  # the column of a partner is that actor: it goes on as an actor does
            back = values / np.maximum(leaving, 1e-300)[columns]
        else:
            back = values / np.maximum(np.bincount(columns, values), 1e-300)[columns]
        chances.append((owners[part], columns + begins[way], out, back))
    who, columns, out, back = (np.concatenate(c) for c in zip(*chances, strict=True))
    shape = (index.n, sum(widths))
    return Surroundings(
        sparse.csr_array((out, (who, columns)), shape=shape),
        sparse.csr_array((back, (who, columns)), shape=shape),
        begins,
    )


def surroundings_scores(
    graph: Surroundings, index: MatchIndex, plan: Plan, members: tuple[int, ...], candidates: I64,
    *, asks_itself: bool,
) -> F64:  # fmt: skip
    """The score of each candidate, float64[candidates] in [0, 1]. `asks_itself`: the asker is its only member
    (an actor), so that its own themes and territories are on the way and no start of their own.
    """
    near, standing = _standing(graph, index, plan, members, asks_itself=asks_itself)
    theirs, begin = graph.back[candidates], graph.begins[Signal.TIES]
    met = np.zeros(len(near), np.bool_)
    met[theirs.indices] = True
    met[:begin] = False
    partners = np.flatnonzero(met)
    by_topic = near.copy()
    by_topic[begin:] = 0.0
    standing[partners] += ON * (graph.back[partners - begin] @ by_topic)
    total = near[candidates + begin] / ON + theirs @ (near + standing)
    score: F64 = np.sqrt(np.minimum(1.0, total / ON**2))
    return score


def surroundings_facts(
    snapshot: Snapshot, index: MatchIndex, graph: Surroundings, plan: Plan, members: tuple[int, ...], j: int,
    *, asks_itself: bool,
) -> dict[str, object]:  # fmt: skip
    """What the shortest ways pass by, most travelled first: `{"themes": [...], "places": [...], "partners":
    [...]}`, three at most in all.
    """
    near, _ = _standing(graph, index, plan, members, asks_itself=asks_itself)
    theirs = graph.back[[j]]
    gains = near[theirs.indices] * theirs.data
    told: dict[str, list[dict[str, object]]] = {"themes": [], "places": [], "partners": []}
    for e in np.argsort(-gains, kind="stable")[:MOST_TOLD].tolist():
        if gains[e] <= 0:
            break
        column = int(theirs.indices[e])
        way = next(w for w in reversed(WAYS) if graph.begins[w] <= column)  # a way without columns is passed
        entry = column - graph.begins[way]
        if way is Signal.THEMES:
            told["themes"].append(topic_facts(snapshot, entry))
        elif way is Signal.TERRITORIES:
            told["places"].append(place_facts(snapshot, entry))
        else:
            told["partners"].append(actor_facts(snapshot, entry))
    return dict(told)


def _standing(
    graph: Surroundings, index: MatchIndex, plan: Plan, members: tuple[int, ...], *, asks_itself: bool
) -> tuple[F64, F64]:
    """What stands on each column just before the last step: after the shortest ways, and after one step more
    through a partner of the members; each step already discounted, the last one too.
    """
    own = {} if asks_itself else {s: plan.queries[s] for s in (Signal.THEMES, Signal.TERRITORIES)}
    own = {s: q for s, q in own.items() if q.weights.sum() > 0}
    starts = len(own) + bool(members)
    near, further = np.zeros(graph.back.shape[1]), np.zeros(graph.back.shape[1])
    for signal, query in own.items():
        columns = query.ids - index.block(signal)[0] + graph.begins[signal]
        near[columns] += ON * query.weights / query.weights.sum() / starts
    if members:
        who = np.array(members, np.int64)
        first = graph.out[who].T @ np.full(len(who), ON / len(who) / starts)
        near += ON * first
        begin = graph.begins[Signal.TIES]
        met = np.flatnonzero(first[begin:])
        further += ON * (graph.out[met].T @ (ON * first[begin:][met]))
    return near, further
