"""Plans: sets of links that were kept, and which of them came true."""

from collections import Counter
from dataclasses import asdict, dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from graphsvc.analytics.health import network_health
from graphsvc.analytics.plan_progress import Outcome, Progress, progress_of
from graphsvc.domain.errors import InvalidValue
from graphsvc.snapshot import Snapshot
from people.plans import Plan, PlannedLink, find_plan, keep_plan, plans, set_plan_aside
from web.labels import label
from web.language import column
from web.link_lines import read_links
from web.permissions import Action, current_identity, may, policy
from web.shown import served, services
from web.spoken import gettext as _
from web.views.actors.record_view import Named, named_actor
from web.views.coordination.imagined import Change, change_of, imagine
from web.words.coordination import FIGURES, OUTCOMES, figure_text
from web.words.messages import sentence

bp = Blueprint("plans", __name__)


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A planned link. `one`, `other`: the records they are today; None when there is none any more."""

    planned: PlannedLink
    one: Named | None
    other: Named | None
    progress: Progress
    words: str
    line: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in the list: how many of its links came true."""

    plan: Plan
    counts: list[tuple[str, int]]
    done: int


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """A figure the day the plan was made, as it was expected, and today."""

    name: str
    then: str
    expected: Change
    now: Change


@bp.get("/coordination/plans")
@policy(Action.SEE_WORK_LIST)
def all_plans() -> str:
    """The plans being followed, then those set aside."""
    snapshot = served().snapshot
    return render_template(
        "coordination/plans.html",
        plans=[_line(snapshot, plan) for plan in plans(services().private, snapshot.store_id)],
    )


@bp.post("/coordination/plans/garder")
@policy(Action.STEER)
def keep() -> Response | tuple[str, int]:
    """Keep a set of links as a plan. Lines that name nobody are said, and nothing is kept."""
    snapshot, today = served().snapshot, services().today()
    name, text = request.form.get("nom", ""), request.form.get("liens", "")[:20_000]
    try:
        read = read_links(snapshot, text.splitlines())
        if not read.faults:
            answer = imagine(snapshot, today, read.pairs)
            before, after = asdict(answer.before), asdict(answer.after)
            id_ = keep_plan(
                services().private,
                snapshot.store_id,
                name,
                [_planned(snapshot, a, b) for a, b in dict.fromkeys(read.pairs) if a != b],
                day=today,
                figures={figure: (before[figure], after[figure]) for figure in FIGURES},
                by=current_identity().account or "",
            )
            flash(_("Le plan est gardé : vous verrez ici quels liens se réalisent."))
            return redirect(url_for("plans.one_plan", id_=id_), 303)
        wrong = [f"{line} : {fault}" for line, fault in read.faults]
    except InvalidValue as refusal:
        wrong = [sentence(refusal)]
    return render_template("coordination/plan_refused.html", name=name, text=text, wrong=wrong), 422


@bp.get("/coordination/plans/<id_>")
@policy(Action.SEE_WORK_LIST)
def one_plan(id_: str) -> str:
    """One plan, link by link, and the figures expected and reached."""
    snapshot = served().snapshot
    plan = find_plan(services().private, snapshot.store_id, id_)
    links = _links(snapshot, plan)
    return render_template(
        "coordination/plan.html",
        plan=plan,
        links=links,
        done=sum(link.progress.outcome is Outcome.COOPERATING for link in links),
        rows=_expected(snapshot, plan),
        waiting=[link.line for link in links if link.progress.outcome in (Outcome.WAITING, Outcome.MET)],
        steers=may(Action.STEER),
    )


@bp.post("/coordination/plans/<id_>/mise-de-cote")
@policy(Action.STEER)
def put_aside(id_: str) -> Response:
    """Stop following a plan, or follow it again."""
    aside = request.form.get("geste") != "reprendre"
    by = current_identity().account or ""
    set_plan_aside(services().private, served().snapshot.store_id, id_, aside=aside, by=by)
    flash(_("Le plan est mis de côté : rien n'est effacé.") if aside else _("Le plan est suivi de nouveau."))
    return redirect(url_for("plans.one_plan", id_=id_), 303)


def _planned(snapshot: Snapshot, a: int, b: int) -> PlannedLink:
    return PlannedLink(snapshot.ids[a], snapshot.ids[b], snapshot.name(a), snapshot.name(b))


def _line(snapshot: Snapshot, plan: Plan) -> PlanLine:
    found = Counter(link.progress.outcome for link in _links(snapshot, plan))
    counts = [(OUTCOMES[outcome][column()], found[outcome]) for outcome in Outcome if found[outcome]]
    return PlanLine(plan, counts, found[Outcome.COOPERATING])


def _links(snapshot: Snapshot, plan: Plan) -> list[LinkLine]:
    keys = [(link.first_key, link.second_key) for link in plan.links]
    found = progress_of(snapshot, services().today(), keys)
    return [
        LinkLine(
            link,
            _named(snapshot, progress.first),
            _named(snapshot, progress.second),
            progress,
            OUTCOMES[progress.outcome][column()],
            f"{link.first_key} = {link.second_key}",
        )
        for link, progress in zip(plan.links, found, strict=True)
    ]


def _named(snapshot: Snapshot, i: int | None) -> Named | None:
    return None if i is None else named_actor(snapshot, snapshot.ids[i])


def _expected(snapshot: Snapshot, plan: Plan) -> list[ExpectedRow]:
    now = asdict(network_health(snapshot, services().today()))
    return [
        ExpectedRow(
            label("figure", name),
            figure_text(name, plan.figures[name][0]),
            change_of(name, plan.figures[name][0], plan.figures[name][1]),
            change_of(name, plan.figures[name][0], now[name]),
        )
        for name in FIGURES
        if name in plan.figures and name in now
    ]
