"""An asker of whom nothing is known that could be compared: the nearest engaged actors, and what it should
add.
"""

import numpy as np

from graphsvc.domain.actors import INSTITUTIONS, ActorKind, ActorRole
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import Perimeter
from matcher.asks import Context
from matcher.explain import Case, Evidence, Suggestion, grounds_of, pairs_of
from matcher.plan import pair_scores
from matcher.ranking import Signal
from matcher.reasons import MOST, Reason, Reasons, brought, telling_places
from matcher.shared_reasons import common_ground
from matcher.sparse import accumulate
from matcher.unknowns import not_known

WELCOMING = (ActorRole.RESOURCE_CENTRE, ActorRole.NETWORK_HEAD, ActorRole.RELAY)
_NEARNESS = frozenset({"same_commune", "same_intercommunality", "near"})
"""Told by the first contact itself."""
_INSTITUTIONS = [list(ActorKind).index(kind) for kind in INSTITUTIONS]


def introduced_to_newcomer(case: Case, top: int, found: set[int], below: float) -> list[Suggestion]:
    """First contacts that complete what was found up to `top`, ranked after it.

    They are marked by the reason `first_contact`; their score counts nearness and kind only, and no more than
    that of whom they follow (`below` for the first): they stand after it for being a lesser ground.
    """
    items: list[Suggestion] = []
    if len(found) >= top:
        return items
    contacts = [j for j in first_contacts(case, top) if j not in found]
    contacts = contacts[: top - len(found)]
    scores = pair_scores(case.snapshot, case.index, case.plan, contacts)
    pairs = pairs_of(case, contacts)
    ranked = enumerate(zip(contacts, pairs, scores, strict=True), start=len(found) + 1)
    for rank, (j, pair, signals) in ranked:
        grounds = grounds_of(case, pair, {s: signals[s] for s in (Signal.PROXIMITY, Signal.KIND)})
        shared = common_ground(grounds, case.index.home_ids)
        near = grounds.get(Signal.PROXIMITY, (0.0, {}))[1]
        marked = Reason("first_contact", near or ({"relay": True} if _only_relays(case, j) else {}))
        places = telling_places(case.index, pair.places)
        bring = brought(case.snapshot, case.index, pair.candidate, case.asking, places)
        unknown = not_known(case.snapshot, j, case.today, in_touch=not case.asking.members)
        welcomes = any(case.index.roles[j] >> list(ActorRole).index(role) & 1 for role in WELCOMING)
        theirs = ([Reason("part_of_its_role", {})] if welcomes else []) + shared
        apart = [r for r in shared if r.code not in _NEARNESS] if marked.facts else shared
        reasons = Reasons((marked, *bring, *apart)[:MOST], tuple(theirs), tuple(unknown[:MOST]))
        score = sum(case.plan.weights.of(s) * value for s, (value, _) in grounds.items())
        score = below = min(score, below)
        evidence = tuple(Evidence(s.value, *ground) for s, ground in grounds.items())
        items.append(Suggestion(rank, j, score, evidence, reasons))
    return items


def _only_relays(case: Case, j: int) -> bool:
    """Whether an actor passes requests on without being a resource centre or a network head."""
    held = {role for role in WELCOMING if case.index.roles[j] >> list(ActorRole).index(role) & 1}
    return held == {ActorRole.RELAY}


def first_contacts(case: Case, top: int) -> list[int]:
    """Engaged actors of the territory that may be suggested, the most welcoming first, then the nearest,
    then by id.

    Resource centres, network heads and relays come before others, institutions last; without a seat only the
    welcoming ones are named: nobody else is a better first contact than another.
    """
    index, plan, columns = case.index, case.plan, case.snapshot.actors
    near = np.zeros(index.n)
    accumulate(index.seats.lists, plan.queries[Signal.PROXIMITY], near)
    tier = np.where(np.isin(columns.kind, _INSTITUTIONS), len(WELCOMING) + 1, len(WELCOMING))
    for rank, role in reversed(list(enumerate(WELCOMING))):
        tier[(index.roles >> list(ActorRole).index(role)) & 1 > 0] = rank
    fit = columns.engaged & (columns.perimeter == Perimeter.INSIDE) & ~index.away
    fit &= (columns.ended >= plan.day) & (columns.founded <= plan.day)
    fit &= (near > 0) | (tier < len(WELCOMING))
    fit[plan.barred] = False
    if plan.allowed is not None:
        fit &= plan.allowed
    found = np.flatnonzero(fit)
    order = np.lexsort((found, -near[found], tier[found]))[:top]
    return [int(i) for i in found[order]]


def missing_of(snapshot: Snapshot, members: tuple[int, ...], context: Context) -> list[str]:
    """The fields whose filling would bring suggestions, the most useful first; no member: those the request
    leaves open.
    """
    if not members:
        given = {"themes": context.themes, "territories": context.territories}
        return [field for field, entries in given.items() if not entries]
    i, columns = members[0], snapshot.actors
    said = {
        "themes": columns.theme_ptr[i] < columns.theme_ptr[i + 1],
        "territories": columns.place_ptr[i] < columns.place_ptr[i + 1],
        "purpose": snapshot.actor(i).purpose is not None,
        "seat": columns.seat[i] >= 0,
    }
    return [field for field, present in said.items() if not present]
