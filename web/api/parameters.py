"""What each address of the interface may be asked: any other parameter is refused, not passed over.

A parameter that is misspelt, that belongs to another address or that is given twice would change nothing, and
the answer would look like that of the question asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, request

from graphsvc.domain.errors import InvalidValue, Refused

_BOARD = "api_publications.announcements"  # only it takes several natures
_ASKING = ("theme", "territory", "kind", "ask", "nature", "text", "top", "capped")
_GROUPS = ("at", "top", "format")
PARAMETERS: dict[str, tuple[str, ...]] = {
    "api.find": ("q", "limit"),
    "api.actor": (),
    "api.health": ("at",),
    "api.for_actor": _ASKING,
    "api.for_announcement": _ASKING,
    "api.for_project": _ASKING,
    "api.for_request": _ASKING,
    _BOARD: (
        "direction", "nature", "theme", "territory", "near", "km", "actor", "standing", "page",
    ),
    "api_publications.announcement": (),
    "api_publications.experiences": ("theme", "territory", "page"),
    "api_publications.experience": (),
    "api_publications.calls": ("window", "kind", "theme", "territory", "page"),
    "api_publications.call": (),
    "api_publications.fitting": (),
    "api_groups.announcement_groups": ("actor", "theme", "territory", "top", "format"),
    "api_groups.pools": ("nature", "actor", "theme", "territory", "top", "format"),
    "api_groups.triangle_groups": ("actor", *_GROUPS),
    "api_groups.convergence_groups": ("actor", "theme", "territory", "everyone", *_GROUPS),
    "api_groups.actor_convergences": ("theme", "territory", *_GROUPS),
    "api_groups.dormant_groups": ("actor", *_GROUPS),
    "api_groups.actor_dormant": _GROUPS,
    "api_groups.place_loads": ("territory", "at", "format"),
    "api_groups.gap_list": ("theme", "territory", "at", "format"),
    "api_coordination.isolated": ("etat", "type", "theme", "territoire", "suivi", "all", "page"),
    "api_coordination.bridges": ("budget", "all"),
    "api_coordination.what_if": ("link", "at"),
    "api_coordination.what_changed": ("from", "to"),
    "api_meetings.meeting": (
        "theme", "territory", "area", "size", "tables", "everyone", "on_topic_only",
    ),
    "api_meetings.kept_meeting": (),
    "api_meetings.sheet": (),
    "api_publishing.session_": (),
}  # fmt: skip
"""Endpoint -> what its address may say besides `lang`."""

_SWITCH = ("0", "1")
_VALUES: dict[str, tuple[str, ...]] = {
    "lang": ("fr", "en"),
    "format": ("json", "csv"),
    "all": _SWITCH,
    "capped": _SWITCH,
    "everyone": _SWITCH,
    "on_topic_only": _SWITCH,
}
_SEVERAL = frozenset(
    ["theme", "territory", "kind", "direction", "standing", "window", "area", "link", "etat", "type",
     "territoire"]
)  # fmt: skip
_NEEDS = {"km": "near"}


@dataclass(eq=False)
class UnknownParameter(Refused):
    """The address says something that it does not understand; `accepted`: what it does."""

    parameter: str
    accepted: str


@dataclass(eq=False)
class IdleParameter(Refused):
    """A parameter that changes nothing without another one."""

    parameter: str
    needed: str


def install_parameters(app: Flask) -> None:
    """Look at the address of each reading request before it is answered."""
    app.before_request(refuse_what_is_not_understood)


def refuse_what_is_not_understood() -> None:
    """Raises UnknownParameter, IdleParameter or InvalidValue on an address that means less than it says."""
    accepted = PARAMETERS.get(request.endpoint or "") if request.method in ("GET", "HEAD") else None
    if accepted is None:
        return
    given = request.args
    for name in given:
        if name != "lang" and name not in accepted:
            raise UnknownParameter(name[:80], ", ".join(sorted([*accepted, "lang"])))
        _check(name, given.getlist(name))
    for name, needed in _NEEDS.items():
        if name in given and not given.get(needed, "").strip():
            raise IdleParameter(name, needed)


def _check(name: str, values: Sequence[str]) -> None:
    known = _VALUES.get(name)
    for value in values:
        if known is not None and value not in known:
            raise InvalidValue("query", name, value[:80], "unknown_code")
    several = name in _SEVERAL or (name == "nature" and request.endpoint == _BOARD)
    if len(values) > 1 and not several:
        raise InvalidValue("query", name, ", ".join(values)[:80], "given_twice")
