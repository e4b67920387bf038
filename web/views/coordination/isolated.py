"""The coordinator's work list: who stands apart, why, whom they could meet first, what was done about it."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request

from graphsvc.analytics.inventory import inventory
from graphsvc.analytics.isolation import WorkItem
from graphsvc.snapshot import Snapshot
from web.kept import kept_in_words
from web.named import place_name
from web.permissions import Action, current_identity, may, policy
from web.same_for_visitors import same_for_visitors
from web.shown import served, services
from web.views.actors.listing import page_of
from web.views.actors.record_view import Named, named_actor
from web.views.asked import page_number
from web.views.coordination.followed import followed
from web.views.coordination.standing import work_items
from web.views.coordination.work_cards import work_cards
from web.views.coordination.work_filters import asked, counts, in_follow_up, set_aside
from web.views.tally import tally

bp = Blueprint("isolated", __name__)
PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class TownLine:
    """A commune and whom one could recruit there."""

    name: str | None
    engaged: int
    relays: tuple[Named, ...]
    others: tuple[Named, ...]


@bp.get("/acteurs-isoles")
@policy(Action.READ)
@same_for_visitors
def work_list() -> str:
    """Counts for everybody; names for those whose role allows it."""
    snapshot, today = served().snapshot, services().today()
    everyone = request.args.get("tous") == "1"
    wanted, account = asked(), current_identity().account
    sees_names = may(Action.SEE_WORK_LIST) or bool(current_identity().actors)
    ready = services().work_lists.if_ready(snapshot, today) if sees_names else None
    listed = ready.in_calling_order[everyone] if ready else work_items(snapshot, today, everyone)
    items = _visible(snapshot, listed)
    done = followed(snapshot) if items else {}
    named = in_follow_up(wanted.choice.among(snapshot, items), done, wanted.follow_up, account, today)
    page = page_of(len(named), PER_PAGE, page_number())
    return render_template(
        "isolated.html",
        counts=counts(snapshot, today, everyone),
        tally=tally(snapshot, today),
        named=may(Action.SEE_WORK_LIST),
        own=bool(current_identity().actors) and not may(Action.SEE_WORK_LIST),
        steers=may(Action.STEER),
        everyone=everyone,
        asked=wanted,
        aside=set_aside(items, done, today),
        page=page,
        cards=work_cards(snapshot, named[page.first : page.last], today, done, met=ready is not None),
        ready=ready is not None,
    )


@bp.get("/acteurs-isoles/a-recruter")
@policy(Action.SEE_WORK_LIST)
def to_recruit() -> str:
    """Commune by commune, the structures that could take part and the relays to recruit."""
    snapshot, today = served().snapshot, services().today()
    towns = _towns(snapshot, today)
    return render_template(
        "coordination/to_recruit.html",
        towns=towns,
        relays=sum(len(t.relays) for t in towns),
        others=sum(len(t.others) for t in towns),
        empty=sum(t.name is not None and not t.engaged for t in towns),
    )


def prepare_counts(snapshot: Snapshot, today: date) -> None:
    """Compute what every visit of the list reads, when a snapshot is first served."""
    tally(snapshot, today)
    for everyone in (False, True):
        counts(snapshot, today, everyone)


def _visible(snapshot: Snapshot, items: tuple[WorkItem, ...]) -> list[WorkItem]:
    """The lines this person may see by name: all, those of their own actors, or none."""
    if may(Action.SEE_WORK_LIST):
        return list(items)
    own = {snapshot.index(key) for key in current_identity().actors}
    return [i for i in items if i.index in own and may(Action.SEE_WORK_LIST, snapshot.ids[i.index])]


@kept_in_words
def _towns(snapshot: Snapshot, today: date) -> list[TownLine]:
    def named(indices: tuple[int, ...]) -> tuple[Named, ...]:
        return tuple(named_actor(snapshot, snapshot.ids[i]) for i in indices)

    return [
        TownLine(
            None if town.place is None else place_name(snapshot.place(town.place)),
            town.engaged,
            named(town.relays),
            named(town.others),
        )
        for town in inventory(snapshot, today)
    ]
