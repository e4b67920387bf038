"""The evidence of the learned order, against sums written out and a walk over a whole graph."""

import math

import networkx as nx
import numpy as np
import pytest

from graphsvc.domain.projects import Participation, Project
from graphsvc.ports import Put
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.snapshot.columns import F64
from graphsvc.stores.memory import MemoryStore
from matcher.asks import Asker, AskerKind, Context
from matcher.evidence.alike_works import alike_facts, alike_scores, asked_words, works_of
from matcher.evidence.allocation import allocation_facts, allocation_scores
from matcher.evidence.surroundings import surroundings_facts, surroundings_of, surroundings_scores
from matcher.index import BLOCKS, MatchIndex, compute_index
from matcher.plan import Plan, make_plan
from matcher.question import Question, ask_question
from matcher.ranking import DEFAULT, Signal
from tests.matcher.collaborations import collaborations
from tests.matcher.networks import THEMES, TODAY, actor, link, snapshot_of, year

Node = tuple[str, int]
Moves = dict[Node, dict[Node, float]]


def _asked(snapshot: Snapshot, asker: Asker) -> tuple[MatchIndex, Question, Plan]:
    index = compute_index(snapshot)
    question = ask_question(snapshot, index, asker, Context(), TODAY)
    plan = make_plan(snapshot, index, question, DEFAULT.cooperate, [], None, TODAY.toordinal())
    return index, question, plan


def test_allocation_is_what_partners_hand_out_over_all_they_hand_out_plus_one() -> None:
    pairs = [tuple("ab"), tuple("ac"), tuple("bd"), tuple("cd"), tuple("ce"), tuple("be"), tuple("ef")]
    joined = (link(pair[0], pair[1], start=year(2010)) for pair in pairs)
    snapshot = snapshot_of(*(actor(k) for k in "abcdef"), *joined)
    index = compute_index(snapshot)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((pair[0], pair[1]) for pair in pairs)
    everybody = np.arange(snapshot.n)
    for i, name in enumerate("abcdef"):
        handed = sum(1 / graph.degree(z) for z in graph[name])
        expected = [
            sum(1 / graph.degree(z) for z in set(graph[name]) & set(graph[other])) / (handed + 1)
            for other in "abcdef"
        ]
        assert allocation_scores(index.circle, (i,), everybody) == pytest.approx(expected)
    told = allocation_facts(snapshot, index.circle, (0,), 3)
    assert told["count"] == 2
    assert told["partners"] == [{"id": "b", "name": "b"}, {"id": "c", "name": "c"}]


def test_who_has_no_partner_reaches_nobody_by_allocation() -> None:
    snapshot = snapshot_of(actor("a"), actor("b"), actor("c"), link("b", "c"))
    circle = compute_index(snapshot).circle
    assert not allocation_scores(circle, (0,), np.arange(3)).any()
    assert not allocation_scores(circle, (), np.arange(3)).any()
    assert allocation_facts(snapshot, circle, (0,), 1) == {"partners": [], "count": 0}


def _walked(index: MatchIndex, question: Question, plan: Plan, itself: bool) -> list[float]:
    """The same walk step by step over the whole graph, nodes named (block, column) and ("actor", i)."""
    ways = (Signal.THEMES, Signal.TERRITORIES, Signal.TIES)

    def node(way: Signal, column: int) -> tuple[str, int]:
        at = column - index.block(way)[0]
        return ("actor", at) if way is Signal.TIES else (way.value, at)

    out: Moves = {}
    back: Moves = {}
    for i in range(index.n):
        ids, values = index.rows.row(i)
        held = {
            way: {
                node(way, int(c)): float(v)
                for c, v in zip(ids, values, strict=True)
                if index.block(way)[0] <= c < index.block(way)[1] and v > 0
            }
            for way in ways
        }
        some = [h for h in held.values() if h]
        out["actor", i] = {n: v / sum(h.values()) / len(some) for h in some for n, v in h.items()}
        for way in (Signal.THEMES, Signal.TERRITORIES):
            for n, v in held[way].items():
                back.setdefault(n, {})["actor", i] = v
    moves = out | {n: {a: v / sum(who.values()) for a, v in who.items()} for n, who in back.items()}
    own = [] if itself else [s for s in ways[:2] if plan.queries[s].weights.sum() > 0]
    parts = len(own) + bool(question.members)
    total = np.zeros(index.n)
    for way in own:
        query = plan.queries[way]
        share = query.weights / query.weights.sum() / parts
        total += _mass(
            moves, {node(way, c): w for c, w in zip(query.ids.tolist(), share, strict=True)}, 2, index.n
        )
    members = {("actor", m): 1 / len(question.members) / parts for m in question.members}
    total += _mass(moves, members, 3, index.n)
    return [math.sqrt(min(1.0, t / 0.25)) for t in total]


