"""The way of a publishing form, alike for announcements, sheets and calls: shown, sent, shown again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.domain.errors import StoreError, UnknownRecord
from graphsvc.domain.records import Record, RecordKind
from graphsvc.ports import Stored
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.draft_reading import PROSE_MOST, TITLE_MOST
from graphsvc.usecases.faults import DraftRefused
from graphsvc.usecases.planned import Planned
from web.permissions import current_identity
from web.shown import served, services
from web.views.publishing.changes import changed_meanwhile
from web.views.publishing.entry_names import proposed_places, proposed_themes
from web.views.publishing.forms import PublishingForm, shown_faults
from web.views.publishing.sending import Trouble, named_owner, own_actors, require_owner, send, speaks_for_all
from web.views.publishing.taken_off import taken_off_meanwhile
from web.writing import new_key, sound_key, stored, tell

Decision = tuple[Record, Planned]


@dataclass(frozen=True, slots=True)
class Publication:
    """What differs from one kind of publication to another.

    `publish(snapshot, draft, actor, seed, today)` and `edit(snapshot, before, draft, today, version)` decide;
    `values` turns a record into what its author would type; `words` is what else the template needs.
    `owned`: an actor publishes it; else agents do. `page`, `list_` and `anew` (publish one) are endpoints.
    """

    kind: RecordKind
    form: type[PublishingForm]
    template: str
    page: str
    list_: str
    anew: str
    owned: bool
    values: Callable[[Snapshot, Any], dict[str, object]]
    publish: Callable[[Snapshot, Any, str, str, date], Decision]
    edit: Callable[[Snapshot, Stored[Any], Any, date, int | None], Decision]
    words: Callable[[Snapshot], Mapping[str, object]]


def empty_form(what: Publication, values: Mapping[str, object]) -> str:
    """The form, with what is known beforehand."""
    form = what.form(formdata=None, data={**values, "key": new_key()})
    return _page(what, served().snapshot, form)


def publish_sent(what: Publication) -> Response | AnyResponse:
    """Publish, or the form again with what is wrong."""
    snapshot, today = served().snapshot, services().today()
    form = what.form(formdata=request.form)  # FlaskForm would also take a body of JSON
    key = sound_key(form.text("key"))
    actor, faults = named_owner(snapshot, form.text("actor")) if what.owned else ("", [])

    def decide() -> Decision:
        seed = f"{current_identity().account}:{key}"
        try:
            found = what.publish(snapshot, form.draft(), actor or "?", seed, today)
        except DraftRefused as refused:
            raise DraftRefused(refused.kind, [*faults, *refused.faults]) from None
        if faults:
            raise DraftRefused(what.kind.value, faults)
        return found

    sent = send(decide, key)
    if isinstance(sent, Trouble):
        return _again(what, snapshot, form, key, sent)
    record, written = sent
    tell("published", what.kind, record.id, _title(record), written)
    return where_it_is(what, record.id, waiting=written.waiting)


def filled_form(what: Publication, id_: str) -> str:
    """The form of a record, as the store has it now."""
    before = stored(what.kind, id_)
    require_owner(getattr(before.record, "actor", None))
    snapshot = served().snapshot
    values = what.values(snapshot, before.record) | {"key": new_key(), "version": str(before.version)}
    return _page(what, snapshot, what.form(formdata=None, data=values), record=before.record)


def edit_sent(what: Publication, id_: str) -> Response | AnyResponse:
    """Keep the changes, unless somebody else changed it meanwhile: then both are shown.

    If it was taken off meanwhile, what was typed is there to be published anew.
    """
    snapshot, today = served().snapshot, services().today()
    form = what.form(formdata=request.form)  # FlaskForm would also take a body of JSON
    key = sound_key(form.text("key"))
    try:
        before = stored(what.kind, id_)
    except StoreError:
        return _while_down(what, snapshot, form, key, id_)
    except UnknownRecord:
        taken_off_meanwhile(what.kind, id_)
        return _again(what, snapshot, form, new_key(), Trouble(410, gone=True))
    require_owner(getattr(before.record, "actor", None))
    sent = send(lambda: what.edit(snapshot, before, form.draft(), today, form.read_version()), key)
    if isinstance(sent, Trouble):
        return _again(what, snapshot, form, key, sent, before.record)
    record, written = sent
    tell("edited", what.kind, record.id, _title(record), written)
    return where_it_is(what, record.id, waiting=written.waiting)


def where_it_is(what: Publication, id_: str, *, waiting: bool) -> AnyResponse:
    """Its page; the list while it is not there to be seen."""
    return redirect(url_for(what.list_) if waiting else url_for(what.page, id_=id_), 303)


def _while_down(what: Publication, snapshot: Snapshot, form: PublishingForm, key: str, id_: str) -> Response:
    """What was typed stays on the screen while the graph does not answer."""
    position = snapshot.position(what.kind, id_)
    if position is None:
        raise StoreError("graph")
    record = snapshot.tables[what.kind][position]
    require_owner(getattr(record, "actor", None))
    return _again(what, snapshot, form, key, Trouble(503, down=True), record)


def _again(
    what: Publication,
    snapshot: Snapshot,
    form: PublishingForm,
    key: str,
    trouble: Trouble,
    record: Record | None = None,
) -> Response:
    """The form with what was typed and what is wrong."""
    form.key.data = new_key() if trouble.key_is_spent else key
    theirs = None
    if (trouble.conflict is not None or trouble.repeated) and record is not None:
        now = stored(what.kind, record.id)
        form.version.data = str(now.version)
        theirs = changed_meanwhile(what.values(snapshot, now.record), form)
    page = _page(what, snapshot, form, trouble, record, theirs)
    return Response(page, trouble.status, mimetype="text/html")


def _page(
    what: Publication,
    snapshot: Snapshot,
    form: PublishingForm,
    trouble: Trouble | None = None,
    record: Record | None = None,
    theirs: list[tuple[str, str]] | None = None,
) -> str:
    return render_template(
        what.template,
        form=form,
        record=record,
        faults=shown_faults(trouble.faults if trouble else []),
        trouble=trouble,
        theirs=theirs,
        anew=url_for(what.anew),
        own=own_actors(snapshot),
        for_all=speaks_for_all(),
        themes=proposed_themes(snapshot),
        places=proposed_places(snapshot),
        title_most=TITLE_MOST,
        prose_most=PROSE_MOST,
        **what.words(snapshot),
    )


def _title(record: Record) -> str:
    return str(getattr(record, "title", record.id))
