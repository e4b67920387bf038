"""What the page of an actor says, written once: a record is read far more often than the network changes."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from markupsafe import Markup

from graphsvc.snapshot import Snapshot
from matcher.asks import Asker
from web.kept import kept_in_words
from web.permissions import Action, current_identity, may
from web.views.actors.record_view import record_view
from web.views.coordination.standing import standing_of
from web.views.maps.ego import ego_picture
from web.views.partners.suggested import Asking, answered, asking_now


@dataclass(frozen=True, slots=True)
class SeenBy:
    """What the words of a record hang on besides the network: where the site is served, and what the reader
    may do.
    """

    prefix: str
    publishes: bool
    own: bool
    coordinates: bool


def record_body(snapshot: Snapshot, i: int, today: date) -> Markup:
    """The record of actor i as this reader may see it."""
    id_ = snapshot.ids[i]
    seen_by = SeenBy(
        request.script_root,
        may(Action.PUBLISH, id_),
        id_ in current_identity().actors,
        may(Action.SEE_WORK_LIST, id_),
    )
    ended = int(snapshot.actors.ended[i]) < today.toordinal()
    asking = None if ended else asking_now(snapshot, Asker.actor(i))
    return _written(snapshot, i, today, asking, seen_by)


@kept_in_words
def _written(snapshot: Snapshot, i: int, today: date, asking: Asking | None, seen_by: SeenBy) -> Markup:
    page = render_template(
        "record_body.html",
        view=record_view(snapshot, i, today),
        ego=ego_picture(snapshot, i, today),
        suggested=answered(snapshot, asking, today) if asking is not None else None,
        standing=standing_of(snapshot, i, today) if seen_by.coordinates else None,
        seen_by=seen_by,
    )
    return Markup(page)  # noqa: S704 - made by a template, which escapes
