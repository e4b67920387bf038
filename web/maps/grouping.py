"""What the discs of the map gather: communities, or actors of one theme, one territory, one kind."""

from collections.abc import Mapping, Sequence

import numpy as np

from graphsvc.analytics.layout import Layout, compute_layout
from graphsvc.domain.actors import ActorKind
from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import I64
from people.layouts import community_names
from web.french import capital
from web.kept import kept
from web.labels import plural
from web.maps.kept_layout import map_layout
from web.maps.wanted import Grouping
from web.named import place_name, topic_name
from web.services import Services
from web.spoken import gettext as _

_EPCI = list(PlaceLevel).index(PlaceLevel.INTERCOMMUNALITY)
_KINDS = list(ActorKind)


def grouped_layout(services: Services, snapshot: Snapshot, grouping: Grouping) -> Layout:
    """Where actors stand: by community as everywhere on the site, or with the others of their group."""
    if grouping is Grouping.COMMUNITY:
        return map_layout(services, snapshot)
    return _layout_of(snapshot, grouping)


@kept
def _layout_of(snapshot: Snapshot, grouping: Grouping) -> Layout:
    return compute_layout(snapshot, groups=group_keys(snapshot, grouping))


@kept
def group_keys(snapshot: Snapshot, grouping: Grouping) -> Sequence[str]:
    """The group of each actor: a theme of the first level, an intercommunality or a country, a kind.

    An empty text: the data do not say.
    """
    if grouping is Grouping.KIND:
        return [_KINDS[k].value for k in snapshot.actors.kind.tolist()]
    if grouping is Grouping.THEME:
        ids = [*snapshot.theme_ids, ""]
        return [ids[t] for t in _main_theme(snapshot).tolist()]
    return [_territory(snapshot, i, seat) for i, seat in enumerate(snapshot.actors.seat.tolist())]


def disc_titles(
    services: Services, snapshot: Snapshot, layout: Layout, grouping: Grouping
) -> Sequence[tuple[str, str, bool]]:
    """For each disc its key in an address, its title, and whether the title is a name of its own.

    A community that nobody named is called after its best tied actor, and only when it is folded.
    """
    if grouping is not Grouping.COMMUNITY:
        keys = group_keys(snapshot, grouping)
        return [
            (key, _title(snapshot, grouping, key), True) for key in (keys[d.members[0]] for d in layout.discs)
        ]
    given = _given_names(services, snapshot)
    degree = snapshot.documented_ties().degree
    found = []
    for disc in layout.discs:
        best = max(disc.members, key=lambda i: (int(degree[i]), -i))
        names = [given[i] for i in disc.members if i in given] if given else []
        title = names[0] if names else _("autour de %(name)s", name=_short(snapshot, best))
        found.append((snapshot.ids[best], title, bool(names)))
    return found


def _given_names(services: Services, snapshot: Snapshot) -> Mapping[int, str]:
    names = community_names(services.private, snapshot.store_id)
    return {i: name for key, name in names.items() if (i := snapshot.index(key)) is not None}


def _short(snapshot: Snapshot, i: int) -> str:
    actor = snapshot.actor(i)
    return actor.acronym if actor.acronym and len(actor.name) > 24 else actor.name[:40]


def _main_theme(snapshot: Snapshot) -> I64:
    """The first-level theme each actor names most, the first of them in the vocabulary; -1 = none."""
    roots = np.array([snapshot.theme_ancestors(t)[-1] for t in range(len(snapshot.theme_ids))], np.int64)
    actors, n = snapshot.actors, snapshot.n
    found = np.full(n, -1, np.int64)
    if not len(actors.theme_ids):
        return found
    owner = np.repeat(np.arange(n), np.diff(actors.theme_ptr))
    key, count = np.unique(owner * len(roots) + roots[actors.theme_ids], return_counts=True)
    order = np.lexsort((key, -count, key // len(roots)))
    ranked = key[order]
    who, first = np.unique(ranked // len(roots), return_index=True)
    found[who] = ranked[first] % len(roots)
    return found


def _territory(snapshot: Snapshot, i: int, seat: int) -> str:
    if seat < 0:
        return snapshot.actor(i).country
    chain = snapshot.ancestors(seat)
    return str(snapshot.place_ids[next((p for p in chain if snapshot.places.level[p] == _EPCI), chain[-1])])


def _title(snapshot: Snapshot, grouping: Grouping, key: str) -> str:
    if grouping is Grouping.KIND:
        return capital(plural("actor_kind", key, 2))
    if grouping is Grouping.THEME:
        theme = snapshot.theme_index(key)
        return topic_name(snapshot.theme(theme)) if theme is not None else _("Sans thème renseigné")
    place = snapshot.place_index(key)
    return place_name(snapshot.place(place)) if place is not None else key or _("Sans siège renseigné")
