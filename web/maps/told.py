"""The map without seeing it: a description in a few sentences, and a table of the same actors."""

from collections import Counter
from dataclasses import dataclass

from graphsvc.domain.text import sort_key
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MIN
from web.french import counted, listed, typeset
from web.labels import plural
from web.maps.chosen import Shown

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: an actor, and the actors a line of the map joins it to, as (id, name)."""

    id: str
    name: str
    kind: str
    ties: int
    neighbours: tuple[tuple[str, str], ...]
    context: bool


SORTS = ("nom", "type", "liens")


def table_rows(snapshot: Snapshot, shown: Shown, sort: str) -> list[Row]:
    """The rows in the order asked: by name, by kind then name, or by number of ties."""
    around = _around(shown)
    rows = [
        Row(
            snapshot.ids[i],
            snapshot.name(i),
            snapshot.actor(i).kind.value,
            shown.ties[i],
            tuple(
                (snapshot.ids[j], snapshot.name(j))
                for j in sorted(around.get(i, ()), key=lambda j: sort_key(snapshot.name(j)))
            ),
            i in shown.context,
        )
        for i in shown.nodes
    ]
    rows.sort(key=lambda r: sort_key(r.name))
    if sort == "type":
        rows.sort(key=lambda r: plural("actor_kind", r.kind, 2))
    elif sort == "liens":
        rows.sort(key=lambda r: -r.ties)
    return rows


def description(snapshot: Snapshot, shown: Shown) -> list[str]:
    """About five sentences: how many, of what kinds, who is most tied, who is alone, how much is confirmed."""
    return [typeset(sentence) for sentence in _sentences(snapshot, shown)]


def _sentences(snapshot: Snapshot, shown: Shown) -> list[str]:
    if not shown.nodes:
        return ["Aucun acteur ne répond à ces filtres."]
    around = _around(shown)
    kinds = Counter(snapshot.actor(i).kind.value for i in shown.nodes)
    sentences = [
        (
            f"La carte montre {counted(len(shown.nodes), 'acteur')}"
            f" et {counted(len(shown.edges), 'relation documentée', 'relations documentées')}."
        ),
        "Les plus nombreux sont "
        + listed(
            [
                counted(n, plural("actor_kind", k, 1), plural("actor_kind", k, 2))
                for k, n in kinds.most_common(_NAMED)
            ]
        )
        + ".",
    ]
    central = [i for i in sorted(around, key=lambda i: (-len(around[i]), i))[:_NAMED] if len(around[i]) > 2]
    if central:
        names = listed([f"{snapshot.name(i)} ({len(around[i])})" for i in central])
        sentences.append(f"Les acteurs les plus reliés sont {names}.")
    alone = sum(i not in around for i in shown.nodes)
    if alone == 1:
        sentences.append("Un acteur n'a aucune relation recensée : il est rangé sous la carte.")
    elif alone:
        sentences.append(
            f"{counted(alone, 'acteur')} n'ont aucune relation recensée : ils sont rangés sous la carte."
        )
    live = [e for e in shown.edges if e.live]
    old = sum(not e.fresh for e in live)
    if old == 1:
        sentences.append(
            "Une relation en cours n'a pas été confirmée depuis dix ans : elle est dessinée en clair."
        )
    elif old:
        sentences.append(
            f"{counted(old, 'relation')} en cours n'ont pas été confirmées depuis dix ans : elles sont dessinées en clair."
        )
    over = len(shown.edges) - len(live)
    if over == 1:
        sentences.append(
            "Une relation est terminée, en sommeil, prévue ou restée sans suite : elle est en pointillé clair."
        )
    elif over:
        sentences.append(
            f"{counted(over, 'relation')} sont terminées, en sommeil, prévues ou restées sans suite : elles sont en pointillé clair."
        )
    return sentences


def undated(snapshot: Snapshot, shown: Shown) -> int:
    """How many of the lines have no known beginning: a map of a year counts them as if they had always been."""
    start = snapshot.relations.start
    return sum(all(start[row] == DAY_MIN for row in edge.rows) for edge in shown.edges)


def _around(shown: Shown) -> dict[int, set[int]]:
    around: dict[int, set[int]] = {}
    for edge in shown.edges:
        around.setdefault(edge.a, set()).add(edge.b)
        around.setdefault(edge.b, set()).add(edge.a)
    return around
