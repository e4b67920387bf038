"""`python -m benchmarks [NAME…] [--quick]`: run the bench files, write `build/bench.json`, print a table."""

import argparse
import importlib
import json
import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measure import Budget, Figure, median, seconds

FOLDER = Path(__file__).parent
RESULT = FOLDER.parent / "build" / "bench.json"
QUICK = 0.2


def names() -> list[str]:
    """The bench files, in order."""
    return sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def measure(name: str, budget: Budget) -> tuple[list[Figure], str | None]:
    """The figures of one bench file, or the reason why it gave none."""
    try:
        return list(importlib.import_module(f"benchmarks.bench_{name}").run(budget)), None
    except Exception as error:  # noqa: BLE001 one failing bench must not hide the others
        traceback.print_exc()
        return [], f"{type(error).__name__}: {error}"


def table(figures: list[Figure]) -> str:
    """The figures as aligned text."""
    rows = [("figure", "value", "promised", "kept", "peer", "note")]
    for figure in figures:
        sign = ">=" if figure.higher_is_better else "<="
        rows.append(
            (
                figure.name,
                f"{figure.value:.4g} {figure.unit}",
                f"{sign} {figure.target:g} {figure.unit}" if figure.target is not None else "",
                {True: "yes", False: "NO", None: ""}[figure.reached],
                f"{figure.peer} x{figure.peer_ratio:.2g}" if figure.peer and figure.peer_ratio else "",
                figure.note,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def machine() -> dict[str, Any]:
    """What the figures were measured on, without naming the machine.

    `loop_s` is the median time of two million additions in plain Python: about 0.1 s on an idle core of 2020,
    more where other work shares it. Figures of two runs compare only if it is the same.
    """
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
        "loop_s": round(median([seconds(_add) for _ in range(3)]), 3),
    }


def _add() -> None:
    total = 0
    for number in range(2_000_000):
        total += number


def main(arguments: list[str] | None = None) -> int:
    """Run; 0 if every promise is kept, 1 if one is not or a bench failed."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"which files ({', '.join(names())}); all by default")
    parser.add_argument("--quick", action="store_true", help="fewer repeats, same sizes")
    parser.add_argument("--output", type=Path, default=RESULT)
    asked = parser.parse_args(arguments)
    unknown = set(asked.names) - set(names())
    if unknown:
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    budget = Budget(QUICK if asked.quick else 1.0)
    figures: list[Figure] = []
    failures: dict[str, str] = {}
    for name in asked.names or names():
        print(f"measuring {name}…", file=sys.stderr, flush=True)
        found, failure = measure(name, budget)
        figures += found
        if failure:
            failures[name] = failure
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    result = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "quick": asked.quick,
        "figures": [figure.as_data() for figure in figures],
        "failures": failures,
    }
    asked.output.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(table(figures))
    for name, reason in failures.items():
        print(f"{name}: failed, {reason}")
    return 1 if failures or any(figure.reached is False for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
