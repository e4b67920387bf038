"""The lists behind the pages of opportunities, computed once per snapshot and day, and who may read them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from graphsvc.snapshot import Snapshot
from matcher.groups.convergences import Convergence, Scope, convergences
from matcher.groups.dormant import Dormant, dormant_links
from matcher.groups.groups import Group
from matcher.groups.triangles import Triangle, triangles
from matcher.places.concentration import PlaceLoad, concentration
from matcher.places.gaps import Grid, MissingTheme, UnmetNeed, missing_themes, presence_grid, unmet_needs
from matcher.places.standing import standing_on
from web.kept import kept
from web.named import place_name
from web.permissions import Action, current_identity, may
from web.views.opportunities.group_filters import Narrowed

G = TypeVar("G", bound=Group)
MOST = 60
"""Groups of a list: what one can hold meetings for; the count says when there are more."""


@kept
def kept_convergences(
    snapshot: Snapshot, day: date, themes: tuple[str, ...], places: tuple[str, ...], around: int | None = None
) -> tuple[Convergence, ...]:
    """The best convergences."""
    return tuple(convergences(snapshot, day, Scope(around, themes, places), top=MOST))


@kept
def kept_loads(snapshot: Snapshot, day: date, places: tuple[str, ...]) -> tuple[PlaceLoad, ...]:
    """How places stand."""
    return tuple(concentration(snapshot, day, territories=places))


@kept
def kept_needs(snapshot: Snapshot, day: date, themes: tuple[str, ...]) -> tuple[UnmetNeed, ...]:
    """Needs without an offer."""
    return tuple(unmet_needs(snapshot, day, themes=themes))


@kept
def kept_missing(
    snapshot: Snapshot, day: date, themes: tuple[str, ...], places: tuple[str, ...]
) -> tuple[MissingTheme, ...]:
    """Themes that nobody works on at partner places."""
    return tuple(missing_themes(snapshot, day, themes=themes, territories=places))


@kept
def kept_grid(snapshot: Snapshot, day: date) -> Grid:
    """Actors at each partner place on each theme."""
    return presence_grid(snapshot, day)


@kept
def kept_dormant(snapshot: Snapshot, day: date, around: int | None = None) -> tuple[Dormant, ...]:
    """Cooperations to revive."""
    return tuple(dormant_links(snapshot, day, around=around, top=MOST))


@kept
def kept_triangles(snapshot: Snapshot, day: date, around: int | None = None) -> tuple[Triangle, ...]:
    """Triangles."""
    return tuple(triangles(snapshot, day, around=around, top=60))


def own_actors(snapshot: Snapshot) -> list[int]:
    """The actors of the person behind this request, when that is all they may see by name."""
    if may(Action.SEE_WORK_LIST):
        return []
    indices = (snapshot.index(key) for key in sorted(current_identity().actors))
    return [i for i in indices if i is not None]


def seen_convergences(snapshot: Snapshot, wanted: Narrowed) -> list[Convergence]:
    """Those this person may read by name: all, those of their own actors, or none."""
    asked = (wanted.day, wanted.theme_ids, wanted.place_ids)
    if may(Action.SEE_WORK_LIST):
        return list(kept_convergences(snapshot, *asked))
    own = [g for i in own_actors(snapshot) for g in kept_convergences(snapshot, *asked, i)]
    return sorted(_each_once(own), key=lambda g: -g.score)


def seen_dormant(snapshot: Snapshot, wanted: Narrowed) -> list[Dormant]:
    """Those this person may read by name, inside the territories and themes asked for."""
    if may(Action.SEE_WORK_LIST):
        found = list(kept_dormant(snapshot, wanted.day))
    else:
        found = [g for i in own_actors(snapshot) for g in kept_dormant(snapshot, wanted.day, i)]
    return [g for g in _each_once(found) if _touches(snapshot, g, wanted)]


def seen_triangles(snapshot: Snapshot, wanted: Narrowed) -> list[Triangle]:
    """Triangles inside the territories and themes asked for: proposals, that everybody may read."""
    return [g for g in kept_triangles(snapshot, wanted.day) if _touches(snapshot, g, wanted)]


def countries(snapshot: Snapshot, groups: Sequence[Group]) -> list[tuple[str, str, int]]:
    """How many groups each country has: code, name, count, the most first."""
    roots = Counter(snapshot.ancestors(p)[-1] for g in groups for p in g.places[:1])
    return [(snapshot.place_ids[p], place_name(snapshot.place(p)), count) for p, count in roots.most_common()]


def _touches(snapshot: Snapshot, group: Group, wanted: Narrowed) -> bool:
    """Whether a group is in a territory asked for, and it or one of its members on a theme asked for."""
    if wanted.places:
        inside = {snapshot.place_ids[a] for p in group.places for a in snapshot.ancestors(p)}
        if not inside & set(wanted.place_ids):
            return False
    if not wanted.themes:
        return True
    at_work = standing_on(snapshot, wanted.day).themes
    named = {*group.themes, *(t for m in group.members[:3] for t in at_work.of(m.index))}
    reached = {snapshot.theme_ids[a] for t in named for a in snapshot.theme_ancestors(t)}
    return bool(reached & set(wanted.theme_ids))


def _each_once(groups: list[G]) -> list[G]:
    """Groups of the same members, places and themes once; of links to revive, those of the same two ends."""
    found: dict[tuple[object, ...], G] = {}
    for group in groups:
        whole = not isinstance(group, Dormant)  # two pairs may have each other's helpers
        members = group.members if whole else group.members[:2]
        key = (tuple(sorted(m.index for m in members)), group.places, group.themes)
        found.setdefault(key, group)
    return list(found.values())
