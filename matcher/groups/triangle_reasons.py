"""Why these three: what each is to the others, what two of them lack, what the third brings."""

from dataclasses import dataclass

from graphsvc.snapshot import Snapshot
from matcher.evidence.territories import place_facts
from matcher.evidence.themes import topic_facts
from matcher.evidence.ties import actor_facts
from matcher.groups.groups import GroupRole, Member
from matcher.groups.pool_cover import cover_of
from matcher.groups.pool_need import Asked, PoolNeed, need_of_announcement
from matcher.groups.pool_reasons import item_reason, present_reason
from matcher.groups.triangle_bases import Base
from matcher.places.standing import Standing
from matcher.reasons import Reason


@dataclass(frozen=True, slots=True)
class Brought:
    """What the third brings: themes the base lacks, and announcements of the base it answers."""

    themes: tuple[int, ...]
    needs: tuple[int, ...]


def members_of(
    snapshot: Snapshot, standing: Standing, base: Base, third: int, brought: Brought
) -> tuple[Member, ...]:
    """The three, each with its role."""
    first = GroupRole.HOME if standing.local[base.one] else GroupRole.PEER
    partner = actor_facts(snapshot, base.partner)
    shown = [Reason("cooperates_with", {"with": partner})] if base.tied else []
    if base.place >= 0 and standing.local[base.one]:
        shown.append(present_reason(snapshot, standing, base.one, base.place))
    return (
        Member(base.one, first, (*shown, *_works_on(snapshot, standing, base.one))),
        Member(
            base.partner, GroupRole.PARTNER, (*_sits(snapshot, base), *_own_themes(snapshot, base, brought))
        ),
        _third(snapshot, standing, base, third, brought),
    )


def reasons_of(
    snapshot: Snapshot, standing: Standing, base: Base, third: int, brought: Brought
) -> tuple[Reason, ...]:
    """What the base is and lacks, and how the third comes in."""
    ends: dict[str, object] = {
        "one": actor_facts(snapshot, base.one),
        "other": actor_facts(snapshot, base.partner),
    }
    found = []
    if base.tied:
        found.append(Reason("triangle_tied", ends))
    elif base.place >= 0:
        found.append(Reason("triangle_possible", {**ends, "place": place_facts(snapshot, base.place)}))
    if base.themes:
        ranked = _lacking(base, brought)[:3]
        named = [topic_facts(snapshot, t) for t in ranked]
        found.append(Reason("triangle_lacks", {"themes": named, "who": ends["one"]}))
    for k in brought.needs or base.needs[:1]:
        record = snapshot.announcement(k)
        found.append(Reason("triangle_need", {"id": record.id, "title": record.title}))
    found += [
        Reason("third_knows", {"third": actor_facts(snapshot, third), "with": actor_facts(snapshot, end)})
        for end in (base.one, base.partner)
        if third in standing.partners(end)
    ]
    if not standing.local[base.one]:
        found.append(Reason("south_south", {}))
    return tuple(found)


def _third(snapshot: Snapshot, standing: Standing, base: Base, third: int, brought: Brought) -> Member:
    reasons = []
    if brought.themes:
        themes = [topic_facts(snapshot, t) for t in brought.themes]
        reasons.append(Reason("brings_missing", {"themes": themes}))
    role = GroupRole.SKILL
    for k in brought.needs:
        need = need_of_announcement(snapshot, k)
        found, means = _answering(snapshot, standing, need, third)
        reasons += found
        role = GroupRole.MEANS if means and not brought.themes else role
    if standing.index.away[third]:
        seat = int(snapshot.actors.seat[third])
        beside = _place_of(snapshot, base) in snapshot.ancestors(seat)
        role = role if beside else GroupRole.PEER
        sits = "sits_there" if beside else "sits_in"
        reasons.append(Reason(sits, {"place": place_facts(snapshot, seat)}))
    elif base.place >= 0:
        chain = snapshot.ancestors(base.place)
        place = next((p for p in chain if _acts(snapshot, standing, third, p)), None)
        if place is not None:
            reasons.append(present_reason(snapshot, standing, third, place))
    return Member(third, role, tuple(reasons))


def _answering(
    snapshot: Snapshot, standing: Standing, need: PoolNeed, third: int
) -> tuple[list[Reason], bool]:
    """How the third answers a need, and whether by means rather than by a skill."""
    precise = PoolNeed(need.nature, need.announcement, need.asker, need.skills)
    everybody = standing.house[third : third + 1]
    cover = cover_of(snapshot, standing, precise, everybody)
    found: list[Reason] = []
    means = False
    for column, item in enumerate(cover.items):
        shown = item_reason(snapshot, standing, cover, 0, column) if cover.values[0, column] > 0 else None
        if shown is not None:
            found.append(shown)
            means |= item.kind is Asked.MEANS
    return found[:2], means


def _acts(snapshot: Snapshot, standing: Standing, house: int, place: int) -> bool:
    return any(place in snapshot.ancestors(p) for p in standing.places.of(house))


def _place_of(snapshot: Snapshot, base: Base) -> int:
    """Where the base is to act: the place both know, else the seat of its partner."""
    return base.place if base.place >= 0 else int(snapshot.actors.seat[base.partner])


def _sits(snapshot: Snapshot, base: Base) -> list[Reason]:
    seat = int(snapshot.actors.seat[base.partner])
    return [Reason("sits_there", {"place": place_facts(snapshot, seat)})] if seat >= 0 else []


def _lacking(base: Base, brought: Brought) -> list[int]:
    """What the base lacks, what the third brings first."""
    return sorted(base.themes, key=lambda t: (t not in brought.themes, -base.themes[t], t))


def _own_themes(snapshot: Snapshot, base: Base, brought: Brought) -> list[Reason]:
    ranked = _lacking(base, brought)[:2]
    return [Reason("on_themes", {"themes": [topic_facts(snapshot, t) for t in ranked]})] if ranked else []


def _works_on(snapshot: Snapshot, standing: Standing, house: int) -> list[Reason]:
    own = sorted(standing.themes.of(house).items(), key=lambda e: (-e[1], e[0]))[:2]
    return [Reason("on_themes", {"themes": [topic_facts(snapshot, t) for t, _ in own]})] if own else []
