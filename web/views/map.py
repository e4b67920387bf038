"""The network map: the page, its data, the summary of one actor, and the drawing library."""

from collections import Counter
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, send_file

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.errors import UnknownRecord
from graphsvc.domain.links import LinkClass
from graphsvc.domain.places import PlaceLevel
from graphsvc.domain.text import sort_key
from graphsvc.snapshot import Snapshot
from web.maps.chosen import DEFAULT_CLASSES, MapFilter, Shown, choose, read_filter
from web.maps.drawing_library import library_path
from web.maps.edge_words import edge_text
from web.maps.kept_layout import map_layout
from web.maps.told import SORTS, description, table_rows, undated
from web.maps.words import drawing_words
from web.permissions import Action, policy
from web.shown import actor_path, served, services
from web.views.suggested import suggestions_for
from web.views.tally import tally

bp = Blueprint("map", __name__)
_LINKS_SHOWN = 12
_SUGGESTIONS_SHOWN = 3


@bp.get("/carte")
@policy(Action.READ)
def page() -> str:
    """The map, its filters, its legend, and the same content in words and in a table."""
    snapshot, today = served().snapshot, services().today()
    wanted = read_filter(snapshot, request.args)
    shown = choose(snapshot, wanted, today)
    sort = request.args.get("tri", "nom")
    return render_template(
        "map.html",
        wanted=wanted,
        chosen={
            name: request.args.get(name, "") for name in ("theme", "siege", "territoire", "annee", "acteur")
        },
        options=_options(snapshot),
        legend=_legend(snapshot, choose(snapshot, replace(wanted, kinds=frozenset()), today)),
        classes=_class_counts(choose(snapshot, replace(wanted, classes=frozenset(LinkClass)), today)),
        default_classes=DEFAULT_CLASSES,
        sentences=description(snapshot, shown),
        rows=table_rows(snapshot, shown, sort if sort in SORTS else "nom"),
        sort=sort if sort in SORTS else "nom",
        count=len(shown.nodes),
        tally=tally(snapshot, today),
        undated=undated(snapshot, shown),
        words=drawing_words(),
        drawn=len(shown.edges),
        centre=snapshot.name(wanted.centre) if wanted.centre is not None else "",
    )


@bp.get("/carte.json")
@policy(Action.READ)
def data() -> Response:
    """The drawing of the same filters."""
    from web.maps.network import network_document

    snapshot, today = served().snapshot, services().today()
    shown = choose(snapshot, read_filter(snapshot, request.args), today)
    return jsonify(network_document(snapshot, map_layout(services(), snapshot), shown, today))


@bp.get("/carte/acteur/<path:id_>")
@policy(Action.READ)
def summary(id_: str) -> str:
    """The side panel: who it is, its links and why they exist, three suggestions."""
    snapshot, today = served().snapshot, services().today()
    i = snapshot.index(id_)
    if i is None:
        raise UnknownRecord("actor", id_[:80])
    wanted = MapFilter(centre=i, classes=frozenset(LinkClass), unknown=True)
    edges = [e for e in choose(snapshot, wanted, today).edges if i in (e.a, e.b)]
    order = list(LinkClass)
    edges.sort(key=lambda e: (not e.live, order.index(e.link_class)))
    return render_template(
        "map_panel.html",
        actor=snapshot.actor(i),
        seat=snapshot.place(int(snapshot.actors.seat[i])).name if snapshot.actors.seat[i] >= 0 else "",
        links=[_panel_link(snapshot, i, e) for e in edges[:_LINKS_SHOWN]],
        more=max(0, len(edges) - _LINKS_SHOWN),
        suggested=suggestions_for(snapshot, i, today, top=_SUGGESTIONS_SHOWN),
        path=actor_path(snapshot.ids[i]),
    )


@bp.get("/carte/vis-network.js")
@policy(Action.READ, asset=True)
def drawing_library() -> Response:
    """vis-network as pyvis installs it: nothing is fetched from elsewhere, nothing is copied here."""
    response = send_file(library_path(), mimetype="text/javascript", max_age=86_400, conditional=True)
    response.cache_control.public = True
    return response


def _panel_link(snapshot: Snapshot, i: int, edge: Any) -> dict[str, Any]:
    other = edge.b if edge.a == i else edge.a
    return {
        "id": snapshot.ids[other],
        "name": snapshot.name(other),
        "kind": snapshot.actor(other).kind.value,
        "class": edge.link_class.value,
        "live": edge.live,
        "fresh": edge.fresh,
        "text": edge_text(snapshot, edge),
    }


def _legend(snapshot: Snapshot, shown: Shown) -> list[tuple[str, int]]:
    """The kinds of a map that hides none of them: a chosen kind does not take the others off the list."""
    counts = Counter(snapshot.actor(i).kind.value for i in shown.nodes)
    return [(kind.value, counts[kind.value]) for kind in ActorKind if counts[kind.value]]


def _class_counts(shown: Shown) -> list[tuple[str, int]]:
    counts = Counter(e.link_class.value for e in shown.edges)
    return [(c.value, counts[c.value]) for c in LinkClass]


def _options(snapshot: Snapshot) -> dict[str, Any]:
    """What the three lists offer: themes by group, places where actors sit, places where they act."""
    actors = snapshot.actors
    seats = {p for s in actors.seat.tolist() if s >= 0 for p in snapshot.ancestors(s)}
    acted = {p for t in set(actors.place_ids.tolist()) for p in snapshot.ancestors(t)}
    acted |= {
        p
        for i in range(snapshot.n)
        if snapshot.actor(i).kind is ActorKind.PARTNER_TERRITORY and actors.seat[i] >= 0
        for p in snapshot.ancestors(int(actors.seat[i]))
    }
    roots = [t for t in range(len(snapshot.theme_ids)) if snapshot.themes.parent[t] < 0]
    groups = [
        (
            snapshot.theme_ids[r],
            snapshot.theme(r).label,
            sorted(
                (
                    (snapshot.theme_ids[t], snapshot.theme(t).label)
                    for t in range(len(snapshot.theme_ids))
                    if snapshot.themes.parent[t] == r
                ),
                key=lambda e: sort_key(e[1]),
            ),
        )
        for r in roots
    ]
    return {
        "themes": sorted(groups, key=lambda g: sort_key(g[1])),
        "seats": _by_level(snapshot, {p for p in seats if snapshot.places.home[p]}),
        "territories": _by_level(snapshot, {p for p in acted if not snapshot.places.home[p]}),
        "names": sorted((snapshot.name(i) for i in range(snapshot.n)), key=sort_key),
    }


def _by_level(snapshot: Snapshot, places: set[int]) -> list[tuple[str, list[tuple[str, str]]]]:
    levels: dict[PlaceLevel, list[tuple[str, str]]] = {}
    for p in places:
        levels.setdefault(snapshot.place(p).level, []).append((snapshot.place_ids[p], _placed(snapshot, p)))
    return [
        (level.value, sorted(levels[level], key=lambda e: sort_key(e[1])))
        for level in PlaceLevel
        if level in levels
    ]


def _placed(snapshot: Snapshot, p: int) -> str:
    """The name, with its country when it is abroad: there are two Kayes."""
    place, chain = snapshot.place(p), snapshot.ancestors(p)
    if len(chain) == 1 or snapshot.places.home[p]:
        return place.name
    return f"{place.name} ({snapshot.place(chain[-1]).name})"
