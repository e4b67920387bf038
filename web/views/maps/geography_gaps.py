"""The map of what lacks and of what piles up abroad, with a matrix of themes and partner territories."""

from collections import Counter
from dataclasses import replace

from flask import render_template, request

from graphsvc.snapshot import Snapshot
from matcher.places.concentration import Load
from web.maps.chosen import MapFilter
from web.maps.geo_classes import shade_of
from web.maps.geo_frames import OUTSTANDING
from web.maps.geo_measures import Measure
from web.maps.geo_territory import world_contours
from web.maps.geo_words import range_text
from web.named import place_name, topic_name
from web.permissions import Action, may, policy
from web.shown import SHAPES, served, services
from web.spoken import gettext as _
from web.spoken import ngettext
from web.views.actors.record_view import named_place
from web.views.maps.gap_map import SHAPE_OF, GapMap, gap_map
from web.views.maps.geography import ClassLine, bp, contours_here, form_values, read_address
from web.views.opportunities.group_cards import named_theme
from web.words.groups import LOADS
from web.written import listed, number

_NAMED = 3


@bp.get("/carte/manques")
@policy(Action.READ)
def gaps() -> str:
    """Where many are, where a place hangs on one link, where nobody is, which themes nobody works on.

    Counts for everybody; the titles of needs for those whose role allows it, as on `/opportunites`.
    """
    snapshot, today = served().snapshot, services().today()
    wanted, look, faults = read_address(snapshot)
    contours, _without = contours_here(snapshot)
    asked = MapFilter(theme=wanted.theme, territory=wanted.territory)
    drawn = gap_map(
        snapshot, asked, request.args.get("cadre", OUTSTANDING), today, contours, world_contours()
    )
    seen = may(Action.SEE_WORK_LIST)
    return render_template(
        "geography_gaps.html",
        **form_values(snapshot, wanted, look, faults),
        drawn=drawn,
        frame_shown=drawn.frame,
        ignored=replace(wanted, theme=None, territory=None) != MapFilter(),
        loads=[
            (load.value, LOADS[load.value], [p for p in drawn.loads if p.load is load])
            for load in Load
            if any(p.load is load for p in drawn.loads)
        ],
        sentences=gap_sentences(snapshot, drawn),
        place=lambda p: named_place(snapshot, p),
        theme=lambda t: named_theme(snapshot, t),
        needs=[snapshot.announcement(n.announcement) for n in drawn.needs] if seen else [],
        named=seen,
        shapes={load.value: SHAPES[shape] for load, shape in SHAPE_OF.items()},
        legend=[
            ClassLine(shade_of(c.most, drawn.classes), range_text(c.least, c.most, Measure.THEMES), c.count)
            for c in drawn.classes
        ],
        attributions=[c.attribution for c in (contours, world_contours()) if c and c.attribution],
    )


def gap_sentences(snapshot: Snapshot, drawn: GapMap) -> list[str]:
    """How many places stand out and which, which theme lacks most, how many needs wait."""
    if not drawn.loads:
        return [_("Aucun territoire partenaire ne répond à ces filtres.")]
    said = []
    for load, one, many in (
        (
            Load.CROWDED,
            _("Beaucoup d'acteurs agissent côte à côte dans un territoire : %(names)s."),
            _("Beaucoup d'acteurs agissent côte à côte dans %(n)s territoires : %(names)s."),
        ),
        (
            Load.HANGING,
            _("Un territoire ne tient qu'à un lien : %(names)s."),
            _("%(n)s territoires ne tiennent qu'à un lien : %(names)s."),
        ),
        (
            Load.NOBODY,
            _("Un territoire partenaire n'a plus personne d'ici : %(names)s."),
            _("%(n)s territoires partenaires n'ont plus personne d'ici : %(names)s."),
        ),
    ):
        found = [p for p in drawn.loads if p.load is load]
        if found:
            names = listed([place_name(snapshot.place(p.place)) for p in found[:_NAMED]], len(found))
            said.append((one if len(found) == 1 else many) % {"n": number(len(found)), "names": names})
    lacking = Counter(gap.theme for gap in drawn.missing).most_common(_NAMED)
    if lacking:
        names = listed([f"{topic_name(snapshot.theme(t))} ({n})" for t, n in lacking])
        said.append(
            _("Les thèmes qui manquent le plus là où quelque chose les appelle : %(names)s.", names=names)
        )
    if drawn.needs:
        said.append(
            ngettext(
                "Un besoin ouvert n'a pas d'offre en face.",
                "%(n)s besoins ouverts n'ont pas d'offre en face.",
                len(drawn.needs),
                n=number(len(drawn.needs)),
            )
        )
    return said
