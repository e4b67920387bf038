"""Which countries are abroad."""

from collections.abc import Iterable

from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot


def countries_abroad(snapshot: Snapshot, counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Of these places, by id and with a count, the countries that hold no home place, in the same order."""
    home = {snapshot.place_ids[snapshot.ancestors(p)[-1]] for p in snapshot.places.home.nonzero()[0].tolist()}
    return [
        (code, count)
        for code, count in counts
        if code not in home
        and (p := snapshot.place_index(code)) is not None
        and snapshot.place(p).level is PlaceLevel.COUNTRY
    ]
