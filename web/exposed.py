"""How often each actor is suggested, as counted in the private database, for the cap of the matcher."""

from graphsvc.snapshot import Snapshot
from matcher.asks import Asker, Exposure


def exposure_of(_snapshot: Snapshot, _asker: Asker) -> Exposure | None:
    """The exposure that applies to this asker."""
    return None
