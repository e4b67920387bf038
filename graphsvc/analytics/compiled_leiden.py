"""The Leiden algorithm, compiled, for large networks: rounds of moving, refining and gathering.

Traag, Waltman, van Eck, Scientific Reports 9, 2019, 5233, on modularity. Variant: a node joins the part that
gains most, where theirs draws among those that gain; and every round visits in one order, given. A round is
then a function of the grouping alone: started from its own answer, the whole run gives it again.
"""

import numpy as np
from numba import njit

from graphsvc.analytics.compiled_moves import LEAST, Graph, move, weigh
from graphsvc.snapshot.columns import F64, I32, I64


@njit(cache=True, nogil=True)
def settled(ptr: I64, ids: I32, weight: F64, member: I32, order: I32) -> I32:
    """The grouping that no round betters, started from `member` (numbers under n, each group in one piece).

    Each group of the answer is in one piece: it was joined along ties. There is at least one tie.
    """
    strength = np.zeros(len(member))
    for i in range(len(member)):
        strength[i] = weight[ptr[i] : ptr[i + 1]].sum()
    graph = Graph(ptr, ids, weight, strength, strength.sum())
    best = _modularity(graph, member)
    while True:
        found = _round(graph, member, order)
        reached = _modularity(graph, found)
        if reached <= best + LEAST:
            return member
        member, best = found, reached


@njit(cache=True, nogil=True)
def _modularity(graph: Graph, member: I32) -> float:
    inside, whole = 0.0, np.zeros(len(member))
    for i in range(len(member)):
        whole[member[i]] += graph.strength[i]
        for e in range(graph.ptr[i], graph.ptr[i + 1]):
            if member[graph.ids[e]] == member[i]:
                inside += graph.weight[e]
    expected = 0.0
    for strength in whole:
        expected += (strength / graph.total) ** 2
    return inside / graph.total - expected


@njit(cache=True, nogil=True)
def _round(graph: Graph, member: I32, order: I32) -> I32:
    """Move nodes, refine the groups, make each part a node, and again, until the parts are the groups."""
    part = np.arange(len(member)).astype(np.int32)
    member = member.copy()
    while True:
        move(graph, member, order)
        refined, count = _refine(graph, member, order)
        if count == len(member):
            return part
        gathered = np.empty(count, np.int32)
        for i in range(len(member)):
            gathered[refined[i]] = member[i]
        graph = _gather(graph, refined, count)
        member, _ = _numbered(gathered, len(member))
        order = np.arange(count).astype(np.int32)
        for i in range(len(part)):
            part[i] = refined[part[i]]


@njit(cache=True, nogil=True)
def _refine(graph: Graph, member: I32, order: I32) -> tuple[I32, int]:
    """Parts of the groups, each in one piece, and how many: each node still alone joins the part of its group
    that gains most, when both hold to the rest of the group by as many ties as chance would give.
    """
    n = len(member)
    whole, held = np.zeros(n), np.zeros(n)  # strength of the group; ties of a part with the rest of its group
    for i in range(n):
        whole[member[i]] += graph.strength[i]
        for e in range(graph.ptr[i], graph.ptr[i + 1]):
            if member[graph.ids[e]] == member[i]:
                held[i] += graph.weight[e]
    own = held.copy()
    part, strength = np.arange(n).astype(np.int32), graph.strength.copy()
    alone = np.ones(n, np.bool_)
    near, around = np.zeros(n), np.empty(n, np.int32)
    for i in order:
        group, mine = whole[member[i]], graph.strength[i]
        if not alone[i] or own[i] < mine * (group - mine) / graph.total:
            continue
        best, gain, tied = i, 0.0, 0.0
        for k in range(weigh(graph, i, part, member, near, around)):
            other = around[k]
            brings = near[other] - mine * strength[other] / graph.total
            if brings > gain and held[other] >= strength[other] * (group - strength[other]) / graph.total:
                best, gain, tied = other, brings, near[other]
            near[other] = 0.0
        if best != i:
            part[i], alone[i], alone[best] = best, False, False
            strength[best] += mine
            held[best] += own[i] - 2.0 * tied
    return _numbered(part, n)


@njit(cache=True, nogil=True)
def _gather(graph: Graph, part: I32, count: int) -> Graph:
    """The graph of the parts: ties between two add up, those within one stay in its strength."""
    start, inside = _members(part, count)
    ptr, strength = np.zeros(count + 1, np.int64), np.zeros(count)
    ids, weight = np.empty(len(graph.ids), np.int32), np.empty(len(graph.ids))
    near, edge = np.zeros(count), 0
    for own in range(count):
        for i in inside[start[own] : start[own + 1]]:
            strength[own] += graph.strength[i]
            for e in range(graph.ptr[i], graph.ptr[i + 1]):
                other = part[graph.ids[e]]
                if other != own:
                    if near[other] == 0.0:
                        ids[edge] = other
                        edge += 1
                    near[other] += graph.weight[e]
        for e in range(ptr[own], edge):
            weight[e], near[ids[e]] = near[ids[e]], 0.0
        ptr[own + 1] = edge
    return Graph(ptr, ids[:edge].copy(), weight[:edge].copy(), strength, graph.total)


@njit(cache=True, nogil=True)
def _members(part: I32, count: int) -> tuple[I64, I32]:
    """The nodes of each part, as CSR."""
    start = np.zeros(count + 2, np.int64)
    for own in part:
        start[own + 2] += 1
    for own in range(count):
        start[own + 2] += start[own + 1]
    inside = np.empty(len(part), np.int32)
    for i in range(len(part)):
        inside[start[part[i] + 1]] = i
        start[part[i] + 1] += 1
    return start, inside


@njit(cache=True, nogil=True)
def _numbered(label: I32, bound: int) -> tuple[I32, int]:
    """The labels (under `bound`) as 0, 1, … in order of appearance, and how many there are."""
    number, count = np.full(bound, -1, np.int32), 0
    found = np.empty(len(label), np.int32)
    for i in range(len(label)):
        if number[label[i]] < 0:
            number[label[i]] = count
            count += 1
        found[i] = number[label[i]]
    return found, count