def _mass(moves: Moves, step: dict[Node, float], length: int, n: int) -> F64:
    """What stands on each actor after one to `length` steps, summed, half of it lost at each step."""
    total = np.zeros(n)
    for _ in range(length):
        gone: dict[Node, float] = {}
        for here, mass in step.items():
            for there, chance in moves.get(here, {}).items():
                gone[there] = gone.get(there, 0.0) + mass * chance / 2
        step = gone
        for (kind, at), mass in step.items():
            if kind == "actor":
                total[at] += mass
    return total


@pytest.mark.parametrize("asker", [Asker.actor(3), Asker.actor(41), Asker.project(2), Asker.project(7)])
def test_surroundings_are_the_walk_over_the_whole_graph(asker: Asker) -> None:
    snapshot = collaborations()
    index, question, plan = _asked(snapshot, asker)
    itself = asker.kind is AskerKind.ACTOR
    graph, everybody = surroundings_of(index), np.arange(snapshot.n)
    found = surroundings_scores(graph, index, plan, question.members, everybody, asks_itself=itself)
    expected = _walked(index, question, plan, itself)
    assert found == pytest.approx(expected, abs=1e-6)
    assert found.max() <= 1
    some = np.array([8, 2, 30])
    again = surroundings_scores(graph, index, plan, question.members, some, asks_itself=itself)
    assert again == pytest.approx(found[some])


def test_every_chance_of_the_walk_adds_up() -> None:
    graph = surroundings_of(compute_index(collaborations()))
    leaving = graph.out.sum(axis=1)
    assert leaving[leaving > 0] == pytest.approx(1.0)
    begin = graph.begins[Signal.TIES]
    arriving = graph.back[:, :begin].sum(axis=0)
    assert arriving[arriving > 0] == pytest.approx(1.0)


def test_surroundings_are_told_by_what_the_shortest_ways_pass_by() -> None:
    snapshot = snapshot_of(
        *(actor(k, themes=("wells",)) for k in "abd"), actor("c"),
        link("a", "c", start=year(2010)), link("b", "c", start=year(2010)),
    )  # fmt: skip
    index, question, plan = _asked(snapshot, Asker.actor(0))
    graph = surroundings_of(index)
    told = surroundings_facts(snapshot, index, graph, plan, question.members, 1, asks_itself=True)
    assert told["partners"] == [{"id": "c", "name": "c"}]
    assert isinstance(told["themes"], list)
    assert {t["id"] for t in told["themes"]} == {"water", "wells"}
    apart = surroundings_facts(snapshot, index, graph, plan, question.members, 3, asks_itself=True)
    assert apart["partners"] == []


def test_nobody_is_near_an_asker_of_whom_nothing_is_known() -> None:
    snapshot = snapshot_of(actor("a"), actor("b", themes=("wells",)))
    index, question, plan = _asked(snapshot, Asker.actor(0))
    graph = surroundings_of(index)
    found = surroundings_scores(graph, index, plan, question.members, np.arange(2), asks_itself=True)
    assert not found.any()


def test_surroundings_of_a_network_without_any_place_tell_partners() -> None:
    store = MemoryStore()
    store.apply(
        [Put(r) for r in (*THEMES, *(actor(k) for k in "abc"), link("a", "b"), link("b", "c"))], by="test"
    )
    snapshot = build_snapshot(store)
    index, question, plan = _asked(snapshot, Asker.actor(0))
    graph = surroundings_of(index)
    told = surroundings_facts(snapshot, index, graph, plan, question.members, 2, asks_itself=True)
    assert told == {"themes": [], "places": [], "partners": [{"id": "b", "name": "b"}]}


def _with_works() -> Snapshot:
    return snapshot_of(
        actor("a"), actor("b"), actor("c"), actor("d"),
        Project("near", "Forage de puits", start=year(2010), participations=(Participation("a"),)),
        Project("far", "Forage de puits", start=year(1990), participations=(Participation("b"),)),
        Project("other", "Bibliothèque scolaire", participations=(Participation("a"), Participation("c"))),
        Project("asks", "Forage et puits", start=year(2010)),
    )  # fmt: skip


def test_who_did_something_alike_is_found_by_its_best_work() -> None:
    snapshot = _with_works()
    index, _, plan = _asked(snapshot, Asker.project(0))
    works, words = works_of(snapshot, index), asked_words(index, plan.queries[Signal.PURPOSE])
    day = year(2010).first_day.toordinal()
    found = alike_scores(works, words, np.arange(4), day)
    assert found.best[0] == pytest.approx(found.best[1])
    assert found.best[0] > 0
    assert not found.best[2:].any()
    assert found.then[0] > found.then[1] > 0
    assert found.all[0] == pytest.approx(found.best[0] / (1 + found.best[0]))
    assert alike_facts(works, words, 0) == {
        "record": {"kind": "project", "id": "near", "title": "Forage de puits"}
    }
    assert alike_facts(works, words, 2) == {}
    assert alike_facts(works, words, 3) == {}


def test_blocks_hold_every_way_of_the_walk() -> None:
    assert {Signal.THEMES, Signal.TERRITORIES, Signal.TIES} <= set(BLOCKS)
