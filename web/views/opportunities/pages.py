"""Opportunities of the network: who could act together, where it is crowded, what nobody does, what sleeps.

Names are for agents and the coordination, and for members what concerns their own actors; everybody may read
the counts. Triangles are proposals, as suggestions are: everybody may read them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from graphsvc.snapshot import Snapshot
from matcher.places.concentration import Load, PlaceLoad
from web.permissions import Action, may, policy
from web.shown import served, services
from web.views.actors.listing import actor_line, page_of
from web.views.actors.record_view import named_place, named_places, named_themes
from web.views.asked import page_number
from web.views.opportunities.group_cards import (
    convergence_card,
    dormant_card,
    member_cards,
    named_theme,
    told_of,
    triangle_card,
)
from web.views.opportunities.group_filters import Narrowed, read_filters
from web.views.opportunities.lists import (
    MOST,
    countries,
    kept_convergences,
    kept_dormant,
    kept_grid,
    kept_loads,
    kept_missing,
    kept_needs,
    kept_triangles,
    own_actors,
    seen_convergences,
    seen_dormant,
    seen_triangles,
)
from web.views.publishing.entry_names import proposed_places, proposed_themes
from web.words.groups import LOADS

bp = Blueprint("opportunities", __name__)
PER_PAGE = 12


@dataclass(frozen=True, slots=True)
class GatheredCount:
    """What anybody may see of a convergence: where or on what, how many actors, how many pairs."""

    address: str
    id: str
    name: str
    count: int
    pairs: int


@bp.get("/opportunites")
@policy(Action.READ)
def overview() -> str:
    """What there is to find, in figures, and where to read it."""
    snapshot, today = served().snapshot, services().today()
    loads = Counter(load.load for load in kept_loads(snapshot, today, ()))
    return render_template(
        "opportunities.html",
        found={
            "convergences": len(kept_convergences(snapshot, today, (), ())),
            "triangles": len(kept_triangles(snapshot, today)),
            "crowded": loads[Load.CROWDED],
            "hanging": loads[Load.HANGING],
            "nobody": loads[Load.NOBODY],
            "needs": len(kept_needs(snapshot, today, ())),
            "missing": len(kept_missing(snapshot, today, (), ())),
            "dormant": len(kept_dormant(snapshot, today)),
        },
        most=MOST,
        named=may(Action.SEE_WORK_LIST),
    )


@bp.get("/opportunites/convergences")
@policy(Action.READ)
def convergence_list() -> Response:
    """Who acts at the same place or on the same theme without cooperating."""
    snapshot, wanted = _asked()
    every = () if wanted.faults else _all_convergences(snapshot, wanted)
    seen = [] if wanted.faults else seen_convergences(snapshot, wanted)
    page = page_of(len(seen), PER_PAGE, page_number())
    cards = [convergence_card(snapshot, group) for group in seen[page.first : page.last]]
    return _page("convergences.html", snapshot, wanted, page=page, cards=cards, counts=every)


@bp.get("/opportunites/triangles")
@policy(Action.READ)
def triangle_list() -> Response:
    """An actor from here, a partner there, and a third with what they lack."""
    snapshot, wanted = _asked()
    seen = [] if wanted.faults else seen_triangles(snapshot, wanted)
    page = page_of(len(seen), PER_PAGE, page_number())
    cards = [triangle_card(snapshot, group) for group in seen[page.first : page.last]]
    return _page("triangles.html", snapshot, wanted, page=page, cards=cards)


@bp.get("/opportunites/territoires")
@policy(Action.READ)
def place_list() -> Response:
    """Where many are, where one is alone, where nobody is."""
    snapshot, wanted = _asked()
    loads = () if wanted.faults else kept_loads(snapshot, wanted.day, wanted.place_ids)
    lists = [
        (load.value, LOADS[load.value], [_place(snapshot, p) for p in loads if p.load is load])
        for load in Load
        if any(p.load is load for p in loads)
    ]
    return _page("concentration.html", snapshot, wanted, lists=lists)


@bp.get("/opportunites/manques")
@policy(Action.READ)
def gap_list() -> Response:
    """Needs without an offer, and themes that nobody works on at partner places."""
    snapshot, wanted = _asked()
    if wanted.faults:
        return _page("gaps.html", snapshot, wanted, needs=[], cells=[], natures=[], lacking=[], grid=None)
    needs = () if wanted.places else kept_needs(snapshot, wanted.day, wanted.theme_ids)
    cells = kept_missing(snapshot, wanted.day, wanted.theme_ids, wanted.place_ids)
    records = {gap.announcement: snapshot.announcement(gap.announcement) for gap in needs}
    return _page(
        "gaps.html",
        snapshot,
        wanted,
        needs=[
            (
                records[gap.announcement],
                gap,
                told_of(gap.reasons),
                member_cards(snapshot, gap.helpers),
                named_themes(snapshot, records[gap.announcement].themes),
                named_places(snapshot, records[gap.announcement].territories),
            )
            for gap in needs
        ],
        lacking=[
            (named_theme(snapshot, t), count)
            for t, count in Counter(gap.theme for gap in cells).most_common()
        ],
        cells=[(gap, told_of(gap.reasons), member_cards(snapshot, gap.helpers)) for gap in cells],
        natures=Counter(record.nature.value for record in records.values()).most_common(),
        grid=_grid(snapshot, wanted.day),
    )


@bp.get("/opportunites/a-ranimer")
@policy(Action.READ)
def dormant_list() -> Response:
    """Cooperations that sleep and are worth reviving, and who could help."""
    snapshot, wanted = _asked()
    every = kept_dormant(snapshot, wanted.day)
    seen = [] if wanted.faults else seen_dormant(snapshot, wanted)
    page = page_of(len(seen), PER_PAGE, page_number())
    cards = [dormant_card(snapshot, group) for group in seen[page.first : page.last]]
    places = countries(snapshot, every)
    return _page("dormant.html", snapshot, wanted, page=page, cards=cards, total=len(every), countries=places)


def _asked() -> tuple[Snapshot, Narrowed]:
    snapshot, today = served().snapshot, services().today()
    return snapshot, read_filters(snapshot, today)


def _page(template: str, snapshot: Snapshot, wanted: Narrowed, **more: object) -> Response:
    """The page, 400 when a filter was not understood: it says which, with the nearest entries."""
    page = render_template(
        template,
        wanted=wanted,
        most=MOST,
        named=may(Action.SEE_WORK_LIST),
        own=bool(own_actors(snapshot)),
        known_themes=proposed_themes(snapshot),
        known_places=proposed_places(snapshot),
        **more,
    )
    return make_response(page, 400 if wanted.faults else 200)


def _all_convergences(snapshot: Snapshot, wanted: Narrowed) -> tuple[GatheredCount, ...]:
    """The convergences without a name in them."""
    found = []
    for group in kept_convergences(snapshot, wanted.day, wanted.theme_ids, wanted.place_ids):
        members = sum(m.role.value != "connector" for m in group.members)
        if group.place is not None and group.theme is None:
            place = named_place(snapshot, group.place)
            found.append(GatheredCount("territory", place.id, place.name, members, group.open_pairs))
        elif group.place is None and group.theme is not None and group.area is None:
            theme = named_theme(snapshot, group.theme)
            found.append(GatheredCount("theme", theme.id, theme.name, members, group.open_pairs))
    return tuple(found)


def _place(snapshot: Snapshot, load: PlaceLoad) -> tuple[object, ...]:
    """A place, and what may be read of it: names for those who may see them."""
    seen = may(Action.SEE_WORK_LIST)
    lines = [actor_line(snapshot, i, 0) for i in load.houses] if seen else []
    return named_place(snapshot, load.place), load, told_of(load.reasons) if seen else (), lines


def _grid(snapshot: Snapshot, day: date) -> tuple[list[object], list[tuple[object, list[int]]]] | None:
    """Themes (columns) and places (rows) with the number of actors in each cell; None when there is none."""
    grid = kept_grid(snapshot, day)
    if not len(grid.places):
        return None
    themes: list[object] = [named_theme(snapshot, t) for t in grid.themes]
    rows = zip(grid.places, grid.counts.tolist(), strict=True)
    return themes, [(named_place(snapshot, p), counts) for p, counts in rows]
