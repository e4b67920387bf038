"""Every personal column has a purpose, an age and a legal basis; what is too old goes."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.ports import Put
from graphsvc.stores.memory import MemoryStore
from people import retention
from people.accounts import first_coordinator_link, list_accounts, redeem, sign_in_link
from people.invitations import invite
from people.outbox import submit
from people.purposes import NOT_PERSONAL, PURPOSES
from people.retention import purge
from people.roles import Role
from people.sessions import live_session
from people.tables import AuditRow, Base, InvitationRow, LinkRow, OutboxRow, SessionRow


def columns():
    return {f"{t.name}.{c.name}" for t in Base.metadata.sorted_tables for c in t.columns}


def test_every_column_is_said_personal_or_not_and_once():
    fields = [f for p in PURPOSES for f in p.fields]
    assert len(fields) == len(set(fields))
    assert set(fields).isdisjoint(NOT_PERSONAL)
    assert set(fields) | set(NOT_PERSONAL) == columns()


def test_no_address_column_is_called_not_personal():
    assert not [name for name in NOT_PERSONAL if "email" in name or name.endswith(".by")]


def test_every_purpose_with_an_age_has_its_purge():
    assert set(retention._FORGET) == {p.code for p in PURPOSES if p.kept_for is not None}


def test_the_public_sees_no_personal_data():
    assert not [p.code for p in PURPOSES if {Role.PUBLIC, Role.MEMBER} & set(p.seen_by)]


def count(private, row):
    with private.reading() as session:
        return session.scalar(select(func.count()).select_from(row))


@pytest.fixture
def lived_in(private):
    admin = redeem(private, first_coordinator_link(private), email="admin@ville.example")
    sign_in_link(private, "admin@ville.example")
    invite(private, "m@asso.example", Role.AGENT, by=admin.account.id)
    place = Place("91", "Essonne", PlaceLevel.DEPARTMENT)
    submit(private, MemoryStore(), [Put(place)], by=admin.account.id, key="k1")
    return admin


def test_what_is_young_stays(private, clock, lived_in):
    purge(private)
    purge(private)
    assert [count(private, t) for t in (SessionRow, LinkRow, InvitationRow, OutboxRow)] == [1, 3, 1, 1]
    assert live_session(private, lived_in.session_token) is not None


@pytest.mark.parametrize(
    ("days", "left"),
    [(1, (0, 3, 1, 1, 4)), (31, (0, 1, 1, 0, 4)), (38, (0, 0, 0, 0, 4)), (366, (0, 0, 0, 0, 0))],
)
def test_what_is_too_old_goes_and_the_account_stays(private, clock, lived_in, days, left):
    clock.advance(days=days, hours=2)
    purge(private)
    tables = (SessionRow, LinkRow, InvitationRow, OutboxRow, AuditRow)
    assert tuple(count(private, t) for t in tables) == left
    assert len(list_accounts(private)) == 1


def test_what_still_waits_for_the_graph_is_never_purged(private, clock, lived_in):
    with private.writing() as session:
        session.execute(OutboxRow.__table__.update().values(state="pending"))
    clock.advance(days=400)
    purge(private)
    assert count(private, OutboxRow) == 1


def kept(purpose) -> str:
    if purpose.kept_for is None:
        return {"account": "as long as the account", "network": "as long as the fact"}[purpose.retention]
    after = {"after_expiry": "expiry", "after_creation": "creation"}[purpose.retention]
    days = purpose.kept_for.days
    return f"{days} days after {after}" if days else f"until {after}"


def test_the_page_on_personal_data_says_what_the_code_does():
    page = (Path(__file__).parents[2] / "docs" / "personal-data.md").read_text(encoding="utf-8")
    rows = [
        [c.strip() for c in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| `")
    ]
    assert [(row[0], row[1], row[2], row[3]) for row in rows] == [
        (
            f"`{p.code}`",
            ", ".join(f"`{field}`" for field in p.fields),
            ", ".join(p.seen_by) or "nobody",
            kept(p),
        )
        for p in PURPOSES
    ]
