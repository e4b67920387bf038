"""Every code a reader may meet has its word, and every reason its sentence."""

import ast
import itertools
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import pytest

from graphsvc.analytics.health import Health
from graphsvc.analytics.isolation import IsolationState
from graphsvc.domain.actors import ActorKind, ActorRole, Engagement, SchoolLevel
from graphsvc.domain.announcements import AnnouncementState, Direction, Nature, Result
from graphsvc.domain.events import AttendanceRole, EventKind
from graphsvc.domain.links import LinkClass, LinkKind, State
from graphsvc.domain.places import PlaceLevel, PlaceRole
from graphsvc.domain.projects import ParticipationRole
from graphsvc.domain.records import RecordKind
from graphsvc.snapshot.columns import Perimeter
from matcher.asks import Ask
from matcher.learned.told import LearnedSignal
from matcher.ranking import Signal
from web.labels import KIND_STYLE, LABELS, label, plural
from web.reasons import en, fr
from web.views.actors.link_words import relation_words
from web.words import because

ROOT = Path(__file__).parents[2]
GROUPS: dict[str, Iterable[StrEnum]] = {
    "actor_kind": ActorKind,
    "actor_role": ActorRole,
    "school_level": SchoolLevel,
    "engagement": Engagement,
    "place_level": PlaceLevel,
    "place_role": PlaceRole,
    "link_class": LinkClass,
    "link_kind": LinkKind,
    "link_state": State,
    "isolation_state": IsolationState,
    "participation_role": ParticipationRole,
    "attendance_role": AttendanceRole,
    "direction": Direction,
    "nature": Nature,
    "announcement_state": AnnouncementState,
    "announcement_result": Result,
    "event_kind": EventKind,
    "record": RecordKind,
    "ask": Ask,
    "signal": (*Signal, *LearnedSignal),
}


@pytest.mark.parametrize("group", GROUPS)
def test_every_code_of_a_closed_list_has_a_word(group: str) -> None:
    assert {code.value for code in GROUPS[group]} == set(LABELS[group])


def test_every_figure_and_perimeter_has_a_word() -> None:
    assert set(Health.__dataclass_fields__) <= set(LABELS["figure"])
    assert {p.name.lower() for p in Perimeter} == set(LABELS["perimeter"])


def test_a_word_is_never_the_code_with_its_underscore() -> None:
    for group, codes in LABELS.items():
        for code, (singular, many, gender, english) in codes.items():
            assert "_" not in singular + many + english, (group, code)
            assert gender in ("m", "f")


def test_two_kinds_never_look_the_same() -> None:
    assert set(KIND_STYLE) == {k.value for k in ActorKind}
    for one, other in itertools.combinations(KIND_STYLE, 2):
        assert KIND_STYLE[one] != KIND_STYLE[other], (one, other)


def test_zero_and_one_are_singular_in_french() -> None:
    assert [plural("actor_kind", "school", n) for n in (0, 1, 2)] == [
        "établissement scolaire",
        "établissement scolaire",
        "établissements scolaires",
    ]


def test_an_unknown_code_is_shown_and_breaks_nothing() -> None:
    assert label("actor_kind", "syndicate") == "syndicate"
    assert because.because_sentence("news", {}) == "news"


def test_a_directed_link_reads_differently_from_its_two_ends() -> None:
    for kind in LinkKind:
        assert relation_words(kind.value, giver=True)
    assert relation_words("funding", giver=True) != relation_words("funding", giver=False)


def _codes_built(folder: str, name: str) -> set[str]:
    """The literal first arguments of every call of this name in a package."""
    found: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name and node.args:
                constants = [n for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant)]
                found |= {str(c.value) for c in constants if isinstance(c.value, str)}
    return found


def test_every_reason_the_matcher_builds_has_its_sentence_in_both_languages() -> None:
    built = _codes_built("matcher", "Reason") - {"meeting"}
    assert len(built) > 20
    assert built <= set(fr.SENTENCES)
    assert set(fr.SENTENCES) == set(en.SENTENCES)


def test_every_fact_of_the_work_list_has_its_sentence() -> None:
    built = _codes_built("graphsvc/analytics", "Fact")
    assert len(built) >= 8
    for code in built:
        assert code in because._FRENCH, code
        assert code in because._ENGLISH, code
