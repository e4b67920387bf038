"""Every fault the core may note, every act and every reason has its sentence, in good French."""

import ast
import re
from pathlib import Path

import pytest

from graphsvc.analytics.facts import Fact
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.faults import Fault
from web.views.publishing.fitting_words import SENTENCES, fact_text
from web.words.meeting_rules import MEETING_FAULTS
from web.words.publishing import DONE, FAULTS, done_text, fault_text
from web.words.publishing_rules import PUBLISHING_RULES

USECASES = Path(__file__).parents[3] / "graphsvc" / "usecases"
FACTS = {
    "value": "eau potabl", "kind": "theme", "nearest": [{"id": "a", "name": "Eau"}],
    "most": 8, "count": 9, "length": 2500, "last": "2028-11-02", "today": "2026-11-02",
    "proposed": "2027-05-04", "start": "2027-01-01", "until": "2027-09-30", "position": 0,
}  # fmt: skip


def literals(function: str, argument: int) -> set[str]:
    """The texts given as this argument of every call of this name in the use cases."""
    found: set[str] = set()
    for path in USECASES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) > argument:
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name == function and isinstance(node.args[argument], ast.Constant):
                    found.add(str(node.args[argument].value))
    return found


def test_every_fault_that_can_be_noted_has_its_sentence() -> None:
    noted = literals("fault", 1) | {"holds_email", "holds_phone", "date_form", "date_impossible"}
    assert noted | {"forbidden_character"} == set(FAULTS)


def test_every_rule_of_a_refused_act_has_its_sentence() -> None:
    rules = literals("InvalidValue", 3) - {"merge_with_itself", "cannot_be_retracted"}
    assert rules <= set(PUBLISHING_RULES)


@pytest.mark.parametrize("code", [code for code in FAULTS if code not in MEETING_FAULTS])
def test_a_fault_says_what_is_wrong_and_what_to_do_in_good_french(code: str) -> None:
    french = fault_text(Fault("themes", code, FACTS))
    english = fault_text(Fault("themes", code, FACTS), "en")
    assert french.endswith((".", ">.")) and english.endswith(".")  # noqa: PT018 - two languages, one rule
    assert french != english
    assert not re.search(r" [;!?:»]|« ", french), french  # no-break spaces
    assert "None" not in french + english
    assert "{" not in french + english


def test_every_act_is_told_now_and_while_it_waits() -> None:
    acts = {"published", "edited", "renewed", "closed", "adopted", "withdrawn", "undone"}
    assert set(DONE) == acts
    assert all(done_text(act, waiting=waiting) for act in acts for waiting in (True, False))


def test_every_reason_of_a_call_or_a_funder_has_its_sentence(snapshot: Snapshot) -> None:
    built = literals("Fact", 0) | {f"common_{t}" for t in ("themes", "territories")}
    built |= {f"{own}{t}_not_said" for own in ("", "own_") for t in ("themes", "territories")}
    built |= {f"deadline_{w}" for w in ("open", "upcoming", "past")}
    assert built == set(SENTENCES)
    facts = {"kind": "association", "themes": ["education"], "territories": ["ML"], "closes_on": "2026-12-01",
             "days": 29, "title": "Appel", "actors": ["A", "B"], "count": 2, "year": 2012}  # fmt: skip
    for code in SENTENCES:
        text = fact_text(snapshot, Fact(code, facts))
        assert text.endswith("."), text
        assert not re.search(r" [;!?:»]|« ", text), text


def test_counts_and_deadlines_agree(snapshot: Snapshot) -> None:
    def told(code: str, **facts: object) -> str:
        return re.sub("[\xa0\u202f]", " ", fact_text(snapshot, Fact(code, facts)))

    assert told("funds_alike", kind="school", count=1, actors=["L'école"]) == (
        "Finance ou a financé un acteur comme vous : L'école."
    )
    assert told("funds_alike", kind="school", count=5, actors=["A", "B", "C"]) == (
        "Finance ou a financé 5 établissements scolaires : A, B, C et 2 autres."
    )
    assert "encore 1 jour)" in told("deadline_open", closes_on="2026-11-03", days=1)
    assert "c'est aujourd'hui" in told("deadline_open", closes_on="2026-11-02", days=0)


def test_nothing_near_is_not_said_to_be_chosen_from() -> None:
    unknown = Fault("themes", "unknown_entry", {**FACTS, "nearest": []})
    assert "choisissez une entrée proche" not in fault_text(unknown)
    assert "videz la case" in fault_text(unknown)
