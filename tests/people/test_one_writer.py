"""What was checked in a change still holds when it is kept, whatever another process does meanwhile.

On SQLite the other waits from its first statement on; on PostgreSQL it must be made to. Each act here is
stopped between two of its statements, until the act of the other has ended or waits for it.
"""

import itertools
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from graphsvc.domain.errors import InvalidValue, Refused, StoreUnavailable
from graphsvc.domain.records import RecordKind, Ref
from graphsvc.ports import Put
from graphsvc.stores.memory import MemoryStore
from people import database, saved_views
from people.accounts import redeem, sign_in_link
from people.consents import Side, contacts_of, show_contact
from people.database import open_private
from people.errors import IntroductionOpen, LinkRefused, UnknownInvitation
from people.exposures import keep_round, last_round
from people.introduction_answers import accept
from people.introduction_answers import withdraw as withdraw_request
from people.introduction_asking import MOST_A_DAY, ask
from people.introductions import LASTS, IntroductionState, Request, find_introduction, introductions_of
from people.invitations import invite, open_invitations, withdraw
from people.kept_apart import keep_apart, pairs_kept_apart
from people.layouts import community_names, keep_layout, kept_layouts, name_community
from people.membership import disable, enable, set_actors
from people.outbox import submit
from people.refusals import AskerKind, decline, declined_by
from people.roles import Role
from people.saved_views import own_views, save_view
from people.sessions import live_session
from people.tables import AuditRow
from tests.people.test_outbox import actor

WHY = "Nous suivons un chantier de maraîchage à Kayes et cherchons conseil."
SECONDS = 30
WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
DAY = date(2026, 11, 2)


@pytest.fixture
def ana(private):
    return redeem(private, sign_in_link(private, "ana@ville.example", create_role=Role.MEMBER)).account.id


@pytest.fixture
def meanwhile(private, monkeypatch):
    """Do `mine` and `theirs`; what each gave, or the refusal it met. Theirs begins when mine comes to the
    `call`-th call of the method `point` of its session (a query flushes first).
    """

    def both(
        mine: Callable[[], object], theirs: Callable[[], object], point: str = "add", call: int = 1
    ) -> list[object]:
        ends: list[object] = [None, None]
        original, calls = getattr(Session, point), itertools.count(1)

        def note(n: int, act: Callable[[], object]) -> None:
            try:
                ends[n] = act()
            except (Refused, SQLAlchemyError) as met:
                ends[n] = met

        other = threading.Thread(target=note, args=(1, theirs), daemon=True)

        def stopped(session: Session, *given: object, **options: object) -> object:
            if next(calls) == call:
                monkeypatch.setattr(Session, point, original)
                other.start()
                wait_until_it_ends_or_waits(private, other)
            return original(session, *given, **options)

        monkeypatch.setattr(Session, point, stopped)
        note(0, mine)
        other.join(SECONDS)
        assert not other.is_alive()
        assert not [met for met in ends if isinstance(met, SQLAlchemyError)]
        return ends

    return both


def wait_until_it_ends_or_waits(private, other: threading.Thread) -> None:
    until = time.monotonic() + SECONDS
    while other.is_alive() and not somebody_waits(private):
        assert time.monotonic() < until
        other.join(0.01)


def somebody_waits(private) -> bool:
    with private.connected() as connection:
        if connection.dialect.name == "sqlite":  # does not tell: whoever need not wait has the time to end
            time.sleep(0.1)
            return True
        return bool(connection.scalar(WAITING))


def line(private, action: str) -> AuditRow:
    return AuditRow(at=private.now(), by="operator", action=action, details="{}")


def lines(session: Session, action: str) -> int:
    return session.scalar(select(func.count()).select_from(AuditRow).filter_by(action=action)) or 0


def test_who_changes_waits_for_who_changes_and_then_sees_it(private, meanwhile):
    def change(own: str, other: str) -> Callable[[], int]:
        def act() -> int:
            with private.writing() as session:
                found = lines(session, other)
                session.add(line(private, own))
                return found

        return act

    assert meanwhile(change("mine", "theirs"), change("theirs", "mine")) == [0, 1]


def test_who_reads_waits_for_nobody_and_sees_one_instant(private):
    with private.reading() as reader:
        assert lines(reader, "mine") == 0
        with private.writing() as session:
            session.add(line(private, "mine"))
            session.flush()
            with private.reading() as another:
                assert lines(another, "mine") == 0
        assert lines(reader, "mine") == 0
    with private.reading() as reader:
        assert lines(reader, "mine") == 1


