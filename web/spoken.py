"""The translations templates speak with, looked up once a request: a page says some hundred sentences."""

from contextvars import ContextVar
from functools import lru_cache

from babel.support import NullTranslations
from flask import Flask
from flask_babel import get_translations

from web.french import typeset

_spoken: ContextVar[NullTranslations | None] = ContextVar("maillage_spoken", default=None)


def install_speech(app: Flask) -> None:
    """Replace the look-ups flask-babel gave the templates by ours. After `Babel(app)`."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of the i18n extension
        gettext=lambda text: _typeset(_translations().ugettext(text)),
        ngettext=lambda one, many, n: _typeset(_translations().ungettext(one, many, _counted(n))),
        newstyle=True,
    )
    app.before_request(_forget)
    app.teardown_request(_forget)


def gettext(text: str, **values: object) -> str:
    """The text in the reader's language, for Python code: the same as `_()` in a template."""
    said = _typeset(_translations().ugettext(text))
    return said % values if values else said


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The same for a text that counts; `num` is one of the values."""
    return _typeset(_translations().ungettext(one, many, _counted(num))) % {"num": num, **values}


def _counted(n: int) -> int:
    """The number that decides: in French, zero is singular as one is."""
    return n if abs(n) > 1 else 1


@lru_cache(maxsize=8192)
def _typeset(text: str) -> str:
    """French spaces; the texts of the templates are few, and said again on every page."""
    return typeset(text)


def _translations() -> NullTranslations:
    found = _spoken.get()
    if found is None:
        found = get_translations()
        _spoken.set(found)
    return found


def _forget(error: BaseException | None = None) -> None:
    del error
    _spoken.set(None)
