"""What the address of « Trouver des partenaires » asks: who, for what, on what, where; read without trust.

A value that cannot be understood is not guessed: it is told as a fault, with the nearest entries as links.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import request

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.announcements import Nature
from graphsvc.domain.errors import AmbiguousName, InvalidValue, UnknownRecord
from graphsvc.domain.records import RecordKind
from graphsvc.search import find_actor, find_place, find_theme, known_record, search
from graphsvc.snapshot import Snapshot
from matcher.asks import LONGEST_TEXT, Ask, Asker, Context
from web.named import place_name, topic_name
from web.shown import with_query
from web.views.actors.record_view import Named, named_actor, named_place
from web.views.asked import texts

Code = TypeVar("Code", bound=StrEnum)
ASKERS = {"acteur": RecordKind.ACTOR, "annonce": RecordKind.ANNOUNCEMENT, "projet": RecordKind.PROJECT}
CHOICES = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry one may have meant, and the address that asks for it."""

    name: str
    hint: str
    address: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A field that was not understood: what was written, and the nearest entries. `code`: `unknown`,
    `ambiguous`, `contradiction`, `too_long`, `several_askers`.
    """

    name: str
    code: str
    given: str
    choices: list[Choice] = field(default_factory=list)


@dataclass(slots=True)
class Wanted:
    """The question as understood. `who` names the asker, None for somebody who does not say who it is;
    `unheard`: a name as typed that nobody of the network bears nor nearly bears.
    """

    asker: Asker
    parameter: str | None = None
    who: Named | None = None
    ask: Ask | None = None
    nature: Nature | None = None
    themes: list[Named] = field(default_factory=list)
    places: list[Named] = field(default_factory=list)
    kinds: list[ActorKind] = field(default_factory=list)
    text: str = ""
    without: list[Named] = field(default_factory=list)
    candidates: list[Choice] = field(default_factory=list)
    unheard: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def asks_something(self) -> bool:
        """Whether there is a question to answer, however poor."""
        said = self.who or self.ask or self.nature or self.themes or self.places or self.kinds or self.text
        return bool(said) and not self.faults

    def context(self, declined: frozenset[str]) -> Context:
        """The context of the matcher."""
        return Context(
            themes=tuple(t.id for t in self.themes),
            territories=tuple(p.id for p in self.places),
            ask=self.ask,
            kinds=tuple(self.kinds),
            declined=declined | {a.id for a in self.without},
            text=self.text,
            nature=self.nature,
        )

    def asked(self) -> list[tuple[str, str]]:
        """The shortest query that asks the same, in the order of the form."""
        asked = [(self.parameter, self.who.id)] if self.parameter and self.who else []
        asked += [("qui", self.unheard)] if self.unheard else []
        asked += [("demande", self.ask.value)] if self.ask else []
        asked += [("besoin", self.nature.value)] if self.nature else []
        asked += [("theme", t.id) for t in self.themes] + [("territoire", p.id) for p in self.places]
        asked += [("type", k.value) for k in self.kinds] + ([("texte", self.text)] if self.text else [])
        return asked + [("sans", a.id) for a in self.without]

    def address(self) -> str:
        """The address of that query."""
        asked = self.asked()
        return f"{request.script_root}{request.path}" + (f"?{urlencode(asked)}" if asked else "")


def read_wanted(snapshot: Snapshot) -> Wanted:
    """The question of this request's address. Raises InvalidValue for what no form of ours could send."""
    wanted = Wanted(Asker.request())
    _read_asker(snapshot, wanted)
    wanted.ask = _code("demande", Ask)
    wanted.nature = _code("besoin", Nature)
    wanted.kinds = [ActorKind(code) for code in texts("type") if _known("type", code, ActorKind)]
    wanted.themes = _topics(snapshot, wanted, "theme", find_theme, _named_theme)
    wanted.places = _topics(snapshot, wanted, "territoire", find_place, named_place)
    wanted.text = " ".join(request.args.get("texte", "").split())
    if len(wanted.text) > LONGEST_TEXT:
        wanted.faults.append(Fault("texte", "too_long", wanted.text[:LONGEST_TEXT]))
    wanted.without = [named_actor(snapshot, key) for key in texts("sans") if snapshot.index(key) is not None]
    return wanted


