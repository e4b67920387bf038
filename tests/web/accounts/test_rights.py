"""Rights as people meet them: what is refused, how, and from when."""

import re

import pytest

from people.accounts import find_account, list_accounts, sign_in_link
from people.invitations import open_invitations
from people.membership import disable, set_role
from people.roles import Role


def test_a_member_edits_its_own_actors_only(signed_in):
    member = signed_in(Role.MEMBER, "amis")
    assert member.get("/acteurs/amis/modifier").status_code == 200
    assert member.get("/acteurs/kayes/modifier").status_code == 403
    assert signed_in(Role.AGENT).get("/acteurs/kayes/modifier").status_code == 200


def test_a_member_follows_its_actor_through_a_merge(signed_in):
    assert signed_in(Role.MEMBER, "amis-1990").get("/acteurs/amis/modifier").status_code == 200


def test_actors_of_another_graph_give_no_right(signed_in, private, admin):
    from people.membership import set_actors

    member = signed_in(Role.MEMBER)
    account = next(a for a in list_accounts(private) if a.role is Role.MEMBER)
    set_actors(private, account.id, "another graph", ["amis"], by=admin.id)
    assert member.get("/acteurs/amis/modifier").status_code == 403


def test_rights_go_at_once_with_a_role_or_an_account(signed_in, private, admin):
    agent = signed_in(Role.AGENT)
    account = next(a for a in list_accounts(private) if a.role is Role.AGENT)
    assert agent.get("/api/v1/imports").status_code == 200
    set_role(private, account.id, Role.MEMBER, by=admin.id)
    assert agent.get("/api/v1/imports").status_code == 401
    agent = signed_in(Role.AGENT, email=account.email)
    assert agent.get("/api/v1/imports").status_code == 403
    disable(private, account.id, by=admin.id)
    assert agent.get("/mon-compte").status_code == 401


def test_the_interface_refuses_in_json(visitor, signed_in):
    anonymous, member = visitor.get("/api/v1/imports"), signed_in(Role.MEMBER).get("/api/v1/imports")
    assert (anonymous.status_code, anonymous.json["error"]["code"]) == (401, "sign_in_required")
    assert (member.status_code, member.json["error"]["code"]) == (403, "not_allowed")
    assert anonymous.json["error"]["text"].startswith("Cette demande veut un compte")
    in_english = visitor.get("/api/v1/imports?lang=en").json["error"]["text"]
    assert in_english == "This request needs an account: sign in, then try again."
    assert "Votre compte ne permet pas cela" in member.json["error"]["text"]


def test_a_page_that_is_not_there_stays_not_found(visitor):
    assert visitor.get("/nulle-part").status_code == 404


def test_a_coordinator_invites_members_and_sees_only_those(signed_in, private):
    coordinator = signed_in(Role.COORDINATOR)
    shown = coordinator.get("/invitations").get_data(as_text=True)
    assert re.findall(r'<option value="(\w+)"', shown) == ["member"]
    form = {"email": "m@asso.example", "role": "agent"}
    assert coordinator.post("/invitations", form).status_code == 403
    assert open_invitations(private) == []
    admin = signed_in(Role.ADMIN)
    assert admin.post("/invitations", form).status_code == 201
    assert "m@asso.example" not in coordinator.get("/invitations").get_data(as_text=True)
    assert "m@asso.example" in admin.get("/invitations").get_data(as_text=True)
    withdrawn = f"/invitations/{open_invitations(private)[0].id}/retrait"
    assert coordinator.post(withdrawn, form_at="/invitations").status_code == 403
    assert len(open_invitations(private)) == 1
    assert admin.post(withdrawn, form_at="/invitations").status_code == 303
    assert open_invitations(private) == []


def test_a_member_is_invited_with_an_actor_and_its_link_opens(signed_in, visitor, private):
    coordinator = signed_in(Role.COORDINATOR)
    form = {"email": "m@asso.example", "role": "member", "actors": ""}
    refused = coordinator.post("/invitations", form)
    assert refused.status_code == 422
    assert 'value="m@asso.example"' in refused.get_data(as_text=True)
    form["actors"] = "Les amis de Kays"
    unknown = coordinator.post("/invitations", form)
    assert unknown.status_code == 422
    assert "Les amis de Kayes" in unknown.get_data(as_text=True)  # the nearest name
    form["actors"] = " les AMIS de Kayès \n\namis-1990"
    page = coordinator.post("/invitations", form).get_data(as_text=True)
    path = re.search(r"http://localhost(/connexion/[\w-]{43})", page).group(1)
    assert visitor.post(path).status_code == 303
    assert visitor.get("/acteurs/amis/modifier").status_code == 200


