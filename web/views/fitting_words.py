"""Why a call or a funder fits an actor, as sentences: one per code of the use cases that found them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphsvc.analytics.facts import Fact
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.fitting_calls import FittingCall
from graphsvc.usecases.fitting_funders import FittingFunder
from web.french import counted, date_text, listed
from web.labels import label, plural
from web.views.record_view import named_places, named_themes

_Told = Callable[[Snapshot, Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class FitWords:
    """What speaks for it, and what has to be checked."""

    because: tuple[str, ...]
    unknown: tuple[str, ...]


def call_fit_words(snapshot: Snapshot, fit: FittingCall) -> FitWords:
    """The sentences of a call."""
    return FitWords(_said(snapshot, fit.because), _said(snapshot, fit.unknown))


def funder_fit_words(snapshot: Snapshot, fit: FittingFunder) -> FitWords:
    """The sentences of a funder."""
    return FitWords(_said(snapshot, fit.because), _said(snapshot, fit.unknown))


def fact_text(snapshot: Snapshot, fact: Fact) -> str:
    """One sentence; an unknown code is given back."""
    told = SENTENCES.get(fact.code)
    return told(snapshot, fact.facts) if told else fact.code


def _said(snapshot: Snapshot, facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(fact_text(snapshot, fact) for fact in facts)


def _themes(snapshot: Snapshot, codes: Sequence[str]) -> str:
    return listed([f"« {named.name} »" for named in named_themes(snapshot, tuple(codes))])


def _places(snapshot: Snapshot, codes: Sequence[str]) -> str:
    return listed([named.name for named in named_places(snapshot, tuple(codes))])


def _alike(_: Snapshot, f: Mapping[str, Any]) -> str:
    count = int(f["count"])
    if count == 1:
        return f"Finance ou a financé un acteur comme vous : {f['actors'][0]}."
    kinds = plural("actor_kind", str(f["kind"]), count)
    return f"Finance ou a financé {count} {kinds} : {listed(list(f['actors']), count)}."


def _open_deadline(_: Snapshot, f: Mapping[str, Any]) -> str:
    days = int(f["days"])
    left = "c'est aujourd'hui" if days == 0 else f"encore {counted(days, 'jour')}"
    return f"Réponse attendue au plus tard : {date_text(f['closes_on'])} ({left})."


SENTENCES: dict[str, _Told] = {
    "open_to_kind": lambda _, f: f"Ouvert à votre type d'acteur ({label('actor_kind', str(f['kind']))}).",
    "common_themes": lambda s, f: f"Porte sur ce que vous faites : {_themes(s, f['themes'])}.",
    "common_territories": lambda s, f: f"Concerne où vous êtes ou agissez : {_places(s, f['territories'])}.",
    "deadline_open": _open_deadline,
    "deadline_upcoming": lambda _, f: f"Réponse attendue au plus tard : {date_text(f['closes_on'])}.",
    "deadline_past": lambda _, f: (
        f"Terminé ({date_text(f['closes_on'])}) : demandez au financeur s'il sera reconduit."
    ),
    "kinds_not_said": lambda _s, _f: "L'appel ne dit pas qui peut répondre.",
    "themes_not_said": lambda _s, _f: "L'appel ne précise aucun thème.",
    "territories_not_said": lambda _s, _f: "L'appel ne précise aucun territoire.",
    "own_themes_not_said": lambda _s, _f: "Votre fiche ne dit pas vos thèmes : à vérifier.",
    "own_territories_not_said": lambda _s, _f: "Votre fiche ne dit pas où vous agissez : à vérifier.",
    "deadline_not_said": lambda _s, _f: "La date limite n'est pas connue.",
    "open_call": lambda _, f: f"A un appel ouvert auquel vous pouvez répondre : {f['title']}.",
    "funds_alike": _alike,
    "funds_themes": lambda s, f: f"Agit ou finance sur vos thèmes : {_themes(s, f['themes'])}.",
    "funds_places": lambda s, f: f"A financé là où vous agissez : {_places(s, f['territories'])}.",
    "last_grant": lambda _, f: f"Le dernier financement connu date de {f['year']}.",
    "grants_undated": lambda _s, _f: "La date de ses financements n'est pas connue.",
}
