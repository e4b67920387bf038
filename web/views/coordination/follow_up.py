"""One actor of the work list: why it is there, whom it should meet, what was done, what to do next."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue
from graphsvc.search import known_actor
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker
from people.accounts import list_accounts
from people.addresses import folded_address
from people.follow_ups import Result, StepKind, add_step
from people.roles import Role
from web.declined import declined_of
from web.language import column
from web.permissions import Action, current_identity, may, policy
from web.shown import served, services
from web.spoken import gettext as _
from web.views.actors.listing import actor_line
from web.views.coordination.followed import NOTHING, followed, step_lines
from web.views.coordination.standing import standing_of
from web.views.coordination.work_cards import work_line
from web.words.coordination import RESULTS
from web.words.messages import sentence

bp = Blueprint("follow_up", __name__)
_STAFF = frozenset({Role.AGENT, Role.COORDINATOR, Role.ADMIN})


@bp.get("/acteurs-isoles/suivi/<path:id_>")
@policy(Action.SEE_WORK_LIST, subject="id_")
def one_actor(id_: str) -> str:
    """The actor, its introductions, its history, and the forms for those who may steer."""
    return _page(served().snapshot, id_)


@bp.post("/acteurs-isoles/geste/<path:id_>")
@policy(Action.STEER)
def do_step(id_: str) -> Response | tuple[str, int]:
    """Assign, note, snooze, close or reopen. What was typed comes back with what is wrong."""
    snapshot = served().snapshot
    i = known_actor(snapshot, id_)
    item = standing_of(snapshot, i, services().today())
    form = request.form
    try:
        kind = _kind(form.get("geste", ""))
        add_step(
            services().private,
            snapshot.store_id,
            snapshot.ids[i],
            kind,
            by=current_identity().account or "",
            assigned_to=_assignee(form) if kind is StepKind.ASSIGN else None,
            until=_day(form.get("jusqu_au", "")) if kind is StepKind.SNOOZE else None,
            result=_result(form.get("resultat", "")) if kind is StepKind.CLOSE else None,
            state=item.state.value if item is not None else None,
            note=form.get("note", ""),
        )
    except InvalidValue as refusal:
        return _page(snapshot, id_, sentence(refusal)), 422
    flash(_("C'est noté."))
    return redirect(url_for("follow_up.one_actor", id_=snapshot.ids[i]), 303)


def _declined(snapshot: Snapshot, i: int) -> frozenset[str]:
    return declined_of(services().private, snapshot, Asker.actor(i))


def _page(snapshot: Snapshot, id_: str, wrong: str | None = None) -> str:
    today = services().today()
    i = known_actor(snapshot, id_)
    item = standing_of(snapshot, i, today)
    found = followed(snapshot).get(i, NOTHING)
    return render_template(
        "coordination/follow_up.html",
        line=actor_line(snapshot, i, snapshot.ties(today).degree_of(i)),
        work=work_line(snapshot, item, today, found, _declined(snapshot, i)) if item is not None else None,
        found=found,
        waits=found.waits(today, item.state.value if item is not None else ""),
        assigned=_assigned_words(found.assigned_to),
        steps=step_lines(found),
        results=[(result.value, words[column()]) for result, words in RESULTS.items()],
        steers=may(Action.STEER),
        wrong=wrong,
        typed=request.form,
    )


def _assigned_words(account: str | None) -> str | None:
    """Who takes care of it, without naming a person to anybody but administrators."""
    if account is None:
        return None
    if account == current_identity().account:
        return str(_("vous"))
    if may(Action.ADMINISTER):
        return next((a.email for a in list_accounts(services().private) if a.id == account), None)
    return str(_("quelqu'un d'autre de l'équipe"))


def _assignee(form: "dict[str, str]") -> str | None:
    """The account that takes it on: one's own, that of an address, or nobody."""
    whom = form.get("a_qui", "moi")
    if whom == "personne":
        return None
    address = form.get("adresse", "").strip()
    if whom != "adresse":
        return current_identity().account
    wanted = folded_address(address)
    for account in list_accounts(services().private):
        known = account.role in _STAFF and not account.disabled
        if known and folded_address(account.email) == wanted:
            return account.id
    raise InvalidValue("follow_up", "adresse", address[:80], "nobody_of_the_team")


def _kind(text: str) -> StepKind:
    if text not in list(StepKind):
        raise InvalidValue("follow_up", "geste", text[:80], "unknown_code")
    return StepKind(text)


def _result(text: str) -> Result | None:
    if text and text not in list(Result):
        raise InvalidValue("follow_up", "resultat", text[:80], "unknown_code")
    return Result(text) if text else None


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    until = PartialDate.parse(text).first_day
    if until <= services().today():
        raise InvalidValue("follow_up", "jusqu_au", text[:80], "day_is_over")
    return until
