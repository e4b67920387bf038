"""Reasons of the real network read as French: whole sentences, in agreement, none told twice on a card."""

import re
from collections.abc import Iterator

import pytest

from graphsvc.analytics.isolation import work_list
from graphsvc.domain.actors import ActorKind, ActorRole
from graphsvc.domain.announcements import Nature
from graphsvc.domain.links import LinkKind
from graphsvc.domain.projects import ParticipationRole
from graphsvc.search import find_actor
from graphsvc.snapshot import Snapshot
from matcher.asks import Ask, Asker, Context
from matcher.reasons import Reason
from matcher.suggest import Suggestions, suggest
from tests.web.conftest import TODAY
from web.french_names import the
from web.reasons import en, fr, reason_text
from web.reasons.fr_gender import is_she, told_of_her
from web.reasons.mentions import sentence_of
from web.words.because import QUESTIONS, because_sentence

CODES = {str(code) for codes in (ActorKind, ActorRole, Nature, LinkKind, ParticipationRole) for code in codes}
RAW = {code for code in CODES if "_" in code} | {"network_head", "resource_centre", "funder"}
# What no French sentence holds, outside of names: « de le », « à les », missing elisions, doubled words.
TRAPS = re.compile(
    r"\b(?:de les?|à les?|de des|si il|que ils?|que elles?|que un|jusque en|parce que il)\b"
    r"|\b(?:de|le|la|que|ne|se|je|me|te|ce) (?:[aeiouéèêàâîôûœ]|h(?!aut|aie|asard|éros|uit|ongr|ors|oll))"
    r"|\b(?!vous\b|a\b)(\w+) \1\b|\bdu (?:[aeiouéèêàâîôû])"
    r"|\ble (?:Ville|Commune|Région)|\bla (?:Département|Conseil)",
    re.IGNORECASE,
)
NEVER = re.compile(
    r"None|True|False|\{|\}|  |\bau Le\b|\bà Le\b|: \.|: ,|«\s*»|\(\)|\( | \)|,\.|\.\.|\[|\]|, et\b"
)


def _well_formed(text: str) -> None:
    assert text[0].isupper(), text
    assert text.endswith("."), text
    assert text.count("«") == text.count("»"), text
    assert text.count("(") == text.count(")"), text
    plain = text.replace("\u00a0", " ").replace("\u202f", " ")
    assert not NEVER.search(plain), text
    assert not re.search(r"\b(?:de|que) « [AEIOUÉÈÊÀaeiouéèêà]", plain), text  # elided before quotes too
    outside_names = re.sub(r"« .*? »", "« x »", plain)
    assert not re.search(r"\b(depuis|en|dès|à|de|sur|avec) \.|\bdans [A-ZÉ]", outside_names), text
    assert not RAW & set(re.findall(r"[a-z_]+", outside_names)), text


def _no_trap(text: str, names: set[str]) -> None:
    """Grammar, outside of quotes and of the proper names the facts give."""
    bare = text.replace("\u00a0", " ").replace("\u202f", " ")
    for name in sorted(names, key=len, reverse=True):
        bare = bare.replace(name, name[0])  # its first letter stays: elision depends on it
    bare = re.sub(r"« .*? »", "«x»", bare)
    met = TRAPS.search(bare)
    assert met is None, (met.group(), text)


