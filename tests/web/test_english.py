"""Every text has its English, and no page shown in English keeps a French sentence of ours."""

import ast
import re
from collections.abc import Iterator

import pytest

from graphsvc.domain.dates import PartialDate
from tests.project.tracked_files import ROOT
from web import english
from web.labels import LABELS, plural
from web.language import Language, reading
from web.texts import english as english_catalogue
from web.texts import is_translated, source_catalogue
from web.words.because import QUESTIONS

WEB = ROOT / "web"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
FRENCH = re.compile(
    r"[éèêàçùîôœ«»]|\b(?:le|la|les|des|du|une|est|sont|dans|pour|avec|qui|sur|aucune?|vous|acteurs?)\b", re.I
)
# What a template says in no language: names of things, programs and units.
SAID_IN_NO_LANGUAGE = frozenset(
    ["Maillage", "· Maillage", "km", "SIREN", "RNA", "SVG", "PNG", "PDF", "CSV", "XLSX", "GEXF", "GraphML",
     "GeoJSON", "HTML", "ICS", "JSON", "maillage sign-in-link"]
)  # fmt: skip
# Modules whose French is not for the pages, or stands beside its English.
BESIDE = ("cli", "reasons", "words")
GRAMMAR = ("french.py", "french_names.py", "english.py", "labels.py", "language.py", "written.py")


def _keys(catalogue) -> dict[str, object]:
    return {"|".join(m.id) if isinstance(m.id, tuple) else m.id: m for m in catalogue if m.id}


def test_every_text_of_the_pages_is_in_the_english_catalogue() -> None:
    """`make translations` adds what is new; the English is then written in messages.po."""
    wanted, kept = _keys(source_catalogue()), _keys(english_catalogue())
    assert len(wanted) > 1000
    assert sorted(set(wanted) - set(kept)) == []
    assert sorted(set(kept) - set(wanted)) == []
    assert [key for key, message in kept.items() if not is_translated(message)] == []


def test_a_text_and_its_english_have_the_same_placeholders() -> None:
    for key, message in _keys(english_catalogue()).items():
        several = isinstance(message.id, tuple)
        pairs = zip(message.id, message.string, strict=True) if several else [(message.id, message.string)]
        for french, said in list(pairs)[-1:]:
            assert sorted(PLACEHOLDER.findall(french)) == sorted(PLACEHOLDER.findall(said)), key
        if several:
            assert set(PLACEHOLDER.findall(message.string[0])) <= set(PLACEHOLDER.findall(key)), key


def test_no_english_text_keeps_french_spaces_or_quotation_marks() -> None:
    for key, message in _keys(english_catalogue()).items():
        for said in [message.string] if isinstance(message.string, str) else message.string:
            assert not re.search(r"[«»\u202f]|\w [;:?!](?!\w)", said), key


def _literal_texts(source: str) -> Iterator[str]:
    """What a template says outside its expressions: between tags, and in the attributes that are read."""
    source = re.sub(r"\{% block body_class %\}.*?\{% endblock %\}", "", source)
    html = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "\n", source, flags=re.S)
    html = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.S)
    read = re.findall(r'\s(?:aria-label|aria-description|title|placeholder|alt)="([^"]*)"', html)
    between = re.findall(r">([^<>]*)<", f">{html}<")
    for text in (*read, *between):
        yield from (line.strip() for line in text.split("\n") if re.search(r"[^\W\d_]{2}", line))


@pytest.mark.parametrize("path", sorted((WEB / "templates").rglob("*.html")), ids=lambda p: p.stem)
def test_a_template_says_nothing_outside_the_catalogue(path) -> None:
    said = set(_literal_texts(path.read_text(encoding="utf-8"))) - SAID_IN_NO_LANGUAGE
    assert [text for text in said if "=" not in text] == []


def _said_here(tree: ast.Module) -> Iterator[ast.Constant]:
    """The strings of a module that are neither documentation nor looked up."""
    apart: set[int] = set()
    for node in ast.walk(tree):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if name in ("_", "gettext", "ngettext", "lazy_gettext", "later", "counted"):
            apart |= {id(inner) for argument in node.args for inner in ast.walk(argument)}
        for line in getattr(node, "body", None) or [] if not isinstance(node, ast.Lambda | ast.IfExp) else []:
            if isinstance(line, ast.Expr):
                apart.add(id(line.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield node


def test_a_module_of_the_pages_holds_no_french_outside_the_catalogue() -> None:
    found = []
    for path in sorted(WEB.rglob("*.py")):
        own = path.relative_to(WEB)
        if own.parts[0] in BESIDE or own.name in GRAMMAR or own.parts[:2] == ("api", "sent.py"):
            continue
        said = _said_here(ast.parse(path.read_text(encoding="utf-8")))
        french = (n for n in said if " " in n.value.strip() and FRENCH.search(n.value))
        found += [f"{own}:{node.lineno} {node.value[:60]}" for node in french]
    assert found == []


def test_a_module_of_the_pages_writes_numbers_and_dates_for_its_reader() -> None:
    """`web.written` knows whom it writes for; only `capital` is the same in both languages."""
    found = []
    for path in sorted(WEB.rglob("*.py")):
        own = path.relative_to(WEB)
        if own.parts[0] in BESIDE or own.name in (*GRAMMAR, "spoken.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "web.french":
                found += [f"{own}: {name.name}" for name in node.names if name.name != "capital"]
    assert found == []


def test_a_script_holds_no_text() -> None:
    for path in sorted((WEB / "static").rglob("*.js")):
        code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.S)
        for said in re.findall(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`", code):
            assert not (" " in said and re.search(r"[éèêàçùîôœ«»]|\b(?:les|des|une|est|aucune?)\b", said)), (
                path
            )


def test_numbers_dates_and_lists_read_as_english() -> None:
    assert english.number(12345) == "12,345"
    assert english.number(3.44) == "3.4"
    assert english.percent(0.004) == "<\u00a01%"
    assert english.percent(0.999) == "99%"
    assert english.counted(0, "actor") == "0 actors"
    assert english.counted(1, "actor") == "1 actor"
    assert english.listed(["A", "B", "C"]) == "A, B and C"
    assert english.listed(["A", "B"], 4) == "A, B and 2 others"
    assert english.date_text("2016-07") == "July 2016"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (None, None, ""),
        ("1990", "2000", "from 1990 to 2000"),
        ("2003", None, "since 2003"),
        (None, "2015-12-31", "until 31 December 2015"),
        ("2012", "2012", "in 2012"),
        ("2016-07-04", "2016-07-04", "on 4 July 2016"),
    ],
)
def test_periods_as_one_says_them(start: str | None, end: str | None, said: str) -> None:
    found = [PartialDate.parse(text) if text else None for text in (start, end)]
    assert english.period_text(found[0], found[1]) == said


def test_labels_in_the_plural_are_words() -> None:
    with reading(Language.ENGLISH):
        assert plural("actor_kind", "business", 2) == "businesses"
        assert plural("actor_kind", "intercommunality", 2) == "intercommunalities"
        assert plural("actor_kind", "media", 2) == "media"
        assert plural("record", "call", 2) == "calls for projects"
        assert plural("isolation_state", "isolated", 2) == "isolated"
        assert plural("actor_kind", "school", 0) == "schools"
        for group, codes in LABELS.items():
            for code in codes:
                assert not plural(group, code, 2).endswith(("ss", "yss", "sss")), (group, code)


def test_every_question_has_its_english() -> None:
    assert all(english_ != french and english_.endswith("?") for french, english_ in QUESTIONS.values())
