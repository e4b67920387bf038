"""What each member of a pooling group brings, what the group shares, and what nobody in it has."""

from dataclasses import dataclass

import numpy as np

from graphsvc.domain.actors import ActorRole
from graphsvc.domain.announcements import Direction
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64
from matcher.evidence.proximity import proximity_facts
from matcher.evidence.territories import place_facts
from matcher.evidence.themes import topic_facts
from matcher.evidence.ties import actor_facts
from matcher.groups.groups import GroupRole, Member
from matcher.groups.pool_cover import Cover, usual_for
from matcher.groups.pool_need import Asked, Item, PoolNeed
from matcher.groups.pool_search import SECOND
from matcher.places.standing import AtWork, Standing, known_on, known_since
from matcher.reasons import Reason

ENOUGH = 0.3
"""What is brought less surely than this is said to be missing."""
MOST_SAID = 4
_ROLES = {Asked.SKILL: GroupRole.SKILL, Asked.MEANS: GroupRole.MEANS, Asked.THEME: GroupRole.PRESENT}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a group is made for: a destination (places), or the area its members sit in, or nothing more."""

    places: tuple[int, ...]
    area: int | None = None


def item_facts(snapshot: Snapshot, item: Item) -> dict[str, object]:
    """A thing asked for as facts name it: `{"kind", "id", "label"}`; the id of means is their nature."""
    if item.kind is Asked.SKILL:
        skill = snapshot.skill(item.position)
        return {"kind": "skill", "id": skill.id, "label": skill.label}
    if item.kind is Asked.THEME:
        theme = snapshot.theme(item.position)
        return {"kind": "theme", "id": theme.id, "label": theme.label}
    if item.kind is Asked.PLACE:
        place = snapshot.place(item.position)
        return {"kind": "place", "id": place.id, "label": place.name, "level": place.level.value}
    nature = item.nature.value if item.nature is not None else ""
    return {"kind": "means", "id": nature, "label": nature}


def missing_items(cover: Cover, rows: tuple[int, ...]) -> tuple[Item, ...]:
    """What nobody brings."""
    best = cover.values[list(rows)].max(axis=0)
    return tuple(item for item, value in zip(cover.items, best.tolist(), strict=True) if value < ENOUGH)


def members_of(
    snapshot: Snapshot, standing: Standing, need: PoolNeed, cover: Cover, rows: tuple[int, ...]
) -> tuple[Member, ...]:
    """The members in the order of what each adds, the asker first."""
    asker = None if need.asker is None else int(standing.house[need.asker])
    return tuple(
        _asker(snapshot, standing, need, cover, row)
        if int(cover.houses[row]) == asker
        else _member(snapshot, standing, need, cover, row, rows)
        for row in rows
    )


def reasons_of(
    snapshot: Snapshot,
    standing: Standing,
    frame: Frame,
    cover: Cover,
    rows: tuple[int, ...],
    missing: tuple[Item, ...],
) -> tuple[Reason, ...]:
    """What the group covers, where it goes or sits, how diverse it is, what it lacks, who already works
    together.
    """
    covered = [item_facts(snapshot, item) for item in cover.items if item not in missing]
    houses = [int(cover.houses[row]) for row in rows]
    found = [Reason("group_covers", {"items": covered, "asked": len(cover.items)})] if covered else []
    for place in frame.places[:2]:
        going = [h for h in houses if _reaches(snapshot, standing.places, h, place)]
        if len(going) > 1:
            facts = {
                "place": place_facts(snapshot, place),
                "count": len(going),
                "home": _at_home(standing, place),
            }
            found.append(Reason("group_destination", facts))
    if frame.area is not None:
        found.append(Reason("group_area", {"place": place_facts(snapshot, frame.area)}))
    kinds = {int(snapshot.actors.kind[h]) for h in houses}
    found.append(Reason("group_kinds", {"count": len(kinds), "members": len(houses)}))
    found += _acquainted(standing, houses)
    if missing:
        found.append(Reason("group_lacks", {"items": [item_facts(snapshot, item) for item in missing]}))
    return tuple(found)


def group_themes(standing: Standing, need: PoolNeed, members: tuple[Member, ...]) -> tuple[int, ...]:
    """The themes asked for, else those that most members share."""
    if need.themes:
        return need.themes
    names: dict[int, int] = {}
    for member in members:
        for theme in standing.themes.of(member.index):
            names[theme] = names.get(theme, 0) + 1
    return tuple(t for t in sorted(names, key=lambda t: (-names[t], t)) if names[t] > 1)[:3]


def _acquainted(standing: Standing, houses: list[int]) -> list[Reason]:
    tied = int(np.triu(standing.circle[houses][:, houses].toarray(), 1).sum())
    pairs = len(houses) * (len(houses) - 1) // 2
    return [Reason("group_acquainted", {"tied": tied, "pairs": pairs})]


def _asker(snapshot: Snapshot, standing: Standing, need: PoolNeed, cover: Cover, row: int) -> Member:
    brings = _brought(snapshot, standing, need, cover, row)
    house = int(cover.houses[row])
    reasons = [reason for _, reason in brings][: MOST_SAID - 1]
    return Member(house, GroupRole.ASKER, (Reason("asks_for_it", {"offered": need.offered}), *reasons))


def _member(
    snapshot: Snapshot, standing: Standing, need: PoolNeed, cover: Cover, row: int, rows: tuple[int, ...]
) -> Member:
    house = int(cover.houses[row])
    brings = _brought(snapshot, standing, need, cover, row)
    others = [r for r in rows if r != row]
    lacking = np.prod(1 - SECOND * cover.values[others], axis=0)
    rest = lacking * cover.values[row]
    chief = cover.items[int(np.argmax(rest * _order(cover)))]
    role = _role(standing, cover, row, chief, house)
    ordered = sorted(brings, key=lambda b: b[0] != chief)
    reasons = _heir_once([reason for _, reason in ordered][:MOST_SAID])
    if need.asker is not None:
        reasons += _towards_asker(snapshot, standing, need.asker, house)
    return Member(house, role, tuple(reasons))


def _heir_once(reasons: list[Reason]) -> list[Reason]:
    """Whom the actor stands for is said once."""
    told: list[object] = []
    found = []
    for reason in reasons:
        former = reason.facts.get("former")
        found.append(Reason(reason.code, {**reason.facts, "former": None}) if former in told else reason)
        told += [former] if former else []
    return found


def _order(cover: Cover) -> F64:
    """What is sought says more of a role than where one goes."""
    return np.array([1.0 if i.kind in (Asked.SKILL, Asked.MEANS) else 0.8 for i in cover.items])


def _role(standing: Standing, cover: Cover, row: int, chief: Item, house: int) -> GroupRole:
    if chief.kind is Asked.PLACE:
        if _at_home(standing, chief.position):  # nobody travels there
            return GroupRole.PRESENT
        return GroupRole.PARTNER if standing.index.away[house] else GroupRole.EXPERIENCE
    k = int(cover.shown[row, cover.items.index(chief)])
    if chief.kind is Asked.MEANS and k >= 0 and not standing.index.board.offer[k]:
        return GroupRole.SHARER
    return _ROLES[chief.kind]


def _at_home(standing: Standing, place: int) -> bool:
    """Whether a place is of the territory, or contains it."""
    return bool(standing.index.home[place])


def brought(snapshot: Snapshot, standing: Standing, need: PoolNeed, cover: Cover, row: int) -> list[Reason]:
    """What an actor brings to a need, one reason for each thing."""
    return [reason for _, reason in _brought(snapshot, standing, need, cover, row)]


def _brought(
    snapshot: Snapshot, standing: Standing, need: PoolNeed, cover: Cover, row: int
) -> list[tuple[Item, Reason]]:
    """A reason for each thing the actor brings, themes and places told once each."""
    house = int(cover.houses[row])
    found: list[tuple[Item, Reason]] = []
    for column, item in enumerate(cover.items):
        if cover.values[row, column] <= 0:
            continue
        if item.kind is Asked.PLACE:
            found.append((item, present_reason(snapshot, standing, house, item.position)))
        elif item.kind is not Asked.THEME:
            shown = item_reason(snapshot, standing, cover, row, column)
            found += [(item, shown)] if shown is not None else []
    themes = _themes_for(snapshot, standing, house, need.themes)
    if themes:
        item = Item(Asked.THEME, need.themes[0])
        facts: dict[str, object] = {
            "themes": [topic_facts(snapshot, t) for t in themes[:2]],
            "former": former_of(snapshot, standing.themes, house, themes[0]),
        }
        found.append((item, Reason("on_themes", facts)))
    return found


def item_reason(snapshot: Snapshot, standing: Standing, cover: Cover, row: int, column: int) -> Reason | None:
    """How an actor brings a skill or means: by its own announcement, else by a role or by what it is."""
    item, k = cover.items[column], int(cover.shown[row, column])
    facts: dict[str, object] = {"item": item_facts(snapshot, item)}
    if k >= 0:
        record = snapshot.announcement(k)
        facts |= {"id": record.id, "title": record.title}
        return Reason("offers_it" if record.direction is Direction.OFFER else "shares_need", facts)
    usual = usual_for(snapshot, standing, item, int(cover.houses[row]))
    if usual is None:
        return None
    held = "role" if isinstance(usual, ActorRole) else "kind"
    return Reason("brings_by_role", {**facts, held: usual.value})


def present_reason(snapshot: Snapshot, standing: Standing, house: int, place: int) -> Reason:
    """Since when a house acts at a place (or sits there), by its surest source."""
    at_work = standing.places
    span = at_work.span(house)
    inside = [k for k in range(span.start, span.stop) if place in snapshot.ancestors(int(at_work.entry[k]))]
    if not inside:
        around = [
            k for k in range(span.start, span.stop) if int(at_work.entry[k]) in snapshot.ancestors(place)
        ]
        inside = around[:1]
    if not inside:
        return Reason(
            "present_there", {"place": place_facts(snapshot, place), "since": None, "confirmed": None}
        )
    seat = int(snapshot.actors.seat[house])
    if standing.index.away[house] and seat >= 0 and place in snapshot.ancestors(seat):
        return Reason("sits_there", {"place": place_facts(snapshot, seat)})
    k = max(inside, key=lambda k: (float(at_work.strength[k]), -int(at_work.since[k])))
    facts: dict[str, object] = {
        "place": place_facts(snapshot, int(at_work.entry[k])),
        "since": known_since(int(at_work.since[k])),
        "confirmed": known_on(int(at_work.confirmed[k])),
        "former": former_of(snapshot, at_work, house, int(at_work.entry[k])),
    }
    return Reason("present_there", facts)


def former_of(snapshot: Snapshot, at_work: AtWork, house: int, entry: int) -> dict[str, object] | None:
    """The ended actor the house stands for on this entry, if any."""
    span = at_work.span(house)
    for k in range(span.start, span.stop):
        if int(at_work.entry[k]) == entry and at_work.via[k] >= 0:
            return actor_facts(snapshot, int(at_work.via[k]))
    return None


def _themes_for(snapshot: Snapshot, standing: Standing, house: int, asked: tuple[int, ...]) -> list[int]:
    """The actor's themes that answer those asked for: inside one of them first, then around one."""
    own = standing.themes.of(house)
    inside = [t for t in own if set(snapshot.theme_ancestors(t)) & set(asked)]
    around = [t for t in own if any(t in snapshot.theme_ancestors(a)[1:] for a in asked)]
    return sorted(inside, key=lambda t: (-own[t], t)) or sorted(around)


def _towards_asker(snapshot: Snapshot, standing: Standing, asker: int, house: int) -> list[Reason]:
    if house in standing.partners(int(standing.house[asker])):
        return [Reason("partner_already", {"with": actor_facts(snapshot, asker)})]
    near = proximity_facts(snapshot, standing.index.seats, asker, house)
    km = near.get("km")
    return [Reason("seat_near", near)] if isinstance(km, float) and km <= 12 else []


def _reaches(snapshot: Snapshot, at_work: AtWork, house: int, place: int) -> bool:
    return any(
        place in snapshot.ancestors(p) or p in snapshot.ancestors(place)[:-1] for p in at_work.of(house)
    )