def _names(value: object) -> set[str]:
    """Every name and title in the facts, and with their first letter small."""
    found: set[str] = set()
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("name", "title", "label") and isinstance(inner, str):
                found |= {inner, inner[:1].lower() + inner[1:]}
            found |= _names(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            found |= _names(inner)
    return found


def _told(found: Suggestions) -> Iterator[tuple[str, Reason]]:
    for note in found.notes:
        yield "note", note
    for s in found.items:
        for side in ("for_you", "for_them", "unknown"):
            for reason in getattr(s.reasons, side):
                yield side, reason


def _read(found: Suggestions) -> set[str]:
    """Check every sentence of an answer; returns the codes met."""
    codes = set()
    for side, reason in _told(found):
        codes.add(reason.code)
        text = reason_text(reason.code, reason.facts, side=side)
        _well_formed(text)
        _no_trap(text, _names(reason.facts))
        english = reason_text(reason.code, reason.facts, "en", side)
        assert english != reason.code
        assert english.endswith("."), english
        assert "".join(part.text for part in sentence_of(text, reason.facts).parts) == text
    for s in found.items:
        yours = [reason_text(r.code, r.facts) for r in s.reasons.for_you]
        theirs = [reason_text(r.code, r.facts, side="for_them") for r in s.reasons.for_them]
        assert len(yours) == len(set(yours))
        assert len(theirs) == len(set(theirs))
        assert not set(yours) & set(theirs), set(yours) & set(theirs)
        assert 1 <= len(yours) <= 5
        assert len(theirs) <= 5
        _nothing_told_twice(s.reasons.for_you)
        _nothing_told_twice(s.reasons.for_them)
    return codes


def _nothing_told_twice(side: tuple[Reason, ...]) -> None:
    """A theme is named once on a side; who cooperated is neither introduced nor a new contact."""
    named = [
        theme["id"]
        for reason in side
        for key in ("theirs", "themes")
        if reason.code in ("bring_theme", "works_on") or (reason.code, key) == ("related_theme", "theirs")
        for theme in (reason.facts.get(key) or ())
    ]
    assert len(named) == len(set(named)), named
    codes = {reason.code for reason in side}
    if "former_partners" in codes:
        assert not codes & {"neighbours_known", "already_in_touch"}
    records = [r.facts["record"]["id"] for r in side if r.facts.get("record")]
    assert len(records) == len(set(records)), records


@pytest.mark.parametrize("side", ["for_you", "for_them"])
def test_a_request_is_not_told_of_works_or_a_purpose_it_does_not_have(side: str) -> None:
    theme = [{"id": "education", "label": "Éducation", "parent": None}]
    for code in ("similar_works", "common_purpose"):
        facts = {"asker": "request", "concepts": theme, "words": []}
        assert "otre demande" in reason_text(code, facts, "fr", side)
        assert "our request" in reason_text(code, facts, "en", side)


def test_a_request_that_names_theme_and_territory_is_told_to_widen_not_to_add_them(
    snapshot: Snapshot,
) -> None:
    context = Context(themes=("health",), territories=("Kayes",), ask=Ask.POOL)
    found = suggest(snapshot, Asker.request(), context, today=TODAY)
    assert [note.code for note in found.notes] == ["nobody_in_context"]


def test_a_partner_named_after_the_place_is_not_placed_again_in_either_language() -> None:
    place = {"id": "kayes", "name": "Kayes", "level": "municipality"}
    facts = {"place": place, "partners": [{"id": "k", "name": "Commune de Kayes"}], "count": 1}
    assert reason_text("partners_there", facts, "fr") == "Il a travaillé avec la Commune de Kayes."
    assert reason_text("partners_there", facts, "en") == "It has worked with Commune de Kayes."


def test_a_town_is_on_the_spot_not_in_itself() -> None:
    place = {"id": "kayes", "name": "Kayes", "level": "municipality"}
    facts = {"place": place, "within": place}
    for itself, french, english in (
        ({"itself": True}, "Il est sur place.", "It is on the spot."),
        ({}, "Il est sur place, à Kayes.", "It is on the spot, in Kayes."),
    ):
        assert reason_text("based_there", {**facts, **itself}, "fr") == french
        assert reason_text("based_there", {**facts, **itself}, "en") == english


def test_every_reason_of_every_actor_is_a_sentence(snapshot: Snapshot) -> None:
    codes = set()
    for i in range(snapshot.n):
        codes |= _read(suggest(snapshot, Asker.actor(i), today=TODAY, top=3))
    assert len(codes) >= 25


@pytest.mark.parametrize("ask", list(Ask))
def test_reasons_of_announcements_and_projects_are_sentences(snapshot: Snapshot, ask: Ask) -> None:
    askers = [Asker.announcement(k) for k in range(len(snapshot.announcement_ids))]
    askers += [Asker.project(k) for k in range(len(snapshot.project_ids))]
    for asker in askers:
        _read(suggest(snapshot, asker, Context(ask=ask), today=TODAY, top=4))


@pytest.mark.parametrize("ask", list(Ask))
def test_reasons_given_to_somebody_who_does_not_say_who_it_is_are_sentences(
    snapshot: Snapshot, ask: Ask
) -> None:
    for p in range(0, len(snapshot.place_ids), 3):
        context = Context(territories=(snapshot.place_ids[p],), ask=ask)
        _read(suggest(snapshot, Asker.request(), context, today=TODAY, top=4))
    for t in range(len(snapshot.theme_ids)):
        context = Context(themes=(snapshot.theme_ids[t],), ask=ask)
        _read(suggest(snapshot, Asker.request(), context, today=TODAY, top=4))


def test_both_languages_know_the_same_reasons() -> None:
    assert set(fr.SENTENCES) <= set(en.SENTENCES) | set(en.FOR_THEM)
    assert set(fr.FOR_THEM) <= set(en.SENTENCES) | set(en.FOR_THEM)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Commune de Kayes", "la Commune de Kayes"),
        ("Agence de l'eau", "l'Agence de l'eau"),
        ("Département de l'Essonne", "le Département de l'Essonne"),
        ("Hôpital Sud Francilien", "l'Hôpital Sud Francilien"),
        ("Éditions du Monde", "les Éditions du Monde"),
        ("La Maison du monde", "La Maison du monde"),
        ("GRET", "GRET"),
        ("Gouvernement de la République du Mali", "le Gouvernement de la République du Mali"),
    ],
)
def test_a_name_that_begins_with_a_common_noun_takes_its_article(name: str, said: str) -> None:
    assert the(name) == said


