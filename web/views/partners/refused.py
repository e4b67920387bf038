"""« Non merci »: a proposal declined for good by those who speak for the asker, listed, and taken back."""

from urllib.parse import urlencode

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from graphsvc.domain.records import RecordKind
from graphsvc.search import known_actor, known_record
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker
from matcher.asks import AskerKind as Asking
from people.refusals import AskerKind, decline, forget_refusal
from web.accounts.destination import own_path
from web.declined import asker_key, declined_of
from web.permissions import Action, current_identity, may, policy, require
from web.shown import served, services
from web.spoken import gettext as _
from web.views.actors.record_view import Named, named_actor

bp = Blueprint("refused", __name__)
PARAMETERS = {Asking.ACTOR: "acteur", Asking.ANNOUNCEMENT: "annonce", Asking.PROJECT: "projet"}


@bp.get("/partenaires/non-merci")
@policy(Action.OWN_ACCOUNT)
def refused_list() -> str:
    """Whom this asker declined, each with a way back."""
    snapshot = served().snapshot
    asker = _asker(snapshot, request.args)
    _require(snapshot, asker)
    key = asker_key(snapshot, asker)
    return render_template(
        "partners_refused.html",
        parameter=PARAMETERS[asker.kind],
        key=key,
        title=_title(snapshot, asker),
        refused=refused_by(snapshot, asker),
    )


@bp.post("/partenaires/non-merci")
@policy(Action.OWN_ACCOUNT)
def refuse() -> Response:
    """Never propose this actor to this asker again."""
    snapshot = served().snapshot
    asker = _asker(snapshot, request.form)
    _require(snapshot, asker)
    i = known_actor(snapshot, request.form.get("refuse", "")[:200])
    by = current_identity().account or abort(401)
    key = asker_key(snapshot, asker) or abort(400)
    private = services().private
    decline(private, snapshot.store_id, AskerKind(asker.kind.value), key, snapshot.ids[i], by=by)
    flash(
        _(
            "C'est noté : nous ne vous proposerons plus « %(name)s ». Vous pourrez changer d'avis.",
            name=snapshot.name(i),
        )
    )
    return redirect(_back(asker, key), 303)


@bp.post("/partenaires/se-raviser")
@policy(Action.OWN_ACCOUNT)
def reconsider() -> Response:
    """This actor may be proposed to this asker again."""
    snapshot = served().snapshot
    asker = _asker(snapshot, request.form)
    _require(snapshot, asker)
    key = asker_key(snapshot, asker) or abort(400)
    refused = request.form.get("refuse", "")[:200]
    forget_refusal(services().private, snapshot.store_id, AskerKind(asker.kind.value), key, refused)
    flash(
        _(
            "C'est noté : nous pourrons de nouveau vous proposer « %(name)s ».",
            name=named_actor(snapshot, refused).name,
        )
    )
    return redirect(_back(asker, key), 303)


def refused_by(snapshot: Snapshot, asker: Asker) -> list[Named]:
    """Whom the asker declined, in alphabetical order, for those who speak for it; else nobody."""
    if not may_decline(snapshot, asker):
        return []
    return sorted(
        (named_actor(snapshot, key) for key in declined_of(services().private, snapshot, asker)),
        key=lambda n: n.name,
    )


def may_decline(snapshot: Snapshot, asker: Asker) -> bool:
    """Whether the person behind this request speaks for the asker."""
    if asker.kind is Asking.REQUEST:
        return False
    return may(Action.PUBLISH) or any(may(Action.PUBLISH, key) for key in _speakers(snapshot, asker))


def _speakers(snapshot: Snapshot, asker: Asker) -> list[str]:
    """The actors whose members speak for the asker: itself, the owner, the participants."""
    if asker.kind is Asking.ACTOR:
        return [snapshot.ids[asker.index]]
    if asker.kind is Asking.ANNOUNCEMENT:
        owner = snapshot.announcement(asker.index).actor
        return [owner] if owner is not None else []
    return [p.actor for p in snapshot.project(asker.index).participations]


def _require(snapshot: Snapshot, asker: Asker) -> None:
    if not may_decline(snapshot, asker):
        require(Action.PUBLISH)


def _asker(snapshot: Snapshot, values: MultiDict[str, str]) -> Asker:
    """The asker a form or an address names. Raises UnknownRecord."""
    if key := values.get("annonce", "")[:200]:
        return Asker.announcement(known_record(snapshot, RecordKind.ANNOUNCEMENT, key))
    if key := values.get("projet", "")[:200]:
        return Asker.project(known_record(snapshot, RecordKind.PROJECT, key))
    return Asker.actor(known_actor(snapshot, values.get("acteur", "")[:200]))


def _title(snapshot: Snapshot, asker: Asker) -> str:
    if asker.kind is Asking.ACTOR:
        return snapshot.name(asker.index)
    if asker.kind is Asking.ANNOUNCEMENT:
        return snapshot.announcement(asker.index).title
    return snapshot.project(asker.index).title


def _back(asker: Asker, key: str) -> str:
    asked = own_path(request.form.get("retour"))
    return asked or f"{url_for('partners.find_partners')}?{urlencode({PARAMETERS[asker.kind]: key})}"
