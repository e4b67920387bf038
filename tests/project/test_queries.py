"""No value is ever written into a query: it goes beside it, as a parameter."""

from pathlib import Path

import pytest

from tests.project.literal_queries import findings

ROOT = Path(__file__).parents[2]


def _stores() -> dict[str, str]:
    folder = ROOT / "graphsvc" / "stores"
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.py"))
    }


def test_queries_of_the_stores_are_literals() -> None:
    assert findings(_stores()) == []


@pytest.mark.parametrize(
    "code",
    [
        'def f(tx, label): tx.run(f"MATCH (n:{label}) RETURN n")\nf(0, ask())',
        'def f(tx):\n    label = ask()\n    tx.run("MATCH (n:" + label + ") RETURN n")',
        'def f(c, self):\n    c.execute("SELECT %s" % self.column)',
        'def f(c):\n    for name in ask():\n        c.execute("DROP TABLE {}".format(name))',
        'def f(d):\n    q = "MATCH (n)"\n    q += ask()\n    d.execute_query(q)',
        'def g(c, query): c.execute(query)\ndef f(c): g(c, "SELECT " + ask())',
        'def make(k): return f"MATCH (n:{k})"\ndef f(tx): tx.run(make(ask()))',
        "def g(c, *, query): c.execute(query)\ndef f(c): g(c, query=ask())",
        'def f(c, kinds): c.executemany("SELECT " + ",".join(kinds), [])\nf(0, [ask()])',
    ],
)
def test_a_value_in_a_query_is_found(code: str) -> None:
    assert findings({"m": code})


@pytest.mark.parametrize(
    "code",
    [
        'Q = "SELECT 1"\ndef f(c): c.execute(Q)',
        'T = "record"\nQ = f"SELECT 1 FROM {T}"\ndef f(c): c.execute(Q)',
        'def f(c, n): c.execute(f"PRAGMA user_version = {n:d}")',
        'Q = {"a": "SELECT 1", "b": "SELECT 2"}\ndef f(c, k): c.execute(Q[k], (k,))',
        'def g(c, query): c.execute(query)\ndef f(c): g(c, "SELECT 1")',
        'Q = {"a": "MATCH (a)"}\ndef make(k): return Q.get(k, "MATCH (n)")\ndef f(tx, k): tx.run(make(k))',
        'S = "A;B"\ndef f(c):\n    for q in S.split(";"):\n        c.execute(q)',
    ],
)
def test_a_query_of_literals_is_let_through(code: str) -> None:
    assert findings({"m": code}) == []


def test_a_query_is_followed_into_the_module_it_comes_from() -> None:
    user = "from m import Q\ndef f(c): c.execute(Q)"
    assert findings({"m": 'Q = "SELECT 1"', "n": user}) == []
    assert findings({"m": "Q = ask()", "n": user})
