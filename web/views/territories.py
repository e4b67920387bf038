"""Territories: which ones the network acts in, and for each who is there, on what, with whom."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template

from graphsvc.domain.text import fold
from graphsvc.search import Filter, known_place, select
from graphsvc.snapshot import Snapshot
from web.permissions import Action, policy
from web.shown import served, services
from web.views.actors.listing import ActorLine, actor_line
from web.views.actors.record_view import Named, named_place, named_themes

bp = Blueprint("territories", __name__)
MOST = 60


@dataclass(frozen=True, slots=True)
class Branch:
    """A territory of the list, with how many actors act there (those below included)."""

    place: Named
    count: int
    below: list["Branch"]


@bp.get("/territoires")
@policy(Action.READ)
def all_territories() -> str:
    """Every territory where somebody acts, as a tree; and the communes of the home territory."""
    snapshot, today = served().snapshot, services().today()
    facets = select(snapshot, Filter(), today).facets
    return render_template(
        "territories.html",
        tree=_tree(snapshot, dict(facets["territory"]), home=False),
        seats=_tree(snapshot, dict(facets["seat"]), home=True),
    )


@bp.get("/territoires/<path:id_>")
@policy(Action.READ)
def territory(id_: str) -> str:
    """Who acts in a territory, who sits there, and what has been agreed or done there."""
    snapshot, today = served().snapshot, services().today()
    p = known_place(snapshot, id_)
    degree = snapshot.ties(today).degree
    acting = select(snapshot, Filter(territories=(id_,)), today)
    seated = select(snapshot, Filter(seats=(id_,)), today)

    def lines(indices: Any) -> list[ActorLine]:
        return [actor_line(snapshot, i, int(degree[i])) for i in list(indices)[:MOST]]

    seen = set(acting.indices)
    return render_template(
        "territory.html",
        place=snapshot.place(p),
        chain=[named_place(snapshot, a) for a in reversed(snapshot.ancestors(p)[1:])],
        below=_below(snapshot, p),
        acting=lines(acting.indices),
        acting_total=acting.total,
        seated=lines([i for i in seated.indices if i not in seen]),
        seated_total=seated.total,
        themes=[(t, n) for code, n in acting.facets["theme"][:8] for t in named_themes(snapshot, (code,))],
        records=_records(snapshot, p),
    )


def _tree(snapshot: Snapshot, counts: dict[str, int], *, home: bool) -> list[Branch]:
    """The branches outside what contains the home territory, or (home) the communes inside it."""
    around = {a for q in snapshot.places.home.nonzero()[0][:1] for a in snapshot.ancestors(int(q))}
    if home:
        inside = [
            p for code in counts if (p := snapshot.place_index(code)) is not None and snapshot.places.home[p]
        ]
        level = [p for p in inside if snapshot.place(p).level.value == "municipality"]
        return sorted(
            (Branch(named_place(snapshot, p), counts[snapshot.place_ids[p]], []) for p in level),
            key=lambda b: fold(b.place.name),
        )
    children: dict[int, list[int]] = {}
    for code in counts:
        p = snapshot.place_index(code)
        if p is not None and p not in around:
            children.setdefault(int(snapshot.places.parent[p]), []).append(p)

    def grow(parent: int) -> list[Branch]:
        found = [
            Branch(named_place(snapshot, p), counts[snapshot.place_ids[p]], grow(p))
            for p in children.get(parent, [])
        ]
        return sorted(found, key=lambda b: (-b.count, fold(b.place.name)))

    return grow(-1)


def _below(snapshot: Snapshot, p: int) -> list[Named]:
    found = [named_place(snapshot, int(q)) for q in (snapshot.places.parent == p).nonzero()[0]]
    return sorted(found, key=lambda n: fold(n.name))


def _records(snapshot: Snapshot, p: int) -> list[tuple[str, Any]]:
    """Agreements, projects and announcements that name the territory or one inside it."""
    kept = {
        "agreement": snapshot.agreement,
        "project": snapshot.project,
        "announcement": snapshot.announcement,
    }
    sizes = {
        "agreement": len(snapshot.agreement_ids),
        "project": len(snapshot.project_ids),
        "announcement": len(snapshot.announcement_ids),
    }
    return [
        (name, record)
        for name, get in kept.items()
        for k in range(sizes[name])
        if _names(snapshot, (record := get(k)).territories, p)  # type: ignore[attr-defined]
    ]


def _names(snapshot: Snapshot, ids: tuple[str, ...], p: int) -> bool:
    positions = (snapshot.place_index(id_) for id_ in ids)
    return any(q is not None and p in snapshot.ancestors(q) for q in positions)
