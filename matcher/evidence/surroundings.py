"""Who is close by every way at once: personalised PageRank over the graph of actors, themes and
territories.

The nodes are actors, themes and territories (with what contains these). From an actor the walk goes
through its partners, its themes or its territories with equal chances (those it has), then to one of them
in proportion to what it weighs (`themes.py`, `territories.py`, freshness for a tie); from a theme or a
territory, to one of its actors in the same proportion. It starts from the asker; a project, an
announcement or a request starts in equal parts from its members, its own themes and its own territories.

Score: with restart r = 1/2 and the first three steps of the series, √min(1, p / (r (1 - r)²)), 1 where
every walk of two steps ends there, as for `walk` in `ties.py`. Three steps reach the partner of somebody
who works on the same theme, and who works on the theme of a partner. They are read backwards, from the
candidates: the cost is that of the candidates' own rows and of their partners', whatever the size of the
network. Personalised PageRank: Page et al. (1998); walks over typed nodes: Lao and Cohen (2010), Machine
Learning 81.
"""

from dataclasses import dataclass

import numpy as np

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, I64
from matcher.evidence.territories import place_facts
from matcher.evidence.themes import topic_facts
from matcher.evidence.ties import RESTART, actor_facts
from matcher.index import BLOCKS, MatchIndex
from matcher.plan import Plan
from matcher.ranking import Signal
from matcher.sparse import Rows, gathered

ON = 1.0 - RESTART
"""What goes on at each step."""
WAYS = (Signal.TIES, Signal.THEMES, Signal.TERRITORIES)
MOST_TOLD = 3


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """The graph, on the rows of a match index (columns: themes, territories, words, actors as partners).

    `out[i, b]`: what an entry of block b of actor i is multiplied by to be the chance of going there (0 for
    words). `back[c]`: the same from column c to an actor that has it.
    """

    rows: Rows
    starts: tuple[int, ...]
    out: F64
    back: F64


def surroundings_of(index: MatchIndex) -> Surroundings:
    """The graph of an index. Reads every entry once."""
    rows, starts = index.rows, index.starts
    owners = rows.owners()
    block = np.searchsorted(starts, rows.ids, side="right") - 1
    sums = np.bincount(owners * len(BLOCKS) + block, rows.values, minlength=rows.count * len(BLOCKS))
    table = sums.reshape(rows.count, len(BLOCKS)).astype(np.float64)
    table[:, BLOCKS.index(Signal.PURPOSE)] = 0.0
    ways = np.maximum((table > 0).sum(axis=1), 1)
    out = np.where(table > 0, 1.0 / np.where(table > 0, table, 1.0) / ways[:, None], 0.0)
    received = np.bincount(rows.ids, rows.values, minlength=rows.columns).astype(np.float64)
    back = np.where(received > 0, 1.0 / np.where(received > 0, received, 1.0), 0.0)
    first, after = index.block(Signal.PURPOSE)
    back[first:after] = 0.0
    first, after = index.block(Signal.TIES)
    back[first:after] = out[:, BLOCKS.index(Signal.TIES)]
    return Surroundings(rows, starts, out, back)


def surroundings_scores(
    graph: Surroundings, plan: Plan, members: tuple[int, ...], candidates: I64, *, asks_itself: bool
) -> F64:
    """The score of each candidate, float64[candidates] in [0, 1]. `asks_itself`: the asker is its only member
    (an actor), so that its own themes and territories are on the way and no start of their own.
    """
    near, far = _standing(graph, plan, members, asks_itself=asks_itself)
    partners, owners, entries = _partners(graph, candidates)
    reached = _pulled(graph, np.concatenate([candidates, partners]), near)
    through = reached[len(candidates) :] * graph.rows.values[entries] * graph.back[graph.rows.ids[entries]]
    total = reached[: len(candidates)] + ON * np.bincount(owners, through, minlength=len(candidates))
    total += _pulled(graph, candidates, far)
    score: F64 = np.sqrt(np.minimum(1.0, total / ON**2))
    return score


