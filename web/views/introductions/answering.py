"""What is done about a request, one act at a time: answered, relayed, ended, taken back, made a link."""

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.domain.errors import InvalidValue, StoreError
from people import introduction_answers as answers
from people.consents import LONGEST_CONTACT, Side, show_contact, take_consent_back
from people.errors import IntroductionOpen, StaleIntroduction
from people.introductions import IntroductionState
from web.permissions import Action, policy
from web.shown import served, services
from web.spoken import gettext as _
from web.spoken import lazy_gettext as later
from web.views.introductions.link_made import record_link, take_link_back
from web.views.introductions.pages import shown
from web.views.introductions.parties import Act, Party, acting, open_request, party_of
from web.words.introductions import stale_text
from web.words.messages import sentence

bp = Blueprint("introduction_answers", __name__)
_DONE = {
    Act.ACCEPT: later("C'est accepté : chacun voit maintenant comment joindre l'autre."),
    Act.DECLINE: later("C'est noté : la demande est déclinée."),
    Act.WITHDRAW: later("La demande est retirée."),
    Act.FORWARD: later("C'est noté : vous attendez la réponse."),
    Act.HAND_OVER: later("La coordination du réseau prend le relais."),
    Act.INTRODUCED: later("C'est noté : le contact est pris."),
    Act.NOT_YET: later("C'est noté : la question reviendra dans six semaines."),
    Act.NOTHING: later("C'est noté : la demande est close."),
    Act.RECONSIDER: later("La demande est rouverte."),
    Act.HIDE_CONTACT: later("Votre contact n'est plus montré."),
    Act.SHOW_CONTACT: later("Votre contact sera montré à l'autre acteur, et le sien à vous s'il l'accepte."),
    Act.LINK: later("La coopération est enregistrée : elle fait partie du réseau."),
    Act.UNLINK: later("La coopération est retirée du réseau, la demande est rouverte."),
}


@bp.post("/mises-en-relation/<id_>")
@policy(Action.OWN_ACCOUNT)
def act(id_: str) -> Response | AnyResponse:
    """Do what the form says, if the person may and it still makes sense; else the page, and why not."""
    snapshot, by = served().snapshot, acting()
    seen = party_of(snapshot, id_)
    try:
        wanted = _act()
        if wanted not in seen.acts():
            return _late(id_, wanted, seen)
        told = _DO[wanted](seen, by)
    except InvalidValue as refusal:
        return _again(seen, sentence(refusal), 422)
    except (StaleIntroduction, IntroductionOpen) as refusal:
        return _again(party_of(snapshot, id_), _stale(refusal), 409)
    except StoreError:
        wrong = _("La base ne répond pas : rien n'est enregistré. Réessayez dans une minute.")
        return _again(seen, wrong, 503)
    flash(str(told or _DONE[wanted]))
    gone = wanted is Act.HAND_OVER and not (seen.asks or seen.answers or seen.staff)
    there = url_for("introductions.mine") if gone else url_for("introductions.one", id_=id_)
    return redirect(there, 303)


def _act() -> Act:
    text = request.form.get("geste", "")
    if text not in list(Act):
        raise InvalidValue("introduction", "geste", text[:80], "unknown_code")
    return Act(text)


def _late(id_: str, wanted: Act, seen: Party) -> Response | AnyResponse:
    """The same act twice is as once; another is too late, or not this person's."""
    reached = {
        Act.ACCEPT: IntroductionState.ACCEPTED,
        Act.DECLINE: IntroductionState.DECLINED,
        Act.WITHDRAW: IntroductionState.WITHDRAWN,
        Act.INTRODUCED: IntroductionState.INTRODUCED,
        Act.NOTHING: IntroductionState.CAME_TO_NOTHING,
        Act.LINK: IntroductionState.LINKED,
    }
    if reached.get(wanted) is seen.found.state:
        return redirect(url_for("introductions.one", id_=id_), 303)
    return _again(seen, stale_text(seen), 409)


def _again(seen: Party, wrong: str, status: int) -> Response:
    page = shown(served().snapshot, seen, wrong, request.form)
    return Response(page, status, mimetype="text/html")


def _stale(refusal: StaleIntroduction | IntroductionOpen) -> str:
    if isinstance(refusal, IntroductionOpen):
        return _("Une autre demande entre vous deux est ouverte depuis : poursuivez avec elle.")
    return _("Quelqu'un a répondu entre-temps : voici où en est la demande.")


def _accept(seen: Party, by: str) -> None:
    contact = request.form.get("contact", "")[: LONGEST_CONTACT + 1]
    answers.accept(services().private, _store_id(), seen.found.id, by=by, contact=contact)


def _decline(seen: Party, by: str) -> None:
    remembered = seen.answers and request.form.get("retenir") == "1"
    answers.decline(services().private, _store_id(), seen.found.id, by=by, remembered=remembered)


def _nothing(seen: Party, by: str) -> None:
    words = request.form.get("suite", "")
    answers.came_to_nothing(services().private, _store_id(), seen.found.id, words, by=by)


def _hide(seen: Party, by: str) -> str | None:
    gone = take_consent_back(services().private, seen.found.id, by)
    return None if gone else _("Votre contact n'était pas montré.")


def _show(seen: Party, by: str) -> None:
    side = Side.OTHER if seen.answers else Side.ASKER
    contact = request.form.get("contact", "")[: LONGEST_CONTACT + 1]
    show_contact(services().private, seen.found.id, side, by, contact)


def _link(seen: Party, by: str) -> str | None:
    written = record_link(served().snapshot, seen, request.form.get("nature", ""))
    answers.linked(services().private, _store_id(), seen.found.id, written.link, by=by)
    if written.waiting:
        return _("C'est noté : la coopération sera enregistrée dès que la base du réseau répondra.")
    return None


def _reconsider(seen: Party, by: str) -> None:
    _refuse_asked_since(seen)
    answers.reconsider(services().private, _store_id(), seen.found.id, by=by)


def _unlink(seen: Party, by: str) -> None:
    _refuse_asked_since(seen)
    if seen.found.link_id is not None:
        take_link_back(seen.found.link_id, seen.found.id)
    answers.reconsider(services().private, _store_id(), seen.found.id, by=by)


def _refuse_asked_since(seen: Party) -> None:
    """One open request per pair, also when an actor was merged since; said before the graph is touched."""
    if found := open_request(served().snapshot, seen.asker, seen.other):
        raise IntroductionOpen(found.id)


def _plain(step: Callable[..., None]) -> Callable[[Party, str], None]:
    def do(seen: Party, by: str) -> None:
        step(services().private, _store_id(), seen.found.id, by=by)

    return do


def _store_id() -> str:
    return served().snapshot.store_id


_DO: dict[Act, Callable[[Party, str], str | None]] = {
    Act.ACCEPT: _accept,
    Act.DECLINE: _decline,
    Act.WITHDRAW: _plain(answers.withdraw),
    Act.FORWARD: _plain(answers.pass_on),
    Act.HAND_OVER: _plain(answers.hand_to_coordination),
    Act.INTRODUCED: _plain(answers.introduced),
    Act.NOT_YET: _plain(answers.not_yet),
    Act.NOTHING: _nothing,
    Act.RECONSIDER: _reconsider,
    Act.HIDE_CONTACT: _hide,
    Act.SHOW_CONTACT: _show,
    Act.LINK: _link,
    Act.UNLINK: _unlink,
}
