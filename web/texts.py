"""Every text of the site that is to be translated, read from its source: `python -m web.texts` brings the
catalogues level with it.

The French text is the key. Pages say `_("…")` and `ngettext("…", "…", n)`; `n | counted("acteur")` counts a
noun, whose plural is the noun and an s unless it is given.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).parent
TRANSLATIONS = ROOT / "translations"
ENGLISH = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"
_ONE = frozenset({"_", "gettext", "lazy_gettext", "later"})
_COUNTING = "counted"
# The command line speaks French; what is said in one language only has no key.
_NOT_READ = ("cli", "reasons")


@dataclass(frozen=True, slots=True)
class Text:
    """A text and where it stands; `many` is its plural, when it counts."""

    file: str
    line: int
    one: str
    many: str | None = None

    @property
    def key(self) -> str | tuple[str, str]:
        """The key of the catalogue."""
        return self.one if self.many is None else (self.one, self.many)


def texts() -> Iterator[Text]:
    """The texts of the templates and of the Python of the site."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield from template_texts(path.read_text(encoding="utf-8"), _name(path))
    for path in sorted(ROOT.rglob("*.py")):
        if path.relative_to(ROOT).parts[0] not in _NOT_READ:
            yield from python_texts(path.read_text(encoding="utf-8"), _name(path))


def template_texts(source: str, file: str) -> Iterator[Text]:
    """The texts of a template: calls, and the filter that counts."""
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name):
            yield from _said(call.node.name, [_constant(a) for a in call.args], file, call.lineno)
    for found in tree.find_all(nodes.Filter):
        if found.name == _COUNTING:
            yield from _said(_COUNTING, [None, *map(_constant, found.args)], file, found.lineno)


def python_texts(source: str, file: str) -> Iterator[Text]:
    """The texts of a module. `counted` is ours only where it was taken from `web.written`."""
    tree = ast.parse(source)
    ours = any(
        isinstance(n, ast.ImportFrom) and n.module == "web.written" and _COUNTING in {a.name for a in n.names}
        for n in ast.walk(tree)
    )
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            name = call.func.id
            if name != _COUNTING or ours:
                arguments = [a.value if isinstance(a, ast.Constant) else None for a in call.args]
                yield from _said(name, arguments, file, call.lineno)


def _said(name: str, arguments: Sequence[object], file: str, line: int) -> Iterator[Text]:
    given = [a if isinstance(a, str) else "" for a in arguments]
    if name in _ONE and given and given[0]:
        yield Text(file, line, given[0])
    elif name == "ngettext" and len(given) > 1 and given[0]:
        yield Text(file, line, given[0], given[1])
    elif name == _COUNTING and len(given) > 1 and given[1]:
        yield Text(file, line, given[1], given[2] if len(given) > 2 else given[1] + "s")


def _constant(node: nodes.Node) -> object:
    return node.value if isinstance(node, nodes.Const) else None


def _name(path: Path) -> str:
    return path.relative_to(ROOT.parent).as_posix()


def source_catalogue() -> Catalog:
    """The texts as a catalogue without translations."""
    found = Catalog()
    for text in texts():
        found.add(text.key, locations=[(text.file, text.line)])
    return found


def english() -> Catalog:
    """The English catalogue as it is kept."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en", domain="messages")


def bring_level() -> list[str]:
    """Add the new texts to the English catalogue, drop those that are gone, compile; what has no English."""
    known, wanted = english(), Catalog(
        locale="en", project="Maillage", domain="messages", fuzzy=False,
        header_comment="# The texts of the site in English. Keys are the French texts; `make translations`.",
    )  # fmt: skip
    wanted.revision_date = wanted.creation_date = known.creation_date
    for message in source_catalogue():
        if message.id:
            had = known.get(message.id[0] if isinstance(message.id, tuple) else message.id)
            same = had is not None and isinstance(had.id, tuple) == isinstance(message.id, tuple)
            files = [(file, 0) for file in dict.fromkeys(file for file, _ in message.locations)]
            wanted.add(message.id, had.string if had is not None and same else None, locations=files)
    with ENGLISH.open("wb") as written:
        write_po(written, wanted, sort_output=True, width=110, include_lineno=False)
    for source in TRANSLATIONS.rglob("*.po"):
        with source.open("rb") as file, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(file, locale=source.parts[-3]))
    return [str(message.id) for message in wanted if message.id and not is_translated(message)]


def is_translated(message: Message) -> bool:
    """Whether the text has its English, and its plural too when it counts."""
    said = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(said) and all(said)


if __name__ == "__main__":
    lacking = bring_level()
    sys.stdout.writelines(f"no English yet: {text}\n" for text in lacking)
    sys.exit(1 if lacking else 0)
