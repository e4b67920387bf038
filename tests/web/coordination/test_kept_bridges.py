"""The bridges of the work list are kept beside the snapshot, and pages say so while they are computed."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from graphsvc.ports import Put
from graphsvc.snapshot import Snapshot, build_snapshot
from matcher.introductions import introductions
from people.roles import Role
from tests.graphsvc.networks import association
from tests.web.conftest import TODAY
from tests.web.coordination.conftest import Desk
from web import work_lists
from web.kept_bridges import FILE, MAGIC, Bridges, kept_bridges


class Computer:
    """Computes the bridges of everybody, none for the first, and counts how often it was asked to."""

    def __init__(self, snapshot: Snapshot) -> None:
        found = introductions(snapshot, range(snapshot.n), TODAY)
        self.answer: Bridges = {i: tuple(met) if i else () for i, met in found.items()}
        self.times = 0

    def __call__(self) -> Bridges:
        self.times += 1
        return self.answer


@pytest.fixture
def network(desk: Desk) -> Snapshot:
    return build_snapshot(desk.store)


@pytest.fixture
def computer(network: Snapshot) -> Computer:
    return Computer(network)


def test_what_one_process_computed_another_reads_to_the_last_digit(
    tmp_path: Path, network: Snapshot, computer: Computer
) -> None:
    for _ in range(3):
        assert kept_bridges(tmp_path, network, TODAY, 2, computer) == computer.answer
    assert computer.times == 1
    told = [bridge for met in computer.answer.values() for bridge in met]
    assert {bridge.introducer is None for bridge in told} == {True, False}


def test_a_file_of_another_day_revision_network_or_number_is_computed_again(
    tmp_path: Path, desk: Desk, network: Snapshot, computer: Computer
) -> None:
    def times(snapshot: Snapshot, days: int = 0, most: int = 2) -> int:
        kept_bridges(tmp_path, snapshot, TODAY + timedelta(days), most, computer)
        return computer.times

    assert times(network) == 1
    assert times(network, days=1) == 2
    assert times(network, days=1, most=3) == 3
    desk.store.apply([Put(association("new"))], by="tests")
    assert times(build_snapshot(desk.store), days=1, most=3) == 4
    other = build_snapshot(desk.store)
    other.store_id = "another"
    assert times(other, days=1, most=3) == 5
    assert times(other, days=1, most=3) == 5


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[: len(content) // 2],
        lambda content: b"",
        lambda content: b"not ours at all" * 50,
        lambda content: content[:-100] + bytes([content[-100] ^ 1]) + content[-99:],
        lambda content: MAGIC + content[len(MAGIC) + 8 :],
    ],
    ids=["cut", "empty", "foreign", "one bit", "no length"],
)
def test_a_damaged_file_is_computed_again_and_mended(
    tmp_path: Path, network: Snapshot, computer: Computer, spoil: Callable[[bytes], bytes]
) -> None:
    kept_bridges(tmp_path, network, TODAY, 2, computer)
    path = tmp_path / FILE
    path.write_bytes(spoil(path.read_bytes()))
    for _ in range(2):
        assert kept_bridges(tmp_path, network, TODAY, 2, computer) == computer.answer
    assert computer.times == 2
    assert path.stat().st_mode & 0o077 == 0
    assert {one.name for one in tmp_path.iterdir() if "bridges" in one.name} == {FILE, ".bridges.lock"}


def test_a_bridge_to_somebody_who_is_not_there_is_not_believed(
    tmp_path: Path, network: Snapshot, computer: Computer
) -> None:
    first = next(bridge for met in computer.answer.values() for bridge in met)
    beyond = {0: (replace(first, index=network.n),)}
    kept_bridges(tmp_path, network, TODAY, 2, lambda: beyond)
    assert kept_bridges(tmp_path, network, TODAY, 2, computer) == computer.answer


def test_a_folder_that_cannot_be_written_only_costs_time(
    tmp_path: Path, network: Snapshot, computer: Computer, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "taken").write_text("a file")
    with caplog.at_level(logging.WARNING):
        assert kept_bridges(tmp_path / "taken", network, TODAY, 2, computer) == computer.answer
    assert "bridges_not_kept" in caplog.text


def test_who_comes_while_one_computes_waits_and_reads(
    tmp_path: Path, network: Snapshot, computer: Computer
) -> None:
    started, go_on = threading.Event(), threading.Event()

    def slowly() -> Bridges:
        started.set()
        assert go_on.wait(30)
        return computer()

    with ThreadPoolExecutor(2) as processes:  # the lock is of the open file: threads wait as processes do
        one = processes.submit(kept_bridges, tmp_path, network, TODAY, 2, slowly)
        assert started.wait(30)
        other = processes.submit(kept_bridges, tmp_path, network, TODAY, 2, computer)
        assert not other.done()
        go_on.set()
        assert one.result(30) == other.result(30) == computer.answer
    assert computer.times == 1


def test_while_they_are_computed_the_page_says_so_and_names_everybody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slowly(*asked: object, **how: object) -> Bridges:
        assert go_on.wait(30)
        return kept_bridges(*asked, **how)  # type: ignore[arg-type] - as it was asked

    monkeypatch.setattr(work_lists, "kept_bridges", slowly)
    monkeypatch.setattr(work_lists, "PATIENCE", 0.05)
    agent = desk.visit(Role.AGENT)
    before = agent.get("/acteurs-isoles").get_data(as_text=True)
    assert "en cours de calcul" in before
    assert "Dans chaque état, appelez d'abord" not in before
    assert "À rencontrer en premier" not in before
    assert 'href="/acteurs/alone"' in before
    assert "en cours de calcul" not in desk.visit().get("/acteurs-isoles").get_data(as_text=True)
    go_on.set()
    desk.services.work_lists.of(desk.services.served().snapshot, TODAY)
    after = agent.get("/acteurs-isoles").get_data(as_text=True)
    assert "en cours de calcul" not in after
    assert "À rencontrer en premier" in after


def test_a_list_that_could_not_be_computed_is_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = desk.services.served().snapshot
    with monkeypatch.context() as broken:
        broken.setattr(work_lists, "kept_bridges", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.services.work_lists.of(snapshot, TODAY)
    assert desk.services.work_lists.of(snapshot, TODAY).bridges