def surroundings_facts(
    snapshot: Snapshot, index: MatchIndex, graph: Surroundings, plan: Plan, members: tuple[int, ...], j: int,
    *, asks_itself: bool,
) -> dict[str, object]:  # fmt: skip
    """What the shortest ways pass by, most travelled first: `{"themes": [...], "places": [...], "partners":
    [...]}`, three at most in all.
    """
    near, _ = _standing(graph, plan, members, asks_itself=asks_itself)
    ids, values = graph.rows.row(j)
    gains = near[ids] * values * graph.back[ids]
    told: dict[str, list[dict[str, object]]] = {"themes": [], "places": [], "partners": []}
    for e in np.argsort(-gains, kind="stable")[:MOST_TOLD].tolist():
        if gains[e] <= 0:
            break
        column = int(ids[e])
        way = BLOCKS[int(np.searchsorted(graph.starts, column, side="right")) - 1]
        entry = column - index.block(way)[0]
        if way is Signal.THEMES:
            told["themes"].append(topic_facts(snapshot, entry))
        elif way is Signal.TERRITORIES:
            told["places"].append(place_facts(snapshot, entry))
        else:
            told["partners"].append(actor_facts(snapshot, entry))
    return dict(told)


def _standing(
    graph: Surroundings, plan: Plan, members: tuple[int, ...], *, asks_itself: bool
) -> tuple[F64, F64]:
    """What stands on each column just before the last step: after the shortest ways (`near`), and after one
    step more through a partner (`far`); each step already discounted, the last one too.
    """
    own = [] if asks_itself else [plan.queries[s] for s in (Signal.THEMES, Signal.TERRITORIES)]
    own = [q for q in own if q.weights.sum() > 0]
    starts = len(own) + bool(members)
    near, far = np.zeros(graph.rows.columns), np.zeros(graph.rows.columns)
    for query in own:
        near[query.ids] += ON * query.weights / query.weights.sum() / starts
    if members:
        who = np.array(members, np.int64)
        first = _pushed(graph, who, np.full(len(who), ON / len(who) / starts))
        near += ON * first
        begin, after = graph.starts[BLOCKS.index(Signal.TIES)], graph.starts[BLOCKS.index(Signal.TIES) + 1]
        met = np.flatnonzero(first[begin:after])
        far = ON * _pushed(graph, met, ON * first[begin:after][met])
    return near, far


def _pushed(graph: Surroundings, actors: I64, mass: F64) -> F64:
    """What each column receives from these actors."""
    entries, owners = gathered(graph.rows.ptr, actors)
    columns = graph.rows.ids[entries]
    block = np.searchsorted(graph.starts, columns, side="right") - 1
    given = mass[owners] * graph.rows.values[entries] * graph.out[actors[owners], block]
    return np.bincount(columns, given, minlength=graph.rows.columns).astype(np.float64)


def _pulled(graph: Surroundings, actors: I64, standing: F64) -> F64:
    """What each of these actors receives from what stands on the columns."""
    entries, owners = gathered(graph.rows.ptr, actors)
    columns = graph.rows.ids[entries]
    gains = standing[columns] * graph.rows.values[entries] * graph.back[columns]
    return np.bincount(owners, gains, minlength=len(actors)).astype(np.float64)


def _partners(graph: Surroundings, candidates: I64) -> tuple[I64, I64, I64]:
    """The partners of the candidates, the candidate each belongs to, and its entry in the rows."""
    begin = graph.starts[BLOCKS.index(Signal.TIES)]
    entries, owners = gathered(graph.rows.ptr, candidates)
    kept = graph.rows.ids[entries] >= begin
    entries, owners = entries[kept], owners[kept]
    return graph.rows.ids[entries].astype(np.int64) - begin, owners, entries
