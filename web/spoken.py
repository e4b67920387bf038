"""What templates and pages say, in the reader's language: French texts are the keys of the catalogues."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from web.french import typeset
from web.language import Language, reader

if TYPE_CHECKING:  # looked up when needed: the command line says its help without them
    from babel.support import LazyProxy, NullTranslations
    from flask import Flask

_FOLDER = Path(__file__).parent / "translations"


def install_speech(app: "Flask") -> None:
    """Replace the look-ups flask-babel gave the templates by ours. After `Babel(app)`."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of the i18n extension
        gettext=lambda text: _said(reader(), text),
        ngettext=_counted,
        newstyle=True,
    )
    app.jinja_env.globals["reader"] = reader


def gettext(text: str, **values: object) -> str:
    """The text in the reader's language, for Python code: the same as `_()` in a template."""
    said = _said(reader(), text)
    return said % values if values else said


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The same for a text that counts; `num` is one of the values."""
    return _counted(one, many, num) % {"num": num, **values}


def lazy_gettext(text: str) -> "LazyProxy":
    """A text of a module, said in the language of whoever reads it each time it is shown."""
    from babel.support import LazyProxy

    return LazyProxy(gettext, text, enable_cache=False)


def _counted(one: str, many: str, n: int) -> str:
    """In French, zero is singular as one is."""
    singular = abs(n) < 2 if reader() is Language.FRENCH else n == 1
    return _said(reader(), one, many, 1 if singular else 2)


@lru_cache(maxsize=16384)
def _said(language: Language, one: str, many: str | None = None, n: int = 1) -> str:
    """The texts of a site are few, and said again on every page: each is looked up and set once."""
    if language is Language.FRENCH:
        return typeset(one if many is None or n == 1 else many)
    known = _catalogue(language)
    return known.ugettext(one) if many is None else known.ungettext(one, many, n)


@lru_cache
def _catalogue(language: Language) -> "NullTranslations":
    from babel.support import Translations

    return Translations.load(_FOLDER, [language.value], "messages")
