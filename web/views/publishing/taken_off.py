"""A form about a publication that was taken off while it was on somebody's screen: said, nothing lost."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.domain.errors import UnknownRecord
from graphsvc.domain.records import RecordKind
from web.spoken import gettext as _
from web.views.publishing.sending import require_owner
from web.writing import withdrawal_of


def taken_off_meanwhile(kind: RecordKind, id_: str) -> str:
    """Its title, if it was there and this person could have changed it. Raises UnknownRecord."""
    event = withdrawal_of(kind, id_)
    if event is None or event.before is None:
        raise UnknownRecord(kind.value, id_[:200])
    require_owner(event.before.get("actor"))
    return str(event.before.get("title", id_))


def nothing_left_to_do(kind: RecordKind, id_: str, list_: str) -> AnyResponse:
    """Back to the list, for whoever acts on what is no longer there: a second click, or somebody faster."""
    title = taken_off_meanwhile(kind, id_)
    flash(_("« %(title)s » n'est plus en ligne : rien à faire de plus.", title=title))
    return redirect(url_for(list_), 303)
