"""The network map: the page, its data, the summary of one actor, and the drawing library."""

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from flask import Blueprint, Response, jsonify, render_template, request, send_file, url_for

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.links import LinkClass
from graphsvc.search import known_actor
from graphsvc.snapshot import Snapshot
from web.language import Language, reader
from web.maps.choices import choices, documented_span
from web.maps.chosen import DEFAULT_CLASSES, Shown, choose
from web.maps.drawing_library import library_path
from web.maps.edge_words import edge_text
from web.maps.grouping import disc_titles, grouped_layout
from web.maps.kept_layout import map_layout
from web.maps.sent import answer_zipped, joined_scripts, zipped
from web.maps.told import SORTS, Row, description, table_rows, undated
from web.maps.wanted import MapFilter, address_values, read_what_is_sound, typed_end
from web.maps.words import drawing_words, fault_sentences
from web.named import place_name
from web.permissions import Action, policy
from web.shown import actor_path, served, services
from web.views.maps.notes import notes_of
from web.views.maps.proposed import proposed_links
from web.views.partners.suggested import suggestions_for

bp = Blueprint("map", __name__)
_LINKS_SHOWN = 12
_SUGGESTIONS_SHOWN = 3
ROWS, FEW_ROWS = 1000, 80  # of the table on one page: of a map of so many actors, and of a larger one
_SHARED = ("graph", "view", "gestures", "bubbles", "strokes", "symbols", "ground", "names", "over", "path")
_ENGINES = {"canvas": ("density", "canvas"), "vis": ("vis",)}
_OWN = ("address", "filters", "panel", "watch", "export")
_YEAR = 31_536_000  # seconds: the address of the scripts changes with them


def map_scripts(engine: str) -> tuple[str, ...]:
    """The scripts of the page, in the order they need each other; `engine` draws."""
    return (*(f"map-{name}" for name in (*_SHARED, *_ENGINES[engine], *_OWN)), "map")


@bp.get("/carte")
@policy(Action.READ)
def page() -> str:
    """The map, its filters, its legend, and the same content in words and in a table.

    What is wrong in the address is left at its default, and said.
    """
    snapshot, today = served().snapshot, services().today()
    wanted, faults = read_what_is_sound(snapshot, request.args)
    shown = choose(snapshot, wanted, today)
    sort = request.args.get("tri", "nom")
    sort = sort if sort in SORTS else "nom"
    rows, pages = _rows(snapshot, shown, sort)
    engine = "canvas" if wanted.centre is None else "vis"
    return render_template(
        "map.html",
        wanted=wanted,
        engine=engine,
        query=request.query_string.decode("ascii", "replace"),
        script=url_for("map.drawing_script", engine=engine, v=_version(engine)),
        chosen={
            name: request.args.get(name, "") for name in ("theme", "siege", "territoire", "annee", "acteur")
        },
        faults=fault_sentences(faults),
        options=choices(snapshot),
        span=documented_span(snapshot, today),
        legend=_legend(snapshot, choose(snapshot, replace(wanted, kinds=frozenset()), today)),
        classes=_class_counts(choose(snapshot, replace(wanted, classes=frozenset(LinkClass)), today)),
        default_classes=DEFAULT_CLASSES,
        sentences=description(snapshot, shown),
        notes=notes_of(snapshot, shown, wanted, today),
        rows=rows,
        pages=pages,
        sort=sort,
        count=len(shown.members),
        directory=snapshot.n,
        undated=undated(snapshot, shown),
        words=drawing_words(),
        drawn=len(shown.edges),
        kept_values=address_values(snapshot, wanted),
        ends=[typed_end(snapshot, i) for i in (wanted.start, wanted.goal)],
        centre=snapshot.name(wanted.centre) if wanted.centre is not None else "",
    )


