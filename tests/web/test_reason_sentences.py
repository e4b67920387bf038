"""Reasons of the real network read as French."""

import re

from graphsvc.analytics.isolation import work_list
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker
from matcher.suggest import suggest
from tests.web.conftest import TODAY
from web.because import QUESTIONS, because_sentence
from web.reasons import reason_text


def _well_formed(text: str) -> None:
    assert text[0].isupper(), text
    assert text.endswith("."), text
    outside_names = re.sub(r"« .*? »", "« x »", text)
    assert not re.search(r"None|\{|\}|  |\bau Le\b|\bà Le\b|: \.|: ,|« »", text), text
    assert not re.search(r"\b(depuis|en) $|\bdans [A-ZÉ]", outside_names), text


def test_every_reason_of_the_real_network_is_a_sentence(snapshot: Snapshot) -> None:
    codes = set()
    for i in range(0, snapshot.n, 3):
        found = suggest(snapshot, Asker.actor(i), today=TODAY, top=5)
        for s in found.items:
            for reason in (*s.reasons.for_you, *s.reasons.for_them, *s.reasons.unknown, *found.notes):
                codes.add(reason.code)
                _well_formed(reason_text(reason.code, reason.facts))
                assert reason_text(reason.code, reason.facts, "en") != reason.code
    assert len(codes) >= 12


def test_reasons_of_announcements_and_projects_are_sentences(snapshot: Snapshot) -> None:
    askers = [Asker.announcement(k) for k in range(0, len(snapshot.announcement_ids), 4)]
    askers += [Asker.project(k) for k in range(0, len(snapshot.project_ids), 4)]
    for asker in askers:
        found = suggest(snapshot, asker, today=TODAY, top=4)
        for s in found.items:
            for reason in (*s.reasons.for_you, *s.reasons.for_them, *s.reasons.unknown, *found.notes):
                _well_formed(reason_text(reason.code, reason.facts))


def test_every_line_of_the_work_list_says_why(snapshot: Snapshot) -> None:
    for item in work_list(snapshot, TODAY, all_perimeters=True, institutions=True):
        assert item.question in QUESTIONS
        for fact in item.because:
            _well_formed(because_sentence(fact.code, fact.facts))