def _read_asker(snapshot: Snapshot, wanted: Wanted) -> None:
    given = [(name, key) for name in ASKERS if (key := request.args.get(name, "").strip()[:200])]
    if len(given) > 1:
        wanted.faults.append(Fault("qui", "several_askers", " + ".join(key for _, key in given)))
    elif given:
        _resolve_asker(snapshot, wanted, *given[0])
    elif typed := request.args.get("qui", "").strip()[:200]:
        _look_for(snapshot, wanted, typed)


def _resolve_asker(snapshot: Snapshot, wanted: Wanted, name: str, key: str) -> None:
    kind = ASKERS[name]
    if kind is RecordKind.ACTOR:
        _as_actor(snapshot, wanted, find_actor(snapshot, key))
        return
    position = known_record(snapshot, kind, key)
    if kind is RecordKind.ANNOUNCEMENT:
        wanted.asker, title = Asker.announcement(position), snapshot.announcement(position).title
    else:
        wanted.asker, title = Asker.project(position), snapshot.project(position).title
    wanted.parameter, wanted.who = name, Named(key, title)


def _as_actor(snapshot: Snapshot, wanted: Wanted, i: int) -> None:
    wanted.asker, wanted.parameter, wanted.who = (
        Asker.actor(i),
        "acteur",
        named_actor(snapshot, snapshot.ids[i]),
    )


def _look_for(snapshot: Snapshot, wanted: Wanted, typed: str) -> None:
    """A name as typed: its only bearer, else those to choose from."""
    try:
        _as_actor(snapshot, wanted, find_actor(snapshot, typed))
        return
    except AmbiguousName as several:
        keys = [entry["id"] for entry in several.candidates]
    except UnknownRecord as nobody:
        hits = [snapshot.ids[hit.index] for hit in search(snapshot, typed, limit=CHOICES)]
        keys = hits or [entry["id"] for entry in nobody.nearest]
    wanted.candidates = [_candidate(snapshot, key) for key in keys[:CHOICES]]
    wanted.unheard = "" if keys else typed


def _candidate(snapshot: Snapshot, key: str) -> Choice:
    i = snapshot.index(key)
    seat = int(snapshot.actors.seat[i]) if i is not None else -1
    place = place_name(snapshot.place(seat)) if seat >= 0 else ""
    return Choice(named_actor(snapshot, key).name, place, with_query({"qui": None, "acteur": key}))


def _named_theme(snapshot: Snapshot, t: int) -> Named:
    return Named(snapshot.theme_ids[t], topic_name(snapshot.theme(t)))


def _topics(
    snapshot: Snapshot,
    wanted: Wanted,
    name: str,
    find: Callable[[Snapshot, str], int],
    named: Callable[[Snapshot, int], Named],
) -> list[Named]:
    """The themes or territories of a parameter, each once; what is not understood becomes a fault."""
    found: dict[str, Named] = {}
    values = texts(name)
    for value in values:
        try:
            entry = named(snapshot, find(snapshot, value))
            found[entry.id] = entry
        except (UnknownRecord, AmbiguousName) as refusal:
            unknown = isinstance(refusal, UnknownRecord)
            near = refusal.nearest if isinstance(refusal, UnknownRecord) else refusal.candidates
            others = [v for v in values if v != value]
            choices = [_choice(name, others, entry) for entry in near]
            wanted.faults.append(Fault(name, "unknown" if unknown else "ambiguous", value, choices))
    return list(found.values())


def _choice(name: str, others: list[str], entry: dict[str, str]) -> Choice:
    return Choice(entry["name"], entry.get("level", ""), with_query({name: [*others, entry["id"]]}))


def _code(name: str, codes: type[Code]) -> Code | None:
    given = request.args.get(name, "").strip()
    return codes(given) if given and _known(name, given, codes) else None


def _known(name: str, given: str, codes: type[StrEnum]) -> bool:
    if given not in list(codes):
        raise InvalidValue("filtre", name, given[:80], "unknown_code")
    return True
