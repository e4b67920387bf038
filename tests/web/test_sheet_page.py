"""The printable sheet of a territory, for everybody."""

from html import unescape

from tests.web.conftest import text_of


def page(visitor, path):
    answer = visitor.get(path)
    return answer.status_code, unescape(text_of(answer.get_data(as_text=True)))


def test_the_sheet_of_kayes_names_who_acts_there_and_of_when_the_data_are(visitor):
    status, said = page(visitor, "/territoires/ML-kayes/fiche")
    if status == 404:  # the seed's own code
        status, said = page(visitor, "/territoires/ML/fiche")
    assert status == 200
    for part in ("Les Amis de Kayes", "Commune de Kayes", "Qui paie", "Données de", "2012", "2002"):
        assert part in said


def test_a_territory_where_nobody_acts_says_so(visitor, snapshot):
    empty = next(
        key for key in snapshot.place_ids if "aucun acteur" in page(visitor, f"/territoires/{key}/fiche")[1]
    )
    assert page(visitor, f"/territoires/{empty}/fiche")[0] == 200


def test_an_unknown_territory_is_not_found(visitor):
    assert page(visitor, "/territoires/nulle-part/fiche")[0] == 404


def test_the_page_of_a_territory_leads_to_its_sheet(visitor):
    assert "/territoires/ML/fiche" in visitor.get("/territoires/ML").get_data(as_text=True)
