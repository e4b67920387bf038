"""An asker of whom nothing is known that could be compared: the nearest engaged actors, and what it should
add.
"""

import numpy as np

from graphsvc.domain.actors import ActorRole
from graphsvc.snapshot.snapshot import Snapshot
from matcher.explain import Case, Evidence, Suggestion, grounds_of
from matcher.ranking import Signal
from matcher.reasons import MOST, Reason, Reasons, actor_side, brought
from matcher.shared_reasons import Grounds, common_ground
from matcher.sparse import accumulate
from matcher.unknowns import not_known

WELCOMING = (ActorRole.RESOURCE_CENTRE, ActorRole.NETWORK_HEAD, ActorRole.RELAY)


def introduced_to_newcomer(case: Case, top: int) -> list[Suggestion]:
    """First contacts, marked as such by the reason `first_contact`; their score counts nearness and kind
    only.
    """
    items = []
    for rank, j in enumerate(first_contacts(case, top), start=1):
        grounds: Grounds = {
            s: g for s, g in grounds_of(case, j).items() if s in (Signal.PROXIMITY, Signal.KIND)
        }
        shared = common_ground(grounds, case.index.home_ids)
        marked = Reason("first_contact", grounds.get(Signal.PROXIMITY, (0.0, {}))[1])
        bring = brought(case.snapshot, case.index, actor_side(case.index, j), case.asking)
        unknown = not_known(case.snapshot, j, case.today, in_touch=False)
        reasons = Reasons((marked, *bring, *shared)[:MOST], tuple(shared), tuple(unknown[:MOST]))
        score = sum(case.plan.weights.of(s) * value for s, (value, _) in grounds.items())
        evidence = tuple(Evidence(s.value, *ground) for s, ground in grounds.items())
        items.append(Suggestion(rank, j, score, evidence, reasons))
    return items


def first_contacts(case: Case, top: int) -> list[int]:
    """Engaged actors of here that may be suggested: the nearest first, welcoming roles before others, then
    by id.

    Without a seat, only the welcoming ones: nobody else is a better first contact than another.
    """
    index, plan, columns = case.index, case.plan, case.snapshot.actors
    near = np.zeros(index.n)
    accumulate(index.seats.lists, plan.queries[Signal.PROXIMITY], near)
    bits = sum(1 << list(ActorRole).index(role) for role in WELCOMING)
    welcoming = (index.roles & bits) > 0
    fit = columns.engaged & ~index.away & (columns.ended >= plan.day) & (columns.founded <= plan.day)
    fit &= (near > 0) | welcoming
    fit[plan.barred] = False
    if plan.allowed is not None:
        fit &= plan.allowed
    found = np.flatnonzero(fit)
    order = np.lexsort((found, ~welcoming[found], -near[found]))[:top]
    return [int(i) for i in found[order]]


def missing_of(snapshot: Snapshot, members: tuple[int, ...]) -> list[str]:
    """The fields whose filling would bring suggestions, the most useful first; no member: those of the
    request.
    """
    if not members:
        return ["themes", "territories"]
    i, columns = members[0], snapshot.actors
    said = {
        "themes": columns.theme_ptr[i] < columns.theme_ptr[i + 1],
        "territories": columns.place_ptr[i] < columns.place_ptr[i + 1],
        "purpose": snapshot.actor(i).purpose is not None,
        "seat": columns.seat[i] >= 0,
    }
    return [field for field, present in said.items() if not present]
