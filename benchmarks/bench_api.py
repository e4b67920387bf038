"""How long does a suggestion take over HTTP in a network of 20,000 actors, served by two processes of four
threads?

Four measures: the first answers when four clients ask at once, on the machine that also runs them, right
after the start (each process still makes its work list and counts exposure) and once that is done; the first
answers to one client alone, which is how long an answer takes; and the same questions asked again, which each
process answers from memory. First answers are of actors nobody asked about before.
"""

from itertools import islice
from pathlib import Path

from benchmarks.bench_pages import serving
from benchmarks.load import ask_each_once
from benchmarks.measure import Budget, Figure, percentile, settle
from benchmarks.network import actor_id, write_bundle
from benchmarks.programs import maillage, own_home

ACTORS, LINKS = 20_000, 60_000
CLIENTS, REQUESTS, WARM_UP, ALONE, AGAIN = 4, 1000, 200, 400, 100
STRIDE = 37  # asks spread over the network, each actor once: nothing is answered from memory
TARGET_MS = 30.0


def run(budget: Budget) -> list[Figure]:
    """p95 of `/api/v1/actors/<id>/suggestions`, ten a time."""
    many, alone = budget.repeats(REQUESTS), budget.repeats(ALONE)
    asked = iter([_address(i) for i in range(WARM_UP + 2 * many + alone)])
    with own_home() as env:
        bundle = write_bundle(Path(env["MAILLAGE_HOME"]).parent / "bundle", ACTORS, LINKS)
        maillage("import", str(bundle), env=env)
        with serving(env, seed=False) as address:

            def taken(paths: list[str], clients: int) -> list[float]:
                answers = ask_each_once(address, paths, clients)
                if answers.failures:
                    raise RuntimeError(f"{len(answers.failures)} failures: {answers.failures[:3]}")
                return answers.milliseconds

            taken(list(islice(asked, WARM_UP)), CLIENTS)
            at_once = taken(list(islice(asked, many)), CLIENTS)
            settle()
            settled = taken(list(islice(asked, many)), CLIENTS)
            by_one = taken(list(islice(asked, alone)), 1)
            known = [_address(i) for i in range(WARM_UP + 2 * many, WARM_UP + 2 * many + min(alone, AGAIN))]
            for _ in range(3):  # whichever process answers has been asked before
                taken(known, CLIENTS)
            again = taken(known * 4, CLIENTS)
    return [
        _figure(f"suggestions by the API, {CLIENTS} clients at once, p95", settled, TARGET_MS),
        _figure(f"suggestions by the API right after the start, {CLIENTS} clients, p95", at_once, None),
        _figure("suggestions by the API, one client, p95", by_one, TARGET_MS),
        _figure(f"suggestions asked again, {CLIENTS} clients at once, p95", again, None),
    ]


def _address(i: int) -> str:
    return f"/api/v1/actors/{actor_id(i * STRIDE % ACTORS)}/suggestions"


def _figure(name: str, taken: list[float], target: float | None) -> Figure:
    note = f"{ACTORS} actors, {len(taken)} requests, median {percentile(taken, 0.5):.1f} ms"
    return Figure(name, percentile(taken, 0.95), "ms", target, note=note)
