"""Which pages can be kept under a name: maps and lists, whose address holds their whole state."""

from urllib.parse import parse_qsl, unquote, urlsplit

from flask import Flask, current_app, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from graphsvc.domain.errors import InvalidValue

MAP = "map.page"
KEPT = frozenset(
    {
        MAP,
        "geography.page",
        "geography.gaps",
        "actors.directory",
        "announcements.board",
        "calls.calls",
        "experiences.sheets",
        "partners.find_partners",
        "pooling.pool",
        "isolated.work_list",
        "isolated.to_recruit",
        "network_health.page",
        "evolution.page",
        "opportunities.convergence_list",
        "opportunities.triangle_list",
        "opportunities.place_list",
        "opportunities.gap_list",
        "opportunities.dormant_list",
        "search.results",
        "sheets.sheet",
        "report.yearly",
        "territories.territory",
        "themes.theme",
        "what_if.page",
        "best_links.page",
        "letters.choose",
    }
)
_STAGE = (1100.0, 620.0)  # pixels: about the map on a desk, whose size the address does not hold


def can_keep() -> bool:
    """Whether the page of this request can be kept."""
    return request.endpoint in KEPT


def this_address() -> str:
    """The address of this page, as it is kept: without the prefix under which the site is served."""
    return request.full_path.rstrip("?")


def install_kept_pages(app: Flask) -> None:
    """Give the templates `can_keep()` and `this_address()`."""
    app.jinja_env.globals.update(can_keep=can_keep, this_address=this_address)


def page_of_address(address: str) -> str:
    """The endpoint of an address that can be kept. Raises InvalidValue."""
    path = unquote(urlsplit(address).path)
    try:
        endpoint, _values = current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        endpoint = ""
    if endpoint not in KEPT or not address.startswith("/") or address.startswith("//"):
        raise InvalidValue("view", "address", address[:80], "view_address")
    return str(endpoint)


def map_query(address: str) -> "MultiDict[str, str]":
    """What a kept map asks of its sheet: its filters, the part seen (`cadre`) and the chosen actor."""
    parts = urlsplit(address)
    query: MultiDict[str, str] = MultiDict(parse_qsl(parts.query))
    seen = dict(parse_qsl(parts.fragment))
    frame = _frame(seen.get("vue", ""))
    if frame:
        query["cadre"] = frame
    if seen.get("choix"):
        query["choix"] = seen["choix"]
    return query


def _frame(seen: str) -> str:
    """The frame around `x,y,scale`; nothing when it is not one."""
    try:
        x, y, scale = (float(part) for part in seen.split(","))
    except ValueError:
        return ""
    if not 0.01 < scale < 20 or not abs(x) + abs(y) < 1e6:
        return ""
    wide, high = _STAGE[0] / scale / 2, _STAGE[1] / scale / 2
    return ",".join(f"{side:.1f}" for side in (x - wide, y - high, x + wide, y + high))
