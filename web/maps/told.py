"""The map without seeing it: a description in a few sentences, and a table of the same actors."""

from collections import Counter
from dataclasses import dataclass

from graphsvc.domain.text import sort_key
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MIN
from web.labels import plural
from web.maps.chosen import Shown
from web.spoken import gettext as _
from web.spoken import ngettext
from web.written import counted, listed, number

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
    if not shown.nodes:
        return [_("Aucun acteur ne répond à ces filtres.")]
    around = _around(shown)
    kinds = Counter(snapshot.actor(i).kind.value for i in shown.nodes).most_common(_NAMED)
    sentences = [
        _(
            "La carte montre %(actors)s et %(edges)s.",
            actors=counted(len(shown.nodes), "acteur"),
            edges=counted(len(shown.edges), "relation documentée", "relations documentées"),
        ),
        _(
            "Les plus nombreux sont %(kinds)s.",
            kinds=listed([f"{number(n)} {plural('actor_kind', kind, n)}" for kind, n in kinds]),
        ),
    ]
    central = [i for i in sorted(around, key=lambda i: (-len(around[i]), i))[:_NAMED] if len(around[i]) > 2]
    if central:
        names = listed([f"{snapshot.name(i)} ({len(around[i])})" for i in central])
        sentences.append(_("Les acteurs les plus reliés sont %(names)s.", names=names))
    alone = sum(i not in around for i in shown.nodes)
    if alone:
        sentences.append(
            ngettext(
                "Un acteur n'a aucune relation recensée : il est rangé sous la carte.",
                "%(n)s acteurs n'ont aucune relation recensée : ils sont rangés sous la carte.",
                alone,
                n=number(alone),
            )
        )
    return sentences + _of_when(shown)


def _of_when(shown: Shown) -> list[str]:
    """How much is confirmed, and how much is over."""
    live = [e for e in shown.edges if e.live]
    old, over = sum(not e.fresh for e in live), len(shown.edges) - len(live)
    sentences = []
    if old:
        sentences.append(
            ngettext(
                "Une relation en cours n'a pas été confirmée depuis dix ans : elle est dessinée en clair.",
                "%(n)s relations en cours n'ont pas été confirmées depuis dix ans : elles sont dessinées en clair.",
                old,
                n=number(old),
            )
        )
    if over:
        sentences.append(
            ngettext(
                "Une relation est terminée, en sommeil, prévue ou restée sans suite : elle est en pointillé clair.",
                "%(n)s relations sont terminées, en sommeil, prévues ou restées sans suite : elles sont en pointillé clair.",
                over,
                n=number(over),
            )
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
