"""Moving the nodes of a graph among groups until no single move gains modularity, compiled: the first step of
`compiled_leiden`.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from graphsvc.snapshot.columns import F64, I32, I64

LEAST = 1e-9  # what a move gains, of the node's own ties, and a round, of modularity, beyond rounding errors


class Graph(NamedTuple):
    """A symmetric CSR graph without self-loops. `strength` of each node: its ties, those inside it too."""

    ptr: I64
    ids: I32
    weight: F64
    strength: F64
    total: float


class _Groups(NamedTuple):
    """The group of each node; strength and nodes of each group; the numbers that none has, in a stack."""

    member: I32
    whole: F64
    size: I32
    empty: I32
    spare: I64


@njit(cache=True, nogil=True)
def move(graph: Graph, member: I32, order: I32) -> None:
    """Each node to the group that gains most, or alone; then again those beside one that moved."""
    n = len(member)
    groups = _groups_of(graph, member)
    everybody = np.zeros(n, np.int32)
    queue, waiting = order.copy(), np.ones(n, np.bool_)
    near, around = np.zeros(n), np.empty(n, np.int32)
    first, count = 0, n
    while count:
        i = queue[first]
        first, count = first + 1 if first + 1 < n else 0, count - 1
        waiting[i] = False
        labels = weigh(graph, i, member, everybody, near, around)
        own, mine = member[i], graph.strength[i]
        pull = mine / graph.total
        best, gain = own, near[own] - pull * (groups.whole[own] - mine) + LEAST * mine
        if gain < 0.0:
            best, gain = -1, 0.0  # better alone
        for k in range(labels):
            group = around[k]
            if group != own and near[group] - pull * groups.whole[group] > gain:
                best, gain = group, near[group] - pull * groups.whole[group]
            near[group] = 0.0
        if best == own:
            continue
        _transfer(groups, i, best, mine)
        for e in range(graph.ptr[i], graph.ptr[i + 1]):
            j = graph.ids[e]
            if not waiting[j] and member[j] != member[i]:
                waiting[j] = True
                last = first + count
                queue[last if last < n else last - n] = j
                count += 1


@njit(cache=True, nogil=True)
def _groups_of(graph: Graph, member: I32) -> _Groups:
    n = len(member)
    groups = _Groups(member, np.zeros(n), np.zeros(n, np.int32), np.empty(n, np.int32), np.zeros(1, np.int64))
    for i in range(n):
        groups.whole[member[i]] += graph.strength[i]
        groups.size[member[i]] += 1
    for group in range(n):
        if groups.size[group] == 0:
            groups.empty[groups.spare[0]] = group
            groups.spare[0] += 1
    return groups


@njit(cache=True, nogil=True)
def _transfer(groups: _Groups, i: int, to: int, mine: float) -> None:
    """Take a node to another group, -1 = an empty one."""
    own = groups.member[i]
    groups.size[own] -= 1
    groups.whole[own] -= mine
    if to < 0:
        groups.spare[0] -= 1
        to = groups.empty[groups.spare[0]]
    if groups.size[own] == 0:
        groups.whole[own] = 0.0
        groups.empty[groups.spare[0]] = own
        groups.spare[0] += 1
    groups.member[i] = to
    groups.size[to] += 1
    groups.whole[to] += mine


@njit(cache=True, nogil=True)
def weigh(graph: Graph, i: int, label: I32, within: I32, near: F64, around: I32) -> int:
    """Add up in `near` the ties of a node with each label, of those that are `within` the same; `around`
    lists the labels, as many as the answer says.
    """
    count = 0
    for e in range(graph.ptr[i], graph.ptr[i + 1]):
        j = graph.ids[e]
        if within[j] == within[i]:
            if near[label[j]] == 0.0:
                around[count] = label[j]
                count += 1
            near[label[j]] += graph.weight[e]
    return count
