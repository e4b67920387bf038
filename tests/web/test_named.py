"""What the vocabulary names in French has its English name on English pages, and nowhere else."""

import csv
from pathlib import Path

import pytest

from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.themes import Theme
from web.named import facts_in, place_name, topic_name
from web.words.vocabulary import TOPICS

_SEED = Path(__file__).parents[2] / "seed" / "essonne"


@pytest.mark.parametrize("table", ["themes.csv", "competences.csv"])
def test_every_theme_and_skill_of_the_seed_has_its_english_name(table: str) -> None:
    with (_SEED / table).open(encoding="utf-8", newline="") as lines:
        labels = [row["libelle"] for row in csv.DictReader(lines)]
    assert labels
    assert [label for label in labels if label not in TOPICS] == []


def test_a_country_is_named_in_the_language_of_the_reader_and_a_town_as_it_is() -> None:
    country = Place("SN", "Sénégal", PlaceLevel.COUNTRY)
    assert (place_name(country, "fr"), place_name(country, "en")) == ("Sénégal", "Senegal")
    town = Place("SN", "Sénégal", PlaceLevel.MUNICIPALITY)
    assert place_name(town, "en") == "Sénégal"


def test_a_country_with_a_code_of_its_own_and_a_theme_nobody_knows_stay_as_they_were_written() -> None:
    assert place_name(Place("pays:xx", "Pays imaginé", PlaceLevel.COUNTRY), "en") == "Pays imaginé"
    assert topic_name(Theme("astronomy", "Astronomie"), "en") == "Astronomie"


def test_facts_are_named_in_english_without_a_change_to_those_given() -> None:
    given = {
        "place": {"id": "HT", "name": "Haïti", "level": "country"},
        "themes": [{"id": "health", "label": "Santé"}],
        "count": 2,
    }
    assert facts_in(given, "en") == {
        "place": {"id": "HT", "name": "Haiti", "level": "country"},
        "themes": [{"id": "health", "label": "Health"}],
        "count": 2,
    }
    assert given["themes"] == [{"id": "health", "label": "Santé"}]
    assert facts_in(given, "fr") == given
