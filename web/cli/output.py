"""What commands print: text for people, JSON and CSV for machines, alone on standard output."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import click

from graphsvc.exchange.csv_text import csv_text, safe_cells
from web.french import typeset
from web.language import Language, reading

F = TypeVar("F", bound=Callable[..., Any])


def format_options(command: F) -> F:
    """Add `--format text|json|csv` and `--lang`: the command speaks to a reader of that language."""
    command = click.option(
        "--lang",
        type=click.Choice(["fr", "en"]),
        default="fr",
        callback=_speaking,
        help="Langue des textes.",
    )(command)
    return click.option(
        "--format",
        "format_",
        type=click.Choice(["text", "json", "csv"]),
        default="text",
        help="Forme de la réponse.",
    )(command)


def _speaking(ctx: click.Context, _: click.Parameter, lang: str) -> str:
    """Until the command ends, numbers and words are those of this reader."""
    ctx.with_resource(reading(Language(lang)))
    return lang


def print_json(value: object) -> None:
    """One JSON document, stable key order as given, never NaN."""
    click.echo(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2, default=str))


def json_line(value: object) -> str:
    """A JSON object on one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=str)


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table with its header; cells a spreadsheet would run as a formula get one leading apostrophe."""
    click.echo(csv_text([columns, *map(safe_cells, rows)], end="\n"), nl=False)


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Aligned columns for a terminal; the last one is not cut."""
    cells = [[("" if c is None else str(c)) for c in row] for row in rows]
    widths = [min(44, max(len(r[k]) for r in (list(columns), *cells))) for k in range(len(columns) - 1)]
    for row in (list(columns), *cells):
        head = "  ".join(_cut(cell, w).ljust(w) for cell, w in zip(row, widths, strict=False))
        click.echo(f"{head}  {row[-1]}".rstrip() if widths else row[-1])


def say(text: str) -> None:
    """A French sentence for the person at the terminal, on standard error."""
    click.echo(typeset(text), err=True)


def flat(mapping: Mapping[str, object]) -> list[tuple[str, object]]:
    """Key and value pairs of a flat mapping, for CSV and text."""
    return [(key, value) for key, value in mapping.items() if not isinstance(value, (dict, list))]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
