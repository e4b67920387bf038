"""Groups ready to be read: titles, members with what each brings, sentences with their facts linked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graphsvc.snapshot import Snapshot
from matcher.groups.convergences import Convergence
from matcher.groups.dormant import Dormant
from matcher.groups.groups import Group, GroupRole, Member
from matcher.groups.pooling import PoolGroup
from matcher.groups.triangles import Triangle
from matcher.reasons import Reason
from web.named import facts_in, topic_name
from web.reasons import reason_text
from web.reasons.mentions import Sentence, sentence_of
from web.views.actors.listing import ActorLine, actor_line
from web.views.actors.record_view import Named, named_place
from web.words.groups import role_word

SHOWN, PAIRS = 8, 3
_PLAIN = (GroupRole.PRESENT, GroupRole.HELPER)
_SAID_BY_ROLE = frozenset({"asks_for_it", "knows_them_all"})


@dataclass(frozen=True, slots=True)
class MemberCard:
    """One member: who, its role in words (nothing when it goes without saying), what shows it."""

    line: ActorLine
    role: str
    told: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class PairCard:
    """Two to bring together first, and what already joins them."""

    one: ActorLine
    other: ActorLine
    told: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group. `place`, `theme`, `area`: what gathers it; `more`: members beyond those shown.

    `overlap`, `complementarity`: None when the group has none; `sure`: False when a better one may exist.
    """

    score: float
    place: Named | None
    theme: Named | None
    area: Named | None
    told: tuple[Sentence, ...]
    members: tuple[MemberCard, ...]
    more: int
    themes: tuple[Named, ...]
    places: tuple[Named, ...]
    pairs: tuple[PairCard, ...] = ()
    overlap: float | None = None
    complementarity: float | None = None
    sure: bool = True


def convergence_card(snapshot: Snapshot, group: Convergence) -> GroupCard:
    """A convergence."""
    area = None if group.area is None else named_place(snapshot, group.area)
    pairs = tuple(
        PairCard(_line(snapshot, pair.one), _line(snapshot, pair.other), told_of(pair.bridges[:2]))
        for pair in group.pairs[:PAIRS]
    )
    shared = tuple(t for t in group.themes if t != group.theme)
    return GroupCard(
        group.score,
        None if group.place is None else named_place(snapshot, group.place),
        None if group.theme is None else named_theme(snapshot, group.theme),
        area,
        told_of(group.reasons),
        _members(snapshot, group.members[:SHOWN]),
        max(0, len(group.members) - SHOWN),
        tuple(named_theme(snapshot, t) for t in shared),
        (),
        pairs if len(group.members) > 2 else (),
        group.overlap,
        group.complementarity,
    )


def pool_card(snapshot: Snapshot, group: PoolGroup) -> GroupCard:
    """A pooling group."""
    card = _plain(snapshot, group)
    area = None if group.frame.area is None else named_place(snapshot, group.frame.area)
    place = named_place(snapshot, group.places[0]) if len(group.places) == 1 else None
    return _with(card, place=place, area=area, sure=group.exact)


def triangle_card(snapshot: Snapshot, group: Triangle) -> GroupCard:
    """A triangle."""
    place = named_place(snapshot, group.places[0]) if group.places else None
    return _with(_plain(snapshot, group), place=place)


def dormant_card(snapshot: Snapshot, group: Dormant) -> GroupCard:
    """A cooperation to revive."""
    place = named_place(snapshot, group.places[0]) if group.places else None
    return _with(_plain(snapshot, group), place=place)


def named_theme(snapshot: Snapshot, t: int) -> Named:
    """A theme as a page names it."""
    theme = snapshot.theme(t)
    return Named(theme.id, topic_name(theme))


def member_cards(snapshot: Snapshot, members: Iterable[Member]) -> tuple[MemberCard, ...]:
    """Members with their role and what shows it."""
    return _members(snapshot, tuple(members))


def told_of(reasons: Iterable[Reason]) -> tuple[Sentence, ...]:
    """The sentences of reasons, each once, with the records they name linked."""
    found = {reason_text(r.code, facts := facts_in(r.facts)): facts for r in reasons}
    return tuple(sentence_of(text, _mentioned(facts)) for text, facts in found.items())


def _plain(snapshot: Snapshot, group: Group) -> GroupCard:
    return GroupCard(
        group.score,
        None,
        None,
        None,
        told_of(group.reasons),
        _members(snapshot, group.members),
        0,
        tuple(named_theme(snapshot, t) for t in group.themes),
        tuple(named_place(snapshot, p) for p in group.places),
    )


def _with(card: GroupCard, **changes: Any) -> GroupCard:
    return replace(card, **changes)


def _members(snapshot: Snapshot, members: tuple[Member, ...]) -> tuple[MemberCard, ...]:
    return tuple(
        MemberCard(
            _line(snapshot, m.index),
            "" if m.role in _PLAIN else role_word(m.role.value),
            told_of(r for r in m.reasons if r.code not in _SAID_BY_ROLE),
        )
        for m in members
    )


def _line(snapshot: Snapshot, i: int) -> ActorLine:
    return actor_line(snapshot, i, 0)


def _mentioned(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The records a reason names under any key, in the keys that sentences link."""
    found: dict[str, list[Mapping[str, Any]]] = {"others": [], "themes": [], "partners": []}
    for value in facts.values():
        for entry in value if isinstance(value, (list, tuple)) else (value,):
            if not isinstance(entry, Mapping):
                continue
            if "place" in entry:
                found["others"].append(entry["place"])
            elif "level" in entry and "name" in entry:
                found["others"].append(entry)
            elif "label" in entry and entry.get("kind") in (None, "theme"):
                found["themes"].append(entry)
            elif "name" in entry and "id" in entry:
                found["partners"].append(entry)
    titled = {"mine": facts} if "title" in facts and "id" in facts else {}
    return {**found, **titled}
