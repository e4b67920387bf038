"""Letters: one printable page per actor, and many in one PDF."""

from datetime import date

from flask import Blueprint, Response, render_template, request

from graphsvc.domain.errors import InvalidValue
from graphsvc.search import Filter, find_place, find_theme, known_actor, select
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import Perimeter
from web.attached import PDF, attachment
from web.documents import set_in_pages
from web.language import Language, reading
from web.permissions import Action, policy
from web.shown import served, services
from web.views.actors.listing import actor_line
from web.views.asked import texts
from web.views.coordination.standing import work_items
from web.views.papers.letters_shown import letter_to, letter_words, letters_data, sender_of
from web.views.publishing.entry_names import proposed_places, proposed_themes

bp = Blueprint("letters", __name__)
MOST = 200
"""Letters in one document; more are asked for in several."""


@bp.get("/acteurs/<path:id_>/lettre")
@policy(Action.SEE_WORK_LIST, subject="id_")
def letter(id_: str) -> str:
    """The letter to one actor, to be read and printed."""
    snapshot, today = served().snapshot, services().today()
    i = known_actor(snapshot, id_)
    with reading(_its_language()):
        found = letter_to(snapshot, i, today)
        letter, data = letter_words(found), letters_data(snapshot, [], today)
    return render_template("letter.html", letter=letter, kind=found.actor.kind, data=data)


@bp.get("/acteurs/<path:id_>/lettre.pdf")
@policy(Action.SEE_WORK_LIST, subject="id_")
def letter_pdf(id_: str) -> Response:
    """The same as a PDF of one page."""
    snapshot, today = served().snapshot, services().today()
    return _document(snapshot, [known_actor(snapshot, id_)], today)


@bp.get("/lettres")
@policy(Action.SEE_WORK_LIST)
def choose() -> str:
    """To whom to write: the actors of the work list, or all engaged ones, narrowed by theme and territory."""
    snapshot, today = served().snapshot, services().today()
    found = _chosen(snapshot, today)
    degree = snapshot.ties(today).degree
    return render_template(
        "letters.html",
        lines=[actor_line(snapshot, i, int(degree[i])) for i in found[:MOST]],
        total=len(found),
        most=MOST,
        all_=request.args.get("tous") == "1",
        themes=proposed_themes(snapshot),
        places=proposed_places(snapshot),
        sender=sender_of(snapshot),
    )


@bp.get("/lettres.pdf")
@policy(Action.SEE_WORK_LIST)
def letters_pdf() -> Response:
    """All these letters in one PDF. Raises InvalidValue when there is none, or more than MOST."""
    snapshot, today = served().snapshot, services().today()
    found = _chosen(snapshot, today)
    if not found:
        raise InvalidValue("letters", "actors", "", "no_letter")
    return _document(snapshot, found[:MOST], today)


def _document(snapshot: Snapshot, indices: list[int], today: date) -> Response:
    with reading(_its_language()):
        data = letters_data(snapshot, [letter_to(snapshot, i, today) for i in indices], today)
    name = "lettre.pdf" if len(indices) == 1 else "lettres.pdf"
    return attachment(set_in_pages("letters", data, today), PDF, name)


def _its_language() -> Language:
    """Actors are written to in French, whatever the reader of the site reads, unless `langue=en` is asked."""
    return Language.ENGLISH if request.args.get("langue") == "en" else Language.FRENCH


def _chosen(snapshot: Snapshot, today: date) -> list[int]:
    """Those of the work list in its order, or (`tous`) every engaged actor of the territory by name."""
    themes, territories, seats = texts("theme"), texts("territoire"), texts("siege")
    wanted = Filter(
        themes=_ids(snapshot, themes, "theme"),
        territories=_ids(snapshot, territories, "place"),
        seats=_ids(snapshot, seats, "place"),
        engaged=True,
    )
    passing = [int(i) for i in select(snapshot, wanted, today).indices]
    if request.args.get("tous") == "1":
        return [i for i in passing if snapshot.actors.perimeter[i] == Perimeter.INSIDE]
    kept = set(passing)
    return [item.index for item in work_items(snapshot, today) if item.index in kept]


def _ids(snapshot: Snapshot, keys: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """Codes of what was typed, by code or by name."""
    if kind == "theme":
        return tuple(snapshot.theme_ids[find_theme(snapshot, key)] for key in keys)
    return tuple(snapshot.place_ids[find_place(snapshot, key)] for key in keys)