@pytest.mark.parametrize(
    ("name", "kind", "she"),
    [
        ("Les Amis de Kayes", "association", True),
        ("Massy", "commune", True),
        ("Ville de Dakar", "partner_territory", True),
        ("Université d'Évry-Val-d'Essonne", "higher_education", True),
        ("Réseau Essonne-Diéma", "association", False),
        ("Institut polytechnique de Paris", "higher_education", False),
        ("Département de l'Essonne", "department", False),
        ("GRET", "expert", False),
    ],
)
def test_an_actor_is_he_or_she_by_its_first_noun_else_by_its_kind(name: str, kind: str, she: bool) -> None:
    assert is_she(name, kind) is she


def test_no_sentence_told_of_her_keeps_a_masculine_pronoun(snapshot: Snapshot) -> None:
    asker = Asker.actor(find_actor(snapshot, "amis-de-kayes"))
    project = Asker.project(0)
    for side, reason in [
        *_told(suggest(snapshot, asker, today=TODAY, top=60)),
        *_told(suggest(snapshot, project, today=TODAY, top=60)),
        *_told(suggest(snapshot, Asker.request(), Context(territories=("Kayes",)), today=TODAY, top=60)),
    ]:
        if side in ("for_you", "for_them"):
            text = reason_text(reason.code, reason.facts, "fr", side, she=True)
            outside = re.sub(r"«[^»]*»", "", text)
            assert not re.search(r"\b(?:[Ii]l|lui aussi)\b", outside), text


def test_what_stands_in_quotes_keeps_its_words() -> None:
    said = "Il cherche : « Il faut qu'il pleuve »."
    assert told_of_her(said) == "Elle cherche : « Il faut qu'il pleuve »."


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "« Eau »"), (2, "« Eau » et un autre thème"), (3, "« Eau » et 2 autres thèmes")],
)
def test_themes_left_out_are_said_to_be_themes(count: int, said: str) -> None:
    facts = {"themes": [{"id": "e", "label": "Eau"}], "count": count}
    assert fr.SENTENCES["works_on"](facts) == f"Il travaille sur {said}."


def test_a_need_that_only_a_role_answers_is_said_to_be_possible_not_sure() -> None:
    facts = {"role": "expert", "mine": {"id": "n", "title": "Visas"}}
    assert fr.SENTENCES["role_answers_need"](facts) == (
        "C'est un organisme d'expertise : il pourrait répondre au besoin « Visas »."
    )
    assert ": elle pourrait" in told_of_her(fr.SENTENCES["role_answers_need"](facts))


def test_the_facts_of_a_sentence_are_linked_where_they_are_named() -> None:
    facts = {"place": {"id": "ML-kayes", "name": "Cercle de Kayes", "level": "district"}, "others": []}
    text = reason_text("common_territory", facts)
    parts = sentence_of(text, facts).parts
    assert [(p.text, p.kind, p.id) for p in parts if p.kind] == [("cercle de Kayes", "place", "ML-kayes")]


def test_every_line_of_the_work_list_says_why(snapshot: Snapshot) -> None:
    for item in work_list(snapshot, TODAY, all_perimeters=True, institutions=True):
        assert item.question in QUESTIONS
        for fact in item.because:
            text = because_sentence(fact.code, fact.facts)
            assert text[0].isupper()
            assert text.endswith("."), text
