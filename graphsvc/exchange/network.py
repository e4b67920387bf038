"""The network as flat rows of nodes and edges, for the formats of other tools."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.links import LinkClass, LinkKind, State
from graphsvc.domain.records import RecordKind
from graphsvc.snapshot.columns import DAY_MAX, DAY_MIN, Perimeter, RelationSource
from graphsvc.snapshot.snapshot import Snapshot

_CLASSES, _KINDS, _STATES = list(LinkClass), list(LinkKind), list(State)
_ACTOR_KINDS = list(ActorKind)
_RECORD_OF = {
    RelationSource.LINK: RecordKind.LINK,
    RelationSource.AGREEMENT: RecordKind.AGREEMENT,
    RelationSource.PROJECT: RecordKind.PROJECT,
    RelationSource.PART_OF: RecordKind.ACTOR,
    RelationSource.EVENT: RecordKind.EVENT,
}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Row = dict[str, str | int | float | bool]


@dataclass(frozen=True, slots=True)
class Look:
    """How codes and nodes are to be shown: words by code, `#rrggbb` by actor kind, positions by actor id."""

    labels: Mapping[str, str] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def label(self, code: str) -> str:
        """The word of a code, or the code."""
        return self.labels.get(code, code)


def node_rows(snapshot: Snapshot, look: Look, today: date) -> Iterator[tuple[str, Row]]:
    """(id, attributes) of each actor, ordered by id; unknown values are left out."""
    degree = snapshot.ties(today).degree
    for i in range(snapshot.n):
        actor = snapshot.actor(i)
        seat = int(snapshot.actors.seat[i])
        row: Row = {
            "label": actor.name,
            "kind": look.label(actor.kind.value),
            "perimeter": look.label(Perimeter(int(snapshot.actors.perimeter[i])).name.lower()),
            "place": snapshot.place(seat).name if seat >= 0 else "",
            "country": actor.country,
            "themes": "|".join(_theme_names(snapshot, actor.themes)),
            "territories": "|".join(_place_names(snapshot, actor.territories)),
            "other_names": "|".join(n.text for n in actor.other_names),
            "roles": "|".join(look.label(r.role.value) for r in actor.roles),
            "acronym": actor.acronym or "",
            "purpose": actor.purpose or "",
            "website": actor.website or "",
            "founded": str(actor.founded or ""),
            "ended": str(actor.ended or ""),
            "source": actor.source or "",
            "confirmed_on": str(actor.confirmed_on or ""),
            "ties": int(degree[i]),
            "latitude": float(snapshot.actors.lat[i]),
            "longitude": float(snapshot.actors.lon[i]),
        }
        yield actor.id, _known(row)


def edge_rows(snapshot: Snapshot, look: Look) -> Iterator[tuple[str, str, str, Row]]:
    """(source id, target id, edge id, attributes) of each relation, in the order of the snapshot's rows."""
    relations = snapshot.relations
    for k in range(len(relations.a)):
        source = RelationSource(int(relations.source[k]))
        record = snapshot.tables[_RECORD_OF[source]].ids[int(relations.record[k])]
        kind, state = int(relations.kind[k]), int(relations.state[k])
        row: Row = {
            "class": look.label(_CLASSES[relations.link_class[k]].value),
            "kind": look.label(_KINDS[kind].value if kind >= 0 else source.name.lower()),
            "state": look.label(_STATES[state].value) if state >= 0 else "",
            "record": f"{_RECORD_OF[source].value}:{record}",
            "since": _day(int(relations.start[k])),
            "until": _day(int(relations.end[k])),
            "confirmed_on": _day(int(relations.confirmed[k])),
            "weight": round(float(relations.weight[k]), 6),
        }
        ends = snapshot.ids[int(relations.a[k])], snapshot.ids[int(relations.b[k])]
        yield *ends, f"{k}", _known(row)


def actor_kind(snapshot: Snapshot, i: int) -> str:
    """The code of an actor's kind."""
    kind: ActorKind = _ACTOR_KINDS[int(snapshot.actors.kind[i])]
    return kind.value


def xml_text(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("", text)


def xml_row(row: Row) -> Row:
    """A row fit for XML."""
    return {name: xml_text(v) if isinstance(v, str) else v for name, v in row.items()}


def _known(row: Row) -> Row:
    return {n: v for n, v in row.items() if v != "" and not (isinstance(v, float) and np.isnan(v))}


def _day(ordinal: int) -> str:
    return "" if ordinal in (DAY_MIN, DAY_MAX) else date.fromordinal(ordinal).isoformat()


def _theme_names(snapshot: Snapshot, ids: tuple[str, ...]) -> list[str]:
    return [snapshot.theme(t).label for id_ in ids if (t := snapshot.theme_index(id_)) is not None]


def _place_names(snapshot: Snapshot, ids: tuple[str, ...]) -> list[str]:
    return [snapshot.place(p).name for id_ in ids if (p := snapshot.place_index(id_)) is not None]
