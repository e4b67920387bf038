"""The lists of codes are exactly what the sources say."""

import ast
from pathlib import Path

import graphsvc.domain
import graphsvc.exchange
from graphsvc.exchange.codes import FILE_RULES, NOTICES, OWN_REMEDIES, REMEDIES, ROW_RULES, RULES

PLACES = {  # callable -> positions of its rule, of its remedy
    "CellError": (0, 1),
    "FileRefused": (1, 2),
    "Rejection": (4, None),
    "Remedy": (None, 0),
    "InvalidValue": (3, None),
    "_said": (4, 5),
}


def texts(folder: Path, wanted: str) -> set[str]:
    return {text for path in folder.glob("*.py") for text in _in(ast.parse(path.read_text()), wanted)}


def _in(tree: ast.AST, wanted: str) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if wanted == "notice" and node.func.id == "Notice":
                found.add(node.args[0])
            for name, (rule, remedy) in PLACES.items():
                place = rule if wanted == "rule" else remedy if wanted == "remedy" else None
                if node.func.id == name and place is not None and place < len(node.args):
                    found.add(node.args[place])
    return {n.value for n in found if isinstance(n, ast.Constant) and isinstance(n.value, str)}


EXCHANGE = Path(graphsvc.exchange.__file__).parent
DOMAIN = Path(graphsvc.domain.__file__).parent


def test_every_rule_remedy_and_notice_is_listed() -> None:
    assert texts(EXCHANGE, "rule") - {"already_said"} <= RULES
    assert texts(EXCHANGE, "remedy") - {""} <= REMEDIES
    assert texts(EXCHANGE, "notice") == NOTICES
    assert texts(DOMAIN, "rule") <= RULES


def test_nothing_is_listed_that_no_source_says() -> None:
    sources = "".join(
        p.read_text() for f in (EXCHANGE, DOMAIN) for p in f.glob("*.py") if p.name != "codes.py"
    )
    for code in FILE_RULES | ROW_RULES | OWN_REMEDIES:
        stem = code.removeprefix("latitude").removeprefix("longitude")
        assert f'"{code}"' in sources or f"}}{stem}" in sources, code