def test_links_are_given_on_the_public_name_of_the_site(make_app, private, admin):
    from tests.web.accounts.conftest import Visitor

    app = make_app(MAILLAGE_URL="http://maillage.ville.example:8000")
    client = Visitor(app.test_client())
    how = {"base_url": "http://maillage.ville.example:8000"}
    token = sign_in_link(private, admin.email)
    assert client.get("/", base_url="http://evil.example").status_code == 400
    shown = client.get(f"/connexion/{token}", **how).get_data(as_text=True)
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', shown).group(1)
    client.client.post(f"/connexion/{token}", data={"csrf_token": csrf}, **how)
    shown = client.get("/invitations", **how).get_data(as_text=True)
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', shown).group(1)
    form = {"csrf_token": csrf, "email": "a@ville.example", "role": "agent"}
    page = client.client.post("/invitations", data=form, **how).get_data(as_text=True)
    assert "http://maillage.ville.example:8000/connexion/" in page


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:80",
        "[::2]",
        "[",
        "::1",
        "a" * 3000,
    ],
)
def test_the_demo_answers_to_this_machine_only(visitor, host):
    """A page elsewhere that points its own name at 127.0.0.1 (DNS rebinding) reads nothing."""
    assert visitor.get("/", headers={"Host": host}).status_code == 400
    for own in ("127.0.0.1:8000", "localhost:8000", "[::1]:8000"):
        assert visitor.get("/", base_url=f"http://{own}").status_code == 200


@pytest.mark.parametrize("host", ["a" * 3000, "a..b"])
def test_a_name_that_is_none_is_refused_where_any_name_is_answered(app, host):
    app.config["MAILLAGE_HOSTS"] = None
    assert app.test_client().get("/", headers={"Host": host}).status_code == 400


def test_an_administrator_changes_roles_actors_and_access(signed_in, private, visitor, snapshot):
    signed_in(Role.AGENT)
    admin = signed_in(Role.ADMIN)
    account = next(a for a in list_accounts(private) if a.role is Role.AGENT)
    page = f"/comptes/{account.id}"
    admin.post(f"{page}/role", {"role": "member"}, form_at=page)
    admin.post(f"{page}/acteurs", {"actors": "amis\nkayes"}, form_at=page)
    found = find_account(private, account.id)
    assert (found.role, found.actors) == (
        Role.MEMBER,
        ((snapshot.store_id, "amis"), (snapshot.store_id, "kayes")),
    )
    shown = admin.post(f"{page}/lien", form_at=page).get_data(as_text=True)
    path = re.search(r"/connexion/[\w-]{43}", shown).group()
    assert visitor.post(path).status_code == 303
    admin.post(f"{page}/desactivation", form_at=page)
    assert visitor.get("/mon-compte").status_code == 401
    admin.post(f"{page}/activation", form_at=page)
    assert not find_account(private, account.id).disabled


@pytest.mark.parametrize("role", ["public", "root", ""])
def test_a_role_that_is_none_is_refused(signed_in, private, role):
    admin = signed_in(Role.ADMIN)
    account = list_accounts(private)[0]
    answer = admin.post(f"/comptes/{account.id}/role", {"role": role}, form_at=f"/comptes/{account.id}")
    assert answer.status_code == 422
    assert find_account(private, account.id) == account


def test_the_last_administrator_is_told_why_it_cannot_leave(signed_in, private, admin):
    page = f"/comptes/{admin.id}"
    answer = signed_in(Role.ADMIN).post(f"{page}/desactivation", form_at=page)
    assert answer.status_code == 409
    assert "seul compte" in answer.get_data(as_text=True)


def test_a_form_without_its_token_changes_nothing(signed_in, private):
    admin = signed_in(Role.ADMIN)
    answer = admin.client.post("/invitations", data={"email": "a@ville.example", "role": "agent"})
    assert answer.status_code == 400
    assert "périmé" in answer.get_data(as_text=True)
    assert open_invitations(private) == []


def test_nothing_that_depends_on_who_asks_may_be_cached(visitor, signed_in, private, admin):
    agent = signed_in(Role.AGENT)
    for path in ("/", "/mon-compte"):
        answer = agent.get(path)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "Cookie" in answer.vary
    form = visitor.get(f"/connexion/{sign_in_link(private, admin.email)}")
    assert form.headers["Cache-Control"] == "private, no-store"
    anonymous = visitor.get("/")
    assert anonymous.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in anonymous.vary
