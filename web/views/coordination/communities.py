"""The communities of the map: who is in each, the name the coordination gave it, and a form to name it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from graphsvc.analytics.layout import Layout
from graphsvc.domain.errors import InvalidValue
from graphsvc.search import known_actor
from graphsvc.snapshot import Snapshot
from people.layouts import community_names, name_community
from web.maps.kept_layout import map_layout
from web.named import place_name, topic_name
from web.permissions import Action, current_identity, may, policy
from web.shown import served, services
from web.spoken import gettext as _
from web.views.actors.record_view import Named, named_actor
from web.words.messages import sentence
from web.work_choice import places_of, themes_of

bp = Blueprint("communities", __name__)
LONGEST_NAME = 80
SMALLEST = 3
_ABOUT = 3


@dataclass(frozen=True, slots=True)
class Community:
    """A group of the map. `key`: its best tied actor, when it was named or now; `names`: those given."""

    key: str
    names: tuple[str, ...]
    members: tuple[Named, ...]
    themes: tuple[str, ...]
    countries: tuple[str, ...]
    inside: int


@bp.get("/communautes")
@policy(Action.READ)
def page() -> str:
    """The communities of three actors or more, the largest first."""
    return _page()


@bp.post("/communautes/nom")
@policy(Action.STEER)
def name_one() -> Response | tuple[str, int]:
    """Give a community a name, or take it away."""
    snapshot = served().snapshot
    key, name = request.form.get("communaute", "")[:200], " ".join(request.form.get("nom", "").split())
    known_actor(snapshot, key)
    if len(name) > LONGEST_NAME:
        refusal = InvalidValue("community", _("nom"), name[:80], "community_name_too_long")
        return _page(sentence(refusal)), 422
    private, by = services().private, current_identity().account or ""
    for former in _keys_of_same(snapshot, key):
        name_community(private, snapshot.store_id, former, "", by=by)
    name_community(private, snapshot.store_id, key, name, by=by)
    flash(_("Le nom est enregistré.") if name else _("Le nom est retiré."))
    return redirect(url_for("communities.page"), 303)


def _page(wrong: str | None = None) -> str:
    snapshot, today = served().snapshot, services().today()
    return render_template(
        "coordination/communities.html",
        communities=_communities(snapshot, today),
        steers=may(Action.STEER),
        wrong=wrong,
        longest=LONGEST_NAME,
    )


def _communities(snapshot: Snapshot, today: date) -> list[Community]:
    layout = map_layout(services(), snapshot)
    names = community_names(services().private, snapshot.store_id)
    given = {i: (key, name) for key, name in names.items() if (i := snapshot.index(key)) is not None}
    degree = snapshot.ties(today).degree
    found = []
    for members in groups_of(snapshot, layout):
        ordered = sorted(members, key=lambda i: (-int(degree[i]), i))
        own = [given[i] for i in ordered if i in given]
        key = own[0][0] if own else snapshot.ids[ordered[0]]
        found.append(_community(snapshot, ordered, key, own))
    return [one for one in found if one.inside]  # a disc of neighbours in space only is none


def groups_of(snapshot: Snapshot, layout: Layout) -> list[tuple[int, ...]]:
    """The discs of the map that hold a community: three actors or more, tied or related to one another."""
    tied = snapshot.documented_ties().degree > 0
    groups = [tuple(i for i in disc.members if tied[i]) for disc in layout.discs]
    return sorted((g for g in groups if len(g) >= SMALLEST), key=lambda g: (-len(g), g[0]))


def _community(snapshot: Snapshot, members: list[int], key: str, own: list[tuple[str, str]]) -> Community:
    themes: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for i in members:
        themes.update(themes_of(snapshot, i))
        places.update(places_of(snapshot, i))
    return Community(
        key,
        tuple(name for _key, name in own),
        tuple(named_actor(snapshot, snapshot.ids[i]) for i in members),
        tuple(_theme_names(snapshot, themes)[:_ABOUT]),
        tuple(_country_names(snapshot, places)[:_ABOUT]),
        _inside(snapshot, members),
    )


def _inside(snapshot: Snapshot, members: list[int]) -> int:
    ties, own = snapshot.documented_ties(), set(members)
    return sum(j in own for i in members for j in ties.neighbours(i).tolist()) // 2


def _theme_names(snapshot: Snapshot, found: Counter[str]) -> list[str]:
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    positions = [snapshot.theme_index(code) for code, _n in ranked]
    return [
        topic_name(snapshot.theme(t)) for t in positions if t is not None and snapshot.theme(t).parent is None
    ]


def _country_names(snapshot: Snapshot, found: Counter[str]) -> list[str]:
    home = {a for p in snapshot.places.home.nonzero()[0][:1] for a in snapshot.ancestors(int(p))}
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    positions = [snapshot.place_index(code) for code, _n in ranked]
    return [
        place_name(snapshot.place(p))
        for p in positions
        if p is not None and snapshot.place(p).parent is None and p not in home
    ]


def _keys_of_same(snapshot: Snapshot, key: str) -> list[str]:
    """The keys under which the community of this actor is named today."""
    i = snapshot.index(key)
    named = community_names(services().private, snapshot.store_id)
    for members in groups_of(snapshot, map_layout(services(), snapshot)):
        if i in members:
            return [k for k in named if snapshot.index(k) in members]
    return [k for k in named if k == key]
