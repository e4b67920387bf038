"""The lists as read: what is for a whole region or theme is shown to each of its parts, and said to be."""

import re
from collections.abc import Callable

from people.roles import Role
from tests.web.publishing.conftest import ANNOUNCEMENT, Person

KAYES = "/annonces?territoire=ML-kayes"


def _found(html: str) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", html.split('class="found"')[1].split("</p>", maxsplit=1)[0])


def test_what_is_for_the_region_is_shown_to_the_town_and_said_to_be(member: Person, published: str) -> None:
    html = member.get(KAYES)
    assert "Qui part à Kayes ?" in html
    assert "pour toute la région de Kayes" in html
    assert "1 annonce de portée plus large" in " ".join(_found(html).split())
    exact = member.get("/annonces?territoire=ML-1")
    assert "Qui part à Kayes ?" in exact
    assert "pour toute la région" not in exact
    assert "plus large" not in _found(exact)
    own = {**ANNOUNCEMENT, "title": "Un local à Kayes", "territories": ["Kayes (ML-kayes)"]}
    assert member.post("/publier/annonce", own).status_code == 303
    assert "dont 1 de portée plus large" in _found(member.get(KAYES))


def test_it_is_said_in_english_too_and_to_other_programs(member: Person, published: str) -> None:
    member.client.set_cookie("langue", "en")
    english = member.get(KAYES)
    assert "for all of Région de Kayes" in english
    assert "of wider scope" in _found(english)
    data = member.client.get("/api/v1/announcements?territory=ML-kayes").get_json()
    assert [a["for_whole"] for a in data["announcements"]] == ["ML-1"]
    assert data["facets"]["territory"] == {"ML": 1, "ML-1": 1, "FR": 1, "91": 1}
    assert "for_whole" not in member.client.get("/api/v1/announcements").get_json()["announcements"][0]


def test_sheets_and_calls_widen_in_the_same_words(
    member: Person, person: Callable[..., Person], published: str
) -> None:
    topics = {"themes": ["Eau et assainissement"], "territories": ["Mali"]}
    sheet = {"actor": "amis", "title": "Un puits", "done": "Creusé", "failures": "Pompe", **topics}
    assert member.post("/publier/experience", sheet).status_code == 303
    agent = person(Role.AGENT)
    call = {"title": "Appel eau", "funder": "massy", "closes_on": "2027-03-01", **topics}
    assert agent.post("/publier/appel", call).status_code == 303
    for path, title in (("/experiences", "Un puits"), ("/appels", "Appel eau")):
        html = member.get(f"{path}?theme=drinking&territoire=ML-kayes")
        assert title in html
        assert "de portée plus large" in _found(html)
        assert "sur tout le thème «\u00a0Eau et assainissement\u00a0»" in html
        assert "pour tout le Mali" in html
        assert "plus large" not in _found(member.get(f"{path}?theme=water&territoire=ML"))
        assert title not in member.get(f"{path}?theme=associations")
    for name in ("experiences", "calls"):
        (found,) = member.client.get(f"/api/v1/{name}?theme=drinking&territory=ML-kayes").get_json()[name]
        assert (found["on_whole"], found["for_whole"]) == ("water", "ML")
    board = member.client.get("/api/v1/announcements?theme=water").get_json()["announcements"]
    assert [a.get("on_whole") for a in board] == [None]


def test_a_theme_or_territory_that_nobody_knows_is_said_with_the_nearest_on_each_list(member: Person) -> None:
    for path in ("/annonces", "/experiences", "/appels"):
        for asked in ("theme=eau+potabl", "territoire=Malii"):
            answer = member.client.get(f"{path}?{asked}")
            html = answer.get_data(as_text=True)
            assert answer.status_code == 404
            assert "ne désigne rien ici" in html
            assert "Vouliez-vous dire" in html
        assert "plusieurs choses" in member.get(f"{path}?territoire=Kayes")


def test_what_was_asked_stays_in_the_fields_even_when_nothing_answers(member: Person) -> None:
    for path in ("/annonces", "/experiences", "/appels"):
        for theme in ("drinking", "Eau potable"):
            html = member.get(f"{path}?theme={theme}&territoire=ML-1")
            assert '<option value="drinking" selected>Eau potable (0)</option>' in html
            assert 'value="Région de Kayes" placeholder' in html
    assert "Aucun appel n&#39;est ouvert" not in member.get("/appels?theme=drinking").replace("'", "&#39;")


def test_a_theme_and_a_territory_lead_to_the_three_lists_asked_for_them(member: Person) -> None:
    for page, query in (("/themes/water", "theme=water"), ("/territoires/ML-1", "territoire=ML-1")):
        html = member.get(page)
        for path in ("/annonces", "/appels", "/experiences"):
            assert f'href="{path}?{query}"' in html
