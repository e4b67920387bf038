"""What people declined on the pages, for the command line: a « non merci » holds everywhere."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from web.config import Config

if TYPE_CHECKING:
    from graphsvc.snapshot import Snapshot
    from matcher.asks import Asker


def declined_reader(config: Config, snapshot: "Snapshot") -> "Callable[[Asker], frozenset[str]]":
    """For each asker, the public keys it declined. A private database that was never made holds none."""
    local = config.private_url.removeprefix("sqlite:///")
    if local != config.private_url and not Path(local).exists():
        return lambda _: frozenset()
    from people.database import open_private
    from people.refusals import AskerKind, every_refusal
    from web.declined import asker_key

    with open_private(config.private_url) as private:
        refusals = every_refusal(private, snapshot.store_id)

    def read(asker: "Asker") -> frozenset[str]:
        key = asker_key(snapshot, asker)
        return refusals.get((AskerKind(asker.kind.value), key), frozenset()) if key else frozenset()

    return read


def declined_pairs(config: Config, snapshot: "Snapshot") -> frozenset[tuple[str, str]]:
    """Public keys of each actor and of those it declined: who is better seated apart."""
    found = declined_by_actor(config, snapshot, range(snapshot.n))
    return frozenset((snapshot.ids[i], other) for i, keys in found.items() for other in keys)


def declined_by_actor(
    config: Config, snapshot: "Snapshot", actors: Iterable[int]
) -> dict[int, frozenset[str]]:
    """The public keys each of these actors declined, by its index."""
    from matcher.asks import Asker

    declined = declined_reader(config, snapshot)
    return {i: declined(Asker.actor(i)) for i in actors}
