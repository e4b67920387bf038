"""Groups in the keys of the exchange format: what the command line prints and the API answers."""

from collections.abc import Iterable, Sequence
from typing import Any

from graphsvc.snapshot import Snapshot
from matcher.groups.convergences import Convergence
from matcher.groups.dormant import Dormant
from matcher.groups.groups import Group, Member
from matcher.groups.meeting_place import Pair
from matcher.groups.pool_reasons import item_facts
from matcher.groups.pooling import PoolGroup
from matcher.groups.triangles import Triangle
from matcher.places.concentration import PlaceLoad
from matcher.places.gaps import MissingTheme, UnmetNeed
from matcher.reasons import Reason
from web.reasons import reason_text

Document = dict[str, Any]


def said(reasons: Iterable[Reason], lang: str) -> list[Document]:
    """`[{"code", "facts", "text"}]`."""
    return [
        {"code": r.code, "facts": dict(r.facts), "text": reason_text(r.code, r.facts, lang)} for r in reasons
    ]


def group_document(snapshot: Snapshot, group: Group, lang: str) -> Document:
    """`{"score", "members", "themes", "territories", "reasons"}`; themes and territories are codes."""
    return {
        "score": round(float(group.score), 6),
        "members": members_document(snapshot, group.members, lang),
        "themes": [snapshot.theme_ids[t] for t in group.themes],
        "territories": [snapshot.place_ids[p] for p in group.places],
        "reasons": said(group.reasons, lang),
    }


def members_document(snapshot: Snapshot, members: Sequence[Member], lang: str) -> list[Document]:
    """`[{"id", "name", "kind", "role", "reasons"}]`."""
    return [
        {**_actor(snapshot, m.index), "role": m.role.value, "reasons": said(m.reasons, lang)} for m in members
    ]


def convergence_document(snapshot: Snapshot, group: Convergence, lang: str) -> Document:
    """A group with `overlap` and `complementarity` apart, and its best pairs with what joins them."""
    return {
        **group_document(snapshot, group, lang),
        "overlap": round(group.overlap, 6),
        "complementarity": round(group.complementarity, 6),
        "place": _place_id(snapshot, group.place),
        "theme": None if group.theme is None else snapshot.theme_ids[group.theme],
        "area": _place_id(snapshot, group.area),
        "count": group.count,
        "open_pairs": group.open_pairs,
        "pairs": [_pair(snapshot, pair, lang) for pair in group.pairs],
    }


def pool_document(snapshot: Snapshot, group: PoolGroup, lang: str) -> Document:
    """A group with what is missing, and whether nothing better exists (`exact`) or what bounds it."""
    return {
        **group_document(snapshot, group, lang),
        "missing": [item_facts(snapshot, item) for item in group.missing],
        "area": _place_id(snapshot, group.frame.area),
        "exact": group.exact,
        "bound": round(group.bound, 6),
    }


def triangle_document(snapshot: Snapshot, group: Triangle, lang: str) -> Document:
    """A group of three; `tied`: the first two cooperate today."""
    return {**group_document(snapshot, group, lang), "tied": group.tied}


def dormant_document(snapshot: Snapshot, group: Dormant, lang: str) -> Document:
    """Two ends and who can help; `last`: last day it was live; `heir`: an end took over from another."""
    last = None if group.last is None else group.last.isoformat()
    return {**group_document(snapshot, group, lang), "last": last, "heir": group.heir}


def load_document(snapshot: Snapshot, load: PlaceLoad, lang: str) -> Document:
    """A place: how many are there, who, how many partners and links, and what that means."""
    place = snapshot.place(load.place)
    return {
        "territory": {"id": place.id, "name": place.name, "level": place.level.value},
        "load": load.load.value,
        "count": load.count,
        "links": load.links,
        "tied": load.tied,
        "pairs": load.pairs,
        "members": [_actor(snapshot, i) for i in load.houses],
        "partners": [_actor(snapshot, i) for i in load.partners],
        "reasons": said(load.reasons, lang),
    }


def need_document(snapshot: Snapshot, gap: UnmetNeed, lang: str) -> Document:
    """A need without an offer."""
    record = snapshot.announcement(gap.announcement)
    return {
        "gap": "need",
        "score": round(gap.score, 6),
        "announcement": {"id": record.id, "title": record.title, "nature": record.nature.value},
        "themes": list(record.themes),
        "territories": list(record.territories),
        "similar": gap.similar,
        "members": members_document(snapshot, gap.helpers, lang),
        "reasons": said(gap.reasons, lang),
    }


def missing_document(snapshot: Snapshot, gap: MissingTheme, lang: str) -> Document:
    """A theme nobody works on at a place."""
    return {
        "gap": "theme",
        "score": round(gap.score, 6),
        "announcement": None,
        "themes": [snapshot.theme_ids[gap.theme]],
        "territories": [snapshot.place_ids[gap.place]],
        "similar": 0,
        "members": members_document(snapshot, gap.helpers, lang),
        "reasons": said(gap.reasons, lang),
    }


def _pair(snapshot: Snapshot, pair: Pair, lang: str) -> Document:
    return {
        "a": _actor(snapshot, pair.one),
        "b": _actor(snapshot, pair.other),
        "score": round(pair.score, 6),
        "overlap": round(pair.overlap, 6),
        "complementarity": round(pair.complementarity, 6),
        "bridges": said(pair.bridges, lang),
    }


def _actor(snapshot: Snapshot, i: int) -> Document:
    record = snapshot.actor(i)
    return {"id": record.id, "name": record.name, "kind": record.kind.value}


def _place_id(snapshot: Snapshot, place: int | None) -> str | None:
    return None if place is None else str(snapshot.place_ids[place])
