"""What templates say and draw with: words, dates, numbers, symbols, and of when the data are."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, current_app, g, request, session, url_for

from graphsvc.domain.actors import ActorKind
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MAX, DAY_MIN
from web import written
from web.french import capital
from web.kept import kept
from web.labels import KIND_STYLE, gender, label, plural, state_label
from web.named import place_name
from web.services import EXTENSION, Served, Services
from web.words.because import because_sentence, question_text
from web.words.source_titles import source_titles

_SEEN = "seen"  # in a person's session: the store and the last revision they wrote
_SAFE = "/!$'()*,:;=@~"  # what a path keeps as it is
# Paths of the shapes in a box from -8 to 8, after vis-network's, so that pages and maps agree.
SHAPES: dict[str, str] = {
    "dot": "M0-6.5A6.5 6.5 0 1 1 0 6.5A6.5 6.5 0 1 1 0-6.5Z",
    "square": "M-5.8-5.8H5.8V5.8H-5.8Z",
    "diamond": "M0-7.6L6.4 0L0 7.6L-6.4 0Z",
    "triangle": "M0-7L7.2 5.6H-7.2Z",
    "triangleDown": "M0 7L7.2-5.6H-7.2Z",
    "hexagon": "M-7 0L-3.5-6H3.5L7 0L3.5 6H-3.5Z",
    "star": "M0-7.8L1.9-2.5L7.5-2.4L3.1 1L4.6 6.4L0 3.2L-4.6 6.4L-3.1 1L-7.5-2.4L-1.9-2.5Z",
}


def services() -> Services:
    """The services of the application behind this request."""
    found: Services = current_app.extensions[EXTENSION]
    return found


def served() -> Served:
    """The snapshot of this request: the same one from its beginning to its end. Raises StoreError.

    A person never sees less than what they wrote, whichever process answers.
    """
    if "served" not in g:
        g.served = _with_own_writes(services().served())
    found: Served = g.served
    return found


def seen_from_now_on(store_id: str, revision: int) -> None:
    """This person wrote this revision: from now on they see it."""
    session[_SEEN] = [store_id, revision]
    g.pop("served", None)


def _with_own_writes(found: Served) -> Served:
    store_id, revision = session.get(_SEEN, (None, 0))
    for _ in range(2):  # a check that began before the write may end after it
        if store_id != found.snapshot.store_id or found.snapshot.revision >= revision or not found.fresh:
            break
        found = services().served(at_least=revision)
    return found


def install_words(app: Flask) -> None:
    """Filters and globals of the templates."""
    app.jinja_env.filters.update(
        number=written.number,
        percent=written.percent,
        counted=written.counted,
        listed=written.listed,
        of=written.of,
        of_actor=written.of_actor,
        date=written.date_text,
        day=written.day_text,
        capital=capital,
        moment=written.moment_text,
    )
    app.jinja_env.globals.update(
        label=label,
        plural=plural,
        gender=gender,
        state_label=state_label,
        period=written.period_text,
        in_place=written.in_place,
        place_name=place_name,
        sources=source_titles,
        KIND_STYLE=KIND_STYLE,
        SHAPES=SHAPES,
        ACTOR_KINDS=[kind.value for kind in ActorKind],
        with_query=with_query,
        path=actor_path,
        record_path=record_path,
        RECORD_PAGES=frozenset(_PAGES),
        because=because_sentence,
        question=question_text,
    )
    app.context_processor(_page_context)


def _page_context() -> dict[str, Any]:
    """Of when the data are, when this page read any."""
    shown: Served | None = g.get("served")
    return {
        "served": shown,
        "years": documented_years(shown.snapshot) if shown else None,
    }


@kept
def documented_years(snapshot: Snapshot) -> tuple[int, int] | None:
    """First and last year in which something vouched for a relation: of when the network is.

    The register that confirms today that a town exists says nothing of whom it works with.
    """
    days = snapshot.relations.confirmed
    known = days[(days > DAY_MIN) & (days < DAY_MAX)]
    if not len(known):
        return snapshot.documented_years()
    return date.fromordinal(int(known.min())).year, date.fromordinal(int(known.max())).year


def actor_path(id_: str) -> str:
    """The address of an actor's record."""
    return f"{request.script_root}/acteurs/{quote(id_, safe=_SAFE)}"


_PAGES = {
    "call": "calls.call",
    "experience": "experiences.sheet",
    "actor": "actors.record",
    "place": "territories.territory",
    "theme": "themes.theme",
    "announcement": "announcements.announcement",
    "project": "records.project",
    "agreement": "records.agreement",
    "event": "records.event",
}
"""The page of each kind of record that a sentence may name; its address ends with the id."""


def record_path(kind: str, id_: str) -> str:
    """The address of a record that a sentence names."""
    return _folder(request.script_root, _PAGES[kind]) + quote(id_, safe=_SAFE)


@lru_cache(maxsize=64)
def _folder(_prefix: str, endpoint: str) -> str:
    return url_for(endpoint, id_="x")[:-1]


def with_query(changes: Mapping[str, Any]) -> str:
    """This page's address with other query values; None takes one away. The page number starts again."""
    values: dict[str, list[Any]] = {key: list(found) for key, found in request.args.lists()}
    values.pop("page", None)
    for key, value in changes.items():
        values.pop(key, None)
        if value is not None:
            values[key] = list(value) if isinstance(value, (list, tuple)) else [value]
    asked = urlencode(values, doseq=True)
    here = request.script_root + quote(request.path, safe=_SAFE)
    return f"{here}?{asked}" if asked else here
