"""The coordinator's work list: who stands apart, why, and whom they could meet first."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request

from graphsvc.analytics.isolation import IsolationState, WorkItem
from graphsvc.domain.errors import InvalidValue
from graphsvc.snapshot import Snapshot
from web.kept import kept
from web.permissions import Action, current_identity, may, policy
from web.shown import served, services
from web.views.asked import page_number, texts
from web.views.listing import ActorLine, actor_line, page_of
from web.views.standing import work_items
from web.views.suggested import Proposal, suggestions_for

bp = Blueprint("isolated", __name__)
PER_PAGE = 20
MEET = 2


@dataclass(frozen=True, slots=True)
class Counts:
    """What anybody may see: how many, in which state, of which kinds, on which themes."""

    total: int
    states: list[tuple[str, int]]
    kinds: list[tuple[str, int]]
    themes: list[tuple[str, str, int]]
    doubtful: int


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One actor of the list, for those who may see names."""

    item: WorkItem
    line: ActorLine
    years: int | None
    meet: tuple[Proposal, ...]


@bp.get("/acteurs-isoles")
@policy(Action.READ)
def work_list() -> str:
    """Counts for everybody; names for those whose role allows it."""
    snapshot, today = served().snapshot, services().today()
    everyone = request.args.get("tous") == "1"
    items = work_items(snapshot, today, everyone)
    named = [item for item in _visible(snapshot, items) if _asked(snapshot, item)]
    page = page_of(len(named), PER_PAGE, page_number())
    return render_template(
        "isolated.html",
        counts=_counts(snapshot, today, everyone),
        named=may(Action.SEE_WORK_LIST),
        own=bool(current_identity().actors) and not may(Action.SEE_WORK_LIST),
        everyone=everyone,
        page=page,
        lines=[_line(snapshot, item, today) for item in named[page.first : page.last]],
        filtered=bool(texts("etat") or texts("type") or texts("theme")),
    )


def _visible(snapshot: Snapshot, items: tuple[WorkItem, ...]) -> list[WorkItem]:
    """The lines this person may see by name: all, those of their own actors, or none."""
    if may(Action.SEE_WORK_LIST):
        return list(items)
    return [item for item in items if may(Action.SEE_WORK_LIST, snapshot.ids[item.index])]


def _asked(snapshot: Snapshot, item: WorkItem) -> bool:
    states, kinds, themes = texts("etat"), texts("type"), texts("theme")
    for state in states:
        if state not in list(IsolationState):
            raise InvalidValue("filtre", "etat", state[:80], "unknown_code")
    actor = snapshot.actor(item.index)
    return (
        (not states or item.state.value in states)
        and (not kinds or actor.kind.value in kinds)
        and (not themes or bool(set(themes) & _with_parents(snapshot, actor.themes)))
    )


def _with_parents(snapshot: Snapshot, ids: tuple[str, ...]) -> set[str]:
    positions = (snapshot.theme_index(id_) for id_ in ids)
    return {snapshot.theme_ids[a] for t in positions if t is not None for a in snapshot.theme_ancestors(t)}


@kept
def _counts(snapshot: Snapshot, today: date, everyone: bool) -> Counts:
    items = work_items(snapshot, today, everyone)
    states = Counter(item.state.value for item in items)
    kinds = Counter(snapshot.actor(item.index).kind.value for item in items)
    themes: Counter[str] = Counter()
    for item in items:
        themes.update(_with_parents(snapshot, snapshot.actor(item.index).themes))
    top = [
        (code, snapshot.theme(t).label, count)
        for code, count in themes.most_common()
        if (t := snapshot.theme_index(code)) is not None and snapshot.theme(t).parent is None
    ]
    return Counts(
        len(items),
        [(s.value, states[s.value]) for s in IsolationState if states[s.value]],
        kinds.most_common(),
        top[:10],
        sum(item.in_our_data_only for item in items),
    )


def _line(snapshot: Snapshot, item: WorkItem, today: date) -> WorkLine:
    age = item.record_age_days
    return WorkLine(
        item,
        actor_line(snapshot, item.index, int(snapshot.ties(today).degree[item.index])),
        None if age is None else age // 365,
        suggestions_for(snapshot, item.index, today, MEET).items,
    )
