"""Meetings in words: every role and reason has its sentence, in good French, whatever the facts."""

import pytest

from matcher.meetings.guests import GuestRole
from matcher.reasons import Reason
from web.reasons import en_meetings, fr_meetings
from web.words.meetings import role_text, why_text

KAYES = {"id": "k", "name": "Kayes", "level": "municipality"}
MALI = {"id": "ML", "name": "Mali", "level": "country"}
WATER = {"id": "w", "label": "Eau et assainissement", "parent": None}
TOWN = {"id": "t", "name": "Ville de Massy"}
ONE, TWO = {"id": "a", "name": "Les Amis de Kayes"}, {"id": "b", "name": "Région Île-de-France"}
DATED = {"since": 2004, "confirmed": 2016, "via": None, "broader": False}


def said(code: str, **facts: object) -> str:
    return why_text(Reason(code, facts)).replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_role_has_its_words(lang):
    words = [role_text(role.value, lang) for role in GuestRole]
    assert len(set(words)) == len(GuestRole)
    assert not any("_" in word for word in words)


def test_both_languages_tell_the_same_reasons():
    assert set(fr_meetings.MEETING_SENTENCES) == set(en_meetings.MEETING_SENTENCES)


@pytest.mark.parametrize(
    ("code", "facts", "sentence"),
    [
        (
            "acts_on_place",
            {"places": [KAYES, MALI], "count": 2, **DATED},
            "Agit à Kayes et au Mali (depuis 2004).",
        ),
        (
            "acts_on_place",
            {"places": [KAYES], "count": 3, **DATED, "since": None},
            "Agit à Kayes et dans 2 autres territoires (attesté en 2016).",
        ),
        (
            "works_on_theme",
            {"themes": [WATER], "count": 1, **DATED},
            "Travaille sur « Eau et assainissement » (depuis 2004).",
        ),
        (
            "works_on_theme",
            {"themes": [WATER], "count": 2, "since": None, "confirmed": None, "via": TOWN, "broader": False},
            "Travaille sur « Eau et assainissement » et un autre thème, à la suite de la Ville de Massy.",
        ),
        (
            "can_introduce",
            {"roles": [], "partners": [ONE], "count": 1},
            "Peut présenter ses partenaires : Les Amis de Kayes.",
        ),
        (
            "can_introduce",
            {"roles": ["relay"], "partners": [], "count": 0},
            "Un relais : peut orienter et relayer.",
        ),
        ("sits_elsewhere", {"abroad": False, "place": None}, "A son siège hors du territoire."),
        (
            "sits_elsewhere",
            {"abroad": True, "place": MALI},
            "A son siège à l'étranger, au Mali : à joindre à distance.",
        ),
        ("meets_at_table", {"actors": [], "count": 0}, "Connaît déjà tous les acteurs de sa table."),
        ("meets_at_table", {"actors": [TWO], "count": 1}, "À sa table, rencontre la Région Île-de-France."),
        (
            "meets_at_table",
            {"actors": [ONE, TWO], "count": 5},
            "À sa table, 5 acteurs nouveaux pour lui, dont Les Amis de Kayes et la Région Île-de-France.",
        ),
        (
            "completed_off_topic",
            {"on": 9, "off": 1},
            "1 invité est hors du sujet : il est proposé parce qu'il s'accorde avec un acteur à l'écart.",
        ),
        (
            "on_both_topics",
            {"whole": 1, "partly": 0},
            "1 invité travaille sur le thème et agit dans le territoire.",
        ),
        (
            "fewer_tables",
            {"tables": 1, "asked": 4},
            "1 table suffit au lieu de 4 : une table réunit au moins deux invités.",
        ),
        (
            "knows_its_table",
            {"actors": [ONE]},
            "Les Amis de Kayes connaissent déjà leur table entière : aucun autre placement ne l'évite.",
        ),
    ],
)
def test_sentences_agree(code, facts, sentence):
    assert said(code, **facts) == sentence


def test_a_reason_of_the_work_list_keeps_its_own_sentence():
    assert said("no_tie") == "Aucune coopération connue, ni aujourd'hui ni par le passé."
