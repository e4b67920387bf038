"""How much a record tells, and how long ago somebody vouched for it."""

from datetime import date

from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MIN

RECENT_DAYS = 3 * 365
_MUNICIPALITY = list(PlaceLevel).index(PlaceLevel.MUNICIPALITY)


def record_age_days(snapshot: Snapshot, i: int, today: date) -> int | None:
    """Days since the record was last confirmed; None when nobody ever did."""
    confirmed = int(snapshot.actors.confirmed[i])
    return None if confirmed == DAY_MIN else max(0, today.toordinal() - confirmed)


def completeness(snapshot: Snapshot, i: int) -> float:
    """Share of the six things one needs to propose a partner that the record holds, in [0, 1].

    What it does (purpose), on what (themes), where (territories), from where (a commune), how to check it
    (website, SIREN or RNA), since when (founded).
    """
    actor = snapshot.actor(i)
    seat = int(snapshot.actors.seat[i])
    held = (
        bool(actor.purpose),
        bool(actor.themes),
        bool(actor.territories),
        seat >= 0 and int(snapshot.places.level[seat]) == _MUNICIPALITY,
        bool(actor.website or actor.siren or actor.rna),
        actor.founded is not None,
    )
    return round(sum(held) / len(held), 3)


def is_thin(snapshot: Snapshot, i: int, today: date) -> bool:
    """Whether the record is too old or too poor to conclude from what it does not say."""
    age = record_age_days(snapshot, i, today)
    return age is None or age > RECENT_DAYS or completeness(snapshot, i) < 0.5
