"""The map to keep: the sheet as SVG, PNG and PDF, its table, and the network for other programs."""

import tempfile
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, request

from graphsvc.snapshot import Snapshot
from web.attached import PDF, XLSX, attachment
from web.documents import set_as_picture, set_in_pages
from web.kept import kept_in_words
from web.language import Language, reader
from web.maps.chosen import MapFilter, Shown, choose
from web.maps.filter_words import filter_sentence, map_title
from web.maps.kept_layout import map_layout
from web.maps.sheet.drawing import nodes_seen
from web.maps.sheet.folded import Folding
from web.maps.sheet.frame import read_frame
from web.maps.sheet.words import SANS, SERIF, Words
from web.maps.table_files import CSV, map_csv, map_workbook
from web.maps.told import description, table_rows
from web.maps.wanted import read_what_is_sound
from web.permissions import Action, policy
from web.shown import documented_years, served, services
from web.spoken import gettext as _
from web.views.maps.notes import shortest_path
from web.views.maps.proposed import links_to, proposed_links
from web.written import counted, day_text

bp = Blueprint("map_exports", __name__)
_DOTS = 220  # per inch: 2573 x 1819 pixels
_NETWORK = {
    "gexf": "application/gexf+xml",
    "graphml": "application/graphml+xml",
    "geojson": "application/geo+json",
    "html": "text/html; charset=utf-8",
}


@bp.get("/carte.svg")
@policy(Action.READ)
def svg() -> Response:
    """The sheet as SVG."""
    return attachment(_sheet(SANS)[1].encode(), "image/svg+xml", "carte.svg")


@bp.get("/carte.png")
@policy(Action.READ)
def png() -> Response:
    """The sheet as a picture."""
    return attachment(_set("png"), "image/png", "carte.png")


@bp.get("/carte.pdf")
@policy(Action.READ)
def pdf() -> Response:
    """The sheet on a page, A4 on its side."""
    return attachment(_set("pdf"), PDF, "carte.pdf")


@bp.get("/carte.csv")
@policy(Action.READ)
def table() -> Response:
    """The table of the map."""
    snapshot, _wanted, shown = _asked()
    return attachment(map_csv(table_rows(snapshot, shown, "nom")), CSV, "carte.csv")


@bp.get("/carte.xlsx")
@policy(Action.READ)
def book() -> Response:
    """The table of the map as a workbook."""
    snapshot, wanted, shown = _asked()
    words = sheet_words(snapshot, wanted, shown, services().today())
    about = [words.title, words.count, words.filters, words.foot]
    return attachment(map_workbook(table_rows(snapshot, shown, "nom"), about), XLSX, "carte.xlsx")


@bp.get("/reseau.<any(gexf, graphml, geojson, html):ending>")
@policy(Action.READ)
def network(ending: str) -> Response:
    """The whole network for another program, or as a page that opens offline."""
    content = _network_file(served().snapshot, ending, services().today())
    return attachment(content, _NETWORK[ending], f"reseau.{ending}")


def _asked() -> tuple[Snapshot, MapFilter, Shown]:
    snapshot, today = served().snapshot, services().today()
    wanted, _faults = read_what_is_sound(snapshot, request.args)  # as the page does, which says them
    return snapshot, wanted, choose(snapshot, wanted, today)


def _sheet(family: str) -> tuple[Words, str]:
    """The words and the SVG of what the address asks for: filters, `cadre`, `choix`, `forme`."""
    from web.maps.sheet.page import PAPER, SCREEN, sheet

    frame, chosen = read_frame(request.args.get("cadre", "")), request.args.get("choix", "")
    snapshot, wanted, shown = _asked()
    today = services().today()
    drawing = drawing_of(snapshot, wanted, shown)
    seen = len(drawing["nodes"]) if frame is None else len(nodes_seen(drawing, frame))
    words = sheet_words(snapshot, wanted, shown, today, seen=seen)
    size = SCREEN if request.args.get("forme") == "ecran" else PAPER
    return words, sheet(drawing, words, frame=frame, chosen=chosen, family=family, size=size)


