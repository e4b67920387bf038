"""How long does a person wait for a command in a new process?"""

from collections.abc import Callable

from benchmarks.measure import Budget, Figure, interleaved, median, percentile
from benchmarks.programs import maillage, own_home

HELP_TARGET_S, SUGGEST_TARGET_S = 0.3, 2.0
ACTOR = "departement-essonne"


def run(budget: Budget) -> list[Figure]:
    """`--help`, and `suggest` on the seed with the caches of a first run present."""
    with own_home() as env:
        maillage("seed", env=env)
        commands: dict[str, Callable[[], object]] = {
            "maillage --help": lambda: maillage("--help", env=env),
            "maillage suggest on the seed": lambda: maillage("suggest", "--actor", ACTOR, env=env),
            "maillage search on the seed": lambda: maillage("search", "ecole kayes", env=env),
        }
        for command in commands.values():
            command()
        taken = interleaved(commands, budget.repeats(10))
    targets = {"maillage --help": HELP_TARGET_S, "maillage suggest on the seed": SUGGEST_TARGET_S}
    return [
        Figure(
            name,
            median(times),
            "s",
            targets.get(name),
            note=f"whole command, {len(times)} runs, p95 {percentile(times, 0.95):.2f}",
        )
        for name, times in taken.items()
    ]
