"""What does the exposure cap change on the seed: who is suggested before and after, over all askers?"""

from datetime import date

from benchmarks.measure import Budget, Figure
from graphsvc.snapshot import build_snapshot
from graphsvc.stores.memory import MemoryStore
from matcher.exposure import cap_effect
from seed.load import load_seed

DAY = date(2026, 11, 2)


def run(budget: Budget) -> list[Figure]:  # noqa: ARG001  one pass over everybody: nothing to repeat
    """Shares of the suggestions that go to the ten largest hubs and to the ten most suggested, in percent."""
    with MemoryStore() as store:
        load_seed(store, today=DAY)
        found = cap_effect(build_snapshot(store), DAY)
    note = f"{found.askers} askers, {found.suggestions} suggestions, limit {found.limit}"
    shares = {
        "to the ten largest hubs, no cap": found.hubs_before,
        "to the ten largest hubs, capped": found.hubs_after,
        "to the ten most suggested, no cap": found.head_before,
        "to the ten most suggested, capped": found.head_after,
        "the cap leaves in place": found.kept,
    }
    return [Figure(f"suggestions {name}", 100 * share, "%", note=note) for name, share in shares.items()]
