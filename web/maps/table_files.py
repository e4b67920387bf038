"""The table of a map as files: the actors that are seen, for a spreadsheet."""

from collections.abc import Sequence
from itertools import chain

from graphsvc.exchange.csv_text import csv_text, safe_cells
from web.french import capital
from web.guest_workbook import Table, workbook
from web.labels import label
from web.maps.told import Row
from web.spoken import gettext as _

CSV = "text/csv; charset=utf-8"
_SEPARATOR, _BETWEEN = ";", " | "


def map_csv(rows: Sequence[Row]) -> bytes:
    """As French spreadsheets open it: semicolons, a byte order mark; nothing is taken for a formula."""
    header = [name for name, _width in _columns()]
    cells = (safe_cells(_cells(row)) for row in rows)
    return csv_text(chain([header], cells), separator=_SEPARATOR).encode("utf-8-sig")


def map_workbook(rows: Sequence[Row], about: Sequence[str]) -> bytes:
    """The same as a workbook; its second sheet says which map this is."""
    told = Table(_("À propos"), ((_("Cette carte"), 100.0),), [(line,) for line in about])
    return workbook((Table(_("Acteurs de la carte"), _columns(), [_cells(r) for r in rows]), told))


def _columns() -> Sequence[tuple[str, float]]:
    return (
        (_("Identifiant"), 26.0),
        (_("Acteur"), 48.0),
        (_("Type"), 28.0),
        (_("Coopérations en cours"), 12.0),
        (_("Relations sur la carte"), 12.0),
        (_("Relié à"), 90.0),
    )


def _cells(row: Row) -> list[str | int]:
    names = _BETWEEN.join(name for _id, name in row.neighbours)
    kind = capital(label("actor_kind", row.kind))
    return [row.id, row.name, kind, row.ties, len(row.neighbours), names]
