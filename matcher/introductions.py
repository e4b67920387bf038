"""Whom the actors of the work list could meet: good matches that also do the network good."""

from collections.abc import Iterable
from datetime import date

from graphsvc.analytics.bridges import Bridge, bridges
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker
from matcher.suggest import suggest

CANDIDATES = 8  # best matches weighed for each actor


def introductions(
    snapshot: Snapshot, actors: Iterable[int], today: date, *, most: int = 2
) -> dict[int, list[Bridge]]:
    """For each actor index, the introductions that bring most: `bridges` on the scores of `suggest`."""
    candidates = {
        i: [(s.index, s.score) for s in suggest(snapshot, Asker.actor(i), today=today, top=CANDIDATES).items]
        for i in actors
    }
    return bridges(snapshot, today, candidates, most=most)
