"""Themes: the vocabulary with its counts, and for each who works on it."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template

from graphsvc.domain.text import fold
from graphsvc.search import Filter, known_theme, select
from graphsvc.snapshot import Snapshot
from web.named import topic_name
from web.permissions import Action, policy
from web.shown import served, services
from web.views.actors.listing import actor_line
from web.views.actors.record_view import Named, named_places

bp = Blueprint("themes", __name__)
MOST = 60


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme with its count (those below included) and what is below it."""

    theme: Named
    count: int
    below: list["ThemeLine"]


@bp.get("/themes")
@policy(Action.READ)
def all_themes() -> str:
    """The two levels of the vocabulary."""
    snapshot, today = served().snapshot, services().today()
    counts = dict(select(snapshot, Filter(), today).facets["theme"])
    return render_template("themes.html", tree=_grow(snapshot, counts, -1))


@bp.get("/themes/<path:id_>")
@policy(Action.READ)
def theme(id_: str) -> str:
    """Who works on a theme, where, and what has been agreed, done, offered or asked on it."""
    snapshot, today = served().snapshot, services().today()
    t = known_theme(snapshot, id_)
    found = select(snapshot, Filter(themes=(id_,)), today)
    counts = dict(select(snapshot, Filter(), today).facets["theme"])
    degree = snapshot.ties(today).degree
    around = {a for q in snapshot.places.home.nonzero()[0][:1] for a in snapshot.ancestors(int(q))}
    abroad = [
        (place, n)
        for code, n in found.facets["territory"]
        if snapshot.place_index(code) not in around
        for place in named_places(snapshot, (code,))
    ]
    above = snapshot.theme_ancestors(t)[1:2]
    wider = snapshot.theme(above[0]) if above else None
    return render_template(
        "theme.html",
        theme=snapshot.theme(t),
        name=topic_name(snapshot.theme(t)),
        parent=Named(wider.id, topic_name(wider)) if wider else None,
        below=_grow(snapshot, counts, t),
        total=found.total,
        lines=[actor_line(snapshot, i, int(degree[i])) for i in found.indices[:MOST]],
        places=abroad[:8],
        records=_records(snapshot, t),
    )


def _grow(snapshot: Snapshot, counts: dict[str, int], parent: int) -> list[ThemeLine]:
    found = [
        ThemeLine(
            Named(snapshot.theme_ids[t], topic_name(snapshot.theme(t))),
            counts.get(snapshot.theme_ids[t], 0),
            _grow(snapshot, counts, t),
        )
        for t in (snapshot.themes.parent == parent).nonzero()[0].tolist()
    ]
    return sorted(found, key=lambda line: fold(line.theme.name))


def _records(snapshot: Snapshot, t: int) -> list[tuple[str, Any]]:
    every: list[tuple[str, Any]] = [
        *(("agreement", snapshot.agreement(k)) for k in range(len(snapshot.agreement_ids))),
        *(("project", snapshot.project(k)) for k in range(len(snapshot.project_ids))),
        *(("announcement", snapshot.announcement(k)) for k in range(len(snapshot.announcement_ids))),
    ]
    return [(name, record) for name, record in every if _under(snapshot, record.themes, t)]


def _under(snapshot: Snapshot, ids: tuple[str, ...], t: int) -> bool:
    positions = (snapshot.theme_index(id_) for id_ in ids)
    return any(q is not None and t in snapshot.theme_ancestors(q) for q in positions)
