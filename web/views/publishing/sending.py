"""What happens to a form that was sent: done, or shown again with what was typed and what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field

from graphsvc.domain.errors import IdempotencyMismatch, StoreError, VersionConflict
from graphsvc.domain.records import Record
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.draft_reading import DraftReader
from graphsvc.usecases.faults import DraftRefused, Fault
from graphsvc.usecases.planned import Planned
from web.permissions import Action, allowed, current_identity, may, require
from web.views.actors.record_view import Named, named_actor
from web.writing import Written, write


@dataclass(slots=True)
class Trouble:
    """Why a form was not accepted. `status` is that of the answer.

    `repeated`: this very form was accepted before, with other words. `gone`: what it changes was taken off
    meanwhile. `down`: the graph does not answer.
    """

    status: int
    faults: list[Fault] = field(default_factory=list)
    conflict: VersionConflict | None = None
    repeated: bool = False
    gone: bool = False
    down: bool = False

    @property
    def key_is_spent(self) -> bool:
        """Whether the form needs another key to be sent again."""
        return self.repeated or self.conflict is not None


def send(decide: Callable[[], tuple[Record, Planned]], key: str) -> tuple[Record, Written] | Trouble:
    """Decide and write. Other refusals (UnknownRecord, InvalidValue…) are raised."""
    try:
        record, planned = decide()
        return record, write(planned, key=key)
    except DraftRefused as refused:
        return Trouble(422, list(refused.faults))
    except VersionConflict as conflict:
        return Trouble(409, conflict=conflict)
    except IdempotencyMismatch:
        return Trouble(409, repeated=True)
    except StoreError:
        return Trouble(503, down=True)


def own_actors(snapshot: Snapshot) -> list[Named]:
    """The actors this person speaks for, by name."""
    found = [
        named_actor(snapshot, key) for key in current_identity().actors if snapshot.index(key) is not None
    ]
    return sorted(found, key=lambda actor: actor.name)


def speaks_for_all() -> bool:
    """Whether this person publishes for any actor."""
    return may(Action.PUBLISH)


def named_owner(snapshot: Snapshot, text: str) -> tuple[str | None, list[Fault]]:
    """The actor a form names, or the faults. The only actor of a member goes without saying.

    Stops the request (403) when the person does not speak for that actor.
    """
    own = own_actors(snapshot)
    if not text.strip() and len(own) == 1 and not speaks_for_all():
        return own[0].id, []
    if not text.strip():
        return None, [Fault("actor", "required")]
    reader = DraftReader(snapshot)
    key = reader.actor("actor", text)
    if key is not None:
        require(Action.PUBLISH, key)
    return key, reader.faults


def require_owner(owner: str | None) -> None:
    """Stop the request unless this person may change what this actor published (None: nobody's)."""
    require(Action.PUBLISH, owner)


def may_change(owner: str | None) -> bool:
    """Whether this person may change what this actor published."""
    return allowed(current_identity(), Action.PUBLISH, owner)
