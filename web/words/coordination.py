"""What the coordination's pages and commands say: effects of a link, who introduces, results, figures."""

from collections.abc import Mapping

from graphsvc.analytics.bridges import Acquaintance, Bridge
from graphsvc.analytics.plan_progress import Outcome
from graphsvc.analytics.what_if import Use
from people.follow_ups import Result, StepKind
from web import english
from web.french import counted
from web.language import column, in_french
from web.spoken import gettext as _
from web.written import decimal, number, percent

Words = tuple[str, str]  # French, English

INTRODUCED_BY: dict[Acquaintance, Words] = {
    Acquaintance.SHARED_TIE: (
        "{name}, partenaire des deux, peut les présenter.",
        "{name}, a partner of both, can introduce them.",
    ),
    Acquaintance.SHARED_RELATION: (
        "{name}, que l'un connaît et partenaire de l'autre, peut les présenter.",
        "{name}, known to one and a partner of the other, can introduce them.",
    ),
    Acquaintance.WEAVER: (
        "{name}, relais du réseau et partenaire de cet acteur, peut les présenter.",
        "{name}, a relay of the network and a partner of {other}, can introduce them.",
    ),
    Acquaintance.BROKER: (
        "{name}, partenaire de cet acteur, est bien placé pour les présenter.",
        "{name}, a partner of {other}, is well placed to introduce them.",
    ),
}
NOBODY: Words = (
    "Personne ne connaît les deux : à vous de les présenter.",
    "Nobody knows both: it is for you to introduce them.",
)
USES: dict[Use, Words] = {
    Use.NEW: ("nouveau", "new"),
    Use.TIED: ("ils coopèrent déjà", "they cooperate already"),
    Use.REPEATED: ("déjà dans la liste", "already in the list"),
    Use.SAME_ACTOR: ("c'est deux fois le même acteur", "this is the same actor twice"),
    Use.ENDED: ("l'un des deux n'existe pas à cette date", "one of the two does not exist that day"),
}
OUTCOMES: dict[Outcome, Words] = {
    Outcome.COOPERATING: ("réalisé : ils coopèrent", "came true: they cooperate"),
    Outcome.RELATED: ("liés autrement (moyens, adhésion), sans coopérer", "related, without cooperating"),
    Outcome.MET: ("ils se sont rencontrés", "they have met"),
    Outcome.OVER: ("coopération passée", "a past cooperation"),
    Outcome.WAITING: ("à faire", "to do"),
    Outcome.ENDED: ("l'un des deux a cessé d'exister", "one of the two has ended"),
    Outcome.ONE_ACTOR: ("les deux fiches n'en font plus qu'une", "the two records are now one"),
    Outcome.LOST: ("une fiche n'existe plus", "a record is no longer there"),
}
RESULTS: dict[Result, Words] = {
    Result.JOINED: ("une coopération a commencé", "a cooperation began"),
    Result.INTRODUCED: ("mis en relation, à suivre", "introduced, to be followed"),
    Result.CONTENT: ("bien ainsi : ne souhaite rien d'autre", "well as it is"),
    Result.WRONG_DATA: ("pas isolé : la fiche était fausse", "not isolated: the record was wrong"),
    Result.GONE: ("n'est plus en activité", "no longer active"),
    Result.NO_ANSWER: ("sans réponse", "no answer"),
}
STEPS: dict[StepKind, Words] = {
    StepKind.ASSIGN: ("pris en charge", "taken on"),
    StepKind.NOTE: ("note", "note"),
    StepKind.SNOOZE: ("mis en attente", "snoozed"),
    StepKind.CLOSE: ("clos", "closed"),
    StepKind.REOPEN: ("rouvert", "reopened"),
}
FIGURES: tuple[str, ...] = (
    "actors", "ties", "isolated", "isolated_share", "mean_degree", "reachable_pairs_share",
    "components", "largest_component", "density", "clustering", "dependency_share",
)  # fmt: skip
"""The figures of a structure, in the order in which one reads them."""
BETTER: Mapping[str, int] = {
    "ties": 1, "isolated": -1, "isolated_share": -1, "mean_degree": 1, "reachable_pairs_share": 1,
    "components": -1, "largest_component": 1, "dependency_share": -1,
}  # fmt: skip
"""+1: more is better; -1: less is; others say nothing by themselves."""


def introducer_sentence(by: Acquaintance | None, name: str, other: str, lang: str | None = None) -> str:
    """Who can introduce, as a sentence; `by` None: nobody."""
    side = column(lang)
    return NOBODY[side] if by is None else INTRODUCED_BY[by][side].format(name=name, other=other)


def effects_of(bridge: Bridge, lang: str | None = None) -> tuple[str, ...]:
    """What a bridge brings the actor, the strongest first; the nearness is only said when nothing else is."""
    found = []
    if bridge.secures:
        found.append(
            "Il ne dépendrait plus d'un seul acteur."
            if in_french(lang)
            else "It would no longer depend on one actor alone."
        )
    if bridge.reached > 1:
        found.append(
            f"Il pourrait joindre {counted(bridge.reached, 'acteur')} de plus, de proche en proche."
            if in_french(lang)
            else f"It could reach {english.counted(bridge.reached, 'more actor')}, step by step."
        )
    elif bridge.reached == 1:
        found.append(
            "Un premier partenaire, lui aussi seul."
            if in_french(lang)
            else "A first partner, which is alone as well."
        )
    elif not found:
        found.append(
            "Un partenaire de plus, et des chemins plus courts vers les autres."
            if in_french(lang)
            else "One more partner, and shorter ways to the others."
        )
    return tuple(found)


def figure_text(name: str, value: float | None) -> str:
    """A figure as one reads it: shares in per cent, one decimal at most; an index between -1 and 1."""
    if value is None:
        return "—"
    if name.endswith("_share") or name in ("density", "clustering"):
        return fine_percent(value)
    return figure_number(name, value)


def figure_number(name: str, value: float) -> str:
    """A figure that is no share: a mean keeps its decimal, `1,0`, so that nobody takes it for a count."""
    return decimal(value, 1) if name.startswith("mean_") else number(round(value, 1))


def fine_percent(share: float) -> str:
    """A small share with one decimal, so that a change of half a point is seen: `0,7 %`, `12 %`."""
    value = 100 * share
    if 0 < value < 10 and round(value, 1) > 0:
        share_text = number(round(value, 1))
        return f"{share_text}\u00a0%" if in_french() else f"{share_text}%"
    return percent(share)


def difference_text(name: str, before: float, after: float) -> str:
    """`+3`, `−1,2 point`, `=` when one reads the same figure twice."""
    change = after - before
    if figure_text(name, before) == figure_text(name, after):
        return "="
    sign = "+" if change > 0 else "\u2212"
    if name.endswith("_share") or name in ("density", "clustering"):
        points = round(abs(change) * 100, 1)
        if points == 0:
            return f"{sign}\u202f<\u00a0{number(0.1)}\u00a0point"
        return f"{sign}{number(points)}\u00a0{_('points') if points >= 2 else _('point')}"
    return f"{sign}{figure_number(name, abs(change))}"


def judged(name: str, before: float, after: float) -> str:
    """`better`, `worse` or `` (the same, or neither)."""
    way = BETTER.get(name, 0) * (after - before)
    if difference_text(name, before, after) == "=" or way == 0:
        return ""
    return "better" if way > 0 else "worse"
