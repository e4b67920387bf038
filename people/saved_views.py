"""Maps and lists that people keep under a name, those shared with everybody, and the guided tour of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from graphsvc.domain.contact_details import contact_details
from graphsvc.domain.errors import InvalidValue, UnknownRecord
from people import audit
from people.database import PrivateDatabase
from people.tables import SavedViewRow
from people.tokens import new_id

LONGEST_NAME, LONGEST_TEXT, LONGEST_ADDRESS = 120, 600, 2_000
MOST_VIEWS = 200
MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view. `owner`: an account id, never shown. `tour_step`: its place in the tour, from 1."""

    id: str
    name: str
    address: str
    owner: str
    made_at: datetime
    shared: bool = False
    tour_step: int | None = None
    text: str = ""


def save_view(private: PrivateDatabase, store_id: str, name: str, address: str, *, by: str) -> str:
    """Keep the address under the name; its id.

    Raises InvalidValue: no name, too long, an e-mail address or telephone number in it, an address that is no
    path of the site, more than MOST_VIEWS views.
    """
    title = _checked("name", name, LONGEST_NAME, needed=True)
    where = _checked_address(address)
    id_, now = new_id("view"), private.now()
    with private.writing() as session:
        own = select(func.count()).select_from(SavedViewRow).filter_by(store_id=store_id, account_id=by)
        if (session.scalar(own) or 0) >= MOST_VIEWS:
            raise InvalidValue("view", "name", title, "too_many_views")
        session.add(
            SavedViewRow(
                id=id_, store_id=store_id, account_id=by, name=title, address=where, made_at=now, text=""
            )
        )
    return id_


def own_views(private: PrivateDatabase, store_id: str, account: str) -> list[SavedView]:
    """The views of an account, the latest first."""
    wanted = select(SavedViewRow).filter_by(store_id=store_id, account_id=account)
    return _found(private, wanted.order_by(SavedViewRow.made_at.desc(), SavedViewRow.id))


def shared_views(private: PrivateDatabase, store_id: str) -> list[SavedView]:
    """The views everybody may see, by name."""
    wanted = select(SavedViewRow).filter_by(store_id=store_id).where(SavedViewRow.shared_at.is_not(None))
    return _found(private, wanted.order_by(SavedViewRow.name, SavedViewRow.id))


def tour_views(private: PrivateDatabase, store_id: str) -> list[SavedView]:
    """The views of the guided tour, in its order."""
    steps = [view for view in shared_views(private, store_id) if view.tour_step is not None]
    return sorted(steps, key=lambda view: (view.tour_step or 0, view.name, view.id))


def find_view(private: PrivateDatabase, store_id: str, id_: str) -> SavedView:
    """The view of this id, for whoever was given its link. Raises UnknownRecord."""
    with private.reading() as session:
        return _as_view(_row(session, store_id, id_))


def rename_view(private: PrivateDatabase, store_id: str, id_: str, name: str, *, by: str) -> None:
    """Give one's own view another name. Raises UnknownRecord (not one's own too), InvalidValue."""
    title = _checked("name", name, LONGEST_NAME, needed=True)
    with private.writing() as session:
        _own_row(session, store_id, id_, by).name = title


def delete_view(private: PrivateDatabase, store_id: str, id_: str, *, by: str) -> SavedView:
    """Delete one's own view; what it was. Raises UnknownRecord."""
    with private.writing() as session:
        row = _own_row(session, store_id, id_, by)
        found = _as_view(row)
        session.delete(row)
        if found.shared:
            audit.record(session, at=private.now(), by=by, action="shared_view_deleted", subject=id_)
    return found


def share_view(private: PrivateDatabase, store_id: str, id_: str, *, shared: bool, by: str) -> None:
    """Show one's own view to everybody, or no longer: it then leaves the tour. Raises UnknownRecord."""
    now = private.now()
    with private.writing() as session:
        row = _own_row(session, store_id, id_, by)
        row.shared_at = (row.shared_at or now) if shared else None
        if not shared:
            row.tour_step = None
        audit.record(session, at=now, by=by, action="view_shared" if shared else "view_unshared", subject=id_)


def set_tour(
    private: PrivateDatabase, store_id: str, steps: Mapping[str, tuple[int | None, str]], *, by: str
) -> None:
    """Make the tour: place (None: not in it) and text of shared views, by id.

    Raises UnknownRecord for a view that is not shared; InvalidValue for a text too long or that holds an
    address or a number of a person, and for too many steps. All or nothing.
    """
    if sum(place is not None for place, _ in steps.values()) > MOST_STEPS:
        raise InvalidValue("tour", "steps", len(steps), "too_many_steps")
    checked = {id_: (at, _checked("text", text, LONGEST_TEXT)) for id_, (at, text) in steps.items()}
    now = private.now()
    with private.writing() as session:
        for id_, (place, text) in checked.items():
            row = _row(session, store_id, id_)
            if row.shared_at is None:
                raise UnknownRecord("view", id_[:80])
            row.tour_step, row.text = place, text
        audit.record(session, at=now, by=by, action="tour_set", steps=len(checked))


def _row(session: Session, store_id: str, id_: str) -> SavedViewRow:
    wanted = select(SavedViewRow).filter_by(store_id=store_id, id=id_)
    row = session.scalars(wanted).one_or_none()
    if row is None:
        raise UnknownRecord("view", id_[:80])
    return row


def _own_row(session: Session, store_id: str, id_: str, account: str) -> SavedViewRow:
    row = _row(session, store_id, id_)
    if row.account_id != account:
        raise UnknownRecord("view", id_[:80])
    return row


def _found(private: PrivateDatabase, wanted: Select[SavedViewRow]) -> list[SavedView]:
    with private.reading() as session:
        return [_as_view(row) for row in session.scalars(wanted)]


def _as_view(row: SavedViewRow) -> SavedView:
    return SavedView(
        row.id,
        row.name,
        row.address,
        row.account_id,
        row.made_at,
        row.shared_at is not None,
        row.tour_step,
        row.text,
    )


def _checked(field: str, value: str, most: int, *, needed: bool = False) -> str:
    text = " ".join(value.split())
    if needed and not text:
        raise InvalidValue("view", field, "", "required")
    if len(text) > most:
        raise InvalidValue("view", field, text[:80], f"view_{field}_too_long")
    if found := contact_details(text):
        raise InvalidValue("view", field, found[0].text, "contact_in_view")
    return text


def _checked_address(address: str) -> str:
    path = address.strip()
    outside = not path.startswith("/") or path.startswith(("//", "/\\"))
    if outside or len(path) > LONGEST_ADDRESS or not path.isprintable():
        raise InvalidValue("view", "address", path[:80], "view_address")
    return path
