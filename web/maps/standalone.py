"""The map as one file that opens offline: the drawing, its legend, and the table that says the same.

Everything is in the page: data, styles, scripts. Its own policy lets it run these and ask nothing of anybody.
"""

import base64
import hashlib
import json
from collections import Counter
from datetime import date
from pathlib import Path

from flask import Flask, render_template
from flask_babel import Babel
from markupsafe import Markup

from graphsvc.analytics.layout import compute_layout
from graphsvc.domain.actors import ActorKind
from graphsvc.domain.links import LinkClass
from graphsvc.exchange.write import replace_file
from graphsvc.snapshot import Snapshot
from web.maps.chosen import MapFilter, choose
from web.maps.drawing_library import library_path
from web.maps.network import network_document
from web.maps.told import description, table_rows
from web.maps.words import drawing_words
from web.shown import documented_years, install_words
from web.spoken import install_speech

_STATIC = Path(__file__).parents[1] / "static"
_PARTS = (
    "graph",
    "view",
    "bubbles",
    "strokes",
    "symbols",
    "ground",
    "names",
    "over",
    "vis",
    "watch",
    "offline",
)
_SCRIPTS = tuple(f"map-{part}.js" for part in _PARTS)


def write_map(snapshot: Snapshot, path: Path, *, today: date) -> None:
    """Write the page of the whole network. The file is replaced at once."""
    app = Flask("web", template_folder="templates")
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    Babel(app, locale_selector=lambda: "fr")
    install_speech(app)
    install_words(app)
    with app.test_request_context():
        replace_file(path, _page(snapshot, today).encode())


def _page(snapshot: Snapshot, today: date) -> str:
    shown = choose(snapshot, MapFilter(classes=frozenset(LinkClass)), today)
    drawing = network_document(snapshot, compute_layout(snapshot), shown, today)
    for node in drawing["nodes"]:
        del node["url"]  # the site may be out of reach
    scripts = [_script(library_path()), *(_script(_STATIC / name) for name in _SCRIPTS)]
    style = "\n".join((_STATIC / name).read_text(encoding="utf-8") for name in ("style.css", "map.css"))
    kinds = Counter(snapshot.actor(i).kind.value for i in shown.nodes)
    classes = Counter(edge.link_class.value for edge in shown.edges)
    return render_template(
        "map_offline.html",
        policy="; ".join(
            (
                "default-src 'none'",
                f"script-src {' '.join(map(_hash, scripts))}",
                f"style-src {_hash(style)}",
                "img-src data: blob:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        ),
        style=Markup(style),  # noqa: S704  our own files
        scripts=[Markup(text) for text in scripts],  # noqa: S704  our own files and pyvis's
        data=_data({"doc": drawing, "words": drawing_words()}),
        legend=[(kind.value, kinds[kind.value]) for kind in ActorKind if kinds[kind.value]],
        classes=[(c.value, classes[c.value]) for c in LinkClass if classes[c.value]],
        sentences=description(snapshot, shown),
        rows=table_rows(snapshot, shown, "nom"),
        today=today,
        documented=documented_years(snapshot),
    )


def _script(path: Path) -> str:
    """The script, unable to end its own element."""
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _data(value: object) -> Markup:
    """JSON that no name in it can break out of."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    safe = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(safe)  # noqa: S704  made safe just before


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
