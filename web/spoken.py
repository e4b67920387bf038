"""The translations templates speak with, looked up once a request: a page says some hundred sentences."""

from contextvars import ContextVar

from babel.support import NullTranslations
from flask import Flask
from flask_babel import get_translations

_spoken: ContextVar[NullTranslations | None] = ContextVar("maillage_spoken", default=None)


def install_speech(app: Flask) -> None:
    """Replace the look-ups flask-babel gave the templates by ours. After `Babel(app)`."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of the i18n extension
        gettext=lambda text: _translations().ugettext(text),
        ngettext=lambda one, many, n: _translations().ungettext(one, many, n),
        newstyle=True,
    )
    app.before_request(_forget)
    app.teardown_request(_forget)


def _translations() -> NullTranslations:
    found = _spoken.get()
    if found is None:
        found = get_translations()
        _spoken.set(found)
    return found


def _forget(error: BaseException | None = None) -> None:
    del error
    _spoken.set(None)
