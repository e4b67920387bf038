"""The tables of the seed as plain rows, read with the standard library alone."""

import csv
import re
from functools import cache
from pathlib import Path

import seed

FOLDER = Path(seed.__file__).parent / "essonne"
TABLES = (
    "acteurs",
    "relations",
    "accords",
    "parties",
    "projets",
    "participations",
    "annonces",
    "evenements",
    "participants",
    "appels",
    "experiences",
    "themes",
    "competences",
    "territoires",
)
Row = dict[str, str]


@cache
def rows(table: str) -> tuple[Row, ...]:
    """Every row of a table."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def cells() -> list[tuple[str, int, str, str]]:
    """Every filled cell: table, line, column, value."""
    return [
        (table, line, column, value)
        for table in TABLES
        for line, row in enumerate(rows(table), 2)
        for column, value in row.items()
        if value
    ]


def keys(table: str, column: str = "id") -> list[str]:
    """The keys of a table, in the order of the rows."""
    return [row[column] for row in rows(table)]


def values(row: Row, column: str) -> list[str]:
    """The values of a cell that holds several."""
    return [value for value in row.get(column, "").split("|") if value]


def actor(key: str) -> Row:
    """The actor of that key."""
    return next(row for row in rows("acteurs") if row["id"] == key)


def links_of(key: str) -> list[Row]:
    """The links in which that actor stands."""
    return [row for row in rows("relations") if key in (row["acteur_a"], row["acteur_b"])]


def documented_sources() -> set[str]:
    """The source codes that SOURCES.md explains."""
    text = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([a-z0-9-]+)` \|", text, re.MULTILINE))
