"""The geographic map to keep: both drawings on one sheet, as SVG, PNG and PDF."""

from dataclasses import replace

from flask import Blueprint, Response

from graphsvc.snapshot import Snapshot
from web.attached import PDF, attachment
from web.french import capital
from web.language import reader
from web.maps.chosen import MapFilter, choose
from web.maps.geo_home_drawing import Symbols
from web.maps.geo_map import GeoMap, Look, geo_map
from web.maps.geo_measures import SHARES
from web.maps.geo_territory import world_contours
from web.maps.geo_told import description
from web.maps.geo_words import class_words, measure_names, measure_note
from web.maps.sheet.geo_page import Key, Legends, arc_key, geo_sheet, kind_key, shade_key
from web.maps.sheet.words import SANS, SERIF, Words
from web.permissions import Action, policy
from web.shown import served, services
from web.spoken import gettext as _
from web.views.maps.exports import set_sheet, sheet_words
from web.views.maps.geography import class_lines, contours_here, kinds_shown, read_address
from web.written import counted

bp = Blueprint("geography_files", __name__)
_TYPES = {"png": "image/png", "pdf": PDF}


@bp.get("/carte/territoire.svg")
@policy(Action.READ)
def drawn() -> Response:
    """The sheet as SVG."""
    return attachment(_sheet(SANS)[1].encode(), "image/svg+xml", "carte-territoire.svg")


@bp.get("/carte/territoire.<any(png, pdf):ending>")
@policy(Action.READ)
def made(ending: str) -> Response:
    """The sheet as a picture, or on a page."""
    words, drawing = _sheet(SERIF)
    content = set_sheet(ending, drawing, words.title, " ".join(words.told), services().today(), reader())
    return attachment(content, _TYPES[ending], f"carte-territoire.{ending}")


def _sheet(family: str) -> tuple[Words, str]:
    snapshot, today = served().snapshot, services().today()
    wanted, look, _faults = read_address(snapshot)
    contours, _without = contours_here(snapshot)
    found = geo_map(snapshot, wanted, look, today, contours, world_contours())
    sources = [c.attribution for c in (contours, world_contours()) if c and c.attribution]
    words = sheet_words(snapshot, wanted, choose(snapshot, wanted, today), today)
    words = replace(
        words,
        title=_("Où agit « %(name)s »", name=snapshot.name(wanted.centre))
        if wanted.centre is not None
        else _("Carte du territoire"),
        told=tuple(description(snapshot, found.places, len(found.measured.values))),
    )
    legends = _legends(snapshot, wanted, look, found, sources)
    return words, geo_sheet(str(found.home), str(found.world), words, legends, family=family)


def _legends(snapshot: Snapshot, wanted: MapFilter, look: Look, found: GeoMap, sources: list[str]) -> Legends:
    """`sources`: where the contours come from."""
    note = [measure_note(look.measure), _("Trait épais : limite d'intercommunalité.")]
    if sources:
        note.append(f"{_('Contours :')} {' ; '.join(sources)}.")
    classes = [
        shade_key(line.shade, f"{line.text} ({counted(line.count, _('commune'))})")
        for line in class_lines(found, look.measure)
    ]
    if look.measure in SHARES:
        classes.append(shade_key(None, _("aucun acteur")))
    kinds = kinds_shown(snapshot, wanted) if look.symbols is Symbols.ACTORS else []
    chosen = [(k, n) for k, n in kinds if not wanted.kinds or k in {one.value for one in wanted.kinds}]
    return Legends(
        home=f"{measure_names()[look.measure.value]} {_('par commune')}",
        world=_("Lieux partenaires"),
        classes=classes,
        arcs=_arcs(found),
        kinds=[kind_key(kind, n) for kind, n in chosen],
        note=" ".join(note),
    )


def _arcs(found: GeoMap) -> list[Key]:
    """Classes, then widths, with how many places bear each."""
    if not found.arcs:
        return []
    names = class_words()
    widths = {
        1: _("1 acteur d'ici"),
        2: _("2 ou 3 acteurs"),
        3: _("4 à 7 acteurs"),
        4: _("8 acteurs ou plus"),
    }
    return [
        *(arc_key(code, f"{capital(names[code])} ({n})") for code, n in found.arcs),
        arc_key("cooperation", _("en clair : terminé, en sommeil ou sans suite connue"), faint=True),
        *(arc_key("", f"{widths[width]} ({n})", width=width) for width, n in found.widths),
    ]
