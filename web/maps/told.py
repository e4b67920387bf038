"""The map without seeing it: a description in a few sentences, and a table of the same actors."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.text import sort_key
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MIN, I64
from web.kept import kept
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


def table_rows(snapshot: Snapshot, shown: Shown, sort: str, part: slice = slice(None)) -> list[Row]:
    """The rows in the order asked: by name, by kind then name, or by number of ties; all, or a part."""
    ordered = _ordered(snapshot, shown, sort)[part]
    return [_row(snapshot, shown, i) for i in ordered]


def _row(snapshot: Snapshot, shown: Shown, i: int) -> Row:
    others = sorted(shown.around.get(i, ()), key=lambda j: sort_key(snapshot.name(j)))
    return Row(
        snapshot.ids[i],
        snapshot.name(i),
        snapshot.actor(i).kind.value,
        int(shown.degree[i]),
        tuple((snapshot.ids[j], snapshot.name(j)) for j in others),
        i in shown.context,
    )


def _ordered(snapshot: Snapshot, shown: Shown, sort: str) -> list[int]:
    rank = _rank_of_names(snapshot)
    found = shown.members[np.argsort(rank[shown.members], kind="stable")]
    if sort == "type":
        kinds = list(ActorKind)
        order = sorted(range(len(kinds)), key=lambda k: plural("actor_kind", kinds[k].value, 2))
        place = np.argsort(order)
        found = found[np.argsort(place[snapshot.actors.kind[found]], kind="stable")]
    elif sort == "liens":
        found = found[np.argsort(-shown.degree[found], kind="stable")]
    return [int(i) for i in found]


@kept
def _rank_of_names(snapshot: Snapshot) -> I64:
    """The place of each actor in French alphabetical order."""
    order = sorted(range(snapshot.n), key=lambda i: sort_key(snapshot.name(i)))
    rank = np.empty(snapshot.n, np.int64)
    rank[order] = np.arange(snapshot.n)
    return rank


def description(snapshot: Snapshot, shown: Shown) -> list[str]:
    """About five sentences: how many, of what kinds, who is most tied, who is alone, how much is confirmed."""
    if not len(shown.members):
        return [_("Aucun acteur ne répond à ces filtres.")]
    around, order = shown.around, [kind.value for kind in ActorKind]
    kinds = Counter(order[k] for k in snapshot.actors.kind[shown.members].tolist()).most_common(_NAMED)
    sentences = [
        _(
            "La carte montre %(actors)s et %(edges)s.",
            actors=counted(len(shown.members), "acteur"),
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
    alone = len(shown.members) - len(around)
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
    edges = shown.edges
    old, over = int((edges.live & ~edges.fresh).sum()), int((~edges.live).sum())
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
    edges = shown.edges
    unknown = snapshot.relations.start[edges.rows] == DAY_MIN
    return int(np.logical_and.reduceat(unknown, edges.ptr[:-1]).sum()) if len(edges) else 0
