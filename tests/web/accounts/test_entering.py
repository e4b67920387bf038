"""Signing in by link, in a browser."""

import re

import pytest

from people.accounts import first_coordinator_link, list_accounts, sign_in_link
from people.invitations import invite
from people.roles import Role
from people.sessions import live_session
from web.accounts.attempts import LIMIT


def token_of(cookie) -> str:
    return cookie.value.removeprefix("p.")


def test_the_first_coordinator_gives_an_address_and_is_signed_in(visitor, private):
    path = f"/connexion/{first_coordinator_link(private)}"
    assert "Créer le compte" in visitor.get(path).get_data(as_text=True)
    answer = visitor.post(path, {"email": "chef@ville.example"})
    assert (answer.status_code, answer.location) == (303, "/acteurs-isoles")
    page = visitor.get("/mon-compte").get_data(as_text=True)
    assert "chef@ville.example" in page
    assert "coordination et administration" in page


def test_a_wrong_address_comes_back_with_what_is_wrong_and_the_link_still_opens(visitor, private):
    path = f"/connexion/{first_coordinator_link(private)}"
    answer = visitor.post(path, {"email": '"><script>x'})
    assert re.search(r"Adresse électronique\s:\s«", answer.get_data(as_text=True))
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "nom@domaine.fr" in page
    assert "<script>" not in page
    assert visitor.post(path, {"email": "chef@ville.example"}).status_code == 303


def test_opening_a_link_does_not_use_it(visitor, private, admin):
    path = f"/connexion/{sign_in_link(private, admin.email)}"
    for _ in range(3):
        assert visitor.get(path).status_code == 200
        assert visitor.client.head(path).status_code == 200
    assert visitor.post(path).status_code == 303
    assert visitor.get(path).status_code == 410


def test_an_invitation_says_what_it_offers_before_it_is_accepted(visitor, private, admin, snapshot):
    token = invite(
        private, "m@asso.example", Role.MEMBER, by=admin.id, store_id=snapshot.store_id, actors=["amis"]
    )
    page = visitor.get(f"/connexion/{token}").get_data(as_text=True)
    for said in ("m@asso.example", "membre", "Les amis de Kayes"):
        assert said in page
    assert visitor.post(f"/connexion/{token}").status_code == 303
    assert "Les amis de Kayes" in visitor.get("/mon-compte").get_data(as_text=True)


@pytest.mark.parametrize("token", ["x", "A" * 43, "%F0%9F%98%80", "a%00b", "..%5C"])
def test_a_link_that_was_never_given_is_a_page_in_french(visitor, token):
    answer = visitor.get(f"/connexion/{token}")
    assert answer.status_code == 410
    assert "pas reconnu" in answer.get_data(as_text=True)


def test_the_session_is_renewed_at_sign_in(visitor, private, admin):
    path = f"/connexion/{sign_in_link(private, admin.email)}"
    visitor.get(path)
    before = visitor.cookie().value
    visitor.post(path)
    first = visitor.cookie().value
    visitor.post(f"/connexion/{sign_in_link(private, admin.email)}")
    second = visitor.cookie().value
    assert len({before, first, second}) == 3


def test_signing_in_again_ends_the_session_the_browser_had(signed_in, private):
    agent = signed_in(Role.AGENT)
    before = token_of(agent.cookie())
    token = sign_in_link(private, "autre@ville.example", create_role=Role.AGENT)
    assert agent.post(f"/connexion/{token}").status_code == 303
    assert live_session(private, before) is None
    assert live_session(private, token_of(agent.cookie())).email == "autre@ville.example"


def test_a_cookie_chosen_by_somebody_else_is_never_adopted(visitor, private, admin):
    visitor.client.set_cookie("maillage", "p." + "A" * 43)
    visitor.post(f"/connexion/{sign_in_link(private, admin.email)}")
    assert visitor.cookie().value != "p." + "A" * 43
    assert live_session(private, "A" * 43) is None


def test_the_csrf_token_of_before_signing_in_is_of_no_use_after(visitor, private, admin):
    path = f"/connexion/{sign_in_link(private, admin.email)}"
    shown = visitor.get(path).get_data(as_text=True)
    old = re.search(r'name="csrf_token" value="([^"]+)"', shown).group(1)
    visitor.client.post(path, data={"csrf_token": old})
    assert visitor.get("/mon-compte").status_code == 200
    assert visitor.client.post("/deconnexion", data={"csrf_token": old}).status_code == 400
    assert visitor.get("/mon-compte").status_code == 200


def test_the_cookie_holds_a_random_token_and_nothing_else(signed_in):
    cookie = signed_in(Role.AGENT).cookie()
    assert re.fullmatch(r"p\.[\w-]{43}", cookie.value)
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.path == "/"
    assert not cookie.secure  # demo mode: plain HTTP on this machine


