"""Where accounts join the application: sessions, CSRF, permissions, pages, refusals."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from people.database import PrivateDatabase
from people.retention import purge
from web.accounts import entry, inviting, members, own
from web.accounts.blueprint import bp
from web.accounts.directory import ActorDirectory, EmptyDirectory, SnapshotDirectory
from web.accounts.labels import ROLE_LABELS
from web.accounts.services import EXTENSION, AccountServices
from web.hosts import install_hosts
from web.permissions import install_permissions
from web.sessions import PrivateSessions, guard_caches
from web.words.accounts import denied_sentence

if TYPE_CHECKING:
    from graphsvc.snapshot import Snapshot


VIEWS = (entry, inviting, members, own)
"""Imported so that their routes are there."""


def register_accounts(
    app: Flask, private: PrivateDatabase, current: "Callable[[], Snapshot | None] | None"
) -> None:
    """See web.accounts.register."""
    directory: ActorDirectory = EmptyDirectory() if current is None else SnapshotDirectory(current)
    purge(private)
    app.extensions[EXTENSION] = AccountServices(private, directory)
    app.session_interface = PrivateSessions(private, directory)
    proxies = int(app.config.get("MAILLAGE_PROXIES") or 0)
    if proxies:
        proxied = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # Flask's documented way
    install_hosts(app)
    install_permissions(app)  # before CSRF: who may not do a thing is told so, whatever the form
    CSRFProtect(app)
    app.register_blueprint(bp)
    app.context_processor(lambda: {"role_labels": ROLE_LABELS})
    app.register_error_handler(401, _denied)
    app.register_error_handler(403, _denied)
    app.register_error_handler(CSRFError, _denied)
    app.after_request(guard_caches)


def _denied(error: HTTPException) -> Response:
    """A page in plain French (JSON for the API): sign in, or not allowed, or an outdated form."""
    status = error.code or 403
    kind = "form" if isinstance(error, CSRFError) else {401: "sign_in", 403: "not_allowed"}[status]
    if request.path.startswith("/api/"):
        code = {"form": "csrf", "sign_in": "sign_in_required", "not_allowed": "not_allowed"}[kind]
        text = denied_sentence(code, request.args.get("lang"))
        answer = make_response(jsonify(error={"code": code, "text": text}))
        answer.status_code = status
        return answer
    back = request.full_path.removesuffix("?") if request.method == "GET" else None
    return Response(
        render_template("accounts/denied.html", kind=kind, back=back), status, mimetype="text/html"
    )