def _rows(snapshot: Snapshot, shown: Shown, sort: str) -> tuple[list[Row], dict[str, int]]:
    """The rows of this page of the table, and which page of how many; a wrong number means the first."""
    size = ROWS if len(shown.members) <= ROWS else FEW_ROWS
    last = max(1, -(-len(shown.members) // size))
    asked = request.args.get("page", "1")
    number = min(int(asked), last) if asked.isascii() and asked.isdigit() and asked != "0" else 1
    rows = table_rows(snapshot, shown, sort, slice((number - 1) * size, number * size))
    return rows, {"number": number, "last": last}


@bp.get("/carte.json")
@policy(Action.READ)
def data() -> Response:
    """The drawing of the same filters, as vis-network takes it: for the surroundings of an actor."""
    from web.maps.network import network_document

    snapshot, _wanted, shown = _asked()
    today = services().today()
    return jsonify(network_document(snapshot, map_layout(services(), snapshot), shown, today))


@bp.get("/carte/colonnes")
@policy(Action.READ)
def columns() -> Response:
    """The drawing of the same filters, in columns: for our own renderer, whatever the size."""
    snapshot, wanted, shown = _asked()
    layout = grouped_layout(services(), snapshot, wanted.grouping)
    titles = tuple(disc_titles(services(), snapshot, layout, wanted.grouping))
    today = services().today()
    proposed = proposed_links(snapshot, shown, wanted, today).pairs
    content = _columns(snapshot, wanted, today, titles, proposed, reader())
    return answer_zipped(content, "application/octet-stream")


@lru_cache(maxsize=24)
def _columns(
    snapshot: Snapshot,
    wanted: MapFilter,
    today: date,
    titles: tuple[tuple[str, str, bool], ...],
    proposed: tuple[tuple[int, int], ...],
    _language: Language,
) -> bytes:
    """The same map is asked for by every visitor: its data are put together once a language."""
    from web.maps.columns import columns_bytes

    layout = grouped_layout(services(), snapshot, wanted.grouping)
    shown = choose(snapshot, wanted, today)
    return zipped(columns_bytes(snapshot, layout, shown, wanted, titles, today, proposed))


@bp.get("/carte/dessin-<any(canvas, vis):engine>.js")
@policy(Action.READ, asset=True)
def drawing_script(engine: str) -> Response:
    """All the scripts of the page as one; its address holds a digest of them."""
    answer = answer_zipped(joined_scripts(map_scripts(engine)), "text/javascript")
    answer.cache_control.public = True
    answer.cache_control.max_age = _YEAR if request.args.get("v") == _version(engine) else 3600
    return answer


def _version(engine: str) -> str:
    return hashlib.sha256(joined_scripts(map_scripts(engine))).hexdigest()[:12]


@bp.get("/carte/revision.json")
@policy(Action.READ)
def revision() -> Response:
    """The revision of the data now: a map that is open compares it with its own."""
    answer = jsonify({"revision": served().snapshot.revision})
    answer.cache_control.no_store = True
    return answer


def _asked() -> tuple[Snapshot, MapFilter, Shown]:
    snapshot = served().snapshot
    wanted, _faults = read_what_is_sound(snapshot, request.args)
    return snapshot, wanted, choose(snapshot, wanted, services().today())


@bp.get("/carte/acteur/<path:id_>")
@policy(Action.READ)
def summary(id_: str) -> str:
    """The side panel: who it is, its links and why they exist, three suggestions."""
    snapshot, today = served().snapshot, services().today()
    i = known_actor(snapshot, id_)
    wanted = MapFilter(centre=i, classes=frozenset(LinkClass), unknown=True)
    edges = [e for e in choose(snapshot, wanted, today).edges if i in (e.a, e.b)]
    order = list(LinkClass)
    edges.sort(key=lambda e: (not e.live, order.index(e.link_class)))
    return render_template(
        "map_panel.html",
        actor=snapshot.actor(i),
        seat=place_name(snapshot.place(int(snapshot.actors.seat[i]))) if snapshot.actors.seat[i] >= 0 else "",
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
    kinds = list(ActorKind)
    counts = np.bincount(snapshot.actors.kind[shown.members], minlength=len(kinds)).tolist()
    return [(kind.value, n) for kind, n in zip(kinds, counts, strict=True) if n]


def _class_counts(shown: Shown) -> list[tuple[str, int]]:
    counts = Counter(shown.edges.link_class.tolist())
    return [(c.value, counts[k]) for k, c in enumerate(LinkClass)]
