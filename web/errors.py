"""Refusals and failures as answers: the right status, a page in plain words, JSON for the API."""

import logging

from babel.support import LazyProxy
from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from graphsvc.domain.errors import AmbiguousName, InvalidValue, Refused, StoreError, UnknownRecord
from matcher.asks import ContradictoryContext
from web.api.parameters import IdleParameter, UnknownParameter
from web.spoken import lazy_gettext as _
from web.words.messages import sentence

_log = logging.getLogger(__name__)
_TOLD: dict[int, tuple[LazyProxy, LazyProxy]] = {
    400: (
        _("Demande incomprise"),
        _("L'adresse ou le formulaire contient une valeur que le site ne comprend pas."),
    ),
    404: (_("Page introuvable"), _("Cette page n'existe pas, ou n'existe plus sous cette adresse.")),
    405: (_("Action impossible ici"), _("Cette page ne s'ouvre pas de cette façon. Revenez en arrière.")),
    409: (
        _("Cela a changé entre-temps"),
        _("Quelqu'un a été plus rapide. Relisez la page, puis recommencez s'il le faut."),
    ),
    413: (
        _("Envoi trop lourd"),
        _("Ce que vous avez envoyé dépasse la taille permise. Réduisez-le puis recommencez."),
    ),
    429: (_("Trop de demandes"), _("Patientez un instant, puis recommencez.")),
    500: (
        _("Erreur de notre côté"),
        _("La page n'a pas pu être préparée. L'incident est noté ; réessayez bientôt."),
    ),
    503: (
        _("Données momentanément indisponibles"),
        _("La base du réseau ne répond pas. Réessayez bientôt."),
    ),
}

# A page lists the names below as links: its sentence neither repeats them nor what was typed in the address.
_ON_A_PAGE: dict[type[Refused], LazyProxy] = {
    UnknownRecord: _("Rien ne répond à cette adresse : elle a pu changer, ou être mal recopiée."),
    AmbiguousName: _("Plusieurs réponses portent ce nom. Choisissez la bonne."),
}


def install_errors(app: Flask) -> None:
    """Map every error once."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(StoreError, _store_down)
    app.register_error_handler(Exception, _unexpected)


def wants_json() -> bool:
    """Whether the answer is read by a program."""
    return request.path.startswith("/api/") or request.path.endswith(".json") or request.path == "/sante"


def _http(error: HTTPException) -> Response:
    if error.response is not None:  # an answer made on purpose, such as abort(Response(…))
        return make_response(error.response)
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    answer = _answer(status, f"http_{status}")
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _refused(error: Refused) -> Response:
    if isinstance(error, UnknownRecord):
        status, near = 404, list(error.nearest)
    elif isinstance(error, AmbiguousName):
        status, near = 400, list(error.candidates)
    elif isinstance(error, ContradictoryContext):
        status, near = 400, list(error.nearest)
    else:
        wrong = isinstance(error, (InvalidValue, UnknownParameter, IdleParameter))
        status, near = (400 if wrong else 409), []
    kind = getattr(error, "kind", "")
    return _answer(
        status, error.code, sentence(error), near=near, kind=kind, shown=_ON_A_PAGE.get(type(error))
    )


def _store_down(error: StoreError) -> Response:
    _log.warning("answered 503: %s", error)
    answer = _answer(503, "store_unavailable")
    answer.headers["Retry-After"] = "5"
    return answer


def _unexpected(error: Exception) -> Response:
    _log.exception("a request failed", exc_info=error)
    return _answer(500, "internal_error")


def _answer(
    status: int,
    code: str,
    said: str | None = None,
    *,
    near: list[dict[str, str]] | None = None,
    kind: str = "",
    shown: LazyProxy | None = None,
) -> Response:
    title, usual = map(str, _TOLD.get(status, _TOLD[400 if status < 500 else 500]))
    if wants_json():
        told = {"code": code, "text": said or usual, **({"nearest": near} if near else {})}
        answer = make_response(jsonify(error=told))
    else:
        text = str(shown or said or usual)
        page = render_template("error.html", title=title, text=text, status=status, near=near, kind=kind)
        answer = make_response(page)
    answer.status_code = status
    return answer
