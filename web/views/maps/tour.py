"""The guided tour, step by step or on paper."""

from flask import Blueprint, abort, render_template

from people.saved_views import tour_views
from web.maps.kept_layout import map_layout
from web.permissions import Action, policy
from web.shown import served, services
from web.tour import Step, default_tour, published_tour

bp = Blueprint("tour", __name__)


@bp.get("/visite", defaults={"number": 1})
@bp.get("/visite/<int:number>")
@policy(Action.READ)
def step(number: int) -> str:
    """One step: its text, its map, the one before and the one after."""
    steps, published = _steps()
    if not 1 <= number <= max(1, len(steps)):
        abort(404)
    return render_template("tour.html", steps=steps, number=number, published=published)


@bp.get("/visite/imprimer")
@policy(Action.READ)
def on_paper() -> str:
    """Every step, a page each."""
    steps, published = _steps()
    return render_template("tour_paper.html", steps=steps, published=published)


def _steps() -> tuple[list[Step], bool]:
    """The tour, and whether people published it; else it is made from the data."""
    snapshot, today = served().snapshot, services().today()
    views = tour_views(services().private, snapshot.store_id)
    found = published_tour(snapshot, views, today)
    if found:
        return found, True
    return default_tour(snapshot, map_layout(services(), snapshot), today), False
