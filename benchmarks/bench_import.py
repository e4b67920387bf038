"""How long does `maillage import` take for 20,000 actors and 60,000 links, validation and history
included?
"""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.measure import Budget, Figure, median, seconds
from benchmarks.network import write_bundle
from benchmarks.programs import maillage, own_home

ACTORS, LINKS = 20_000, 60_000
SQLITE_TARGET_S, NEO4J_TARGET_S = 15.0, 90.0


def run(budget: Budget) -> list[Figure]:
    """The whole command, process start included, into an empty store."""
    from tests.rig.server import running_neo4j, wipe

    with tempfile.TemporaryDirectory(prefix="maillage-bench-") as folder:
        bundle = write_bundle(Path(folder) / "bundle", ACTORS, LINKS)
        sqlite = []
        for _ in range(budget.repeats(3)):
            with own_home() as env:
                sqlite.append(_import(bundle, env))
        neo4j = []
        with running_neo4j() as server:
            for _ in range(budget.repeats(2)):
                wipe(server)
                with own_home() as env:
                    reach = {
                        "MAILLAGE_STORE": server.uri,
                        "NEO4J_USERNAME": server.username,
                        "NEO4J_PASSWORD": server.password,
                    }
                    neo4j.append(_import(bundle, {**env, **reach}))
    what = f"{ACTORS:,} actors and {LINKS:,} links, whole command, median of"
    return [
        Figure("import, SQLite", median(sqlite), "s", SQLITE_TARGET_S, note=f"{what} {len(sqlite)}"),
        Figure("import, Neo4j", median(neo4j), "s", NEO4J_TARGET_S, note=f"{what} {len(neo4j)}"),
    ]


def _import(bundle: Path, env: Mapping[str, str]) -> float:
    said: list[str] = []
    taken = seconds(lambda: said.append(maillage("import", str(bundle), "--format", "json", env=env)))
    created = json.loads(said[0])["created"]
    if created < ACTORS + LINKS:
        raise RuntimeError(f"only {created} records were created")
    return taken
