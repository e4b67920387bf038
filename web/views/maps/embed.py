"""The map in the page of another site: the frame itself, and the page that gives its code."""

from urllib.parse import urlencode

from flask import Blueprint, current_app, render_template, request, url_for
from markupsafe import Markup

from web.headers import allow_embedding
from web.maps.chosen import choose
from web.maps.filter_words import filter_sentence, map_title
from web.maps.sheet.bare import bare_drawing
from web.maps.sheet.frame import read_frame
from web.maps.told import description
from web.maps.wanted import read_what_is_sound
from web.permissions import Action, policy
from web.shown import served, services
from web.views.maps.exports import drawing_of

bp = Blueprint("embed", __name__)


@bp.get("/carte/integree")
@policy(Action.READ)
def frame() -> str:
    """The map of these filters, with little around it, for the frame of a site that is allowed to."""
    allow_embedding()
    snapshot, today = served().snapshot, services().today()
    wanted, _faults = read_what_is_sound(snapshot, request.args)
    seen = read_frame(request.args.get("cadre", ""))
    shown = choose(snapshot, wanted, today)
    drawing = drawing_of(snapshot, wanted, shown)
    title, told = map_title(snapshot, wanted), description(snapshot, shown)
    picture = bare_drawing(drawing, title, told, frame=seen, chosen=request.args.get("choix", ""))
    return render_template(
        "embed_frame.html",
        title=title,
        filters=filter_sentence(snapshot, wanted),
        count=len(shown.nodes),
        relations=len(shown.edges),
        picture=Markup(picture),  # noqa: S704  made by us, every name in it escaped
        kinds=list(dict.fromkeys(n["kind"] for n in sorted(drawing["nodes"], key=lambda n: str(n["kind"])))),
        today=today,
        whole=url_for("map.page") + _asked(without=("cadre",)),
    )


@bp.get("/carte/integrer")
@policy(Action.READ)
def code() -> str:
    """The code to copy into another site, and which sites may show it."""
    snapshot = served().snapshot
    wanted, _faults = read_what_is_sound(snapshot, request.args)
    read_frame(request.args.get("cadre", ""))
    return render_template(
        "embed_code.html",
        address=url_for("embed.frame", _external=True) + _asked(),
        title=map_title(snapshot, wanted),
        filters=filter_sentence(snapshot, wanted),
        hosts=current_app.config["MAILLAGE_EMBED_HOSTS"],
        preview=url_for("embed.frame") + _asked(),
        back=url_for("map.page") + _asked(without=("cadre",)),
    )


def _asked(without: tuple[str, ...] = ()) -> str:
    """The query of this address, as given, but for some names."""
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in without]
    return f"?{urlencode(kept)}" if kept else ""
