"""Et si… : imagine links, read what they would change, compare several sets, keep one as a plan."""

from flask import Blueprint, render_template, request

from graphsvc.analytics.what_if import Use
from web.link_lines import link_line, read_links
from web.maps.kept_layout import map_layout
from web.permissions import Action, may, policy
from web.shown import served, services
from web.views.actors.record_view import named_actor
from web.views.coordination.imagined import figure_rows, imagine, told
from web.views.coordination.imagined_map import drawing_of
from web.views.coordination.links import best_set

bp = Blueprint("what_if", __name__)
SETS = ("liens", "liens2", "liens3")
PROPOSED = 8


@bp.get("/coordination/et-si")
@policy(Action.SEE_WORK_LIST)
def page() -> str:
    """Up to three sets side by side; the whole question is in the address, which can be shared."""
    snapshot, today = served().snapshot, services().today()
    typed = _typed()
    read = [read_links(snapshot, lines) for lines in typed]
    asked = [(number, one) for number, one in enumerate(read, start=1) if one.pairs or one.faults]
    found = [(number, one, imagine(snapshot, today, one.pairs)) for number, one in asked]
    first = found[0][2] if found else imagine(snapshot, today, ())
    new = [(one.a, one.b) for _, _, answer in found[:1] for one in answer.links if one.use is Use.NEW]
    drawing = None
    if new:
        drawing = drawing_of(snapshot, map_layout(services(), snapshot), snapshot.ties(today), new)
    return render_template(
        "coordination/what_if.html",
        rows=figure_rows(first.before, [answer.after for _, _, answer in found]),
        sets=[(number, one, told(snapshot, answer)) for number, one, answer in found],
        texts=["\n".join(lines) for lines in typed],
        names=SETS,
        proposed=[
            (
                link_line(snapshot, step.a, step.b),
                named_actor(snapshot, snapshot.ids[step.a]),
                named_actor(snapshot, snapshot.ids[step.b]),
            )
            for step in best_set(snapshot, today, PROPOSED).steps
        ],
        drawing=drawing,
        steers=may(Action.STEER),
    )


def _typed() -> list[list[str]]:
    """The lines of each set; picked links join the first."""
    sets = [request.args.get(name, "")[:20_000].splitlines() for name in SETS]
    lines = [line.strip() for line in sets[0] if line.strip()]
    picked = [line.strip()[:1_000] for line in request.args.getlist("lien")[:100] if line.strip()]
    return [list(dict.fromkeys([*lines, *picked])), *sets[1:]]
