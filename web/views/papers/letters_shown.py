"""A letter to an actor: its partners, two proposals with their reasons, one question on its record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from graphsvc.analytics.isolation import RECENTLY_ALIVE_DAYS
from graphsvc.analytics.records import record_age_days
from graphsvc.snapshot import Snapshot
from web.french import capital
from web.labels import label
from web.language import reader
from web.named import place_name
from web.shown import actor_path, documented_years
from web.spoken import gettext as _
from web.spoken import ngettext
from web.views.actors.link_words import relation_words
from web.views.actors.listing import seat_name, theme_labels
from web.views.actors.record_view import Named, named_actor
from web.views.coordination.standing import standing_of
from web.views.partners.suggested import Proposal, suggestions_for
from web.words.because import question_text
from web.written import counted, day_text, listed, typeset

PROPOSED, NAMED, REASONS = 2, 6, 3


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A live partner, and how it is joined (« partenariat », « projet … ») when a record says so."""

    actor: Named
    words: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What the letter says. `confirmed`: year of the record, None when nobody ever confirmed it."""

    actor: Named
    index: int
    seat: str | None
    confirmed: int | None
    neighbours: tuple[Neighbour, ...]
    more: int
    proposals: tuple[Proposal, ...]
    question: str
    themes: tuple[str, ...]
    territories: tuple[str, ...]
    website: str | None


def letter_to(snapshot: Snapshot, i: int, today: date) -> Letter:
    """The letter of actor i on a day."""
    actor = snapshot.actor(i)
    neighbours = snapshot.ties(today).neighbours(i).tolist()
    neighbours.sort(key=snapshot.name)
    places = (snapshot.place_index(key) for key in actor.territories)
    found = suggestions_for(snapshot, i, today, PROPOSED).items
    return Letter(
        actor=named_actor(snapshot, actor.id),
        index=i,
        seat=seat_name(snapshot, i),
        confirmed=actor.confirmed_on.year if actor.confirmed_on else None,
        neighbours=tuple(_neighbour(snapshot, i, j) for j in neighbours[:NAMED]),
        more=max(0, len(neighbours) - NAMED),
        proposals=found[:PROPOSED],
        question=_question(snapshot, i, today),
        themes=theme_labels(snapshot, actor.themes),
        territories=tuple(place_name(snapshot.place(p)) for p in places if p is not None),
        website=actor.website,
    )


def _neighbour(snapshot: Snapshot, i: int, j: int) -> Neighbour:
    """How the two are joined, by the first record that says it."""
    own, other = snapshot.ids[i], snapshot.ids[j]
    for k in snapshot.links_of(i).tolist():
        link = snapshot.link(k)
        if {link.actor_a, link.actor_b} == {own, other} and link.link_class.value == "cooperation":
            since = _(", depuis %(year)s", year=link.start.year) if link.start else ""
            words = relation_words(link.kind.value, giver=link.actor_a == own)
            return Neighbour(named_actor(snapshot, other), f"{words[:1].lower()}{words[1:]}{since}")
    for k in snapshot.projects_of(i).tolist():
        project = snapshot.project(k)
        if other in {p.actor for p in project.participations}:
            return Neighbour(named_actor(snapshot, other), _("projet « %(title)s »", title=project.title))
    for k in snapshot.agreements_of(i).tolist():
        agreement = snapshot.agreement(k)
        if other in {p.actor for p in agreement.parties}:
            return Neighbour(named_actor(snapshot, other), _("accord « %(title)s »", title=agreement.title))
    return Neighbour(named_actor(snapshot, other), "")


def _question(snapshot: Snapshot, i: int, today: date) -> str:
    """The one question: that of the work list, else what the record lacks most."""
    item = standing_of(snapshot, i, today)
    if item is not None:
        return question_text(item.question)
    age, actor = record_age_days(snapshot, i, today), snapshot.actor(i)
    if age is None or age > RECENTLY_ALIVE_DAYS:
        return question_text("still_active")
    if not actor.themes and not actor.purpose:
        return question_text("what_do_you_do")
    return question_text("who_with")


def sender_of(snapshot: Snapshot) -> str:
    """Who writes: the coordination of the network of the home territory."""
    homes = [p for p in snapshot.places.home.nonzero()[0].tolist() if snapshot.place(p).role is not None]
    if not homes:
        return _("La coordination du réseau")
    return _("La coordination du réseau des acteurs (%(place)s)", place=place_name(snapshot.place(homes[0])))


def letter_words(letter: Letter) -> dict[str, Any]:
    """The letter in sentences, for the page and for the PDF alike."""
    kind = capital(label("actor_kind", letter.actor.kind))
    proposals = [
        {
            "name": p.line.actor.name,
            "id": p.line.actor.id,
            "kind": p.line.actor.kind.value,
            "about": typeset(_about(p)),
            "why": [str(s) for s in (*p.for_you[:REASONS], *p.for_them[:1])],
        }
        for p in letter.proposals
    ]
    return {
        "name": letter.actor.name,
        "id": letter.actor.id,
        "about": typeset(kind + (f" · {letter.seat}" if letter.seat else "")),
        "greeting": _("Madame, Monsieur,"),
        "opening": typeset(_opening(letter)),
        "neighbours": [
            {"name": n.actor.name, "id": n.actor.id, "words": _(" : ") + n.words if n.words else ""}
            for n in letter.neighbours
        ],
        "more": _("et %(count)s.", count=counted(letter.more, "autre partenaire", "autres partenaires"))
        if letter.more
        else "",
        "alone": _(
            "Nous ne connaissons aujourd'hui aucune coopération en cours entre vous et un autre acteur. "
            "Si nous nous trompons, dites-le-nous : c'est peut-être seulement notre fichier qui l'ignore."
        ),
        "proposals_title": ngettext(
            "Un acteur que vous pourriez rencontrer",
            "Deux acteurs que vous pourriez rencontrer",
            max(1, len(proposals)),
        ),
        "proposals": proposals,
        "nobody": _(
            "Nous en savons encore trop peu sur vous pour vous proposer quelqu'un : "
            "la question ci-dessous y aidera."
        ),
        "question": typeset(letter.question),
        "record": typeset(_record(letter)),
        "address": request.url_root.rstrip("/") + actor_path(letter.actor.id),
        "closing": typeset(
            _(
                "Votre fiche : %(address)s. La coordination peut vous mettre en relation ; "
                "rien n'est transmis sans l'accord des deux parties.",
                address=request.url_root.rstrip("/") + actor_path(letter.actor.id),
            )
        ),
    }


def _about(proposal: Proposal) -> str:
    kind = label("actor_kind", proposal.line.actor.kind.value)
    place = f", {proposal.line.place}" if proposal.line.place else ""
    return f"— {kind}{place}"


def _opening(letter: Letter) -> str:
    if letter.confirmed is None:
        return _(
            "Vous figurez dans le réseau des acteurs du territoire. Votre fiche n'a encore jamais été "
            "confirmée : voici ce que nous savons de vos partenaires, et qui vous pourriez rencontrer."
        )
    return _(
        "Vous figurez dans le réseau des acteurs du territoire, d'après des documents de %(year)s. "
        "Voici ce que nous savons de vos partenaires, et qui vous pourriez rencontrer.",
        year=letter.confirmed,
    )


def _record(letter: Letter) -> str:
    """What the record says, to be confirmed."""
    parts = []
    if letter.themes:
        parts.append(_("thèmes : %(list)s", list=listed(list(letter.themes))))
    if letter.territories:
        parts.append(_("territoires : %(list)s", list=listed(list(letter.territories))))
    if letter.website:
        parts.append(_("site : %(site)s", site=letter.website))
    if not parts:
        return _("Votre fiche ne dit encore ni vos thèmes ni vos territoires d'action.")
    return _("Votre fiche dit aujourd'hui — %(parts)s.", parts=_(" ; ").join(parts))


def letters_data(snapshot: Snapshot, letters: Sequence[Letter], today: date) -> dict[str, Any]:
    """All that the PDF needs."""
    sender = sender_of(snapshot)
    years = documented_years(snapshot)
    documented = (
        _("Réseau tel que documenté de %(first)s à %(last)s.", first=years[0], last=years[1]) if years else ""
    )
    return {
        "lang": reader().value,
        "title": _("Lettres aux acteurs du réseau"),
        "sender": sender,
        "date": day_text(today),
        "footer": typeset(f"{documented} " + _("Organisations seulement : aucune donnée personnelle.")),
        "words": {
            "neighbours": _("Vos partenaires"),
            "question": _("Une question pour mettre votre fiche à jour"),
            "answer": _("Votre réponse :"),
        },
        "letters": [letter_words(letter) for letter in letters],
    }
