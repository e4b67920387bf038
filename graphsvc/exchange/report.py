"""What an import says: each rejection with its file, line, column, value, rule and remedy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

VALUE_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do about a rejection: a code and the values of its sentence (nearest entries, first line…)."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row, a column or a file that is refused.

    `line` is the physical line where the row begins (1 = first line of the file, 0 = the file as a whole);
    `column` is the header as written; `value` is cut to 120 characters.
    """

    file: str
    line: int
    column: str
    value: str
    rule: str
    remedy: Remedy


@dataclass(frozen=True, slots=True)
class Notice:
    """Something understood or left out, that the person should know: encoding, unused file, merged record."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IgnoredColumn:
    """A column that no table of the format has."""

    file: str
    column: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The result of an import. `created`, `updated`, `unchanged` count records, not rows.

    `created_vocabulary` lists `kind:id` of the places, themes and skills added because a row named them.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: tuple[Rejection, ...] = ()
    ignored_columns: tuple[IgnoredColumn, ...] = ()
    notices: tuple[Notice, ...] = ()
    created_vocabulary: tuple[str, ...] = ()
    revision: int = 0
    dry_run: bool = False


def cut(value: str) -> str:
    """The value as a report shows it: at most 120 characters."""
    return value if len(value) <= VALUE_LIMIT else value[: VALUE_LIMIT - 1] + "…"


def report_data(report: ImportReport) -> dict[str, Any]:
    """The report as plain JSON-ready data, with the fixed keys of the machine output."""
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": [rejection_data(r) for r in report.rejected],
        "ignored_columns": [{"file": c.file, "column": c.column} for c in report.ignored_columns],
        "notices": [{"code": n.code, "facts": dict(n.facts)} for n in report.notices],
        "created_vocabulary": list(report.created_vocabulary),
        "revision": report.revision,
        "dry_run": report.dry_run,
    }


def rejection_data(rejection: Rejection) -> dict[str, Any]:
    """A rejection as plain JSON-ready data."""
    return {
        "file": rejection.file,
        "line": rejection.line,
        "column": rejection.column,
        "value": rejection.value,
        "rule": rejection.rule,
        "remedy": {"code": rejection.remedy.code, "facts": dict(rejection.remedy.facts)},
    }
