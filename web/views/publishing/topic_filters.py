"""Asking a list for a theme or a territory: the choices, what to try instead, and what is broader in words.

The same on the three pages of what is published: announcements, experience sheets, calls.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graphsvc.domain.errors import AmbiguousName, UnknownRecord
from graphsvc.domain.text import sort_key
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.concern import Axis, Concern, asked_for, keys_of
from web.named import place_name, topic_name
from web.shown import with_query
from web.spoken import gettext as _
from web.views.publishing.entry_names import place_names, proposed_places, shown_themes
from web.written import whole_place


@dataclass(frozen=True, slots=True)
class Mistaken:
    """A filter that names nothing, or several things: what was typed, and (name, address) to try instead."""

    text: str
    status: int
    instead: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A theme to choose, and how many records it would give."""

    code: str
    name: str
    number: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """What the fields of theme and territory hold; `places`: names to propose for the territory."""

    themes: list[Choice]
    territory: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wider:
    """`sur tout le thème « Éducation »`, `pour tout le Mali`: empty when it names the thing itself."""

    theme: str = ""
    territory: str = ""


def mistaken(snapshot: Snapshot, error: UnknownRecord | AmbiguousName, *, near: str = "") -> Mistaken:
    """What to propose in the place of a filter that names nothing; `near`: the commune that was asked for."""
    found = error.nearest if isinstance(error, UnknownRecord) else error.candidates
    parameter = {"theme": "theme", "actor": "acteur"}.get(error.kind, "territoire")
    if parameter == "territoire" and error.key == near:
        parameter = "pres"
    names = [str(entry["name"]) for entry in found]
    if error.kind == "place":
        names = place_names(snapshot, [str(entry["id"]) for entry in found])
    instead = tuple(
        (name, with_query({parameter: entry["id"]})) for name, entry in zip(names, found, strict=True)
    )
    return Mistaken(error.key[:80], 404 if isinstance(error, UnknownRecord) else 400, instead)


def topics_offered(
    snapshot: Snapshot, counts: Iterable[tuple[str, int]], themes: Sequence[str], territories: Sequence[str]
) -> Offered:
    """The themes to choose from, those asked for among them even if they give nothing, in the order of names.

    `themes`, `territories`: what is asked for, by code or name; each names something.
    """
    keys, asked = keys_of(snapshot, Axis.THEME), asked_for(snapshot, Axis.THEME, themes)
    chosen = {keys[t] for t in asked}
    numbers = dict.fromkeys(chosen, 0) | dict(counts)
    names = shown_themes(snapshot, numbers)
    choices = [Choice(code, names[code], number, code in chosen) for code, number in numbers.items()]
    places = [snapshot.place_ids[p] for p in asked_for(snapshot, Axis.TERRITORY, territories[:1])]
    return Offered(
        sorted(choices, key=lambda choice: sort_key(choice.name)),
        "".join(place_names(snapshot, places)),
        proposed_places(snapshot),
    )


def wider_words(snapshot: Snapshot, concern: Concern | None) -> Wider:
    """By what broader theme or territory something was found, in words."""
    t = snapshot.theme_index(concern.theme) if concern and concern.theme else None
    p = snapshot.place_index(concern.territory) if concern and concern.territory else None
    return Wider(
        "" if t is None else _whole_theme(snapshot, t), "" if p is None else _whole_place(snapshot, p)
    )


def _whole_theme(snapshot: Snapshot, t: int) -> str:
    return _("sur tout le thème « %(theme)s »", theme=topic_name(snapshot.theme(t)))


def _whole_place(snapshot: Snapshot, p: int) -> str:
    place = snapshot.place(p)
    return _("pour %(whole)s", whole=whole_place(place_name(place), place.level.value))
