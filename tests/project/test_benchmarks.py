"""The benches measure what they say: their numbers, their network and their load can be trusted."""

import csv
import json
import threading
from collections import Counter
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.__main__ import main, names, table
from benchmarks.load import ask_each_once, ask_in_turn
from benchmarks.measure import Budget, Figure, interleaved, percentile
from benchmarks.network import LOCALITY, write_bundle


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=200), st.sampled_from([0.5, 0.9, 0.95, 0.99, 1.0]))
def test_a_percentile_is_the_smallest_value_that_so_many_do_not_pass(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)
    assert found in values
    below = sum(value < found for value in values)
    assert below < round(share * 100) * len(values) / 100 <= sum(value <= found for value in values)


@pytest.mark.parametrize(
    ("value", "target", "higher", "kept"),
    [(1.0, 2.0, False, True), (3.0, 2.0, False, False), (3.0, 2.0, True, True), (3.0, None, False, None)],
)
def test_a_promise_is_kept_or_not(
    value: float, target: float | None, higher: bool, kept: bool | None
) -> None:
    figure = Figure("a figure", value, "s", target, higher_is_better=higher)
    assert figure.reached is kept
    assert ("NO" in table([figure])) is (kept is False)


def test_peers_are_measured_in_turn() -> None:
    order: list[str] = []
    taken = interleaved({"ours": lambda: order.append("ours"), "peer": lambda: order.append("peer")}, 3)
    assert order == ["ours", "peer", "peer", "ours", "ours", "peer"]
    assert {name: len(times) for name, times in taken.items()} == {"ours": 3, "peer": 3}


def test_a_small_budget_still_measures_once() -> None:
    assert Budget(0.01).repeats(10) == 1


def test_the_made_up_network_has_the_size_asked_for_and_no_pair_twice(tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "a", 900, 2500)
    links = _rows(folder / "relations.csv")
    pairs = {frozenset((row["acteur_a"], row["acteur_b"])) for row in links}
    assert len(_rows(folder / "acteurs.csv")) == 900
    assert len(links) == len(pairs) == 2500
    assert all(len(pair) == 2 for pair in pairs)


def test_the_made_up_network_is_skewed_and_local(tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "a", 3000, 9000)
    links = [(row["acteur_a"], row["acteur_b"]) for row in _rows(folder / "relations.csv")]
    degrees = sorted(Counter(key for pair in links for key in pair).values(), reverse=True)
    local = sum(_locality(a) == _locality(b) for a, b in links) / len(links)
    assert sum(degrees[:30]) > 0.08 * sum(degrees)
    assert 0.5 < local < 0.95


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = (write_bundle(tmp_path / name, 300, 700, seed=5) for name in "ab")
    for name in ("acteurs.csv", "relations.csv"):
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_the_made_up_network_is_imported_whole(tmp_path: Path) -> None:
    from graphsvc.domain.records import RecordKind
    from graphsvc.stores.memory import MemoryStore
    from graphsvc.usecases.import_bundle import import_bundle

    store = MemoryStore()
    report = import_bundle(store, write_bundle(tmp_path / "a", 400, 900), by="bench", today=date(2026, 11, 2))
    assert report.rejected == ()
    assert report.ignored_columns == ()
    counts = store.counts()
    assert (counts[RecordKind.ACTOR], counts[RecordKind.LINK]) == (400, 900)


def test_the_load_generator_refuses_another_machine() -> None:
    with pytest.raises(ValueError, match="not an address of this machine"):
        ask_in_turn("http://192.0.2.1:80", ["/"], 1, 1)


def test_first_answers_are_measured_on_addresses_asked_once() -> None:
    asked: list[str] = []

    class Site(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404 if self.path == "/3" else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever).start()
        answers = ask_each_once(f"http://127.0.0.1:{server.server_port}", [f"/{i}" for i in range(11)], 4)
        server.shutdown()
    assert sorted(asked) == sorted(f"/{i}" for i in range(11))
    assert len(answers.milliseconds) == 10
    assert answers.failures == ["/3: 404"]


def test_a_client_whose_server_hangs_up_after_each_answer_comes_back() -> None:
    class Site(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "4" if self.path == "/cut" else "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever).start()
        address = f"http://127.0.0.1:{server.server_port}"
        answers = ask_each_once(address, ["/a", "/b", "/cut", "/c"], 1)
        server.shutdown()
    assert len(answers.milliseconds) == 3
    assert [failure.partition(":")[0] for failure in answers.failures] == ["/cut"]


def test_an_unknown_bench_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["nothing-of-that-name"])
    assert end.value.code == 2
    assert "no such bench" in capsys.readouterr().err


def test_a_failing_bench_is_reported_and_makes_the_run_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(name: str, budget: Budget) -> tuple[list[Figure], str | None]:
        return (
            ([Figure("one", 1.0, "s", 2.0)], None) if name == names()[0] else ([], "RuntimeError: no server")
        )

    monkeypatch.setattr("benchmarks.__main__.measure", failing)
    assert main(["--output", str(tmp_path / "bench.json")]) == 1
    written = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert [figure["name"] for figure in written["figures"]] == ["one"]
    assert set(written["failures"]) == set(names()[1:])
    assert "no server" in capsys.readouterr().out


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _locality(key: str) -> int:
    return int(key.rpartition("-")[2]) // LOCALITY
