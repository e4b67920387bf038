"""A store that hangs is waited for three seconds at most, and what was typed stays on the screen."""

import threading
import time

import pytest

from graphsvc.domain.records import RecordKind
from tests.web.publishing.conftest import ANNOUNCEMENT, Person, UnsteadyStore
from web import services

HANG_SECONDS = 20.0


class Hanging(UnsteadyStore):
    """Hangs on every question while `held` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()
        self.free.set()

    def _heard(self) -> None:
        self.free.wait(HANG_SECONDS)


@pytest.fixture
def store() -> Hanging:
    from graphsvc.ports import Put
    from tests.graphsvc.usecases.small_world import WORLD

    opened = Hanging()
    opened.apply([Put(record) for record in WORLD], by="tests")
    return opened


@pytest.mark.usefixtures("own_patience")
def test_a_write_is_answered_within_three_seconds(
    member: Person, store: Hanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = member.form("/publier/annonce")
    monkeypatch.setattr(services, "CHECK_SECONDS", 60.0)  # the snapshot was checked a moment ago
    member.get("/annonces")
    store.free.clear()
    try:
        began = time.monotonic()
        answer = member.client.post("/publier/annonce", data={**form, **ANNOUNCEMENT})
        taken = time.monotonic() - began
    finally:
        store.free.set()
    assert answer.status_code == 503
    assert 'value="Qui part à Kayes ?"' in answer.get_data(as_text=True)
    assert services.ANSWER_WAIT < 3
    assert taken < HANG_SECONDS / 2  # what the machine does besides is not the site's
    # Sent again once the store answers: what it did late and what is asked now are the same one thing.
    again = member.client.post("/publier/annonce", data={**form, **ANNOUNCEMENT})
    assert again.status_code == 303
    titles = [s.record.title for s in store.records(RecordKind.ANNOUNCEMENT)]
    assert titles.count("Qui part à Kayes ?") == 1
