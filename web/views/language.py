"""The language a visitor reads: French, until they choose another with the link of every page.

The site of a French Département speaks French to whoever has chosen nothing, whatever their browser asks for:
a page is the same for everybody one sends its address to.

A link and not a form: a form needs a session and its cookie, on pages that nobody signed in to. What the link
changes is harmless, and browsers keep no `Lax` cookie that a page of another site made them fetch.
A program that asks the API says its language in the address (`lang=en`): no cookie or header changes that.
"""

from flask import Blueprint, Flask, Response, abort, current_app, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from web.accounts.destination import own_path
from web.language import NAMES, Language, reader, set_reader
from web.permissions import Action, policy

bp = Blueprint("language", __name__)
COOKIE = "langue"
KEPT_SECONDS = 365 * 24 * 3600


@bp.get("/langue/<code>")
@policy(Action.READ)
def choose(code: str) -> AnyResponse:
    """Read the site in this language from now on, beginning with the page one comes from (`retour`)."""
    if code not in list(Language):
        abort(404)
    answer = redirect(own_path(request.args.get("retour")) or url_for("pages.home"), 303)
    answer.set_cookie(
        COOKIE,
        code,
        max_age=KEPT_SECONDS,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )
    return answer


def install_language(app: Flask) -> None:
    """Find the reader's language before anything is said, and tell caches what the answer depends on."""
    app.before_request(_begin)
    app.after_request(_tell)
    app.teardown_request(_end)
    app.jinja_env.globals.update(other_languages=other_languages, as_written=as_written)


def other_languages() -> list[tuple[str, str, str]]:
    """The languages this page is not in: code, name in that language, address that chooses it."""
    here = request.full_path.removesuffix("?") if request.method == "GET" else None
    if here is not None and own_path(here) is None:
        here = None
    return [
        (code.value, name, url_for("language.choose", code=code.value, retour=here))
        for code, name in NAMES.items()
        if code is not reader()
    ]


def as_written() -> Markup:
    """The attribute of an element whose words the sources wrote, in French; nothing for a French reader.

    WCAG 3.1.2: a screen reader changes its voice. Names need none of it.
    """
    return Markup("") if reader() is Language.FRENCH else Markup(' lang="fr"')


def _begin() -> None:
    set_reader(_asked())


def _asked() -> Language:
    if _by_address():
        return Language.ENGLISH if request.args.get("lang") == "en" else Language.FRENCH
    chosen = request.cookies.get(COOKIE)
    if chosen in list(Language):
        return Language(chosen)
    return Language.FRENCH


def _by_address() -> bool:
    return request.path.startswith("/api/")


def _tell(response: Response) -> Response:
    # A page that does not look at the cookie is the same for everybody.
    if response.mimetype == "text/html" and "cookie" in response.vary and not _by_address():
        response.headers.setdefault("Content-Language", reader().value)
    return response


def _end(error: BaseException | None) -> None:
    del error
    set_reader(Language.FRENCH)
