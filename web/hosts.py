"""Only the site's own names are answered: another site cannot borrow it by pointing a name at its address.

Flask's TRUSTED_HOSTS does the same, except for IPv6 addresses (Werkzeug 3.1 cuts `[::1]` at its first colon).
"""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request
from flask.globals import request_ctx

from web.spoken import gettext as _


def name_of(host: str) -> str:
    """The name in a Host header, without its port, in lower case; empty when it has none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def install_hosts(app: Flask) -> None:
    """Refuse requests under other names than those of MAILLAGE_HOSTS (None: any)."""
    app.before_request(_refuse_others)


def _refuse_others() -> None:
    names = current_app.config.get("MAILLAGE_HOSTS")
    if request_ctx.url_adapter is None or (names is not None and name_of(request.host) not in names):
        # Plain text: a page holds addresses, and none can be made under a name that is no name.
        said = _("L'adresse ou le formulaire contient une valeur que le site ne comprend pas.")
        abort(Response(said, 400, mimetype="text/plain"))
