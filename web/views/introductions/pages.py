"""« Mises en relation »: one's own, all of them for the team, and one with what to do next."""

from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from graphsvc.domain.errors import StoreError
from graphsvc.domain.records import RecordKind
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.introduce import COOPERATIONS
from matcher.asks import Asker
from matcher.introductions import pair_reasons
from people.accounts import find_account
from people.consents import LONGEST_CONTACT, Side
from people.introduction_answers import LONGEST_OUTCOME
from people.introductions import IntroductionState
from web.accounts.addresses import whole_address
from web.permissions import Action, current_identity, may, policy
from web.reasons.fr_gender import is_she
from web.shown import record_path, served, services
from web.views.actors.listing import page_of
from web.views.asked import page_number
from web.views.introductions.parties import (
    Act,
    Party,
    all_parties,
    contacts_shown,
    own_parties,
    party_of,
)
from web.views.partners.suggested import said
from web.words.introductions import FILTERS, letter_of, next_step, state_text, steps_of
from web.writing import new_key

bp = Blueprint("introductions", __name__)
PER_PAGE = 30
_S = IntroductionState
_Kept = Callable[[Party], bool]
_FILTERS: dict[str, _Kept] = {
    "": lambda one: one.found.open,
    "a-relayer": lambda one: one.found.state is _S.ASKED and not one.reached,
    "attente": lambda one: one.found.state is _S.ASKED and one.reached,
    "en-cours": lambda one: one.found.state in (_S.ACCEPTED, _S.INTRODUCED),
    "a-relancer": lambda one: one.due,
    "closes": lambda one: not one.found.open,
    "tout": lambda _: True,
}


@bp.get("/mises-en-relation")
@policy(Action.OWN_ACCOUNT)
def mine() -> str:
    """Received, to relay, sent, and those that are over: of the actors one speaks for."""
    snapshot = served().snapshot
    found = own_parties(snapshot)
    return render_template(
        "introductions/mine.html",
        received=[one for one in found if one.found.open and one.answers],
        relayed=[one for one in found if one.found.open and one.relays and not one.answers and not one.asks],
        sent=[one for one in found if one.found.open and one.asks],
        over=[one for one in found if not one.found.open],
        has_actor=bool(current_identity().actors),
        state_text=state_text,
        next_step=next_step,
    )


@bp.app_template_global()
def introductions_waiting() -> int:
    """How many requests wait for this person; 0 while a database does not answer: every page asks."""
    if not current_identity().actors:
        return 0
    try:
        return sum(one.expected for one in own_parties(served().snapshot))
    except StoreError:
        return 0


@bp.get("/mises-en-relation/toutes")
@policy(Action.SEE_WORK_LIST)
def everyone() -> str:
    """All requests, waiting longest first, filtered as the address says."""
    snapshot = served().snapshot
    chosen = request.args.get("etat", "")
    found = all_parties(snapshot)
    wanted = [one for one in found if _FILTERS.get(chosen, _FILTERS[""])(one)]
    wanted.sort(key=lambda one: (not one.found.open, one.found.asked_at))
    page = page_of(len(wanted), PER_PAGE, page_number())
    return render_template(
        "introductions/everyone.html",
        lines=wanted[page.first : page.last],
        page=page,
        chosen=chosen if chosen in _FILTERS else "",
        filters=[(code, FILTERS[code], sum(map(keep, found))) for code, keep in _FILTERS.items()],
        state_text=state_text,
        next_step=next_step,
        to_relay=sum(map(_FILTERS["a-relayer"], found)),
    )


@bp.get("/mises-en-relation/<id_>")
@policy(Action.OWN_ACCOUNT)
def one(id_: str) -> str:
    """One request: what was said, where it stands, what one may do about it."""
    snapshot = served().snapshot
    return shown(snapshot, party_of(snapshot, id_))


def shown(
    snapshot: Snapshot, seen: Party, wrong: str | None = None, typed: "MultiDict[str, str] | None" = None
) -> str:
    """The page of a request, with what is wrong with the form that was sent."""
    acts, contacts = seen.acts(), contacts_shown(snapshot, seen)
    carries = Act.FORWARD in acts
    address = url_for("introductions.one", id_=seen.found.id)
    return render_template(
        "introductions/one.html",
        seen=seen,
        acts=acts,
        Act=Act,
        contacts=contacts,
        theirs=contacts.get(Side.ASKER if seen.answers else Side.OTHER),
        ours=contacts.get(Side.OTHER if seen.answers else Side.ASKER),
        missing=not contacts and _contacts_missing(seen),
        about=_about(snapshot, seen),
        reasons=_reasons(snapshot, seen),
        state=state_text(seen),
        next_step=next_step(seen),
        steps=steps_of(seen),
        letter=letter_of(seen, whole_address(address)) if carries else None,
        invites=may(Action.INVITE),
        email=_own_address() if {Act.ACCEPT, Act.SHOW_CONTACT} & acts else "",
        most_contact=LONGEST_CONTACT,
        most_outcome=LONGEST_OUTCOME,
        kinds=[kind.value for kind in COOPERATIONS],
        wrong=wrong,
        typed=typed or {},
        key=new_key(),
    )


def _contacts_missing(seen: Party) -> bool:
    """Whether contacts were agreed on and one of them is no longer to be shown."""
    state = seen.found.state
    both = seen.found.answered_at is not None and state in (_S.ACCEPTED, _S.INTRODUCED)
    return both and (seen.asks or seen.answers)


def _about(snapshot: Snapshot, seen: Party) -> tuple[str, str, str] | None:
    """The kind, title and address of what the request is about, if it is still there."""
    if seen.found.request.about is None:
        return None
    kind, key = seen.found.request.about
    position = snapshot.position(RecordKind(kind), key)
    if position is None:
        return None
    title = getattr(snapshot, kind)(position).title
    return kind, title, record_path(kind, key)


def _reasons(snapshot: Snapshot, seen: Party) -> dict[str, object] | None:
    """Why the two should meet, as the reader's own side hears it."""
    one, other = (seen.other, seen.asker) if seen.answers else (seen.asker, seen.other)
    i, j = snapshot.index(one.id), snapshot.index(other.id)
    if not (seen.asks or seen.answers) or i is None or j is None or i == j:
        return None
    found = pair_reasons(snapshot, Asker.actor(i), j, services().today())
    candidate = snapshot.actor(j)
    she = is_she(candidate.name, candidate.kind.value)
    return {
        "for_you": said(found.for_you, she=she),
        "for_them": said(found.for_them, "for_them", she=she),
    }


def _own_address() -> str:
    account = current_identity().account
    return find_account(services().private, account).email if account else ""
