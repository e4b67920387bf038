"""Who converges, since when, on what, and what could bring them together: codes and facts."""

from datetime import date

import numpy as np

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MAX, DAY_MIN
from matcher.evidence.territories import place_facts
from matcher.evidence.themes import topic_facts
from matcher.evidence.ties import actor_facts
from matcher.groups.groups import GroupRole, Member
from matcher.groups.meeting_place import Gathering, Pair
from matcher.meetings.encounters import Encounters, Ground
from matcher.places.standing import AtWork, Standing, known_on, known_since
from matcher.reasons import Reason

MOST_BRIDGES = 2
MOST_THEMES = 5
OLD_YEARS = 3


def members_of(
    snapshot: Snapshot,
    standing: Standing,
    gathering: Gathering,
    found: Encounters,
    themes: tuple[int, ...],
) -> tuple[Member, ...]:
    """The houses of the open pairs, the best placed first, then those who cooperate with all of them."""
    best = np.where(found.open, found.score, 0.0).max(axis=1)
    meeting = np.asarray(found.open.any(axis=1), np.bool_)
    rows = [int(r) for r in np.lexsort((found.houses, -best)) if meeting[r]]
    members = [_member(snapshot, standing, gathering, int(found.houses[r]), themes) for r in rows]
    for r in connectors(found):
        house = int(found.houses[r])
        shown = _member(snapshot, standing, gathering, house, themes).reasons
        members.append(Member(house, GroupRole.CONNECTOR, (Reason("knows_them_all", {}), *shown)))
    return tuple(members)


def connectors(found: Encounters) -> list[int]:
    """Rows of those who already cooperate with every house of the open pairs."""
    meeting = found.open.any(axis=1)
    return [int(r) for r in np.flatnonzero(~meeting & found.tied[:, meeting].all(axis=1))]


def shared_themes(ground: Ground, found: Encounters) -> tuple[int, ...]:
    """Themes that two of the houses to bring together both name, the most shared first."""
    names: dict[int, int] = {}
    for house in found.houses[found.open.any(axis=1)].tolist():
        for theme in ground.standing.themes.of(house):
            names[theme] = names.get(theme, 0) + 1
    shared = [t for t, count in names.items() if count > 1]
    return tuple(sorted(shared, key=lambda t: (-names[t], -ground.worth[t], t))[:MOST_THEMES])


def reasons_of(
    snapshot: Snapshot,
    standing: Standing,
    gathering: Gathering,
    found: Encounters,
    pairs: tuple[Pair, ...],
    themes: tuple[int, ...],
) -> tuple[Reason, ...]:
    """What gathers them, what they share, what already joins some of them, and how old all this is."""
    meeting = found.open.any(axis=1)
    count = int(meeting.sum())
    pairs_of_all = count * (count - 1) // 2
    tied = int(np.triu(found.tied[meeting][:, meeting], 1).sum())
    facts: dict[str, object] = {"count": count, "open_pairs": pairs_of_all - tied, "pairs": pairs_of_all}
    reasons: list[Reason] = []
    if gathering.place is not None:
        reasons.append(Reason("converge_place", {**facts, "place": place_facts(snapshot, gathering.place)}))
        if themes:
            reasons.append(
                Reason("converge_both", {"themes": [topic_facts(snapshot, t) for t in themes[:3]]})
            )
    elif gathering.theme is not None:
        area = None if gathering.area is None else place_facts(snapshot, gathering.area)
        reasons.append(
            Reason("converge_theme", {**facts, "theme": topic_facts(snapshot, gathering.theme), "area": area})
        )
    reasons += _overlapping_since(snapshot, standing, gathering, pairs)
    reasons += _bridges(pairs)
    known = [actor_facts(snapshot, int(found.houses[r])) for r in connectors(found)]
    if known:
        reasons.append(Reason("converge_connectors", {"partners": known[:3], "count": len(known)}))
    return tuple(reasons + _age(snapshot, standing, gathering, found))


def _overlapping_since(
    snapshot: Snapshot, standing: Standing, gathering: Gathering, pairs: tuple[Pair, ...]
) -> list[Reason]:
    """Since when the best pair has been there together, when both begin dates are known."""
    days = [_entry_days(snapshot, standing, gathering, house)[0] for house in (pairs[0].one, pairs[0].other)]
    since = known_since(max(days))
    return [] if since is None else [Reason("together_since", {"since": since})]


