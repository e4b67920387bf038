"""The board as read: what is for a whole region is shown to each of its towns, and said to be."""

import re

from tests.web.publishing.conftest import Person

KAYES = "/annonces?territoire=ML-kayes"


def _found(html: str) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", html.split('class="found"')[1].split("</p>", maxsplit=1)[0])


def test_what_is_for_the_region_is_shown_to_the_town_and_said_to_be(member: Person, published: str) -> None:
    html = member.get(KAYES)
    assert "Qui part à Kayes ?" in html
    assert "pour toute la région de Kayes" in html
    assert "1 annonce" in _found(html)
    assert "pour un territoire plus large" in _found(html)
    exact = member.get("/annonces?territoire=ML-1")
    assert "Qui part à Kayes ?" in exact
    assert "pour toute la région" not in exact
    assert "plus large" not in _found(exact)


def test_it_is_said_in_english_too_and_to_other_programs(member: Person, published: str) -> None:
    member.client.set_cookie("langue", "en")
    english = member.get(KAYES)
    assert "for all of Région de Kayes" in english
    assert "for a wider territory" in english
    data = member.client.get("/api/v1/announcements?territory=ML-kayes").get_json()
    assert [a["for_whole"] for a in data["announcements"]] == ["ML-1"]
    assert data["facets"]["territory"] == {"ML": 1, "ML-1": 1, "FR": 1, "91": 1}
    assert "for_whole" not in member.client.get("/api/v1/announcements").get_json()["announcements"][0]
