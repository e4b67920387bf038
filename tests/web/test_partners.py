"""« Trouver des partenaires »: anybody asks, without a script; who speaks for the asker may decline."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from people.accounts import redeem, sign_in_link
from people.membership import set_actors
from people.roles import Role
from tests.web.conftest import text_of
from web.services import Services

PAGE = "/partenaires"
KAYES = "2455518"


def proposed(html: str) -> list[str]:
    """The actors of the cards, in order."""
    listed = re.search(r'<ol class="proposals ranked">(.*?)</ol>\s*(?:<p|</section)', html, flags=re.S)
    found = re.findall(r"<h3>.*?</h3>", listed.group(1), flags=re.S) if listed else []
    return [re.findall(r'href="/acteurs/([^"]+)"', head)[0] for head in found]


def page(visitor: FlaskClient, **asked: object) -> str:
    answer = visitor.get(PAGE, query_string=asked, follow_redirects=True)
    assert answer.status_code == 200, asked
    return answer.get_data(as_text=True)


def test_a_place_as_typed_and_a_purpose_give_ten_reasoned_proposals(visitor: FlaskClient) -> None:
    html = page(visitor, territoire="kayes", demande="pool")
    assert len(proposed(html)) == len(set(proposed(html))) == 10
    assert html.count("Ce que cet acteur vous apporterait") == 10
    assert "Vous cherchez avec qui mutualiser des moyens pour agir à Kayes." in text_of(html)


def test_the_address_keeps_the_question_and_nothing_else(visitor: FlaskClient) -> None:
    typed = {"qui": "", "territoire": "Kayes", "theme": "eau", "demande": "pool", "texte": "  puits  neufs "}
    answer = visitor.get(PAGE, query_string=typed)
    assert answer.status_code == 302
    kept = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
    assert kept == {
        "demande": "pool",
        "theme": "water-sanitation",
        "territoire": KAYES,
        "texte": "puits neufs",
    }
    again = visitor.get(answer.headers["Location"])
    assert again.status_code == 200


def test_a_place_and_a_theme_that_give_nobody_are_widened_in_one_click(visitor: FlaskClient) -> None:
    html = page(visitor, territoire=KAYES, theme="drinking-water", demande="pool")
    assert proposed(html) == []
    assert "élargissez le territoire ou le thème" in html
    wider = dict(re.findall(r'<a class="wider" href="([^"]*)">([^<]*)</a>', html))
    assert list(wider.values()) == ["élargir\u202f: Cercle de Kayes", "élargir\u202f: Eau et assainissement"]
    (of_theme,) = (unescape(address) for address, said in wider.items() if "Eau" in said)
    assert f"territoire={KAYES}" in of_theme
    assert "Élargir" in html.split('class="widen"')[1].split("</ul>")[0]
    assert proposed(visitor.get(of_theme, follow_redirects=True).get_data(as_text=True))


def test_pooling_partners_leave_from_the_same_side(visitor: FlaskClient) -> None:
    pooled = proposed(page(visitor, territoire=KAYES, demande="pool"))
    cooperating = proposed(page(visitor, territoire=KAYES, demande="cooperate"))
    assert pooled[:3] != cooperating[:3]


@pytest.mark.parametrize(
    ("asked", "said", "proposed_instead"),
    [
        ({"theme": "maraichag"}, "Nous ne trouvons pas", "Maraîchage"),
        ({"territoire": "Kaye"}, "Nous ne trouvons pas", "Kayes"),
        ({"projet": "services-urbains-kayes", "territoire": "HT"}, "contradictoire", "Kayes"),
    ],
)
def test_what_is_not_understood_is_refused_with_the_nearest_entries(
    visitor: FlaskClient, asked: dict[str, str], said: str, proposed_instead: str
) -> None:
    answer = visitor.get(PAGE, query_string=asked)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert said in html
    assert proposed(html) == []
    fault = re.search(r'role="alert".*?</div>', html, flags=re.S)
    assert fault is not None
    assert proposed_instead in fault.group(), fault.group()
    address = re.findall(r'href="([^"]+)"', fault.group())[0].replace("&amp;", "&")
    assert visitor.get(address, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"demande": "licorne"},
        {"type": "licorne"},
        {"acteur": "departement-essonne", "projet": "services-urbains-kayes"},
        {"texte": "x" * 600},
    ],
)
def test_what_no_form_of_ours_sends_is_refused(visitor: FlaskClient, asked: dict[str, str]) -> None:
    assert visitor.get(PAGE, query_string=asked).status_code == 400


def test_an_unknown_asker_is_not_found(visitor: FlaskClient) -> None:
    for asked in ({"acteur": "zzz-nobody"}, {"projet": "zzz"}, {"annonce": "zzz"}):
        assert visitor.get(PAGE, query_string=asked).status_code == 404


def test_a_name_that_several_may_bear_is_asked_again(visitor: FlaskClient) -> None:
    html = page(visitor, qui="amis")
    assert "Lequel êtes-vous" in html
    assert re.search(r'href="/partenaires\?acteur=[^"]+"', html)


def test_who_says_nothing_is_told_what_to_add_and_shown_first_contacts_marked_as_such(
    visitor: FlaskClient,
) -> None:
    html = page(visitor, demande="cooperate")
    assert "Votre demande en dit trop peu : ajoutez un thème et un territoire." in text_of(html).replace(
        "\u00a0", " "
    )
    assert 0 < html.count("premier contact, sans point commun connu") == len(proposed(html))


def test_an_actor_an_announcement_and_a_project_ask_too(visitor: FlaskClient) -> None:
    for asked in (
        {"acteur": "departement-essonne"},
        {"annonce": "besoin-montage-projet"},
        {"projet": "services-urbains-kayes"},
    ):
        assert proposed(page(visitor, **asked)), asked


def test_what_is_missing_is_answered_by_offers_and_roles(visitor: FlaskClient) -> None:
    html = page(visitor, besoin="funding", territoire="ML")
    assert "Vous cherchez un financement pour agir au Mali." in text_of(html)
    assert "un financeur" in html
    assert visitor.get(PAGE, query_string={"besoin": "licorne"}).status_code == 400


def test_somebody_may_put_a_proposal_aside_without_an_account(visitor: FlaskClient) -> None:
    first, *others = proposed(page(visitor, territoire=KAYES))
    without = page(visitor, territoire=KAYES, sans=first)
    assert first not in proposed(without)
    assert proposed(without)[: len(others)] == others
    assert "remettre" in without


def test_home_and_records_lead_there(visitor: FlaskClient) -> None:
    for path in ("/", "/acteurs/departement-essonne", "/annonces/besoin-montage-projet"):
        assert 'href="/partenaires' in visitor.get(path).get_data(as_text=True), path
    assert 'href="/partenaires?projet=' in visitor.get("/projets/services-urbains-kayes").get_data(
        as_text=True
    )


@pytest.fixture
def member(essonne_site: Flask) -> FlaskClient:
    """Somebody who speaks for one actor."""
    return signed_in_for(essonne_site, "membre@asso.example", ["caece"])


def signed_in_for(site: Flask, address: str, actors: list[str]) -> FlaskClient:
    """The browser of a member who speaks for these actors."""
    found: Services = site.extensions["maillage-services"]
    private = found.private
    entered = redeem(private, sign_in_link(private, address, create_role=Role.MEMBER))
    set_actors(private, entered.account.id, found.served().snapshot.store_id, actors, by="tests")
    client = site.test_client()
    client.set_cookie("maillage", f"p.{entered.session_token}")
    return client


def test_a_no_is_remembered_everywhere_and_can_be_taken_back(
    essonne_site: Flask, member: FlaskClient, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(essonne_site.config, "WTF_CSRF_ENABLED", False)
    first = proposed(page(member, acteur="caece"))[0]
    form = {"acteur": "caece", "refuse": first}
    assert member.post("/partenaires/non-merci", data=form).status_code == 303
    assert first not in proposed(page(member, acteur="caece"))
    assert first not in proposed(page(visitor, acteur="caece"))
    told = visitor.get("/api/v1/actors/caece/suggestions").get_json()
    assert first not in [s["actor"]["id"] for s in told["suggestions"]]
    listed = member.get("/partenaires/non-merci?acteur=caece").get_data(as_text=True)
    assert f'href="/acteurs/{first}"' in listed
    assert member.post("/partenaires/se-raviser", data=form).status_code == 303
    assert proposed(page(member, acteur="caece"))[0] == first


def test_nobody_declines_for_somebody_else(
    essonne_site: Flask, member: FlaskClient, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(essonne_site.config, "WTF_CSRF_ENABLED", False)
    form = {"acteur": "departement-essonne", "refuse": "caece"}
    assert visitor.post("/partenaires/non-merci", data=form).status_code == 401
    assert member.post("/partenaires/non-merci", data=form).status_code == 403
    assert member.get("/partenaires/non-merci?acteur=departement-essonne").status_code == 403
    assert "Non merci" not in page(member, acteur="departement-essonne")


def test_a_form_without_its_token_declines_nothing(member: FlaskClient) -> None:
    form = {"acteur": "caece", "refuse": "departement-essonne"}
    assert member.post("/partenaires/non-merci", data=form).status_code in (400, 403)


def test_the_api_answers_as_the_page_asks(visitor: FlaskClient) -> None:
    told = visitor.get(f"/api/v1/suggestions?territory={KAYES}&ask=pool&top=5&lang=en").get_json()
    assert told["asker"] == {"id": None, "name": None, "kind": "request"}
    assert [s["rank"] for s in told["suggestions"]] == [1, 2, 3, 4, 5]
    assert all(s["reasons"]["for_you"] for s in told["suggestions"])
    for path in ("announcements/besoin-montage-projet", "projects/services-urbains-kayes"):
        assert visitor.get(f"/api/v1/{path}/suggestions").get_json()["suggestions"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("theme=maraichag", 404), ("top=0", 400), ("ask=licorne", 400), ("lang=de", 400), ("kind=licorne", 400)],
)
def test_the_api_refuses_what_it_does_not_know(visitor: FlaskClient, query: str, status: int) -> None:
    answer = visitor.get(f"/api/v1/suggestions?{query}")
    assert answer.status_code == status
    assert answer.get_json()["error"]["text"]
    if status == 404:
        assert answer.get_json()["error"]["nearest"][0]["name"].startswith("Maraîchage")


def test_the_home_page_asks_for_a_partner_in_one_word(visitor: FlaskClient) -> None:
    home = visitor.get("/").get_data(as_text=True)
    assert 'name="territoire"' in home
    assert 'name="demande" value="pool"' in home
    answer = visitor.get("/partenaires?territoire=Kayes&demande=pool", follow_redirects=True)
    assert "Les Amis de Kayes" in answer.get_data(as_text=True)


def test_a_member_asks_from_the_home_page_in_the_name_of_their_own_structure(
    member: FlaskClient, visitor: FlaskClient
) -> None:
    home = member.get("/").get_data(as_text=True)
    assert '<input type="hidden" name="acteur" value="caece">' in home
    assert "au nom de la Communauté d'agglomération Évry Centre Essonne" in unescape(text_of(home))
    assert 'name="acteur"' not in visitor.get("/").get_data(as_text=True)


def test_a_member_of_several_says_for_whom_or_for_nobody_and_is_never_proposed_to_themselves(
    essonne_site: Flask, visitor: FlaskClient
) -> None:
    two = signed_in_for(essonne_site, "deux@asso.example", ["amis-de-kayes", "relais-formation-emploi"])
    home = two.get("/").get_data(as_text=True)
    offered = re.findall(r'<option value="([^"]*)"', home)
    assert sorted(offered) == ["", "amis-de-kayes", "relais-formation-emploi"]
    question = {"territoire": KAYES, "demande": "pool"}
    assert {"amis-de-kayes", "relais-formation-emploi"} <= set(proposed(page(visitor, **question)))
    unnamed = proposed(page(two, acteur="", **question))
    assert len(unnamed) == 10
    assert not {"amis-de-kayes", "relais-formation-emploi"} & set(unnamed)
    assert "relais-formation-emploi" in proposed(page(two, acteur="amis-de-kayes", **question))


def test_a_name_that_nobody_bears_is_said_so_and_kept_with_the_question(visitor: FlaskClient) -> None:
    html = page(visitor, qui="Zzyx Wqv", territoire=KAYES, demande="pool")
    assert unescape(text_of(html)).count("« Zzyx Wqv » n'est pas encore dans l'annuaire") == 1
    assert 'value="Zzyx Wqv"' in html
    assert "n'est pas encore dans l'annuaire" in unescape(page(visitor, qui="Zzyx Wqv"))
    assert len(proposed(html)) == 10
