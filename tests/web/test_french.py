"""French that agrees: elision, articles, places, numbers, dates."""

from datetime import date

import pytest

from graphsvc.domain.dates import PartialDate
from web import french


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Massy", "de Massy"),
        ("Évry", "d'Évry"),
        ("Le Bourget", "du Bourget"),
        ("Les Ulis", "des Ulis"),
        ("Yaoundé", "de Yaoundé"),
        ("Yerres", "d'Yerres"),
        ("Haïti", "d'Haïti"),
        ("Hongrie", "de Hongrie"),
        ("Œuvre des jeunes", "d'Œuvre des jeunes"),
    ],
)
def test_de_before_a_name(name: str, said: str) -> None:
    assert french.of(name) == said


@pytest.mark.parametrize(
    ("name", "level", "said"),
    [
        ("Mali", "country", "au Mali"),
        ("Chine", "country", "en Chine"),
        ("Comores", "country", "aux Comores"),
        ("États-Unis", "country", "aux États-Unis"),
        ("Israël", "country", "en Israël"),
        ("Mexique", "country", "au Mexique"),
        ("Haïti", "country", "à Haïti"),
        ("Kayes", "municipality", "à Kayes"),
        ("Les Ulis", "municipality", "aux Ulis"),
        ("Le Coudray-Montceaux", "municipality", "au Coudray-Montceaux"),
        ("Cercle de Nioro-du-Sahel", "district", "dans le cercle de Nioro-du-Sahel"),
        ("District de Bamako", "region", "dans le district de Bamako"),
        ("Région de Kayes", "region", "dans la région de Kayes"),
        ("Essonne", "department", "en Essonne"),
    ],
)
def test_in_a_place_by_its_level(name: str, level: str, said: str) -> None:
    assert french.in_place(name, level) == said


@pytest.mark.parametrize(
    ("name", "level", "said"),
    [
        ("Région de Kayes", "region", "toute la région de Kayes"),
        ("Cercle de Nioro-du-Sahel", "district", "tout le cercle de Nioro-du-Sahel"),
        ("Grand Paris Sud", "intercommunality", "toute l'intercommunalité Grand Paris Sud"),
        ("Mali", "country", "tout le Mali"),
        ("France", "country", "toute la France"),
        ("Algérie", "country", "toute l'Algérie"),
        ("Iran", "country", "tout l'Iran"),
        ("Israël", "country", "tout Israël"),
        ("Haïti", "country", "tout Haïti"),
        ("Comores", "country", "l'ensemble des Comores"),
        ("Essonne", "department", "toute l'Essonne"),
        ("Les Ulis", "municipality", "toute la commune des Ulis"),
    ],
)
def test_the_whole_of_a_place(name: str, level: str, said: str) -> None:
    assert french.whole_place(name, level) == said


def test_a_list_says_how_many_it_leaves_out() -> None:
    assert french.listed([]) == ""
    assert french.listed(["A"]) == "A"
    assert french.listed(["A", "B", "C"]) == "A, B et C"
    assert french.listed(["A", "B"], 3) == "A, B et 1 autre"
    assert french.listed(["A", "B"], 4) == "A, B et 2 autres"


def test_numbers_and_shares_read_as_french() -> None:
    assert french.number(12345) == "12\u202f345"
    assert french.number(3.44) == "3,4"
    assert french.percent(0.004) == "<\u00a01\u00a0%"
    assert french.percent(0.999) == "99\u00a0%"
    assert french.percent(0) == "0\u00a0%"
    assert french.counted(0, "acteur") == "0 acteur"
    assert french.counted(2, "travail", "travaux") == "2 travaux"


def _d(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (None, None, ""),
        ("1990", "2000", "de 1990 à 2000"),
        ("2003", None, "depuis 2003"),
        (None, "2015", "jusqu'en 2015"),
        (None, "2015-12-31", "jusqu'au 31 décembre 2015"),
        ("2012", "2012", "en 2012"),
        ("2016-07-04", "2016-07-04", "le 4 juillet 2016"),
        ("2012-10", "2013-01", "d'octobre 2012 à janvier 2013"),
        ("2020-03-01", None, "depuis le 1er mars 2020"),
    ],
)
def test_periods_as_one_says_them(start: str | None, end: str | None, said: str) -> None:
    assert french.period_text(_d(start) if start else None, _d(end) if end else None) == said


def test_a_day() -> None:
    assert french.day_text(date(2026, 11, 1)) == "1er novembre 2026"


@pytest.mark.parametrize(
    ("text", "set_"),
    [
        ("Source : X ; Y", "Source\u202f: X\u202f; Y"),
        ("Qui rencontrer ?", "Qui rencontrer\u202f?"),
        ("« Évry » !", "«\u00a0Évry\u00a0»\u202f!"),
        ("42 % des acteurs", "42\u202f% des acteurs"),
        ("https://x.fr/?a=1:2;b", "https://x.fr/?a=1:2;b"),
        ("%(n)s acteurs", "%(n)s acteurs"),
        ("dit %(n)s %(m)s", "dit %(n)s %(m)s"),
        ("déjà\u202f: fait", "déjà\u202f: fait"),
    ],
)
def test_no_line_breaks_before_a_sign(text: str, set_: str) -> None:
    assert french.typeset(text) == set_
    assert french.typeset(set_) == set_
