"""What is said of introductions: where one stands, what to do next, what happened, the message to send."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from people.introductions import IntroductionState, Relay
from web.spoken import gettext as _
from web.spoken import lazy_gettext as later
from web.written import day_text

if TYPE_CHECKING:
    from web.views.introductions.parties import Party

_S = IntroductionState
STATES = {
    _S.ASKED: later("en attente de réponse"),
    _S.ACCEPTED: later("acceptée"),
    _S.INTRODUCED: later("contact pris"),
    _S.LINKED: later("coopération engagée"),
    _S.CAME_TO_NOTHING: later("restée sans suite"),
    _S.DECLINED: later("déclinée"),
    _S.WITHDRAWN: later("retirée"),
    _S.EXPIRED: later("restée sans réponse"),
}
FILTERS = {
    "": later("Ouvertes"),
    "a-relayer": later("À relayer"),
    "attente": later("Attendent la réponse d'un membre"),
    "en-cours": later("Acceptées, en cours"),
    "a-relancer": later("À relancer"),
    "closes": later("Closes"),
    "tout": later("Toutes"),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened, and when."""

    words: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to copy: nothing is sent by the site."""

    subject: str
    body: str


def state_text(seen: "Party") -> str:
    """Where a request stands, in a few words."""
    return str(STATES[seen.found.state])


def stale_text(seen: "Party") -> str:
    """Why what was asked cannot be done."""
    if seen.gone is not None and seen.found.open:
        return gone_text(seen.gone.name)
    return _("Ce n'est pas possible : la demande est %(state)s. La page est à jour.", state=state_text(seen))


def gone_text(name: str) -> str:
    """Why a request cannot go on."""
    return _("Cet acteur n'existe plus : %(name)s. La demande ne peut plus avancer.", name=name)


def next_step(seen: "Party") -> str:
    """What to do now, said to this reader. Names stand where no verb has to agree with them."""
    if seen.gone is not None and seen.found.open:
        return gone_text(seen.gone.name)
    if seen.found.state is _S.ASKED:
        return _while_asked(seen)
    if seen.found.state in (_S.ACCEPTED, _S.INTRODUCED):
        return _going_on(seen)
    return str(_OVER[seen.found.state])


def _while_asked(seen: "Party") -> str:
    until, name = _day(seen.found.expires_at), seen.other.name
    if seen.answers:
        return _("À vous de répondre, avant le %(day)s.", day=until)
    if seen.found.passed_on_at is not None:
        since = _day(seen.found.passed_on_at)
        return _("Transmise le %(since)s ; réponse attendue avant le %(day)s.", since=since, day=until)
    if seen.relays:
        return _("On compte sur vous pour en parler à cet acteur : %(name)s.", name=name)
    if seen.reached:
        return _("Réponse attendue avant le %(day)s.", day=until)
    if seen.found.request.relay is Relay.NEIGHBOUR and seen.relay is not None:
        return _("Un premier contact est attendu de : %(name)s.", name=seen.relay.name)
    if seen.staff:
        return _("Personne n'a de compte ici pour cet acteur : prenez contact, puis dites ce qu'il en est.")
    return _("Personne n'a de compte ici pour cet acteur : la coordination du réseau fait le lien.")


def _going_on(seen: "Party") -> str:
    if seen.due:
        return _("Quelques semaines ont passé : qu'en est-il ?")
    if not (seen.asks or seen.answers):
        return _("Les deux côtés sont d'accord : c'est à eux de poursuivre.")
    if seen.found.state is _S.ACCEPTED:
        return _("Chacun voit comment joindre l'autre : écrivez-vous ou appelez-vous.")
    return _("Le contact est pris. Quand une coopération commence, enregistrez-la ici en un clic.")


_OVER = {
    _S.LINKED: later("La coopération fait partie du réseau."),
    _S.CAME_TO_NOTHING: later("Close sans suite. Cela arrive : d'autres propositions attendent."),
    _S.DECLINED: later("L'autre acteur ne souhaite pas donner suite pour l'instant."),
    _S.WITHDRAWN: later("La demande a été retirée."),
    _S.EXPIRED: later("Personne n'a répondu à temps. La demande peut être refaite."),
}


def steps_of(seen: "Party") -> list[Happened]:
    """What happened, the first first."""
    found = seen.found
    closing = {
        _S.LINKED: _("Coopération enregistrée dans le réseau."),
        _S.CAME_TO_NOTHING: _("Demande close, sans suite."),
        _S.WITHDRAWN: _("Demande retirée."),
        _S.EXPIRED: _("Demande éteinte, faute de réponse."),
    }.get(found.state)
    answer = _("Demande déclinée.") if found.state is _S.DECLINED else _("Demande acceptée.")
    ended = found.expires_at if found.state is _S.EXPIRED else found.closed_at
    told = [
        (_("Demande envoyée."), found.asked_at),
        (_("Demande transmise par le relais."), found.passed_on_at),
        (answer, found.answered_at if found.answered_at != found.introduced_at else None),
        (_("Contact pris."), found.introduced_at),
        (closing, ended),
    ]
    return [Happened(words, when) for words, when in told if words and when]


def letter_of(seen: "Party", address: str) -> Letter:
    """The message a relay copies into its own mail: nothing about persons, and no address but the site's."""
    asker = seen.asker.name
    told = _("Un acteur du réseau souhaite rencontrer votre structure : %(asker)s.", asker=asker)
    if seen.reached:
        reply = _("Vous pouvez accepter ou décliner sur le site : %(address)s", address=address)
    else:
        yes = _("Répondez-nous simplement : si vous acceptez, nous vous mettrons en contact.")
        reply = f"{yes} {_('Un refus ne gêne personne.')}"
    message = _("« %(name)s »", name=seen.found.request.message)
    until = _(
        "Sans réponse avant le %(day)s, la demande s'éteindra d'elle-même.", day=_day(seen.found.expires_at)
    )
    parts = [_("Bonjour,"), f"{told} {_('Voici son message :')}", message, reply, until]
    return Letter(_("Demande de mise en relation : %(asker)s", asker=asker), "\n\n".join(parts))


def _day(when: datetime) -> str:
    return day_text(when.astimezone().date())
