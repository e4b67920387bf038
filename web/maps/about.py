"""On what and where actors work, by what they say of themselves and by the records that join them."""

from typing import Any

import numpy as np

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.records import RecordKind
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, I32, I64, RelationSource
from web.kept import kept

_PARTNER_TERRITORY = list(ActorKind).index(ActorKind.PARTNER_TERRITORY)
_TABLES = {
    RelationSource.LINK: RecordKind.LINK,
    RelationSource.AGREEMENT: RecordKind.AGREEMENT,
    RelationSource.PROJECT: RecordKind.PROJECT,
}


def seated_in(snapshot: Snapshot, place: int) -> B1:
    """Whose seat is in a place, or in one within it (shape n)."""
    return _at(_within(snapshot, place), snapshot.actors.seat)


@kept
def on_theme(snapshot: Snapshot, theme: int) -> B1:
    """Who works on a theme or one under it, themselves or by a link, an agreement or a project."""
    wanted = np.array(
        [theme in snapshot.theme_ancestors(t) for t in range(len(snapshot.theme_ids))], np.bool_
    )
    found = _any_of(snapshot.actors.theme_ptr, wanted[snapshot.actors.theme_ids])
    codes = {snapshot.theme_ids[t] for t in np.flatnonzero(wanted).tolist()}
    return found | _joined_by(snapshot, lambda record: not codes.isdisjoint(record.themes))


@kept
def acting_in(snapshot: Snapshot, place: int) -> B1:
    """Who acts in a place or one within it; a partner territory acts where it is."""
    wanted, actors = _within(snapshot, place), snapshot.actors
    found = _any_of(actors.place_ptr, wanted[actors.place_ids])
    found |= (actors.kind == _PARTNER_TERRITORY) & _at(wanted, actors.seat)
    codes = {snapshot.place_ids[p] for p in np.flatnonzero(wanted).tolist()}
    return found | _joined_by(snapshot, lambda record: not codes.isdisjoint(record.territories))


def _joined_by(snapshot: Snapshot, told: Any) -> B1:
    """The two ends of every relation whose record says so; each record is read once."""
    relations = snapshot.relations
    found = np.zeros(snapshot.n, np.bool_)
    for source, kind in _TABLES.items():
        rows = np.flatnonzero(relations.source == source)
        records, of_row = np.unique(relations.record[rows], return_inverse=True)
        table = snapshot.tables[kind]
        says = np.array([told(table[k]) for k in records.tolist()] if len(table) else [False] * len(records))
        if len(rows):
            chosen = rows[says[of_row].astype(np.bool_)]
            found[relations.a[chosen]] = found[relations.b[chosen]] = True
    return found


def _within(snapshot: Snapshot, place: int) -> B1:
    return np.array([place in snapshot.ancestors(p) for p in range(len(snapshot.place_ids))], np.bool_)


def _at(wanted: B1, place: I32) -> B1:
    found: B1 = (place >= 0) & wanted[np.maximum(place, 0)]
    return found


def _any_of(ptr: I64, mask: B1) -> B1:
    """Whether each row of a CSR has an entry of the mask."""
    total = np.r_[0, np.cumsum(mask)]
    found: B1 = total[ptr[1:]] > total[ptr[:-1]]
    return found