def drawing_of(snapshot: Snapshot, wanted: MapFilter, shown: Shown) -> dict[str, Any]:
    """What the sheet of this address draws: filters, folded groups, proposed links."""
    from web.maps.sheet.document import Over, sheet_document

    today, path = services().today(), list[int]()
    proposed: tuple[tuple[int, int], ...] = ()
    if (
        wanted.start is not None
        and wanted.goal is not None
        and {wanted.start, wanted.goal} <= set(shown.nodes)
    ):
        path = shortest_path(shown.around, wanted.start, wanted.goal)
    chosen = snapshot.index(request.args.get("choix", ""))
    if chosen is not None and request.args.get("proposes") == "1":
        proposed = links_to(snapshot, shown, chosen, today)
    found = proposed_links(snapshot, shown, wanted, today)
    over = Over(path, tuple(dict.fromkeys((*found.pairs, *proposed))))
    return sheet_document(services(), snapshot, wanted, shown, today, over, _folding())


def _folding() -> Folding:
    """Which groups are folded, as the address says after its # on screen; an unknown one folds nothing."""
    folded, opened = (frozenset(request.args.getlist(name)) for name in ("replie", "ouvert"))
    return Folding(request.args.get("groupes") == "replies", folded, opened)


def sheet_words(
    snapshot: Snapshot, wanted: MapFilter, shown: Shown, today: date, *, seen: int | None = None
) -> Words:
    """What stands around the drawing of a sheet. `seen`: how many actors are in its frame, if any."""
    years = documented_years(snapshot)
    documented = (
        _("Relations documentées de %(first)s à %(last)s.", first=years[0], last=years[1]) if years else ""
    )
    made = _("Carte faite le %(day)s avec Maillage.", day=day_text(today))
    relations = counted(len(shown.edges), _("relation"))
    count = f"{counted(len(shown.nodes), _('acteur'))} · {relations}"
    if seen is not None and seen < len(shown.nodes):
        count += " · " + _("ici la partie vue, où sont %(n)s d'entre eux", n=seen)
    return Words(
        title=map_title(snapshot, wanted),
        filters=filter_sentence(snapshot, wanted),
        count=count,
        foot=f"{documented} {made}".strip(),
        told=tuple(description(snapshot, shown)),
    )


def _set(form: str) -> bytes:
    words, drawn = _sheet(SERIF)
    return set_sheet(form, drawn, words.title, " ".join(words.told), services().today(), reader())


@lru_cache(maxsize=16)
def set_sheet(form: str, drawn: str, title: str, told: str, day: date, language: Language) -> bytes:
    """A sheet as a picture (`png`) or on a page (`pdf`)."""
    data = {"svg": drawn, "title": title, "told": told, "lang": language.value}
    if form == "png":
        return set_as_picture("map", data, day, dots_per_inch=_DOTS)
    return set_in_pages("map", data, day)


@kept_in_words
def _network_file(snapshot: Snapshot, ending: str, today: date) -> bytes:
    """The file, made once a snapshot and day."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"reseau.{ending}"
        _write(snapshot, path, ending, today)
        return path.read_bytes()


def _write(snapshot: Snapshot, path: Path, ending: str, today: date) -> None:
    from graphsvc.exchange.geojson import write_geojson
    from graphsvc.exchange.graph_files import write_gexf, write_graphml
    from web.exported import look
    from web.maps.standalone import write_map

    if ending == "html":
        return write_map(snapshot, path, today=today)
    layout = map_layout(services(), snapshot)
    writer = {"gexf": write_gexf, "graphml": write_graphml, "geojson": write_geojson}[ending]
    return writer(snapshot, path, look(snapshot, layout), today=today)
