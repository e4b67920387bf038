"""How long does a suggestion take over HTTP in a network of 20,000 actors, served by two processes of four
threads?
"""

from pathlib import Path

from benchmarks.bench_pages import serving
from benchmarks.load import ask_in_turn
from benchmarks.measure import Budget, Figure, percentile
from benchmarks.network import actor_id, write_bundle
from benchmarks.programs import maillage, own_home

ACTORS, LINKS = 20_000, 60_000
CLIENTS, REQUESTS, WARM_UP = 4, 1000, 200
STRIDE = 37  # asks spread over the network, each actor once: nothing is answered from memory
TARGET_MS = 30.0


def run(budget: Budget) -> list[Figure]:
    """p95 of `/api/v1/actors/<id>/suggestions`, ten a time, under four clients at once."""
    asked = [f"/api/v1/actors/{actor_id(i * STRIDE % ACTORS)}/suggestions" for i in range(REQUESTS + WARM_UP)]
    with own_home() as env:
        bundle = write_bundle(Path(env["MAILLAGE_HOME"]).parent / "bundle", ACTORS, LINKS)
        maillage("import", str(bundle), env=env)
        with serving(env, seed=False) as address:
            ask_in_turn(address, asked[:WARM_UP], CLIENTS, WARM_UP)
            answers = ask_in_turn(address, asked[WARM_UP:], CLIENTS, budget.repeats(REQUESTS))
    if answers.failures:
        raise RuntimeError(f"{len(answers.failures)} failures: {answers.failures[:3]}")
    taken = answers.milliseconds
    note = (
        f"{ACTORS} actors, {len(taken)} requests, {CLIENTS} clients, median {percentile(taken, 0.5):.1f} ms"
    )
    return [Figure("suggestions by the API, p95", percentile(taken, 0.95), "ms", TARGET_MS, note=note)]
