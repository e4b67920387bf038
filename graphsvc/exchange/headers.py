"""Which table and which column a name in a file means: case, accents, spaces and hyphens do not count."""

from functools import cache

from graphsvc.domain.text import fold
from graphsvc.exchange.columns import Column, TableSpec
from graphsvc.exchange.format import TABLES


def table_named(stem: str) -> TableSpec | None:
    """The table of a file or sheet name without extension, whatever its case and accents."""
    bare = header_key(stem)
    for spec in TABLES:
        if bare in {header_key(n) for n in (spec.french, spec.english, *spec.also)}:
            return spec
    return None


def header_key(header: str) -> str:
    """A header without case, accents, spaces, hyphens and underscores."""
    return fold(header).replace(" ", "")


@cache
def headers_of(spec: TableSpec) -> dict[str, Column]:
    """Every accepted header of a table, as `header_key` gives it."""
    accepted: dict[str, Column] = {}
    for names in ("french", "english"):
        for column in spec.columns:
            accepted.setdefault(header_key(getattr(column, names)), column)
    for column in spec.columns:
        for name in column.also:
            accepted.setdefault(header_key(name), column)
    return accepted
