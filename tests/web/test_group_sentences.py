"""Reasons of groups as a reader meets them: number, quotes, places, in both languages."""

from typing import Any

import pytest

from web.reasons import reason_text

KAYES = {"id": "ML-kayes", "name": "Kayes", "level": "municipality"}
FIFTH = {"id": "ML-v", "name": "Commune V du District de Bamako", "level": "municipality"}
WATER, HEALTH = {"id": "water", "label": "Eau"}, {"id": "health", "label": "Santé"}
FRIENDS, FORMER = {"id": "a", "name": "Les Amis de Kayes"}, {"id": "b", "name": "Ville d'Évry"}


@pytest.mark.parametrize(
    ("code", "facts", "said"),
    [
        ("present_there", {"place": KAYES, "since": 2002}, "Active in Kayes since 2002."),
        ("present_there", {"place": KAYES, "confirmed": 2012}, "Active in Kayes (last confirmed in 2012)."),
        (
            "present_there",
            {"place": KAYES, "since": 2003, "former": FORMER},
            "Active in Kayes since 2003, following Ville d'Évry (to be confirmed).",
        ),
        (
            "triangle_lacks",
            {"who": FRIENDS, "themes": [WATER]},
            "The partner also works on “Eau”, which Les Amis de Kayes does not.",
        ),
        ("converge_both", {"themes": [WATER]}, "They share a theme: “Eau”."),
        ("converge_both", {"themes": [WATER, HEALTH]}, "They share themes: “Eau” and “Santé”."),
        ("bridge_partner", {"partners": [FRIENDS], "count": 1}, "A partner in common: Les Amis de Kayes."),
        (
            "crowded_place",
            {"place": KAYES, "count": 5, "tied": 0},
            "Five actors of the territory act in Kayes; no two of them cooperate.",
        ),
        (
            "crowded_place",
            {"place": KAYES, "count": 5, "tied": 1},
            "Five actors of the territory act in Kayes; 1 pair of them cooperates.",
        ),
        (
            "converge_place",
            {"place": KAYES, "count": 5, "open_pairs": 10, "pairs": 10},
            "Five actors act in Kayes; no two of them have a live cooperation.",
        ),
        (
            "nobody_there",
            {"place": KAYES, "beside": {"place": FIFTH, "count": 1}},
            "No actor of the territory acts in Kayes, while one acts in Commune V du District de Bamako.",
        ),
        (
            "single_there",
            {"actor": FRIENDS, "former": FORMER},
            ("Only one actor of the territory acts there: Les Amis de Kayes, "
            "following Ville d'Évry (to be confirmed)."),
        ),
        ("need_unanswered", {"similar": 0}, "No open offer answers it."),
        ("need_unanswered", {"similar": 1}, "No open offer answers it; 1 other need is like it."),
        ("need_names_it", {"titles": ["Un puits"], "count": 1}, "A need asks for it: “Un puits”."),
    ],
)  # fmt: skip
def test_reasons_of_groups_in_english_agree_in_number_and_quote_labels(
    code: str, facts: dict[str, Any], said: str
) -> None:
    assert reason_text(code, facts, "en") == said


def test_a_commune_that_is_no_town_keeps_its_article_among_the_empty_places() -> None:
    said = reason_text("empty_beside", {"places": [FIFTH], "count": 1}, "fr")
    assert said == "Personne, en revanche, dans la Commune V du District de Bamako."