def test_who_waits_too_long_is_told_so(private, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    with private.connected() as connection:
        url = connection.engine.url.render_as_string(hide_password=False)
    with open_private(url) as impatient, private.writing() as session:
        session.connection()
        with pytest.raises(StoreUnavailable):
            keep_apart(impatient, "g1", "amis", "lycee", by="acc-1")
        assert pairs_kept_apart(impatient, "g1") == frozenset()
    keep_apart(private, "g1", "amis", "lycee", by="acc-1")
    assert pairs_kept_apart(private, "g1") == {frozenset(("amis", "lycee"))}


def test_what_is_remembered_twice_at_once_is_remembered_once(private, ana, meanwhile):
    for act in (
        lambda: keep_apart(private, "g1", "amis", "lycee", by=ana),
        lambda: decline(private, "g1", AskerKind.ACTOR, "amis", "lycee", by=ana),
        lambda: keep_layout(private, "g1", 3, b"drawn"),
        lambda: set_actors(private, ana, "g1", ["amis"], by="operator").actors,
    ):
        mine, theirs = meanwhile(act, act)
        assert mine == theirs
    assert pairs_kept_apart(private, "g1") == {frozenset(("amis", "lycee"))}
    assert declined_by(private, "g1", AskerKind.ACTOR, "amis") == {"lycee"}
    assert [kept.revision for kept in kept_layouts(private, "g1")] == [3]


def test_of_two_who_write_one_thing_at_once_the_last_is_kept(private, ana, meanwhile):
    meanwhile(
        lambda: name_community(private, "g1", "c", "Vallée de l'Orge", by=ana),
        lambda: name_community(private, "g1", "c", "Vallée de l'Yvette", by=ana),
    )
    assert community_names(private, "g1") == {"c": "Vallée de l'Yvette"}
    meanwhile(
        lambda: keep_round(private, "g1", DAY, 1, 20, {"amis": 1}),
        lambda: keep_round(private, "g1", DAY, 2, 20, {"amis": 2}),
        "flush",
        2,
    )
    assert last_round(private, "g1").counts == {"amis": 2}
    id_ = ask(private, "g1", Request("amis", "lycee", WHY), by=ana, form="f")
    meanwhile(
        lambda: show_contact(private, id_, Side.OTHER, ana, "Le matin"),
        lambda: show_contact(private, id_, Side.OTHER, ana, "Le soir"),
    )
    assert contacts_of(private, id_, lambda *_: True)[Side.OTHER].text == "Le soir"


def test_a_person_given_an_account_twice_at_once_has_one(private, meanwhile):
    tokens = meanwhile(*[lambda: sign_in_link(private, "bo@ville.example", create_role=Role.MEMBER)] * 2)
    assert len({redeem(private, str(token)).account.id for token in tokens}) == 1


def test_who_is_shut_out_while_signing_in_does_not_come_back_with_that_session(private, ana, meanwhile):
    token = sign_in_link(private, "ana@ville.example")
    entered, _ = meanwhile(lambda: redeem(private, token), lambda: disable(private, ana, by="operator"))
    enable(private, ana, by="operator")
    assert live_session(private, entered.session_token) is None


def test_an_invitation_withdrawn_while_it_is_accepted_is_one_or_the_other(private, ana, meanwhile):
    token = invite(private, "bo@ville.example", Role.AGENT, by=ana)
    (open_,) = open_invitations(private)
    _, entered = meanwhile(
        lambda: withdraw(private, open_.id, by=ana), lambda: redeem(private, token), "execute", 2
    )
    assert isinstance(entered, LinkRefused)
    token = invite(private, "bo@ville.example", Role.AGENT, by=ana)
    (open_,) = open_invitations(private)
    _, withdrawn = meanwhile(lambda: redeem(private, token), lambda: withdraw(private, open_.id, by=ana))
    assert isinstance(withdrawn, UnknownInvitation)


def test_the_most_that_may_be_kept_is_the_most_at_once_too(private, ana, meanwhile, monkeypatch):
    monkeypatch.setattr(saved_views, "MOST_VIEWS", 1)
    _, refused = meanwhile(*[lambda: save_view(private, "g1", "Kayes", "/carte", by=ana)] * 2)
    assert isinstance(refused, InvalidValue)
    assert len(own_views(private, "g1", ana)) == 1


def test_an_actor_asks_no_more_a_day_by_asking_at_once(private, ana, meanwhile):
    def asked(n: int) -> str:
        return ask(private, "g1", Request("amis", f"actor-{n}", WHY), by=ana, form=f"form-{n}")

    for n in range(1, MOST_A_DAY):
        asked(n)
    _, refused = meanwhile(lambda: asked(100), lambda: asked(200))
    assert isinstance(refused, InvalidValue)
    assert len(introductions_of(private, "g1")) == MOST_A_DAY


@pytest.mark.parametrize(("point", "call"), [("flush", 2), ("add", 1)])
def test_one_form_is_one_request_and_one_pair_has_one(private, ana, meanwhile, point, call):
    def asked(form: str) -> Callable[[], object]:
        return lambda: ask(private, "g1", Request("amis", "lycee", WHY), by=ana, form=form)

    mine, theirs = meanwhile(asked("same"), asked("same"), point, call)
    (kept,) = introductions_of(private, "g1")
    assert (mine, theirs) == (kept.id, kept.id)
    withdraw_request(private, "g1", kept.id, by=ana)
    mine, theirs = meanwhile(asked("one"), asked("other"), point, call)
    assert isinstance(theirs, IntroductionOpen)
    assert theirs.id == mine


def test_what_was_accepted_in_time_is_not_closed_as_expired(private, ana, clock, meanwhile):
    id_ = ask(private, "g1", Request("amis", "lycee", WHY), by=ana, form="f")
    clock.instant += LASTS

    def just_in_time() -> None:
        clock.instant -= timedelta(seconds=1)
        accept(private, "g1", id_, by=ana)

    another = Request("amis", "club", WHY)
    _, answer = meanwhile(lambda: ask(private, "g1", another, by=ana, form="g"), just_in_time, "flush", 3)
    state = find_introduction(private, "g1", id_).state
    assert (state, answer is None) in ((IntroductionState.ACCEPTED, True), (IntroductionState.EXPIRED, False))


def test_what_was_decided_first_reaches_the_graph_first(private, meanwhile):
    store = MemoryStore()

    def decided(name: str) -> Callable[[], object]:
        change = Put(actor("amis", name))
        return lambda: submit(private, store, [change], by="acc-1", key=name, also=lambda s: s.flush())

    meanwhile(decided("Premier"), decided("Second"), "flush", 3)
    found = store.history(Ref(RecordKind.ACTOR, "amis"))
    assert [event.after["name"] for event in found] == ["Premier", "Second"]