def test_off_the_demo_cookies_are_host_bound_and_secure(make_app, private):
    app = make_app(MAILLAGE_SECRET="kV3rT0p9-aZ_17yQwMxLe84sNdHbUcGj", MAILLAGE_HOST="0.0.0.0")
    client = app.test_client()
    path = f"/connexion/{first_coordinator_link(private)}"
    headers = {"Referer": "https://localhost" + path}
    shown = client.get(path, base_url="https://localhost").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown).group(1)
    form = {"csrf_token": token, "email": "chef@ville.example"}
    answer = client.post(path, data=form, base_url="https://localhost", headers=headers)
    assert answer.status_code == 303
    said = answer.headers["Set-Cookie"]
    assert said.startswith("__Host-maillage=p.")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in said
    assert "Domain" not in said


def test_signing_out_ends_the_session_on_the_server_and_drops_the_cookie(signed_in, private):
    agent = signed_in(Role.AGENT)
    token = token_of(agent.cookie())
    assert agent.post("/deconnexion", form_at="/mon-compte").status_code == 303
    assert live_session(private, token) is None
    assert agent.cookie() is None
    agent.client.set_cookie("maillage", "p." + token)
    assert agent.get("/mon-compte").status_code == 401


def test_signing_out_is_never_done_by_a_link(signed_in):
    agent = signed_in(Role.AGENT)
    assert agent.get("/deconnexion").status_code == 405
    assert agent.get("/mon-compte").status_code == 200


def test_other_sessions_are_closed_on_demand(signed_in):
    here, elsewhere = signed_in(Role.AGENT), signed_in(Role.AGENT)
    here.post("/mon-compte/autres-sessions", form_at="/mon-compte")
    assert elsewhere.get("/mon-compte").status_code == 401
    assert here.get("/mon-compte").status_code == 200


def test_one_goes_back_to_where_one_was_stopped(visitor, private, admin):
    stopped = visitor.get("/comptes?x=1")
    assert stopped.status_code == 401
    back = re.search(r'href="(/connexion\?next=[^"]+)"', stopped.get_data(as_text=True)).group(1)
    visitor.get(back)
    answer = visitor.post(f"/connexion/{sign_in_link(private, admin.email)}")
    assert answer.location == "/comptes?x=1"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:x",
        "/\t/e",
    ],
)
def test_one_never_goes_to_another_site(visitor, private, admin, target):
    visitor.get("/connexion", query_string={"next": target})
    answer = visitor.post(f"/connexion/{sign_in_link(private, admin.email)}")
    assert answer.location == "/acteurs-isoles"


@pytest.mark.parametrize(
    ("role", "there"),
    [
        (Role.MEMBER, "/mon-compte"),
        (Role.AGENT, "/acteurs-isoles"),
        (Role.COORDINATOR, "/acteurs-isoles"),
        (Role.ADMIN, "/acteurs-isoles"),
    ],
)
def test_who_was_going_nowhere_begins_where_their_work_is(visitor, private, role, there):
    path = f"/connexion/{sign_in_link(private, 'p@ville.example', create_role=role)}"
    assert visitor.post(path).location == there


def test_too_many_unknown_links_from_one_network_must_wait(visitor, private, admin):
    for n in range(LIMIT):
        assert visitor.get(f"/connexion/x{n}").status_code == 410
    answer = visitor.get("/connexion/x")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    good = f"/connexion/{sign_in_link(private, admin.email)}"
    assert visitor.get(good).status_code == 429
    assert visitor.get(good, environ_overrides=elsewhere).status_code == 200


def test_reading_sets_no_cookie_and_writes_nothing(visitor, private):
    answer = visitor.get("/")
    assert "Set-Cookie" not in answer.headers
    assert visitor.cookie() is None
    visitor.get("/connexion")
    assert visitor.cookie() is None


def test_a_signed_cookie_of_a_visitor_gives_no_identity(visitor, private, app):
    serializer = app.session_interface.get_signing_serializer(app)
    forged = serializer.dumps({"identity": "admin", "token": "x", "role": "admin"})
    visitor.client.set_cookie("maillage", forged)
    assert visitor.get("/mon-compte").status_code == 401


@pytest.mark.parametrize("cookie", ["p.", "p.x", "p.\udcff", "x", ".", "eyJh.b.c", "p." + "A" * 4000])
def test_a_broken_cookie_is_as_none(visitor, cookie):
    headers = {"Cookie": f"maillage={cookie}".encode("utf-8", "surrogateescape").decode("latin-1")}
    assert visitor.get("/", headers=headers).status_code == 200
    assert visitor.get("/mon-compte", headers=headers).status_code == 401


def test_while_the_private_database_is_down_public_pages_are_served(signed_in, private, monkeypatch):
    from graphsvc.domain.errors import StoreUnavailable

    agent = signed_in(Role.AGENT)

    def down(*_args, **_how):
        raise StoreUnavailable("private", "down")

    monkeypatch.setattr("web.sessions.live_session", down)
    assert agent.get("/").status_code == 200
    assert agent.get("/mon-compte").status_code == 503
    monkeypatch.undo()
    assert agent.get("/mon-compte").status_code == 200
    assert len(list_accounts(private)) == 2
