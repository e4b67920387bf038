"""Whom to meet, for another program: the same question and the same answer as `maillage suggest`."""

from enum import StrEnum
from typing import TypeVar

import orjson
from flask import Response, request

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.announcements import Nature
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.records import RecordKind
from graphsvc.search import find_actor, known_record
from graphsvc.snapshot import Snapshot
from matcher.asks import Ask, Asker, Context
from matcher.suggest import suggest
from web.api.kept_answers import KeptAnswers
from web.api.reading import bp, whole
from web.declined import declined_of
from web.exposed import exposure_of
from web.permissions import Action, policy
from web.shown import served, services
from web.suggestion_data import suggestions_data
from web.views.asked import texts

Code = TypeVar("Code", bound=StrEnum)
_WRITTEN = orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
LANGUAGES = ("fr", "en")
_answers = KeptAnswers()


@bp.get("/actors/<path:id_>/suggestions")
@policy(Action.READ)
def for_actor(id_: str) -> Response:
    """Whom this actor should meet. Parameters: `theme`, `territory`, `kind` (each repeatable), `ask`,
    `nature`, `text`, `top` from 1 to 100, `lang`, `capped=1` for the exposure cap of the pages.
    """
    snapshot = served().snapshot
    return _answer(snapshot, Asker.actor(find_actor(snapshot, id_[:200])))


@bp.get("/announcements/<path:id_>/suggestions")
@policy(Action.READ)
def for_announcement(id_: str) -> Response:
    """Who could answer this announcement."""
    snapshot = served().snapshot
    return _answer(snapshot, Asker.announcement(known_record(snapshot, RecordKind.ANNOUNCEMENT, id_)))


@bp.get("/projects/<path:id_>/suggestions")
@policy(Action.READ)
def for_project(id_: str) -> Response:
    """Who could join this project."""
    snapshot = served().snapshot
    return _answer(snapshot, Asker.project(known_record(snapshot, RecordKind.PROJECT, id_)))


@bp.get("/suggestions")
@policy(Action.READ)
def for_request() -> Response:
    """Whom somebody should meet who does not say who it is: only the parameters speak."""
    return _answer(served().snapshot, Asker.request())


def _answer(snapshot: Snapshot, asker: Asker) -> Response:
    private, ask = services().private, _code("ask", Ask)
    context = Context(
        themes=texts("theme"),
        territories=texts("territory"),
        ask=ask,
        kinds=tuple(ActorKind(code) for code in texts("kind") if _known("kind", code, ActorKind)),
        declined=declined_of(private, snapshot, asker),
        nature=_code("nature", Nature),
        text=" ".join(request.args.get("text", "").split()),
    )
    exposure = exposure_of(private, snapshot, asker, ask) if request.args.get("capped") == "1" else None
    today, top, learned, language = services().today(), whole("top", 10), services().order.in_use, _language()

    def write() -> bytes:
        found = suggest(snapshot, asker, context, today=today, top=top, exposure=exposure, learned=learned)
        return orjson.dumps(suggestions_data(snapshot, found, language), option=_WRITTEN)

    of_state = snapshot.store_id, snapshot.revision
    answer = _answers.of((of_state, asker, context, today, top, exposure, learned, language), write)
    return Response(answer, mimetype="application/json")


def _language() -> str:
    given = request.args.get("lang", "fr")
    if given not in LANGUAGES:
        raise InvalidValue("query", "lang", given[:80], "unknown_code")
    return given


def _code(name: str, codes: type[Code]) -> Code | None:
    given = request.args.get(name, "")
    return codes(given) if given and _known(name, given, codes) else None


def _known(name: str, given: str, codes: type[StrEnum]) -> bool:
    if given not in list(codes):
        raise InvalidValue("query", name, given[:80], "unknown_code")
    return True
