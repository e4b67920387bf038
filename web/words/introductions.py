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
    """Why what was asked can no longer be done."""
    if seen.gone is not None and seen.found.open:
        return _(
            "%(name)s n'existe plus : la demande ne peut plus avancer. Laissez-la s'éteindre.",
            name=seen.gone.name,
        )
    return _("Ce n'est plus possible : la demande est %(state)s. La page est à jour.", state=state_text(seen))


def next_step(seen: "Party") -> str:
    """What to do now, said to this reader."""
    if seen.gone is not None and seen.found.open:
        return _("%(name)s n'existe plus : cette demande ne peut plus avancer.", name=seen.gone.name)
    if seen.found.state is _S.ASKED:
        return _while_asked(seen)
    if seen.found.state in (_S.ACCEPTED, _S.INTRODUCED):
        return _going_on(seen)
    return _over(seen)


def _while_asked(seen: "Party") -> str:
    until = day_text(seen.found.expires_at.astimezone().date())
    if seen.answers:
        return _("À vous de répondre, avant le %(day)s.", day=until)
    if seen.found.passed_on_at is not None:
        since = day_text(seen.found.passed_on_at.astimezone().date())
        return _(
            "Transmise le %(since)s à %(name)s, qui a jusqu'au %(day)s pour répondre.",
            since=since, name=seen.other.name, day=until,
        )  # fmt: skip
    if seen.relays:
        return _("%(name)s compte sur vous pour un premier contact.", name=seen.asker.name)
    if seen.reached:
        return _("%(name)s a jusqu'au %(day)s pour répondre.", name=seen.other.name, day=until)
    if seen.found.request.relay is Relay.NEIGHBOUR and seen.relay is not None:
        return _("%(relay)s doit en parler à %(name)s.", relay=seen.relay.name, name=seen.other.name)
    if seen.staff:
        return _(
            "Personne n'a de compte chez %(name)s : prenez contact, puis dites ici ce qu'il en est.",
            name=seen.other.name,
        )
    return _(
        "%(name)s n'a pas de compte ici : la coordination du réseau fait le lien.", name=seen.other.name
    )


def _going_on(seen: "Party") -> str:
    if seen.due:
        return _("Quelques semaines ont passé : qu'en est-il ?")
    if seen.found.state is _S.ACCEPTED:
        return _("Chacun voit comment joindre l'autre : écrivez-vous ou appelez-vous.")
    return _("Le contact est pris. Quand une coopération commence, enregistrez-la ici en un clic.")


def _over(seen: "Party") -> str:
    return {
        _S.LINKED: _("La coopération fait partie du réseau."),
        _S.CAME_TO_NOTHING: _("Close sans suite. Cela arrive : d'autres propositions attendent."),
        _S.DECLINED: _("%(name)s ne souhaite pas donner suite pour l'instant.", name=seen.other.name),
        _S.WITHDRAWN: _("%(name)s a retiré sa demande.", name=seen.asker.name),
        _S.EXPIRED: _("Personne n'a répondu à temps. La demande peut être refaite."),
    }[seen.found.state]


def steps_of(seen: "Party") -> list[Happened]:
    """What happened, the first first."""
    found, asker, other = seen.found, seen.asker.name, seen.other.name
    closing = {
        _S.LINKED: _("Une coopération est enregistrée dans le réseau."),
        _S.CAME_TO_NOTHING: _("Close sans suite."),
        _S.WITHDRAWN: _("%(name)s retire sa demande.", name=asker),
        _S.EXPIRED: _("La demande s'éteint, faute de réponse."),
    }.get(found.state)
    answered = {_S.DECLINED: _("%(name)s décline.", name=other)}.get(
        found.state, _("%(name)s accepte.", name=other)
    )
    ended = found.expires_at if found.state is _S.EXPIRED else found.closed_at
    told = [
        (_("%(asker)s demande à rencontrer %(other)s.", asker=asker, other=other), found.asked_at),
        (_("La demande est transmise à %(name)s.", name=other), found.passed_on_at),
        (answered, found.answered_at if found.answered_at != found.introduced_at else None),
        (_("Le contact est pris."), found.introduced_at),
        (closing, ended),
    ]
    return [Happened(words, when) for words, when in told if words and when]


def letter_of(seen: "Party", address: str) -> Letter:
    """The message a relay copies into its own mail: nothing about persons, and no address but the site's."""
    asker, other = seen.asker.name, seen.other.name
    until = day_text(seen.found.expires_at.astimezone().date())
    told = _("%(asker)s souhaite rencontrer %(other)s.", asker=asker, other=other)
    asked = f"{told} {_('Voici son message :')}"
    if seen.reached:
        reply = _("Vous pouvez accepter ou décliner sur le site : %(address)s", address=address)
    else:
        yes = _("Répondez-nous simplement : si vous acceptez, nous vous mettrons en contact.")
        reply = f"{yes} {_('Un refus ne gêne personne.')}"
    parts = [_("Bonjour,"), asked, seen.found.request.message, reply]
    parts.append(_("Sans réponse avant le %(day)s, la demande s'éteindra d'elle-même.", day=until))
    return Letter(_("%(asker)s souhaite vous rencontrer", asker=asker), "\n\n".join(parts))
