"""Why a call or a funder fits an actor, as sentences: one per code of the use cases that found them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphsvc.analytics.facts import Fact
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.fitting_calls import FittingCall
from graphsvc.usecases.fitting_funders import FittingFunder
from web.labels import label, plural
from web.spoken import gettext as _
from web.views.actors.record_view import named_places, named_themes
from web.written import counted, date_text, listed

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
    return listed([_("« %(name)s »", name=named.name) for named in named_themes(snapshot, tuple(codes))])


def _places(snapshot: Snapshot, codes: Sequence[str]) -> str:
    return listed([named.name for named in named_places(snapshot, tuple(codes))])


def _common_themes(snapshot: Snapshot, f: Mapping[str, Any]) -> str:
    themes = _themes(snapshot, f["themes"])
    if f.get("source"):
        return _("Rejoint %(source)s : %(themes)s.", source=_source(f), themes=themes)
    return _("Porte sur ce que vous faites : %(themes)s.", themes=themes)


def _common_places(snapshot: Snapshot, f: Mapping[str, Any]) -> str:
    places = _places(snapshot, f["territories"])
    if f.get("source"):
        return _("Concerne le territoire de %(source)s : %(places)s.", source=_source(f), places=places)
    return _("Concerne où vous êtes ou agissez : %(places)s.", places=places)


def _funds_themes(snapshot: Snapshot, f: Mapping[str, Any]) -> str:
    themes = _themes(snapshot, f["themes"])
    if f.get("source"):
        return _(
            "Agit ou finance sur les thèmes de %(source)s : %(themes)s.", source=_source(f), themes=themes
        )
    return _("Agit ou finance sur vos thèmes : %(themes)s.", themes=themes)


def _funds_places(snapshot: Snapshot, f: Mapping[str, Any]) -> str:
    places = _places(snapshot, f["territories"])
    if f.get("source"):
        return _("A financé sur le territoire de %(source)s : %(places)s.", source=_source(f), places=places)
    return _("A financé là où vous agissez : %(places)s.", places=places)


def _source(f: Mapping[str, Any]) -> str:
    """The announcement or project of the reader that says so."""
    if f["source"]["kind"] == "announcement":
        return _("votre annonce « %(title)s »", title=f["source"]["title"])
    return _("votre projet « %(title)s »", title=f["source"]["title"])


def _alike(_snapshot: Snapshot, f: Mapping[str, Any]) -> str:
    count = int(f["count"])
    if count == 1:
        return _("Finance ou a financé un acteur comme vous : %(name)s.", name=f["actors"][0])
    kinds = plural("actor_kind", str(f["kind"]), count)
    names = listed(list(f["actors"]), count)
    return _("Finance ou a financé %(count)s %(kinds)s : %(names)s.", count=count, kinds=kinds, names=names)


def _open_deadline(_snapshot: Snapshot, f: Mapping[str, Any]) -> str:
    days = int(f["days"])
    left = _("encore %(days)s", days=counted(days, "jour")) if days else _("c'est aujourd'hui")
    day = date_text(f["closes_on"])
    return _("Réponse attendue au plus tard : %(day)s (%(left)s).", day=day, left=left)


def _over(_snapshot: Snapshot, f: Mapping[str, Any]) -> str:
    day = date_text(f["closes_on"])
    return _("Terminé (%(day)s) : demandez au financeur s'il sera reconduit.", day=day)


SENTENCES: dict[str, _Told] = {
    "open_to_kind": lambda _s, f: _(
        "Ouvert à votre type d'acteur (%(kind)s).", kind=label("actor_kind", str(f["kind"]))
    ),
    "common_themes": _common_themes,
    "common_territories": _common_places,
    "deadline_open": _open_deadline,
    "deadline_upcoming": lambda _s, f: _(
        "Réponse attendue au plus tard : %(day)s.", day=date_text(f["closes_on"])
    ),
    "deadline_past": _over,
    "kinds_not_said": lambda _s, _f: _("L'appel ne dit pas qui peut répondre."),
    "themes_not_said": lambda _s, _f: _("L'appel ne précise aucun thème."),
    "territories_not_said": lambda _s, _f: _("L'appel ne précise aucun territoire."),
    "own_themes_not_said": lambda _s, _f: _("Votre fiche ne dit pas vos thèmes : à vérifier."),
    "own_territories_not_said": lambda _s, _f: _("Votre fiche ne dit pas où vous agissez : à vérifier."),
    "deadline_not_said": lambda _s, _f: _("La date limite n'est pas connue."),
    "open_call": lambda _s, f: _(
        "A un appel ouvert auquel vous pouvez répondre : %(title)s.", title=f["title"]
    ),
    "funds_alike": _alike,
    "funds_themes": _funds_themes,
    "funds_places": _funds_places,
    "last_grant": lambda _s, f: _("Le dernier financement connu date de %(year)s.", year=f["year"]),
    "grants_undated": lambda _s, _f: _("La date de ses financements n'est pas connue."),
}
