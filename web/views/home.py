"""The home page: what this is, what one can do, and the network's figures in plain words."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template

from graphsvc.analytics.health import Health, network_health
from graphsvc.search import Filter, select
from graphsvc.snapshot import Snapshot
from web.countries import countries_abroad
from web.kept import kept_in_words
from web.named import place_name, topic_name
from web.permissions import Action, policy
from web.same_for_visitors import same_for_visitors
from web.shown import served, services
from web.views.publishing.sending import own_actors
from web.views.tally import Tally, tally

bp = Blueprint("pages", __name__)
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a small chart: a code, its name, its count."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """What the home page tells of the network on a day."""

    health: Health
    tally: Tally
    kinds: list[tuple[str, int]]
    themes: list[Bar]
    countries: list[Bar]
    needs: int
    projects: int
    agreements: int
    territory: str


@bp.get("/")
@policy(Action.READ)
@same_for_visitors
def home() -> str:
    """The home page."""
    shown = served()
    return render_template(
        "home.html",
        portrait=_portrait(shown.snapshot, services().today()),
        own=own_actors(shown.snapshot),  # nobody's, on the page kept for visitors
    )


@kept_in_words
def _portrait(snapshot: Snapshot, day: date) -> Portrait:
    found = select(snapshot, Filter(engaged=True), day)
    themes = [Bar(c, topic_name(snapshot.theme(_theme(snapshot, c))), n) for c, n in found.facets["theme"]]
    top_level = [b for b in themes if snapshot.theme(_theme(snapshot, b.code)).parent is None]
    needs = sum(
        snapshot.announcement(k).open_on(day) and snapshot.announcement(k).direction.value == "need"
        for k in range(len(snapshot.announcement_ids))
    )
    return Portrait(
        health=network_health(snapshot, day),
        tally=tally(snapshot, day),
        kinds=found.facets["kind"],
        themes=top_level[:SHOWN],
        countries=_countries(snapshot, found.facets["territory"])[:SHOWN],
        needs=needs,
        projects=len(snapshot.project_ids),
        agreements=len(snapshot.agreement_ids),
        territory=_territory(snapshot),
    )


def _theme(snapshot: Snapshot, code: str) -> int:
    found = snapshot.theme_index(code)
    return -1 if found is None else found


def _countries(snapshot: Snapshot, counts: list[tuple[str, int]]) -> list[Bar]:
    """Countries abroad where actors act, where most do first."""
    found = sorted(countries_abroad(snapshot, counts), key=lambda one: -one[1])
    return [Bar(code, _name(snapshot, code), count) for code, count in found]


def _territory(snapshot: Snapshot) -> str:
    """The name of the home territory: the home place that holds the others; nothing when there is not one."""
    home = snapshot.places.home
    tops = [
        p for p in home.nonzero()[0].tolist() if not any(home[above] for above in snapshot.ancestors(p)[1:])
    ]
    return place_name(snapshot.place(tops[0])) if len(tops) == 1 else ""


def _name(snapshot: Snapshot, code: str) -> str:
    position = snapshot.place_index(code)
    return code if position is None else place_name(snapshot.place(position))
