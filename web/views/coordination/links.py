"""The few links that would do the network most good together, under a budget."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from flask import Blueprint, render_template, request

from graphsvc.analytics.best_links import BestLinks
from graphsvc.domain.errors import InvalidValue
from graphsvc.snapshot import Snapshot
from matcher.introductions import best_introductions
from web.declined import declined_by_index
from web.kept import kept
from web.link_lines import link_line
from web.permissions import Action, may, policy
from web.reasons.mentions import Sentence
from web.shown import served, services
from web.views.actors.record_view import Named, named_actor
from web.views.coordination.bridge_cards import Introduction, introduction_of
from web.views.coordination.standing import standing_of, weaving_of, work_items
from web.views.partners.suggested import suggestions_for
from web.words.coordination import fine_percent
from web.written import decimal

bp = Blueprint("best_links", __name__)
BUDGET, MOST = 10, 50


@dataclass(frozen=True, slots=True)
class StepLine:
    """One chosen link; `joined`, `reach`, `secured`: its parts of the best gain of the set, in [0, 1]."""

    one: Named
    other: Named
    state: str | None
    line: str
    gain: float
    joined: float
    reach: float
    secured: float
    actors_joined: int
    reachable: float
    dependency: float
    reason: Sentence | None
    introduction: Introduction


@bp.get("/coordination/liens")
@policy(Action.SEE_WORK_LIST)
def page() -> str:
    """The set, link by link, with what each adds to those before it."""
    snapshot, today = served().snapshot, services().today()
    everyone = request.args.get("tous") == "1"
    budget = read_budget()
    found = best_set(snapshot, today, budget, everyone)
    return render_template(
        "coordination/best_links.html",
        found=found,
        steps=_lines(snapshot, today, found),
        budget=budget,
        most=MOST,
        opening=any(round(a.gain, 2) < round(b.gain, 2) for a, b in pairwise(found.steps)),
        everyone=everyone,
        steers=may(Action.STEER),
        fine_percent=fine_percent,
        two=_two,
    )


def best_set(snapshot: Snapshot, today: date, budget: int, everyone: bool = False) -> BestLinks:
    """The links for the actors of the work list, without what they declined."""
    declined = frozenset(declined_by_index(services().private, snapshot).items())
    return _best(snapshot, today, budget, everyone, declined)


@kept
def _best(
    snapshot: Snapshot,
    today: date,
    budget: int,
    everyone: bool,
    declined: frozenset[tuple[int, frozenset[str]]],
) -> BestLinks:
    return best_introductions(
        snapshot,
        [item.index for item in work_items(snapshot, today, everyone)],
        today,
        budget,
        declined=dict(declined),
        weaving=weaving_of(snapshot, today),
    )


def _lines(snapshot: Snapshot, today: date, found: BestLinks) -> list[StepLine]:
    most = max((step.gain for step in found.steps), default=1.0)
    return [
        StepLine(
            one=named_actor(snapshot, snapshot.ids[step.a]),
            other=named_actor(snapshot, snapshot.ids[step.b]),
            state=item.state.value if (item := standing_of(snapshot, step.a, today)) is not None else None,
            line=link_line(snapshot, step.a, step.b),
            gain=step.gain,
            joined=step.joined / most,
            reach=step.reach / most,
            secured=step.secured / most,
            actors_joined=step.actors_joined,
            reachable=step.reachable_pairs_share,
            dependency=step.dependency,
            reason=_reason(snapshot, step.a, step.b, today),
            introduction=introduction_of(snapshot, step.b, step.introducer),
        )
        for step in found.steps
    ]


def _reason(snapshot: Snapshot, a: int, b: int, today: date) -> Sentence | None:
    for proposal in suggestions_for(snapshot, a, today, 8).items:
        if proposal.line.actor.id == snapshot.ids[b] and proposal.for_you:
            return proposal.for_you[0]
    return None


def _two(value: float) -> str:
    return decimal(value, 2)


def read_budget() -> int:
    """The `budget` of the address, ten when it says none. Raises InvalidValue."""
    given = request.args.get("budget", str(BUDGET)).strip()
    if not (given.isascii() and given.isdigit() and len(given) <= 3 and 1 <= int(given) <= MOST):
        raise InvalidValue("query", "budget", given[:80], "budget_range")
    return int(given)