def _bridges(pairs: tuple[Pair, ...]) -> list[Reason]:
    """The easiest bridge of each of the best pairs, each actor named by what the source says."""
    found: list[Reason] = []
    for pair in pairs:
        for bridge in pair.bridges[:1]:
            if bridge.code != "bridge_partner" and not any(_same(bridge, other) for other in found):
                found.append(bridge)
    if pairs and pairs[0].bridges[1:]:
        found.insert(1, pairs[0].bridges[1])
    return found[:MOST_BRIDGES] or [b for p in pairs[:1] for b in p.bridges[:1]]


def _same(one: Reason, other: Reason) -> bool:
    """One project that joins several pairs is told once."""
    title = one.facts.get("title")
    return one == other or (title is not None and title == other.facts.get("title"))


def _age(snapshot: Snapshot, standing: Standing, gathering: Gathering, found: Encounters) -> list[Reason]:
    houses = found.houses[found.open.any(axis=1)].tolist()
    years = [known_on(_entry_days(snapshot, standing, gathering, house)[1]) for house in houses]
    known = [year for year in years if year is not None]
    if not known:
        return [Reason("never_confirmed_there", {})]
    old = max(known) <= date.fromordinal(standing.day).year - OLD_YEARS
    return [Reason("confirmed_until", {"year": max(known)})] if old else []


def _member(
    snapshot: Snapshot, standing: Standing, gathering: Gathering, house: int, themes: tuple[int, ...]
) -> Member:
    at_work, entries = _inside(snapshot, standing, gathering, house)
    span = at_work.span(house)
    at = [k for k in range(span.start, span.stop) if int(at_work.entry[k]) in entries]
    at.sort(key=lambda k: (-float(at_work.strength[k]), int(at_work.since[k]), int(at_work.entry[k])))
    via = int(at_work.via[at[0]]) if at else -1
    role = GroupRole.HEIR if via >= 0 else GroupRole.PRESENT
    reasons = []
    if via >= 0:
        reasons.append(Reason("stands_for", {"former": actor_facts(snapshot, via)}))
    if at:
        reasons.append(_shown(snapshot, gathering, at_work, at[0]))
    if gathering.place is not None:
        own = standing.themes.of(house)
        worth = standing.index.themes.importance
        named = sorted(own, key=lambda t: (t not in themes, -own[t], -worth[t], t))[:2]
        if named:
            reasons.append(Reason("on_themes", {"themes": [topic_facts(snapshot, t) for t in named]}))
    return Member(house, role, tuple(reasons))


def _shown(snapshot: Snapshot, gathering: Gathering, at_work: AtWork, k: int) -> Reason:
    entry = int(at_work.entry[k])
    facts: dict[str, object] = {
        "since": known_since(int(at_work.since[k])),
        "confirmed": known_on(int(at_work.confirmed[k])),
    }
    if gathering.place is not None:
        return Reason("present_there", {**facts, "place": place_facts(snapshot, entry)})
    return Reason("on_themes", {**facts, "themes": [topic_facts(snapshot, entry)]})


def _inside(
    snapshot: Snapshot, standing: Standing, gathering: Gathering, house: int
) -> tuple[AtWork, frozenset[int]]:
    """The house's entries that are at the place (on the theme) or inside it."""
    if gathering.place is not None:
        named = standing.places.of(house)
        return standing.places, frozenset(p for p in named if gathering.place in snapshot.ancestors(p))
    named = standing.themes.of(house)
    return standing.themes, frozenset(t for t in named if gathering.theme in snapshot.theme_ancestors(t))


def _entry_days(snapshot: Snapshot, standing: Standing, gathering: Gathering, house: int) -> tuple[int, int]:
    """First documented day and last confirmation of a house there (DAY_MAX, DAY_MIN: unknown)."""
    at_work, entries = _inside(snapshot, standing, gathering, house)
    span = at_work.span(house)
    at = [k for k in range(span.start, span.stop) if int(at_work.entry[k]) in entries]
    since = min((int(at_work.since[k]) for k in at), default=DAY_MAX)
    return since, max((int(at_work.confirmed[k]) for k in at), default=DAY_MIN)
