"""The filters of the work list: state, kind, theme, territory, follow-up, with the counts of each choice."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from graphsvc.analytics.isolation import IsolationState, WorkItem
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from people.follow_ups import FollowUp
from web.kept import kept_in_words
from web.named import place_name, topic_name
from web.views.asked import texts
from web.views.coordination.followed import NOTHING
from web.views.coordination.standing import work_items
from web.work_choice import WorkChoice, places_of, themes_of

SHOWN = 10
FOLLOW_UPS = ("tout", "moi", "libre", "mis-de-cote")
_LEVELS = (PlaceLevel.COUNTRY, PlaceLevel.INTERCOMMUNALITY)


@dataclass(frozen=True, slots=True)
class Counts:
    """What anybody may see: how many, in which state, of which kinds, on which themes, where they act."""

    total: int
    states: list[tuple[str, int]]
    kinds: list[tuple[str, int]]
    themes: list[tuple[str, str, int]]
    places: list[tuple[str, str, int]]
    doubtful: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    choice: WorkChoice
    follow_up: str

    @property
    def narrows(self) -> bool:
        """Whether anything is left out by choice."""
        return self.choice != WorkChoice() or bool(self.follow_up)


def asked() -> Asked:
    """Read the address. Raises InvalidValue for a state or a follow-up nobody knows."""
    states = texts("etat")
    for state in states:
        if state not in list(IsolationState):
            raise InvalidValue("filtre", "etat", state[:80], "unknown_code")
    follow_up = (texts("suivi") or ("",))[0]
    if follow_up and follow_up not in FOLLOW_UPS:
        raise InvalidValue("filtre", "suivi", follow_up[:80], "unknown_code")
    return Asked(WorkChoice(states, texts("type"), texts("theme"), texts("territoire")), follow_up)


def in_follow_up(
    items: list[WorkItem], done: dict[int, FollowUp], wanted: str, account: str | None, today: date
) -> list[WorkItem]:
    """Those of these actors that are among those asked for: by default those that nobody has put aside."""
    untouched = _followed_up(NOTHING, wanted, account, waits=False)
    if not done:
        return items if untouched else []
    return [
        item
        for item in items
        if (
            untouched
            if (found := done.get(item.index)) is None
            else _followed_up(found, wanted, account, waits=found.waits(today, item.state.value))
        )
    ]


def _followed_up(found: FollowUp, wanted: str, account: str | None, *, waits: bool) -> bool:
    if wanted == "mis-de-cote":
        return waits
    if wanted == "moi":
        return found.assigned_to is not None and found.assigned_to == account and not waits
    if wanted == "libre":
        return found.assigned_to is None and not waits
    return wanted == "tout" or not waits


def set_aside(items: list[WorkItem], done: dict[int, FollowUp], today: date) -> int:
    """How many of these somebody closed or snoozed."""
    if not done:
        return 0
    touched = ((item, done[item.index]) for item in items if item.index in done)
    return sum(found.waits(today, item.state.value) for item, found in touched)


@kept_in_words
def counts(snapshot: Snapshot, today: date, everyone: bool) -> Counts:
    """The counts of the whole list."""
    items = work_items(snapshot, today, everyone)
    states = Counter(item.state.value for item in items)
    kinds = Counter(snapshot.actor(item.index).kind.value for item in items)
    themes: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for item in items:
        themes.update(themes_of(snapshot, item.index))
        places.update(places_of(snapshot, item.index))
    return Counts(
        len(items),
        [(s.value, states[s.value]) for s in IsolationState if states[s.value]],
        kinds.most_common(),
        _top_themes(snapshot, themes)[:SHOWN],
        _chosen_places(snapshot, places, len(items))[:SHOWN],
        sum(item.in_our_data_only for item in items),
    )


def _top_themes(snapshot: Snapshot, found: Counter[str]) -> list[tuple[str, str, int]]:
    return [
        (code, topic_name(snapshot.theme(t)), count)
        for code, count in sorted(found.items(), key=lambda one: (-one[1], one[0]))
        if (t := snapshot.theme_index(code)) is not None and snapshot.theme(t).parent is None
    ]


def _chosen_places(snapshot: Snapshot, found: Counter[str], total: int) -> list[tuple[str, str, int]]:
    """Countries where they act, intercommunalities of their seats; what holds everybody is left out."""
    named = []
    for code, count in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        p = snapshot.place_index(code)
        if p is not None and count < total and snapshot.place(p).level in _LEVELS:
            named.append((code, place_name(snapshot.place(p)), count))
    return named
