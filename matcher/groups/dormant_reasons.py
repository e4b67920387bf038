"""What slept, since when, and who can help it begin again: codes and facts."""

from datetime import date

import numpy as np

from graphsvc.domain.actors import ActorRole
from graphsvc.snapshot import Snapshot
from matcher.between import Bridge
from matcher.evidence.themes import topic_facts
from matcher.evidence.ties import actor_facts
from matcher.groups.groups import GroupRole, Member
from matcher.groups.pool_reasons import present_reason
from matcher.places.standing import Standing
from matcher.reasons import Reason

HELPERS = 3
_WEAVERS = (ActorRole.NETWORK_HEAD, ActorRole.RESOURCE_CENTRE, ActorRole.RELAY)


def reasons_of(
    snapshot: Snapshot,
    standing: Standing,
    ends: tuple[int, int],
    last: int | None,
    former: list[int],
    bridges: list[Bridge],
) -> tuple[Reason, ...]:
    """What it was, since when it sleeps, who stands for whom, what still joins the two, who is alone."""
    found = [b.reason for b in bridges if b.reason.code == "bridge_past"][:1]
    if last is not None and last < standing.day:
        found.append(Reason("asleep_since", {"year": date.fromordinal(last).year}))
    else:
        found.append(Reason("asleep", {}))
    for i in former[:2]:
        heir = actor_facts(snapshot, int(standing.house[i]))
        facts = {"heir": heir, "former": actor_facts(snapshot, i), "year": _ended(snapshot, i)}
        found.append(Reason("revive_heir", facts))
    found += [b.reason for b in bridges if b.reason.code == "bridge_means"][:1]
    found += [
        Reason("alone_now", {"actor": actor_facts(snapshot, end)})
        for end in ends
        if not len(standing.partners(end))
    ]
    return tuple(found)


def helpers_of(snapshot: Snapshot, standing: Standing, here: int, there: int) -> tuple[Member, ...]:
    """Partners of both, then who acts where the partner is, then who weaves on a common theme."""
    chosen: dict[int, Reason] = {}
    rarity = standing.index.circle.rarity
    common = np.intersect1d(standing.partners(here), standing.partners(there)).tolist()
    both = [actor_facts(snapshot, end) for end in (here, there)]
    for z in sorted(common, key=lambda z: (-rarity[z], z)):
        chosen.setdefault(z, Reason("partner_of_both", {"partners": both}))
    for house, reason in _on_the_spot(snapshot, standing, here, there):
        chosen.setdefault(house, reason)
    for house, reason in _weavers(snapshot, standing, here, there):
        chosen.setdefault(house, reason)
    found = [(z, reason) for z, reason in chosen.items() if z not in (here, there)][:HELPERS]
    return tuple(Member(z, GroupRole.HELPER, (reason,)) for z, reason in found)


def _on_the_spot(snapshot: Snapshot, standing: Standing, here: int, there: int) -> list[tuple[int, Reason]]:
    """Houses of the territory at work around the partner's seat, below the country, the nearest first."""
    seat = int(snapshot.actors.seat[there])
    if seat < 0 or not standing.index.away[there]:
        return []
    owners = standing.places.owners()
    for place in snapshot.ancestors(seat)[:-1] or (seat,):
        at = np.flatnonzero(standing.places.entry == place)
        local = [k for k in at.tolist() if standing.local[owners[k]] and owners[k] != here]
        if local:
            local.sort(key=lambda k: (-float(standing.places.strength[k]), int(owners[k])))
            houses = [int(owners[k]) for k in local[:HELPERS]]
            return [(h, present_reason(snapshot, standing, h, place)) for h in houses]
    return []


def _weavers(snapshot: Snapshot, standing: Standing, here: int, there: int) -> list[tuple[int, Reason]]:
    """Network heads, resource centres and relays of the territory on one of the two's themes."""
    themes = set(standing.themes.of(here)) | set(standing.themes.of(there))
    bits = {role: 1 << list(ActorRole).index(role) for role in _WEAVERS}
    mask = sum(bits.values())
    found = []
    for house in np.flatnonzero(standing.local & ((standing.index.roles & mask) > 0)).tolist():
        shared = sorted(themes & set(standing.themes.of(house)))
        if shared:
            rank = next(n for n, r in enumerate(_WEAVERS) if standing.index.roles[house] & bits[r])
            found.append((rank, -len(shared), house, shared))
    return [
        (
            house,
            Reason(
                "weaves",
                {"role": _WEAVERS[rank].value, "themes": [topic_facts(snapshot, t) for t in shared[:2]]},
            ),
        )
        for rank, _, house, shared in sorted(found)
    ]


def _ended(snapshot: Snapshot, i: int) -> int:
    return date.fromordinal(int(snapshot.actors.ended[i])).year
