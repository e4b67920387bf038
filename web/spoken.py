"""What templates and pages say, in the reader's language: French texts are the keys of the catalogues."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from web.french import typeset
from web.language import Language, reader

if TYPE_CHECKING:  # looked up when needed: the command line says its help without them
    from babel.support import LazyProxy, NullTranslations
    from flask import Flask

_FOLDER = Path(__file__).parent / "translations"


def install_speech(app: "Flask") -> None:
    """Replace the look-ups flask-babel gave the templates by ours. After `Babel(app)`.

    A page says some sixty texts: what the i18n extension does anew for each of them is done here once a text.
    """
    app.jinja_env.globals.update(
        {"_": _marked, "gettext": _marked, "ngettext": _marked_count, "reader": reader}
    )


def _marked(text: str, /, **values: object) -> Markup:
    """`_()` in a template: the text is ours, its values are escaped."""
    return _ready(reader(), text) if not values else _set(reader(), text) % values


def _marked_count(one: str, many: str, num: int, /, **values: object) -> Markup:
    """`ngettext()` in a template."""
    return Markup(_counted(one, many, num)) % {"num": num, **values}  # noqa: S704 - a text of ours


@lru_cache(maxsize=16384)
def _set(language: Language, text: str) -> Markup:
    return Markup(_said(language, text))  # noqa: S704 - a text of ours


@lru_cache(maxsize=16384)
def _ready(language: Language, text: str) -> Markup:
    """Without values, a text is read as one with none: `%%` is one `%`."""
    return _set(language, text) % {}


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
